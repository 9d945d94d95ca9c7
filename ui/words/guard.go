// The note guard: what it finds, why that does not belong in a note, and what
// stands there in its place.

package words

import (
	"strings"
	"unicode"

	"counterbook/store/sensitive"
)

// GuardKind names what was found in the middle of a sentence: "a card number". kind
// is as sensitive.Kind.String names it.
func (w *Words) GuardKind(kind string) string { return w.T("guard.kind." + kind) }

// GuardKinds names several kinds: "a card number, a phone number".
func (w *Words) GuardKinds(kinds []string) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = w.GuardKind(k)
	}
	return strings.Join(names, ", ")
}

// GuardLogged names a kind as the log writes it, "SecurityCode", or a part of the
// guard that was changed.
func (w *Words) GuardLogged(field string) string {
	if key := "guard.part." + field; w.Has(key) {
		return w.T(key)
	}
	var kind strings.Builder
	for i, r := range field {
		if i > 0 && unicode.IsUpper(r) {
			kind.WriteByte('-')
		}
		kind.WriteRune(unicode.ToLower(r))
	}
	return w.GuardKind(kind.String())
}

// Masked is a text in which what was found is masked: "card ending 1111". ok is
// false where what was found cannot be.
func (w *Words) Masked(text string, f sensitive.Finding) (masked string, ok bool) {
	end, ok := sensitive.Ending(text, f)
	if !ok {
		return text, false
	}
	return sensitive.Replace(text, f, w.T("guard.mask."+f.Kind.String(), Data{"End": end})), true
}
