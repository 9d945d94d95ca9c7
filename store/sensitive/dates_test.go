package sensitive

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADateIsReadOnlyWhereItIsClearWhichDayItIs(t *testing.T) {
	for _, c := range []struct{ text, country, want string }{
		{"5.6.1981", "AT", "1981-06-05"}, {"05.06.1981", "", "1981-06-05"}, {"05/06/1981", "FR", "1981-06-05"},
		{"05/06/1981", "US", "1981-05-06"}, {"05/06/1981", "CA", ""}, {"05/06/1981", "", ""}, {"05/05/1981", "CA", "1981-05-05"},
		{"05/17/1981", "CA", "1981-05-17"}, {"17/05/1981", "US", "1981-05-17"}, {"1981-06-05", "US", "1981-06-05"},
		{"5 June 1981", "US", "1981-06-05"}, {"5th June 1981", "US", "1981-06-05"}, {"June 5 1981", "CA", "1981-06-05"}, {"11 de enero de 1973", "ES", "1973-01-11"},
		{"31.2.1981", "AT", ""}, {"17 May", "GB", ""}, {"", "AT", ""},
	} {
		got := ""
		if day, ok := Date(c.text, Options{Country: c.country}); ok {
			got = day.Format("2006-01-02")
		}
		require.Equal(t, c.want, got, "%s in %q", c.text, c.country)
	}
}
