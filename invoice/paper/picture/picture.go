// Package picture draws a page into an image: the preview on the screen, and
// what a printer without PDF is given. Everything lands where package pdf puts
// it, to a fraction of a pixel, because both draw the same list and both move
// the pen by the same advances.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	stddraw "image/draw"
	_ "image/jpeg" // pictures on pages are JPEG …
	_ "image/png"  // … or PNG
	"math"
	"sync"

	"golang.org/x/image/draw"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"counterbook/assets"
	"counterbook/invoice/paper"
)

// ErrSize is a page or a resolution that gives no sensible image.
var ErrSize = errors.New("picture: the page would be empty or larger than a printer needs")

// maxSide is the longest side in pixels: A3 at 600 dpi.
const maxSide = 10000

// Draw draws a page at a resolution in dots per inch, on white.
func Draw(p paper.Page, dpi float64) (*image.RGBA, error) {
	c := &canvas{scale: dpi / 25.4}
	w, h := math.Round(p.Width*c.scale), math.Round(p.Height*c.scale)
	if !(w >= 1 && h >= 1 && w <= maxSide && h <= maxSide) { // NaN too
		return nil, ErrSize
	}
	c.img = image.NewRGBA(image.Rect(0, 0, int(w), int(h)))
	stddraw.Draw(c.img, c.img.Bounds(), image.White, image.Point{}, stddraw.Src)
	for _, o := range p.Ops {
		if err := c.draw(o); err != nil {
			return nil, err
		}
	}
	return c.img, nil
}

// canvas is an image being drawn on; scale is in pixels per millimetre.
type canvas struct {
	img    *image.RGBA
	scale  float64
	raster vector.Rasterizer
	glyphs sfnt.Buffer
}

func (c *canvas) draw(o paper.Op) error {
	x, y, w, h := o.X.MM(), o.Y.MM(), o.W.MM(), o.H.MM()
	switch o.Kind {
	case paper.OpText:
		return c.text(o)
	case paper.OpLine:
		c.fill(o.Color, stroke(x, y, w, h, o.Stroke.MM()))
	case paper.OpRect:
		c.fill(o.Color, path{rect(paper.Box{X: x, Y: y, W: w, H: h})})
	case paper.OpQR:
		var all path
		for _, b := range o.Boxes() {
			all = append(all, rect(b))
		}
		c.fill(o.Color, all)
	case paper.OpImage:
		at := image.Rect(c.px(x), c.px(y), c.px(x+w), c.px(y+h))
		img, err := scaled(o.Data, at.Dx(), at.Dy())
		if err != nil {
			return fmt.Errorf("picture: an image on the page: %w", err)
		}
		stddraw.Draw(c.img, at, img, image.Point{}, stddraw.Over)
	default:
		return fmt.Errorf("picture: unknown operation %d", o.Kind)
	}
	return nil
}

func (c *canvas) px(mm float64) int { return int(math.Round(mm * c.scale)) }

// last is the picture that was drawn last, in its size. A preview draws the same
// logo with every change of its page, and scaling it takes longer than all else.
var last struct {
	sync.Mutex
	data []byte
	img  *image.RGBA
}

