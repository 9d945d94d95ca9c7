package start

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
	"counterbook/ui/widgets"
)

func TestLastPersonIsChosenAndSignsInByKeyboard(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	people := b.Info().Profiles
	d.show(NewSignIn(d.env, b, people[1].ID))
	require.Equal(t, "Passphrase", d.Focused())
	require.True(t, d.HasText(b.Info().Path))
	d.TypeOn(sample.Passphrase)
	d.looks("signin")
	d.runs.hold = true
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Opening…"))
	require.False(t, d.Has("Unlock"))
	d.Press(fyne.KeyEscape, fyne.KeyReturn)
	require.Len(t, d.runs.held, 1, "a second try is not started meanwhile")
	d.looks("signin-busy")
	d.runs.letGo()
	require.Len(t, d.sessions, 1)
	require.Equal(t, "Jonas", d.sessions[0].Profile().Nickname)
	require.False(t, d.byKit)
	require.Empty(t, d.Value("Passphrase"), "nothing typed stays")
}

func TestPeopleAreChosenWithArrowsAndClicks(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	s := NewSignIn(d.env, b, store.ID{1}).(*signIn)
	d.show(s)
	require.Equal(t, 0, s.chosen, "an unknown last profile is nobody")
	d.Focus("Marta R.")
	d.Press(fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight)
	require.Equal(t, 2, s.chosen)
	require.Equal(t, "Lena", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Passphrase", d.Focused())
	d.Press(fyne.KeyUp)
	require.Equal(t, 1, s.chosen, "Up and Down choose while one types")
	d.TypeOn("half typed")
	d.Tap("Pia")
	require.Equal(t, 3, s.chosen)
	require.Equal(t, "half typed", d.Value("Passphrase"))
	require.Equal(t, "Passphrase", d.Focused())
}

func TestWrongPassphraseStaysSelectedAndLaterTriesWait(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	s := NewSignIn(d.env, b, b.Info().Profiles[0].ID).(*signIn)
	d.show(s)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Type your passphrase first."))
	d.TypeOn("wrong wrong")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("does not open the profile"))
	require.Equal(t, "wrong wrong", d.Value("Passphrase"))
	require.Equal(t, "wrong wrong", s.entry.SelectedText())
	require.Equal(t, "Passphrase", d.Focused())
	d.looks("signin-wrong")

	d.pass(2 * time.Second)
	d.Press(fyne.KeyReturn) // the second wrong one
	d.Press(fyne.KeyReturn) // too soon
	require.True(t, d.HasText("Please wait 2 seconds"))
	require.False(t, d.Has("Unlock"))
	d.looks("signin-wait")
	d.Tap("Jonas")
	require.True(t, d.Has("Unlock"), "the delay is the other person's")
	d.Tap("Marta R.")
	require.False(t, d.Has("Unlock"))
	d.pass(time.Second)
	require.True(t, d.HasText("Please wait 1 second "))
	d.pass(time.Second)
	require.False(t, d.HasText("Please wait"))
	require.True(t, d.Has("Unlock"))
	d.TypeOn(sample.Passphrase) // over what is selected
	d.Press(fyne.KeyReturn)
	require.Len(t, d.sessions, 1)
}

func TestOnePersonAloneAndManyPeopleHaveTheirPlace(t *testing.T) {
	d := newDesk(t)
	b, _ := d.ownBook("Marta", "gravel tulip harbour")
	d.show(NewSignIn(d.env, b, store.ID{}))
	d.looks("signin-one")
	session, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase("gravel tulip harbour"))
	require.NoError(t, err)
	defer session.Close()
	staff, err := session.Staff()
	require.NoError(t, err)
	for i := range 13 {
		_, err := staff.Add(store.NewProfile{Nickname: fmt.Sprintf("Person with a long name %d", i), Role: store.FrontDesk, Passphrase: "x"})
		require.NoError(t, err)
	}
	seen := func(why string) {
		t.Helper()
		d.Settle()
		entry := d.Control("Passphrase")
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(entry)
		foot := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.Control("Another book…"))
		require.Less(t, at.Y+entry.Size().Height, foot.Y, why)
	}
	small := fyne.NewSize(1024, 640)
	d.Resize(small)
	d.show(NewSignIn(d.env, b, store.ID{}))
	seen("at first")
	d.Resize(screentest.Size)
	d.Resize(small)
	seen("in a window made smaller")
	d.looks("signin-many")
}

