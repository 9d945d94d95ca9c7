package envelope

// Padding: lengths of sealed plaintexts.

import "math/bits"

// minPadded is the shortest padded plaintext, in bytes.
const minPadded = 128

// paddedLen returns the padded length for n bytes and one end mark: at least
// minPadded, above it Padmé (Nikitin et al., "Reducing Metadata Leakage from
// Encrypted Files and Communication with PURBs", 2019), which costs at most
// 12 % and leaves O(log log n) bits of the length visible.
func paddedLen(n int) int {
	l := n + 1
	if l <= minPadded {
		return minPadded
	}
	e := bits.Len(uint(l)) - 1 // floor(log2 l)
	s := bits.Len(uint(e))     // floor(log2 e) + 1
	mask := 1<<(e-s) - 1       // low bits to clear
	return (l + mask) &^ mask
}
