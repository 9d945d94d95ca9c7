package store

// The directory: customers as lists and search see them.

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// CustomerRow is a customer in a list. Phone and e-mail are masked, so that a
// screen cannot show more by mistake: Reveal gives the whole, and counts it.
type CustomerRow struct {
	ID      CustomerID
	Number  string
	Name    string
	Company string // the usual one
	Phone   string // masked by MaskPhone
	Email   string // masked by MaskEmail
	City    string
	Tags    []string     // names, in the order of the alphabet
	Merged  []CustomerID // who was merged into them: what is theirs is this customer's
	Faults  Faults       // what is to be mended, with what was reported where a query asks ToMend
}

// The fields that a row of the index shows, in their order.
const (
	showNumber = iota
	showName
	showCompany
	showPhone // in full, as the next
	showEmail
	showCity
	showTags   // numbers, with commas between them
	showMerged // ids and numbers of those who were merged into the customer, likewise
	showFields
)

func customerRow(c Customer) indexRow {
	companies := c.Company
	for _, o := range c.Others {
		companies += " " + o.Name
	}
	a, numbers, phones := c.Address, c.Number, ""
	if c.Phone2 != "" {
		phones = digitsAt + digits(c.Phone2)
	}
	var merged []string
	for _, m := range c.Merged {
		numbers += " " + m.Number
		if m.Phone != "" && m.Phone != c.Phone {
			phones += digitsAt + digits(m.Phone)
		}
		if m.Phone2 != "" && m.Phone2 != c.Phone2 {
			phones += digitsAt + digits(m.Phone2)
		}
		merged = append(merged, m.ID.String()+m.Number)
	}
	return indexRow{id: c.ID,
		text: []byte(fold(c.Name+" "+companies+" "+c.Email+" "+numbers+" "+a.Postcode+" "+a.City+" "+a.Street+" "+
			strings.Join(c.vatIDs(), " ")) + phones + digitsAt + digits(c.Phone)),
		shown: shownFields(c.Number, c.Name, c.Company, c.Phone, c.Email, a.City, shownTags(c.Tags), strings.Join(merged, ",")),
		fixed: fixedColumns(c)}
}

// merged lists the ids and numbers of those who were merged into the customer of a
// row, and nothing of those who were with none.
func (c *chunk) merged(i int) (out []MergedAs) {
	text := c.shownField(i, showMerged)
	for len(text) > 0 {
		f, rest, _ := strings.Cut(text, ",")
		text = rest
		if len(f) < 2*len(ID{}) {
			continue
		}
		if id, err := ParseID(f[:2*len(ID{})]); err == nil {
			out = append(out, MergedAs{ID: id, Number: f[2*len(ID{}):]})
		}
	}
	return out
}

// idsOf are all ids that lead to the customer of a row, the own one first.
func (c *chunk) idsOf(i int) []CustomerID {
	out := []CustomerID{c.ids[i]}
	for _, m := range c.merged(i) {
		out = append(out, m.ID)
	}
	return out
}

// hasNumber reports whether a row's customer has a number, or had it.
func (c *chunk) hasNumber(i int, number string) bool {
	return c.shownField(i, showNumber) == number || slices.ContainsFunc(c.merged(i), func(m MergedAs) bool { return m.Number == number })
}

// hasPhone reports whether the digits of a phone are those of a row's customer, also
// from before a merge.
func (c *chunk) hasPhone(i int, number []byte) bool {
	_, phones, _ := bytes.Cut(c.textOf(i), []byte(digitsAt))
	for phone := range bytes.SplitSeq(phones, []byte(digitsAt)) {
		if len(phone) > 0 && samePhone(number, phone) {
			return true
		}
	}
	return false
}

// shownFields joins fields. None holds an end mark: they were tidied.
func shownFields(f ...string) []byte { return []byte(strings.Join(f, fieldEnd)) }

// customerRows makes the rows of all customers.
func customerRows(s *Session) ([]indexRow, error) {
	var rows []indexRow
	return rows, all(s, areaContacts, kindCustomer, func(id ID, c Customer, _ uint64) {
		c.ID = id
		rows = append(rows, customerRow(c))
	})
}

