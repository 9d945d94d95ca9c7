package store

// What customers bought, to sort them by it.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
)

// bought finds a customer's invoices among all.
type bought struct {
	issued *index
	by     order        // by customer; those of one-off recipients come last
	ids    []CustomerID // of each run
}

func newBought(issued *index) bought {
	b := bought{issued: issued, by: sortedBy(issued, (*chunk).customerOf, compareIDs)}
	b.ids = make([]CustomerID, len(b.by.runs))
	for n, first := range b.by.runs {
		c, i := issued.at(int(b.by.rows[first]))
		b.ids[n] = c.customerOf(i)
	}
	return b
}

// of lists the rows of a customer's invoices.
func (b bought) of(id CustomerID) []int32 {
	n, ok := slices.BinarySearchFunc(b.ids, id, compareIDs)
	switch {
	case !ok:
		return nil
	case n+1 < len(b.by.runs):
		return b.by.rows[b.by.runs[n]:b.by.runs[n+1]]
	}
	return b.by.rows[b.by.runs[n]:b.by.none]
}

func compareIDs(a, b ID) int { return bytes.Compare(a[:], b[:]) }

// invoices are those that bear one of some ids, the newest first.
func (b bought) invoices(ids []CustomerID) []InvoiceRow {
	var rows []int32
	for _, id := range ids {
		rows = append(rows, b.of(id)...)
	}
	slices.Sort(rows)
	var out []InvoiceRow
	for _, row := range rows {
		c, i := b.issued.at(int(row))
		out = append(out, c.invoice(i))
	}
	return out
}

// dealt is what a customer, with all ids, is sorted by.
func (b bought) dealt(by CustomerOrder, ids []CustomerID) (d dealt) {
	count := 0
	for _, id := range ids {
		for _, row := range b.of(id) {
			c, i := b.issued.at(int(row))
			d.last = max(d.last, binary.BigEndian.Uint32(c.fixedOf(i)[fixDate:]))
			if count++; by == BySpent {
				if total := c.signedTotal(i); count > 1 {
					d.exact = d.exact.Add(total)
				} else {
					d.exact = total
				}
			}
		}
	}
	switch by {
	case BySpent:
		return dealtFor(d.exact, d.last)
	case ByVisits:
		d.near = float64(count)
	}
	return d
}

// signedTotal is InvoiceRow.Signed.
func (c *chunk) signedTotal(i int) decimal.Decimal {
	return signed(invoice.Kind(c.shownField(i, showKind)), c.total(i))
}

// dealt is a number or an amount to sort by, and the last day.
type dealt struct {
	near  float64         // the number, or what is nearest to the amount
	exact decimal.Decimal // the amount
	long  bool            // it has more digits than near tells apart
	last  uint32          // as putDate writes it
}

// floatDigits is how many digits a float tells apart, and floatTens up to which power
// of ten it is exact.
const (
	floatDigits = 15
	floatTens   = 22
)

// dealtFor makes it of an amount. Of one that is not long, with a power of ten up to
// floatTens, the nearest float is one operation of two that are exact.
func dealtFor(amount decimal.Decimal, last uint32) dealt {
	d := dealt{exact: amount, long: amount.NumDigits() > floatDigits, last: last}
	switch exp := int(amount.Exponent()); {
	case d.long || exp < -floatTens || exp > floatTens:
		d.near = amount.InexactFloat64()
	case exp < 0:
		d.near = float64(amount.CoefficientInt64()) / math.Pow10(-exp)
	default:
		d.near = float64(amount.CoefficientInt64()) * math.Pow10(exp)
	}
	return d
}

// compare asks for the amounts themselves only where floats do not tell them apart:
// they never tell two the wrong way round.
func (d dealt) compare(o dealt) int {
	if d.near == o.near && (d.long || o.long) {
		if c := d.exact.Cmp(o.exact); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(d.near, o.near), cmp.Compare(d.last, o.last))
}
