// List: many rows, of which only those in view exist. A table has a header and
// columns; a directory has rows of two lines.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

const (
	tableRow     float32 = 40
	directoryRow float32 = 61
	headerHeight float32 = 40
	tableInset   float32 = 8
)

// List shows rows by number. It asks for what a row shows only while the row is
// in view, so what is asked must be quick: prepare texts beforehand.
//
// One row can be selected: by click, by Up, Down, Home, End, PageUp and
// PageDown. Enter or a double click opens it.
type List struct {
	widget.BaseWidget
	OnSelect func(row int)
	OnOpen   func(row int)
	// OnEscape is what Escape does where there is no dialog to leave.
	OnEscape func()
	// OnSort is called when a title is used. The list only shows the arrow; who
	// is called sorts and calls [List.ShowRows].
	OnSort func(key string, falling bool)

	columns []TableColumn
	titles  []*headerCell
	header  *fyne.Container
	body    *listBody
	scroll  *container.Scroll
	empty   fyne.CanvasObject
	count   int
	newRow  func() rowContent
	rowTall float32
	inset   float32
	whole   bool
	once    bool // a click is enough to open, as in a menu
	sortKey string
	falling bool
}

// rowContent shows row i of what the list was last given.
type rowContent interface {
	fyne.CanvasObject
	assign(i int)
	name() string // of the row, for those who cannot see it
	recolour()    // draws everything in it in the theme's colours
}

// NewTable returns a list with a header and columns. Fill it with [List.ShowRows].
func NewTable(columns ...TableColumn) *List {
	l := &List{columns: columns, rowTall: tableRow, inset: tableInset}
	var titles []fyne.CanvasObject
	for _, c := range columns {
		if c.Sort == "" {
			h := newHeaderCell(c, l.sortBy)
			l.titles = append(l.titles, h)
			titles = append(titles, h)
			continue
		}
		s := newSortCell(c, l.sortBy)
		l.titles = append(l.titles, &s.headerCell)
		titles = append(titles, s)
	}
	l.header = container.New(&headerLayout{l}, append(titles, NewSurface(ColorHairline))...)
	l.init()
	return l
}

func (l *List) init() {
	l.body = newListBody(l)
	l.scroll = container.NewVScroll(l.body)
	l.scroll.OnScrolled = func(fyne.Position) { l.body.update(false) }
	l.ExtendBaseWidget(l)
}

// Whole makes a list of few rows as high as all of them, for a page that
// scrolls as a whole.
func (l *List) Whole() *List { l.whole = true; return l }

// HideColumn leaves a column of a table out, or shows it again: call it before
// [List.ShowRows]. What cells have there is empty.
func (l *List) HideColumn(i int, hidden bool) {
	if l.columns[i].hidden == hidden {
		return
	}
	l.columns[i].hidden = hidden
	if title := l.header.Objects[i]; hidden {
		title.Hide()
	} else {
		title.Show()
	}
	l.header.Refresh()
}

// WithEmpty sets what is shown while there are no rows; see [Empty].
func (l *List) WithEmpty(o fyne.CanvasObject) *List {
	l.empty = o
	l.Refresh()
	return l
}

// ShowRows shows count rows of cells. The selection goes; use Select to bring it
// back.
func (l *List) ShowRows(count int, cells func(row int) []Cell) {
	l.newRow = func() rowContent { return &tableContent{cellRow: newCellRow(l.columns), list: l} }
	l.body.cells = cells
	l.reset(count)
}

type tableContent struct {
	*cellRow
	list *List
}

func (t *tableContent) name() string { return t.cells[0].text.text }

func (t *tableContent) assign(i int) { t.show(t.list.body.cells(i)) }

func (l *List) reset(count int) {
	l.count = count
	l.body.cursor, l.body.selected = 0, -1
	l.scroll.Offset = fyne.Position{}
	l.Refresh()
}

// Update shows the same number of rows again, in case their texts changed.
func (l *List) Update() { l.body.update(true) }

// Len returns the number of rows.
func (l *List) Len() int { return l.count }

// Selected returns the selected row, -1 for none.
func (l *List) Selected() int { return l.body.selected }

// Select selects a row, scrolls to it and calls OnSelect; -1 selects none.
func (l *List) Select(row int) {
	l.Mark(row)
	if row >= 0 && row < l.count && l.OnSelect != nil {
		l.OnSelect(row)
	}
}

// Mark selects a row without calling OnSelect.
func (l *List) Mark(row int) {
	if row < 0 || row >= l.count {
		l.body.selected = -1
		l.body.repaint()
		return
	}
	l.body.cursor, l.body.selected = row, row
	l.reach(row)
	l.body.repaint()
}

// Step moves the selection, for the arrows of a search box above the list.
func (l *List) Step(by int) {
	if l.count == 0 {
		return
	}
	if l.body.selected < 0 {
		l.Select(l.body.cursor)
		return
	}
	l.Select(min(max(l.body.selected+by, 0), l.count-1))
}

