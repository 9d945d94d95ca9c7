package payment_test

import (
	"image"
	"strings"
	"testing"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/payment"
)

func document() invoice.Document {
	return invoice.Document{
		Kind: invoice.KindInvoice, Number: "2026-0042", Currency: "EUR",
		Seller: invoice.Party{Name: "Atelier Rössi"},
		Bank:   invoice.Bank{IBAN: "AT61 1904 3002 3457 3201", BIC: "BKAUATWW"},
		Totals: invoice.Totals{Due: decimal.RequireFromString("301.5")},
	}
}

func TestPayloadHasTheLinesOfTheStandard(t *testing.T) {
	payload, ok := payment.EPC(document())
	require.True(t, ok)
	require.Equal(t, "BCD\n002\n1\nSCT\nBKAUATWW\nAtelier Rössi\nAT611904300234573201\nEUR301.50\n\n\n2026-0042", payload)
}

func TestAStructuredReferenceTakesTheLineBeforeTheText(t *testing.T) {
	d := document()
	d.Number = "RF18 5390 0754 7034"
	payload, ok := payment.EPC(d)
	require.True(t, ok)
	require.True(t, strings.HasSuffix(payload, "EUR301.50\n\nRF18539007547034"), payload)
}

func TestABankWithoutBICOrWithAnotherHolder(t *testing.T) {
	d := document()
	d.Bank.BIC, d.Bank.Holder = "", "Marta Rossi"
	payload, ok := payment.EPC(d)
	require.True(t, ok)
	require.Contains(t, payload, "SCT\n\nMarta Rossi\n")
}

func TestNoCodeWhereNothingMayBePaid(t *testing.T) {
	for name, spoil := range map[string]func(*invoice.Document){
		"a credit note":      func(d *invoice.Document) { d.Kind = invoice.KindCredit },
		"a draft":            func(d *invoice.Document) { d.Number = "" },
		"francs":             func(d *invoice.Document) { d.Currency = "CHF" },
		"nothing due":        func(d *invoice.Document) { d.Totals.Due = decimal.Zero },
		"a negative due":     func(d *invoice.Document) { d.Totals.Due = decimal.NewFromInt(-1) },
		"more than allowed":  func(d *invoice.Document) { d.Totals.Due = decimal.NewFromInt(1000000000) },
		"no account":         func(d *invoice.Document) { d.Bank.IBAN = "" },
		"a mistyped account": func(d *invoice.Document) { d.Bank.IBAN = "AT61 1904 3002 3457 3210" },
		"no name":            func(d *invoice.Document) { d.Seller.Name = "" },
	} {
		d := document()
		spoil(&d)
		_, ok := payment.EPC(d)
		require.False(t, ok, name)
	}
}

func TestALineBreakInANameCannotAddALine(t *testing.T) {
	d := document()
	d.Seller.Name = "Atelier\nDE89370400440532013000"
	payload, ok := payment.EPC(d)
	require.True(t, ok)
	require.Len(t, strings.Split(payload, "\n"), 11)
}

func TestLongNamesAreCutAtSeventyCharacters(t *testing.T) {
	d := document()
	d.Seller.Name = strings.Repeat("ö", 90)
	payload, ok := payment.EPC(d)
	require.True(t, ok)
	require.Contains(t, payload, "\n"+strings.Repeat("ö", 70)+"\n")
}

func TestTheCodeIsReadBackByAScanner(t *testing.T) {
	payload, ok := payment.EPC(document())
	require.True(t, ok)
	code, err := qr.Encode(payload, qr.M, qr.Unicode)
	require.NoError(t, err)
	require.LessOrEqual(t, code.Bounds().Dx(), 69, "version 13 at most")
	code, err = barcode.Scale(code, 300, 300)
	require.NoError(t, err)
	require.Equal(t, payload, scan(t, code))
}

func scan(t *testing.T, img image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	require.NoError(t, err)
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_CHARACTER_SET: "UTF-8", gozxing.DecodeHintType_TRY_HARDER: true}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	require.NoError(t, err)
	return result.GetText()
}
