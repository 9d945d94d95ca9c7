package staff

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

var here = screen.Route{Place: screen.Staff}

func open(t *testing.T) (*screentest.Desk, *profiles) {
	t.Helper()
	d := screentest.New(t, 0)
	return d, d.Open(New, here).(*profiles)
}

// named returns the profile of a nickname as it is in the book now.
func named(t *testing.T, d *screentest.Desk, nickname string) store.Profile {
	t.Helper()
	st, err := d.Env.Session.Staff()
	require.NoError(t, err)
	list, err := st.List()
	require.NoError(t, err)
	for _, p := range list {
		if p.Nickname == nickname {
			return p
		}
	}
	require.Fail(t, "no profile is called "+nickname)
	return store.Profile{}
}

func TestTableDerivesItsWordsFromRights(t *testing.T) {
	d, _ := open(t)
	rows := d.Rows()
	require.Len(t, rows, 5)
	require.Equal(t, []string{"Marta R.", "Edit", "Edit", "Issue", "Edit", "Edit", "Edit", "Edit", "now", "Owner", "you"}, rows[0])
	require.Equal(t, []string{"Jonas", "Edit", "Edit", "Issue", "View", "View", "—", "—", "never", "Front desk"}, rows[1])
	require.Equal(t, []string{"Lena", "Edit", "View", "Issue", "View", "View", "—", "—", "never", "Front desk", "less"}, rows[2])
	require.Equal(t, []string{"Pia", "View", "View", "—", "Edit", "—", "—", "—", "never", "Workshop"}, rows[3])
	require.Equal(t, []string{"Studio Ferri", "—", "—", "View", "View", "—", "—", "—", "never", "Bookkeeper"}, rows[4])
	require.True(t, d.HasText("5 profiles"))
}

