// Menus: a short list of things to do or to choose, over the window.

package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// MenuItem is a line of a menu; one without Do is a line between others.
type MenuItem struct {
	Text     string
	Icon     IconName
	Do       func()
	Checked  bool
	Disabled bool

	ruled bool // a line above it
}

const (
	menuRow  float32 = 34
	menuPad  float32 = 6
	menuMost         = 10 // rows seen at once
)

// ShowMenu opens a menu under an object. Up, Down, letters, Enter and Escape
// work in it; the focus then goes back to where it was.
func ShowMenu(under fyne.CanvasObject, items ...MenuItem) { showMenu(under, 0, -1, items) }

// menu lies over the whole window; a click beside the list closes it.
type menu struct {
	widget.BaseWidget
	window fyne.Canvas
	before fyne.Focusable
	items  []MenuItem
	list   *List
	ground *Surface
	place  fyne.Position
	size   fyne.Size
}

// showMenu opens a menu at least as wide as width, with the active item marked.
func showMenu(under fyne.CanvasObject, width float32, active int, items []MenuItem) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(under)
	if c == nil || len(items) == 0 {
		return
	}
	m := &menu{window: c, before: c.Focused(), ground: panelSurface()}
	m.ground.Stroke = ColorInputLine
	ruled := false
	for _, item := range items {
		if item.Do == nil {
			ruled = len(m.items) > 0
			continue
		}
		item.ruled = ruled
		ruled = false
		m.items = append(m.items, item)
	}
	m.list = &List{rowTall: menuRow, once: true, count: len(m.items), OnOpen: m.do}
	m.list.newRow = func() rowContent { return newMenuRow(m) }
	m.list.init()
	m.list.body.typed = m.jump
	m.ExtendBaseWidget(m)
	m.arrange(driver.AbsolutePositionForObject(under), under.Size(), width)
	c.Overlays().Add(m)
	m.Resize(c.Size())
	c.Focus(m.list.body)
	m.list.Mark(active)
}

// arrange puts the menu below what it belongs to, or above where there is more
// room.
func (m *menu) arrange(at fyne.Position, of fyne.Size, width float32) {
	window := m.window.Size()
	for _, item := range m.items {
		text := fyne.MeasureText(item.Text, m.Theme().Size(SizeBody), fyne.TextStyle{}).Width
		width = max(width, text+72)
	}
	m.size = fyne.NewSize(min(width, window.Width-16), float32(min(len(m.items), menuMost))*menuRow+2*menuPad)
	below, above := window.Height-at.Y-of.Height-12, at.Y-12
	if below >= m.size.Height || below >= above {
		m.size.Height = min(m.size.Height, below)
		m.place.Y = at.Y + of.Height + 4
	} else {
		m.size.Height = min(m.size.Height, above)
		m.place.Y = at.Y - m.size.Height - 4
	}
	m.place.X = max(8, min(at.X, window.Width-m.size.Width-8))
}

// leave implements [leaver].
func (m *menu) leave() {
	m.window.Overlays().Remove(m)
	if m.before != nil {
		m.window.Focus(m.before)
	}
}

func (m *menu) do(i int) {
	if item := m.items[i]; !item.Disabled {
		m.leave()
		item.Do()
	}
}

// jump goes to the next item that starts with a letter.
func (m *menu) jump(r rune) {
	for step := 1; step <= len(m.items); step++ {
		i := (max(m.list.Selected(), -1) + step) % len(m.items)
		if strings.HasPrefix(strings.ToLower(m.items[i].Text), strings.ToLower(string(r))) {
			m.list.Mark(i)
			return
		}
	}
}

// Tapped implements [fyne.Tappable].
func (m *menu) Tapped(*fyne.PointEvent) { noteInput(); m.leave() }

func (m *menu) parts() []fyne.CanvasObject { return []fyne.CanvasObject{m.ground, m.list} }

// CreateRenderer implements [fyne.Widget].
func (m *menu) CreateRenderer() fyne.WidgetRenderer { return &menuRenderer{m} }

type menuRenderer struct{ m *menu }

func (r *menuRenderer) MinSize() fyne.Size           { return r.m.size }
func (r *menuRenderer) Destroy()                     {}
func (r *menuRenderer) Objects() []fyne.CanvasObject { return r.m.parts() }

func (r *menuRenderer) Layout(fyne.Size) {
	r.m.ground.Move(r.m.place)
	r.m.ground.Resize(r.m.size)
	r.m.list.Move(r.m.place.AddXY(menuPad, menuPad))
	r.m.list.Resize(r.m.size.SubtractWidthHeight(2*menuPad, 2*menuPad))
}

func (r *menuRenderer) Refresh() {
	r.Layout(r.m.Size())
	r.m.ground.Refresh()
	r.m.list.Refresh()
	canvas.Refresh(r.m)
}

// menuLine shows an item of a menu.
type menuLine struct {
	widget.BaseWidget
	menu *menu
	icon *Icon
	text *Text
	rule *Surface
}

func newMenuRow(m *menu) *menuLine {
	l := &menuLine{menu: m, icon: NewIcon(IconCheck, ColorText, 18), text: NewText("").Cut(), rule: Line()}
	l.ExtendBaseWidget(l)
	return l
}

func (l *menuLine) recolour() { l.Refresh() }

func (l *menuLine) assign(i int) {
	item := l.menu.items[i]
	colour := ColorText
	if item.Disabled {
		colour = ColorMuted
	}
	l.text.Set(item.Text, colour)
	l.icon.Name, l.icon.Colour = item.Icon, colour
	if item.Checked {
		l.icon.Name = IconCheck
	}
	l.icon.Hidden = l.icon.Name == ""
	l.rule.Hidden = !item.ruled
	l.Refresh()
}

func (l *menuLine) name() string { return l.text.text }

// CreateRenderer implements [fyne.Widget].
func (l *menuLine) CreateRenderer() fyne.WidgetRenderer { return &menuLineRenderer{l} }

type menuLineRenderer struct{ l *menuLine }

func (r *menuLineRenderer) MinSize() fyne.Size { return fyne.NewSize(60, menuRow-1) }
func (r *menuLineRenderer) Destroy()           {}

func (r *menuLineRenderer) Layout(s fyne.Size) {
	r.l.rule.Resize(fyne.NewSize(s.Width, 1))
	r.l.icon.Move(fyne.NewPos(8, (s.Height-18)/2))
	r.l.icon.Resize(fyne.NewSquareSize(18))
	r.l.text.Move(fyne.NewPos(34, 0))
	r.l.text.Resize(fyne.NewSize(max(0, s.Width-42), s.Height))
}

func (r *menuLineRenderer) Refresh() {
	r.Layout(r.l.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *menuLineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.rule, r.l.icon, r.l.text}
}
