package customers

import (
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

// The profiles of the made-up shop.
const (
	owner = iota
	frontDesk
	frontDeskNoNotes
	workshop
)

// pictures is where pictures are written for looking at, "" for not at all.
var pictures = os.Getenv("COUNTERBOOK_PICTURES")

// look checks a screen in both modes and two sizes, and leaves it as it was.
// The small size is what a window of 1024×700 leaves beside the rail.
func look(d *screentest.Desk, name string) {
	d.T.Helper()
	for _, m := range []struct {
		name string
		mode widgets.Mode
		size fyne.Size
	}{
		{"dark", widgets.Dark, screentest.Size}, {"small", widgets.Light, fyne.NewSize(816, 700)}, {"light", widgets.Light, screentest.Size},
	} {
		d.SetMode(m.mode)
		d.Resize(m.size)
		d.CheckLooks()
		if pictures != "" {
			d.Capture(pictures + "/" + name + "-" + m.name + ".png")
		}
	}
}

// as opens the made-up shop as a profile.
func as(t *testing.T, profile int) *screentest.Desk { return screentest.New(t, profile) }

// asNew opens the made-up shop as a new profile of a role.
func asNew(t *testing.T, role store.Role, without ...store.Right) *screentest.Desk {
	return asNewIn(as(t, owner), role, without...)
}

// asNewIn goes on as a new profile of a role in a shop that the owner has open.
func asNewIn(d *screentest.Desk, role store.Role, without ...store.Right) *screentest.Desk {
	d.T.Helper()
	staff, err := d.Env.Session.Staff()
	require.NoError(d.T, err)
	p, err := staff.Add(store.NewProfile{Nickname: "Newcomer", Role: role, Without: without, Passphrase: sample.Passphrase, Chosen: true})
	require.NoError(d.T, err)
	s, err := d.Book.SignIn(p.ID, store.Passphrase(sample.Passphrase))
	require.NoError(d.T, err)
	d.T.Cleanup(s.Close)
	d.Env.Session = s
	return d
}

// open opens the directory.
func open(d *screentest.Desk) *directory {
	d.T.Helper()
	return d.Open(New, screen.Route{Place: screen.Customers}).(*directory)
}

// openAt opens the directory at a customer.
func openAt(d *screentest.Desk, name string) *directory {
	d.T.Helper()
	return d.Open(New, screen.Route{Place: screen.Customers, ID: customer(d, name).ID}).(*directory)
}

func customers(d *screentest.Desk) *store.Customers {
	d.T.Helper()
	book, err := d.Env.Session.Customers()
	require.NoError(d.T, err)
	return book
}

// customer finds one by name, with the owner's eyes where the profile may not.
func customer(d *screentest.Desk, name string) store.Customer {
	d.T.Helper()
	list, err := customers(d).List(name)
	require.NoError(d.T, err)
	require.Len(d.T, list, 1)
	return list[0]
}

func notesOf(d *screentest.Desk, c store.Customer) []store.Note {
	d.T.Helper()
	book, err := d.Env.Session.Notes()
	require.NoError(d.T, err)
	list, err := book.Of(c.ID)
	require.NoError(d.T, err)
	return list
}

// rowNames are the first words of the rows in view.
func rowNames(d *screentest.Desk) []string {
	var names []string
	for _, r := range d.Rows() {
		if len(r) > 0 {
			names = append(names, r[0])
		}
	}
	return names
}

// clock stands still until it is told to go on.
type clock struct {
	wait  time.Duration // the last
	waits []time.Duration
	due   []func()
}

func (c *clock) after(wait time.Duration, f func()) func() {
	c.wait, c.waits = wait, append(c.waits, wait)
	i := len(c.due)
	c.due = append(c.due, f)
	return func() { c.due[i] = nil }
}

func (c *clock) goOn() {
	for _, f := range c.due {
		if f != nil {
			f()
		}
	}
}

// keep puts a screen's work on the desk and gives it to another one, as lock and
// sign-in do.
func keep(d *screentest.Desk, from, to *directory) {
	d.T.Helper()
	work, ok := from.Work()
	require.True(d.T, ok, "nothing is unsaved")
	desk := d.Env.Session.Desk()
	require.NoError(d.T, desk.Put("work", work))
	require.NoError(d.T, to.Resume(func(v any) error {
		_, err := desk.Get("work", v)
		return err
	}))
	d.Settle()
}

func joined(texts []string) string { return strings.Join(texts, "\n") }

// saveChanges saves the form of a customer, and what it would change as it is shown.
func saveChanges(d *screentest.Desk) {
	d.T.Helper()
	d.Tap("Save changes")
	if d.Has("Back to the form") {
		d.Tap("Save")
	}
}
