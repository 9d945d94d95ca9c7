package start

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
	"counterbook/ui/widgets"
)

// asking is the dialog over the window of somebody at the front desk.
type asking struct {
	*screentest.Desk
	b     *beside
	entry *widgets.Entry // of the passphrase
	owner *store.Session // signed in for the test's own purposes
	given []*store.Session
	now   time.Time
	ticks []func()
}

func newAsking(t *testing.T) *asking {
	t.Helper()
	a := &asking{Desk: screentest.New(t, 1), now: screentest.Today}
	var err error
	a.owner, err = a.Book.SignIn(a.Book.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	t.Cleanup(a.owner.Close)
	a.Env.Now = func() time.Time { return a.now }
	usual := widgets.After
	t.Cleanup(func() { widgets.After = usual })
	widgets.After = func(_ time.Duration, f func()) func() {
		a.ticks = append(a.ticks, f)
		return func() { a.ticks = nil }
	}
	return a
}

func (a *asking) ask() {
	a.T.Helper()
	owners, err := a.Env.Session.Owners()
	require.NoError(a.T, err)
	a.b = newBeside(a.Env, owners, func(s *store.Session) {
		a.given = append(a.given, s)
		a.T.Cleanup(s.Close)
	})
	a.Settle()
	name := "The owner's passphrase"
	if len(owners) == 1 {
		name = "Passphrase of " + owners[0].Nickname
	}
	a.entry = uitest.Entry(a.Control(name))
}

func TestAnOwnerSignsInBesideWhoIsAtTheCounter(t *testing.T) {
	a := newAsking(t)
	a.ask()
	require.Equal(t, "Passphrase of Marta R.", a.Focused())
	require.False(t, a.Has("Owner"), "there is one")
	a.Press(fyne.KeyReturn)
	require.True(t, a.HasText("Marta R. has to type their passphrase here."))
	a.TypeOn(sample.Passphrase)
	a.Press(fyne.KeyReturn)
	require.Len(t, a.given, 1)
	require.True(t, a.given[0].Can(store.ManageStaff))
	require.Equal(t, "Jonas", a.Env.Session.Profile().Nickname)
	require.Empty(t, a.entry.Text)
	require.Nil(t, a.Canvas().Overlays().Top())
	a.b.Forget()
	require.False(t, a.given[0].Ended(), "it is the taker's by now")
}

func TestSeveralOwnersAreChosenFromAndEachMustBeReady(t *testing.T) {
	a := newAsking(t)
	staff, err := a.owner.Staff()
	require.NoError(t, err)
	_, err = staff.Add(store.NewProfile{Nickname: "Elena", Role: store.Owner, Passphrase: slip})
	require.NoError(t, err)
	a.ask()
	(&desk{Window: a.Window, t: t}).looks("with-owners")
	require.Contains(t, a.Focused(), "Owner")
	a.Select("Owner").Choose(1)
	a.Type("The owner's passphrase", slip)
	a.Press(fyne.KeyReturn)
	require.Empty(t, a.given)
	require.True(t, a.HasText("Elena must sign in alone first"))
	require.Nil(t, a.b.session.Load())
	a.Select("Owner").Choose(0)
	a.Type("The owner's passphrase", sample.Passphrase)
	a.Press(fyne.KeyReturn)
	require.Len(t, a.given, 1)
	require.Equal(t, "Marta R.", a.given[0].Profile().Nickname)
}

func TestTheDelayAfterWrongTriesRunsDownInTheDialog(t *testing.T) {
	a := newAsking(t)
	a.ask()
	a.TypeOn("wrong")
	a.Press(fyne.KeyReturn)
	require.True(t, a.HasText("This passphrase does not open the profile."))
	require.Equal(t, "wrong", a.entry.Text)
	a.TypeOn(sample.Passphrase) // over what is selected
	a.Press(fyne.KeyReturn)
	require.Empty(t, a.given, "not even the right one before the delay is over")
	require.True(t, a.HasText("Please wait"))
	require.True(t, a.Button("Go on").Disabled())
	a.Press(fyne.KeyReturn)
	a.now = a.now.Add(2 * time.Second)
	for _, f := range a.ticks {
		f()
	}
	require.False(t, a.HasText("Please wait"))
	require.False(t, a.Button("Go on").Disabled())
	a.b.Forget()
}

// held runs slow work when the test says so.
type held struct{ finish func() }

func (h *held) Run(work func(context.Context) error, done func(error)) {
	h.finish = func() { done(work(context.Background())) }
}

func TestNothingOfTheOwnerStaysWhenTheDialogIsLeft(t *testing.T) {
	a := newAsking(t)
	slow := &held{}
	a.Env.Run = slow
	a.ask()
	a.TypeOn(sample.Passphrase)
	a.Press(fyne.KeyReturn)
	require.True(t, a.Button("Opening…").Disabled())
	a.Press(fyne.KeyEscape)
	require.Empty(t, a.entry.Text)
	slow.finish()
	require.Empty(t, a.given)
	require.Nil(t, a.b.session.Load(), "a session that came too late is closed")

	a.ask()
	a.TypeOn("half a passphrase")
	a.b.Forget() // the book locks
	require.Empty(t, a.entry.Text)
	require.Empty(t, a.App.Clipboard().Content())
}
