// Idle time on Windows.

package process

import (
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	getLastInputInfo = windows.NewLazySystemDLL("user32.dll").NewProc("GetLastInputInfo")
	getTickCount     = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetTickCount")
)

// lastInputInfo is LASTINPUTINFO of winuser.h.
type lastInputInfo struct {
	size uint32
	tick uint32 // milliseconds since the system started, wraps after 49.7 days
}

func idle() (time.Duration, bool) {
	info := lastInputInfo{}
	info.size = uint32(unsafe.Sizeof(info))
	if ok, _, _ := getLastInputInfo.Call(uintptr(unsafe.Pointer(&info))); ok == 0 {
		return 0, false
	}
	now, _, _ := getTickCount.Call()
	// Both counters are 32 bits wide and wrap together: the difference is right.
	return time.Duration(uint32(now)-info.tick) * time.Millisecond, true
}
