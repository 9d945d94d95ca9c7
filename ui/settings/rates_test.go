package settings

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
)

func TestTheRatesOfACountryAreTakenOnlyWhenAskedFor(t *testing.T) {
	d, s := open(t)
	require.False(t, d.Has("Use the rates of Austria"), "they are there")
	d.Type("Rate 2", "12")
	country := s.controlOf("Legal.Address.Country")
	country.set("DE")
	s.changed()
	d.Settle()
	require.Equal(t, "12", d.Value("Rate 2"), "another country overwrites nothing")
	d.Tap("Add a rate")
	d.Select("Kind of VAT 4").Choose(3)
	d.Type("Sentence 4", "Steuerschuldnerschaft des Leistungsempfängers")
	d.Tap("Use the rates of Germany")
	require.Equal(t, []typedRate{{Kind: "S", Rate: "19"}, {Kind: "S", Rate: "7"},
		{Kind: "AE", Reason: "Steuerschuldnerschaft des Leistungsempfängers"}}, s.rates.typed, "what is no rate stays")
	require.Equal(t, "Rate 1", d.Focused())
	require.False(t, d.Has("Use the rates of Germany"))
	require.Len(t, saved(t, d).Rates, 3, "and nothing is saved yet")
	s.Save()
	require.Equal(t, "19", saved(t, d).Rates[0].Rate.String())
	country.set("US")
	s.changed()
	d.Settle()
	require.False(t, d.Has("Use the rates of United States"), "the program knows none")
	d.CheckLooks()
}

func TestASmallBusinessShowsNoRate(t *testing.T) {
	d, s := open(t)
	d.Tap("Small business: no VAT on invoices")
	require.False(t, d.Has("Small business: no VAT on invoices"))
	require.Equal(t, "Sentence 1", d.Focused())
	require.Equal(t, "Umsatzsteuerfrei, da Kleinunternehmer gemäß § 6 Abs. 1 Z 27 UStG", d.Value("Sentence 1"))
	d.CheckLooks()
	doc, err := s.preview.Document(s.shop())
	require.NoError(t, err)
	require.True(t, doc.Totals.VAT.IsZero())
	s.Save()
	got := saved(t, d).Rates
	require.Len(t, got, 1)
	require.Equal(t, invoice.Exempt, got[0].Category)
	d.Tap("Use the rates of Austria")
	require.Len(t, s.rates.typed, 4, "the way back")

	d, s = open(t)
	s.controlOf("Legal.Address.Country").set("FR")
	s.changed()
	d.Tap("Small business: no VAT on invoices")
	require.Empty(t, d.Value("Sentence 1"), "a sentence the program does not know is asked for")
	s.Save()
	require.Contains(t, s.rates.fields[0].Problem(), "The law wants a sentence")
	require.Len(t, saved(t, d).Rates, 3)
}
