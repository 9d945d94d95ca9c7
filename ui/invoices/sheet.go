package invoices

// A page of paper on the screen: drawn at exactly the pixels it is shown in, so
// that small print stays crisp at any scale.

import (
	"image"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"counterbook/invoice/paper"
	"counterbook/invoice/paper/picture"
	"counterbook/ui/widgets"
)

const (
	inch     = 25.4                  // millimetres
	sheetTop = float32(1000.0) / 707 // height of an A4 page by its width
)

// sheet shows one page, as wide as it is made and as high as that asks for.
type sheet struct {
	widget.BaseWidget
	name   string // what it is called
	page   paper.Page
	raster *canvas.Raster
	edge   *widgets.Surface
	drawn  image.Image // of the page, in the size last asked for
}

func newSheet(name string, p paper.Page) *sheet {
	s := &sheet{name: name, page: p, edge: widgets.NewSurface("")}
	s.edge.Stroke = widgets.ColorHairline
	s.raster = canvas.NewRaster(s.draw)
	s.ExtendBaseWidget(s)
	return s
}

// set shows another page.
func (s *sheet) set(p paper.Page) {
	s.page, s.drawn = p, nil
	s.raster.Refresh()
}

// draw draws the page w by h pixels large. The picture is kept until the page
// or the size changes.
func (s *sheet) draw(w, h int) image.Image {
	size := image.Rect(0, 0, w, h)
	if s.drawn != nil && s.drawn.Bounds() == size {
		return s.drawn
	}
	whole := image.NewRGBA(size)
	draw.Draw(whole, size, image.White, image.Point{}, draw.Src)
	if s.page.Width > 0 && w > 0 {
		if img, err := picture.Draw(s.page, float64(w)/(s.page.Width/inch)); err == nil {
			draw.Draw(whole, size, img, image.Point{}, draw.Src)
		}
	}
	s.drawn = whole
	return whole
}

// HeightFor implements [widgets.Heighter].
func (s *sheet) HeightFor(width float32) float32 {
	if s.page.Width == 0 {
		return width * sheetTop
	}
	return width * float32(s.page.Height/s.page.Width)
}

// MinSize implements [fyne.CanvasObject].
func (s *sheet) MinSize() fyne.Size { return fyne.NewSize(120, s.HeightFor(max(120, s.Size().Width))) }

// AccessibilityLabel implements [fyne.Accessible].
func (s *sheet) AccessibilityLabel() string { return s.name }

// AccessibilityRole implements [fyne.Accessible].
func (s *sheet) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements [fyne.Widget].
func (s *sheet) CreateRenderer() fyne.WidgetRenderer { return &sheetRenderer{s} }

type sheetRenderer struct{ s *sheet }

func (r *sheetRenderer) MinSize() fyne.Size { return r.s.MinSize() }
func (r *sheetRenderer) Destroy()           {}

func (r *sheetRenderer) Layout(size fyne.Size) {
	r.s.edge.Move(fyne.NewPos(-1, -1))
	r.s.edge.Resize(size.AddWidthHeight(2, 2))
	r.s.raster.Resize(size)
}

func (r *sheetRenderer) Refresh() {
	r.s.edge.Refresh()
	r.s.raster.Refresh()
}

func (r *sheetRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.edge, r.s.raster}
}
