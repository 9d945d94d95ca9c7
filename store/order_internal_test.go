package store

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The model sorts rows one by one, and none of them knows the other way round.
func TestRowsOfTheSameKeyStayAsTheyAreAndThoseOfNoneComeLastBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.IntRange(0, 9), 0, 5*chunkRows).Draw(t, "keys")
		rows := make([]indexRow, len(keys))
		for n := range keys {
			rows[n] = indexRow{id: ID{byte(n >> 8), byte(n)}, fixed: []byte{byte(keys[n])}}
		}
		ix := indexOf(rows)
		o := sortedBy(ix, func(c *chunk, i int) int { return int(c.fixedOf(i)[0]) }, cmp.Compare[int])
		for way, got := range map[int][]int32{1: o.rows, -1: o.turned()} {
			want := make([]int32, len(keys))
			for n := range want {
				want[n] = int32(n)
			}
			slices.SortStableFunc(want, func(a, b int32) int {
				x, y := keys[a], keys[b]
				if x == 0 || y == 0 {
					return cmp.Compare(y, x)
				}
				return way * cmp.Compare(x, y)
			})
			require.Equal(t, want, got)
		}
	})
}
