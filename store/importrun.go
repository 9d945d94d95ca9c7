package store

// Importing what was planned, in one transaction, and taking it back in one step.

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"counterbook/store/internal/vault"
)

// importKept is for how long an import can be undone, and how long it is known
// which customers came with it.
const importKept = 30 * 24 * time.Hour

// importPart is how many customers one record of an import names.
const importPart = 100_000

// imported is a record of an import, or of a part of a large one. It lies in the
// area of customers, with an id whose first half is that of all imports. The name
// of the file is not kept, as it may name somebody.
type imported struct {
	Import ID        `cbor:"1,keyasint"`
	At     time.Time `cbor:"2,keyasint"`
	By     ProfileID `cbor:"3,keyasint"`
	Commit uint64    `cbor:"4,keyasint"` // that wrote the customers
	Count  int       `cbor:"5,keyasint"` // how many there were in all
	IDs    []byte    `cbor:"6,keyasint"` // 16 bytes a customer; those who were erased since are not there
}

func (r imported) each(fn func(CustomerID)) {
	for id := range slices.Chunk(r.IDs, len(ID{})) {
		if len(id) == len(ID{}) {
			fn(ID(id))
		}
	}
}

// Import is an import that can be undone.
type Import struct {
	ID     ID
	At     time.Time
	By     ProfileID
	ByName string // nickname now
	Count  int
}

// importPrefix is the first half of the ids of imports.
func (s *Session) importPrefix() ([]byte, error) {
	id, err := s.v.Name(areaContacts, "imports")
	return id[:8], explain(err)
}

// Run stores what is to be stored as decided, all of it or nothing: when ctx ends,
// or the program does, nothing was stored. ErrChanged says that the directory is not
// what it was when the plan was made, so that it has to be made anew.
func (p *ImportPlan) Run(ctx context.Context, progress func(done, of int)) (Import, error) {
	s := p.cs.s
	if err := s.need(ImportCustomers); err != nil {
		return Import{}, err
	}
	count := p.Count()
	if count.Notes > 0 {
		if err := s.need(AddNotes); err != nil {
			return Import{}, err
		}
	}
	if count.Stored == 0 {
		return Import{}, ErrNotFound
	}
	r := imported{Import: newID(), At: s.now(), By: s.me(), Count: count.Stored}
	var keep func()
	err := s.update(Event{Kind: CustomersImported, Count: count.Stored}, func(tx *vault.Tx) (err error) {
		if s.v.Changed(areaContactsIndex) != p.at {
			return ErrChanged
		}
		r.Commit = tx.Number()
		keep, err = p.store(ctx, tx, r, progress)
		return err
	})
	if err != nil {
		return Import{}, err
	}
	keep()
	return Import{ID: r.Import, At: r.At, By: r.By, ByName: s.Profile().Nickname, Count: r.Count}, nil
}

// store writes customers, their notes, and the record of the import.
func (p *ImportPlan) store(ctx context.Context, tx *vault.Tx, r imported, progress func(done, of int)) (keep func(), err error) {
	s := p.cs.s
	next, err := s.nextCustomer(tx, r.Count)
	if err != nil {
		return nil, err
	}
	ids := make([]CustomerID, len(p.Rows)) // zero for those that are not stored
	rows := make([]indexRow, 0, r.Count)
	note, err := s.newNote(Note{}) // what all notes have in common
	if err != nil {
		return nil, err
	}
	note.First = tx.Number()
	for i := range p.Rows {
		row := &p.Rows[i]
		if !row.Stored() {
			continue
		}
		if len(rows)%planStep == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			progress(len(rows), r.Count)
		}
		c := row.Customer
		ids[i] = newID()
		c.ID, c.Number, c.Created, c.Updated = ids[i], customerNumber(next+len(rows)), r.At, r.At
		for _, n := range row.Near {
			c.NotSame = append(c.NotSame, n.Row.ID)
		}
		for _, t := range row.Twins {
			if !ids[t].IsZero() {
				c.NotSame = append(c.NotSame, ids[t])
			}
		}
		if err := write(tx, areaContacts, c.ID, kindCustomer, c); err != nil {
			return nil, err
		}
		rows = append(rows, customerRow(c))
		if text := row.KeptNote(); text != "" {
			n := note
			n.ID, n.Customer, n.Text = newID(), c.ID, text
			if err := s.importNote(tx, n); err != nil {
				return nil, err
			}
		}
		r.IDs = append(r.IDs, c.ID[:]...)
	}
	if err := s.keepImport(tx, r); err != nil {
		return nil, err
	}
	progress(r.Count, r.Count)
	return s.edit(tx, &s.customers, nil, rows)
}

