package ui

// Notices: what stands above every screen until somebody sends it away.

import (
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// watchClock warns when the computer's clock is behind the time of an earlier
// sign-in, or of an invoice: the next ones would get the wrong date, or none.
func (sh *shell) watchClock() {
	last, back := sh.env.Session.ClockBack()
	if back = back && !sh.trusted; back == (len(sh.notice.Objects) > 0) {
		return
	}
	sh.notice.RemoveAll()
	if back {
		w := sh.u.words
		data := words.Data{"Now": w.Date(sh.u.o.Now()), "Last": w.Date(last)}
		sh.notice.Add(widgets.Padded(10, 20, 0, 20, widgets.Banner(widgets.Look, w.T("shell.clock", data), w.T("shell.clock.text", data),
			widgets.NewButton(w.T("shell.clock.right", data), sh.trustClock),
			widgets.NewButton(w.T("shell.clock.later"), sh.sendAway))))
	}
	sh.notice.Refresh()
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
