package place

import "golang.org/x/sys/unix"

// Network reports whether a file or folder lies on another computer: the system
// marks the volumes that do not (statfs(2), MNT_LOCAL).
func Network(path string) bool {
	var st unix.Statfs_t
	return unix.Statfs(path, &st) == nil && st.Flags&unix.MNT_LOCAL == 0
}
