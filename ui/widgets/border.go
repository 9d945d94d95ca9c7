// Border: a middle with something at its edges, in reading order for Tab.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Border puts objects at the edges of a centre, which takes the rest. Tab goes
// through top, left, centre, right and bottom. Any may be nil.
func Border(top, bottom, left, right, centre fyne.CanvasObject) *fyne.Container {
	l := &borderLayout{top: top, bottom: bottom, left: left, right: right, centre: centre}
	var objects []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{top, left, centre, right, bottom} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return container.New(l, objects...)
}

type borderLayout struct{ top, bottom, left, right, centre fyne.CanvasObject }

func shown(o fyne.CanvasObject) bool { return o != nil && o.Visible() }

func (l *borderLayout) side(o fyne.CanvasObject) float32 {
	if !shown(o) {
		return 0
	}
	return o.MinSize().Width
}

func (l *borderLayout) heightFor(_ []fyne.CanvasObject, width float32) (h float32) {
	for _, o := range []fyne.CanvasObject{l.left, l.right} {
		if shown(o) {
			h = max(h, o.MinSize().Height)
		}
	}
	if shown(l.centre) {
		h = max(h, heightFor(l.centre, width-l.side(l.left)-l.side(l.right)))
	}
	for _, o := range []fyne.CanvasObject{l.top, l.bottom} {
		if shown(o) {
			h += heightFor(o, width)
		}
	}
	return h
}

func (l *borderLayout) MinSize([]fyne.CanvasObject) (s fyne.Size) {
	for _, o := range []fyne.CanvasObject{l.left, l.centre, l.right} {
		if shown(o) {
			m := o.MinSize()
			s.Width += m.Width
			s.Height = max(s.Height, m.Height)
		}
	}
	for _, o := range []fyne.CanvasObject{l.top, l.bottom} {
		if shown(o) {
			m := o.MinSize()
			s.Width = max(s.Width, m.Width)
			s.Height += m.Height
		}
	}
	return s
}

func (l *borderLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(0, w), max(0, h)))
	}
	top, bottom, left, right := float32(0), s.Height, float32(0), s.Width
	if shown(l.top) {
		top = heightFor(l.top, s.Width)
		put(l.top, 0, 0, s.Width, top)
	}
	if shown(l.bottom) {
		h := heightFor(l.bottom, s.Width)
		bottom -= h
		put(l.bottom, 0, bottom, s.Width, h)
	}
	if shown(l.left) {
		left = l.left.MinSize().Width
		put(l.left, 0, top, left, bottom-top)
	}
	if shown(l.right) {
		w := l.right.MinSize().Width
		right -= w
		put(l.right, right, top, w, bottom-top)
	}
	if shown(l.centre) {
		put(l.centre, left, top, right-left, bottom-top)
	}
}