// importNote writes a note of a customer.
func (s *Session) importNote(tx *vault.Tx, n Note) error {
	prefix, err := s.notePrefix(n.Customer)
	if err != nil {
		return err
	}
	copy(n.ID[:], prefix)
	return write(tx, areaNotes, n.ID, kindNote, n)
}

// keepImport writes the record of an import, in parts where it is large, and takes
// away those that can no longer be undone.
func (s *Session) keepImport(tx *vault.Tx, r imported) error {
	prefix, err := s.importPrefix()
	if err != nil {
		return err
	}
	if err := deleteWhere(tx, areaContacts, prefix, kindImport, func(o imported) bool { return s.pastUndo(o) }); err != nil {
		return err
	}
	for part := range slices.Chunk(r.IDs, importPart*len(ID{})) {
		id := newID()
		copy(id[:], prefix)
		copy(id[12:], besideEnd)
		one := r
		one.IDs = part
		if err := write(tx, areaContacts, id, kindImport, one); err != nil {
			return err
		}
	}
	return nil
}

// pastUndo says that an import can no longer be undone.
func (s *Session) pastUndo(r imported) bool { return s.now().Sub(r.At) > importKept }

// forgetImported takes customers who are erased out of the records of imports.
func (s *Session) forgetImported(tx *vault.Tx, gone map[CustomerID]bool) error {
	prefix, err := s.importPrefix()
	if err != nil {
		return err
	}
	left := map[ID]imported{}
	err = tx.Scan(areaContacts, prefix, func(id vault.ID, plain []byte, _ uint64) error {
		var r imported
		err := decode(plain, kindImport, &r)
		if errors.Is(err, errOtherKind) {
			return nil
		}
		if err != nil {
			return err
		}
		var ids []byte
		r.each(func(c CustomerID) {
			if !gone[c] {
				ids = append(ids, c[:]...)
			}
		})
		if len(ids) < len(r.IDs) {
			r.IDs = ids
			left[ID(id)] = r
		}
		return nil
	})
	for id, r := range left {
		switch {
		case err != nil:
		case len(r.IDs) == 0:
			err = explain(tx.Delete(areaContacts, vault.ID(id)))
		default:
			err = write(tx, areaContacts, id, kindImport, r)
		}
	}
	return err
}

// importParts reads the records of imports that can be undone.
func (s *Session) importParts() ([]imported, error) {
	prefix, err := s.importPrefix()
	if err != nil {
		return nil, err
	}
	var out []imported
	err = s.v.Scan(areaContacts, prefix, func(_ vault.ID, plain []byte, _ uint64) error {
		var r imported
		err := decode(plain, kindImport, &r)
		if errors.Is(err, errOtherKind) {
			return nil
		}
		if err == nil && !s.pastUndo(r) {
			out = append(out, r)
		}
		return err
	})
	return out, explain(err)
}

// Imports lists the imports that can be undone, the newest first: those of the last
// thirty days of which somebody is left.
func (cs *Customers) Imports() ([]Import, error) {
	s := cs.s
	if err := s.need(ImportCustomers); err != nil {
		return nil, err
	}
	parts, err := s.importParts()
	if err != nil {
		return nil, err
	}
	names, err := s.nicknames()
	if err != nil {
		return nil, err
	}
	slices.SortFunc(parts, func(a, b imported) int { return b.At.Compare(a.At) })
	var out []Import
	for _, r := range parts {
		if !slices.ContainsFunc(out, func(o Import) bool { return o.ID == r.Import }) {
			out = append(out, Import{ID: r.Import, At: r.At, By: r.By, ByName: names[r.By], Count: r.Count})
		}
	}
	return out, nil
}

// StayReason says why a customer stays when their import is undone; the bits add up.
type StayReason uint8

// What has happened to a customer since.
const (
	StaysChanged  StayReason = 1 << iota // the record was changed or checked
	StaysNoted                           // a note was added or changed
	StaysDrafted                         // there is a draft for them
	StaysBilled                          // there is an invoice for them
	StaysReported                        // something in the record was reported
	StaysMerged                          // they were made one with somebody; Customer is who they are now
)

