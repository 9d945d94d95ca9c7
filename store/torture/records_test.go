//go:build unix

package torture

// Records and log entries that somebody exchanges who has only the file.

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// recordCases are all ways to delete, move, copy, exchange and turn back what a
// book stores, one key or two at a time.
func recordCases(t *testing.T, is func(kind byte) bool) (out []hurt) {
	now, _ := small(t)
	stored, err := storedIn(now)
	require.NoError(t, err)
	var all [][]byte
	for k := range stored {
		if key := []byte(k[len("book/"):]); is(key[0]) {
			all = append(all, key)
		}
	}
	require.NotEmpty(t, all)
	slices.SortFunc(all, slices.Compare)
	for i, k := range all {
		out = append(out, hurt{Kind: "delete", K: k}, hurt{Kind: "turn back", K: k})
		fresh := slices.Clone(k)
		fresh[len(fresh)-1] ^= 1 // an id that is not taken
		if !slices.ContainsFunc(all, func(o []byte) bool { return slices.Equal(o, fresh) }) && len(k) > 1 {
			out = append(out, hurt{Kind: "copy", K: k, L: fresh}, hurt{Kind: "move", K: k, L: fresh})
		}
		if k[0] == 'r' { // the same id in the next area
			fresh = slices.Clone(k)
			fresh[2]++
			out = append(out, hurt{Kind: "copy", K: k, L: fresh}, hurt{Kind: "move", K: k, L: fresh})
		}
		for j, l := range all {
			if j > i {
				out = append(out, hurt{Kind: "exchange", K: k, L: l})
			}
			if j != i {
				out = append(out, hurt{Kind: "copy", K: k, L: l})
			}
		}
	}
	return out
}

func TestInvariant11RecordsTurnedBackMovedDeletedOrDoubledAreNoticed(t *testing.T) {
	hurtAll(t, "records deleted, moved, copied, exchanged and turned back",
		some(t, 200, recordCases(t, func(kind byte) bool { return kind != 'l' })))
}

func TestInvariant13LogEntriesRemovedOrReorderedAreNoticed(t *testing.T) {
	cases := recordCases(t, func(kind byte) bool { return kind == 'l' })
	for n := 1; n <= 20; n++ {
		cases = append(cases, hurt{Kind: "tail", A: n})
	}
	hurtAll(t, "log entries removed, cut off, copied and exchanged", some(t, 100, cases))
}

// A book that is whole, but of before, nothing in it betrays. What this computer
// remembers does.
func TestInvariant13AnOlderBookIsNoticedByAComputerThatSawTheNewerOne(t *testing.T) {
	tryAll(t, "worker", []hurt{{Kind: "whole"}}, func(_ hurt, f fate) {
		require.Equal(t, "SILENTLY OLDER", f.Without)
		require.False(t, f.BadWith, f.With)
		require.Contains(t, f.With, "changes of the book are missing")
	})
	hurtAll(t, "the whole book as it was before", []hurt{{Kind: "whole"}})
}
