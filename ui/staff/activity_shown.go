// What was counted: who showed the contact details of how many customers.

package staff

import (
	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// fewPeople is how many people are counted before somebody asks for the others.
const fewPeople = 3

// counted is the panel of it, a row for each person.
type counted struct {
	s     *activity
	box   *fyne.Container
	every bool // not only the first few
}

func newCounted(s *activity) *counted { return &counted{s: s, box: widgets.Column(0)} }

// countedPeriod is the period that is counted, and its name: the one that is
// chosen, and the last days where none is.
func (s *activity) countedPeriod() (store.LogQuery, string) {
	name := periodNames[s.when.Index()]
	if name == anyTime {
		name = lastWeek
		return store.LogQuery{From: periodFrom(name, s.e.Now())}, name
	}
	return s.period(), name
}

// draw shows the count.
func (c *counted) draw() {
	s, t := c.s, c.s.w.T
	_, period := s.countedPeriod()
	when := t("activity.in." + period)
	list := store.CountShown(s.hunt.shown.found.Events)
	c.box.RemoveAll()
	switch {
	case s.hunt.runs || s.hunt.stopped && !s.hunt.shown.found.Whole:
		return // half a count is a wrong one
	case len(list) == 0:
		c.box.Add(widgets.Caption(t("activity.shown.none", words.Data{"When": when})))
		return
	}
	rows := widgets.Column(2)
	for i, p := range list {
		if i == fewPeople && !c.every && len(list) > fewPeople+1 {
			rows.Add(left(widgets.QuietButton(s.w.N("activity.shown.more", len(list)-i), func() {
				c.every = true
				s.draw()
			}).Small()))
			break
		}
		rows.Add(left(widgets.QuietButton(c.sentence(p, when), func() { s.choose(p.By, groupShown, period) }).Small()))
	}
	c.box.Add(widgets.PanelFlush(widgets.Padded(6, 8, 6, 8, rows)))
}

func left(o fyne.CanvasObject) fyne.CanvasObject { return widgets.Row(0, o, widgets.Spacer()) }

// sentence says of how many customers somebody showed contact details.
func (c *counted) sentence(p store.Shown, when string) string {
	name := p.ByName
	if name == "" {
		name = c.s.w.T("activity.somebody")
	}
	return c.s.w.N("activity.shown.row", p.Customers, words.Data{"Who": name, "When": when, "Times": c.s.w.N("activity.shown.times", p.Times)})
}
