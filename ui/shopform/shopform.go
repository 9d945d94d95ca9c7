// Package shopform is what the set-up of a shop and its settings share: choices
// of what is common, the sentences that follow from them, and a page that shows
// what they do.
package shopform

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// patterns are common ways to number invoices, by the text that says when each
// starts again: "shopform.again." + again.
var patterns = []struct{ pattern, again string }{
	{"{YYYY}-{####}", "year"},
	{"R{YYYY}/{####}", "year"},
	{"{YY}-{MM}-{###}", "month"},
	{plain, "never"},
}

// plain numbers look like those of a shop that opened yesterday, unless they
// start higher.
const (
	plain      = "{####}"
	plainStart = 1001
)

// NewPatterns returns a choice of number patterns.
func NewPatterns(w *words.Words) *widgets.Presets {
	values := make([]string, len(patterns))
	for i, p := range patterns {
		values[i] = p.pattern
	}
	return widgets.NewPresets(values, values, w.T("shopform.pattern.own"), w.T("shopform.pattern.label"))
}

// NamePatterns shows beside each pattern the number it would give next. start is
// what next is asked with, and fixed where it cannot be changed any more.
func NamePatterns(p *widgets.Presets, w *words.Words, start int, fixed bool, next func(pattern string, start int) string) {
	names := make([]string, len(patterns))
	for i, q := range patterns {
		names[i] = w.T("shopform.pattern.name", words.Data{"Number": next(q.pattern, StartOf(q.pattern, start, fixed)), "Again": w.T("shopform.again." + q.again)})
	}
	p.SetNames(names)
}

// StartOf is the first number that goes with a pattern, where the one that is
// typed may still be changed.
func StartOf(pattern string, start int, fixed bool) int {
	if pattern == plain && start < 1000 && !fixed {
		return plainStart
	}
	return start
}

// NewDays returns a choice of days to pay.
func NewDays(w *words.Words) *widgets.Presets {
	values := []string{"0", "7", "14", "30"}
	names := make([]string, len(values))
	for i, v := range values {
		n, _ := strconv.Atoi(v)
		names[i] = w.N("shopform.days", n)
	}
	names[0] = w.T("shopform.days.none")
	return widgets.NewPresets(values, names, w.T("shopform.days.own"), w.T("shopform.days.label"))
}

// Sentence is how an invoice of today asks to be paid, in the language of the
// shop's documents.
func Sentence(sh store.Shop, today invoice.Date) string {
	l := words.Labels(sh.Language)
	text := l.PayBy
	if sh.PaymentDays == 0 {
		text = l.PayNow
	}
	return strings.NewReplacer("{amount}", l.FormatMoney(decimal.NewFromInt(100), sh.Currency),
		"{date}", l.FormatDate(today.AddDays(sh.PaymentDays))).Replace(text)
}

// SmallBusiness is the exemption of a small business in a country, with the
// sentence the law wants in the language of documents; without one where the
// program does not know it.
func SmallBusiness(country, language string) invoice.Tax {
	t := invoice.Tax{Category: invoice.Exempt}
	if w, key := words.For(language), "paper.smallBusiness."+country; w.Has(key) {
		t.Reason = w.T(key)
	}
	return t
}