func TestWhoWasAwayForLongIsWorthALook(t *testing.T) {
	d := screentest.New(t, 0)
	in, err := d.Book.SignIn(named(t, d, "Lena").ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	in.Close()
	s := d.Open(New, here).(*profiles)
	lena := named(t, d, "Lena")
	d.Env.Now = func() time.Time { return screentest.Today.Add(away - 48*time.Hour) }
	require.Equal(t, widgets.Cell{Text: "8 w ago", Colour: widgets.ColorMuted}, s.lastIn(lena))
	d.Env.Now = func() time.Time { return screentest.Today.Add(away) }
	require.Equal(t, []widgets.CellBadge{{Tone: widgets.Look, Text: "60 days"}}, s.lastIn(lena).Badges)
	lena.Disabled = true
	require.Empty(t, s.lastIn(lena).Badges)
}

// waiting is a runner whose work is done when the test says so.
type waiting struct{ finish func() }

func (r *waiting) Run(work func(context.Context) error, done func(error)) {
	r.finish = func() { done(work(context.Background())) }
}

func TestLeavingTheDialogWhileAProfileIsMadeLosesNothing(t *testing.T) {
	d, s := open(t)
	slow := &waiting{}
	d.Env.Run = slow
	for _, name := range []string{"Tomas", "Jonas"} {
		s.Create()
		d.Type("Nickname", name)
		d.Select("Role").Choose(2)
		d.Tap("Add profile")
		require.True(t, d.Button("One moment…").Disabled(), "it is made once")
		d.Tap("Cancel")
		slow.finish()
		d.Settle()
		if name == "Tomas" {
			require.True(t, d.HasText("Tomas can sign in now"), "the passphrase is shown all the same")
			d.Tap("Done")
		}
	}
	require.Len(t, d.Failed, 1)
	require.ErrorIs(t, d.Failed[0], store.ErrNicknameTaken)
}

func TestEveryRightBelongsToOneSubject(t *testing.T) {
	var all []store.Right
	for _, s := range subjects {
		all = append(all, s.rights...)
	}
	require.ElementsMatch(t, store.Rights(), all)
}

func TestOnlyWhoManagesStaffSeesProfiles(t *testing.T) {
	for profile := 1; profile < 5; profile++ {
		d := screentest.New(t, profile)
		d.Open(New, here)
		require.Empty(t, d.Rows())
		require.False(t, d.Has("Add profile"))
		require.True(t, d.HasText("Your profile has no right to: Add and change profiles."))
		d.CheckLooks()
		d.Open(NewActivity, screen.Route{Place: screen.Activity})
		require.True(t, d.HasText("Your profile has no right to: Read the activity log."))
		require.Empty(t, d.Rows())
	}
}

func TestOwnersHaveNoBoxesToTakeRightsAway(t *testing.T) {
	d, s := open(t)
	require.Empty(t, s.ticks.checks)
	require.False(t, d.Has("Reset"))
	require.False(t, d.Has("Disable"), "nobody disables the profile they are signed in with")
	require.True(t, d.HasText("Take data out of the book"))
	require.True(t, d.HasText("a signature"))
}

func TestTakingARightAwayHoldsAtOnceAndCanBeUndone(t *testing.T) {
	d, s := open(t)
	d.TapRow(1)
	before := s.ticks.checks[store.AddNotes]
	d.Tap("Write notes")
	require.Equal(t, []store.Right{store.AddNotes}, named(t, d, "Jonas").Without)
	require.Equal(t, []string{"Jonas", "Edit", "View"}, d.Rows()[1][:3])
	require.Contains(t, d.Rows()[1], "less")
	require.True(t, d.HasText("Front desk, without: Write notes"))
	require.Same(t, before, s.ticks.checks[store.AddNotes], "the focus stays where it was")
	require.Equal(t, "Write notes", d.Focused())
	require.Len(t, d.Said, 1)
	require.Equal(t, "Jonas may no longer: Write notes", d.Said[0].Text)

	d.Said[0].Do()
	d.Settle()
	require.Empty(t, named(t, d, "Jonas").Without)
	require.True(t, before.Ticked())
	require.NotContains(t, d.Rows()[1], "less")
}

func TestTakingReadingAwayTakesWhatNeedsIt(t *testing.T) {
	d, s := open(t)
	d.TapRow(1)
	d.Tap("Read notes")
	require.Equal(t, []store.Right{store.ReadNotes, store.AddNotes, store.EditOwnNotes}, named(t, d, "Jonas").Without)
	require.False(t, s.ticks.checks[store.AddNotes].Ticked())
	jonas, err := d.Book.SignIn(named(t, d, "Jonas").ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	defer jonas.Close()
	_, err = jonas.Notes()
	require.ErrorIs(t, err, store.ErrNoRight)

	d.Tap("Write notes")
	require.Equal(t, []store.Right{store.EditOwnNotes}, named(t, d, "Jonas").Without, "who writes notes reads them")
}

func TestEveryRoleKeepsWhatEveryScreenNeeds(t *testing.T) {
	d, s := open(t)
	d.TapRow(4)
	require.NotContains(t, s.ticks.checks, store.ReadShop)
	require.False(t, d.Has("See shop details"))
	require.True(t, d.HasText("See shop details"))
}

func TestAddingAProfileByKeyboardShowsThePassphraseOnce(t *testing.T) {
	d, s := open(t)
	s.Create()
	require.Equal(t, "Nickname", d.Focused())
	d.TypeOn("Tomas")
	d.Press(fyne.KeyReturn)
	require.Contains(t, d.Focused(), "Role")
	d.TypeOn("w")
	require.True(t, d.HasText("keeps the price list"), "one sentence says what the role is")
	d.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	require.Equal(t, "Add profile", d.Focused())
	d.Press(fyne.KeyReturn)

	require.Equal(t, store.Workshop, named(t, d, "Tomas").Role)
	require.True(t, d.HasText("Tomas can sign in now"))
	phrase := d.Texts()[2]
	require.Len(t, strings.Fields(phrase), store.StaffWords)
	d.Press(fyne.KeyEscape)
	require.True(t, d.HasText(phrase), "a stray Escape does not lose it")
	d.Tap("Print slip")
	require.Equal(t, []string{"Sign-in slip for Tomas"}, d.Prints)
	require.True(t, d.HasText("The slip was sent to the printer."))
	d.Tap("Done")
	require.False(t, d.HasText(phrase))
	_, ok := s.Work()
	require.False(t, ok)
	require.Equal(t, "Tomas", s.profile().Nickname, "the new profile is shown")

	tomas, err := d.Book.SignIn(named(t, d, "Tomas").ID, store.Passphrase(phrase))
	require.NoError(t, err)
	tomas.Close()
}

func TestOwnersGetALongerPassphrase(t *testing.T) {
	d, s := open(t)
	s.Create()
	first := generated(d)
	require.Len(t, strings.Fields(first), store.StaffWords)
	d.Tap("Another one")
	require.NotEqual(t, first, generated(d))
	d.Select("Role").Choose(0)
	d.Settle()
	require.Len(t, strings.Fields(generated(d)), store.OwnerWords)
}

// generated is the passphrase offered in the dialog on top.
func generated(d *screentest.Desk) string {
	texts := d.Texts()
	for i, t := range texts {
		if t == "Another one" {
			return texts[i-1]
		}
	}
	d.T.Fatal("no passphrase is offered")
	return ""
}

func TestBadInputKeepsWhatWasTyped(t *testing.T) {
	d, s := open(t)
	s.Create()
	d.Tap("Add profile")
	require.True(t, d.HasText("Please fill in the nickname."))
	require.True(t, d.HasText("Please fill in the role."))
	require.Equal(t, "Nickname", d.Focused())

	d.Type("Nickname", strings.Repeat("Tomas ", 11))
	d.Tap("Add profile")
	require.True(t, d.HasText("The nickname is too long; 60 characters fit."))
	d.Type("Nickname", "jonas")
	d.Select("Role").Choose(2)
	d.Tap("Add profile")
	require.True(t, d.HasText("Another profile is called like this."))
	require.Equal(t, "Nickname", d.Focused())
	require.Equal(t, "jonas", d.Value("Nickname"))
	require.Equal(t, 2, d.Select("Role").Index())

	d.Type("Nickname", "Jonas K.")
	d.Tap("Type another passphrase instead")
	d.Type("Passphrase", "12345")
	require.True(t, d.HasText("Still too easy to guess."))
	d.Tap("Add profile")
	require.True(t, d.HasText("This passphrase is too easy to guess."))
	require.Equal(t, "12345", d.Value("Passphrase"))
	require.Equal(t, "Jonas K.", d.Value("Nickname"))
	d.CheckLooks()

	d.Type("Passphrase", "seven violet kettles dream")
	require.True(t, d.HasText("Hard to guess."))
	d.Press(fyne.KeyReturn)
	require.Equal(t, store.FrontDesk, named(t, d, "Jonas K.").Role)
	require.True(t, d.HasText("seven violet kettles dream"))
}

func TestWhatIsTypedComesBackButNoPassphrase(t *testing.T) {
	d, s := open(t)
	_, ok := s.Work()
	require.False(t, ok)
	s.Create()
	_, ok = s.Work()
	require.False(t, ok, "an empty form is no work")
	d.Type("Nickname", "Tomas")
	d.Select("Role").Choose(4)
	d.Tap("Type another passphrase instead")
	d.Type("Passphrase", "seven violet kettles dream")
	kept, ok := s.Work()
	require.True(t, ok)
	require.NoError(t, d.Env.Session.Desk().Put("work", kept))
	require.Equal(t, work{Nickname: "Tomas", Role: store.Workshop, Own: true}, kept)

	d2 := d.Canvas().Overlays()
	d2.Remove(d2.Top())
	again := d.Open(New, here).(*profiles)
	read := func(v any) error { _, err := d.Env.Session.Desk().Get("work", v); return err }
	require.NoError(t, again.Resume(read))
	require.Equal(t, "Tomas", d.Value("Nickname"))
	require.Equal(t, "Role Workshop", d.Select("Role").AccessibilityLabel())
	require.Empty(t, d.Value("Passphrase"))
	d.Press(fyne.KeyEscape)
	_, ok = again.Work()
	require.False(t, ok)
}

func TestChangingRoleAndNicknameComesBackToo(t *testing.T) {
	d, s := open(t)
	d.TapRow(2)
	d.Press(fyne.KeyReturn) // on to what can be done with the profile
	require.Equal(t, "Change", d.Focused())
	d.Press(fyne.KeyReturn)
	_, ok := s.Work()
	require.False(t, ok)
	d.Type("Nickname", "Lena S.")
	kept, ok := s.Work()
	require.True(t, ok)
	d.Press(fyne.KeyEscape)
	require.Equal(t, "Change", d.Focused())

	require.NoError(t, s.Resume(func(v any) error { *v.(*work) = kept.(work); return nil }))
	require.Equal(t, "Lena S.", d.Value("Nickname"))
	d.Select("Role").Choose(3)
	d.Tap("Save")
	lena := named(t, d, "Lena S.")
	require.Equal(t, store.Invoicing, lena.Role)
	require.Empty(t, lena.Without, "the new role has no notes to take away")
	require.Equal(t, "Lena S.", s.profile().Nickname)

	gone := work{Change: store.ID{1}, Nickname: "x"}
	require.ErrorIs(t, s.Resume(func(v any) error { *v.(*work) = gone; return nil }), store.ErrNotFound)
}

func TestChangingToATakenOrEmptyNicknameIsRefused(t *testing.T) {
	d, _ := open(t)
	d.TapRow(1)
	d.Tap("Change")
	d.Type("Nickname", " ")
	d.Tap("Save")
	require.True(t, d.HasText("Please fill in the nickname."))
	d.Type("Nickname", "LENA")
	d.Tap("Save")
	require.True(t, d.HasText("Another profile is called like this."))
	require.Equal(t, "LENA", d.Value("Nickname"))
	d.Press(fyne.KeyEscape)
	require.Equal(t, store.FrontDesk, named(t, d, "Jonas").Role)
}

func TestTheLastOwnerStaysOwner(t *testing.T) {
	d, s := open(t)
	d.Tap("Change")
	d.Select("Role").Choose(1)
	d.Tap("Save")
	require.True(t, d.HasText("There must be an owner who can sign in and has a recovery sheet."))
	require.Equal(t, 1, d.Select("Role").Index(), "what was chosen stays chosen")
	d.Press(fyne.KeyEscape)
	require.Equal(t, store.Owner, s.profile().Role)
}

func TestChangingOnesOwnNicknameBuildsTheWindowAnew(t *testing.T) {
	d := screentest.New(t, 0)
	reloads := 0
	d.Env.Reload = func() { reloads++ }
	d.Open(New, here)
	d.Tap("Change")
	d.Type("Nickname", "Marta Rossi")
	d.Press(fyne.KeyReturn)
	d.Tap("Save")
	require.Equal(t, 1, reloads)
	require.Equal(t, store.Owner, named(t, d, "Marta Rossi").Role)
}

func TestDisabledProfilesStandAtTheEndAndCanBeBroughtBack(t *testing.T) {
	d, s := open(t)
	d.TapRow(1)
	d.Tap("Disable")
	require.Equal(t, "Disable Jonas", d.Focused())
	d.Tap("Disable Jonas")
	require.True(t, named(t, d, "Jonas").Disabled)
	rows := d.Rows()
	require.Equal(t, []string{"Jonas", "—", "—", "—", "—", "—", "—", "—", "never", "Front desk", "disabled"}, rows[4])
	require.True(t, d.HasText("4 profiles"))
	require.Equal(t, "Jonas", s.profile().Nickname)
	require.Empty(t, s.ticks.checks)
	require.False(t, d.Has("Change"))

	d.Tap("Bring back")
	phrase := generated(d)
	d.Tap("Bring back")
	require.True(t, d.HasText("Jonas is back"))
	d.Tap("Done")
	require.Equal(t, "Jonas", d.Rows()[1][0])
	in, err := d.Book.SignIn(named(t, d, "Jonas").ID, store.Passphrase(phrase))
	require.NoError(t, err)
	in.Close()
}

func TestNobodyComesBackUnderANameThatIsTaken(t *testing.T) {
	d, s := open(t)
	jonas := named(t, d, "Jonas")
	require.NoError(t, s.book.Disable(jonas.ID))
	_, err := s.book.Add(store.NewProfile{Nickname: "jonas", Role: store.Trainee, Passphrase: sample.Passphrase})
	require.NoError(t, err)
	s.reload(jonas.ID)
	d.Settle()
	d.Tap("Bring back")
	d.Tap("Bring back")
	require.True(t, d.HasText("Somebody else is called Jonas by now"))
	require.True(t, named(t, d, "Jonas").Disabled)
}

func TestResetGivesANewPassphraseAndEndsTheOldOne(t *testing.T) {
	d, _ := open(t)
	d.TapRow(3)
	d.Tap("Reset")
	phrase := generated(d)
	d.Tap("Set passphrase")
	require.True(t, d.HasText("Pia has a new passphrase"))
	require.True(t, d.HasText(phrase))
	d.Tap("Done")
	pia := named(t, d, "Pia")
	_, err := d.Book.SignIn(pia.ID, store.Passphrase(sample.Passphrase))
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
}

// refusing is a runner whose work fails.
type refusing struct{ err error }

func (r refusing) Run(_ func(context.Context) error, done func(error)) { done(r.err) }

func TestAFailedPrintIsSaidWhereThePassphraseStands(t *testing.T) {
	d, _ := open(t)
	d.TapRow(3)
	d.Tap("Reset")
	d.Tap("Set passphrase")
	d.Env.Run = refusing{errors.New("paper jam")}
	d.Tap("Print slip")
	require.True(t, d.HasText("Something went wrong"))
	require.True(t, d.HasText("Pia has a new passphrase"))
}

func TestRolesAreShownAsATable(t *testing.T) {
	d, _ := open(t)
	d.Tap("Roles")
	rows := d.Rows()
	require.Equal(t, []string{"Find one customer by phone or code", "Yes", "Yes", "Yes", "Yes", "Yes", "—", "Yes", "a key"}, rows[0])
	d.CheckLooks()
	d.Press(fyne.KeyEnd)
	require.True(t, d.HasText("Take data out of the book"), "the end is reached by keys")
	d.Press(fyne.KeyEscape)
	require.True(t, d.Has("Add profile"))
}

func TestProfilesAreReachedByKeyboardAlone(t *testing.T) {
	d, s := open(t)
	d.Press(fyne.KeyDown)
	require.Equal(t, "Jonas", s.profile().Nickname)
	order := d.TabOrder()
	require.Equal(t, []string{"Roles", "Add profile", "", "Change", "Reset", "Disable", "Find one customer by phone or code"}, order[:7])
}

// picture keeps what the window shows in the folder SHOTS, for looking at.
func picture(d *screentest.Desk, name string) {
	if dir := os.Getenv("SHOTS"); dir != "" {
		d.Capture(filepath.Join(dir, name))
	}
}

func TestStaffLooksRight(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": screentest.Size, "window": {Width: 1072, Height: 800}, "narrow": {Width: 816, Height: 700}} {
		for mode, look := range map[widgets.Mode]string{widgets.Light: "light", widgets.Dark: "dark"} {
			d, s := open(t)
			d.SetMode(mode)
			d.Resize(size)
			d.CheckLooks()
			picture(d, "owner-"+name+"-"+look+".png")
			require.NoError(t, s.book.Disable(named(t, d, "Pia").ID))
			s.reload(named(t, d, "Lena").ID)
			d.CheckLooks()
			picture(d, "lena-"+name+"-"+look+".png")
			s.table.Select(4)
			d.CheckLooks()
			picture(d, "disabled-"+name+"-"+look+".png")
			s.Create()
			d.Type("Nickname", "Tomas")
			d.Select("Role").Choose(2)
			d.CheckLooks()
			picture(d, "add-"+name+"-"+look+".png")
			d.Tap("Add profile")
			d.CheckLooks()
			picture(d, "added-"+name+"-"+look+".png")
			d.Tap("Done")
			if name != "narrow" {
				d.Tap("Roles")
				d.CheckLooks()
				picture(d, "roles-"+name+"-"+look+".png")
			}
		}
	}
}