// Stay is a customer who stays.
type Stay struct {
	Customer CustomerRow
	Why      StayReason
}

// Undone says what came of undoing an import.
type Undone struct {
	Gone int
	Stay []Stay // in the order of their numbers
}

// UndoImport removes the customers that came with an import and to whom nothing has
// happened since, with the notes that came with them; the others stay. The book is
// written anew, so that nothing of them is left in it, and the end of ctx before that
// is done leaves everything as it was. An import is undone once.
//
// It needs a step-up, and the rights over all areas in which there may be something
// of a customer.
func (cs *Customers) UndoImport(ctx context.Context, id ID, progress func(done, total int64)) (Undone, error) {
	s := cs.s
	if err := s.need(ImportCustomers); err != nil {
		return Undone{}, err
	}
	if err := s.mayErase(); err != nil {
		return Undone{}, err
	}
	if err := s.needProof(ReadInvoices); err != nil {
		return Undone{}, err
	}
	u, gone, err := cs.sinceImport(id)
	if err != nil {
		return Undone{}, err
	}
	prefix, err := s.importPrefix()
	if err != nil {
		return Undone{}, err
	}
	how := []Wait{{Ctx: ctx, Progress: progress}}
	err = s.rewrite(Event{Kind: ImportUndone, Count: len(gone)}, how, func(tx *vault.Tx) error {
		if _, err := s.eraseIn(tx, gone); err != nil {
			return err
		}
		return deleteWhere(tx, areaContacts, prefix, kindImport, func(r imported) bool { return r.Import == id })
	})
	return u, err
}

// sinceImport says of whom nothing has happened since an import, and who stays.
func (cs *Customers) sinceImport(id ID) (u Undone, gone []CustomerID, err error) {
	s := cs.s
	parts, err := s.importParts()
	if err != nil {
		return u, nil, err
	}
	why := map[CustomerID]StayReason{}
	var commit uint64
	var at time.Time
	for _, r := range parts {
		if r.Import == id {
			commit, at = r.Commit, r.At
			r.each(func(c CustomerID) { why[c] = 0 })
		}
	}
	if commit == 0 {
		return u, nil, ErrNotFound
	}
	mark := func(c CustomerID, r StayReason) {
		if _, ok := why[c]; ok {
			why[c] |= r
		}
	}
	there := map[CustomerID]bool{}
	err = errors.Join(
		all(s, areaContacts, kindCustomer, func(id ID, c Customer, _ uint64) {
			there[id] = true
			// Not the version: a record is also written when somebody like it is erased.
			if !c.Updated.Equal(at) || len(c.Checks) > 0 {
				mark(id, StaysChanged)
			}
		}),
		all(s, areaNotes, kindNote, func(_ ID, n Note, version uint64) {
			if version != commit {
				mark(n.Customer, StaysNoted)
			}
		}),
		all(s, areaDrafts, kindDraft, func(_ ID, d Draft, _ uint64) { mark(d.Customer, StaysDrafted) }))
	if err != nil {
		return u, nil, err
	}
	reports, err := s.reports()
	if err != nil {
		return u, nil, err
	}
	for _, r := range reports {
		mark(r.Customer, StaysReported)
	}
	issued, err := (&Invoices{s}).index()
	if err != nil {
		return u, nil, err
	}
	issued.each(func(_ int, ch *chunk, i int) { mark(ch.customerOf(i), StaysBilled) })
	ix, err := cs.index()
	if err != nil {
		return u, nil, err
	}
	ix.each(func(_ int, ch *chunk, i int) {
		reason, ok := why[ch.ids[i]]
		for _, m := range ch.merged(i) {
			if _, came := why[m.ID]; came {
				reason, ok = reason|why[m.ID]|StaysMerged, true
			}
		}
		switch {
		case !ok || !there[ch.ids[i]]:
		case reason == 0:
			gone = append(gone, ch.ids[i])
		default:
			u.Stay = append(u.Stay, Stay{ch.customer(i), reason})
		}
	})
	slices.SortFunc(u.Stay, func(a, b Stay) int { return strings.Compare(a.Customer.Number, b.Customer.Number) })
	u.Gone = len(gone)
	return u, gone, nil
}
