package vault

// A file that is exchanged or cut while it is open.

import (
	"crypto/ed25519"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

func bundleOf(t *testing.T, f *File, id ID, p string) (b *keys.Bundle) {
	require.NoError(t, f.view(func(tx *bolt.Tx) error {
		pr, err := readProfile(tx, id)
		require.NoError(t, err)
		b, err = pr.Open(f.table.Load().Book, id, pass(p), keys.Cheap)
		return err
	}))
	return b
}

// swap moves the open file away, changes a copy, and puts the copy at the path, as a
// stick that is exchanged.
func swap(t *testing.T, path string, change func(*bolt.Bucket)) {
	t.Helper()
	away := path + ".away"
	if err := os.Rename(path, away); err != nil {
		t.Skip("this system keeps an open file in its place")
	}
	raw, err := os.ReadFile(away)
	require.NoError(t, err)
	cp := filepath.Join(t.TempDir(), "cp")
	require.NoError(t, os.WriteFile(cp, raw, 0o600))
	db, err := bolt.Open(cp, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bolt.Tx) error { change(tx.Bucket(bucket)); return nil }))
	require.NoError(t, db.Close())
	require.NoError(t, os.Rename(cp, path))
}

// A trainee with a changed program (shared key only, no key or right of notes)
// rolls the notes area back while the owner's session is open.
func TestAnAreaTurnedBackWhileTheFileWasAwayIsNotSigned(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	var jonas ID
	require.NoError(t, s.Update(func(tx *Tx) (err error) {
		jonas, err = tx.AddMember(Member{Nickname: "Jonas", Reads: []Area{contacts}}, keys.Cheap, false, pass("jonas"))
		return err
	}))
	jb := bundleOf(t, f, jonas, "jonas")
	put(t, s, notes, ID{1}, "old note")
	// what the trainee kept: the old stored record and the old head
	var oldRaw []byte
	var oldHead commit.Head
	require.NoError(t, f.view(func(tx *bolt.Tx) error {
		var err error
		oldRaw, err = get(tx, recordKey(notes, ID{1}))
		require.NoError(t, err)
		hs, _, err := s.newest(tx)
		require.NoError(t, err)
		oldHead, _ = hs.Find(uint16(notes))
		return nil
	}))
	put(t, s, notes, ID{1}, "new note")

	swap(t, f.Path(), func(b *bolt.Bucket) {
		_, members, err := f.table.Load().Open(jb)
		require.NoError(t, err)
		log, err := members.Log()
		require.NoError(t, err)
		plain, h, err := log.Open(headsPlace(jb.Book), b.Get(keyHeads))
		require.NoError(t, err)
		var hs commit.Heads
		require.NoError(t, envelope.Unmarshal(plain, &hs))
		hs = hs.With([]commit.Head{oldHead})
		plain, err = envelope.Marshal(hs)
		require.NoError(t, err)
		raw, err := log.Seal(headsPlace(jb.Book), h.Commit, plain)
		require.NoError(t, err)
		require.NoError(t, b.Put(keyHeads, raw))
		require.NoError(t, b.Put(recordKey(notes, ID{1}), oldRaw))
	})

	err := s.Update(func(tx *Tx) error { return tx.Put(contacts, ID{9}, []byte("c")) })
	require.Equal(t, damaged("heads"), err, "the owner does not sign it")
	_, _, err = s.Get(notes, ID{1})
	require.Error(t, err, "nor read it")
}

// Somebody without any key replaces the table by one signed with a root of
// their own, same version.
func TestATableOfAnotherOwnerIsNotTakenFromAFileThatComesBack(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, notes, ID{1}, "a note")
	_, mine, _ := ed25519.GenerateKey(nil)
	pub := mine.Public().(ed25519.PublicKey)
	swap(t, f.Path(), func(b *bolt.Bucket) {
		var tb keys.Table
		require.NoError(t, envelope.Unmarshal(b.Get(keyTable), &tb))
		tb.Shop = "Forged"
		tb.Root = pub
		tb.Sig = nil
		bare, err := envelope.Marshal(tb)
		require.NoError(t, err)
		tb.Sig = ed25519.Sign(mine, append([]byte("counterbook/v1/table\x00"), bare...))
		raw, err := envelope.Marshal(tb)
		require.NoError(t, err)
		require.NoError(t, b.Put(keyTable, raw))
	})
	require.Equal(t, damaged("table"), s.Update(func(tx *Tx) error { return tx.Put(notes, ID{9}, []byte("c")) }))
}

// The table from before somebody was let go: its epoch is one they have the key of.
func TestATableFromBeforeSomebodyWasLetGoIsNotTakenFromAFileThatComesBack(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	var jonas ID
	require.NoError(t, s.Update(func(tx *Tx) (err error) {
		jonas, err = tx.AddMember(Member{Nickname: "Jonas", Reads: []Area{contacts}}, keys.Cheap, false, pass("jonas"))
		return err
	}))
	var old []byte
	require.NoError(t, f.view(func(tx *bolt.Tx) (err error) { old, err = get(tx, keyTable); return err }))
	require.NoError(t, s.Update(func(tx *Tx) error { return tx.DisableMember(jonas) }))
	put(t, s, contacts, ID{1}, "after")
	swap(t, f.Path(), func(b *bolt.Bucket) { require.NoError(t, b.Put(keyTable, old)) })
	require.Error(t, s.Update(func(tx *Tx) error { return tx.Put(contacts, ID{2}, []byte("not for Jonas")) }))
}

// cut is a book whose file was cut to so many bytes while it is open.
func cut(t *testing.T, size int64) (*File, *Session, []byte) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("this system does not cut a file that is mapped")
	}
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, notes, ID{1}, "a note")
	whole, err := os.ReadFile(f.Path())
	require.NoError(t, err)
	require.NoError(t, os.Truncate(f.Path(), size))
	return f, s, whole
}

func TestAFileThatIsCutWhileItIsOpenIsDamagedAndEndsNothing(t *testing.T) {
	for name, first := range map[string]func(*Session) error{
		"reading": func(s *Session) error { _, _, err := s.Get(notes, ID{1}); return err },
		"writing": func(s *Session) error {
			return s.Update(func(tx *Tx) error { return tx.Put(notes, ID{2}, []byte("x")) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			f, s, _ := cut(t, 0)
			done := make(chan error)
			go func() {
				for range 2 { // neither may wait for what bbolt holds for good
					done <- first(s)
					done <- s.Update(func(tx *Tx) error { return tx.Put(notes, ID{2}, []byte("x")) })
				}
				s.Close()
				done <- f.Close()
			}()
			for i := range 5 {
				select {
				case err := <-done:
					if i < 4 {
						require.Equal(t, damaged("pages"), err)
					}
				case <-time.After(20 * time.Second):
					t.Fatal("it hangs")
				}
			}
		})
	}
}

func TestReadingWhileTheFileIsAwaySaysThatItIsAway(t *testing.T) {
	f, s, whole := cut(t, 8192) // the first pages are in memory
	path := f.Path()
	require.NoError(t, os.Rename(path, path+".away"))
	_, _, err := s.Get(notes, ID{1})
	require.Equal(t, ErrMoved, err)
	require.Equal(t, ErrMoved, s.Open(contacts))
	require.NoError(t, os.WriteFile(path, whole, 0o600))
	_, _, err = s.Get(notes, ID{1})
	if err != nil { // the first look finds that it is back
		require.Equal(t, ErrMoved, err)
	}
	plain, _, err := s.Get(notes, ID{1})
	require.NoError(t, err)
	require.Equal(t, "a note", string(plain))
}
