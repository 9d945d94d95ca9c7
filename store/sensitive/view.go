package sensitive

// The view: a text as the detectors read it.

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// view is a folded text with the places of its bytes in the original.
type view struct {
	source string
	text   []byte  // folded
	at     []int32 // where the rune begins that each byte is of
	tokens []token
}

// token is a row of letters or a row of digits.
type token struct {
	start, end int // in the folded text
	digits     bool
	glued      bool // nothing stands between it and the token before
}

// apart are letters that decomposition leaves alone.
var apart = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ħ': "h", 'ς': "σ",
}

// folded holds how the letters of the Latin alphabets fold, made once; "" means
// the rune as it is.
var folded = func() [0x250]string {
	var t [0x250]string
	for r := rune(0x80); int(r) < len(t); r++ {
		t[r] = foldSlowly(r)
	}
	return t
}()

// foldRune returns what stands for a rune in the folded text, "" for nothing.
func foldRune(r rune) string {
	if int(r) < len(folded) {
		return folded[r]
	}
	return foldSlowly(r)
}

func foldSlowly(r rune) string {
	switch {
	case r == '\u200b' || r == '\u00ad' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r):
		return ""
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		return "\n"
	case unicode.IsSpace(r):
		return " "
	case unicode.Is(unicode.Pd, r) || r == '\u2212':
		return "-"
	case r == '\u2018' || r == '\u2019' || r == '\u02bc' || r == '\u00b4':
		return "'"
	case r == '\u00b7' || r == '\u0387' || r == '\u2219' || r == '\u22c5':
		return "." // dots in the middle of the line
	case unicode.Is(unicode.Nd, r):
		return string(rune('0' + digitOf(r)))
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(unicode.ToLower(r))) {
		switch {
		case unicode.Is(unicode.Mn, d):
		case apart[d] != "":
			b.WriteString(apart[d])
		case unicode.Is(unicode.Nd, d):
			b.WriteByte(byte('0' + digitOf(d)))
		default:
			b.WriteRune(unicode.ToLower(d))
		}
	}
	return b.String()
}

// digitOf returns the value of a decimal digit of any script. They stand in rows
// from 0 to 9, some rows directly behind another.
func digitOf(r rune) rune {
	for _, x := range unicode.Nd.R16 {
		if r <= rune(x.Hi) {
			return (r - rune(x.Lo)) % 10
		}
	}
	for _, x := range unicode.Nd.R32 {
		if r <= rune(x.Hi) {
			return (r - rune(x.Lo)) % 10
		}
	}
	return 0
}

// newView folds a text and cuts it into tokens.
func newView(text string) *view {
	v := &view{source: text, text: make([]byte, 0, len(text)+16), at: make([]int32, 0, len(text)+16)}
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			v.text = append(v.text, c)
			v.at = append(v.at, int32(i))
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		for _, c := range []byte(foldRune(r)) {
			v.text = append(v.text, c)
			v.at = append(v.at, int32(i))
		}
		i += n
	}
	v.cut()
	return v
}

func (v *view) cut() {
	v.tokens = make([]token, 0, len(v.text)/4+4)
	last := -1
	for i := 0; i < len(v.text); {
		n, digit, ok := v.letter(i)
		if !ok {
			i += n
			continue
		}
		start := i
		for i += n; i < len(v.text); i += n {
			var d bool
			if n, d, ok = v.letter(i); !ok || d != digit {
				break
			}
		}
		v.tokens = append(v.tokens, token{start, i, digit, start == last})
		last = i
	}
}

// letter returns the length of the rune at a place, and whether it is a digit,
// and whether it is a letter or digit at all.
func (v *view) letter(i int) (n int, digit, ok bool) {
	c := v.text[i]
	switch {
	case c >= 'a' && c <= 'z':
		return 1, false, true
	case c >= '0' && c <= '9':
		return 1, true, true
	case c < utf8.RuneSelf:
		return 1, false, false
	}
	r, n := utf8.DecodeRune(v.text[i:])
	return n, false, unicode.IsLetter(r)
}

// word returns the folded text of a token.
func (v *view) word(i int) []byte { return v.text[v.tokens[i].start:v.tokens[i].end] }

// gap returns what stands between a token and the one before it.
func (v *view) gap(i int) []byte {
	if i == 0 {
		return v.text[:v.tokens[0].start]
	}
	return v.text[v.tokens[i-1].end:v.tokens[i].start]
}

// tail returns what stands behind a token, up to the next.
func (v *view) tail(i int) []byte {
	if i+1 < len(v.tokens) {
		return v.gap(i + 1)
	}
	return v.text[v.tokens[i].end:]
}

// tokenAt returns the first token that ends behind a place of the folded text.
func (v *view) tokenAt(place int) int {
	return sort.Search(len(v.tokens), func(i int) bool { return v.tokens[i].end > place })
}

// original is where the rune begins that a folded byte is of.
func (v *view) original(place int) int {
	if place < len(v.at) {
		return int(v.at[place])
	}
	return len(v.source)
}

// originalEnd is where the rune ends that the folded byte before a place is of,
// with the marks on it.
func (v *view) originalEnd(place int) int {
	end := int(v.at[place-1])
	_, n := utf8.DecodeRuneInString(v.source[end:])
	for end += n; end < len(v.source); end += n {
		r, size := utf8.DecodeRuneInString(v.source[end:])
		if n = size; !unicode.Is(unicode.Mn, r) {
			break
		}
	}
	return end
}
