// This file tests the adding by worked cases and by properties.

package invoice_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func standard(rate string) invoice.Tax {
	return invoice.Tax{Category: invoice.Standard, Rate: dec(rate)}
}

func line(quantity, price string, tax invoice.Tax) invoice.Line {
	return invoice.Line{Name: "Item", Quantity: dec(quantity), Price: dec(price), Tax: tax}
}

var (
	s19, s7 = standard("19"), standard("7")
	zero    = invoice.Tax{Category: invoice.ZeroRated}
	exempt  = invoice.Tax{Category: invoice.Exempt, Reason: "Exempt"}
)

// row is a row of the VAT breakdown: rate, base, VAT.
type row [3]string

// The cases were worked by hand; each shows one rule of rounding.
func TestWorkedCases(t *testing.T) {
	cases := []struct {
		name                   string
		doc                    invoice.Document
		lines, allowances, net string
		breakdown              []row
		vat, gross, due        string
	}{
		{
			name: "each line is rounded by itself",
			doc: invoice.Document{Lines: []invoice.Line{
				line("1", "0.335", s19), line("1", "0.335", s19), line("1", "0.335", s19),
			}},
			lines: "1.02", allowances: "0", net: "1.02",
			breakdown: []row{{"19", "1.02", "0.19"}}, vat: "0.19", gross: "1.21", due: "1.21",
		},
		{
			name: "VAT is rounded once for the group, not once a line",
			doc: invoice.Document{Lines: []invoice.Line{
				line("1", "0.99", s19), line("1", "0.99", s19), line("1", "0.99", s19), line("1", "0.99", s19),
				line("1", "0.99", s19), line("1", "0.99", s19), line("1", "0.99", s19),
			}},
			lines: "6.93", allowances: "0", net: "6.93",
			breakdown: []row{{"19", "6.93", "1.32"}}, vat: "1.32", gross: "8.25", due: "8.25",
		},
		{
			name: "a return rounds half away from zero",
			doc: invoice.Document{Lines: []invoice.Line{
				line("1", "10.00", s19), line("-3", "0.335", s19),
			}},
			lines: "8.99", allowances: "0", net: "8.99",
			breakdown: []row{{"19", "8.99", "1.71"}}, vat: "1.71", gross: "10.70", due: "10.70",
		},
		{
			name: "a price for a hundred, a weight and a time",
			doc: invoice.Document{Lines: []invoice.Line{
				{Quantity: dec("130"), Price: dec("4.99"), PriceBase: dec("100"), Tax: s19},
				line("0.333", "8.90", s19), line("1.5", "59.995", s19),
			}},
			lines: "99.44", allowances: "0", net: "99.44",
			breakdown: []row{{"19", "99.44", "18.89"}}, vat: "18.89", gross: "118.33", due: "118.33",
		},
		{
			name: "a discount on everything is split by largest remainder",
			doc: invoice.Document{
				Lines:       []invoice.Line{line("1", "33.35", s19), line("1", "33.35", s7), line("1", "33.35", exempt)},
				Adjustments: []invoice.Adjustment{{Reason: "Discount", Percent: dec("10")}},
			},
			lines: "100.05", allowances: "10.01", net: "90.04",
			breakdown: []row{{"19", "30.01", "5.70"}, {"7", "30.01", "2.10"}, {"0", "30.02", "0"}},
			vat:       "7.80", gross: "97.84", due: "97.84",
		},
		{
			name: "more paid than owed leaves a negative amount due",
			doc: invoice.Document{
				Lines:   []invoice.Line{line("1", "100", s19), line("1", "50", zero), line("1", "25.50", exempt)},
				Prepaid: dec("250"),
			},
			lines: "175.50", allowances: "0", net: "175.50",
			breakdown: []row{{"19", "100", "19"}, {"0", "50", "0"}, {"0", "25.50", "0"}},
			vat:       "19.00", gross: "194.50", due: "-55.50",
		},
		{
			name: "a correction with a discount on a line mirrors its invoice",
			doc: invoice.Document{Kind: invoice.KindCorrected, Lines: []invoice.Line{{
				Quantity: dec("-7"), Price: dec("12.95"), Tax: s7,
				Adjustments: []invoice.Adjustment{{Reason: "Discount", Percent: dec("10")}},
			}}},
			lines: "-81.58", allowances: "0", net: "-81.58",
			breakdown: []row{{"7", "-81.58", "-5.71"}}, vat: "-5.71", gross: "-87.29", due: "-87.29",
		},
		{
			name: "line and document allowances, a charge and a payment together",
			doc: invoice.Document{
				Lines: []invoice.Line{
					{Quantity: dec("7"), Price: dec("12.95"), Tax: s7,
						Adjustments: []invoice.Adjustment{{Reason: "Discount", Percent: dec("10")}}},
					line("1", "349.00", s19), line("1", "150.00", exempt),
					{Quantity: dec("130"), Price: dec("4.99"), PriceBase: dec("100"), Tax: s19},
				},
				Adjustments: []invoice.Adjustment{
					{Reason: "Discount", Percent: dec("5"), Tax: s19},
					{Charge: true, Reason: "Postage", Amount: dec("5.90"), Tax: s19},
				},
				Prepaid: dec("100"),
			},
			lines: "587.07", allowances: "17.77", net: "575.20",
			breakdown: []row{{"19", "343.62", "65.29"}, {"7", "81.58", "5.71"}, {"0", "150", "0"}},
			vat:       "71.00", gross: "646.20", due: "546.20",
		},
		{
			name:  "ties in VAT round away from zero, not to the even cent",
			doc:   invoice.Document{Lines: []invoice.Line{line("1", "1460.50", standard("25"))}},
			lines: "1460.50", allowances: "0", net: "1460.50",
			breakdown: []row{{"25", "1460.50", "365.13"}}, vat: "365.13", gross: "1825.63", due: "1825.63",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.doc.Currency = "EUR"
			d, err := invoice.Compute(c.doc)
			require.NoError(t, err)
			equal(t, dec(c.lines), d.Totals.Lines, "lines")
			equal(t, dec(c.allowances), d.Totals.Allowances, "allowances")
			equal(t, dec(c.net), d.Totals.Net, "net")
			equal(t, dec(c.vat), d.Totals.VAT, "VAT")
			equal(t, dec(c.gross), d.Totals.Gross, "gross")
			equal(t, dec(c.due), d.Totals.Due, "due")
			require.Len(t, d.Totals.Breakdown, len(c.breakdown))
			for i, want := range c.breakdown {
				got := d.Totals.Breakdown[i]
				equal(t, dec(want[0]), got.Tax.Rate, "rate %d", i)
				equal(t, dec(want[1]), got.Base, "base %d", i)
				equal(t, dec(want[2]), got.Amount, "VAT %d", i)
			}
		})
	}
}

