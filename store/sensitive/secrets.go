package sensitive

// Secrets: passwords, PINs and the codes of doors; the code of a card; and the
// numbers of passports and identity cards, which only their word gives away.

import (
	"bytes"
	"strings"
)

func (s *scanner) secrets() {
	for i, m := range s.marks {
		switch {
		case m&cvvWord != 0 || s.phrase(i, "security code", "codigo de seguridad", "codice di sicurezza", "codigo de seguranca", "cod de securitate", "code de securite", "kod bezpieczenstwa"):
			s.securityCode(i)
		case m&passportWord != 0:
			s.document(i, Passport, "passport")
		case s.phrase(i, "pass nr", "pass-nr"):
			s.document(i+1, Passport, "passport")
		case s.phrase(i, "mot de passe", "palabra de paso"):
			s.secret(i + 2)
		case s.phrase(i, "palavra passe", "palavra-passe"):
			s.secret(i + 1)
		case m&secretWord != 0:
			s.secret(i)
		case m&codeWord != 0 && s.wireless(i):
			s.secret(max(i, s.lastWireless(i)))
		case m&codeWord != 0 && !s.otherCode(i) && s.says(placeWord, i, i, 4, 4) && !s.sameLine(product|order, i, 2):
			s.code(i)
		case m&placeWord != 0 && (string(s.word(i)) == "wifi" || string(s.word(i)) == "wlan") && strings.HasPrefix(strings.TrimLeft(string(s.tail(i)), " "), ":"):
			s.secret(i)
		}
		if m&idCardWord != 0 || s.phrase(i, "id card", "identity card") {
			s.document(i, IDCard, "id-card")
		}
	}
}

// otherCodes are words that make a code harmless.
var otherCodes = set("promo promotionnel promotional discount rabatt rabattcode reduction reducere descuento sconto rabatowy produit product produkt article model valve barre barres postal couleur color colour farbe qr bar zip culoare colore koloru")

// otherCode reports whether a word beside "code" says that it opens nothing.
func (s *scanner) otherCode(i int) bool {
	return i > 0 && otherCodes[string(s.word(i-1))] || i+1 < len(s.tokens) && otherCodes[string(s.word(i+1))]
}

// noDocument are words behind one for a document that make another thing of it:
// the Polish receipt is a "dowód zakupu".
var noDocument = set("zakupu wplaty rejestracyjny sprzedazy vorgezeigt gezeigt")

// phrase reports whether one of some phrases begins at a token.
func (s *scanner) phrase(i int, phrases ...string) bool {
	for _, p := range phrases {
		if bytes.HasPrefix(s.text[s.tokens[i].start:], []byte(p)) {
			return true
		}
	}
	return false
}

// securityCode finds three or four digits within a few words.
func (s *scanner) securityCode(i int) {
	is := func(j int) bool {
		n := s.tokens[j].end - s.tokens[j].start
		return s.tokens[j].digits && (n == 3 || n == 4) && (j+1 == len(s.tokens) || !s.tokens[j+1].glued)
	}
	for j := i + 1; j < len(s.tokens) && j <= i+6 && s.lines(j) < 2; j++ {
		if is(j) {
			s.add(SecurityCode, Sure, "security-code", j, j)
			return
		}
	}
	for j := i - 1; j >= 0 && j >= i-3 && s.lines(j+1) == 0; j-- { // "3848 is the CVV"
		if is(j) && !s.tokens[j].glued {
			s.add(SecurityCode, Sure, "security-code", j, j)
			return
		}
	}
}

