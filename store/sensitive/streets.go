package sensitive

// Addresses: streets with the number of a house, postcodes, and what stands
// behind the word for an address.

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words of streets: those that stand before the name, those that do where they
// are written short, and those behind it (English), and the ends of German and
// Dutch names. Of some that mean other things too, capitals are asked for.
var (
	streetsBefore = set("rue avenue boulevard bd bld bvd impasse chemin allee allees chaussee quai sentier cours faubourg ruelle montee esplanade promenade venelle " +
		"calle avda avd avenida plaza pza plza paseo ronda rambla carretera ctra crta glorieta camino urbanizacion carrer travesia callejon " +
		"via viale vicolo piazza piazzale piazzetta corso contrada lungomare lungotevere lungarno largo calata salita localita " +
		"ul ulica ulicy aleja aleje alei osiedle osiedlu rondo " +
		"rua travessa praca praceta pcta avenida estrada alameda calcada beco azinhaga rotunda bairro " +
		"strada str bulevardul bdul bulev calea soseaua sos aleea splaiul intrarea piata drumul prelungirea fundatura cartierul")
	shortBefore   = set("os al av avd pl r tv pc bd dr sos cal intr prel")
	numberFirst   = set("rue chemin avenue impasse boulevard allee quai route")
	atPlace       = set("at in on an bei am in im au aux a en em la w przy na op te")
	byWay         = set("email mail e posta telefono tel whatsapp wa sms corriere internet app fax web chat libera preferenziale aerea cavo bluetooth usb wifi di")
	dottedStreets = phrasesOf("p.zza", "p.za", "v.le", "p.le", "l.go", "c.so", "b-dul")
	streetPhrases = phrasesOf("place d", "route d", "cite d", "residence ", "lotissement ", "hameau ")
	surelyStreet  = set("via str strada c paseo chemin allee rue avenida avda viale ulica ulicy rua calle boulevard bulevardul soseaua avenue travessa aleja impasse piazza praceta vicolo")
	streetsBehind = set("street road avenue lane drive close crescent terrace st rd ave av ln blvd boulevard dr cres gdns gardens mews grove sq hwy highway pkwy parkway ct")
	capitalBehind = set("way court square place park hill row walk rise view green row path quay wharf parade circle gate fields heights dr")
	streetsEnd    = []string{"strasse", "str", "gasse", "gassli", "allee", "platz", "weg", "wegli", "ufer", "damm", "chaussee", "steig", "pfad", "zeile", "lande", "gurtel", "promenade", "strassli", "straat", "laan", "plein", "gracht", "kade", "singel", "steenweg", "dreef", "dijk", "steeg", "weide", "akker", "kaai", "stwg"}
	noStreet      = set("parkplatz sitzplatz stellplatz arbeitsplatz marktplatz tischplatz umweg heimweg stehplatz unterweg halbweg platz weg lagerplatz liegeplatz liegeplaetze onderweg keinesweg fensterplatz feldweg radweg gehweg rettungsweg spielplatz sportplatz standplatz zeile abstelplatz ruckweg laufweg schleichweg waschplatz zeltplatz kassenplatz lade gelande weide akker mehrweg einweg bankdamm steig einstieg anstieg")
)

// streets finds a street with the number of a house.
func (s *scanner) streets() {
	for i := range s.tokens {
		if s.tokens[i].digits {
			s.town(i)
			continue
		}
		w := string(s.word(i))
		switch {
		case s.before(i, w) && s.streetBefore(i):
		case dottedStreets.at(s, i) && s.streetBefore(i+1):
		case streetsBehind[w] && s.streetBehind(i, false):
		case capitalBehind[w] && s.capital(i) && s.streetBehind(i, true):
		case s.marks[i]&addressWord != 0 && s.addressed(i):
		case s.postcode(i):
		default:
			s.streetEnd(i, w)
		}
	}
}

// before reports whether a word stands before the name of a street.
func (s *scanner) before(i int, w string) bool {
	tail := string(s.tail(i))
	return streetsBefore[w] || shortBefore[w] && strings.HasPrefix(tail, ".") || w == "c" && strings.HasPrefix(tail, "/") ||
		streetPhrases.at(s, i)
}

// town knows "Am Markt 5, 10115 Berlin": a name with a number, perhaps a letter or
// another number, and then a postcode and a place behind a comma or on the next
// line.
func (s *scanner) town(i int) {
	if i == 0 || !s.house(i) || s.tokens[i-1].digits || !s.capital(i-1) || len(s.gap(i)) > 2 {
		return
	}
	j := i + 1
	for ; j < len(s.tokens) && j <= i+3 && !strings.ContainsAny(string(s.gap(j)), ",\n"); j++ {
		if t := s.tokens[j]; t.end-t.start > 3 {
			return
		}
	}
	if j+1 >= len(s.tokens) || !strings.ContainsAny(string(s.gap(j)), ",\n") || len(s.gap(j)) > 3 {
		return
	}
	if last := s.postal(j); last >= 0 && last+1 < len(s.tokens) && s.place(last+1) {
		from := i - 1
		if from > 0 && byPlace[string(s.word(from-1))] && s.capital(from-1) && string(s.gap(from)) == " " {
			from--
		}
		s.add(Address, Likely, "address.town", from, s.townName(last+1))
	}
}

// postal returns the last token of a postcode of the continent, -1 for none: 10115,
// 30-702, 4050-262, 3732 HK.
func (s *scanner) postal(j int) int {
	if !s.tokens[j].digits || s.tokens[j].glued {
		return -1
	}
	n := s.tokens[j].end - s.tokens[j].start
	if j+1 < len(s.tokens) && s.lines(j+1) == 0 {
		next := s.tokens[j+1]
		m := next.end - next.start
		if next.digits && string(s.gap(j+1)) == "-" && (n == 2 || n == 4) && m == 3 {
			return j + 1
		}
		if !next.digits && n == 4 && m == 2 && s.upper(j+1, j+1) && len(s.gap(j+1)) <= 1 {
			return j + 1
		}
	}
	if n == 4 || n == 5 || n == 6 {
		return j
	}
	return -1
}

