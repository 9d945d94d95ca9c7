// This file sets a document on A4 pages: what stands where, and how it flows
// from page to page.

package paper

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"counterbook/invoice"
)

// Style is how a shop's documents look.
type Style struct {
	Accent    Color  // of the shop's name and the title; zero is Green
	Logo      []byte // a picture made by EncodeLogo, in place of the shop's name
	LogoWidth int    // in millimetres; 0 is the usual width
	Intro     string // a text between title and table of an invoice
	Closing   string // a text at the end of an invoice, such as thanks
	Footer    string // a text above the foot of every page
}

// Places on the page, in millimetres. The address stands in the window of an
// envelope folded as DIN 5008 form B says: 45 to 90 from the top.
const (
	leftEdge   = 25.0
	rightEdge  = 190.0
	measure    = rightEdge - leftEdge
	headLine   = 24.0  // baseline of the shop's name
	windowTop  = 52.0  // baseline of the sender's line above the address
	addressTop = 58.5  // baseline of the first line of the address
	addressEnd = 88.0  // baseline of the last line that fits the window
	factsLeft  = 118.0 // the facts beside the address
	titleLine  = 106.0
	nextTop    = 30.0 // first baseline on the pages after the first
	footLine   = 289.0
)

// Sizes in points.
const (
	bodySize  = 9.0
	smallSize = 8.0
	footSize  = 7.0
)

// Layout sets a computed document on pages. It reads the totals the document
// holds and adds nothing. A document without a number is a draft: it shows
// Labels.Draft in its place and has no payment code.
//
// It fails with *GlyphError for the first character that cannot be printed.
func Layout(d invoice.Document, l Labels, s Style) ([]Page, error) {
	d = d.Clone()
	for _, part := range []struct {
		field string
		value any
	}{{"", &d}, {"Labels", &l}, {"Style", &s}} {
		if err := cleanTexts(part.field, reflect.ValueOf(part.value).Elem()); err != nil {
			return nil, err
		}
	}
	if s.Accent == 0 {
		s.Accent = Green
	}
	p := &layout{d: d, l: l, s: s, digits: invoice.Digits(d.Currency)}
	p.first()
	if d.Kind == invoice.KindInvoice {
		p.intro(s.Intro)
	}
	if err := p.table(); err != nil {
		return nil, err
	}
	p.reasons()
	p.payment()
	p.paragraph(d.Terms)
	p.paragraph(d.Note)
	if d.Kind == invoice.KindInvoice {
		p.paragraph(s.Closing)
	}
	return p.finish()
}

