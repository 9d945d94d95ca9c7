package vault

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/keys"
	"counterbook/store/internal/vault/place"
)

const (
	contacts Area = 10
	notes    Area = 11
)

func pass(s string) keys.Secret { return keys.Secret{Kind: keys.PassphraseSlot, Material: []byte(s)} }

// newBook makes a book with an owner ("owner") and returns it locked.
func newTestBook(t *testing.T) (*File, ID) {
	t.Helper()
	return newTestBookIn(t, t.TempDir())
}

func newTestBookIn(t *testing.T, dir string) (*File, ID) {
	t.Helper()
	f, err := Create(filepath.Join(dir, "shop.counterbook"), Plan{
		Shop: "Atelier", Areas: []Area{contacts, notes}, Owner: Member{Nickname: "Marta"},
		Cost: keys.Cheap, Least: keys.Cheap, Secrets: []keys.Secret{pass("owner")},
	})
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f, f.Members()[0].ID
}

func unlock(t *testing.T, f *File, id ID, p string) *Session {
	t.Helper()
	s, err := f.Unlock(id, pass(p))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

func put(t *testing.T, s *Session, a Area, id ID, text string) {
	t.Helper()
	require.NoError(t, s.Update(func(tx *Tx) error {
		tx.Event([]byte("put"))
		return tx.Put(a, id, []byte(text))
	}))
}

func TestWhatWasWrittenIsReadAfterReopening(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, contacts, ID{1}, "first")
	put(t, s, contacts, ID{2}, "second")
	put(t, s, contacts, ID{1}, "first, changed")
	require.NoError(t, s.Update(func(tx *Tx) error { return tx.Delete(contacts, ID{2}) }))
	require.NoError(t, s.Verify())
	s.Close()
	path := f.Path()
	require.NoError(t, f.Close())

	f, err := Open(path, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	require.Equal(t, "Atelier", f.Shop())
	s = unlock(t, f, owner, "owner")
	plain, version, err := s.Get(contacts, ID{1})
	require.NoError(t, err)
	require.Equal(t, "first, changed", string(plain))
	require.Equal(t, uint64(4), version)
	_, _, err = s.Get(contacts, ID{2})
	require.ErrorIs(t, err, ErrNotFound)
	require.NoError(t, s.Verify())
	events := 0
	require.NoError(t, s.Log(func(e Entry) bool {
		if e.Event != nil {
			events++
			require.Equal(t, "put", string(e.Event))
		}
		return true
	}))
	require.Equal(t, 3, events)
	require.Empty(t, place.Leftovers(path))
	r, err := Check(path)
	require.ErrorIs(t, err, ErrBusy)
	require.NoError(t, f.Close())
	r, err = Check(path)
	require.NoError(t, err)
	require.Equal(t, uint64(5), r.Commits)
}

func TestAnErrorOfTheCallerUndoesEverything(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, contacts, ID{1}, "first")
	err := s.Update(func(tx *Tx) error {
		require.NoError(t, tx.Put(contacts, ID{1}, []byte("changed")))
		require.NoError(t, tx.Put(contacts, ID{2}, []byte("new")))
		require.NoError(t, tx.Delete(contacts, ID{1}))
		return os.ErrInvalid
	})
	require.ErrorIs(t, err, os.ErrInvalid)
	put(t, s, contacts, ID{3}, "third")
	require.NoError(t, s.Verify())
	plain, _, err := s.Get(contacts, ID{1})
	require.NoError(t, err)
	require.Equal(t, "first", string(plain))
}

