package place

import (
	"path/filepath"
	"strings"
)

// SameDrive reports whether two files or folders lie on one drive, and so are
// lost together.
func SameDrive(a, b string) bool {
	x, err := filepath.EvalSymlinks(a)
	if err != nil {
		return false
	}
	y, err := filepath.EvalSymlinks(b)
	return err == nil && strings.EqualFold(filepath.VolumeName(x), filepath.VolumeName(y))
}
