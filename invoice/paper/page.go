// Package paper sets documents on pages. A page is a display list: texts,
// lines, rectangles, pictures and codes, each at its place in millimetres from
// the top left corner. Two back ends draw the same list, paper/pdf into a file
// and paper/picture into an image, and neither decides where anything goes.
//
//	pages, err := paper.Layout(document, labels, style)
//	err = pdf.Write(w, pages, meta)           // for printing and sending
//	img, err := picture.Draw(pages[0], 96)    // for the preview
//
// Other sheets are set by hand on a Sheet.
//
// A page can be stored (CBOR, integer keys) and drawn again later: it holds
// texts and places, codes as their modules and pictures as their bytes, so it
// does not depend on a layout that may have changed since.
package paper

import "math"

// Length is a distance in hundredths of a millimetre. Whole numbers are drawn
// the same on every machine and are short when stored.
type Length int32

// MM returns the Length nearest to v millimetres.
func MM(v float64) Length { return Length(math.Round(v * 100)) }

// MM returns l in millimetres.
func (l Length) MM() float64 { return float64(l) / 100 }

// PointMM is a typographic point in millimetres.
const PointMM = 25.4 / 72

// Color is 0xRRGGBB. The zero Color is black.
type Color uint32

// RGB returns the parts of c, 0 to 255.
func (c Color) RGB() (r, g, b uint8) { return uint8(c >> 16), uint8(c >> 8), uint8(c) }

// FontStyle is a face of the one family documents are set in.
type FontStyle uint8

// The faces.
const (
	Regular FontStyle = iota
	Bold
	Italic
	BoldItalic
)

// OpKind says what an Op draws.
type OpKind uint8

// The kinds of Op, with the fields each of them uses.
const (
	OpText  OpKind = iota + 1 // Text on a baseline starting at X, Y: Size, Style, Color
	OpLine                    // a line from X, Y to X+W, Y+H: Stroke, Color
	OpRect                    // a filled rectangle at X, Y: W, H, Color
	OpImage                   // a picture at X, Y: W, H, Data (a logo: PNG of 8 bits at most a channel, or JPEG)
	OpQR                      // a square code at X, Y: W, N, Data (the modules), Color
)

// Op is one thing on a page.
type Op struct {
	Kind   OpKind    `cbor:"1,keyasint"`
	X      Length    `cbor:"2,keyasint,omitempty"`
	Y      Length    `cbor:"3,keyasint,omitempty"`
	W      Length    `cbor:"4,keyasint,omitempty"`
	H      Length    `cbor:"5,keyasint,omitempty"`
	Size   uint16    `cbor:"6,keyasint,omitempty"` // of the font, in tenths of a point
	Style  FontStyle `cbor:"7,keyasint,omitempty"`
	Color  Color     `cbor:"8,keyasint,omitempty"`
	Text   string    `cbor:"9,keyasint,omitempty"`
	Stroke Length    `cbor:"10,keyasint,omitempty"`
	N      uint8     `cbor:"11,keyasint,omitempty"` // modules on a side of a code
	Data   []byte    `cbor:"12,keyasint,omitempty"`
}

// Points returns the font size in points.
func (o Op) Points() float64 { return float64(o.Size) / 10 }

// Page is one sheet, Width by Height millimetres.
type Page struct {
	Width  float64 `cbor:"1,keyasint"`
	Height float64 `cbor:"2,keyasint"`
	Ops    []Op    `cbor:"3,keyasint,omitempty"`
}

// A4 in millimetres, ISO 216.
const (
	A4Width  = 210.0
	A4Height = 297.0
)
