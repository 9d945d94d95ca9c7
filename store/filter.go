package store

// Filters of the directory: which customers a list shows, and how many each
// filter would. What only the record says stands in columns of fixed width, so
// that a hundred thousand are looked through without reading a text.

import (
	"bytes"
	"slices"
	"time"

	"counterbook/invoice"
)

// The fixed columns of a customer's row.
const (
	rowHas     = 0 // 2 bytes: which fields are filled in, bits of has…
	rowFaults  = 2 // 2 bytes: a Faults
	rowChecked = 4 // 4 bytes: the day since which somebody was sure of all that is in it
	rowCreated = 8 // 4 bytes: the day it was added
	rowWidth   = 12
)

// Fields that are filled in. The numbers are part of the file format.
const (
	hasPhone uint16 = 1 << iota
	hasEmail
	hasCompany
	hasStreet
	hasPostcode
	hasCity
	hasCountry
	hasVATID
	hasLanguage
	hasPhone2
	hasBirthday
	hasAddress    // any part of it but the country
	isInvoiceOnly // no field: what waives contact details
)

// hasContact are the ways to reach somebody.
const hasContact = hasPhone | hasEmail | hasPhone2

// fieldBits are the bits of fields that the shop can require.
var fieldBits = map[string]uint16{"Phone": hasPhone, "Email": hasEmail, "Phone2": hasPhone2, "Address": hasAddress, "Company": hasCompany,
	"VATID": hasVATID, "Birthday": hasBirthday}

// has says which fields of a customer are filled in.
func (c Customer) has() uint16 {
	has := uint16(0)
	for i, v := range []string{c.Phone, c.Email, c.Company, c.Address.Street, c.Address.Postcode, c.Address.City,
		c.Address.Country, c.VATID, c.Language} {
		if v != "" {
			has |= 1 << i
		}
	}
	for i, is := range []bool{c.Phone2 != "", c.Birthday != Birthday{}, c.HasAddress(), c.InvoiceOnly} {
		if is {
			has |= hasPhone2 << i
		}
	}
	return has
}

// demand is what a customer must have, by what the shop decided about its fields.
type demand struct {
	all   uint16 // every one of these
	reach bool   // and a way to reach them
}

// demand makes it of the rules, so that a row need not be held against each. Where
// nothing was decided yet, there must be a way to reach somebody.
func (f Fields) demand() demand {
	d := demand{reach: f.Version == 0}
	for name, bit := range fieldBits {
		switch f.Rule(name).Use {
		case Required:
			d.all |= bit
		case OneContact:
			d.reach = true
		}
	}
	return d
}

// incomplete says that a customer has less than there must be.
func (d demand) incomplete(has uint16) bool {
	if has&isInvoiceOnly != 0 {
		return d.all&^hasContact&^has != 0
	}
	return d.all&^has != 0 || d.reach && has&hasContact == 0
}

// fixedColumns are the columns of fixed width of a customer's row.
func fixedColumns(c Customer) []byte {
	out := make([]byte, rowWidth)
	put16(out[rowHas:], c.has())
	put16(out[rowFaults:], uint16(c.faults()))
	putDate(out[rowChecked:], invoice.DateOf(c.sureSince()))
	putDate(out[rowCreated:], invoice.DateOf(c.Created))
	return out
}

func put16(b []byte, v uint16) { b[0], b[1] = byte(v>>8), byte(v) }
func at16(b []byte) uint16     { return uint16(b[0])<<8 | uint16(b[1]) }

// CustomerFilter says which customers a list shows; all of what is set must hold.
// The zero filter shows all.
type CustomerFilter struct {
	Incomplete bool         // what the shop requires is missing
	Unchecked  invoice.Date // of something in the record nobody made sure on this day or later
	Quiet      invoice.Date // added before this day, and no invoice on it or later. Needs ReadInvoices
	Open       bool         // has a draft, or an invoice that asks for money. Needs ReadInvoices
	ToMend     bool         // has Faults
	Tag        TagID        // has this tag
}

// CustomerQuery says which customers to list, and how.
type CustomerQuery struct {
	Text    string // every word of it is in the record, or its digits in the phone
	By      CustomerOrder
	Falling bool
	CustomerFilter
}

// Find lists the customers that contain every word of the query, or its digits
// in the phone. Without BrowseCustomers only an exact phone or number finds,
// and at most one.
func (cs *Customers) Find(query string, by CustomerOrder, falling bool) (CustomersFound, error) {
	return cs.Search(CustomerQuery{Text: query, By: by, Falling: falling})
}

