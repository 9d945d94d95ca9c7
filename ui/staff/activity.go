// The log as a screen: what was done, newest first, a day after the other, and
// choices of what of it is shown.

package staff

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// batch is how many entries are shown at first, and how many more each time
// somebody wants older ones.
const batch = 200

// activity is the screen of the log.
type activity struct {
	e      *screen.Env
	w      *words.Words
	log    *store.Activity
	reader *store.LogReader
	err    error

	people []store.ProfileInfo // behind the choices of who, from the second on
	say    *teller
	hunt   *hunt         // what is looked for now
	shown  []store.Event // what it has found
	rows   [][]widgets.Cell

	who, what, when *widgets.Select
	days            *days
	counted         *counted
	table           *widgets.List
	none            *fyne.Container // why the list is empty
	foot            *widgets.Text
	below           *fyne.Container // foot and older
	progress        *widgets.Progress
	older           *widgets.Button
	header          *widgets.PageHeader
	content         fyne.CanvasObject
}

// NewActivity returns the screen of the log.
func NewActivity(e *screen.Env, _ screen.Route) screen.Screen {
	s := &activity{e: e, w: e.Words}
	if s.log, s.err = e.Session.Activity(); s.err == nil {
		s.people, s.err = s.log.People()
	}
	if s.err != nil {
		s.content = refused(e, e.Words.T("activity.title"), s.err)
		return s
	}
	s.reader, s.say = s.log.Reader(), newTeller(e, s.people)
	s.build()
	return s
}

func (s *activity) build() {
	t := s.w.T
	names := []string{t("activity.everybody")}
	for _, p := range s.people {
		names = append(names, p.Nickname)
	}
	choice := func(label string, options []string) *widgets.Select {
		c := widgets.NewSelect(options, func(int) { s.search() })
		c.SetLabel(t(label))
		c.SetIndex(0)
		return c
	}
	s.who = choice("activity.who", names)
	kinds := []string{t("activity.everything")}
	for _, g := range groups {
		kinds = append(kinds, t("activity.group."+g.key))
	}
	s.what = choice("activity.what", kinds)
	var periods []string
	for _, p := range periodNames {
		periods = append(periods, t("activity.when."+p))
	}
	s.when = choice("activity.when", periods)
	s.when.OnChanged = func(int) { s.choosePeriod() }
	s.days = newDays(s.w, s.e.Now(), s.search)
	s.counted = newCounted(s)

	s.header = widgets.NewPageHeader(t("activity.title"), "")
	s.none = widgets.Narrow(420, widgets.Spacer())
	s.table = widgets.NewTable(
		widgets.TableColumn{Title: t("activity.day"), Width: 124},
		widgets.TableColumn{Title: t("activity.time"), Width: 48},
		widgets.TableColumn{Title: t("activity.event")},
		widgets.TableColumn{Title: t("activity.screen"), Width: 96}).WithEmpty(s.none)
	s.table.OnOpen = s.open
	s.foot = widgets.Caption("").Wrap()
	s.older = widgets.NewButton(t("activity.older"), s.showOlder)
	s.progress = widgets.NewProgress(t("activity.searching"), t("activity.stop"), func() { s.hunt.stop() })
	s.progress.Hide()
	choices := widgets.Column(12, widgets.Shares([]float32{1, 1, 1}, 10, s.who, s.what, s.when), s.days.form, s.counted.box)
	s.below = widgets.Row(12, widgets.Grow(s.foot), s.older)
	foot := widgets.Padded(12, widgets.PageMargin, 14, widgets.PageMargin, widgets.Column(10, s.progress, s.below))
	s.content = widgets.Border(s.header, foot, nil, nil, widgets.Padded(16, widgets.PageMargin, 0, widgets.PageMargin,
		widgets.Border(widgets.Padded(0, 0, 14, 0, choices), nil, nil, nil, widgets.PanelFlush(s.table))))
}

// query is what the choices say.
func (s *activity) query() store.LogQuery {
	q := s.period()
	if i := s.who.Index(); i > 0 {
		q.By = s.people[i-1].ID
	}
	if i := s.what.Index(); i > 0 {
		q.Kinds = groups[i-1].kinds
	}
	return q
}

// filtered says whether anything is chosen.
func (s *activity) filtered() bool {
	return s.who.Index() > 0 || s.what.Index() > 0 || s.when.Index() > 0
}