func TestAmountsHaveTheDigitsOfTheirCurrency(t *testing.T) {
	for currency, want := range map[string]string{"JPY": "3704", "EUR": "3703.7", "KWD": "3703.704", "XXX": "3703.7"} {
		d, err := invoice.Compute(invoice.Document{
			Currency: currency, Lines: []invoice.Line{line("3", "1234.568", zero)},
		})
		require.NoError(t, err)
		equal(t, dec(want), d.Totals.Due, currency)
	}
}

func TestSharesSayWhatEachVATGroupBears(t *testing.T) {
	d, err := invoice.Compute(invoice.Document{
		Currency:    "EUR",
		Lines:       []invoice.Line{line("1", "33.35", exempt), line("1", "33.35", s7), line("1", "33.35", s19)},
		Adjustments: []invoice.Adjustment{{Percent: dec("10")}},
	})
	require.NoError(t, err)
	a := d.Adjustments[0]
	equal(t, dec("10.01"), a.Amount, "amount")
	require.Len(t, a.Shares, 3)
	for i, want := range []string{"3.34", "3.34", "3.33"} {
		equal(t, dec(want), a.Shares[i].Amount, "share %d", i)
	}
	require.Equal(t, invoice.Exempt, a.Shares[2].Tax.Category)
}

func TestReasonsOfAGroupAreJoinedOnce(t *testing.T) {
	a, b := exempt, exempt
	b.Reason = "Another"
	d, err := invoice.Compute(invoice.Document{Lines: []invoice.Line{
		line("1", "1", a), line("1", "1", b), line("1", "1", a),
	}})
	require.NoError(t, err)
	require.Len(t, d.Totals.Breakdown, 1)
	require.Equal(t, "Another; Exempt", d.Totals.Breakdown[0].Tax.Reason)
}

func TestADiscountOnNothingIsAProblemAndNotAPanic(t *testing.T) {
	_, err := invoice.Compute(invoice.Document{
		Currency:    "EUR",
		Lines:       []invoice.Line{line("1", "5", s19), line("-1", "5", s7)},
		Adjustments: []invoice.Adjustment{{Amount: dec("1")}},
	})
	require.Equal(t, invoice.Problems{{Field: "Adjustments[0].Amount", Rule: "spread"}}, err)
}

