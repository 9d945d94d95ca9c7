//go:build tour && linux

// A shop that is careful: staff back the book up, the disk fails a week later, the
// backup is put back, and the owner says how numbers go on. The mouse is used once,
// to choose who signs in first.

package tour

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/words"
)

// keptShop is a shop whose book this computer remembers.
type keptShop struct {
	t     *testing.T
	o     Options
	d     *Display
	book  string
	stick string

	lost, next string // the number that was printed after the backup, and the one after it
}

// options are those of the program on this computer.
func (k *keptShop) options() *store.Options {
	return &store.Options{StateDir: filepath.Join(k.o.Home, ".config", "counterbook"),
		Typeset: func(d invoice.Document, sh store.Shop) ([]paper.Page, error) {
			return paper.Layout(d, words.Labels(d.Language), sh.Style())
		}}
}

func TestABackupBringsTheShopBackAndNoNumberTwice(t *testing.T) {
	o := options(t)
	if o.Windows() {
		t.Skip("the state folder is elsewhere there")
	}
	k := &keptShop{t: t, o: o, book: filepath.Join(o.Home, "atelier.counterbook"), stick: filepath.Join(t.TempDir(), "stick")}
	require.NoError(t, os.MkdirAll(k.stick, 0o700))
	require.NoError(t, os.MkdirAll(filepath.Join(o.Home, ".config"), 0o700))
	b, err := sample.Create(context.Background(), k.book, 20, k.options(), nil)
	require.NoError(t, err)
	require.NoError(t, b.Close())
	k.d = NewDisplay(t)
	k.staffBackUp()
	k.worksOn()
	k.restores()
}

func (k *keptShop) start() *typist {
	o := k.o
	o.Args = []string{k.book}
	return &typist{t: k.t, Program: Start(k.t, k.d, o)}
}

func (k *keptShop) staffBackUp() {
	p := k.start()
	p.Expect(atTheCounter, "No backup of this book has been made on this computer yet.")
	p.Picture("backup-01-never")
	p.Click("Jonas")
	p.TypesInto("Passphrase", sample.PassphraseOf("Jonas"))
	p.Keys("Return")
	p.Expect("Lock")
	p.Keys("ctrl+shift+b")
	p.Expect("Back up the book")
	p.at("Folder")
	p.Picture("backup-02-ask")
	p.Type(k.stick)
	p.Keys("Return")
	p.Expect("The backup is good.")
	p.Picture("backup-03-good")
	p.Keys("Escape")
	p.Keys("ctrl+q") // where one more is made if something changed
	p.Ended()
	found, err := filepath.Glob(filepath.Join(k.stick, "*"+store.BackupEnding))
	require.NoError(k.t, err)
	require.NotEmpty(k.t, found)
}

// worksOn is the week after: an invoice is printed that no backup has.
func (k *keptShop) worksOn() {
	b, err := store.Open(k.book, k.options())
	require.NoError(k.t, err)
	require.NoError(k.t, b.Standing())
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(k.t, err)
	h := b.BackupHabits()
	require.False(k.t, h.Stale(time.Now()))
	require.Equal(k.t, k.stick, h.Dir)
	cs, err := s.Customers()
	require.NoError(k.t, err)
	rows, err := cs.List("")
	require.NoError(k.t, err)
	c, err := cs.Get(rows[0].ID)
	require.NoError(k.t, err)
	is, err := s.Invoices()
	require.NoError(k.t, err)
	all, err := is.List("")
	require.NoError(k.t, err)
	require.NotEmpty(k.t, all)
	old, err := is.Get(all[0].ID)
	require.NoError(k.t, err)
	out, err := is.IssueAll(context.Background(), []store.Draft{{Customer: c.ID, Doc: invoice.Document{Buyer: c.Party(), Lines: old.Doc.Lines}}}, nil)
	require.NoError(k.t, err)
	k.lost = out[0].Doc.Number
	k.next, err = is.Next(invoice.DateOf(time.Now()))
	require.NoError(k.t, err)
	s.Close()
	require.NoError(k.t, b.Close())
}

func (k *keptShop) restores() {
	require.NoError(k.t, os.Truncate(k.book, 20<<10)) // the disk
	p := k.start()
	p.Expect("atelier is damaged")
	p.Picture("backup-04-damaged")
	p.at("Restore a backup…")
	p.Keys("Return")
	p.Expect("Backups that this computer knows")
	p.at("Backups that this computer knows")
	p.Keys("Down")
	p.TabTo("Backup")
	p.Picture("backup-05-choose")
	p.Keys("Return")
	p.Expect("will not be in the book", "before restoring")
	p.Picture("backup-06-preview")
	p.at("Restore this backup")
	p.Keys("space")
	p.Expect(atTheCounter, "An owner has to sign in")
	p.Picture("backup-07-standing")
	p.at("Passphrase")
	p.Keys("Up") // from Jonas to the owner
	p.Type(sample.Passphrase)
	p.Keys("Return")
	p.Expect("This book was put back from a backup", "The next invoice will be")
	p.at("Numbers from now on")
	p.Picture("backup-08-suffix")
	p.Keys("Down")
	p.TabTo("The last printed number")
	p.Type(k.lost)
	p.Expect("The next invoice will be " + k.next)
	p.Picture("backup-09-last-printed")
	p.Keys("Return")
	p.Expect("Lock", "Owner")
	p.Keys("ctrl+shift+b")
	p.Expect("in this folder")
	p.Picture("backup-10-list")
	p.Keys("Escape")
	p.Close()

	b, err := store.Open(k.book, k.options())
	require.NoError(k.t, err)
	defer b.Close()
	require.NoError(k.t, b.Standing())
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(k.t, err)
	defer s.Close()
	is, err := s.Invoices()
	require.NoError(k.t, err)
	next, err := is.Next(invoice.DateOf(time.Now()))
	require.NoError(k.t, err)
	require.Equal(k.t, k.next, next)
	aside, err := filepath.Glob(filepath.Join(k.o.Home, "*before restoring*"))
	require.NoError(k.t, err)
	require.Len(k.t, aside, 1)
}
