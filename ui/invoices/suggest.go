package invoices

// Suggestions: a short list under an entry, which keeps the focus. It lies in
// the page that scrolls, over what is below, and moves with it.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"counterbook/ui/widgets"
)

const (
	mostSuggestions          = 6
	suggestionHeight         = float32(36)
	suggestionWidth          = float32(360) // at least
	suggestionGap            = float32(4)
	suggestionPad            = float32(5)
	afterSuggestion          = float32(16) // room below the list where the page ends
	suggestionIn     float32 = 10
)

// suggestion is one line of the list.
type suggestion struct {
	title, sub, right string
	pick              func()
}

// suggest is the list of one page; it is shown for one entry at a time.
type suggest struct {
	layer  *fyne.Container
	panel  *fyne.Container
	rows   []*suggestionRow
	items  []suggestion
	anchor fyne.CanvasObject
	scroll fyne.CanvasObject // what the page scrolls in
	active int
	held   bool // the mouse is down on a row
}

func newSuggest() *suggest {
	s := &suggest{}
	ground := widgets.NewSurface(widgets.ColorPanel)
	ground.Stroke, ground.Radius = widgets.ColorInputLine, 8
	column := widgets.Column(0)
	for i := range mostSuggestions {
		row := newSuggestionRow(s, i)
		s.rows = append(s.rows, row)
		column.Add(row)
	}
	s.panel = widgets.Stack(ground, widgets.Padded(suggestionPad, suggestionPad, suggestionPad, suggestionPad, column))
	s.panel.Hide()
	s.layer = container.New(&suggestLayout{s}, s.panel)
	return s
}

// open shows suggestions under an entry, the first one ready for Enter; none
// closes the list.
func (s *suggest) open(anchor fyne.CanvasObject, items []suggestion) {
	if len(items) == 0 {
		s.close(anchor)
		return
	}
	s.items, s.anchor, s.active = items[:min(len(items), mostSuggestions)], anchor, 0
	for i, row := range s.rows {
		row.Hidden = i >= len(s.items)
		if !row.Hidden {
			row.show(s.items[i])
		}
	}
	s.panel.Show()
	s.paint()
	s.layer.Refresh()
	if s.scroll != nil {
		s.scroll.Refresh() // the page may have become longer
	}
}

// close takes the list away if it is shown for that entry.
func (s *suggest) close(anchor fyne.CanvasObject) {
	if s.anchor != anchor || s.anchor == nil {
		return
	}
	s.anchor, s.items, s.held = nil, nil, false
	s.panel.Hide()
	s.layer.Refresh()
}

// left is what an entry calls when the focus leaves it.
func (s *suggest) left(anchor fyne.CanvasObject) {
	if !s.held { // a click on a row takes the focus before it is a click
		s.close(anchor)
	}
}

// isOpen says whether the list is shown for an entry.
func (s *suggest) isOpen(anchor fyne.CanvasObject) bool { return s.anchor != nil && s.anchor == anchor }

// step moves what Enter would take, and says whether there was a list to move in.
func (s *suggest) step(anchor fyne.CanvasObject, by int) bool {
	if !s.isOpen(anchor) {
		return false
	}
	s.active = (s.active + by + len(s.items)) % len(s.items)
	s.paint()
	return true
}

// take takes the active suggestion, and says whether there was one.
func (s *suggest) take(anchor fyne.CanvasObject) bool {
	if !s.isOpen(anchor) {
		return false
	}
	s.pick(s.active)
	return true
}

func (s *suggest) pick(i int) {
	if i >= len(s.items) {
		return
	}
	do := s.items[i].pick
	s.close(s.anchor)
	do()
}

func (s *suggest) paint() {
	for i, row := range s.rows {
		row.mark(i == s.active)
	}
}

// suggestLayout puts the list under its entry, or above it where there is more
// room.
type suggestLayout struct{ s *suggest }

func (l *suggestLayout) height() float32 {
	return float32(len(l.s.items))*suggestionHeight + 2*suggestionPad
}

// at returns where the entry stands in the layer.
func (l *suggestLayout) at() fyne.Position {
	d := fyne.CurrentApp().Driver()
	return d.AbsolutePositionForObject(l.s.anchor).Subtract(d.AbsolutePositionForObject(l.s.layer))
}

