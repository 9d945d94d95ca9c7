// What a customer bought, summed over the invoices the profile may read.

package customers

import (
	"context"
	"time"

	"counterbook/invoice"
	"counterbook/store"
)

// loadTrade sorts the invoices by customer, which takes a while where there are
// many; the rows show what was bought when that is done.
func (d *directory) loadTrade() {
	if !d.e.Can(store.ReadInvoices) {
		return
	}
	var book *store.Invoices
	d.e.Run.Run(func(context.Context) (err error) {
		if book, err = d.e.Session.Invoices(); err == nil {
			err = book.Gather()
		}
		return err
	}, func(err error) {
		if err != nil {
			d.e.Fail(err)
			return
		}
		d.invoices = book
		d.wide.Update()
		d.slim.Update()
		d.list.Update()
	})
}

// trade is what was invoiced to a customer, as far as it is known.
func (d *directory) trade(c store.CustomerRow) store.Trade {
	if d.invoices == nil {
		return store.Trade{}
	}
	t, err := d.invoices.TradeOfRow(c)
	if err != nil {
		return store.Trade{}
	}
	return t
}

func (d *directory) today() invoice.Date { return invoice.DateOf(d.e.Now()) }

// spent says what a customer spent, "" for nothing.
func (d *directory) spent(s store.Trade) string {
	switch {
	case s.Count == 0:
		return ""
	case s.Mixed:
		return d.e.Words.T("customers.mixed")
	}
	return d.e.Words.Money(s.Total, s.Currency)
}

// listSpent is the sum in the narrow list, for those who may see sums.
func (d *directory) listSpent(s store.Trade) string {
	if !d.e.Can(store.SeeTotals) {
		return ""
	}
	return d.spent(s)
}

// visits says how many invoices a customer got, "" for none.
func (d *directory) visits(s store.Trade) string {
	if s.Count == 0 {
		return ""
	}
	return d.e.Words.Number(s.Count)
}

// lastAgo says how long ago the last invoice was, "" for none.
func (d *directory) lastAgo(s store.Trade) string {
	if s.Last.IsZero() {
		return ""
	}
	return d.ago(s.Last)
}

// ago says how long ago a date was. Dates have no time of day, so both are
// taken in the same part of it.
func (d *directory) ago(day invoice.Date) string {
	at := func(x invoice.Date, hour int) time.Time {
		return time.Date(x.Year, x.Month, x.Day, hour, 0, 0, 0, time.Local)
	}
	return d.e.Words.Ago(at(day, 9), at(d.today(), 15))
}
