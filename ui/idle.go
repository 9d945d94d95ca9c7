package ui

// Idle: the clock that locks a book nobody is looking at, or leads to the sign-in
// where a PIN leads back, and that puts unsaved work on the desk now and then.

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/ui/start"
	"counterbook/ui/widgets"
)

const (
	idleStep = 5 * time.Second
	keepStep = 15 * time.Second

	// leftAlone is long enough to write a recovery sheet down by hand.
	leftAlone = 10 * time.Minute

	// pausedFor is for how long those who can come back with a PIN are waited for
	// while nobody is at the computer.
	pausedFor = time.Hour
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
	now := i.u.o.Now()
	sh := i.u.shell
	holds, paused := i.u.holds(), i.u.paused()
	if sh == nil && !holds && !paused {
		i.last = now
		return
	}
	still := now.Sub(i.last)
	if system, ok := i.u.o.Idle(); ok && system < still {
		still = system
	}
	if sh == nil {
		switch {
		case holds && still >= leftAlone:
			i.u.signIn()
		case paused && still >= pausedFor:
			i.u.Lock()
		}
		return
	}
	sh.watchClock()
	if now.Sub(i.kept) >= keepStep {
		i.kept = now
		sh.keep()
	}
	sh = sh.own()
	if limit := sh.lockAfter; limit <= 0 || still < limit {
		return
	}
	if sh.env.Session.HasPIN() {
		i.u.SwitchUser()
		return
	}
	i.u.Lock()
}

// holds reports whether somebody is between the sign-in and the book: a recovery
// sheet or an open session must not wait there for whoever comes by.
func (u *App) holds() bool {
	h, ok := u.page.(start.Holder)
	return ok && h.Holds()
}
