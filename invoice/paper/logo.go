// This file makes the logo at the head of the page, and finds its size there.

package paper

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	stddraw "image/draw"
	"image/jpeg"
	"image/png"
	"math"
)

// The room for a logo at the head of the page, in millimetres: beside the
// shop's address and above the window of the envelope.
const (
	LogoWidest  = 95
	LogoHighest = 30
	LogoLeast   = 10 // narrower is a stain
	logoUsual   = 60 // wide, where nobody chose, and 20 high at most
	logoTop     = 16.0
)

// What is kept of a logo: 240 dots to the inch where it fills its room, and so
// few bytes that thousands of documents stay megabytes.
const (
	logoPixelsWide = 900
	logoPixelsHigh = 300
	MaxLogoBytes   = 48 << 10
)

// ErrPicture is a picture on a page that EncodeLogo did not make.
var ErrPicture = errors.New("paper: a picture on a page must be made by Logo")

// Logo makes the logo of a picture file: ReadPicture and EncodeLogo.
func Logo(data []byte) ([]byte, error) {
	img, err := ReadPicture(data)
	if err != nil {
		return nil, err
	}
	return EncodeLogo(img, img.Bounds())
}

// EncodeLogo makes the logo of a part of a picture, small enough to be kept: at
// most 900 by 300 pixels and MaxLogoBytes. What has few colours or fits becomes a
// PNG, which keeps edges sharp, a photograph a JPEG. The same part gives the
// same bytes.
func EncodeLogo(img image.Image, part image.Rectangle) ([]byte, error) {
	part = part.Intersect(img.Bounds())
	if part.Empty() {
		return nil, ErrPicture
	}
	cut := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	stddraw.Draw(cut, cut.Bounds(), img, part.Min, stddraw.Src)
	for w, h := logoPixelsWide, logoPixelsHigh; w >= 30; w, h = w*3/4, h*3/4 {
		small := onWhite(cut, w, h)
		data, err := encodePNG(small)
		if err != nil || len(data) <= MaxLogoBytes {
			return data, err
		}
		for _, quality := range []int{92, 85, 78} {
			var out bytes.Buffer
			if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err != nil {
				return nil, err
			}
			if out.Len() <= MaxLogoBytes {
				return out.Bytes(), nil
			}
		}
	}
	return nil, ErrPicture
}

// encodePNG writes a picture without transparency, with a palette where it has
// at most 256 colours.
func encodePNG(img *image.RGBA) ([]byte, error) {
	var source image.Image = img
	if p := paletted(img); p != nil {
		source = p
	}
	var out bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, source)
	return out.Bytes(), err
}

// paletted returns a picture with its colours in a list, in the order in which
// they come; nil when there are too many.
func paletted(img *image.RGBA) *image.Paletted {
	index := map[color.RGBA]uint8{}
	out := image.NewPaletted(img.Rect, nil)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			c := img.RGBAAt(x, y)
			i, ok := index[c]
			if !ok {
				if len(index) == 256 {
					return nil
				}
				i = uint8(len(index))
				index[c] = i
				out.Palette = append(out.Palette, c)
			}
			out.Pix[y*out.Stride+x] = i
		}
	}
	return out
}

// CheckLogo reports with ErrPicture what EncodeLogo did not make.
func CheckLogo(data []byte) error {
	w, h, err := LogoPixels(data)
	if err != nil || w > logoPixelsWide || h > logoPixelsHigh || len(data) > MaxLogoBytes {
		return ErrPicture
	}
	if _, _, err := image.Decode(bytes.NewReader(data)); err != nil {
		return ErrPicture
	}
	return nil
}

// LogoPixels returns the size of a logo in pixels.
func LogoPixels(data []byte) (w, h int, err error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || format == "gif" {
		return 0, 0, ErrPicture
	}
	switch config.ColorModel {
	case color.RGBAModel, color.GrayModel, color.YCbCrModel:
	default:
		if _, ok := config.ColorModel.(color.Palette); !ok {
			return 0, 0, ErrPicture
		}
	}
	return config.Width, config.Height, nil
}

// LogoWidths returns how wide a logo can stand on the page, in whole
// millimetres, and how wide it stands where nobody chose.
func LogoWidths(data []byte) (least, most, usual int) {
	w, h, err := LogoPixels(data)
	if err != nil {
		return 0, 0, 0
	}
	shape := float64(w) / float64(h)
	most = max(1, int(min(LogoWidest, LogoHighest*shape)))
	usual = max(1, min(most, int(math.Round(min(logoUsual, 20*shape)))))
	return min(LogoLeast, most), most, usual
}

// logoSize returns the size of a logo on the page, as wide as was chosen within
// its room; a choice of 0 is the usual one.
func logoSize(data []byte, width int) (w, h float64, err error) {
	pw, ph, err := LogoPixels(data)
	if err != nil {
		return 0, 0, err
	}
	least, most, usual := LogoWidths(data)
	if width == 0 {
		width = usual
	}
	w = float64(min(max(width, least), most))
	if h = w * float64(ph) / float64(pw); h > LogoHighest { // a stroke, thinner than a millimetre
		w, h = LogoHighest*float64(pw)/float64(ph), LogoHighest
	}
	return w, h, nil
}

// Content returns the part of a picture within its empty border: what is not,
// nearly, the colour of its top left corner. An empty picture is all border and
// is returned whole.
func Content(img *image.RGBA) image.Rectangle {
	b := img.Bounds()
	ground := img.RGBAAt(b.Min.X, b.Min.Y)
	var out image.Rectangle
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if !near(img.RGBAAt(x, y), ground) {
				out = out.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if out.Empty() {
		return b
	}
	return out
}

// near reports whether two colours look alike, as they do around the edges a
// JPEG blurs.
func near(a, b color.RGBA) bool {
	const most = 24
	d := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return d(a.R, b.R) <= most && d(a.G, b.G) <= most && d(a.B, b.B) <= most
}
