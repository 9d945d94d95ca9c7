package start

// A new passphrase before anything else: of an owner who came in with the kit, and
// of everybody whose passphrase was given to them.

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// freshPage takes a new passphrase.
type freshPage struct {
	e       *Env
	session *store.Session // closed by forget, until it was handed on
	change  func(fresh string, how store.Wait) error
	done    func(fresh string)
	busy    bool

	chooser *chooser
	says    *fyne.Container
	save    *widgets.Button
	content fyne.CanvasObject
}

// newFreshPage returns a page on which the person who signed in chooses a new
// passphrase; its texts are "start.<key>.title", ".text" and ".leave". done is
// called when change took it, back when they do not want one; the session is
// then closed.
func newFreshPage(e *Env, s *store.Session, key string, change func(string, store.Wait) error, done func(string), back func()) *freshPage {
	p := &freshPage{e: e, session: s, change: change, done: done}
	t := e.Words.T
	me, shop := s.Profile(), s.Book().Info().Shop
	n := store.StaffWords
	if me.Role == store.Owner {
		n = store.OwnerWords
	}
	p.chooser = newChooser(e.Words, n, func() []string { return []string{shop, me.Nickname} })
	p.save = widgets.PrimaryButton(t("start.fresh.save"), p.submit)
	p.says = widgets.Column(0)
	p.says.Hide()
	leave := func() {
		if !p.busy {
			p.forget()
			back()
		}
	}
	p.chooser.onKeys(p.submit, leave)
	data := words.Data{"Name": me.Nickname}
	p.content = ground(card(560,
		widgets.Title(t("start."+key+".title", data)),
		widgets.Paragraph(t("start."+key+".text", data)),
		p.chooser.box,
		p.says,
		widgets.Row(8, widgets.NewButton(t("start."+key+".leave"), leave), widgets.Spacer(), p.save),
	), widgets.Spacer())
	return p
}

// Content implements screen.Screen.
func (p *freshPage) Content() fyne.CanvasObject { return p.content }

// Shown implements screen.Screen.
func (p *freshPage) Shown() { p.chooser.focus() }

func (p *freshPage) forget() {
	p.chooser.empty()
	p.change = nil
	if p.session != nil {
		p.session.Close()
		p.session = nil
	}
}

func (p *freshPage) submit() {
	if p.busy {
		return
	}
	fresh, ok := p.chooser.passphrase()
	if !ok {
		return
	}
	p.setBusy(true)
	change := p.change
	p.e.Run.Run(func(ctx context.Context) error { return change(fresh, p.e.saving(ctx, p.save)) }, func(err error) {
		p.setBusy(false)
		switch {
		case err == nil:
			p.session = nil // handed on
			p.forget()
			p.done(fresh)
		case errors.Is(err, store.ErrWeak), errors.Is(err, store.ErrSamePassphrase):
			p.chooser.refuse(err)
		default:
			p.say(p.e.Words.Error(err))
		}
	})
}

func (p *freshPage) say(text string) {
	p.says.RemoveAll()
	p.says.Add(widgets.Banner(widgets.Bad, "", text))
	p.says.Show()
	p.content.Refresh()
}

func (p *freshPage) setBusy(busy bool) {
	p.busy = busy
	word := "start.fresh.save"
	if busy {
		word = "start.fresh.busy"
	}
	p.save.SetText(p.e.Words.T(word))
	p.save.SetEnabled(!busy)
}

// saving shows on a button that is busy how far a book is that is written anew.
func (e *Env) saving(ctx context.Context, b *widgets.Button) store.Wait {
	var last time.Time
	return store.Wait{Ctx: ctx, Progress: func(done, total int64) {
		if time.Since(last) < savingStep {
			return
		}
		last = time.Now()
		text := e.Words.T("start.fresh.part", words.Data{"Percent": done * 100 / max(total, 1)})
		fyne.Do(func() {
			if b.Disabled() {
				b.SetText(text)
			}
		})
	}}
}

// savingStep is how often the button is drawn.
const savingStep = 200 * time.Millisecond
