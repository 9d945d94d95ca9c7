package sensitive

// Dates, and those of birth among them.

import (
	"strings"
	"time"
)

// months are the beginnings of their names in the nine languages, folded.
var months = [12]string{
	"jan gen ene ian sty", "feb fev lut fevr", "mar mrt maa", "apr avr abr kwi", "mai may mei mag maj maio", "jun juin giu cze iun",
	"jul juil lug lip iul", "aug aou ago sie", "sep set wrz", "okt oct ott out paz", "nov lis noi", "dec dez dic gru",
}

// ordinal are the ends of "4th" and the like.
var ordinal = set("st nd rd th er e")

// digitsOf returns a word of digits, "" for any other.
func digitsOf(word []byte) string {
	if len(word) == 0 || word[0] > '9' {
		return ""
	}
	return string(word)
}

func monthOf(word []byte) int {
	if len(word) < 3 || len(word) > 12 {
		return 0
	}
	for m, names := range months {
		for n := range strings.FieldsSeq(names) {
			if strings.HasPrefix(string(word), n) {
				return m + 1
			}
		}
	}
	return 0
}

// date returns how many tokens a full date has that begins at one, 0 for none.
func (s *scanner) date(i int) int {
	_, n := s.readDate(i)
	return n
}

func (s *scanner) readDate(i int) (time.Time, int) {
	if i+3 < len(s.tokens) && s.tokens[i].digits && s.tokens[i+1].glued && ordinal[string(s.word(i+1))] {
		d, m, y := value(string(s.text[max(s.tokens[i].start, s.tokens[i].end-2):s.tokens[i].end])), monthOf(s.word(i+2)), s.word(i+3)
		t := time.Date(value(digitsOf(y)), time.Month(m), d, 0, 0, 0, 0, time.UTC)
		if m == 0 || len(y) != 4 || t.Day() != d || t.Year() < 1850 || t.Year() > 2100 {
			return time.Time{}, 0
		}
		return t, 4
	}
	if i+4 < len(s.tokens) && s.tokens[i].digits && string(s.word(i+1)) == "de" && (string(s.word(i+3)) == "de" || string(s.word(i+3)) == "del") {
		d, m, y := value(string(s.word(i))), monthOf(s.word(i+2)), digitsOf(s.word(i+4)) // 11 de enero de 1973
		t := time.Date(value(y), time.Month(m), d, 0, 0, 0, 0, time.UTC)
		if m == 0 || len(y) != 4 || t.Day() != d || t.Year() < 1850 || t.Year() > 2100 {
			return time.Time{}, 0
		}
		return t, 5
	}
	if i+2 >= len(s.tokens) || !s.tokens[i].digits || !s.tokens[i+2].digits || len(s.gap(i+1)) > 2 || len(s.gap(i+2)) > 2 {
		return time.Time{}, 0
	}
	a, b, c := string(s.word(i)), s.word(i+1), string(s.word(i+2))
	if len(a) > 4 || len(c) > 4 || len(b) == 0 {
		return time.Time{}, 0
	}
	var d, m, y int
	switch {
	case !s.tokens[i+1].digits:
		d, m, y = value(a), monthOf(b), value(c)
		if len(c) != 4 {
			return time.Time{}, 0
		}
	case s.gap(i + 1)[0] != s.gap(i + 2)[0] || !strings.ContainsRune("./- ", rune(s.gap(i + 1)[0])) || len(b) > 2:
		return time.Time{}, 0
	case len(a) == 4:
		y, m, d = value(a), value(string(b)), value(c)
	default:
		d, m, y = value(a), value(string(b)), value(c)
		if s.gap(i + 1)[0] == ' ' && len(c) != 4 || len(c) != 2 && len(c) != 4 {
			return time.Time{}, 0
		}
		if len(c) == 2 {
			if y += 2000; !s.o.Now.IsZero() && y > s.o.Now.Year() || s.o.Now.IsZero() && y > 2030 {
				y -= 100
			}
		}
	}
	if m > 12 && d <= 12 {
		d, m = m, d
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if m < 1 || m > 12 || d < 1 || t.Day() != d || y < 1850 || y > 2100 {
		return time.Time{}, 0
	}
	return t, 3
}

// births finds dates beside a word for birth, or behind a star.
func (s *scanner) births() {
	for i := range s.tokens {
		t, n := s.readDate(i)
		if n == 0 || i > 0 && s.tokens[i-1].digits && joins(s.gap(i)) && s.lines(i) == 0 || !s.o.alive(t) {
			continue
		}
		star := strings.HasSuffix(strings.TrimRight(string(s.gap(i)), " "), "*")
		if star || s.near(i, i+n-1, 4, 2, s.isBirth) {
			s.add(BirthDate, Likely, "birth-date", i, i+n-1)
		}
	}
}

// isBirth reports whether a word speaks of birth: not a cake for a birthday, and
// not the short words that mean something else in another language.
func (s *scanner) isBirth(i int) bool {
	if s.marks[i]&birthWord == 0 {
		return i > 1 && string(s.text[s.tokens[i-2].start:s.tokens[i].end]) == "d.o.b"
	}
	next := ""
	if i+1 < len(s.tokens) {
		next = string(s.word(i + 1))
	}
	switch string(s.word(i)) {
	case "b", "n": // b. 14 March 1978
		return strings.HasPrefix(string(s.tail(i)), ". ") && i+1 < len(s.tokens) && s.tokens[i+1].digits
	case "ne":
		return next == "le" || next == "e" && i+2 < len(s.tokens) && string(s.word(i+2)) == "le"
	case "ur":
		return strings.HasPrefix(string(s.tail(i)), ".") || i+1 < len(s.tokens) && s.tokens[i+1].digits
	case "birthday", "geburtstag", "urodzin":
		return i+1 < len(s.tokens) && (s.tokens[i+1].digits || next == "is" || next == "am" || next == "on" || next == "ist")
	}
	return true
}
