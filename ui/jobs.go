package ui

// Jobs: slow work beside the screen.

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"

	"counterbook/ui/screen"
)

// jobs runs slow work and can wait for all of it. What ends after the book was
// locked tells nobody.
type jobs struct {
	mu      sync.Mutex
	running sync.WaitGroup
	ctx     context.Context
	cancel  context.CancelFunc
	inline  screen.Background // in tests
}

func newJobs(inline screen.Background) *jobs {
	j := &jobs{inline: inline}
	j.ctx, j.cancel = context.WithCancel(context.Background())
	return j
}

// Run implements screen.Background.
func (j *jobs) Run(work func(context.Context) error, done func(error)) {
	if j.inline != nil {
		j.inline.Run(work, done)
		return
	}
	j.mu.Lock()
	ctx := j.ctx
	j.running.Add(1)
	j.mu.Unlock()
	go func() {
		err := work(ctx)
		j.running.Done()
		fyne.Do(func() {
			if ctx.Err() == nil {
				done(err)
			}
		})
	}()
}

// finish asks what runs to stop where it safely can, and waits until it did.
func (j *jobs) finish() {
	j.mu.Lock()
	j.cancel()
	j.ctx, j.cancel = context.WithCancel(context.Background())
	j.mu.Unlock()
	j.running.Wait()
}
