package store

// Customers: the directory.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/store/internal/vault"
)

// Customer is one record of the directory: a person, and the companies that
// they buy for.
type Customer struct {
	ID       CustomerID      `cbor:"-"`
	Number   string          `cbor:"1,keyasint"` // C-01093, given on saving
	Name     string          `cbor:"2,keyasint"`
	Company  string          `cbor:"3,keyasint,omitempty"` // the usual one
	Phone    string          `cbor:"4,keyasint,omitempty"`
	Email    string          `cbor:"5,keyasint,omitempty"`
	Address  invoice.Address `cbor:"6,keyasint,omitempty"`
	VATID    string          `cbor:"7,keyasint,omitempty"`
	Language string          `cbor:"8,keyasint,omitempty"` // of documents; empty is the shop's
	Created  time.Time       `cbor:"9,keyasint"`
	Updated  time.Time       `cbor:"10,keyasint"`
	Others   []Company       `cbor:"11,keyasint,omitempty"` // further companies
	NotSame  []CustomerID    `cbor:"12,keyasint,omitempty"` // those like this one who are somebody else
	Tags     []TagID         `cbor:"13,keyasint,omitempty"` // of the shop's list
	Phone2   string          `cbor:"14,keyasint,omitempty"`
	Birthday Birthday        `cbor:"15,keyasint,omitzero"`
	Checks   []FieldCheck    `cbor:"16,keyasint,omitempty"` // kept by saving and Check, at most one a field
	Merged   []MergedAs      `cbor:"17,keyasint,omitempty"` // who they were besides, in the order of merges
	// InvoiceOnly is of a customer who gives neither phone nor e-mail: only invoices
	// are made for them.
	InvoiceOnly bool   `cbor:"20,keyasint,omitempty"`
	Version     uint64 `cbor:"-"` // the commit that wrote it
}

// Company is a further company of a customer, with the address and VAT number
// that its invoices bear. An empty address is the customer's own.
type Company struct {
	Name    string          `cbor:"1,keyasint"`
	VATID   string          `cbor:"2,keyasint,omitempty"`
	Address invoice.Address `cbor:"3,keyasint,omitempty"`
}

// HasAddress reports whether there is an address, and not only a country.
func (c Customer) HasAddress() bool {
	a := c.Address
	return a.Street+a.Street2+a.Postcode+a.City+a.Region != ""
}

// Party is the customer as the buyer of an invoice: the company if there is
// one, with the person as contact. What the shop does not collect belongs on no
// document: a screen asks Fields.Visible first.
func (c Customer) Party() invoice.Party {
	p := invoice.Party{Name: c.Name, Address: c.Address, VATID: c.VATID, Email: c.Email, Phone: c.Phone}
	if c.Company != "" {
		p.Name, p.Contact = c.Company, c.Name
	}
	return p
}

