// This file holds the check digits of the numbers of persons and tax payers that
// hold no date. Every function is given a number that already has its form.

package ident

import "strings"

// ean13 is the check digit of GS1, which the AHV number shares.
func ean13(n string) bool {
	return weighted(n, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0
}

// verhoeff is the check of J. Verhoeff, Error Detecting Decimal Codes (1969).
func verhoeff(n string) bool {
	turns := [8]string{"0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"}
	c := 0
	for i := range len(n) {
		c = dihedral(c, int(turns[i%8][digit(n, len(n)-1-i)]-'0'))
	}
	return c == 0
}

// dihedral multiplies in the group of the turns of a pentagon.
func dihedral(a, b int) int {
	switch {
	case a < 5 && b < 5:
		return (a + b) % 5
	case a < 5:
		return (a+b-5)%5 + 5
	case b < 5:
		return (a-5-b+5)%5 + 5
	}
	return (a - b + 5) % 5
}

func validCY(n string) bool {
	sum := 0
	for i := range 8 {
		if i%2 == 0 {
			sum += [...]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21}[digit(n, i)]
		} else {
			sum += digit(n, i)
		}
	}
	return n[:2] != "12" && byte('A'+sum%26) == n[8]
}

func validICO(n string) bool {
	return (11-weighted(n, 8, 7, 6, 5, 4, 3, 2)%11)%10 == digit(n, 7)
}

// validDETax knows that of the first ten digits one comes twice or three times,
// and no other more than once.
func validDETax(n string) bool {
	var count [10]int
	for i := range 10 {
		count[digit(n, i)]++
	}
	repeated := 0
	for _, c := range count {
		if c > 3 {
			return false
		}
		if c > 1 {
			repeated++
		}
	}
	return n[0] != '0' && repeated == 1 && mod11and10(n)
}

func validESSocial(n string) bool {
	serial := number(n[2:10])
	if serial < 10_000_000 {
		return (number(n[:2])*10_000_000+serial)%97 == number(n[10:])
	}
	return number(n[:10])%97 == number(n[10:])
}

func validFRTax(n string) bool { return number(n[:10])%511 == number(n[10:]) }

// validNINO knows the prefixes that are not given out. There is no check digit.
func validNINO(n string) bool {
	switch n[:2] {
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
		return false
	}
	return strings.IndexByte("DFIQUV", n[0]) < 0 && strings.IndexByte("DFIOQUV", n[1]) < 0 && n[8] <= 'D'
}

func validNHS(n string) bool {
	c := 11 - weighted(n, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11
	return c != 10 && c%11 == digit(n, 9)
}

func validUTR(n string) bool {
	return "21987654321"[weighted(n[1:], 6, 7, 8, 9, 10, 5, 4, 3, 2)%11] == n[0]
}

func validTAJ(n string) bool {
	return n != "000000000" && weighted(n, 3, 7, 3, 7, 3, 7, 3, 7)%10 == digit(n, 8)
}

// validPPSN is the check of the Irish VAT numbers; a W at the end, once for
// wives, counts nothing.
func validPPSN(n string) bool {
	if len(n) == 9 && n[8] == 'W' {
		n = n[:8]
	}
	return (len(n) == 8 || n[8] <= 'I') && validIE(n)
}

func validMT(n string) bool { return strings.IndexByte("MGAPLHBZ", n[7]) >= 0 }

func validBSN(n string) bool {
	return n != "000000000" && (weighted(n, 9, 8, 7, 6, 5, 4, 3, 2)+10*digit(n, 8))%11 == 0
}

func validREGON(n string) bool {
	return weighted(n, 8, 9, 2, 3, 4, 5, 6, 7)%11%10 == digit(n, 8)
}

func validNIF(n string) bool { return strings.IndexByte("1235689", n[0]) >= 0 && validPT(n) }

// validCC is the check of the card's whole number, letters counting from A = 10.
func validCC(n string) bool {
	sum := 0
	for i := range 12 {
		v := int(n[i] - '0')
		if n[i] >= 'A' {
			v = int(n[i]-'A') + 10
		}
		if i%2 == 0 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return n[9] >= 'A' && sum%10 == 0
}

func validNISS(n string) bool {
	return 9-weighted(n, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2)%10 == digit(n, 10)
}

// validSSN knows the areas, groups and serials that are not given out.
func validSSN(n string) bool {
	return n[:3] != "000" && n[:3] != "666" && n[0] != '9' && n[3:5] != "00" && n[5:] != "0000"
}

func validITIN(n string) bool {
	g := number(n[3:5])
	return n[0] == '9' && (g >= 50 && g <= 65 || g >= 70 && g <= 88 || g >= 90 && g <= 92 || g >= 94)
}

// validEIN knows the prefixes that are not given out.
func validEIN(n string) bool {
	switch n[:2] {
	case "00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97":
		return false
	}
	return true
}
