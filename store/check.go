package store

// Checks of what was typed, shared by all records. A problem names a field and
// a rule; ui/words makes the sentence.

import (
	"errors"
	"strconv"
	"strings"
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

// length counts characters, and refuses what is no text.
func (p *problems) length(field, v string, longest int) {
	if !utf8.ValidString(v) {
		p.add(field, "text")
	} else if utf8.RuneCountInString(v) > longest {
		p.add(field, "too long", strconv.Itoa(longest))
	}
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

func (p *problems) address(field string, a invoice.Address) {
	p.length(field+".Street", a.Street, maxName)
	p.length(field+".Street2", a.Street2, maxName)
	p.length(field+".Postcode", a.Postcode, 20)
	p.length(field+".City", a.City, maxShort)
	p.length(field+".Region", a.Region, maxShort)
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
	if !ok || user == "" || strings.ContainsAny(v, " \t<>,;\"") || strings.Contains(host, "@") ||
		!strings.Contains(strings.Trim(host, "."), ".") || len(v) > 254 {
		p.add(field, "email")
	}
}

// phone wants digits, with the marks people put between them.
func (p *problems) phone(field, v string) {
	if v == "" {
		return
	}
	n := len(digits(v))
	if strings.Trim(v, "0123456789 +-/().") != "" || n < 3 || n > 20 {
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

// trim removes space around, and lines and control characters in, short texts.
func trim(fields ...*string) {
	for _, f := range fields {
		if !utf8.ValidString(*f) {
			continue // for the check to name; mending it would destroy it
		}
		*f = strings.TrimSpace(strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' || r == 0x7f {
				return ' '
			}
			return r
		}, *f))
	}
}
