package store

// Issued invoices as lists see them, and what they add up to.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// InvoiceRow is an invoice in a list.
type InvoiceRow struct {
	ID       InvoiceID
	Number   string
	Date     invoice.Date
	Due      invoice.Date
	Customer CustomerID
	Buyer    string
	Total    decimal.Decimal // gross
	Payable  decimal.Decimal // due
	Currency string
	Kind     invoice.Kind
	Issued   time.Time
}

// Signed is what the document adds to what was bought: a credit note takes away.
func (r InvoiceRow) Signed() decimal.Decimal { return signed(r.Kind, r.Total) }

func signed(k invoice.Kind, total decimal.Decimal) decimal.Decimal {
	if k == invoice.KindCredit {
		return total.Neg()
	}
	return total
}

// Overdue reports whether money is still asked for after its date. The program
// does not know of payments.
func (r InvoiceRow) Overdue(today invoice.Date) bool {
	return !r.Due.IsZero() && r.Due.Before(today) && r.Payable.IsPositive() && r.Kind == invoice.KindInvoice
}

// The fixed columns of a row: what lists filter and add up without reading
// texts.
const (
	fixCustomer = 0  // 16 bytes
	fixDate     = 16 // 4 bytes: year, month, day
	fixDue      = 20 // likewise
	fixAsks     = 24 // 1: an invoice that asks for money
	fixWidth    = 25
)

// invoiceRow is the row of the invoice that was the place-th of the book. The
// newest comes first.
func invoiceRow(inv Invoice, place int) indexRow {
	d := inv.Doc
	fixed := make([]byte, fixWidth)
	copy(fixed[fixCustomer:], inv.Customer[:])
	putDate(fixed[fixDate:], d.Date)
	putDate(fixed[fixDue:], d.Due)
	if d.Totals.Due.IsPositive() && d.Kind == invoice.KindInvoice {
		fixed[fixAsks] = 1
	}
	return indexRow{id: inv.ID, n: ^uint64(place), text: []byte(fold(d.Number + " " + d.Buyer.Name + " " + d.Buyer.Contact)), fixed: fixed,
		shown: shownFields(d.Number, d.Buyer.Name, d.Totals.Gross.String(), d.Totals.Due.String(), d.Currency, string(d.Kind),
			strconv.FormatInt(inv.Issued.Unix(), 10))}
}

func putDate(b []byte, d invoice.Date) {
	binary.BigEndian.PutUint16(b, uint16(d.Year))
	b[2], b[3] = byte(d.Month), byte(d.Day)
}

func dateAt(b []byte) invoice.Date {
	return invoice.Date{Year: int(binary.BigEndian.Uint16(b)), Month: time.Month(b[2]), Day: int(b[3])}
}

// The fields that a row of the index of invoices shows, in their order.
const (
	showInvoice = iota // its number
	showBuyer
	showTotal
	showDue
	showCurrency
	showKind
	showIssued
	invoiceFields
)

func (c *chunk) invoice(i int) InvoiceRow {
	f := strings.Split(string(c.shownOf(i)), fieldEnd)
	f = append(f, make([]string, max(0, invoiceFields-len(f)))...)
	fixed := c.fixedOf(i)
	issued, _ := strconv.ParseInt(f[showIssued], 10, 64)
	return InvoiceRow{ID: c.ids[i], Number: f[showInvoice], Date: dateAt(fixed[fixDate:]), Due: dateAt(fixed[fixDue:]),
		Customer: c.customerOf(i), Buyer: f[showBuyer], Total: amount(f[showTotal]), Payable: amount(f[showDue]), Currency: f[showCurrency],
		Kind: invoice.Kind(f[showKind]), Issued: time.Unix(issued, 0).UTC()}
}

// total is an invoice's gross total.
func (c *chunk) total(i int) decimal.Decimal { return amount(c.shownField(i, showTotal)) }

func (c *chunk) customerOf(i int) CustomerID { return CustomerID(c.fixedOf(i)[fixCustomer:fixDate]) }

// amount reads what a row says of an amount; the document holds what counts.
func amount(s string) decimal.Decimal {
	d, _ := decimal.NewFromString(s)
	return d
}

