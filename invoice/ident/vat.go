// This file holds the VAT numbers: which form each country uses, and which
// check digits.

package ident

import (
	"regexp"
	"strings"
)

// vatRule is what is known about the numbers of one country: the form of what
// follows the prefix, and the check digits where they are known. valid is nil
// where only the form is checked.
type vatRule struct {
	form  *regexp.Regexp
	valid func(string) bool
}

// vatRules is keyed by the prefix of the number, which is the country except
// for Greece (EL), Northern Ireland (XI) and the Swiss CHE.
var vatRules = map[string]vatRule{
	"AT": rule(`U\d{8}`, validAT),
	"BE": rule(`[01]\d{9}`, validBE),
	"BG": rule(`\d{9,10}`, validBG),
	"CY": rule(`\d{8}[A-Z]`, validCY),
	"CZ": rule(`\d{8,10}`, validCZ),
	"DE": rule(`[1-9]\d{8}`, mod11and10),
	"DK": rule(`[1-9]\d{7}`, func(n string) bool { return weighted(n, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0 }),
	"EE": rule(`\d{9}`, validEE),
	"EL": rule(`\d{9}`, validEL),
	"ES": rule(`[A-Z]\d{7}[A-Z]|\d{8}[A-Z]|[A-Z]\d{8}`, validES),
	"FI": rule(`\d{8}`, validFI),
	"FR": rule(`[A-HJ-NP-Z\d]{2}\d{9}`, validFR),
	"GB": rule(`\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2}`, validGB),
	"HR": rule(`\d{11}`, mod11and10),
	"HU": rule(`\d{8}`, validHU),
	"IE": rule(`\d{7}[A-W][A-I]?|\d[A-Z]\d{5}[A-W]`, validIE),
	"IT": rule(`\d{11}`, luhn),
	"LT": rule(`\d{7}1\d|\d{10}1\d`, validLT),
	"LU": rule(`\d{8}`, func(n string) bool { return number(n[:6])%89 == number(n[6:]) }),
	"LV": rule(`\d{11}`, validLV),
	"MT": rule(`[1-9]\d{7}`, func(n string) bool { return weighted(n, 3, 4, 6, 7, 8, 9, 10, 1)%37 == 0 }),
	"NL": rule(`\d{9}B\d{2}`, validNL),
	"PL": rule(`\d{10}`, validPL),
	"PT": rule(`[1-9]\d{8}`, validPT),
	"RO": rule(`[1-9]\d{1,9}`, validRO),
	"SE": rule(`\d{10}\d{2}`, func(n string) bool { return luhn(n[:10]) && n[10:] != "00" }),
	"SI": rule(`[1-9]\d{7}`, validSI),
	"SK": rule(`[1-9]\d{9}`, func(n string) bool { return number(n)%11 == 0 }),
	"XI": rule(`\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2}`, validGB),
	"CH": rule(`E\d{9}(MWST|TVA|IVA|VAT)?`, validCH),
	"NO": rule(`\d{9}(MVA)?`, validNO),
}

func rule(form string, valid func(string) bool) vatRule {
	return vatRule{regexp.MustCompile(`^(` + form + `)$`), valid}
}

// VAT checks a VAT number with its country prefix and returns its normal form,
// such as ATU12345675. GR is read as EL. Switzerland and Norway keep their
// endings: CHE116281710MWST, NO974760673MVA.
func VAT(s string) (string, error) {
	n, err := normal(s)
	if err != nil {
		return "", err
	}
	if len(n) < 4 {
		return "", ErrLength
	}
	prefix, rest := n[:2], n[2:]
	if prefix == "GR" {
		prefix = "EL"
	}
	r, ok := vatRules[prefix]
	switch {
	case !ok:
		return "", ErrCountry
	case !r.form.MatchString(rest):
		return "", ErrFormat
	case strings.Trim(rest, "0") == "", !r.valid(rest):
		return "", ErrChecksum
	}
	return prefix + rest, nil
}

// noCheckDigits are the kinds of numbers that have none, or none of a public rule:
// Czech birth numbers of nine digits, French keys with letters, British departments
// and health authorities, and Latvian persons since 2017.
var noCheckDigits = regexp.MustCompile(`^(CZ[0-57-9]\d{8}|FR(\d[A-Z]|[A-Z].)\d{9}|(GB|XI)(GD|HA)\d{3}|LV32\d{9})$`)

// HasCheckDigits reports whether a VAT number in its normal form is of a kind with
// check digits. Of the others VAT knows the form alone.
func HasCheckDigits(n string) bool { return !noCheckDigits.MatchString(n) }

// FormatVAT prints a VAT number the way its country does: CHE-116.281.710
// MWST, NO 974 760 673 MVA, the others without separators. What is not a VAT
// number comes back as it is.
func FormatVAT(s string) string {
	n, err := VAT(s)
	if err != nil {
		return s
	}
	switch n[:2] {
	case "CH":
		return strings.TrimSpace("CHE-" + n[3:6] + "." + n[6:9] + "." + n[9:12] + " " + n[12:])
	case "NO":
		return strings.TrimSpace("NO " + n[2:5] + " " + n[5:8] + " " + n[8:11] + " " + n[11:])
	}
	return n
}

// validBG knows companies, nine digits, and of ten the numbers of citizens, of
// foreigners and of others.
func validBG(n string) bool {
	if len(n) == 9 {
		return firstOf(weighted(n, 1, 2, 3, 4, 5, 6, 7, 8), weighted(n, 3, 4, 5, 6, 7, 8, 9, 10)) == digit(n, 8)
	}
	other := 11 - weighted(n, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11
	_, err := readBG(n)
	return err == nil || weighted(n, 21, 19, 17, 13, 11, 9, 7, 3, 1)%10 == digit(n, 9) || other != 10 && other%11 == digit(n, 9)
}

// validCZ knows companies, eight digits, and persons by their birth number: those who
// were born before 1954 have nine digits without a check digit, others a special number
// that begins with 6.
func validCZ(n string) bool {
	switch {
	case len(n) == 8:
		return n[0] != '9' && validICO(n)
	case len(n) == 10:
		_, err := readCZ(n)
		return err == nil
	case n[0] == '6':
		return (18-(21-weighted(n[1:], 8, 7, 6, 5, 4, 3, 2)%11)%11)%10 == digit(n, 8)
	}
	y, century := two(n, 0), 1900
	if y >= 80 {
		century = 1800
	}
	_, err := day(century+y, two(n, 2)%50, two(n, 4))
	return err == nil && (y < 54 || y >= 80)
}

// validLT knows companies, nine digits, and others.
func validLT(n string) bool {
	if len(n) == 9 {
		return firstOf(weighted(n, 1, 2, 3, 4, 5, 6, 7, 8), weighted(n, 3, 4, 5, 6, 7, 8, 9, 1)) == digit(n, 8)
	}
	return firstOf(weighted(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2), weighted(n, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4)) == digit(n, 11)
}

// validLV knows companies, whose first digit is over 3, and persons: those who got their
// number since 2017 have no check digit.
func validLV(n string) bool {
	switch {
	case n[0] > '3':
		return weighted(n, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)%11 == 3
	case n[:2] == "32":
		return true
	}
	_, err := readLV(n)
	return err == nil
}

// firstOf is the first remainder mod 11 that is a digit, 0 for none.
func firstOf(sums ...int) int {
	for _, sum := range sums {
		if sum%11 < 10 {
			return sum % 11
		}
	}
	return 0
}

// VATCountry returns the ISO 3166-1 code of the country of a VAT number in its
// normal form: GR for EL, GB for XI.
func VATCountry(n string) string {
	switch {
	case len(n) < 2:
		return ""
	case n[:2] == "EL":
		return "GR"
	case n[:2] == "XI":
		return "GB"
	}
	return n[:2]
}
