package store

// Review: what a change of a customer would make different, and what about it
// somebody should look at twice.

import (
	"slices"
	"strings"

	"counterbook/invoice/ident"
)

// Review is what is worth a look before a change is saved.
type Review struct {
	Now       Customer      // as it would be stored
	Fields    []string      // that would change; none: nothing would
	SamePhone []CustomerRow // other customers who have a new phone, as the first or second
	SameEmail []CustomerRow // and the new e-mail address
	SameVAT   []CustomerRow // and a new VAT number
	Domain    string        // what the new e-mail address probably ends in; "" where it looks right
	Drafts    int           // invoices that are not issued yet and bear what changes
}

// Warns says that something looks wrong, or has consequences.
func (r Review) Warns() bool {
	return len(r.SamePhone)+len(r.SameEmail)+len(r.SameVAT)+r.Drafts > 0 || r.Domain != ""
}

// Review looks at a changed customer before it is saved. invoice.Problems and
// ErrChanged say what Save would refuse.
func (cs *Customers) Review(c Customer) (Review, error) {
	if err := cs.s.need(EditCustomers); err != nil {
		return Review{}, err
	}
	old, err := cs.Get(c.ID)
	if err != nil {
		return Review{}, err
	}
	if c, err = cs.fit(old, c); err != nil {
		return Review{}, err
	}
	if old.Version != c.Version {
		return Review{}, ErrChanged
	}
	out := Review{Now: c, Fields: old.differs(c)}
	has := func(fields ...string) bool {
		return slices.ContainsFunc(fields, func(f string) bool { return slices.Contains(out.Fields, f) })
	}
	near, err := cs.Near(old.news(c))
	if err != nil {
		return out, err
	}
	for _, n := range near {
		for likeness, rows := range map[Likeness]*[]CustomerRow{SamePhone: &out.SamePhone, SameEmail: &out.SameEmail, SameVAT: &out.SameVAT} {
			if n.Like.Has(likeness) {
				*rows = append(*rows, n.Row)
			}
		}
	}
	if has("Email") {
		_, out.Domain, _ = strings.Cut(ident.EmailTypo(c.Email), "@")
	}
	if has("Name", "Company", "Address", "VATID", "Others") && cs.s.Can(WriteDrafts) {
		err = all(cs.s, areaDrafts, kindDraft, func(_ ID, d Draft, _ uint64) {
			if slices.Contains(old.ids(), d.Customer) {
				out.Drafts++
			}
		})
	}
	return out, err
}

// news is of b what others may have as well and a has not: phones, the e-mail address
// and VAT numbers.
func (a Customer) news(b Customer) Customer {
	out := Customer{ID: b.ID, Merged: b.Merged, NotSame: b.NotSame, Address: b.Address}
	for _, f := range []struct{ to, was, is *string }{{&out.Phone, &a.Phone, &b.Phone}, {&out.Phone2, &a.Phone2, &b.Phone2},
		{&out.Email, &a.Email, &b.Email}} {
		if *f.is != *f.was {
			*f.to = *f.is
		}
	}
	for _, id := range b.vatIDs() {
		if !slices.Contains(a.vatIDs(), id) {
			out.Others = append(out.Others, Company{VATID: id})
		}
	}
	return out
}