// Parties are the ways to invoice the customer: as Party first, then for each
// further company.
func (c Customer) Parties() []invoice.Party {
	out := []invoice.Party{c.Party()}
	for _, o := range c.Others {
		p := invoice.Party{Name: o.Name, Contact: c.Name, Address: o.Address, VATID: o.VATID, Email: c.Email, Phone: c.Phone}
		if p.Address == (invoice.Address{}) {
			p.Address = c.Address
		}
		out = append(out, p)
	}
	return out
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

// index is all customers as lists see them.
func (cs *Customers) index() (*index, error) {
	if err := cs.may(); err != nil {
		return nil, err
	}
	return cs.s.index(&cs.s.customers)
}

func (cs *Customers) may() error {
	if cs.s.Can(BrowseCustomers) {
		return nil
	}
	return cs.s.need(FindCustomers)
}

// List is Find in the order of names with every record in full. It reads each
// from the book, so it is for few; a screen shows what Find returns.
func (cs *Customers) List(query string) ([]Customer, error) {
	found, err := cs.Find(query, ByName, false)
	if err != nil {
		return nil, err
	}
	var out []Customer
	for i := range found.Len() {
		c, err := cs.Get(found.At(i).ID)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// Count is how many customers there are.
func (cs *Customers) Count() (int, error) {
	ix, err := cs.index()
	if err != nil {
		return 0, err
	}
	return ix.count, nil
}

// Get returns one customer. The id of one who was merged leads to the survivor,
// who has another.
func (cs *Customers) Get(id CustomerID) (Customer, error) {
	if err := cs.may(); err != nil {
		return Customer{}, err
	}
	tags, err := cs.s.tagList()
	if err != nil {
		return Customer{}, err
	}
	c, err := customerAt(cs.s.v.Get, id)
	c.Tags = tags.live(c.Tags)
	return c, err
}

// Reveal returns a contact detail in full, and logs that it was shown. Field is
// "Phone", "Phone2" or "Email".
func (cs *Customers) Reveal(id CustomerID, field string) (string, error) {
	if err := cs.s.need(RevealContact); err != nil {
		return "", err
	}
	c, err := cs.Get(id)
	if err != nil {
		return "", err
	}
	v, ok := map[string]string{"Phone": c.Phone, "Phone2": c.Phone2, "Email": c.Email}[field]
	fields, err := cs.s.collected()
	if err != nil {
		return "", err
	}
	if !ok || !fields.Shown(field) {
		return "", ErrNotFound
	}
	return v, cs.s.update(Event{Kind: ContactShown, Subject: id, Fields: []string{field}}, func(tx *vault.Tx) error { return cs.s.used(tx, field) })
}

// Save adds a customer whose ID is zero, or changes one. The result is what was
// stored. invoice.Problems say what is wrong with it; ErrChanged says that
// somebody else saved it meanwhile; a NearError, that customers like the new one
// are in the book, of whom NotSame does not say that they are somebody else.
func (cs *Customers) Save(c Customer) (Customer, error) {
	if c.ID.IsZero() {
		return cs.add(c)
	}
	if err := cs.s.need(EditCustomers); err != nil {
		return c, err
	}
	return cs.change(c, CustomerChanged)
}

func (cs *Customers) add(c Customer) (Customer, error) {
	s := cs.s
	if err := s.need(CreateCustomers); err != nil {
		return c, err
	}
	c, err := cs.fit(Customer{}, c)
	if err != nil {
		return c, err
	}
	near, err := cs.Near(c)
	if err != nil {
		return c, err
	}
	if len(near) > 0 {
		return c, &NearError{near}
	}
	c.ID, c.Merged, c.Updated = newID(), nil, s.now()
	c.Checks = Customer{}.checksAfter(c, s.me(), c.Updated)
	var keep func()
	err = s.update(Event{Kind: CustomerAdded, Subject: c.ID}, func(tx *vault.Tx) (err error) {
		n, err := s.nextCustomer(tx, 1)
		if err != nil {
			return err
		}
		c.Number, c.Created, c.Version = customerNumber(n), c.Updated, tx.Number()
		if err := write(tx, areaContacts, c.ID, kindCustomer, c); err != nil {
			return err
		}
		if err := s.used(tx); err != nil { // counting begins with the first customer
			return err
		}
		keep, err = s.edit(tx, &s.customers, nil, []indexRow{customerRow(c)})
		return err
	})
	if err != nil {
		// After an uncertain commit the ID stays, so that Get can be asked for it.
		if !errors.Is(err, ErrUncertain) {
			c.ID, c.Number = CustomerID{}, ""
		}
		return c, err
	}
	keep()
	return c, nil
}

// change saves a customer who is in the book, and keeps what was there before. Who
// calls it has looked at the rights. What also does belongs to the same change, which
// is then made even where the record stays as it is.
func (cs *Customers) change(c Customer, kind EventKind, also ...func(*vault.Tx) error) (Customer, error) {
	s := cs.s
	old, err := cs.Get(c.ID)
	if err != nil {
		return c, err
	}
	if c, err = cs.fit(old, c); err != nil {
		return c, err
	}
	if old.ID != c.ID { // merged meanwhile
		return c, ErrChanged
	}
	e := Event{Kind: kind, Subject: c.ID, Fields: old.differs(c)}
	if len(e.Fields) == 0 && old.Version == c.Version && len(also) == 0 {
		return old, nil
	}
	c.Number, c.Created, c.Merged, c.Updated = old.Number, old.Created, old.Merged, s.now()
	c.Checks = old.checksAfter(c, s.me(), c.Updated)
	var keep func()
	err = s.update(e, func(tx *vault.Tx) (err error) {
		if err := unchangedSince(tx, areaContacts, c.ID, c.Version); err != nil {
			return err
		}
		c.Version = tx.Number()
		if err := write(tx, areaContacts, c.ID, kindCustomer, c); err != nil {
			return err
		}
		if err := s.keepChange(tx, old, e.Fields); err != nil {
			return err
		}
		for _, do := range also {
			if err := do(tx); err != nil {
				return err
			}
		}
		keep, err = s.edit(tx, &s.customers, []indexRow{customerRow(old)}, []indexRow{customerRow(c)})
		return err
	})
	if err != nil {
		return c, err
	}
	keep()
	return c, nil
}

// fit is a customer as they would be stored in place of was, zero for a new one.
// invoice.Problems say all that is wrong with them. Who says only that somebody is
// another is not asked for what is missing.
func (cs *Customers) fit(was, c Customer) (Customer, error) {
	c, err := cs.tidy(c)
	if err != nil {
		return c, err
	}
	fields, err := cs.s.collected()
	if err != nil {
		return c, err
	}
	c = fields.Keep(was, c)
	p := c.check()
	if was.ID.IsZero() || !slices.Equal(was.differs(c), []string{"NotSame"}) {
		p = append(p, fields.of(was, c, cs.s.today())...)
	}
	if len(p) > 0 {
		return c, p
	}
	return c, nil
}

const (
	maxCompanies = 20  // further companies of a customer
	maxNotSame   = 500 // customers who are like another, and somebody else
)

// Import adds many customers and reports how many are in the book after each
// batch. It checks all before it writes any; a problem's field starts with the
// index, "[12].Email". What was written before ctx ended stays, and stands in
// list as it was stored, with its ID.
func (cs *Customers) Import(ctx context.Context, list []Customer, progress func(done int)) error {
	s := cs.s
	if err := s.need(CreateCustomers); err != nil {
		return err
	}
	tidier, err := cs.tidier()
	if err != nil {
		return err
	}
	var bad invoice.Problems
	tidy := make([]Customer, len(list))
	fields, err := s.collected()
	if err != nil {
		return err
	}
	today := s.today()
	for i, c := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		tidy[i] = fields.Keep(Customer{}, tidier(c))
		if p := append(tidy[i].check(), fields.of(Customer{}, tidy[i], today)...); len(p) > 0 {
			bad = append(bad, inRecord(i, p)...)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	return s.inBatches(ctx, len(tidy), importBatch, progress, func(from, to int) error {
		var keep func()
		err := s.update(Event{Kind: CustomersImported, Count: to - from}, func(tx *vault.Tx) (err error) {
			keep, err = s.importAll(tx, tidy[from:to])
			return err
		})
		if err == nil {
			keep()
			copy(list[from:to], tidy[from:to])
		}
		return err
	})
}

func (s *Session) importAll(tx *vault.Tx, batch []Customer) (keep func(), err error) {
	first, err := s.nextCustomer(tx, len(batch))
	if err != nil {
		return nil, err
	}
	now, rows := s.now(), make([]indexRow, len(batch))
	for i := range batch {
		c := &batch[i]
		c.ID, c.Number, c.Merged, c.Version = newID(), customerNumber(first+i), nil, tx.Number()
		if c.Created.IsZero() {
			c.Created = now
		}
		if c.Updated.IsZero() {
			c.Updated = c.Created
		}
		if err := write(tx, areaContacts, c.ID, kindCustomer, *c); err != nil {
			return nil, err
		}
		rows[i] = customerRow(*c)
	}
	if err := s.used(tx); err != nil {
		return nil, err
	}
	return s.edit(tx, &s.customers, nil, rows)
}

func customerNumber(n int) string { return fmt.Sprintf("C-%05d", n) }

// counter is the last customer number given.
type counter struct {
	Last int `cbor:"1,keyasint"`
}

// nextCustomer takes n numbers and returns the first.
func (s *Session) nextCustomer(tx *vault.Tx, n int) (int, error) {
	id, err := s.v.Name(areaContacts, "counter")
	if err != nil {
		return 0, err
	}
	var c counter
	if _, err := readIn(tx, areaContacts, ID(id), kindCounter, &c); err != nil && !errors.Is(err, ErrNotFound) {
		return 0, err
	}
	first := c.Last + 1
	c.Last += n
	return first, write(tx, areaContacts, ID(id), kindCounter, c)
}

// tidier returns what brings a customer to the form in which this shop stores it.
func (cs *Customers) tidier() (func(Customer) Customer, error) {
	country, err := cs.s.country()
	if err != nil {
		return nil, err
	}
	tags, err := cs.s.tagList()
	return func(c Customer) Customer {
		c = c.tidy(country)
		c.Tags = tags.live(c.Tags)
		return c
	}, err
}

func (cs *Customers) tidy(c Customer) (Customer, error) {
	tidier, err := cs.tidier()
	if err != nil {
		return c, err
	}
	return tidier(c), nil
}

// tidy brings what was typed to the form in which it is stored. country is the
// shop's: numbers without a prefix are of it, where the address does not say.
func (c Customer) tidy(country string) Customer {
	p := tidyParty(invoice.Party{Name: c.Name, Address: c.Address, VATID: c.VATID, Email: c.Email, Phone: c.Phone})
	c.Name, c.Address, c.VATID, c.Email, c.Phone = p.Name, p.Address, p.VATID, p.Email, p.Phone
	c.Phone, c.Email = oneForm(c.Phone, c.Email, cmp.Or(c.Address.Country, country))
	trim(&c.Company, &c.Language, &c.Phone2)
	c.Phone2, _ = oneForm(c.Phone2, "", cmp.Or(c.Address.Country, country))
	others := c.Others
	c.Others = nil // the caller's list stays as it is
	for _, o := range others {
		p := tidyParty(invoice.Party{Name: o.Name, Address: o.Address, VATID: o.VATID})
		c.Others = append(c.Others, Company{Name: p.Name, Address: p.Address, VATID: p.VATID})
	}
	return c
}

func (c Customer) check() invoice.Problems {
	var p problems
	p.name("Name", c.Name, maxName)
	p.length("Company", c.Company, maxName)
	p.phone("Phone", c.Phone)
	p.phone("Phone2", c.Phone2)
	p.email("Email", c.Email)
	if c.Birthday != (Birthday{}) && !c.Birthday.valid() {
		p.add("Birthday", "birthday")
	}
	p.address("Address", c.Address)
	p.number("VATID", "vat", ident.VAT, c.VATID)
	p.length("Language", c.Language, 20)
	p.between("Others", len(c.Others), 0, maxCompanies)
	p.between("NotSame", len(c.NotSame), 0, maxNotSame)
	p.between("Checks", len(c.Checks), 0, len(CheckedFields()))
	p.between("Tags", len(c.Tags), 0, maxTagged)
	for i, o := range c.Others {
		field := "Others[" + strconv.Itoa(i) + "]."
		p.require(field+"Name", o.Name, maxName)
		p.address(field+"Address", o.Address)
		p.number(field+"VATID", "vat", ident.VAT, o.VATID)
	}
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
	note("Others", !slices.Equal(a.Others, b.Others))
	note("Tags", !slices.Equal(a.Tags, b.Tags))
	note("Phone2", a.Phone2 != b.Phone2)
	note("Birthday", a.Birthday != b.Birthday)
	note("InvoiceOnly", a.InvoiceOnly != b.InvoiceOnly)
	note("NotSame", !slices.Equal(a.NotSame, b.NotSame))
	return out
}
