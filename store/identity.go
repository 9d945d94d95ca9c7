package store

// Identity: whether the customer at the counter is the one on the screen.

import (
	"strings"
)

// Identity is what helps to tell who a customer is.
type Identity struct {
	Namesakes int    // others of the same name
	Differs   string // a field that tells them apart: Company, City, Street or Number; "" without namesakes
	Stale     []string
	Ask       bool // the shop wants to know who it is before something is done
	Phone     bool // there is a phone to ask for
}

// askedDigits is how many of the last digits of a phone are asked for.
const askedDigits = 3

// Identity looks who else has a customer's name, and whether the shop wants to know
// who it is. Who found them by an exact phone or number knows already.
func (cs *Customers) Identity(id CustomerID) (Identity, error) {
	c, err := cs.visible(id)
	if err != nil {
		return Identity{}, err
	}
	sh, err := cs.s.shop()
	if err != nil {
		return Identity{}, err
	}
	out := Identity{Stale: c.Stale(CheckedFields(), sh.StaleMonths, cs.s.now()), Phone: len(digits(c.Phone)) >= askedDigits}
	if !cs.s.Can(BrowseCustomers) {
		return out, nil
	}
	others, err := cs.namesakes(c)
	if err != nil {
		return out, err
	}
	if out.Namesakes = len(others); len(others) > 0 {
		out.Differs = distinguishing(c, others)
	}
	switch sh.AskWho {
	case AskAlways:
		out.Ask = true
	case AskNamesakes:
		out.Ask = len(others) > 0
	case AskUnsure:
		out.Ask = len(others) > 0 || len(out.Stale) > 0
	}
	return out, nil
}

// visible is Get without what the shop does not collect.
func (cs *Customers) visible(id CustomerID) (Customer, error) {
	c, err := cs.Get(id)
	if err != nil {
		return c, err
	}
	fields, err := cs.s.collected()
	return fields.Visible(c), err
}

// namesakes are the other customers whose name is the same but for accents, case
// and the order of its words.
func (cs *Customers) namesakes(c Customer) ([]Customer, error) {
	ix, err := cs.index()
	if err != nil {
		return nil, err
	}
	m := newMatcher(c.Name)
	if m.empty() {
		return nil, nil
	}
	same := strings.Join(nameWords(fold(c.Name)), " ")
	var out []Customer
	for _, row := range ix.find(m) {
		ch, i := ix.at(int(row))
		r := ch.customer(i)
		if r.ID == c.ID || strings.Join(nameWords(fold(r.Name)), " ") != same {
			continue
		}
		other, err := cs.visible(r.ID)
		if err != nil {
			return nil, err
		}
		if out = append(out, other); len(out) == maxNear {
			break
		}
	}
	return out, nil
}

// distinguishing names a field that a customer has and none of the others has so.
func distinguishing(c Customer, others []Customer) string {
	for _, f := range []struct {
		name string
		of   func(Customer) string
	}{
		{"Company", func(c Customer) string { return c.Company }},
		{"City", func(c Customer) string { return c.Address.City }},
		{"Street", func(c Customer) string { return c.Address.Street }},
	} {
		own := fold(f.of(c))
		for _, o := range others {
			if own == fold(f.of(o)) {
				own = ""
			}
		}
		if own != "" {
			return f.name
		}
	}
	return "Number"
}

// Identified reports whether digits are the last three of a customer's phone.
func (cs *Customers) Identified(id CustomerID, typed string) (bool, error) {
	c, err := cs.visible(id)
	if err != nil {
		return false, err
	}
	phone, typed := digits(c.Phone), digits(typed)
	return len(typed) == askedDigits && strings.HasSuffix(phone, typed), nil
}

// SkipIdentity keeps that somebody went on without asking who the customer is.
func (cs *Customers) SkipIdentity(id CustomerID) error {
	if _, err := cs.Get(id); err != nil {
		return err
	}
	return cs.s.logOnly(Event{Kind: IdentitySkipped, Subject: id})
}
