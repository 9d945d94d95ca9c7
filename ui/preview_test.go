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

// TestAPreviewRefusesCalmly tries everything that an owner could do.
func TestAPreviewRefusesCalmly(t *testing.T) {
	r := launch(t)
	r.signIn(0)
	_, st := r.owner()
	_, err := st.Add(store.NewProfile{Nickname: "Elena", Role: store.Owner, Passphrase: "sparrow ladder honey quartz"})
	require.NoError(t, err)
	pv := r.looksAs(len(r.u.book.Info().Profiles) - 1)
	refused := func(what string) {
		t.Helper()
		r.Settle()
		require.Empty(t, r.Red(), what)
		require.True(t, r.HasText("You only look at what somebody else sees"), what)
		r.u.toasts.Clear()
		for o := r.u.window.Canvas().Overlays(); o.Top() != nil; {
			o.Remove(o.Top())
		}
	}
	customers, err := pv.env.Session.Customers()
	require.NoError(t, err)
	found, err := customers.List("giulia")
	require.NoError(t, err)
	id := found[0].ID

	pv.open(screen.Route{Place: screen.Customers, ID: id})
	r.Settle()
	r.Tap("Show")
	r.picture("preview-calm")
	refused("a phone number is shown")
	r.Tap("Preference")
	r.Type("Write a note…", "Likes thin frames")
	r.u.shortcut(ctrl(fyne.KeyS))
	require.Equal(t, "Likes thin frames", r.Value("Write a note…"))
	refused("a note")
	r.Tap("More")
	r.Tap("Erase…")
	r.Tap("Erase customer")
	refused("a customer is erased")

	pv.open(screen.Route{Place: screen.Items})
	r.Tap("Save note")
	require.Empty(t, r.Red())
	r.Tap("Leave without saving")
	r.Settle()
	r.u.shortcut(ctrl(fyne.KeyN))
	r.Type("Name", "Case")
	r.Type("Price without VAT", "9")
	r.u.shortcut(ctrl(fyne.KeyS))
	refused("an item")

	pv.open(screen.Route{Place: screen.Draft})
	r.Settle()
	r.Type("Note on the invoice", "Thank you")
	r.u.shortcut(ctrl(fyne.KeyS))
	refused("a draft")

	pv.open(screen.Route{Place: screen.Staff})
	r.Settle()
	require.Equal(t, screen.Staff, pv.here().Place, "nobody is kept from leaving")
	r.TapRow(1)
	r.Focus(pv.env.Words.Right(store.ReadNotes))
	r.Press(fyne.KeySpace)
	refused("a right")
	r.Tap("Disable")
	r.Tap("Disable Jonas")
	refused("a profile is disabled")
	r.u.shortcut(ctrl(fyne.KeyN))
	r.Type("Nickname", "Tomas")
	r.Select("Role").Choose(1)
	r.Tap("Add profile")
	refused("a profile")

	pv.open(screen.Route{Place: screen.Settings})
	r.Settle()
	r.Type("Name of the shop", "Another name")
	r.u.shortcut(ctrl(fyne.KeyS))
	refused("the settings")
	r.Tap("Export everything…")
	r.Type("Folder", t.TempDir())
	r.Tap("Export unencrypted")
	refused("an export")
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
