package vault

// The log as a member reads it: all of it, one entry, and when a desk was used.

import (
	"encoding/binary"
	"errors"
	"slices"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

// Entry is one line of the log as a member reads it.
type Entry struct {
	Number uint64
	Author ID
	Event  []byte // nil unless the session reads the activity area
}

// Entry reads one entry of the log, and checks its author's signature and rights.
func (s *Session) Entry(n uint64) (Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return Entry{}, err
	}
	var out Entry
	err := s.file.view(func(tx *bolt.Tx) error {
		stored, err := get(tx, logKey(n))
		if err != nil {
			return damaged("log")
		}
		e, err := s.entry(stored)
		if err != nil {
			return err
		}
		if e.Number != n {
			return damaged("log")
		}
		out, err = s.readable(s.areas[Activity], e)
		return err
	})
	return out, err
}

// readable is an entry with its event, when act opens it.
func (s *Session) readable(act *area, e *commit.Entry) (Entry, error) {
	out := Entry{Number: e.Number, Author: e.Author}
	if act == nil || e.Event == nil {
		return out, nil
	}
	var err error
	if out.Event, err = s.openEvent(act, e); err != nil {
		return out, damaged("log")
	}
	return out, nil
}

// DeskCommits lists the commits in which what lies on a member's desks was
// written, newest first. What was written stays closed to others.
func (s *Session) DeskCommits(id ID) ([]uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return nil, err
	}
	c, ok := s.private.Cert(id)
	if !ok {
		return nil, ErrNoProfile
	}
	var out []uint64
	err := s.file.view(func(tx *bolt.Tx) error {
		heads, _, err := s.heads(tx)
		if err != nil {
			return err
		}
		for _, w := range c.Writes {
			if Area(w.Area) < firstDesk {
				continue
			}
			if _, err := s.checkList(tx, Area(w.Area), heads); err != nil {
				return err
			}
			err := each(tx, areaKey(Area(w.Area)), func(_, v []byte) error {
				h, err := envelope.Parse(v)
				if err != nil {
					return damaged("record")
				}
				out = append(out, h.Commit)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	slices.Sort(out)
	slices.Reverse(out)
	return slices.Compact(out), err
}

// Log calls fn with the newest entries first until fn returns false.
func (s *Session) Log(fn func(Entry) bool) error {
	s.mu.Lock()
	if err := s.refresh(); err != nil {
		s.mu.Unlock()
		return err
	}
	act := s.areas[Activity]
	s.mu.Unlock()
	return s.file.view(func(tx *bolt.Tx) error {
		key, stored, err := last(tx, preLog)
		if err != nil || len(key) != 1+8 {
			return damaged("log")
		}
		for n := binary.BigEndian.Uint64(key[1:]); ; {
			e, err := commit.Open(s.bundle.Book, s.log, stored)
			if err != nil || e.Number != n {
				return damaged("log")
			}
			out, err := s.readable(act, e)
			if err != nil {
				return err
			}
			if !fn(out) || n == 1 {
				return nil
			}
			n--
			if stored, err = get(tx, logKey(n)); err != nil {
				return damaged("log")
			}
			if commit.HashEntry(stored) != e.Prev {
				return damaged("log")
			}
		}
	})
}

// openEvent tries the newest key of the activity area first.
func (s *Session) openEvent(act *area, e *commit.Entry) ([]byte, error) {
	for epoch := act.epoch; epoch > 0; epoch-- {
		if k := act.keys[epoch]; k != nil {
			if b, err := keys.OpenEvent(k, s.bundle.Book, e.Number, e.Event); err == nil {
				return b, nil
			}
		}
	}
	return nil, errors.New("vault: event does not open")
}
