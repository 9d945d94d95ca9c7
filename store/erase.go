package store

// Erasing a customer: nothing of them stays in the file but what was issued to
// them, which the law wants kept.

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"counterbook/store/internal/vault"
)

// Traces is what there is of a customer besides their own record.
type Traces struct {
	Notes    int // go with the customer
	Drafts   int // go with the customer
	Invoices int // stay, with the name and address that were printed on them
}

// Traces counts what there is of a customer, for who may erase.
func (cs *Customers) Traces(id CustomerID) (Traces, error) {
	s := cs.s
	if err := s.mayErase(); err != nil {
		return Traces{}, err
	}
	c, err := cs.Get(id)
	if err != nil {
		return Traces{}, err
	}
	return s.traces(c)
}

// traces counts what there is of a customer, as far as the session may see it.
func (s *Session) traces(c Customer) (t Traces, err error) {
	id, ids := c.ID, c.ids()
	if s.Can(ReadNotes) {
		notes, err := s.notesOf(id)
		if err != nil {
			return t, err
		}
		t.Notes = len(notes)
	}
	if s.Can(WriteDrafts) {
		err = all(s, areaDrafts, kindDraft, func(_ ID, d Draft, _ uint64) {
			if slices.Contains(ids, d.Customer) {
				t.Drafts++
			}
		})
	}
	if err == nil && s.Can(ReadInvoices) {
		var rows []InvoiceRow
		rows, err = (&Invoices{s}).Of(id)
		t.Invoices = len(rows)
	}
	return t, err
}

// mayErase wants all areas in which there may be something of a customer: who
// cannot open one of them would leave it there.
func (s *Session) mayErase() error {
	for _, r := range []Right{DeleteCustomers, ReadNotes, AddNotes, WriteDrafts} {
		if err := s.need(r); err != nil {
			return err
		}
	}
	return nil
}

// Erase removes a customer: the record and what it said before, the notes, their row of the index, drafts
// for them, what is kept of those they were merged with, and what mentions any of
// them on the session's own desk. The book is written
// anew, so that nothing of it is in the file either, and the end of ctx before that
// is done leaves everything as it was. Issued invoices stay as they are; the
// customer they name is not found any more. The desks of others nobody else opens:
// what is unsaved there goes at their next sign-in.
//
// Erase needs a step-up. A mark of the customer stays, by which they are found and
// erased again in a book that was restored from before.
func (cs *Customers) Erase(ctx context.Context, id CustomerID, progress func(done, total int64)) error {
	s := cs.s
	if err := s.mayErase(); err != nil {
		return err
	}
	if err := s.needStepUp(); err != nil {
		return err
	}
	return s.eraseAll(Wait{Ctx: ctx, Progress: progress}, Event{Kind: CustomerErased, Subject: id}, []CustomerID{id}, nil)
}

// eraseAll erases customers, and adds marks of others that were erased.
func (s *Session) eraseAll(how Wait, e Event, gone []CustomerID, marks [][16]byte) error {
	err := s.rewrite(e, []Wait{how}, func(tx *vault.Tx) error {
		ids, err := s.eraseIn(tx, gone)
		if err != nil {
			return err
		}
		for _, id := range ids {
			m, err := s.eraseMark(id)
			if err != nil {
				return err
			}
			marks = append(marks, m)
		}
		return s.mark(tx, marks)
	})
	if err == nil && s.book.onErased != nil {
		err = s.book.onErased(s)
	}
	return err
}

// eraseIn deletes what there is of customers, and returns all ids that led to them.
func (s *Session) eraseIn(tx *vault.Tx, gone []CustomerID) ([]CustomerID, error) {
	is := map[CustomerID]bool{}
	var ids []CustomerID
	var rows []indexRow
	for _, id := range gone {
		c, err := customerAt(tx.Get, id)
		if err != nil {
			return nil, err
		}
		if is[c.ID] {
			continue
		}
		rows = append(rows, customerRow(c))
		for _, id := range c.ids() {
			is[id] = true
			ids = append(ids, id)
			if err := s.eraseUnder(tx, id); err != nil {
				return nil, err
			}
		}
	}
	if err := forgetLikeness(tx, is); err != nil {
		return nil, err
	}
	if err := s.reportsIn(tx, func(list []FaultReport) ([]FaultReport, error) {
		return slices.DeleteFunc(list, func(r FaultReport) bool { return is[r.Customer] }), nil
	}); err != nil {
		return nil, err
	}
	if err := s.forgetImported(tx, is); err != nil {
		return nil, err
	}
	mentioned := slices.Clone(ids)
	if err := deleteWhere(tx, areaDrafts, nil, kindDraft, func(d Draft) bool { return is[d.Customer] }, &mentioned); err != nil {
		return nil, err
	}
	if err := deleteWhere(tx, s.v.Desk(), nil, kindDesk, func(b []byte) bool { return mentions(b, mentioned) }); err != nil {
		return nil, err
	}
	_, err := s.edit(tx, &s.customers, rows, nil)
	return ids, err
}

