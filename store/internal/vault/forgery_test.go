package vault

// Forgery: what somebody with only the file, or a member with a changed
// program, can put into it. None of it is ever used.

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

// forged copies a closed book, lets change work on the copy's bucket, and
// returns the copy's path.
func forged(t *testing.T, path string, change func(*bolt.Bucket)) string {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	out := filepath.Join(t.TempDir(), "forged.counterbook")
	require.NoError(t, os.WriteFile(out, b, 0o600))
	db, err := bolt.Open(out, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bolt.Tx) error {
		change(tx.Bucket(bucket))
		return nil
	}))
	require.NoError(t, db.Close())
	return out
}

// shopWithJonas is a closed book with notes; Jonas reads contacts only.
func shopWithJonas(t *testing.T) (path string, owner, jonas ID, ownerBundle, jonasBundle *keys.Bundle) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, notes, ID{1}, "a note")
	put(t, s, contacts, ID{1}, "a contact")
	require.NoError(t, s.Update(func(tx *Tx) (err error) {
		jonas, err = tx.AddMember(Member{Nickname: "Jonas", Reads: []Area{contacts}}, keys.Cheap, false, pass("jonas"))
		return err
	}))
	for _, m := range []struct {
		id     ID
		secret string
		into   **keys.Bundle
	}{{owner, "owner", &ownerBundle}, {jonas, "jonas", &jonasBundle}} {
		require.NoError(t, f.view(func(tx *bolt.Tx) error {
			p, err := readProfile(tx, m.id)
			require.NoError(t, err)
			*m.into, err = p.Open(f.table.Load().Book, m.id, pass(m.secret), keys.Cheap)
			return err
		}))
	}
	require.NoError(t, f.Close())
	return f.Path(), owner, jonas, ownerBundle, jonasBundle
}

// refused opens a forged book as a member and wants every way in closed.
func refused(t *testing.T, path string, id ID, secret string) {
	t.Helper()
	f, err := Open(path, keys.Cheap)
	if err != nil {
		return
	}
	defer f.Close()
	s, err := f.Unlock(id, pass(secret))
	if err == nil {
		defer s.Close()
		err = s.Verify()
	}
	require.Error(t, err)
}

