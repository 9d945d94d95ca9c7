package sensitive

// How far an address goes: from a flat before the street over the number of the house
// to a flat, a postcode and a town behind it. What is moved or taken out leaves no
// half of it behind.

import "strings"

// Words within addresses.
var (
	flatWords = set("flat unit apt apartment suite studio top tur stiege stg wohnung whg bl bloc blok bloque sc scara ap apart apartament apartament et etaj " +
		"esc escalera piso pta puerta portal bajo bat batiment appt appartement int interno scala m lok lokal mieszkanie bus fraccao")
	countWords   = set("m top bus int unit piso bloc lok") // and other things that are counted
	floorWords   = set("stock og etage obergeschoss floor piso piano izq izda izquierda dcha derecha esq dto dta frente centro")
	nameArticles = set("de la le les du des d l del della dello dell dei degli delle do da dos das di el los las au aux sur sous en y i e")
	byPlace      = set("am an im auf zum zur beim hinter vor unter")
	townFirst    = set("bad saint st ste sankt san santa santo la le les el los las den new nova novo vila villa stara nowy nowa wielka targu satu baia piatra ramnicu drobeta")
	titles       = set("madame mme monsieur mlle mr mrs ms miss herr frau senor senora signor signora pan pani dna dl tel")
	cities       = set("wien vienna graz linz salzburg innsbruck klagenfurt villach wels bregenz berlin hamburg munchen munich koln cologne frankfurt stuttgart dusseldorf leipzig dortmund essen bremen dresden hannover nurnberg duisburg bochum bonn munster mannheim karlsruhe augsburg wiesbaden " +
		"zurich genf geneve basel bern lausanne luzern winterthur london birmingham manchester leeds liverpool sheffield bristol glasgow edinburgh cardiff belfast leicester nottingham newcastle brighton oxford cambridge york dublin cork galway limerick " +
		"paris marseille lyon toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims toulon grenoble dijon bruxelles brussel brussels antwerpen gent liege brugge namur leuven luxembourg " +
		"madrid barcelona valencia sevilla zaragoza malaga murcia palma bilbao alicante cordoba valladolid vigo gijon granada roma milano napoli torino palermo genova bologna firenze bari catania venezia verona padova trieste brescia parma modena " +
		"amsterdam rotterdam utrecht eindhoven groningen tilburg almere breda nijmegen arnhem haarlem maastricht warszawa krakow lodz wroclaw poznan gdansk szczecin bydgoszcz lublin bialystok katowice gdynia torun " +
		"lisboa porto braga coimbra funchal setubal aveiro faro bucuresti cluj timisoara iasi constanta craiova brasov galati ploiesti oradea sibiu arad bacau")
)

// address notes an address, from what is known of it over all that belongs to it.
func (s *scanner) address(rule string, from, to int) {
	s.add(Address, Likely, rule, s.addressStart(from), s.addressEnd(to))
}

// addressStart goes back over a flat, and over the first of two numbers: "Flat 3,
// 12-14".
func (s *scanner) addressStart(from int) int {
	if from > 0 && s.tokens[from].digits && s.house(from-1) && (string(s.gap(from)) == "-" || string(s.gap(from)) == "/") {
		from--
	}
	number := from - 1
	if number > 0 && s.tokens[number].glued && s.tokens[number].end-s.tokens[number].start == 1 {
		number--
	}
	if number > 0 && s.lines(from) == 0 && strings.Trim(string(s.gap(from)), " ,-/") == "" && s.house(number) && flatWords[string(s.word(number-1))] && strings.Trim(string(s.gap(number)), " .") == "" {
		return number - 1
	}
	return from
}

// addressEnd goes on over the rest of a number, flats, a postcode and a town.
func (s *scanner) addressEnd(to int) int {
	if s.tokens[to].digits {
		to = s.houseEnd(to)
	}
	for last := s.flat(to + 1); last >= 0; last = s.flat(to + 1) {
		to = last
	}
	return s.townEnd(to)
}

