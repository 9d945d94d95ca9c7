package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
)

const behind = "The computer says it is 22 Nov 2025, but this book was used on 22 Nov 2026 already."

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

func TestAnOwnerFindsTheNoticeAfterAnInvoiceThatWasDatedAhead(t *testing.T) {
	r := launch(t)
	issue := func(s *store.Session) (string, error) {
		is, err := s.Invoices()
		require.NoError(t, err)
		rows, err := is.List("")
		require.NoError(t, err)
		inv, err := is.Get(rows[0].ID)
		require.NoError(t, err)
		d := store.Draft{Doc: inv.Doc}
		d.Doc.Date, d.Doc.Due, d.Doc.Supply = invoice.Date{}, invoice.Date{}, invoice.Date{}
		out, err := is.IssueAll(context.Background(), []store.Draft{d}, nil)
		if err != nil {
			return "", err
		}
		return out[0].Doc.Date.String(), nil
	}
	sh := r.signIn(0)
	today := r.clock
	r.clock = today.AddDate(9, 0, 0)
	date, err := issue(sh.env.Session)
	require.NoError(t, err)
	require.Equal(t, "2035-11-22", date)
	r.u.SwitchUser()
	r.clock = today

	sh = r.signIn(1)
	r.u.idle.tick()
	require.False(t, r.HasText("The computer says"), "it is for owners to confirm")
	_, err = issue(sh.env.Session)
	said := r.u.words.Error(err)
	require.Contains(t, said, "an owner can confirm it")
	r.u.fail(err)
	r.Settle()
	r.CheckLooks()
	r.picture("clock-refused")
	r.u.SwitchUser()

	sh = r.signIn(0)
	r.u.idle.tick()
	r.Settle()
	require.True(t, r.HasText("The computer says it is 22 Nov 2026, but this book was used on 22 Nov 2035 already."))
	r.CheckLooks()
	r.picture("clock-ahead")
	r.Tap("22 Nov 2026 is right")
	require.False(t, r.HasText("The computer says"))
	date, err = issue(sh.env.Session)
	require.NoError(t, err)
	require.Equal(t, "2026-11-22", date)
}

func TestDamageFoundAfterSigningInStandsAboveEveryScreen(t *testing.T) {
	r := launch(t)
	sh := r.signIn(0)
	r.u.damaged(sh.env.Session, &store.DamagedError{Where: "right to write", Area: "invoices", Commit: 4711, ByName: "Jonas"})
	r.Settle()
	for _, p := range onRail(sh.env.Session) {
		sh.open(screen.Route{Place: p.place})
		require.True(t, r.HasText("This book is not what was saved."))
		require.True(t, r.HasText("Something among the invoices was changed in a way that the profile of Jonas does not allow (change 4711)."))
	}
	for _, mode := range []widgets.Mode{widgets.Dark, widgets.Light} {
		r.SetMode(mode)
		for _, size := range []fyne.Size{{Width: minWidth, Height: minHeight}, {Width: 1280, Height: 800}} {
			r.Resize(size)
			r.CheckLooks()
		}
	}
	require.True(t, r.HasText("Restore a backup from before"))
	r.picture("damage")
	r.u.SwitchUser()
	sh = r.signIn(1)
	require.False(t, r.HasText("This book is not"), "what is whole is not called damaged")
	r.u.damaged(sh.env.Session, &store.DamagedError{Where: "area", Area: "notes"})
	require.True(t, r.HasText("Tell the owner."))
	require.False(t, r.HasText("Restore a backup"), "which only an owner can")
}

func TestAnOwnerIsToldOfAFolderThatIsCopiedElsewhere(t *testing.T) {
	r := launch(t)
	path := r.u.book.Info().Path
	r.u.welcome()
	dir := filepath.Join(t.TempDir(), "Dropbox (Atelier)")
	require.NoError(t, os.Mkdir(dir, 0o700))
	moved := filepath.Join(dir, "shop.counterbook")
	require.NoError(t, os.Rename(path, moved))
	r.u.open(moved)
	const said = "The book lies in a folder that Dropbox copies to other computers."
	r.signIn(1)
	require.False(t, r.HasText(said), "who cannot move it is not bothered")
	r.u.SwitchUser()
	r.signIn(0)
	require.True(t, r.HasText(said))
	for _, size := range []fyne.Size{{Width: minWidth, Height: minHeight}, {Width: 1280, Height: 800}} {
		r.Resize(size)
		r.CheckLooks()
	}
	r.picture("synced")
	r.Focus("Hide")
	r.Press(fyne.KeySpace)
	require.False(t, r.HasText(said))
	require.NotNil(t, r.u.window.Canvas().Focused())
}

func TestAnOwnerIsToldWhenThisComputerCannotRememberTheBook(t *testing.T) {
	r := launch(t)
	path := r.u.book.Info().Path
	r.u.welcome()
	r.u.store.StateDir = filepath.Join(t.TempDir(), "settings")
	require.NoError(t, os.WriteFile(r.u.store.StateDir, nil, 0o600)) // a file where the folder would be
	r.u.open(path)
	const said = "This computer cannot remember the newest state of the book."
	r.signIn(1)
	require.False(t, r.HasText(said), "who cannot mend it is not bothered")
	r.u.SwitchUser()
	r.signIn(0)
	require.True(t, r.HasText(said))
	for _, size := range []fyne.Size{{Width: minWidth, Height: minHeight}, {Width: 1280, Height: 800}} {
		r.Resize(size)
		r.CheckLooks()
	}
	r.picture("forgets")
	r.Focus("Hide")
	r.Press(fyne.KeySpace)
	require.False(t, r.HasText(said))
	r.u.SwitchUser()
	require.NoError(t, os.Remove(r.u.store.StateDir)) // mended
	r.signIn(0)
	require.False(t, r.HasText(said))
}
