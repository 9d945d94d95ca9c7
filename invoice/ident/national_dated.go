// This file reads the numbers that hold a date of birth. Every function is given
// a number that already has the form of its country.

package ident

import (
	"strings"
	"time"
)

// day returns a date of the calendar, or ErrDate.
func day(year, month, d int) (time.Time, error) {
	t := time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || t.Day() != d || d < 1 {
		return time.Time{}, ErrDate
	}
	return t, nil
}

// shortDay is day for a year without its century: under 25 of this one, and of
// the last otherwise.
func shortDay(year, month, d int) (time.Time, error) {
	if year < 25 {
		return day(2000+year, month, d)
	}
	return day(1900+year, month, d)
}

// when returns the date of a number whose check digits are right or wrong.
func when(right bool, t time.Time, err error) (time.Time, error) {
	switch {
	case !right:
		return time.Time{}, ErrChecksum
	case err != nil:
		return time.Time{}, err
	}
	return t, nil
}

// two reads the two digits at a place.
func two(n string, i int) int { return digit(n, i)*10 + digit(n, i+1) }

// sixDigits reads day, month and year of two digits each.
func sixDigits(n string) (d, m, y int) { return two(n, 0), two(n, 2), two(n, 4) }

func readATPerson(n string) (time.Time, error) {
	c := weighted(n, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11
	d, m, y := sixDigits(n[4:])
	if m > 12 { // where the day's serials are used up
		m = 1
	}
	t, err := shortDay(y, m, d)
	return when(n[0] != '0' && c == digit(n, 3), t, err)
}

// readBE knows numbers of before and since 2000, and those of persons who are
// not registered, whose month is 20 or 40 more.
func readBE(n string) (time.Time, error) {
	first, c := number(n[:9]), number(n[9:])
	y, m, d := two(n, 0), two(n, 2)%20, two(n, 4)
	if 97-(2_000_000_000+first)%97 == c {
		t, err := day(2000+y, m, d)
		return when(true, t, err)
	}
	t, err := day(1900+y, m, d)
	return when(97-first%97 == c, t, err)
}

func readBG(n string) (time.Time, error) {
	y, m, d := two(n, 0), two(n, 2), two(n, 4)
	century := 1900
	if m > 40 {
		m, century = m-40, 2000
	} else if m > 20 {
		m, century = m-20, 1800
	}
	t, err := day(century+y, m, d)
	return when(weighted(n, 2, 4, 8, 5, 10, 9, 7, 3, 6)%11%10 == digit(n, 9), t, err)
}

// readCZ knows the numbers of ten digits, since 1954. Women have 50 more in the
// month, and 20 more is where the day's serials are used up.
func readCZ(n string) (time.Time, error) {
	right := number(n)%11 == 0 || number(n[:9])%11 == 10 && n[9] == '0'
	y, m, d := two(n, 0), two(n, 2)%50, two(n, 4)
	if m > 20 {
		m -= 20
	}
	century := 1900
	if y < 54 {
		century = 2000
	}
	t, err := day(century+y, m, d)
	return when(right, t, err)
}

func readDEPension(n string) (time.Time, error) {
	sum := 0
	expanded := n[:8] + string('0'+(n[8]-'A'+1)/10) + string('0'+(n[8]-'A'+1)%10) + n[9:11]
	for i, w := range [...]int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1} {
		p := w * digit(expanded, i)
		sum += p/10 + p%10
	}
	d, m, y := sixDigits(n[2:])
	t, err := shortDay(y, m, d)
	return when(sum%10 == digit(n, 11), t, err)
}

// readDK finds the century by the seventh digit, as the register does.
func readDK(n string) (time.Time, error) {
	d, m, y := sixDigits(n)
	century := 1900
	switch c := n[6]; {
	case c == '4' || c == '9':
		if y < 37 {
			century = 2000
		}
	case c >= '5':
		century = 2000
		if y >= 58 {
			century = 1800
		}
	}
	return day(century+y, m, d)
}