// houseEnd returns the last token of the number of a house: "1a/3/12", "5 bis".
func (s *scanner) houseEnd(i int) int {
	for ; i+1 < len(s.tokens); i++ {
		next, gap := s.tokens[i+1], string(s.gap(i+1))
		n := next.end - next.start
		letter := !next.digits && n == 1 && !s.gluedBehind(i+1)
		switch {
		case next.glued && letter:
		case (gap == "/" || gap == "-") && next.digits && n <= 4 && s.date(i+1) == 0 && !s.measured(i+1):
		case (gap == "/" || gap == "-") && (letter || !next.digits && n <= 3 && s.upper(i+1, i+1)):
		case gap == " " && s.tokens[i].digits && (letter && !flatWords[string(s.word(i+1))] && s.endsHere(i+1) || n > 1 && houseLetters[string(s.word(i+1))]):
		default:
			return i
		}
	}
	return i
}

// gluedBehind reports whether the next token follows without a gap.
func (s *scanner) gluedBehind(i int) bool { return i+1 < len(s.tokens) && s.tokens[i+1].glued }

// onLine reports whether a token stands behind another on its line with no more than
// some marks between.
func (s *scanner) onLine(i int, marks string) bool {
	return i < len(s.tokens) && len(s.gap(i)) <= 3 && strings.Trim(string(s.gap(i)), marks) == ""
}

// flat returns the last token of a flat that begins at one, -1 for none: "bl. A2",
// "Top 3", "3º izq".
func (s *scanner) flat(i int) int {
	if !s.onLine(i, " ,-/") || s.tokens[i].glued {
		return -1
	}
	if s.tokens[i].digits {
		return s.floor(i)
	}
	w := string(s.word(i))
	if !flatWords[w] || w == "et" && !strings.HasPrefix(string(s.tail(i)), ".") {
		return -1
	}
	j := i + 1
	if s.onLine(j, " .") && fillers[string(s.word(j))] {
		j++
	}
	if !s.onLine(j, " .:") || s.lines(j) > 0 {
		return -1
	}
	if !(s.house(j) && !s.measured(j) || !s.tokens[j].digits && s.tokens[j].end-s.tokens[j].start == 1 && s.capital(j)) {
		return -1
	}
	for s.gluedBehind(j) && s.tokens[j+1].end-s.tokens[j+1].start <= 2 {
		j++
	}
	if countWords[w] && !s.endsHere(j) && !s.tokens[j+1].digits && !flatWords[string(s.word(j+1))] {
		return -1
	}
	return j
}

// floor is flat for a number with the side or the word for a floor behind it, and for
// one with a letter above the line.
func (s *scanner) floor(i int) int {
	if s.tokens[i].end-s.tokens[i].start > 2 || !strings.Contains(string(s.gap(i)), ",") {
		return -1
	}
	j, raised := i, strings.HasPrefix(s.source[s.originalEnd(s.tokens[i].end):], "º") || strings.HasPrefix(s.source[s.originalEnd(s.tokens[i].end):], "ª")
	if s.gluedBehind(j) && s.tokens[j+1].end-s.tokens[j+1].start <= 3 {
		j++
	}
	if s.onLine(j+1, " .") && (floorWords[string(s.word(j+1))] || raised && s.tokens[j+1].end-s.tokens[j+1].start == 1 && s.capital(j+1)) {
		return j + 1
	}
	if raised {
		return j
	}
	return -1
}

