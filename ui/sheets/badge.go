package sheets

import (
	"counterbook/invoice/paper"
	"counterbook/ui/words"
)

// A card of ISO/IEC 7810 ID-1 in millimetres, and the narrowest bar on it: not less
// than 0.19 mm, which the scanners of counters read, and a multiple of what a page
// can say.
const (
	cardWidth  = 85.6
	cardHeight = 54.0
	barModule  = 0.22
)

// Badge is a sheet with the card that signs somebody in: the code as bars and as
// text, between marks along which it is cut.
func Badge(shop, nickname, role, code string, w *words.Words) ([]paper.Page, error) {
	s := newSheet(w)
	name := words.Data{"Name": nickname}
	s.head(28, shop, fit(w.T("start.sheet.badge.title", name), measure, 22, paper.Bold), role)
	s.paragraph(w.T("start.sheet.badge.purpose", name))
	s.y += 14
	x, y := (paper.A4Width-cardWidth)/2, s.y
	s.cutMarks(x, y, cardWidth, cardHeight)

	const inset = 5.0
	s.Ink(paper.Green).Rect(x, y, cardWidth, 3)
	size := 15.0
	for size > 9 && paper.Width(nickname, size, paper.Bold) > cardWidth-2*inset {
		size--
	}
	s.Ink(paper.Ink).Text(x+inset, y+13, size, paper.Bold, paper.Left, fit(nickname, cardWidth-2*inset, size, paper.Bold))
	s.Ink(paper.Grey).Text(x+inset, y+18.5, 9, paper.Regular, paper.Left, fit(shop, cardWidth-2*inset, 9, paper.Regular))
	s.Ink(paper.Ink)
	measured := paper.NewSheet().Code128(0, 0, 1, barModule, code)
	s.Code128(x+(cardWidth-measured)/2, y+23, 16, barModule, code)
	s.Text(x+cardWidth/2, y+43.5, 9, paper.Regular, paper.Center, inFours(code))
	// What it opens is not said to who finds it.
	s.Line(x+inset, y+46, x+cardWidth-inset, y+46, 0.2)
	found := fit(w.T("start.sheet.badge.found", words.Data{"Shop": shop}), cardWidth-2*inset, 7.5, paper.Regular)
	s.Text(x+cardWidth/2, y+50.2, 7.5, paper.Regular, paper.Center, found)

	s.y = y + cardHeight + 14
	s.Ink(paper.Grey)
	s.y = s.Paragraph(left, s.y, measure, body, paper.Regular, w.T("start.sheet.badge.warning", name))
	return s.pages()
}

// fit shortens a text that is wider than its place.
func fit(text string, width, size float64, style paper.FontStyle) string {
	if paper.Width(text, size, style) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && paper.Width(string(runes)+"…", size, style) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// inFours sets a code in fours, for who has to type it.
func inFours(code string) string {
	out := ""
	for i, r := range code {
		if i > 0 && i%4 == 0 {
			out += " "
		}
		out += string(r)
	}
	return out
}

// cutMarks are short lines outside the corners of a rectangle.
func (s *sheet) cutMarks(x, y, w, h float64) {
	const gap, length, stroke = 1.5, 6.0, 0.2
	s.Ink(paper.Grey)
	for _, cx := range []float64{x, x + w} {
		s.Line(cx, y-gap-length, cx, y-gap, stroke)
		s.Line(cx, y+h+gap, cx, y+h+gap+length, stroke)
	}
	for _, cy := range []float64{y, y + h} {
		s.Line(x-gap-length, cy, x-gap, cy, stroke)
		s.Line(x+w+gap, cy, x+w+gap+length, cy, stroke)
	}
	s.Ink(paper.Ink)
}
