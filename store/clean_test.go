package store_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
)

func TestT43NamesAreWrittenInGreatAndSmallLetters(t *testing.T) {
	for typed, want := range map[string]string{
		"maria popescu":        "Maria Popescu",
		"MARIA  POPESCU":       "Maria Popescu",
		"ronald mcdonald":      "Ronald McDonald",
		"MARIA DE LA CRUZ":     "Maria de la Cruz",
		"ludwig van beethoven": "Ludwig van Beethoven",
		"sean o'brien":         "Sean O'Brien",
		"anne-marie d’angelo":  "Anne-Marie D’Angelo",
		"ȘTEFAN ȚEPEȘ":         "Ștefan Țepeș",
		"j.r. smith":           "J.R. Smith",
		"de groot":             "De Groot",
		"Maria POPESCU":        "Maria POPESCU",
		"bell Hooks":           "bell Hooks",
		"BMW":                  "BMW",
		"x":                    "X",
		"???":                  "???",
		"李明":                   "李明",
		"   ":                  "",
		"macy":                 "Macy",
		"frankfurt am main":    "Frankfurt am Main",
		"'s-hertogenbosch":     "'s-Hertogenbosch",
		"JEAN-PIERRE DU BOIS":  "Jean-Pierre du Bois",
		"willem van 't hoff":   "Willem van 't Hoff",
	} {
		require.Equal(t, want, store.CleanName(typed), "%q", typed)
	}
}

func TestT43ANameIsCleanedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "name")
		once := store.CleanName(s)
		require.Equal(t, once, store.CleanName(once))
		require.Equal(t, strings.ToUpper(strings.Join(strings.Fields(strings.ToUpper(s)), " ")), strings.ToUpper(once), "only case and spaces change")
	})
}

func TestT43AnAddressOnOneLineIsParted(t *testing.T) {
	for _, c := range []struct{ country, typed, street, postcode, city string }{
		{"AT", "Hauptstraße 5, 1010 Wien", "Hauptstraße 5", "1010", "Wien"},
		{"AT", "Hauptstraße 5/3, A-1010 wien", "Hauptstraße 5/3", "1010", "Wien"},
		{"GB", "5 High Street, London SW1A 1AA", "5 High Street", "SW1A 1AA", "London"},
		{"NL", "Dam 1, 1012jl Amsterdam", "Dam 1", "1012 JL", "Amsterdam"},
		{"PL", "ul. Długa 5, 00238 Warszawa", "ul. Długa 5", "00-238", "Warszawa"},
		{"RO", "Strada Lungă 5, 500035 Brașov", "Strada Lungă 5", "500035", "Brașov"},
		{"SE", "Storgatan 1, 114 55 Stockholm", "Storgatan 1", "114 55", "Stockholm"},
	} {
		got := store.CleanAddress(invoice.Address{Street: c.typed}, c.country)
		require.Equal(t, invoice.Address{Street: c.street, Postcode: c.postcode, City: c.city}, got, c.typed)
	}
	for _, typed := range []string{"Hauptstraße 5", "Hauptstraße 5, Hof 3", "Hauptstraße 5, 1010", "5, rue Haute"} {
		require.Equal(t, invoice.Address{Street: typed}, store.CleanAddress(invoice.Address{Street: typed}, "AT"))
	}
}

func TestT43PhoneAndEmailComeToOneForm(t *testing.T) {
	for _, typed := range []string{"0664 123 45 67", "+43 (0) 664 1234567", "0043664/1234567", "0664-1234567"} {
		got := store.Clean(store.Customer{Name: "X", Phone: typed, Email: " Maria.P@GMail.COM"}, "AT")
		require.Equal(t, "+43 664 1234567", got.Phone, typed)
		require.Equal(t, "Maria.P@gmail.com", got.Email)
	}
	german := store.Customer{Phone: "0171 1234567", Address: invoice.Address{Country: "DE"}}
	require.Equal(t, "+49 1711234567", strings.Replace(store.Clean(german, "AT").Phone, "171 ", "171", 1), "the customer's country, not the shop's")
	require.Equal(t, "ring Anna", store.Clean(store.Customer{Phone: "ring Anna"}, "AT").Phone, "what is no number stays for the check to say so")
}
