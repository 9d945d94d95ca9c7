package store

import "syscall"

// diskErrors are the numbers by which Windows says what a disk refuses
// (winerror.h), and those that Go has for the same.
var diskErrors = map[error][]syscall.Errno{
	ErrFull: {112, 39, 1295, // DISK_FULL, HANDLE_DISK_FULL, DISK_QUOTA_EXCEEDED
		syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG},
	ErrDisk: {21, 23, 55, 433, 1006, 1117, 1167, // NOT_READY, CRC, DEV_NOT_EXIST, NO_SUCH_DEVICE,
		// FILE_INVALID, IO_DEVICE, DEVICE_NOT_CONNECTED
		syscall.EIO, syscall.ENXIO, syscall.ENODEV},
	ErrReadOnly: {19, // WRITE_PROTECT
		syscall.EROFS},
}
