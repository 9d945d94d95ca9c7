package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
)

func TestAPatternSaysWhichNumberItWouldGiveNext(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	_, is := desk(t, s)
	today := invoice.DateOf(c.at)
	next := func(pattern string, start int) string {
		n, err := is.NextAs(pattern, start, today)
		if err != nil {
			return fields(err)[0]
		}
		return n
	}
	require.Equal(t, "2026-0041", next("{YYYY}-{####}", 41), "the start holds for the first invoice of all")
	require.Equal(t, "NumberPattern", next("{YYYY}", 1))
	_, doc, err := issue(t, s, draft())
	require.NoError(t, err)
	require.Equal(t, "2026-0001", doc.Number)
	require.Equal(t, "2026-0002", next("{YYYY}-{####}", 41), "and for no other")
	require.Equal(t, "R2026/0001", next("R{YYYY}/{####}", 41), "another series begins")
	require.Equal(t, "NumberPattern", next("2026-000{#}", 41), "but not with a number that was given")
}
