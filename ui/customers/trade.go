// What a customer bought, summed over the invoices the profile may read.

package customers

import (
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
)

// trade is what is known of each customer's invoices.
type trade map[store.CustomerID]sum

// sum is one customer's invoices: how many, the total including VAT less what
// was credited, the date of the last, and how many are past their due date.
type sum struct {
	count, overdue int
	total          decimal.Decimal
	currency       string
	mixed          bool // invoices in several currencies have no total
	last           invoice.Date
}

func (d *directory) loadTrade() {
	d.trade = trade{}
	if !d.e.Can(store.ReadInvoices) {
		return
	}
	book, err := d.e.Session.Invoices()
	if err != nil {
		d.e.Fail(err)
		return
	}
	rows, err := book.List("")
	if err != nil {
		d.e.Fail(err)
		return
	}
	today := d.today()
	for _, r := range rows {
		if r.Customer.IsZero() {
			continue
		}
		d.trade[r.Customer] = d.trade[r.Customer].with(r, today)
	}
}

func (s sum) with(r store.InvoiceRow, today invoice.Date) sum {
	s.count++
	s.mixed = s.mixed || s.currency != "" && s.currency != r.Currency
	s.currency = r.Currency
	s.total = s.total.Add(signed(r))
	if s.last.Before(r.Date) {
		s.last = r.Date
	}
	if r.Overdue(today) {
		s.overdue++
	}
	return s
}

// signed is what a document adds to what a customer spent: a credit note takes
// away.
func signed(r store.InvoiceRow) decimal.Decimal {
	if r.Kind == invoice.KindCredit {
		return r.Total.Neg()
	}
	return r.Total
}

func (d *directory) today() invoice.Date { return invoice.DateOf(d.e.Now()) }

// spent says what a customer spent, "" for nothing.
func (d *directory) spent(id store.CustomerID) string {
	s := d.trade[id]
	switch {
	case s.count == 0:
		return ""
	case s.mixed:
		return d.e.Words.T("customers.mixed")
	}
	return d.e.Words.Money(s.total, s.currency)
}

// listSpent is the sum in the narrow list, for those who may see sums.
func (d *directory) listSpent(id store.CustomerID) string {
	if !d.e.Can(store.SeeTotals) {
		return ""
	}
	return d.spent(id)
}

// lastAgo says how long ago the last invoice was, "" for none.
func (d *directory) lastAgo(id store.CustomerID) string {
	s := d.trade[id]
	if s.last.IsZero() {
		return ""
	}
	return d.ago(s.last)
}

// ago says how long ago a date was. Dates have no time of day, so both are
// taken in the same part of it.
func (d *directory) ago(day invoice.Date) string {
	at := func(x invoice.Date, hour int) time.Time {
		return time.Date(x.Year, x.Month, x.Day, hour, 0, 0, 0, time.Local)
	}
	return d.e.Words.Ago(at(day, 9), at(d.today(), 15))
}
