package sensitive

// The code of a card: three or four digits that a word gives away, or their place
// behind the card's number.

import "strings"

// securityPhrases are names of the code in several words.
var securityPhrases = phrasesOf(
	"security code", "security no", "security number", "card code", "verification code", "codigo de seguridad", "codigo de verificacion", "codigo seguridad", "numero de seguridad", "codice di sicurezza", "codice sicurezza", "codice di verifica",
	"codigo de seguranca", "codigo seguranca", "codigo de verificacao", "cod de securitate", "codul de securitate", "cod securitate", "cod de verificare", "cod verificare", "code de securite", "code securite", "code de verification", "code verification",
	"kod bezpieczenstwa", "kod zabezpieczajacy", "kod weryfikacyjny", "kod weryfikacji", "kod karty", "kod z karty", "kod na karcie", "codul cardului", "cod card", "codul de pe card", "codice carta", "codice della carta", "codigo da carta", "codigo do cartao", "codigo tarjeta", "codigo de la tarjeta", "code carte", "code de la carte", "code cb",
)

// securityCode finds three or four digits within a few words.
func (s *scanner) securityCode(i int) {
	for j := i + 1; j < len(s.tokens) && j <= i+6 && s.lines(j) < 2; j++ {
		if s.three(j) || s.four(j) {
			s.add(SecurityCode, Sure, "security-code", j, j)
			return
		}
		if to := s.singles(j, 3, 4); to > j {
			s.add(SecurityCode, Sure, "security-code", j, to)
			return
		}
	}
	for j := i - 1; j >= 0 && j >= i-3 && s.lines(j+1) == 0; j-- { // "3848 is the CVV"
		if s.three(j) || s.four(j) {
			s.add(SecurityCode, Sure, "security-code", j, j)
			return
		}
	}
}

// three reports whether three digits stand alone, four the same of four.
func (s *scanner) three(i int) bool { return s.alike(i, 3) }
func (s *scanner) four(i int) bool  { return s.alike(i, 4) }

func (s *scanner) alike(i, n int) bool {
	return s.tokens[i].digits && !s.tokens[i].glued && s.tokens[i].end-s.tokens[i].start == n && !s.measured(i) &&
		(i+1 == len(s.tokens) || !s.tokens[i+1].glued && !(s.tokens[i+1].digits && joins(s.gap(i+1)) && s.lines(i+1) == 0))
}

// singles returns the last of digits that stand one by one from a token on, so many
// and parted by the same mark, and -1 where that is not all: "1 2 3", "1.2.3.4".
func (s *scanner) singles(i, least, most int) int {
	to := i
	for ; to < len(s.tokens) && to < i+most && s.tokens[to].digits && s.tokens[to].end-s.tokens[to].start == 1; to++ {
		if gap := string(s.gap(to)); to > i && (gap != string(s.gap(i+1)) || gap != " " && gap != "." && gap != "-") {
			break
		}
	}
	to--
	if to-i+1 < least || s.tokens[i].glued || !s.freeBefore(i) || s.gluedBehind(to) || s.measured(to) || to+1 < len(s.tokens) && s.tokens[to+1].digits && joins(s.gap(to+1)) && s.lines(to+1) == 0 {
		return -1
	}
	return to
}

// digitWords say that digits are told; cardWords that a card is spoken of.
var (
	digitWords = set("digits digit numbers figures ziffern ziffer zahlen stellen stellig chiffres chiffre digitos numeros cifras cifre cijfers cijfer cyfry cyfr cyferki numerki algarismos cifra")
	threeWords = set("3 three drei trois tres tre drie trzy trei 4 four vier quatre cuatro quattro cztery quatro patru")
	lastWords  = set("last letzten letzte derniers dernieres ultimos ultimas ultimi ultime laatste ostatnie ultimele")
	cardWords  = set("card cards karte kreditkarte kredit carte cb tarjeta carta cartao kaart kredietkaart creditcard kredytowa karty karta karcie cardul cardului visa mastercard amex maestro credit credito cartes bankkaart ec")
)

