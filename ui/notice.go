package ui

// Notices: what stands above every screen until somebody sends it away.

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// watchClock warns when the computer's clock is behind the time of an earlier
// sign-in, or of an invoice: the next ones would get the wrong date, or none.
func (sh *shell) watchClock() {
	last, back := sh.env.Session.ClockBack()
	if !back || sh.trusted {
		last = time.Time{}
	}
	if last.Equal(sh.clock) {
		return
	}
	sh.clock = last
	sh.showNotices()
}

// showNotices shows what there is to tell.
func (sh *shell) showNotices() {
	w := sh.u.words
	sh.notice.RemoveAll()
	show := func(banner fyne.CanvasObject) { sh.notice.Add(widgets.Padded(10, 20, 0, 20, banner)) }
	if sh.under != nil {
		show(widgets.Banner(widgets.Info, w.T("shell.preview", words.Data{"Name": sh.env.Session.Profile().Nickname}), w.T("shell.preview.text"),
			widgets.NewButton(w.T("shell.preview.end"), sh.u.endPreview)))
	}
	var damage *store.DamagedError
	if errors.As(sh.damage, &damage) {
		toDo := "shell.damage.text"
		if sh.env.Session.Profile().Role == store.Owner {
			toDo = "shell.damage.owner"
		}
		show(widgets.Banner(widgets.Bad, w.T("shell.damage"), w.Damage(damage)+" "+w.T(toDo)))
	}
	if sh.synced != "" {
		data := words.Data{"Name": sh.synced}
		show(widgets.Banner(widgets.Look, w.T("shell.synced", data), w.T("shell.synced.text", data),
			widgets.NewButton(w.T("shell.synced.later"), func() {
				sh.synced = ""
				sh.hidNotice()
			})))
	}
	if sh.forgets {
		show(widgets.Banner(widgets.Look, w.T("shell.forgets"), w.T("shell.forgets.text"),
			widgets.NewButton(w.T("shell.forgets.later"), func() {
				sh.forgets = false
				sh.hidNotice()
			})))
	}
	if !sh.clock.IsZero() {
		data := words.Data{"Now": w.Date(sh.u.o.Now()), "Last": w.Date(sh.clock)}
		show(widgets.Banner(widgets.Look, w.T("shell.clock", data), w.T("shell.clock.text", data),
			widgets.NewButton(w.T("shell.clock.right", data), sh.trustClock),
			widgets.NewButton(w.T("shell.clock.later"), sh.sendAway)))
	}
	sh.notice.Refresh()
}

// hidNotice shows the notices that are left, and lets the screen have the keys.
func (sh *shell) hidNotice() {
	sh.showNotices()
	sh.u.window.Canvas().Unfocus()
	sh.refocus()
}

// watchFolder tells an owner when the book lies where another program copies it to
// other computers, and when this computer cannot remember what it saw of it.
func (sh *shell) watchFolder() {
	if sh.env.Session.Profile().Role != store.Owner {
		return
	}
	sh.synced, _ = store.SyncFolder(sh.u.book.Info().Path)
	sh.forgets = sh.u.book.Forgets() != nil
	sh.showNotices()
}

// trustClock notes that the clock is right now, so that nobody is warned again.
func (sh *shell) trustClock() {
	if err := sh.env.Session.TrustClock(); err != nil {
		sh.u.fail(err)
		return
	}
	sh.sendAway()
}

// sendAway takes the notice away until the next sign-in.
func (sh *shell) sendAway() {
	sh.trusted = true
	sh.watchClock()
	sh.u.window.Canvas().Unfocus()
	sh.refocus()
}
