package sensitive

// Numbers: cards, accounts, and the numbers of persons and tax payers.

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"counterbook/invoice/ident"
)

// longest is how many characters the longest number has, an IBAN of Saint Lucia
// being 32, and how many tokens one may be written in.
const (
	longest     = 34
	mostGroups  = 20
	mostLetters = 8 // tokens of a number that has letters, but an IBAN
)

// rule is a row of the table of national numbers with its name here.
type rule struct {
	*ident.National
	id string // "pl.pesel"
}

// rulesByLength are the national numbers by the length of their forms.
var rulesByLength = func() [longest + 1][]rule {
	var t [longest + 1][]rule
	for i := range ident.Nationals() {
		n := &ident.Nationals()[i]
		seen := map[int]bool{}
		for _, f := range n.Forms {
			if !seen[len(f)] {
				seen[len(f)] = true
				t[len(f)] = append(t[len(f)], rule{n, strings.ToLower(n.Country) + "." + n.Key})
			}
		}
	}
	return t
}()

// joins reports whether a gap is one people leave within a number.
func joins(gap []byte) bool {
	if len(gap) > 3 {
		return false
	}
	breaks := 0
	for _, c := range gap {
		switch c {
		case ' ', '.', '-', '/', '\t', '_', '\r':
		case '\n':
			breaks++
		default:
			return false
		}
	}
	return breaks < 2
}

// joinsWide is joins for the groups of cards and accounts, whose check digits are
// worth more: in columns, and over a line with spaces around its end.
func joinsWide(gap []byte) bool {
	return len(gap) <= 8 && len(bytes.Trim(gap, " \t\r\n")) == 0 && bytes.Count(gap, []byte("\n")) < 2
}

// numberEnds are words that may stand glued behind a card or an account.
var numberEnds = set("exp expires expiry valid val cvv cvc cvv2 cvc2 eur euro chf gbp pln ron usd bic swift")

// candidate is a row of tokens read as one number.
type candidate struct {
	skip     int // letters at its beginning that are not of it
	from, to int
	text     string // capitals, without separators
	digits   bool   // nothing but
	whole    bool   // no digits stand beside it on its line
}

// numbers offers every row of tokens that could be a number.
func (s *scanner) numbers() {
	var buf [longest]byte
	for i := range s.tokens {
		s.taxWord(i)
		skip, checked := s.ibanPrefix(i), s.cardPrefix(i) // checked: offered to cards and accounts only
		if !checked && !s.begins(i) {
			continue
		}
		account := skip > 0 || s.beginsAccount(i)
		n, letters, wide := 0, false, false
		for j := i; j < len(s.tokens) && j < i+mostGroups; j++ {
			t := s.tokens[j]
			if j > i && !joins(s.gap(j)) {
				wide = true
				if !joinsWide(s.gap(j)) {
					break
				}
			}
			if n+t.end-t.start > longest {
				break
			}
			letters = letters || !t.digits
			if letters && !account && (j-i >= mostLetters || !t.digits && t.end-t.start > 6) {
				break
			}
			word := s.word(j)
			if j == i {
				word = word[skip:]
			}
			for _, c := range word {
				if c >= 'a' {
					c -= 'a' - 'A'
				}
				buf[n] = c
				n++
			}
			if letters && !account && n > 6 && !hasDigit(buf[:n]) {
				break
			}
			ends := !s.gluedBehind(j)
			if n < 6 || !ends && !numberEnds[string(s.word(j+1))] {
				continue
			}
			c := candidate{skip, i, j, string(buf[:n]), !letters, s.whole(i, j)}
			if account {
				s.account(c)
			}
			if c.digits && (!wide || s.grouped(c)) {
				s.card(c)
			}
			if checked || wide || !ends {
				continue
			}
			if letters {
				s.vat(c)
			}
			s.national(c)
		}
	}
}

func hasDigit(b []byte) bool {
	for _, c := range b {
		if c <= '9' {
			return true
		}
	}
	return false
}

// begins reports whether a number may begin at a token: not within a word, but
// behind one that names numbers, as in "tel0722".
func (s *scanner) begins(i int) bool {
	t := s.tokens[i]
	if !t.digits && t.end-t.start > 6 || s.text[t.start] >= 0x80 {
		return false
	}
	if t.glued {
		return t.digits && (s.marks[i-1] != 0 || len(names[string(s.word(i-1))]) > 0)
	}
	return t.start == 0 || s.text[t.start-1] != '+'
}

// cardPrefix reports whether digits are glued to a word for a card: "Visa4111".
func (s *scanner) cardPrefix(i int) bool {
	return s.tokens[i].digits && s.tokens[i].glued && cardWords[string(s.word(i-1))] && !s.begins(i)
}

