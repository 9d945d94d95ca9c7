package ui

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
)

func TestABadgeScannedWhileSomebodyIsSignedInStaysNowhere(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	badge, err := sh.env.Session.NewBadge(sample.Passphrase)
	require.NoError(t, err)
	require.Contains(t, r.menu(), "My badge…")
	r.TypeOn("giu" + badge.Code())
	require.Equal(t, "giu", sh.screen.(screen.Searcher).Search().(*widgets.SearchEntry).Text)
	require.True(t, r.HasText("A badge was scanned."))
	require.Equal(t, "Jonas", r.u.shell.env.Session.Profile().Nickname)
	r.picture("badge-search")

	st := r.signIn(0)
	require.NotContains(t, r.menu(), "My badge…", "owners have none")
	st.open(screen.Route{Place: screen.Staff})
	r.TapRow(1)
	require.True(t, r.HasText("A badge opens this profile."))
	r.u.toasts.Clear()
	r.CheckLooks()
	r.picture("staff-badge")
	r.Tap("Revoke")
	require.False(t, r.HasText("A badge opens this profile."))
	_, err = r.u.book.SignInWithBadge(badge)
	require.ErrorIs(t, err, store.ErrWrongBadge)
}
