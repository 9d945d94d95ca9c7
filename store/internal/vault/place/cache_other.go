//go:build !linux

package place

// Uncached does nothing: there is no call here that lets the system forget what
// it keeps in memory of a file.
func Uncached(string) {}
