package store

// History: what customers' records said before they were changed. It lies among
// the customers, goes with them, and is read only by who may.

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"time"

	"counterbook/store/internal/vault"
)

// Change is what a customer's record said before one change of it.
type Change struct {
	ID       ID         `cbor:"-"`
	Customer CustomerID `cbor:"1,keyasint"`
	At       time.Time  `cbor:"2,keyasint"`
	By       ProfileID  `cbor:"3,keyasint"`
	Fields   []string   `cbor:"4,keyasint"` // those that were changed
	Was      Customer   `cbor:"5,keyasint"` // what they said; all else in it is empty
	First    uint64     `cbor:"6,keyasint"` // the commit that changed the customer: the order of changes
	ByName   string     `cbor:"-"`          // nickname now
	Version  uint64     `cbor:"-"`
}

const (
	maxHistory = 200              // changes that are kept of a customer, the newest
	undoFor    = 10 * time.Minute // for which one can undo one's own last change
)

// ErrNoUndo says that there is nothing to undo: somebody else changed the customer
// last, or it is longer ago than ten minutes.
var ErrNoUndo = errors.New("store: nothing to undo")

// withoutHistory are fields of which no older value is kept: they name other
// customers, of whom nothing may be left once they are erased.
var withoutHistory = []string{"NotSame"}

// besideEnd is the end of the ids of all records that lie among the customers and are
// none, but for the counter of their numbers: by it they are told from customers
// without a key.
const besideEnd = "\xc4\xa5\x9e\x13"

func isBeside(id [16]byte) bool { return string(id[12:]) == besideEnd }

// besideID is the id of such a record that there is once.
func (s *Session) besideID(name string) (ID, error) {
	id, err := s.v.Name(areaContacts, name)
	copy(id[12:], besideEnd)
	return ID(id), explain(err)
}

// historyPrefix is the first half of the ids of a customer's changes. Without the
// key of the contacts area nobody can tell whose they are.
func (s *Session) historyPrefix(c CustomerID) ([]byte, error) {
	id, err := s.v.Name(areaContacts, "history "+c.String())
	return id[:8], explain(err)
}

type scanner func(a vault.Area, prefix []byte, fn func(id vault.ID, plain []byte, version uint64) error) error

// changes reads what was changed of a customer, the newest first.
func (s *Session) changes(scan scanner, c CustomerID) ([]Change, error) {
	prefix, err := s.historyPrefix(c)
	if err != nil {
		return nil, err
	}
	var out []Change
	err = scan(areaContacts, prefix, func(id vault.ID, plain []byte, version uint64) error {
		var v Change
		err := decode(plain, kindChange, &v)
		switch {
		case errors.Is(err, errOtherKind):
			return nil
		case err == nil && v.Customer == c:
			v.ID, v.Version = ID(id), version
			out = append(out, v)
		}
		return err
	})
	slices.SortFunc(out, func(a, b Change) int { return cmp.Compare(b.First, a.First) })
	return out, explain(err)
}

// changesOf reads what was changed of a customer and of those whom they were merged
// with, the newest first.
func (s *Session) changesOf(c CustomerID) ([]Change, error) {
	ids, err := s.idsOf(s.v.Get, c)
	if err != nil {
		return nil, err
	}
	var out []Change
	for _, id := range ids {
		list, err := s.changes(s.v.Scan, id)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	slices.SortFunc(out, func(a, b Change) int { return cmp.Compare(b.First, a.First) })
	return out, nil
}

// keepChange keeps what fields of a customer say in the transaction that changes
// them. The oldest changes give way.
func (s *Session) keepChange(tx *vault.Tx, old Customer, fields []string) error {
	fields = slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return slices.Contains(withoutHistory, f) })
	if len(fields) == 0 {
		return nil
	}
	before, err := s.changes(tx.Scan, old.ID)
	if err != nil {
		return err
	}
	for _, v := range before[min(len(before), maxHistory-1):] {
		if err := tx.Delete(areaContacts, vault.ID(v.ID)); err != nil {
			return err
		}
	}
	prefix, err := s.historyPrefix(old.ID)
	if err != nil {
		return err
	}
	v := Change{ID: newID(), Customer: old.ID, At: s.now(), By: s.me(), Fields: fields, First: tx.Number()}
	v.Was.take(old, fields)
	copy(v.ID[:], prefix)
	copy(v.ID[12:], besideEnd)
	return write(tx, areaContacts, v.ID, kindChange, v)
}

