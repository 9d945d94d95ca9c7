package store

// Merging: one customer made of two who turned out to be the same person, and
// two of one again.
//
// Nothing of the one who goes is moved. Its id leads to the survivor, whose record
// names it; notes, drafts, invoices and whatever else bears that id are looked for
// under all ids of a customer. What belongs to whom therefore stays known, and
// taking a merge back is exact.

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// UnmergeDays is for how many days a merge can be taken back. What is kept for
// that goes when somebody signs in after it.
const UnmergeDays = 30

// MergedAs is what a customer was in the book as besides, until they were merged.
type MergedAs struct {
	ID     CustomerID `cbor:"1,keyasint"`
	Number string     `cbor:"2,keyasint"`
	Phone  string     `cbor:"3,keyasint,omitempty"`
	At     time.Time  `cbor:"4,keyasint"`
	Phone2 string     `cbor:"5,keyasint,omitempty"`
}

// ErrMergeOver says that a merge is too long ago to be taken back.
var ErrMergeOver = errors.New("store: the merge cannot be taken back any more")

// ErrMergedLater matches every MergedLaterError.
var ErrMergedLater = errors.New("store: a later merge is in the way")

// MergedLaterError says that the survivor of a merge was merged itself since. That
// is to be taken back first.
type MergedLaterError struct {
	First  CustomerID // what Unmerge is to be called with first
	Number string     // its number
}

func (e *MergedLaterError) Error() string { return ErrMergedLater.Error() }

// Is makes every MergedLaterError an ErrMergedLater.
func (e *MergedLaterError) Is(target error) bool { return target == ErrMergedLater }

// mergedInto is what stands in the place of a customer who was merged.
type mergedInto struct {
	Into CustomerID `cbor:"1,keyasint"`
}

// mergeRecord is what taking a merge back needs. Was and Made are the survivor
// before and after it, without Merged, which follows from Left.
type mergeRecord struct {
	Into   CustomerID `cbor:"1,keyasint"`
	Gone   CustomerID `cbor:"2,keyasint"`
	At     time.Time  `cbor:"3,keyasint"`
	By     ProfileID  `cbor:"4,keyasint"`
	Commit uint64     `cbor:"5,keyasint"` // the order of merges
	Was    Customer   `cbor:"6,keyasint"`
	Made   Customer   `cbor:"7,keyasint"`
	Left   Customer   `cbor:"8,keyasint"` // the one who is gone, as it was
}

func (m mergeRecord) over(now time.Time) bool { return now.After(m.At.AddDate(0, 0, UnmergeDays)) }

// getter reads a record: from the book, or as a transaction sees it.
type getter = func(vault.Area, vault.ID) ([]byte, uint64, error)

// mostMerges is how many merges an id is followed through. Ids never lead in a
// circle, unless a changed program wrote them.
const mostMerges = 10000

// customerAt reads the customer that an id leads to.
func customerAt(get getter, id CustomerID) (Customer, error) {
	c, _, err := follow(get, id)
	return c, err
}

// follow reads the customer that an id leads to, and says who was merged into them
// last on the way, zero for an id of their own.
func follow(get getter, id CustomerID) (c Customer, by CustomerID, err error) {
	for range mostMerges {
		plain, version, err := get(areaContacts, vault.ID(id))
		if err != nil {
			return Customer{}, by, explain(err)
		}
		if err = decode(plain, kindCustomer, &c); err == nil {
			c.ID, c.Version = id, version
			return c, by, nil
		}
		var m mergedInto
		if errors.Is(err, errOtherKind) {
			err = decode(plain, kindMerged, &m)
		}
		if err != nil {
			return Customer{}, by, notOther(err)
		}
		id, by = m.Into, id
	}
	return Customer{}, by, ErrNotFound
}

// ids are all ids that lead to the customer, the own one first.
func (c Customer) ids() []CustomerID {
	out := []CustomerID{c.ID}
	for _, m := range c.Merged {
		out = append(out, m.ID)
	}
	return out
}

// idsOf are all ids of the customer that an id leads to, the own one first. One
// that leads nowhere, or that the session cannot follow, is alone.
func (s *Session) idsOf(get getter, id CustomerID) ([]CustomerID, error) {
	if id.IsZero() || !s.v.Reads(areaContacts) {
		return []CustomerID{id}, nil
	}
	c, err := customerAt(get, id)
	if errors.Is(err, ErrNotFound) {
		return []CustomerID{id}, nil
	}
	return c.ids(), err
}

