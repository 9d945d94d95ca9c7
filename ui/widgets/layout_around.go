// Containers around one object, or over each other: room, size, middle, stack.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Padded puts room around an object: top, right, bottom, left.
func Padded(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&padLayout{top: top, right: right, bottom: bottom, left: left}, o)
}

type padLayout struct{ top, right, bottom, left, width float32 }

func (l *padLayout) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	for _, o := range visible(objects) {
		h = max(h, heightFor(o, width-l.left-l.right))
	}
	return h + l.top + l.bottom
}

func (l *padLayout) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	for _, o := range visible(objects) {
		s = s.Max(o.MinSize())
	}
	s = s.AddWidthHeight(l.left+l.right, l.top+l.bottom)
	if l.width >= s.Width && l.width > 0 {
		s.Height = l.heightFor(objects, l.width)
	}
	return s
}

func (l *padLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	for _, o := range objects {
		o.Move(fyne.NewPos(l.left, l.top))
		o.Resize(fyne.NewSize(max(0, s.Width-l.left-l.right), max(0, s.Height-l.top-l.bottom)))
	}
}

// Sized gives an object a width and a height of its own; 0 leaves its minimum.
func Sized(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&sizedLayout{fyne.NewSize(width, height)}, o)
}

type sizedLayout struct{ size fyne.Size }

func (l *sizedLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return max(l.size.Height, growLayout{}.heightFor(objects, width))
}

func (l *sizedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return growLayout{}.MinSize(objects).Max(l.size)
}

func (l *sizedLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	growLayout{}.Layout(objects, s)
}

// Centre puts an object in the middle at its smallest size.
func Centre(o fyne.CanvasObject) *fyne.Container {
	return container.New(&narrowLayout{}, o)
}

// Narrow keeps an object no wider than width, in the middle of what there is.
func Narrow(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&narrowLayout{most: width}, o)
}

// narrowLayout puts objects in the middle; most is the width they may have at
// most, 0 for their smallest size both ways.
type narrowLayout struct{ most float32 }

func (l *narrowLayout) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	for _, o := range visible(objects) {
		h = max(h, heightFor(o, l.width(o, width)))
	}
	return h
}

func (l *narrowLayout) width(o fyne.CanvasObject, room float32) float32 {
	if l.most == 0 {
		return min(o.MinSize().Width, room)
	}
	return min(l.most, room)
}

func (l *narrowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return growLayout{}.MinSize(objects)
}

func (l *narrowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		w := l.width(o, s.Width)
		h := min(heightFor(o, w), s.Height)
		o.Move(fyne.NewPos((s.Width-w)/2, (s.Height-h)/2))
		o.Resize(fyne.NewSize(w, h))
	}
}

// Squeeze puts objects below each other in the middle, as Narrow does. Where they
// are higher than the room, the scroll among them gets lower, down to least, so that
// what is below it stays in view.
func Squeeze(width, least float32, scroll *Scroll, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&squeezeLayout{narrow: narrowLayout{most: width}, least: least, scroll: scroll}, objects...)
}

type squeezeLayout struct {
	narrow narrowLayout
	least  float32
	scroll *Scroll
}

func (l *squeezeLayout) whole(width float32) float32 { return heightFor(l.scroll.Content, width) }

// others is the height of everything but the scroll.
func (l *squeezeLayout) others(objects []fyne.CanvasObject, width float32) (h float32) {
	for _, o := range visible(objects) {
		if o != l.scroll {
			h += heightFor(o, l.narrow.width(o, width))
		}
	}
	return h
}

func (l *squeezeLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return l.others(objects, width) + min(l.least, l.whole(l.narrow.width(l.scroll, width)))
}

func (l *squeezeLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := growLayout{}.MinSize(objects)
	return fyne.NewSize(s.Width, l.heightFor(objects, max(s.Width, l.narrow.most)))
}

func (l *squeezeLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	others, whole := l.others(objects, s.Width), l.whole(l.narrow.width(l.scroll, s.Width))
	room := min(whole, max(s.Height-others, min(l.least, whole)))
	y := max(0, (s.Height-others-room)/2)
	for _, o := range visible(objects) {
		w := l.narrow.width(o, s.Width)
		h := room
		if o != l.scroll {
			h = heightFor(o, w)
		}
		o.Move(fyne.NewPos((s.Width-w)/2, y))
		o.Resize(fyne.NewSize(w, h))
		y += h
	}
}

// stackLayout gives every object all of the room, but does not grow itself.
type stackLayout struct{ growLayout }

// Stack puts objects on top of each other.
func Stack(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(stackLayout{}, objects...)
}
