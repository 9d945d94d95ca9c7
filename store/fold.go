package store

// Folding: text as search sees it.

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// folds are letters that decomposition leaves alone.
var folds = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ħ': "h", 'ς': "σ",
}

// fold makes text comparable: lower case, no marks, one space between words.
func fold(s string) string {
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
}

func newMatcher(query string) matcher {
	m := matcher{query: fold(query)}
	m.words = bytes.Fields([]byte(m.query))
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
	if len(m.number) > 0 && bytes.Contains(text, m.number) {
		return true
	}
	for _, w := range m.words {
		if !bytes.Contains(text, w) {
			return false
		}
	}
	return true
}

// scan calls hit with places in a text at which a row may fit: where its
// longest word stands, or its number. hit returns from where to go on.
func (m matcher) scan(text []byte, hit func(at int) int) {
	var longest []byte
	for _, w := range m.words {
		if len(w) > len(longest) {
			longest = w
		}
	}
	for _, needle := range [][]byte{longest, m.number} {
		for from := 0; len(needle) > 0 && from < len(text); {
			i := bytes.Index(text[from:], needle)
			if i < 0 {
				break
			}
			from = hit(from + i)
		}
	}
}
