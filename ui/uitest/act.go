// Acting: finding controls by what they are called, and using them with keys
// and clicks as a person does.

package uitest

import (
	"fmt"
	"reflect"
	"strings"

	"counterbook/ui/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// label returns what a control is called, "" when it has no name.
func label(o fyne.CanvasObject) string {
	if a, ok := o.(fyne.Accessible); ok {
		return a.AccessibilityLabel()
	}
	return ""
}

// called says whether a control is called name: by its label, or by the
// placeholder of an entry.
func called(o fyne.CanvasObject, name string) bool {
	if label(o) == name {
		return true
	}
	if e := Entry(o); e != nil {
		return e.PlaceHolder == name
	}
	if s, ok := o.(*widgets.Select); ok {
		return strings.HasPrefix(label(s), name+" ")
	}
	return false
}

// Entry returns the entry a control is, whatever its purpose, or nil.
func Entry(o fyne.CanvasObject) *widgets.Entry {
	switch o := o.(type) {
	case *widgets.Entry:
		return o
	case *widgets.PasswordEntry:
		return &o.Entry
	case *widgets.SearchEntry:
		return &o.Entry
	case *widgets.DateEntry:
		return &o.Entry
	}
	return nil
}

// find returns the first object on top that is wanted.
func (w *Window) find(wanted func(fyne.CanvasObject) bool) fyne.CanvasObject {
	w.Settle()
	var found fyne.CanvasObject
	walk(w.Top(), func(n node) bool {
		if found == nil && wanted(n.object) {
			found = n.object
		}
		return found == nil
	})
	return found
}

// Has says whether there is a control of that name on top.
func (w *Window) Has(name string) bool {
	return w.find(func(o fyne.CanvasObject) bool { return control(o) && called(o, name) }) != nil
}

func control(o fyne.CanvasObject) bool {
	_, taps := o.(fyne.Tappable)
	_, focuses := o.(fyne.Focusable)
	return taps || focuses
}

// Control returns the control of that name, and fails the test when there is
// none.
func (w *Window) Control(name string) fyne.CanvasObject {
	w.T.Helper()
	o := w.find(func(o fyne.CanvasObject) bool { return control(o) && called(o, name) })
	if o == nil {
		w.T.Fatalf("no control is called %q; there are %q", name, w.Controls())
	}
	return o
}

// Controls returns the names of all controls on top.
func (w *Window) Controls() []string {
	var names []string
	walk(w.Top(), func(n node) bool {
		if control(n.object) {
			if name := label(n.object); name != "" {
				names = append(names, name)
			}
		}
		return true
	})
	return names
}

// Button returns the button of that name.
func (w *Window) Button(name string) *widgets.Button {
	w.T.Helper()
	b, ok := w.Control(name).(*widgets.Button)
	if !ok {
		w.T.Fatalf("%q is no button", name)
	}
	return b
}

// Select returns the choice with that label.
func (w *Window) Select(name string) *widgets.Select {
	w.T.Helper()
	s, ok := w.Control(name).(*widgets.Select)
	if !ok {
		w.T.Fatalf("%q is no choice", name)
	}
	return s
}

// Value returns what is typed into an entry.
func (w *Window) Value(name string) string {
	w.T.Helper()
	e := Entry(w.Control(name))
	if e == nil {
		w.T.Fatalf("%q is no entry", name)
	}
	return e.Text
}

// Focus gives the control of that name the focus.
func (w *Window) Focus(name string) {
	w.T.Helper()
	f, ok := w.Control(name).(fyne.Focusable)
	if !ok {
		w.T.Fatalf("%q cannot have the focus", name)
	}
	w.Canvas().Focus(f)
}

// Type replaces what stands in an entry by typing, letter by letter.
func (w *Window) Type(name, text string) {
	w.T.Helper()
	e := Entry(w.Control(name))
	if e == nil {
		w.T.Fatalf("%q is no entry", name)
	}
	w.Focus(name)
	e.SetText("")
	w.TypeOn(text)
}

// TypeOn types into whatever has the focus.
func (w *Window) TypeOn(text string) {
	w.T.Helper()
	for _, r := range text {
		f := w.Canvas().Focused()
		if f == nil {
			w.T.Fatalf("nothing has the focus for typing")
		}
		f.TypedRune(r)
	}
	w.Settle()
}

// Paste pastes a text into whatever has the focus.
func (w *Window) Paste(text string) {
	c := test.NewClipboard()
	c.SetContent(text)
	w.Shortcut(&fyne.ShortcutPaste{Clipboard: c})
}

// Press presses keys, one after the other, on what has the focus.
func (w *Window) Press(keys ...fyne.KeyName) {
	for _, k := range keys {
		switch f := w.Canvas().Focused(); {
		case k == fyne.KeyTab:
			w.Canvas().FocusNext()
		case f != nil:
			f.TypedKey(&fyne.KeyEvent{Name: k})
		case w.Canvas().OnTypedKey() != nil:
			w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k})
		}
		w.Settle()
	}
}

