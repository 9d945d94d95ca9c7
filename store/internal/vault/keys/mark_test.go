package keys

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store/internal/vault/envelope"
)

func TestOnlyMembersReadWhoMustChangeAPassphrase(t *testing.T) {
	b := bundle(t)
	p, err := SealBundle(b, Cheap, pass("first"), kit(1))
	require.NoError(t, err)
	is := func(p Profile, want bool) {
		t.Helper()
		first, err := p.First(b.Book, b.Profile, b.Shared)
		require.NoError(t, err)
		require.Equal(t, want, first)
	}
	is(p, false)
	own := p.Mark
	require.NoError(t, p.MarkFirst(b.Book, b.Profile, b.Shared, true))
	is(p, true)
	require.Len(t, p.Mark, len(own))
	again := p
	require.NoError(t, again.MarkFirst(b.Book, b.Profile, b.Shared, true))
	require.NotEqual(t, p.Mark, again.Mark, "a mark that was made again looks like one that changed")

	_, err = p.First(b.Book, b.Profile, random(envelope.KeySize))
	require.ErrorIs(t, err, ErrBundle, "somebody who is no member")
	_, err = p.First(b.Book, [16]byte{9}, b.Shared)
	require.ErrorIs(t, err, ErrBundle, "another profile's mark")
	_, err = Profile{}.First(b.Book, b.Profile, b.Shared)
	require.ErrorIs(t, err, ErrBundle)

	q, err := p.Change(b, Cheap, pass("first"), kit(2))
	require.NoError(t, err)
	is(q, true) // a kit is no passphrase
	q, err = q.Change(b, Cheap, kit(2), pass("own"))
	require.NoError(t, err)
	is(q, false)
	require.ElementsMatch(t, []SlotKind{PassphraseSlot, KitSlot}, q.Kinds())
	require.Equal(t, []SlotKind{PassphraseSlot}, q.Without(KitSlot).Kinds())
}