// ibanPrefix returns how many letters before an account only name it: "IBANDE89".
func (s *scanner) ibanPrefix(i int) int {
	const iban = "iban"
	if w := s.word(i); len(w) == len(iban)+2 && bytes.HasPrefix(w, []byte(iban)) && s.gluedBehind(i) && !s.tokens[i].glued {
		return len(iban)
	}
	return 0
}

// beginsAccount reports whether two letters and two digits stand here.
func (s *scanner) beginsAccount(i int) bool {
	t := s.tokens[i]
	if t.digits || t.end-t.start != 2 || i+1 == len(s.tokens) {
		return false
	}
	next := s.tokens[i+1]
	return next.digits && next.end-next.start >= 2 && len(s.gap(i+1)) <= 1
}

// whole reports whether no digits stand beside a row of tokens on its line.
func (s *scanner) whole(i, j int) bool {
	return s.freeBefore(i) && (j+1 == len(s.tokens) || !s.tokens[j+1].digits || !joins(s.gap(j+1)) || s.lines(j+1) > 0)
}

// freeBefore is whole for what stands before.
func (s *scanner) freeBefore(i int) bool {
	return i == 0 || !s.tokens[i-1].digits || !joins(s.gap(i)) || s.lines(i) > 0
}

// taxWords name a number of a tax payer and hardly anything else.
var taxWords = set("ustid ustidnr ustidnummer ust uid steuernummer steuernr stnr steuerid nip nipu cui cif nif nipc piva iva partita siren siret tva btw btwnummer vat contribuinte fiscal fiscale ein utr regon rsin cvr taxid tin")

// taxWord finds a number directly behind a word for that of a tax payer, though
// its check digits or its form are not those known.
func (s *scanner) taxWord(i int) {
	if !taxWords[string(s.word(i))] {
		return
	}
	for j := i + 1; j < len(s.tokens) && j <= i+4 && s.lines(j) == 0; j++ {
		if !s.tokens[j].digits {
			if n := s.tokens[j].end - s.tokens[j].start; n > 4 && !taxFollow[string(s.word(j))] || strings.ContainsAny(string(s.gap(j)), ",;!?%") {
				return
			}
			continue
		}
		from, to, digits := j, j, 0
		if s.tokens[j].glued && s.tokens[j-1].end-s.tokens[j-1].start <= 3 && j-1 > i {
			from--
		}
		for ; ; to++ {
			if s.tokens[to].digits {
				digits += s.tokens[to].end - s.tokens[to].start
			}
			if to+1 == len(s.tokens) || !(s.tokens[to+1].glued || s.tokens[to+1].digits && joins(s.gap(to+1)) && s.lines(to+1) == 0) {
				break
			}
		}
		if digits >= 7 && digits <= 14 && s.date(j) == 0 && !s.measured(to) && !s.price(candidate{from: from, to: to}) {
			s.add(TaxID, Likely, "tax.word", from, to)
		}
		return
	}
}

// taxFollow are words between that for a number and the number.
var taxFollow = set("number nummer numero numer intracom intracommunautaire intracomunitario komunitarny firma firmy company societate bedrijf empresa azienda ditta")

// account finds an IBAN, and one with a wrong check where the word stands beside.
func (s *scanner) account(c candidate) {
	if len(c.text) < 15 {
		return
	}
	start, end := s.tokens[c.from].start+c.skip, s.tokens[c.to].end
	switch _, err := ident.IBAN(c.text); {
	case err == nil:
		s.addBytes(IBAN, Sure, "iban", start, end, c.text[:2])
	case errors.Is(err, ident.ErrChecksum):
		if c.skip > 0 || s.says(ibanWord, c.from, c.to, 4, 3) {
			s.addBytes(IBAN, Likely, "iban.check", start, end, c.text[:2])
		}
	}
}

// vat finds a VAT number with the prefix of its country.
func (s *scanner) vat(c candidate) {
	first := s.tokens[c.from]
	if len(c.text) < 8 || len(c.text) > 16 || first.digits || first.end-first.start > 4 {
		return
	}
	n, err := ident.VAT(c.text)
	if err != nil {
		return
	}
	country := ident.VATCountry(n)
	named := s.says(taxWord, c.from, c.to, 4, 2)
	raw := s.source[s.original(first.start):s.originalEnd(first.end)]
	capitals := strings.ToUpper(raw) == raw
	if !named && (!capitals || !s.tokens[c.from+1].glued && !s.o.at(country)) {
		return
	}
	if !named && s.sameLine(product, c.from, 3) {
		return
	}
	s.add(TaxID, Sure, "vat."+strings.ToLower(country), c.from, c.to, country)
}

