package place

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// Network reports whether a file or folder lies on another computer: on a share,
// or on a drive letter that stands for one.
func Network(path string) bool {
	full, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		full = real
	}
	volume := filepath.VolumeName(full)
	if share(volume) {
		return true
	}
	root, err := windows.UTF16PtrFromString(strings.TrimPrefix(volume, `\\?\`) + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