func TestInvariant03KeysAddedWithoutTheOwnersRootAreRefused(t *testing.T) {
	path, owner, jonas, ownerBundle, jonasBundle := shopWithJonas(t)
	_, mine, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)

	// rewrite changes the table with what a member knows, and signs it with a
	// root key of the forger's own.
	rewrite := func(change func(*keys.Table, *keys.Private)) func(*bolt.Bucket) {
		return func(b *bolt.Bucket) {
			var tb keys.Table
			require.NoError(t, envelope.Unmarshal(b.Get(keyTable), &tb))
			p, members, err := tb.Open(jonasBundle)
			require.NoError(t, err)
			change(&tb, p)
			tb.Version++
			require.NoError(t, tb.Sign(p, members, mine))
			raw, err := envelope.Marshal(tb)
			require.NoError(t, err)
			require.NoError(t, b.Put(keyTable, raw))
		}
	}
	grantKey := func(area Area, epoch uint32, to ID, p *keys.Private) keys.Grant {
		c, ok := p.Cert(to)
		require.True(t, ok)
		key := make([]byte, envelope.KeySize)
		rand.Read(key)
		g, err := keys.NewGrant(jonasBundle.Book, uint16(area), epoch, to, c.Key, key)
		require.NoError(t, err)
		return g
	}
	for name, change := range map[string]func(*keys.Table, *keys.Private){
		"a newer epoch whose key the forger knows": func(_ *keys.Table, p *keys.Private) {
			p.Grants = append(p.Grants, grantKey(notes, 2, owner, p))
			a, _ := p.Area(uint16(notes))
			a.Epoch = 2
		},
		"a grant replaced": func(_ *keys.Table, p *keys.Private) {
			for i, g := range p.Grants {
				if g.Area == uint16(notes) {
					p.Grants[i] = grantKey(notes, 1, owner, p)
				}
			}
		},
		"a grant moved to another area": func(_ *keys.Table, p *keys.Private) {
			for i, g := range p.Grants {
				if g.Profile == jonas && g.Area == uint16(contacts) {
					p.Grants[i].Area = uint16(notes)
				}
			}
		},
		"a grant moved to another profile": func(_ *keys.Table, p *keys.Private) {
			for i, g := range p.Grants {
				if g.Profile == owner && g.Area == uint16(notes) {
					p.Grants[i].Profile = jonas
				}
			}
		},
		"a grant duplicated": func(_ *keys.Table, p *keys.Private) { p.Grants = append(p.Grants, p.Grants...) },
		"a write right added": func(_ *keys.Table, p *keys.Private) {
			c, _ := p.Cert(jonas)
			c.Writes = append(c.Writes, keys.Span{Area: uint16(contacts), From: 1})
		},
		"the owner's public key replaced": func(_ *keys.Table, p *keys.Private) {
			mineToo, _ := p.Cert(jonas)
			c, _ := p.Cert(owner)
			c.Key = mineToo.Key
		},
		"a profile added": func(tb *keys.Table, p *keys.Private) {
			id := ID{9}
			tb.Members = append(tb.Members, keys.Member{ID: id, Nickname: "Eve", Keys: []keys.VerifyKey{{Key: mine.Public().(ed25519.PublicKey), From: 1}}})
			c, _ := p.Cert(jonas)
			p.Certs = append(p.Certs, keys.Cert{ID: id, Key: c.Key})
		},
	} {
		t.Run(name, func(t *testing.T) {
			out := forged(t, path, rewrite(change))
			refused(t, out, owner, "owner")
			refused(t, out, jonas, "jonas")
			f, err := Open(out, keys.Cheap)
			if err == nil { // in one piece, but not the owner's: nothing is ever sealed with its keys
				_, err = f.session(ownerBundle)
				require.Equal(t, damaged("table"), err)
				require.NoError(t, f.Close())
			}
		})
	}
	t.Run("the old signature kept", func(t *testing.T) {
		out := forged(t, path, func(b *bolt.Bucket) {
			var tb keys.Table
			require.NoError(t, envelope.Unmarshal(b.Get(keyTable), &tb))
			tb.Members[1].Nickname = "Jon"
			raw, err := envelope.Marshal(tb)
			require.NoError(t, err)
			require.NoError(t, b.Put(keyTable, raw))
		})
		_, err := Open(out, keys.Cheap)
		require.Equal(t, damaged("table"), err)
	})
	t.Run("the owner's profile replaced by one that pins another root", func(t *testing.T) {
		out := forged(t, path, func(b *bolt.Bucket) {
			evil, err := keys.NewBundle(jonasBundle.Book, owner, mine.Public().(ed25519.PublicKey))
			require.NoError(t, err)
			p, err := keys.SealBundle(evil, keys.Cheap, pass("the forger does not know it"))
			require.NoError(t, err)
			raw, err := envelope.Marshal(p)
			require.NoError(t, err)
			require.NoError(t, b.Put(profileKey(owner), raw))
		})
		f, err := Open(out, keys.Cheap)
		require.NoError(t, err)
		defer f.Close()
		_, err = f.Unlock(owner, pass("owner"))
		require.ErrorIs(t, err, ErrSecret)
		_, err = f.Unlock(jonas, pass("jonas"))
		requireDamage(t, "area", err)
	})
	t.Run("untouched", func(t *testing.T) {
		f, err := Open(forged(t, path, func(*bolt.Bucket) {}), keys.Cheap)
		require.NoError(t, err)
		defer f.Close()
		require.NoError(t, unlock(t, f, owner, "owner").Verify())
	})
}

