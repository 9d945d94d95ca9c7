package start

// Changing one's own passphrase while signed in.

import (
	"errors"
	"time"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
)

const keyOld = "old"

// ChangePassphrase opens a dialog in which the person who is signed in replaces
// their passphrase. Nothing typed in it is kept anywhere.
func ChangePassphrase(e *screen.Env) {
	t := e.Words.T
	me, shop := e.Session.Profile(), e.Session.Book().Info().Shop
	n := store.StaffWords
	if me.Role == store.Owner {
		n = store.OwnerWords
	}
	old := widgets.NewPasswordEntry(t("common.show"), t("common.hide"))
	form := widgets.NewForm(1, widgets.NewField(keyOld, t("start.change.old"), old))
	c := newChooser(e.Words, n, func() []string { return []string{shop, me.Nickname} })
	form.OnSubmit = c.focus

	d := &widgets.Dialog{Title: t("start.change.title"), Text: t("start.change.text"), Width: 520,
		Content: widgets.Column(16, form, c.box), Confirm: t("start.change.save"), Cancel: t("common.cancel")}
	wait := widgets.Countdown{Now: e.Now, Show: func(left time.Duration) {
		d.Button().SetEnabled(left == 0)
		form.ClearProblems()
		if left > 0 {
			form.SetProblem(keyOld, e.Words.Error(&store.TooSoonError{Wait: left}))
		}
	}}
	forget := func() {
		wait.Halt()
		wipe(old)
		c.empty()
	}
	c.changed = d.Refresh
	d.OnCancel = forget
	d.OnConfirm = func() bool {
		d.SetProblem("")
		if old.Text == "" {
			form.SetProblem(keyOld, t("start.change.old.empty"))
			form.FocusProblem()
			return false
		}
		known := old.Text
		fresh, ok := c.passphrase()
		if !ok {
			return false
		}
		d.Button().SetEnabled(false)
		d.Button().SetText(t("start.fresh.busy"))
		e.Rewrite(t("start.change.title"), func(how store.Wait) error {
			return e.Session.ChangePassphrase(known, fresh, how)
		}, func(err error) {
			d.Button().SetEnabled(true)
			d.Button().SetText(t("start.change.save"))
			var soon *store.TooSoonError
			switch {
			case err == nil:
				forget()
				d.Close()
				e.Say(widgets.Toast{Tone: widgets.Good, Text: t("start.change.done")})
			case errors.Is(err, store.ErrWrongPassphrase):
				form.SetProblem(keyOld, t("start.change.old.wrong"))
				form.FocusProblem()
				old.TypedShortcut(selectAll)
			case errors.As(err, &soon):
				wait.Start(e.Now().Add(soon.Wait))
			case errors.Is(err, store.ErrWeak), errors.Is(err, store.ErrSamePassphrase):
				c.refuse(err)
			default:
				e.Refused(d, err)
			}
		})
		return false
	}
	d.ShowOn(e.Canvas)
	c.onKeys(func() { d.Button().OnTapped() }, nil)
}
