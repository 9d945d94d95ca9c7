package ident_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice/ident"
)

func TestAPhoneNumberHasOneForm(t *testing.T) {
	for _, c := range []struct{ typed, country, want string }{
		{"0721 234 567", "RO", "+40 721 234 567"},
		{"0040-721-234-567", "RO", "+40 721 234 567"},
		{"+40 721234567", "AT", "+40 721 234 567"},
		{"06 12 34 56 78", "FR", "+33 6 12 34 56 78"},
		{"333 1234567", "IT", "+39 333 123 4567"},
		{"020 7946 0958", "GB", "+44 20 7946 0958"},
		{"Tel:+44-20-7946-0958", "AT", "+44 20 7946 0958"},
	} {
		got, err := ident.Phone(c.typed, c.country)
		require.NoError(t, err, c.typed)
		require.Equal(t, c.want, got)
		again, err := ident.Phone(got, "US")
		require.NoError(t, err)
		require.Equal(t, got, again)
	}
	for typed, want := range map[string]error{
		"12": ident.ErrLength, "0721 234 567 890 123 45": ident.ErrLength, "Maria": ident.ErrCharacters, "": ident.ErrCharacters,
		"0664 123456 Anna": ident.ErrCharacters, "0664-TAXI": ident.ErrCharacters, "+999 123456": ident.ErrCountry, "0664 1234567 ext. 3": ident.ErrCharacters,
	} {
		_, err := ident.Phone(typed, "AT")
		require.ErrorIs(t, err, want, typed)
	}
	_, err := ident.Phone("0664 1234567", "")
	require.ErrorIs(t, err, ident.ErrCountry)
}

func TestAPostcodeIsWrittenAsInItsCountry(t *testing.T) {
	for _, c := range []struct{ country, typed, want string }{
		{"AT", "1010", "1010"}, {"AT", "A-1010", "1010"}, {"DE", "D-80331", "80331"}, {"DE", "DE80331", "80331"},
		{"NL", "1012jl", "1012 JL"}, {"PL", "00238", "00-238"}, {"PT", "1000001", "1000-001"}, {"PT", "1000", "1000"},
		{"GB", "sw1a1aa", "SW1A 1AA"}, {"GB", "M1 1AE", "M1 1AE"}, {"IE", "d02af30", "D02 AF30"}, {"IE", "D6WXY12", "D6W XY12"},
		{"SE", "11455", "114 55"}, {"LT", "01103", "LT-01103"}, {"LV", "lv1010", "LV-1010"}, {"MT", "vlt1117", "VLT 1117"},
		{"US", "10001", "10001"}, {"US", "100011234", "10001-1234"}, {"CA", "k1a0b1", "K1A 0B1"}, {"XX", " any 1 ", "any 1"},
	} {
		got, err := ident.Postcode(c.typed, c.country)
		require.NoError(t, err, "%s %s", c.country, c.typed)
		require.Equal(t, c.want, got)
	}
	for _, c := range [][2]string{{"AT", "101"}, {"AT", "10100"}, {"AT", "AAAA"}, {"DE", "8033A"}, {"NL", "1012"}, {"GB", "12345"}, {"RO", "50003"}, {"AT", ""}} {
		_, err := ident.Postcode(c[1], c[0])
		require.ErrorIs(t, err, ident.ErrFormat, "%v", c)
	}
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.SampledFrom([]string{"AT", "DE", "GB", "NL", "PL", "PT", "IE", "LT", "MT", "CA", "US"}).Draw(t, "country")
		if once, err := ident.Postcode(rapid.StringMatching(`[A-Za-z0-9 -]{0,9}`).Draw(t, "typed"), country); err == nil {
			again, err := ident.Postcode(once, country)
			require.NoError(t, err)
			require.Equal(t, once, again)
		}
	})
}

func TestTheDomainOfAnEmailIsSmallAndItsSlipsAreSeen(t *testing.T) {
	require.Equal(t, "Maria@example.com", ident.Email(" Maria@EXAMPLE.com "))
	require.Equal(t, "a@b.at", ident.Email("mailto:a@b.at"))
	require.Equal(t, "no address", ident.Email("no address"))
	for typed, want := range map[string]string{
		"m@gmial.com": "m@gmail.com", "m@gmail.con": "m@gmail.com", "m@gmai.com": "m@gmail.com", "m@hotmial.con": "m@hotmail.com",
		"m@yaho.com": "m@yahoo.com", "m@outlok.de": "m@outlook.de", "m@firma.con": "m@firma.com", "m@gmaill.com": "m@gmail.com",
		"m@gmail.com": "", "m@gmx.at": "", "m@gmx.de": "", "m@mail.com": "", "m@email.com": "", "m@own-shop.at": "", "m@hotmail.it": "", "m@hotmail.dk": "", "m@yahoo.se": "", "m@ymail.com": "",
		"m@ball.com": "", "no address": "", "": "", "m@": "", "m@gmail": "",
	} {
		require.Equal(t, want, ident.EmailTypo(typed), typed)
	}
}
