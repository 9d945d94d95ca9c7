package sensitive

// Phone numbers: with a plus, as the countries of the shop write them, or beside
// a word that says so.

import (
	"bytes"
	"strings"
)

// plan is how numbers of a country begin and how many digits they have.
type plan struct {
	prefix   string
	min, max int
	grouped  bool // only in at least three groups: digits alone could be anything
}

var plans = map[string][]plan{
	"AT": {{"0", 8, 13, false}}, "BE": {{"0", 9, 10, false}}, "BG": {{"0", 8, 10, false}}, "CH": {{"0", 10, 10, false}},
	"CY": {{"2", 8, 8, true}, {"9", 8, 8, true}}, "CZ": {{"6", 9, 9, true}, {"7", 9, 9, true}, {"2", 9, 9, true}},
	"DE": {{"0", 8, 12, false}}, "DK": {{"", 8, 8, true}}, "EE": {{"5", 7, 8, true}}, "ES": {{"6", 9, 9, false}, {"7", 9, 9, false}, {"9", 9, 9, false}, {"8", 9, 9, true}},
	"FI": {{"0", 8, 11, false}}, "FR": {{"0", 10, 10, false}}, "GB": {{"0", 10, 11, false}}, "GR": {{"69", 10, 10, false}, {"2", 10, 10, false}},
	"HR": {{"0", 8, 10, false}}, "HU": {{"06", 10, 11, false}}, "IE": {{"0", 9, 10, false}}, "IT": {{"3", 10, 10, false}, {"0", 8, 11, false}},
	"LT": {{"86", 9, 9, false}, {"0", 9, 9, false}}, "LU": {{"6", 9, 9, true}, {"2", 6, 8, true}}, "LV": {{"2", 8, 8, true}, {"6", 8, 8, true}}, "MT": {{"2", 8, 8, true}, {"7", 8, 8, true}, {"9", 8, 8, true}},
	"NL": {{"0", 10, 10, false}}, "NO": {{"", 8, 8, true}}, "PL": {{"45", 9, 9, false}, {"5", 9, 9, false}, {"6", 9, 9, false}, {"7", 9, 9, false}, {"88", 9, 9, false}, {"", 9, 9, true}},
	"PT": {{"91", 9, 9, false}, {"92", 9, 9, false}, {"93", 9, 9, false}, {"96", 9, 9, false}, {"2", 9, 9, true}}, "RO": {{"02", 10, 10, false}, {"03", 10, 10, false}, {"07", 10, 10, false}},
	"SE": {{"0", 8, 10, false}}, "SI": {{"0", 9, 9, false}}, "SK": {{"0", 10, 10, false}}, "US": {{"", 10, 10, true}},
}

// plausible reports whether digits in so many groups are a number of a country.
func plausible(country, digits string, groups int) bool {
	for _, p := range plans[country] {
		if strings.HasPrefix(digits, p.prefix) && len(digits) >= p.min && len(digits) <= p.max && (!p.grouped || groups >= 3) {
			return true
		}
	}
	return false
}

// phones goes through the rows of digits.
func (s *scanner) phones() {
	for i := 0; i < len(s.tokens); i++ {
		if s.tokens[i].digits {
			i = s.phone(i)
		}
	}
}

// phone looks at the row that begins at a token and returns its last token.
func (s *scanner) phone(i int) int {
	if s.tokens[i].glued && s.marks[i-1]&phoneWord == 0 {
		return i
	}
	if n := s.date(i); n > 0 && (i+n == len(s.tokens) || !s.tokens[i+n].digits || !bytes.Equal(s.gap(i+n), s.gap(i+1))) {
		return i + n - 1 // with more digits behind it, it is a number in twos
	}
	plus := strings.HasSuffix(strings.TrimRight(string(s.gap(i)), " ("), "+")
	var b [16]byte
	n, best, kind := 0, -1, ""
	end := i
	for j := i; j < len(s.tokens) && j < i+10 && s.tokens[j].digits; j++ {
		if j > i && (!joinsPhone(s.gap(j), plus, n) || n >= 6 && s.date(j) > 0) || n+s.tokens[j].end-s.tokens[j].start > 15 {
			break
		}
		n += copy(b[n:], s.word(j))
		end = j
		if j+1 < len(s.tokens) && s.tokens[j+1].glued {
			continue
		}
		if k := s.phoneKind(string(b[:n]), i, j, plus); k != "" {
			best, kind = j, k
		}
	}
	if best < 0 {
		return end
	}
	if best < end && kind != "international" && kind != "word" {
		return best
	}
	from := s.tokens[i].start
	if from > 0 && s.text[from-1] == '(' {
		from--
	}
	if plus {
		from = bytes.LastIndexByte(s.text[:from], '+')
	}
	c := Likely
	if kind == "international" {
		c = Sure
	}
	s.addBytes(Phone, c, "phone."+kind, from, s.tokens[best].end)
	return best
}

// phoneKind says why digits are a phone number, "" where they are none.
func (s *scanner) phoneKind(d string, i, j int, plus bool) string {
	c := candidate{from: i, to: j}
	switch {
	case len(d) < 6:
		return ""
	case plus:
		if len(d) >= 8 && d[0] != '0' {
			return "international"
		}
		return ""
	case s.sameLine(product, i, 4) || s.price(c) || j+1 < len(s.tokens) && measures[string(s.word(j+1))] && s.lines(j+1) == 0:
		return ""
	case strings.HasPrefix(d, "00") && len(d) >= 11 && d[2] != '0':
		return "international"
	}
	said := s.says(phoneWord, i, j, 3, 2)
	if !said && !s.bracketed(i) && s.sameLine(order|ibanWord|taxWord|passportWord|idCardWord, i, 3) {
		return ""
	}
	if (said || i != j || len(d) > 8) && s.ofShop(d, j-i+1) {
		return "national"
	}
	if said && !s.sameLine(order, i, 1) {
		return "word"
	}
	return ""
}

// bracketed reports whether a row begins with digits in brackets, as an area code
// stands: "(614) 555-0148".
func (s *scanner) bracketed(i int) bool {
	return bytes.HasSuffix(s.gap(i), []byte("(")) && i+1 < len(s.tokens) && s.tokens[i+1].digits && bytes.HasPrefix(s.gap(i+1), []byte(")"))
}

// measures are units: what stands before them is no phone.
var measures = set("mah wh ah kwh mm cm ml kg lm kelvin rpm hz mhz ghz gb mb tb")

// ofShop reports whether digits in so many groups are a number of a country of
// the shop.
func (s *scanner) ofShop(d string, groups int) bool {
	if plausible(s.o.Country, d, groups) {
		return true
	}
	for _, country := range s.o.Others {
		if plausible(country, d, groups) {
			return true
		}
	}
	return false
}

// joinsPhone is joins for the groups of one phone number, of which n digits stand
// before the gap: only behind an area code may it be as wide as " / ".
func joinsPhone(gap []byte, plus bool, n int) bool {
	switch g := string(gap); {
	case g == " / " || g == " - ":
		return n <= 5 && !plus
	case len(gap) > 3 || len(gap) > 1 && !strings.ContainsAny(g, "()\n"):
		return false
	}
	for _, c := range gap {
		if !strings.ContainsRune(" .-/()\t", rune(c)) && (c != '\n' || !plus) {
			return false
		}
	}
	return true
}
