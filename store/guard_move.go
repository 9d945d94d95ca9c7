package store

// Moving what the guard found from a note into the field of the customer where it
// belongs.

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/store/internal/vault"
	"counterbook/store/sensitive"
)

// ErrTaken matches every TakenError.
var ErrTaken = errors.New("store: the field holds something else")

// TakenError says that a field already holds something else than what would be
// moved there. It names the field; what it holds, who asks reads in the record.
type TakenError struct{ Field string }

func (e *TakenError) Error() string { return ErrTaken.Error() + ": " + e.Field }

// Is makes every TakenError an ErrTaken.
func (e *TakenError) Is(target error) bool { return target == ErrTaken }

// HomeOf names the field of a customer that what was found in a text belongs into,
// as Customer calls it: "Phone", "Email", "VATID" or "Address"; "" where there is
// none.
func HomeOf(text string, f sensitive.Finding) string {
	switch f.Kind {
	case sensitive.Phone:
		return "Phone"
	case sensitive.Email:
		return "Email"
	case sensitive.Address:
		return "Address"
	case sensitive.TaxID:
		if _, err := ident.VAT(pieceOf(text, f)); err == nil {
			return "VATID"
		}
	}
	return ""
}

// pieceOf is what was found, on one line.
func pieceOf(text string, f sensitive.Finding) string {
	return strings.Join(strings.Fields(text[f.Start:f.End]), " ")
}

// Moved is what became of a note from which something was moved.
type Moved struct {
	Customer Customer
	Text     string // the text that was given, without it
	Note     Note   // as it is in the book now; without an ID where there is none, or nothing was left of it
}

// Move puts what was found in the text of a note, as it stands in an editor, into
// the customer's field and takes it out of the note in the book, where there is one
// that has it too: v is that note, or a new one without an ID. What else was typed is
// not saved. A note of which nothing is left is deleted.
//
// It needs EditCustomers, and what changing the note needs. A TakenError says that
// the field holds something else, which replace gives up; ErrNotFound, that f is not
// in the text.
func (n *Notes) Move(v Note, text string, f sensitive.Finding, replace bool) (Moved, error) {
	s := n.s
	if err := s.need(EditCustomers); err != nil {
		return Moved{}, err
	}
	rules, err := s.guardRules()
	if err != nil {
		return Moved{}, err
	}
	field := ""
	if slices.ContainsFunc(rules.find(text), func(g GuardFinding) bool {
		return g.Kind == f.Kind && g.Start == f.Start && g.End == f.End
	}) {
		field = HomeOf(text, f)
	}
	if field == "" {
		return Moved{}, ErrNotFound
	}
	cs, err := s.Customers()
	if err != nil {
		return Moved{}, err
	}
	c, err := cs.Get(v.Customer)
	if err != nil {
		return Moved{}, err
	}
	into, err := cs.tidy(moved(c, field, pieceOf(text, f), rules.o.Country))
	if err != nil {
		return Moved{}, err
	}
	if taken(c, into, field) && !replace {
		return Moved{}, &TakenError{field}
	}
	out := Moved{Note: v, Text: sensitive.Remove(text, f)}
	if v.ID.IsZero() {
		out.Customer, err = cs.change(into, NoteMoved)
		return out, err
	}
	if err := n.mayTouch(v, EditNotes); err != nil {
		return Moved{}, err
	}
	e := Event{Kind: NoteMoved, Subject: c.ID, Fields: []string{field}}
	out.Customer, err = cs.change(into, NoteMoved, s.logged(e, func(tx *vault.Tx) error {
		old, err := n.oldIn(tx, v)
		if err != nil {
			return err
		}
		out.Note, err = n.without(tx, rules, old, v.ID, text[f.Start:f.End])
		return err
	}))
	return out, err
}

// without takes a piece out of a note in the book.
func (n *Notes) without(tx *vault.Tx, rules guardRules, v Note, id NoteID, piece string) (Note, error) {
	found := rules.find(v.Text)
	at := slices.IndexFunc(found, func(g GuardFinding) bool { return v.Text[g.Start:g.End] == piece })
	v.ID = id
	if at < 0 {
		_, version, err := tx.Get(areaNotes, vault.ID(id))
		v.Version = version
		return v, explain(err)
	}
	v.Text = strings.TrimSpace(sensitive.Remove(v.Text, found[at].Finding))
	if v.Text == "" {
		return Note{}, explain(tx.Delete(areaNotes, vault.ID(id)))
	}
	count := map[string]int{}
	for _, g := range rules.find(v.Text) {
		count[g.Kind.String()]++
	}
	var left []GuardReason
	for _, r := range v.Reasons {
		if r.Count = min(r.Count, count[r.Kind]); r.Count > 0 {
			left = append(left, r)
		}
	}
	v.Reasons, v.Edited, v.Version = left, n.s.now(), tx.Number()
	return v, write(tx, areaNotes, id, kindNote, v)
}

// moved is a customer with something in a field. country is the shop's.
func moved(c Customer, field, value, country string) Customer {
	switch field {
	case "Phone":
		c.Phone = value
	case "Email":
		c.Email = value
	case "VATID":
		c.VATID = value
	case "Address":
		c.Address = addressOf(value, cmp.Or(c.Address.Country, country))
	}
	return c
}

// addressOf reads "Am Markt 5, 10115 Berlin", or only a street.
func addressOf(text, country string) invoice.Address {
	a := invoice.Address{Street: text, Country: country}
	if street, town, ok := strings.Cut(text, ","); ok {
		a.Street = street
		a.Postcode, a.City, _ = strings.Cut(strings.TrimSpace(town), " ")
	}
	return a
}

// taken reports whether something would be lost if into took the place of c.
func taken(c, into Customer, field string) bool {
	switch field {
	case "Phone":
		return c.Phone != "" && digits(c.Phone) != digits(into.Phone)
	case "Email":
		return c.Email != "" && !strings.EqualFold(c.Email, into.Email)
	case "VATID":
		return c.VATID != "" && c.VATID != into.VATID
	}
	return c.Address.Street+c.Address.City != "" && fold(c.Address.Street) != fold(into.Address.Street)
}
