package start

// Setting the PIN with which one comes back to the counter.

import (
	"context"
	"errors"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
)

const (
	keyPIN      = "pin"
	keyPINAgain = "pinAgain"
)

// SetPIN opens a dialog in which the person who is signed in sets a PIN, or takes
// it back. It is kept nowhere but in memory.
func SetPIN(e *screen.Env) {
	t := e.Words.T
	pin := widgets.NewPasswordEntry(t("common.show"), t("common.hide"))
	again := widgets.NewPasswordEntry(t("common.show"), t("common.hide"))
	form := widgets.NewForm(1,
		widgets.NewField(keyPIN, t("start.pin.pin"), pin).Hint(t("start.pin.hint")),
		widgets.NewField(keyPINAgain, t("start.pin.again"), again))
	d := &widgets.Dialog{Title: t("start.pin.title"), Text: t("start.pin.text"), Width: 520, Content: form,
		Confirm: t("start.pin.set"), Cancel: t("common.cancel")}
	forget := func() {
		wipe(pin)
		wipe(again)
	}
	done := func(text string) {
		forget()
		d.Close()
		e.Say(widgets.Toast{Tone: widgets.Good, Text: t(text)})
	}
	if e.Session.HasPIN() {
		remove := widgets.NewButton(t("start.pin.remove"), func() {
			e.Session.DropPIN()
			done("start.pin.removed")
		})
		d.Content = widgets.Column(14, form, widgets.Row(12, widgets.Grow(widgets.Caption(t("start.pin.isSet")).Wrap()), remove))
	}
	d.OnCancel = forget
	form.OnSubmit = func() { d.Button().OnTapped() }
	d.OnConfirm = func() bool {
		form.ClearProblems()
		d.SetProblem("")
		typed := pin.Text
		switch err := store.CheckPIN(typed); {
		case err != nil:
			form.SetProblem(keyPIN, e.Words.Error(err))
		case again.Text != typed:
			form.SetProblem(keyPINAgain, t("start.pin.differs"))
		}
		if form.FocusProblem() {
			return false
		}
		d.Button().SetEnabled(false)
		e.Run.Run(func(context.Context) error { return e.Session.SetPIN(typed) }, func(err error) {
			d.Button().SetEnabled(true)
			switch {
			case err == nil:
				done("start.pin.done")
			case errors.Is(err, store.ErrPINForm), errors.Is(err, store.ErrPINWeak):
				form.SetProblem(keyPIN, e.Words.Error(err))
				form.FocusProblem()
			case !e.StepUpFor(err, func() { d.Button().OnTapped() }):
				e.Refused(d, err)
			}
		})
		return false
	}
	d.ShowOn(e.Canvas)
}
