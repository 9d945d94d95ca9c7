// Package screentest gives a screen everything it needs in a test: a window
// without a display, a small made-up shop in a real book, and doubles for files,
// viewer and printer that only note what they were asked.
package screentest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/uitest"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Size is the window of the pictures the look was designed at.
var Size = fyne.NewSize(1280, 800)

// Today is the day on which tests happen.
var Today = time.Date(2026, 11, 22, 10, 42, 0, 0, time.UTC)

// Desk is a screen's surroundings.
type Desk struct {
	*uitest.Window
	T    testing.TB
	Env  *screen.Env
	Book *store.Book
	At   time.Time // what the computer's clock says

	Went   []screen.Route     // where the screen led
	Asked  []store.CustomerID // of whom it wanted to know who they are
	Said   []widgets.Toast    // what it told
	Failed []error            // errors it told
	Saves  []string           // names it proposed to AskSave
	Path   string             // what AskSave, AskOpen and AskFolder answer; "" answers nothing
	Opened [][]byte           // PDFs shown
	Prints []string           // titles printed
}

// Options are the store's options of a test: a cheap derivation, a clock that
// stands still, and pages as the program sets them.
func Options() *store.Options {
	return &store.Options{
		KDF: &store.CheapKDF,
		Now: func() time.Time { return Today },
		Typeset: func(d invoice.Document, sh store.Shop) ([]paper.Page, error) {
			return paper.Layout(d, words.Labels(d.Language), sh.Style())
		},
	}
}

// New opens the small shop as the profile of that number: 0 is the owner,
// then Jonas (front desk), Lena (front desk, less adding notes), Pia (workshop)
// and Studio Ferri (bookkeeper).
func New(t testing.TB, profile int) *Desk {
	t.Helper()
	d := &Desk{T: t, At: Today}
	o := Options()
	o.Now = func() time.Time { return d.At }
	b, err := Make(filepath.Join(t.TempDir(), "sample.counterbook"), o)
	require.NoError(t, err)
	t.Cleanup(func() { b.Close() })
	s, err := b.SignIn(b.Info().Profiles[profile].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	d.Window, d.Book = uitest.New(t, Size), b
	widgets.SayCleaned(words.For("en").T("cleaned"))
	d.Env = &screen.Env{
		Session: s, Words: words.For("en"), Canvas: d.Canvas(), Now: o.Now,
		Go:   func(r screen.Route) { d.Went = append(d.Went, r) },
		Say:  func(m widgets.Toast) { d.Said = append(d.Said, m) },
		Fail: func(err error) { d.Failed = append(d.Failed, err) },
		Run:  Inline{}, Files: d, Out: output{d}, Reload: func() {}, Identify: func(id store.CustomerID, then func()) { d.Asked = append(d.Asked, id); then() },
	}
	return d
}

// Open builds a screen and shows it.
func (d *Desk) Open(build func(*screen.Env, screen.Route) screen.Screen, r screen.Route) screen.Screen {
	d.T.Helper()
	s := build(d.Env, r)
	d.Show(s.Content())
	s.Shown()
	d.Settle()
	return s
}

// Inline runs slow work at once.
type Inline struct{}

// Run implements screen.Background.
func (Inline) Run(work func(ctx context.Context) error, done func(error)) {
	done(work(context.Background()))
}

// AskSave implements screen.Files.
func (d *Desk) AskSave(name string, then func(string)) {
	d.Saves = append(d.Saves, name)
	if d.Path != "" {
		then(d.Path)
	}
}

// AskOpen implements screen.Files.
func (d *Desk) AskOpen(_ []string, then func(string)) {
	if d.Path != "" {
		then(d.Path)
	}
}

// AskFolder implements screen.Files.
func (d *Desk) AskFolder(then func(string)) {
	if d.Path != "" {
		then(d.Path)
	}
}

// output notes what leaves the book.
type output struct{ d *Desk }

// Open implements screen.Output.
func (o output) Open(pdf []byte) error {
	o.d.Opened = append(o.d.Opened, pdf)
	return nil
}

// Print implements screen.Output.
func (o output) Print(_ context.Context, title string, _ []byte) (bool, error) {
	o.d.Prints = append(o.d.Prints, title)
	return false, nil
}
