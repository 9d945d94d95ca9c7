//go:build unix

package torture

// The small book that everything is done to.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/internal/booktest"
)

const (
	ownerPass = booktest.OwnerPass
	staffPass = "staff passphrase"
)

var today = booktest.Today

func options() *store.Options { return booktest.Options(func() time.Time { return today }) }

// create makes an empty book.
func create(path string, o *store.Options) (*store.Book, error) {
	k, err := booktest.Kit()
	if err != nil {
		return nil, err
	}
	return booktest.Create(path, k, o)
}

// till is a signed-in session with what is needed to write.
type till struct {
	*store.Session
	cs *store.Customers
	ns *store.Notes
	ds *store.Drafts
	is *store.Invoices
}

func signIn(b *store.Book, pass string) (t till, err error) {
	if t.Session, err = b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(pass)); err != nil {
		return t, err
	}
	if t.cs, err = t.Customers(); err != nil {
		return t, err
	}
	if t.ns, err = t.Notes(); err != nil {
		return t, err
	}
	if t.ds, err = t.Drafts(); err != nil {
		return t, err
	}
	t.is, err = t.Invoices()
	return t, err
}

// add adds a customer, under a name of their own where it is there already.
func (t till) add(name string) (store.Customer, error) {
	c := booktest.Customer(name)
	near, err := t.cs.Near(c)
	if err != nil {
		return c, err
	}
	if len(near) > 0 {
		n, err := t.cs.Count()
		if err != nil {
			return c, err
		}
		c = booktest.Customer(fmt.Sprintf("%s n%d", name, n))
	}
	return t.cs.Save(c)
}

// prepare does what is done at a counter: a customer, a note, a draft.
func (t till) prepare(name string) (store.Draft, error) {
	c, err := t.add(name)
	if err != nil {
		return store.Draft{}, err
	}
	if _, err := t.ns.Save(store.Note{Customer: c.ID, Text: "Prefers pickup after 17:00"}); err != nil {
		return store.Draft{}, err
	}
	return t.ds.Save(booktest.DraftFor(c))
}

// serve prepares an invoice and issues it.
func (t till) serve(name string) error {
	d, err := t.prepare(name)
	if err != nil {
		return err
	}
	_, err = t.is.Issue(context.Background(), d.ID)
	return err
}

// fill gives an empty book two members, customers, notes, items and invoices, and
// lets go of some, so that there are free pages.
func fill(b *store.Book) error {
	t, err := signIn(b, ownerPass)
	if err != nil {
		return err
	}
	defer t.Close()
	st, err := t.Staff()
	if err != nil {
		return err
	}
	if _, err := st.Add(store.NewProfile{Nickname: "Jonas", Role: store.Trainee, Passphrase: staffPass, Chosen: true}); err != nil {
		return err
	}
	items, err := t.Items()
	if err != nil {
		return err
	}
	for _, name := range []string{"Frame", "Mount"} {
		if _, err := items.Save(store.Item{Name: name, Price: decimal.RequireFromString("58.00"),
			Tax: booktest.VAT()}); err != nil {
			return err
		}
	}
	for _, name := range []string{"Giulia Conti", "Ada Berg"} {
		if err := t.serve(name); err != nil {
			return err
		}
	}
	c, err := t.cs.Save(booktest.Customer("Emil Novak"))
	if err != nil {
		return err
	}
	d, err := t.ds.Save(booktest.DraftFor(c))
	if err != nil {
		return err
	}
	if err := t.ds.Discard(d.ID); err != nil {
		return err
	}
	_, err = t.ds.Save(booktest.DraftFor(c))
	return err
}

// smallBook is the path of a closed book that is made once for a run of tests,
// and of the same book some changes before.
var smallBook = sync.OnceValues(func() (made [2]string, err error) {
	dir, err := os.MkdirTemp(inMemory(), "counterbook-torture-")
	if err != nil {
		return made, err
	}
	scrap.add(dir)
	made = [2]string{filepath.Join(dir, "small.counterbook"), filepath.Join(dir, "earlier.counterbook")}
	b, err := create(made[0], options())
	if err != nil {
		return made, err
	}
	if err := fill(b); err != nil {
		return made, err
	}
	if err := b.Close(); err != nil {
		return made, err
	}
	if err := store.Compact(made[0]); err != nil { // half as many bytes to flip
		return made, err
	}
	data, err := os.ReadFile(made[0])
	if err != nil {
		return made, err
	}
	if err := os.WriteFile(made[1], data, 0o600); err != nil {
		return made, err
	}
	return made, reopened(made[0], options(), func(t till) error {
		all, err := t.cs.List("")
		if err != nil {
			return err
		}
		all[0].Phone = "+43 660 9990000"
		_, err = t.cs.Save(all[0])
		return err
	})
})

// reopened opens a book, signs its owner in, lets fn work, and closes it.
func reopened(path string, o *store.Options, fn func(till) error) error {
	return reopenedWith(path, ownerPass, o, fn)
}

func reopenedWith(path, pass string, o *store.Options, fn func(till) error) (err error) {
	b, err := store.Open(path, o)
	if err != nil {
		return err
	}
	t, err := signIn(b, pass)
	if err == nil {
		err = fn(t)
	}
	if t.Session != nil {
		t.Close()
	}
	if end := b.Close(); err == nil {
		err = end
	}
	return err
}

func small(t testing.TB) (now, earlier string) {
	t.Helper()
	made, err := smallBook()
	require.NoError(t, err)
	return made[0], made[1]
}

// inMemory is a folder in memory, or nothing where there is none.
func inMemory() string {
	const shm = "/dev/shm"
	if st, err := os.Stat(shm); err == nil && st.IsDir() {
		return shm
	}
	return ""
}

// scratch is a folder in memory that is gone after the test.
func scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp(inMemory(), "counterbook-torture-")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// scrap are folders that are removed when all tests have run.
var scrap folders

type folders struct {
	mu  sync.Mutex
	all []string
}

func (f *folders) add(dir string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all = append(f.all, dir)
}

func (f *folders) remove() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, dir := range f.all {
		os.RemoveAll(dir)
	}
}
