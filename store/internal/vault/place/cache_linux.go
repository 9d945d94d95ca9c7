package place

import (
	"os"

	"golang.org/x/sys/unix"
)

// Uncached lets the system forget what it keeps in memory of a file that was made
// durable, so that reading it again reads the disk.
func Uncached(path string) {
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	_ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}
