package sensitive

// Secrets: passwords, PINs, the codes of doors, alarms and phones, and the code
// of a card.

import (
	"bytes"
	"strings"
)

func (s *scanner) secrets() {
	for i, m := range s.marks {
		switch {
		case m&cvvWord != 0 || securityPhrases.at(s, i):
			s.securityCode(i)
		case m&passportWord != 0 && !s.phrase(i, "passport card"):
			s.document(i, Passport, "passport")
		case passNumbers.at(s, i):
			s.document(i, Passport, "passport")
		case twoBefore.at(s, i):
			s.secret(i + 2)
		case oneBefore.at(s, i):
			s.secret(i + 1)
		case string(s.word(i)) == "pass" && s.credential(i):
			s.secret(i)
		case string(s.word(i)) == "pass" && i+1 < len(s.tokens) && s.upper(i+1, i+1):
			s.shownDocument(i, 1, Passport, "passport")
		case lockScreens.at(s, i):
			s.secret(i + 1)
		case m&patternWord != 0 && s.pattern(i):
		case m&secretWord != 0 && !s.phrase(i, "pin-up", "pin up", "pinup"):
			if !s.secret(i) && !s.told(i) {
				s.pattern(i)
			}
		case m&codeWord != 0 && s.wireless(i):
			s.secret(max(i, s.lastWireless(i)))
		case m&codeWord != 0 && !s.otherCode(i) && s.says(placeWord|lockWord|intercomWord, i, i, 4, 4) && !s.sameLine(product|order, i, 2):
			s.code(i)
		case m&codeWord != 0 && !s.otherCode(i) && s.says(deviceWord, i, i, 2, 2) && !s.sameLine(product|order, i, 3):
			s.device(i)
		case m&placeWord != 0 && (string(s.word(i)) == "wifi" || string(s.word(i)) == "wlan") && strings.HasPrefix(strings.TrimLeft(string(s.tail(i)), " "), ":"):
			s.secret(i)
		case m&(lockWord|intercomWord) != 0 || s.keyBox(i):
			s.lock(i)
		}
		if s.keypad(i) {
			s.add(Secret, Likely, "secret.keypad", i, i)
		}
		if m&idCardWord != 0 || idPhrases.at(s, i) {
			s.document(i, IDCard, "id-card")
		}
		if w := string(s.word(i)); w == "id" || w == "documento" {
			s.shownDocument(i, 2, IDCard, "id-card")
		}
		if m&backWord != 0 {
			s.onTheBack(i)
		}
	}
	s.behindCards()
}

// otherCodes are words that make a code harmless.
var otherCodes = set("promo promotionnel promotional discount rabatt rabattcode reduction reducere descuento sconto rabatowy rabatu produit product produkt produktu produs article model valve barre barres postal poczta pocztowy couleur color colour farbe colore qr bar zip culoare koloru " +
	"erreur error fehler errore eroare bledu erro fout client cliente klienta kunde kunden zapasowy kulor cor kleur vernice lakier lakieru lack cheque coupon voucher iban swift bic fiscal fiscale dress paint")

// otherCode reports whether a word beside "code" says that it opens nothing.
func (s *scanner) otherCode(i int) bool {
	return i > 0 && otherCodes[string(s.word(i-1))] || i+1 < len(s.tokens) && otherCodes[string(s.word(i+1))]
}

// phrases are phrases by the first word of each.
type phrases map[string][]string

func phrasesOf(all ...string) phrases {
	m := phrases{}
	for _, p := range all {
		first := string(newView(p).word(0))
		m[first] = append(m[first], p)
	}
	return m
}

// at reports whether one of them begins at a token.
func (p phrases) at(s *scanner, i int) bool {
	of := p[string(s.word(i))]
	return of != nil && s.phrase(i, of...)
}