func TestInvariant04AGrantOpensOnlyWhereItWasMade(t *testing.T) {
	_, _, _, b, other := shopWithJonas(t)
	public, _, err := b.Public()
	require.NoError(t, err)
	key := make([]byte, envelope.KeySize)
	g, err := keys.NewGrant(b.Book, uint16(notes), 1, b.Profile, public, key)
	require.NoError(t, err)
	got, err := g.Open(b)
	require.NoError(t, err)
	require.Equal(t, key, got)
	for name, change := range map[string]func(*keys.Grant, *keys.Bundle){
		"area":    func(g *keys.Grant, _ *keys.Bundle) { g.Area++ },
		"epoch":   func(g *keys.Grant, _ *keys.Bundle) { g.Epoch++ },
		"profile": func(g *keys.Grant, _ *keys.Bundle) { g.Profile[0]++ },
		"book":    func(_ *keys.Grant, b *keys.Bundle) { b.Book[0]++ },
		"key":     func(_ *keys.Grant, b *keys.Bundle) { *b = *other },
		"check":   func(g *keys.Grant, _ *keys.Bundle) { g.Check = make([]byte, 16) },
	} {
		moved, bundle := g, *b
		change(&moved, &bundle)
		_, err := moved.Open(&bundle)
		require.ErrorIs(t, err, keys.ErrGrant, name)
	}
}

func TestInvariant12ACommitBySomebodyWithoutTheRightIsNamed(t *testing.T) {
	path, owner, jonas, _, _ := shopWithJonas(t)
	f, err := Open(path, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	j := unlock(t, f, jonas, "jonas")
	// A changed program gives itself the right to write what it can read.
	j.mu.Lock()
	c, _ := j.private.Cert(jonas)
	c.Writes = append(c.Writes, keys.Span{Area: uint16(contacts), From: 1})
	j.mu.Unlock()
	put(t, j, contacts, ID{1}, "forged")

	_, err = f.Unlock(owner, pass("owner"))
	require.Equal(t, &Damaged{Where: "right to write", Area: contacts, Commit: j.checked, Author: jonas}, err)
}

func requireDamage(t *testing.T, where string, err error) {
	t.Helper()
	var d *Damaged
	require.ErrorAs(t, err, &d)
	require.Equal(t, where, d.Where)
}

func TestRecordsDeletedMovedOrTurnedBackAreNoticedWhenTheAreaIsOpened(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, contacts, ID{1}, "old")
	var old []byte
	require.NoError(t, f.view(func(tx *bolt.Tx) (err error) {
		old, err = get(tx, recordKey(contacts, ID{1}))
		return err
	}))
	put(t, s, contacts, ID{1}, "new")
	put(t, s, contacts, ID{2}, "second")
	require.NoError(t, f.Close())
	for name, c := range map[string]struct {
		change func(*bolt.Bucket)
		unlock string // what Unlock finds damaged, "" for nothing
		area   Area   // the area that is found damaged when it is opened
	}{
		"deleted":     {func(b *bolt.Bucket) { b.Delete(recordKey(contacts, ID{1})) }, "", contacts},
		"turned back": {func(b *bolt.Bucket) { b.Put(recordKey(contacts, ID{1}), old) }, "", contacts},
		"moved": {func(b *bolt.Bucket) {
			v := append([]byte(nil), b.Get(recordKey(contacts, ID{2}))...)
			b.Delete(recordKey(contacts, ID{2}))
			b.Put(recordKey(contacts, ID{3}), v)
		}, "", contacts},
		"copied":      {func(b *bolt.Bucket) { b.Put(recordKey(contacts, ID{3}), old) }, "", contacts},
		"other area":  {func(b *bolt.Bucket) { b.Put(recordKey(notes, ID{1}), old) }, "", notes},
		"tail gone":   {func(b *bolt.Bucket) { b.Delete(logKey(4)) }, "heads", 0},
		"heads gone":  {func(b *bolt.Bucket) { b.Delete(keyHeads) }, "heads", 0},
		"entry twice": {func(b *bolt.Bucket) { b.Put(logKey(5), append([]byte(nil), b.Get(logKey(4))...)) }, "heads", 0},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := Open(forged(t, f.Path(), c.change), keys.Cheap)
			require.NoError(t, err)
			defer g.Close()
			s, err := g.Unlock(owner, pass("owner"))
			if c.unlock != "" {
				require.Equal(t, damaged(c.unlock), err)
				return
			}
			require.NoError(t, err)
			defer s.Close()
			_, _, err = s.Get(c.area, ID{1})
			requireDamage(t, "area", err)
		})
	}
	// An entry further back than this profile's last one is missed by who reads
	// the log, and by Verify.
	refused(t, forged(t, f.Path(), func(b *bolt.Bucket) { b.Delete(logKey(2)) }), owner, "owner")
}