// draw shows what was found, and what is still to come.
func (s *activity) draw() {
	s.shown = s.hunt.found()
	s.rows = s.rows[:0]
	day, screens := invoice.Date{}, false
	for _, e := range s.shown {
		at := e.At.Local()
		row := []widgets.Cell{{}, {Text: at.Format("15:04"), Colour: widgets.ColorMuted}, {Text: s.say.sentence(e)},
			{Text: s.say.screen(e), Colour: widgets.ColorMuted}}
		if d := invoice.DateOf(at); d != day {
			day = d
			row[0] = widgets.Cell{Text: s.day(at), Bold: true}
		}
		if worth(e) {
			row[2].Colour = widgets.ColorLook
		}
		screens = screens || row[3].Text != ""
		s.rows = append(s.rows, row)
	}
	s.table.HideColumn(3, !screens)
	s.empty()
	offset, row := s.table.Offset(), s.table.Selected()
	s.table.ShowRows(len(s.rows), func(i int) []widgets.Cell { return s.rows[i] })
	if row >= 0 && row < len(s.rows) {
		s.table.Mark(row)
		s.table.ScrollTo(offset)
	}
	s.header.SetCount(s.count())
	s.progress.Hidden, s.below.Hidden = !s.hunt.runs, s.hunt.runs
	s.foot.SetText(s.state())
	s.older.Hidden = s.hunt.runs || s.hunt.whole()
	s.older.SetText(s.w.T("activity.older"))
	if s.hunt.stopped {
		s.older.SetText(s.w.T("activity.goOn"))
	}
	s.counted.draw()
	s.content.Refresh()
}

// count says how many entries are shown.
func (s *activity) count() string {
	n := len(s.shown)
	switch {
	case s.hunt.runs && n == 0:
		return ""
	case s.hunt.whole() && s.filtered():
		return s.w.N("activity.countFit", n)
	case s.hunt.whole():
		return s.w.N("activity.count", n)
	case s.filtered():
		return s.w.N("activity.countLastFit", n)
	}
	return s.w.N("activity.countLast", n)
}

// state says how much of the log the list stands for.
func (s *activity) state() string {
	switch {
	case s.hunt.runs:
		return ""
	case s.hunt.stopped:
		return s.w.T("activity.stopped")
	case !s.hunt.whole():
		return s.w.T("activity.rest")
	case s.filtered():
		return s.w.T("activity.allSearched")
	}
	return s.w.T("activity.all")
}

// empty says why the list is empty, and what fills it.
func (s *activity) empty() {
	text, do, act := s.w.T("activity.nothing"), s.w.T("activity.showAll"), s.showAll
	switch {
	case s.hunt.runs:
		text, do, act = s.w.T("activity.searching"), "", nil
	case s.hunt.stopped:
		text, do, act = s.w.T("activity.nothingYet"), s.w.T("activity.goOn"), s.showOlder
	case s.when.Index() > 0:
		text = s.w.T("activity.nothingThen")
	}
	s.none.Objects = []fyne.CanvasObject{widgets.Empty(widgets.IconClock, text, do, act)}
}

// day names a day: today, yesterday, or its date.
func (s *activity) day(at time.Time) string {
	today := invoice.DateOf(s.e.Now().Local())
	switch d := invoice.DateOf(at); d {
	case today:
		return s.w.T("activity.today")
	case today.AddDays(-1):
		return s.w.T("activity.yesterday")
	default:
		return s.w.Day(d)
	}
}

func (s *activity) showAll() { s.choose(store.ProfileID{}, "", anyTime) }

// choose makes the choices: who, the key of a group, and a period.
func (s *activity) choose(who store.ProfileID, group, period string) {
	s.who.SetIndex(1 + slices.IndexFunc(s.people, func(p store.ProfileInfo) bool { return p.ID == who }))
	s.what.SetIndex(1 + groupAt(group))
	s.when.SetIndex(slices.Index(periodNames, period))
	s.choosePeriod()
	s.table.Focus()
}

// choosePeriod asks for days where the period is of one's own.
func (s *activity) choosePeriod() {
	own := periodNames[s.when.Index()] == ownTime
	s.days.form.Hidden = !own
	s.search()
	if own && s.days.empty() {
		s.content.Refresh()
		s.days.form.FocusFirst()
	}
}

// showOlder looks for more, and stays where one was.
func (s *activity) showOlder() {
	s.hunt.more(batch)
	if s.older.Hidden {
		s.table.Focus()
	}
}

// open leads to what an entry is about, when it is still there.
func (s *activity) open(i int) {
	if r, ok := s.say.route(s.shown[i]); ok {
		s.e.Go(r)
	}
}

// Content implements screen.Screen.
func (s *activity) Content() fyne.CanvasObject { return s.content }

// Shown implements screen.Screen.
func (s *activity) Shown() {
	if s.err == nil {
		s.search()
		s.e.Canvas.Focus(s.who)
	}
}

// Leave implements screen.Leaver: nobody waits for what is looked for.
func (s *activity) Leave(then func()) {
	if s.hunt != nil {
		s.hunt.stop()
	}
	then()
}
