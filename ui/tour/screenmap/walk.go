//go:build tour

// Reading what stands on a window: a walk over everything that is visible.

package screenmap

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// labelLimit bounds the text gathered for something that can be clicked, in bytes.
const labelLimit = 300

// Of reads a window. Call it on Fyne's goroutine.
func Of(w fyne.Window) Map {
	c := w.Canvas()
	m := Map{Title: w.Title()}
	m.Width, m.Height = c.PixelCoordinateForPosition(fyne.NewPos(c.Size().Width, c.Size().Height))
	m.PointerX, m.PointerY = c.PixelCoordinateForPosition(pointer(w))
	overlays := c.Overlays().List()
	m.Layers = len(overlays)
	k := walker{m: &m, c: c, focused: c.Focused()}
	whole := rect{0, 0, c.Size().Width, c.Size().Height}
	for _, root := range roots(c) {
		k.walk(root, fyne.NewPos(0, 0), whole, -1)
	}
	for i, o := range overlays {
		k.layer = i + 1
		k.walk(o, fyne.NewPos(0, 0), whole, -1)
	}
	return m
}

// pointer is where the mouse is for a window, which only its field knows.
func pointer(w fyne.Window) fyne.Position {
	v := reflect.Indirect(reflect.ValueOf(w))
	if v.Kind() != reflect.Struct {
		return fyne.Position{}
	}
	v = v.FieldByName("mousePos")
	if !v.IsValid() {
		return fyne.Position{}
	}
	return fyne.NewPos(float32(v.FieldByName("X").Float()), float32(v.FieldByName("Y").Float()))
}

// roots is the window's content and its menu bar, which only the canvas knows.
func roots(c fyne.Canvas) []fyne.CanvasObject {
	if t, ok := c.(interface{ ObjectTrees() []fyne.CanvasObject }); ok {
		all := t.ObjectTrees()
		return all[:len(all)-len(c.Overlays().List())]
	}
	return []fyne.CanvasObject{c.Content()}
}

type rect struct{ left, top, right, bottom float32 }

func (r rect) cut(o rect) rect {
	return rect{max(r.left, o.left), max(r.top, o.top), min(r.right, o.right), min(r.bottom, o.bottom)}
}

type walker struct {
	m       *Map
	c       fyne.Canvas
	focused fyne.Focusable
	layer   int
}

// walk adds o and what is in it. at is the position of its parent, seen the part
// of the window that is not cut off, in the index of the control around it.
func (k *walker) walk(o fyne.CanvasObject, at fyne.Position, seen rect, in int) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	size := o.Size()
	own := rect{at.X, at.Y, at.X + size.Width, at.Y + size.Height}.cut(seen)
	children := childrenOf(o)
	if clips(o) {
		seen = own
	}
	if control, ok := describe(o, children); ok && own.right > own.left && own.bottom > own.top {
		k.add(control, o, own, in)
		if control.Kind == Field || control.Kind == Secret {
			return // what is drawn inside is its text
		}
		if control.Kind != Text && control.Kind != Label {
			in = len(k.m.Controls) - 1
		}
	}
	for _, child := range children {
		k.walk(child, at, seen, in)
	}
}

func (k *walker) add(control Control, o fyne.CanvasObject, own rect, in int) {
	control.X, control.Y = k.c.PixelCoordinateForPosition(fyne.NewPos(own.left, own.top))
	right, bottom := k.c.PixelCoordinateForPosition(fyne.NewPos(own.right, own.bottom))
	control.W, control.H = right-control.X, bottom-control.Y
	control.Layer, control.In = k.layer, in
	control.Focused = k.focused != nil && any(o) == any(k.focused)
	if d, ok := o.(fyne.Disableable); ok {
		control.Disabled = d.Disabled()
	}
	if n := len(k.m.Controls); n > 0 && control == k.m.Controls[n-1] {
		return // a label is made of a text of its size
	}
	k.m.Controls = append(k.m.Controls, control)
}

func childrenOf(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		if r := test.WidgetRenderer(o); r != nil {
			return r.Objects()
		}
	}
	return nil
}

// clips says whether what is in o is cut off at its edges.
func clips(o fyne.CanvasObject) bool {
	if _, ok := o.(fyne.Scrollable); ok {
		return true
	}
	w, ok := o.(fyne.Widget)
	if !ok {
		return false
	}
	_, ok = test.WidgetRenderer(w).(interface{ IsClip() })
	return ok
}