// What is said in several words: a number of a passport; words before a secret,
// the last of them the third and the second; a phone's lock; a document that is
// shown; and a box for keys.
var (
	passNumbers = phrasesOf("pass nr", "pass-nr", "pass no", "pass. nr", "pass num", "pass. ")
	twoBefore   = phrasesOf("mot de passe", "mots de passe", "palabra de paso", "parola d'ordine")
	oneBefore   = phrasesOf("palavra passe", "palavra-passe", "palavra chave", "pass word", "code secret", "pin code", "code pin", "codice pin", "codigo pin", "kod pin", "cod pin")
	lockScreens = phrasesOf("lock screen", "screen lock")
	idPhrases   = phrasesOf("id card", "identity card", "passport card", "id nr", "id no", "id shown", "id seen", "driving lic", "driver lic", "drivers lic", "driver's lic", "c.i.", "dow. os", "dow.os", "titre de sejour", "carta d'identita")
	keyBoxes    = phrasesOf("key box", "key safe", "lock box", "boite a cle", "coffre a cle", "caja de llaves", "caja fuerte", "cassetta chiavi", "cassetta delle chiavi", "cassetta di sicurezza", "skrytka na klucz", "skrzynka na klucz", "caixa de chaves", "caixa das chaves", "caseta chei", "cutia cu chei", "caseta cu chei", "caseta de chei")
)

// phrase reports whether one of some phrases begins at a token.
func (s *scanner) phrase(i int, phrases ...string) bool {
	for _, p := range phrases {
		if bytes.HasPrefix(s.text[s.tokens[i].start:], []byte(p)) {
			return true
		}
	}
	return false
}

// German and Dutch write the thing and its code as one word: what such a word may
// begin with, so that a "Rabattcode" is none.
var opens = set("haus haustur haustuer hauseingang eingang eingangs tur tuer tor hoftor garagen garage alarm alarmanlagen tresor safe schlussel schlusselbox schlusselsafe schlusseltresor schlusselkasten zugang zugangs zutritt zutritts " +
	"entsperr sperr bildschirm handy telefon smartphone iphone ipad tablet laptop pc computer gerate display sim simkarten schloss fahrradschloss zahlenschloss keller wohnungs wohnung einfahrts lift aufzug wifi wlan lock schranken geheim login anmelde windows apple appleid google " +
	"deur voordeur achterdeur poort hek kluis sleutel sleutelkluis sleutelkastje toegang toegangs scherm schermvergrendelings ontgrendel ontgrendelings telefoon gsm slot fietsslot cijferslot berging inbraakalarm inlog poortje vergrendel vergrendelings " +
	"door gate entry key unlock screen phone pass keypad lockbox")

// compound says what a word is that is made of two.
func compound(word string) mark {
	for _, end := range [...]string{"passwort", "kennwort", "losungswort", "wachtwoord", "password", "passcode", "pincode"} {
		if strings.HasSuffix(word, end) {
			return secretWord
		}
	}
	for _, end := range [...]string{"code", "pin", "kombination", "combinatie", "key", "sleutel", "schlussel"} {
		if begin, ok := strings.CutSuffix(word, end); ok && opens[begin] {
			return secretWord
		}
	}
	return 0
}

// wireless reports whether a word such as "key" speaks of a Wi-Fi.
func (s *scanner) wireless(i int) bool { return s.lastWireless(i) >= 0 }

// lastWireless is the last token of a word for a Wi-Fi beside another, -1 for none.
func (s *scanner) lastWireless(i int) int {
	for j := max(0, i-3); j < min(len(s.tokens), i+4); j++ {
		switch string(s.word(j)) {
		case "wifi", "wlan":
			return j
		case "fi":
			if j > 0 && string(s.word(j-1)) == "wi" {
				return j
			}
		}
	}
	return -1
}

// credential reports whether "pass" is short for a password here: a colon or a
// thing one signs in to stands beside.
func (s *scanner) credential(i int) bool {
	return strings.HasPrefix(strings.TrimLeft(string(s.tail(i)), " "), ":") || s.wireless(i) ||
		s.near(i, i, 2, 1, func(j int) bool { return s.marks[j]&deviceWord != 0 || s.phrase(j, "user", "login", "mail", "email") })
}

