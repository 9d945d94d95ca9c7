package store

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAmountsAreSortedAsTheyAre(t *testing.T) {
	amount := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.OneOf(rapid.Int64Range(-100_000, 100_000), rapid.Int64()).Draw(t, "digits"), rapid.Int32Range(-6, 6).Draw(t, "exponent"))
	})
	of := func(d decimal.Decimal) dealt { return dealtFor(d, 0) }
	rapid.Check(t, func(t *rapid.T) {
		a, b := amount.Draw(t, "a"), amount.Draw(t, "b")
		require.Equal(t, a.Cmp(b), of(a).compare(of(b)))
		same := a.Add(decimal.New(0, -6)) // written with other digits
		require.Zero(t, of(a).compare(of(same)))
	})
}
