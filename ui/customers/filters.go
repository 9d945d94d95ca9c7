// The chips beside the search: which customers the directory shows. They add up,
// stay on while the screen is open, and say how many customers each of them shows.

package customers

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// filters are the chips.
type filters struct {
	d      *directory
	on     store.CustomerFilter
	counts store.CustomerCounts
	tags   []store.Tag
	known  bool // counts were counted

	mends                                           bool // the profile is the one who mends records
	incomplete, unchecked, quiet, open, toMend, tag *widgets.Button
	clear                                           *widgets.Button
	row                                             *fyne.Container
	small                                           *fyne.Container // beside the open customer: what is on
	says                                            *widgets.Text
}

// quietFor are the times without an invoice that can be chosen, in months.
var quietFor = []int{3, 6, 12, 24}

func newFilters(d *directory) *filters {
	f := &filters{d: d, says: widgets.Caption("").Cut()}
	w := d.e.Words
	f.incomplete = f.chip(func() { f.on.Incomplete = !f.on.Incomplete })
	f.unchecked = f.chip(func() {
		if f.on.Unchecked.IsZero() {
			f.on.Unchecked = store.UncheckedSince(d.e.Now())
		} else {
			f.on.Unchecked = invoice.Date{}
		}
	})
	f.open = f.chip(func() { f.on.Open = !f.on.Open })
	f.toMend = f.chip(func() { f.on.ToMend = !f.on.ToMend })
	f.quiet = widgets.NewButton("", f.chooseQuiet).Small()
	f.tag = widgets.NewButton("", f.chooseTag).Small()
	f.clear = widgets.QuietButton(w.T("customers.filter.clearShort"), f.reset).Small()
	f.clear.Name = w.T("customers.filter.clear")
	f.row = widgets.Flow(6, f.toMend, f.incomplete, f.unchecked, f.quiet, f.open, f.tag, f.clear)
	off := widgets.QuietButton(w.T("customers.filter.clear"), f.reset).Small()
	f.small = widgets.Padded(6, 8, 6, 18, widgets.Row(8, widgets.Grow(f.says), off))
	return f
}

func (f *filters) chip(change func()) *widgets.Button {
	return widgets.NewButton("", func() { change(); f.changed() }).Small()
}

// load reads who mends and the tags, and counts beside the screen.
func (f *filters) load() {
	e := f.d.e
	f.mends = e.Session.MendsData()
	f.loadTags()
	f.show()
	if !f.d.browse {
		return
	}
	all := f.all()
	book := f.d.book
	var counts store.CustomerCounts
	e.Run.Run(func(context.Context) (err error) {
		counts, err = book.Counts(all)
		return err
	}, func(err error) {
		if err != nil {
			e.Fail(err)
			return
		}
		f.counts, f.known = counts, true
		f.show()
	})
}

// loadTags reads the tags; there are none where the shop does not collect them. A tag
// that is filtered by and was merged into another is that one from now on.
func (f *filters) loadTags() {
	tags, err := f.d.e.Session.Tags()
	if err != nil {
		return
	}
	f.tags = nil
	if f.d.fields.Shown("Tags") {
		if f.tags, err = tags.List(); err != nil {
			f.d.e.Fail(err)
			return
		}
		f.on.Tag = tags.Now(f.on.Tag)
	} else {
		f.on.Tag = 0
	}
}

// all sets every filter, to count by.
func (f *filters) all() store.CustomerFilter {
	all := store.CustomerFilter{Incomplete: true, Unchecked: store.UncheckedSince(f.d.e.Now()), ToMend: f.mends}
	if f.d.e.Can(store.ReadInvoices) {
		all.Open, all.Quiet = true, f.on.Quiet
	}
	return all
}

// changed shows the customers that pass now.
func (f *filters) changed() {
	f.show()
	f.d.refill()
}

func (f *filters) reset() {
	f.on = store.CustomerFilter{}
	f.changed()
	widgets.Focus(f.d.search)
}

