package page

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func scanned(t *testing.T, b []byte) map[string]int {
	t.Helper()
	out := map[string]int{}
	unread, err := Scan(bytes.NewReader(b), int64(len(b)), func(key []byte, value int) bool { return value > 0 }, func(e Element) error {
		require.LessOrEqual(t, e.At+int64(e.Size), int64(len(b)))
		out[string(e.Key)]++
		return nil
	})
	require.NoError(t, err)
	require.Zero(t, unread)
	return out
}

func TestEveryKeyIsFoundWithoutTheTree(t *testing.T) {
	b := file(t)
	m, err := checked(b)
	require.NoError(t, err)
	whole := scanned(t, b)
	for k := range 72 {
		require.Contains(t, whole, string([]byte{'0' + byte(k/10), '0' + byte(k%10)}))
	}
	require.Contains(t, whole, "big 3", "deleted, and on a free page")
	free, ok := Free(bytes.NewReader(b), int64(len(b)))
	require.True(t, ok)
	require.True(t, free(m.HighWater))
	require.False(t, free(m.Root))

	// Without the first pages, and without the head of any page.
	headless := bytes.Clone(b)
	for at := 0; at < len(headless); at += Size {
		clear(headless[at : at+headerSize])
	}
	require.Equal(t, whole, scanned(t, headless))
	_, ok = Free(bytes.NewReader(headless), int64(len(headless)))
	require.False(t, ok)

	// A cut file loses what lay behind the cut, and only that.
	cut := b[:5*Size+100]
	require.NotEmpty(t, scanned(t, cut))
}

func FuzzScan(f *testing.F) {
	b := file(f)
	f.Add(b[4*Size:5*Size], uint32(0))
	f.Fuzz(func(t *testing.T, patch []byte, at uint32) {
		b := bytes.Clone(b)
		copy(b[int(at)%len(b):], patch)
		_, err := Scan(bytes.NewReader(b), int64(len(b)), func([]byte, int) bool { return true }, func(e Element) error {
			if e.At < 0 || e.At+int64(e.Size) > int64(len(b)) || len(e.Key) > maxKey {
				t.Fatal("an element beyond the file")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		Free(bytes.NewReader(b), int64(len(b)))
	})
}
