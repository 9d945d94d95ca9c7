package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/ui/widgets"
)

func TestOnesOwnNameLeadsToPassphrasePINAndBadgeByKeyboard(t *testing.T) {
	r := launch(t)
	r.signIn(1)
	const me = "My profile: Jonas"
	require.Contains(t, r.TabOrder(), me)
	for letter, title := range map[rune]string{'C': "Change my passphrase", 'P': "PIN for quick return", 'M': "My badge"} {
		r.Focus(me)
		r.Press(fyne.KeyReturn)
		r.Canvas().Focused().TypedRune(letter)
		r.Press(fyne.KeyReturn)
		r.Settle()
		require.True(t, r.HasText(title), title)
		r.Press(fyne.KeyEscape)
		require.Equal(t, me, r.Focused(), "the focus comes back to where it was")
	}
	for _, mode := range []widgets.Mode{widgets.Light, widgets.Dark} {
		r.u.setMode(mode)
		r.Focus(me)
		r.Settle()
		r.CheckLooks()
		r.picture("own-name-" + map[widgets.Mode]string{widgets.Light: "light", widgets.Dark: "dark"}[mode])
		r.Tap(me)
		r.Settle()
		r.CheckLooks()
		r.picture("own-menu-" + map[widgets.Mode]string{widgets.Light: "light", widgets.Dark: "dark"}[mode])
		r.Press(fyne.KeyEscape)
	}
	r.Tap(me)
	r.Tap("Switch user")
	require.Nil(t, r.u.shell)

	r.signIn(0)
	r.Tap("My profile: Marta R.")
	require.True(t, r.Has("PIN for quick return…"))
	require.False(t, r.Has("My badge…"), "owners have none")
	r.Press(fyne.KeyEscape)
	r.looksAs(1)
	require.False(t, r.Has(me), "nobody changes what is another's")
}
