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

// pace is how often a progress is drawn.
const pace = 100 * time.Millisecond

// Paced tells of a progress no more often than anybody sees, on the user
// interface's goroutine; the end always.
func Paced(show func(share float64)) func(share float64) {
	var last time.Time
	return func(share float64) {
		if time.Since(last) < pace && share < 1 {
			return
		}
		last = time.Now()
		fyne.Do(func() { show(share) })
	}
}
