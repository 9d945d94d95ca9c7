package shopform

// What kinds of shop usually collect of their customers, and what for.

import (
	"counterbook/store"
	"counterbook/ui/words"
)

// KindNames are the kinds of shop that can be chosen, after none.
func KindNames(w *words.Words) []string {
	names := []string{w.T("fields.kind.none")}
	for _, k := range store.ShopKinds() {
		names = append(names, w.T("fields.kind."+k))
	}
	return names
}

// Purpose is what a field is usually for in a kind of shop, "" where there is no
// telling.
func Purpose(w *words.Words, kind, name string) string {
	for _, key := range []string{"fields.purpose." + kind + "." + name, "fields.purpose." + name} {
		if w.Has(key) {
			return w.T(key)
		}
	}
	return ""
}

// Preset is what a kind of shop usually collects, with what it is for.
func Preset(w *words.Words, kind string) store.Fields {
	f := store.PresetFields(kind)
	for i, r := range f.Rules {
		if r.Use != store.Hidden {
			f.Rules[i].Purpose = Purpose(w, kind, r.Name)
		}
	}
	return f
}
