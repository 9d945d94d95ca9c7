// VAT of items: what can be chosen, and how it is called.

package items

import (
	"slices"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/words"
)

// reasonRules are the categories that say on the invoice why no VAT is charged,
// and the rule that wants it (EN 16931).
var reasonRules = map[invoice.Category]string{
	invoice.Exempt: "BR-E-10", invoice.ReverseCharge: "BR-AE-10", invoice.IntraCommunity: "BR-IC-10",
	invoice.Export: "BR-G-10", invoice.OutsideScope: "BR-O-10",
}

// taxes are what an item can be given: the shop's rates, the usual one first,
// the zero rate and an exemption, and what the item has already.
func (l *list) taxes(i store.Item) []invoice.Tax {
	out := slices.Clone(l.shop.Rates)
	for _, t := range []invoice.Tax{{Category: invoice.ZeroRated}, {Category: invoice.Exempt}, i.Tax} {
		if t.Category != "" && indexOf(out, t) < 0 {
			out = append(out, t)
		}
	}
	return out
}

// indexOf finds the tax of the same category and rate. The reason does not make
// another one.
func indexOf(list []invoice.Tax, t invoice.Tax) int {
	return slices.IndexFunc(list, func(x invoice.Tax) bool { return x.Category == t.Category && x.Rate.Equal(t.Rate) })
}

// taxName is what a tax is called: 20 %, or why there is none.
func taxName(w *words.Words, t invoice.Tax) string {
	if t.Category == invoice.Standard {
		return w.Percent(t.Rate)
	}
	return w.T("items.vat." + string(t.Category))
}