// A flipped bit must not read as a right that somebody lacks.
func TestARecordOfAnEpochThatNeverWasIsDamaged(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, contacts, ID{1}, "a contact")
	require.NoError(t, f.Close())
	for _, epoch := range []uint32{0, 2, 1 << 30} {
		g, err := Open(forged(t, f.Path(), func(b *bolt.Bucket) {
			v := slices.Clone(b.Get(recordKey(contacts, ID{1})))
			binary.BigEndian.PutUint32(v[2:], epoch)
			require.NoError(t, b.Put(recordKey(contacts, ID{1}), v))
		}), keys.Cheap)
		require.NoError(t, err)
		err = unlock(t, g, owner, "owner").Scan(contacts, nil, func(ID, []byte, uint64) error { return nil })
		requireDamage(t, "record", err)
		require.NoError(t, g.Close())
	}
}

// forge commits as a changed program of a member would: whatever it likes,
// signed with the member's own key. change returns the heads to sign and those
// it owns up to having changed.
func forge(t *testing.T, f *File, s *Session, change func(*bolt.Bucket, commit.Heads) (heads commit.Heads, changed []commit.Head)) {
	t.Helper()
	require.NoError(t, f.db.Update(func(tx *bolt.Tx) error {
		heads, stored, err := s.newest(tx)
		require.NoError(t, err)
		n, _, err := commit.Link(stored)
		require.NoError(t, err)
		next, changed := change(tx.Bucket(bucket), heads)
		for i := range changed {
			changed[i].Commit = n + 1
		}
		next = next.With(changed)
		state, err := next.State()
		require.NoError(t, err)
		e := commit.Entry{Author: s.bundle.Profile, Changed: changed, Was: heads.Replaced(changed), State: state, Number: n + 1, Prev: commit.HashEntry(stored)}
		return writeEntry(tx, s.bundle, s.log, &e, next)
	}))
}

// headNow is the head of an area in a book's file.
func headNow(t *testing.T, s *Session, a Area) (h commit.Head) {
	t.Helper()
	require.NoError(t, s.file.view(func(tx *bolt.Tx) error {
		heads, _, err := s.newest(tx)
		h, _ = heads.Find(uint16(a))
		return err
	}))
	return h
}

func TestAMemberTurnsNoAreaBack(t *testing.T) {
	for name, admits := range map[string]bool{"saying nothing of it": false, "as a change of its own": true} {
		t.Run(name, func(t *testing.T) {
			path, owner, jonas, _, _ := shopWithJonas(t)
			f, err := Open(path, keys.Cheap)
			require.NoError(t, err)
			defer f.Close()
			s := unlock(t, f, owner, "owner")
			before := headNow(t, s, contacts)
			put(t, s, contacts, ID{2}, "second")
			j := unlock(t, f, jonas, "jonas")
			forge(t, f, j, func(b *bolt.Bucket, heads commit.Heads) (commit.Heads, []commit.Head) {
				require.NoError(t, b.Delete(recordKey(contacts, ID{2})))
				if admits {
					return heads, []commit.Head{before}
				}
				return heads.With([]commit.Head{before}), nil
			})
			_, err = f.Unlock(owner, pass("owner"))
			if admits {
				requireDamage(t, "right to write", err)
			} else {
				require.Equal(t, damaged("heads"), err)
			}
		})
	}
}

