// This file holds Sheet, on which a page is set by hand.

package paper

import "strings"

// Align says which point of a text its x is.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// Colours of the house.
const (
	Ink      Color = 0x1D2321 // text
	Grey     Color = 0x5F6663 // what comes second
	Hairline Color = 0xD8D5CC // rules between rows
	Pale     Color = 0xF1EFEA // what lies under text
	Green    Color = 0x1F7A5A // the accent when a shop has chosen none
)

// Sheet is a page being set. Distances are in millimetres from the top left
// corner, sizes in points. Texts are cleaned; the first character that cannot
// be printed, and any other error, is kept and returned by Page.
type Sheet struct {
	page Page
	ink  Color
	err  error
}

// NewSheet returns an empty A4 sheet, its ink set to Ink.
func NewSheet() *Sheet {
	return &Sheet{page: Page{Width: A4Width, Height: A4Height}, ink: Ink}
}

// Ink sets the colour of what is drawn next, and returns the sheet.
func (s *Sheet) Ink(c Color) *Sheet {
	s.ink = c
	return s
}

// Page returns the page, or the first error.
func (s *Sheet) Page() (Page, error) {
	if s.err != nil {
		return Page{}, s.err
	}
	return s.page, nil
}

func (s *Sheet) add(o Op) {
	if o.Kind != OpImage {
		o.Color = s.ink
	}
	s.page.Ops = append(s.page.Ops, o)
}

func (s *Sheet) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// Text draws one line with its baseline at y. A line break in it is a space.
func (s *Sheet) Text(x, y, size float64, style FontStyle, align Align, text string) {
	text = strings.TrimSpace(strings.ReplaceAll(Clean(text), "\n", " "))
	if text == "" {
		return
	}
	if err := CheckText("", text); err != nil {
		s.fail(err)
		return
	}
	o := Op{Kind: OpText, Y: MM(y), Size: uint16(size*10 + 0.5), Style: style, Text: text}
	switch width := Width(text, o.Points(), style); align {
	case Center:
		x -= width / 2
	case Right:
		x -= width
	}
	o.X = MM(x)
	s.add(o)
}

// Paragraph draws a text wrapped to a width, its first baseline at y, and
// returns the baseline of what may follow.
func (s *Sheet) Paragraph(x, y, width, size float64, style FontStyle, text string) float64 {
	for _, line := range Wrap(text, width, size, style) {
		s.Text(x, y, size, style, Left, line)
		y += Leading(size)
	}
	return y
}

// Line draws a straight line.
func (s *Sheet) Line(x1, y1, x2, y2, stroke float64) {
	s.add(Op{Kind: OpLine, X: MM(x1), Y: MM(y1), W: MM(x2) - MM(x1), H: MM(y2) - MM(y1), Stroke: MM(stroke)})
}

// Rect fills a rectangle.
func (s *Sheet) Rect(x, y, w, h float64) {
	s.add(Op{Kind: OpRect, X: MM(x), Y: MM(y), W: MM(w), H: MM(h)})
}

// Frame draws the outline of a rectangle.
func (s *Sheet) Frame(x, y, w, h, stroke float64) {
	s.Line(x, y, x+w, y, stroke)
	s.Line(x+w, y, x+w, y+h, stroke)
	s.Line(x+w, y+h, x, y+h, stroke)
	s.Line(x, y+h, x, y, stroke)
}

// Image draws a picture that Logo prepared.
func (s *Sheet) Image(x, y, w, h float64, logo []byte) {
	if _, _, err := LogoPixels(logo); err != nil {
		s.fail(err)
		return
	}
	s.add(Op{Kind: OpImage, X: MM(x), Y: MM(y), W: MM(w), H: MM(h), Data: logo})
}

// QR draws a code at error correction level M, black whatever the ink, with a
// side of so many millimetres. The quiet zone of four modules around it is the
// caller's to keep.
func (s *Sheet) QR(x, y, side float64, payload string) {
	n, modules, err := qrModules(payload)
	if err != nil {
		s.fail(err)
		return
	}
	ink := s.ink
	s.Ink(0).add(Op{Kind: OpQR, X: MM(x), Y: MM(y), W: MM(side), N: n, Data: modules})
	s.ink = ink
}