// overdueOn is InvoiceRow.Overdue by the fixed columns alone.
func overdueOn(today invoice.Date) func(c *chunk, i int) bool {
	var day, none [4]byte
	putDate(day[:], today)
	return func(c *chunk, i int) bool {
		fixed := c.fixedOf(i)
		due := fixed[fixDue:fixAsks]
		return fixed[fixAsks] == 1 && bytes.Compare(due, day[:]) < 0 && !bytes.Equal(due, none[:])
	}
}

// invoiceRows makes the rows of all invoices, in the order of commits, which no
// clock can disturb.
func invoiceRows(s *Session) ([]indexRow, error) {
	type issued struct {
		inv    Invoice
		commit uint64
	}
	var list []issued
	err := s.v.Scan(areaInvoices, nil, func(id vault.ID, plain []byte, version uint64) error {
		if id[0]&paperBit != 0 {
			return nil // pages, pictures and numbers
		}
		var inv Invoice
		err := decode(plain, kindInvoice, &inv)
		if errors.Is(err, errOtherKind) {
			return nil
		}
		inv.ID = ID(id)
		inv.Doc.Lines = nil
		list = append(list, issued{inv, version})
		return err
	})
	if err != nil {
		return nil, explain(err)
	}
	slices.SortFunc(list, func(a, b issued) int {
		return cmp.Or(cmp.Compare(a.commit, b.commit), cmp.Compare(len(a.inv.Doc.Number), len(b.inv.Doc.Number)), strings.Compare(a.inv.Doc.Number, b.inv.Doc.Number))
	})
	rows := make([]indexRow, len(list))
	for i, v := range list {
		rows[i] = invoiceRow(v.inv, i+1)
	}
	return rows, nil
}

// InvoiceOrder is an order of a list of invoices.
type InvoiceOrder uint8

const (
	ByIssue   InvoiceOrder = iota // the newest first
	ByInvoice                     // by number
	ByDate                        // of the document
	ByBuyer                       // by the recipient's name
	ByDue                         // by the date until which to pay
	ByTotal                       // by the gross total
	ByOverdue                     // those that are overdue first
)

// InvoiceQuery says which invoices to list, and how.
type InvoiceQuery struct {
	Text    string // every word of it is in the number or the recipient
	By      InvoiceOrder
	Falling bool
	Overdue bool         // only those that are overdue
	Today   invoice.Date // what overdue is measured by
}

// InvoicesFound is a list of invoices. It stays as it is while the book changes.
type InvoicesFound struct{ list }

// At is the i-th invoice.
func (f InvoicesFound) At(i int) InvoiceRow {
	c, at := f.ix.at(f.row(i))
	return c.invoice(at)
}

// index is all invoices as lists see them.
func (is *Invoices) index() (*index, error) {
	if err := is.s.need(ReadInvoices); err != nil {
		return nil, err
	}
	return is.s.index(&is.s.invoices)
}

// Find lists invoices.
func (is *Invoices) Find(q InvoiceQuery) (InvoicesFound, error) {
	ix, err := is.index()
	if err != nil {
		return InvoicesFound{}, err
	}
	var only func(c *chunk, i int) bool
	if q.Overdue {
		only = overdueOn(q.Today)
	}
	return InvoicesFound{is.s.found(&is.s.invoices, ix, q.Text, only, is.order(ix, q), q.Falling)}, nil
}

// order sorts all invoices; the zero order is that of the index.
func (is *Invoices) order(ix *index, q InvoiceQuery) order {
	name := fmt.Sprint("invoices ", q.By)
	text := func(field int, as func(string) string) order {
		return is.s.sorted(name, ix, nil, q.Falling, func() order { return byField(ix, field, as) })
	}
	date := func(col int) order {
		return is.s.sorted(name, ix, nil, q.Falling, func() order {
			return sortedBy(ix, func(c *chunk, i int) uint32 { return binary.BigEndian.Uint32(c.fixedOf(i)[col:]) }, cmp.Compare[uint32])
		})
	}
	switch q.By {
	case ByInvoice:
		return text(showInvoice, asIs)
	case ByBuyer:
		return text(showBuyer, fold)
	case ByDate:
		return date(fixDate)
	case ByDue:
		return date(fixDue)
	case ByTotal:
		return is.s.sorted(name, ix, nil, q.Falling, func() order {
			return sortedBy(ix, func(c *chunk, i int) dealt { return dealtFor(c.total(i), 0) }, dealt.compare)
		})
	case ByOverdue:
		overdue := overdueOn(q.Today)
		return is.s.sorted(name+q.Today.String(), ix, nil, q.Falling, func() order {
			return sortedBy(ix, func(c *chunk, i int) int {
				if overdue(c, i) {
					return 1
				}
				return 2
			}, cmp.Compare[int])
		})
	}
	return order{}
}