// Focus gives the rows the focus.
func (l *List) Focus() { Focus(l.body) }

// Offset returns how far the list is scrolled, for coming back to it.
func (l *List) Offset() float32 { return l.scroll.Offset.Y }

// ScrollTo scrolls to an offset once returned by Offset.
func (l *List) ScrollTo(offset float32) {
	l.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	l.body.update(false)
}

// SetSort shows by which column the list is sorted.
func (l *List) SetSort(key string, falling bool) {
	l.sortKey, l.falling = key, falling
	for _, t := range l.titles {
		state := 0
		if t.column.Sort != "" && t.column.Sort == key {
			state = 1
			if falling {
				state = -1
			}
		}
		if t.state != state {
			t.state = state
			t.Refresh()
		}
	}
	if l.header != nil {
		l.header.Refresh()
	}
}

func (l *List) sortBy(key string) {
	falling := l.sortKey == key && !l.falling
	l.SetSort(key, falling)
	if l.OnSort != nil {
		l.OnSort(key, falling)
	}
}

// reach scrolls so that the row is seen.
func (l *List) reach(row int) {
	view := l.scroll.Size().Height
	if view <= 0 {
		return
	}
	top := float32(row) * l.rowTall
	offset := l.scroll.Offset.Y
	switch {
	case top < offset:
		offset = top
	case top+l.rowTall > offset+view:
		offset = top + l.rowTall - view
	default:
		return
	}
	l.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	l.body.update(false)
}

func (l *List) parts() []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if l.header != nil {
		parts = append(parts, l.header)
	}
	if l.count == 0 && l.empty != nil {
		return append(parts, l.empty)
	}
	return append(parts, l.scroll)
}

func (l *List) headHeight() float32 {
	if l.header == nil {
		return 0
	}
	return headerHeight
}

// HeightFor implements [Heighter].
func (l *List) HeightFor(width float32) float32 {
	if !l.whole {
		return l.headHeight() + 3*l.rowTall
	}
	if l.count == 0 && l.empty != nil {
		return l.headHeight() + heightFor(l.empty, width) + 2*panelPadding
	}
	return l.headHeight() + float32(l.count)*l.rowTall + l.inset
}

// MinSize implements [fyne.CanvasObject].
func (l *List) MinSize() fyne.Size {
	return fyne.NewSize(200, l.HeightFor(max(200, l.Size().Width)))
}

// CreateRenderer implements [fyne.Widget].
func (l *List) CreateRenderer() fyne.WidgetRenderer { return &listRenderer{l} }

type listRenderer struct{ l *List }

func (r *listRenderer) MinSize() fyne.Size           { return r.l.MinSize() }
func (r *listRenderer) Objects() []fyne.CanvasObject { return r.l.parts() }
func (r *listRenderer) Destroy()                     {}

func (r *listRenderer) Layout(s fyne.Size) {
	top := r.l.headHeight()
	if r.l.header != nil {
		r.l.header.Resize(fyne.NewSize(s.Width, top))
	}
	area := fyne.NewSize(s.Width, max(0, s.Height-top))
	r.l.scroll.Move(fyne.NewPos(0, top))
	r.l.scroll.Resize(area)
	if r.l.empty != nil {
		r.l.empty.Move(fyne.NewPos(0, top))
		r.l.empty.Resize(area)
	}
	r.l.body.update(false)
}

func (r *listRenderer) Refresh() {
	if r.l.header != nil {
		r.l.header.Refresh()
	}
	if r.l.empty != nil {
		r.l.empty.Refresh()
	}
	r.Layout(r.l.Size())
	r.l.scroll.Refresh()
	r.l.body.update(true)
	canvas.Refresh(r.l)
}

// headerLayout puts the titles over their columns, and a line under them.
type headerLayout struct{ l *List }

func (h *headerLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(100, headerHeight)
}

func (h *headerLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	inset := h.l.inset
	placeColumns(h.l.columns, s.Width-2*inset, func(i int, x, w float32) {
		objects[i].Move(fyne.NewPos(inset+x, 0))
		objects[i].Resize(fyne.NewSize(w, s.Height-1))
	})
	line := objects[len(objects)-1]
	line.Move(fyne.NewPos(inset, s.Height-1))
	line.Resize(fyne.NewSize(s.Width-2*inset, 1))
}

// rowPaint is what a row draws around its content.
type rowPaint struct {
	back, bar, line, ring *canvas.Rectangle
}

func newRowPaint() rowPaint {
	p := rowPaint{}
	for _, r := range []**canvas.Rectangle{&p.back, &p.bar, &p.line, &p.ring} {
		*r = canvas.NewRectangle(color.Transparent)
	}
	p.ring.StrokeWidth, p.ring.CornerRadius = 2, 4
	return p
}