func TestNumbersOutOfBoundsAreRefusedBeforeAdding(t *testing.T) {
	for _, n := range []string{"1e999999999", "1e-999999999", "1000000000000", "-1000000000000"} {
		_, err := invoice.Compute(invoice.Document{Lines: []invoice.Line{line(n, "1", s19)}})
		require.Equal(t, invoice.Problems{{Field: "Lines[0].Quantity", Rule: "range"}}, err, n)
	}
}

func TestComputeLeavesTheDocumentItWasGivenAlone(t *testing.T) {
	given := invoice.Document{
		Currency:    "EUR",
		Lines:       []invoice.Line{{Quantity: dec("1"), Price: dec("9"), Tax: s19, Adjustments: []invoice.Adjustment{{Percent: dec("5")}}}},
		Adjustments: []invoice.Adjustment{{Percent: dec("10")}},
	}
	_, err := invoice.Compute(given)
	require.NoError(t, err)
	require.True(t, given.Lines[0].Net.IsZero())
	require.True(t, given.Lines[0].Adjustments[0].Amount.IsZero())
	require.True(t, given.Adjustments[0].Amount.IsZero())
}

// documents draws documents of any kind of line, adjustment and currency.
var documents = rapid.Custom(func(t *rapid.T) invoice.Document {
	number := func(name string, from, to int64, digits int32) decimal.Decimal {
		return decimal.New(rapid.Int64Range(from, to).Draw(t, name), -digits)
	}
	taxes := []invoice.Tax{s19, s7, standard("5.5"), zero, exempt, {Category: invoice.ReverseCharge, Reason: "Reverse charge"}}
	adjustments := func(most int, document bool) []invoice.Adjustment {
		var out []invoice.Adjustment
		for range rapid.IntRange(0, most).Draw(t, "adjustments") {
			a := invoice.Adjustment{Charge: rapid.Bool().Draw(t, "charge"), Reason: "Reason"}
			if document && rapid.Bool().Draw(t, "fixed") {
				a.Tax = rapid.SampledFrom(taxes).Draw(t, "group")
			}
			if rapid.Bool().Draw(t, "percentage") {
				a.Percent = number("percent", 1, 10000, 2)
			} else {
				a.Amount = number("amount", 0, 10000, 3)
			}
			out = append(out, a)
		}
		return out
	}
	d := invoice.Document{
		Kind:     invoice.KindInvoice,
		Currency: rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "currency"),
		Prepaid:  number("prepaid", 0, 100000, 2),
		Rounding: number("rounding", -50, 50, 2),
	}
	for range rapid.IntRange(1, 8).Draw(t, "lines") {
		d.Lines = append(d.Lines, invoice.Line{
			Name: "Item", Quantity: number("quantity", -5000, 50000, 3), Price: number("price", 0, 1000000, 4),
			PriceBase: rapid.SampledFrom([]decimal.Decimal{decimal.Zero, dec("1"), dec("100"), dec("3")}).Draw(t, "base"),
			Tax:       rapid.SampledFrom(taxes).Draw(t, "tax"), Adjustments: adjustments(2, false),
		})
	}
	d.Adjustments = adjustments(3, true)
	return d
})

// computed draws a computed document; what cannot be spread is left out.
func computed(t *rapid.T) invoice.Document {
	d, err := invoice.Compute(documents.Draw(t, "document"))
	if err != nil {
		t.Skip("lines sum to zero")
	}
	return d
}

func TestSplitPartsSumToTheirTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := computed(t)
		for _, a := range d.Adjustments {
			sum := decimal.Zero
			for _, s := range a.Shares {
				sum = sum.Add(s.Amount)
			}
			require.True(t, a.Amount.Equal(sum), "%s in parts is %s", a.Amount, sum)
		}
	})
}

// BR-CO-10 to BR-CO-16 and BR-S-08, all exact.
func TestSumsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := computed(t)
		same := func(want, got decimal.Decimal, rule string) {
			require.True(t, want.Equal(got), "%s: %s is not %s", rule, got, want)
			require.True(t, got.Equal(got.Round(invoice.Digits(d.Currency))), "%s: %s has too many digits", rule, got)
		}
		var lines, allowances, charges, bases, vat decimal.Decimal
		for _, l := range d.Lines {
			lines = lines.Add(l.Net)
		}
		for _, a := range d.Adjustments {
			if a.Charge {
				charges = charges.Add(a.Amount)
			} else {
				allowances = allowances.Add(a.Amount)
			}
		}
		for _, s := range d.Totals.Breakdown {
			bases, vat = bases.Add(s.Base), vat.Add(s.Amount)
		}
		x := d.Totals
		same(lines, x.Lines, "BR-CO-10")
		same(allowances, x.Allowances, "BR-CO-11")
		same(charges, x.Charges, "BR-CO-12")
		same(lines.Sub(allowances).Add(charges), x.Net, "BR-CO-13")
		same(bases, x.Net, "BR-S-08")
		same(vat, x.VAT, "BR-CO-14")
		same(x.Net.Add(vat), x.Gross, "BR-CO-15")
		same(x.Gross.Sub(d.Prepaid).Add(d.Rounding), x.Due, "BR-CO-16")
	})
}

func TestComputingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := computed(t)
		twice, err := invoice.Compute(once)
		require.NoError(t, err)
		require.Equal(t, texts(once), texts(twice))
	})
}

func TestOrderOfLinesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := computed(t)
		seed := rapid.Uint64().Draw(t, "seed")
		moved := d.Clone()
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(moved.Lines), func(i, j int) {
			moved.Lines[i], moved.Lines[j] = moved.Lines[j], moved.Lines[i]
		})
		moved, err := invoice.Compute(moved)
		require.NoError(t, err)
		require.Equal(t, texts(d)[len(d.Lines):], texts(moved)[len(d.Lines):])
	})
}

func TestReversedQuantitiesMirrorTheInvoiceToTheCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := computed(t)
		d.Adjustments = nil // fixed amounts do not turn with the quantity
		for i := range d.Lines {
			d.Lines[i].Adjustments = nil
		}
		d.Prepaid, d.Rounding = decimal.Zero, decimal.Zero
		there, err := invoice.Compute(d)
		require.NoError(t, err)
		for i := range d.Lines {
			d.Lines[i].Quantity = d.Lines[i].Quantity.Neg()
		}
		back, err := invoice.Compute(d)
		require.NoError(t, err)
		require.True(t, there.Totals.Due.Add(back.Totals.Due).IsZero())
	})
}

// texts lists the computed amounts as text, line nets first.
func texts(d invoice.Document) []string {
	var out []string
	for _, l := range d.Lines {
		out = append(out, l.Net.String())
	}
	x := d.Totals
	for _, v := range []decimal.Decimal{x.Lines, x.Allowances, x.Charges, x.Net, x.VAT, x.Gross, x.Prepaid, x.Rounding, x.Due} {
		out = append(out, v.String())
	}
	for _, s := range x.Breakdown {
		out = append(out, string(s.Tax.Category), s.Tax.Rate.String(), s.Tax.Reason, s.Base.String(), s.Amount.String())
	}
	for _, a := range d.Adjustments {
		out = append(out, a.Amount.String())
		for _, s := range a.Shares {
			out = append(out, s.Tax.Rate.String(), s.Amount.String())
		}
	}
	return out
}

func FuzzComputeNeverPanics(f *testing.F) {
	f.Add("2", "58.00", "0", "20", "10", "5", "EUR", "S")
	f.Add("-3", "0.335", "100", "0", "0", "-1", "JPY", "E")
	f.Add("1e999999", "1", "0", "19", "0", "0", "KWD", "")
	f.Fuzz(func(t *testing.T, quantity, price, base, rate, percent, amount, currency, category string) {
		var values [6]decimal.Decimal
		for i, s := range []string{quantity, price, base, rate, percent, amount} {
			v, err := decimal.NewFromString(s)
			if err != nil {
				t.Skip()
			}
			values[i] = v
		}
		tax := invoice.Tax{Category: invoice.Category(category), Rate: values[3]}
		d := invoice.Document{
			Currency: currency,
			Lines: []invoice.Line{
				{Quantity: values[0], Price: values[1], PriceBase: values[2], Tax: tax},
				{Quantity: values[0], Price: values[1], Tax: s7},
			},
			Adjustments: []invoice.Adjustment{{Percent: values[4], Amount: values[5]}},
		}
		invoice.Check(d)
		if got, err := invoice.Compute(d); err == nil {
			require.True(t, got.Totals.Gross.Equal(got.Totals.Net.Add(got.Totals.VAT)))
		}
	})
}

func BenchmarkCompute(b *testing.B) {
	d := invoice.Document{Currency: "EUR", Adjustments: []invoice.Adjustment{{Percent: dec("5")}}}
	for i := range 40 {
		d.Lines = append(d.Lines, line("3", decimal.New(int64(100+i), -2).String(), []invoice.Tax{s19, s7}[i%2]))
	}
	for b.Loop() {
		if _, err := invoice.Compute(d); err != nil {
			b.Fatal(err)
		}
	}
}
