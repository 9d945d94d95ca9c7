// This file holds Check: what a document must have before it is issued.
// Rules named BR-… are those of EN 16931, R-226-… the points of Article 226 of
// Directive 2006/112/EC; the others are this package's own.

package invoice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"counterbook/invoice/ident"
)

// SimplifiedLimit is the total including VAT, in euro, up to which an invoice
// may leave out the buyer's address. The directive lets member states go from
// 100 to 400 (Art. 220a, 238); Germany has 250 (§ 33 UStDV). It does not hold
// for reverse charge, supplies to another country, or other currencies.
var SimplifiedLimit = decimal.NewFromInt(250)

// Check says what is missing or wrong before d can be issued. It computes d
// for itself, so a draft may be checked as it was typed. No problem means that
// this package knows of none; it is not legal advice.
func Check(d Document) []Problem {
	computed, err := Compute(d)
	c := &checks{d: d, totals: computed.Totals}
	if p, ok := err.(Problems); ok {
		c.found = append(c.found, p...)
	}
	c.head()
	c.seller()
	c.buyer()
	c.lines()
	c.adjustments()
	c.taxes()
	c.payment()
	return c.found
}

// checks gathers the problems of one document.
type checks struct {
	d      Document
	totals Totals
	found  []Problem
}

// must notes a problem unless ok.
func (c *checks) must(ok bool, field, rule string, args ...string) {
	if !ok {
		c.found = append(c.found, Problem{Field: field, Rule: rule, Args: args})
	}
}

func filled(s string) bool { return strings.TrimSpace(s) != "" }

func (c *checks) head() {
	d := c.d
	known := d.Kind == KindInvoice || d.Kind == KindCredit || d.Kind == KindCorrected
	c.must(known, "Kind", "BR-04")
	c.must(!d.Date.IsZero(), "Date", "R-226-1")
	c.must(isCode(d.Currency, 3), "Currency", "BR-05")
	if d.Kind == KindCredit || d.Kind == KindCorrected {
		// Art. 219: it refers specifically and unambiguously to the invoice.
		c.must(filled(d.Preceding.Number), "Preceding.Number", "R-COR")
		c.must(!d.Preceding.Date.IsZero(), "Preceding.Date", "R-COR")
	}
}

