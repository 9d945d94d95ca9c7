// This file tests what must be there before a document is issued: each rule is
// broken alone in a document that is otherwise right.

package invoice_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
)

// valid is a document without a problem: an Austrian shop, 301.51.
func valid() invoice.Document {
	return invoice.Document{
		Kind: invoice.KindInvoice, Currency: "EUR", Language: "de",
		Date: invoice.Date{Year: 2026, Month: 11, Day: 22}, Due: invoice.Date{Year: 2026, Month: 12, Day: 6},
		Seller: invoice.Party{
			Name: "Atelier Rossi", VATID: "ATU12345675",
			Address: invoice.Address{Street: "Lange Gasse 8", Postcode: "1080", City: "Wien", Country: "AT"},
		},
		Buyer: invoice.Party{
			Name:    "Giulia Conti",
			Address: invoice.Address{Street: "Neubaugasse 12", Postcode: "1070", City: "Wien", Country: "AT"},
		},
		Bank: invoice.Bank{IBAN: "AT61 1904 3002 3457 3201", BIC: "BKAUATWW"},
		Lines: []invoice.Line{
			line("2", "58.00", standard("20")), line("1.2", "94.00", standard("20")), line("1", "24.50", standard("10")),
		},
	}
}

// small is valid but for less than the limit of a simplified invoice.
func small() invoice.Document {
	d := valid()
	d.Lines = d.Lines[:1]
	return d
}

func taxed(k invoice.Category) func(*invoice.Document) {
	return func(d *invoice.Document) {
		for i := range d.Lines {
			d.Lines[i].Tax = invoice.Tax{Category: k, Reason: "A reason"}
		}
	}
}

func TestADocumentWithEverythingHasNoProblem(t *testing.T) {
	require.Empty(t, invoice.Check(valid()))
	require.Empty(t, invoice.Check(small()))
	d, err := invoice.Compute(valid())
	require.NoError(t, err)
	require.Empty(t, invoice.Check(d), "also when it is computed")
	equal(t, dec("301.51"), d.Totals.Due, "due")
}

