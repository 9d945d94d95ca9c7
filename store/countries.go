package store

// Countries: what a set-up proposes for each of them.

import (
	"github.com/shopspring/decimal"

	"counterbook/invoice"
)

// DefaultShop is what a set-up starts from for a country: currency, language
// and VAT rates. Rates are as of 2026; the owner is asked to check them.
func DefaultShop(country string) Shop {
	s := Shop{Currency: "EUR", Language: "en", NumberPattern: "{YYYY}-{####}", NumberStart: 1, PaymentDays: 14, LockMinutes: 5, StaleMonths: usualStaleMonths}
	s.Legal.Address.Country = country
	c, ok := countries[country]
	if !ok {
		s.Rates = []invoice.Tax{{Category: invoice.ZeroRated}}
		return s
	}
	s.Currency, s.Language = c.currency, c.language
	for _, r := range c.rates {
		s.Rates = append(s.Rates, invoice.Tax{Category: invoice.Standard, Rate: decimal.RequireFromString(r)})
	}
	return s
}

// KnownCountry reports whether the program knows the VAT rates of a country.
func KnownCountry(country string) bool {
	_, ok := countries[country]
	return ok
}

// countries are the member states of the EU and their neighbours. Languages are
// those in which documents can be made. Rates are those of the mainland, the
// usual one first, without a rate of zero and without Austria's 4.9 on certain
// groceries, which those who sell them add; the year in a comment is that of a
// change that older lists do not have.
var countries = map[string]struct {
	currency, language string
	rates              []string
}{
	"AT": {"EUR", "de", []string{"20", "13", "10"}},
	"BE": {"EUR", "en", []string{"21", "12", "6"}},
	"BG": {"EUR", "en", []string{"20", "9"}}, // the euro: 2026
	"CH": {"CHF", "de", []string{"8.1", "3.8", "2.6"}},
	"CY": {"EUR", "en", []string{"19", "9", "5", "3"}},
	"CZ": {"CZK", "en", []string{"21", "12"}},
	"DE": {"EUR", "de", []string{"19", "7"}},
	"DK": {"DKK", "en", []string{"25"}},
	"EE": {"EUR", "en", []string{"24", "13", "9"}}, // 2025
	"ES": {"EUR", "en", []string{"21", "10", "4"}},
	"FI": {"EUR", "en", []string{"25.5", "13.5", "10"}}, // 2026
	"FR": {"EUR", "en", []string{"20", "10", "5.5", "2.1"}},
	"GB": {"GBP", "en", []string{"20", "5"}},
	"GR": {"EUR", "en", []string{"24", "13", "6"}},
	"HR": {"EUR", "en", []string{"25", "13", "5"}},
	"HU": {"HUF", "en", []string{"27", "18", "5"}},
	"IE": {"EUR", "en", []string{"23", "13.5", "9"}},
	"IS": {"ISK", "en", []string{"24", "11"}},
	"IT": {"EUR", "en", []string{"22", "10", "5", "4"}},
	"LI": {"CHF", "de", []string{"8.1", "3.8", "2.6"}}, // one VAT territory with Switzerland
	"LT": {"EUR", "en", []string{"21", "12", "5"}},     // 2026
	"LU": {"EUR", "de", []string{"17", "14", "8", "3"}},
	"LV": {"EUR", "en", []string{"21", "12", "5"}},
	"MT": {"EUR", "en", []string{"18", "12", "7", "5"}}, // 2024
	"NL": {"EUR", "en", []string{"21", "9"}},
	"NO": {"NOK", "en", []string{"25", "15", "12"}},
	"PL": {"PLN", "en", []string{"23", "8", "5"}},
	"PT": {"EUR", "en", []string{"23", "13", "6"}},
	"RO": {"RON", "en", []string{"21", "11"}}, // 2025
	"SE": {"SEK", "en", []string{"25", "12", "6"}},
	"SI": {"EUR", "en", []string{"22", "9.5", "5"}},
	"SK": {"EUR", "en", []string{"23", "19", "5"}}, // 2025
}
