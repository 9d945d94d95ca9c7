package start

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
)

// shot leaves a picture where PICTURES says so.
func shot(d interface{ Capture(string) }, name string) {
	if dir := os.Getenv("PICTURES"); dir != "" {
		d.Capture(filepath.Join(dir, name+".png"))
	}
}

func TestABadgeIsMadePrintedAndRevokedFromTheMenu(t *testing.T) {
	d := screentest.New(t, 1)
	MyBadge(d.Env)
	require.Equal(t, "Your passphrase", d.Focused())
	d.CheckLooks()
	shot(d, "badge-make")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Type your passphrase."))
	d.TypeOn("not it")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("This passphrase does not open the profile."))
	d.At = d.At.Add(time.Minute)
	d.Type("Your passphrase", sample.Passphrase)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Your badge is ready"))
	require.True(t, d.Env.Session.HasBadge())
	d.CheckLooks()
	shot(d, "badge-new")
	d.Press(fyne.KeyEscape)
	require.True(t, d.HasText("Your badge is ready"), "a stray Escape does not lose it")
	d.Tap("Done")
	require.True(t, d.HasText("It was neither printed nor shown."))
	d.Tap("Stay")
	d.Tap("Print")
	require.Equal(t, []string{"Badge of Jonas"}, d.Prints)
	d.Tap("Show it as PDF")
	require.Len(t, d.Opened, 1)
	require.Equal(t, "%PDF", string(d.Opened[0][:4]))
	require.True(t, d.HasText("do not save it"))
	d.CheckLooks()
	shot(d, "badge-ready")
	d.Tap("Done")
	require.Nil(t, d.Canvas().Overlays().Top())

	MyBadge(d.Env)
	require.True(t, d.HasText("You have a badge."))
	require.True(t, d.Has("Replace my badge"))
	d.CheckLooks()
	shot(d, "badge-has")
	runs := &runner{hold: true}
	d.Env.Run = runs
	d.Tap("Revoke it")
	require.True(t, d.Env.Session.HasBadge(), "the book is written anew beside the screen")
	require.NotNil(t, d.Canvas().Overlays().Top())
	runs.letGo()
	require.False(t, d.Env.Session.HasBadge())
	require.Nil(t, d.Canvas().Overlays().Top())
	require.Empty(t, d.Failed)
}

// badgeOf makes a badge of somebody in the book.
func (d *desk) badgeOf(b *store.Book, n int) string {
	d.t.Helper()
	s, err := b.SignIn(b.Info().Profiles[n].ID, store.Passphrase(sample.Passphrase))
	require.NoError(d.t, err)
	defer s.Close()
	badge, err := s.NewBadge(sample.Passphrase)
	require.NoError(d.t, err)
	return badge.Code()
}

func TestABadgeIsTakenWhereverTheFocusIs(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	code := d.badgeOf(b, 1)
	for name, before := range map[string]func(*signIn){
		"the entry":      func(*signIn) {},
		"a person":       func(*signIn) { d.Focus("Pia") },
		"a button":       func(*signIn) { d.Focus("Unlock") },
		"a link":         func(*signIn) { d.Focus("Another book…") },
		"nothing":        func(*signIn) { d.Canvas().Unfocus() },
		"a half word":    func(*signIn) { d.TypeOn("half a passphr") },
		"a wait of hers": func(s *signIn) { s.showUnlock(false) },
	} {
		d.sessions = nil
		s := NewSignIn(d.env, b, b.Info().Profiles[0].ID).(*signIn)
		d.show(s)
		before(s)
		d.scan(code)
		require.Len(t, d.sessions, 1, name)
		require.Equal(t, "Jonas", d.sessions[0].Profile().Nickname, name)
		require.Empty(t, s.entry.Text, name)
		d.sessions[0].Close()
	}
}

// scan types as a scanner does: wherever the focus is, with Enter at the end.
func (d *desk) scan(code string) {
	for _, r := range code {
		if f := d.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else if take := d.Canvas().OnTypedRune(); take != nil {
			take(r)
		}
	}
	d.Press(fyne.KeyReturn)
}

func TestABadgeThatOpensNothingSaysSoAndLeavesNothing(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	code := d.badgeOf(b, 1)
	d.badgeOf(b, 1) // another one takes its place
	s := NewSignIn(d.env, b, b.Info().Profiles[0].ID).(*signIn)
	d.show(s)
	d.scan(code)
	require.True(t, d.HasText("This badge opens no profile here"))
	require.Empty(t, s.entry.Text)
	d.looks("signin-badge-wrong")
	d.scan("CB3H4XK0ZQ9V7TBM2N8WJ5RDEAYF6")
	require.True(t, d.HasText("The badge was not read well."))
	require.Empty(t, s.entry.Text)
	d.scan("4006381333931")
	require.True(t, d.HasText("This passphrase does not open the profile."), "another barcode is nothing special")
	require.Empty(t, d.sessions)
}

func TestABadgeIsNotTakenBesideTheSignIn(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	code := d.badgeOf(b, 1)
	s := NewSignIn(d.env, b, b.Info().Profiles[0].ID).(*signIn)
	d.show(s)
	s.askKit()
	d.Settle()
	d.Canvas().Unfocus()
	d.scan(code)
	require.Empty(t, s.entry.Text)
	require.Empty(t, d.sessions)
	s.back()
	d.scan(code)
	require.Len(t, d.sessions, 1)
	d.sessions[0].Close()
	s.Leave(func() {})
	require.Nil(t, d.Canvas().OnTypedRune())
}
