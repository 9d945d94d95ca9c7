package store

// Phone numbers as they are said aloud, and as they are shown while somebody is
// asked for a part of them.

import "strings"

// HidePhone keeps the country's prefix of a phone alone: +43 ••• •••.
func HidePhone(phone string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(phone), "+")
	switch {
	case onlyDigits(phone) == "":
		return ""
	case !ok:
		return masked + " " + masked
	}
	return "+" + callingCode(rest) + " " + masked + " " + masked
}

// SpokenPhone writes a phone in groups of three and two digits with room between
// them, the country's prefix by itself.
func SpokenPhone(phone string) string {
	var out []string
	digits := onlyDigits(phone)
	if rest, ok := strings.CutPrefix(strings.TrimSpace(phone), "+"); ok {
		code := callingCode(rest)
		out, digits = append(out, "+"+code), strings.TrimPrefix(digits, code)
	}
	for len(digits) > 4 {
		out, digits = append(out, digits[:3]), digits[3:]
	}
	if len(digits) == 4 {
		out, digits = append(out, digits[:2]), digits[2:]
	}
	if digits != "" {
		out = append(out, digits)
	}
	return strings.Join(out, "  ")
}
