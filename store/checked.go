package store

// Checks: when somebody last made sure of a detail of a customer, and whether
// that is long ago.

import (
	"fmt"
	"slices"
	"time"

	"counterbook/invoice/ident"
	"counterbook/store/internal/vault"
)

// How says how somebody made sure of a detail. The numbers are part of the file
// format.
type How uint8

const (
	Typed       How = 0 // it was only typed
	ReadBack    How = 1 // it was read back to the customer
	OnDocument  How = 2 // it was seen on a document
	FormatValid How = 3 // its check digits are right; whether the number is in force nobody asked
	Confirmed   How = 4 // the customer said that it is still right
)

// String is a fixed English name, for exports and as a key of texts.
func (h How) String() string {
	switch h {
	case Typed:
		return "typed"
	case ReadBack:
		return "read back"
	case OnDocument:
		return "on document"
	case FormatValid:
		return "format valid"
	case Confirmed:
		return "confirmed"
	}
	return fmt.Sprintf("how %d", h)
}

// byPerson says that somebody asked or looked, and not only typed.
func (h How) byPerson() bool { return h == ReadBack || h == OnDocument || h == Confirmed }

// FieldCheck says of one field when somebody last made sure of it, or typed it.
type FieldCheck struct {
	Field string    `cbor:"1,keyasint"` // one of CheckedFields
	At    time.Time `cbor:"2,keyasint"`
	By    ProfileID `cbor:"3,keyasint,omitzero"` // zero where that was not kept
	How   How       `cbor:"4,keyasint,omitempty"`
}

// Made reports whether somebody made sure of the field.
func (c FieldCheck) Made() bool { return c.How.byPerson() }

// CheckedFields are the fields of which somebody can make sure.
func CheckedFields() []string { return []string{"Phone", "Email", "Address", "VATID"} }

// BillingFields are those of them that an invoice bears.
func BillingFields() []string { return []string{"Address", "VATID"} }

// filled reports whether a field that can be checked has something in it.
func (c Customer) filled(field string) bool {
	switch field {
	case "Phone":
		return c.Phone != ""
	case "Email":
		return c.Email != ""
	case "Address":
		return c.Address.Street != "" || c.Address.City != "" || c.Address.Postcode != ""
	case "VATID":
		return c.VATID != ""
	}
	return false
}

// Checked is the last check of a field, or when the field was last typed. Where
// neither was kept it is when the customer was last changed.
func (c Customer) Checked(field string) FieldCheck {
	if i := slices.IndexFunc(c.Checks, func(k FieldCheck) bool { return k.Field == field }); i >= 0 {
		return c.Checks[i]
	}
	return FieldCheck{Field: field, At: c.Updated}
}

// Stale lists those of the fields that hold something nobody made sure of for more
// than so many months. 0 months: none ever.
func (c Customer) Stale(fields []string, months int, now time.Time) []string {
	var out []string
	for _, f := range fields {
		if months > 0 && c.filled(f) && c.Checked(f).At.AddDate(0, months, 0).Before(now) {
			out = append(out, f)
		}
	}
	return out
}

// sureSince is when somebody last made sure of that detail nobody made sure of for
// longest.
func (c Customer) sureSince() time.Time {
	var out time.Time
	for _, f := range CheckedFields() {
		if at := c.Checked(f).At; c.filled(f) && (out.IsZero() || at.Before(out)) {
			out = at
		}
	}
	if out.IsZero() {
		return c.Updated
	}
	return out
}

// checksAfter are the checks of a customer once it says what c says: a field that
// was changed loses its own, and the others keep theirs, as of now for who has none.
func (old Customer) checksAfter(c Customer, by ProfileID, now time.Time) []FieldCheck {
	changed := old.differs(c)
	var out []FieldCheck
	for _, f := range CheckedFields() {
		switch {
		case !c.filled(f):
		case !slices.Contains(changed, f):
			out = append(out, old.Checked(f))
		case f == "VATID" && ident.HasCheckDigits(c.VATID): // the store takes no number whose check digits are wrong
			out = append(out, FieldCheck{Field: f, At: now, By: by, How: FormatValid})
		default:
			out = append(out, FieldCheck{Field: f, At: now, By: by})
		}
	}
	return out
}

// Check keeps that the session's profile made sure of fields of a customer just
// now. How is ReadBack, OnDocument or Confirmed. ErrNotFound says that one of the
// fields is empty or is none that can be checked.
func (cs *Customers) Check(id CustomerID, fields []string, how How) (Customer, error) {
	s := cs.s
	if err := s.need(EditCustomers); err != nil {
		return Customer{}, err
	}
	if len(fields) == 0 || !how.byPerson() {
		return Customer{}, ErrNotFound
	}
	tags, err := s.tagList()
	if err != nil {
		return Customer{}, err
	}
	var c Customer
	var keep func()
	err = s.update(Event{Kind: DetailsChecked, Subject: id, Fields: fields}, func(tx *vault.Tx) error {
		if _, err := readIn(tx, areaContacts, id, kindCustomer, &c); err != nil {
			return err
		}
		c.ID = id
		was, now := customerRow(c), s.now()
		c.Checks = c.checksAfter(c, s.me(), now)
		for _, f := range fields {
			i := slices.IndexFunc(c.Checks, func(k FieldCheck) bool { return k.Field == f })
			if i < 0 {
				return ErrNotFound
			}
			c.Checks[i] = FieldCheck{Field: f, At: now, By: s.me(), How: how}
		}
		c.Version, c.Tags = tx.Number(), tags.live(c.Tags)
		if err := write(tx, areaContacts, id, kindCustomer, c); err != nil {
			return err
		}
		keep, err = s.edit(tx, &s.customers, []indexRow{was}, []indexRow{customerRow(c)})
		return err
	})
	if err == nil {
		keep()
	}
	return c, err
}

// AskWho says when a shop wants to know that the customer at the counter is the
// one on the screen. The numbers are part of the file format.
type AskWho uint8

const (
	AskUnsure    AskWho = 0 // where others have the same name, or details are stale
	AskNamesakes AskWho = 1 // where others have the same name
	AskAlways    AskWho = 2
	AskNever     AskWho = 3
)

// Asks lists all of them, the usual one first.
func Asks() []AskWho { return []AskWho{AskUnsure, AskNamesakes, AskAlways, AskNever} }

// String is a fixed English name, for exports and as a key of texts.
func (a AskWho) String() string {
	switch a {
	case AskUnsure:
		return "unsure"
	case AskNamesakes:
		return "namesakes"
	case AskAlways:
		return "always"
	case AskNever:
		return "never"
	}
	return fmt.Sprintf("ask %d", a)
}

const (
	// usualStaleMonths is after how many months a detail is stale unless the shop
	// says otherwise.
	usualStaleMonths = 12
	maxStaleMonths   = 120
)

// checkCare says what is wrong with how a shop looks after its customers' details.
func (sh Shop) checkCare(p *problems) {
	p.between("StaleMonths", sh.StaleMonths, 0, maxStaleMonths)
	p.between("AskWho", int(sh.AskWho), 0, int(AskNever))
}
