// Periods of the log: usual ones, and days of one's own.

package staff

import (
	"time"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// The periods: "activity.when." + name.
const (
	anyTime  = "any"
	today    = "today"
	lastWeek = "week"
	lastDays = "month"
	thisYear = "year"
	ownTime  = "own"
)

var periodNames = []string{anyTime, today, lastWeek, lastDays, thisYear, ownTime}

// periodFrom is when a usual period begins: midnight, where the shop stands.
func periodFrom(name string, now time.Time) time.Time {
	y, m, d := now.Local().Date()
	midnight := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.Local) }
	switch name {
	case today:
		return midnight(y, m, d)
	case lastWeek:
		return midnight(y, m, d-6)
	case lastDays:
		return midnight(y, m, d-29)
	case thisYear:
		return midnight(y, 1, 1)
	}
	return time.Time{}
}

// period is what is chosen of the time.
func (s *activity) period() store.LogQuery {
	name := periodNames[s.when.Index()]
	if name == ownTime {
		from, until := s.days.read()
		return store.LogQuery{From: from, Until: until}
	}
	return store.LogQuery{From: periodFrom(name, s.e.Now())}
}

const (
	keyFrom = "from"
	keyTo   = "to"
)

// days are a first and a last day, either of which may be open.
type days struct {
	w        *words.Words
	from, to *widgets.DateEntry
	form     *widgets.Form
	used     [2]time.Time // what was last searched for
	changed  func()
}

func newDays(w *words.Words, now time.Time, changed func()) *days {
	d := &days{w: w, changed: changed}
	entry := func() *widgets.DateEntry {
		e := widgets.NewDateEntry(now.Local())
		e.OnChanged = func(string) { d.typed() }
		tidy := e.OnLeave
		e.OnLeave = func() {
			tidy()
			d.check()
		}
		return e
	}
	d.from, d.to = entry(), entry()
	d.form = widgets.NewForm(2, widgets.NewField(keyFrom, w.T("activity.from"), d.from), widgets.NewField(keyTo, w.T("activity.to"), d.to))
	d.form.OnSubmit = func() { d.check() }
	d.form.Hide()
	return d
}

func (d *days) empty() bool { return d.from.Text == "" && d.to.Text == "" }

// typed searches when what is typed is days.
func (d *days) typed() {
	if d.problem(false) {
		return
	}
	if from, until := d.read(); d.used != [2]time.Time{from, until} {
		d.used = [2]time.Time{from, until}
		d.changed()
	}
}

// check says what is wrong with what was typed.
func (d *days) check() { d.problem(true) }

// problem reports whether something is wrong, and says so where it is asked to.
func (d *days) problem(say bool) bool {
	from, bad := d.from.Date()
	to, worse := d.to.Date()
	key, text := "", ""
	switch {
	case bad != nil:
		key, text = keyFrom, d.w.T("date.wrong")
	case worse != nil:
		key, text = keyTo, d.w.T("date.wrong")
	case !from.IsZero() && !to.IsZero() && to.Before(from):
		key, text = keyTo, d.w.T("activity.toBeforeFrom")
	}
	if say && key != "" {
		d.form.SetProblem(key, text)
	}
	return key != ""
}

// read returns the moments at which the first day begins and the last one ends.
// A day that is none, or is not typed, leaves its side open.
func (d *days) read() (from, until time.Time) {
	local := func(t time.Time, add int) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day()+add, 0, 0, 0, 0, time.Local)
	}
	if t, err := d.from.Date(); err == nil && !t.IsZero() {
		from = local(t, 0)
	}
	if t, err := d.to.Date(); err == nil && !t.IsZero() {
		until = local(t, 1)
	}
	return from, until
}
