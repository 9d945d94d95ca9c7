// This file holds Compute, the one place that adds.

package invoice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Compute returns a copy of d with the line nets, the amounts of percentage
// adjustments, the shares of document adjustments and the totals filled. What
// was in those before does not matter, so computing twice changes nothing.
//
// A line is rounded once, its allowances and charges each by themselves; VAT
// is rounded once for each category and rate (BR-CO-17), never by line. A sum
// of rounded amounts is not rounded again (BR-CO-10 to BR-CO-16).
//
// It fails with Problems when a number is out of bounds ("range") or when an
// adjustment cannot be spread because the lines sum to zero ("spread").
func Compute(d Document) (Document, error) {
	if p := bounds(d); len(p) > 0 {
		return Document{}, Problems(p)
	}
	d = d.Clone()
	c := computation{digits: Digits(d.Currency)}
	for i := range d.Lines {
		c.line(&d.Lines[i])
	}
	for i := range d.Adjustments {
		c.adjust(&d.Adjustments[i], fmt.Sprintf("Adjustments[%d]", i))
	}
	if len(c.problems) > 0 {
		return Document{}, c.problems
	}
	d.Prepaid = d.Prepaid.Round(c.digits)
	d.Rounding = d.Rounding.Round(c.digits)
	d.Totals = c.totals(d.Prepaid, d.Rounding)
	return d, nil
}

// computation is the state of one Compute.
type computation struct {
	digits              int32
	groups              []*group
	lines               decimal.Decimal
	allowances, charges decimal.Decimal
	problems            Problems
}

// group gathers what is taxed alike: one category at one rate.
type group struct {
	tax     Tax
	reasons []string
	lines   decimal.Decimal // what its lines sum to: the weight of a spread
	base    decimal.Decimal // the lines less allowances plus charges
}

// group returns the group of a tax, made when there is none.
func (c *computation) group(t Tax) *group {
	for _, g := range c.groups {
		if g.holds(t) {
			g.addReason(t.Reason)
			return g
		}
	}
	g := &group{tax: Tax{Category: t.Category, Rate: t.Rate}}
	g.addReason(t.Reason)
	c.groups = append(c.groups, g)
	return g
}

// linesAt is what the lines taxed like t sum to.
func (c *computation) linesAt(t Tax) decimal.Decimal {
	for _, g := range c.groups {
		if g.holds(t) {
			return g.lines
		}
	}
	return decimal.Zero
}

func (g *group) holds(t Tax) bool {
	return g.tax.Category == t.Category && g.tax.Rate.Equal(t.Rate)
}

func (g *group) addReason(r string) {
	if r = strings.TrimSpace(r); r != "" && !slices.Contains(g.reasons, r) {
		g.reasons = append(g.reasons, r)
	}
}

// line fills the net of a line and adds it to its group.
func (c *computation) line(l *Line) {
	gross := l.Price.Mul(l.Quantity)
	if l.PriceBase.IsZero() {
		gross = gross.Round(c.digits)
	} else {
		gross = gross.DivRound(l.PriceBase, c.digits)
	}
	l.Net = gross
	for i := range l.Adjustments {
		a := &l.Adjustments[i]
		a.Amount = c.amount(*a, gross)
		a.Shares = nil
		if a.Charge {
			l.Net = l.Net.Add(a.Amount)
		} else {
			l.Net = l.Net.Sub(a.Amount)
		}
	}
	g := c.group(l.Tax)
	g.lines = g.lines.Add(l.Net)
	g.base = g.base.Add(l.Net)
	c.lines = c.lines.Add(l.Net)
}

// amount is what an adjustment comes to, rounded, on a base.
func (c *computation) amount(a Adjustment, base decimal.Decimal) decimal.Decimal {
	if a.Percent.IsZero() {
		return a.Amount.Round(c.digits)
	}
	return base.Mul(a.Percent).Shift(-2).Round(c.digits)
}

// adjust fills the amount and the shares of a document adjustment and moves
// the bases of the groups.
func (c *computation) adjust(a *Adjustment, field string) {
	spread := a.Tax.Category == ""
	base := c.lines
	if !spread {
		base = c.linesAt(a.Tax)
	}
	a.Amount = c.amount(*a, base)
	a.Shares = nil
	switch {
	case !spread: // also of nothing: BR-E-01 and its like ask for the row
		a.Shares = []Share{{Tax: a.Tax, Amount: a.Amount}}
	case !a.Amount.IsZero():
		var ok bool
		if a.Shares, ok = c.spread(a.Amount); !ok {
			c.problems = append(c.problems, Problem{Field: field + ".Amount", Rule: "spread"})
		}
	}
	for _, s := range a.Shares {
		g := c.group(s.Tax)
		if a.Charge {
			g.base = g.base.Add(s.Amount)
			c.charges = c.charges.Add(s.Amount)
		} else {
			g.base = g.base.Sub(s.Amount)
			c.allowances = c.allowances.Add(s.Amount)
		}
	}
}

