package start

// Signing in with the owner's recovery sheet: the groups are typed, and a new
// passphrase is chosen before anything else.

import (
	"context"
	"errors"
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// characters is how many characters a kit has: eight groups of five.
const characters = 40

// kitPage takes the kit.
type kitPage struct {
	e    *Env
	book *store.Book
	done func(*store.Session, *store.Kit)
	busy bool
	wait countdown

	entry   *widgets.Entry
	form    *widgets.Form
	next    *widgets.Button
	content fyne.CanvasObject
}

func newKitPage(e *Env, b *store.Book, done func(*store.Session, *store.Kit), back func()) *kitPage {
	p := &kitPage{e: e, book: b, done: done}
	p.wait = countdown{e: e, show: p.showWait}
	t := e.Words.T
	leave := func() {
		if !p.busy {
			back()
		}
	}
	p.entry = widgets.NewEntry()
	p.entry.OnEscape = leave
	p.form = widgets.NewForm(1, widgets.NewField(keyTyped, t("start.recover.kit"), p.entry).Hint(t("start.recover.hint")))
	p.form.OnSubmit = p.submit
	p.next = widgets.PrimaryButton(t("start.recover.next"), p.submit)
	p.content = ground(card(560,
		widgets.Title(t("start.recover.title")),
		widgets.Paragraph(t("start.recover.text")),
		p.form,
		widgets.Row(8, widgets.NewButton(t("common.back"), leave), widgets.Spacer(), p.next),
	), widgets.Spacer())
	return p
}

// Content implements screen.Screen.
func (p *kitPage) Content() fyne.CanvasObject { return p.content }

// Shown implements screen.Screen.
func (p *kitPage) Shown() { widgets.Focus(p.entry) }

func (p *kitPage) forget() {
	p.wait.halt()
	wipe(p.entry)
}

func (p *kitPage) submit() {
	if p.busy || p.next.Disabled() {
		return
	}
	k, err := store.ParseKit(p.entry.Text)
	if err != nil {
		p.wrong(p.kitError(err))
		return
	}
	p.setBusy(true)
	var session *store.Session
	p.e.Run.Run(func(context.Context) (err error) {
		session, err = p.book.SignInWithKit(k)
		return err
	}, func(err error) {
		p.setBusy(false)
		var soon *store.TooSoonError
		switch {
		case err == nil:
			p.forget()
			p.done(session, k)
		case errors.As(err, &soon):
			p.wait.start(p.e.Now().Add(soon.Wait))
		default:
			p.wrong(p.e.Words.Error(err))
		}
	})
}

// kitError says which group is mistyped, or how much is missing.
func (p *kitPage) kitError(err error) string {
	var kit *store.KitError
	if errors.As(err, &kit) && kit.Group == 0 {
		typed := 0
		for _, r := range p.entry.Text {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				typed++
			}
		}
		return p.e.Words.T("start.recover.count", words.Data{"Typed": typed, "All": characters})
	}
	return p.e.Words.Error(err)
}

func (p *kitPage) wrong(text string) {
	p.form.SetProblem(keyTyped, text)
	p.form.FocusProblem()
}

func (p *kitPage) showWait(left time.Duration) {
	p.next.SetEnabled(left == 0)
	if left > 0 {
		p.wrong(p.e.Words.Error(&store.TooSoonError{Wait: left}))
		return
	}
	p.form.ClearProblems()
}

func (p *kitPage) setBusy(busy bool) {
	p.busy = busy
	word := "start.recover.next"
	if busy {
		word = "start.signin.busy"
	}
	p.next.SetText(p.e.Words.T(word))
	p.next.SetEnabled(!busy)
}

// freshPage takes a new passphrase from an owner who came in with the kit.
type freshPage struct {
	e       *Env
	session *store.Session // closed by forget, until it was handed on
	kit     *store.Kit
	done    func()
	busy    bool

	chooser *chooser
	says    *fyne.Container
	save    *widgets.Button
	content fyne.CanvasObject
}

// newFreshPage returns the page that follows a sign-in with the kit: the owner
// chooses a new passphrase. done is called when it opens the book, back when the
// owner does not want one; the session is then closed.
func newFreshPage(e *Env, s *store.Session, k *store.Kit, done, back func()) *freshPage {
	p := &freshPage{e: e, session: s, kit: k, done: done}
	t := e.Words.T
	name, shop := s.Profile().Nickname, s.Book().Info().Shop
	p.chooser = newChooser(e.Words, store.OwnerWords, func() []string { return []string{shop, name} })
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
	p.content = ground(card(560,
		widgets.Title(t("start.fresh.title", words.Data{"Name": name})),
		widgets.Paragraph(t("start.fresh.text")),
		p.chooser.box,
		p.says,
		widgets.Row(8, widgets.NewButton(t("start.fresh.leave"), leave), widgets.Spacer(), p.save),
	), widgets.Spacer())
	return p
}

// Content implements screen.Screen.
func (p *freshPage) Content() fyne.CanvasObject { return p.content }

// Shown implements screen.Screen.
func (p *freshPage) Shown() { p.chooser.focus() }

func (p *freshPage) forget() {
	p.chooser.empty()
	p.kit = nil
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
	p.e.Run.Run(func(context.Context) error {
		return p.session.NewPassphrase(p.kit, fresh)
	}, func(err error) {
		p.setBusy(false)
		switch {
		case err == nil:
			p.session = nil // handed on
			p.forget()
			p.done()
		case errors.Is(err, store.ErrWeak):
			p.chooser.weak()
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
