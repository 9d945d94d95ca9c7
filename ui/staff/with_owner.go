// What somebody may do, changed at the counter while they are signed in, with an
// owner beside them.

package staff

import (
	"errors"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// beside is the dialog. The owner's session ends with it.
type beside struct {
	e     *screen.Env
	owner *store.Session
	staff *store.Staff
	me    store.Profile // of who is at the counter
	ticks *ticks
	said  *fyne.Container
	d     *widgets.Dialog
}

// WithOwner shows the rights of who is signed in, with ticks that the owner gives
// and takes; each holds at once. done is called when the dialog was left. forget
// ends the owner's session: call it when the dialog is taken away.
func WithOwner(e *screen.Env, owner *store.Session, done func()) (forget func()) {
	b := &beside{e: e, owner: owner, said: widgets.Column(0)}
	var err error
	if b.staff, err = owner.Staff(); err == nil {
		err = b.read()
	}
	if err != nil {
		owner.Close()
		e.Fail(err)
		return func() {}
	}
	t := e.Words.T
	b.ticks = newTicks(e.Words, b.toggle)
	b.said.Hide()
	data := words.Data{"Name": b.me.Nickname, "Owner": owner.Profile().Nickname, "Role": e.Words.Role(b.me.Role)}
	lines := append([]fyne.CanvasObject{b.said}, b.ticks.groups(b.me)...)
	b.d = &widgets.Dialog{Title: t("staff.rights", data), Text: t("staff.with.text", data), Width: 620,
		Content: widgets.Column(14, lines...), Cancel: t("common.done"), OnCancel: func() { owner.Close(); done() }}
	b.d.ShowOn(e.Canvas)
	return owner.Close
}

// read reads the profile as it is now.
func (b *beside) read() error {
	list, err := b.staff.List()
	if err != nil {
		return err
	}
	i := place(list, b.e.Session.Profile().ID)
	if i < 0 {
		return store.ErrNotFound
	}
	b.me = list[i]
	return nil
}

// toggle saves at once. The window below follows when it is told by the book.
func (b *beside) toggle(r store.Right, on bool) {
	p := b.me
	b.d.SetProblem("")
	b.d.Moved()
	what := b.e.Words.T("staff.changing", words.Data{"Name": p.Nickname})
	b.e.Rewrite(what, func(how store.Wait) error {
		return b.staff.Change(p.ID, p.Nickname, p.Role, toggle(p, r, on), how)
	}, func(err error) { b.changed(p, r, on, err) })
}

// changed shows the profile as it is after a change, or says what is wrong.
func (b *beside) changed(p store.Profile, r store.Right, on bool, err error) {
	if !b.d.Open() { // it was left meanwhile, and the owner's session with it
		return
	}
	if errors.Is(err, store.ErrStepUp) { // the owner has stood beside them for long
		b.ticks.follow(p)
		b.e.AskAgain(b.owner, func() { b.toggle(r, on) })
		return
	}
	if failed := b.read(); err == nil {
		err = failed
	}
	b.ticks.follow(b.me)
	if err != nil {
		b.e.Refused(b.d, err)
		return
	}
	b.said.RemoveAll()
	b.said.Add(widgets.Banner(widgets.Good, "", toggled(b.e.Words, p, r, on)))
	b.said.Show()
	b.d.Refresh()
}
