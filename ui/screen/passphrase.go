package screen

// A dialog that asks for somebody's passphrase.

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
)

const keyPassphrase = "passphrase"

// Passphrase asks for a passphrase over whatever is on the screen, in which
// everything stays as it was typed. A wrong one is said at the field and stays,
// selected; after several the time runs down there. What is typed is forgotten as
// soon as it was right or the dialog was left. The fields are set before Ask.
type Passphrase struct {
	widgets.Dialog // Title, Text, Width, Confirm and Cancel
	Label          string
	Busy           string                               // the button's word while Try looks
	Empty          func() string                        // what to say where nothing is typed
	Above          []*widgets.Field                     // of the form, before the passphrase
	Below          fyne.CanvasObject                    // the form; nil for none
	Try            func(typed string, done func(error)) // looks whether it is right, beside the screen
	Then           func()                               // it was
	Left           func()                               // nothing came of it: may be called more than once; nil for nothing
	Say            func(error) (text string)            // of an error of Try's own; nil, or "", says it as usual

	e     *Env
	wait  widgets.Countdown
	entry *widgets.PasswordEntry
	form  *widgets.Form
}

// Ask opens the dialog.
func (p *Passphrase) Ask(e *Env) {
	t := e.Words.T
	p.e = e
	p.entry = widgets.NewPasswordEntry(t("common.show"), t("common.hide"))
	p.wait = widgets.Countdown{Now: e.Now, Show: p.showWait}
	p.form = widgets.NewForm(1, append(p.Above, widgets.NewField(keyPassphrase, p.Label, p.entry))...)
	p.form.OnSubmit = p.submit
	p.Content = p.form
	if p.Below != nil {
		p.Content = widgets.Column(14, p.form, p.Below)
	}
	p.OnConfirm = func() bool { p.submit(); return false }
	p.OnCancel = p.Forget
	p.ShowOn(e.Canvas)
}

// Forget drops what was typed, and what comes of it. Call it when the dialog is
// taken away.
func (p *Passphrase) Forget() {
	p.empty()
	if p.Left != nil {
		p.Left()
	}
}

func (p *Passphrase) empty() {
	p.wait.Halt()
	p.entry.Empty()
}

// Another says that the passphrase of somebody else is asked for.
func (p *Passphrase) Another() {
	p.wait.Halt()
	p.showWait(0)
}

func (p *Passphrase) submit() {
	if p.Button().Disabled() {
		return
	}
	p.form.ClearProblems()
	p.SetProblem("")
	typed := p.entry.Text
	if typed == "" {
		p.wrong(p.Empty())
		return
	}
	p.busy(true)
	p.Try(typed, func(err error) {
		if !p.Open() { // it was left meanwhile, and what was wanted with it
			p.Forget()
			return
		}
		p.busy(false)
		var soon *store.TooSoonError
		switch {
		case err == nil:
			p.empty()
			p.Close()
			p.Then()
		case errors.As(err, &soon):
			p.wait.Start(p.e.Now().Add(soon.Wait))
		case errors.Is(err, store.ErrWrongPassphrase):
			p.wrong(p.e.Words.Error(err))
		default:
			p.Tell(Tone(err), p.say(err))
		}
	})
}

func (p *Passphrase) say(err error) string {
	if p.Say != nil {
		if text := p.Say(err); text != "" {
			return text
		}
	}
	return p.e.Words.Error(err)
}

// wrong says what is wrong with the passphrase. It stays, selected.
func (p *Passphrase) wrong(text string) {
	p.form.SetProblem(keyPassphrase, text)
	widgets.Focus(p.entry)
	p.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (p *Passphrase) showWait(left time.Duration) {
	p.Button().SetEnabled(left == 0)
	p.form.ClearProblems()
	if left > 0 {
		p.form.SetProblem(keyPassphrase, p.e.Words.Error(&store.TooSoonError{Wait: left}))
	}
}

func (p *Passphrase) busy(busy bool) {
	word := p.Confirm
	if busy {
		word = p.Busy
	}
	p.Button().SetText(word)
	p.Button().SetEnabled(!busy)
}