// Search is Find with filters, which need BrowseCustomers.
func (cs *Customers) Search(q CustomerQuery) (CustomersFound, error) {
	ix, err := cs.index()
	if err != nil {
		return CustomersFound{}, err
	}
	known, err := cs.known(q.ToMend)
	if err != nil {
		return CustomersFound{}, err
	}
	if err := cs.s.need(BrowseCustomers); err != nil {
		if q.CustomerFilter != (CustomerFilter{}) {
			return CustomersFound{}, err
		}
		rows, err := exactly(ix, q.Text)
		if err != nil {
			return CustomersFound{}, err
		}
		return CustomersFound{list{ix: ix, rows: rows}, known}, nil
	}
	o, err := cs.order(ix, q.By, q.Falling, known.fields)
	if err != nil {
		return CustomersFound{}, err
	}
	only, err := cs.only(q.CustomerFilter, known)
	if err != nil {
		return CustomersFound{}, err
	}
	return CustomersFound{cs.s.found(&cs.s.customers, ix, q.Text, only, o, q.Falling), known}, nil
}

// known is what rows are read with besides themselves.
type known struct {
	tags     tagList
	fields   Fields // what may be shown
	demand   demand
	hidden   uint16 // bits of has… of what may not
	skipped  Faults // of hidden fields
	reported map[CustomerID]Faults
	get      getter // reads a record where its row does not tell
}

// known reads that. Reports lie among the records, of which a list is read without, so
// they are left out where nobody asks for what is to be mended.
func (cs *Customers) known(reports bool) (known, error) {
	tags, err := cs.s.tagList()
	if err != nil {
		return known{}, err
	}
	var reported map[CustomerID]Faults
	if reports {
		if reported, err = cs.s.reported(); err != nil {
			return known{}, err
		}
	}
	fields, err := cs.s.collected()
	return known{tags, fields, fields.demand(), fields.hidden(), fields.unmendable(), reported, cs.s.v.Get}, err
}

// hidden are the bits of hidden fields.
func (f Fields) hidden() uint16 {
	out := uint16(0)
	for name, bit := range fieldBits {
		if !f.Shown(name) {
			out |= bit
		}
	}
	return out
}

// only says whether a row passes a filter; nil for the zero filter.
func (cs *Customers) only(f CustomerFilter, k known) (func(c *chunk, i int) bool, error) {
	if f == (CustomerFilter{}) {
		return nil, nil
	}
	d, err := cs.dealings(!f.Quiet.IsZero() || f.Open)
	if err != nil {
		return nil, err
	}
	var unchecked, quiet [4]byte
	putDate(unchecked[:], f.Unchecked)
	putDate(quiet[:], f.Quiet)
	tagged := k.tags.under(f.Tag)
	return func(c *chunk, i int) bool {
		fixed := c.fixedOf(i)
		return (!f.Incomplete || k.demand.incomplete(at16(fixed[rowHas:]))) &&
			(f.Unchecked.IsZero() || k.unchecked(c, i, unchecked[:])) &&
			(!f.ToMend || k.faults(c, i) != 0) &&
			(f.Tag == 0 || c.tagged(i, tagged)) &&
			(f.Quiet.IsZero() || d.quiet(c.idsOf(i), fixed, quiet[:])) &&
			(!f.Open || d.open(c.idsOf(i)))
	}, nil
}

// hasChecked are the bits of CheckedFields.
const hasChecked = hasPhone | hasEmail | hasAddress | hasVATID

// unchecked reports whether of something in a row nobody made sure since a day. The
// row's own day is that of all fields: where a hidden one is filled in, the record tells
// that of the others.
func (k known) unchecked(c *chunk, i int, since []byte) bool {
	fixed := c.fixedOf(i)
	if bytes.Compare(fixed[rowChecked:rowCreated], since) >= 0 {
		return false
	}
	if at16(fixed[rowHas:])&k.hidden&hasChecked == 0 {
		return true
	}
	r, err := customerAt(k.get, c.ids[i])
	var day [4]byte
	putDate(day[:], invoice.DateOf(k.fields.Visible(r).sureSince()))
	return err != nil || bytes.Compare(day[:], since) < 0
}

// malformed reports whether it is a field that is shown for which a row is Malformed.
// Where a hidden one may be, the record tells.
func (k known) malformed(c *chunk, i int) bool {
	if at16(c.fixedOf(i)[rowHas:])&k.hidden == 0 && k.fields.Shown("Others") {
		return true
	}
	r, err := customerAt(k.get, c.ids[i])
	return err != nil || k.fields.Visible(r).faults().Has(Malformed)
}

