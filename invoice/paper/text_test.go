package paper_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"counterbook/invoice/paper"
)

func TestTextsAreCleanedTheWayTheyAreDrawn(t *testing.T) {
	for in, want := range map[string]string{
		"Cafe\u0301":              "Café",               // combining marks are composed
		"a\tb":                    "a b",                // tabs
		"a\r\nb\rc\u2028d":        "a\nb\nc\nd",         // line breaks of every kind
		"x\u200b\u200d\ufeff\x00": "x",                  // invisible characters
		"pay\u202egpj.":           "paygpj.",            // direction overrides
		"\u22125 °C":              "-5 °C",              // the minus sign
		"\u2764\ufe0f":            "\u2764",             // variation selectors
		"broken \xff byte":        "broken \ufffd byte", // kept, to be refused
	} {
		require.Equal(t, want, paper.Clean(in))
	}
}

func TestCharactersWithoutAGlyphAreNamed(t *testing.T) {
	for text, want := range map[string]rune{
		"Rahmen 🖼": '🖼', "漢字": '漢', "שלום": 'ש', "\xff": unicode.ReplacementChar, "𝔘": '𝔘',
	} {
		err := paper.CheckText("Lines[0].Name", text)
		require.Equal(t, &paper.GlyphError{Rune: want, Field: "Lines[0].Name"}, err)
	}
	for _, text := range []string{
		"Zażółć gęślą jaźń", "Příliš žluťoučký kůň", "Țară și întâi", "Ξεσκεπάζω", "Съешь ещё ґанок", "İstanbul ağaç", "€ £ ½ m² „“ – …", "a\nb\tc",
	} {
		require.NoError(t, paper.CheckText("", text))
	}
}

func FuzzCleanTextCanBeDrawn(f *testing.F) {
	for _, s := range []string{"", "Rahmen 40×60", "Cafe\u0301\t\u200b", "\xff\xfe", "🖼\u202e", "a\r\n\u2028b", "\u0300\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean := paper.Clean(s)
		require.True(t, utf8.ValidString(clean))
		require.True(t, norm.NFC.IsNormalString(clean))
		require.Equal(t, clean, paper.Clean(clean), "cleaning twice changes nothing")
		for _, r := range clean {
			require.False(t, r != '\n' && unicode.IsControl(r))
		}
		paper.Wrap(s, 20, 9, paper.Regular)
		if paper.CheckText("", s) == nil {
			sheet := paper.NewSheet()
			sheet.Text(10, 10, 9, paper.Bold, paper.Right, s)
			_, err := sheet.Page()
			require.NoError(t, err)
		}
	})
}

func TestWrappedLinesFitAndLoseNothing(t *testing.T) {
	letters := rapid.SampledFrom([]rune("aeiou nstr MW-/,.äß€Жλ \n"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(letters, 0, 120, -1).Draw(t, "text")
		width := rapid.Float64Range(6, 120).Draw(t, "width")
		lines := paper.Wrap(text, width, 9, paper.Regular)
		require.NotEmpty(t, lines)
		for _, line := range lines {
			require.LessOrEqual(t, paper.Width(line, 9, paper.Regular), width+0.001, "%q", line)
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		require.Equal(t, bare(text), bare(strings.Join(lines, "")))
	})
}

func TestAnAccentIsNotParted(t *testing.T) {
	// x has no composed form with this mark, so the two stay two runes.
	for _, line := range paper.Wrap(strings.Repeat("x\u0302", 40), 10, 9, paper.Regular) {
		require.True(t, strings.HasPrefix(line, "x"), "%q", line)
	}
}

func TestATextFitsItsOwnWidth(t *testing.T) {
	for _, text := range []string{"Rechnungsnummer", "Verwendungszweck", "a b c"} {
		require.Len(t, paper.Wrap(text, paper.Width(text, 9, paper.Bold), 9, paper.Bold), 1)
	}
}
