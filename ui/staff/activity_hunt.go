// Looking through the log: at once where that takes no longer than a frame,
// beside the screen where it takes longer.

package staff

import (
	"context"
	"errors"
	"math"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/words"
)

// frame is how long the screen may wait for the log.
var frame = 12 * time.Millisecond // nothing in tests

// hunt looks for one query: for entries to list and, in the same period, for
// contact details that were shown. One goroutine works on it at a time.
type hunt struct {
	s      *activity
	list   search
	shown  search
	cancel context.CancelFunc

	runs    bool // beside the screen
	stopped bool // by somebody who did not want to wait
}

// search is one of the two, and how far it is.
type search struct {
	q     store.LogQuery
	want  int
	found store.Found
}

// on looks on until enough is found, the log ends or ctx does.
func (l *search) on(ctx context.Context, r *store.LogReader, progress func(done, of int)) error {
	if l.found.Whole || len(l.found.Events) >= l.want {
		return nil
	}
	f, err := r.Find(ctx, l.q, l.found.Next, l.want-len(l.found.Events), progress)
	l.found.Events = append(l.found.Events, f.Events...)
	l.found.Next, l.found.Whole = f.Next, f.Whole
	return err
}

// search begins to look for what the choices say.
func (s *activity) search() {
	if s.hunt != nil {
		s.hunt.drop()
	}
	counts, _ := s.countedPeriod()
	counts.Kinds = groups[groupAt(groupShown)].kinds
	s.hunt = &hunt{s: s, list: search{q: s.query(), want: batch}, shown: search{q: counts, want: math.MaxInt}}
	s.table.Mark(-1)
	s.table.ScrollTo(0)
	s.hunt.begin()
}

func (h *hunt) found() []store.Event { return h.list.found.Events }
func (h *hunt) whole() bool          { return h.list.found.Whole }

// more looks for so many more, or goes on where it was stopped.
func (h *hunt) more(n int) {
	if !h.stopped {
		h.list.want += n
	}
	h.begin()
}

// work does both searches, the list first.
func (h *hunt) work(ctx context.Context, progress func(done, of int)) error {
	if err := h.list.on(ctx, h.s.reader, progress); err != nil {
		return err
	}
	return h.shown.on(ctx, h.s.reader, progress)
}

func (h *hunt) begin() {
	h.stopped = false
	ctx, cancel := context.WithTimeout(context.Background(), frame)
	err := h.work(ctx, nil)
	cancel()
	switch {
	case err == nil:
		h.s.draw()
	case errors.Is(err, context.DeadlineExceeded):
		h.beside()
	default:
		h.s.draw()
		h.s.e.Fail(err)
	}
}

// beside goes on beside the screen, which shows what was found so far. What it
// finds is put into a copy until it has ended.
func (h *hunt) beside() {
	ctx, cancel := context.WithCancel(context.Background())
	h.cancel, h.runs = cancel, true
	h.s.progress.Set(0, "")
	h.s.draw()
	copied := *h
	w := h.s.w
	var last time.Time
	h.s.e.Run.Run(func(outer context.Context) error {
		defer context.AfterFunc(outer, cancel)()
		return copied.work(ctx, func(done, of int) {
			if time.Since(last) < progressStep {
				return
			}
			last = time.Now()
			share := float64(done) / float64(max(of, 1))
			text := w.T("activity.searched", words.Data{"Done": w.Number(done), "All": w.Number(of)})
			fyne.Do(func() {
				if h.runs && h.s.hunt == h {
					h.s.progress.Set(share, text)
				}
			})
		})
	}, func(err error) {
		cancel()
		if h.s.hunt != h {
			return // something else is looked for by now
		}
		h.list, h.shown, h.runs = copied.list, copied.shown, false
		h.stopped = errors.Is(err, context.Canceled)
		h.s.draw()
		if err != nil && !h.stopped {
			h.s.e.Fail(err)
		}
	})
}

// progressStep is how often the progress is drawn.
const progressStep = 100 * time.Millisecond

// stop ends what runs beside the screen; what it found is kept.
func (h *hunt) stop() {
	if h.cancel != nil {
		h.cancel()
	}
}

// drop ends it for good.
func (h *hunt) drop() {
	h.stop()
	h.runs = false
}