// noSecret are words that follow "password" where none is told.
var noSecret = set("reset forgotten forgot vergessen vergeten oublie olvidada none kein keine no not nicht unknown unbekannt changed geandert new neu safe manager esquecida uitata zapomniane dimenticata by via per at bei the is and und removed entfernt ist wird will ask fragen needed required sms email")

// lost are words behind "password" after which none follows.
var lost = set("reset forgotten forgot vergessen vergeten oublie olvidada esquecida uitata zapomniane dimenticata unbekannt unknown geandert changed")

// piece is what stands from one token to the next space: how many digits and
// characters it has, and its last token.
func (s *scanner) piece(from int) (to, digits, all int) {
	for to = from; ; to++ {
		l := s.tokens[to].end - s.tokens[to].start
		if all += l; s.tokens[to].digits {
			digits += l
		}
		if to+1 == len(s.tokens) || strings.ContainsAny(string(s.gap(to+1)), " \n\t,;)\"") {
			return to, digits, all
		}
	}
}

// secret finds what follows a word for one: behind a colon anything, in quotes
// anything, else what has digits.
func (s *scanner) secret(i int) bool {
	told := false
	for j := i + 1; j < len(s.tokens) && j <= i+5 && s.lines(j) < 2; j++ {
		gap := string(s.gap(j))
		told = told || strings.ContainsAny(gap, ":=\"„“«")
		if strings.ContainsAny(gap, ";!?") && !told {
			return false
		}
		if to, n := s.spelled(j); n >= leastSpelled {
			s.add(Secret, Likely, "secret.spelled", j, to)
			return true
		}
		if to := s.singles(j, 4, 8); to > j {
			s.add(Secret, Likely, "secret", j, to)
			return true
		}
		if w := s.word(i); j == i+1 && (bytes.HasPrefix(w, []byte("pin")) || bytes.HasSuffix(w, []byte("code"))) && s.pair(j) {
			s.add(Secret, Likely, "secret", j, j+1)
			return true
		}
		to, digits, n := s.piece(j)
		word := string(s.word(j))
		if !told && (lost[word] || s.marks[j]&(product|order) != 0) {
			return false
		}
		pin := strings.HasPrefix(string(s.word(i)), "pin") || string(s.word(i)) == "simpin"
		switch {
		case to == j && s.measured(to):
			if !told {
				return false
			}
		case pin && (digits < 4 || digits > 8 || n != digits), s.date(j) > 0, s.tokens[j].digits && to > j && strings.ContainsAny(string(s.gap(to)), ".:") && digits < 5:
		case digits >= 3 && (n > digits || digits >= 4 || told), !pin && digits >= 1 && n-digits >= 3 && n >= 5:
			s.add(Secret, Likely, "secret", j, to)
			return true
		case told && !pin && n >= 4 && strings.ContainsAny(gap, ":=\"„“«") && !noSecret[word]:
			s.add(Secret, Likely, "secret", j, s.passphrase(j, to))
			return true
		}
		j = to
	}
	return s.secretBefore(i)
}

// secretBefore finds what stands before a word for a secret and is said to be
// one: "4711 is the PIN", "2580 = alarm code".
func (s *scanner) secretBefore(i int) bool {
	j := i - 1
	for ; j >= 0 && j >= i-3 && s.lines(j+1) == 0 && saysIs[string(s.word(j))]; j-- {
	}
	if j < 0 || s.lines(j+1) > 0 || j == i-1 && !strings.ContainsAny(string(s.gap(i)), "=(") {
		return false
	}
	n := s.tokens[j].end - s.tokens[j].start
	if !s.tokens[j].digits || s.tokens[j].glued || n < 4 || n > 8 || s.sameLine(product|order, j, 3) {
		return false
	}
	s.add(Secret, Likely, "secret", j, j)
	return true
}

var saysIs = set("is the ist der die das est le la es el e il o a to jest este de het his her their ihr sein als como as come comme jako ca")