// national finds the numbers of persons and tax payers. Where a word names the
// number, it is that one and no other.
func (s *scanner) national(c candidate) {
	before := len(s.found)
	anyNamed := false
	for _, r := range rulesByLength[len(c.text)] {
		if !s.mayBe(r, c) {
			continue
		}
		born, err := r.ParseNormal(c.text)
		if err != nil || !s.o.alive(born) {
			continue
		}
		kind := NationalID
		switch {
		case r.Tax:
			kind = TaxID
		case r.id == "pt.cc" || r.id == "mt.id":
			kind = IDCard // the number of the card is all there is
		}
		named := s.named(r.id, c.from, c.to)
		if named && !anyNamed {
			s.found, anyNamed = s.found[:before], true
		} else if anyNamed && !named {
			continue
		}
		strength, signed := r.Strength, r.Sign != 0 && s.signed(r, c)
		if signed {
			strength = ident.Strong
		}
		certainty := Likely
		switch {
		case named:
			certainty = Sure
		case s.sameLine(product, c.from, 4) || s.price(c):
			continue
		case strength == ident.Strong:
			if c.from != c.to && !c.whole && !signed || s.phoneHere(c, r) {
				continue
			}
			certainty = Sure
		case strength == ident.Weak && s.o.at(r.Country):
			if !c.whole || s.sameLine(order|phoneWord, c.from, 4) || s.phoneLike(c, r) || s.date(c.from) > 0 {
				continue
			}
		default:
			continue
		}
		s.add(kind, certainty, "id."+r.id, c.from, c.to, r.Country, r.Name)
	}
	s.ownFirst(s.found[before:])
}

// ownFirst puts what a number is in the shop's own country before what else of the
// same kind it could be, as sure as that.
func (s *scanner) ownFirst(fits []Finding) {
	own := slices.IndexFunc(fits, func(f Finding) bool { return f.Args[0] == s.o.Country })
	if own < 0 {
		own = slices.IndexFunc(fits, func(f Finding) bool { return s.o.at(f.Args[0]) })
	}
	if own < 0 {
		return
	}
	mine := fits[own]
	for _, f := range fits {
		if f.Kind == mine.Kind {
			mine.Certainty = max(mine.Certainty, f.Certainty)
		}
	}
	copy(fits[1:], fits[:own])
	fits[0] = mine
}

// mayBe is a first look that costs little.
func (s *scanner) mayBe(r rule, c candidate) bool {
	for _, f := range r.Forms {
		if ident.HasForm(c.text, f) {
			return r.Key != "hetu" || len(c.text) == 11 || s.signed(r, c)
		}
	}
	return false
}

// signed reports whether a number is written with the sign of its country.
func (s *scanner) signed(r rule, c candidate) bool {
	if r.Key == "hetu" && len(c.text) == 11 {
		return true
	}
	n, right := 0, false
	for i := c.from; i <= c.to; i++ {
		g := s.gap(i)
		switch {
		case i == c.from:
		case n == r.SignAt:
			right = len(g) == 1 && g[0] == r.Sign
		case len(g) > 0 && r.Key != "svnr": // parted elsewhere: it is written otherwise
			return false
		}
		n += s.tokens[i].end - s.tokens[i].start
	}
	return right
}

// price reports whether a sign of money, or a comma with digits, is beside.
func (s *scanner) price(c candidate) bool {
	tail, gap := string(s.tail(c.to)), string(s.gap(c.from))
	return strings.HasPrefix(strings.TrimLeft(tail, " "), "€") || strings.HasSuffix(strings.TrimRight(gap, " "), "€") || strings.Contains(tail, "$") || strings.HasSuffix(gap, "#") ||
		tail == "," && c.to+1 < len(s.tokens) && s.tokens[c.to+1].digits
}

// phoneHere reports whether the number of a person of another country would be a
// phone number of the shop's.
func (s *scanner) phoneHere(c candidate, r rule) bool {
	return c.digits && !s.o.at(r.Country) && s.ofShop(c.text, c.to-c.from+1)
}

// phoneLike reports whether a number would be a phone number of its country.
func (s *scanner) phoneLike(c candidate, r rule) bool {
	if !c.digits {
		return false
	}
	switch r.Country {
	case "US":
		return c.from == c.to // nine digits in a row are anything
	case "PT":
		return c.text[0] == '9' && strings.ContainsRune("1236", rune(c.text[1]))
	}
	return plausible(r.Country, c.text, c.to-c.from+1)
}
