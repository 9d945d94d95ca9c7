package ui

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
)

// owner is the owner's session on the same book, as another program part would
// have it.
func (r *running) owner() (*store.Session, *store.Staff) {
	r.T.Helper()
	s, err := r.u.book.SignIn(r.u.book.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(r.T, err)
	r.T.Cleanup(s.Close)
	st, err := s.Staff()
	require.NoError(r.T, err)
	return s, st
}

// picture keeps what the window shows, where the test was asked to.
func (r *running) picture(name string) {
	if dir := os.Getenv("PICTURES"); dir != "" {
		r.Capture(filepath.Join(dir, name+".png"))
	}
}

// menu is the lines of the menus.
func (r *running) menu() []string {
	var out []string
	for _, m := range r.u.window.MainMenu().Items {
		for _, i := range m.Items {
			out = append(out, i.Label)
		}
	}
	return out
}

var fewer = []store.Right{store.ReadNotes, store.AddNotes, store.EditOwnNotes, store.WriteDrafts, store.ReadInvoices, store.IssueInvoices, store.PrintInvoices}

func TestARightTakenAwayIsGoneFromTheScreenWithoutAClick(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	_, st := r.owner()
	jonas := sh.env.Session.Profile()
	cs, err := sh.env.Session.Customers()
	require.NoError(t, err)
	found, err := cs.List("giulia")
	require.NoError(t, err)
	sh.open(screen.Route{Place: screen.Customers, ID: found[0].ID})
	r.Settle()
	require.True(t, r.HasText("Prefers pickup"))
	require.NoError(t, st.Change(jonas.ID, jonas.Nickname, jonas.Role, []store.Right{store.ReadNotes, store.AddNotes, store.EditOwnNotes}))
	r.Settle()
	require.Equal(t, found[0].ID, sh.here().ID)
	require.True(t, r.HasText("Giulia Conti"))
	require.False(t, r.HasText("Prefers pickup"), "the screen shown follows")

	sh.open(screen.Route{Place: screen.Invoices})
	require.Contains(t, r.menu(), "Invoices")
	require.NoError(t, st.Change(jonas.ID, jonas.Nickname, jonas.Role, fewer))
	r.Settle()
	require.Equal(t, []screen.Place{screen.Customers, screen.Items}, []screen.Place{onRail(sh.env.Session)[0].place, onRail(sh.env.Session)[1].place})
	require.Equal(t, screen.Customers, sh.route.Place, "the screen that may no longer be seen was left")
	require.NotContains(t, r.menu(), "Invoices")
	require.False(t, slices.Contains(r.Texts(), "Invoices"))
	r.u.shortcut(ctrl(fyne.Key2))
	require.Equal(t, screen.Items, sh.route.Place, "the shortcuts moved up")

	require.NoError(t, st.Change(jonas.ID, "Jonas B.", jonas.Role, nil))
	r.Settle()
	require.True(t, slices.Contains(r.Texts(), "Invoices"), "and come back")
	require.True(t, r.HasText("Jonas B."))
	require.Equal(t, screen.Items, sh.route.Place)
}

func TestWhatIsUnsavedOnAScreenThatIsTakenAwayIsThereWhenItComesBack(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	_, st := r.owner()
	jonas := sh.env.Session.Profile()
	sh.open(screen.Route{Place: screen.Draft})
	r.Type("Note on the invoice", "Thank you, and come again soon")
	work, unsaved := sh.work()
	require.True(t, unsaved, "%v", work)
	require.NoError(t, st.Change(jonas.ID, jonas.Nickname, jonas.Role, fewer))
	r.Settle()
	require.NotEqual(t, screen.Draft, sh.route.Place)
	said, ok := r.u.toasts.Saying()
	require.True(t, ok)
	require.Contains(t, said.Text, "What you had typed there is kept.")
	for range 3 { // the desk is written now and then
		r.clock = r.clock.Add(time.Minute)
		r.u.idle.tick()
	}
	r.u.SwitchUser()
	sh = r.signIn(1)
	require.NoError(t, st.Change(jonas.ID, jonas.Nickname, jonas.Role, nil))
	r.Settle()
	said, ok = r.u.toasts.Saying()
	require.True(t, ok)
	require.Equal(t, "Go on with it", said.Action)
	r.picture("kept")
	said.Do()
	r.Settle()
	require.Equal(t, screen.Draft, sh.route.Place)
	require.Equal(t, "Thank you, and come again soon", r.Value("Note on the invoice"))
	r.u.SwitchUser()
	r.signIn(1)
	_, ok = r.u.toasts.Saying()
	require.False(t, ok, "it was taken up")
}

func TestWhatIsTypedWhileTheRoleChangesIsThereWhenTheRoleIsBack(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	_, st := r.owner()
	jonas := sh.env.Session.Profile()
	r.u.shortcut(ctrl(fyne.KeyN))
	r.Settle()
	r.Type("Name", "Half a name")
	require.NoError(t, st.Change(jonas.ID, jonas.Nickname, store.Bookkeeper, nil))
	r.Settle()
	require.NotNil(t, r.u.shell)
	require.Equal(t, screen.Invoices, sh.route.Place)
	require.False(t, r.HasText("Half a name"))
	require.Nil(t, r.u.window.Canvas().Overlays().Top(), "no form is left over a screen of another role")
	said, ok := r.u.toasts.Saying()
	require.True(t, ok)
	require.Contains(t, said.Text, "What you had typed there is kept.")
	r.u.toasts.Clear()
	require.NoError(t, st.Change(jonas.ID, jonas.Nickname, store.FrontDesk, nil))
	r.Settle()
	said, ok = r.u.toasts.Saying()
	require.True(t, ok)
	require.Equal(t, "Go on with it", said.Action)
	said.Do()
	r.Settle()
	require.Equal(t, "Half a name", r.Value("Name"))
}

func TestDisablingOrResettingAProfileEndsItsSessionOnTheScreen(t *testing.T) {
	for name, end := range map[string]func(*store.Staff, store.ProfileID) error{
		"disabled": func(st *store.Staff, id store.ProfileID) error { return st.Disable(id) },
		"reset":    func(st *store.Staff, id store.ProfileID) error { return st.ResetPassphrase(id, "words of the slip") },
	} {
		t.Run(name, func(t *testing.T) {
			r := launch(t)
			sh := r.signIn(1)
			_, st := r.owner()
			r.u.shortcut(ctrl(fyne.KeyN))
			r.Settle()
			r.Type("Name", "Half a name")
			require.NoError(t, end(st, sh.env.Session.Profile().ID))
			r.Settle()
			require.Nil(t, r.u.shell)
			require.Nil(t, r.u.window.Canvas().Overlays().Top())
			require.False(t, r.HasText("Half a name"))
			require.True(t, r.HasText("Who is at the counter?"))
			said, _ := r.u.toasts.Saying()
			require.Contains(t, said.Text, "you were signed out")
			require.Contains(t, said.Text, "is lost", "nobody is left to wonder where the half name went")
			require.NotContains(t, r.menu(), "Lock the book")
		})
	}
}

func TestWhoBecomesAnOwnerSignsInAnewAndOwesAPassphrase(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	_, st := r.owner()
	require.NoError(t, st.Change(sh.env.Session.Profile().ID, "Jonas", store.Owner, nil))
	r.Settle()
	require.Nil(t, r.u.shell)
	r.Type("Passphrase", sample.Passphrase)
	r.Press(fyne.KeyReturn)
	require.True(t, r.HasText("Choose your own passphrase, Jonas"))
	require.Nil(t, r.u.shell)
}

var withOwner = &desktop.CustomShortcut{KeyName: fyne.KeyO, Modifier: command | fyne.KeyModifierShift}

// beside opens the dialog in which the owner signs in beside who is at the counter.
func (r *running) beside(passphrase string) {
	r.T.Helper()
	r.u.shortcut(withOwner)
	r.Settle()
	r.Type("Passphrase of Marta R.", passphrase)
	r.Press(fyne.KeyReturn)
	r.Settle()
}

func TestTheOwnerTakesARightAwayAtTheCounter(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	require.Contains(t, r.menu(), "Change what I may do, with the owner…")
	sh.open(screen.Route{Place: screen.Invoices})
	r.u.shortcut(withOwner)
	r.Settle()
	require.Equal(t, "Passphrase of Marta R.", r.Focused())
	r.CheckLooks()
	r.picture("with-owner")
	r.Press(fyne.KeyEscape)
	require.Nil(t, r.u.window.Canvas().Overlays().Top())

	r.beside(sample.Passphrase)
	require.True(t, r.HasText("What Jonas may do"))
	for _, mode := range []widgets.Mode{widgets.Dark, widgets.Light} {
		r.SetMode(mode)
		r.CheckLooks()
	}
	r.picture("with-owner-rights")
	for _, right := range []store.Right{store.ReadNotes, store.ReadInvoices, store.WriteDrafts} {
		r.Focus(r.u.words.Right(right))
		r.Press(fyne.KeySpace)
		r.Settle()
		require.False(t, sh.env.Session.Can(right))
	}
	require.True(t, r.HasText("Jonas may no longer: "+r.u.words.Right(store.WriteDrafts)))
	require.Equal(t, screen.Customers, sh.route.Place, "the screen below is another one already")
	r.CheckLooks()
	r.picture("with-owner-taken")
	require.Equal(t, store.FrontDesk, sh.env.Session.Profile().Role, "and it is still Jonas who is signed in")
	r.Press(fyne.KeyEscape)
	require.Nil(t, r.u.window.Canvas().Overlays().Top())
	require.False(t, slices.Contains(r.Texts(), "Invoices"))
	r.CheckLooks()
	r.picture("with-owner-after")
	require.NotNil(t, r.u.window.Canvas().Focused())

	r.beside(sample.Passphrase)
	r.Focus(r.u.words.Right(store.WriteDrafts))
	r.Press(fyne.KeySpace)
	r.Settle()
	require.True(t, sh.env.Session.Can(store.WriteDrafts))
	r.Tap("Done")
	require.True(t, slices.Contains(r.Texts(), "Invoices"))
	r.u.SwitchUser()
	r.signIn(0)
	require.NotContains(t, r.menu(), "Change what I may do, with the owner…", "an owner has the Staff screen")
}

func TestTheOwnersSessionEndsAlsoWhenTheDialogIsTakenAway(t *testing.T) {
	for name, end := range map[string]func(*running){
		"locked": func(r *running) { r.u.Lock() },
		"left":   func(r *running) { r.u.SwitchUser() },
		"idle": func(r *running) {
			r.clock, r.still = r.clock.Add(time.Hour), time.Hour
			r.u.idle.tick()
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := launch(t)
			sh := r.signIn(1)
			r.beside(sample.Passphrase)
			forget, forgot := sh.over, false
			sh.over = func() { forgot = true; forget() }
			end(r)
			require.True(t, forgot)
			require.Nil(t, r.u.shell)
			require.Nil(t, r.u.window.Canvas().Overlays().Top())
		})
	}
}

