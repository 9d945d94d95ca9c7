// This file holds what is known about currencies and how an amount is split
// without losing a cent.

package invoice

import (
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
)

// Digits returns the number of digits of the minor unit of a currency, ISO
// 4217. A currency it does not know has two.
func Digits(currency string) int32 {
	switch currency {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF",
		"UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	case "CLF", "UYW":
		return 4
	}
	return 2
}

// split divides total among the weights by largest remainder, so that the
// parts have the given digits and sum to total exactly. Equal remainders go
// to the earlier part. Total and weights must have no more than the given
// digits. It reports false when the weights sum to zero.
func split(total decimal.Decimal, weights []decimal.Decimal, digits int32) ([]decimal.Decimal, bool) {
	// Splitting the amount without its sign and the sum of the weights made
	// positive keeps a credit the mirror of its invoice.
	sign := big.NewInt(int64(total.Sign()))
	units := total.Abs().Shift(digits).BigInt()

	sum := new(big.Int)
	shares := make([]*big.Int, len(weights))
	for i, w := range weights {
		shares[i] = w.Shift(digits).BigInt()
		sum.Add(sum, shares[i])
	}
	if sum.Sign() == 0 {
		return nil, false
	}
	remainders := make([]*big.Int, len(shares))
	missing := new(big.Int).Set(units)
	for i, w := range shares {
		if sum.Sign() < 0 {
			w.Neg(w)
		}
		w.Mul(w, units)
		// Euclidean division: the remainder is never negative.
		shares[i], remainders[i] = new(big.Int).DivMod(w, new(big.Int).Abs(sum), new(big.Int))
		missing.Sub(missing, shares[i])
	}
	order := make([]int, len(shares))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for _, i := range order[:missing.Int64()] {
		shares[i].Add(shares[i], big.NewInt(1))
	}
	parts := make([]decimal.Decimal, len(shares))
	for i, s := range shares {
		parts[i] = decimal.NewFromBigInt(s.Mul(s, sign), -digits)
	}
	return parts, true
}
