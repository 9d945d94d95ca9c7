package start

// Signing in with the owner's recovery sheet: the groups are typed, and a new
// passphrase is chosen before anything else, in fresh.go.

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
	wait widgets.Countdown

	entry   *widgets.Entry
	form    *widgets.Form
	next    *widgets.Button
	content fyne.CanvasObject
}

func newKitPage(e *Env, b *store.Book, done func(*store.Session, *store.Kit), back func()) *kitPage {
	p := &kitPage{e: e, book: b, done: done}
	p.wait = widgets.Countdown{Now: e.Now, After: e.after, Show: p.showWait}
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
	p.wait.Halt()
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
			p.wait.Start(p.e.Now().Add(soon.Wait))
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
