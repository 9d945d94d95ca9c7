// Package ident reads the numbers that identify accounts and businesses: IBAN
// and BIC, and the VAT numbers of the EU, Great Britain, Switzerland and
// Norway; and, to find them where they do not belong, the numbers of persons
// and tax payers. It is used by forms while somebody types, by the check before
// issue, by payment codes and by the guard of notes.
//
// Each function takes what was typed, with the spaces, dots and dashes people
// write, and returns the normal form to store: capitals without separators.
// Format functions return the form to print. No error holds the number.
package ident

import (
	"errors"
	"strings"
)

// What can be wrong with a number.
var (
	ErrCharacters = errors.New("ident: a character that does not belong in this number")
	ErrCountry    = errors.New("ident: no such country for this number")
	ErrLength     = errors.New("ident: not the length this country uses")
	ErrFormat     = errors.New("ident: not the form this country uses")
	ErrChecksum   = errors.New("ident: the check digits do not match")
)

// ibanLengths is the length of an IBAN by country, SWIFT IBAN registry.
var ibanLengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22,
	"BH": 22, "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24,
	"DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
	"FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27,
	"GT": 28, "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
	"IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20,
	"LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20,
	"MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24,
	"PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24,
	"SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25,
	"SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
	"YE": 30,
}

// IBAN checks an account number, ISO 13616, and returns its normal form.
func IBAN(s string) (string, error) {
	n, err := normal(s)
	if err != nil {
		return "", err
	}
	if len(n) < 4 || !digits(n[2:4]) || !letters(n[:2]) {
		return "", ErrFormat
	}
	want, ok := ibanLengths[n[:2]]
	switch {
	case !ok:
		return "", ErrCountry
	case len(n) != want:
		return "", ErrLength
	case mod97(n[4:]+n[:4]) != 1:
		return "", ErrChecksum
	}
	return n, nil
}

// FormatIBAN prints an account number in groups of four. What is not an IBAN
// comes back as it is.
func FormatIBAN(s string) string {
	n, err := IBAN(s)
	if err != nil {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(n); i += 4 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(n[i:min(i+4, len(n))])
	}
	return b.String()
}

// BIC checks the form of a business identifier code, ISO 9362: eight or eleven
// characters with the country in the fifth and sixth.
func BIC(s string) (string, error) {
	n, err := normal(s)
	if err != nil {
		return "", err
	}
	if len(n) != 8 && len(n) != 11 {
		return "", ErrLength
	}
	if !letters(n[4:6]) {
		return "", ErrFormat
	}
	return n, nil
}

// normal removes the separators people write and turns letters into capitals.
// Anything else but a letter from A to Z or a digit is refused.
func normal(s string) (string, error) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune(r - 'a' + 'A')
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(" \t\u00a0\u202f.-/", r):
		default:
			return "", ErrCharacters
		}
	}
	return b.String(), nil
}

// mod97 reads letters as two digits, A as 10, and returns the remainder of the
// division by 97, ISO 7064.
func mod97(s string) int {
	m := 0
	for i := range len(s) {
		if c := s[i]; c >= 'A' {
			m = (m*100 + int(c-'A') + 10) % 97
		} else {
			m = (m*10 + int(c-'0')) % 97
		}
	}
	return m
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func letters(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return s != ""
}
