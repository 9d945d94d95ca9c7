// This file measures text. Widths are sums of glyph advances without kerning,
// because that is what a PDF made by gofpdf shows; so a line breaks at the
// same place on paper and on the screen.

package paper

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"counterbook/assets"
)

// face is one font with the advances of its common characters.
type face struct {
	font *sfnt.Font
	unit float64                    // units per em
	wide [commonRunes]fixed.Int26_6 // advance in units, or -1 without a glyph
}

// commonRunes covers Latin, Greek and Cyrillic.
const commonRunes = 0x530

// faces parses the embedded fonts, once.
var faces = sync.OnceValue(func() [BoldItalic + 1]*face {
	var out [BoldItalic + 1]*face
	for style, data := range [][]byte{
		assets.NotoSansRegular(), assets.NotoSansBold(), assets.NotoSansItalic(), assets.NotoSansBoldItalic(),
	} {
		f, err := sfnt.Parse(data)
		if err != nil {
			panic("paper: an embedded font is broken: " + err.Error())
		}
		one := &face{font: f, unit: float64(f.UnitsPerEm())}
		var b sfnt.Buffer
		for r := range one.wide {
			one.wide[r] = one.measure(&b, rune(r))
		}
		out[style] = one
	}
	return out
})

// measure asks the font for an advance in units, -1 without a glyph.
func (f *face) measure(b *sfnt.Buffer, r rune) fixed.Int26_6 {
	g, err := f.font.GlyphIndex(b, r)
	if err != nil || g == 0 {
		return -1
	}
	a, err := f.font.GlyphAdvance(b, g, fixed.I(int(f.unit)), font.HintingNone)
	if err != nil {
		return -1
	}
	return a
}

// advance returns the width of a character in ems.
func (f *face) advance(r rune) (float64, bool) {
	var a fixed.Int26_6
	if r >= 0 && r < commonRunes {
		a = f.wide[r]
	} else {
		a = f.measure(nil, r)
	}
	if a < 0 {
		return 0, false
	}
	return float64(a) / 64 / f.unit, true
}

// Advance returns how far a character moves the pen, in ems. A character
// without a glyph does not move it.
func Advance(style FontStyle, r rune) float64 {
	a, _ := faces()[style].advance(r)
	return a
}

// Width returns the width of one line of text in millimetres; size is in
// points.
func Width(text string, size float64, style FontStyle) float64 {
	sum := 0.0
	for _, r := range text {
		sum += Advance(style, r)
	}
	return sum * size * PointMM
}

// Leading is the distance of the baselines of a text, in millimetres; size is
// in points.
func Leading(size float64) float64 { return size * PointMM * 1.36 }

// Wrap breaks a text into lines no wider than width millimetres: at line
// breaks, at spaces, after hyphens and slashes, and where a single word is too
// wide, inside it. The text is cleaned first. There is always at least one
// line.
func Wrap(text string, width, size float64, style FontStyle) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(Clean(text), "\n") {
		lines = append(lines, wrapLine(strings.TrimSpace(paragraph), width, size, style)...)
	}
	return lines
}

func wrapLine(text string, width, size float64, style FontStyle) []string {
	limit := width/(size*PointMM) + 1e-6 // in ems; a text fits its own width
	runes := []rune(text)
	var lines []string
	start, space, used := 0, -1, 0.0 // start of the line, where it may break, its width
	for i := 0; i < len(runes); i++ {
		used += Advance(style, runes[i])
		if runes[i] == ' ' {
			space = i + 1
		}
		if used > limit && i > start && runes[i] != ' ' {
			end := space
			if end <= start { // one word wider than the line
				end = i
				for end > start+1 && unicode.Is(unicode.M, runes[end]) {
					end--
				}
			}
			lines = append(lines, strings.TrimRight(string(runes[start:end]), " "))
			start, space, used = end, -1, 0
			i = end - 1
			continue
		}
		if (runes[i] == '-' || runes[i] == '/') && i > start {
			space = i + 1
		}
	}
	return append(lines, strings.TrimRight(string(runes[start:]), " "))
}
