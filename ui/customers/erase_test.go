package customers

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

// erasing opens the question whether Giulia is to be erased, with keys alone.
func erasing(d *screentest.Desk) *directory {
	s := openAt(d, "Giulia Conti")
	d.Focus("More")
	d.Press(fyne.KeySpace)
	d.TypeOn("e")
	d.Press(fyne.KeyReturn)
	return s
}

func TestErasingACustomerSaysWhatGoesAndWhatStays(t *testing.T) {
	d := as(t, owner)
	c := customer(d, "Giulia Conti")
	drafts, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	_, err = drafts.Save(store.Draft{Customer: c.ID})
	require.NoError(t, err)
	traces, err := customers(d).Traces(c.ID)
	require.NoError(t, err)
	require.Positive(t, traces.Notes)
	require.Positive(t, traces.Invoices)

	erasing(d)
	require.Equal(t, "Cancel", d.Focused(), "a stray Enter erases nobody")
	require.True(t, d.HasText("Erase Giulia Conti?"))
	require.True(t, d.HasText(d.Env.Words.N("customers.erase.notes", traces.Notes)))
	require.True(t, d.HasText(d.Env.Words.N("customers.erase.drafts", traces.Drafts)))
	require.True(t, d.HasText(d.Env.Words.N("customers.erase.invoices", traces.Invoices)))
	look(d, "erase")
	d.Press(fyne.KeyEscape)
	require.Equal(t, c.ID, customer(d, "Giulia Conti").ID)

	d.At = d.At.Add(time.Hour)
	s := erasing(d)
	d.Tap("Erase customer")
	const again = "Passphrase of Marta R."
	require.Equal(t, again, d.Focused())
	d.Press(fyne.KeyEscape)
	require.Equal(t, c.ID, customer(d, "Giulia Conti").ID, "not before the passphrase")
	d.Tap("Erase customer")
	d.Type(again, sample.Passphrase)
	d.Press(fyne.KeyReturn)
	require.Empty(t, d.Failed)
	_, err = customers(d).Get(c.ID)
	require.ErrorIs(t, err, store.ErrNotFound)
	require.Equal(t, "Giulia Conti was erased.", d.Said[len(d.Said)-1].Text)
	require.False(t, d.HasText("Erase Giulia Conti?"))
	require.False(t, d.HasText("Giulia Conti"))
	require.Nil(t, s.detail)
}

func TestErasingIsOfferedToWhoMayEraseOnly(t *testing.T) {
	for role, offered := range map[store.Role]bool{store.Manager: true, store.FrontDesk: false} {
		d := asNew(t, role)
		openAt(d, "Giulia Conti")
		require.Equal(t, offered, inMenu(d, "Erase…"), role)
	}
}

// inMenu reports whether the menu of the open customer has a line.
func inMenu(d *screentest.Desk, line string) bool {
	d.T.Helper()
	if !d.Has("More") {
		return false
	}
	d.Tap("More")
	defer d.Press(fyne.KeyEscape)
	return d.HasText(line)
}

// slowly runs work beside the screen and says when it came so far.
type slowly struct{ done chan func() }

func (r slowly) Run(work func(context.Context) error, done func(error)) {
	go func() {
		err := work(context.Background())
		r.done <- func() { done(err) }
	}()
}

func TestABookThatIsLongInWritingShowsHowFarItIsAndCanBeStopped(t *testing.T) {
	d := as(t, owner)
	var show func()
	usual := widgets.After
	widgets.After = func(_ time.Duration, f func()) func() { show = f; return func() {} }
	t.Cleanup(func() { widgets.After = usual })
	run := slowly{done: make(chan func())}
	d.Env.Run = run
	began, got := make(chan store.Wait), make(chan error, 1)
	d.Env.Rewrite("Erasing Giulia Conti", func(how store.Wait) error {
		began <- how
		<-how.Ctx.Done()
		return how.Ctx.Err()
	}, func(err error) { got <- err })
	how := <-began
	show()
	how.Progress(2, 8)
	d.Settle()
	require.True(t, d.HasText("Erasing Giulia Conti"))
	require.True(t, d.HasText("25 %"))
	look(d, "rewriting")
	d.Tap("Stop and change nothing")
	(<-run.done)()
	require.ErrorIs(t, <-got, context.Canceled)
	require.False(t, d.HasText("Erasing Giulia Conti"))
}
