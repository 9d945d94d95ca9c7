package store

// Presets: what a kind of shop usually collects of its customers.

import "maps"

// defaultUse is what is collected where nothing was decided: all that books of
// earlier versions hold. A field that is not named is optional.
var defaultUse = map[string]Collect{"Name": Required, "Phone2": Hidden, "Birthday": Hidden}

// presets are kinds of shop, and in what each differs from defaultUse. A second
// phone and a birthday are collected by none unasked.
var presets = []struct {
	kind string
	uses map[string]Collect
}{
	{"repair", map[string]Collect{"Phone": Required, "Address": Hidden, "Others": Hidden}},
	{"salon", map[string]Collect{"Phone": Required, "Address": Hidden, "Company": Hidden, "VATID": Hidden, "Others": Hidden, "Language": Hidden}},
	{"food", map[string]Collect{"Phone": OneContact, "Email": OneContact, "Others": Hidden, "Language": Hidden}},
	{"clothes", map[string]Collect{"Phone": OneContact, "Email": OneContact, "Address": Hidden, "Company": Hidden, "VATID": Hidden, "Others": Hidden}},
	{"b2b", map[string]Collect{"Company": Required, "Address": Required, "Phone": OneContact, "Email": OneContact}},
	{"other", nil},
}

// ShopKinds lists the kinds of shop that have a preset, "other" last.
func ShopKinds() []string {
	var out []string
	for _, p := range presets {
		out = append(out, p.kind)
	}
	return out
}

// DefaultFields is what a book collects in which nothing was decided.
func DefaultFields() Fields { return Fields{}.complete() }

// PresetFields is what a kind of shop usually collects; DefaultFields for a kind
// without a preset.
func PresetFields(kind string) Fields {
	f := Fields{Kind: kind}
	for _, p := range presets {
		if p.kind != kind {
			continue
		}
		uses := maps.Clone(defaultUse)
		maps.Copy(uses, p.uses)
		for _, name := range FieldNames() {
			if u, ok := uses[name]; ok {
				f.Rules = append(f.Rules, FieldRule{Name: name, Use: u})
			}
		}
		return f.complete()
	}
	return DefaultFields()
}