// cleanTexts cleans every text in a value that may be set, and checks that it
// can be printed.
func cleanTexts(field string, v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		if err := CheckText(field, v.String()); err != nil {
			return err
		}
		if v.CanSet() {
			v.SetString(Clean(v.String()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			name := v.Type().Field(i).Name
			if field != "" {
				name = field + "." + name
			}
			if err := cleanTexts(name, v.Field(i)); err != nil {
				return err
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return nil
		}
		for i := range v.Len() {
			if err := cleanTexts(field+"["+strconv.Itoa(i)+"]", v.Index(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// layout is the state of one Layout.
type layout struct {
	d      invoice.Document
	l      Labels
	s      Style
	digits int32
	sheets []*Sheet
	y      float64 // where the next thing starts
	bottom float64 // where the foot begins, less a distance
}

func (p *layout) sheet() *Sheet { return p.sheets[len(p.sheets)-1] }

func (p *layout) draft() bool { return p.d.Number == "" }

// number is the number of the document, or the word a draft has.
func (p *layout) number() string {
	if p.draft() {
		return p.l.Draft
	}
	return p.d.Number
}

func (p *layout) title() string {
	switch p.d.Kind {
	case invoice.KindCredit:
		return p.l.CreditNote
	case invoice.KindCorrected:
		return p.l.Corrected
	}
	return p.l.Invoice
}

// heading names the document on every page.
func (p *layout) heading() string {
	if p.draft() {
		return p.title() + " · " + p.l.Draft
	}
	return p.title() + " " + p.d.Number
}

// fits reports whether something so high fits on the page.
func (p *layout) fits(height float64) bool { return p.y+height <= p.bottom }

// room is the height of a page after the first.
func (p *layout) room() float64 { return p.bottom - nextTop }

// newSheet starts a page. The word on a draft lies under everything else, in a
// solid pale colour: it needs no transparency, which archives do not allow.
func (p *layout) newSheet() *Sheet {
	s := NewSheet()
	p.sheets = append(p.sheets, s)
	if p.draft() {
		size := 100.0
		for size > 20 && Width(p.l.Draft, size, Bold) > measure-10 {
			size -= 5
		}
		s.Ink(Pale).Text(A4Width/2, 190, size, Bold, Center, p.l.Draft)
	}
	p.foot(s)
	s.Ink(Ink)
	return s
}

// next starts a page after the first.
func (p *layout) next() {
	s := p.newSheet()
	s.Ink(Grey)
	s.Text(leftEdge, 18, smallSize, Regular, Left, cut(p.d.Seller.Name, 100, smallSize, Regular))
	s.Text(rightEdge, 18, smallSize, Regular, Right, cut(p.heading(), 60, smallSize, Regular))
	s.Ink(Hairline).Line(leftEdge, 20.5, rightEdge, 20.5, 0.2)
	s.Ink(Ink)
	p.y = nextTop
}

// keep draws something of a known height in one piece, on the next page when
// this one is full. draw is given the top.
func (p *layout) keep(height float64, draw func(s *Sheet, top float64)) {
	if !p.fits(height) && p.y > nextTop {
		p.next()
	}
	draw(p.sheet(), p.y)
	p.y += height
}

// paragraph draws a text over the whole measure. It breaks between pages where
// at least two lines stay together.
func (p *layout) paragraph(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	lines := Wrap(text, measure, bodySize, Regular)
	p.y += 2.5
	for len(lines) > 0 {
		n := min(2, len(lines))
		if len(lines) == 3 {
			n = 3
		}
		part := lines[:n]
		lines = lines[n:]
		p.keep(float64(n)*Leading(bodySize), func(s *Sheet, top float64) {
			for i, line := range part {
				s.Text(leftEdge, top+3+float64(i)*Leading(bodySize), bodySize, Regular, Left, line)
			}
		})
	}
}

// intro sets the shop's text between title and table.
func (p *layout) intro(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	p.y -= 2.5
	p.paragraph(text)
	p.y += 3
}

// foot draws what every page has at its end, but for the page number, and
// finds where the foot begins.
func (p *layout) foot(s *Sheet) {
	columns := p.footColumns()
	lines := 0
	for _, c := range columns {
		lines = max(lines, len(c))
	}
	var text []string
	if p.s.Footer != "" {
		text = wrapMax(p.s.Footer, measure, footSize, Regular, 6)
	}
	const step = 3.3
	y := footLine - 4 - step*float64(lines+len(text))
	p.bottom = y - 7
	s.Ink(Hairline).Line(leftEdge, y-3.5, rightEdge, y-3.5, 0.2)
	s.Ink(Grey)
	for _, line := range text {
		s.Text(leftEdge, y, footSize, Regular, Left, line)
		y += step
	}
	for i, c := range columns {
		for j, line := range c {
			s.Text(footLeft(i), y+float64(j)*step, footSize, Regular, Left, line)
		}
	}
}

// footLeft is where a column of the foot begins.
func footLeft(column int) float64 { return leftEdge + float64(column)*58 }

// footColumns is what the law wants to know of the seller: who, which numbers,
// which account.
func (p *layout) footColumns() [3][]string {
	seller, bank := p.d.Seller, p.d.Bank
	who := append([]string{seller.Name}, p.address(seller.Address, "")...)
	numbers := []string{
		labelled(p.l.VATID, formatVAT(seller.VATID)), labelled(p.l.TaxNumber, seller.TaxNumber),
		seller.Phone, seller.Email,
	}
	account := []string{bank.Holder, bank.Name, labelled(p.l.IBAN, formatIBAN(bank.IBAN)), labelled(p.l.BIC, bank.BIC)}
	var out [3][]string
	for i, column := range [][]string{who, numbers, account} {
		for _, text := range column {
			if text != "" {
				out[i] = append(out[i], wrapMax(text, 53, footSize, Regular, 2)...)
			}
		}
	}
	return out
}

// labelled puts a label before a value, if there is one.
func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return join(" ", label, value)
}

// finish numbers the pages.
func (p *layout) finish() ([]Page, error) {
	pages := make([]Page, len(p.sheets))
	for i, s := range p.sheets {
		s.Ink(Grey)
		s.Text(leftEdge, footLine, footSize, Regular, Left, cut(p.heading(), 120, footSize, Regular))
		s.Text(rightEdge, footLine, footSize, Regular, Right,
			fill(p.l.Page, "{page}", fmt.Sprint(i+1), "{pages}", fmt.Sprint(len(p.sheets))))
		page, err := s.Page()
		if err != nil {
			return nil, err
		}
		pages[i] = page
	}
	return pages, nil
}

// wrapMax wraps a text that has its place on every page and must not fill it:
// what is beyond the last line is cut, and an ellipsis shows it.
func wrapMax(text string, width, size float64, style FontStyle, lines int) []string {
	all := Wrap(text, width, size, style)
	if len(all) <= lines {
		return all
	}
	all[lines-1] = cut(all[lines-1]+" "+all[lines], width, size, style)
	if !strings.HasSuffix(all[lines-1], "…") {
		all[lines-1] += "…"
	}
	return all[:lines]
}

// cut shortens a text to a width, with an ellipsis.
func cut(text string, width, size float64, style FontStyle) string {
	if Width(text, size, style) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && Width(string(runes)+"…", size, style) > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimSpace(string(runes)) + "…"
}
