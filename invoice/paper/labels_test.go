package paper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/invoice/paper/internal/fixture"
)

func TestNumbersAreWrittenTheWayOfTheLanguage(t *testing.T) {
	de, en, d := fixture.German(), fixture.English(), fixture.D
	require.Equal(t, "1.234,56", de.FormatAmount(d("1234.56"), 2))
	require.Equal(t, "1,234.56", en.FormatAmount(d("1234.56"), 2))
	require.Equal(t, "-1.234.567,00", de.FormatAmount(d("-1234567"), 2))
	require.Equal(t, "123", de.FormatAmount(d("123"), 0))
	require.Equal(t, "0,00", de.FormatAmount(d("-0.001"), 2), "no minus before nothing")
	require.Equal(t, "1,5", de.FormatNumber(d("1.50")))
	require.Equal(t, "58,00", de.FormatPrice(d("58"), 2))
	require.Equal(t, "0,01146", de.FormatPrice(d("0.01146"), 2))
	require.Equal(t, "5,5 %", de.FormatPercent(d("5.5")))
	require.Equal(t, "20%", en.FormatPercent(d("20")))
	require.Equal(t, "€ 301,51", de.FormatMoney(d("301.51"), "EUR"))
	require.Equal(t, "CHF 301.51", en.FormatMoney(d("301.51"), "CHF"))
	require.Equal(t, "JPY 1,200", en.FormatMoney(d("1200"), "JPY"))
	require.Equal(t, "0.5", paper.Labels{}.FormatNumber(d("0.5")), "a language without signs still has a point")
}

func TestDatesAreWrittenTheWayOfTheLanguage(t *testing.T) {
	d := invoice.Date{Year: 2026, Month: 11, Day: 2}
	for pattern, want := range map[string]string{
		"dd.MM.yyyy": "02.11.2026", "d MMM yyyy": "2 Nov 2026", "MMMM d, yyyy": "November 2, 2026",
		"d/M/yy": "2/11/26", "d 'de' MMMM 'de' yyyy": "2 de November de 2026", "yyyy-MM-dd": "2026-11-02", "": "",
	} {
		l := fixture.English()
		l.DatePattern = pattern
		require.Equal(t, want, l.FormatDate(d))
	}
	require.Equal(t, "", fixture.English().FormatDate(invoice.Date{}))
}