// take makes fields of the customer say what they say in another one.
func (c *Customer) take(from Customer, fields []string) {
	to, of := reflect.ValueOf(c).Elem(), reflect.ValueOf(from)
	for _, f := range fields {
		if v := to.FieldByName(f); v.IsValid() {
			v.Set(of.FieldByName(f))
		}
	}
}

// visible is a change without the fields that are hidden.
func (v Change) visible(f Fields) Change {
	v.Fields = slices.DeleteFunc(slices.Clone(v.Fields), func(name string) bool { return !f.Shown(name) })
	v.Was = f.Visible(v.Was)
	return v
}

// Undone is a customer who says what the fields of the change said before it.
func (v Change) Undone(c Customer) Customer {
	c.take(v.Was, v.Fields)
	return c
}

// History lists what was changed of a customer, the newest first. What the shop does
// not collect is left out, and changes of nothing else with it.
func (cs *Customers) History(id CustomerID) ([]Change, error) {
	s := cs.s
	if err := s.need(ReadHistory); err != nil {
		return nil, err
	}
	list, err := s.changesOf(id)
	if err != nil {
		return nil, err
	}
	fields, err := s.collected()
	if err != nil {
		return nil, err
	}
	names, err := s.nicknames()
	var out []Change
	for _, v := range list {
		if v = v.visible(fields); len(v.Fields) > 0 {
			v.ByName = names[v.By]
			out = append(out, v)
		}
	}
	return out, err
}

// Before is a customer as it is now, but for the fields of one of its changes,
// which say what they said before. It is what Restore would make of it, as far as it
// may be shown.
func (cs *Customers) Before(id CustomerID, change ID) (Customer, error) {
	if err := cs.s.need(ReadHistory); err != nil {
		return Customer{}, err
	}
	_, c, err := cs.before(id, func(v Change) bool { return v.ID == change })
	if err != nil {
		return c, err
	}
	fields, err := cs.s.collected()
	return fields.Visible(c), err
}

// before is Before for the newest change that is meant. What is hidden is left out of
// the change, and stays in the customer as it is.
func (cs *Customers) before(id CustomerID, meant func(Change) bool) (Change, Customer, error) {
	c, err := cs.Get(id)
	if err != nil {
		return Change{}, c, err
	}
	list, err := cs.s.changesOf(id)
	if err != nil {
		return Change{}, c, err
	}
	fields, err := cs.s.collected()
	if err != nil {
		return Change{}, c, err
	}
	i := slices.IndexFunc(list, meant)
	if i < 0 {
		return Change{}, c, ErrNotFound
	}
	v := list[i].visible(fields)
	return v, v.Undone(c), nil
}

// Restore puts back what the fields of one change said before. It is a change like
// another: what they say now is in the history then. version is that of the customer
// as it was looked at; ErrChanged says that somebody saved it since.
func (cs *Customers) Restore(id CustomerID, change ID, version uint64) (Customer, error) {
	for _, r := range []Right{RestoreCustomers, ReadHistory} {
		if err := cs.s.need(r); err != nil {
			return Customer{}, err
		}
	}
	_, c, err := cs.before(id, func(v Change) bool { return v.ID == change })
	if err != nil {
		return c, err
	}
	c.Version = version
	return cs.change(c, CustomerRestored)
}

// Undoable is the last change of a customer where the session's profile made it,
// and not long ago; ErrNoUndo where not.
func (cs *Customers) Undoable(id CustomerID) (Change, error) {
	if err := cs.s.need(EditCustomers); err != nil {
		return Change{}, err
	}
	v, _, err := cs.undone(id)
	return v, err
}

func (cs *Customers) undone(id CustomerID) (Change, Customer, error) {
	v, c, err := cs.before(id, func(Change) bool { return true })
	switch age := cs.s.now().Sub(v.At); {
	case errors.Is(err, ErrNotFound) && !c.ID.IsZero():
		return v, c, ErrNoUndo
	case err != nil:
		return v, c, err
	case slices.ContainsFunc(c.Merged, func(m MergedAs) bool { return !m.At.Before(v.At) }): // it is another record since
		return v, c, ErrNoUndo
	case len(v.Fields) == 0 || v.By != cs.s.me() || age < 0 || age > undoFor:
		return v, c, ErrNoUndo
	}
	return v, c, nil
}

// Undo puts back what the session's profile changed last, for ten minutes. What is
// undone can be undone.
func (cs *Customers) Undo(id CustomerID) (Customer, error) {
	if err := cs.s.need(EditCustomers); err != nil {
		return Customer{}, err
	}
	_, c, err := cs.undone(id)
	if err != nil {
		return c, err
	}
	return cs.change(c, ChangeUndone)
}