// standing is the own id of the customer that an id leads to: what is new belongs
// to them.
func (s *Session) standing(get getter, id CustomerID) (CustomerID, error) {
	ids, err := s.idsOf(get, id)
	if err != nil {
		return id, err
	}
	return ids[0], nil
}

// mergePrefix is the first half of the ids of all merge records.
func (s *Session) mergePrefix() ([]byte, error) {
	id, err := s.v.Name(areaContacts, "merges")
	return id[:8], explain(err)
}

// mergeID is the id of the merge record of a customer who is gone.
func (s *Session) mergeID(gone CustomerID) (ID, error) {
	prefix, err := s.mergePrefix()
	if err != nil {
		return ID{}, err
	}
	id, err := s.v.Name(areaContacts, "merge "+gone.String())
	copy(id[:], prefix)
	copy(id[12:], besideEnd)
	return ID(id), explain(err)
}

// mayMerge wants what a merge is: two records become one that is changed.
func (s *Session) mayMerge() error {
	for _, r := range []Right{MergeCustomers, EditCustomers} {
		if err := s.need(r); err != nil {
			return err
		}
	}
	return nil
}

// Merge makes one customer of two, given as they were read. keep goes on, with the
// fields of choice, and all that belonged to gone is found with it, by the old id,
// number and phones too. Issued invoices stay as they are. invoice.Problems say what
// is wrong with choice; ErrChanged, that somebody saved or merged one of the two
// meanwhile.
func (cs *Customers) Merge(keep, gone, choice Customer) (Customer, error) {
	s := cs.s
	if err := s.mayMerge(); err != nil {
		return Customer{}, err
	}
	if keep.ID == gone.ID {
		return Customer{}, ErrNotFound
	}
	c, err := cs.tidy(choice)
	if err != nil {
		return Customer{}, err
	}
	tags, err := s.tagList()
	if err != nil {
		return Customer{}, err
	}
	var kept func()
	err = s.update(Event{Kind: CustomersMerged, Subject: keep.ID}, func(tx *vault.Tx) error {
		a, b, err := bothAsRead(tx, keep, gone)
		if err != nil {
			return err
		}
		was := a
		was.Tags = tags.live(a.Tags)
		if err := s.keepChange(tx, was, was.differs(c)); err != nil {
			return err
		}
		now := s.now()
		c.ID, c.Number, c.Version, c.Created, c.Updated = a.ID, a.Number, tx.Number(), earlier(a.Created, b.Created), now
		c.NotSame, c.Checks = notSameOf(a, b), checksOf(c, a, b)
		c.Merged = slices.Concat(a.Merged, b.Merged, []MergedAs{{ID: b.ID, Number: b.Number, Phone: b.Phone, Phone2: b.Phone2, At: now}})
		if p := c.check(); len(p) > 0 {
			return invoice.Problems(p)
		}
		id, err := s.mergeID(b.ID)
		if err != nil {
			return err
		}
		m := mergeRecord{Into: a.ID, Gone: b.ID, At: now, By: s.me(), Commit: tx.Number(), Was: a, Made: c, Left: b}
		m.Was.Merged, m.Made.Merged = nil, nil
		if err := write(tx, areaContacts, id, kindMerge, m); err != nil {
			return err
		}
		if err := write(tx, areaContacts, b.ID, kindMerged, mergedInto{a.ID}); err != nil {
			return err
		}
		if err := write(tx, areaContacts, a.ID, kindCustomer, c); err != nil {
			return err
		}
		if err := s.notTwice(tx, c.ids()); err != nil {
			return err
		}
		kept, err = s.edit(tx, &s.customers, []indexRow{customerRow(a), customerRow(b)}, []indexRow{customerRow(c)})
		return err
	})
	if err != nil {
		return Customer{}, err
	}
	kept()
	return c, nil
}