func TestEachRuleIsCheckedBeforeIssue(t *testing.T) {
	for _, c := range []struct {
		field, rule string
		spoil       func(d *invoice.Document)
	}{
		{"Kind", "BR-04", func(d *invoice.Document) { d.Kind = "" }},
		{"Date", "R-226-1", func(d *invoice.Document) { d.Date = invoice.Date{} }},
		{"Currency", "BR-05", func(d *invoice.Document) { d.Currency = "€" }},
		{"Preceding.Number", "R-COR", func(d *invoice.Document) {
			d.Kind, d.Preceding.Date = invoice.KindCredit, d.Date
		}},
		{"Preceding.Date", "R-COR", func(d *invoice.Document) {
			d.Kind, d.Preceding.Number = invoice.KindCorrected, "2026-0001"
		}},
		{"Seller.Name", "BR-06", func(d *invoice.Document) { d.Seller.Name = " " }},
		{"Seller.Address.Street", "R-226-5", func(d *invoice.Document) { d.Seller.Address.Street = "" }},
		{"Seller.Address.City", "R-226-5", func(d *invoice.Document) { d.Seller.Address.City = "" }},
		{"Seller.Address.Country", "R-226-5", func(d *invoice.Document) { d.Seller.Address.Country = "Austria" }},
		{"Seller.VATID", "BR-CO-26", func(d *invoice.Document) { d.Seller.VATID = "" }},
		{"Seller.VATID", "VAT-ID", func(d *invoice.Document) { d.Seller.VATID = "ATU12345670" }},
		{"Buyer.Name", "BR-07", func(d *invoice.Document) { d.Buyer.Name = "" }},
		{"Buyer.Address.Street", "R-226-5", func(d *invoice.Document) { d.Buyer.Address.Street = "" }},
		{"Buyer.VATID", "VAT-ID", func(d *invoice.Document) { d.Buyer.VATID = "DE1" }},
		{"Lines[1].Name", "BR-25", func(d *invoice.Document) { d.Lines[1].Name = "" }},
		{"Lines[1].Quantity", "BR-22", func(d *invoice.Document) { d.Lines[1].Quantity = dec("0") }},
		{"Lines[1].Price", "BR-27", func(d *invoice.Document) { d.Lines[1].Price = dec("-0.01") }},
		{"Lines[1].PriceBase", "BR-27", func(d *invoice.Document) { d.Lines[1].PriceBase = dec("-1") }},
		{"Lines[0].Tax.Rate", "BR-S-05", func(d *invoice.Document) { d.Lines[0].Tax.Rate = dec("0") }},
		{"Lines[2].Tax.Reason", "BR-S-10", func(d *invoice.Document) { d.Lines[2].Tax.Reason = "none" }},
		{"Lines[2].Tax.Reason", "BR-Z-10", func(d *invoice.Document) {
			d.Lines[2].Tax = invoice.Tax{Category: invoice.ZeroRated, Reason: "none"}
		}},
		{"Lines[2].Tax.Reason", "BR-E-10", func(d *invoice.Document) { d.Lines[2].Tax = invoice.Tax{Category: invoice.Exempt} }},
		{"Lines[2].Tax.Rate", "BR-E-05", func(d *invoice.Document) {
			d.Lines[2].Tax = invoice.Tax{Category: invoice.Exempt, Rate: dec("20"), Reason: "Exempt"}
		}},
		{"Lines[2].Tax.Category", "BR-CO-4", func(d *invoice.Document) { d.Lines[2].Tax = invoice.Tax{Category: "L"} }},
		{"Lines[0].Adjustments[0].Reason", "BR-CO-23", func(d *invoice.Document) {
			d.Lines[0].Adjustments = []invoice.Adjustment{{Amount: dec("1")}}
		}},
		{"Lines[0].Adjustments[0].Reason", "BR-CO-24", func(d *invoice.Document) {
			d.Lines[0].Adjustments = []invoice.Adjustment{{Charge: true, Amount: dec("1")}}
		}},
		{"Adjustments[0].Reason", "BR-CO-21", func(d *invoice.Document) {
			d.Adjustments = []invoice.Adjustment{{Percent: dec("1")}}
		}},
		{"Adjustments[0].Reason", "BR-CO-22", func(d *invoice.Document) {
			d.Adjustments = []invoice.Adjustment{{Charge: true, Percent: dec("1")}}
		}},
		{"Adjustments[0].Amount", "R-SIGN", func(d *invoice.Document) {
			d.Adjustments = []invoice.Adjustment{{Reason: "Discount", Amount: dec("-1")}}
		}},
		{"Adjustments[0].Amount", "R-DEC", func(d *invoice.Document) {
			d.Adjustments = []invoice.Adjustment{{Reason: "Discount", Amount: dec("1.005")}}
		}},
		{"Adjustments[0].Percent", "R-PERCENT", func(d *invoice.Document) {
			d.Adjustments = []invoice.Adjustment{{Reason: "Discount", Percent: dec("100.01")}}
		}},
		{"Due", "BR-CO-25", func(d *invoice.Document) { d.Due = invoice.Date{} }},
		{"Due", "R-DUE", func(d *invoice.Document) { d.Due = d.Date.AddDays(-1) }},
		{"Prepaid", "R-DEC", func(d *invoice.Document) { d.Prepaid = dec("0.001") }},
		{"Bank.IBAN", "IBAN", func(d *invoice.Document) { d.Bank.IBAN = "AT62 1904 3002 3457 3201" }},
		{"Bank.BIC", "BIC", func(d *invoice.Document) { d.Bank.BIC = "BKAU" }},
	} {
		t.Run(c.rule+" "+c.field, func(t *testing.T) {
			d := valid()
			c.spoil(&d)
			got := invoice.Check(d)
			require.Len(t, got, 1, "%v", got)
			require.Equal(t, c.field, got[0].Field)
			require.Equal(t, c.rule, got[0].Rule)
		})
	}
}

func TestADocumentWithoutLinesIsNotIssued(t *testing.T) {
	d := valid()
	d.Lines = nil
	require.Contains(t, invoice.Check(d), invoice.Problem{Field: "Lines", Rule: "BR-16"})
}

func TestPaymentTermsDoInPlaceOfADueDate(t *testing.T) {
	d := valid()
	d.Due, d.Terms = invoice.Date{}, "Paid in cash"
	require.Empty(t, invoice.Check(d))
}

// § 33 UStDV: 250.00 including VAT is simplified, 250.01 is not.
func TestTheBuyersAddressMayBeLeftOutUpToTheSimplifiedLimit(t *testing.T) {
	d := small()
	d.Buyer.Address = invoice.Address{}
	d.Lines = []invoice.Line{line("1", "250.00", zero)}
	require.Empty(t, invoice.Check(d))

	over := d.Clone()
	over.Lines[0].Price = dec("250.01")
	require.Len(t, invoice.Check(over), 3, "street, city and country")

	foreign := d.Clone()
	foreign.Currency = "CHF"
	require.Len(t, invoice.Check(foreign), 3)
}

