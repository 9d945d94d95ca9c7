// This file holds codes that machines read: square ones and bars.

package paper

import (
	"fmt"
	"image/color"

	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"
)

// Code128 draws a bar code of type 128, black whatever the ink, with bars so many
// millimetres high whose narrowest is module wide, and returns how wide it is. The
// quiet zone of ten modules at each side is the caller's to keep.
func (s *Sheet) Code128(x, y, h, module float64, payload string) (width float64) {
	code, err := code128.Encode(payload)
	if err != nil {
		s.fail(fmt.Errorf("paper: this does not fit a bar code: %w", err))
		return 0
	}
	ink, n := s.ink, code.Bounds().Dx()
	s.Ink(0)
	for i := 0; i < n; i++ {
		from := i
		for i < n && code.At(i, 0) == color.Black {
			i++
		}
		if i > from {
			s.Rect(x+float64(from)*module, y, float64(i-from)*module, h)
		}
	}
	s.ink = ink
	return float64(n) * module
}

// qrModules encodes a payload in bytes mode at level M. The modules are bits,
// row by row, the first in the highest bit.
func qrModules(payload string) (n uint8, modules []byte, err error) {
	code, err := qr.Encode(payload, qr.M, qr.Unicode)
	if err != nil {
		return 0, nil, fmt.Errorf("paper: this does not fit a QR code: %w", err)
	}
	side := code.Bounds().Dx()
	modules = make([]byte, (side*side+7)/8)
	for i := range side * side {
		if code.At(i%side, i/side) == color.Black {
			modules[i/8] |= 0x80 >> (i % 8)
		}
	}
	return uint8(side), modules, nil
}

// Box is a rectangle in millimetres.
type Box struct{ X, Y, W, H float64 }

// Boxes returns the dark parts of a code, each run of modules in a row as one
// rectangle. They belong into one path: drawn one by one, viewers leave pale
// seams between the rows.
func (o Op) Boxes() []Box {
	n := int(o.N)
	if n == 0 || len(o.Data) < (n*n+7)/8 {
		return nil
	}
	dark := func(x, y int) bool {
		i := y*n + x
		return o.Data[i/8]&(0x80>>(i%8)) != 0
	}
	module := o.W.MM() / float64(n)
	var out []Box
	for y := range n {
		for x := 0; x < n; x++ {
			if !dark(x, y) {
				continue
			}
			from := x
			for x < n && dark(x, y) {
				x++
			}
			out = append(out, Box{
				X: o.X.MM() + float64(from)*module, Y: o.Y.MM() + float64(y)*module,
				W: float64(x-from) * module, H: module,
			})
		}
	}
	return out
}
