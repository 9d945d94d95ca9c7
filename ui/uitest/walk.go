// Walking through what is shown: every visible object with its place in the
// window, through containers, scrolls and widgets.

package uitest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"counterbook/ui/widgets"
)

// rect is an area of the window.
type rect struct{ left, top, right, bottom float32 }

func rectOf(p fyne.Position, s fyne.Size) rect {
	return rect{p.X, p.Y, p.X + s.Width, p.Y + s.Height}
}

func (r rect) cut(o rect) rect {
	return rect{max(r.left, o.left), max(r.top, o.top), min(r.right, o.right), min(r.bottom, o.bottom)}
}

func (r rect) width() float32  { return r.right - r.left }
func (r rect) height() float32 { return r.bottom - r.top }

// empty says whether less than a pixel is left of the area.
func (r rect) empty() bool { return r.width() < 1 || r.height() < 1 }

// node is a visible object in its place.
type node struct {
	object  fyne.CanvasObject
	place   rect // where it is
	room    rect // where it may be: what all around it leave, scrolled into view
	seen    rect // what of the window shows it now
	parents []fyne.CanvasObject
}

func (n node) in(o fyne.CanvasObject) bool {
	for _, p := range n.parents {
		if p == o {
			return true
		}
	}
	return false
}

// disabled says whether the object belongs to a control that cannot be used now.
func (n node) disabled() bool {
	for _, p := range n.parents {
		if d, ok := p.(fyne.Disableable); ok && d.Disabled() {
			return true
		}
	}
	return false
}

// floats says whether the object lies over others on purpose.
func (n node) floats() bool {
	for _, p := range n.parents {
		if _, ok := p.(*widgets.Toaster); ok {
			return true
		}
	}
	return false
}

// walk visits o and all visible objects in it, parents first. Where visit
// returns false, it goes no deeper.
func walk(o fyne.CanvasObject, visit func(node) bool) {
	all := rectOf(fyne.Position{}, o.Size())
	step(node{object: o, place: all, room: all, seen: all}, o.Position(), visit)
}

func step(n node, at fyne.Position, visit func(node) bool) {
	if !n.object.Visible() || !visit(n) {
		return
	}
	parents := append(n.parents[:len(n.parents):len(n.parents)], n.object)
	room, seen := n.room.cut(n.place), n.seen
	scroll, scrolls := n.object.(*container.Scroll)
	if scrolls {
		seen = seen.cut(n.place)
	}
	for _, child := range children(n.object) {
		if child == nil {
			continue
		}
		p := at.Add(child.Position())
		place := rectOf(p, child.Size())
		space := room
		if scrolls && child == scroll.Content { // what is scrolled may be anywhere along the scroll
			if scroll.Direction != container.ScrollHorizontalOnly && scroll.Direction != container.ScrollNone {
				space.top, space.bottom = place.top, place.bottom
			}
			if scroll.Direction != container.ScrollVerticalOnly && scroll.Direction != container.ScrollNone {
				space.left, space.right = place.left, place.right
			}
		}
		step(node{object: child, place: place, room: space, seen: seen, parents: parents}, p, visit)
	}
}

func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// texts returns the whole texts in o: what a text widget holds, even where it
// is cut or wrapped.
func texts(o fyne.CanvasObject) []string {
	var found []string
	walk(o, func(n node) bool {
		switch t := n.object.(type) {
		case *widgets.Text:
			if t.Text() != "" {
				found = append(found, t.Text())
			}
			return false
		case *canvas.Text:
			if t.Text != "" {
				found = append(found, t.Text)
			}
		}
		return true
	})
	return found
}
