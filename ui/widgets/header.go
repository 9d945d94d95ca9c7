// The header of a page: what it is, how much of it, and what can be done.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

const pageHeaderHeight float32 = 60

// PageHeader stands at the top of a page.
type PageHeader struct {
	widget.BaseWidget
	title, count *Text
	badges       *fyne.Container
	line         *fyne.Container // all of them, and the actions
	box          *fyne.Container
}

// NewPageHeader returns a header; actions stand at its right.
func NewPageHeader(title, count string, actions ...fyne.CanvasObject) *PageHeader {
	h := &PageHeader{title: Title(title), count: NewText(count).Muted(), badges: Row(gapSmall)}
	h.line = Row(gapMedium, h.title, h.count, h.badges, Spacer(), Row(8, actions...))
	h.count.Hidden = count == ""
	h.badges.Hide()
	h.box = Border(nil, Line(), nil, nil, Padded(0, PageMargin, 0, PageMargin, h.line))
	h.ExtendBaseWidget(h)
	return h
}

// SetTitle shows another title.
func (h *PageHeader) SetTitle(s string) {
	h.title.SetText(s)
	h.Refresh()
}

// SetCount shows another count beside the title. As it does so with every letter of a
// search, what stands beside it is only put in its place.
func (h *PageHeader) SetCount(s string) {
	if s == h.count.Text() {
		return
	}
	h.count.SetText(s)
	h.count.Hidden = s == ""
	h.line.Layout.Layout(h.line.Objects, h.line.Size())
	canvas.Refresh(h.count)
}

// SetBadges puts badges beside the title.
func (h *PageHeader) SetBadges(badges ...*Badge) {
	h.badges.RemoveAll()
	for _, b := range badges {
		h.badges.Add(b)
	}
	h.badges.Hidden = len(badges) == 0
	h.Refresh()
}

// MinSize implements [fyne.CanvasObject].
func (h *PageHeader) MinSize() fyne.Size {
	return fyne.NewSize(h.box.MinSize().Width, pageHeaderHeight)
}

// HeightFor implements [Heighter].
func (h *PageHeader) HeightFor(float32) float32 { return pageHeaderHeight }

// Refresh implements [fyne.CanvasObject].
func (h *PageHeader) Refresh() {
	h.box.Refresh()
	h.BaseWidget.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (h *PageHeader) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.box) }

func (h *PageHeader) parts() []fyne.CanvasObject { return []fyne.CanvasObject{h.box} }
