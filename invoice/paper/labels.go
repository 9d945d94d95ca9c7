// This file holds Labels, the words and the way of writing numbers and dates
// of a document's language.

package paper

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
)

// Labels are the words of a document in one language, and how that language
// writes numbers and dates. A word in braces is replaced: "Page {page} of
// {pages}".
type Labels struct {
	// Titles, and the word a draft has in place of its number.
	Invoice, CreditNote, Corrected, Draft string

	// The facts beside the address. SupplySame is what stands in place of the
	// day of supply where that is the day of issue; empty leaves the row out.
	Number, Date, Due, Supply, SupplySame string
	BuyerReference, BuyerVAT, Preceding   string
	Attention                             string // "Attn. {name}"

	// The heads of the table. PriceBase is a price for more than one:
	// "{price} per {base}".
	Item, Quantity, Price, Discount, VAT, Amount, PriceBase string

	// The totals. VATOn is "VAT {rate} on {base}"; Untaxed is the row of a
	// group without VAT: "Without VAT on {base}".
	Lines, Net, VATOn, Untaxed, Total, Prepaid, Rounding, AmountDue string

	// The payment block. PayBy is for a document with a due date, PayNow for one
	// that is due on its day, Pay for one that does not say: "Please pay {amount}
	// by {date}." Scan is the caption of the code.
	Pay, PayBy, PayNow, Scan, Holder, IBAN, BIC, Bank, Reference string

	// The foot of the page.
	VATID, TaxNumber, Page string // "Page {page} of {pages}"

	// Numbers: the decimal sign, the sign between thousands, "{n} %" and
	// "{symbol} {amount}" or "{amount} {symbol}".
	Decimal, Thousands, Percent, Money string

	// Dates: a pattern of d, dd, M, MM, MMM (MonthsShort), MMMM (Months), yy
	// and yyyy, as in Unicode TR 35; text in apostrophes stands for itself.
	DatePattern         string
	Months, MonthsShort [12]string

	// Names of countries by their code, for addresses abroad.
	Countries map[string]string
}

// FormatAmount writes v with exactly so many digits after the decimal sign.
func (l Labels) FormatAmount(v decimal.Decimal, digits int32) string {
	return l.separate(v.StringFixed(digits))
}

// FormatNumber writes v with the digits it has.
func (l Labels) FormatNumber(v decimal.Decimal) string { return l.separate(v.String()) }

// FormatPrice writes v with at least so many digits, and more where it has
// more.
func (l Labels) FormatPrice(v decimal.Decimal, digits int32) string {
	if v.Equal(v.Round(digits)) {
		return l.FormatAmount(v, digits)
	}
	return l.FormatNumber(v)
}

// FormatPercent writes a percentage.
func (l Labels) FormatPercent(v decimal.Decimal) string {
	return fill(l.Percent, "{n}", l.FormatNumber(v))
}

// FormatMoney writes an amount with the sign of its currency.
func (l Labels) FormatMoney(v decimal.Decimal, currency string) string {
	return fill(l.Money, "{symbol}", symbol(currency), "{amount}", l.FormatAmount(v, invoice.Digits(currency)))
}

// FormatDate writes a date, and nothing for no date.
func (l Labels) FormatDate(d invoice.Date) string {
	if d.IsZero() {
		return ""
	}
	var b strings.Builder
	quoted := false
	for p := l.DatePattern; p != ""; {
		run := len(p) - len(strings.TrimLeft(p, p[:1]))
		token := p[:run]
		switch {
		case p[0] == '\'':
			quoted, token = !quoted, "'"
		case quoted:
			token = p[:1]
			b.WriteString(token)
		default:
			b.WriteString(l.datePart(token, d))
		}
		p = p[len(token):]
	}
	return b.String()
}

func (l Labels) datePart(token string, d invoice.Date) string {
	two := func(n int) string { return strconv.Itoa(n/10%10) + strconv.Itoa(n%10) }
	month := min(max(int(d.Month), 1), 12)
	switch token {
	case "d":
		return strconv.Itoa(d.Day)
	case "dd":
		return two(d.Day)
	case "M":
		return strconv.Itoa(month)
	case "MM":
		return two(month)
	case "MMM":
		return l.MonthsShort[month-1]
	case "MMMM":
		return l.Months[month-1]
	case "yy":
		return two(d.Year)
	case "yyyy", "y":
		return strconv.Itoa(d.Year)
	}
	return token
}

// separate puts the signs of the language into a number written as -1234.56.
// The minus stays a hyphen: the font has no other, and it can be copied into a
// spreadsheet.
func (l Labels) separate(s string) string {
	s, negative := strings.CutPrefix(s, "-")
	whole, fraction, broken := strings.Cut(s, ".")
	var b strings.Builder
	if negative && strings.Trim(s, "0.") != "" {
		b.WriteByte('-')
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.Thousands)
		}
		b.WriteRune(r)
	}
	if broken {
		sign := l.Decimal
		if sign == "" {
			sign = "."
		}
		b.WriteString(sign + fraction)
	}
	return b.String()
}

// symbol is the sign of a currency on paper, its code where it has none that
// stands for it alone.
func symbol(currency string) string {
	switch currency {
	case "EUR":
		return "€"
	case "GBP":
		return "£"
	}
	return currency
}

// fill replaces the words in braces.
func fill(pattern string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(pattern)
}
