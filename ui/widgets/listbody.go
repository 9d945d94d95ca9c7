// The rows of a list: as many widgets as are in view, given other rows to show
// as the list is scrolled, and the keys that move among them.

package widgets

import (
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

const doubleClick = 400 * time.Millisecond

// listBody is as high as all rows together and holds those in view. It has the
// keyboard focus for all of them.
type listBody struct {
	widget.BaseWidget
	list             *List
	cells            func(int) []Cell
	entries          func(int) DirectoryEntry
	typed            func(rune)
	rows             []*listRow // row i of the list is shown by rows[i % len(rows)]
	shown            []fyne.CanvasObject
	cursor, selected int
	focused          bool
	lastTap          time.Time
	lastRow          int
	ink              color.Color // of the theme, when rows were last drawn
}

func newListBody(l *List) *listBody {
	b := &listBody{list: l, selected: -1, lastRow: -1}
	b.ExtendBaseWidget(b)
	return b
}

// MinSize implements [fyne.CanvasObject].
func (b *listBody) MinSize() fyne.Size {
	return fyne.NewSize(100, float32(b.list.count)*b.list.rowTall)
}

// update brings the rows in view up to date; all says that their texts may have
// changed.
func (b *listBody) update(all bool) {
	l := b.list
	if !l.Visible() {
		return // showing it refreshes it
	}
	view := l.scroll.Size()
	if view.Height <= 0 || l.newRow == nil {
		b.shown = nil
		return
	}
	first := max(0, int(math.Floor(float64(l.scroll.Offset.Y/l.rowTall))))
	count := int(math.Ceil(float64(view.Height/l.rowTall))) + 1
	for len(b.rows) < count {
		b.rows = append(b.rows, newListRow(b, l.newRow()))
		for _, r := range b.rows { // the row a widget shows follows from their number
			r.index = -1
		}
	}
	b.shown = b.shown[:0]
	width := max(0, view.Width-2*l.inset)
	for i := first; i < min(first+count, l.count); i++ {
		r := b.rows[i%len(b.rows)]
		if all || r.index != i {
			r.index = i
			r.content.assign(i)
			r.paint()
		}
		r.Move(fyne.NewPos(l.inset, float32(i)*l.rowTall))
		r.Resize(fyne.NewSize(width, l.rowTall))
		b.shown = append(b.shown, r)
	}
	canvas.Refresh(b)
}

func (b *listBody) repaint() {
	for _, o := range b.shown {
		o.(*listRow).paint()
	}
}

// CreateRenderer implements [fyne.Widget].
func (b *listBody) CreateRenderer() fyne.WidgetRenderer { return &bodyRenderer{b} }

type bodyRenderer struct{ b *listBody }

func (r *bodyRenderer) MinSize() fyne.Size           { return r.b.MinSize() }
func (r *bodyRenderer) Objects() []fyne.CanvasObject { return r.b.shown }
func (r *bodyRenderer) Destroy()                     {}
func (r *bodyRenderer) Layout(fyne.Size)             { r.b.update(false) }
func (r *bodyRenderer) Refresh()                     { r.b.update(true); r.b.recolour() }

// recolour draws the rows anew when the theme's colours have changed: a row that
// is given the texts it shows already does nothing.
func (b *listBody) recolour() {
	ink := colorOf(b, ColorText)
	if ink == b.ink {
		return
	}
	b.ink = ink
	for _, r := range b.rows {
		r.content.recolour()
		r.paint()
	}
}

// AccessibilityLabel implements [fyne.Accessible].
func (b *listBody) AccessibilityLabel() string { return "" }

// AccessibilityRole implements [fyne.Accessible].
func (b *listBody) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// FocusGained implements [fyne.Focusable].
func (b *listBody) FocusGained() {
	b.focused = true
	b.list.reach(min(b.cursor, max(0, b.list.count-1)))
	b.repaint()
}

// FocusLost implements [fyne.Focusable].
func (b *listBody) FocusLost() { b.focused = false; b.repaint() }

// TypedRune implements [fyne.Focusable].
func (b *listBody) TypedRune(r rune) {
	noteInput()
	if b.typed != nil && r != ' ' {
		b.typed(r)
	}
}

// TypedKey implements [fyne.Focusable].
func (b *listBody) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	l := b.list
	if k.Name == fyne.KeyEscape {
		if !escape(b) && l.OnEscape != nil {
			l.OnEscape()
		}
		return
	}
	if l.count == 0 {
		return
	}
	page := max(1, int(l.scroll.Size().Height/l.rowTall)-1)
	to := b.cursor
	switch k.Name {
	case fyne.KeyDown:
		if b.selected >= 0 {
			to++
		}
	case fyne.KeyUp:
		to--
	case fyne.KeyPageDown:
		to += page
	case fyne.KeyPageUp:
		to -= page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = l.count - 1
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		if k.Name == fyne.KeySpace && !l.once {
			break
		}
		if b.selected != b.cursor {
			l.Select(b.cursor)
		}
		b.open()
		return
	default:
		return
	}
	to = min(max(to, 0), l.count-1)
	if to != b.selected {
		l.Select(to)
	}
}

