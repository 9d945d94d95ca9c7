// Package payment makes the texts of payment codes: what a banking app reads
// from the square printed on an invoice.
package payment

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/invoice/ident"
)

// Limits of EPC069-12, version 002.
const (
	maxName    = 70  // characters of the beneficiary
	maxText    = 140 // characters of the remittance text
	maxPayload = 331 // bytes: QR version 13 at error correction level M
)

var (
	minAmount = decimal.New(1, -2)
	maxAmount = decimal.New(99999999999, -2)
)

// EPC returns the payload of the QR code for a SEPA credit transfer, EPC069-12
// version 002, UTF-8, to be drawn at error correction level M. It reports
// false where there must be none: on credit notes and drafts, in another
// currency than euro, without a valid IBAN, and with nothing to pay.
//
// The number of the document is the remittance text, or the structured
// reference where it is one of ISO 11649 (RF…).
func EPC(d invoice.Document) (payload string, ok bool) {
	invoiced := d.Kind == invoice.KindInvoice || d.Kind == invoice.KindCorrected
	due := d.Totals.Due
	if !invoiced || d.Number == "" || d.Currency != "EUR" ||
		due.LessThan(minAmount) || due.GreaterThan(maxAmount) {
		return "", false
	}
	iban, err := ident.IBAN(d.Bank.IBAN)
	if err != nil {
		return "", false
	}
	bic, err := ident.BIC(d.Bank.BIC)
	if err != nil {
		bic = "" // not needed within the EEA since version 002
	}
	name := d.Bank.Holder
	if name == "" {
		name = d.Seller.Name
	}
	if name = field(name, maxName); name == "" {
		return "", false
	}
	structured, text := "", field(d.Number, maxText)
	if reference, ok := ident.Reference(d.Number); ok {
		structured, text = reference, ""
	}
	payload = strings.TrimRight(strings.Join([]string{
		"BCD", "002", "1", "SCT", bic, name, iban,
		"EUR" + due.StringFixed(2),
		"", // purpose
		structured, text,
	}, "\n"), "\n")
	return payload, len(payload) <= maxPayload
}

// field makes a text one line of at most max characters.
func field(s string, max int) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if utf8.RuneCountInString(s) > max {
		s = string([]rune(s)[:max])
	}
	return s
}
