// Package invoices is everything about invoices: the list of drafts and issued
// invoices, an issued invoice, and the editor in which a draft is written and
// issued.
package invoices

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// filter says which rows are shown.
type filter string

const (
	filterAll     filter = "all"
	filterDrafts  filter = "drafts"
	filterIssued  filter = "issued"
	filterOverdue filter = "overdue"
)

// list is the screen of drafts and invoices.
type list struct {
	e        *screen.Env
	w        *words.Words
	drafts   *store.Drafts   // nil without the right to write them
	invoices *store.Invoices // nil without the right to read them
	today    invoice.Date

	rows   rows // what the search found and the filter leaves of it, sorted
	filter filter
	sort   string
	fall   bool

	search  *widgets.SearchEntry
	bar     *fyne.Container // the filters, and the month
	chips   map[filter]*widgets.Button
	sums    *widgets.Text
	table   *widgets.List
	header  *widgets.PageHeader
	content fyne.CanvasObject
	err     error
}

// New is the screen of drafts and issued invoices, as far as the profile may see
// them.
func New(e *screen.Env, _ screen.Route) screen.Screen {
	l := &list{e: e, w: e.Words, filter: filterAll, today: invoice.DateOf(e.Now()), chips: map[filter]*widgets.Button{}}
	if e.Can(store.WriteDrafts) {
		l.drafts, l.err = e.Session.Drafts()
	}
	if e.Can(store.ReadInvoices) && l.err == nil {
		l.invoices, l.err = e.Session.Invoices()
	}
	l.build()
	return l
}

func (l *list) build() {
	w := l.w
	l.search = widgets.NewSearchEntry(w.T("invoices.search"), w.T("invoices.search.key"), func(string) { l.load() })
	l.search.OnArrow = func(step int) { l.table.Step(step) }
	l.search.OnSubmitted = func(string) { l.open(max(0, l.table.Selected())) }
	actions := []fyne.CanvasObject{widgets.Sized(280, 0, l.search)}
	if l.drafts != nil {
		actions = append(actions, widgets.PrimaryButton(w.T("invoices.new"), l.Create))
	}
	l.header = widgets.NewPageHeader(w.T("invoices.title"), "", actions...)

	l.table = widgets.NewTable(
		widgets.TableColumn{Title: w.T("invoices.number"), Width: 108, Sort: sortNumber},
		widgets.TableColumn{Title: w.T("invoices.date"), Width: 102, Sort: sortDate},
		widgets.TableColumn{Title: w.T("invoices.recipient"), Sort: sortBuyer},
		widgets.TableColumn{Title: w.T("invoices.due"), Width: 102, Sort: sortDue},
		widgets.TableColumn{Title: w.T("invoices.state"), Width: 112, Sort: sortState},
		widgets.TableColumn{Title: w.T("invoices.amount"), Width: 104, Right: true, Sort: sortTotal})
	l.table.OnOpen = l.open
	l.table.OnSort = func(key string, fall bool) {
		l.sort, l.fall = key, fall
		l.load()
	}
	l.sums = widgets.Caption("")
	l.bar = widgets.Row(8)
	for _, f := range l.filters() {
		b := widgets.NewButton("", func() { l.choose(f) }).Small()
		l.chips[f] = b
		l.bar.Add(b)
	}
	l.bar.Add(widgets.Spacer())
	l.bar.Add(l.sums)
	l.content = widgets.Border(l.header, nil, nil, nil, widgets.Padded(14, widgets.PageMargin, widgets.PageMargin, widgets.PageMargin,
		widgets.Border(widgets.Padded(0, 0, 12, 0, l.bar), nil, nil, nil, widgets.PanelFlush(l.table))))
}

// filters are the choices that make sense for the profile.
func (l *list) filters() []filter {
	switch {
	case l.drafts != nil && l.invoices != nil:
		return []filter{filterAll, filterDrafts, filterIssued, filterOverdue}
	case l.invoices != nil:
		return []filter{filterAll, filterOverdue}
	}
	return nil
}

// Content implements [screen.Screen].
func (l *list) Content() fyne.CanvasObject { return l.content }

// Shown implements [screen.Screen].
func (l *list) Shown() {
	if l.err != nil {
		l.e.Fail(l.err)
	}
	l.sums.SetText(l.month())
	l.load()
	widgets.Focus(l.search)
}

