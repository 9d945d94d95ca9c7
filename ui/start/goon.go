package start

// Going on with a book that went back, or another way: what is missing is said,
// and an owner says how numbers go on. Nothing is written before.

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	keyWay  = "Way"
	keyLast = "LastPrinted"
)

// goOnPage asks. It holds the session until it was handed on.
type goOnPage struct {
	e       *Env
	session *store.Session
	done    func()
	busy    bool
	way     store.WayOn

	choice  *widgets.Select
	last    *widgets.Entry
	form    *widgets.Form
	typed   *fyne.Container
	next    *widgets.Text
	says    *fyne.Container
	goOn    *widgets.Button
	again   *screen.Env // asks for the passphrase once more
	content fyne.CanvasObject
}

// newGoOnPage returns the page for the owner who signed in. done is called once
// the book goes on, back when they do not want it now; the session is then closed.
func newGoOnPage(e *Env, s *store.Session, done, back func()) *goOnPage {
	p := &goOnPage{e: e, session: s, done: done}
	p.again = &screen.Env{Session: s, Words: e.Words, Canvas: e.Canvas, Now: e.Now, Run: e.Run}
	t := e.Words.T
	var err error
	p.way, err = s.WayOn()
	p.choice = widgets.NewSelect([]string{t("goon.suffix", words.Data{"Suffix": "-" + p.way.Suffix}), t("goon.typed")}, func(int) { p.chosen() })
	p.choice.SetIndex(0)
	p.last = widgets.NewEntry()
	p.last.OnChanged = func(string) { p.form.SetProblem(keyLast, ""); p.preview() }
	leave := func() {
		if !p.busy {
			p.forget()
			back()
		}
	}
	p.last.OnEscape = leave
	hint := t("goon.lastHintNone", words.Data{"Example": p.way.Example})
	if p.way.Last != "" {
		hint = t("goon.lastHint", words.Data{"Example": p.way.Example, "Last": p.way.Last})
	}
	p.form = widgets.NewForm(1, widgets.NewField(keyLast, t("goon.last"), p.last).Hint(hint))
	p.form.OnSubmit = p.submit
	p.typed = widgets.Column(0, p.form)
	p.next = widgets.NewText("").Bold().Wrap()
	p.says = widgets.Column(0)
	p.says.Hide()
	p.goOn = widgets.PrimaryButton(t("goon.verb"), p.submit)
	title, text := p.standing()
	p.content = ground(card(620,
		widgets.Title(title),
		widgets.Paragraph(text),
		widgets.Paragraph(t("goon.otherFile")),
		p.says,
		widgets.NewText(t("goon.numbers")).Wrap(),
		widgets.NewForm(1, widgets.NewField(keyWay, t("goon.way"), p.choice)),
		p.typed,
		p.next,
		widgets.Caption(t("goon.erased")).Wrap(),
		widgets.Row(8, widgets.NewButton(t("goon.leave"), leave), widgets.Spacer(), p.goOn),
	), widgets.Spacer())
	p.chosen()
	if err != nil {
		p.goOn.SetEnabled(false)
		p.say(e.Words.Error(err))
	}
	return p
}

// standing says what happened to the book.
func (p *goOnPage) standing() (title, text string) {
	w, t := p.e.Words, p.e.Words.T
	err := p.session.Book().Standing()
	var older *store.OlderError
	switch {
	case errors.As(err, &older) && older.Restored:
		return t("goon.restored"), t("goon.restoredText") + " " + w.N("goon.restoredBy", int(older.Missing), words.Data{"Since": w.Moment(older.Since)})
	case older != nil:
		return t("goon.older"), w.N("goon.olderText", int(older.Missing), words.Data{"Since": w.Moment(older.Since)})
	case errors.Is(err, store.ErrForked):
		return t("goon.forked"), t("goon.forkedText")
	}
	return t("goon.restored"), t("goon.restoredText")
}

// Content implements screen.Screen.
func (p *goOnPage) Content() fyne.CanvasObject { return p.content }

// Shown implements screen.Screen.
func (p *goOnPage) Shown() { widgets.Focus(p.choice) }

func (p *goOnPage) forget() {
	p.again.Forget()
	if p.session != nil {
		p.session.Close()
		p.session = nil
	}
}

// chosen shows what belongs to the way that is chosen.
func (p *goOnPage) chosen() {
	p.typed.Hidden = p.choice.Index() == 0
	p.preview()
	p.content.Refresh()
}

// preview shows the next number.
func (p *goOnPage) preview() {
	next := p.way.First
	if p.choice.Index() == 1 {
		if next = ""; p.last.Text != "" && p.session != nil {
			next, _ = p.session.NextAfter(p.last.Text) // what is wrong is said when it is used
		}
	}
	text := ""
	if next != "" {
		text = p.e.Words.T("goon.next", words.Data{"Number": next})
	}
	p.next.SetText(text)
	p.next.Hidden = text == ""
	p.content.Refresh()
}

// say says what went wrong, "" for nothing.
func (p *goOnPage) say(text string) {
	p.says.RemoveAll()
	if text != "" {
		p.says.Add(widgets.Banner(widgets.Bad, "", text))
	}
	p.says.Hidden = text == ""
	p.content.Refresh()
}

func (p *goOnPage) submit() {
	if p.busy || p.goOn.Disabled() {
		return
	}
	p.say("")
	p.form.ClearProblems()
	how := store.GoOn{}
	if p.choice.Index() == 1 {
		if how.LastPrinted = p.last.Text; how.LastPrinted == "" {
			p.wrong(p.e.Words.Problem(invoice.Problem{Field: keyLast, Rule: "missing"}))
			return
		}
	}
	p.setBusy(true)
	s := p.session
	p.e.Run.Run(func(context.Context) error { return s.GoOn(how) }, func(err error) {
		p.setBusy(false)
		var wrong invoice.Problems
		switch {
		case err == nil:
			p.session = nil // handed on
			p.again.Forget()
			p.done()
		case errors.As(err, &wrong):
			p.wrong(p.e.Words.Problem(wrong[0]))
		case p.again.StepUpFor(err, p.submit):
		default:
			p.say(p.e.Words.Error(err))
		}
	})
}

func (p *goOnPage) wrong(text string) {
	p.form.SetProblem(keyLast, text)
	p.form.FocusProblem()
}

func (p *goOnPage) setBusy(busy bool) {
	p.busy = busy
	word := "goon.verb"
	if busy {
		word = "goon.busy"
	}
	p.goOn.SetText(p.e.Words.T(word))
	p.goOn.SetEnabled(!busy)
}
