package store_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

func TestEveryMemberStateAndItsNeighboursHaveTheirRates(t *testing.T) {
	known := strings.Fields(`AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE GB CH NO IS LI`)
	require.Len(t, known, 27+5)
	usual := map[string]string{"AT": "20", "DE": "19", "CH": "8.1", "LI": "8.1", "HU": "27", "FI": "25.5", "EE": "24", "RO": "21", "SK": "23"}
	for _, c := range known {
		sh := store.DefaultShop(c)
		require.True(t, store.KnownCountry(c), c)
		require.Len(t, sh.Currency, 3, c)
		require.Contains(t, []string{"de", "en"}, sh.Language, c)
		require.NotEmpty(t, sh.Rates, c)
		for i, r := range sh.Rates {
			require.Equal(t, invoice.Standard, r.Category, c)
			require.True(t, r.Rate.IsPositive(), c)
			if i > 0 {
				require.True(t, r.Rate.LessThan(sh.Rates[0].Rate), "%s: the usual one is the highest and comes first", c)
			}
		}
		if want, ok := usual[c]; ok {
			require.Equal(t, want, sh.Rates[0].Rate.String(), c)
		}
	}
	require.False(t, store.KnownCountry("US"))
	require.NotEmpty(t, store.DefaultShop("US").Rates)
}
