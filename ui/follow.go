package ui

// Following: what the owner takes from a profile, or gives it, is so on the
// screen at once, whoever did it and wherever.

import (
	"fmt"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/staff"
	"counterbook/ui/start"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Names on the desk of work whose screen may not be seen any more, one for each
// place.
const (
	deskAside     = "aside/"      // the route
	deskAsideWork = "aside-work/" // what was unsaved there
)

// standing is who somebody is and what they may do, to be compared.
type standing string

func (sh *shell) standing() standing {
	s := sh.env.Session
	me := s.Profile()
	out := fmt.Sprintf("%q %d", me.Nickname, me.Role)
	for _, r := range store.Rights() {
		if s.Can(r) {
			out += fmt.Sprintf(" %d", r)
		}
	}
	return standing(out)
}

// watch has the window follow the book's profiles.
func (u *App) watch(b *store.Book) {
	b.OnRights(func() { fyne.Do(u.rightsChanged) })
}

// rightsChanged compares what the window was built for with what holds now.
func (u *App) rightsChanged() {
	sh := u.shell
	if sh == nil {
		return
	}
	if sh.under != nil && !sh.under.env.Session.Ended() {
		switch {
		case sh.env.Session.Ended():
			u.endPreview()
		case sh.had != sh.standing():
			u.clearAbove(sh)
			sh.build()
			u.setMenu()
			sh.enter(sh.here())
		}
		return
	}
	s := sh.env.Session
	switch {
	case s.Ended():
		text := "shell.ended"
		if _, unsaved := sh.work(); unsaved {
			text = "shell.ended.lost" // its desk is closed to it, too
		}
		u.signOut()
		u.toasts.Say(widgets.Toast{Tone: widgets.Look, Text: u.words.T(text)})
	case s.MustChange() || s.NeedsKit():
		name := s.Profile().Nickname
		u.signOut()
		u.toasts.Say(widgets.Toast{Tone: widgets.Look, Text: u.words.T("shell.owes", words.Data{"Name": name})})
	case sh.had != sh.standing():
		sh.follow()
	}
}

// follow builds everything anew for what the profile may do now. A screen that it
// may not see any more is left; what is unsaved there stays on the desk.
func (sh *shell) follow() {
	here := sh.here()
	work, unsaved := sh.work()
	sh.keep()
	if !sh.beside { // the owner's dialog is not the screen's
		sh.u.clearAbove(sh)
	}
	sh.build()
	sh.u.setMenu()
	sh.enter(here)
	if unsaved && (sh.route != here || !sh.carryOn(deskWork)) {
		sh.putAside(here, work)
		sh.offer(here.Place)
		return
	}
	sh.offer("")
}

// putAside keeps work for the day on which its screen may be seen again.
func (sh *shell) putAside(r screen.Route, work any) {
	desk := sh.env.Session.Desk()
	err := desk.Put(deskAside+string(r.Place), r)
	if err == nil {
		err = desk.Put(deskAsideWork+string(r.Place), work)
	}
	if err != nil {
		sh.u.fail(err)
		return
	}
	sh.u.toasts.Say(widgets.Toast{Tone: widgets.Look, Text: sh.u.words.T("shell.aside")})
}

// offer says what was put aside of places the profile may go to, one apart.
func (sh *shell) offer(but screen.Place) {
	desk, w := sh.env.Session.Desk(), sh.u.words
	for _, p := range places {
		if !p.allowed(sh.env.Session) || p.place == but {
			continue
		}
		var r screen.Route
		switch kept, err := desk.Get(deskAside+string(p.place), &r); {
		case err != nil:
			sh.u.fail(err)
		case kept:
			sh.u.toasts.Say(widgets.Toast{Text: w.T("shell.kept", words.Data{"Place": w.T("place." + string(p.under))}),
				Action: w.T("shell.kept.open"), Do: func() { sh.takeUp(r) }})
		}
	}
}

// takeUp leads back to what was put aside.
func (sh *shell) takeUp(r screen.Route) {
	sh.leaveScreen(func() {
		sh.history = append(sh.history, sh.here())
		sh.enter(r)
		if sh.route != r || !sh.carryOn(deskAsideWork+string(r.Place)) {
			return
		}
		desk := sh.env.Session.Desk()
		for _, name := range []string{deskAside, deskAsideWork} {
			if err := desk.Clear(name + string(r.Place)); err != nil {
				sh.u.fail(err)
			}
		}
	})
}

// withOwner lets an owner change what the person at the counter may do.
func (sh *shell) withOwner() {
	sh.over = start.AskOwner(sh.env, func(owner *store.Session) {
		sh.beside = true
		sh.over = staff.WithOwner(sh.env, owner, func() {
			sh.beside = false
			sh.refocus()
		})
	})
}
