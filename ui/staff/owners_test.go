package staff

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

// badges is the badges of a profile's row.
func badges(t *testing.T, d *screentest.Desk, nickname string) []string {
	t.Helper()
	for _, r := range d.Rows() {
		if r[0] == nickname {
			return r[9:]
		}
	}
	require.Fail(t, "no row of "+nickname)
	return nil
}

func TestTheScreenSaysWhoHasNotChosenAPassphraseYet(t *testing.T) {
	d, s := open(t)
	require.False(t, d.HasText("first passphrase"))
	p, err := s.book.Add(store.NewProfile{Nickname: "Tomas", Role: store.FrontDesk, Passphrase: "from the slip"})
	require.NoError(t, err)
	s.reload(p.ID)
	d.Settle()
	require.Equal(t, []string{"Front desk", "first passphrase"}, badges(t, d, "Tomas"))
	require.True(t, d.HasText("Tomas must choose their own at the next sign-in"))
	d.CheckLooks()
	picture(d, "first.png")

	in, err := d.Book.SignIn(p.ID, store.Passphrase("from the slip"))
	require.NoError(t, err)
	defer in.Close()
	s.reload(p.ID)
	d.Settle()
	require.Contains(t, badges(t, d, "Tomas"), "first passphrase", "looking in is not choosing")
	require.NoError(t, in.ChangePassphrase("from the slip", "words of my own"))
	s.reload(p.ID)
	d.Settle()
	require.NotContains(t, badges(t, d, "Tomas"), "first passphrase")
	require.True(t, d.HasText("A forgotten one is replaced."))
}

func TestASecondOwnerIsInvitedAndTheFirstCanResetThem(t *testing.T) {
	d, s := open(t)
	s.Create()
	d.Type("Nickname", "Elena")
	d.Select("Role").Choose(0)
	d.Settle()
	require.True(t, d.HasText("makes a recovery sheet of their own"))
	d.CheckLooks()
	picture(d, "owner-add.png")
	phrase := generated(d)
	d.Tap("Add profile")
	d.Tap("Done")
	require.True(t, d.HasText("No recovery sheet yet: Elena makes one"))
	d.CheckLooks()
	picture(d, "owner-invited.png")

	in, err := d.Book.SignIn(named(t, d, "Elena").ID, store.Passphrase(phrase))
	require.NoError(t, err)
	defer in.Close()
	require.NoError(t, in.ChangePassphrase(phrase, "words of my own"))
	s.reload(in.Profile().ID)
	d.Settle()
	require.Equal(t, []string{"Owner", "no sheet yet"}, badges(t, d, "Elena"))
	kit := store.NewKit()
	require.NoError(t, kit.Confirm(kit.Groups()[kit.Ask()[0]], kit.Groups()[kit.Ask()[1]]))
	require.NoError(t, in.AddKit(store.Passphrase("words of my own"), kit))
	s.reload(in.Profile().ID)
	d.Settle()
	require.Equal(t, []string{"Owner"}, badges(t, d, "Elena"))

	d.Tap("Reset")
	require.True(t, d.HasText("and the recovery sheet of Elena stop working at once"))
	d.Tap("Set passphrase")
	require.True(t, d.HasText("Elena has a new passphrase"))
	d.Tap("Done")
	_, err = d.Book.SignInWithKit(kit)
	require.ErrorIs(t, err, store.ErrWrongKit)

	d.Tap("Disable")
	require.True(t, d.HasText("not even with the recovery sheet"))
	d.Tap("Disable Elena")
	require.True(t, named(t, d, "Elena").Disabled)
	d.Tap("Bring back")
	d.Tap("Bring back")
	require.True(t, d.HasText("Elena is back"), "also an owner comes back")
}

func TestAnOwnerFindsNoResetOfTheirOwnPassphrase(t *testing.T) {
	d, _ := open(t)
	require.False(t, d.Has("Reset"))
	require.True(t, d.HasText("You change it in the menu Book."))
}

func TestMakingSomebodyAnOwnerSaysWhatTheyMustDo(t *testing.T) {
	d, s := open(t)
	d.TapRow(1)
	d.Tap("Change")
	require.False(t, d.HasText("makes a recovery sheet"))
	d.Select("Role").Choose(0)
	d.Settle()
	require.True(t, d.HasText("makes a recovery sheet of their own"))
	d.Tap("Save")
	require.Equal(t, store.Owner, s.profile().Role)
	require.Equal(t, []string{"Owner", "first passphrase"}, badges(t, d, "Jonas"))
	in, err := d.Book.SignIn(s.profile().ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	defer in.Close()
	require.True(t, in.MustChange() && in.NeedsKit())
}

func TestWhatKeepsARightFollowsItsTicks(t *testing.T) {
	d, s := open(t)
	d.TapRow(1)
	says := func(r store.Right, want string) {
		t.Helper()
		require.Equal(t, want, s.ticks.keeps[r].Text())
	}
	says(store.EditCustomers, "a signature")
	toggle := func(r store.Right) { d.TapObject(s.ticks.checks[r]); d.Settle() }
	toggle(store.EditCustomers)
	says(store.EditCustomers, "the program") // adding customers still signs
	toggle(store.CreateCustomers)
	says(store.EditCustomers, "a signature")
	says(store.CreateCustomers, "a signature")
	toggle(store.CreateCustomers)
	says(store.EditCustomers, "the program")
	require.Equal(t, widgets.Good, d.Said[len(d.Said)-1].Tone)
}

func TestALostBadgeIsRevokedForItsOwner(t *testing.T) {
	d, _ := open(t)
	b := d.Env.Session.Book()
	jonas, err := b.SignIn(b.Info().Profiles[1].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	defer jonas.Close()
	badge, err := jonas.NewBadge(sample.Passphrase)
	require.NoError(t, err)
	d.Open(New, here)
	d.TapRow(1)
	d.Tap("Revoke")
	require.Empty(t, d.Failed)
	require.False(t, d.Has("Revoke"))
	_, err = b.SignInWithBadge(badge)
	require.ErrorIs(t, err, store.ErrWrongBadge)
}
