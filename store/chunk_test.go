package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

var twoColumns = rowForm{fixed: 2}

func aChunk() *chunk {
	rows := []indexRow{
		{id: ID{1}, text: []byte("anna conti\x02431"), shown: shownFields("C-00001", "Anna Conti"), fixed: []byte{1, 2}},
		{id: ID{2}, text: []byte("berta"), shown: shownFields("C-00002", "Berta"), fixed: []byte{3, 4}},
	}
	return newChunk(rows)
}

func TestAChunkIsReadAsItWasWritten(t *testing.T) {
	plain, err := aChunk().encode()
	require.NoError(t, err)
	got, err := decodeChunk(ID{9}, plain, twoColumns)
	require.NoError(t, err)
	for i := range 2 {
		require.Equal(t, aChunk().row(i), got.row(i))
	}
	require.Equal(t, "Anna Conti", got.customer(0).Name)
}

// A chunk authenticates before it is read, so that this guards against other
// programs of members, and against our own mistakes.
func FuzzChunk(f *testing.F) {
	plain, err := aChunk().encode()
	require.NoError(f, err)
	f.Add(plain)
	f.Fuzz(func(t *testing.T, plain []byte) {
		c, err := decodeChunk(ID{9}, plain, twoColumns)
		if err != nil {
			return
		}
		ix := newIndex([]*chunk{c})
		ix.each(func(_ int, c *chunk, i int) { c.row(i); c.customer(i) })
		ix.find(newMatcher("conti 43"))
	})
}
