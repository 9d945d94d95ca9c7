package widgets

import (
	"time"

	"fyne.io/fyne/v2"
)

// After calls f once after a while, on the user interface's goroutine, unless it
// is stopped before. Without a real window there is no such goroutine: a test
// whose controls wait for something puts its own here.
var After = func(d time.Duration, f func()) (stop func()) {
	timer := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { timer.Stop() }
}
