// This file holds the structured creditor reference.

package ident

// Reference returns the normal form of a creditor reference, ISO 11649: RF,
// two check digits and up to 21 characters. It reports false for any other
// text, which may still be a reference of the seller's own.
func Reference(s string) (string, bool) {
	n, err := normal(s)
	if err != nil || len(n) < 5 || len(n) > 25 || n[:2] != "RF" || !digits(n[2:4]) {
		return "", false
	}
	return n, mod97(n[4:]+n[:4]) == 1
}
