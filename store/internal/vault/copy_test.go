package vault

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"
)

// copyOf writes a copy that Check calls sound, changed by fn.
func copyOf(t *testing.T, f *File, fn func(*bolt.Bucket) error) string {
	t.Helper()
	var b bytes.Buffer
	_, err := f.WriteTo(context.Background(), &b, nil)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "copy")
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	if fn != nil {
		db, err := bolt.Open(path, 0o600, nil)
		require.NoError(t, err)
		require.NoError(t, db.Update(func(tx *bolt.Tx) error { return fn(tx.Bucket(bucket)) }))
		require.NoError(t, db.Close())
	}
	_, err = Check(path)
	require.NoError(t, err)
	return path
}

// What a bad stick and a hostile hand leave sound to look at, the signatures tell.
func TestAMemberSeesWhatNobodySignedInACopy(t *testing.T) {
	f, id := newTestBook(t)
	s := unlock(t, f, id, "owner")
	rec := ID{1}
	put(t, s, contacts, rec, "first")
	var older []byte
	require.NoError(t, f.view(func(tx *bolt.Tx) (err error) { older, err = get(tx, recordKey(contacts, rec)); return err }))
	put(t, s, contacts, rec, "second")
	require.NoError(t, s.VerifyCopy(copyOf(t, f, nil)))
	for name, fn := range map[string]func(*bolt.Bucket) error{
		"a record is gone":     func(b *bolt.Bucket) error { return b.Delete(recordKey(contacts, rec)) },
		"a record is older":    func(b *bolt.Bucket) error { return b.Put(recordKey(contacts, rec), older) },
		"a record is twice":    func(b *bolt.Bucket) error { return b.Put(recordKey(contacts, ID{2}), older) },
		"a profile is another": func(b *bolt.Bucket) error { return b.Put(profileKey(id), []byte("none")) },
	} {
		t.Run(name, func(t *testing.T) {
			var d *Damaged
			require.ErrorAs(t, s.VerifyCopy(copyOf(t, f, fn)), &d)
		})
	}
	s.Close()
	require.ErrorIs(t, s.VerifyCopy(copyOf(t, f, nil)), ErrClosed)
}

// A label may be anything at the end of a file: only one that is whole is one, and
// the same for ever.
func FuzzALabelThatIsNotWholeIsNone(f *testing.F) {
	f.Add(Label{Size: 8 * pageSize, Records: 7}.encode())
	f.Add([]byte(labelMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		if l, ok := decodeLabel(b); ok {
			again, ok := decodeLabel(l.encode())
			require.True(t, ok)
			require.Equal(t, l, again)
		}
	})
}
