package ui

// The menu: every action with a shortcut has a line here, for Fyne hands
// shortcuts of menu lines to nobody else first, also while something is typed.

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/settings"
	"counterbook/ui/start"
	"counterbook/ui/widgets"
)

// command is Ctrl, and Cmd on a Mac.
const command = fyne.KeyModifierShortcutDefault

// action is a line of the menu. Those that are not allowed over a dialog do
// nothing while one is open.
type action struct {
	label      string
	icon       widgets.IconName // where it stands in the menu of one's own name
	key        fyne.KeyName
	mod        fyne.KeyModifier
	overDialog bool
	right      store.Right // without which the line is not there; zero for none
	do         func()
}

// actions lists what can be done now, menu by menu.
func (u *App) actions() map[string][]action {
	book := []action{{label: "menu.quit", key: fyne.KeyQ, mod: command, overDialog: true, do: u.Quit}}
	out := map[string][]action{"menu.book": book}
	sh := u.shell
	if sh == nil {
		return out
	}
	ways := []action{
		{label: "menu.lock", key: fyne.KeyL, mod: command, overDialog: true, do: u.Lock},
		{label: "menu.switch", key: fyne.KeyL, mod: command | fyne.KeyModifierShift, overDialog: true, do: u.SwitchUser},
	}
	if sh.under != nil {
		ways = append(ways, action{label: "shell.preview.end", do: u.endPreview})
	} else {
		ways = append(append(ways, sh.mine()...), sh.copies()...)
	}
	out["menu.book"] = append(ways, book...)
	out["menu.edit"] = []action{
		{label: "menu.new", key: fyne.KeyN, mod: command, do: func() {
			if c, ok := sh.screen.(screen.Creator); ok {
				c.Create()
			}
		}},
		{label: "menu.invoice", key: fyne.KeyI, mod: command, right: store.WriteDrafts, do: func() {
			if b, ok := sh.screen.(screen.Biller); ok {
				b.Bill()
			} else {
				sh.open(screen.Route{Place: screen.Draft})
			}
		}},
		{label: "menu.issue", key: fyne.KeyReturn, mod: command, right: store.IssueInvoices, do: func() {
			if i, ok := sh.screen.(screen.Issuer); ok {
				i.Issue()
			} else if s, ok := u.window.Canvas().Focused().(interface{ Submit() bool }); ok {
				s.Submit() // what the key means there
			}
		}},
		{label: "menu.print", key: fyne.KeyP, mod: command, right: store.PrintInvoices, do: func() {
			if p, ok := sh.screen.(screen.Printer); ok {
				p.Print()
			}
		}},
		{label: "menu.reveal", key: fyne.KeyE, mod: command, right: store.RevealContact, do: func() {
			if r, ok := sh.screen.(screen.Revealer); ok {
				r.Reveal()
			}
		}},
		{label: "menu.search", key: fyne.KeyK, mod: command, do: func() {
			if s, ok := sh.screen.(screen.Searcher); ok {
				widgets.Focus(s.Search())
			}
		}},
		{label: "menu.save", key: fyne.KeyS, mod: command, overDialog: true, do: func() {
			if s, ok := sh.screen.(screen.Saver); ok {
				s.Save()
			}
		}},
	}
	out["menu.edit"] = slices.DeleteFunc(out["menu.edit"], func(a action) bool { return a.right != 0 && !sh.env.Can(a.right) })
	for i, p := range onRail(sh.env.Session) {
		out["menu.go"] = append(out["menu.go"], action{label: "place." + string(p.place),
			key: fyne.KeyName(fmt.Sprint(i + 1)), mod: command,
			do: func() { sh.open(screen.Route{Place: p.place}) }})
	}
	out["menu.go"] = append(out["menu.go"],
		action{label: "menu.back", key: fyne.KeyLeft, mod: fyne.KeyModifierAlt, do: sh.back})
	return out
}

// mine is what somebody does about their own profile.
func (sh *shell) mine() []action {
	out := []action{
		{label: "menu.passphrase", icon: widgets.IconKey, do: func() { start.ChangePassphrase(sh.env) }},
		{label: "menu.pin", icon: widgets.IconClock, do: func() { start.SetPIN(sh.env) }},
	}
	if sh.env.Session.Profile().Role != store.Owner {
		out = append(out, action{label: "menu.badge", icon: widgets.IconBadge, do: func() { start.MyBadge(sh.env) }},
			action{label: "menu.withOwner", icon: widgets.IconShield, key: fyne.KeyO, mod: command | fyne.KeyModifierShift, do: sh.withOwner})
	}
	return out
}

// copies is what somebody does with the whole book.
func (sh *shell) copies() []action {
	out := []action{
		{label: "menu.backup", key: fyne.KeyB, mod: command | fyne.KeyModifierShift, do: func() { settings.BackUp(sh.env) }},
		{label: "menu.check", do: func() { settings.CheckBackup(sh.env) }},
	}
	if sh.env.Can(store.ExportData) {
		out = append(out, action{label: "menu.export", do: func() { settings.Export(sh.env) }})
	}
	return out
}

// ownMenu is the menu that one's own name at the foot of the rail opens.
func (sh *shell) ownMenu() []widgets.MenuItem {
	var out []widgets.MenuItem
	add := func(list ...action) {
		for _, a := range list {
			out = append(out, widgets.MenuItem{Text: sh.u.words.T(a.label), Icon: a.icon, Do: func() { sh.u.act(a) }})
		}
	}
	add(sh.mine()...)
	out = append(out, widgets.MenuItem{})
	add(action{label: "menu.switch", icon: widgets.IconSwitch, do: sh.u.SwitchUser},
		action{label: "menu.lock", icon: widgets.IconLock, do: sh.u.Lock})
	return out
}

// setMenu shows the lines that fit the state of the program.
func (u *App) setMenu() {
	all := u.actions()
	var menus []*fyne.Menu
	for _, name := range []string{"menu.book", "menu.edit", "menu.go"} {
		if len(all[name]) == 0 {
			continue
		}
		m := fyne.NewMenu(u.words.T(name))
		for _, a := range all[name] {
			item := fyne.NewMenuItem(u.words.T(a.label), func() { u.act(a) })
			item.IsQuit = a.label == "menu.quit"
			if a.key != "" {
				item.Shortcut = &desktop.CustomShortcut{KeyName: a.key, Modifier: a.mod}
			}
			m.Items = append(m.Items, item)
		}
		menus = append(menus, m)
	}
	menus = append(menus, u.viewMenu())
	u.window.SetMainMenu(fyne.NewMainMenu(menus...))
}

func (u *App) viewMenu() *fyne.Menu {
	m := fyne.NewMenu(u.words.T("menu.view"))
	now := widgets.Mode(u.app.Preferences().Int(prefMode))
	for mode, label := range []string{"menu.auto", "menu.light", "menu.dark"} {
		item := fyne.NewMenuItem(u.words.T(label), func() {
			u.setMode(widgets.Mode(mode))
			u.setMenu()
		})
		item.Checked = widgets.Mode(mode) == now
		m.Items = append(m.Items, item)
	}
	return m
}

func (u *App) act(a action) {
	if !a.overDialog && u.window.Canvas().Overlays().Top() != nil {
		return
	}
	a.do()
}

// shortcut runs the action of a shortcut, for entries that hand theirs on.
func (u *App) shortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return false
	}
	for _, list := range u.actions() {
		for _, a := range list {
			if a.key == c.KeyName && a.mod == c.Modifier && a.key != "" {
				u.act(a)
				return true
			}
		}
	}
	return false
}
