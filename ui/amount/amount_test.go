package amount

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCommaAndPointAreBothDecimalSigns(t *testing.T) {
	for typed, want := range map[string]string{
		"12,50": "12.5", "12.50": "12.5", " 12,5 ": "12.5", "12": "12", "0": "0", "0,05": "0.05", ",5": "0.5", ".5": "0.5",
		"-3": "-3", "-3,25": "-3.25", "−3,25": "-3.25", "- 3": "-3", "007": "7", "0.125": "0.125", "0,1255": "0.1255", "1234.567": "1234.567", "12.3456": "12.3456",
	} {
		got, err := Parse(typed)
		require.NoError(t, err, typed)
		require.Equal(t, want, got.String(), typed)
	}
}

func TestThousandsMayBePartedInAnyWay(t *testing.T) {
	for typed, want := range map[string]string{
		"1.234,50": "1234.5", "1,234.50": "1234.5", "1 234,50": "1234.5", "1\u00a0234,50": "1234.5", "1\u202f234.5": "1234.5",
		"1'234.50": "1234.5", "1’234.50": "1234.5", "1.234.567": "1234567", "1,234,567": "1234567", "1.234.567,8": "1234567.8",
		"12,345.678": "12345.678", "1 234.567": "1234.567", "1 234": "1234", "-1.234,5": "-1234.5",
	} {
		got, err := Parse(typed)
		require.NoError(t, err, typed)
		require.Equal(t, want, got.String(), typed)
	}
}

func TestWhatCanBeReadInTwoWaysIsAsked(t *testing.T) {
	for typed, want := range map[string][2]string{
		"1.234": {"1.234", "1234"}, "1,234": {"1.234", "1234"}, "12,500": {"12.5", "12500"}, "999.000": {"999", "999000"}, "-1.234": {"-1.234", "-1234"},
	} {
		_, err := Parse(typed)
		require.ErrorIs(t, err, ErrAmbiguous, typed)
		var two *AmbiguousError
		require.ErrorAs(t, err, &two, typed)
		require.Equal(t, want, [2]string{two.A.String(), two.B.String()}, typed)
	}
}

func TestWhatIsNoNumberIsRefused(t *testing.T) {
	for _, typed := range []string{
		"abc", "12a", "1e5", "0x10", "NaN", "Inf", "-", ".", ",", "12,", "12.", "1,2,3", "1.23.4", "1,23,456", "12,34.567,8", "1.234,567.8", "1.234.56", "0.123.456",
		"1 23", "1  234", "1 234.567 8", "12 €", "--5", "5-", "+5", "1234 567", "١٢", "½", "12,5\x00", strings.Repeat("9", 19), strings.Repeat("9", 100000),
	} {
		_, err := Parse(typed)
		require.ErrorIs(t, err, ErrNotNumber, typed)
	}
}

func TestNothingTypedIsSaidToBeNothing(t *testing.T) {
	for _, typed := range []string{"", " ", "\t\n", "\u00a0"} {
		_, err := Parse(typed)
		require.ErrorIs(t, err, ErrEmpty)
	}
}

func TestErrorsDoNotRepeatWhatWasTyped(t *testing.T) {
	for _, typed := range []string{"4111x", "4.111"} {
		_, err := Parse(typed)
		require.NotContains(t, err.Error(), "111")
	}
}

func TestAnAmountWrittenByMachineIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(-1e15, 1e15).Draw(t, "cents")
		want := decimal.New(cents, -2)
		s := want.StringFixed(2)
		for _, typed := range []string{s, strings.Replace(s, ".", ",", 1)} {
			got, err := Parse(typed)
			require.NoError(t, err)
			require.True(t, want.Equal(got), "%s was read as %s", typed, got)
		}
	})
}

func TestAnyTextIsANumberOrAnError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[-0-9., ']{0,24}`)).Draw(t, "typed")
		v, err := Parse(typed)
		if err != nil {
			require.True(t, v.IsZero())
		}
	})
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := decimal.New(rapid.Int64Range(-1e10, 1e10).Draw(t, "digits"), rapid.Int32Range(-6, 3).Draw(t, "exponent"))
		typed := Write(want, rapid.Int32Range(0, 3).Draw(t, "least"), rapid.SampledFrom([]string{".", ","}).Draw(t, "sign"))
		got, err := Parse(typed)
		require.NoError(t, err, typed)
		require.True(t, want.Equal(got), "%s was read as %s", typed, got)
	})
}

func TestAWrittenAmountHasTheDecimalsOfItsCurrency(t *testing.T) {
	require.Equal(t, "12.50", Write(decimal.RequireFromString("12.5"), 2, "."))
	require.Equal(t, "1234,50", Write(decimal.RequireFromString("1234.5"), 2, ","))
	require.Equal(t, "1.1250", Write(decimal.RequireFromString("1.125"), 2, "."))
	require.Equal(t, "12", Write(decimal.RequireFromString("12"), 0, "."))
}