func readBaltic(n string) (time.Time, error) {
	c := weighted(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11
	if c == 10 {
		c = weighted(n, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10
	}
	if n[0] < '1' || n[0] > '8' {
		return time.Time{}, ErrFormat
	}
	t, err := day(1800+(digit(n, 0)-1)/2*100+two(n, 1), two(n, 3), two(n, 5))
	return when(c == digit(n, 10), t, err)
}

// readFI takes the number with a sign that is a letter, or without its sign,
// which then was a dash.
func readFI(n string) (time.Time, error) {
	century := 1900
	rest := n[6:]
	if len(n) == 11 {
		if rest[0] <= 'F' {
			century = 2000
		} else if rest[0] < 'U' || rest[0] > 'Y' {
			return time.Time{}, ErrFormat
		}
		rest = rest[1:]
	}
	d, m, y := sixDigits(n)
	t, err := day(century+y, m, d)
	return when("0123456789ABCDEFHJKLMNPRSTUVWXY"[number(n[:6]+rest[:3])%31] == rest[3], t, err)
}

func readFR(n string) (time.Time, error) {
	if n[6] > 'B' {
		return time.Time{}, ErrFormat
	}
	v := strings.NewReplacer("2A", "19", "2B", "18").Replace(n[5:7])
	m := two(n, 3)
	if strings.IndexByte("123478", n[0]) < 0 || m == 0 || m > 12 && m < 20 || m > 42 && m < 50 {
		return time.Time{}, ErrDate
	}
	if m > 12 { // a month that is not known
		m = 1
	}
	t, err := shortDay(two(n, 1), m, 1)
	return when(97-number(n[:5]+v+n[7:13])%97 == number(n[13:]), t, err)
}

func readGR(n string) (time.Time, error) {
	d, m, y := sixDigits(n)
	t, err := shortDay(y, m, d)
	return when(luhn(n), t, err)
}

// readJMBG reads the number that the countries of former Yugoslavia share.
func readJMBG(n string) (time.Time, error) {
	c := 11 - weighted(n, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11
	y := number(n[4:7]) + 2000
	if y >= 2800 {
		y -= 1000
	}
	t, err := day(y, two(n, 2), two(n, 0))
	return when(c != 10 && c%11 == digit(n, 12), t, err)
}

// readHU turns the weights round for who was born since 1997.
func readHU(n string) (time.Time, error) {
	if n[0] < '1' || n[0] > '4' {
		return time.Time{}, ErrFormat
	}
	y := 1900 + two(n, 1)
	if n[0] > '2' {
		y += 100
	}
	t, err := day(y, two(n, 3), two(n, 5))
	sum := weighted(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	if y >= 1997 {
		sum = weighted(n, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
	}
	return when(sum%11 == digit(n, 10), t, err)
}

// readHUTax counts days since 1 January 1867.
func readHUTax(n string) (time.Time, error) {
	t := time.Date(1867, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, number(n[1:6]))
	return when(weighted(n, 1, 2, 3, 4, 5, 6, 7, 8, 9)%11 == digit(n, 9), t, nil)
}

// readIT knows omocodia: digits that are written as letters so that two persons
// do not share a number.
func readIT(n string) (time.Time, error) {
	odd := [...]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}
	sum := 0
	for i := range 15 {
		v := int(n[i] - 'A')
		if n[i] <= '9' {
			v = digit(n, i)
		}
		if i%2 == 0 {
			v = odd[v]
		}
		sum += v
	}
	b := []byte(n)
	for _, i := range [...]int{6, 7, 9, 10, 12, 13, 14} {
		if b[i] >= 'A' {
			at := strings.IndexByte("LMNPQRSTUV", b[i])
			if at < 0 {
				return time.Time{}, ErrFormat
			}
			b[i] = byte('0' + at)
		}
	}
	plain := string(b)
	t, err := shortDay(two(plain, 6), strings.IndexByte("ABCDEHLMPRST", n[8])+1, two(plain, 9)%40)
	return when(int(n[15]-'A') == sum%26, t, err)
}

func readLU(n string) (time.Time, error) {
	t, err := day(number(n[:4]), two(n, 4), two(n, 6))
	return when(luhn(n[:12]) && verhoeff(n[:11]+n[12:]), t, err)
}

func readLV(n string) (time.Time, error) {
	c := (1101 - weighted(n, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11
	d, m, y := sixDigits(n)
	if n[6] > '2' {
		return time.Time{}, ErrFormat
	}
	t, err := day(1800+100*digit(n, 6)+y, m, d)
	return when(c == digit(n, 10), t, err)
}

// readNO knows D-numbers, 40 more in the day, and help numbers, 40 more in the
// month.
func readNO(n string) (time.Time, error) {
	k1 := (11 - weighted(n, 3, 7, 6, 1, 8, 9, 4, 5, 2)%11) % 11
	k2 := (11 - weighted(n, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	d, m, y := sixDigits(n)
	serial, century := number(n[6:9]), 1900
	switch {
	case serial >= 500 && y < 40:
		century = 2000
	case serial >= 500 && serial < 750 && y >= 54:
		century = 1800
	}
	t, err := day(century+y, m%40, d%40)
	return when(k1 == digit(n, 9) && k2 == digit(n, 10), t, err)
}

func readPL(n string) (time.Time, error) {
	c := (10 - weighted(n, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3)%10) % 10
	century := [...]int{1900, 2000, 2100, 2200, 1800}[two(n, 2)/20]
	t, err := day(century+two(n, 0), two(n, 2)%20, two(n, 4))
	return when(c == digit(n, 10), t, err)
}

func readRO(n string) (time.Time, error) {
	c := weighted(n, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11
	if c == 10 {
		c = 1
	}
	if county := two(n, 7); n[0] == '0' || county == 0 || county > 52 && county != 70 {
		return time.Time{}, ErrFormat
	}
	y, m, d := two(n, 1), two(n, 3), two(n, 5)
	var t time.Time
	var err error
	switch n[0] {
	case '1', '2':
		t, err = day(1900+y, m, d)
	case '3', '4':
		t, err = day(1800+y, m, d)
	case '5', '6':
		t, err = day(2000+y, m, d)
	default:
		t, err = shortDay(y, m, d)
	}
	return when(c == digit(n, 12), t, err)
}

// readSE knows the forms of ten and of twelve digits, and coordination numbers,
// 60 more in the day.
func readSE(n string) (time.Time, error) {
	short := n[len(n)-10:]
	y, m, d := two(short, 0), two(short, 2), two(short, 4)
	if d > 60 {
		d -= 60
	}
	if len(n) == 12 {
		t, err := day(number(n[:4]), m, d)
		return when(luhn(short), t, err)
	}
	t, err := shortDay(y, m, d)
	return when(luhn(short), t, err)
}
