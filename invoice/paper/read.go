// This file reads a picture file that somebody chose, whatever it holds.

package paper

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	stddraw "image/draw"
	_ "image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// PictureWhy says what is wrong with a picture file.
type PictureWhy string

// What can be wrong with a picture file.
const (
	PictureEmpty   PictureWhy = "empty"   // no bytes at all
	PictureNone    PictureWhy = "none"    // neither PNG nor JPEG nor GIF
	PictureBroken  PictureWhy = "broken"  // it begins as one, and is cut short or damaged
	PictureUnknown PictureWhy = "unknown" // a kind of JPEG or PNG that hardly anybody writes
	PictureHuge    PictureWhy = "huge"    // more than MaxPicturePixels, or MaxPictureBytes
)

// PictureError is a picture file that cannot be used. Width and Height are its
// pixels where it is PictureHuge because of them.
type PictureError struct {
	Why           PictureWhy
	Width, Height int
}

func (e *PictureError) Error() string { return "paper: a picture cannot be used: " + string(e.Why) }

// What of a picture file is read at most: 50 million pixels are 8,000 by 6,250,
// more than most cameras make, and take up to 400 MB while they are read.
const (
	MaxPicturePixels = 50_000_000
	MaxPictureBytes  = 64 << 20
)

// maxPictureSide is the longest side of a picture that was read, in pixels. It
// is more than is kept, so that one can cut a part out of it.
const maxPictureSide = 2400

// ReadPicture reads a PNG, JPEG or GIF of any depth and colour: upright, as its
// camera noted it, on white, and at most 2,400 pixels a side. It is slow for a
// large one. It fails with *PictureError.
func ReadPicture(data []byte) (*image.RGBA, error) {
	switch {
	case len(data) == 0:
		return nil, &PictureError{Why: PictureEmpty}
	case len(data) > MaxPictureBytes:
		return nil, &PictureError{Why: PictureHuge}
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, pictureError(err)
	}
	w, h := config.Width, config.Height
	if w < 1 || h < 1 {
		return nil, &PictureError{Why: PictureBroken}
	}
	if w > MaxPicturePixels/h {
		return nil, &PictureError{Why: PictureHuge, Width: w, Height: h}
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, pictureError(err)
	}
	return upright(onWhite(img, maxPictureSide, maxPictureSide), orientation(data)), nil
}

func pictureError(err error) error {
	why := PictureBroken
	var notJPEG jpeg.UnsupportedError
	var notPNG png.UnsupportedError
	switch {
	case errors.Is(err, image.ErrFormat):
		why = PictureNone
	case errors.As(err, &notJPEG), errors.As(err, &notPNG):
		why = PictureUnknown
	}
	return &PictureError{Why: why}
}

// onWhite draws a picture on white, scaled down to fit.
func onWhite(img image.Image, maxW, maxH int) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w > maxW || h > maxH {
		if w*maxH > h*maxW {
			w, h = maxW, max(1, h*maxW/w)
		} else {
			w, h = max(1, w*maxH/h), maxH
		}
	}
	if by := min(b.Dx()/w, b.Dy()/h); by > 1 { // first by whole steps, which is fast whatever the kind
		img = averaged(img, by)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	stddraw.Draw(out, out.Bounds(), image.White, image.Point{}, stddraw.Src)
	draw.CatmullRom.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	return out
}

// averaged makes one pixel of by times by.
func averaged(img image.Image, by int) image.Image {
	at := func(x, y int) color.RGBA64 {
		r, g, b, a := img.At(x, y).RGBA()
		return color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)}
	}
	if fast, ok := img.(image.RGBA64Image); ok {
		at = fast.RGBA64At
	}
	from := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, max(1, from.Dx()/by), max(1, from.Dy()/by)))
	n := uint32(by * by)
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var r, g, b, a uint32
			for dy := range by {
				for dx := range by {
					c := at(from.Min.X+x*by+dx, from.Min.Y+y*by+dy)
					r, g, b, a = r+uint32(c.R>>8), g+uint32(c.G>>8), b+uint32(c.B>>8), a+uint32(c.A>>8)
				}
			}
			out.SetRGBA(x, y, color.RGBA{R: uint8(r / n), G: uint8(g / n), B: uint8(b / n), A: uint8(a / n)})
		}
	}
	return out
}

// orientation returns how a JPEG has to be turned, 1 to 8 as in Exif 2.3 tag
// 0x0112, and 1, as it is, for everything that does not say.
func orientation(data []byte) int {
	if len(data) < 4 || data[0] != 0xFF || data[1] != 0xD8 {
		return 1
	}
	for data = data[2:]; len(data) >= 4 && data[0] == 0xFF && data[1] != 0xDA; {
		n := int(binary.BigEndian.Uint16(data[2:]))
		if n < 2 || len(data) < 2+n {
			return 1
		}
		part := data[4 : 2+n]
		if tiff, ok := bytes.CutPrefix(part, []byte("Exif\x00\x00")); ok && data[1] == 0xE1 {
			return tiffOrientation(tiff)
		}
		data = data[2+n:]
	}
	return 1
}

// tiffOrientation looks for the tag in the first directory of a TIFF header.
func tiffOrientation(t []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(t, []byte("II")) {
		order = binary.LittleEndian
	}
	if len(t) < 8 {
		return 1
	}
	at := uint64(order.Uint32(t[4:]))
	if at+2 > uint64(len(t)) {
		return 1
	}
	count := int(order.Uint16(t[at:]))
	for entry := t[at+2:]; count > 0 && len(entry) >= 12; count, entry = count-1, entry[12:] {
		if order.Uint16(entry) == 0x0112 {
			if o := int(order.Uint16(entry[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}

// upright turns a picture as its orientation says.
func upright(img *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	turned := orientation >= 5 // its sides are swapped
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if turned {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.SetRGBA(tx, ty, img.RGBAAt(x, y))
		}
	}
	return out
}
