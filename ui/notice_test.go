package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
)

const behind = "The computer says it is 22 Nov 2025, but you were here on 22 Nov 2026 already."

func TestAClockThatWentBackIsSaidUntilSomebodyActs(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	require.False(t, r.HasText("The computer says"))
	today := r.clock
	r.clock = today.AddDate(-1, 0, 0)
	r.u.idle.tick()
	r.Settle()
	require.True(t, r.HasText(behind), "also while somebody is signed in")
	require.True(t, r.HasText("check its date and time before you issue one"))
	for _, mode := range []widgets.Mode{widgets.Dark, widgets.Light} {
		r.SetMode(mode)
		for _, size := range []fyne.Size{{Width: minWidth, Height: minHeight}, {Width: 1280, Height: 800}} {
			r.Resize(size)
			r.CheckLooks()
		}
	}
	r.picture("clock")
	for _, p := range onRail(sh.env.Session) { // everything still works
		sh.open(screen.Route{Place: p.place})
		require.Equal(t, p.place, sh.route.Place)
		require.True(t, r.HasText(behind), "above every screen")
	}

	r.Focus("Hide")
	r.Press(fyne.KeySpace)
	require.False(t, r.HasText(behind))
	require.NotNil(t, r.u.window.Canvas().Focused())
	r.u.idle.tick()
	sh.reload()
	require.False(t, r.HasText(behind), "it was sent away")
	r.u.SwitchUser()
	sh = r.signIn(1)
	require.True(t, r.HasText(behind), "until the next sign-in")

	r.Tap("22 Nov 2025 is right")
	require.False(t, r.HasText(behind))
	r.u.SwitchUser()
	r.signIn(1)
	require.False(t, r.HasText(behind), "for good")

	r.clock = today
	r.u.SwitchUser()
	r.signIn(1)
	require.False(t, r.HasText("The computer says"))
	r.clock = today.Add(-time.Hour)
	r.u.idle.tick()
	require.False(t, r.HasText("The computer says"), "an hour is summer time")
}

func TestAClockThatIsRightAgainTakesTheNoticeAway(t *testing.T) {
	r := launch(t)
	r.signIn(1)
	today := r.clock
	r.clock = today.AddDate(-1, 0, 0)
	r.u.idle.tick()
	require.True(t, r.HasText(behind))
	r.clock = today
	r.u.idle.tick()
	r.Settle()
	require.False(t, r.HasText(behind))
	s, err := r.u.book.SignIn(r.u.book.Info().Profiles[1].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	defer s.Close()
	_, back := s.ClockBack()
	require.False(t, back)
}
