package store

import (
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var unbiased = windows.NewLazySystemDLL("kernel32.dll").NewProc("QueryUnbiasedInterruptTime")

// awake asks Windows, whose monotonic clock as Go reads it goes on in sleep.
func awake() time.Duration {
	var hundreds uint64 // of nanoseconds
	if ok, _, _ := unbiased.Call(uintptr(unsafe.Pointer(&hundreds))); ok == 0 {
		return time.Since(began)
	}
	return time.Duration(hundreds) * 100
}
