package invoices

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/words"
)

func testReader() reader {
	sh := store.DefaultShop("AT")
	return reader{words.For("en"), sh}
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func TestEveryNumberIsWrittenSoThatItReadsTheSame(t *testing.T) {
	r := testReader()
	rapid.Check(t, func(t *rapid.T) {
		v := decimal.New(rapid.Int64Range(-1e12, 1e12).Draw(t, "digits"), int32(-rapid.IntRange(0, 5).Draw(t, "decimals")))
		least := int32(rapid.IntRange(0, 3).Draw(t, "least"))
		text := r.number(v, least)
		got, wrong := r.read(text)
		if wrong != "" || !got.Equal(v) {
			t.Fatalf("%s is written %q and read %s, %q", v, text, got, wrong)
		}
	})
}

func TestNumbersThatCanBeReadInTwoWaysAreAskedBack(t *testing.T) {
	r := testReader()
	_, wrong := r.read("1.234")
	require.Equal(t, "This can be read in two ways: write 1.2340 or 1234.", wrong)
	for _, s := range []string{"1.2340", "1234"} {
		_, wrong := r.read(s)
		require.Empty(t, wrong)
	}
	_, wrong = r.read("12 pieces")
	require.Equal(t, "This is not a number.", wrong)
	v, wrong := r.read("")
	require.Empty(t, wrong)
	require.True(t, v.IsZero())
}

func TestDraftSurvivesBeingShownAndReadBack(t *testing.T) {
	r := testReader()
	d := store.Draft{ID: store.ID{1}, Version: 7, Customer: store.ID{2}, Doc: invoice.Document{
		Kind: invoice.KindInvoice, Date: invoice.Date{Year: 2026, Month: time.November, Day: 22}, Due: invoice.Date{Year: 2026, Month: time.December, Day: 6},
		Supply: invoice.Date{Year: 2026, Month: time.November, Day: 20}, Language: "de", Currency: "EUR",
		Buyer: invoice.Party{Name: "Giulia Conti", Address: invoice.Address{Street: "Neubaugasse 12", Region: "kept", Country: "AT"}},
		Lines: []invoice.Line{
			{Code: "GL-M", Name: "Glass", Detail: "kept", Unit: "m²", Quantity: dec("1.125"), Price: dec("94"), PriceBase: dec("10"), Tax: r.shop.Rates[0],
				Adjustments: []invoice.Adjustment{{Percent: dec("5"), Reason: "Rabatt"}, {Charge: true, Amount: dec("2"), Reason: "cutting"}}},
			{Name: "Return", Quantity: dec("-2"), Price: dec("58.125"), Tax: invoice.Tax{Category: invoice.Exempt, Reason: "why"}},
		},
		Adjustments:    []invoice.Adjustment{{Amount: dec("3.50"), Reason: "loyal"}, {Charge: true, Percent: dec("2"), Reason: "express"}},
		BuyerReference: "kept", Terms: "at once", Note: "thank you", Prepaid: dec("10"),
	}}
	got, wrong := r.document(r.from(d))
	require.Empty(t, wrong)
	want, err := invoice.Compute(d.Doc)
	require.NoError(t, err)
	have, err := invoice.Compute(got)
	require.NoError(t, err)
	require.Equal(t, want.Totals.Gross.String(), have.Totals.Gross.String())
	require.Equal(t, d.Doc.Buyer, got.Buyer)
	require.Equal(t, d.Doc.Date, got.Date)
	require.Equal(t, d.Doc.Supply, got.Supply)
	require.Equal(t, "kept", got.Lines[0].Detail)
	require.Equal(t, "10", got.Lines[0].PriceBase.String())
	require.Len(t, got.Lines[0].Adjustments, 2)
	require.Equal(t, d.Doc.Lines[1].Tax, got.Lines[1].Tax)
	require.Equal(t, "58.125", got.Lines[1].Price.String())
	require.Len(t, got.Adjustments, 2)
	require.Equal(t, "kept", got.BuyerReference)
	require.Equal(t, "10", got.Prepaid.String())
	require.Equal(t, "thank you", got.Note)
}

func TestWhatCannotBeReadIsListedWithItsPlace(t *testing.T) {
	r := testReader()
	tp := r.fresh(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	tp.Date, tp.Adjust, tp.Value = "tomorrow", discountPercent, "a bit"
	tp.Lines = []typedLine{{Name: "a", Quantity: "1", Price: "2"}, {Name: "b", Quantity: "x", Price: "1.234", Discount: "?"}}
	_, wrong := r.document(tp)
	var fields []string
	for _, f := range wrong {
		fields = append(fields, f.field)
	}
	require.Equal(t, []string{"Date", "Lines[1].Quantity", "Lines[1].Price", "Lines[1].Adjustments", "Adjustments[0].Amount"}, fields)
}

func TestDiscountWithoutAReasonTakesTheWordOfTheDocument(t *testing.T) {
	r := testReader()
	tp := r.fresh(time.Now())
	tp.Adjust, tp.Value, tp.Language = discountPercent, "10", "de"
	d, _ := r.document(tp)
	require.Equal(t, "Rabatt", d.Adjustments[0].Reason)
	require.Empty(t, r.from(store.Draft{Doc: d}).Reason, "so that it follows the language")
	tp.Adjust = chargeAmount
	d, _ = r.document(tp)
	require.Empty(t, d.Adjustments[0].Reason, "a charge must be explained")
	require.True(t, d.Adjustments[0].Charge)
}

func TestContactDetailsStayOutOfDocuments(t *testing.T) {
	p := recipient(store.Customer{Name: "A", Company: "B", Phone: "+43 1", Email: "a@b.example"})
	require.Equal(t, invoice.Party{Name: "B", Contact: "A"}, p)
}
