package store

import (
	"encoding/binary"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
)

// drawnInvoices are rows of invoices of customers 1 to 5, or of nobody.
func drawnInvoices(t *rapid.T) *index {
	var rows []indexRow
	for n := range rapid.IntRange(0, 3*chunkRows).Draw(t, "invoices") {
		v := Invoice{ID: ID{9, byte(n)}, Customer: ID{byte(rapid.IntRange(0, 5).Draw(t, "customer"))}}
		v.Doc.Kind = rapid.SampledFrom([]invoice.Kind{invoice.KindInvoice, invoice.KindCredit}).Draw(t, "kind")
		v.Doc.Currency = rapid.SampledFrom([]string{"EUR", "CHF"}).Draw(t, "currency")
		day := rapid.Custom(func(t *rapid.T) invoice.Date {
			return invoice.Date{Year: 2026, Month: 3, Day: rapid.IntRange(1, 28).Draw(t, "day")}
		})
		v.Doc.Date, v.Doc.Due = day.Draw(t, "date"), rapid.OneOf(day, rapid.Just(invoice.Date{})).Draw(t, "due")
		v.Doc.Totals.Gross = decimal.New(rapid.Int64Range(-30, 30).Draw(t, "gross"), -2)
		v.Doc.Totals.Due = v.Doc.Totals.Gross
		rows = append(rows, invoiceRow(v, n+1))
	}
	return indexOf(rows)
}

func TestWhatSomebodyBoughtIsWhatTheirInvoicesAddUpTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ix := drawnInvoices(t)
		b := newBought(ix)
		for _, ids := range [][]CustomerID{{{1}}, {{2}, {4}}, {{5}, {3}, {1}}, {{7}}} {
			var theirs []InvoiceRow
			ix.each(func(_ int, c *chunk, i int) {
				if slices.Contains(ids, c.customerOf(i)) {
					theirs = append(theirs, c.invoice(i))
				}
			})
			require.Equal(t, theirs, b.invoices(ids))
			want, last := TradeOf(theirs), make([]byte, 4)
			if want.Count > 0 {
				putDate(last, want.Last)
			}
			spent := b.dealt(BySpent, ids)
			require.Zero(t, want.Total.Cmp(spent.exact))
			require.Equal(t, binary.BigEndian.Uint32(last), spent.last)
			require.EqualValues(t, want.Count, b.dealt(ByVisits, ids).near)
		}
	})
}

func TestARowIsOverdueAsItsInvoiceIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := invoice.Date{Year: 2026, Month: 3, Day: rapid.IntRange(1, 28).Draw(t, "today")}
		is := overdueOn(today)
		drawnInvoices(t).each(func(_ int, c *chunk, i int) {
			require.Equal(t, c.invoice(i).Overdue(today), is(c, i))
		})
	})
}

func TestAmountsAreSortedAsTheyAre(t *testing.T) {
	amount := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.OneOf(rapid.Int64Range(-100_000, 100_000), rapid.Int64()).Draw(t, "digits"), rapid.Int32Range(-6, 6).Draw(t, "exponent"))
	})
	of := func(d decimal.Decimal) dealt { return dealtFor(d, 0) }
	rapid.Check(t, func(t *rapid.T) {
		a, b := amount.Draw(t, "a"), amount.Draw(t, "b")
		require.Equal(t, a.Cmp(b), of(a).compare(of(b)))
		same := a.Add(decimal.New(0, -6)) // written with other digits
		require.Zero(t, of(a).compare(of(same)))
	})
}