// List is Find, newest first, with all rows at once: for few.
func (is *Invoices) List(query string) ([]InvoiceRow, error) {
	found, err := is.Find(InvoiceQuery{Text: query})
	var out []InvoiceRow
	for i := range found.Len() {
		out = append(out, found.At(i))
	}
	return out, err
}

// Count is how many invoices there are.
func (is *Invoices) Count() (int, error) {
	ix, err := is.index()
	if err != nil {
		return 0, err
	}
	return ix.count, nil
}

// byCustomer gathers all invoices by their customers.
func (is *Invoices) byCustomer() (bought, error) {
	ix, err := is.index()
	if err != nil {
		return bought{}, err
	}
	s := is.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bought.issued != ix {
		s.bought = newBought(ix)
	}
	return s.bought, nil
}

// Gather sorts the invoices by their customers, which Of and Trade otherwise do
// when they are first asked. With many invoices it takes more than a frame, so
// call it off the screen's goroutine.
func (is *Invoices) Gather() error {
	_, err := is.byCustomer()
	return err
}

// Of lists a customer's invoices, newest first, with those of whom they were merged
// with.
func (is *Invoices) Of(c CustomerID) ([]InvoiceRow, error) {
	b, err := is.byCustomer()
	if err != nil || c.IsZero() {
		return nil, err
	}
	ids, err := is.s.idsOf(is.s.v.Get, c)
	if err != nil {
		return nil, err
	}
	return b.invoices(ids), nil
}

// TradeOfRow is [Invoices.Trade] of a customer in a list, of whom no record is read.
func (is *Invoices) TradeOfRow(c CustomerRow) (Trade, error) {
	b, err := is.byCustomer()
	if err != nil || c.ID.IsZero() {
		return Trade{}, err
	}
	return TradeOf(b.invoices(append([]CustomerID{c.ID}, c.Merged...))), nil
}

// Trade adds up a customer's invoices.
func (is *Invoices) Trade(c CustomerID) (Trade, error) {
	rows, err := is.Of(c)
	return TradeOf(rows), err
}

// Trade is what was invoiced: to a customer, or in a time.
type Trade struct {
	Count    int
	Total    decimal.Decimal // gross; what was credited is taken off
	Currency string
	Mixed    bool         // several currencies, so that the total means nothing
	Last     invoice.Date // of the last document
}

// TradeOf adds up invoices.
func TradeOf(rows []InvoiceRow) Trade {
	var t Trade
	for _, r := range rows {
		t = t.with(r)
	}
	return t
}

func (t Trade) with(r InvoiceRow) Trade {
	t.Count++
	t.Mixed = t.Mixed || t.Currency != "" && t.Currency != r.Currency
	t.Currency = r.Currency
	t.Total = t.Total.Add(r.Signed())
	if t.Last.Before(r.Date) {
		t.Last = r.Date
	}
	return t
}

// Between adds up the invoices of some days, both included, for each currency.
func (is *Invoices) Between(from, to invoice.Date) (map[string]Trade, error) {
	if err := is.s.need(SeeTotals); err != nil {
		return nil, err
	}
	ix, err := is.index()
	if err != nil {
		return nil, err
	}
	out := map[string]Trade{}
	var ends [8]byte
	putDate(ends[:4], from)
	putDate(ends[4:], to)
	ix.each(func(_ int, c *chunk, i int) {
		if d := c.fixedOf(i)[fixDate:fixDue]; bytes.Compare(d, ends[:4]) < 0 || bytes.Compare(d, ends[4:]) > 0 {
			return
		}
		r := c.invoice(i)
		out[r.Currency] = out[r.Currency].with(r)
	})
	return out, nil
}
