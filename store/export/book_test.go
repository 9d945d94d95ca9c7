package export

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/store/exchange"
	"counterbook/store/sample"
	"counterbook/store/sensitive"
)

// newShop makes the made-up shop and signs in its owner.
func newShop(t testing.TB) (*store.Book, *store.Session) {
	t.Helper()
	at := now
	b, err := sample.Create(context.Background(), filepath.Join(t.TempDir(), "shop.counterbook"), 10, &store.Options{
		KDF: &store.CheapKDF, Now: func() time.Time { at = at.Add(time.Second); return at },
		Typeset: func(d invoice.Document, _ store.Shop) ([]paper.Page, error) {
			s := paper.NewSheet()
			s.Text(20, 40, 12, paper.Regular, paper.Left, d.Number+" "+d.Totals.Gross.String())
			p, err := s.Page()
			return []paper.Page{p}, err
		},
	}, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b, signIn(t, b, 0)
}

func signIn(t testing.TB, b *store.Book, profile int) *store.Session {
	t.Helper()
	p := b.Info().Profiles[profile]
	phrase := sample.PassphraseOf(p.Nickname)
	if phrase == "" { // added by a test
		phrase = sample.Passphrase
	}
	s, err := b.SignIn(p.ID, store.Passphrase(phrase))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

// opened fails the test unless a part of a session could be opened.
func opened[T any](v *T, err error) *T {
	if err != nil {
		panic(err)
	}
	return v
}

// values lists every text, number and day in a value of the store.
func values(v reflect.Value, path string) []marker {
	switch x := v.Interface().(type) {
	case store.ID:
		if x.IsZero() {
			return nil
		}
		return []marker{{path: path, text: x.String()}}
	case time.Time:
		if x.IsZero() {
			return nil
		}
		return []marker{{path: path, text: x.UTC().Format(time.RFC3339)}}
	case invoice.Date:
		if x.IsZero() {
			return nil
		}
		return []marker{{path: path, text: x.String()}}
	case decimal.Decimal:
		return []marker{{path: path, text: x.String()}}
	}
	var out []marker
	switch v.Kind() {
	case reflect.String:
		if v.String() != "" {
			out = append(out, marker{path: path, text: v.String(), json: exchange.Guarded(v.String()) != v.String()})
		}
	case reflect.Slice:
		for i := range v.Len() {
			out = append(out, values(v.Index(i), fmt.Sprintf("%s[%d]", path, i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if _, left := exempt[v.Type().Name()+"."+f.Name]; !left && f.IsExported() {
				out = append(out, values(v.Field(i), path+"."+f.Name)...)
			}
		}
	}
	return out
}

func TestTheExportedFolderHoldsEverythingTheStoreSays(t *testing.T) {
	_, s := newShop(t)
	found, err := opened(s.Customers()).List("braun")
	require.NoError(t, err)
	c := found[0]
	c.Company, c.Others = "Braun & Söhne", append(c.Others, store.Company{Name: "Braun Optik II"})
	_, err = opened(s.Customers()).Save(c)
	require.NoError(t, err)
	policy := store.GuardPolicy{Countries: []string{"DE"}, Words: []store.GuardWords{{Language: "de", Kind: "health", Find: []string{"gicht"}, Leave: []string{"krebs"}}}}
	policy.SetLevel(sensitive.Address, store.GuardHint)
	policy, err = opened(s.Guard()).Save(policy)
	require.NoError(t, err)
	x, err := s.Export()
	require.NoError(t, err)
	x.WithNotes = true
	dir := filepath.Join(t.TempDir(), "export")
	r, err := Write(context.Background(), x, dir, now, nil)
	require.NoError(t, err)
	require.NoError(t, validate(t, filepath.Join(dir, dataFile)))

	var want []marker
	count := map[Subject]int{}
	add := func(sub Subject, v any) {
		count[sub]++
		want = append(want, values(reflect.ValueOf(v), string(sub))...)
	}
	shop, err := opened(s.Shop()).Get()
	require.NoError(t, err)
	add(Shop, shop)
	add(Guard, policy)
	fields, err := opened(s.Shop()).Fields()
	require.NoError(t, err)
	add(Fields, fields)
	staff, err := opened(s.Staff()).List()
	require.NoError(t, err)
	for _, p := range staff {
		add(Staff, p)
	}
	ns := opened(s.Notes())
	people, err := opened(s.Customers()).List("")
	require.NoError(t, err)
	for _, c := range people {
		add(Customers, c)
		history, err := opened(s.Customers()).History(c.ID)
		require.NoError(t, err)
		for _, v := range history {
			add(History, v)
		}
		notes, err := ns.Of(c.ID)
		require.NoError(t, err)
		for _, n := range notes {
			add(Notes, n)
		}
	}
	items, err := opened(s.Items()).List("")
	require.NoError(t, err)
	for _, i := range items {
		add(Items, i)
	}
	drafts, err := opened(s.Drafts()).List()
	require.NoError(t, err)
	for _, d := range drafts {
		add(Drafts, d)
	}
	var data struct {
		Invoices []struct {
			ID, File, Digest string
			Document         struct{ Number string }
		}
		Customers []struct{ Number string }
		Activity  []struct{ Kind string }
	}
	raw, err := os.ReadFile(filepath.Join(dir, dataFile))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &data))
	is := opened(s.Invoices())
	for _, row := range data.Invoices {
		id, err := store.ParseID(row.ID)
		require.NoError(t, err)
		inv, err := is.Get(id)
		require.NoError(t, err)
		add(Invoices, inv)
		require.Equal(t, fmt.Sprintf("invoices/%s.pdf", inv.Doc.Number), row.File)
		pdf, err := is.PDF(id)
		require.NoError(t, err)
		file, err := os.ReadFile(filepath.Join(dir, row.File))
		require.NoError(t, err)
		require.Equal(t, pdf, file)
	}
	issued, err := is.List("")
	require.NoError(t, err)
	require.Len(t, data.Invoices, len(issued))
	events, err := opened(s.Activity()).Events(100_000)
	require.NoError(t, err)
	require.Equal(t, []store.EventKind{store.DataExported, store.ExportBegun}, []store.EventKind{events[0].Kind, events[1].Kind})
	for _, e := range events[1:] {
		add(Activity, e)
	}
	require.Equal(t, count, r.Count)
	require.Empty(t, missing(t, dir, want))
	require.Greater(t, len(want), 500)

	require.Equal(t, "C-00001", data.Customers[0].Number)
	require.Equal(t, issued[len(issued)-1].Number, data.Invoices[0].Document.Number, "the oldest first")
	require.Equal(t, "export begun", data.Activity[0].Kind, "the export is in its own log")
	require.Equal(t, "book created", data.Activity[len(data.Activity)-1].Kind)
}

func TestAnExportIsTheOwnersAndGoodForOnce(t *testing.T) {
	b, s := newShop(t)
	for n := range b.Info().Profiles[1:] {
		_, err := signIn(t, b, n+1).Export()
		require.ErrorIs(t, err, store.ErrNoRight)
	}
	x, err := s.Export()
	require.NoError(t, err)
	x.WithNotes = true
	parent := t.TempDir()
	_, err = Write(context.Background(), x, filepath.Join(parent, "one"), now, nil)
	require.NoError(t, err)
	_, err = Write(context.Background(), x, filepath.Join(parent, "two"), now, nil)
	require.ErrorIs(t, err, store.ErrClosed)
	_, err = os.Stat(filepath.Join(parent, "two"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestAnExportEndsWithTheSession(t *testing.T) {
	_, s := newShop(t)
	dir := filepath.Join(t.TempDir(), "export")
	x, err := s.Export()
	require.NoError(t, err)
	x.WithNotes = true
	_, err = Write(context.Background(), x, dir, now, func(p Progress) {
		if p.Subject == Notes {
			s.Close()
		}
	})
	require.Error(t, err)
	require.NoDirExists(t, dir)
}

func TestWhatIsSavedWhileAnExportRunsDoesNotStopIt(t *testing.T) {
	_, s := newShop(t)
	is := opened(s.Items())
	list, err := is.List("")
	require.NoError(t, err)
	x, err := s.Export()
	require.NoError(t, err)
	x.WithNotes = true
	r, err := Write(context.Background(), x, filepath.Join(t.TempDir(), "export"), now, func(p Progress) {
		if p.Subject == Items && p.Done == 1 {
			require.NoError(t, is.Delete(list[len(list)-1].ID))
		}
	})
	require.NoError(t, err)
	require.Equal(t, len(list)-1, r.Count[Items])
}
