// This file holds square codes and pictures: what a page stores of them.

package paper

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	stddraw "image/draw"
	_ "image/jpeg" // logos come as JPEG too
	"image/png"

	"github.com/boombuler/barcode/qr"
	"golang.org/x/image/draw"
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

// ErrPicture is a picture that cannot be used: not PNG or JPEG, too large, or
// not prepared by Logo.
var ErrPicture = errors.New("paper: a picture must be PNG or JPEG of a moderate size")

// Bounds of pictures in pixels: of what is read, and of what is kept. The
// latter is 600 dpi at 50 mm.
const (
	maxPixelsRead = 40_000_000
	maxPixelsSide = 1200
)

// Logo prepares a picture for printing: PNG or JPEG of any depth becomes a
// PNG of eight bits on white, scaled down if it is finer than a printer shows.
// It is slow and meant for the moment a shop chooses its logo.
func Logo(data []byte) ([]byte, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width < 1 || config.Height < 1 || config.Width > maxPixelsRead/config.Height {
		return nil, ErrPicture
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, ErrPicture
	}
	w, h := config.Width, config.Height
	if side := max(w, h); side > maxPixelsSide {
		w, h = max(1, w*maxPixelsSide/side), max(1, h*maxPixelsSide/side)
	}
	flat := image.NewNRGBA(image.Rect(0, 0, w, h))
	stddraw.Draw(flat, flat.Bounds(), image.White, image.Point{}, stddraw.Src)
	draw.CatmullRom.Scale(flat, flat.Bounds(), img, img.Bounds(), draw.Over, nil)
	var out bytes.Buffer
	if err := png.Encode(&out, flat); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// logoSize returns the pixels of a picture prepared by Logo.
func logoSize(data []byte) (w, h int, err error) {
	config, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.ColorModel != color.RGBAModel && config.ColorModel != color.NRGBAModel {
		return 0, 0, ErrPicture
	}
	return config.Width, config.Height, nil
}
