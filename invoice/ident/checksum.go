// This file holds the check digits of the VAT numbers. Every function is given
// a number that already has the form of its country.

package ident

import "strings"

// digit returns the value of one character.
func digit(s string, i int) int { return int(s[i] - '0') }

// number reads digits; it is given ten at most.
func number(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + digit(s, i)
	}
	return n
}

// weighted sums the leading digits, each times its weight.
func weighted(s string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += w * digit(s, i)
	}
	return sum
}

// luhn is the mod 10 check of ISO/IEC 7812-1.
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := digit(s, len(s)-1-i)
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}

// mod11and10 is the MOD 11,10 check of ISO/IEC 7064: Germany and Croatia.
func mod11and10(s string) bool {
	p := 10
	for i := range len(s) - 1 {
		sum := (digit(s, i) + p) % 10
		if sum == 0 {
			sum = 10
		}
		p = sum * 2 % 11
	}
	return (11-p)%10 == digit(s, len(s)-1)
}

func validAT(n string) bool {
	sum := 4
	for i := range 7 {
		d := digit(n, i+1)
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return (10-sum%10)%10 == digit(n, 8)
}

func validBE(n string) bool { return 97-number(n[:8])%97 == number(n[8:]) }

func validEE(n string) bool {
	return (10-weighted(n, 3, 7, 1, 3, 7, 1, 3, 7)%10)%10 == digit(n, 8)
}

func validEL(n string) bool {
	return weighted(n, 256, 128, 64, 32, 16, 8, 4, 2)%11%10 == digit(n, 8)
}

// validES knows the numbers of persons (DNI, NIE, and K, L, M) and of
// organisations (CIF).
func validES(n string) bool {
	const control = "TRWAGMYFPDXBNJZSQVHLCKE"
	body, last := n[:8], n[8]
	switch first := n[0]; {
	case first >= '0' && first <= '9':
		return control[number(body)%23] == last
	case strings.IndexByte("XYZ", first) >= 0:
		return control[number(string('0'+first-'X')+body[1:])%23] == last
	case strings.IndexByte("KLM", first) >= 0:
		return control[number(body[1:])%23] == last
	}
	sum := 0
	for i := 1; i < 8; i++ {
		d := digit(n, i)
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	c := (10 - sum%10) % 10
	switch {
	case strings.IndexByte("PQRSNW", n[0]) >= 0: // always a letter
		return last == "JABCDEFGHI"[c]
	case strings.IndexByte("ABEH", n[0]) >= 0: // always a digit
		return last == byte('0'+c)
	case strings.IndexByte("CDFGJUV", n[0]) >= 0:
		return last == byte('0'+c) || last == "JABCDEFGHI"[c]
	}
	return false
}

func validFI(n string) bool {
	c := (11 - weighted(n, 7, 9, 10, 5, 8, 4, 2)%11) % 11
	return c != 10 && c == digit(n, 7)
}

// validFR checks the key of two digits. Keys with letters have no public rule.
func validFR(n string) bool {
	if !digits(n[:2]) {
		return true
	}
	return (12+3*(number(n[2:])%97))%97 == number(n[:2])
}

// validGB knows the two series of numbers, 97 and 97 less 55. Government
// departments and health authorities (GD, HA) have no check digits.
func validGB(n string) bool {
	if !digits(n) {
		return true
	}
	sum := weighted(n, 8, 7, 6, 5, 4, 3, 2) + number(n[7:9])
	return sum%97 == 0 || (sum+55)%97 == 0
}

func validHU(n string) bool {
	return (10-weighted(n, 9, 7, 3, 1, 9, 7, 3)%10)%10 == digit(n, 7)
}

// validIE knows the form since 2013, with a second letter, and the older ones.
func validIE(n string) bool {
	extra := 0
	if n[1] >= 'A' { // before 2013: digit, letter, five digits
		n = "0" + n[2:7] + n[:1] + n[7:]
	} else if len(n) == 9 {
		extra = 9 * int(n[8]-'A'+1)
	}
	sum := weighted(n, 8, 7, 6, 5, 4, 3, 2) + extra
	return "WABCDEFGHIJKLMNOPQRSTUV"[sum%23] == n[7]
}

// validNL accepts the number of a company (mod 11) and, since 2020, that of a
// sole trader (mod 97 over the whole number with its prefix).
func validNL(n string) bool {
	c := weighted(n, 9, 8, 7, 6, 5, 4, 3, 2) % 11
	return c != 10 && c == digit(n, 8) || mod97("NL"+n) == 1
}

func validPL(n string) bool {
	c := weighted(n, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11
	return c != 10 && c == digit(n, 9)
}

func validPT(n string) bool {
	c := 11 - weighted(n, 9, 8, 7, 6, 5, 4, 3, 2)%11
	if c >= 10 {
		c = 0
	}
	return c == digit(n, 8)
}

func validRO(n string) bool {
	n = strings.Repeat("0", 10-len(n)) + n
	return weighted(n, 7, 5, 3, 2, 1, 7, 5, 3, 2)*10%11%10 == digit(n, 9)
}

func validSI(n string) bool {
	c := 11 - weighted(n, 8, 7, 6, 5, 4, 3, 2)%11
	return c != 11 && c%10 == digit(n, 7)
}

func validCH(n string) bool {
	c := (11 - weighted(n[1:], 5, 4, 3, 2, 7, 6, 5, 4)%11) % 11
	return c != 10 && c == digit(n, 9)
}

func validNO(n string) bool {
	c := (11 - weighted(n, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	return c != 10 && c == digit(n, 8)
}
