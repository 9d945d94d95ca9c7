package page

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"
)

func file(t testing.TB) []byte {
	path := filepath.Join(t.TempDir(), "x")
	db, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: 4096})
	require.NoError(t, err)
	for i := range 5 {
		require.NoError(t, db.Update(func(tx *bolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists([]byte("b"))
			require.NoError(t, err)
			return b.Put([]byte{byte(i)}, make([]byte, 1000))
		}))
	}
	require.NoError(t, db.Close())
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = Check(path)
	require.NoError(t, err)
	return b
}

func TestEveryFlippedBitOfTheMetaPagesIsNoticed(t *testing.T) {
	b := file(t)
	for _, start := range []int{headerSize, 4096 + headerSize} {
		for i := range metaSize {
			for bit := range 8 {
				bad := bytes.Clone(b)
				bad[start+i] ^= 1 << bit
				_, err := check(bytes.NewReader(bad), int64(len(bad)))
				require.Error(t, err, "byte %d", start+i)
			}
		}
	}
}

func TestEveryTruncationInUseIsNoticed(t *testing.T) {
	b := file(t)
	m, err := check(bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	for n := 0; n < len(b); n += 512 {
		_, err := check(bytes.NewReader(b[:n]), int64(n))
		if n%4096 == 0 && uint64(n/4096) >= m.HighWater {
			require.NoError(t, err)
		} else {
			require.Error(t, err, "length %d", n)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(file(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := check(bytes.NewReader(b), int64(len(b)))
		if err == nil && m.HighWater*uint64(m.PageSize) > uint64(len(b)) {
			t.Fatal("a file shorter than it says passed")
		}
	})
}
