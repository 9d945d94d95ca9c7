package store

// The directory: customers as lists and search see them.

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
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

// order sorts all customers; the zero order is that of the index.
func (cs *Customers) order(ix *index, by CustomerOrder, falling bool) (order, error) {
	s, name := cs.s, fmt.Sprint("customers ", by, falling)
	switch by {
	case ByCity:
		return s.sorted(name, ix, nil, func() order {
			return sortedBy(ix, func(c *chunk, i int) string { return fold(c.shownField(i, showCity)) }, strings.Compare, falling)
		}), nil
	case ByNumber:
		return s.sorted(name, ix, nil, func() order {
			return sortedBy(ix, func(c *chunk, i int) string { return c.shownField(i, showNumber) }, strings.Compare, falling)
		}), nil
	case ByCompany:
		return s.sorted(name, ix, nil, func() order {
			return sortedBy(ix, func(c *chunk, i int) string { return fold(c.shownField(i, showCompany)) }, strings.Compare, falling)
		}), nil
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
		issued, err := is.index()
		if err != nil {
			return order{}, err
		}
		return s.sorted(name, ix, issued, func() order {
			trade := map[CustomerID]Trade{}
			issued.each(func(_ int, c *chunk, i int) {
				id := c.customerOf(i)
				trade[id] = trade[id].with(c.invoice(i))
			})
			ix.each(func(_ int, c *chunk, i int) {
				for _, m := range c.merged(i) {
					trade[c.ids[i]] = trade[c.ids[i]].and(trade[m.ID])
				}
			})
			return sortedBy(ix, func(c *chunk, i int) dealt { return dealtBy(by, trade[c.ids[i]]) }, dealt.compare, falling)
		}), nil
	}
	return order{}, nil
}

// dealt is what customers are sorted by of what they bought: an amount or a number,
// and the last day.
type dealt struct {
	near  float64         // the number, or what is nearest to the amount
	exact decimal.Decimal // the amount
	last  invoice.Date
}

func dealtBy(by CustomerOrder, t Trade) dealt {
	switch by {
	case BySpent:
		return dealt{inFloat(t.Total), t.Total, t.Last}
	case ByVisits:
		return dealt{near: float64(t.Count), last: t.Last}
	}
	return dealt{last: t.Last}
}

// floatDigits is how many digits a float tells apart.
const floatDigits = 15

// inFloat is the float that is nearest to an amount. Of up to 15 digits and a power of
// ten up to 22 it is one operation of two floats that are exact.
func inFloat(d decimal.Decimal) float64 {
	switch exp := int(d.Exponent()); {
	case d.NumDigits() > floatDigits || exp < -22 || exp > 22:
		return d.InexactFloat64()
	case exp < 0:
		return float64(d.CoefficientInt64()) / math.Pow10(-exp)
	default:
		return float64(d.CoefficientInt64()) * math.Pow10(exp)
	}
}

// compare asks for the amounts themselves only where floats do not tell them apart:
// they never tell two the wrong way round.
func (d dealt) compare(o dealt) int {
	if d.near != o.near {
		return cmp.Compare(d.near, o.near)
	}
	if d.exact.NumDigits() > floatDigits || o.exact.NumDigits() > floatDigits {
		if c := d.exact.Cmp(o.exact); c != 0 {
			return c
		}
	}
	return d.last.Compare(o.last)
}

// exactly finds the one customer with this phone or number.
func exactly(ix *index, query string) []int32 {
	num, code := []byte(digits(query)), strings.ToUpper(strings.TrimSpace(query))
	out := []int32{}
	ix.each(func(row int, c *chunk, i int) {
		if code != "" && c.hasNumber(i, code) || len(num) >= 6 && c.hasPhone(i, num) {
			out = append(out, int32(row))
		}
	})
	if len(out) != 1 {
		return []int32{}
	}
	return out
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

// list is some rows of an index in some order.
type list struct {
	ix      *index
	rows    []int32 // nil: all
	falling bool
}

// Len is how many there are.
func (l list) Len() int {
	switch {
	case l.ix == nil:
		return 0
	case l.rows == nil:
		return l.ix.count
	}
	return len(l.rows)
}

// row is the number of the i-th row.
func (l list) row(i int) int {
	if l.falling {
		i = l.Len() - 1 - i
	}
	if l.rows == nil {
		return i
	}
	return int(l.rows[i])
}

// Index is the place of a record in the list, -1 for none.
func (l list) Index(id ID) int {
	if l.ix == nil {
		return -1
	}
	row := l.ix.rowOf(id)
	if row < 0 {
		return -1
	}
	i := row
	if l.rows != nil {
		i = slices.Index(l.rows, int32(row))
	}
	if i >= 0 && l.falling {
		i = l.Len() - 1 - i
	}
	return i
}

// order is all rows of an index sorted in another way.
type order struct {
	ix, other *index // what it was made of
	rows      []int32
}

// sorted returns an order, made anew only when what it was made of changed.
func (s *Session) sorted(name string, ix, other *index, build func() order) order {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.orders[name]; o.rows != nil && o.ix == ix && o.other == other {
		return o
	}
	o := build()
	o.ix, o.other = ix, other
	s.orders[name] = o
	return o
}

// sortedBy sorts rows by a key. Rows of the same key stay as they are in the
// index, and those of the zero key come last, also when falling.
func sortedBy[K any](ix *index, key func(c *chunk, i int) K, compare func(a, b K) int, falling bool) order {
	type keyed struct {
		key K
		row int32
	}
	list := make([]keyed, 0, ix.count)
	var zero K
	var empty []int32
	ix.each(func(row int, c *chunk, i int) {
		if k := key(c, i); compare(k, zero) != 0 {
			list = append(list, keyed{k, int32(row)})
		} else {
			empty = append(empty, int32(row))
		}
	})
	slices.SortFunc(list, func(a, b keyed) int {
		if falling {
			return cmp.Or(compare(b.key, a.key), cmp.Compare(a.row, b.row))
		}
		return cmp.Or(compare(a.key, b.key), cmp.Compare(a.row, b.row))
	})
	o := order{rows: make([]int32, 0, ix.count)}
	for _, k := range list {
		o.rows = append(o.rows, k.row)
	}
	o.rows = append(o.rows, empty...)
	return o
}

// found searches an index and puts what it finds in an order. only, if any,
// says which rows to list of them.
func (s *Session) found(x *indexed, ix *index, query string, only func(c *chunk, i int) bool, by order, falling bool) list {
	l := list{ix: ix}
	if m := newMatcher(query); !m.empty() {
		s.mu.Lock()
		l.rows = x.last.find(ix, m)
		s.mu.Unlock()
	}
	if only != nil {
		l.rows = ix.among(l.rows, only)
	}
	if by.rows == nil {
		l.falling = falling
		return l
	}
	l.rows = by.of(ix.count, l.rows)
	return l
}

// of puts some rows, nil for all, in this order.
func (o order) of(count int, rows []int32) []int32 {
	if rows == nil {
		return o.rows
	}
	want := make([]bool, count)
	for _, r := range rows {
		want[r] = true
	}
	out := make([]int32, 0, len(rows))
	for _, r := range o.rows {
		if want[r] {
			out = append(out, r)
		}
	}
	return out
}