func TestReverseChargeNeedsBothVATNumbersAndTheBuyersAddress(t *testing.T) {
	d := small()
	taxed(invoice.ReverseCharge)(&d)
	d.Buyer.Address = invoice.Address{}
	require.Equal(t, []string{"R-226-5", "R-226-5", "R-226-5", "BR-AE-02"}, rules(d))
	d = small()
	taxed(invoice.ReverseCharge)(&d)
	d.Buyer.VATID = "DE136695976"
	require.Empty(t, rules(d))
}

func TestIntraCommunitySuppliesNeedBothVATNumbersAndADayOfSupply(t *testing.T) {
	d := small()
	taxed(invoice.IntraCommunity)(&d)
	d.Buyer.Address.Country = ""
	require.Equal(t, []string{"R-226-5", "BR-IC-02", "BR-IC-11", "BR-IC-12"}, rules(d))
	d.Buyer.Address.Country, d.Buyer.VATID, d.Supply = "DE", "DE136695976", d.Date
	require.Empty(t, rules(d))
}

func TestExportNeedsTheSellersVATNumber(t *testing.T) {
	d := small()
	taxed(invoice.Export)(&d)
	d.Seller.VATID, d.Seller.TaxNumber = "", "12 345/6789"
	require.Equal(t, []string{"BR-G-02"}, rules(d))
}

func TestOutsideScopeIsNotMixedAndNamesNoVATNumber(t *testing.T) {
	d := valid()
	d.Lines[2].Tax = invoice.Tax{Category: invoice.OutsideScope, Reason: "Not subject to VAT"}
	require.Equal(t, []string{"BR-O-11", "BR-O-02"}, rules(d))
	d = valid()
	taxed(invoice.OutsideScope)(&d)
	d.Seller.VATID, d.Seller.TaxNumber = "", "12 345/6789"
	require.Empty(t, rules(d))
}

func rules(d invoice.Document) []string {
	var out []string
	for _, p := range invoice.Check(d) {
		out = append(out, p.Rule)
	}
	return out
}

func TestProblemsNameFieldsAndRulesAndNothingAnybodyWrote(t *testing.T) {
	d := valid()
	d.Buyer.VATID = "SECRET-1"
	err := invoice.Problems(invoice.Check(d))
	require.EqualError(t, err, "invoice: Buyer.VATID: VAT-ID")
}

func TestDatesAreDaysWithoutAZone(t *testing.T) {
	late := time.Date(2026, 11, 22, 23, 30, 0, 0, time.FixedZone("", -5*3600))
	d := invoice.DateOf(late)
	require.Equal(t, "2026-11-22", d.String())
	require.Equal(t, "2027-02-28", d.AddDays(98).String())
	require.True(t, d.Before(d.AddDays(1)))
	require.False(t, d.Before(d))
	require.Equal(t, "", invoice.Date{}.String())
	_, err := invoice.ParseDate("22.11.2026")
	require.Error(t, err)
	_, err = invoice.ParseDate("2026-02-30")
	require.Error(t, err)
}

func TestADocumentSurvivesStorage(t *testing.T) {
	d := valid()
	d.Adjustments = []invoice.Adjustment{{Reason: "Loyalty", Percent: dec("10")}}
	d, err := invoice.Compute(d)
	require.NoError(t, err)

	text, err := json.Marshal(d)
	require.NoError(t, err)
	var fromJSON invoice.Document
	require.NoError(t, json.Unmarshal(text, &fromJSON))
	require.Equal(t, texts(d), texts(fromJSON))
	require.Equal(t, d.Date, fromJSON.Date)

	options := cbor.CoreDetEncOptions()
	options.TextMarshaler = cbor.TextMarshalerTextString
	options.BinaryMarshaler = cbor.BinaryMarshalerNone
	enc, err := options.EncMode()
	require.NoError(t, err)
	dec, err := cbor.DecOptions{TextUnmarshaler: cbor.TextUnmarshalerTextString, BinaryUnmarshaler: cbor.BinaryUnmarshalerNone}.DecMode()
	require.NoError(t, err)
	data, err := enc.Marshal(d)
	require.NoError(t, err)
	require.Less(t, len(data), 700)
	var fromCBOR invoice.Document
	require.NoError(t, dec.Unmarshal(data, &fromCBOR))
	require.Equal(t, texts(d), texts(fromCBOR))
	require.Equal(t, d.Due, fromCBOR.Due)
	require.Equal(t, d.Buyer, fromCBOR.Buyer)
}
