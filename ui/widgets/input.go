// What all controls share: noticing input, keys a control does not use itself,
// where the focus is and how it is drawn.

package widgets

import (
	"image/color"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// All of the following is used on the user interface's goroutine only.
var (
	observers = map[int]func(){}
	observed  int
	passTo    func(fyne.Shortcut) bool
	strayTo   func(rune)
	cutFrom   func(string) (string, bool)
	scrolls   = map[weak.Pointer[Scroll]]bool{} // those drawn; a dropped screen is not held
)

// ObserveInput calls f whenever a person types into, clicks or moves over one of
// these widgets, until stop is called. It is meant for a lock after idle time.
func ObserveInput(f func()) (stop func()) {
	observed++
	key := observed
	observers[key] = f
	return func() { delete(observers, key) }
}

func noteInput() {
	for _, f := range observers {
		f()
	}
}

// PassShortcuts sets who gets the shortcuts that a focused entry does not use
// itself, as Fyne shows them to nobody else. nil ends it.
func PassShortcuts(f func(fyne.Shortcut) bool) { passTo = f }

// TakeStray sets who gets what is typed while a control has the focus in which
// nothing can be typed, until stop is called: a scanner types wherever that is.
func TakeStray(f func(rune)) (stop func()) {
	strayTo = f
	return func() { strayTo = nil }
}

// Stray hands on what was typed into a control that takes no text.
func Stray(r rune) {
	if strayTo != nil && r != ' ' { // which presses a button
		strayTo(r)
	}
}

// CutFromEntries sets what must not stay in any entry that anybody sees: f is shown
// what an entry holds after each letter and returns what may stay. nil ends it.
func CutFromEntries(f func(text string) (rest string, cut bool)) { cutFrom = f }

func passShortcut(s fyne.Shortcut) {
	if _, ok := s.(*desktop.CustomShortcut); ok && passTo != nil {
		passTo(s)
	}
}

// leaver is an overlay that Escape closes.
type leaver interface{ leave() }

// escape closes what lies on top of the window of o, and says whether anything
// did.
func escape(o fyne.CanvasObject) bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return false
	}
	if l, ok := c.Overlays().Top().(leaver); ok {
		l.leave()
		return true
	}
	return false
}

// forward does what Enter means in an entry that has no meaning of its own for
// it: on to the next control, and after the last field of a dialog confirm.
func forward(o fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return
	}
	before := c.Focused()
	d, inDialog := c.Overlays().Top().(*Dialog)
	for {
		c.FocusNext()
		switch f := c.Focused().(type) {
		case nil:
			return
		case *actionWord: // belongs to the entry it is in
			continue
		case *Button:
			if !inDialog {
				return
			}
			if f == d.cancel || f == d.confirm {
				c.Focus(before)
				d.submit()
				return
			}
			if fyne.Focusable(f) != before {
				continue
			}
		}
		return
	}
}

// Focus gives a control the focus, when it is shown in a window.
func Focus(f fyne.Focusable) {
	o, ok := f.(fyne.CanvasObject)
	if !ok {
		return
	}
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(o)
	if c == nil {
		// What was never painted is on no canvas yet, such as the first page, or what is
		// unfolded in a dialog.
		for _, w := range d.AllWindows() {
			for _, root := range append(w.Canvas().Overlays().List(), w.Content()) {
				if _, ok := place(root, o); ok {
					c = w.Canvas()
				}
			}
		}
	}
	if c != nil {
		c.Focus(f)
	}
}

// seen scrolls what has got the focus into view.
func seen(o fyne.CanvasObject) {
	for p := range scrolls {
		if s := p.Value(); s != nil {
			s.reveal(o, problemRoom)
		} else {
			delete(scrolls, p)
		}
	}
}

const ringWidth = 3

// newRing returns the soft ring drawn around what has the focus.
func newRing(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.CornerRadius = radius + ringWidth
	r.StrokeWidth = ringWidth
	r.Hide()
	return r
}

// placeRing puts a ring around an area of the given size.
func placeRing(r *canvas.Rectangle, s fyne.Size) {
	r.Move(fyne.NewPos(-ringWidth, -ringWidth))
	r.Resize(s.AddWidthHeight(2*ringWidth, 2*ringWidth))
}
