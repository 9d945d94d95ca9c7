package store

// Folding: text as search sees it.

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folds are letters that decomposition leaves alone.
var folds = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ħ': "h", 'ς': "σ",
}

// ascii reports whether all letters take one byte.
func ascii[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// fold makes text comparable: lower case, no marks, one space between words.
func fold(s string) string {
	if ascii(s) { // most texts; what follows does the same to them, and takes far longer
		return foldASCII(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := true
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsSpace(r) || unicode.IsControl(r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		case folds[r] != "":
			b.WriteString(folds[r])
		default:
			b.WriteRune(r)
		}
		space = false
	}
	return strings.TrimSuffix(b.String(), " ")
}

func foldASCII(s string) string {
	b := make([]byte, 0, len(s))
	space := true
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ' || c == 0x7f:
			if !space {
				b = append(b, ' ')
			}
			space = true
			continue
		case 'A' <= c && c <= 'Z':
			b = append(b, c+'a'-'A')
		default:
			b = append(b, c)
		}
		space = false
	}
	return string(bytes.TrimSuffix(b, []byte(" ")))
}

// digits keeps the digits of a phone number. A leading 00 is how some write +.
func digits(s string) string {
	d := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	return strings.TrimPrefix(d, "00")
}

// matcher finds texts that contain every word of a query.
type matcher struct {
	query  string // folded
	words  [][]byte
	number []byte // the query's digits, if it has no letters

	longest int // which of the words
}

func newMatcher(query string) matcher {
	m := matcher{query: fold(query)}
	m.words = bytes.Fields([]byte(m.query))
	for i, w := range m.words {
		if len(w) > len(m.words[m.longest]) {
			m.longest = i
		}
	}
	if !strings.ContainsFunc(query, unicode.IsLetter) {
		m.number = []byte(strings.TrimPrefix(digits(query), "0"))
	}
	return m
}

func (m matcher) empty() bool { return len(m.words) == 0 }

// covers reports whether all that another matcher matches is matched by this
// one as well, as its query only goes on.
func (m matcher) covers(o matcher) bool {
	return !m.empty() && strings.HasPrefix(o.query, m.query) && (len(o.number) == 0 || len(m.number) > 0 && bytes.HasPrefix(o.number, m.number))
}

// match reports whether a row with this folded text fits.
func (m matcher) match(text []byte) bool {
	return len(m.number) > 0 && bytes.Contains(text, m.number) || m.holds(text, -1)
}

// holds reports whether all words, but for one that was found already, are in a
// text.
func (m matcher) holds(text []byte, but int) bool {
	for i, w := range m.words {
		if i != but && !bytes.Contains(text, w) {
			return false
		}
	}
	return true
}

// scan calls hit with places in a text where the query's longest word stands,
// or its number; sure says that the row there fits by that alone. hit returns
// from where to go on.
func (m matcher) scan(text []byte, hit func(at int, sure bool) int) {
	for from := 0; len(m.words) > 0 && from < len(text); {
		i := bytes.Index(text[from:], m.words[m.longest])
		if i < 0 {
			break
		}
		from = hit(from+i, len(m.words) == 1)
	}
	for from := 0; len(m.number) > 0 && from < len(text); {
		i := bytes.Index(text[from:], m.number)
		if i < 0 {
			break
		}
		from = hit(from+i, true)
	}
}
