// What a window holds, seen or not: for tests that something is nowhere in it.

package uitest

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Held returns every text that any object of the window holds: what can be read, what
// is hidden, scrolled away or kept for another row, what is told to those who cannot see,
// placeholders and hints, and whatever else stands in a field of a widget.
func (w *Window) Held() []string {
	w.Settle()
	seen, found := map[fyne.CanvasObject]bool{}, map[string]bool{}
	hold(w.Canvas().Content(), seen, found)
	for _, o := range w.Canvas().Overlays().List() {
		hold(o, seen, found)
	}
	out := make([]string, 0, len(found))
	for s := range found {
		out = append(out, s)
	}
	return out
}

func hold(o fyne.CanvasObject, seen map[fyne.CanvasObject]bool, found map[string]bool) {
	if o == nil || seen[o] {
		return
	}
	seen[o] = true
	if t, ok := o.(*canvas.Text); ok {
		found[t.Text] = true
	}
	if a, ok := o.(fyne.Accessible); ok {
		found[a.AccessibilityLabel()] = true
	}
	fieldTexts(reflect.ValueOf(o), 0, found)
	for _, child := range children(o) {
		hold(child, seen, found)
	}
}

// fieldTexts collects the texts in the fields of a widget, and of what it holds by
// value. What it points to is an object of the window itself, or none of its own.
func fieldTexts(v reflect.Value, depth int, found map[string]bool) {
	if depth == 0 && v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if depth > 4 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		found[v.String()] = true
	case reflect.Struct:
		for i := range v.NumField() {
			fieldTexts(v.Field(i), depth+1, found)
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			fieldTexts(v.Index(i), depth+1, found)
		}
	}
}
