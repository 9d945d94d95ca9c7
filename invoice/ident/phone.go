// This file brings phone numbers to one form. Which digits a country's numbers
// have is the metadata of libphonenumber, which comes with the module.

package ident

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// telScheme is what begins a phone number in a link, RFC 3966.
const telScheme = "tel:"

// Phone returns a phone number in its international form, ITU-T E.123: +43 664
// 1234567. A number without the prefix of a country is one of country, ISO
// 3166-1 alpha-2. Whether the number is in service nobody knows from its digits:
// only its length is checked, as numbering plans change faster than programs.
// ErrCountry says that the prefix, or country where there is none, is not known;
// ErrLength, that no number there has so many digits; ErrCharacters, that it holds
// more than a number.
func Phone(s, country string) (string, error) {
	if len(s) >= len(telScheme) && strings.EqualFold(s[:len(telScheme)], telScheme) {
		s = s[len(telScheme):]
	}
	if strings.ContainsFunc(s, unicode.IsLetter) { // which keypads have on their digits
		return "", ErrCharacters
	}
	p, err := phonenumbers.Parse(s, country)
	switch {
	case err == phonenumbers.ErrInvalidCountryCode:
		return "", ErrCountry
	case err == phonenumbers.ErrNotANumber:
		return "", ErrCharacters
	case err != nil, !phonenumbers.IsPossibleNumber(p):
		return "", ErrLength
	case p.GetExtension() != "":
		return "", ErrCharacters
	}
	return phonenumbers.Format(p, phonenumbers.INTERNATIONAL), nil
}
