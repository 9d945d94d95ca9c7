package store

// The directory in memory: all customers in the order of their names, with what
// search reads beside them.

import (
	"slices"
	"strings"
)

type directory struct {
	rows []*directoryRow // in the order of their keys
	byID map[CustomerID]*directoryRow
	flat []Customer // rows as they are handed out; nil after a change
}

type directoryRow struct {
	c    Customer
	key  string // folded name and number: the order
	text string // folded, what words are looked for in
	nums string // digits of the phone
}

func newRow(c Customer) *directoryRow {
	companies := c.Company
	for _, o := range c.Others {
		companies += " " + o.Name
	}
	return &directoryRow{c: c, key: fold(c.Name) + "\x00" + c.Number, nums: digits(c.Phone),
		text: fold(c.Name + " " + companies + " " + c.Email + " " + c.Number + " " + c.Address.Postcode + " " + c.Address.City + " " + c.Address.Street + " " + c.VATID)}
}

func byKey(a, b *directoryRow) int { return strings.Compare(a.key, b.key) }

func newDirectory(list []Customer) *directory {
	d := &directory{rows: make([]*directoryRow, len(list)), byID: make(map[CustomerID]*directoryRow, len(list))}
	for i, c := range list {
		d.rows[i] = newRow(c)
		d.byID[c.ID] = d.rows[i]
	}
	slices.SortFunc(d.rows, byKey)
	return d
}

// all is every customer. The slice is not changed afterwards.
func (d *directory) all() []Customer {
	if d.flat == nil {
		d.flat = make([]Customer, len(d.rows))
		for i, r := range d.rows {
			d.flat[i] = r.c
		}
	}
	return d.flat
}

// put adds or replaces a customer.
func (d *directory) put(c Customer) {
	d.flat = nil
	if old := d.byID[c.ID]; old != nil {
		if i, ok := slices.BinarySearchFunc(d.rows, old, byKey); ok {
			d.rows = slices.Delete(d.rows, i, i+1)
		}
	}
	r := newRow(c)
	i, _ := slices.BinarySearchFunc(d.rows, r, byKey)
	d.rows = slices.Insert(d.rows, i, r)
	d.byID[c.ID] = r
}

// exact finds the one customer with this phone or number.
func (d *directory) exact(query string) []Customer {
	num, code := digits(query), strings.ToUpper(strings.TrimSpace(query))
	var out []Customer
	for _, r := range d.rows {
		if code != "" && r.c.Number == code || len(num) >= 6 && r.nums != "" && samePhone(num, r.nums) {
			out = append(out, r.c)
		}
	}
	if len(out) != 1 {
		return nil
	}
	return out
}

// samePhone compares digits with or without a country's prefix.
func samePhone(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 6 && strings.HasSuffix(b, a) && len(b)-len(a) <= 3
}