func TestAMemberReadsAndWritesOnlyWhatWasGranted(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, notes, ID{1}, "a note")
	put(t, s, contacts, ID{1}, "a contact")
	var jonas ID
	require.NoError(t, s.Update(func(tx *Tx) (err error) {
		jonas, err = tx.AddMember(Member{Nickname: "Jonas", Reads: []Area{contacts}}, keys.Cheap, false, pass("jonas"))
		return err
	}))
	j := unlock(t, f, jonas, "jonas")
	plain, _, err := j.Get(contacts, ID{1})
	require.NoError(t, err)
	require.Equal(t, "a contact", string(plain))
	_, _, err = j.Get(notes, ID{1})
	require.ErrorIs(t, err, ErrNoKey)
	require.ErrorIs(t, j.Update(func(tx *Tx) error { return tx.Put(contacts, ID{1}, nil) }), ErrNoWrite)
	require.ErrorIs(t, j.Update(func(tx *Tx) error { return tx.SetShop("mine") }), ErrNoWrite)
	require.NoError(t, j.Update(func(tx *Tx) error { return tx.Put(j.Desk(), ID{1}, []byte("draft")) }))
	require.NoError(t, j.Update(func(tx *Tx) error { tx.Event([]byte("looked")); return nil }))
	_, _, err = s.Get(j.Desk(), ID{1})
	require.ErrorIs(t, err, ErrNoKey)

	// More rights, then fewer: what is written afterwards stays closed.
	require.NoError(t, s.Update(func(tx *Tx) error {
		return tx.ChangeMember(jonas, Member{Nickname: "Jonas", Reads: []Area{notes}, Writes: []Area{contacts}})
	}))
	put(t, j, contacts, ID{2}, "by Jonas")
	_, _, err = j.Get(notes, ID{1})
	require.NoError(t, err)
	require.NoError(t, s.Update(func(tx *Tx) error {
		return tx.ChangeMember(jonas, Member{Nickname: "Jonas", Reads: []Area{contacts}})
	}))
	require.ErrorIs(t, j.Update(func(tx *Tx) error { return tx.Put(contacts, ID{2}, nil) }), ErrNoWrite)
	put(t, s, notes, ID{2}, "later")
	_, _, err = j.Get(notes, ID{2})
	require.ErrorIs(t, err, ErrNoKey)
	require.NoError(t, s.Verify())
	require.NoError(t, j.Verify())

	require.NoError(t, s.Update(func(tx *Tx) error { return tx.DisableMember(jonas) }))
	_, err = f.Unlock(jonas, pass("jonas"))
	require.ErrorIs(t, err, ErrNoProfile)
	require.Error(t, j.Update(func(tx *Tx) error { tx.Event([]byte("x")); return nil }))
	require.NoError(t, s.Update(func(tx *Tx) error {
		return tx.ResetMember(jonas, Member{Nickname: "Jonas", Reads: []Area{contacts}}, keys.Cheap, pass("fresh"))
	}))
	_, err = f.Unlock(jonas, pass("jonas"))
	require.ErrorIs(t, err, ErrSecret)
	j = unlock(t, f, jonas, "fresh")
	_, _, err = j.Get(contacts, ID{2})
	require.NoError(t, err)
	require.NoError(t, j.Update(func(tx *Tx) error { return tx.Put(j.Desk(), ID{1}, []byte("draft")) }))
	require.NoError(t, j.Verify())
}

func TestWhoTakesSomethingFromItselfLeavesABookThatOpens(t *testing.T) {
	all := Member{Nickname: "Lena", Writes: []Area{Ownership, Activity, contacts}}
	for name, change := range map[string]func(tx *Tx, self ID) error{
		"rights": func(tx *Tx, self ID) error {
			return tx.ChangeMember(self, Member{Nickname: "Lena", Reads: []Area{contacts}})
		},
		"itself": func(tx *Tx, self ID) error { return tx.DisableMember(self) },
		"keys":   func(tx *Tx, self ID) error { return tx.ResetMember(self, all, keys.Cheap, pass("fresh")) },
	} {
		f, owner := newTestBook(t)
		s := unlock(t, f, owner, "owner")
		var lena ID
		require.NoError(t, s.Update(func(tx *Tx) (err error) {
			lena, err = tx.AddMember(all, keys.Cheap, false, pass("lena"))
			return err
		}))
		l := unlock(t, f, lena, "lena")
		require.NoError(t, l.Update(func(tx *Tx) error { return change(tx, lena) }), name)
		require.NoError(t, s.Verify(), name)
		require.ErrorIs(t, l.Update(func(tx *Tx) error { return tx.SetShop("mine") }), map[string]error{
			"rights": ErrNoWrite, "itself": ErrNoProfile, "keys": ErrNoProfile}[name])
		require.NoError(t, unlock(t, f, owner, "owner").Verify(), name)
	}
}

