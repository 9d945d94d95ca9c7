//go:build unix

package store

import "syscall"

// diskErrors are the numbers by which the system says what a disk refuses. A
// quota and a limit on the length of files are, for who is typing, a full disk.
var diskErrors = map[error][]syscall.Errno{
	ErrFull:     {syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG},
	ErrDisk:     {syscall.EIO, syscall.ENXIO, syscall.ENODEV, syscall.ESTALE},
	ErrReadOnly: {syscall.EROFS},
}