// above says that the list would be cut off below the entry and not above it.
func (l *suggestLayout) above() bool {
	if l.s.scroll == nil {
		return false
	}
	d := fyne.CurrentApp().Driver()
	top, bottom := d.AbsolutePositionForObject(l.s.scroll).Y, l.s.scroll.Size().Height
	y := d.AbsolutePositionForObject(l.s.anchor).Y - top
	need := l.height() + suggestionGap
	return y+l.s.anchor.Size().Height+need > bottom && y > need
}

func (l *suggestLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	if l.s.anchor == nil || l.above() {
		return fyne.Size{}
	}
	return fyne.NewSize(0, l.at().Y+l.s.anchor.Size().Height+suggestionGap+l.height()+afterSuggestion)
}

func (l *suggestLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if l.s.anchor == nil {
		return
	}
	at := l.at()
	w := min(max(l.s.anchor.Size().Width, suggestionWidth), max(0, size.Width-at.X))
	y := at.Y + l.s.anchor.Size().Height + suggestionGap
	if l.above() {
		y = at.Y - suggestionGap - l.height()
	}
	l.s.panel.Move(fyne.NewPos(at.X, y))
	l.s.panel.Resize(fyne.NewSize(w, l.height()))
}

// suggestionRow is a row of the list. It takes clicks but never the focus.
type suggestionRow struct {
	widget.BaseWidget
	list              *suggest
	index             int
	title, sub, right *widgets.Text
	back              *widgets.Surface
	box               *fyne.Container
}

func newSuggestionRow(s *suggest, i int) *suggestionRow {
	r := &suggestionRow{list: s, index: i, title: widgets.NewText("").Cut(), sub: widgets.NewText("").Muted().Cut(), right: widgets.NewText("").Muted(),
		back: widgets.NewSurface("")}
	r.back.Radius = 6
	r.box = container.New(suggestionLayout{r}, r.back, r.title, r.sub, r.right)
	r.ExtendBaseWidget(r)
	return r
}

// suggestionLayout lets the name have what it needs before what is said of it.
type suggestionLayout struct{ r *suggestionRow }

func (l suggestionLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, suggestionHeight)
}

func (l suggestionLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	r := l.r
	natural := func(t *widgets.Text) float32 {
		return fyne.MeasureText(t.Text(), theme.Size(widgets.SizeBody), fyne.TextStyle{}).Width + 1
	}
	put := func(t *widgets.Text, x, w float32) {
		t.Move(fyne.NewPos(x, 0))
		t.Resize(fyne.NewSize(max(0, w), s.Height))
	}
	r.back.Resize(s)
	end := s.Width - suggestionIn - natural(r.right)
	put(r.right, end, natural(r.right))
	room := end - 2*suggestionIn
	title := min(natural(r.title), room)
	if r.sub.Text() != "" {
		title = min(title, max(room*0.6, room-natural(r.sub)-suggestionIn))
	}
	put(r.title, suggestionIn, title)
	put(r.sub, 2*suggestionIn+title, room-title-suggestionIn)
}

func (r *suggestionRow) show(s suggestion) {
	r.title.SetText(s.title)
	r.sub.SetText(s.sub)
	r.right.SetText(s.right)
	r.box.Refresh()
}

func (r *suggestionRow) mark(on bool) {
	fill := fyne.ThemeColorName("")
	if on {
		fill = widgets.ColorRowSelected
	}
	if r.back.Fill != fill {
		r.back.Fill = fill
		r.back.Refresh()
	}
}

// MinSize implements [fyne.CanvasObject].
func (r *suggestionRow) MinSize() fyne.Size { return fyne.NewSize(120, suggestionHeight) }

// AccessibilityLabel implements [fyne.Accessible].
func (r *suggestionRow) AccessibilityLabel() string { return r.title.Text() }

// AccessibilityRole implements [fyne.Accessible].
func (r *suggestionRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// MouseDown implements [desktop.Mouseable]: it comes before the entry loses the
// focus.
func (r *suggestionRow) MouseDown(*desktop.MouseEvent) { r.list.held = true }

// MouseUp implements [desktop.Mouseable].
func (r *suggestionRow) MouseUp(*desktop.MouseEvent) { r.list.held = false }

// Tapped implements [fyne.Tappable].
func (r *suggestionRow) Tapped(*fyne.PointEvent) { r.list.pick(r.index) }

// MouseIn implements [desktop.Hoverable].
func (r *suggestionRow) MouseIn(*desktop.MouseEvent) {
	r.list.active = r.index
	r.list.paint()
}

// MouseMoved implements [desktop.Hoverable].
func (r *suggestionRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (r *suggestionRow) MouseOut() {}

// CreateRenderer implements [fyne.Widget].
func (r *suggestionRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }
