package store

// Customers: the directory.

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/store/internal/vault"
)

// Customer is one record of the directory.
type Customer struct {
	ID       CustomerID      `cbor:"-"`
	Number   string          `cbor:"1,keyasint"` // C-01093, given on saving
	Name     string          `cbor:"2,keyasint"`
	Company  string          `cbor:"3,keyasint,omitempty"`
	Phone    string          `cbor:"4,keyasint,omitempty"`
	Email    string          `cbor:"5,keyasint,omitempty"`
	Address  invoice.Address `cbor:"6,keyasint,omitempty"`
	VATID    string          `cbor:"7,keyasint,omitempty"`
	Language string          `cbor:"8,keyasint,omitempty"` // of documents; empty is the shop's
	Created  time.Time       `cbor:"9,keyasint"`
	Updated  time.Time       `cbor:"10,keyasint"`
	Version  uint64          `cbor:"-"` // the commit that wrote it
}

// Party is the customer as the buyer of an invoice: the company if there is
// one, with the person as contact.
func (c Customer) Party() invoice.Party {
	p := invoice.Party{Name: c.Name, Address: c.Address, VATID: c.VATID, Email: c.Email, Phone: c.Phone}
	if c.Company != "" {
		p.Name, p.Contact = c.Company, c.Name
	}
	return p
}

// Customers is the directory as the session may use it.
type Customers struct{ s *Session }

// Customers needs BrowseCustomers or FindCustomers.
func (s *Session) Customers() (*Customers, error) {
	if err := s.need(FindCustomers); err != nil {
		if s.need(BrowseCustomers) != nil {
			return nil, err
		}
	}
	return &Customers{s}, nil
}

func (cs *Customers) directory() (*directory, error) {
	s := cs.s
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.customers.get(s, areaContacts, func() (*directory, error) {
		var list []Customer
		err := all(s, areaContacts, kindCustomer, func(id ID, c Customer, version uint64) {
			c.ID, c.Version = id, version
			list = append(list, c)
		})
		return newDirectory(list), err
	})
}

// List finds customers that contain every word of the query, or its digits in
// the phone, in the order of their names. Without BrowseCustomers only an exact
// phone or number finds, and at most one.
func (cs *Customers) List(query string) ([]Customer, error) {
	d, err := cs.directory()
	if err != nil {
		return nil, err
	}
	if !cs.s.Can(BrowseCustomers) {
		return d.exact(query), nil
	}
	m := newMatcher(query)
	if m.empty() {
		return d.all(), nil
	}
	var out []Customer
	for _, r := range d.rows {
		if m.match(r.text, r.nums) {
			out = append(out, r.c)
		}
	}
	return out, nil
}

// Count is how many customers there are.
func (cs *Customers) Count() (int, error) {
	d, err := cs.directory()
	if err != nil {
		return 0, err
	}
	return len(d.rows), nil
}

// Get returns one customer.
func (cs *Customers) Get(id CustomerID) (Customer, error) {
	d, err := cs.directory()
	if err != nil {
		return Customer{}, err
	}
	r := d.byID[id]
	if r == nil {
		return Customer{}, ErrNotFound
	}
	return r.c, nil
}

// Reveal returns a contact detail in full, and logs that it was shown. Field is
// "Phone" or "Email".
func (cs *Customers) Reveal(id CustomerID, field string) (string, error) {
	if err := cs.s.need(RevealContact); err != nil {
		return "", err
	}
	c, err := cs.Get(id)
	if err != nil {
		return "", err
	}
	v, ok := map[string]string{"Phone": c.Phone, "Email": c.Email}[field]
	if !ok {
		return "", ErrNotFound
	}
	return v, cs.s.logOnly(Event{Kind: ContactShown, Subject: id, Fields: []string{field}})
}

