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

// Home names the field of a customer into which what was found in a text can be
// moved, as Customer calls it: "Phone", "Phone2" where another phone is there
// already, "Email", "VATID", "Address" or "Birthday". It is "" where there is none,
// or the shop does not collect it.
func (g *Guard) Home(c Customer, text string, f sensitive.Finding) (string, error) {
	if err := g.s.need(ReadShop); err != nil {
		return "", err
	}
	rules, err := g.s.guardRules()
	if err != nil {
		return "", err
	}
	fields, err := g.s.collected()
	if err != nil {
		return "", err
	}
	home := mover{fields, rules.o}.home(c, pieceOf(text, f), f.Kind)
	if !fields.Shown(home) {
		return "", nil
	}
	return home, nil
}

// mover is what moving depends on besides the customer.
type mover struct {
	fields Fields
	o      sensitive.Options
}

// home names the field that a piece of a text belongs into, collected or not.
func (m mover) home(c Customer, piece string, k sensitive.Kind) string {
	switch k {
	case sensitive.Phone:
		return m.phone(c, piece)
	case sensitive.Email:
		return "Email"
	case sensitive.Address:
		return "Address"
	case sensitive.BirthDate:
		if m.birthday(piece) != (Birthday{}) {
			return "Birthday"
		}
	case sensitive.TaxID:
		if _, err := ident.VAT(piece); err == nil {
			return "VATID"
		}
	}
	return ""
}

// phone is the second phone where that has room for a number, or has it, and the
// first one does not.
func (m mover) phone(c Customer, piece string) string {
	room := func(name, has string) bool {
		return m.fields.Shown(name) && (has == "" || samePhone([]byte(digits(has)), []byte(digits(piece))))
	}
	if !room("Phone", c.Phone) && room("Phone2", c.Phone2) || !m.fields.Shown("Phone") && m.fields.Shown("Phone2") {
		return "Phone2"
	}
	return "Phone"
}

// birthday reads a date of birth; none where it cannot be told which day it is. The
// year goes along where the shop keeps it.
func (m mover) birthday(piece string) Birthday {
	day, ok := sensitive.Date(piece, m.o)
	if !ok {
		return Birthday{}
	}
	b := Birthday{Month: day.Month(), Day: day.Day()}
	if m.fields.BirthYear {
		b.Year = day.Year()
	}
	return b
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
// in the text or belongs into no field; invoice.Problems, that the shop does not
// collect it.
func (n *Notes) Move(v Note, text string, f sensitive.Finding, replace bool) (Moved, error) {
	s := n.s
	if err := s.need(EditCustomers); err != nil {
		return Moved{}, err
	}
	rules, err := s.guardRules()
	if err != nil {
		return Moved{}, err
	}
	if !slices.ContainsFunc(rules.find(text), func(g GuardFinding) bool {
		return g.Kind == f.Kind && g.Start == f.Start && g.End == f.End
	}) {
		return Moved{}, ErrNotFound
	}
	fields, err := s.collected()
	if err != nil {
		return Moved{}, err
	}
	cs, err := s.Customers()
	if err != nil {
		return Moved{}, err
	}
	c, err := cs.Get(v.Customer)
	if err != nil {
		return Moved{}, err
	}
	piece, m := pieceOf(text, f), mover{fields, rules.o}
	field := m.home(c, piece, f.Kind)
	switch {
	case field == "":
		return Moved{}, ErrNotFound
	case !fields.Shown(field):
		return Moved{}, invoice.Problems{{Field: field, Rule: "not collected"}}
	}
	into, err := cs.tidy(m.moved(c, field, piece))
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

// moved is a customer with something in a field.
func (m mover) moved(c Customer, field, value string) Customer {
	switch field {
	case "Phone":
		c.Phone = value
	case "Phone2":
		c.Phone2 = value
	case "Birthday":
		c.Birthday = m.birthday(value)
	case "Email":
		c.Email = value
	case "VATID":
		c.VATID = value
	case "Address":
		c.Address = addressOf(value, cmp.Or(c.Address.Country, m.o.Country))
	}
	return c
}

// addressOf reads "Am Markt 5, 10115 Berlin", or only a street.
func addressOf(text, country string) invoice.Address {
	a := invoice.Address{Country: country}
	a.Street, a.Postcode, a.City = sensitive.Town(text)
	return a
}

// taken reports whether something would be lost if into took the place of c.
func taken(c, into Customer, field string) bool {
	switch field {
	case "Phone":
		return c.Phone != "" && digits(c.Phone) != digits(into.Phone)
	case "Phone2":
		return c.Phone2 != "" && digits(c.Phone2) != digits(into.Phone2)
	case "Birthday":
		return c.Birthday != Birthday{} && c.Birthday != into.Birthday
	case "Email":
		return c.Email != "" && !strings.EqualFold(c.Email, into.Email)
	case "VATID":
		return c.VATID != "" && c.VATID != into.VATID
	}
	return c.Address.Street+c.Address.City != "" && fold(c.Address.Street) != fold(into.Address.Street)
}