// spread divides an amount among the groups in proportion to their lines. It
// reports false when the lines sum to zero.
func (c *computation) spread(amount decimal.Decimal) ([]Share, bool) {
	c.sortGroups()
	weights := make([]decimal.Decimal, len(c.groups))
	for i, g := range c.groups {
		weights[i] = g.lines
	}
	parts, ok := split(amount, weights, c.digits)
	var shares []Share
	for i, part := range parts {
		if !part.IsZero() {
			shares = append(shares, Share{Tax: c.groups[i].tax, Amount: part})
		}
	}
	return shares, ok
}

// totals adds up the groups. Only the standard category bears VAT (BR-Z-09,
// BR-E-09 and their like).
func (c *computation) totals(prepaid, rounding decimal.Decimal) Totals {
	t := Totals{
		Lines: c.lines, Allowances: c.allowances, Charges: c.charges,
		Net:     c.lines.Sub(c.allowances).Add(c.charges),
		Prepaid: prepaid, Rounding: rounding,
	}
	c.sortGroups()
	for _, g := range c.groups {
		slices.Sort(g.reasons)
		g.tax.Reason = strings.Join(g.reasons, "; ")
		s := Subtotal{Tax: g.tax, Base: g.base}
		if g.tax.Category == Standard {
			s.Amount = g.base.Mul(g.tax.Rate).Shift(-2).Round(c.digits)
		}
		t.VAT = t.VAT.Add(s.Amount)
		t.Breakdown = append(t.Breakdown, s)
	}
	t.Gross = t.Net.Add(t.VAT)
	t.Due = t.Gross.Sub(prepaid).Add(rounding)
	return t
}

// categories is the order of the breakdown.
var categories = []Category{
	Standard, ZeroRated, Exempt, ReverseCharge, IntraCommunity, Export, OutsideScope,
}

// sortGroups puts the groups in an order that does not depend on the order of
// the lines, so that neither do the odd cents of a split.
func (c *computation) sortGroups() {
	place := func(k Category) int {
		if i := slices.Index(categories, k); i >= 0 {
			return i
		}
		return len(categories)
	}
	slices.SortStableFunc(c.groups, func(a, b *group) int {
		return cmp.Or(
			cmp.Compare(place(a.tax.Category), place(b.tax.Category)),
			cmp.Compare(a.tax.Category, b.tax.Category),
			b.tax.Rate.Cmp(a.tax.Rate),
		)
	})
}

// Bounds of every number in a document: decimal keeps any exponent a text
// asks for, and one of a million digits would stop the program.
const (
	maxDecimals = 12
	maxWhole    = 12
)

var maxNumber = decimal.New(1, maxWhole)

// bounds finds the numbers outside the bounds.
func bounds(d Document) []Problem {
	var out []Problem
	check := func(field string, v decimal.Decimal) {
		if e := v.Exponent(); e < -maxDecimals || e > maxWhole || v.Abs().GreaterThanOrEqual(maxNumber) {
			out = append(out, Problem{Field: field, Rule: "range"})
		}
	}
	adjustment := func(field string, a Adjustment) {
		check(field+".Percent", a.Percent)
		check(field+".Amount", a.Amount)
		check(field+".Tax.Rate", a.Tax.Rate)
	}
	for i, l := range d.Lines {
		field := fmt.Sprintf("Lines[%d]", i)
		check(field+".Quantity", l.Quantity)
		check(field+".Price", l.Price)
		check(field+".PriceBase", l.PriceBase)
		check(field+".Tax.Rate", l.Tax.Rate)
		for j, a := range l.Adjustments {
			adjustment(fmt.Sprintf("%s.Adjustments[%d]", field, j), a)
		}
	}
	for i, a := range d.Adjustments {
		adjustment(fmt.Sprintf("Adjustments[%d]", i), a)
	}
	check("Prepaid", d.Prepaid)
	check("Rounding", d.Rounding)
	return out
}
