//go:build linux || darwin

package place

import (
	"strings"

	"golang.org/x/sys/unix"
)

// attributes lists the names of a folder's extended attributes.
func attributes(dir string) []string {
	n, err := unix.Listxattr(dir, nil)
	if err != nil || n <= 0 {
		return nil
	}
	b := make([]byte, n)
	if n, err = unix.Listxattr(dir, b); err != nil || n > len(b) {
		return nil
	}
	return strings.FieldsFunc(string(b[:n]), func(r rune) bool { return r == 0 })
}
