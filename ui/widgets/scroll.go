// Scroll: a page longer than the window, which follows the keyboard focus.

package widgets

import (
	"image/color"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Scroll lets what it holds be higher than the room it has. When a control in
// it gets the focus, it scrolls until the control is seen.
type Scroll struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	inner   *container.Scroll
	hold    *holdLayout
	kept    fyne.CanvasObject // see Reveal
	tall    bool              // smallest size follows the content, for who lays it out again then
}

// NewScroll returns a vertical scroll.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{Content: content, hold: &holdLayout{}}
	s.inner = container.NewVScroll(container.New(s.hold, content))
	s.ExtendBaseWidget(s)
	return s
}

// SetContent shows something else, from its top.
func (s *Scroll) SetContent(o fyne.CanvasObject) {
	s.Content = o
	s.inner.Content = container.New(s.hold, o)
	s.inner.Offset = fyne.Position{}
	s.Refresh()
}

// MinSize implements [fyne.CanvasObject].
func (s *Scroll) MinSize() fyne.Size {
	if s.tall {
		return s.hold.MinSize([]fyne.CanvasObject{s.Content})
	}
	return fyne.NewSize(s.Content.MinSize().Width, 32)
}

// HeightFor implements [Heighter].
func (s *Scroll) HeightFor(float32) float32 { return 32 }

// CreateRenderer implements [fyne.Widget].
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	scrolls[weak.Make(s)] = true
	return &scrollRenderer{s}
}

type scrollRenderer struct{ s *Scroll }

// Layout also brings what has the focus back into view where the room became
// another one, such as a smaller window.
func (r *scrollRenderer) Layout(size fyne.Size) {
	other := r.s.inner.Size() != size
	r.s.hold.width = size.Width
	r.s.inner.Resize(size)
	r.s.inner.Refresh()
	if other {
		if r.s.kept != nil {
			r.s.reveal(r.s.kept, revealMargin)
		}
		r.s.revealFocused()
	}
}
func (r *scrollRenderer) MinSize() fyne.Size           { return r.s.MinSize() }
func (r *scrollRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.s.inner} }
func (r *scrollRenderer) Destroy()                     { delete(scrolls, weak.Make(r.s)) }
func (r *scrollRenderer) Refresh()                     { r.Layout(r.s.Size()) }

// holdLayout knows the width of the scroll around it, and so the height its
// object needs before it is laid out.
type holdLayout struct{ width float32 }

func (l *holdLayout) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	for _, o := range objects {
		s = s.Max(o.MinSize())
		if l.width > 0 {
			s.Height = heightFor(o, l.width)
		}
	}
	return s
}

func (l *holdLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	growLayout{}.Layout(objects, s)
}

// parent is a widget that can say what it is made of, for looking for a control
// in it.
type parent interface{ parts() []fyne.CanvasObject }

func (s *Scroll) parts() []fyne.CanvasObject { return []fyne.CanvasObject{s.inner} }

// place returns where an object stands in another, and whether it does.
func place(in, o fyne.CanvasObject) (fyne.Position, bool) {
	if in == o {
		return fyne.Position{}, true
	}
	var children []fyne.CanvasObject
	switch in := in.(type) {
	case *fyne.Container:
		children = in.Objects
	case *container.Scroll:
		children = []fyne.CanvasObject{in.Content}
	case parent:
		children = in.parts()
	}
	for _, child := range children {
		if child == nil || !child.Visible() {
			continue
		}
		if p, ok := place(child, o); ok {
			return p.Add(child.Position()), true
		}
	}
	return fyne.Position{}, false
}

// Reveal scrolls until an object in it is seen that did not get the focus, and keeps
// it in view where the room becomes another one.
func (s *Scroll) Reveal(o fyne.CanvasObject) {
	s.kept = o
	s.reveal(o, revealMargin)
}

// Pixels that are seen around what is revealed: below what has the focus so many that
// what is wrong with it can be read.
const (
	revealMargin = 12
	problemRoom  = 40
)

// reveal scrolls until the object is seen, when it is in this scroll.
func (s *Scroll) reveal(o fyne.CanvasObject, below float32) {
	p, ok := place(s.inner.Content, o)
	if !ok {
		return
	}
	top, bottom := p.Y-revealMargin, p.Y+o.Size().Height+below
	offset := s.inner.Offset
	switch {
	case top < offset.Y:
		offset.Y = max(0, top)
	case bottom > offset.Y+s.inner.Size().Height:
		offset.Y = bottom - s.inner.Size().Height
	default:
		return
	}
	s.inner.ScrollToOffset(offset)
}

// revealFocused reveals what has the focus of a window, when it is in this scroll.
func (s *Scroll) revealFocused() {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		switch f := w.Canvas().Focused().(type) {
		case interface{ object() fyne.CanvasObject }:
			s.reveal(f.object(), problemRoom)
		case fyne.CanvasObject:
			s.reveal(f, problemRoom)
		}
	}
}

// wheel lies over an entry and gives the mouse wheel to the page around it.
// Fyne's entry keeps the wheel for itself, and a page full of entries would not
// move under the mouse.
type wheel struct {
	widget.BaseWidget
	over  fyne.CanvasObject
	first func(*fyne.ScrollEvent) bool // is asked before the page; true takes it
}

func newWheel(over fyne.CanvasObject, first func(*fyne.ScrollEvent) bool) *wheel {
	w := &wheel{over: over, first: first}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled implements [fyne.Scrollable].
func (w *wheel) Scrolled(e *fyne.ScrollEvent) {
	if w.first(e) {
		return
	}
	for p := range scrolls {
		s := p.Value()
		if s == nil {
			continue
		}
		if _, ok := place(s.inner.Content, w.over); ok {
			s.inner.Scrolled(e)
		}
	}
}

// CreateRenderer implements [fyne.Widget].
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