func TestAWrongPassphraseOfTheOwnerWaitsAsAtTheSignIn(t *testing.T) {
	r := launch(t)
	r.signIn(1)
	r.beside("not the owner's")
	require.True(t, r.HasText("does not open the profile"))
	require.Equal(t, "not the owner's", r.Value("Passphrase of Marta R."))
	r.Press(fyne.KeyReturn)
	r.Settle()
	require.True(t, r.HasText("Too many wrong tries. Please wait 1 second"))
	require.True(t, r.Button("Go on").Disabled())
	r.CheckLooks()
	r.picture("with-owner-wait")
	r.Type("Passphrase of Marta R.", "")
	r.Press(fyne.KeyEscape)
	r.clock = r.clock.Add(2 * time.Second)
	r.beside(sample.Passphrase)
	require.True(t, r.HasText("What Jonas may do"))
}

func TestAPageBetweenSignInAndBookDoesNotWaitForWhoeverComesBy(t *testing.T) {
	r := launch(t)
	_, st := r.owner()
	p, err := st.Add(store.NewProfile{Nickname: "Elena", Role: store.Owner, Passphrase: "words of the slip"})
	require.NoError(t, err)
	s, err := r.u.book.SignIn(p.ID, store.Passphrase("words of the slip"))
	require.NoError(t, err)
	require.NoError(t, s.ChangePassphrase("words of the slip", "words of my own"))
	s.Close()
	r.u.signIn()
	r.Tap("Elena")
	r.Type("Passphrase", "words of my own")
	r.Press(fyne.KeyReturn)
	require.True(t, r.HasText("The recovery sheet"))
	r.clock, r.still = r.clock.Add(leftAlone-time.Minute), leftAlone-time.Minute
	r.u.idle.tick()
	require.True(t, r.HasText("The recovery sheet"), "there is time to write it down")
	r.clock, r.still = r.clock.Add(time.Minute), leftAlone
	r.u.idle.tick()
	r.Settle()
	require.False(t, r.HasText("The recovery sheet"))
	require.True(t, r.HasText("Who is at the counter?"))
}
