// Package staff is the screens on who works here: the profiles with their roles
// and rights, and the log of what was done.
package staff

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// away is after how long without signing in a profile is worth a look.
const away = 60 * 24 * time.Hour

// profiles is the screen of all profiles.
type profiles struct {
	e    *screen.Env
	w    *words.Words
	book *store.Staff
	err  error // why there is nothing to see

	list    []store.Profile // those in use, then those disabled
	chosen  store.ProfileID
	rows    [][]widgets.Cell
	table   *widgets.List
	header  *widgets.PageHeader
	detail  *fyne.Container
	ticks   *ticks
	role    *widgets.Text // what the chosen profile is, in the panel
	change  *widgets.Button
	content fyne.CanvasObject

	typed func() (work, bool) // what is typed into the dialog that is open; nil for none
}

// New returns the screen of all profiles.
func New(e *screen.Env, r screen.Route) screen.Screen {
	s := &profiles{e: e, w: e.Words}
	if s.book, s.err = e.Session.Staff(); s.err == nil {
		s.list, s.err = s.book.List()
	}
	if s.err != nil {
		s.content = refused(e, e.Words.T("staff.title"), s.err)
		return s
	}
	s.build(r.ID)
	return s
}

// refused is a page that only says why there is nothing on it.
func refused(e *screen.Env, title string, err error) fyne.CanvasObject {
	return widgets.Border(widgets.NewPageHeader(title, ""), nil, nil, nil,
		widgets.Empty(widgets.IconLock, e.Words.Error(err), "", nil))
}

func (s *profiles) build(choose store.ProfileID) {
	t := s.w.T
	columns := []widgets.TableColumn{{Title: t("staff.profile"), Share: 200}}
	for _, sub := range subjects {
		if sub.levels != nil {
			title := t("staff.subject." + sub.key)
			columns = append(columns, widgets.TableColumn{Title: title, Share: max(44, titleWidth(title))})
		}
	}
	columns = append(columns, widgets.TableColumn{Title: t("staff.lastIn"), Share: 84})
	s.table = widgets.NewTable(columns...).Whole()
	s.table.OnSelect = func(i int) { s.choose(s.list[i].ID) }
	s.table.OnOpen = func(int) {
		if s.change != nil {
			widgets.Focus(s.change)
		}
	}
	s.header = widgets.NewPageHeader(t("staff.title"), "",
		widgets.NewButton(t("staff.roles"), s.showRoles),
		widgets.PrimaryButton(t("staff.add"), s.Create))
	s.detail = widgets.Grid(2, 14)
	s.content = widgets.Border(s.header, nil, nil, nil, widgets.Page(widgets.PanelFlush(s.table), s.detail))
	s.chosen = s.e.Session.Profile().ID
	if !choose.IsZero() {
		s.chosen = choose
	}
	s.show()
}

// titleWidth is how wide a column must be for its title.
func titleWidth(title string) float32 {
	size := fyne.CurrentApp().Settings().Theme().Size(widgets.SizeCaption)
	return fyne.MeasureText(title, size, fyne.TextStyle{Bold: true}).Width + 4
}

// Content implements screen.Screen.
func (s *profiles) Content() fyne.CanvasObject { return s.content }

// Shown implements screen.Screen.
func (s *profiles) Shown() {
	if s.err == nil {
		s.table.Focus()
	}
}

// reload reads the profiles again and chooses one.
func (s *profiles) reload(choose store.ProfileID) {
	list, err := s.book.List()
	if err != nil {
		s.e.Fail(err)
		return
	}
	s.list, s.chosen = list, choose
	s.show()
}

// show fills the table and the panels from the list.
func (s *profiles) show() {
	slices.SortStableFunc(s.list, func(a, b store.Profile) int {
		switch {
		case a.Disabled == b.Disabled:
			return 0
		case a.Disabled:
			return 1
		}
		return -1
	})
	s.fill()
	s.table.ShowRows(len(s.rows), func(i int) []widgets.Cell { return s.rows[i] })
	i := s.index(s.chosen)
	s.table.Mark(i)
	s.choose(s.list[i].ID)
}

// fill prepares the rows of the table.
func (s *profiles) fill() {
	s.rows = s.rows[:0]
	active := 0
	for _, p := range s.list {
		s.rows = append(s.rows, s.row(p))
		if !p.Disabled {
			active++
		}
	}
	s.header.SetCount(s.w.N("staff.count", active))
}

// index is the row of a profile, the first row when it is gone.
func (s *profiles) index(id store.ProfileID) int {
	return max(0, slices.IndexFunc(s.list, func(p store.Profile) bool { return p.ID == id }))
}

func (s *profiles) profile() store.Profile { return s.list[s.index(s.chosen)] }

func (s *profiles) own(p store.Profile) bool { return p.ID == s.e.Session.Profile().ID }

func (s *profiles) row(p store.Profile) []widgets.Cell {
	t := s.w.T
	name := widgets.Cell{Text: p.Nickname, Bold: true, Badges: []widgets.CellBadge{{Tone: widgets.Neutral, Text: s.w.Role(p.Role)}}}
	switch {
	case p.Disabled:
		name.Bold, name.Colour = false, widgets.ColorMuted
		name.Badges = append(name.Badges, widgets.CellBadge{Tone: widgets.Neutral, Text: t("staff.disabled")})
	case s.own(p):
		name.Badges = append(name.Badges, widgets.CellBadge{Tone: widgets.Info, Text: t("staff.you")})
	case p.First:
		name.Badges = append(name.Badges, widgets.CellBadge{Tone: widgets.Look, Text: t("staff.first")})
	case p.NoKit:
		name.Badges = append(name.Badges, widgets.CellBadge{Tone: widgets.Look, Text: t("staff.noKit")})
	case len(p.Without) > 0:
		name.Badges = append(name.Badges, widgets.CellBadge{Tone: widgets.Look, Text: t("staff.less")})
	}
	cells := []widgets.Cell{name}
	for _, sub := range subjects {
		if sub.levels == nil {
			continue
		}
		word := sub.word(p)
		c := widgets.Cell{Text: t("staff.level." + word)}
		if word == "none" {
			c.Colour = widgets.ColorMuted
		}
		cells = append(cells, c)
	}
	return append(cells, s.lastIn(p))
}

// lastIn says when a profile signed in last, in amber when that is long ago.
func (s *profiles) lastIn(p store.Profile) widgets.Cell {
	c := widgets.Cell{Colour: widgets.ColorMuted}
	now := s.e.Now()
	switch {
	case s.own(p):
		c.Text = s.w.T("staff.now")
	case p.LastIn.IsZero():
		c.Text = s.w.T("staff.never")
	case !p.Disabled && now.Sub(p.LastIn) >= away:
		days := int(now.Sub(p.LastIn) / (24 * time.Hour))
		c.Badges = []widgets.CellBadge{{Tone: widgets.Look, Text: s.w.N("staff.days", days)}}
	default:
		c.Text = s.w.Ago(p.LastIn, now)
	}
	return c
}

// Create implements screen.Creator.
func (s *profiles) Create() {
	if s.err == nil && s.typed == nil {
		s.add(work{})
	}
}