// BackTab goes back to the control before.
func (w *Window) BackTab() { w.Canvas().FocusPrevious() }

// Shortcut presses a shortcut: the main menu has it first, then what has the
// focus, then the window.
func (w *Window) Shortcut(s fyne.Shortcut) {
	defer w.Settle()
	if menu := w.Window.MainMenu(); menu != nil {
		for _, m := range menu.Items {
			for _, item := range m.Items {
				if item.Shortcut != nil && item.Shortcut.ShortcutName() == s.ShortcutName() && !item.Disabled {
					item.Action()
					return
				}
			}
		}
	}
	if f, ok := w.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	if c, ok := w.Canvas().(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// Tap clicks the control of that name, in its middle, and fails the test when
// something else lies there.
func (w *Window) Tap(name string) {
	w.T.Helper()
	w.TapObject(w.Control(name))
}

// TapRow clicks a row of the first list on top, counted from 0.
func (w *Window) TapRow(number int) {
	w.T.Helper()
	o := w.find(func(o fyne.CanvasObject) bool {
		r, ok := o.(row)
		return ok && r.Row() == number
	})
	if o == nil {
		w.T.Fatalf("row %d is not in view", number)
	}
	w.TapObject(o)
}

// TapObject clicks an object in its middle.
func (w *Window) TapObject(o fyne.CanvasObject) {
	w.T.Helper()
	if f, ok := o.(fyne.Focusable); ok { // brings it into view
		if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
			w.T.Fatalf("%s cannot be used now", name(o))
		}
		w.Canvas().Focus(f)
		w.Settle()
	}
	var at *node
	walk(w.Top(), func(n node) bool {
		if n.object == o {
			at = &n
		}
		return at == nil
	})
	if at == nil {
		w.T.Fatalf("%s is not shown", name(o))
	}
	area := at.place.cut(at.seen)
	if area.empty() {
		w.T.Fatalf("%s is out of view", name(o))
	}
	middle := fyne.NewPos((area.left+area.right)/2, (area.top+area.bottom)/2)
	if hit := w.tappableAt(middle); hit != o {
		w.T.Fatalf("%s is covered by %s", name(o), name(hit))
	}
	test.TapCanvas(w.Canvas(), middle)
	w.Settle()
}

// tappableAt returns what a click at a place reaches.
func (w *Window) tappableAt(p fyne.Position) fyne.CanvasObject {
	var hit fyne.CanvasObject
	walk(w.Top(), func(n node) bool {
		area := n.place.cut(n.seen)
		if p.X < area.left || p.X >= area.right || p.Y < area.top || p.Y >= area.bottom {
			_, isContainer := n.object.(*fyne.Container)
			return isContainer
		}
		if _, ok := n.object.(fyne.Tappable); ok {
			hit = n.object
		}
		return true
	})
	return hit
}

func name(o fyne.CanvasObject) string {
	if o == nil {
		return "nothing"
	}
	if s := label(o); s != "" {
		return fmt.Sprintf("%q", s)
	}
	return reflect.TypeOf(o).String()
}

// Focused returns the name of what has the focus, "" for nothing.
func (w *Window) Focused() string {
	if o, ok := w.Canvas().Focused().(fyne.CanvasObject); ok {
		return label(o)
	}
	return ""
}

// TabOrder presses Tab until the focus is back where it started, and returns
// the names of what it went through. Lists are "".
func (w *Window) TabOrder() []string {
	w.Canvas().Unfocus()
	var names []string
	var first fyne.Focusable
	for range 500 {
		w.Canvas().FocusNext()
		f := w.Canvas().Focused()
		if f == nil || f == first {
			break
		}
		if first == nil {
			first = f
		}
		names = append(names, label(f.(fyne.CanvasObject)))
	}
	return names
}
