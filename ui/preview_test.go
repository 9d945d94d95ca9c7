package ui

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen"
)

// looksAs opens the preview of a profile from the staff screen.
func (r *running) looksAs(row int) *shell {
	r.T.Helper()
	r.u.shell.open(screen.Route{Place: screen.Staff})
	r.Settle()
	r.TapRow(row)
	r.Tap("Preview what they see")
	r.Settle()
	require.NotNil(r.T, r.u.shell.under)
	return r.u.shell
}

func TestTheOwnerSeesTheWindowAsEachProfileHasIt(t *testing.T) {
	r := launch(t)
	owner := r.signIn(0)
	for n, p := range r.u.book.Info().Profiles[1:] {
		pv := r.looksAs(n + 1)
		role := pv.env.Session.Profile().Role
		require.Equal(t, p.Nickname, pv.env.Session.Profile().Nickname)
		require.True(t, r.HasText("You see what "+p.Nickname+" sees."))
		var places []screen.Place
		for _, at := range onRail(pv.env.Session) {
			places = append(places, at.place)
			pv.open(screen.Route{Place: at.place})
			r.Settle()
			require.True(t, r.HasText("You see what "+p.Nickname+" sees."))
		}
		require.Equal(t, sees[role], places)
		r.CheckLooks()
		r.picture("preview-" + p.Nickname)
		r.Tap("End preview")
		require.Same(t, owner, r.u.shell)
		require.True(t, r.HasText("What "+p.Nickname+" may do"), "back at the profile that was looked at")
		require.False(t, owner.env.Session.Ended())
	}
}

func TestNothingIsDoneInAPreviewWhoeverTries(t *testing.T) {
	r := launch(t)
	r.signIn(0)
	before := func() []byte {
		data, err := os.ReadFile(r.u.book.Info().Path)
		require.NoError(t, err)
		return data
	}
	r.looksAs(1)
	was := before()
	pv := r.u.shell
	require.NotContains(t, r.menu(), "PIN for quick return…")
	require.NotContains(t, r.menu(), "Change my passphrase…")
	require.NotContains(t, r.menu(), "My badge…")
	pv.open(screen.Route{Place: screen.Customers})
	r.u.shortcut(ctrl(fyne.KeyN))
	r.Type("Name", "Somebody new")
	r.u.shortcut(ctrl(fyne.KeyS))
	r.Settle()
	require.True(t, r.HasText("You only look at what somebody else sees"))
	r.clock = r.clock.Add(time.Minute)
	r.u.idle.tick() // which keeps unsaved work
	require.Equal(t, was, before())
	r.picture("preview-refused")
	r.u.endPreview()
	require.Equal(t, screen.Staff, r.u.shell.route.Place)
	require.Nil(t, r.u.window.Canvas().Overlays().Top())
	desk := r.u.shell.env.Session.Desk()
	var left screen.Route
	_, err := desk.Get(deskPlace, &left)
	require.NoError(t, err)
	require.NotEqual(t, screen.Customers, left.Place, "a preview leaves nothing on the owner's desk either")
}

func TestAPreviewEndsWithLockSwitchAndTheProfile(t *testing.T) {
	for name, end := range map[string]func(*running){
		"locked":   func(r *running) { r.u.Lock() },
		"switched": func(r *running) { r.u.SwitchUser() },
		"idle":     func(r *running) { r.clock, r.still = r.clock.Add(time.Hour), time.Hour; r.u.idle.tick() },
		"closed":   func(r *running) { r.u.welcome() },
	} {
		r := launch(t)
		owner := r.signIn(0)
		pv := r.looksAs(1)
		end(r)
		require.Nil(t, r.u.shell, name)
		require.True(t, owner.env.Session.Ended(), name)
		require.True(t, pv.env.Session.Ended(), name)
	}
	r := launch(t)
	owner := r.signIn(0)
	_, st := r.owner()
	r.looksAs(1)
	jonas := r.u.shell.env.Session.Profile()
	require.NoError(t, st.Change(jonas.ID, jonas.Nickname, jonas.Role, fewer))
	require.NotNil(t, r.u.shell.under)
	require.Len(t, onRail(r.u.shell.env.Session), 2, "what is taken away meanwhile is gone from the preview")
	require.NoError(t, st.Disable(jonas.ID))
	require.Same(t, owner, r.u.shell)
	_, err := owner.env.Session.PreviewAs(jonas.ID)
	require.ErrorIs(t, err, store.ErrNoProfile)
}

func TestAnOwnerIsToldWhoCanSeeACustomer(t *testing.T) {
	r := launch(t)
	sh := r.signIn(0)
	book, err := sh.env.Session.Customers()
	require.NoError(t, err)
	found, err := book.List("giulia")
	require.NoError(t, err)
	sh.open(screen.Route{Place: screen.Customers, ID: found[0].ID})
	r.Settle()
	r.picture("viewers-button")
	r.Tap("Who can see this customer?")
	r.Settle()
	require.True(t, r.HasText("Who can see Giulia Conti"))
	require.True(t, r.HasText("Front desk: Browse and search customers"))
	require.True(t, r.HasText("Bookkeeper: no right to customers"))
	require.Equal(t, "Close", r.Focused())
	r.CheckLooks()
	r.picture("viewers")
	r.Press(fyne.KeyEscape)
	r.u.SwitchUser()
	sh = r.signIn(1)
	sh.open(screen.Route{Place: screen.Customers, ID: found[0].ID})
	r.Settle()
	require.False(t, r.Has("Who can see this customer?"))
}