// eraseUnder deletes what stands under one id of a customer: the record or what
// leads on from there, what would take a merge back, and notes.
func (s *Session) eraseUnder(tx *vault.Tx, id CustomerID) error {
	merge, err := s.mergeID(id)
	if err != nil {
		return err
	}
	for _, at := range []ID{id, merge} {
		if err := tx.Delete(areaContacts, vault.ID(at)); err != nil && !errors.Is(err, vault.ErrNotFound) {
			return err
		}
	}
	prefix, err := s.historyPrefix(id)
	if err != nil {
		return err
	}
	if err := deleteWhere(tx, areaContacts, prefix, kindChange, func(v Change) bool { return v.Customer == id }); err != nil {
		return err
	}
	if prefix, err = s.notePrefix(id); err != nil {
		return err
	}
	return deleteWhere(tx, areaNotes, prefix, kindNote, func(n Note) bool { return n.Customer == id })
}

// forgetLikeness takes customers who go out of the records of those who were said
// to be somebody else, also out of what would take a merge back.
func forgetLikeness(tx *vault.Tx, gone map[CustomerID]bool) error {
	left := map[ID]Customer{}
	merges := map[ID]mergeRecord{}
	forget := func(c *Customer) bool {
		n := len(c.NotSame)
		c.NotSame = slices.DeleteFunc(c.NotSame, func(o CustomerID) bool { return gone[o] })
		return len(c.NotSame) < n
	}
	err := tx.Scan(areaContacts, nil, func(id vault.ID, plain []byte, _ uint64) error {
		var c Customer
		err := decode(plain, kindCustomer, &c)
		if err == nil && forget(&c) {
			left[ID(id)] = c
		}
		if !errors.Is(err, errOtherKind) {
			return err
		}
		var m mergeRecord
		if err = decode(plain, kindMerge, &m); errors.Is(err, errOtherKind) {
			return nil
		}
		was, made, of := forget(&m.Was), forget(&m.Made), forget(&m.Left)
		if err == nil && (was || made || of) {
			merges[ID(id)] = m
		}
		return err
	})
	for id, c := range left {
		if err == nil {
			err = write(tx, areaContacts, id, kindCustomer, c)
		}
	}
	for id, m := range merges {
		if err == nil {
			err = write(tx, areaContacts, id, kindMerge, m)
		}
	}
	return err
}

// deleteWhere deletes the records of a kind that goes says of, and adds their ids
// to those of ids.
func deleteWhere[T any](tx *vault.Tx, a vault.Area, prefix []byte, k kind, goes func(T) bool, ids ...*[]ID) error {
	var out []vault.ID
	err := tx.Scan(a, prefix, func(id vault.ID, plain []byte, _ uint64) error {
		var v T
		err := decode(plain, k, &v)
		if errors.Is(err, errOtherKind) {
			return nil
		}
		if err == nil && goes(v) {
			out = append(out, id)
			for _, add := range ids {
				*add = append(*add, ID(id))
			}
		}
		return err
	})
	for _, id := range out {
		if err == nil {
			err = tx.Delete(a, id)
		}
	}
	return err
}

// mentions reports whether something on a desk names one of several records, in
// bytes or as text.
func mentions(value []byte, ids []ID) bool {
	for _, id := range ids {
		if bytes.Contains(value, id[:]) || bytes.Contains(value, []byte(id.String())) {
			return true
		}
	}
	return false
}

// erasure is what a mark says besides being there.
type erasure struct {
	At time.Time `cbor:"1,keyasint"`
}