// describe says what o is, as far as a person at the screen would. Widgets that
// are built on Fyne's own are recognised by the fields they inherit.
func describe(o fyne.CanvasObject, children []fyne.CanvasObject) (Control, bool) {
	if t, ok := o.(*canvas.Text); ok {
		return Control{Kind: Text, Label: t.Text}, strings.TrimSpace(t.Text) != ""
	}
	w, ok := o.(fyne.Widget)
	if !ok {
		return Control{}, false
	}
	f := fieldsOf(w)
	if _, typed := f.text("PlaceHolder"); typed && f.has("Password") {
		return describeField(w, f), true
	}
	label := labelOf(w, f)
	if chosen, ok := f.text("Selected"); ok && f.has("Options") {
		return Control{Kind: Choice, Label: accessible(w), Text: chosen, Hint: f.textOr("PlaceHolder", "")}, true
	}
	if c, ok := w.(interface{ Selected() string }); ok && f.has("Options") {
		label := strings.TrimSpace(strings.TrimSuffix(accessible(w), c.Selected()))
		return Control{Kind: Choice, Label: label, Text: c.Selected()}, true
	}
	if c, ok := w.(interface{ Ticked() bool }); ok {
		return Control{Kind: Check, Label: label, Checked: c.Ticked()}, true
	}
	if checked, ok := f.flag("Checked"); ok {
		return Control{Kind: Check, Label: label, Checked: checked}, true
	}
	if _, ok := w.(fyne.Tappable); ok {
		if label == "" {
			label = textIn(children)
		}
		return Control{Kind: Button, Label: label}, true
	}
	if _, ok := w.(fyne.Focusable); ok {
		return Control{Kind: Other, Label: accessible(w)}, true
	}
	if a, ok := w.(fyne.Accessible); ok && a.AccessibilityRole() == fyne.AccessibleRoleText {
		return Control{Kind: Label, Label: label}, strings.TrimSpace(label) != ""
	}
	if s, ok := w.(interface{ String() string }); ok && f.has("Segments") {
		return Control{Kind: Label, Label: s.String()}, strings.TrimSpace(s.String()) != ""
	}
	return Control{}, false
}

// describeField tells the text of a field unless it is a secret. A passphrase
// that is being shown is one still: its field has an eye to hide it again, or
// says so itself.
func describeField(w fyne.Widget, f fields) Control {
	text, _ := f.text("Text")
	hint, _ := f.text("PlaceHolder")
	hidden, _ := f.flag("Password")
	told, says := w.(interface{ Secret() bool })
	if hidden || (says && told.Secret()) || strings.Contains(f.typeOf("ActionItem"), "evealer") {
		label := accessible(w)
		if label == text {
			label = ""
		}
		return Control{Kind: Secret, Label: label, Hint: hint}
	}
	return Control{Kind: Field, Label: accessible(w), Text: text, Hint: hint}
}

// labelOf is the name a widget gives itself, or its text.
func labelOf(w fyne.Widget, f fields) string {
	if label := accessible(w); label != "" {
		return label
	}
	return f.textOr("Text", "")
}

// accessible is the name a widget gives itself for a screen reader. Fyne's button
// without text and icon panics when it is asked.
func accessible(w fyne.Widget) (label string) {
	a, ok := w.(fyne.Accessible)
	if !ok {
		return ""
	}
	defer func() {
		if recover() != nil {
			label = ""
		}
	}()
	return a.AccessibilityLabel()
}

// textIn joins the visible texts in some objects with blanks.
func textIn(objects []fyne.CanvasObject) string {
	var b strings.Builder
	var walk func([]fyne.CanvasObject)
	walk = func(objects []fyne.CanvasObject) {
		for _, o := range objects {
			if o == nil || !o.Visible() || b.Len() > labelLimit {
				continue
			}
			if t, ok := o.(*canvas.Text); ok && strings.TrimSpace(t.Text) != "" {
				if b.Len() > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(strings.TrimSpace(t.Text))
				continue
			}
			if w, ok := o.(fyne.Widget); ok && fieldsOf(w).has("Password") {
				continue
			}
			walk(childrenOf(o))
		}
	}
	walk(objects)
	return b.String()
}

// fields are the exported fields of a widget, those of embedded widgets included.
type fields struct{ v reflect.Value }

func fieldsOf(w fyne.Widget) fields {
	v := reflect.ValueOf(w)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return fields{}
	}
	return fields{v}
}

func (f fields) get(name string, kind reflect.Kind) (reflect.Value, bool) {
	if !f.v.IsValid() {
		return reflect.Value{}, false
	}
	sf, ok := f.v.Type().FieldByName(name)
	if !ok || !sf.IsExported() || (kind != reflect.Invalid && sf.Type.Kind() != kind) {
		return reflect.Value{}, false
	}
	v, err := f.v.FieldByIndexErr(sf.Index)
	return v, err == nil
}

func (f fields) has(name string) bool {
	_, ok := f.get(name, reflect.Invalid)
	return ok
}

func (f fields) text(name string) (string, bool) {
	v, ok := f.get(name, reflect.String)
	if !ok {
		return "", false
	}
	return v.String(), true
}

func (f fields) textOr(name, or string) string {
	if s, ok := f.text(name); ok {
		return s
	}
	return or
}

func (f fields) flag(name string) (value, ok bool) {
	v, ok := f.get(name, reflect.Bool)
	return ok && v.Bool(), ok
}

// typeOf is the type of what an interface field holds, "" for nothing.
func (f fields) typeOf(name string) string {
	v, ok := f.get(name, reflect.Interface)
	if !ok || v.IsNil() {
		return ""
	}
	return v.Elem().Type().String()
}
