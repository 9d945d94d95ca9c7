package sensitive

// Contacts: mail addresses, phone numbers, dates of birth and streets.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func (s *scanner) contacts() {
	s.mails()
	s.births()
	s.phones()
	s.streets()
	s.ages()
}

// mails finds what stands around an @.
func (s *scanner) mails() {
	for at, c := range s.text {
		if c != '@' {
			continue
		}
		from, to := at, at+1
		for from > 0 && at-from < 64 && mailLetter(s.text[from-1]) {
			from--
		}
		for to < len(s.text) && to-at < 200 && mailLetter(s.text[to]) {
			to++
		}
		domain := strings.TrimRight(string(s.text[at+1:to]), ".-_+")
		dot := strings.LastIndexByte(domain, '.')
		if from == at || dot < 1 || len(domain)-dot < 3 || domain[dot+1] < 'a' {
			continue
		}
		s.addBytes(Email, Sure, "email", from, at+1+len(domain))
	}
}

func mailLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 || c == '.' || c == '-' || c == '_' || c == '+'
}

// Words of streets: those that stand before the name, those behind it (English),
// and the ends of German and Dutch names.
var (
	streetsBefore = set("rue avenue boulevard bd impasse chemin allee chaussee quai sentier cours calle avda avenida plaza paseo via viale vicolo piazza corso ul ulica aleja aleje osiedle rua travessa largo praca strada str bulevardul bd b-dul calea soseaua sos aleea splaiul intrarea piata")
	streetsBehind = set("street road avenue lane drive close crescent terrace st rd ave ln blvd boulevard")
	streetsEnd    = []string{"strasse", "str", "gasse", "allee", "platz", "weg", "ufer", "damm", "straat", "laan", "plein", "gracht", "kade", "singel"}
	noStreet      = set("parkplatz sitzplatz stellplatz arbeitsplatz marktplatz tischplatz umweg heimweg stehplatz unterweg halbweg platz weg lagerplatz liegeplatz liegeplaetze onderweg keinesweg fensterplatz")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// streets finds a street with the number of a house.
func (s *scanner) streets() {
	for i := range s.tokens {
		if s.tokens[i].digits {
			s.town(i)
			continue
		}
		w := string(s.word(i))
		switch {
		case (streetsBefore[w] || (w == "os" || w == "al") && strings.HasPrefix(string(s.tail(i)), ".") || w == "c" && strings.HasPrefix(string(s.tail(i)), "/")) && s.streetBefore(i):
		case streetsBehind[w] && s.streetBehind(i):
		default:
			s.streetEnd(i, w)
		}
	}
}

// town knows "Am Markt 5, 10115 Berlin": a name with a number, and then a postcode
// and a place behind a comma or on the next line.
func (s *scanner) town(i int) {
	if i == 0 || i+2 >= len(s.tokens) || !s.house(i) || s.tokens[i-1].digits || !s.capital(i-1) {
		return
	}
	code, place := s.tokens[i+1], s.tokens[i+2]
	if n := code.end - code.start; code.digits && (n == 4 || n == 5) && len(s.gap(i+1)) <= 3 && strings.ContainsAny(string(s.gap(i+1)), ",\n") &&
		!place.digits && place.end-place.start > 2 && string(s.gap(i+2)) == " " && s.capital(i+2) {
		s.add(Address, Likely, "address.town", i-1, i+2)
	}
}

// house reports whether a token is the number of a house.
func (s *scanner) house(i int) bool {
	return i < len(s.tokens) && s.tokens[i].digits && s.tokens[i].end-s.tokens[i].start <= 4 && s.lines(i) == 0 && s.date(i) == 0
}

// capital reports whether a word begins with a capital letter.
func (s *scanner) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(s.source[s.original(s.tokens[i].start):])
	return unicode.IsUpper(r)
}

// streetBefore knows "rue de la Paix 12", "12 rue de la Paix", "str. Unirii nr. 5".
func (s *scanner) streetBefore(i int) bool {
	names := 0
	for j := i + 1; j < len(s.tokens) && j <= i+6 && s.lines(j) == 0 && len(s.gap(j)) <= 3; j++ {
		if s.house(j) && names > 0 {
			if names > 0 && s.anyCapital(i, j) || string(s.word(j-1)) == "nr" || strings.HasPrefix(string(s.tail(i)), ".") {
				s.add(Address, Likely, "address.street", i, j)
				return true
			}
			return false
		}
		names++
	}
	if i > 0 && s.house(i-1) && names > 0 && i+1 < len(s.tokens) && s.lines(i) == 0 {
		last := min(i+3, len(s.tokens)-1)
		if s.anyCapital(i+1, last+1) || string(s.word(i)) == "rue" {
			s.add(Address, Likely, "address.street", i-1, i+1)
			return true
		}
	}
	return false
}

func (s *scanner) anyCapital(from, to int) bool {
	for i := from; i < to; i++ {
		if !s.tokens[i].digits && s.capital(i) {
			return true
		}
	}
	return false
}

// streetBehind knows "14 Station Road", and "14 station road" at the end of a
// line or before a comma.
func (s *scanner) streetBehind(i int) bool {
	for j := i - 2; j >= 0 && j >= i-4; j-- {
		if strings.Contains(string(s.gap(j+1)), ",") {
			return false
		}
		if !s.house(j) || s.lines(j+1) > 0 {
			continue
		}
		ends := i+1 == len(s.tokens) || strings.ContainsAny(string(s.tail(i)), ",.\n;")
		if s.capital(j+1) && s.capital(i) || ends {
			s.add(Address, Likely, "address.street", j, i)
			return true
		}
		return false
	}
	return false
}

// streetEnd knows "Hauptstr. 5" and "Berliner Straße 12".
func (s *scanner) streetEnd(i int, w string) bool {
	if noStreet[w] || !s.house(i+1) || len(s.gap(i+1)) > 2 || strings.ContainsAny(string(s.gap(i+1)), ",:;") {
		return false
	}
	for _, e := range streetsEnd {
		if strings.HasSuffix(w, e) && (len(w) >= len(e)+3 || (e == "strasse" || e == "str") && i > 0) {
			from := i
			if len(w) == len(e) && s.lines(i) == 0 {
				from = i - 1
			}
			s.add(Address, Likely, "address.street", from, i+1)
			return true
		}
	}
	return false
}
