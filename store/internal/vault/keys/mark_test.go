package keys

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOnlyMembersReadWhoMustChangeAPassphrase(t *testing.T) {
	b := bundle(t)
	p, err := SealBundle(b, Cheap, pass("first"), kit(1))
	require.NoError(t, err)
	m := NewMembers()
	require.NoError(t, p.MarkAs(b.Book, b.Profile, m, Own))
	is := func(p Profile, want Mark) {
		t.Helper()
		got, err := p.Marked(b.Book, b.Profile, m)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	is(p, Own)
	own := p.Mark
	require.NoError(t, p.MarkAs(b.Book, b.Profile, m, First))
	is(p, First)
	require.Len(t, p.Mark, len(own))
	again := p
	require.NoError(t, again.MarkAs(b.Book, b.Profile, m, First))
	require.NotEqual(t, p.Mark, again.Mark, "a mark that was made again looks like one that changed")

	_, err = p.Marked(b.Book, b.Profile, NewMembers())
	require.ErrorIs(t, err, ErrBundle, "somebody who is no member")
	_, err = p.Marked(b.Book, [16]byte{9}, m)
	require.ErrorIs(t, err, ErrBundle, "another profile's mark")
	_, err = Profile{}.Marked(b.Book, b.Profile, m)
	require.ErrorIs(t, err, ErrBundle)

	q, err := p.Change(b, Cheap, pass("first"), kit(2))
	require.NoError(t, err)
	is(q, First) // what is noted stays with the profile
	q, err = q.Change(b, Cheap, kit(2), pass("own"))
	require.NoError(t, err)
	is(q, First)
	require.NoError(t, q.MarkAs(b.Book, b.Profile, m.Turn(), Used))
	_, err = q.Marked(b.Book, b.Profile, m)
	require.ErrorIs(t, err, ErrBundle, "somebody who was a member when the key turned")
	require.ElementsMatch(t, []SlotKind{PassphraseSlot, KitSlot}, q.Kinds())
	require.Equal(t, []SlotKind{PassphraseSlot}, q.Without(KitSlot).Kinds())
}
