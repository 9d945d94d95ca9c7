package ui

// Previews: the owner sees the window as somebody else has it. Another shell lies
// over the owner's own, which waits below and comes back as it was.

import (
	"counterbook/store"
	"counterbook/ui/screen"
)

// previewAs shows the window of a profile.
func (sh *shell) previewAs(id store.ProfileID) {
	s, err := sh.env.Session.PreviewAs(id)
	if err != nil {
		sh.u.fail(err)
		return
	}
	sh.leaveScreen(func() {
		sh.keep()
		sh.u.toasts.Clear()
		p := &shell{u: sh.u, under: sh}
		sh.u.shell = p
		p.start(s)
		sh.u.setMenu()
		p.enter(screen.Route{})
		p.refocus()
	})
}

// endPreview leads back to the owner's window, to the profile that was looked at.
func (u *App) endPreview() {
	p := u.shell
	if p == nil || p.under == nil {
		return
	}
	looked := p.env.Session.Profile().ID
	u.drop(p)
	u.shell = p.under
	u.shell.build()
	u.setMenu()
	u.shell.enter(screen.Route{Place: screen.Staff, ID: looked})
}

// drop takes away what lies over the window, and ends a preview.
func (u *App) drop(sh *shell) {
	u.clearAbove(sh)
	u.toasts.Clear()
	if sh.under != nil {
		sh.env.Session.Close()
	}
}

// clearAbove takes away what lies over the window and forgets what was typed there.
func (u *App) clearAbove(sh *shell) {
	for o := u.window.Canvas().Overlays(); o.Top() != nil; {
		o.Remove(o.Top())
	}
	sh.env.Forget()
	if sh.over != nil {
		sh.over()
	}
}

// own is the window of who is signed in, also while it shows another's.
func (sh *shell) own() *shell {
	if sh.under != nil {
		return sh.under
	}
	return sh
}
