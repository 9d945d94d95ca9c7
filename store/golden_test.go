package store_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/cryptotest"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// A book of this format lies in testdata, made once by a fixed seed. It is made
// anew only with a new format, and the one of the old format then stays beside it.
var makeGolden = flag.Bool("golden", false, "make the book in testdata anew")

const (
	goldenFile       = "testdata/format-2.counterbook"
	goldenShop       = "Atelier Rossi"
	goldenOwner      = "Marta"
	goldenPassphrase = "walnut frame for the golden book"
	goldenStaff      = "Jonas"
	goldenStaffPass  = "passe-partout at the counter"
)

var (
	goldenKit       = "2J80G CTVQN H4TVN 1ET90 4QHXW P58W0 BD149 NNY64"
	goldenCustomers = []string{"Dimitris Kanellos", "Giulia Conti", "Łucja Sobczak"}
	goldenNotes     = []string{"Prefers walnut.", "Rings twice; the bell is broken."}
	goldenNumbers   = []string{"2026-0001", "2026-0002"}
)

// golden is the path of a copy of the book in testdata.
func golden(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(goldenFile)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "golden.counterbook")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}

func TestInvariant29ABookOfEveryFormatOpensInThisVersion(t *testing.T) {
	if *makeGolden {
		writeGolden(t)
	}
	path := golden(t)
	report, err := store.Check(path)
	require.NoError(t, err)
	require.Equal(t, 3, report.Profiles)
	b, err := store.Open(path, options(newClock()))
	require.NoError(t, err)
	defer b.Close()
	require.Equal(t, goldenShop, b.Info().Shop)
	require.Equal(t, []string{goldenOwner, goldenStaff}, nicknames(b))

	s := signIn(t, b, 0, goldenPassphrase)
	require.NoError(t, s.Vault().Verify())
	require.NoError(t, s.CheckAreas(context.Background()))
	rows, err := customers(t, s).List("")
	require.NoError(t, err)
	var names, notes, numbers []string
	ns, err := s.Notes()
	require.NoError(t, err)
	for _, c := range rows {
		names = append(names, c.Name)
		list, err := ns.Of(c.ID)
		require.NoError(t, err)
		for _, n := range list {
			notes = append(notes, n.Text)
		}
	}
	slices.Sort(names)
	slices.Sort(notes)
	require.Equal(t, goldenCustomers, names)
	require.Equal(t, goldenNotes, notes)
	is, err := s.Invoices()
	require.NoError(t, err)
	issued, err := is.List("")
	require.NoError(t, err)
	for _, i := range issued {
		numbers = append(numbers, i.Number)
	}
	slices.Sort(numbers)
	require.Equal(t, goldenNumbers, numbers)

	// It is written to as well, and goes on in its series.
	ds, err := s.Drafts()
	require.NoError(t, err)
	d, err := ds.Save(store.Draft{Doc: invoice.Document{Buyer: giulia().Party(), Lines: []invoice.Line{frame()}}})
	require.NoError(t, err)
	doc, err := is.Issue(context.Background(), d.ID)
	require.NoError(t, err)
	require.Equal(t, "2026-0003", doc.Number)
	require.NoError(t, s.Vault().Verify())

	jonas := signIn(t, b, 1, goldenStaffPass)
	require.True(t, jonas.Can(store.IssueInvoices))
	require.False(t, jonas.Can(store.ManageStaff))
	k, err := store.ParseKit(goldenKit)
	require.NoError(t, err)
	withKit, err := b.SignInWithKit(k)
	require.NoError(t, err)
	withKit.Close()
}

func nicknames(b *store.Book) (out []string) {
	for _, p := range b.Info().Profiles {
		out = append(out, p.Nickname)
	}
	return out
}

// writeGolden makes the book and prints what a test must know of it.
func writeGolden(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 2)
	k := confirmedKit(t)
	clock := newClock()
	path := filepath.Join(t.TempDir(), "golden.counterbook")
	b, err := store.Create(path, k, shop(), store.NewProfile{Nickname: goldenOwner, Passphrase: goldenPassphrase, Chosen: true}, options(clock))
	require.NoError(t, err)
	s := signIn(t, b, 0, goldenPassphrase)
	st, err := s.Staff()
	require.NoError(t, err)
	_, err = st.Add(store.NewProfile{Nickname: goldenStaff, Role: store.FrontDesk, Passphrase: goldenStaffPass, Chosen: true})
	require.NoError(t, err)
	gone, err := st.Add(store.NewProfile{Nickname: "Pia", Role: store.Manager, Passphrase: "somebody who left again", Chosen: true})
	require.NoError(t, err)
	ns, err := s.Notes()
	require.NoError(t, err)
	var made []store.Customer
	for _, name := range goldenCustomers {
		clock.at = clock.at.Add(time.Minute)
		c := giulia()
		c.Name = name
		c, err = customers(t, s).Save(c)
		require.NoError(t, err)
		made = append(made, c)
	}
	for i, text := range goldenNotes {
		_, err := ns.Save(store.Note{Customer: made[i].ID, Text: text})
		require.NoError(t, err)
	}
	is, err := s.Invoices()
	require.NoError(t, err)
	ds, err := s.Drafts()
	require.NoError(t, err)
	for i := range goldenNumbers {
		d, err := ds.Save(store.Draft{Customer: made[i].ID, Doc: invoice.Document{Buyer: made[i].Party(), Lines: []invoice.Line{frame()}}})
		require.NoError(t, err)
		_, err = is.Issue(context.Background(), d.ID)
		require.NoError(t, err)
	}
	_, err = ds.Save(store.Draft{Doc: invoice.Document{Buyer: made[2].Party(), Lines: []invoice.Line{frame()}}})
	require.NoError(t, err)
	require.NoError(t, st.Disable(gone.ID))
	made[0].Phone = "+43 660 765 4321"
	_, err = customers(t, s).Save(made[0])
	require.NoError(t, err)
	s.Close()
	require.NoError(t, b.Close())
	require.NoError(t, store.Compact(path))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(goldenFile), 0o755))
	require.NoError(t, os.WriteFile(goldenFile, data, 0o644))
	goldenKit = strings.Join(k.Groups(), " ")
	t.Logf("made %s of %d bytes; its kit is %s", goldenFile, len(data), goldenKit)
}

// goldenKinds are the events of the golden book's log, oldest first.
var goldenKinds = []uint64{1, 5, 2, 5, 5, 10, 10, 10, 14, 14, 19, 21, 19, 21, 19, 7, 11}
