package store_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// withBadge is a book in which Jonas has a badge.
func withBadge(t *testing.T, role store.Role) (c *clock, b *store.Book, owner, jonas *store.Session, code string) {
	t.Helper()
	c = newClock()
	b, owner = newBook(t, c)
	jonas = addStaff(t, b, owner, "Jonas", role)
	badge, err := jonas.NewBadge("Jonas passphrase")
	require.NoError(t, err)
	return c, b, owner, jonas, badge.Code()
}

func scan(t *testing.T, code string) *store.Badge {
	t.Helper()
	b, err := store.ParseBadge(code)
	require.NoError(t, err)
	return b
}

func TestABadgeSignsInWhoMadeIt(t *testing.T) {
	for _, role := range store.Roles()[1:] {
		_, b, owner, jonas, code := withBadge(t, role)
		require.True(t, jonas.HasBadge())
		s, err := b.SignInWithBadge(scan(t, code))
		require.NoError(t, err)
		require.Equal(t, "Jonas", s.Profile().Nickname)
		require.True(t, s.Can(store.ReadShop))
		e := must(must(owner.Activity()).Events(2))
		require.Equal(t, store.SignedInWithBadge, e[0].Kind)
		require.Equal(t, store.BadgeMade, e[1].Kind)
		s.Close()
	}
}

func TestABadgeIsNoStepUp(t *testing.T) {
	_, b, _, _, code := withBadge(t, store.Manager)
	s, err := b.SignInWithBadge(scan(t, code))
	require.NoError(t, err)
	defer s.Close()
	id := must(must(s.Customers()).Save(giulia())).ID
	asks := func() {
		t.Helper()
		require.ErrorIs(t, s.SetPIN(goodPIN), store.ErrStepUp, "a PIN would last longer than the card")
		require.ErrorIs(t, must(s.Customers()).Erase(context.Background(), id, nil), store.ErrStepUp)
	}
	asks()
	require.ErrorIs(t, s.StepUp(scan(t, code)), store.ErrStepUp)
	asks()
	require.NoError(t, s.StepUp(store.Passphrase("Jonas passphrase")))
	require.NoError(t, s.SetPIN(goodPIN))
	require.NoError(t, must(s.Customers()).Erase(context.Background(), id, nil))
}

func TestARevokedOrReplacedBadgeEndsWhatAPINHolds(t *testing.T) {
	for name, end := range map[string]func(owner, jonas *store.Session) error{
		"own":      func(_, jonas *store.Session) error { return jonas.DropBadge() },
		"owner":    func(owner, jonas *store.Session) error { return must(owner.Staff()).DropBadge(jonas.Profile().ID) },
		"replaced": func(_, jonas *store.Session) error { _, err := jonas.NewBadge("Jonas passphrase"); return err },
	} {
		_, b, owner, jonas, code := withBadge(t, store.FrontDesk)
		id := jonas.Profile().ID
		s, err := b.SignInWithBadge(scan(t, code))
		require.NoError(t, err)
		require.NoError(t, s.StepUp(store.Passphrase("Jonas passphrase")))
		require.NoError(t, s.SetPIN(goodPIN))
		require.True(t, b.Pause(s), name)
		require.NoError(t, end(owner, jonas), name)
		_, err = b.Resume(id, goodPIN)
		require.ErrorIs(t, err, store.ErrPINGone, name)
	}
}

func TestOwnersHaveNoBadgeAndWhoBecomesOneLosesIt(t *testing.T) {
	_, b, owner, jonas, code := withBadge(t, store.Manager)
	_, err := owner.NewBadge(ownerPass)
	require.ErrorIs(t, err, store.ErrOwnerBadge)
	require.NoError(t, must(owner.Staff()).Change(jonas.Profile().ID, "Jonas", store.Owner, nil))
	_, err = b.SignInWithBadge(scan(t, code))
	require.ErrorIs(t, err, store.ErrWrongBadge)
}

func TestABadgeNeedsThePassphraseEachTime(t *testing.T) {
	c, b, _, jonas, code := withBadge(t, store.FrontDesk)
	_, err := jonas.NewBadge("not it")
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
	var soon *store.TooSoonError
	_, err = jonas.NewBadge("Jonas passphrase")
	require.ErrorAs(t, err, &soon, "guessing is slowed down")
	c.at = c.at.Add(time.Second)
	again, err := jonas.NewBadge("Jonas passphrase")
	require.NoError(t, err)
	_, err = b.SignInWithBadge(scan(t, code))
	require.ErrorIs(t, err, store.ErrWrongBadge, "a new badge ends the one before")
	s, err := b.SignInWithBadge(scan(t, again.Code()))
	require.NoError(t, err)
	s.Close()
}

