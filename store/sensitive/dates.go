package sensitive

// Dates, and those of birth among them.

import (
	"strings"
	"time"
)

// months are the first letters of their names in the nine languages, folded.
var months = func() map[string]int {
	m := map[string]int{}
	for i, names := range []string{
		"jan gen ene ian sty", "feb fev lut", "mar mrt maa", "apr avr abr kwi", "mai may mei mag maj", "jun jui giu cze iun",
		"jul lug lip iul", "aug aou ago sie", "sep set wrz", "okt oct ott out paz", "nov lis noi", "dec dez dic gru",
	} {
		for n := range strings.FieldsSeq(names) {
			m[n] = i + 1
		}
	}
	return m
}()

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
	if m := months[string(word[:3])]; m != 6 || string(word[:3]) != "jui" || len(word) < 4 || word[3] != 'l' {
		return m
	}
	return 7 // juillet
}

// date returns how many tokens a full date has that begins at one, 0 for none.
func (s *scanner) date(i int) int {
	_, n := s.readDate(i)
	return n
}

// spelledDate reads dates with the name of a month and small words between:
// "2nd of November 1989", "11 de enero de 1973", "August 12, 1979".
func (s *scanner) spelledDate(i int) (time.Time, int) {
	j := i
	next := func() []byte {
		if j++; j < len(s.tokens) && s.lines(j) == 0 && len(s.gap(j)) <= 2 {
			return s.word(j)
		}
		return nil
	}
	var d, m int
	switch first := s.word(i); {
	case s.tokens[i].digits && len(first) <= 2:
		d = value(string(first))
		w := next()
		if ordinal[string(w)] && j < len(s.tokens) && s.tokens[j].glued {
			w = next()
		}
		if between[string(w)] {
			w = next()
		}
		m = monthOf(w)
	case monthOf(first) > 0 && i+1 < len(s.tokens) && s.tokens[i+1].digits:
		m, d = monthOf(first), value(string(next()))
		if j+1 < len(s.tokens) && s.tokens[j+1].glued && ordinal[string(s.word(j+1))] {
			j++
		}
	}
	if m == 0 || d < 1 || d > 31 {
		return time.Time{}, 0
	}
	y := next()
	if between[string(y)] {
		y = next()
	}
	if len(digitsOf(y)) != 4 {
		return time.Time{}, 0
	}
	t := time.Date(value(string(y)), time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || t.Year() < 1850 || t.Year() > 2100 {
		return time.Time{}, 0
	}
	return t, j - i + 1
}

// between are small words between the parts of a date.
var between = set("of de del di do den")

func (s *scanner) readDate(i int) (time.Time, int) {
	if t, n := s.spelledDate(i); n > 0 {
		return t, n
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

// Date reads the first full date in a text. ok is false where there is none, and
// where nobody can tell the day from the month: in figures without points, in a
// country where both come first, or none is known.
func Date(text string, o Options) (day time.Time, ok bool) {
	s := scanner{view: newView(text), o: &o}
	for i := range s.tokens {
		t, n := s.readDate(i)
		if n == 0 {
			continue
		}
		d, m := t.Day(), int(t.Month())
		if n != 3 || !s.tokens[i].digits || !s.tokens[i+1].digits || len(s.word(i)) == 4 || s.gap(i + 1)[0] == '.' || d > 12 || d == m {
			return t, true
		}
		switch o.Country {
		case "US": // the month comes first
			return time.Date(t.Year(), time.Month(d), m, 0, 0, 0, 0, time.UTC), true
		case "", "CA", "PH":
			return time.Time{}, false
		}
		return t, true
	}
	return time.Time{}, false
}

// births finds dates beside a word for birth, or behind a star, and years of birth.
func (s *scanner) births() {
	for i := 0; i < len(s.tokens); i++ {
		t, n := s.readDate(i)
		if n == 0 {
			t, n = s.shortYear(i)
		}
		if n == 0 {
			if s.tokens[i].digits && s.birthYear(i) {
				s.add(BirthDate, Likely, "birth-date.year", i, i)
			}
			continue
		}
		if i > 0 && s.tokens[i-1].digits && joins(s.gap(i)) && s.lines(i) == 0 || !s.o.alive(t) {
			continue
		}
		star := strings.HasSuffix(strings.TrimRight(string(s.gap(i)), " "), "*")
		if star || s.near(i, i+n-1, 4, 2, s.isBirth) || s.past(t) && (s.near(i, i+n-1, 4, 5, s.isBirthday) || s.near(i, i+n-1, 2, 6, s.isBirth)) {
			s.add(BirthDate, Likely, "birth-date", i, i+n-1)
			i += n - 1
		}
	}
}

// shortYear reads a date with a month's name and two digits for the year, which
// is one only beside a word for birth: "12 Aug 79".
func (s *scanner) shortYear(i int) (time.Time, int) {
	if i+2 >= len(s.tokens) || !s.tokens[i].digits || s.tokens[i+1].digits || !s.tokens[i+2].digits || len(s.gap(i+1)) > 2 || len(s.gap(i+2)) > 2 {
		return time.Time{}, 0
	}
	d, m, y := string(s.word(i)), monthOf(s.word(i+1)), string(s.word(i+2))
	if m == 0 || len(d) > 2 || len(y) != 2 {
		return time.Time{}, 0
	}
	t := time.Date(1900+value(y), time.Month(m), value(d), 0, 0, 0, 0, time.UTC)
	if t.Day() != value(d) {
		return time.Time{}, 0
	}
	return t, 3
}

// past reports whether a date is long enough ago to be that of a birth rather than
// of a party.
func (s *scanner) past(t time.Time) bool {
	if s.o.Now.IsZero() {
		return t.Year() < 2015
	}
	return t.Year() < s.o.Now.Year()-1
}

// Words for the day somebody was born on, which is a party's day too; and those
// for the year.
var (
	birthdays = set("birthday birthdate bday geburtstag geburtstage geburtstags gebtag gebtg verjaardag jarig verjaart verj anniversaire anniv cumple cumpleanos cumpleanera compleanno compie aniversario aniversariante anos urodziny urodzin urodzinowy nascere aniversare aniversarea")
	vintage   = set("jahrgang rocznik classe") // of wine too
	bornIn    = set("born geboren gebore geburtsjahr gebjahr jahrgang nee naissance nacido nacida nacimiento nacio nato nata nascita nacque nascido nascida nasceu nascimento geboortejaar geboorte classe urodzony urodzona urodzenia urodzil urodzila rocznik nascut nascuta nasterii nastere")
)

func (s *scanner) isBirthday(i int) bool { return birthdays[string(s.word(i))] }

// birthYear reports whether four digits are a year behind a word that tells one of
// birth. Wine has a year too, but not one so long ago behind "born".
func (s *scanner) birthYear(i int) bool {
	if t := s.tokens[i]; t.end-t.start != 4 || t.glued || i == 0 || s.lines(i) > 0 || s.measured(i) {
		return false
	}
	year := value(string(s.word(i)))
	if year < 1915 || year > 2025 || !s.o.Now.IsZero() && year >= s.o.Now.Year() {
		return false
	}
	if i+1 < len(s.tokens) && s.tokens[i+1].digits && joins(s.gap(i+1)) {
		return false
	}
	before := string(s.word(i - 1))
	if i > 1 && len(before) <= 3 && !s.tokens[i-1].digits && s.lines(i-1) == 0 {
		if w := string(s.word(i - 2)); bornIn[w] && !vintage[w] {
			return true
		}
	}
	if vintage[before] || before == "jg" {
		return i+1 == len(s.tokens) && year < 2010 || strings.ContainsAny(string(s.tail(i)), ",;.)") && year < 2010
	}
	return bornIn[before] || before == "geb" || before == "ne"
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
	switch w := string(s.word(i)); w {
	case "b", "n": // b. 14 March 1978
		return strings.HasPrefix(string(s.tail(i)), ". ") && i+1 < len(s.tokens) && s.tokens[i+1].digits
	case "ne":
		return next == "le" || next == "e" && i+2 < len(s.tokens) && string(s.word(i+2)) == "le"
	case "ur":
		return strings.HasPrefix(string(s.tail(i)), ".") || i+1 < len(s.tokens) && s.tokens[i+1].digits || i > 0 && string(s.word(i-1)) == "data"
	case "birthday", "geburtstag", "urodzin":
		return i+1 < len(s.tokens) && (s.tokens[i+1].digits || next == "is" || next == "am" || next == "on" || next == "ist")
	default:
		return !birthdays[w]
	}
}
