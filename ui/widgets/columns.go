// The columns of a table: their widths, the header that sorts by them, and a
// row of cells.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// TableColumn is a column of a table.
type TableColumn struct {
	Title string
	Width float32 // 0: a share of what the others leave
	Share float32 // how big a share; 0 counts as 1
	Right bool    // aligned at the right, as amounts are
	Sort  string  // what a list is sorted by when the title is used; "" for not at all

	hidden bool // takes no room; see List.HideColumn
}

// Cell is what a row shows in a column.
type Cell struct {
	Text   string
	Bold   bool
	Colour fyne.ThemeColorName // "" for text
	Badges []CellBadge         // after the text, two at most
}

// CellBadge is a badge in a cell.
type CellBadge struct {
	Tone Tone
	Text string
}

const (
	columnGap     float32 = 12
	rowInset      float32 = 10
	maxCellBadges         = 2
)

// place calls put with the place of every column.
func placeColumns(columns []TableColumn, width float32, put func(i int, x, w float32)) {
	left, shares := width-2*rowInset+columnGap, float32(0)
	for _, c := range columns {
		if c.hidden {
			continue
		}
		left -= c.Width + columnGap
		if c.Width == 0 {
			shares += max(1, c.Share)
		}
	}
	x := rowInset
	for i, c := range columns {
		if c.hidden {
			continue
		}
		w := c.Width
		if w == 0 {
			w = max(0, left) * max(1, c.Share) / shares
		}
		put(i, x, w)
		x += w + columnGap
	}
}

// cellRow shows the cells of a row.
type cellRow struct {
	widget.BaseWidget
	columns []TableColumn
	cells   []cellView
	objects []fyne.CanvasObject
}

type cellView struct {
	text   *Text
	badges [maxCellBadges]*Badge
}

