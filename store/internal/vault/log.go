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
	Event  []byte // nil unless there is one and the session reads the activity area; empty: it does not open
}

// Entry reads one entry of the log, and checks its author's signature and rights.
func (s *Session) Entry(n uint64) (Entry, error) {
	var out Entry
	err := s.reading(func(tx *bolt.Tx) error {
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
		out, err = s.opener(s.areas[Activity]).readable(e)
		return err
	})
	return out, err
}

// DeskCommits lists the commits in which what lies on a member's desks was
// written, newest first. What was written stays closed to others, so that it may
// be no record at all, or name a commit that never was: such are left out.
func (s *Session) DeskCommits(id ID) ([]uint64, error) {
	var out []uint64
	err := s.reading(func(tx *bolt.Tx) error {
		c, ok := s.private.Cert(id)
		if !ok {
			return ErrNoProfile
		}
		heads, newest, err := s.heads(tx)
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
				if h, err := envelope.Parse(v); err == nil && h.Commit >= s.table.First() && h.Commit <= newest {
					out = append(out, h.Commit)
				}
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
	_, err := s.LogBefore(0, fn)
	return err
}

// LogBefore is Log of the entries before a number, 0 for all. It returns the
// number of the last one that fn was called with, 0 when there was none.
func (s *Session) LogBefore(before uint64, fn func(Entry) bool) (at uint64, err error) {
	err = s.file.steady(func(now stamp) error {
		at, err = s.logBefore(now, before, fn)
		return err
	})
	return at, err
}

func (s *Session) logBefore(now stamp, before uint64, fn func(Entry) bool) (at uint64, err error) {
	s.mu.Lock()
	if err := s.refresh(); err != nil {
		s.mu.Unlock()
		return 0, err
	}
	act, log, first := s.areas[Activity], s.log, s.table.First()
	s.mu.Unlock()
	events := s.opener(act)
	err = s.file.viewAt(now, func(tx *bolt.Tx) error {
		n, stored, err := entryBefore(tx, before, first)
		if err != nil || n == 0 {
			return err
		}
		for {
			at = n
			e, err := commit.Open(s.bundle.Book, log, stored)
			if err != nil || e.Number != n {
				return damaged("log")
			}
			out, err := events.readable(e)
			if err != nil {
				return err
			}
			if !fn(out) || n <= first {
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
	return at, err
}

// EntryAt returns the hash of the log entry of a number, zero where it is not there.
// It needs no key.
func (f *File) EntryAt(number uint64) (hash [32]byte, err error) {
	err = f.view(func(tx *bolt.Tx) error {
		stored, err := get(tx, logKey(number))
		if err == nil {
			hash = commit.HashEntry(stored)
		} else if errors.Is(err, ErrNotFound) {
			err = nil
		}
		return err
	})
	return hash, err
}

// entryBefore returns the stored entry before a number, or the newest for 0, and
// its number, which is 0 when there is none.
func entryBefore(tx *bolt.Tx, before, first uint64) (uint64, []byte, error) {
	if before == 0 {
		key, stored, err := last(tx, preLog)
		if err != nil || len(key) != 1+8 {
			return 0, nil, damaged("log")
		}
		return binary.BigEndian.Uint64(key[1:]), stored, nil
	}
	if before <= first {
		return 0, nil, nil
	}
	after, err := get(tx, logKey(before))
	if err != nil {
		return 0, nil, damaged("log")
	}
	_, prev, err := commit.Link(after)
	if err != nil {
		return 0, nil, damaged("log")
	}
	stored, err := get(tx, logKey(before-1))
	if err != nil || commit.HashEntry(stored) != prev {
		return 0, nil, damaged("log")
	}
	return before - 1, stored, nil
}

// eventOpener opens events, and keeps the keys it made for that.
type eventOpener struct {
	book    ID
	act     *area
	readers map[uint32]*keys.EventReader // by epoch
}

func (s *Session) opener(act *area) *eventOpener {
	return &eventOpener{book: s.bundle.Book, act: act, readers: map[uint32]*keys.EventReader{}}
}

// readable is an entry with its event, when the activity area opens it. One that
// does not open is what a changed program of its author sealed: it takes no other
// entry from who reads the log.
func (o *eventOpener) readable(e *commit.Entry) (Entry, error) {
	out := Entry{Number: e.Number, Author: e.Author}
	if o.act == nil || e.Event == nil {
		return out, nil
	}
	b, err := o.open(e)
	if err != nil {
		return out, damaged("log")
	}
	out.Event = append([]byte{}, b...)
	return out, nil
}

// open tries the newest key of the activity area first. It returns nothing for
// what no key opens.
func (o *eventOpener) open(e *commit.Entry) ([]byte, error) {
	for epoch := o.act.epoch; epoch > 0; epoch-- {
		k := o.act.keys[epoch]
		if k == nil {
			continue
		}
		r := o.readers[epoch]
		if r == nil {
			var err error
			if r, err = keys.NewEventReader(k, o.book); err != nil {
				return nil, err
			}
			o.readers[epoch] = r
		}
		if b, err := r.Open(e.Number, e.Event); err == nil {
			return b, nil
		}
	}
	return nil, nil
}
