//go:build unix

package place

import (
	"os"
	"syscall"
)

// SameDrive reports whether two files or folders lie on one file system, and so
// are lost together.
func SameDrive(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	if err != nil {
		return false
	}
	first, ok := x.Sys().(*syscall.Stat_t)
	second, also := y.Sys().(*syscall.Stat_t)
	return ok && also && first.Dev == second.Dev
}