// bothAsRead reads two customers who are to be as they were read.
func bothAsRead(tx *vault.Tx, keep, gone Customer) (a, b Customer, err error) {
	if a, err = customerAt(tx.Get, keep.ID); err == nil {
		b, err = customerAt(tx.Get, gone.ID)
	}
	if err == nil && (a.ID != keep.ID || a.Version != keep.Version || b.ID != gone.ID || b.Version != gone.Version) {
		err = ErrChanged
	}
	return a, b, err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// notSameOf is who is somebody else than one made of two.
func notSameOf(a, b Customer) []CustomerID {
	var out []CustomerID
	own := slices.Concat(a.ids(), b.ids())
	for _, id := range slices.Concat(a.NotSame, b.NotSame) {
		if !slices.Contains(own, id) && !slices.Contains(out, id) && len(out) < maxNotSame {
			out = append(out, id)
		}
	}
	return out
}

// checksOf is when somebody made sure of the fields of one made of two.
func checksOf(c, a, b Customer) []FieldCheck {
	var out []FieldCheck
	for _, field := range CheckedFields() {
		of := a
		if slices.Contains(a.differs(c), field) && !slices.Contains(b.differs(c), field) {
			of = b
		}
		if i := slices.IndexFunc(of.Checks, func(k FieldCheck) bool { return k.Field == field }); i >= 0 {
			out = append(out, of.Checks[i])
		}
	}
	return out
}

// Unmerge takes back a merge, given who is gone since, and returns them as they
// are again. What happened to the survivor since stays with the survivor, but for
// what bears the other's id: its notes, drafts and invoices. ErrNotFound says that
// there is no such merge, ErrMergeOver that it was too long ago, and a
// MergedLaterError what is to be taken back before.
func (cs *Customers) Unmerge(gone CustomerID) (Customer, error) {
	s := cs.s
	if err := s.mayMerge(); err != nil {
		return Customer{}, err
	}
	m, err := s.mergeOf(s.v.Get, gone)
	if err != nil {
		return Customer{}, err
	}
	if m.over(s.now()) {
		return Customer{}, ErrMergeOver
	}
	return s.unmerge(m)
}

// mergeOf reads the merge record of a customer who is gone.
func (s *Session) mergeOf(get getter, gone CustomerID) (mergeRecord, error) {
	var m mergeRecord
	id, err := s.mergeID(gone)
	if err != nil {
		return m, err
	}
	plain, _, err := get(areaContacts, vault.ID(id))
	if err != nil {
		return m, explain(err)
	}
	return m, notOther(decode(plain, kindMerge, &m))
}

func (s *Session) unmerge(m mergeRecord) (Customer, error) {
	var left Customer
	var kept func()
	err := s.update(Event{Kind: CustomersUnmerged, Subject: m.Into}, func(tx *vault.Tx) error {
		m, err := s.mergeOf(tx.Get, m.Gone)
		if err != nil {
			return err
		}
		was, by, err := follow(tx.Get, m.Into)
		if err != nil {
			return err
		}
		if !by.IsZero() {
			return mergedLater(was, by)
		}
		now, err := s.takeBack(tx, m, was)
		if err != nil {
			return err
		}
		left = m.Left
		left.ID, left.Version = m.Gone, tx.Number()
		if err := write(tx, areaContacts, left.ID, kindCustomer, left); err != nil {
			return err
		}
		if err := write(tx, areaContacts, now.ID, kindCustomer, now); err != nil {
			return err
		}
		kept, err = s.edit(tx, &s.customers, []indexRow{customerRow(was)}, []indexRow{customerRow(now), customerRow(left)})
		return err
	})
	if err != nil {
		return Customer{}, err
	}
	kept()
	return left, nil
}

// mergedLater names a merge that is to be taken back before.
func mergedLater(c Customer, first CustomerID) error {
	e := &MergedLaterError{First: first}
	for _, m := range c.Merged {
		if m.ID == first {
			e.Number = m.Number
		}
	}
	return e
}

// takeBack makes of the survivor what it is without a merge, deletes the merge's
// record, and has later merges of the same survivor not bring it back.
func (s *Session) takeBack(tx *vault.Tx, m mergeRecord, now Customer) (Customer, error) {
	later, err := s.mergesAfter(tx, m)
	if err != nil {
		return now, err
	}
	whole := now
	whole.Merged, whole.ID, whole.Version = nil, CustomerID{}, 0
	same := len(later) == 0 && sameCustomer(whole, m.Made)
	versions := make([]*Customer, 0, 2*len(later)+1)
	for i := range later {
		versions = append(versions, &later[i].Was, &later[i].Made)
	}
	without(append(versions, &now), m.Made, m.Was)
	if now.Updated = s.now(); same {
		now.Updated = m.Was.Updated
	}
	back := append(m.Left.ids()[1:], m.Gone)
	now.Merged = slices.DeleteFunc(slices.Clone(now.Merged), func(a MergedAs) bool { return slices.Contains(back, a.ID) })
	for _, l := range later {
		id, err := s.mergeID(l.Gone)
		if err != nil {
			return now, err
		}
		if err := write(tx, areaContacts, id, kindMerge, l); err != nil {
			return now, err
		}
	}
	if err := s.forgetMade(tx, m); err != nil {
		return now, err
	}
	id, err := s.mergeID(m.Gone)
	if err != nil {
		return now, err
	}
	return now, tx.Delete(areaContacts, vault.ID(id))
}

// forgetMade takes out of what the survivor's record said since a merge what the
// merge had made of it: nothing of the other one stays there, should they be erased.
// The change that the merge was goes.
func (s *Session) forgetMade(tx *vault.Tx, m mergeRecord) error {
	list, err := s.changes(tx.Scan, m.Into)
	for _, v := range list {
		if err != nil || v.First < m.Commit {
			break
		}
		if v.First == m.Commit {
			return tx.Delete(areaContacts, vault.ID(v.ID))
		}
		said := v.Undone(m.Made)
		without([]*Customer{&said}, m.Made, m.Was)
		v.Was.take(said, v.Fields)
		err = write(tx, areaContacts, v.ID, kindChange, v)
	}
	return err
}

// merges lists the merge records in the order of merges.
func (s *Session) merges(scan scanner) ([]mergeRecord, error) {
	prefix, err := s.mergePrefix()
	if err != nil {
		return nil, err
	}
	var out []mergeRecord
	err = scan(areaContacts, prefix, func(_ vault.ID, plain []byte, _ uint64) error {
		var m mergeRecord
		err := decode(plain, kindMerge, &m)
		if errors.Is(err, errOtherKind) {
			return nil
		}
		out = append(out, m)
		return err
	})
	slices.SortFunc(out, func(a, b mergeRecord) int { return cmp.Compare(a.Commit, b.Commit) })
	return out, explain(err)
}

func (s *Session) mergesAfter(tx *vault.Tx, m mergeRecord) ([]mergeRecord, error) {
	all, err := s.merges(tx.Scan)
	return slices.DeleteFunc(all, func(o mergeRecord) bool { return o.Into != m.Into || o.Commit <= m.Commit }), err
}

// Merges lists the merges of a customer that can be taken back, the last one first.
// Those of whom the customer was made with others before come with them.
func (cs *Customers) Merges(id CustomerID) ([]Merge, error) {
	s := cs.s
	if err := s.mayMerge(); err != nil {
		return nil, err
	}
	all, err := s.merges(s.v.Scan)
	var out []Merge
	for _, m := range all {
		if m.Into == id && !m.over(s.now()) {
			out = append(out, Merge{Gone: m.Gone, Number: m.Left.Number, Name: m.Left.Name, At: m.At, Until: m.At.AddDate(0, 0, UnmergeDays)})
		}
	}
	slices.Reverse(out)
	return out, err
}

// Merge is a merge that can be taken back.
type Merge struct {
	Gone   CustomerID // what Unmerge is called with
	Number string     // of the one who is gone
	Name   string
	At     time.Time
	Until  time.Time // when it cannot be taken back any more
}

// MergeTraces counts what a merge brings along with a customer, as far as the
// session may see it.
func (cs *Customers) MergeTraces(id CustomerID) (Traces, error) {
	if err := cs.s.mayMerge(); err != nil {
		return Traces{}, err
	}
	c, err := cs.Get(id)
	if err != nil {
		return Traces{}, err
	}
	return cs.s.traces(c)
}

// sweepMerges deletes what would take back merges that are too long ago. While
// those who were erased are still to be erased again, it stays: it says what belonged
// to them.
func (s *Session) sweepMerges() error {
	if s.preview != nil || s.book.Standing() != nil || s.mayMerge() != nil || s.mayErase() != nil || !s.v.Writes(areaInvoices) || s.EraseDue() {
		return nil
	}
	due := func(scan scanner) (out []ID, err error) {
		all, err := s.merges(scan)
		for _, m := range all {
			id, err := s.mergeID(m.Gone)
			if err != nil {
				return nil, err
			}
			if m.over(s.now()) {
				out = append(out, id)
			}
		}
		return out, err
	}
	if old, err := due(s.v.Scan); err != nil || len(old) == 0 {
		return err
	}
	return explain(s.change(func(tx *vault.Tx) error {
		old, err := due(tx.Scan)
		for _, id := range old {
			if err == nil {
				err = tx.Delete(areaContacts, vault.ID(id))
			}
		}
		return err
	}))
}