func newCellRow(columns []TableColumn) *cellRow {
	r := &cellRow{columns: columns, cells: make([]cellView, len(columns))}
	for i, c := range columns {
		r.cells[i].text = NewText("").Cut()
		if c.Right {
			r.cells[i].text.Right()
		}
		r.objects = append(r.objects, r.cells[i].text)
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *cellRow) show(cells []Cell) {
	for i := range r.cells {
		var c Cell
		if i < len(cells) {
			c = cells[i]
		}
		view := &r.cells[i]
		colour := c.Colour
		if colour == "" {
			colour = ColorText
		}
		bold := view.text.style.Bold != c.Bold
		view.text.style.Bold = c.Bold
		if bold {
			view.text.Refresh()
		}
		view.text.Set(c.Text, colour)
		for k := range view.badges {
			if k >= len(c.Badges) {
				if view.badges[k] != nil {
					view.badges[k].Hide()
				}
				continue
			}
			if view.badges[k] == nil {
				view.badges[k] = NewBadge(Neutral, "")
				r.objects = append(r.objects, view.badges[k])
			}
			view.badges[k].Set(c.Badges[k].Tone, c.Badges[k].Text)
			view.badges[k].Show()
		}
	}
	r.Refresh()
}

func (r *cellRow) recolour() {
	for _, o := range r.objects {
		o.Refresh()
	}
}

// CreateRenderer implements [fyne.Widget].
func (r *cellRow) CreateRenderer() fyne.WidgetRenderer { return &cellRenderer{r} }

type cellRenderer struct{ r *cellRow }

func (c *cellRenderer) MinSize() fyne.Size           { return fyne.NewSize(100, 20) }
func (c *cellRenderer) Objects() []fyne.CanvasObject { return c.r.objects }
func (c *cellRenderer) Destroy()                     {}

func (c *cellRenderer) Layout(s fyne.Size) {
	placeColumns(c.r.columns, s.Width, func(i int, x, w float32) {
		view := &c.r.cells[i]
		room, badges := w, float32(0)
		for _, b := range view.badges {
			if b != nil && b.Visible() {
				badges += b.MinSize().Width + gapSmall
			}
		}
		room = max(0, room-badges)
		text := min(room, view.text.measure(view.text.text).Width+1)
		if c.r.columns[i].Right {
			view.text.Move(fyne.NewPos(x, 0))
			view.text.Resize(fyne.NewSize(room, s.Height))
			text = room
		} else {
			view.text.Move(fyne.NewPos(x, 0))
			view.text.Resize(fyne.NewSize(text, s.Height))
		}
		at := x + text
		if view.text.text != "" {
			at += gapSmall
		}
		for _, b := range view.badges {
			if b != nil && b.Visible() {
				m := b.MinSize()
				b.Move(fyne.NewPos(at, (s.Height-m.Height)/2))
				b.Resize(m)
				at += m.Width + gapSmall
			}
		}
	})
}

func (c *cellRenderer) Refresh() {
	c.Layout(c.r.Size())
	canvas.Refresh(c.r)
}

// headerCell is the title of a column, and sorts by it.
type headerCell struct {
	widget.BaseWidget
	column           TableColumn
	sort             func(key string)
	state            int // -1 falling, 0 not sorted by it, 1 rising
	focused, hovered bool
}

func newHeaderCell(c TableColumn, sort func(string)) *headerCell {
	h := &headerCell{column: c, sort: sort}
	h.ExtendBaseWidget(h)
	return h
}

// Tapped implements [fyne.Tappable].
func (h *headerCell) Tapped(*fyne.PointEvent) {
	noteInput()
	if h.column.Sort != "" {
		h.sort(h.column.Sort)
	}
}

// Cursor implements [desktop.Cursorable].
func (h *headerCell) Cursor() desktop.Cursor {
	if h.column.Sort == "" {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel implements [fyne.Accessible].
func (h *headerCell) AccessibilityLabel() string { return h.column.Title }

// AccessibilityRole implements [fyne.Accessible].
func (h *headerCell) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget].
func (h *headerCell) CreateRenderer() fyne.WidgetRenderer {
	r := &headerRenderer{h: h, label: NewText(h.column.Title).Sized(SizeCaption).Bold().Muted().Cut(),
		arrow: NewIcon(IconUp, ColorMuted, 16), ring: canvas.NewRectangle(color.Transparent)}
	r.paint()
	return r
}

type headerRenderer struct {
	h     *headerCell
	label *Text
	arrow *Icon
	ring  *canvas.Rectangle
}

func (r *headerRenderer) paint() {
	r.label.colour = ColorMuted
	if r.h.focused || r.h.hovered && r.h.column.Sort != "" {
		r.label.colour = ColorAccentText
	}
	r.arrow.Name = IconUp
	if r.h.state < 0 {
		r.arrow.Name = IconDown
	}
	r.arrow.Hidden = r.h.state == 0
	r.ring.CornerRadius, r.ring.StrokeWidth = 4, 2
	r.ring.StrokeColor = colorOf(r.h, ColorAccentText)
	r.ring.Hidden = !r.h.focused
}

func (r *headerRenderer) MinSize() fyne.Size { return fyne.NewSize(10, 36) }

func (r *headerRenderer) Layout(s fyne.Size) {
	room := s.Width
	if !r.arrow.Hidden {
		room -= 18
	}
	w := min(room, r.label.measure(r.h.column.Title).Width+1)
	x := float32(0)
	if r.h.column.Right {
		x = room - w
	}
	r.label.Move(fyne.NewPos(x, 0))
	r.label.Resize(fyne.NewSize(w, s.Height))
	r.arrow.Move(fyne.NewPos(x+w+2, (s.Height-16)/2))
	r.arrow.Resize(fyne.NewSquareSize(16))
	r.ring.Move(fyne.NewPos(x-5, 6))
	r.ring.Resize(fyne.NewSize(w+10+(s.Width-room), s.Height-12))
}

func (r *headerRenderer) Refresh() {
	r.paint()
	r.Layout(r.h.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *headerRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.label, r.arrow}
}
func (r *headerRenderer) Destroy() {}

// sortCell is a headerCell one can reach with Tab.
type sortCell struct{ headerCell }

func newSortCell(c TableColumn, sort func(string)) *sortCell {
	s := &sortCell{headerCell{column: c, sort: sort}}
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained implements [fyne.Focusable].
func (s *sortCell) FocusGained() { s.focused = true; seen(s); s.Refresh() }

// FocusLost implements [fyne.Focusable].
func (s *sortCell) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune implements [fyne.Focusable].
func (s *sortCell) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable].
func (s *sortCell) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		s.sort(s.column.Sort)
	case fyne.KeyEscape:
		escape(s)
	}
}

// MouseIn implements [desktop.Hoverable].
func (s *sortCell) MouseIn(*desktop.MouseEvent) { noteInput(); s.hovered = true; s.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (s *sortCell) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (s *sortCell) MouseOut() { s.hovered = false; s.Refresh() }
