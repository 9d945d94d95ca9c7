package ui

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
)

// setPIN sets a PIN by the menu's dialog, from the keyboard.
func (r *running) setPIN(pin string) {
	r.T.Helper()
	for _, a := range r.u.actions()["menu.book"] {
		if a.label == "menu.pin" {
			r.u.act(a)
		}
	}
	r.Settle()
	require.Equal(r.T, "PIN", r.Focused())
	r.TypeOn(pin)
	r.Press(fyne.KeyReturn)
	require.Equal(r.T, "PIN once more", r.Focused())
	r.TypeOn(pin)
	r.Press(fyne.KeyReturn)
	r.Settle()
}

func TestTwoPeopleTakeTurnsAtTheCounterWithTheirPINs(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	r.picture("rail-switch")
	r.setPIN("0000")
	require.True(t, r.HasText("Anybody would try this one first."))
	r.CheckLooks()
	r.picture("pin-weak")
	r.Type("PIN", "739154")
	r.Type("PIN once more", "739155")
	r.Press(fyne.KeyReturn)
	require.True(t, r.HasText("These are not the same digits."))
	r.Type("PIN once more", "739154")
	r.Press(fyne.KeyReturn)
	require.True(t, r.HasText("Your PIN is set"))
	require.Nil(t, r.Canvas().Overlays().Top())
	sh.open(screen.Route{Place: screen.Items})
	r.Tap("Switch user")
	require.Nil(t, r.u.shell)
	require.True(t, sh.env.Session.Ended(), "no key of Jonas is left open")
	require.Equal(t, "PIN or passphrase", r.Focused())
	r.CheckLooks()
	r.picture("signin-pin")

	r.Tap("Marta R.")
	require.Equal(t, "Passphrase", r.Focused(), "Marta has set none")
	r.TypeOn(sample.Passphrase)
	r.Press(fyne.KeyReturn)
	require.Equal(t, "Marta R.", r.u.shell.env.Session.Profile().Nickname)
	r.setPIN("60481")
	r.u.shortcut(ctrlShift(fyne.KeyL))

	r.Tap("Jonas")
	r.TypeOn("739154")
	require.Nil(t, r.u.shell, "Enter takes it, not the last digit")
	r.Press(fyne.KeyReturn)
	require.Equal(t, "Jonas", r.u.shell.env.Session.Profile().Nickname)
	require.Equal(t, screen.Items, r.u.shell.route.Place, "where Jonas was")
	require.Empty(t, r.restarted)
	r.u.SwitchUser()
	r.Tap("Marta R.")
	r.TypeOn("60481")
	r.Press(fyne.KeyReturn)
	require.Equal(t, "Marta R.", r.u.shell.env.Session.Profile().Nickname)
	r.u.shell.open(screen.Route{Place: screen.Activity})
	require.True(t, r.HasText("Marta R. came back with the PIN"))
	require.True(t, r.HasText("Jonas came back with the PIN"))
}

func TestFiveWrongPINsLeadToThePassphrase(t *testing.T) {
	r := launch(t)
	r.signIn(1)
	r.setPIN("739154")
	r.u.SwitchUser()
	for n := range 5 {
		r.Type("PIN or passphrase", "102938")
		r.Press(fyne.KeyReturn)
		if n < 4 {
			require.True(t, r.HasText("This is not the PIN."))
		}
		if n == 0 {
			r.CheckLooks()
			r.picture("signin-pin-wrong")
		}
		r.clock = r.clock.Add(10 * time.Second)
	}
	require.True(t, r.HasText("The PIN opens nothing any more."))
	require.True(t, r.Has("Passphrase"))
	r.CheckLooks()
	r.Type("Passphrase", sample.Passphrase)
	r.Press(fyne.KeyReturn)
	require.NotNil(t, r.u.shell)
}

func TestLockingForgetsThePINsAndSwitchingDoesNot(t *testing.T) {
	r := launch(t)
	r.signIn(1)
	r.setPIN("739154")
	r.u.SwitchUser()
	require.Len(t, r.u.book.Resumable(), 1)
	r.u.Lock()
	require.NotEmpty(t, r.restarted, "also from the sign-in")
	require.Empty(t, r.u.book.Resumable())
	r.signIn(1)
	r.setPIN("739154")
	r.restarted = nil
	r.u.Lock()
	require.NotEmpty(t, r.restarted)
	require.Empty(t, r.u.book.Resumable())
}

func TestAnIdleScreenIsLeftForThePINAndLockedAfterAnHour(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	require.Equal(t, 5*time.Minute, sh.lockAfter)
	r.setPIN("739154")
	wait := func(d time.Duration) { r.clock, r.still = r.clock.Add(d), r.still+d; r.u.idle.tick() }
	wait(5 * time.Minute)
	require.Nil(t, r.u.shell)
	require.Empty(t, r.restarted)
	require.Len(t, r.u.book.Resumable(), 1)
	wait(54 * time.Minute)
	require.Empty(t, r.restarted)
	wait(time.Minute)
	require.NotEmpty(t, r.restarted)
	require.Empty(t, r.u.book.Resumable())
}

func TestWhoLeavesTheQuestionForThePINHasNone(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	r.clock = r.clock.Add(time.Hour)
	r.setPIN("739154")
	require.Equal(t, "Passphrase of Jonas", r.Focused(), "who sets a PIN at an open screen could come back as Jonas")
	r.Press(fyne.KeyEscape)
	require.False(t, sh.env.Session.HasPIN())
	require.Equal(t, "739154", r.Value("PIN"))
	r.Press(fyne.KeyReturn)
	r.TypeOn(sample.Passphrase)
	r.Press(fyne.KeyReturn)
	require.True(t, sh.env.Session.HasPIN())
	for _, a := range r.u.actions()["menu.book"] {
		if a.label == "menu.pin" {
			r.u.act(a)
		}
	}
	r.CheckLooks()
	r.picture("pin-set")
	r.Tap("Remove my PIN")
	require.False(t, sh.env.Session.HasPIN())
}

func TestAPINGoesNowhereNearTheDiskOrThePreferences(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	r.setPIN("739154")
	sh.keep()
	r.u.SwitchUser()
	r.Type("PIN or passphrase", "739154")
	r.u.saveSize()
	data, err := os.ReadFile(r.u.book.Info().Path)
	require.NoError(t, err)
	require.NotContains(t, string(data), "739154")
	for _, k := range []string{prefBook, prefProfile, prefMode, prefWidth, prefHeight} {
		require.NotContains(t, r.App.Preferences().String(k), "739154")
	}
	_, err = r.u.book.SignIn(r.u.book.Info().Profiles[1].ID, store.Passphrase("739154"))
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
}

func ctrlShift(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: command | fyne.KeyModifierShift}
}
