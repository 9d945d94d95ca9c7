package start

// The deep green ground of the pages before sign-in, and the words on it that
// lead elsewhere.

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"counterbook/ui/widgets"
)

// ground puts what is in the middle of a page, and what stands at its foot, on
// green. What is higher than the window scrolls.
func ground(middle, foot fyne.CanvasObject) fyne.CanvasObject {
	on, _ := groundPage(middle, foot)
	return on
}

// groundPage is ground, and what scrolls on it.
func groundPage(middle, foot fyne.CanvasObject) (fyne.CanvasObject, *widgets.Scroll) {
	page := widgets.NewScroll(widgets.Padded(24, 24, 24, 24, middle))
	return widgets.On(widgets.ColorRail, widgets.Border(nil, widgets.Padded(8, 24, 16, 24, foot), nil, nil, page)), page
}

// card is a white panel in the middle of the ground.
func card(width float32, objects ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Narrow(width, widgets.Panel(widgets.Padded(6, 6, 6, 6, widgets.Column(16, objects...))))
}

// railButton is a button on the ground. While it cannot be used, a dark surface
// with a word stands in its place: the disabled look of white pages would be the
// brightest thing here.
type railButton struct {
	button *widgets.Button
	cover  *fyne.Container
	word   *widgets.Text
	all    *fyne.Container
}

func newRailButton(b *widgets.Button) *railButton {
	back := widgets.NewSurface(widgets.ColorRailCard)
	back.Radius = 8
	word := widgets.Strong("").In(widgets.ColorRailMuted).Centre()
	r := &railButton{button: b, word: word, cover: widgets.Stack(back, word)}
	r.all = widgets.Sized(0, b.MinSize().Height, widgets.Stack(b, r.cover))
	r.set(b.Text, true)
	return r
}

func (r *railButton) set(text string, usable bool) {
	r.button.SetText(text)
	r.button.SetEnabled(usable)
	r.word.SetText(text)
	r.button.Hidden, r.cover.Hidden = !usable, usable
	r.all.Refresh()
}

// link is a word on the ground that leads elsewhere. Enter and Space use it, and
// a line under it shows the focus.
type link struct {
	widget.BaseWidget
	text             string
	tapped           func()
	focused, hovered bool
}

func newLink(text string, tapped func()) *link {
	l := &link{text: text, tapped: tapped}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped implements fyne.Tappable.
func (l *link) Tapped(*fyne.PointEvent) { l.tapped() }

// TypedKey implements fyne.Focusable.
func (l *link) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.tapped()
	}
}

// TypedRune implements fyne.Focusable.
func (l *link) TypedRune(r rune) { widgets.Stray(r) }

// FocusGained implements fyne.Focusable.
func (l *link) FocusGained() { l.focused = true; l.Refresh() }

// FocusLost implements fyne.Focusable.
func (l *link) FocusLost() { l.focused = false; l.Refresh() }

// MouseIn implements desktop.Hoverable.
func (l *link) MouseIn(*desktop.MouseEvent) { l.hovered = true; l.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (l *link) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *link) MouseOut() { l.hovered = false; l.Refresh() }

// Cursor implements desktop.Cursorable.
func (l *link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel implements fyne.Accessible.
func (l *link) AccessibilityLabel() string { return l.text }

// AccessibilityRole implements fyne.Accessible.
func (l *link) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (l *link) CreateRenderer() fyne.WidgetRenderer {
	r := &linkRenderer{l: l, label: canvas.NewText("", color.Transparent), line: canvas.NewRectangle(color.Transparent)}
	r.paint()
	return r
}

type linkRenderer struct {
	l     *link
	label *canvas.Text
	line  *canvas.Rectangle
}

func (r *linkRenderer) paint() {
	th, variant := r.l.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	name := widgets.ColorRailMuted
	if r.l.focused || r.l.hovered {
		name = widgets.ColorRailText
	}
	r.label.Text = r.l.text
	r.label.TextSize = th.Size(widgets.SizeCaption)
	r.label.Color = th.Color(name, variant)
	r.line.FillColor = th.Color(widgets.ColorRailLine, variant)
	r.line.Hidden = !r.l.focused && !r.l.hovered
}

func (r *linkRenderer) MinSize() fyne.Size { return r.label.MinSize().AddWidthHeight(8, 8) }

func (r *linkRenderer) Layout(s fyne.Size) {
	m := r.label.MinSize()
	x, y := (s.Width-m.Width)/2, (s.Height-m.Height)/2
	r.label.Move(fyne.NewPos(x, y))
	r.label.Resize(m)
	r.line.Move(fyne.NewPos(x, y+m.Height))
	r.line.Resize(fyne.NewSize(m.Width, 2))
}

func (r *linkRenderer) Refresh() {
	r.paint()
	r.Layout(r.l.Size())
	r.label.Refresh()
	r.line.Refresh()
}

func (r *linkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.label, r.line}
}

func (r *linkRenderer) Destroy() {}