func TestMadeUpShopNamesThePassphraseOfWhoIsChosenAndOthersDoNot(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	d.show(NewSignIn(d.env, b, store.ID{}))
	require.False(t, d.HasText(sample.Passphrase))
	d.env.MadeUp = true
	d.show(NewSignIn(d.env, b, store.ID{}))
	require.True(t, d.HasText("Passphrase of Marta R.:"))
	require.True(t, d.HasText(sample.Passphrase))
	d.looks("signin-madeup")
	for _, p := range b.Info().Profiles[1:] {
		d.Press(fyne.KeyDown)
		require.True(t, d.HasText("Passphrase of "+p.Nickname+":"))
		require.True(t, d.HasText(sample.PassphraseOf(p.Nickname)))
		require.False(t, d.HasText(sample.Passphrase), "only that of who is chosen")
	}
	d.looks("signin-madeup-other")
}

func TestSomebodyAddedToTheMadeUpShopHasNoPublishedPassphrase(t *testing.T) {
	d := newDesk(t)
	b, _ := d.ownBook("Ada", "x")
	d.env.MadeUp = true
	d.show(NewSignIn(d.env, b, store.ID{}))
	require.False(t, d.HasText("Passphrase of"))
}

func TestAnotherBookLeadsToTheFirstPage(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	d.show(NewSignIn(d.env, b, store.ID{}))
	d.TypeOn("secret words")
	d.Tap("Another book…")
	require.Equal(t, []string{"welcome"}, d.went)
	require.Empty(t, d.Value("Passphrase"))
}

func TestRecoverySheetOpensOnlyWithANewPassphrase(t *testing.T) {
	d := newDesk(t)
	b, k := d.ownBook("Marta", "gravel tulip harbour")
	s := NewSignIn(d.env, b, store.ID{}).(*signIn)
	d.show(s)
	d.Tap("Owner: use the recovery sheet")
	require.Equal(t, "The eight groups", d.Focused())
	d.looks("recover")
	d.TypeOn("7K2QF 1")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("The sheet has 40 characters in eight groups of five; 6 are typed here."))

	groups := k.Groups()
	wrong := strings.Join(groups, " ")
	wrong = wrong[:12] + swap(wrong[12]) + wrong[13:] // in group 3
	d.Type("The eight groups", wrong)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Group 3 of the recovery sheet has a typing mistake. Compare group 3 with the sheet."))
	require.Equal(t, wrong, d.Value("The eight groups"))
	d.looks("recover-wrong")
	d.Type("The eight groups", strings.Join(store.NewKit().Groups(), ""))
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("does not belong to this book"))
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Please wait"))
	require.True(t, d.Button("Open with the sheet").Disabled())
	d.pass(2 * time.Second)
	require.False(t, d.HasText("Please wait"))

	d.Type("The eight groups", strings.ToLower(strings.Join(groups, "-")))
	d.Press(fyne.KeyReturn)
	require.Empty(t, d.sessions, "not before there is a new passphrase")
	d.looks("recover-new")
	page := s.follow.(*freshPage)
	fresh := page.chooser.offered
	d.TypeOn(fresh)
	d.Press(fyne.KeyReturn)
	require.Empty(t, d.sessions, "nor before there is a new sheet")
	require.True(t, d.HasText("The sheet that opened the book has been used, Marta"))
	d.looks("recover-sheet")
	sheet := s.follow.(*ownKit).sheet.kit
	d.Tap("Next")
	for _, g := range sheet.Ask() {
		d.Type("Group "+string(rune('1'+g)), sheet.Groups()[g])
	}
	d.Press(fyne.KeyReturn)
	require.Len(t, d.sessions, 1)
	require.True(t, d.byKit)
	require.True(t, d.sessions[0].Can(store.ManageStaff), "the session is handed on open")
	require.Empty(t, page.chooser.offered)
	require.Empty(t, page.chooser.typed.Text)

	me := b.Info().Profiles[0].ID
	_, err := b.SignIn(me, store.Passphrase("gravel tulip harbour"))
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
	d.pass(2 * time.Second)
	_, err = b.SignInWithKit(k)
	require.ErrorIs(t, err, store.ErrWrongKit, "the used sheet opens nothing any more")
	d.pass(2 * time.Second)
	again, err := b.SignIn(me, store.Passphrase(fresh))
	require.NoError(t, err)
	again.Close()
}

// swap returns another character of the kit's alphabet.
func swap(c byte) string {
	if c == '2' {
		return "3"
	}
	return "2"
}

