package vault

import (
	"crypto/sha256"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func FuzzASidecarThatIsNotWholeIsAsNone(f *testing.F) {
	s := Sight{Book: ID{1}, Commit: 4711, Entry: sha256.Sum256(nil), At: time.Unix(1795600000, 0).UTC()}
	got, ok := decodeSight(s.encode(), s.Book)
	require.True(f, ok)
	require.Equal(f, s, got)
	_, ok = decodeSight(s.encode(), ID{2})
	require.False(f, ok, "of another book")
	f.Add(100, byte(1))
	f.Add(511, byte(0x80))
	f.Fuzz(func(t *testing.T, at int, flip byte) {
		b := s.encode()
		if at < 0 || at >= len(b) || flip == 0 {
			_, ok := decodeSight(b[:max(0, min(at, len(b)-1))], s.Book)
			require.False(t, ok)
			return
		}
		b[at] ^= flip
		_, ok := decodeSight(b, s.Book)
		require.False(t, ok)
	})
}

func BenchmarkKeepingWhatWasSeen(b *testing.B) {
	c := sidecar{dir: b.TempDir(), newest: Sight{Book: ID{1}}}
	defer c.close()
	for b.Loop() {
		c.newest.Commit++
		if err := c.write(); err != nil {
			b.Fatal(err)
		}
	}
}