// measured reports whether a unit or a price stands behind a token.
func (s *scanner) measured(to int) bool {
	tail := string(s.tail(to))
	if strings.HasPrefix(strings.TrimLeft(tail, " "), "€") || strings.HasPrefix(tail, "%") || strings.HasPrefix(tail, ",-") {
		return true
	}
	return to+1 < len(s.tokens) && s.lines(to+1) == 0 && len(s.gap(to+1)) <= 1 && (measures[string(s.word(to+1))] || units[string(s.word(to+1))])
}

// units are what stands behind an amount.
var units = set("pound pounds quid bucks gr gramm gramos grammes grammi kilo kilos liter litre litres min minuten minutes minuti eur euro euros lei ron zl pln chf gbp usd x m km h uhr stk st stuck pcs szt buc pz pcs ml l g bar v w watt volt db mm cm")

// code finds three to eight digits, or digits with letters, behind a word such as
// "code".
func (s *scanner) code(i int) {
	if !s.opening(i, 6, 3, "secret.code") {
		s.secretBefore(i)
	}
}

// device finds the code that unlocks a phone or a laptop.
func (s *scanner) device(i int) {
	s.opening(i, 4, 4, "secret.device")
}

// keyBox reports whether two words for a key box or a safe begin at a token.
func (s *scanner) keyBox(i int) bool {
	return keyBoxes.at(s, i)
}

// noAlarm are words beside one for an alarm that tells the time.
var noAlarm = set("auto car samochodowy samochodu coche carro voiture macchina auto rauch rauchmelder incendie fum gaz gas smoke clock clocks wecker wekker reveil budzik sveglia despertador ceas montre uhr watch zegarek")

// lock finds the code behind a word for what only a code opens: an alarm, a safe,
// a key box. A year is none.
func (s *scanner) lock(i int) {
	if s.near(i, i, 3, 2, func(j int) bool { return noAlarm[string(s.word(j))] || s.marks[j]&(product|order) != 0 }) {
		return
	}
	least := 4
	if s.keyBox(i) || s.phrase(i, "schlussel", "sleutel", "key", "lockbox") {
		least = 3
	}
	s.opening(i, 4, least, "secret.lock")
}

// opening finds a code within some tokens behind another. At least so many of its
// characters are digits.
func (s *scanner) opening(i, within, least int, rule string) bool {
	weak := rule == "secret.lock"
	for j := i + 1; j < len(s.tokens) && j <= i+within && s.lines(j) < 2; j++ {
		if s.tokens[j].glued && s.tokens[j].digits == s.tokens[j-1].digits || weak && strings.ContainsAny(string(s.gap(j)), ";.!?") {
			return false
		}
		if to, n := s.spelled(j); n >= leastSpelled {
			s.add(Secret, Likely, rule, j, to)
			return true
		}
		if to := s.singles(j, 4, 8); to > j {
			s.add(Secret, Likely, rule, j, to)
			return true
		}
		if j == i+1 && s.phrase(i, "cod", "kod") && s.pair(j) { // a key may be 10 by 20
			s.add(Secret, Likely, rule, j, j+1)
			return true
		}
		if s.tokens[j].glued || s.date(j) > 0 && s.tokens[j].end-s.tokens[j].start < 3 && !s.single(j) {
			continue
		}
		to, digits, all := s.piece(j)
		if strings.ContainsAny(string(s.text[s.tokens[j].start:s.tokens[to].end]), ":/'+@") {
			j = to
			continue
		}
		if s.marks[j]&(product|order) != 0 || otherCodes[string(s.word(j))] {
			return false
		}
		if digits > 0 && to+1 < len(s.tokens) && (s.marks[to+1]&(product|order) != 0 || otherCodes[string(s.word(to+1))]) || s.sized(j, to) {
			return false
		}
		letters := all - digits
		year := digits == 4 && letters == 0 && s.tokens[j].digits && weak && least == 4 && value(string(s.word(j))) >= 1990 && value(string(s.word(j))) <= 2035 && to == j
		if s.marks[i]&intercomWord != 0 && weak && letters == 0 {
			return false
		}
		if (digits >= least || letters > 0 && letters <= 4 && digits >= 2 && digits+letters >= 4) && all <= 8 && letters <= 4 && !year && !s.measured(to) {
			s.add(Secret, Likely, rule, j, to)
			return true
		}
		j = to
	}
	return false
}