func TestLeavingTheRecoveryClosesItsSession(t *testing.T) {
	for name, leave := range map[string]func(*desk, screen.Screen){
		"button": func(d *desk, _ screen.Screen) { d.Tap("Sign out") },
		"escape": func(d *desk, _ screen.Screen) { d.Press(fyne.KeyEscape) },
		"window": func(_ *desk, s screen.Screen) { s.(screen.Leaver).Leave(func() {}) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			b, k := d.ownBook("Marta", "gravel tulip harbour")
			s := NewSignIn(d.env, b, store.ID{}).(*signIn)
			d.show(s)
			d.Tap("Owner: use the recovery sheet")
			d.TypeOn(strings.Join(k.Groups(), ""))
			d.Press(fyne.KeyReturn)
			session := s.follow.(*freshPage).session
			require.False(t, session.Ended())
			require.False(t, session.Can(store.ReadShop), "it opens nothing before")
			leave(d, s)
			require.True(t, session.Ended(), "the session is closed")
			require.Empty(t, d.sessions)
			if name != "window" {
				require.Equal(t, "Passphrase", d.Focused())
			}
		})
	}
}

func TestKitPageIsLeftWithoutHarm(t *testing.T) {
	d := newDesk(t)
	b := d.book()
	s := NewSignIn(d.env, b, store.ID{}).(*signIn)
	d.show(s)
	d.TypeOn("wrong wrong")
	d.Press(fyne.KeyReturn)
	d.Tap("Owner: use the recovery sheet")
	d.TypeOn("7K2QF")
	page := s.follow.(*kitPage)
	d.Press(fyne.KeyEscape)
	require.Empty(t, page.entry.Text)
	require.Equal(t, "Passphrase", d.Focused())
	d.TypeOn("look")
	require.Equal(t, "look", d.Value("Passphrase"), "no letter is lost after the selection")
}

func TestOwnPassphraseIsMeasuredAndTypedTwice(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.fillShop()
	d.fillMoney()
	d.Type("Nickname", "Marta")
	d.Tap("Next")
	require.True(t, d.HasText("Type the words shown above"))
	offered := s.owner.chooser.offered
	d.Tap("Another one")
	require.NotEqual(t, offered, s.owner.chooser.offered)
	offered = s.owner.chooser.offered
	d.Type("Type it once to learn it", strings.Replace(offered, strings.Fields(offered)[2], "zzz", 1))
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Word 3 is different."))
	d.Type("Type it once to learn it", strings.ReplaceAll(offered, " ", "  "))
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Type one space between them"))
	d.looks("setup-3-spaces")

	d.Tap("Use one of my own")
	require.Equal(t, "Passphrase of your own", d.Focused())
	d.TypeOn("atelier rossi marta")
	require.True(t, d.HasText("Guessed at once."), "the names of shop and owner count for nothing")
	d.Press(fyne.KeyReturn)
	d.Tap("Next")
	require.True(t, d.HasText("too easy to guess"))
	d.looks("setup-3-weak")
	d.Type("Passphrase of your own", "seven lamps under cabbage")
	require.True(t, d.HasText("ard to guess."))
	d.Type("The same again", "seven lamps under")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("The two are not the same."))
	d.looks("setup-3-own")
	d.Type("The same again", "seven lamps under cabbage")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Step 4 of 6"))
	require.Equal(t, "seven lamps under cabbage", s.owner.secret)
}

func TestPersonChangesTheirOwnPassphrase(t *testing.T) {
	d := screentest.New(t, 1)
	d.Show(widgets.Empty(widgets.IconPeople, "A screen", "Do", func() {}))
	looks := func(name string) { (&desk{Window: d.Window, t: t}).looks(name) }
	ChangePassphrase(d.Env)
	require.Equal(t, "Current passphrase", d.Focused())
	looks("change")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Type it once to learn it", d.Focused())
	offered := offeredIn(d.Window)
	require.Len(t, strings.Fields(offered), store.StaffWords)
	d.TypeOn(offered)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Type the passphrase you sign in with now."))
	d.TypeOn("wrong")
	d.Tap("Change passphrase")
	require.True(t, d.HasText("This is not your passphrase."))
	looks("change-wrong")
	require.Equal(t, "wrong", d.Value("Current passphrase"))
	require.Equal(t, "Current passphrase", d.Focused())
	d.At = d.At.Add(time.Second) // guessing is slowed down
	d.TypeOn(sample.Passphrase)  // over what is selected
	old, typed := uitest.Entry(d.Control("Current passphrase")), uitest.Entry(d.Control("Type it once to learn it"))
	d.Focus("Type it once to learn it")
	d.Press(fyne.KeyReturn)
	require.Nil(t, d.Canvas().Overlays().Top())
	require.Len(t, d.Said, 1)
	require.Equal(t, widgets.Good, d.Said[0].Tone)
	require.Empty(t, old.Text+typed.Text)
	s, err := d.Book.SignIn(d.Env.Session.Profile().ID, store.Passphrase(offered))
	require.NoError(t, err)
	s.Close()
}

