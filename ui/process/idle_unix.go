//go:build unix

// Idle time on macOS, from the input registry. Linux has no source that every
// desktop answers, so there Idle says that it does not know.

package process

import (
	"bytes"
	"context"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"time"
)

// ioregAnswers bounds a call that takes some 20 ms.
const ioregAnswers = 2 * time.Second

var hidIdleTime = regexp.MustCompile(`"HIDIdleTime"\s*=\s*(\d+)`)

func idle() (time.Duration, bool) {
	if runtime.GOOS != "darwin" {
		return 0, false
	}
	ctx, cancel := context.WithTimeout(context.Background(), ioregAnswers)
	defer cancel()
	out, err := exec.CommandContext(ctx, "/usr/sbin/ioreg", "-c", "IOHIDSystem", "-r", "-k", "HIDIdleTime", "-d", "1").Output()
	if err != nil {
		return 0, false
	}
	return idleFromRegistry(out)
}

// idleFromRegistry reads the shortest HIDIdleTime, in nanoseconds, of an ioreg listing.
func idleFromRegistry(listing []byte) (time.Duration, bool) {
	shortest, found := time.Duration(0), false
	for _, m := range hidIdleTime.FindAllSubmatch(bytes.TrimSpace(listing), -1) {
		ns, err := strconv.ParseInt(string(m[1]), 10, 64)
		if err != nil {
			continue
		}
		if d := time.Duration(ns); !found || d < shortest {
			shortest, found = d, true
		}
	}
	return shortest, found
}
