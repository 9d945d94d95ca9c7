package screen

// Waiting for a change that writes the whole book anew.

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// patience is how long a change may take before a dialog tells of it, and
// progressStep how often the dialog is drawn.
const (
	patience     = 300 * time.Millisecond
	progressStep = 100 * time.Millisecond
)

// Rewrite runs a change that writes the whole book anew, beside the screen. Where
// it takes longer than a moment, a dialog over the screen and its dialogs says what
// is done and how far it is, and lets it be given up: done then gets
// context.Canceled, unless it was done already, and nothing was changed.
func (e *Env) Rewrite(what string, work func(store.Wait) error, done func(error)) {
	ctx, stop := context.WithCancel(context.Background())
	var over atomic.Bool
	var d *widgets.Dialog
	shown := widgets.NewProgress(e.Words.T("rewrite.text"), "", nil)
	show := func() {
		if over.Load() {
			return
		}
		d = &widgets.Dialog{Title: what, Content: shown, Cancel: e.Words.T("rewrite.stop"), OnCancel: stop}
		d.ShowOn(e.Canvas)
	}
	halt := widgets.After(patience, show)
	var last time.Time
	how := store.Wait{Ctx: ctx, Progress: func(part, all int64) {
		if time.Since(last) < progressStep {
			return
		}
		last = time.Now()
		share := float64(part) / float64(max(all, 1))
		fyne.Do(func() {
			if !over.Load() {
				shown.Set(share, e.Words.T("rewrite.part", words.Data{"Percent": int(share * 100)}))
			}
		})
	}}
	e.Run.Run(func(outer context.Context) error {
		defer over.Store(true)
		defer context.AfterFunc(outer, stop)()
		return work(how)
	}, func(err error) {
		halt()
		stop()
		if d != nil {
			d.Close()
		}
		done(err)
	})
}
