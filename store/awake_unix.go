//go:build !windows

package store

import "time"

// awake is of Go's own monotonic clock, which stands still while Linux and macOS
// sleep.
func awake() time.Duration { return time.Since(began) }
