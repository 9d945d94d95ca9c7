package vault

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/store/internal/vault/keys"
	"counterbook/store/internal/vault/page"
)

// wreck is a closed book with what it held: a shop of two owners and Jonas.
type wreck struct {
	path                 string
	owner, second, jonas ID
	contacts, desk       map[ID]string // as they were last
	deleted              []ID
}

func newWreck(t *testing.T, records int) *wreck {
	t.Helper()
	f, owner := newTestBook(t)
	w := &wreck{path: f.Path(), owner: owner, contacts: map[ID]string{}, desk: map[ID]string{}}
	s := unlock(t, f, owner, "owner")
	require.NoError(t, s.Update(func(tx *Tx) (err error) {
		w.jonas, err = tx.AddMember(Member{Nickname: "Jonas", Writes: []Area{contacts}}, keys.Cheap, false, pass("jonas"))
		return err
	}))
	require.NoError(t, s.Update(func(tx *Tx) (err error) {
		w.second, err = tx.AddMember(Member{Nickname: "Lena", Writes: []Area{Ownership, Activity, contacts, notes}}, keys.Cheap, false, pass("lena"))
		return err
	}))
	j := unlock(t, f, w.jonas, "jonas")
	require.NoError(t, j.Update(func(tx *Tx) error {
		w.desk[ID{9}] = "unsaved"
		return tx.Put(j.Desk(), ID{9}, []byte("unsaved"))
	}))
	for i := range records {
		id := ID{byte(i * 37), byte(i >> 8), byte(i)}
		w.contacts[id] = fmt.Sprintf("contact %d", i)
		put(t, s, contacts, id, w.contacts[id])
		if i%5 == 4 {
			w.contacts[id] += ", changed"
			put(t, j, contacts, id, w.contacts[id])
		}
		if i%7 == 6 {
			w.deleted = append(w.deleted, id)
			delete(w.contacts, id)
			require.NoError(t, s.Update(func(tx *Tx) error { return tx.Delete(contacts, id) }))
		}
	}
	for id := range w.contacts { // last, so that its page is free and not used again
		w.deleted = append(w.deleted, id)
		delete(w.contacts, id)
		require.NoError(t, s.Update(func(tx *Tx) error { return tx.Delete(contacts, id) }))
		break
	}
	s.Close()
	j.Close()
	require.NoError(t, f.Close())
	return w
}

// damage changes the file's bytes.
func (w *wreck) damage(t *testing.T, fn func(b []byte)) {
	t.Helper()
	b, err := os.ReadFile(w.path)
	require.NoError(t, err)
	fn(b)
	require.NoError(t, os.WriteFile(w.path, b, 0o600))
}

// salvaged puts what is left into a new book, and returns it open.
func (w *wreck) salvaged(t *testing.T, secret string, with ...string) (Salvaged, *File) {
	t.Helper()
	before, err := os.ReadFile(w.path)
	require.NoError(t, err)
	r, to, err := w.salvage(t, secret, with...)
	require.NoError(t, err)
	after, err := os.ReadFile(w.path)
	require.NoError(t, err)
	require.True(t, bytes.Equal(before, after), "the damaged file is only read")
	f, err := Open(to, keys.Cheap)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return r, f
}

func (w *wreck) salvage(t testing.TB, secret string, with ...string) (Salvaged, string, error) {
	v, err := OpenSalvage(context.Background(), w.path, with, keys.Cheap, nil)
	if err != nil {
		return Salvaged{}, "", err
	}
	defer v.Close()
	if err := v.Unlock(ID{}, pass(secret)); err != nil {
		return Salvaged{}, "", err
	}
	to := filepath.Join(t.TempDir(), "new.counterbook")
	r, err := v.Write(context.Background(), to, nil, func(Salvaged) ([]byte, error) { return []byte("salvaged"), nil }, nil)
	return r, to, err
}

func (r Salvaged) area(a Area) SalvagedArea {
	for _, x := range r.Areas {
		if x.Area == a {
			return x
		}
	}
	return SalvagedArea{}
}

func contactsOf(t *testing.T, s *Session) map[ID]string {
	t.Helper()
	out := map[ID]string{}
	require.NoError(t, s.Scan(contacts, nil, func(id ID, plain []byte, _ uint64) error {
		out[id] = string(plain)
		return nil
	}))
	return out
}

