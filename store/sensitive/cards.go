package sensitive

// Cards: brand, length and check digit together, never the check alone: every
// IMEI passes it.

import "strings"

// brand returns the brand of a card number of a length that brand has.
func brand(n string) string {
	p2, p3, p4 := value(n[:2]), value(n[:3]), value(n[:4])
	switch l := len(n); {
	case n[0] == '4' && (l == 16 || l == 19):
		return "visa"
	case l == 16 && (p2 >= 51 && p2 <= 55 || p4 >= 2221 && p4 <= 2720):
		return "mastercard"
	case l == 15 && (p2 == 34 || p2 == 37):
		return "amex"
	case (l == 16 || l == 19) && (p4 == 6011 || p2 == 65 || p3 >= 644 && p3 <= 649):
		return "discover"
	case l == 14 && (p2 == 36 || p2 == 38 || p3 >= 300 && p3 <= 305):
		return "diners"
	case (l == 16 || l == 19) && p4 >= 3528 && p4 <= 3589:
		return "jcb"
	case (l == 16 || l == 19) && p2 == 62:
		return "unionpay"
	case (l == 16 || l == 18 || l == 19) && (p4 == 5018 || p4 == 5020 || p4 == 5038 || p4 == 5893 || p4 == 6304 || p4 == 6759 || p4 >= 6761 && p4 <= 6763):
		return "maestro"
	}
	return ""
}

func value(digits string) int {
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// luhn is the check of ISO/IEC 7812-1.
func luhn(n string) bool {
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}

func (s *scanner) card(c candidate) {
	if len(c.text) < 14 || len(c.text) > 19 {
		return
	}
	b := brand(c.text)
	if b == "" || !luhn(c.text) || s.productNumber(c.from) {
		return
	}
	if c.from == c.to || c.whole || s.grouped(c) || s.freeBefore(c.from) && s.expires(c.to+1) {
		s.add(Card, Sure, "card."+b, c.from, c.to)
		s.cards = append(s.cards, c.to)
	}
}

// Words of paying; and those that may stand between the word for a parcel and its
// number.
var (
	payWords = set("pay pays paid payment paying bezahlt bezahlen bezahlte zahlt zahlte zahlen gezahlt zahlung paye payee payes payees payer paie paiement regle reglee payement pagado pagada pagar paga pago pagato pagata pagare pagamento pagou betaald betaalt betalen betaling " +
		"oplacona oplacone oplacony zaplacona zaplacone zaplacono zaplacil zaplacila placi placil placila platnosc platit platita platite plata plateste achitat achitata")
	parcelFollow = set("n nr no num number nummer numer numar numero numeros numery id dhl dpd gls ups hermes inpost fedex tnt post seur correos ctt fan evri brt courier curier kurier code kod cod codigo codice ref suivi seguimiento")
)

// productNumber reports whether the word for a parcel or the like stands directly
// before a number and nothing in the sentence up to there speaks of paying.
func (s *scanner) productNumber(from int) bool {
	i := from - 1
	for i >= 0 && !s.sentenceEnds(i) && (parcelFollow[string(s.word(i))] || saysIs[string(s.word(i))]) {
		i--
	}
	if i < 0 || s.marks[i]&product == 0 || s.sentenceEnds(i) {
		return false
	}
	for ; i >= 0 && i >= from-12; i-- {
		if w := string(s.word(i)); payWords[w] || cardWords[w] {
			return false
		}
		if i > 0 && s.sentenceEnds(i-1) {
			return true
		}
	}
	return true
}

// sentenceEnds reports whether a sentence or a line ends behind a word; the full
// stop of a short one, as in "no.", ends none.
func (s *scanner) sentenceEnds(i int) bool {
	tail := string(s.tail(i))
	return strings.ContainsAny(tail, ";!?\n") || strings.Contains(tail, ".") && !parcelFollow[string(s.word(i))] && s.tokens[i].end-s.tokens[i].start > 3
}

// expires reports whether the month in which a card ends stands at a token: 12/27.
func (s *scanner) expires(i int) bool {
	return i+1 < len(s.tokens) && s.tokens[i].digits && s.month(i) && string(s.gap(i+1)) == "/"
}

// grouped reports whether a number stands in the groups that are on cards.
func (s *scanner) grouped(c candidate) bool {
	for i := c.from; i <= c.to; i++ {
		if n := s.tokens[i].end - s.tokens[i].start; n != 4 && i != c.to && (n != 6 || i != c.from+1) {
			return false
		}
	}
	return true
}