// Search implements [screen.Searcher].
func (l *list) Search() fyne.Focusable { return l.search }

// Create implements [screen.Creator]: a new draft.
func (l *list) Create() {
	if l.drafts != nil {
		l.e.Go(screen.Route{Place: screen.Draft})
	}
}

// load reads what matches the search and the filter.
func (l *list) load() {
	drafts, err := l.findDrafts(l.search.Text)
	if err != nil {
		l.e.Fail(err)
		return
	}
	issued, err := l.findIssued(l.search.Text, false)
	if err != nil {
		l.e.Fail(err)
		return
	}
	overdue, err := l.findIssued(l.search.Text, true)
	if err != nil {
		l.e.Fail(err)
		return
	}
	l.say(map[filter]int{filterAll: len(drafts) + issued.Len(), filterDrafts: len(drafts), filterIssued: issued.Len(), filterOverdue: overdue.Len()})
	switch l.filter {
	case filterDrafts:
		issued = store.InvoicesFound{}
	case filterIssued:
		drafts = nil
	case filterOverdue:
		drafts, issued = nil, overdue
	}
	l.rows = l.merged(drafts, issued)
	rows := l.rows // what is shown holds on to them
	l.table.ShowRows(rows.len(), func(i int) []widgets.Cell { return l.cells(rows.at(i)) })
	if rows.len() == 0 {
		l.table.WithEmpty(widgets.Centre(l.empty()))
	}
}

func (l *list) choose(f filter) {
	l.filter = f
	l.load()
}

// say says how many there are for each filter.
func (l *list) say(count map[filter]int) {
	for f, b := range l.chips {
		b.As(widgets.Plain)
		if f == l.filter {
			b.As(widgets.Outlined)
		}
		b.SetText(l.w.T("invoices.filter."+string(f), words.Data{"Count": l.w.Number(count[f])}))
	}
	l.bar.Layout.Layout(l.bar.Objects, l.bar.Size())
	l.header.SetCount(l.w.Number(count[filterAll]))
}

// empty says why there is nothing to see.
func (l *list) empty() fyne.CanvasObject {
	w, icon := l.w, widgets.IconReceipt
	say := func(key, do string, tapped func(), data ...words.Data) fyne.CanvasObject {
		if do != "" {
			do = w.T(do)
		}
		return widgets.Sized(360, 0, widgets.Empty(icon, w.T(key, data...), do, tapped))
	}
	switch {
	case l.search.Text != "":
		return say("invoices.empty.search", "invoices.empty.all", func() { l.search.SetText("") }, words.Data{"Text": l.search.Text})
	case l.filter != filterAll:
		return say("invoices.empty."+string(l.filter), "invoices.empty.all", func() { l.choose(filterAll) })
	case l.drafts != nil && l.invoices != nil:
		return say("invoices.empty", "invoices.new", l.Create)
	case l.drafts != nil:
		return say("invoices.empty.onlyDrafts", "invoices.new", l.Create)
	}
	return say("invoices.empty.onlyIssued", "", nil)
}

// month says what was issued this month, to those who may see sums.
func (l *list) month() string {
	if l.invoices == nil || !l.e.Can(store.SeeTotals) {
		return ""
	}
	first := invoice.Date{Year: l.today.Year, Month: l.today.Month, Day: 1}
	sums, err := l.invoices.Between(first, invoice.DateOf(first.Time().AddDate(0, 1, -1)))
	if err != nil {
		return ""
	}
	n := 0
	var all []string
	for _, currency := range slices.Sorted(maps.Keys(sums)) {
		all = append(all, l.w.Money(sums[currency].Total, currency))
		n += sums[currency].Count
	}
	if n == 0 {
		return l.w.T("invoices.month.none")
	}
	return l.w.N("invoices.month", n, words.Data{"Sum": join(", ", all...)})
}

// open opens a row.
func (l *list) open(i int) {
	if i < 0 || i >= l.rows.len() {
		return
	}
	r := l.rows.at(i)
	place := screen.Invoice
	if r.draft {
		place = screen.Draft
	}
	l.e.Go(screen.Route{Place: place, ID: r.id})
}