// shownField is one of the fields that a row shows, "" where there is none.
func (c *chunk) shownField(i, field int) string {
	rest := c.shownOf(i)
	for ; field > 0; field-- {
		_, rest, _ = bytes.Cut(rest, []byte(fieldEnd))
	}
	this, _, _ := bytes.Cut(rest, []byte(fieldEnd))
	return string(this)
}

func (c *chunk) customer(i int) CustomerRow {
	f := strings.Split(string(c.shownOf(i)), fieldEnd)
	f = append(f, make([]string, max(0, showFields-len(f)))...)
	return CustomerRow{ID: c.ids[i], Number: f[showNumber], Name: f[showName], Company: f[showCompany],
		Phone: MaskPhone(f[showPhone]), Email: MaskEmail(f[showEmail]), City: f[showCity]}
}

// CustomerOrder is an order of a list of customers.
type CustomerOrder uint8

const (
	ByName    CustomerOrder = iota
	ByCity                  // those without one last
	ByNumber                // C-00001 first
	BySpent                 // what was invoiced; those without an invoice last. Needs SeeTotals
	ByLast                  // the date of the last invoice. Needs ReadInvoices
	ByCompany               // the usual one; those without one last
	ByVisits                // how many invoices; those without one last. Needs ReadInvoices
)

// orderFields are the fields of orders by one that can be hidden.
var orderFields = map[CustomerOrder]string{ByCity: "Address", ByCompany: "Company"}

// CustomersFound is a list of customers. It stays as it is while the book
// changes.
type CustomersFound struct {
	list
	known
}

// At is the i-th customer.
func (f CustomersFound) At(i int) CustomerRow {
	c, at := f.ix.at(f.row(i))
	r := c.customer(at)
	if ids := c.idsOf(at); len(ids) > 1 {
		r.Merged = ids[1:]
	}
	r.Tags, r.Faults = f.tags.names(c.tags(at)), f.faults(c, at)
	return f.fields.row(r)
}

// order sorts all customers; the zero order is that of the index. By a field that is
// hidden they are sorted as by name.
func (cs *Customers) order(ix *index, by CustomerOrder, falling bool, fields Fields) (order, error) {
	if of, ok := orderFields[by]; ok && !fields.Shown(of) {
		by = ByName
	}
	s, name := cs.s, fmt.Sprint("customers ", by)
	shown := func(field int, as func(string) string) order {
		return s.sorted(name, ix, nil, falling, func() order { return byField(ix, field, as) })
	}
	switch by {
	case ByCity:
		return shown(showCity, fold), nil
	case ByNumber:
		return shown(showNumber, asIs), nil
	case ByCompany:
		return shown(showCompany, fold), nil
	case BySpent, ByLast, ByVisits:
		if by == BySpent {
			if err := s.need(SeeTotals); err != nil {
				return order{}, err
			}
		}
		is, err := s.Invoices()
		if err != nil {
			return order{}, err
		}
		b, err := is.byCustomer()
		if err != nil {
			return order{}, err
		}
		return s.sorted(name, ix, b.issued, falling, func() order {
			return sortedBy(ix, func(c *chunk, i int) dealt { return b.dealt(by, c.idsOf(i)) }, dealt.compare)
		}), nil
	}
	return order{}, nil
}

// ErrSeveral says that a phone is that of more than one customer, of whom a profile that
// may not browse gets none.
var ErrSeveral = errors.New("store: more than one customer has this phone")

// exactly finds the one customer with this phone or number, if there is one.
func exactly(ix *index, query string) ([]int32, error) {
	num, code := []byte(digits(query)), strings.ToUpper(strings.TrimSpace(query))
	rows := ix.rowsWhere(func(c *chunk, i int) bool {
		return code != "" && c.hasNumber(i, code) || len(num) >= leastPhone && c.hasPhone(i, num)
	})
	if len(rows) > 1 {
		return nil, ErrSeveral
	}
	return rows, nil
}

const (
	leastPhone = 6 // digits of two phones that must be the same
	mostPrefix = 3 // digits of a country's prefix, which one of them may lack
)

// samePhone compares digits with or without a country's prefix.
func samePhone(a, b []byte) bool {
	a, b = bytes.TrimLeft(a, "0"), bytes.TrimLeft(b, "0")
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= leastPhone && bytes.HasSuffix(b, a) && len(b)-len(a) <= mostPrefix
}