// place reports whether the name of a place stands behind a postcode.
func (s *scanner) place(i int) bool {
	return !s.tokens[i].digits && s.tokens[i].end-s.tokens[i].start > 1 && string(s.gap(i)) == " " && s.capital(i)
}

// postcode finds a British one with both parts: "SK3 8LT".
func (s *scanner) postcode(i int) bool {
	last := s.british(i)
	if last < 0 || s.sameLine(product|order, i, 3) {
		return false
	}
	if !s.near(i, i, 6, 0, func(k int) bool { return s.house(k) && k+1 < i && s.capital(k+1) }) {
		return false // a postcode alone is harmless
	}
	s.add(Address, Likely, "address.postcode", i, last)
	return true
}

// british returns the last token of a British postcode, -1 for none.
func (s *scanner) british(i int) int {
	j := i + 1
	if j+2 >= len(s.tokens) || s.tokens[i].glued || s.tokens[i].digits || s.tokens[i].end-s.tokens[i].start > 2 || !s.tokens[j].glued || s.tokens[j].end-s.tokens[j].start > 2 || !s.upper(i, j) {
		return -1
	}
	j++
	if s.tokens[j].glued && !s.tokens[j].digits && s.tokens[j].end-s.tokens[j].start == 1 {
		j++
	}
	if j+1 >= len(s.tokens) || string(s.gap(j)) != " " || !s.tokens[j].digits || s.tokens[j].end-s.tokens[j].start != 1 {
		return -1
	}
	last := s.tokens[j+1]
	if last.digits || !last.glued || last.end-last.start != 2 || !s.upper(j+1, j+1) || s.gluedBehind(j+1) {
		return -1
	}
	return j + 1
}

var notPostal = set("mail email ip web mac")

// addressed finds a name with the number of a house behind the word for an address.
func (s *scanner) addressed(i int) bool {
	if i > 0 && notPostal[string(s.word(i-1))] {
		return false
	}
	for j := i + 1; j+1 < len(s.tokens) && j <= i+6 && s.lines(j+1) == 0; j++ {
		if strings.ContainsAny(string(s.gap(j)), ",;.@/") {
			return false
		}
		if !s.tokens[j].digits && s.house(j+1) && !s.tokens[j+1].glued && len(s.gap(j+1)) <= 2 && s.capital(j) && s.tokens[j].end-s.tokens[j].start > 2 && !s.measured(j+1) && s.marks[j]&(order|product|phoneWord) == 0 && (j == i+1 || j <= i+4 && s.anyCapital(i+1, j+1)) {
			first := i + 1
			for first < j && atPlace[string(s.word(first))] {
				first++
			}
			s.address("address.word", first, j+1)
			return true
		}
	}
	return false
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
		// Where a number stands before, one behind may be of the name or of a flat:
		// "8 rue du 11 novembre 1918, apt 4".
		named := i > 0 && s.house(i-1) && (string(s.word(j-1)) == "du" || len(s.word(j)) == 4 || flatWords[string(s.word(j-1))] || bytes.ContainsRune(s.text[s.tokens[i].end:s.tokens[j].start], ','))
		if s.house(j) && names > 0 && !named {
			if s.anyCapital(i, j) || surelyStreet[string(s.word(i))] && s.endsHere(j) && !articles[string(s.word(j-1))] && !byWay[string(s.word(i+1))] || string(s.word(j-1)) == "nr" || strings.HasPrefix(string(s.tail(i)), ".") {
				s.address("address.street", i, j)
				return true
			}
			return false
		}
		names++
	}
	if i > 1 && houseLetters[string(s.word(i-1))] && s.house(i-2) && names > 0 && s.lines(i) == 0 && s.lines(i-1) == 0 {
		s.address("address.street", i-2, s.nameEnd(i))
		return true
	}
	if i > 0 && s.house(i-1) && names > 0 && i+1 < len(s.tokens) && s.lines(i) == 0 {
		last := min(i+3, len(s.tokens)-1)
		if s.anyCapital(i+1, last+1) || numberFirst[string(s.word(i))] {
			s.address("address.street", i-1, s.nameEnd(i))
			return true
		}
	}
	return false
}

// articles stand before a day rather than before the number of a house.
var articles = set("le la les el il lo los on am de du do da na a o al din pana jusqu au do od po")

// houseLetters are what stands behind the number of a house: "12 bis rue".
var houseLetters = set("a b c d bis ter quater")

// endsHere reports whether nothing is counted by a number: its line ends behind it,
// or a comma or a letter follows.
func (s *scanner) endsHere(j int) bool {
	return j+1 == len(s.tokens) || strings.ContainsAny(string(s.tail(j)), ",/\n;.") || s.tokens[j+1].glued && s.tokens[j+1].end-s.tokens[j+1].start == 1
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
func (s *scanner) streetBehind(i int, capitals bool) bool {
	for j := i - 2; j >= 0 && j >= i-4; j-- {
		if strings.Contains(string(s.gap(j+1)), ",") {
			return false
		}
		if !s.house(j) || s.lines(j+1) > 0 {
			continue
		}
		ends := i+1 == len(s.tokens) || strings.ContainsAny(string(s.tail(i)), ",.\n;")
		if s.capital(j+1) && s.capital(i) && (!capitals || ends) || ends && !capitals {
			s.address("address.street", j, i)
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
			s.address("address.street", from, i+1)
			return true
		}
	}
	return false
}
