package store

// Uses: on which day each field of the customers was last of use to somebody, so
// that the shop sees what it collects for nothing.

import (
	"context"
	"errors"
	"slices"
	"strings"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// unusedDays is after how many days without use a field is worth a question.
const unusedDays = 90

// uses says of each field when it was last used: printed on an invoice, shown in
// full, or what somebody was found by. It names no customer and nobody of the staff.
// It lies in the customers' area: of a profile that writes nothing there, use is not
// counted.
type uses struct {
	Since invoice.Date `cbor:"1,keyasint"` // the first day of counting
	Last  []FieldUse   `cbor:"2,keyasint,omitempty"`
}

// FieldUse is the day on which a field was last used.
type FieldUse struct {
	Name string       `cbor:"1,keyasint"`
	Day  invoice.Date `cbor:"2,keyasint"`
}

func (u uses) of(name string) invoice.Date {
	for _, l := range u.Last {
		if l.Name == name {
			return l.Day
		}
	}
	return invoice.Date{}
}

// with notes that fields were used on a day, and reports whether that was news.
func (u uses) with(day invoice.Date, names []string) (uses, bool) {
	news := u.Since.IsZero()
	if news {
		u.Since = day
	}
	u.Last = slices.Clone(u.Last)
	for _, name := range names {
		i := slices.IndexFunc(u.Last, func(l FieldUse) bool { return l.Name == name })
		switch {
		case i < 0:
			u.Last, news = append(u.Last, FieldUse{name, day}), true
		case u.Last[i].Day != day:
			u.Last[i].Day, news = day, true
		}
	}
	return u, news
}

const usesName = "uses"

// used notes in a transaction that fields were used today. The first use of a field
// on a day writes; the others do not.
func (s *Session) used(tx *vault.Tx, names ...string) error {
	if !s.opens(areaContacts, true) {
		return nil
	}
	id, err := s.besideID(usesName)
	if err != nil {
		return err
	}
	var u uses
	if _, err := readIn(tx, areaContacts, id, kindUses, &u); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	u, news := u.with(s.today(), names)
	if !news {
		return nil
	}
	return write(tx, areaContacts, id, kindUses, u)
}

// uses reads what was counted.
func (s *Session) uses() (uses, error) {
	var u uses
	id, err := s.besideID(usesName)
	if err != nil {
		return u, err
	}
	if _, err = read(s, areaContacts, id, kindUses, &u); errors.Is(err, ErrNotFound) {
		err = nil
	}
	return u, err
}

// FoundBy notes that a customer was opened whom a query found, so that the fields in
// which its text stands, or the tags, were of use. It writes at most once a day for each
// field.
func (cs *Customers) FoundBy(id CustomerID, q CustomerQuery) error {
	s := cs.s
	if s.preview != nil || !s.opens(areaContacts, true) || strings.TrimSpace(q.Text) == "" && q.Tag == 0 {
		return nil
	}
	c, err := cs.Get(id)
	if err != nil {
		return err
	}
	names := foundIn(c, q.Text)
	if q.Tag != 0 {
		names = append(names, "Tags")
	}
	u, err := s.uses()
	if err != nil {
		return err
	}
	if _, news := u.with(s.today(), names); !news || len(names) == 0 {
		return nil
	}
	return s.update(Event{Kind: FieldsUsed, Fields: names}, func(tx *vault.Tx) error { return s.used(tx, names...) })
}

// foundIn names the fields of a customer in which words of a query stand, or all its
// digits. What stands in the name was found by the name.
func foundIn(c Customer, query string) []string {
	m, name := newMatcher(query), fold(c.Name)
	words := slices.DeleteFunc(m.words, func(w []byte) bool { return strings.Contains(name, string(w)) })
	other := ""
	for _, o := range c.Others {
		other += " " + o.Name + " " + o.VATID
	}
	a := c.Address
	var out []string
	for _, f := range []struct{ name, text, number string }{
		{"Phone", "", digits(c.Phone)}, {"Phone2", "", digits(c.Phone2)}, {"Email", c.Email, ""},
		{"Address", a.Postcode + " " + a.City + " " + a.Street, ""}, {"Company", c.Company, ""}, {"VATID", c.VATID, ""}, {"Others", other, ""},
	} {
		text := fold(f.text)
		if slices.ContainsFunc(words, func(w []byte) bool { return strings.Contains(text, string(w)) }) ||
			len(m.number) > 0 && strings.Contains(f.number, string(m.number)) {
			out = append(out, f.name)
		}
	}
	return out
}

// printedOn names the fields of a customer that stand on a document.
func printedOn(c Customer, d invoice.Document, sh Shop) []string {
	var out []string
	for name, there := range map[string]bool{
		"Company": d.Buyer.Contact != "", "VATID": d.Buyer.VATID != "", "Language": d.Language != "" && d.Language != sh.Language,
		"Address": Customer{Address: d.Buyer.Address}.HasAddress(), "Phone": d.Buyer.Phone != "", "Email": d.Buyer.Email != "",
	} {
		if there {
			out = append(out, name)
		}
	}
	if slices.ContainsFunc(c.Others, func(o Company) bool { return o.Name == d.Buyer.Name }) {
		out = append(out, "Others")
	}
	slices.Sort(out)
	return out
}

// FieldMeter says how much a field holds and whether it is of use.
type FieldMeter struct {
	Rule   FieldRule
	Filled int          // customers who have it
	Of     int          // customers
	Last   invoice.Date // when it was last used; none since counting began
	From   invoice.Date // since when its use counts: the last use, turning it on, a decision to keep it, or the first day of counting
	Unused bool         // it is filled, and for 90 days or more of no use to anybody
}

// Meter measures every field that is part of a customer's record, but for the name.
// It reads all customers: seconds in a large book. It needs EditShop.
func (cs *Customers) Meter(ctx context.Context) ([]FieldMeter, error) {
	s := cs.s
	if err := cs.may(); err != nil {
		return nil, err
	}
	if err := s.need(EditShop); err != nil {
		return nil, err
	}
	fields, err := s.collected()
	if err != nil {
		return nil, err
	}
	u, err := s.uses()
	if err != nil {
		return nil, err
	}
	filled, of := map[string]int{}, 0
	err = explain(s.v.Scan(areaContacts, nil, func(_ vault.ID, plain []byte, _ uint64) error {
		var c Customer
		if err := decode(plain, kindCustomer, &c); errors.Is(err, errOtherKind) {
			return ctx.Err()
		} else if err != nil {
			return err
		}
		of++
		for _, f := range fieldTable {
			if f.put != nil && f.filled(&c) {
				filled[f.name]++
			}
		}
		return ctx.Err()
	}))
	if err != nil {
		return nil, err
	}
	var out []FieldMeter
	for _, f := range fieldTable {
		if f.put == nil || f.name == "Name" {
			continue
		}
		m := FieldMeter{Rule: fields.Rule(f.name), Filled: filled[f.name], Of: of, Last: u.of(f.name), From: u.Since}
		for _, d := range []invoice.Date{m.Last, m.Rule.Since, m.Rule.Kept} {
			if m.From.Before(d) {
				m.From = d
			}
		}
		m.Unused = m.Filled > 0 && !u.Since.IsZero() && !s.today().Before(m.From.AddDays(unusedDays))
		out = append(out, m)
	}
	return out, nil
}