// offeredIn returns the passphrase a window offers: small words only.
func offeredIn(w *uitest.Window) string {
	for _, s := range w.Texts() {
		if n := len(strings.Fields(s)); n == store.StaffWords && s == strings.ToLower(s) && !strings.ContainsAny(s, ".,:?") {
			return s
		}
	}
	return ""
}

func TestLeavingTheDialogForgetsWhatWasTyped(t *testing.T) {
	d := screentest.New(t, 0)
	ChangePassphrase(d.Env)
	old := uitest.Entry(d.Control("Current passphrase"))
	d.TypeOn("secret")
	d.Tap("Use one of my own")
	own := uitest.Entry(d.Control("Passphrase of your own"))
	d.TypeOn("seven lamps under cabbage")
	(&desk{Window: d.Window, t: t}).looks("change-own")
	d.Press(fyne.KeyEscape)
	require.Nil(t, d.Canvas().Overlays().Top())
	require.Empty(t, old.Text+own.Text)
	require.Empty(t, d.App.Clipboard().Content())
}

func TestArrowsGoThroughTheRowsOfManyPeople(t *testing.T) {
	d := newDesk(t)
	b := d.crowd(14)
	s := NewSignIn(d.env, b, b.Info().Profiles[0].ID).(*signIn)
	d.show(s)
	d.Focus("Marta R.")
	d.Press(fyne.KeyDown, fyne.KeyRight)
	require.Equal(t, 6, s.chosen)
	d.Press(fyne.KeyDown, fyne.KeyDown) // there is no fourth row
	require.Equal(t, 11, s.chosen)
	require.Equal(t, s.people[11].Nickname, d.Focused())
	d.Press(fyne.KeyUp, fyne.KeyUp)
	require.Equal(t, 1, s.chosen)
	d.TypeOn("m")
	require.Equal(t, "Passphrase", d.Focused(), "who types means the passphrase, and so does a scanner")
}

// crowd is the made-up shop with so many people in it.
func (d *desk) crowd(n int) *store.Book {
	d.t.Helper()
	b := d.book()
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(d.t, err)
	defer s.Close()
	st, err := s.Staff()
	require.NoError(d.t, err)
	names := []string{"Anna", "Bartholomäus K.", "Cem", "Dragana", "Emil", "Fatima", "Gustav", "Hélène", "Ioannis", "Jadwiga"}
	for i := len(b.Info().Profiles); i < n; i++ {
		name := names[i%len(names)]
		if i >= len(names)+5 {
			name += fmt.Sprint(" ", i)
		}
		_, err := st.Add(store.NewProfile{Nickname: name, Role: store.FrontDesk, Passphrase: "a passphrase of many", Chosen: true})
		require.NoError(d.t, err)
	}
	return b
}

func TestHoweverManyPeopleThereAreUnlockIsInView(t *testing.T) {
	for _, n := range []int{7, 12, 14, 40} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			d := newDesk(t)
			d.env.Options.StateDir = t.TempDir() // the foot has one line more
			b := d.crowd(n)
			s := NewSignIn(d.env, b, b.Info().Profiles[0].ID).(*signIn)
			d.show(s)
			d.Resize(fyne.NewSize(1024, 640))
			in := func(o fyne.CanvasObject, of *widgets.Scroll) {
				t.Helper()
				area := fyne.CurrentApp().Driver().AbsolutePositionForObject(of)
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
				require.GreaterOrEqual(t, at.Y, area.Y)
				require.LessOrEqual(t, at.Y+o.Size().Height, area.Y+of.Size().Height)
			}
			page := s.page
			in(s.unlock.all, page)
			d.looks(fmt.Sprintf("signin-%d", n))
			d.Resize(fyne.NewSize(1024, 640))
			for i := range n {
				require.Equal(t, i, s.chosen)
				in(s.cards[i], s.list)
				in(s.unlock.all, page)
				require.Equal(t, "Passphrase", d.Focused())
				d.Press(fyne.KeyDown)
			}
			d.Press(fyne.KeyReturn)
			require.True(t, d.HasText("Type your passphrase first."))
			in(s.unlock.all, page)
			in(s.cards[n-1], s.list)
			d.looks(fmt.Sprintf("signin-%d-last", n))
		})
	}
}
