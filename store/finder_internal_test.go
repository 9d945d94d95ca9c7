package store

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The model matches every row with the query as it stands, and knows of no query
// before.
func TestWhatIsFoundIsTheSameHoweverAQueryWasTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []indexRow
		for n := range rapid.IntRange(0, 3*chunkRows).Draw(t, "rows") {
			name := fold(rapid.StringMatching(`[abń]{1,4}( [ab0-2]{1,3}){0,2}`).Draw(t, "name"))
			phone := rapid.StringMatching(`[0-2]{0,5}`).Draw(t, "phone")
			rows = append(rows, indexRow{id: ID{byte(n), byte(n >> 8)}, text: []byte(name + digitsAt + phone)})
		}
		ix := indexOf(rows)
		var f finder
		query := ""
		for range rapid.IntRange(1, 25).Draw(t, "keys") {
			switch r := []rune(query); rapid.IntRange(0, 5).Draw(t, "key") {
			case 0:
				query = string(r[:max(0, len(r)-1)])
			case 1:
				query = rapid.StringMatching(`[+]?[ab0-2]{1,2}( [ab0-2]{1,2})?`).Draw(t, "pasted")
			default:
				query += rapid.SampledFrom([]string{"a", "b", "ń", "0", "1", "2", "２", "²", " ", "+"}).Draw(t, "letter")
			}
			m := newMatcher(query)
			if m.empty() {
				continue
			}
			want := []int32{}
			ix.each(func(row int, c *chunk, i int) {
				if m.match(c.textOf(i)) {
					want = append(want, int32(row))
				}
			})
			require.Equal(t, want, f.find(ix, m), "%q", query)
			require.Equal(t, want, ix.find(m), fmt.Sprintf("%q at once", query))
		}
	})
}