func TestALostBadgeIsRevokedByItsPersonOrTheOwner(t *testing.T) {
	for name, revoke := range map[string]func(owner, jonas *store.Session) error{
		"own":   func(_, jonas *store.Session) error { return jonas.DropBadge() },
		"owner": func(owner, jonas *store.Session) error { return must(owner.Staff()).DropBadge(jonas.Profile().ID) },
		"reset": func(owner, jonas *store.Session) error {
			return must(owner.Staff()).ResetPassphrase(jonas.Profile().ID, "words")
		},
		"disabled": func(owner, jonas *store.Session) error { return must(owner.Staff()).Disable(jonas.Profile().ID) },
	} {
		t.Run(name, func(t *testing.T) {
			_, b, owner, jonas, code := withBadge(t, store.FrontDesk)
			id := jonas.Profile().ID
			has := func() bool {
				for _, p := range must(must(owner.Staff()).List()) {
					if p.ID == id {
						return p.Badge
					}
				}
				return false
			}
			require.True(t, has())
			require.NoError(t, revoke(owner, jonas))
			_, err := b.SignInWithBadge(scan(t, code))
			require.ErrorIs(t, err, store.ErrWrongBadge)
			require.Equal(t, name == "disabled", has(), "who comes back gets new keys")
			if name == "own" || name == "owner" {
				e := must(must(owner.Activity()).Events(1))[0]
				require.Equal(t, store.BadgeRevoked, e.Kind)
				require.Equal(t, id, e.Subject)
				require.False(t, jonas.HasBadge(), "also in the session that runs")
				signIn(t, b, 1, "Jonas passphrase")
			}
		})
	}
	_, b, owner, jonas, _ := withBadge(t, store.FrontDesk)
	lena := addStaff(t, b, owner, "Lena", store.Manager)
	_, err := lena.Staff()
	require.ErrorIs(t, err, store.ErrNoRight)
	require.NoError(t, lena.DropBadge(), "who has none revokes none")
	require.True(t, jonas.HasBadge(), "nobody revokes another's but the owner")
}

func TestAPassphraseThatIsChangedLeavesTheBadge(t *testing.T) {
	_, b, _, jonas, code := withBadge(t, store.FrontDesk)
	require.NoError(t, jonas.ChangePassphrase("Jonas passphrase", "another passphrase"))
	s, err := b.SignInWithBadge(scan(t, code))
	require.NoError(t, err)
	s.Close()
}

func TestABadgeIsReadHoweverAScannerTypesIt(t *testing.T) {
	for range 2000 {
		code := store.MakeBadge().Code()
		require.Len(t, code, 29)
		for _, typed := range []string{code, strings.ToLower(code), " " + code + "\r\n", code[:9] + " " + code[9:20] + "-" + code[20:],
			"half a passphrase" + code, strings.NewReplacer("Y", "z", "Z", "y").Replace(code)} {
			b, err := store.ParseBadge(typed)
			require.NoError(t, err, typed)
			require.Equal(t, code, b.Code(), typed)
		}
		if strings.ContainsAny(code, "YZ") {
			continue
		}
		at := 2 + rand.IntN(27)
		wrong := "0123456789ABCDEFGHJKMNPQRSTVWX"[rand.IntN(30)]
		if code[at] != wrong {
			_, err := store.ParseBadge(code[:at] + string(wrong) + code[at+1:])
			require.ErrorIs(t, err, store.ErrBadgeRead, code)
		}
		if at < 28 && code[at] != code[at+1] {
			_, err := store.ParseBadge(code[:at] + code[at+1:at+2] + code[at:at+1] + code[at+2:])
			require.ErrorIs(t, err, store.ErrBadgeRead, code)
		}
	}
}

func TestAnotherBarcodeIsNoBadge(t *testing.T) {
	for _, typed := range []string{"", "9001234567894", "4006381333931", "CB", "CB123", "hello world this is a passphrase", "CBX" + strings.Repeat("0", 60),
		"correct horse battery staple and more", strings.Repeat("1", 29)} {
		_, err := store.ParseBadge(typed)
		require.ErrorIs(t, err, store.ErrNotBadge, typed)
	}
}

func TestABadgeOfAnotherBookOpensNothingHere(t *testing.T) {
	_, _, _, _, code := withBadge(t, store.FrontDesk)
	_, b, owner, _, _ := withBadge(t, store.FrontDesk)
	before := must(must(owner.Activity()).Events(1))[0]
	_, err := b.SignInWithBadge(scan(t, code))
	require.ErrorIs(t, err, store.ErrWrongBadge)
	require.Equal(t, before, must(must(owner.Activity()).Events(1))[0])
}
