// Surfaces: rectangles in named colours, and the panel made of one.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Surface is a rectangle that follows the theme.
type Surface struct {
	widget.BaseWidget
	Fill, Stroke fyne.ThemeColorName // "" for none
	Radius       float32
	StrokeWidth  float32
	Least        fyne.Size // smallest size
	rect         *canvas.Rectangle
}

// NewSurface returns a rectangle filled with a named colour.
func NewSurface(fill fyne.ThemeColorName) *Surface {
	s := &Surface{Fill: fill}
	s.ExtendBaseWidget(s)
	return s
}

// Line returns a horizontal hairline.
func Line() *Surface {
	s := NewSurface(ColorHairline)
	s.Least = fyne.NewSize(1, 1)
	return s
}

// MinSize implements [fyne.CanvasObject].
func (s *Surface) MinSize() fyne.Size { return s.Least }

// CreateRenderer implements [fyne.Widget].
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	s.rect = canvas.NewRectangle(color.Transparent)
	s.paint()
	return widget.NewSimpleRenderer(s.rect)
}

func (s *Surface) paint() {
	s.rect.FillColor = colorOf(s, s.Fill)
	s.rect.StrokeColor = colorOf(s, s.Stroke)
	s.rect.StrokeWidth = s.StrokeWidth
	if s.Stroke == "" {
		s.rect.StrokeWidth = 0
	} else if s.StrokeWidth == 0 {
		s.rect.StrokeWidth = 1
	}
	s.rect.CornerRadius = s.Radius
}

// Refresh implements [fyne.CanvasObject].
func (s *Surface) Refresh() {
	if s.rect == nil {
		return
	}
	s.paint()
	s.rect.Refresh()
}

// On puts an object on a fill of a named colour.
func On(fill fyne.ThemeColorName, o fyne.CanvasObject) *fyne.Container {
	return Stack(NewSurface(fill), o)
}

func panelSurface() *Surface {
	s := NewSurface(ColorPanel)
	s.Stroke, s.Radius = ColorHairline, panelRadius
	return s
}

// Panel puts objects below each other on a white panel with a hairline.
func Panel(objects ...fyne.CanvasObject) *fyne.Container {
	return Stack(panelSurface(), Padded(panelPadding-2, panelPadding, panelPadding-2, panelPadding, Column(gapMedium, objects...)))
}

// PanelFlush is a panel without room inside, for a list or a table.
func PanelFlush(o fyne.CanvasObject) *fyne.Container {
	return Stack(panelSurface(), Padded(1, 1, 1, 1, o))
}

// Quote puts objects below each other beside a bar, the way of something that
// was written by a person.
func Quote(objects ...fyne.CanvasObject) *fyne.Container {
	bar := NewSurface(ColorHairline)
	bar.Least = fyne.NewSize(3, 1)
	return Border(nil, nil, bar, nil, Padded(2, 0, 2, gapMedium, Column(1, objects...)))
}

// Page puts objects below each other with a page's margins, on a scroll.
func Page(objects ...fyne.CanvasObject) *Scroll {
	return NewScroll(Padded(PageMargin-4, PageMargin, PageMargin, PageMargin, Column(gapLarge, objects...)))
}
