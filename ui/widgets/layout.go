// Containers: column, row, grid and what they are made of. They know heights
// that follow from widths.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Heighter is an object whose height follows from its width.
type Heighter interface {
	HeightFor(width float32) float32
}

type heightLayout interface {
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// heightFor returns the height an object needs at a width.
func heightFor(o fyne.CanvasObject, width float32) float32 {
	if h, ok := o.(Heighter); ok {
		return h.HeightFor(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(heightLayout); ok {
			return l.heightFor(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o != nil && o.Visible() {
			shown = append(shown, o)
		}
	}
	return shown
}

// growLayout marks an object that takes the room its neighbours leave.
type growLayout struct{}

func (growLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(s)
	}
}

func (growLayout) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	for _, o := range visible(objects) {
		s = s.Max(o.MinSize())
	}
	return s
}

func (growLayout) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	for _, o := range visible(objects) {
		h = max(h, heightFor(o, width))
	}
	return h
}

func grows(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(growLayout)
	return ok
}

// Grow lets an object take the room its neighbours in a [Row] or [Column] leave.
func Grow(o fyne.CanvasObject) *fyne.Container { return container.New(growLayout{}, o) }

// Spacer is room that grows.
func Spacer() *fyne.Container { return container.New(growLayout{}) }

// Column puts objects below each other, as wide as the column.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{gap: gap}, objects...)
}

type columnLayout struct{ gap, width float32 }

func (l *columnLayout) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	for i, o := range visible(objects) {
		if i > 0 {
			h += l.gap
		}
		h += heightFor(o, width)
	}
	return h
}

func (l *columnLayout) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	for i, o := range visible(objects) {
		m := o.MinSize()
		s.Width = max(s.Width, m.Width)
		s.Height += m.Height
		if i > 0 {
			s.Height += l.gap
		}
	}
	if l.width >= s.Width && l.width > 0 {
		s.Height = l.heightFor(objects, l.width)
	}
	return s
}

func (l *columnLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	shown := visible(objects)
	growing := 0
	for _, o := range shown {
		if grows(o) {
			growing++
		}
	}
	extra := float32(0)
	if growing > 0 {
		extra = max(0, s.Height-l.heightFor(objects, s.Width)) / float32(growing)
	}
	y := float32(0)
	for _, o := range shown {
		h := heightFor(o, s.Width)
		if grows(o) {
			h += extra
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(s.Width, h))
		y += h + l.gap
	}
}

// Row puts objects beside each other, each in the middle of the row's height.
// What is wrapped in [Grow] shares the room left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap}, objects...)
}

// RowTop is a [Row] whose objects hang from its top.
func RowTop(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap, top: true}, objects...)
}

type rowLayout struct {
	gap, width float32
	top        bool
}

func (l *rowLayout) widths(shown []fyne.CanvasObject, width float32) []float32 {
	widths := make([]float32, len(shown))
	left, growing := width, 0
	for i, o := range shown {
		widths[i] = o.MinSize().Width
		left -= widths[i]
		if i > 0 {
			left -= l.gap
		}
		if grows(o) {
			growing++
		}
	}
	if growing > 0 && left > 0 {
		for i, o := range shown {
			if grows(o) {
				widths[i] += left / float32(growing)
			}
		}
	}
	return widths
}

func (l *rowLayout) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	shown := visible(objects)
	for i, w := range l.widths(shown, width) {
		h = max(h, heightFor(shown[i], w))
	}
	return h
}

func (l *rowLayout) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	for i, o := range visible(objects) {
		m := o.MinSize()
		s.Width += m.Width
		s.Height = max(s.Height, m.Height)
		if i > 0 {
			s.Width += l.gap
		}
	}
	if l.width >= s.Width && l.width > 0 {
		s.Height = l.heightFor(objects, l.width)
	}
	return s
}

func (l *rowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	shown := visible(objects)
	x := float32(0)
	for i, w := range l.widths(shown, s.Width) {
		h := min(heightFor(shown[i], w), s.Height)
		y := float32(0)
		if !l.top {
			y = (s.Height - h) / 2
		}
		shown[i].Move(fyne.NewPos(x, y))
		shown[i].Resize(fyne.NewSize(w, h))
		x += w + l.gap
	}
}

// Grid puts objects into columns of one width, row by row; the cells of a row
// are of one height.
func Grid(columns int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	weights := make([]float32, max(1, columns))
	for i := range weights {
		weights[i] = 1
	}
	return Shares(weights, gap, objects...)
}

// Shares puts objects into columns whose widths are shares of the whole:
// Shares([]float32{2, 1}, 14, wide, narrow).
func Shares(weights []float32, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&gridLayout{weights: weights, gap: gap}, objects...)
}

type gridLayout struct {
	weights    []float32
	gap, width float32
}

func (l *gridLayout) widths(width float32) []float32 {
	total := float32(0)
	for _, w := range l.weights {
		total += w
	}
	room := max(0, width-l.gap*float32(len(l.weights)-1))
	out := make([]float32, len(l.weights))
	for i, w := range l.weights {
		out[i] = room * w / total
	}
	return out
}

// rows calls f for each row of objects.
func (l *gridLayout) rows(objects []fyne.CanvasObject, f func(row []fyne.CanvasObject)) {
	shown, n := visible(objects), len(l.weights)
	for len(shown) > 0 {
		k := min(n, len(shown))
		f(shown[:k])
		shown = shown[k:]
	}
}

func (l *gridLayout) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	widths := l.widths(width)
	l.rows(objects, func(row []fyne.CanvasObject) {
		tallest := float32(0)
		for i, o := range row {
			tallest = max(tallest, heightFor(o, widths[i]))
		}
		h += tallest + l.gap
	})
	return max(0, h-l.gap)
}

func (l *gridLayout) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	total := float32(0)
	for _, w := range l.weights {
		total += w
	}
	gaps := l.gap * float32(len(l.weights)-1)
	l.rows(objects, func(row []fyne.CanvasObject) {
		tallest := float32(0)
		for i, o := range row {
			m := o.MinSize()
			s.Width = max(s.Width, m.Width*total/l.weights[i]+gaps)
			tallest = max(tallest, m.Height)
		}
		s.Height += tallest + l.gap
	})
	s.Height = max(0, s.Height-l.gap)
	if l.width >= s.Width && l.width > 0 {
		s.Height = l.heightFor(objects, l.width)
	}
	return s
}

func (l *gridLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	widths := l.widths(s.Width)
	spare := max(0, s.Height-l.heightFor(objects, s.Width))
	single := len(visible(objects)) <= len(l.weights)
	y := float32(0)
	l.rows(objects, func(row []fyne.CanvasObject) {
		tallest := float32(0)
		for i, o := range row {
			tallest = max(tallest, heightFor(o, widths[i]))
		}
		if single { // one row takes all there is, so that panels end together
			tallest += spare
		}
		x := float32(0)
		for i, o := range row {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(widths[i], tallest))
			x += widths[i] + l.gap
		}
		y += tallest + l.gap
	})
}
