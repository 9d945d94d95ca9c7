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

// holds reports whether a record of a customer holds something of a field: the record
// itself, or what it says of those who were merged into the customer.
func (f *fieldInfo) holds(c *Customer) bool {
	return f.filled(c) || slices.ContainsFunc(c.Merged, func(m MergedAs) bool {
		phone := m.phone(f.name)
		return phone != nil && *phone != ""
	})
}

// clear takes a field out of a record of a customer.
func (f *fieldInfo) clear(c *Customer) {
	f.put(c, &Customer{})
	c.Checks = slices.DeleteFunc(c.Checks, func(k FieldCheck) bool { return k.Field == f.name })
	for i := range c.Merged {
		if phone := c.Merged[i].phone(f.name); phone != nil {
			*phone = ""
		}
	}
}

// phone is what a field that is a phone said of who was merged, nil for others.
func (m *MergedAs) phone(field string) *string {
	return map[string]*string{"Phone": &m.Phone, "Phone2": &m.Phone2}[field]
}

// clearIn empties a field of every customer, of what their records said before, and
// of what would take merges back.
func (s *Session) clearIn(tx *vault.Tx, f *fieldInfo) (n int, err error) {
	var cleared []Customer
	var was, now []indexRow
	err = eachIn(tx, areaContacts, kindCustomer, func(id ID, c Customer) {
		if !f.holds(&c) {
			return
		}
		c.ID = id
		was = append(was, customerRow(c))
		f.clear(&c)
		c.Updated = s.now()
		now, cleared = append(now, customerRow(c)), append(cleared, c)
	})
	for _, c := range cleared {
		if err == nil {
			err = write(tx, areaContacts, c.ID, kindCustomer, c)
		}
	}
	if err == nil {
		err = clearBefore(tx, f)
	}
	if err == nil {
		err = clearMerges(tx, f)
	}
	if err == nil {
		_, err = s.edit(tx, &s.customers, was, now)
	}
	return len(cleared), err
}

// clearBefore empties a field of what customers' records said before. A change of
// nothing else goes.
func clearBefore(tx *vault.Tx, f *fieldInfo) error {
	var before []Change
	err := eachIn(tx, areaContacts, kindChange, func(id ID, v Change) {
		if v.ID = id; slices.Contains(v.Fields, f.name) {
			before = append(before, v)
		}
	})
	for _, v := range before {
		f.clear(&v.Was)
		v.Fields = slices.DeleteFunc(v.Fields, func(name string) bool { return name == f.name })
		switch {
		case err != nil:
		case len(v.Fields) == 0:
			err = tx.Delete(areaContacts, vault.ID(v.ID))
		default:
			err = write(tx, areaContacts, v.ID, kindChange, v)
		}
	}
	return err
}

// clearMerges empties a field of what would take merges back.
func clearMerges(tx *vault.Tx, f *fieldInfo) error {
	left := map[ID]mergeRecord{}
	err := eachIn(tx, areaContacts, kindMerge, func(id ID, m mergeRecord) { left[id] = m })
	for id, m := range left {
		f.clear(&m.Was)
		f.clear(&m.Made)
		f.clear(&m.Left)
		if err == nil {
			err = write(tx, areaContacts, id, kindMerge, m)
		}
	}
	return err
}

// eachIn calls fn with every record of a kind in an area, as a transaction sees it.
func eachIn[T any](tx *vault.Tx, a vault.Area, k kind, fn func(ID, T)) error {
	return explain(tx.Scan(a, nil, func(id vault.ID, plain []byte, _ uint64) error {
		var v T
		err := decode(plain, k, &v)
		if errors.Is(err, errOtherKind) {
			return nil
		}
		if err == nil {
			fn(ID(id), v)
		}
		return err
	}))
}
