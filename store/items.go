package store

// Items: what the shop sells.

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// Item is something the shop sells, with its net price.
type Item struct {
	ID      ItemID          `cbor:"-"`
	Code    string          `cbor:"1,keyasint,omitempty"`
	Name    string          `cbor:"2,keyasint"`
	Unit    string          `cbor:"3,keyasint,omitempty"`
	Price   decimal.Decimal `cbor:"4,keyasint"` // net, for one unit
	Tax     invoice.Tax     `cbor:"5,keyasint"`
	Version uint64          `cbor:"-"`
}

// Line is an invoice line of one unit of the item.
func (i Item) Line() invoice.Line {
	return invoice.Line{Code: i.Code, Name: i.Name, Unit: i.Unit, Quantity: decimal.NewFromInt(1), Price: i.Price, Tax: i.Tax}
}

// Items is the price list.
type Items struct{ s *Session }

// Items needs ReadItems.
func (s *Session) Items() (*Items, error) {
	if err := s.need(ReadItems); err != nil {
		return nil, err
	}
	return &Items{s}, nil
}

// List finds items whose name or code contains every word of the query, in the
// order of their names; an item with exactly that code comes first.
func (is *Items) List(query string) ([]Item, error) {
	s := is.s
	if err := s.need(ReadItems); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list, err := s.items.get(s, areaItems, func() ([]Item, error) {
		var out []Item
		err := all(s, areaItems, kindItem, func(id ID, i Item, version uint64) {
			i.ID, i.Version = id, version
			out = append(out, i)
		})
		slices.SortFunc(out, func(a, b Item) int { return strings.Compare(fold(a.Name), fold(b.Name)) })
		return out, err
	})
	if err != nil {
		return nil, err
	}
	m := newMatcher(query)
	if m.empty() {
		return list, nil
	}
	var out []Item
	for _, i := range list {
		switch {
		case i.Code != "" && strings.EqualFold(i.Code, strings.TrimSpace(query)):
			out = slices.Insert(out, 0, i)
		case m.match([]byte(fold(i.Name + " " + i.Code))):
			out = append(out, i)
		}
	}
	return out, nil
}

// Get returns one item.
func (is *Items) Get(id ItemID) (Item, error) {
	list, err := is.List("")
	if err != nil {
		return Item{}, err
	}
	for _, i := range list {
		if i.ID == id {
			return i, nil
		}
	}
	return Item{}, ErrNotFound
}

// Save adds an item whose ID is zero, or changes one. invoice.Problems say what
// is wrong with it.
func (is *Items) Save(i Item) (Item, error) {
	s := is.s
	if err := s.need(EditItems); err != nil {
		return i, err
	}
	trim(&i.Code, &i.Name, &i.Unit)
	if p := i.check(); len(p) > 0 {
		return i, p
	}
	add := i.ID.IsZero()
	e := Event{Kind: ItemChanged}
	if add {
		i.ID, e.Kind = newID(), ItemAdded
	}
	e.Subject = i.ID
	err := s.update(e, func(tx *vault.Tx) error {
		if !add {
			if err := unchangedSince(tx, areaItems, i.ID, i.Version); err != nil {
				return err
			}
		}
		i.Version = tx.Number()
		return write(tx, areaItems, i.ID, kindItem, i)
	})
	if err != nil && add {
		i.ID = ItemID{}
	}
	return i, err
}

// Delete removes an item. Drafts and invoices keep what they took from it.
func (is *Items) Delete(id ItemID) error {
	if err := is.s.need(EditItems); err != nil {
		return err
	}
	return is.s.update(Event{Kind: ItemDeleted, Subject: id}, func(tx *vault.Tx) error {
		return tx.Delete(areaItems, vault.ID(id))
	})
}

func (i Item) check() invoice.Problems {
	var p problems
	p.require("Name", i.Name, maxName)
	p.length("Code", i.Code, 40)
	p.length("Unit", i.Unit, 20)
	if i.Price.IsNegative() {
		p.add("Price", "BR-27")
	}
	p.tax("Tax", i.Tax)
	return invoice.Problems(p)
}

// tax wants a category, and a rate where the category has one.
func (p *problems) tax(field string, t invoice.Tax) {
	hundred := decimal.NewFromInt(100)
	switch {
	case t.Category == "":
		p.add(field, "missing")
	case t.Category == invoice.Standard && (!t.Rate.IsPositive() || t.Rate.GreaterThan(hundred)),
		t.Category != invoice.Standard && !t.Rate.IsZero():
		p.add(field, "rate")
	case t.Reason == "" && t.Category != invoice.Standard && t.Category != invoice.ZeroRated:
		p.add(field+".Reason", "missing")
	}
}