func TestADisabledMemberDoesNotComeBackWithAnOlderTable(t *testing.T) {
	for name, c := range map[string]struct {
		then bool // sealed under the members' key that goes with the table
		want string
	}{
		"sealed as what it replaces":  {false, "heads"},
		"sealed as what it goes with": {true, "right to write"},
	} {
		t.Run(name, func(t *testing.T) {
			path, owner, jonas, _, _ := shopWithJonas(t)
			f, err := Open(path, keys.Cheap)
			require.NoError(t, err)
			defer f.Close()
			s := unlock(t, f, owner, "owner")
			j := unlock(t, f, jonas, "jonas")
			var table []byte
			require.NoError(t, f.view(func(tx *bolt.Tx) (err error) { table, err = get(tx, keyTable); return err }))
			before := headNow(t, s, register)
			require.NoError(t, s.Update(func(tx *Tx) error { return tx.DisableMember(jonas) }))
			require.ErrorIs(t, s.Update(func(tx *Tx) error {
				return tx.ChangeMember(jonas, Member{Nickname: "Jonas", Reads: []Area{notes}})
			}), ErrNoProfile, "who is gone gets no keys")
			then := j.log
			j.log = s.log // somebody who is still in lends the members' key
			forge(t, f, j, func(b *bolt.Bucket, heads commit.Heads) (commit.Heads, []commit.Head) {
				require.NoError(t, b.Put(keyTable, table))
				if c.then {
					j.log = then
				}
				return heads, []commit.Head{before}
			})
			require.NoError(t, f.Close())
			f, err = Open(path, keys.Cheap)
			require.NoError(t, err)
			defer f.Close()
			for _, m := range []struct {
				id     ID
				secret string
			}{{owner, "owner"}, {jonas, "jonas"}} {
				_, err = f.Unlock(m.id, pass(m.secret))
				requireDamage(t, c.want, err)
			}
		})
	}
}

