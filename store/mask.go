package store

// Masks: enough of a phone number or an e-mail address to recognise it, not
// enough to use it. Rows of lists hold nothing else; what is behind a mask comes
// from Reveal, which counts.

import (
	"strings"
	"unicode/utf8"
)

const (
	masked = "•••"
	// enoughDigits is how many digits a number must have for its last four to
	// be shown; of a shorter one two are.
	enoughDigits = 7
)

// MaskPhone keeps the country's prefix and the last digits: +43 ••• ••• 4471.
func MaskPhone(phone string) string {
	phone = strings.TrimSpace(phone)
	digits := onlyDigits(phone)
	if digits == "" {
		return ""
	}
	prefix := ""
	if rest, ok := strings.CutPrefix(phone, "+"); ok {
		prefix = callingCode(rest)
		digits = strings.TrimPrefix(digits, prefix)
	}
	show := 2
	if len(digits) >= enoughDigits {
		show = 4
	}
	out := masked + " "
	if len(digits) > 4 {
		out += masked + " "
	}
	out += digits[max(0, len(digits)-min(show, len(digits)/2)):]
	if prefix != "" {
		out = "+" + prefix + " " + out
	}
	return strings.TrimSpace(out)
}

// callingCode is the digits before the first sign between digits, or two where
// there is none to tell.
func callingCode(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if end < 1 || end > 3 {
		end = min(2, len(onlyDigits(s)))
	}
	return onlyDigits(s)[:end]
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// MaskEmail keeps the first letter and what is after the @: g••••@posteo.it.
func MaskEmail(email string) string {
	name, host, ok := strings.Cut(strings.TrimSpace(email), "@")
	if !ok {
		if name == "" {
			return ""
		}
		return masked
	}
	first := ""
	if utf8.RuneCountInString(name) > 1 {
		_, n := utf8.DecodeRuneInString(name)
		first = name[:n]
	}
	return first + masked + "•@" + host
}
