package vault

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store/internal/vault/keys"
)

// Whatever areas members read and write, of all the grants in the table each
// opens those of its own areas and its desk.
func TestInvariant02AMemberHoldsTheKeysOfItsAreasAndOfNoOther(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	areas := []Area{contacts, notes, Activity, Ownership}
	type member struct {
		id     ID
		secret string
		reads  []Area
	}
	var all []member
	for set := range 1 << len(areas) {
		m := member{secret: fmt.Sprint("member ", set)}
		for i, a := range areas {
			if set&(1<<i) != 0 {
				m.reads = append(m.reads, a)
			}
		}
		half := len(m.reads) / 2 // who writes reads as well
		require.NoError(t, s.Update(func(tx *Tx) (err error) {
			m.id, err = tx.AddMember(Member{Nickname: m.secret, Reads: m.reads[:half], Writes: m.reads[half:]}, keys.Cheap, false, pass(m.secret))
			return err
		}))
		all = append(all, m)
	}
	for _, m := range all {
		b := bundleOf(t, f, m.id, m.secret)
		p, _, err := f.table.Load().Open(b)
		require.NoError(t, err)
		var opened []Area
		for _, g := range p.Grants {
			mine := g
			mine.Profile = m.id
			_, as := g.Open(b)
			_, renamed := mine.Open(b)
			require.Equal(t, as == nil, renamed == nil, "a grant opens under the name it was made for")
			if as == nil {
				opened = append(opened, Area(g.Area))
			}
		}
		in := unlock(t, f, m.id, m.secret)
		want := append(slices.Clone(m.reads), in.Desk())
		require.ElementsMatch(t, want, opened)
		for _, a := range append(areas, s.Desk()) {
			require.Equal(t, slices.Contains(want, a), in.Reads(a))
			if !slices.Contains(want, a) {
				require.ErrorIs(t, in.Scan(a, nil, nil), ErrNoKey)
			}
		}
	}
}
