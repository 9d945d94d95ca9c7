package store

// The ledger of erased customers: a mark for each, from which nobody can tell who
// it was, but which says of a customer in an older copy whether it is them.

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"

	"counterbook/store/internal/vault"
)

// eraseMark is the mark of a customer: a keyed hash of their id, under a key that
// who reads the contacts holds.
func (s *Session) eraseMark(id CustomerID) ([16]byte, error) {
	m, err := s.v.Name(areaContacts, "erased "+hex.EncodeToString(id[:]))
	return m, explain(err)
}

// mark writes marks into the book, each as a record of that id. One that is there
// stays as it is.
func (s *Session) mark(tx *vault.Tx, marks [][16]byte) error {
	for _, m := range marks {
		_, _, err := tx.Get(areaContacts, m)
		if errors.Is(err, vault.ErrNotFound) {
			err = write(tx, areaContacts, ID(m), kindErased, erasure{At: s.now()})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// erasedMarks are the marks of all customers that were erased from the book.
func (s *Session) erasedMarks() ([][16]byte, error) {
	var out [][16]byte
	err := all(s, areaContacts, kindErased, func(id ID, _ erasure, _ uint64) { out = append(out, id) })
	return out, err
}

// eraseMarked erases every customer whose mark is among marks, as after a restore
// from a copy of before, and adds the marks that the book lacks. It returns how
// many customers were erased.
func (s *Session) eraseMarked(ctx context.Context, marks [][16]byte, progress func(done, total int64)) (n int, err error) {
	if err := s.mayErase(); err != nil {
		return 0, err
	}
	want := map[[16]byte]bool{}
	for _, m := range marks {
		want[m] = true
	}
	have, err := s.erasedMarks()
	if err != nil {
		return 0, err
	}
	known := map[[16]byte]bool{}
	for _, m := range have {
		known[m] = true
	}
	missing := slices.ContainsFunc(marks, func(m [16]byte) bool { return !known[m] })
	if err := s.partMarked(want); err != nil {
		return 0, err
	}
	gone, err := s.marked(want)
	switch {
	case err != nil:
		return 0, err
	case len(gone) > 0:
		e := Event{Kind: CustomerErased, Count: len(gone)}
		return len(gone), s.eraseAll(Wait{Ctx: ctx, Progress: progress}, e, gone, marks)
	case missing:
		return 0, explain(s.change(func(tx *vault.Tx) error { return s.mark(tx, marks) }))
	}
	return 0, nil
}

// partMarked takes back merges in which some were erased and others were not: the
// merge had been taken back before that.
func (s *Session) partMarked(marks map[[16]byte]bool) error {
	for {
		all, err := s.merges(s.v.Scan)
		if err != nil {
			return err
		}
		var last *mergeRecord
		for i, m := range all {
			ids, err := s.idsOf(s.v.Get, m.Into)
			if err != nil {
				return err
			}
			erased := 0
			for _, id := range ids {
				mark, err := s.eraseMark(id)
				if err != nil {
					return err
				}
				if marks[mark] {
					erased++
				}
			}
			if erased > 0 && erased < len(ids) {
				last = &all[i]
			}
		}
		if last == nil {
			return nil
		}
		if _, err := s.unmerge(*last); err != nil {
			return err
		}
	}
}

// marked lists the customers whose marks are among some.
func (s *Session) marked(marks map[[16]byte]bool) ([]CustomerID, error) {
	var ids []CustomerID
	if err := all(s, areaContacts, kindCustomer, func(id ID, _ Customer, _ uint64) { ids = append(ids, id) }); err != nil {
		return nil, err
	}
	var out []CustomerID
	for _, id := range ids {
		m, err := s.eraseMark(id)
		if err != nil {
			return nil, err
		}
		if marks[m] {
			out = append(out, id)
		}
	}
	return out, nil
}

// sweepDesk deletes what is unsaved on the session's own desk and names a customer
// who was erased. Who erased them could not open it. Where there is anything, the
// book is written anew, so that nothing of it is in the file either. A book that
// went back is left as it is until it goes on.
func (s *Session) sweepDesk(ctx context.Context) error {
	if !s.v.Reads(areaContacts) || s.book.Standing() != nil {
		return nil
	}
	desk := s.v.Desk()
	values := map[ID][]byte{}
	if err := all(s, desk, kindDesk, func(id ID, b []byte, _ uint64) { values[id] = b }); err != nil {
		return err
	}
	var gone []ID
	for id, b := range values {
		if err := ctx.Err(); err != nil {
			return err
		}
		erased, err := s.namesErased(b)
		if err != nil {
			return err
		}
		if erased {
			gone = append(gone, id)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return s.anew([]Wait{{Ctx: ctx}}, func(tx *vault.Tx) error {
		for _, id := range gone {
			err := tx.Delete(desk, vault.ID(id))
			if err != nil && !errors.Is(err, vault.ErrNotFound) { // it was saved meanwhile
				return err
			}
		}
		return nil
	})
}

// namesErased reports whether something holds the id of a customer who was erased,
// in bytes or as text. What the value is made of, the store does not know: every
// place in it is tried.
func (s *Session) namesErased(value []byte) (bool, error) {
	for i := range value {
		if i+len(ID{}) <= len(value) {
			if erased, err := s.isErased(ID(value[i:])); erased || err != nil {
				return erased, err
			}
		}
		if n := 2 * len(ID{}); i+n <= len(value) {
			id, err := ParseID(string(value[i : i+n]))
			if err != nil {
				continue
			}
			if erased, err := s.isErased(id); erased || err != nil {
				return erased, err
			}
		}
	}
	return false, nil
}

func (s *Session) isErased(id CustomerID) (bool, error) {
	m, err := s.eraseMark(id)
	if err != nil {
		return false, err
	}
	_, err = read(s, areaContacts, ID(m), kindErased, &erasure{})
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
