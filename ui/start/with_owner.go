package start

// An owner beside somebody who is signed in: chosen, and let in with their
// passphrase, for as long as a dialog is open.

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	keyOwner = "owner"
	keyPass  = "pass"
)

// beside asks for an owner.
type beside struct {
	e       *screen.Env
	owners  []store.ProfileInfo
	then    func(*store.Session)
	session atomic.Pointer[store.Session] // nobody's yet; the sign-in puts it there beside the screen
	wait    widgets.Countdown

	who   *widgets.Select // nil where there is one owner
	entry *widgets.PasswordEntry
	form  *widgets.Form
	d     *widgets.Dialog
}

// AskOwner opens a dialog in which an owner signs in on the same book, while the
// person at the counter stays signed in. then takes over the owner's session.
// forget drops what was typed, and a session that nobody took over: call it when
// the dialog is taken away.
func AskOwner(e *screen.Env, then func(*store.Session)) (forget func()) {
	owners, err := e.Session.Owners()
	if err != nil {
		e.Fail(err)
		return func() {}
	}
	return newBeside(e, owners, then).forget
}

func newBeside(e *screen.Env, owners []store.ProfileInfo, then func(*store.Session)) *beside {
	t := e.Words.T
	b := &beside{e: e, owners: owners, then: then}
	b.wait = widgets.Countdown{Now: e.Now, Show: b.showWait}
	b.entry = widgets.NewPasswordEntry(t("common.show"), t("common.hide"))
	title := t("start.with.pass", words.Data{"Name": owners[0].Nickname})
	var fields []*widgets.Field
	if len(owners) > 1 {
		var names []string
		for _, o := range owners {
			names = append(names, o.Nickname)
		}
		b.who = widgets.NewSelect(names, func(int) {
			b.wait.Halt()
			b.showWait(0)
		})
		b.who.SetIndex(0)
		fields = append(fields, widgets.NewField(keyOwner, t("start.with.owner"), b.who))
		title = t("start.with.anyPass")
	}
	b.form = widgets.NewForm(1, append(fields, widgets.NewField(keyPass, title, b.entry))...)
	b.form.OnSubmit = b.submit
	b.d = &widgets.Dialog{Title: t("start.with.title"), Text: t("start.with.text", words.Data{"Name": e.Session.Profile().Nickname}),
		Content: b.form, Confirm: t("start.with.next"), Cancel: t("common.cancel"),
		OnConfirm: func() bool { b.submit(); return false }, OnCancel: b.forget}
	b.d.ShowOn(e.Canvas)
	return b
}

func (b *beside) forget() {
	b.wait.Halt()
	wipe(b.entry)
	if s := b.session.Swap(nil); s != nil {
		s.Close()
	}
}

// owner is who is chosen.
func (b *beside) owner() store.ProfileInfo {
	if b.who == nil {
		return b.owners[0]
	}
	return b.owners[max(0, b.who.Index())]
}

func (b *beside) submit() {
	if b.d.Button().Disabled() {
		return
	}
	t := b.e.Words.T
	b.form.ClearProblems()
	b.d.SetProblem("")
	who, typed := b.owner(), b.entry.Text
	if typed == "" {
		b.wrong(t("start.with.empty", words.Data{"Name": who.Nickname}))
		return
	}
	b.busy(true)
	book := b.e.Session.Book()
	b.e.Run.Run(func(context.Context) error {
		s, err := book.SignIn(who.ID, store.Passphrase(typed))
		b.session.Store(s)
		return err
	}, func(err error) {
		b.busy(false)
		var soon *store.TooSoonError
		switch {
		case !b.d.Open(): // it was left meanwhile
			b.forget()
		case errors.As(err, &soon):
			b.wait.Start(b.e.Now().Add(soon.Wait))
		case err != nil:
			b.wrong(b.e.Words.Error(err))
		case !b.session.Load().Can(store.ManageStaff):
			b.forget()
			b.d.SetProblem(t("start.with.owes", words.Data{"Name": who.Nickname}))
		default:
			in := b.session.Swap(nil) // handed on
			b.forget()
			b.d.Close()
			b.then(in)
		}
	})
}

// wrong says what is wrong with the passphrase. It stays, selected.
func (b *beside) wrong(text string) {
	b.form.SetProblem(keyPass, text)
	widgets.Focus(b.entry)
	b.entry.TypedShortcut(selectAll)
}

func (b *beside) showWait(left time.Duration) {
	b.d.Button().SetEnabled(left == 0)
	if left > 0 {
		b.form.SetProblem(keyPass, b.e.Words.Error(&store.TooSoonError{Wait: left}))
		return
	}
	b.form.ClearProblems()
}

func (b *beside) busy(busy bool) {
	word := "start.with.next"
	if busy {
		word = "start.signin.busy"
	}
	b.d.Button().SetText(b.e.Words.T(word))
	b.d.Button().SetEnabled(!busy)
}
