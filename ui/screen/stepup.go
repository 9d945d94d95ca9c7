package screen

// Asking for the passphrase again, over whatever is on the screen.

import (
	"context"
	"errors"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// StepUp asks who is signed in for the passphrase and then does what was wanted.
// Who leaves it has done nothing.
func (e *Env) StepUp(then func()) { e.AskAgain(e.Session, then) }

// StepUpFor reports whether an error says that the secret is wanted again, and then
// asks for it and does what was wanted once more.
func (e *Env) StepUpFor(err error, again func()) bool {
	if !errors.Is(err, store.ErrStepUp) {
		return false
	}
	e.StepUp(again)
	return true
}

// AskAgain is StepUp for a session that is another one than the screen's.
func (e *Env) AskAgain(s *store.Session, then func()) {
	t, name := e.Words.T, words.Data{"Name": s.Profile().Nickname}
	e.again = &Passphrase{
		Dialog: widgets.Dialog{Title: t("stepUp.title", name), Text: t("stepUp.text"),
			Confirm: t("stepUp.next"), Cancel: t("common.cancel")},
		Label: t("stepUp.passphrase", name), Busy: t("stepUp.busy"),
		Empty: func() string { return t("stepUp.empty", name) },
		Try: func(typed string, done func(error)) {
			e.Run.Run(func(context.Context) error { return s.StepUp(store.Passphrase(typed)) }, done)
		},
		Then: then,
	}
	e.again.Ask(e)
}

// Forget drops what was typed into the dialog of StepUp: call it when everything
// over the window is taken away.
func (e *Env) Forget() {
	if e.again != nil {
		e.again.Forget()
		e.again = nil
	}
}