// pair reports whether two digits and two more stand at a token, and no others
// behind: "12 34".
func (s *scanner) pair(i int) bool {
	return strings.Trim(string(s.gap(i)), " :=") == "" && i+1 < len(s.tokens) && s.alike(i+1, 2) && string(s.gap(i+1)) == " " &&
		s.tokens[i].digits && !s.tokens[i].glued && s.tokens[i].end-s.tokens[i].start == 2
}

// sized reports whether what stands there is a size: 60x40.
func (s *scanner) sized(from, to int) bool {
	for k := from + 1; k < to; k++ {
		if string(s.word(k)) == "x" && s.tokens[k-1].digits && s.tokens[k+1].digits {
			return true
		}
	}
	return false
}

// single reports whether digits one by one stand at a token: 3-9-0-2.
func (s *scanner) single(i int) bool {
	return i+1 < len(s.tokens) && s.tokens[i].end-s.tokens[i].start == 1 && s.tokens[i+1].end-s.tokens[i+1].start == 1 && string(s.gap(i+1)) == "-"
}

// figures are words beside the letter that a pattern is drawn as.
var figures = set("letter letra lettre lettera litera litere litery literka literke buchstabe buchstaben shape shaped form forma forme kształt ksztalt ksztalcie vorm formato formie")

// as are words before the letter a pattern looks like.
var as = set("as in like an als wie en comme como come a jako ca w op")

// pattern finds the pattern that unlocks a phone: a letter it is drawn as, or the
// points it goes over. A letter that is also a size needs more beside it.
func (s *scanner) pattern(i int) bool {
	unlocks := s.marks[i]&secretWord != 0 || s.near(i, i, 3, 3, func(j int) bool { return s.marks[j]&secretWord != 0 }) || s.phrase(i, "swipe", "wisch", "veeg")
	device := unlocks || s.near(i, i, 6, 8, func(j int) bool { return s.marks[j]&deviceWord != 0 })
	beside := unlocks || s.near(i, i, 3, 3, func(j int) bool { return s.marks[j]&deviceWord != 0 })
	for j := i + 1; j < len(s.tokens) && j <= i+6 && s.lines(j) == 0; j++ {
		one := s.tokens[j].end-s.tokens[j].start == 1 && !s.tokens[j].digits && s.capital(j) && !s.tokens[j].glued
		size := strings.ContainsAny(string(s.word(j)), "sml")
		before, behind := figures[string(s.word(j-1))], j+1 < len(s.tokens) && figures[string(s.word(j+1))]
		switch {
		case one && (before || behind || j > 1 && figures[string(s.word(j-2))] || j <= i+3 && (unlocks || beside && (!size || j == i+1 || as[string(s.word(j-1))]) || device && !size)):
			from, to := j, j
			if before {
				from--
			}
			if behind {
				to++
			}
			s.add(Secret, Likely, "secret.pattern", from, to)
			return true
		case s.tokens[j].digits && device && s.marks[i]&patternWord != 0 && !s.tokens[j].glued && s.date(j) == 0:
			if to, digits, all := s.piece(j); digits == all && digits >= 4 && digits <= 9 && !s.measured(to) {
				s.add(Secret, Likely, "secret.pattern", j, to)
				return true
			}
		}
	}
	return false
}

// keypad reports whether digits end as one ends them on a keypad, beside a door or
// an alarm: "door 4512#".
func (s *scanner) keypad(i int) bool {
	n := s.tokens[i].end - s.tokens[i].start
	tail := string(s.tail(i))
	return s.tokens[i].digits && !s.tokens[i].glued && n >= 4 && n <= 8 && (strings.HasPrefix(tail, "#") || strings.HasPrefix(tail, "*")) &&
		s.says(placeWord|lockWord|intercomWord, i, i, 4, 3) && !s.sameLine(product|order, i, 3)
}
