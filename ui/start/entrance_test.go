package start

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
)

const slip = "grape lantern oboe quilt"

// newcomer makes a book in which somebody was given a passphrase, and tries it.
func newcomer(d *desk, r store.Role) (*signIn, *store.Book) {
	b, _ := d.ownBook("Marta", "gravel tulip harbour")
	owner, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase("gravel tulip harbour"))
	require.NoError(d.t, err)
	defer owner.Close()
	staff, err := owner.Staff()
	require.NoError(d.t, err)
	_, err = staff.Add(store.NewProfile{Nickname: "Jonas", Role: r, Passphrase: slip})
	require.NoError(d.t, err)
	s := NewSignIn(d.env, b, store.ID{}).(*signIn)
	d.show(s)
	d.Tap("Jonas")
	d.enter(slip)
	return s, b
}

// enter signs in who is chosen.
func (d *desk) enter(passphrase string) {
	d.t.Helper()
	d.Type("Passphrase", passphrase)
	d.Press(fyne.KeyReturn)
	d.Settle()
}

// choose types a passphrase of one's own, twice.
func (d *desk) choose(passphrase string) {
	d.t.Helper()
	if d.Has("Use one of my own") {
		d.Tap("Use one of my own")
	}
	d.Type("Passphrase of your own", passphrase)
	d.Type("The same again", passphrase)
	d.Press(fyne.KeyReturn)
	d.Settle()
}

func TestAFirstPassphraseLeadsToChoosingOnesOwn(t *testing.T) {
	d := newDesk(t)
	s, b := newcomer(d, store.FrontDesk)
	require.Empty(t, d.sessions, "nobody is in yet")
	require.True(t, d.HasText("Choose your own passphrase, Jonas"))
	require.Equal(t, "Type it once to learn it", d.Focused())
	require.Len(t, strings.Fields(s.follow.(*freshPage).chooser.offered), store.StaffWords)
	d.looks("first-passphrase")

	d.choose(strings.ToUpper(slip))
	require.Empty(t, d.sessions)
	require.True(t, d.HasText("This is the current passphrase. Choose another one."))
	require.Equal(t, "Passphrase of your own", d.Focused())
	d.looks("first-passphrase-same")
	d.choose("cobalt fern harvest jug")
	require.Len(t, d.sessions, 1)
	require.True(t, d.sessions[0].Can(store.ReadNotes))
	require.Nil(t, s.follow)
	_, err := b.SignIn(b.Info().Profiles[1].ID, store.Passphrase(slip))
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
}

func TestWhoLeavesWithoutChoosingAPassphraseIsSignedOut(t *testing.T) {
	for name, leave := range map[string]func(*desk){
		"Escape": func(d *desk) { d.Press(fyne.KeyEscape) },
		"button": func(d *desk) { d.Tap("Sign out") },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			s, _ := newcomer(d, store.Trainee)
			page := s.follow.(*freshPage)
			session := page.session
			d.Tap("Use one of my own")
			d.TypeOn("half a passphrase")
			leave(d)
			require.Empty(t, d.sessions)
			require.True(t, session.Ended())
			require.Empty(t, page.chooser.fresh.Text)
			require.Empty(t, page.chooser.offered)
			require.True(t, d.HasText("Who is at the counter?"))
			require.Equal(t, "Passphrase", d.Focused())
			d.enter(slip)
			require.True(t, d.HasText("Choose your own passphrase, Jonas"), "and is asked again next time")
		})
	}
}

func TestASecondOwnerGetsInWithAPassphraseAndASheetOfTheirOwn(t *testing.T) {
	d := newDesk(t)
	s, b := newcomer(d, store.Owner)
	require.True(t, d.HasText("You are an owner"))
	require.Len(t, strings.Fields(s.follow.(*freshPage).chooser.offered), store.OwnerWords)
	d.looks("second-owner-passphrase")
	d.choose("cobalt fern harvest jug")
	require.Empty(t, d.sessions, "the passphrase alone is not enough")
	page := s.follow.(*ownKit)
	groups := page.sheet.kit.Groups()
	require.Equal(t, "Print", d.Focused())
	d.looks("second-owner-sheet")
	d.Tap("Print")
	require.Equal(t, []string{"Recovery sheet %PDF-"}, d.printed)
	d.looks("second-owner-printed")
	d.Tap("Next")
	d.looks("second-owner-check")

	ask := page.sheet.kit.Ask()
	names := [2]string{"Group " + string(rune('1'+ask[0])), "Group " + string(rune('1'+ask[1]))}
	require.Equal(t, names[0], d.Focused())
	d.Type(names[0], groups[ask[0]])
	d.Type(names[1], "AAAAA")
	d.Press(fyne.KeyReturn)
	require.Empty(t, d.sessions)
	require.True(t, d.HasText("is not as it stands on the sheet"))
	d.Press(fyne.KeyEscape)
	require.Equal(t, groups, page.sheet.kit.Groups(), "the sheet is the one that was printed")
	require.Equal(t, "Print", d.Focused())
	d.Tap("Next")
	require.Equal(t, groups[ask[0]], d.Value(names[0]), "what was typed stays typed")
	d.Type(names[1], groups[ask[1]])
	d.Press(fyne.KeyReturn)

	require.Len(t, d.sessions, 1)
	require.True(t, d.sessions[0].Can(store.ManageStaff))
	require.Nil(t, page.sheet.kit)
	require.Empty(t, page.known)
	kit, err := store.ParseKit(strings.Join(groups, " "))
	require.NoError(t, err)
	in, err := b.SignInWithKit(kit)
	require.NoError(t, err)
	defer in.Close()
	require.Equal(t, "Jonas", in.Profile().Nickname)
}

func TestASecondOwnerWhoLeavesTheSheetIsAskedAgain(t *testing.T) {
	d := newDesk(t)
	s, _ := newcomer(d, store.Owner)
	d.choose("cobalt fern harvest jug")
	page := s.follow.(*ownKit)
	session := page.session
	d.Tap("Sign out")
	require.True(t, session.Ended())
	require.Nil(t, page.sheet.kit)
	require.Empty(t, d.sessions)
	d.enter("cobalt fern harvest jug")
	require.True(t, d.HasText("The recovery sheet"), "the passphrase is chosen, the sheet is not made")
	require.Empty(t, d.sessions)
}