func isCode(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func (c *checks) seller() {
	s := c.d.Seller
	c.must(filled(s.Name), "Seller.Name", "BR-06")
	c.address("Seller.Address", s.Address)
	c.must(filled(s.VATID) || filled(s.TaxNumber), "Seller.VATID", "BR-CO-26")
	c.vatID("Seller.VATID", s.VATID)
}

func (c *checks) buyer() {
	b := c.d.Buyer
	c.must(filled(b.Name), "Buyer.Name", "BR-07")
	if c.addressNeeded() {
		c.address("Buyer.Address", b.Address)
	}
	c.vatID("Buyer.VATID", b.VATID)
}

// addressNeeded reports whether the document is more than a simplified
// invoice.
func (c *checks) addressNeeded() bool {
	if c.d.Currency != "EUR" || c.totals.Gross.Abs().GreaterThan(SimplifiedLimit) {
		return true
	}
	return c.has(ReverseCharge) || c.has(IntraCommunity) || c.has(Export)
}

// address asks for what Art. 226 (5) calls the full address. A postcode is not
// asked for: not every country has them.
func (c *checks) address(field string, a Address) {
	c.must(filled(a.Street) || filled(a.Street2), field+".Street", "R-226-5")
	c.must(filled(a.City), field+".City", "R-226-5")
	c.must(isCode(a.Country, 2), field+".Country", "R-226-5")
}

func (c *checks) vatID(field, id string) {
	if filled(id) {
		_, err := ident.VAT(id)
		c.must(err == nil, field, "VAT-ID")
	}
}

func (c *checks) lines() {
	c.must(len(c.d.Lines) > 0, "Lines", "BR-16")
	for i, l := range c.d.Lines {
		field := fmt.Sprintf("Lines[%d]", i)
		c.must(filled(l.Name), field+".Name", "BR-25")
		c.must(!l.Quantity.IsZero(), field+".Quantity", "BR-22")
		// What takes money off an invoice is said to be a return by somebody. A
		// corrected invoice takes off what was wrong.
		c.must(!l.Quantity.IsNegative() || l.Return || c.d.Kind != KindInvoice, field+".Quantity", "R-RETURN")
		c.must(!l.Price.IsNegative(), field+".Price", "BR-27")
		c.must(!l.PriceBase.IsNegative(), field+".PriceBase", "BR-27")
		c.tax(field+".Tax", l.Tax)
		for j, a := range l.Adjustments {
			c.adjustment(fmt.Sprintf("%s.Adjustments[%d]", field, j), a, "BR-CO-23", "BR-CO-24")
		}
	}
}

func (c *checks) adjustments() {
	for i, a := range c.d.Adjustments {
		field := fmt.Sprintf("Adjustments[%d]", i)
		c.adjustment(field, a, "BR-CO-21", "BR-CO-22")
		if a.Tax.Category != "" {
			c.tax(field+".Tax", a.Tax)
		}
	}
}

// adjustment asks for a reason by the rule of allowances or of charges. A
// negative allowance is a charge and is written as one.
func (c *checks) adjustment(field string, a Adjustment, allowance, charge string) {
	rule := allowance
	if a.Charge {
		rule = charge
	}
	c.must(filled(a.Reason), field+".Reason", rule)
	if a.Percent.IsZero() {
		c.must(!a.Amount.IsNegative(), field+".Amount", "R-SIGN")
		c.decimals(field+".Amount", a.Amount)
		return
	}
	c.must(!a.Percent.IsNegative(), field+".Percent", "R-SIGN")
	c.must(a.Charge || a.Percent.LessThanOrEqual(decimal.NewFromInt(100)), field+".Percent", "R-PERCENT")
}

// decimals refuses an amount finer than the currency's smallest coin.
func (c *checks) decimals(field string, v decimal.Decimal) {
	n := Digits(c.d.Currency)
	c.must(v.Equal(v.Round(n)), field, "R-DEC", fmt.Sprint(n))
}

// prefix is how EN 16931 names the rules of each category.
var prefix = map[Category]string{
	Standard: "BR-S", ZeroRated: "BR-Z", Exempt: "BR-E", ReverseCharge: "BR-AE",
	IntraCommunity: "BR-IC", Export: "BR-G", OutsideScope: "BR-O",
}

// tax checks the rate that goes with a category.
func (c *checks) tax(field string, t Tax) {
	name, known := prefix[t.Category]
	switch {
	case !known:
		c.must(false, field+".Category", "BR-CO-4")
	case t.Category == Standard:
		c.must(t.Rate.IsPositive(), field+".Rate", "BR-S-05")
	default:
		c.must(t.Rate.IsZero(), field+".Rate", name+"-05")
	}
}

func (c *checks) has(k Category) bool {
	return slices.ContainsFunc(c.totals.Breakdown, func(s Subtotal) bool { return s.Tax.Category == k })
}

// taxes checks what a category asks of the whole document.
func (c *checks) taxes() {
	for _, s := range c.totals.Breakdown {
		name, known := prefix[s.Tax.Category]
		if !known {
			continue
		}
		free := s.Tax.Category == Standard || s.Tax.Category == ZeroRated
		c.must(free != filled(s.Tax.Reason), c.firstAt(s.Tax)+".Reason", name+"-10")
	}
	d := c.d
	if c.has(ReverseCharge) {
		c.must(filled(d.Seller.VATID) || filled(d.Seller.TaxNumber), "Seller.VATID", "BR-AE-02")
		c.must(filled(d.Buyer.VATID), "Buyer.VATID", "BR-AE-02")
	}
	if c.has(IntraCommunity) {
		c.must(filled(d.Seller.VATID), "Seller.VATID", "BR-IC-02")
		c.must(filled(d.Buyer.VATID), "Buyer.VATID", "BR-IC-02")
		c.must(!d.Supply.IsZero(), "Supply", "BR-IC-11")
		c.must(isCode(d.Buyer.Address.Country, 2), "Buyer.Address.Country", "BR-IC-12")
	}
	if c.has(Export) {
		c.must(filled(d.Seller.VATID), "Seller.VATID", "BR-G-02")
	}
	if c.has(OutsideScope) {
		c.must(len(c.totals.Breakdown) == 1, c.firstAt(Tax{Category: OutsideScope})+".Category", "BR-O-11")
		c.must(!filled(d.Seller.VATID), "Seller.VATID", "BR-O-02")
		c.must(!filled(d.Buyer.VATID), "Buyer.VATID", "BR-O-02")
	}
}

// firstAt is the field of the first tax of a group, where a form can point.
func (c *checks) firstAt(t Tax) string {
	same := func(o Tax) bool { return o.Category == t.Category && o.Rate.Equal(t.Rate) }
	for i, l := range c.d.Lines {
		if same(l.Tax) {
			return fmt.Sprintf("Lines[%d].Tax", i)
		}
	}
	for i, a := range c.d.Adjustments {
		if same(a.Tax) {
			return fmt.Sprintf("Adjustments[%d].Tax", i)
		}
	}
	return "Lines"
}

func (c *checks) payment() {
	d := c.d
	if c.totals.Due.IsPositive() && d.Kind != KindCredit {
		c.must(!d.Due.IsZero() || filled(d.Terms), "Due", "BR-CO-25")
	}
	c.must(d.Due.IsZero() || !d.Due.Before(d.Date), "Due", "R-DUE")
	c.decimals("Prepaid", d.Prepaid)
	c.decimals("Rounding", d.Rounding)
	if filled(d.Bank.IBAN) {
		_, err := ident.IBAN(d.Bank.IBAN)
		c.must(err == nil, "Bank.IBAN", "IBAN")
	}
	if filled(d.Bank.BIC) {
		_, err := ident.BIC(d.Bank.BIC)
		c.must(err == nil, "Bank.BIC", "BIC")
	}
}
