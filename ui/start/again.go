package start

// After a book went back, customers who had been erased are erased again before
// anybody sees them.

import (
	"context"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// againPage erases, and says what there is to say of it. It holds the session until
// it was handed on.
type againPage struct {
	e       *Env
	session *store.Session
	done    func()
	stop    context.CancelFunc

	shown   *widgets.Progress
	inside  *fyne.Container
	content fyne.CanvasObject
}

func newAgainPage(e *Env, s *store.Session, done func()) *againPage {
	p := &againPage{e: e, session: s, done: done, inside: widgets.Column(16)}
	p.shown = widgets.NewProgress(e.Words.T("again.progress"), "", nil)
	p.inside.Add(p.shown)
	p.content = ground(card(480, p.inside), widgets.Column(0))
	p.set(0)
	return p
}

// Content implements screen.Screen.
func (p *againPage) Content() fyne.CanvasObject { return p.content }

// Shown implements screen.Screen: it begins.
func (p *againPage) Shown() {
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	show := widgets.Paced(p.set)
	s := p.session
	var again store.ErasedAgain
	p.e.Run.Run(func(outer context.Context) (err error) {
		defer context.AfterFunc(outer, stop)()
		again, err = s.EraseAgain(ctx, func(done, total int64) { show(float64(done) / float64(max(total, 1))) })
		return err
	}, func(err error) {
		stop()
		switch {
		case p.session == nil: // it was left meanwhile
		case err != nil:
			p.say(p.e.Words.T("again.failed"), p.e.Words.Error(err)+" "+p.e.Words.T("again.failedText"))
		case again.Lost:
			p.say(p.e.Words.T("again.lost"), p.e.Words.T("again.lostText"))
		default:
			if again.Count > 0 {
				p.e.Say(widgets.Toast{Tone: widgets.Good, Text: p.e.Words.N("again.count", again.Count)})
			}
			p.handOn()
		}
	})
}

func (p *againPage) set(share float64) {
	p.shown.Set(share, p.e.Words.T("again.part", words.Data{"Percent": int(share * 100)}))
}

// say says what somebody has to know before they go on.
func (p *againPage) say(title, text string) {
	next := widgets.PrimaryButton(p.e.Words.T("again.next"), p.handOn)
	p.inside.Objects = []fyne.CanvasObject{widgets.Title(title), widgets.NewText(text).Wrap(), widgets.Row(8, widgets.Spacer(), next)}
	p.content.Refresh()
	widgets.Focus(next)
}

func (p *againPage) handOn() {
	if p.session == nil {
		return
	}
	p.session = nil
	p.done()
}

func (p *againPage) forget() {
	if p.stop != nil {
		p.stop()
	}
	if p.session != nil {
		p.session.Close()
		p.session = nil
	}
}
