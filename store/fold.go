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
