// This file cleans texts and finds the characters that cannot be printed.

package paper

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// GlyphError is a character that the fonts have no picture of, or that the
// back ends cannot draw. Field says where it stands, such as "Lines[2].Name";
// it is empty on a sheet set by hand.
type GlyphError struct {
	Rune  rune
	Field string
}

// Error names the character by its number, and the field.
func (e *GlyphError) Error() string {
	return fmt.Sprintf("paper: no glyph for %U in %q", e.Rune, e.Field)
}

// Clean returns s the way it is drawn: valid UTF-8 in normal form C (the back
// ends do not place combining marks), tabs as spaces, without control and
// invisible formatting characters. A minus sign becomes a hyphen, line breaks
// stay. Cleaning twice changes
// nothing. Bytes that are no UTF-8 become U+FFFD, which is refused later
// rather than dropped silently.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, string(unicode.ReplacementChar))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\t':
			return ' '
		case r == '\u2212': // the minus sign, which the font lacks
			return '-'
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// CheckText returns a *GlyphError for the first character of a text, once
// cleaned, that cannot be printed in every face.
func CheckText(field, text string) error {
	for _, r := range Clean(text) {
		if r != '\n' && !printable(r) {
			return &GlyphError{Rune: r, Field: field}
		}
	}
	return nil
}

// printable reports whether every face has r. Beyond the basic plane gofpdf
// cannot write, whatever the fonts have.
func printable(r rune) bool {
	if r > 0xFFFF || r == unicode.ReplacementChar {
		return false
	}
	for style := Regular; style <= BoldItalic; style++ {
		if _, ok := faces()[style].advance(r); !ok {
			return false
		}
	}
	return true
}
