package vault

// Heads and log: what the members signed about the state of the areas.

import (
	"encoding/binary"
	"slices"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

// headsPlace is where the heads are sealed: in the log's area, at the id after
// the last possible entry.
func headsPlace(book [16]byte) envelope.Place {
	p := envelope.Place{Book: book, Area: commit.LogArea}
	for i := range p.ID {
		p.ID[i] = 0xff
	}
	return p
}

// heads reads the state of all areas and the number of the newest entry, and
// checks that this entry signs that state.
//
// Where the file was opened again since this session looked, it may be another
// one, and is checked as at sign-in.
func (s *Session) heads(tx *bolt.Tx) (commit.Heads, uint64, error) {
	if times := s.file.reopened(); s.times != times {
		s.checked = 0
		if err := s.whole(tx); err != nil {
			return nil, 0, err
		}
		s.times = times
	}
	return s.signed(tx)
}

// signed is heads of a file that was checked.
func (s *Session) signed(tx *bolt.Tx) (commit.Heads, uint64, error) {
	heads, stored, err := s.newest(tx)
	if err != nil {
		return nil, 0, err
	}
	n, _, err := commit.Link(stored)
	if err != nil || s.checked == n {
		return heads, n, err
	}
	e, err := s.entry(stored)
	if err != nil {
		return nil, 0, err
	}
	state, err := heads.State()
	if err != nil || state != e.State {
		return nil, 0, damaged("heads")
	}
	s.checked = n
	return heads, n, nil
}

// newest reads the heads and the newest log entry's stored form.
func (s *Session) newest(tx *bolt.Tx) (commit.Heads, []byte, error) {
	key, stored, err := last(tx, preLog)
	if err != nil || len(key) != 1+8 {
		return nil, nil, damaged("log")
	}
	raw, err := get(tx, keyHeads)
	if err != nil {
		return nil, nil, damaged("heads")
	}
	plain, h, err := s.log.Open(headsPlace(s.bundle.Book), raw)
	if err != nil || h.Commit != binary.BigEndian.Uint64(key[1:]) || h.Epoch != s.log.Epoch() {
		return nil, nil, damaged("heads")
	}
	var heads commit.Heads
	if err := envelope.Unmarshal(plain, &heads); err != nil {
		return nil, nil, damaged("heads")
	}
	return heads, stored, nil
}

// entry opens a stored entry and checks its author's signature and rights.
func (s *Session) entry(stored []byte) (*commit.Entry, error) {
	e, err := commit.Open(s.bundle.Book, s.log, stored)
	if err != nil {
		return nil, damaged("log")
	}
	m, ok := s.file.table.Load().Member(e.Author)
	if !ok {
		return nil, damaged("log")
	}
	key, ok := m.Verifier(e.Number)
	if !ok || e.Verify(s.bundle.Book, key) != nil {
		return nil, damaged("log")
	}
	c, ok := s.private.Cert(e.Author)
	if !ok {
		return nil, damaged("log")
	}
	saved := c.MayWrite(uint16(Ownership), e.Number) && slices.Contains(s.file.table.Load().Saved, e.Number)
	for _, h := range e.Changed {
		if h.Commit != e.Number || !saved && !mayMake(c, h) {
			return nil, &Damaged{Where: "right to write", Area: Area(h.Area), Commit: e.Number, Author: e.Author}
		}
	}
	return e, nil
}

// mayMake reports whether a member may have brought an area into a state.
// Owners change the register and everybody's profile, and make empty desks;
// others change their own profile.
func mayMake(c *keys.Cert, h commit.Head) bool {
	owner := c.MayWrite(uint16(Ownership), h.Commit)
	switch a := Area(h.Area); {
	case a == register:
		return owner
	case a >= firstSeat && a < firstDesk:
		return owner || h.Area == c.Seat
	case a >= firstDesk && h.Count == 0 && owner:
		return true
	}
	return c.MayWrite(h.Area, h.Commit)
}

// stepBack checks the log from the newest entry back to the last one that this
// profile signed itself: each is signed by a member who might change what it
// changed, and changed nothing else.
func (s *Session) stepBack(tx *bolt.Tx) error {
	heads, stored, err := s.newest(tx)
	if err != nil {
		return err
	}
	for {
		e, err := s.entry(stored)
		if err != nil {
			return err
		}
		state, err := heads.State()
		if err != nil || state != e.State {
			return damaged("heads")
		}
		if s.checked == 0 {
			s.checked = e.Number
		}
		heads = heads.Before(e)
		if e.Number <= s.table.First() {
			if e.Number < s.table.First() || len(heads) != 0 || e.Prev != [32]byte{} {
				return damaged("log")
			}
			return nil
		}
		if e.Author == s.bundle.Profile {
			return nil
		}
		if stored, err = get(tx, logKey(e.Number-1)); err != nil || commit.HashEntry(stored) != e.Prev {
			return damaged("log")
		}
	}
}

// checkList walks an area and compares it with its head, and the head with the
// entry that made it.
func (s *Session) checkList(tx *bolt.Tx, a Area, heads commit.Heads) (*commit.List, error) {
	head, err := s.head(tx, a, heads)
	if err != nil {
		return nil, err
	}
	list, err := s.buildList(tx, a)
	if err != nil {
		return nil, err
	}
	if list.Count() != head.Count || list.Root(head.Area) != head.Root {
		return nil, &Damaged{Where: "area", Area: a}
	}
	return list, nil
}

// head finds the head of an area and compares it with the entry that made it.
func (s *Session) head(tx *bolt.Tx, a Area, heads commit.Heads) (*commit.Head, error) {
	head, ok := heads.Find(uint16(a))
	if !ok {
		return nil, &Damaged{Where: "area", Area: a}
	}
	stored, err := get(tx, logKey(head.Commit))
	if err != nil {
		return nil, damaged("log")
	}
	e, err := s.entry(stored)
	if err != nil {
		return nil, err
	}
	if made, ok := commit.Heads(e.Changed).Find(head.Area); !ok || made != head {
		return nil, &Damaged{Where: "area", Area: a}
	}
	return &head, nil
}

// buildList fingerprints what is stored of an area.
func (s *Session) buildList(tx *bolt.Tx, a Area) (*commit.List, error) {
	l := new(commit.List)
	switch {
	case a == register:
		raw, err := get(tx, keyTable)
		if err != nil {
			return nil, damaged("table")
		}
		l.Put(ID{}, commit.HashOf(raw))
		return l, nil
	case a >= firstSeat && a < firstDesk:
		id, ok := s.seatOf(a)
		if !ok {
			return nil, damaged("profile")
		}
		raw, err := get(tx, profileKey(id))
		if err != nil {
			return nil, damaged("profile")
		}
		l.Put(id, commit.HashOf(raw))
		return l, nil
	}
	return fingerprint(tx, a)
}

// seatOf finds the profile that a seat belongs to.
func (s *Session) seatOf(a Area) (ID, bool) {
	for _, c := range s.private.Certs {
		if Area(c.Seat) == a {
			return c.ID, true
		}
	}
	return ID{}, false
}

// unchanged reports whether what a session holds of an area is still that of
// the file.
func (f *File) unchanged(a Area, ar *area) bool {
	f.mu.RLock()
	defer f.mu.RUnlock()
	n, ok := f.heads[a]
	return ar.times == f.times.Load() && (!ok || n == ar.at)
}

func (f *File) reopened() uint64 { return f.times.Load() }

// Verify replays the whole log: every entry is in the chain, was signed by its
// author, and changed only what the author might; the last state is that of
// the areas. Areas the session cannot open are compared all the same, and nothing
// else lies in the book.
func (s *Session) Verify() error {
	return s.reading(func(tx *bolt.Tx) error {
		var now commit.Heads
		var prev [32]byte
		first := s.table.First()
		n, epoch := first-1, uint32(0)
		err := each(tx, []byte{preLog}, func(k, v []byte) error {
			n++
			e, err := s.entry(v)
			if err != nil {
				return err
			}
			if e.Number != n || e.Prev != prev || e.Epoch < epoch || string(k) != string(logKey(n)) {
				return damaged("log")
			}
			now = now.With(e.Changed)
			state, err := now.State()
			if err != nil || state != e.State {
				return damaged("heads")
			}
			prev, epoch = commit.HashEntry(v), e.Epoch
			return nil
		})
		if err != nil {
			return err
		}
		heads, newest, err := s.heads(tx)
		if err != nil {
			return err
		}
		if newest != n {
			return damaged("log")
		}
		stray := -int64(n-first+1) - 1 // the log, and the heads themselves
		for _, h := range heads {
			if _, err := s.checkList(tx, Area(h.Area), now); err != nil {
				return err
			}
			stray -= int64(h.Count)
		}
		if err := each(tx, nil, func(_, _ []byte) error { stray++; return nil }); err != nil {
			return err
		}
		if stray != 0 {
			return damaged("record")
		}
		return nil
	})
}
