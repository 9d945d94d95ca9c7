package screen

// Asking for the passphrase again, over whatever is on the screen.

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const keyAgain = "again"

// StepUp asks who is signed in for the passphrase and then does what was wanted.
// It lies over the screen and its dialogs, in which everything stays as it was
// typed. Who leaves it has done nothing.
func (e *Env) StepUp(then func()) { e.AskAgain(e.Session, then, nil) }

// StepUpFor reports whether an error says that the secret is wanted again, and then
// asks for it and does what was wanted once more.
func (e *Env) StepUpFor(err error, again func()) bool {
	if !errors.Is(err, store.ErrStepUp) {
		return false
	}
	e.StepUp(again)
	return true
}

// AskAgain is StepUp for a session that is another one than the screen's. left,
// which may be nil, is called where nothing was proved.
func (e *Env) AskAgain(s *store.Session, then, left func()) {
	t, name := e.Words.T, words.Data{"Name": s.Profile().Nickname}
	a := &again{e: e, s: s, then: then, name: name}
	a.entry = widgets.NewPasswordEntry(t("common.show"), t("common.hide"))
	a.wait = widgets.Countdown{Now: e.Now, Show: a.showWait}
	a.form = widgets.NewForm(1, widgets.NewField(keyAgain, t("stepUp.passphrase", name), a.entry))
	a.form.OnSubmit = a.submit
	a.d = &widgets.Dialog{Title: t("stepUp.title", name), Text: t("stepUp.text"), Content: a.form,
		Confirm: t("stepUp.next"), Cancel: t("common.cancel"),
		OnConfirm: func() bool { a.submit(); return false },
		OnCancel: func() {
			e.Forget()
			if left != nil {
				left()
			}
		}}
	e.again = a
	a.d.ShowOn(e.Canvas)
}

// Forget drops what was typed into the dialog of StepUp: call it when everything
// over the window is taken away.
func (e *Env) Forget() {
	if e.again != nil {
		e.again.wait.Halt()
		e.again.entry.Empty()
		e.again = nil
	}
}

// again is the dialog.
type again struct {
	e     *Env
	s     *store.Session
	then  func()
	name  words.Data
	wait  widgets.Countdown
	entry *widgets.PasswordEntry
	form  *widgets.Form
	d     *widgets.Dialog
}

func (a *again) submit() {
	if a.d.Button().Disabled() {
		return
	}
	a.form.ClearProblems()
	a.d.SetProblem("")
	typed := a.entry.Text
	if typed == "" {
		a.wrong(a.e.Words.T("stepUp.empty", a.name))
		return
	}
	a.busy(true)
	a.e.Run.Run(func(context.Context) error { return a.s.StepUp(store.Passphrase(typed)) }, func(err error) {
		if !a.d.Open() {
			return // it was left meanwhile, and what was wanted with it
		}
		a.busy(false)
		var soon *store.TooSoonError
		switch {
		case err == nil:
			a.e.Forget()
			a.d.Close()
			a.then()
		case errors.As(err, &soon):
			a.wait.Start(a.e.Now().Add(soon.Wait))
		case errors.Is(err, store.ErrWrongPassphrase):
			a.wrong(a.e.Words.Error(err))
		default:
			a.d.SetProblem(a.e.Words.Error(err))
		}
	})
}

// wrong says what is wrong with the passphrase. It stays, marked.
func (a *again) wrong(text string) {
	a.form.SetProblem(keyAgain, text)
	widgets.Focus(a.entry)
	a.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (a *again) showWait(left time.Duration) {
	a.d.Button().SetEnabled(left == 0)
	if left > 0 {
		a.form.SetProblem(keyAgain, a.e.Words.Error(&store.TooSoonError{Wait: left}))
		return
	}
	a.form.ClearProblems()
}

func (a *again) busy(busy bool) {
	word := "stepUp.next"
	if busy {
		word = "stepUp.busy"
	}
	a.d.Button().SetText(a.e.Words.T(word))
	a.d.Button().SetEnabled(!busy)
}