// faults are what is to be mended in a row, reports included. Of hidden fields nothing
// is.
func (k known) faults(c *chunk, i int) Faults {
	fixed := c.fixedOf(i)
	f := Faults(at16(fixed[rowFaults:])) | k.reported[c.ids[i]]
	if len(k.reported) > 0 {
		for _, m := range c.merged(i) {
			f |= k.reported[m.ID]
		}
	}
	f &^= k.skipped
	if f.Has(Malformed) && !k.malformed(c, i) {
		f &^= Malformed
	}
	if k.demand.incomplete(at16(fixed[rowHas:])) {
		f |= Incomplete
	}
	return f
}

// tagged reports whether a row has one of several tags.
func (c *chunk) tagged(i int, any []TagID) bool {
	return slices.ContainsFunc(c.tags(i), func(id TagID) bool { return slices.Contains(any, id) })
}

// CustomerCounts is how many customers each filter shows on its own.
type CustomerCounts struct {
	Incomplete, Unchecked, Quiet, Open, ToMend int
	Tags                                       map[TagID]int
}

// Counts counts the customers that each of the filters shows on its own; those of
// a filter that is not set are not counted, but for tags, which all are. Call it off
// the screen's goroutine: it reads every row.
func (cs *Customers) Counts(f CustomerFilter) (CustomerCounts, error) {
	out := CustomerCounts{Tags: map[TagID]int{}}
	if err := cs.s.need(BrowseCustomers); err != nil {
		return out, err
	}
	ix, err := cs.index()
	if err != nil {
		return out, err
	}
	k, err := cs.known(f.ToMend)
	if err != nil {
		return out, err
	}
	for _, part := range []struct {
		n *int
		f CustomerFilter
	}{
		{&out.Incomplete, CustomerFilter{Incomplete: f.Incomplete}}, {&out.Unchecked, CustomerFilter{Unchecked: f.Unchecked}},
		{&out.Quiet, CustomerFilter{Quiet: f.Quiet}}, {&out.Open, CustomerFilter{Open: f.Open}}, {&out.ToMend, CustomerFilter{ToMend: f.ToMend}},
	} {
		only, err := cs.only(part.f, k)
		if err != nil {
			return out, err
		}
		if only == nil {
			continue
		}
		ix.each(func(_ int, c *chunk, i int) {
			if only(c, i) {
				*part.n++
			}
		})
	}
	ix.each(func(_ int, c *chunk, i int) {
		for _, id := range k.tags.live(c.tags(i)) {
			out.Tags[id]++
		}
	})
	return out, nil
}

// dealings is what there is between the shop and each customer, as far as filters
// ask for it.
type dealings struct {
	issued *index
	last   map[CustomerID][4]byte // the day of the last invoice
	asks   map[CustomerID]bool    // an invoice asks for money
	drafts map[CustomerID]bool
}

func (d dealings) quiet(ids []CustomerID, fixed, since []byte) bool {
	return bytes.Compare(fixed[rowCreated:rowWidth], since) < 0 && !slices.ContainsFunc(ids, func(id CustomerID) bool {
		last, ok := d.last[id]
		return ok && bytes.Compare(last[:], since) >= 0
	})
}

func (d dealings) open(ids []CustomerID) bool {
	return slices.ContainsFunc(ids, func(id CustomerID) bool { return d.asks[id] || d.drafts[id] })
}

// dealings gathers them when they are wanted. Drafts are there for those who may
// read them.
func (cs *Customers) dealings(wanted bool) (dealings, error) {
	if !wanted {
		return dealings{}, nil
	}
	s := cs.s
	is, err := s.Invoices()
	if err != nil {
		return dealings{}, err
	}
	issued, err := is.index()
	if err != nil {
		return dealings{}, err
	}
	drafts := map[CustomerID]bool{}
	if s.Can(WriteDrafts) {
		err = all(s, areaDrafts, kindDraft, func(_ ID, d Draft, _ uint64) { drafts[d.Customer] = true })
		if err != nil {
			return dealings{}, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.deals.issued != issued {
		s.deals = gather(issued)
	}
	d := s.deals
	d.drafts = drafts
	return d, nil
}

func gather(issued *index) dealings {
	d := dealings{issued: issued, last: map[CustomerID][4]byte{}, asks: map[CustomerID]bool{}}
	issued.each(func(_ int, c *chunk, i int) {
		id, fixed := c.customerOf(i), c.fixedOf(i)
		day := [4]byte(fixed[fixDate:fixDue])
		if was, ok := d.last[id]; !ok || bytes.Compare(was[:], day[:]) < 0 {
			d.last[id] = day
		}
		if fixed[fixAsks] == 1 {
			d.asks[id] = true
		}
	})
	return d
}

// UncheckedSince is the day before which a record that nobody looked at since is
// old: a year ago.
func UncheckedSince(now time.Time) invoice.Date { return invoice.DateOf(now.AddDate(-1, 0, 0)) }
