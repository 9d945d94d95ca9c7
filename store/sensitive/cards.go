package sensitive

// Cards: brand, length and check digit together, never the check alone: every
// IMEI passes it.

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
	if b == "" || !luhn(c.text) || s.sameLine(product, c.from, 4) {
		return
	}
	if c.from == c.to || c.whole || s.grouped(c) {
		s.add(Card, Sure, "card."+b, c.from, c.to)
		s.cards = append(s.cards, c.to)
	}
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