// leaves lists the pages that hold elements a filter wants.
func leaves(t *testing.T, path string, want func(key []byte) bool) map[uint64]bool {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	st, err := f.Stat()
	require.NoError(t, err)
	free, ok := page.Free(f, st.Size())
	require.True(t, ok)
	out := map[uint64]bool{}
	_, err = page.Scan(f, st.Size(), func(key []byte, _ int) bool { return want(key) }, func(e page.Element) error {
		if !free(e.Page) {
			out[e.Page] = true
		}
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, out)
	return out
}

func zero(b []byte, id uint64) { clear(b[id*pageSize : (id+1)*pageSize]) }

func TestABookWithoutItsFirstPagesComesBackWithItsLogAndItsMembers(t *testing.T) {
	w := newWreck(t, 60)
	w.damage(t, func(b []byte) { zero(b, 0); zero(b, 1) })
	_, err := Open(w.path, keys.Cheap)
	require.Error(t, err)
	r, f := w.salvaged(t, "owner")
	require.NotZero(t, r.Entries)
	require.Empty(t, r.Lost)
	require.Equal(t, 3, r.Members)
	s := unlock(t, f, w.owner, "owner")
	got := contactsOf(t, s)
	for id, text := range w.contacts {
		require.Equal(t, text, got[id], "the newest version")
	}
	a := r.area(contacts)
	require.Equal(t, len(got), a.Back)
	require.Zero(t, a.Damaged)
	require.Equal(t, len(got) > len(w.contacts), a.Doubt, "what was deleted may have come back, and that is said")
	require.NoError(t, s.Verify())
	events := 0
	require.NoError(t, s.Log(func(e Entry) bool {
		if events == 0 {
			require.Equal(t, "salvaged", string(e.Event))
		}
		events++
		return true
	}))
	require.Equal(t, int(r.Entries)+1, events, "the salvage is the next entry")

	// Everybody gets in with the secret of before, and goes on.
	j := unlock(t, f, w.jonas, "jonas")
	plain, _, err := j.Get(j.Desk(), ID{9})
	require.NoError(t, err)
	require.Equal(t, "unsaved", string(plain))
	put(t, j, contacts, ID{200}, "after")
	require.NoError(t, unlock(t, f, w.second, "lena").Verify())
}

func TestWhatWasDeletedIsCountedAndNotRevived(t *testing.T) {
	w := newWreck(t, 120)
	hit := leaves(t, w.path, func(key []byte) bool { return bytes.HasPrefix(key, areaKey(contacts)) })
	var victim uint64
	for id := range hit {
		victim = max(victim, id)
	}
	w.damage(t, func(b []byte) { zero(b, victim) })
	_, err := Open(w.path, keys.Cheap)
	require.Equal(t, damaged("pages"), err)
	r, f := w.salvaged(t, "owner")
	s := unlock(t, f, w.owner, "owner")
	require.NoError(t, s.Verify())
	got := contactsOf(t, s)
	for _, id := range w.deleted {
		require.NotContains(t, got, id)
	}
	for id, text := range got {
		require.Equal(t, w.contacts[id], text, "nothing is older than it was")
	}
	a := r.area(contacts)
	require.Equal(t, len(got), a.Back)
	require.Equal(t, len(w.contacts)-len(got), a.Damaged)
	require.Positive(t, a.Damaged)
	require.Positive(t, a.Deleted)
	require.False(t, a.Doubt)
	require.False(t, r.Whole)
}

func TestALogThatIsNotWholeBeginsAnew(t *testing.T) {
	w := newWreck(t, 60)
	hit := leaves(t, w.path, func(key []byte) bool { return key[0] == preLog && len(key) == 9 && key[8] == 20 })
	w.damage(t, func(b []byte) {
		for id := range hit {
			zero(b, id)
		}
		for at := 2 * pageSize; at < len(b); at += pageSize { // and older copies
			if bytes.Contains(b[at:at+pageSize], logKey(20)) {
				zero(b, uint64(at/pageSize))
			}
		}
	})
	r, f := w.salvaged(t, "owner")
	require.Zero(t, r.Entries)
	s := unlock(t, f, w.owner, "owner")
	require.Equal(t, w.contacts, contactsOf(t, s), "the records are as they were signed")
	require.False(t, r.area(contacts).Doubt)
	require.NoError(t, s.Verify())
	var numbers []uint64
	log := func() []uint64 {
		numbers = nil
		require.NoError(t, s.Log(func(e Entry) bool { numbers = append(numbers, e.Number); return true }))
		return numbers
	}
	require.Len(t, log(), 1)
	begin := numbers[0]
	require.Greater(t, begin, uint64(60))
	at, err := s.LogBefore(begin, func(Entry) bool { return true })
	require.NoError(t, err)
	require.Zero(t, at)

	j := unlock(t, f, w.jonas, "jonas")
	commits, err := s.DeskCommits(w.jonas)
	require.NoError(t, err)
	require.Empty(t, commits, "of what was written before nothing is in the log")
	require.NoError(t, j.Update(func(tx *Tx) error { return tx.Put(j.Desk(), ID{9}, []byte("more")) }))
	put(t, j, contacts, ID{200}, "after")
	require.Len(t, log(), 3)
	commits, err = s.DeskCommits(w.jonas)
	require.NoError(t, err)
	require.Equal(t, []uint64{begin + 1}, commits)
	s.Close()
	j.Close()
	path := f.Path()
	require.NoError(t, f.Close())
	report, err := Check(path)
	require.NoError(t, err)
	require.Equal(t, uint64(3), report.Commits)
	f, err = Open(path, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	s = unlock(t, f, w.second, "lena")
	require.NoError(t, s.Verify())

	// A salvaged book can be damaged again.
	s.Close()
	require.NoError(t, f.Close())
	w.path = path
	w.damage(t, func(b []byte) { zero(b, 0); zero(b, 1) })
	r, f = w.salvaged(t, "lena")
	require.Equal(t, uint64(3), r.Entries)
	require.NoError(t, unlock(t, f, w.owner, "owner").Verify())
}

func TestABackupLendsTableAndProfiles(t *testing.T) {
	w := newWreck(t, 20)
	backup := filepath.Join(t.TempDir(), "backup")
	whole, err := os.ReadFile(w.path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(backup, whole, 0o600))
	root := leaves(t, w.path, func(key []byte) bool { return key[0] == preRecord && len(key) == 19 && key[2] == byte(Ownership) })
	tables := leaves(t, w.path, func(key []byte) bool { return len(key) == 1 && key[0] == 't' })
	w.damage(t, func(b []byte) {
		for at := 2 * pageSize; at < len(b); at += pageSize {
			id := uint64(at / pageSize)
			if root[id] || tables[id] || bytes.Contains(b[at:at+pageSize], profileKey(w.jonas)) || bytes.Contains(b[at:at+pageSize], []byte("Atelier")) ||
				bytes.Contains(b[at:at+pageSize], areaKey(Ownership)) {
				zero(b, id)
			}
		}
	})
	_, _, err = w.salvage(t, "owner")
	require.ErrorIs(t, err, ErrNothing)
	r, f := w.salvaged(t, "owner", backup)
	require.Empty(t, r.Lost)
	s := unlock(t, f, w.owner, "owner")
	require.NoError(t, s.Verify())
	require.NotEmpty(t, contactsOf(t, s))
	unlock(t, f, w.jonas, "jonas")
}

func TestAMemberWhoseProfileIsLostIsDisabledAndCanGetNewKeys(t *testing.T) {
	w := newWreck(t, 10)
	w.damage(t, func(b []byte) {
		for at := 0; at+17 < len(b); at++ { // each copy of it
			if bytes.Equal(b[at:at+17], profileKey(w.jonas)) {
				b[at+20] ^= 1
				b[at] = 'x'
			}
		}
	})
	r, f := w.salvaged(t, "owner")
	require.Equal(t, []ID{w.jonas}, r.Lost)
	s := unlock(t, f, w.owner, "owner")
	require.NoError(t, s.Verify())
	_, err := f.Unlock(w.jonas, pass("jonas"))
	require.ErrorIs(t, err, ErrNoProfile)
	door, err := s.Door(w.jonas)
	require.NoError(t, err)
	require.Equal(t, Door{}, door)
	require.NoError(t, s.Update(func(tx *Tx) error {
		return tx.ResetMember(w.jonas, Member{Nickname: "Jonas", Writes: []Area{contacts}}, keys.Cheap, pass("fresh"))
	}))
	j := unlock(t, f, w.jonas, "fresh")
	put(t, j, contacts, ID{1}, "back")
	require.NoError(t, s.Verify())
}

func TestOnlyAnOwnerSalvages(t *testing.T) {
	w := newWreck(t, 5)
	f, err := Open(w.path, keys.Cheap)
	require.NoError(t, err)
	_, _, err = w.salvage(t, "owner")
	require.ErrorIs(t, err, ErrBusy)
	s := unlock(t, f, w.owner, "owner")
	require.NoError(t, s.Update(func(tx *Tx) error { return tx.DisableMember(w.second) }))
	s.Close()
	require.NoError(t, f.Close())
	w.damage(t, func(b []byte) { zero(b, 0) })
	for secret, want := range map[string]error{"wrong": ErrSecret, "jonas": ErrNoWrite, "lena": ErrNoProfile} {
		_, _, err := w.salvage(t, secret)
		require.ErrorIs(t, err, want, secret)
	}
	v, err := OpenSalvage(context.Background(), w.path, nil, keys.Cheap, nil)
	require.NoError(t, err)
	defer v.Close()
	require.Equal(t, "Atelier", v.Shop())
	require.Len(t, v.Members(), 2)
	require.NoError(t, v.Unlock(w.owner, pass("owner")))
	there := filepath.Join(t.TempDir(), "there")
	require.NoError(t, os.WriteFile(there, []byte("mine"), 0o600))
	_, err = v.Write(context.Background(), there, nil, nil, nil)
	require.Error(t, err)
	kept, err := os.ReadFile(there)
	require.NoError(t, err)
	require.Equal(t, "mine", string(kept))
	stop, cancel := context.WithCancel(context.Background())
	cancel()
	dir := t.TempDir()
	_, err = v.Write(stop, filepath.Join(dir, "new"), nil, nil, nil)
	require.ErrorIs(t, err, context.Canceled)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}

// Whatever is damaged: what comes back was written by a member, is no older than
// what the file still held, and the new book is whole.
func TestASalvageInventsNothing(t *testing.T) {
	w := newWreck(t, 90)
	whole, err := os.ReadFile(w.path)
	require.NoError(t, err)
	written := func(id ID, text string) bool {
		for i := range 90 {
			if id == (ID{byte(i * 37), byte(i >> 8), byte(i)}) {
				return text == fmt.Sprintf("contact %d", i) || text == fmt.Sprintf("contact %d, changed", i)
			}
		}
		return false
	}
	made := 0
	rapid.Check(t, func(rt *rapid.T) {
		w.path = filepath.Join(t.TempDir(), "x")
		b := bytes.Clone(whole)
		any := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		pages := len(b) / pageSize
		for range rapid.IntRange(1, 6).Draw(rt, "pages") {
			zero(b, uint64(any.IntN(pages)))
		}
		for range rapid.IntRange(0, 20).Draw(rt, "bits") {
			b[any.IntN(len(b))] ^= 1 << any.IntN(8)
		}
		if rapid.IntRange(0, 4).Draw(rt, "cut") == 0 {
			b = b[:len(b)-any.IntN(len(b)/3)]
		}
		require.NoError(rt, os.WriteFile(w.path, b, 0o600))
		r, to, err := w.salvage(t, "owner")
		if err != nil {
			return // table, profile or root key gone: said, and nothing was made
		}
		made++
		f, err := Open(to, keys.Cheap)
		require.NoError(rt, err)
		defer f.Close()
		s, err := f.Unlock(w.owner, pass("owner"))
		require.NoError(rt, err)
		require.NoError(rt, s.Verify())
		got := map[ID]string{}
		require.NoError(rt, s.Scan(contacts, nil, func(id ID, plain []byte, _ uint64) error {
			got[id] = string(plain)
			return nil
		}))
		for id, text := range got {
			require.True(rt, written(id, text))
		}
		if a := r.area(contacts); r.Current && !a.Doubt && a.Damaged == 0 {
			require.True(rt, maps.Equal(w.contacts, got), "what is said to be exact is")
		}
		s.Close()
	})
	require.Positive(t, made)
}