// townEnd returns the last token of a postcode and a town behind a token, of a town
// and a British postcode, or of a large town alone behind a comma.
func (s *scanner) townEnd(to int) int {
	i := to + 1
	if !s.onLine(i, " .,") || s.tokens[i].glued {
		return to
	}
	comma := strings.Contains(string(s.gap(i)), ",")
	if !comma && strings.Contains(string(s.gap(i)), ".") {
		return to // a sentence ended
	}
	if last := s.postal(i); last >= 0 {
		long := last > i || s.tokens[i].end-s.tokens[i].start > 4 || !s.tokens[to].digits
		if last+1 < len(s.tokens) && s.place(last+1) && !s.measured(last) && (comma || long || cities[string(s.word(last+1))]) {
			return s.townName(last + 1)
		}
		return to
	}
	for j := i; j <= i+4 && (j == i || s.onLine(j, " ,-")); j++ {
		if last := s.british(j); last >= 0 {
			return last
		}
		if s.tokens[j].digits || !s.capital(j) && string(s.gap(j)) != "-" {
			break
		}
	}
	if comma && cities[string(s.word(i))] && s.capital(i) {
		return s.townName(i)
	}
	return to
}

// townName returns the last token of the name of a town: "Bad Ischl",
// "Stoke-on-Trent".
func (s *scanner) townName(i int) int {
	for i+1 < len(s.tokens) && !s.tokens[i+1].digits && (string(s.gap(i+1)) == "-" || string(s.gap(i+1)) == " " && townFirst[string(s.word(i))] && s.capital(i+1)) {
		i++
	}
	return i
}

// nameEnd returns the last token of the name of a street behind its word: "rue de la
// République", "rue du 8 mai 1945", "rue de la gare".
func (s *scanner) nameEnd(i int) int {
	last, small := i, false
	for j := i + 1; j < len(s.tokens) && j <= i+8; j++ {
		gap, w, before := string(s.gap(j)), string(s.word(j)), string(s.word(j-1))
		close := gap == "-" || gap == "'"
		switch {
		case !close && gap != " " && !(strings.Trim(gap, " .") == "" && len(gap) <= 2 && s.lines(j) == 0 && (j == i+1 || len(before) <= 3)):
			return max(last, i+1)
		case s.tokens[j].digits:
			day := before == "du" && len(w) <= 2
			year := last == j-1 && s.tokens[max(0, j-2)].digits && len(w) == 4
			if !day && !year {
				return max(last, i+1)
			}
			if last = j; day && j+1 < len(s.tokens) && string(s.gap(j+1)) == " " {
				j++
				last = j
			}
		case nameArticles[w] && !s.capital(j):
		case close && last > i && !nameArticles[before]:
			last = j
		case last > i && (small && !close || !s.capital(j) || titles[w] || s.marks[j]&(phoneWord|birthWord|codeWord|secretWord) != 0):
			return last
		default:
			last, small = j, !s.capital(j)
		}
	}
	return max(last, i+1)
}

// Town splits an address on one line at its town: "Am Markt 5", "10115", "Berlin".
// Where no town can be told all of it is the street.
func Town(text string) (street, postcode, town string) {
	s := scanner{view: newView(text), o: &Options{}}
	end := len(s.tokens) - 1
	start := func(i int) int { return s.original(s.tokens[i].start) }
	for i := 1; i <= end; i++ {
		if last := s.postal(i); last >= 0 && last < end && s.place(last+1) && s.townName(last+1) == end {
			return cutStreet(text[:start(i)]), text[start(i):s.originalEnd(s.tokens[last].end)], text[start(last+1):]
		}
		if s.british(i) == end {
			before, postcode := cutStreet(text[:start(i)]), text[start(i):]
			comma := strings.LastIndexByte(before, ',')
			if comma < 0 || strings.ContainsAny(before[comma:], "0123456789") {
				return before, postcode, ""
			}
			return cutStreet(before[:comma]), postcode, strings.TrimSpace(before[comma+1:])
		}
		if strings.Contains(string(s.gap(i)), ",") && cities[string(s.word(i))] && s.townName(i) == end {
			return cutStreet(text[:start(i)]), "", text[start(i):]
		}
	}
	return text, "", ""
}

func cutStreet(s string) string { return strings.TrimRight(s, " ,") }
