package store

// Clean at entry: what was typed is brought to one form before it is looked at,
// so that the same customer is written in one way by everybody.

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterbook/invoice"
	"counterbook/invoice/ident"
)

// Clean returns a customer as a careful hand would have typed it: names in great
// and small letters, phone in its international form, the domain of the e-mail in
// small letters, postcode as it is written in its country, and an address that stands
// on one line parted. country, ISO 3166-1 alpha-2, is where the customer is when the
// address does not say. What is not understood stays as it was typed; nothing is
// refused and nothing is lost. A form shows the result before it is saved.
func Clean(c Customer, country string) Customer {
	c.Name = CleanName(c.Name)
	country = cmp.Or(c.Address.Country, country)
	c.Address = CleanAddress(c.Address, country)
	c.Phone, c.Email = oneForm(c.Phone, c.Email, country)
	return c
}

// oneForm is the form in which phone and e-mail are stored.
func oneForm(phone, email, country string) (string, string) {
	if n, err := ident.Phone(phone, country); err == nil {
		phone = n
	}
	return phone, ident.Email(email)
}

// CleanAddress parts an address that was typed on one line, and writes its postcode
// and city as they are written in country.
func CleanAddress(a invoice.Address, country string) invoice.Address {
	if a.Postcode == "" && a.City == "" {
		if street, postcode, city, ok := splitAddress(a.Street, country); ok {
			a.Street, a.Postcode, a.City = street, postcode, city
		}
	}
	if p, err := ident.Postcode(a.Postcode, country); err == nil {
		a.Postcode = p
	}
	a.City = CleanName(a.City)
	return a
}

// splitAddress parts "Hauptstraße 5, 1010 Wien" and "5 High Street, London SW1A 1AA".
func splitAddress(line, country string) (street, postcode, city string, ok bool) {
	street, rest, found := strings.Cut(line, ",")
	if !found {
		return "", "", "", false
	}
	words := strings.Fields(rest)
	for n := min(2, len(words)-1); n > 0; n-- {
		for _, at := range []int{0, len(words) - n} { // before the city, or after it
			code, err := ident.Postcode(strings.Join(words[at:at+n], " "), country)
			if err != nil || !strings.ContainsAny(code, "0123456789") {
				continue
			}
			left := slices.Concat(words[:at], words[at+n:])
			return strings.TrimSpace(street), code, strings.Trim(strings.Join(left, " "), " ,"), true
		}
	}
	return "", "", "", false
}

// particles stand small within names.
var particles = []string{
	"'s", "'t", "a", "af", "al", "am", "an", "av", "bin", "d", "da", "dal", "das", "de", "degli", "dei", "del", "della", "delle", "den", "der", "des", "di", "do", "dos", "du",
	"e", "el", "i", "im", "in", "la", "las", "le", "les", "lo", "los", "of", "op", "sur", "ten", "ter", "the", "und", "van", "vom", "von", "y", "zu", "zum", "zur",
}

// CleanName returns the name of a person or a place in great and small letters when
// it was typed in one of them only, and as it is otherwise: who typed both meant it.
// Up to three letters in capitals are an abbreviation and stay.
func CleanName(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	lower, upper := strings.ToLower(s), strings.ToUpper(s)
	if lower == upper || s != lower && (s != upper || utf8.RuneCountInString(s) <= 3) {
		return s
	}
	words := strings.Split(lower, " ")
	for i, w := range words {
		if i > 0 && i < len(words)-1 && slices.Contains(particles, w) {
			continue
		}
		words[i] = greatLetters(w)
	}
	return strings.Join(words, " ")
}

// greatLetters writes a word with a great first letter, and so what stands behind a
// hyphen, an apostrophe within it, or Mc.
func greatLetters(w string) string {
	out, begin := []rune{}, w[0] != '\''
	for _, r := range w {
		if begin {
			r = unicode.ToTitle(r)
		}
		out = append(out, r)
		switch {
		case r == '-', r == '.', len(out) > 1 && (r == '\'' || r == '’'):
			begin = true
		default:
			begin = begin && !unicode.IsLetter(r) || len(out) == 2 && string(out) == "Mc"
		}
	}
	return string(out)
}
