// The rail: where one can go, and who is at the counter.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// RailWidth is how wide the rail is.
const RailWidth float32 = 208

// RailPlace is a place one can go to.
type RailPlace struct {
	Key   string
	Label string
	Hint  string // its shortcut: "Ctrl 1"
	Icon  IconName
}

// Rail is the column at the left of the window.
type Rail struct {
	widget.BaseWidget
	OnGo func(key string)

	title, shop *Text
	places      *fyne.Container
	items       []*railItem
	user        *fyne.Container
	box         *fyne.Container
}

// NewRail returns a rail headed by the program's and the shop's name.
func NewRail(title, shop string) *Rail {
	r := &Rail{title: NewText(title).Sized(SizeHeading).Bold().In(ColorRailText).Cut(),
		shop:   NewText(shop).Sized(SizeCaption).In(ColorRailMuted).Cut(),
		places: Column(2), user: Stack()}
	head := Padded(20, 10, 14, 10, Column(1, r.title, r.shop))
	r.box = On(ColorRail, Padded(0, 12, 16, 12, Border(head, r.user, nil, nil, NewScroll(r.places))))
	r.ExtendBaseWidget(r)
	return r
}

// SetShop shows another name of the shop.
func (r *Rail) SetShop(name string) { r.shop.SetText(name) }

// SetPlaces shows the places one may go to.
func (r *Rail) SetPlaces(places []RailPlace) {
	r.items = nil
	r.places.RemoveAll()
	for _, p := range places {
		item := newRailItem(r, p)
		r.items = append(r.items, item)
		r.places.Add(item)
	}
	r.Refresh()
}

// SetPlace shows where one is.
func (r *Rail) SetPlace(key string) {
	for _, item := range r.items {
		if selected := item.place.Key == key; item.selected != selected {
			item.selected = selected
			item.Refresh()
		}
	}
}

// MinSize implements [fyne.CanvasObject].
func (r *Rail) MinSize() fyne.Size { return fyne.NewSize(RailWidth, 300) }

// Refresh implements [fyne.CanvasObject].
func (r *Rail) Refresh() {
	r.box.Refresh()
	r.BaseWidget.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (r *Rail) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }

func (r *Rail) parts() []fyne.CanvasObject { return []fyne.CanvasObject{r.box} }

// step moves the focus to the place above or below.
func (r *Rail) step(from *railItem, by int) {
	for i, item := range r.items {
		if item == from && i+by >= 0 && i+by < len(r.items) {
			Focus(r.items[i+by])
			return
		}
	}
}

// railItem is one place of the rail.
type railItem struct {
	widget.BaseWidget
	rail                       *Rail
	place                      RailPlace
	selected, focused, hovered bool
}

func newRailItem(r *Rail, p RailPlace) *railItem {
	i := &railItem{rail: r, place: p}
	i.ExtendBaseWidget(i)
	return i
}

func (i *railItem) visit() {
	if i.rail.OnGo != nil {
		i.rail.OnGo(i.place.Key)
	}
}

// Tapped implements [fyne.Tappable].
func (i *railItem) Tapped(*fyne.PointEvent) { noteInput(); i.visit() }

// TypedRune implements [fyne.Focusable].
func (i *railItem) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable].
func (i *railItem) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		i.visit()
	case fyne.KeyUp:
		i.rail.step(i, -1)
	case fyne.KeyDown:
		i.rail.step(i, 1)
	}
}

// FocusGained implements [fyne.Focusable].
func (i *railItem) FocusGained() { i.focused = true; seen(i); i.Refresh() }

// FocusLost implements [fyne.Focusable].
func (i *railItem) FocusLost() { i.focused = false; i.Refresh() }

// MouseIn implements [desktop.Hoverable].
func (i *railItem) MouseIn(*desktop.MouseEvent) { noteInput(); i.hovered = true; i.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (i *railItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (i *railItem) MouseOut() { i.hovered = false; i.Refresh() }

// Cursor implements [desktop.Cursorable].
func (i *railItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel implements [fyne.Accessible].
func (i *railItem) AccessibilityLabel() string { return i.place.Label }

// AccessibilityRole implements [fyne.Accessible].
func (i *railItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// MinSize implements [fyne.CanvasObject].
func (i *railItem) MinSize() fyne.Size { return fyne.NewSize(100, 38) }

// CreateRenderer implements [fyne.Widget].
func (i *railItem) CreateRenderer() fyne.WidgetRenderer {
	r := &railItemRenderer{i: i, back: canvas.NewRectangle(color.Transparent), icon: NewIcon(i.place.Icon, ColorRailText, 20),
		label: NewText(i.place.Label).In(ColorRailText).Cut(), hint: NewText(i.place.Hint).Sized(SizeCaption).In(ColorRailMuted)}
	r.paint()
	return r
}

type railItemRenderer struct {
	i           *railItem
	back        *canvas.Rectangle
	icon        *Icon
	label, hint *Text
}

func (r *railItemRenderer) paint() {
	r.back.CornerRadius = inputRadius
	r.back.FillColor = color.Transparent
	switch {
	case r.i.selected:
		r.back.FillColor = colorOf(r.i, ColorRailSelected)
	case r.i.hovered:
		r.back.FillColor = colorOf(r.i, ColorRailCard)
	}
	r.back.StrokeWidth = 0
	if r.i.focused {
		r.back.StrokeColor, r.back.StrokeWidth = colorOf(r.i, ColorRailLine), 2
	}
}

func (r *railItemRenderer) MinSize() fyne.Size { return r.i.MinSize() }
func (r *railItemRenderer) Destroy()           {}

func (r *railItemRenderer) Layout(s fyne.Size) {
	r.back.Resize(s)
	r.icon.Move(fyne.NewPos(10, (s.Height-20)/2))
	r.icon.Resize(fyne.NewSquareSize(20))
	m := r.hint.MinSize()
	r.hint.Move(fyne.NewPos(s.Width-10-m.Width, 0))
	r.hint.Resize(fyne.NewSize(m.Width, s.Height))
	r.label.Move(fyne.NewPos(40, 0))
	r.label.Resize(fyne.NewSize(max(0, s.Width-40-16-m.Width), s.Height))
}

func (r *railItemRenderer) Refresh() {
	r.paint()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *railItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.icon, r.label, r.hint}
}
