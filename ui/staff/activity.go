// The log as a screen: what was done, newest first, a day after the other.

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

// batch is how many entries of the log are loaded at a time.
const batch = 200

// activity is the screen of the log.
type activity struct {
	e   *screen.Env
	w   *words.Words
	log *store.Activity
	err error

	events []store.Event // loaded, newest first
	whole  bool          // nothing older is left
	want   int           // how many to load
	say    *teller
	people []store.ProfileID // behind the choices of who, from the second on
	shown  []store.Event     // those that pass the filter
	rows   [][]widgets.Cell

	who, what *widgets.Select
	table     *widgets.List
	none      *fyne.Container // why the list is empty
	foot      *widgets.Text
	older     *widgets.Button
	header    *widgets.PageHeader
	content   fyne.CanvasObject
}

// NewActivity returns the screen of the log.
func NewActivity(e *screen.Env, _ screen.Route) screen.Screen {
	s := &activity{e: e, w: e.Words, want: batch, say: newTeller(e)}
	if s.log, s.err = e.Session.Activity(); s.err == nil {
		s.err = s.load()
	}
	if s.err != nil {
		s.content = refused(e, e.Words.T("activity.title"), s.err)
		return s
	}
	s.build()
	s.filter()
	return s
}

// load reads as many entries as are wanted, and one more to know whether there
// are older ones.
func (s *activity) load() error {
	events, err := s.log.Events(s.want + 1)
	if err != nil {
		return err
	}
	s.whole = len(events) <= s.want
	s.events = events[:min(len(events), s.want)]
	return nil
}

func (s *activity) build() {
	t := s.w.T
	s.who = widgets.NewSelect(nil, func(int) { s.filter() })
	s.who.SetLabel(t("activity.who"))
	s.offerPeople()
	kinds := []string{t("activity.everything")}
	for _, g := range groups {
		kinds = append(kinds, t("activity.group."+g.key))
	}
	s.what = widgets.NewSelect(kinds, func(int) { s.filter() })
	s.what.SetLabel(t("activity.what"))
	s.what.SetIndex(0)
	s.header = widgets.NewPageHeader(t("activity.title"), "",
		widgets.Sized(170, 0, s.who), widgets.Sized(190, 0, s.what))
	s.none = widgets.Narrow(420, widgets.Spacer())
	s.table = widgets.NewTable(
		widgets.TableColumn{Title: t("activity.day"), Width: 124},
		widgets.TableColumn{Title: t("activity.time"), Width: 48},
		widgets.TableColumn{Title: t("activity.event")}).WithEmpty(s.none)
	s.table.OnOpen = s.open
	s.foot = widgets.Caption("").Wrap()
	s.older = widgets.NewButton(t("activity.older"), s.showOlder)
	foot := widgets.Padded(12, widgets.PageMargin, 14, widgets.PageMargin, widgets.Row(12, widgets.Grow(s.foot), s.older))
	s.content = widgets.Border(s.header, foot, nil, nil,
		widgets.Padded(20, widgets.PageMargin, 0, widgets.PageMargin, widgets.PanelFlush(s.table)))
}

// offerPeople fills the choice of people with those who did something.
func (s *activity) offerPeople() {
	was := store.ProfileID{}
	if i := s.who.Index(); i > 0 {
		was = s.people[i-1]
	}
	names := map[store.ProfileID]string{}
	s.people = nil
	for _, e := range s.events {
		if _, ok := names[e.By]; !ok {
			names[e.By] = s.say.name(e)
			s.people = append(s.people, e.By)
		}
	}
	slices.SortStableFunc(s.people, func(a, b store.ProfileID) int {
		switch {
		case names[a] < names[b]:
			return -1
		case names[a] > names[b]:
			return 1
		}
		return 0
	})
	options := []string{s.w.T("activity.everybody")}
	for _, id := range s.people {
		options = append(options, names[id])
	}
	s.who.SetOptions(options)
	s.who.SetIndex(1 + slices.Index(s.people, was)) // 0, everybody, when there is nobody
}

// filter shows what passes both choices.
func (s *activity) filter() {
	s.shown = nil
	for _, e := range s.events {
		if i := s.who.Index(); i > 0 && e.By != s.people[i-1] {
			continue
		}
		if i := s.what.Index(); i > 0 && !slices.Contains(groups[i-1].kinds, e.Kind) {
			continue
		}
		s.shown = append(s.shown, e)
	}
	s.rows = s.rows[:0]
	day := invoice.Date{}
	for _, e := range s.shown {
		at := e.At.Local()
		row := []widgets.Cell{{}, {Text: at.Format("15:04"), Colour: widgets.ColorMuted}, {Text: s.say.sentence(e)}}
		if d := invoice.DateOf(at); d != day {
			day = d
			row[0] = widgets.Cell{Text: s.day(at), Bold: true}
		}
		if worth(e) {
			row[2].Colour = widgets.ColorLook
		}
		s.rows = append(s.rows, row)
	}
	s.empty()
	s.table.ShowRows(len(s.rows), func(i int) []widgets.Cell { return s.rows[i] })
	loaded := words.Data{"Shown": s.w.Number(len(s.shown)), "Count": s.w.Number(len(s.events))}
	switch {
	case s.who.Index() > 0 || s.what.Index() > 0:
		s.header.SetCount(s.w.T("activity.some", loaded))
	case s.whole:
		s.header.SetCount(s.w.N("activity.count", len(s.events)))
	default:
		s.header.SetCount(s.w.T("activity.countLast", loaded))
	}
	s.foot.SetText(s.w.T("activity.rest"))
	if s.whole {
		s.foot.SetText(s.w.T("activity.all"))
	}
	s.older.Hidden = s.whole
	s.content.Refresh()
}

// empty says why the list is empty, and what fills it.
func (s *activity) empty() {
	text, do, act := s.w.T("activity.nothing"), s.w.T("activity.showAll"), s.showAll
	if !s.whole {
		text, do, act = s.w.T("activity.nothingYet"), s.w.T("activity.older"), s.showOlder
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

func (s *activity) showAll() {
	s.who.SetIndex(0)
	s.what.SetIndex(0)
	s.filter()
	s.table.Focus()
}

// showOlder loads more of the log and stays where one was.
func (s *activity) showOlder() {
	offset, row := s.table.Offset(), s.table.Selected()
	s.want += batch
	if err := s.load(); err != nil {
		s.want -= batch
		s.e.Fail(err)
		return
	}
	s.offerPeople()
	s.filter()
	s.table.Mark(row)
	s.table.ScrollTo(offset)
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
		s.e.Canvas.Focus(s.who)
	}
}
