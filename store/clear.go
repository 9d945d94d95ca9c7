package store

// Clearing a field: all customers lose what they have of it.

import (
	"context"
	"errors"
	"slices"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// Clearable reports whether a field may be cleared of all customers: one that must be
// filled is not, nor what is no part of a customer's record.
func (f Fields) Clearable(name string) bool {
	i := fieldOf(name)
	use := f.Rule(name).Use
	return i != nil && i.put != nil && (use == Optional || use == Hidden)
}

// Clear empties a field of every customer, and of what was there before, and returns
// of how many. The book is
// written anew, so that nothing of it is in the file either, and the end of ctx
// before that is done leaves everything as it was. Drafts and issued invoices stay as
// they are. Backups from before hold it still.
//
// Clear needs EditShop, EditCustomers and a step-up. invoice.Problems say that the
// field may not be cleared.
func (cs *Customers) Clear(ctx context.Context, name string, progress func(done, total int64)) (int, error) {
	s := cs.s
	if err := s.need(EditCustomers); err != nil {
		return 0, err
	}
	if err := s.needProof(EditShop); err != nil {
		return 0, err
	}
	fields, err := s.collected()
	if err != nil {
		return 0, err
	}
	if !fields.Clearable(name) {
		return 0, invoice.Problems{{Field: name, Rule: "not clearable"}}
	}
	n := 0
	err = s.anew([]Wait{{Ctx: ctx, Progress: progress}}, func(tx *vault.Tx) error {
		if n, err = s.clearIn(tx, fieldOf(name)); err != nil {
			return err
		}
		return s.logged(Event{Kind: FieldCleared, Fields: []string{name}, Count: n}, func(*vault.Tx) error { return nil })(tx)
	})
	return n, err
}

// clearIn empties a field of every customer, and of what their records said before.
func (s *Session) clearIn(tx *vault.Tx, f *fieldInfo) (n int, err error) {
	var cleared []Customer
	var before []Change
	var was, now []indexRow
	err = tx.Scan(areaContacts, nil, func(id vault.ID, plain []byte, _ uint64) error {
		var v Change
		switch err := decode(plain, kindChange, &v); {
		case err == nil && slices.Contains(v.Fields, f.name):
			v.ID = ID(id)
			before = append(before, v)
			return nil
		case err == nil:
			return nil
		case !errors.Is(err, errOtherKind):
			return err
		}
		var c Customer
		err := decode(plain, kindCustomer, &c)
		if errors.Is(err, errOtherKind) {
			return nil
		}
		if err != nil || !f.filled(&c) {
			return err
		}
		c.ID = ID(id)
		was = append(was, customerRow(c))
		f.put(&c, &Customer{})
		c.Checks = slices.DeleteFunc(c.Checks, func(k FieldCheck) bool { return k.Field == f.name })
		c.Updated = s.now()
		now, cleared = append(now, customerRow(c)), append(cleared, c)
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, c := range cleared {
		if err := write(tx, areaContacts, c.ID, kindCustomer, c); err != nil {
			return 0, err
		}
	}
	for _, v := range before {
		f.put(&v.Was, &Customer{})
		v.Fields = slices.DeleteFunc(v.Fields, func(name string) bool { return name == f.name })
		if len(v.Fields) == 0 {
			err = tx.Delete(areaContacts, vault.ID(v.ID))
		} else {
			err = write(tx, areaContacts, v.ID, kindChange, v)
		}
		if err != nil {
			return 0, err
		}
	}
	_, err = s.edit(tx, &s.customers, was, now)
	return len(cleared), err
}
