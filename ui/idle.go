package ui

// Idle: the clock that locks a book nobody is looking at, and that puts
// unsaved work on the desk now and then.

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/ui/widgets"
)

const (
	idleStep = 5 * time.Second
	keepStep = 15 * time.Second
)

type idle struct {
	u    *App
	end  chan struct{}
	once sync.Once
	quit func() // ends watching our own widgets

	last time.Time // of the last input these widgets saw
	kept time.Time // of the last time work was put on the desk
}

func newIdle(u *App) *idle {
	i := &idle{u: u, end: make(chan struct{}), last: u.o.Now(), kept: u.o.Now()}
	i.quit = widgets.ObserveInput(func() { i.last = u.o.Now() })
	return i
}

// start runs the clock until stop.
func (i *idle) start() {
	go func() {
		t := time.NewTicker(idleStep)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				fyne.Do(i.tick)
			case <-i.end:
				return
			}
		}
	}()
}

func (i *idle) stop() { i.once.Do(func() { close(i.end); i.quit() }) }

// tick looks at the clock, on the user interface's goroutine.
func (i *idle) tick() {
	sh := i.u.shell
	if sh == nil {
		i.last = i.u.o.Now()
		return
	}
	sh.watchClock()
	now := i.u.o.Now()
	if now.Sub(i.kept) >= keepStep {
		i.kept = now
		sh.keep()
	}
	still := now.Sub(i.last)
	if system, ok := i.u.o.Idle(); ok && system < still {
		still = system
	}
	if limit := sh.lockAfter; limit > 0 && still >= limit {
		i.u.Lock()
	}
}
