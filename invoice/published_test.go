// This file checks Compute against invoices published by others.

package invoice_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
)

// published is one invoice of testdata/en16931-totals.json.
type published struct {
	Name, Type, Currency string
	Lines                []struct {
		Qty        decimal.Decimal
		NetPrice   decimal.Decimal     `json:"net_price"`
		BaseQty    decimal.NullDecimal `json:"base_qty"`
		Adjustment decimal.Decimal     `json:"line_allowance_charge"` // charges less allowances
		Net        decimal.Decimal
		Cat        invoice.Category
		Rate       decimal.NullDecimal
	}
	Adjustments []struct {
		Amount decimal.Decimal
		Cat    invoice.Category
		Charge bool
		Rate   decimal.NullDecimal
	} `json:"document_allowances_charges"`
	Prepaid, Rounding decimal.NullDecimal
	Expect            struct {
		SumLines                                  decimal.NullDecimal `json:"sum_lines"`
		Allowances, Charges, Net, VAT, Gross, Due decimal.NullDecimal
		Breakdown                                 []struct {
			Cat       invoice.Category
			Rate      decimal.NullDecimal
			Base, Tax decimal.Decimal
		}
	}
}

func (p published) document() invoice.Document {
	d := invoice.Document{
		Kind: invoice.Kind(p.Type), Currency: p.Currency,
		Prepaid: p.Prepaid.Decimal, Rounding: p.Rounding.Decimal,
	}
	for _, l := range p.Lines {
		line := invoice.Line{
			Quantity: l.Qty, Price: l.NetPrice, PriceBase: l.BaseQty.Decimal,
			Tax: invoice.Tax{Category: l.Cat, Rate: l.Rate.Decimal},
		}
		if !l.Adjustment.IsZero() {
			line.Adjustments = []invoice.Adjustment{{Charge: l.Adjustment.IsPositive(), Amount: l.Adjustment.Abs()}}
		}
		d.Lines = append(d.Lines, line)
	}
	for _, a := range p.Adjustments {
		d.Adjustments = append(d.Adjustments, invoice.Adjustment{
			Charge: a.Charge, Amount: a.Amount,
			Tax: invoice.Tax{Category: a.Cat, Rate: a.Rate.Decimal},
		})
	}
	return d
}

func TestPublishedInvoicesAreRecomputedToTheCent(t *testing.T) {
	data, err := os.ReadFile("testdata/en16931-totals.json")
	require.NoError(t, err)
	var all []published
	require.NoError(t, json.Unmarshal(data, &all))
	require.Len(t, all, 36)

	for _, p := range all {
		t.Run(p.Name, func(t *testing.T) {
			d, err := invoice.Compute(p.document())
			require.NoError(t, err)
			for i, l := range p.Lines {
				equal(t, l.Net, d.Lines[i].Net, "line %d", i)
			}
			equal(t, p.Expect.SumLines.Decimal, d.Totals.Lines, "sum of lines")
			equal(t, p.Expect.Allowances.Decimal, d.Totals.Allowances, "allowances")
			equal(t, p.Expect.Charges.Decimal, d.Totals.Charges, "charges")
			equal(t, p.Expect.Net.Decimal, d.Totals.Net, "net")
			equal(t, p.Expect.VAT.Decimal, d.Totals.VAT, "VAT")
			equal(t, p.Expect.Gross.Decimal, d.Totals.Gross, "gross")
			equal(t, p.Expect.Due.Decimal, d.Totals.Due, "due")

			require.Len(t, d.Totals.Breakdown, len(p.Expect.Breakdown))
			for _, want := range p.Expect.Breakdown {
				found := false
				for _, got := range d.Totals.Breakdown {
					if got.Tax.Category == want.Cat && got.Tax.Rate.Equal(want.Rate.Decimal) {
						found = true
						equal(t, want.Base, got.Base, "base of %s", want.Cat)
						equal(t, want.Tax, got.Amount, "VAT of %s", want.Cat)
					}
				}
				require.True(t, found, "no row for %s %s", want.Cat, want.Rate.Decimal)
			}
		})
	}
}

// equal compares amounts by value: 22 is 22.00.
func equal(t *testing.T, want, got decimal.Decimal, msg string, args ...any) {
	t.Helper()
	require.Truef(t, want.Equal(got), msg+": want %s, got %s", append(args, want, got)...)
}