// onTheBack finds the code of a card beside a word for its back: "three digits on
// the back 093". A card or its digits are spoken of near.
func (s *scanner) onTheBack(i int) {
	code := s.near(i, i, 3, 0, func(j int) bool { return s.marks[j]&codeWord != 0 && !s.otherCode(j) })
	if code && i+1 < len(s.tokens) && s.three(i+1) && s.lines(i+1) == 0 {
		s.add(SecurityCode, Likely, "security-code.back", i+1, i+1)
		return
	}
	if w := string(s.word(i)); w == "back" && s.phrase(i, "back in", "back to", "back order", "back from") {
		return
	}
	digits := s.near(i, i, 6, 5, func(j int) bool {
		w := string(s.word(j))
		return lastWords[w] && j+1 < len(s.tokens) && threeWords[string(s.word(j+1))] ||
			digitWords[w] && (j > 0 && threeWords[string(s.word(j-1))] || j+1 < len(s.tokens) && threeWords[string(s.word(j+1))])
	})
	card := s.near(i, i, 5, 3, func(j int) bool { return cardWords[string(s.word(j))] })
	if !digits && !card {
		return
	}
	for j := i + 1; j < len(s.tokens) && j <= i+4 && s.lines(j) == 0; j++ {
		if s.three(j) {
			s.add(SecurityCode, Likely, "security-code.back", j, j)
			return
		}
		if w := string(s.word(j)); !digits && len(w) > 3 && !cardWords[w] {
			return
		}
	}
	for j := i - 1; digits && j >= 0 && j >= i-5 && s.lines(j+1) == 0; j-- {
		if s.three(j) && !s.sameLine(order|product, j, 2) {
			s.add(SecurityCode, Likely, "security-code.back", j, j)
			return
		}
	}
}

// behindCards finds the digits behind the number of a card and the month it ends,
// or behind a card that is named with a word such as "code".
func (s *scanner) behindCards() {
	for _, end := range s.cards {
		expires := false
		for j := end + 1; j < len(s.tokens) && j <= end+9 && s.lines(j) < 2; j++ {
			if j+1 < len(s.tokens) && s.month(j) {
				expires = true
				j++
				continue
			}
			if expires && (s.three(j) || s.four(j) && !s.year(j)) && s.lines(j) == 0 {
				s.add(SecurityCode, Likely, "security-code.card", j, j)
				break
			}
			if s.three(j) && j <= end+4 && s.lines(j) == 0 && len(s.gap(j)) <= 2 && s.marks[j-1]&(order|phoneWord) == 0 {
				s.add(SecurityCode, Likely, "security-code.card", j, j)
				break
			}
		}
	}
	for i := range s.tokens {
		if w := string(s.word(i)); w == "amex" || w == "visa" || w == "mastercard" {
			s.amex(i)
		}
	}
}

// amex finds the code behind the name of a card and a word such as "code".
func (s *scanner) amex(i int) {
	said := false
	for j := i + 1; j < len(s.tokens) && j <= i+6 && s.lines(j) == 0; j++ {
		if said = said || s.marks[j]&codeWord != 0 && !s.otherCode(j); said && (s.three(j) || s.four(j) && string(s.word(i)) == "amex") && s.marks[j-1]&(order|phoneWord) == 0 {
			s.add(SecurityCode, Likely, "security-code.card", j, j)
			return
		}
	}
}

// month reports whether a month and a year stand at a token: 09/28.
func (s *scanner) month(j int) bool {
	m := value(digitsOf(s.word(j)))
	n := s.tokens[j+1].end - s.tokens[j+1].start
	return m >= 1 && m <= 12 && s.tokens[j].end-s.tokens[j].start <= 2 && s.tokens[j+1].digits && (n == 2 || n == 4) && strings.ContainsAny(string(s.gap(j+1)), "/-. ") && len(s.gap(j+1)) <= 3
}

func (s *scanner) year(j int) bool {
	y := value(string(s.word(j)))
	return y >= 1990 && y <= 2050
}
