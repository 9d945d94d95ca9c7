package uitest

import (
	"sync"

	"fyne.io/fyne/v2"
)

// Queue is an application in which, as with a real window, what other goroutines
// have for the user interface waits for the one of the user interface: a test's
// own. The toolkit's test application runs it where it stands, beside the test.
type Queue struct {
	fyne.App
	mu   sync.Mutex
	work []func()
}

// NewQueue takes the place of the application for all that follows in a test.
func NewQueue(a fyne.App) *Queue {
	q := &Queue{App: a}
	fyne.SetCurrentApp(q)
	return q
}

// Driver implements fyne.App.
func (q *Queue) Driver() fyne.Driver { return queued{q.App.Driver(), q} }

// Pass runs what waits, and what it adds.
func (q *Queue) Pass() {
	for {
		q.mu.Lock()
		work := q.work
		q.work = nil
		q.mu.Unlock()
		if len(work) == 0 {
			return
		}
		for _, f := range work {
			f()
		}
	}
}

type queued struct {
	fyne.Driver
	to *Queue
}

// DoFromGoroutine implements fyne.Driver. Nothing here waits: the one who passes
// the queue is the one who would wait.
func (d queued) DoFromGoroutine(f func(), _ bool) {
	d.to.mu.Lock()
	d.to.work = append(d.to.work, f)
	d.to.mu.Unlock()
}
