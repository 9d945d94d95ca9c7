package store

// Drafts: invoices without a number.

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// Draft is an invoice in the making. Doc has no number, and no seller: both
// come when it is issued.
type Draft struct {
	ID         DraftID          `cbor:"-"`
	Customer   CustomerID       `cbor:"1,keyasint,omitempty"` // zero: a one-off recipient, written on the document alone
	Doc        invoice.Document `cbor:"2,keyasint"`
	Author     ProfileID        `cbor:"3,keyasint"`
	Updated    time.Time        `cbor:"4,keyasint"`
	AuthorName string           `cbor:"-"`
	Version    uint64           `cbor:"-"`
}

// Drafts keeps drafts.
type Drafts struct{ s *Session }

// Drafts needs WriteDrafts.
func (s *Session) Drafts() (*Drafts, error) {
	if err := s.need(WriteDrafts); err != nil {
		return nil, err
	}
	return &Drafts{s}, nil
}

// List returns all drafts, the one changed last first.
func (ds *Drafts) List() ([]Draft, error) {
	s := ds.s
	if err := s.need(WriteDrafts); err != nil {
		return nil, err
	}
	names, err := s.nicknames()
	if err != nil {
		return nil, err
	}
	var out []Draft
	err = all(s, areaDrafts, kindDraft, func(id ID, d Draft, version uint64) {
		d.ID, d.Version, d.AuthorName = id, version, names[d.Author]
		out = append(out, d)
	})
	sortNewest(out, func(d Draft) uint64 { return d.Version })
	return out, err
}

// Get returns one draft.
func (ds *Drafts) Get(id DraftID) (Draft, error) {
	if err := ds.s.need(WriteDrafts); err != nil {
		return Draft{}, err
	}
	var d Draft
	version, err := read(ds.s, areaDrafts, id, kindDraft, &d)
	d.ID, d.Version = id, version
	return d, err
}

// Save adds a draft whose ID is zero, or changes one. A draft may be
// incomplete; what is missing is said when it is issued.
func (ds *Drafts) Save(d Draft) (Draft, error) {
	s := ds.s
	if err := s.need(WriteDrafts); err != nil {
		return d, err
	}
	d.Doc = tidyDraft(d.Doc)
	if p := checkDraft(d.Doc); len(p) > 0 {
		return d, p
	}
	add := d.ID.IsZero()
	if add {
		d.ID, d.Author = newDraftID(), s.me()
	}
	d.Updated = s.now()
	if add { // one that is there stays with whom it was for, should a merge be taken back
		var err error
		if d.Customer, err = s.standing(s.v.Get, d.Customer); err != nil {
			return d, err
		}
	}
	err := s.update(Event{Kind: DraftSaved, Subject: d.ID}, func(tx *vault.Tx) error {
		if !add {
			if err := unchangedSince(tx, areaDrafts, d.ID, d.Version); err != nil {
				return err
			}
		}
		d.Version = tx.Number()
		return write(tx, areaDrafts, d.ID, kindDraft, d)
	})
	// After an uncertain commit the ID stays, so that Get can be asked for it.
	if err != nil && add && !errors.Is(err, ErrUncertain) {
		d.ID = DraftID{}
	}
	return d, err
}

// Discard removes a draft.
func (ds *Drafts) Discard(id DraftID) error {
	if err := ds.s.need(WriteDrafts); err != nil {
		return err
	}
	return ds.s.update(Event{Kind: DraftDiscarded, Subject: id}, func(tx *vault.Tx) error {
		return tx.Delete(areaDrafts, vault.ID(id))
	})
}

// newDraftID leaves the first bit clear: a draft's id becomes the invoice's,
// and the id with the bit set its page's.
func newDraftID() DraftID {
	id := newID()
	id[0] &^= paperBit
	return id
}

const (
	maxLines    = 500
	maxAdjusts  = 50
	maxLineName = 500 // what is done by agreement may take a few words more than an item
)

func tidyDraft(d invoice.Document) invoice.Document {
	d = d.Clone()
	d.Number, d.Totals = "", invoice.Totals{}
	d.Buyer = tidyParty(d.Buyer)
	trim(&d.Terms, &d.Note, &d.BuyerReference)
	for i := range d.Lines {
		l := &d.Lines[i]
		trim(&l.Name, &l.Code, &l.Detail, &l.Unit)
		l.Net = decimal.Decimal{}
	}
	return d
}

// checkDraft refuses only what does not fit in a book. A country that is none yet
// may be typed later.
func checkDraft(d invoice.Document) invoice.Problems {
	var p problems
	p.between("Lines", len(d.Lines), 0, maxLines)
	p.between("Adjustments", len(d.Adjustments), 0, maxAdjusts)
	p.party("Buyer", d.Buyer)
	p.place("Buyer.Address", d.Buyer.Address)
	for i, l := range d.Lines {
		at := fmt.Sprintf("Lines[%d]", i)
		p.length(at+".Name", l.Name, maxLineName)
		p.length(at+".Code", l.Code, maxCode)
		p.lines(at+".Detail", l.Detail, maxText)
		p.length(at+".Unit", l.Unit, maxUnit)
		p.adjustments(at+".", l.Adjustments)
	}
	p.adjustments("", d.Adjustments)
	p.length("BuyerReference", d.BuyerReference, maxName)
	p.lines("Terms", d.Terms, maxText)
	p.lines("Note", d.Note, maxText)
	return invoice.Problems(p)
}

func (p *problems) adjustments(field string, all []invoice.Adjustment) {
	for i, a := range all {
		p.length(fmt.Sprintf("%sAdjustments[%d].Reason", field, i), a.Reason, maxName)
	}
}

// sortNewest orders by commit, the last one first.
func sortNewest[T any](list []T, commit func(T) uint64) {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(commit(b), commit(a)) })
}