func TestASecretCanBeChangedByItsOwner(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	require.ErrorIs(t, s.Update(func(tx *Tx) error { return tx.ChangeSecret(keys.Cheap, pass("wrong"), pass("new")) }), ErrSecret)
	require.NoError(t, s.Update(func(tx *Tx) error { return tx.ChangeSecret(keys.Cheap, pass("owner"), pass("new")) }))
	_, err := f.Unlock(owner, pass("owner"))
	require.ErrorIs(t, err, ErrSecret)
	s = unlock(t, f, owner, "new")
	require.NoError(t, s.Verify())
}

func TestAfterAnUncertainCommitTheBookSaysWhatHappened(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, contacts, ID{1}, "before")
	defer func() { commitTx = (*bolt.Tx).Commit }()
	failing := errors.New("no answer from the disk")
	write := func(id byte) error {
		return s.Update(func(tx *Tx) error { return tx.Put(contacts, ID{id}, []byte("x")) })
	}
	there := func(id byte) bool {
		_, _, err := s.Get(contacts, ID{id})
		if err != nil {
			require.ErrorIs(t, err, ErrNotFound)
		}
		return err == nil
	}

	commitTx = func(tx *bolt.Tx) error { return errors.Join(tx.Commit(), failing) }
	require.ErrorIs(t, write(2), ErrUncertain)
	require.True(t, there(2), "it was written all the same")

	commitTx = func(tx *bolt.Tx) error { return errors.Join(tx.Rollback(), failing) }
	require.ErrorIs(t, write(3), ErrUncertain)
	require.False(t, there(3), "it was lost")

	commitTx = (*bolt.Tx).Commit
	require.NoError(t, write(4))
	require.NoError(t, s.Verify())
}

func TestAPanicInATransactionBlocksNobody(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	require.Panics(t, func() {
		_ = s.Update(func(tx *Tx) error {
			require.NoError(t, tx.Put(contacts, ID{1}, []byte("half")))
			panic("typesetting")
		})
	})
	put(t, s, contacts, ID{2}, "after")
	_, _, err := s.Get(contacts, ID{1})
	require.ErrorIs(t, err, ErrNotFound)
	require.NoError(t, s.Verify())
}

func TestADamagedPageFoundByACommitEndsTheUseOfTheFile(t *testing.T) {
	// What bbolt holds is left alone, so that Windows does not let the file go.
	dir, err := os.MkdirTemp("", "counterbook-abandoned-")
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	f, owner := newTestBookIn(t, dir)
	s := unlock(t, f, owner, "owner")
	put(t, s, contacts, ID{2}, "before")
	defer func() { commitTx = (*bolt.Tx).Commit }()
	commitTx = func(*bolt.Tx) error { panic("a damaged page") }
	require.ErrorIs(t, s.Update(func(tx *Tx) error { return tx.Put(contacts, ID{3}, nil) }), ErrUncertain)
	_, _, err = s.Get(contacts, ID{2})
	require.Equal(t, damaged("pages"), err)
	require.NoError(t, f.Close())
}

func TestClosingASessionWaitsForItsTransaction(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	held, closed, done := make(chan bool), make(chan bool), make(chan error, 1)
	go func() {
		done <- s.Update(func(tx *Tx) error {
			held <- true
			time.Sleep(50 * time.Millisecond) // time in which Close could do harm
			tx.Event([]byte("while closing"))
			return tx.Put(contacts, ID{1}, []byte("whole"))
		})
	}()
	<-held
	go func() { s.Close(); close(closed) }()
	require.NoError(t, <-done)
	<-closed
	require.ErrorIs(t, s.Update(func(*Tx) error { return nil }), ErrClosed)
	again := unlock(t, f, owner, "owner")
	plain, _, err := again.Get(contacts, ID{1})
	require.NoError(t, err)
	require.Equal(t, "whole", string(plain))
	require.NoError(t, again.Verify())
}
