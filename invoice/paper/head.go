// This file sets the top of the first page: the shop, the address in the
// window, the facts of the document and its title.

package paper

import (
	"strings"

	"counterbook/invoice"
	"counterbook/invoice/ident"
)

func formatIBAN(s string) string { return ident.FormatIBAN(s) }
func formatVAT(s string) string  { return ident.FormatVAT(s) }

// first sets the first page down to where the table begins.
func (p *layout) first() {
	s := p.newSheet()
	p.shop(s)
	end := max(p.recipient(s), p.facts(s))
	y := max(titleLine, end+15)
	s.Ink(p.s.Accent)
	for _, line := range wrapMax(p.title(), measure, 20, Bold, 2) {
		s.Text(leftEdge, y, 20, Bold, Left, line)
		y += Leading(20)
	}
	s.Ink(Ink)
	p.y = y - Leading(20) + 5
}

// shop sets the logo or the name of the shop, and how to reach it.
func (p *layout) shop(s *Sheet) {
	seller := p.d.Seller
	if len(p.s.Logo) > 0 {
		w, h, err := logoSize(p.s.Logo, p.s.LogoWidth)
		if err != nil {
			s.fail(err)
		}
		s.Image(leftEdge, logoTop, w, h, p.s.Logo)
	} else {
		s.Ink(p.s.Accent)
		size, lines := 17.0, []string(nil)
		for ; size >= 9; size -= 2 {
			if lines = wrapMax(seller.Name, 95, size, Bold, 5); float64(len(lines))*Leading(size) < 19 {
				break
			}
		}
		for i, line := range lines {
			s.Text(leftEdge, headLine+float64(i)*Leading(size), size, Bold, Left, line)
		}
	}
	s.Ink(Grey)
	lines := p.address(seller.Address, "")
	for _, text := range []string{seller.Phone, seller.Email, labelled(p.l.VATID, formatVAT(seller.VATID))} {
		if text != "" {
			lines = append(lines, text)
		}
	}
	y := headLine - 4.0
	for _, text := range lines {
		for _, line := range wrapMax(text, 65, smallSize, Regular, 2) {
			s.Text(rightEdge, y, smallSize, Regular, Right, line)
			y += Leading(smallSize)
		}
	}
}

// address lists the lines of an address the way its country writes them. The
// country is named where it is not the one given.
func (p *layout) address(a invoice.Address, home string) []string {
	var city []string
	switch a.Country {
	case "GB", "IE":
		city = []string{a.City, a.Region, a.Postcode}
	case "US", "CA", "AU":
		city = []string{join(" ", a.City, join(" ", a.Region, a.Postcode))}
	case "IT":
		city = []string{join(" ", a.Postcode, a.City, a.Region)}
	default:
		city = []string{join(" ", a.Postcode, a.City), a.Region}
	}
	all := append([]string{a.Street, a.Street2}, city...)
	if home != "" && a.Country != home {
		name := p.l.Countries[a.Country]
		if name == "" {
			name = a.Country
		}
		all = append(all, strings.ToUpper(name))
	}
	var lines []string
	for _, line := range all {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// join joins what is not empty.
func join(between string, parts ...string) string {
	var out []string
	for _, part := range parts {
		if part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, between)
}

// recipient sets the sender's line and the address into the window of the
// envelope, and returns the last baseline. An address of many lines is set
// smaller rather than outside the window.
func (p *layout) recipient(s *Sheet) float64 {
	seller, buyer := p.d.Seller, p.d.Buyer
	sender := join(" · ", append([]string{seller.Name}, p.address(seller.Address, "")...)...)
	s.Ink(Grey).Text(leftEdge, windowTop, 6.5, Regular, Left, cut(sender, 80, 6.5, Regular))
	s.Ink(Hairline).Line(leftEdge, windowTop+1.2, leftEdge+80, windowTop+1.2, 0.15)

	s.Ink(Ink)
	texts := []string{buyer.Name}
	if buyer.Contact != "" {
		texts = append(texts, fill(p.l.Attention, "{name}", buyer.Contact))
	}
	texts = append(texts, p.address(buyer.Address, seller.Address.Country)...)
	size, lines := 10.0, []string(nil)
	for ; size > 6; size -= 0.5 {
		lines = nil
		for _, text := range texts {
			lines = append(lines, wrapMax(text, 80, size, Regular, 3)...)
		}
		if addressTop+float64(len(lines)-1)*Leading(size) <= addressEnd {
			break
		}
	}
	y := addressTop
	for _, line := range lines {
		s.Text(leftEdge, y, size, Regular, Left, line)
		y += Leading(size)
	}
	return y - Leading(size)
}

// fact is a labelled value beside the address.
type fact struct {
	label, value string
	style        FontStyle
}

// facts sets number, dates and references, and returns the last baseline.
func (p *layout) facts(s *Sheet) float64 {
	d, l := p.d, p.l
	supply := l.FormatDate(d.Supply)
	if d.Supply.IsZero() || d.Supply == d.Date {
		supply = l.SupplySame
	}
	all := []fact{
		{l.Number, p.number(), Bold},
		{l.Date, l.FormatDate(d.Date), Regular},
		{l.Supply, supply, Regular},
		{l.Due, l.FormatDate(d.Due), Regular},
		{l.Preceding, join(" · ", d.Preceding.Number, l.FormatDate(d.Preceding.Date)), Regular},
		{l.BuyerReference, d.BuyerReference, Regular},
		{l.BuyerVAT, formatVAT(d.Buyer.VATID), Regular},
	}
	labels := 0.0
	for _, f := range all {
		if f.value != "" {
			labels = max(labels, Width(f.label, bodySize, Regular))
		}
	}
	labels = min(labels, 36)
	y := addressTop
	for _, f := range all {
		if f.value == "" {
			continue
		}
		s.Ink(Grey)
		names := wrapMax(f.label, labels, bodySize, Regular, 2)
		for i, line := range names {
			s.Text(factsLeft, y+float64(i)*Leading(bodySize), bodySize, Regular, Left, line)
		}
		s.Ink(Ink)
		values := wrapMax(f.value, rightEdge-factsLeft-labels-3, bodySize, f.style, 3)
		for i, line := range values {
			s.Text(rightEdge, y+float64(i)*Leading(bodySize), bodySize, f.style, Right, line)
		}
		y += float64(max(len(names), len(values)))*Leading(bodySize) + 0.6
	}
	return y - Leading(bodySize)
}
