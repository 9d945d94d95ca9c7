package start

// VAT rates as people write them on one line: "20, 13, 10".

import (
	"strings"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/ui/amount"
	"counterbook/ui/words"
)

// parseRates reads a line of VAT rates. They stand apart by spaces or
// semicolons, and by commas where the language does not write decimals with
// them. It reports false for anything that is no list of different rates from
// 0 to 100 with two decimals at most.
func parseRates(w *words.Words, line string) ([]decimal.Decimal, bool) {
	apart := "; \t%"
	if w.Labels().Decimal != "," {
		apart += ","
	} else {
		line = strings.ReplaceAll(line, ", ", " ")
	}
	var rates []decimal.Decimal
	for _, part := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(apart, r) }) {
		r, err := amount.Parse(part)
		if err != nil || r.IsNegative() || r.GreaterThan(decimal.NewFromInt(100)) || !r.Equal(r.Round(2)) {
			return nil, false
		}
		for _, before := range rates {
			if before.Equal(r) {
				return nil, false
			}
		}
		rates = append(rates, r)
	}
	return rates, len(rates) > 0 && len(rates) <= 20
}

// formatRates writes rates so that parseRates reads them.
func formatRates(w *words.Words, rates []invoice.Tax) string {
	parts := make([]string, len(rates))
	for i, t := range rates {
		parts[i] = w.Decimal(t.Rate)
	}
	return strings.Join(parts, ", ")
}

// taxes makes the shop's rates. A rate of 0 with a reason is an exemption.
func taxes(rates []decimal.Decimal, reason string) []invoice.Tax {
	var out []invoice.Tax
	for _, r := range rates {
		t := invoice.Tax{Category: invoice.Standard, Rate: r}
		if r.IsZero() {
			t.Category = invoice.ZeroRated
			if reason = strings.TrimSpace(reason); reason != "" {
				t.Category, t.Reason = invoice.Exempt, reason
			}
		}
		out = append(out, t)
	}
	return out
}
