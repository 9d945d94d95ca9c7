package ui

// The shell: rail and screen of a signed-in profile.

import (
	"fmt"
	"runtime"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/customers"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Names on the profile's desk.
const (
	deskPlace = "place" // route to come back to
	deskWork  = "work"  // what the screen there had unsaved
)

type shell struct {
	u         *App
	env       *screen.Env
	rail      *widgets.Rail
	body      *fyne.Container // holds the screen's content
	lockAfter time.Duration

	route   screen.Route
	screen  screen.Screen
	history []screen.Route

	notice  *fyne.Container // above the screen
	clock   time.Time       // of an earlier use, which the computer's is behind; zero for none
	trusted bool            // the notice on the clock was sent away
	damage  error           // that was found after signing in
	synced  string          // what copies the book's folder to other computers; "" for nothing
	forgets bool            // this computer cannot remember the newest state of the book
	had     standing        // what the window was built for
	over    func()          // forgets what a dialog of the shell holds; nil for none
	beside  bool            // an owner gives and takes rights in a dialog over the screen
	under   *shell          // the owner's, where this one shows what somebody else sees
}

func newShell(u *App, s *store.Session) *shell {
	sh := &shell{u: u}
	sh.start(s)
	return sh
}

// start makes the window of a session.
func (sh *shell) start(s *store.Session) {
	u := sh.u
	sh.env = &screen.Env{
		Session: s, Words: u.words, Canvas: u.window.Canvas(), Now: u.o.Now,
		Go: sh.open, Say: u.toasts.Say, Fail: u.fail, Run: u.run, Files: files{u}, Out: u.out, Reload: sh.reload, Keep: sh.keep,
	}
	sh.env.Identify = func(id store.CustomerID, then func()) { customers.Identify(sh.env, id, then) }
	if sh.under == nil {
		sh.env.Preview = sh.previewAs
	}
	sh.build()
}

// build makes the rail anew: for the first time, or after rights or the shop's
// name changed.
func (sh *shell) build() {
	s, w := sh.env.Session, sh.u.words
	name := s.Book().Info().Shop
	if b, err := s.Shop(); err == nil {
		if shop, err := b.Get(); err == nil {
			sh.lockAfter = time.Duration(shop.LockMinutes) * time.Minute
		} else {
			sh.u.fail(err)
		}
	}
	sh.rail = widgets.NewRail(w.T("app.name"), name)
	var list []widgets.RailPlace
	for i, p := range onRail(s) {
		list = append(list, widgets.RailPlace{Key: string(p.place), Label: w.T("place." + string(p.place)),
			Hint: fmt.Sprintf("%s%d", commandKey(), i+1), Icon: p.icon})
	}
	sh.rail.SetPlaces(list)
	sh.rail.OnGo = func(key string) { sh.open(screen.Route{Place: screen.Place(key)}) }
	me := s.Profile()
	user := widgets.RailUser{Name: me.Nickname, Role: w.Role(me.Role), Own: sh.ownMenu(), Hint: w.T("shell.me", words.Data{"Name": me.Nickname}),
		Leave: []widgets.RailAction{{Label: w.T("common.switch"), Do: sh.u.SwitchUser}, {Label: w.T("common.lock"), Do: sh.u.Lock}}}
	if sh.under != nil {
		user.Own, user.Leave = nil, []widgets.RailAction{{Label: w.T("shell.preview.end"), Do: sh.u.endPreview}}
	}
	sh.rail.SetUser(user)
	sh.body, sh.notice = widgets.Stack(), widgets.Column(0)
	sh.had = sh.standing()
	sh.clock = time.Time{}
	sh.watchClock()
	sh.showNotices()
	sh.u.window.SetContent(widgets.Stack(
		widgets.On(widgets.ColorPage, widgets.Border(nil, nil, sh.rail, nil, widgets.Border(sh.notice, nil, nil, nil, sh.body))), sh.u.toasts))
}

// commandKey is how the shortcut key is called on this system.
func commandKey() string {
	if runtime.GOOS == "darwin" {
		return "Cmd "
	}
	return "Ctrl "
}

// reload builds everything anew at the same place.
func (sh *shell) reload() {
	sh.build()
	sh.u.setMenu()
	if _, err := sh.env.Session.Shop(); err != nil {
		sh.u.signOut()
		return
	}
	sh.enter(sh.here())
}

// open leads to a place, after the screen that is shown has finished.
func (sh *shell) open(r screen.Route) {
	if sh.screen != nil && r == sh.here() {
		return
	}
	sh.leaveScreen(func() {
		if sh.screen != nil {
			sh.history = append(sh.history, sh.here()) // leaving may have made it another place
		}
		sh.enter(r)
	})
}

// here is where the profile is, also within a screen.
func (sh *shell) here() screen.Route {
	if m, ok := sh.screen.(screen.Mover); ok {
		return m.Route()
	}
	return sh.route
}

// back returns to the place before.
func (sh *shell) back() {
	if len(sh.history) == 0 {
		return
	}
	r := sh.history[len(sh.history)-1]
	sh.leaveScreen(func() {
		sh.history = sh.history[:len(sh.history)-1]
		sh.enter(r)
	})
}

// refocus gives the focus to the screen when nothing has it any more.
func (sh *shell) refocus() {
	c := sh.u.window.Canvas()
	if s, ok := sh.screen.(screen.Searcher); ok && c.Focused() == nil {
		widgets.Focus(s.Search())
	}
	if c.Focused() == nil {
		c.FocusNext()
	}
}

func (sh *shell) leaveScreen(then func()) {
	if l, ok := sh.screen.(screen.Leaver); ok {
		l.Leave(then)
		return
	}
	then()
}

// enter builds a screen and shows it. A place the profile may not go to is
// answered with its first place.
func (sh *shell) enter(r screen.Route) {
	p, ok := find(r.Place)
	if !ok || !p.allowed(sh.env.Session) {
		rail := onRail(sh.env.Session)
		if len(rail) == 0 {
			sh.u.fail(&store.NoRightError{})
			return
		}
		p, r = rail[0], screen.Route{Place: rail[0].place}
	}
	if sh.under == nil {
		sh.env.Session.SetScreen(p.log)
	}
	sh.route, sh.screen = r, p.build(sh.env, r)
	sh.rail.SetPlace(string(p.under))
	sh.body.Objects = []fyne.CanvasObject{sh.screen.Content()}
	sh.body.Refresh()
	sh.screen.Shown()
}

// keep puts the place and what is unsaved there on the profile's desk.
func (sh *shell) keep() {
	if sh.screen == nil || sh.under != nil { // nothing of a preview is anybody's work
		return
	}
	desk := sh.env.Session.Desk()
	err := desk.Put(deskPlace, sh.here())
	if err == nil {
		if work, ok := sh.work(); ok {
			err = desk.Put(deskWork, work)
		} else {
			err = desk.Clear(deskWork)
		}
	}
	if err != nil {
		sh.u.fail(err)
	}
}

// work asks the screen what it has unsaved.
func (sh *shell) work() (any, bool) {
	if w, ok := sh.screen.(screen.Worker); ok {
		return w.Work()
	}
	return nil, false
}

// resume leads back to where the profile was, with what it had typed.
func (sh *shell) resume() {
	desk := sh.env.Session.Desk()
	var r screen.Route
	if _, err := desk.Get(deskPlace, &r); err != nil {
		sh.u.fail(err)
	}
	kept, err := desk.Has(deskWork)
	if err != nil {
		sh.u.fail(err)
	}
	sh.enter(r)
	sh.offer("")
	if !kept || sh.route != r {
		return
	}
	sh.carryOn(deskWork)
}

// carryOn gives the screen what was kept under a name on the desk, and reports
// whether it took it.
func (sh *shell) carryOn(name string) bool {
	w, ok := sh.screen.(screen.Worker)
	if !ok {
		return false
	}
	err := w.Resume(func(v any) error {
		_, err := sh.env.Session.Desk().Get(name, v)
		return err
	})
	if err != nil {
		sh.u.fail(err)
		return false
	}
	_, took := w.Work()
	return took
}
