// Package amount reads numbers as people type them: prices, quantities and
// percentages, with a comma or a point before the decimals. It never guesses:
// what can be read in two ways is handed back as a question.
package amount

import (
	"errors"
	"strings"

	"github.com/shopspring/decimal"
)

var (
	// ErrEmpty says that nothing was typed.
	ErrEmpty = errors.New("amount: empty")
	// ErrNotNumber says that what was typed is no number.
	ErrNotNumber = errors.New("amount: not a number")
	// ErrAmbiguous matches every AmbiguousError.
	ErrAmbiguous = errors.New("amount: can be read in two ways")
)

// AmbiguousError says that what was typed can be read in two ways: "1.234" is
// A, a bit more than one, where the point is the decimal sign, and B, more than
// a thousand, where it stands between thousands.
type AmbiguousError struct{ A, B decimal.Decimal }

// Error does not repeat what was typed.
func (e *AmbiguousError) Error() string { return ErrAmbiguous.Error() }

// Is makes every AmbiguousError an ErrAmbiguous.
func (e *AmbiguousError) Is(target error) bool { return target == ErrAmbiguous }

// maxDigits is more than any price has and keeps a pasted text from becoming a
// number of a thousand digits.
const maxDigits = 18

// group is the number of digits between two signs for thousands.
const group = 3

// Parse reads a number. "12,50" and "12.50" are the same. Thousands may be
// parted by the sign that is not the decimal one ("1.234,50"), by spaces or by
// apostrophes ("1'234.50"); groups must have three digits. A minus may stand
// before the number. ErrEmpty, ErrNotNumber and *AmbiguousError say why it could
// not be read.
func Parse(s string) (decimal.Decimal, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return decimal.Zero, ErrEmpty
	}
	s = strings.Map(plain, s)
	sign := ""
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = "-", strings.TrimSpace(rest)
	}
	if strings.Trim(s, "0123456789., ") != "" {
		return decimal.Zero, ErrNotNumber
	}
	whole, fraction, dec := cut(s)
	if dec && fraction == "" || strings.ContainsAny(fraction, " .,") {
		return decimal.Zero, ErrNotNumber
	}
	digits, ok := join(whole)
	if !ok || digits+fraction == "" || len(digits)+len(fraction) > maxDigits {
		return decimal.Zero, ErrNotNumber
	}
	v, err := number(sign, digits, fraction)
	if err != nil {
		return decimal.Zero, err
	}
	if dec && twoReadings(whole, fraction) {
		b, err := number(sign, digits+fraction, "")
		if err != nil {
			return decimal.Zero, err
		}
		return decimal.Zero, &AmbiguousError{A: v, B: b}
	}
	return v, nil
}

// plain turns the signs people and programs use for the same thing into one:
// any space and apostrophe into a space, the minus of typography into "-".
func plain(r rune) rune {
	switch r {
	case '\u00a0', '\u2009', '\u202f', '\'', '\u2019':
		return ' '
	case '\u2212':
		return '-'
	}
	return r
}

// cut parts s at its decimal sign, if it has one: the last comma or point,
// unless the same sign stands there more than once, between thousands.
func cut(s string) (whole, fraction string, dec bool) {
	i := strings.LastIndexAny(s, ".,")
	if i < 0 || strings.Count(s, s[i:i+1]) > 1 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// join takes the signs between thousands out: one kind only, the first group of
// one to three digits, each other of exactly three.
func join(whole string) (string, bool) {
	i := strings.IndexAny(whole, ",. ")
	if i < 0 {
		return whole, true
	}
	groups := strings.Split(whole, whole[i:i+1])
	for n, g := range groups {
		if strings.ContainsAny(g, ",. ") || n > 0 && len(g) != group || n == 0 && (g == "" || len(g) > group || g[0] == '0') {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// twoReadings reports whether the only sign of a number may part decimals as
// well as thousands: one to three digits before it, not zero, and three after.
func twoReadings(whole, fraction string) bool {
	return len(fraction) == group && whole != "" && len(whole) <= group && whole[0] != '0'
}

func number(sign, digits, fraction string) (decimal.Decimal, error) {
	s := sign + "0" + digits
	if fraction != "" {
		s += "." + fraction
	}
	v, err := decimal.NewFromString(s)
	if err != nil {
		return decimal.Zero, ErrNotNumber
	}
	return v, nil
}

// Write writes a number so that Parse reads the same one back: without signs
// between thousands, with at least so many decimals, and never with exactly
// three, which could be read in two ways. sign is the decimal sign.
func Write(v decimal.Decimal, least int32, sign string) string {
	n := max(least, -v.Exponent(), 0)
	if n == group {
		n++
	}
	return strings.Replace(v.StringFixed(n), ".", sign, 1)
}
