package store

// Rewriting: changes after which nothing of before may be left in the file.

import (
	"context"

	"counterbook/store/internal/vault"
)

// Wait is how somebody waits for a change that writes the whole book anew, which
// takes seconds where there is much in it. The end of Ctx before the new book is in
// its place leaves the old one, without the change. Progress is called on the
// goroutine that works, with how much is done.
type Wait struct {
	Ctx      context.Context         // nil: never given up
	Progress func(done, total int64) // nil: nobody looks
}

func (w Wait) ctx() context.Context {
	if w.Ctx == nil {
		return context.Background()
	}
	return w.Ctx
}

// waiting is what was given of how to wait.
func waiting(how []Wait) Wait {
	if len(how) == 0 {
		return Wait{}
	}
	return how[0]
}

// rewrite is update where the whole book is written anew, so that what fn deletes
// or replaces is nowhere in the file.
func (s *Session) rewrite(e Event, how []Wait, fn func(*vault.Tx) error) error {
	w := waiting(how)
	return explain(s.v.Rewrite(w.ctx(), s.logged(e, fn), w.Progress))
}

// Compact writes the book anew without the room that changes and imports left.
// Saving then writes less.
func (s *Session) Compact(how ...Wait) error {
	w := waiting(how)
	return explain(s.v.Rewrite(w.ctx(), nil, w.Progress))
}
