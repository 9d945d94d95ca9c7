// This file holds square codes: what a page stores of them.

package paper

import (
	"fmt"
	"image/color"

	"github.com/boombuler/barcode/qr"
)

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
