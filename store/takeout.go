package store

// Takeout: customers that leave the book as a table, as address cards or as a
// printed list. Notes never do.

import (
	"context"
	"errors"
	"slices"
	"strings"

	"counterbook/store/exchange"
)

// Takeout is a way out of the book.
type Takeout uint8

// The ways, each with a right of its own.
const (
	AsTable Takeout = iota // ExportCustomers
	AsCards                // ExportCards
	AsList                 // PrintCustomers: on paper
)

var takeouts = map[Takeout]struct {
	right Right
	event EventKind
}{
	AsTable: {ExportCustomers, CustomersExported},
	AsCards: {ExportCards, CardsExported},
	AsList:  {PrintCustomers, CustomersPrinted},
}

// Right is what a way out needs.
func (t Takeout) Right() Right { return takeouts[t].right }

// TakeoutFields lists what of a customer can be taken out, in the order of columns:
// what the shop collects.
func (cs *Customers) TakeoutFields() ([]exchange.Field, error) {
	fields, err := cs.s.collected()
	out := []exchange.Field{exchange.Number}
	for _, f := range importFields {
		if !slices.Contains(notTakenOut, f.is) && fields.Shown(f.of) {
			out = append(out, f.is)
		}
	}
	return out, err
}

// notTakenOut are parts of others, and notes.
var notTakenOut = []exchange.Field{exchange.First, exchange.Last, exchange.Note}

// field is what a customer's record says in a field.
func (l tagList) field(c Customer, f exchange.Field) string {
	switch f {
	case exchange.Number:
		return c.Number
	case exchange.Name:
		return c.Name
	case exchange.Company:
		return c.Company
	case exchange.Phone:
		return c.Phone
	case exchange.Phone2:
		return c.Phone2
	case exchange.Birthday:
		return c.Birthday.String()
	case exchange.Tags:
		return strings.Join(l.names(c.Tags), ", ")
	case exchange.Email:
		return c.Email
	case exchange.Street:
		return c.Address.Street
	case exchange.Street2:
		return c.Address.Street2
	case exchange.Postcode:
		return c.Address.Postcode
	case exchange.City:
		return c.Address.City
	case exchange.Region:
		return c.Address.Region
	case exchange.Country:
		return c.Address.Country
	case exchange.VAT:
		return c.VATID
	case exchange.Language:
		return c.Language
	}
	return ""
}

// TakeOut gives fn the chosen fields of each customer, in the order of who. It needs
// the right of the way, and a step-up. The log says that so many left, and which
// fields, before any of them does. ErrNotFound says that one of them is none of
// TakeoutFields. Who was erased meanwhile is left out; the end of
// ctx and an error of fn end it.
func (cs *Customers) TakeOut(ctx context.Context, way Takeout, fields []exchange.Field, who CustomersFound, fn func(cells []string, done, of int) error) error {
	s := cs.s
	w, ok := takeouts[way]
	if !ok {
		return ErrNotFound
	}
	if err := s.needProof(w.right); err != nil {
		return err
	}
	if err := s.need(BrowseCustomers); err != nil {
		return err
	}
	may, err := cs.TakeoutFields()
	if err != nil {
		return err
	}
	tags, err := s.tagList()
	if err != nil {
		return err
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		if !slices.Contains(may, f) {
			return ErrNotFound
		}
		names[i] = string(f)
	}
	if err := s.logOnly(Event{Kind: w.event, Count: who.Len(), Fields: names}); err != nil {
		return err
	}
	for i := range who.Len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.need(w.right); err != nil { // what is taken away is gone at once
			return err
		}
		c, err := cs.Get(who.At(i).ID)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		cells := make([]string, len(fields))
		for j, f := range fields {
			cells[j] = tags.field(c, f)
		}
		if err := fn(cells, i+1, who.Len()); err != nil {
			return err
		}
	}
	return nil
}
