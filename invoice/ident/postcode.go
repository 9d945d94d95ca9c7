// This file holds the postcodes: which form each country uses, after the
// addressing guidelines of the Universal Postal Union.

package ident

import (
	"strings"
	"unicode"
)

// postcodes is the forms of a country's postcodes: 9 is a digit, A a letter, all
// else stands for itself. The first that fits is how it is written.
var postcodes = map[string][]string{
	"AT": {"9999"}, "BE": {"9999"}, "BG": {"9999"}, "CH": {"9999"}, "CY": {"9999"}, "DK": {"9999"},
	"HU": {"9999"}, "LI": {"9999"}, "LU": {"9999"}, "NO": {"9999"}, "SI": {"9999"}, "AU": {"9999"}, "NZ": {"9999"},
	"DE": {"99999"}, "EE": {"99999"}, "ES": {"99999"}, "FI": {"99999"}, "FR": {"99999"}, "HR": {"99999"},
	"IT": {"99999"}, "MC": {"99999"}, "ME": {"99999"}, "RS": {"99999"}, "SM": {"99999"}, "TR": {"99999"}, "UA": {"99999"},
	"RO": {"999999"},
	"CZ": {"999 99"}, "GR": {"999 99"}, "SE": {"999 99"}, "SK": {"999 99"},
	"PL": {"99-999"}, "PT": {"9999-999", "9999"}, "NL": {"9999 AA"},
	"LT": {"LT-99999"}, "LV": {"LV-9999"}, "MD": {"MD-9999"},
	"MT": {"AAA 9999"},
	"GB": {"A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA"},
	"IE": {"A99 ****", "A9A ****"},
	"US": {"99999-9999", "99999"}, "CA": {"A9A 9A9"},
}

// Postcode checks a postcode of a country, ISO 3166-1 alpha-2, and returns it as
// it is written there. What was typed may lack the spaces, dashes and the country
// prefix. A postcode of a country whose form is not known comes back trimmed.
// ErrFormat says that it has another form.
func Postcode(s, country string) (string, error) {
	forms := postcodes[country]
	if forms == nil {
		return strings.TrimSpace(s), nil
	}
	typed := bare(s)
	for _, form := range forms {
		if out, ok := written(form, typed); ok {
			return out, nil
		}
		if prefix, rest, ok := strings.Cut(form, "-"); ok && prefix == country {
			if out, ok := written(rest, typed); ok {
				return prefix + "-" + out, nil
			}
		}
		if rest, ok := strings.CutPrefix(typed, country); ok { // D-80331, F-75001 and the like say the country
			if out, ok := written(form, rest); ok {
				return out, nil
			}
		}
	}
	if rest, ok := strings.CutPrefix(typed, signs[country]); ok && signs[country] != "" {
		return Postcode(rest, country)
	}
	return "", ErrFormat
}

// signs are the signs of vehicles that some write before a postcode where they are
// not the country's code.
var signs = map[string]string{
	"AT": "A", "BE": "B", "DE": "D", "ES": "E", "FI": "FIN", "FR": "F", "HU": "H", "IT": "I", "LU": "L", "NO": "N", "PT": "P", "SE": "S", "SI": "SLO",
}

// bare is what was typed in capitals and without what is put between.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '.' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
}

// written puts what was typed into a form. A star is a letter or a digit.
func written(form, typed string) (string, bool) {
	var out strings.Builder
	for _, f := range form {
		if f == ' ' || f == '-' {
			out.WriteRune(f)
			continue
		}
		if typed == "" {
			return "", false
		}
		c := typed[0]
		digit, letter := c >= '0' && c <= '9', c >= 'A' && c <= 'Z'
		switch {
		case f == '9' && digit, f == 'A' && letter, f == '*' && (digit || letter), f != '9' && f != 'A' && f != '*' && rune(c) == f:
		default:
			return "", false
		}
		out.WriteByte(c)
		typed = typed[1:]
	}
	return out.String(), typed == ""
}