// scaled returns a picture in a size; it is not to be drawn on.
func scaled(data []byte, w, h int) (*image.RGBA, error) {
	last.Lock()
	defer last.Unlock()
	size := image.Rect(0, 0, w, h)
	if last.img != nil && last.img.Rect == size && bytes.Equal(last.data, data) {
		return last.img, nil
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(size)
	draw.CatmullRom.Scale(out, size, img, img.Bounds(), draw.Src, nil)
	last.data, last.img = bytes.Clone(data), out
	return out, nil
}

// path is closed polygons in millimetres.
type path [][]point

type point struct{ x, y float64 }

func rect(b paper.Box) []point {
	return []point{{b.X, b.Y}, {b.X + b.W, b.Y}, {b.X + b.W, b.Y + b.H}, {b.X, b.Y + b.H}}
}

// stroke is a line as the polygon it covers, its ends square and half the
// width beyond, so that the lines of a frame close at its corners.
func stroke(x, y, w, h, width float64) path {
	length := math.Hypot(w, h)
	if length == 0 {
		return nil
	}
	dx, dy := w/length*width/2, h/length*width/2
	x1, y1, x2, y2 := x-dx, y-dy, x+w+dx, y+h+dy
	return path{{{x1 - dy, y1 + dx}, {x2 - dy, y2 + dx}, {x2 + dy, y2 - dx}, {x1 + dy, y1 - dx}}}
}

// fill fills polygons. The rasterizer is as large as what it covers, not as
// the page: a page is hundreds of small things.
func (c *canvas) fill(ink paper.Color, p path) {
	box := newBounds()
	for _, polygon := range p {
		for _, q := range polygon {
			box.add(q.x*c.scale, q.y*c.scale)
		}
	}
	at, ok := c.start(box)
	if !ok {
		return
	}
	ox, oy := float64(at.Min.X), float64(at.Min.Y)
	for _, polygon := range p {
		for i, q := range polygon {
			x, y := float32(q.x*c.scale-ox), float32(q.y*c.scale-oy)
			if i == 0 {
				c.raster.MoveTo(x, y)
			} else {
				c.raster.LineTo(x, y)
			}
		}
		c.raster.ClosePath()
	}
	c.finish(at, ink)
}

// start makes the rasterizer ready for the part of the bounds that lies on the
// page; it keeps to that part by itself.
func (c *canvas) start(b bounds) (image.Rectangle, bool) {
	at := b.rect().Intersect(c.img.Bounds())
	if at.Empty() {
		return at, false
	}
	c.raster.Reset(at.Dx(), at.Dy())
	return at, true
}

func (c *canvas) finish(at image.Rectangle, ink paper.Color) {
	r, g, b := ink.RGB()
	c.raster.Draw(c.img, at, image.NewUniform(color.RGBA{r, g, b, 0xFF}), image.Point{})
}

// bounds grows around points, in pixels.
type bounds struct{ x1, y1, x2, y2 float64 }

func newBounds() bounds {
	return bounds{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

func (b *bounds) add(x, y float64) {
	b.x1, b.y1 = min(b.x1, x), min(b.y1, y)
	b.x2, b.y2 = max(b.x2, x), max(b.y2, y)
}

func (b bounds) rect() image.Rectangle {
	if b.x1 > b.x2 {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(b.x1)), int(math.Floor(b.y1)), int(math.Ceil(b.x2)), int(math.Ceil(b.y2)))
}

// fonts are the faces by paper.FontStyle, parsed once.
var fonts = sync.OnceValues(func() ([]*sfnt.Font, error) {
	var out []*sfnt.Font
	for _, data := range [][]byte{
		assets.NotoSansRegular(), assets.NotoSansBold(), assets.NotoSansItalic(), assets.NotoSansBoldItalic(),
	} {
		f, err := sfnt.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("picture: an embedded font: %w", err)
		}
		out = append(out, f)
	}
	return out, nil
})

// outline is one glyph of a line of text and where it starts, in pixels.
type outline struct {
	segments sfnt.Segments
	x        float64
}

// text draws a line of text as one path.
func (c *canvas) text(o paper.Op) error {
	all, err := fonts()
	if err != nil {
		return err
	}
	if int(o.Style) >= len(all) {
		return fmt.Errorf("picture: unknown face %d", o.Style)
	}
	f := all[o.Style]
	em := o.Points() * paper.PointMM * c.scale
	x, y := o.X.MM()*c.scale, o.Y.MM()*c.scale
	box := newBounds()
	var glyphs []outline
	for _, r := range o.Text {
		index, err := f.GlyphIndex(&c.glyphs, r)
		if err != nil {
			return err
		}
		segments, err := f.LoadGlyph(&c.glyphs, index, fixed.Int26_6(math.Round(em*64)), nil)
		if err != nil {
			return err
		}
		// The buffer's segments are overwritten by the next glyph.
		segments = append(sfnt.Segments(nil), segments...)
		for _, s := range segments {
			for _, q := range s.Args[:args(s.Op)] {
				box.add(x+float64(q.X)/64, y+float64(q.Y)/64)
			}
		}
		glyphs = append(glyphs, outline{segments, x})
		x += paper.Advance(o.Style, r) * em
	}
	at, ok := c.start(box)
	if !ok {
		return nil
	}
	for _, g := range glyphs {
		c.trace(g, at, y)
	}
	c.finish(at, o.Color)
	return nil
}

// trace adds a glyph to the path.
func (c *canvas) trace(g outline, at image.Rectangle, y float64) {
	place := func(q fixed.Point26_6) (float32, float32) {
		return float32(g.x + float64(q.X)/64 - float64(at.Min.X)), float32(y + float64(q.Y)/64 - float64(at.Min.Y))
	}
	for i, s := range g.segments {
		x0, y0 := place(s.Args[0])
		x1, y1 := place(s.Args[1])
		x2, y2 := place(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				c.raster.ClosePath()
			}
			c.raster.MoveTo(x0, y0)
		case sfnt.SegmentOpLineTo:
			c.raster.LineTo(x0, y0)
		case sfnt.SegmentOpQuadTo:
			c.raster.QuadTo(x0, y0, x1, y1)
		case sfnt.SegmentOpCubeTo:
			c.raster.CubeTo(x0, y0, x1, y1, x2, y2)
		}
	}
	if len(g.segments) > 0 {
		c.raster.ClosePath()
	}
}

// args is how many points a segment has.
func args(op sfnt.SegmentOp) int {
	switch op {
	case sfnt.SegmentOpQuadTo:
		return 2
	case sfnt.SegmentOpCubeTo:
		return 3
	}
	return 1
}