func TestAMemberPutsNoOlderPassphraseOfAnotherBack(t *testing.T) {
	path, owner, jonas, _, _ := shopWithJonas(t)
	f, err := Open(path, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	s := unlock(t, f, owner, "owner")
	var old []byte
	require.NoError(t, f.view(func(tx *bolt.Tx) (err error) { old, err = get(tx, profileKey(owner)); return err }))
	before := headNow(t, s, firstSeat)
	require.NoError(t, s.Update(func(tx *Tx) error { return tx.ChangeSecret(keys.Cheap, pass("owner"), pass("new")) }))
	j := unlock(t, f, jonas, "jonas")
	forge(t, f, j, func(b *bolt.Bucket, heads commit.Heads) (commit.Heads, []commit.Head) {
		require.NoError(t, b.Put(profileKey(owner), old))
		return heads, []commit.Head{before}
	})
	_, err = f.Unlock(owner, pass("owner"))
	requireDamage(t, "right to write", err)
}

func TestTheLogNamesNobodyWhoDidNotSign(t *testing.T) {
	path, owner, jonas, _, _ := shopWithJonas(t)
	f, err := Open(path, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	j := unlock(t, f, jonas, "jonas")
	require.NoError(t, j.Update(func(tx *Tx) error { tx.Event([]byte("looked")); return nil }))
	require.NoError(t, f.db.Update(func(tx *bolt.Tx) error {
		key, stored, err := last(tx, preLog)
		require.NoError(t, err)
		e, err := commit.Open(j.bundle.Book, j.log, stored)
		require.NoError(t, err)
		e.Author = owner
		stored, err = e.Seal(j.bundle.Book, j.log, j.bundle.Signer())
		require.NoError(t, err)
		return tx.Bucket(bucket).Put(key, stored)
	}))
	forge(t, f, j, func(_ *bolt.Bucket, heads commit.Heads) (commit.Heads, []commit.Head) { return heads, nil })
	_, err = f.Unlock(owner, pass("owner"))
	require.Equal(t, damaged("log"), err)
}

func TestAnEventThatDoesNotOpenTakesNoOtherFromTheLog(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	put(t, s, notes, ID{1}, "a note")
	require.NoError(t, f.db.Update(func(tx *bolt.Tx) error {
		heads, stored, err := s.newest(tx)
		require.NoError(t, err)
		n, _, err := commit.Link(stored)
		require.NoError(t, err)
		state, err := heads.State()
		require.NoError(t, err)
		e := commit.Entry{Author: owner, State: state, Number: n + 1, Prev: commit.HashEntry(stored), Event: []byte("no event")}
		return writeEntry(tx, s.bundle, s.log, &e, heads)
	}))
	s.Close()
	s = unlock(t, f, owner, "owner")
	put(t, s, notes, ID{2}, "another")
	var events []string
	require.NoError(t, s.Log(func(e Entry) bool {
		if e.Event != nil {
			events = append(events, string(e.Event))
			require.Equal(t, owner, e.Author)
		}
		return true
	}))
	require.Equal(t, []string{"put", "", "put"}, events)
	n, err := s.LogBefore(0, func(Entry) bool { return false })
	require.NoError(t, err)
	e, err := s.Entry(n - 1)
	require.NoError(t, err)
	require.NotNil(t, e.Event)
	require.Empty(t, e.Event)
	require.NoError(t, s.Verify())
}

func TestWhatIsNoRecordOnADeskIsNoVisit(t *testing.T) {
	path, owner, jonas, _, _ := shopWithJonas(t)
	f, err := Open(path, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	j := unlock(t, f, jonas, "jonas")
	desk := j.Desk()
	put(t, j, desk, ID{1}, "a visit")
	s := unlock(t, f, owner, "owner")
	want, err := s.DeskCommits(jonas)
	require.NoError(t, err)
	require.Len(t, want, 1)
	forge(t, f, j, func(b *bolt.Bucket, heads commit.Heads) (commit.Heads, []commit.Head) {
		never := slices.Clone(b.Get(recordKey(desk, ID{1})))
		never[6] = 0xff // of the commit's number
		require.NoError(t, b.Put(recordKey(desk, ID{2}), never))
		require.NoError(t, b.Put(recordKey(desk, ID{3}), []byte("no record")))
		list, err := j.buildList(b.Tx(), desk)
		require.NoError(t, err)
		return heads, []commit.Head{{Area: uint16(desk), Count: list.Count(), Root: list.Root(uint16(desk))}}
	})
	s = unlock(t, f, owner, "owner")
	got, err := s.DeskCommits(jonas)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// everyKey is every symmetric key that somebody with a bundle can come by in
// the whole file: the members' keys, every grant that opens under any name, and
// what is derived from them for any purpose.
func everyKey(t *testing.T, path string, b *keys.Bundle) [][]byte {
	f, err := Open(path, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	return everyKeyIn(t, f.table.Load(), b)
}

func everyKeyIn(t *testing.T, table *keys.Table, b *keys.Bundle) [][]byte {
	p, members, err := table.Open(b)
	require.NoError(t, err)
	out := [][]byte{b.HPKE, b.Sign}
	for _, k := range members.All() {
		out = append(out, k.Key)
	}
	return withDerived(append(out, grantsThatOpen(p, b)...))
}

// grantsThatOpen are the area keys that a bundle comes by, also under another
// name and in another place.
func grantsThatOpen(p *keys.Private, b *keys.Bundle) (out [][]byte) {
	for _, g := range p.Grants {
		for _, as := range []ID{g.Profile, b.Profile} {
			for _, area := range p.Areas {
				try := g
				try.Profile, try.Area = as, area.Area
				if k, err := try.Open(b); err == nil {
					out = append(out, k)
				}
			}
		}
	}
	return out
}

func withDerived(out [][]byte) [][]byte {
	for _, k := range out {
		if len(k) != envelope.KeySize {
			continue
		}
		for _, label := range []string{"area/record", "area/name", "area/index", "log", "table", "events", "commit"} {
			out = append(out, envelope.Derive(k, "counterbook/v1/"+label))
		}
	}
	return out
}

// openedWith counts the records of an area in the raw file that one of the keys
// opens.
func openedWith(t *testing.T, path string, book ID, a Area, all [][]byte) (n int) {
	return openedSince(t, path, book, a, all, 0)
}

// openedSince is openedWith of what was written after a commit.
func openedSince(t *testing.T, path string, book ID, a Area, all [][]byte, since uint64) (n int) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, db.View(func(tx *bolt.Tx) error {
		return each(tx, areaKey(a), func(k, v []byte) error {
			if h, err := envelope.Parse(v); err != nil || h.Commit <= since {
				return err
			}
			for _, key := range all {
				if len(key) != envelope.KeySize {
					continue
				}
				s, err := envelope.NewSealer(key)
				require.NoError(t, err)
				if _, _, err := s.Open(envelope.Place{Book: book, Area: uint16(a), ID: ID(k[3:])}, v); err == nil {
					n++
					break
				}
			}
			return nil
		})
	}))
	return n
}

func TestInvariant02TheBundleOfAProfileWithoutNotesDecryptsNoNote(t *testing.T) {
	path, _, _, ownerBundle, jonasBundle := shopWithJonas(t)
	own, his := everyKey(t, path, ownerBundle), everyKey(t, path, jonasBundle)
	require.Equal(t, 1, openedWith(t, path, ownerBundle.Book, notes, own), "the owner's keys open notes")
	require.Equal(t, 1, openedWith(t, path, jonasBundle.Book, contacts, his), "his keys open what he was granted")
	require.Zero(t, openedWith(t, path, jonasBundle.Book, notes, his))
	require.Zero(t, openedWith(t, path, jonasBundle.Book, Ownership, his))
}

func TestAProfileThatWouldCostAnHourIsRefusedAtOnce(t *testing.T) {
	path, owner, _, _, _ := shopWithJonas(t)
	for name, change := range map[string]func(p *keys.Profile) []byte{
		"many slots": func(p *keys.Profile) []byte {
			p.Slots = slices.Repeat(p.Slots, 100)
			raw, err := envelope.Marshal(p)
			require.NoError(t, err)
			return raw
		},
		"a huge salt": func(p *keys.Profile) []byte {
			p.Slots[0].Salt = make([]byte, 1<<20)
			raw, err := envelope.Marshal(p)
			require.NoError(t, err)
			return raw
		},
		"costs without end": func(p *keys.Profile) []byte {
			p.Slots[0].Params = keys.Params{Memory: 1<<32 - 1, Time: 1<<32 - 1, Threads: 255}
			raw, err := envelope.Marshal(p)
			require.NoError(t, err)
			return raw
		},
	} {
		bad := forged(t, path, func(b *bolt.Bucket) {
			var p keys.Profile
			require.NoError(t, envelope.Unmarshal(b.Get(profileKey(owner)), &p))
			require.NoError(t, b.Put(profileKey(owner), change(&p)))
		})
		f, err := Open(bad, keys.Cheap)
		require.NoError(t, err, name)
		_, err = f.Unlock(owner, pass("owner"))
		require.Equal(t, damaged("profile"), err, name)
		require.NoError(t, f.Close())
	}
}
