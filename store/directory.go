package store

// The directory: customers as lists and search see them.

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// CustomerRow is a customer in a list. Phone and e-mail come in full: it is the
// screens that mask them, and Reveal that counts showing them.
type CustomerRow struct {
	ID      CustomerID
	Number  string
	Name    string
	Company string // the usual one
	Phone   string
	Email   string
	City    string
}

func customerRow(c Customer) indexRow {
	companies := c.Company
	for _, o := range c.Others {
		companies += " " + o.Name
	}
	a, numbers, phones := c.Address, c.Number, ""
	shown := []string{c.Number, c.Name, c.Company, c.Phone, c.Email, a.City}
	for _, m := range c.Merged {
		numbers += " " + m.Number
		if m.Phone != "" && m.Phone != c.Phone {
			phones += digitsAt + digits(m.Phone)
		}
		shown = append(shown, m.ID.String()+m.Number)
	}
	return indexRow{id: c.ID,
		text: []byte(fold(c.Name+" "+companies+" "+c.Email+" "+numbers+" "+a.Postcode+" "+a.City+" "+a.Street+" "+
			strings.Join(c.vatIDs(), " ")) + phones + digitsAt + digits(c.Phone)),
		shown: shownFields(shown...)}
}

// shownColumns is how many fields a customer's row shows. After them stand the ids
// and numbers of those who were merged into the customer.
const shownColumns = 6

// merged lists the ids and numbers of those who were merged into the customer of a
// row, and nothing of those who were with none.
func (c *chunk) merged(i int) (out []MergedAs) {
	shown := c.shownOf(i)
	if bytes.Count(shown, []byte(fieldEnd)) < shownColumns {
		return nil
	}
	for _, f := range strings.Split(string(shown), fieldEnd)[shownColumns:] {
		if len(f) < 2*len(ID{}) {
			continue
		}
		if id, err := ParseID(f[:2*len(ID{})]); err == nil {
			out = append(out, MergedAs{ID: id, Number: f[2*len(ID{}):]})
		}
	}
	return out
}

// hasNumber reports whether a row's customer has a number, or had it.
func (c *chunk) hasNumber(i int, number string) bool {
	return c.customer(i).Number == number || slices.ContainsFunc(c.merged(i), func(m MergedAs) bool { return m.Number == number })
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

func (c *chunk) customer(i int) CustomerRow {
	f := strings.Split(string(c.shownOf(i)), fieldEnd)
	f = append(f, make([]string, max(0, 6-len(f)))...)
	return CustomerRow{ID: c.ids[i], Number: f[0], Name: f[1], Company: f[2], Phone: f[3], Email: f[4], City: f[5]}
}

// CustomerOrder is an order of a list of customers.
type CustomerOrder uint8

const (
	ByName   CustomerOrder = iota
	ByCity                 // those without one last
	ByNumber               // C-00001 first
	BySpent                // what was invoiced; those without an invoice last. Needs SeeTotals
	ByLast                 // the date of the last invoice. Needs ReadInvoices
)

// CustomersFound is a list of customers. It stays as it is while the book
// changes.
type CustomersFound struct{ list }

// At is the i-th customer.
func (f CustomersFound) At(i int) CustomerRow {
	c, at := f.ix.at(f.row(i))
	return c.customer(at)
}

// Find lists the customers that contain every word of the query, or its digits
// in the phone. Without BrowseCustomers only an exact phone or number finds,
// and at most one.
func (cs *Customers) Find(query string, by CustomerOrder, falling bool) (CustomersFound, error) {
	ix, err := cs.index()
	if err != nil {
		return CustomersFound{}, err
	}
	if !cs.s.Can(BrowseCustomers) {
		return CustomersFound{list{ix: ix, rows: exactly(ix, query)}}, nil
	}
	o, err := cs.order(ix, by, falling)
	if err != nil {
		return CustomersFound{}, err
	}
	return CustomersFound{cs.s.found(&cs.s.customers, ix, query, nil, o, falling)}, nil
}

// order sorts all customers; the zero order is that of the index.
func (cs *Customers) order(ix *index, by CustomerOrder, falling bool) (order, error) {
	s, name := cs.s, fmt.Sprint("customers ", by, falling)
	switch by {
	case ByCity:
		return s.sorted(name, ix, nil, func() order {
			return sortedBy(ix, func(c *chunk, i int) string { return fold(c.customer(i).City) }, strings.Compare, falling)
		}), nil
	case ByNumber:
		return s.sorted(name, ix, nil, func() order {
			return sortedBy(ix, func(c *chunk, i int) string { return c.customer(i).Number }, strings.Compare, falling)
		}), nil
	case BySpent, ByLast:
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
			return sortedBy(ix, func(c *chunk, i int) Trade { return trade[c.ids[i]] }, func(a, b Trade) int {
				if by == BySpent {
					return cmp.Or(a.Total.Cmp(b.Total), a.compareLast(b))
				}
				return a.compareLast(b)
			}, falling)
		}), nil
	}
	return order{}, nil
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

// samePhone compares digits with or without a country's prefix.
func samePhone(a, b []byte) bool {
	a, b = bytes.TrimLeft(a, "0"), bytes.TrimLeft(b, "0")
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 6 && bytes.HasSuffix(b, a) && len(b)-len(a) <= 3
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