// document finds a number of five to twelve characters with digits in it.
func (s *scanner) document(i int, k Kind, rule string) {
	if i+1 < len(s.tokens) && noDocument[string(s.word(i+1))] {
		return
	}
	for j := i + 1; j < len(s.tokens) && j <= i+6 && s.breaks(j) < 2; j++ {
		if s.date(j) > 0 || s.tokens[j].glued && !s.tokens[j-1].digits && j-1 != i {
			continue
		}
		// Letters before the digits belong to it where they are few.
		from, to := j, j
		if !s.tokens[j].digits && s.tokens[j].end-s.tokens[j].start > 3 && (j+1 == len(s.tokens) || !s.tokens[j+1].glued) {
			continue
		}
		for to+1 < len(s.tokens) && (s.tokens[to+1].glued || string(s.gap(to+1)) == " " && s.tokens[to+1].digits) && to < j+7 {
			to++
		}
		digits, all := 0, 0
		for t := from; t <= to; t++ {
			n := s.tokens[t].end - s.tokens[t].start
			if all += n; s.tokens[t].digits {
				digits += n
			}
		}
		if digits >= 5 && (digits > 5 || all > digits) && all <= 12 || s.mixed(from, to, digits, all) {
			s.add(k, Likely, rule, from, to)
			return
		}
	}
}

// mixed reports whether capitals and digits in one piece are a document's number,
// as those of new German, Dutch and Lithuanian ones.
func (s *scanner) mixed(from, to, digits, all int) bool {
	if digits < 2 || all == digits || all < 8 || all > 12 {
		return false
	}
	for i := from + 1; i <= to; i++ {
		if !s.tokens[i].glued {
			return false
		}
	}
	raw := s.source[s.original(s.tokens[from].start):s.originalEnd(s.tokens[to].end)]
	return strings.ToUpper(raw) == raw
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

// noSecret are words that follow "password" where none is told.
var noSecret = set("reset forgotten forgot vergessen vergeten oublie olvidada none kein keine no not nicht unknown unbekannt changed geandert new neu safe manager esquecida uitata zapomniane dimenticata by via per at bei the is and und removed entfernt ist wird will ask fragen needed required sms email")

// lost are words behind "password" after which none follows.
var lost = set("reset forgotten forgot vergessen vergeten oublie olvidada esquecida uitata zapomniane dimenticata unbekannt unknown geandert changed")

// secret finds what follows a word for one: behind a colon anything, else what
// has digits.
func (s *scanner) secret(i int) {
	told := false
	for j := i + 1; j < len(s.tokens) && j <= i+4 && s.lines(j) < 2; j++ {
		told = told || strings.ContainsAny(string(s.gap(j)), ":=")
		if strings.ContainsAny(string(s.gap(j)), ";!?") && !told {
			return
		}
		to := j
		digits, n := 0, 0
		for ; ; to++ {
			l := s.tokens[to].end - s.tokens[to].start
			if n += l; s.tokens[to].digits {
				digits += l
			}
			if to+1 == len(s.tokens) || strings.ContainsAny(string(s.gap(to+1)), " \n\t,;") {
				break
			}
		}
		word := string(s.word(j))
		if !told && lost[word] {
			return
		}
		pin := strings.HasPrefix(string(s.word(i)), "pin")
		switch {
		case pin && (digits < 4 || digits > 8 || n != digits), s.date(j) > 0, s.tokens[j].digits && to > j && strings.ContainsAny(string(s.gap(to)), ".:") && digits < 5:
		case digits >= 3 && (n > digits || digits >= 4 || told), !pin && digits >= 1 && n-digits >= 3 && n >= 5:
			s.add(Secret, Likely, "secret", j, to)
			return
		case told && !pin && n >= 4 && strings.ContainsAny(string(s.gap(j)), ":=") && !noSecret[word]:
			s.add(Secret, Likely, "secret", j, to)
			return
		}
		j = to
	}
}

// code finds three to eight digits behind a word such as "code".
func (s *scanner) code(i int) {
	for j := i + 1; j < len(s.tokens) && j <= i+6 && s.lines(j) < 2; j++ {
		if !s.tokens[j].digits || s.tokens[j].glued || s.date(j) > 0 {
			continue
		}
		to, digits := j, s.tokens[j].end-s.tokens[j].start
		for to+1 < len(s.tokens) && s.tokens[to+1].glued && to < j+4 {
			if to++; s.tokens[to].digits {
				digits += s.tokens[to].end - s.tokens[to].start
			}
		}
		if n := s.tokens[to].end - s.tokens[j].start; digits >= 3 && n <= 8 {
			s.add(Secret, Likely, "secret.code", j, to)
			return
		}
	}
}
