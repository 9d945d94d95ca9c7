package invoices

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

// The profiles of the made-up shop.
const (
	owner      = 0
	frontDesk  = 1
	workshop   = 3
	bookkeeper = 4
)

// page is the room a screen has beside the rail in a window of 1280×800.
var page = fyne.NewSize(1072, 800)

// soon draws the preview at once.
func soon(_ time.Duration, f func()) func() { f(); return func() {} }

// openDraft shows the editor with a preview that keeps up with every key.
func openDraft(d *screentest.Desk, r screen.Route) *editor {
	d.T.Helper()
	d.Resize(page)
	s := d.Open(func(e *screen.Env, r screen.Route) screen.Screen { return newDraft(e, r, soon) }, r)
	return s.(*editor)
}

// customer finds a customer of the made-up shop.
func customer(d *screentest.Desk, name string) store.Customer {
	d.T.Helper()
	cs, err := d.Env.Session.Customers()
	require.NoError(d.T, err)
	found, err := cs.List(name)
	require.NoError(d.T, err)
	require.NotEmpty(d.T, found)
	return found[0]
}

func drafts(d *screentest.Desk) []store.Draft {
	d.T.Helper()
	ds, err := d.Env.Session.Drafts()
	require.NoError(d.T, err)
	all, err := ds.List()
	require.NoError(d.T, err)
	return all
}

func invoicesOf(d *screentest.Desk) []store.InvoiceRow {
	d.T.Helper()
	is, err := d.Env.Session.Invoices()
	require.NoError(d.T, err)
	all, err := is.List("")
	require.NoError(d.T, err)
	return all
}

// trainee signs in somebody who only prepares invoices.
func trainee(t testing.TB) *screentest.Desk {
	t.Helper()
	d := screentest.New(t, owner)
	st, err := d.Env.Session.Staff()
	require.NoError(t, err)
	p, err := st.Add(store.NewProfile{Nickname: "Tim", Role: store.Trainee, Passphrase: "look around freely", Chosen: true})
	require.NoError(t, err)
	s, err := d.Book.SignIn(p.ID, store.Passphrase("look around freely"))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	d.Env.Session = s
	return d
}

// shots is a folder for pictures of what the tests look at; empty for none.
var shots = os.Getenv("COUNTERBOOK_SHOTS")

// editOnce opens the form of the recipient as one who is written on the document
// alone.
func editOnce(d *screentest.Desk) {
	d.T.Helper()
	d.Tap("Edit")
	if d.Has("One-off for this invoice") {
		d.Tap("One-off for this invoice")
	}
}