// Save adds a customer whose ID is zero, or changes one. The result is what was
// stored. invoice.Problems say what is wrong with it; ErrChanged says that
// somebody else saved it meanwhile.
func (cs *Customers) Save(c Customer) (Customer, error) {
	s := cs.s
	add := c.ID.IsZero()
	right, e := EditCustomers, Event{Kind: CustomerChanged, Subject: c.ID}
	if add {
		right, e.Kind = CreateCustomers, CustomerAdded
	}
	if err := s.need(right); err != nil {
		return c, err
	}
	c = c.tidy()
	if p := c.check(); len(p) > 0 {
		return c, p
	}
	if add {
		c.ID = newID()
		e.Subject = c.ID
	} else {
		old, err := cs.Get(c.ID)
		if err != nil {
			return c, err
		}
		if e.Fields = old.differs(c); len(e.Fields) == 0 && old.Version == c.Version {
			return old, nil
		}
		c.Number, c.Created = old.Number, old.Created
	}
	c.Updated = s.now()
	before := s.v.Changed(areaContacts)
	err := s.update(e, func(tx *vault.Tx) (err error) {
		if add {
			c.Created = c.Updated
			if c.Number, err = s.nextCustomer(tx, 1); err != nil {
				return err
			}
		} else if err := unchangedSince(tx, areaContacts, c.ID, c.Version); err != nil {
			return err
		}
		c.Version = tx.Number()
		return write(tx, areaContacts, c.ID, kindCustomer, c)
	})
	if err != nil {
		if add {
			c.ID, c.Number = CustomerID{}, ""
		}
		return c, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.customers.follow(before, s.v.Changed(areaContacts), c.Version, func(d *directory) { d.put(c) })
	return c, nil
}

// importBatch is how many customers go into one transaction: enough to spend
// the time on sealing and not on waiting for the disk, few enough to stop soon.
const importBatch = 5000

// Import adds many customers and reports how many are in the book after each
// batch. It checks all before it writes any; a problem's field starts with the
// index, "[12].Email". What was written before ctx ended stays.
func (cs *Customers) Import(ctx context.Context, list []Customer, progress func(done int)) error {
	s := cs.s
	if err := s.need(CreateCustomers); err != nil {
		return err
	}
	var bad invoice.Problems
	tidy := make([]Customer, len(list))
	for i, c := range list {
		tidy[i] = c.tidy()
		for _, p := range tidy[i].check() {
			p.Field = "[" + strconv.Itoa(i) + "]." + p.Field
			bad = append(bad, p)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	for done := 0; done < len(tidy); {
		if err := ctx.Err(); err != nil {
			return err
		}
		batch := tidy[done:min(done+importBatch, len(tidy))]
		err := s.update(Event{Kind: CustomersImported, Count: len(batch)}, func(tx *vault.Tx) error {
			return s.importAll(tx, batch)
		})
		if err != nil {
			return err
		}
		done += len(batch)
		if progress != nil {
			progress(done)
		}
	}
	return nil
}

func (s *Session) importAll(tx *vault.Tx, batch []Customer) error {
	number, err := s.nextCustomer(tx, len(batch))
	if err != nil {
		return err
	}
	first, err := strconv.Atoi(strings.TrimPrefix(number, customerPrefix))
	if err != nil {
		return err
	}
	now := s.now()
	for i, c := range batch {
		c.Number, c.Updated = customerNumber(first+i), now
		if c.Created.IsZero() {
			c.Created = now
		}
		if err := write(tx, areaContacts, newID(), kindCustomer, c); err != nil {
			return err
		}
	}
	return nil
}

const customerPrefix = "C-"

func customerNumber(n int) string { return fmt.Sprintf("%s%05d", customerPrefix, n) }

// counter is the last customer number given.
type counter struct {
	Last int `cbor:"1,keyasint"`
}

// nextCustomer takes n numbers and returns the first.
func (s *Session) nextCustomer(tx *vault.Tx, n int) (string, error) {
	id, err := s.v.Name(areaContacts, "counter")
	if err != nil {
		return "", err
	}
	var c counter
	if _, err := readIn(tx, areaContacts, ID(id), kindCounter, &c); err != nil && !errors.Is(err, ErrNotFound) {
		return "", err
	}
	first := c.Last + 1
	c.Last += n
	return customerNumber(first), write(tx, areaContacts, ID(id), kindCounter, c)
}

func (c Customer) tidy() Customer {
	p := tidyParty(invoice.Party{Name: c.Name, Address: c.Address, VATID: c.VATID, Email: c.Email, Phone: c.Phone})
	c.Name, c.Address, c.VATID, c.Email, c.Phone = p.Name, p.Address, p.VATID, p.Email, p.Phone
	trim(&c.Company, &c.Language)
	return c
}

func (c Customer) check() invoice.Problems {
	var p problems
	p.require("Name", c.Name, maxName)
	p.length("Company", c.Company, maxName)
	p.phone("Phone", c.Phone)
	p.email("Email", c.Email)
	p.address("Address", c.Address)
	p.number("VATID", "vat", ident.VAT, c.VATID)
	p.length("Language", c.Language, 20)
	return invoice.Problems(p)
}

// differs names the fields in which b is not a.
func (a Customer) differs(b Customer) []string {
	var out []string
	note := func(name string, differs bool) {
		if differs {
			out = append(out, name)
		}
	}
	note("Name", a.Name != b.Name)
	note("Company", a.Company != b.Company)
	note("Phone", a.Phone != b.Phone)
	note("Email", a.Email != b.Email)
	note("Address", a.Address != b.Address)
	note("VATID", a.VATID != b.VATID)
	note("Language", a.Language != b.Language)
	return out
}