func (b *listBody) open() {
	if b.list.OnOpen != nil && b.selected >= 0 {
		b.list.OnOpen(b.selected)
	}
}

// tapped selects a row, and opens it when it was tapped a moment ago already.
// Fyne's own double tap would hold back every single one.
func (b *listBody) tapped(row int) {
	noteInput()
	if row < 0 || row >= b.list.count {
		return
	}
	Focus(b)
	again := row == b.lastRow && time.Since(b.lastTap) < doubleClick
	b.lastRow, b.lastTap = row, time.Now()
	if row != b.selected {
		b.list.Select(row)
	}
	if again || b.list.once {
		b.lastRow = -1
		b.open()
	}
}

// listRow shows one row: its content on a ground that says whether it is under
// the mouse, selected, or where the keyboard is.
type listRow struct {
	widget.BaseWidget
	body    *listBody
	content rowContent
	index   int
	hovered bool
	drawn   rowPaint
}

func newListRow(b *listBody, content rowContent) *listRow {
	r := &listRow{body: b, content: content, index: -1, drawn: newRowPaint()}
	r.ExtendBaseWidget(r)
	return r
}

// Row returns the number of the row shown, for reading a list from outside.
func (r *listRow) Row() int { return r.index }

// AccessibilityLabel implements [fyne.Accessible].
func (r *listRow) AccessibilityLabel() string { return r.content.name() }

// AccessibilityRole implements [fyne.Accessible].
func (r *listRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// Tapped implements [fyne.Tappable].
func (r *listRow) Tapped(*fyne.PointEvent) { r.body.tapped(r.index) }

// MouseIn implements [desktop.Hoverable].
func (r *listRow) MouseIn(*desktop.MouseEvent) { noteInput(); r.hovered = true; r.paint() }

// MouseMoved implements [desktop.Hoverable].
func (r *listRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (r *listRow) MouseOut() { r.hovered = false; r.paint() }

func (r *listRow) paint() {
	b, d := r.body, r.drawn
	selected := r.index == b.selected
	d.back.FillColor = colorOf(r, "")
	switch {
	case selected:
		d.back.FillColor = colorOf(r, ColorRowSelected)
	case r.hovered:
		d.back.FillColor = colorOf(r, ColorRowHover)
	}
	d.bar.FillColor = colorOf(r, ColorAccent)
	d.bar.Hidden = !selected || b.list.once
	d.line.FillColor = colorOf(r, ColorRowLine)
	d.ring.StrokeColor = colorOf(r, ColorAccentText)
	d.line.Hidden = b.list.once
	d.ring.Hidden = !b.focused || r.index != b.cursor || b.list.once
	if b.list.once {
		d.back.CornerRadius = 6
	}
	for _, o := range []*canvas.Rectangle{d.back, d.bar, d.line, d.ring} {
		o.Refresh()
	}
}

// CreateRenderer implements [fyne.Widget].
func (r *listRow) CreateRenderer() fyne.WidgetRenderer { return &listRowRenderer{r} }

type listRowRenderer struct{ r *listRow }

func (v *listRowRenderer) MinSize() fyne.Size { return fyne.NewSize(100, v.r.body.list.rowTall) }
func (v *listRowRenderer) Destroy()           {}

func (v *listRowRenderer) Layout(s fyne.Size) {
	d := v.r.drawn
	d.back.Resize(fyne.NewSize(s.Width, s.Height-1))
	d.bar.Resize(fyne.NewSize(3, s.Height-1))
	d.line.Move(fyne.NewPos(0, s.Height-1))
	d.line.Resize(fyne.NewSize(s.Width, 1))
	d.ring.Move(fyne.NewPos(2, 2))
	d.ring.Resize(fyne.NewSize(s.Width-4, s.Height-5))
	v.r.content.Resize(fyne.NewSize(s.Width, s.Height-1))
}

func (v *listRowRenderer) Refresh() {
	v.r.paint()
	v.r.content.Refresh()
	canvas.Refresh(v.r)
}

func (v *listRowRenderer) Objects() []fyne.CanvasObject {
	d := v.r.drawn
	return []fyne.CanvasObject{d.back, d.bar, d.line, v.r.content, d.ring}
}