// show says on the chips what is on, and how many customers they show.
func (f *filters) show() {
	w, e := f.d.e.Words, f.d.e
	var on []string
	set := func(b *widgets.Button, text string, count int, is, there bool) {
		b.Kind, b.Icon = widgets.Plain, ""
		if is {
			b.Kind, b.Icon = widgets.Chosen, widgets.IconCheck
			on = append(on, text)
		}
		b.Name = text
		if is {
			b.Name = w.T("customers.filter.on", words.Data{"Filter": text})
		}
		b.Hint = ""
		if f.known && count >= 0 {
			b.Hint = w.Number(count)
		}
		b.Text, b.Hidden = text, !there
		b.Refresh()
	}
	invoices := e.Can(store.ReadInvoices)
	set(f.toMend, w.T("customers.filter.toMend"), f.counts.ToMend, f.on.ToMend, f.mends)
	set(f.incomplete, w.T("customers.filter.incomplete"), f.counts.Incomplete, f.on.Incomplete, true)
	set(f.unchecked, w.T("customers.filter.unchecked"), f.counts.Unchecked, !f.on.Unchecked.IsZero(), true)
	quiet := w.T("customers.filter.quiet")
	if !f.on.Quiet.IsZero() {
		quiet = w.T("customers.filter.quietSince", words.Data{"Day": w.Day(f.on.Quiet)})
	}
	set(f.quiet, quiet, -1, !f.on.Quiet.IsZero(), invoices)
	set(f.open, w.T("customers.filter.open"), f.counts.Open, f.on.Open, invoices)
	tag := w.T("customers.filter.tag")
	if f.on.Tag != 0 {
		tag = w.T("customers.filter.tagged", words.Data{"Tag": f.tagName(f.on.Tag)})
	}
	set(f.tag, tag, -1, f.on.Tag != 0, f.d.fields.Shown("Tags") && (len(f.tags) > 0 || e.Can(store.EditShop)))
	f.clear.Hidden = len(on) == 0
	f.says.SetText(w.T("customers.filter.says", words.Data{"Filters": strings.Join(on, ", ")}))
	f.small.Hidden = len(on) == 0
	f.row.Refresh()
	f.d.body.Refresh()
}

// none reports whether no filter is on.
func (f *filters) none() bool { return f.on == store.CustomerFilter{} }

func (f *filters) tagName(id store.TagID) string {
	for _, t := range f.tags {
		if t.ID == id {
			return t.Name
		}
	}
	return ""
}

// chooseQuiet asks since when there must be no invoice.
func (f *filters) chooseQuiet() {
	w, now := f.d.e.Words, f.d.e.Now()
	pick := func(day invoice.Date) func() {
		return func() {
			f.on.Quiet = day
			f.changed()
		}
	}
	var items []widgets.MenuItem
	for _, months := range quietFor {
		day := invoice.DateOf(now.AddDate(0, -months, 0))
		items = append(items, widgets.MenuItem{Text: w.N("customers.filter.months", months), Checked: f.on.Quiet == day, Do: pick(day)})
	}
	items = append(items, widgets.MenuItem{Text: w.T("customers.filter.since"), Do: f.askQuiet})
	if !f.on.Quiet.IsZero() {
		items = append(items, widgets.MenuItem{}, widgets.MenuItem{Text: w.T("customers.filter.any"), Do: pick(invoice.Date{})})
	}
	widgets.ShowMenu(f.quiet, items...)
}

// askQuiet asks for the day itself.
func (f *filters) askQuiet() {
	w := f.d.e.Words
	day := widgets.NewDateEntry(f.d.e.Now())
	if q := f.on.Quiet; !q.IsZero() {
		day.SetDate(time.Date(q.Year, q.Month, q.Day, 0, 0, 0, 0, time.UTC))
	}
	form := widgets.NewForm(1, widgets.NewField("Day", w.T("customers.filter.sinceDay"), day))
	var dialog *widgets.Dialog
	dialog = &widgets.Dialog{Title: w.T("customers.filter.sinceTitle"), Text: w.T("customers.filter.sinceText"), Content: form,
		Confirm: w.T("customers.filter.sinceVerb"), Cancel: w.T("common.cancel"),
		OnConfirm: func() bool {
			at, err := day.Date()
			if err != nil || at.IsZero() {
				form.SetProblem("Day", w.T("customers.filter.noDay"))
				dialog.Refresh()
				return false
			}
			f.on.Quiet = invoice.DateOf(at)
			f.changed()
			return true
		}}
	dialog.ShowOn(f.d.e.Canvas)
	form.FocusFirst()
}

// chooseTag asks for a tag; who keeps the tags gets there from here.
func (f *filters) chooseTag() {
	w := f.d.e.Words
	pick := func(id store.TagID) func() {
		return func() {
			f.on.Tag = id
			f.changed()
		}
	}
	var items []widgets.MenuItem
	for _, t := range f.tags {
		text := t.Name
		if f.known {
			text = w.T("customers.filter.count", words.Data{"Tag": t.Name, "Count": w.Number(f.counts.Tags[t.ID])})
		}
		items = append(items, widgets.MenuItem{Text: text, Checked: f.on.Tag == t.ID, Do: pick(t.ID)})
	}
	if f.on.Tag != 0 {
		items = append(items, widgets.MenuItem{}, widgets.MenuItem{Text: w.T("customers.filter.any"), Do: pick(0)})
	}
	if f.d.e.Can(store.EditShop) {
		if len(items) > 0 {
			items = append(items, widgets.MenuItem{})
		}
		items = append(items, widgets.MenuItem{Text: w.T("customers.tags.keep"), Icon: widgets.IconPencil, Do: f.d.keepTags})
	}
	widgets.ShowMenu(f.tag, items...)
}
