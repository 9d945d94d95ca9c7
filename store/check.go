package store

// Checks of what was typed, shared by all records. A problem names a field and
// a rule; ui/words makes the sentence.

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterbook/invoice"
	"counterbook/invoice/ident"
)

type problems invoice.Problems

func (p *problems) add(field, rule string, args ...string) {
	*p = append(*p, invoice.Problem{Field: field, Rule: rule, Args: args})
}

func (p *problems) require(field, v string, longest int) {
	if v == "" {
		p.add(field, "missing")
		return
	}
	p.length(field, v, longest)
}

// name is require of a text that somebody can see something of.
func (p *problems) name(field, v string, longest int) {
	if !strings.ContainsFunc(v, visible) {
		v = ""
	}
	p.require(field, v, longest)
}

// blank are letters and signs that show nothing.
const blank = "\u115f\u1160\u2800\u3164\uffa0"

// visible reports letters, digits and signs, and not the marks that stand on them.
func visible(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.S, unicode.P) && !strings.ContainsRune(blank, r)
}

// length counts characters of a text of one line, and refuses what is no text or
// cannot be seen.
func (p *problems) length(field, v string, longest int) { p.text(field, v, longest, false) }

// lines is length for a text of several lines.
func (p *problems) lines(field, v string, longest int) { p.text(field, v, longest, true) }

func (p *problems) text(field, v string, longest int, lines bool) {
	hidden := strings.IndexFunc(v, func(r rune) bool { return r != '\n' && r != '\t' && unseen(r) })
	switch {
	case !utf8.ValidString(v):
		p.add(field, "text")
	case hidden >= 0:
		r, _ := utf8.DecodeRuneInString(v[hidden:])
		p.add(field, "unseen", fmt.Sprintf("U+%04X", r))
	case !lines && strings.ContainsAny(v, "\n\t"):
		p.add(field, "one line")
	case utf8.RuneCountInString(v) > longest:
		p.add(field, "too long", strconv.Itoa(longest))
	}
}

// unseen reports characters that nobody sees and that make a text another than
// the one that is seen: controls, separators of lines, what turns the direction
// of writing (U+202E), and spaces of no width. Joiners and the marks of direction
// that scripts need to be written are none of them.
func unseen(r rune) bool {
	switch {
	case r == '\u200c', r == '\u200d', r == '\u200e', r == '\u200f', r == '\u061c', r >= 0xe0020 && r <= 0xe007f:
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

func (p *problems) between(field string, v, least, most int) {
	if v < least || v > most {
		p.add(field, "range", strconv.Itoa(least), strconv.Itoa(most))
	}
}

// country wants an ISO 3166-1 alpha-2 code.
func (p *problems) country(field, v string) {
	if len(v) != 2 || strings.Trim(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		p.add(field, "country")
	}
}

// place checks the texts of an address.
func (p *problems) place(field string, a invoice.Address) {
	p.length(field+".Street", a.Street, maxName)
	p.length(field+".Street2", a.Street2, maxName)
	p.length(field+".Postcode", a.Postcode, 20)
	p.length(field+".City", a.City, maxShort)
	p.length(field+".Region", a.Region, maxShort)
}

func (p *problems) address(field string, a invoice.Address) {
	p.place(field, a)
	if a.Country != "" || a != (invoice.Address{}) {
		p.country(field+".Country", a.Country)
	}
}

// number checks an optional number with one of ident's functions.
func (p *problems) number(field, rule string, parse func(string) (string, error), v string) {
	if v == "" {
		return
	}
	if _, err := parse(v); err != nil {
		p.add(field, rule, numberReason(err))
	}
}

// numberReason is a fixed word for what is wrong with a number.
func numberReason(err error) string {
	switch {
	case errors.Is(err, ident.ErrCountry):
		return "country"
	case errors.Is(err, ident.ErrLength):
		return "length"
	case errors.Is(err, ident.ErrChecksum):
		return "checksum"
	}
	return "format"
}

// normal returns the normal form of a number, or what was typed.
func normal(parse func(string) (string, error), v string) string {
	if n, err := parse(v); err == nil {
		return n
	}
	return v
}

// email looks for what is certainly none; only a message proves an address.
func (p *problems) email(field, v string) {
	if v == "" {
		return
	}
	user, host, ok := strings.Cut(v, "@")
	labels := strings.Split(host, ".")
	if !ok || user == "" || strings.ContainsAny(user, " \t<>,;\"") || strings.ContainsFunc(v, hides) ||
		len(labels) < 2 || slices.ContainsFunc(labels, noLabel) || len(v) > 254 {
		p.add(field, "email")
	}
}

// hides reports what is in no address: spaces of all kinds, and what nobody sees.
func hides(r rune) bool { return !visible(r) && !unicode.Is(unicode.M, r) }

// noLabel reports whether a text cannot be a part of a domain's name, RFC 5890: that is
// letters, also international ones, digits, and hyphens between them.
func noLabel(s string) bool {
	return strings.Trim(s, "-") != s || s == "" ||
		strings.ContainsFunc(s, func(r rune) bool { return r != '-' && !unicode.In(r, unicode.L, unicode.M, unicode.Nd) })
}

// party checks what stands on documents about somebody.
func (p *problems) party(field string, q invoice.Party) {
	p.length(field+".Name", q.Name, maxName)
	p.length(field+".Contact", q.Contact, maxName)
	p.length(field+".VATID", q.VATID, maxShort)
	p.length(field+".TaxNumber", q.TaxNumber, maxShort)
}

// phone wants digits, with the marks people put between them.
func (p *problems) phone(field, v string) {
	if v == "" {
		return
	}
	n := len(digits(v))
	if strings.Trim(v, "0123456789 +-/().") != "" || strings.LastIndex(strings.TrimLeft(v, " ("), "+") > 0 || n < 3 || n > 20 {
		p.add(field, "phone")
	}
}

func tidyParty(q invoice.Party) invoice.Party {
	a := &q.Address
	trim(&q.Name, &q.Contact, &q.TaxNumber, &q.Email, &q.Phone, &a.Street, &a.Street2, &a.Postcode, &a.City, &a.Region)
	trim(&q.VATID)
	q.VATID = normal(ident.VAT, q.VATID)
	a.Country = strings.ToUpper(strings.TrimSpace(a.Country))
	return q
}

// trim removes space around texts. What else is in them is stored as it is, or
// refused by a check.
func trim(fields ...*string) {
	for _, f := range fields {
		*f = strings.TrimSpace(*f)
	}
}
