package start

// The recovery kit of an owner who has none: shown and printed, two groups typed
// back, before anything else.

import (
	"context"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// ownKit is the page of the sheet, and then that of its check.
type ownKit struct {
	e       *Env
	session *store.Session // closed by forget, until it was handed on
	known   store.Passphrase
	done    func()
	leave   func()
	busy    bool
	checks  bool // the check is shown

	sheet   *kitSheet
	check   *kitCheck
	says    *fyne.Container
	next    *widgets.Button
	back    *widgets.Button
	content *fyne.Container
}

// newOwnKit returns the page. known is the owner's passphrase. done is called when
// the kit opens the profile, back when the owner does not want one now; the
// session is then closed.
func newOwnKit(e *Env, s *store.Session, known store.Passphrase, done, back func()) *ownKit {
	p := &ownKit{e: e, session: s, known: known, done: done}
	p.leave = func() {
		p.forget()
		back()
	}
	p.sheet = newKitSheet(e, func() string { return s.Book().Info().Shop })
	p.check = newKitCheck(e, p.goOn, p.goBack)
	p.next = widgets.PrimaryButton("", p.goOn)
	p.sheet.handed = func() { widgets.Focus(p.next) }
	p.back = widgets.NewButton("", p.goBack)
	p.says = widgets.Column(0)
	p.content = widgets.Stack()
	p.sheet.make()
	p.check.ask(p.sheet.kit.Ask())
	p.draw()
	return p
}

// draw builds the page one is at.
func (p *ownKit) draw() {
	t := p.e.Words.T
	key, inside := "start.setup.kit", p.sheet.inside
	next, back := "common.next", "start.own.leave"
	why := "start.ownkit.text"
	if p.session.KitUsed() {
		why = "start.ownkit.used"
	}
	text := t(why, words.Data{"Name": p.session.Profile().Nickname})
	if p.checks {
		key, inside = "start.setup.check", p.check.inside
		next, back = "start.fresh.save", "common.back"
		text = t("start.setup.check.text")
	}
	p.says.RemoveAll()
	p.next.SetText(t(next))
	p.back.SetText(t(back))
	p.content.Objects = []fyne.CanvasObject{ground(card(formWidth+40,
		widgets.Title(t(key+".title")),
		widgets.Paragraph(text),
		inside,
		p.says,
		widgets.Row(8, p.back, widgets.Spacer(), p.next),
	), widgets.Spacer())}
	p.content.Refresh()
}

// Content implements screen.Screen.
func (p *ownKit) Content() fyne.CanvasObject { return p.content }

// Shown implements screen.Screen.
func (p *ownKit) Shown() {
	if p.checks {
		p.check.focus()
	} else {
		p.sheet.focus()
	}
}

func (p *ownKit) forget() {
	p.sheet.forget()
	p.check.forget()
	p.known = ""
	if p.session != nil {
		p.session.Close()
		p.session = nil
	}
}

func (p *ownKit) turn(checks bool) {
	p.checks = checks
	p.draw()
	p.Shown()
}

func (p *ownKit) goBack() {
	switch {
	case p.busy:
	case p.checks:
		p.turn(false)
	default:
		p.leave()
	}
}

func (p *ownKit) goOn() {
	switch {
	case p.busy:
	case !p.checks:
		p.turn(true)
	case p.check.confirm(p.sheet.kit):
		p.save()
	}
}

func (p *ownKit) save() {
	p.setBusy(true)
	session, known, kit := p.session, p.known, p.sheet.kit
	p.e.Run.Run(func(ctx context.Context) error {
		return session.AddKit(known, kit, p.e.saving(ctx, p.next))
	}, func(err error) {
		p.setBusy(false)
		if err != nil {
			p.says.RemoveAll()
			p.says.Add(widgets.Banner(widgets.Bad, "", p.e.Words.Error(err)))
			p.content.Refresh()
			return
		}
		p.session = nil // handed on
		p.done()
	})
}

func (p *ownKit) setBusy(busy bool) {
	p.busy = busy
	word := "start.fresh.save"
	if busy {
		word = "start.fresh.busy"
	}
	p.next.SetText(p.e.Words.T(word))
	p.next.SetEnabled(!busy)
	p.back.SetEnabled(!busy)
}
