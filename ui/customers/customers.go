// Package customers is the directory: a wide table of all customers until one
// is opened, then a list beside the customer's details, notes and invoices.
// Who may not browse finds one customer by an exact phone or number.
package customers

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Measures in device-independent pixels.
const (
	listWidth   float32 = 348
	searchWidth float32 = 330
	panelGap    float32 = 14
)

// directory is the screen.
type directory struct {
	e        *screen.Env
	route    screen.Route
	book     *store.Customers // nil when it could not be opened
	shop     store.Shop
	fields   store.Fields                              // what is collected of customers
	invoices *store.Invoices                           // nil until they are sorted by customer
	after    func(time.Duration, func()) (stop func()) // a clock; tests have their own

	browse  bool
	rows    store.CustomersFound
	filters *filters
	sortKey string
	falling bool

	header *widgets.PageHeader
	search *widgets.SearchEntry
	wide   *table // the directory while no customer is open
	slim   *table // the same in a small window
	table  *table // the one of them that is shown
	tables *fyne.Container
	list   *widgets.List   // beside the customer that is open
	split  *fyne.Container // list and right
	right  *fyne.Container // the customer
	still  *fyne.Container // which notes one is asked about
	body   *fyne.Container // what is under the header
	box    *fyne.Container

	detail  *detail // nil while no customer is open
	form    *form   // nil while no form is open
	pending pendingNotes
	known   store.CustomerID // of whom it was asked who they are, while they are open
}

// New returns the directory; with an ID in the route, that customer is open.
func New(e *screen.Env, r screen.Route) screen.Screen {
	d := &directory{e: e, route: r, browse: e.Can(store.BrowseCustomers), sortKey: sortName, pending: pendingNotes{}, after: widgets.After}
	d.filters = newFilters(d)
	d.build()
	return d
}

func (d *directory) build() {
	w := d.e.Words
	placeholder, hint := w.T("customers.search"), w.T("customers.searchKey")
	if !d.browse {
		placeholder = w.T("customers.find")
	}
	d.search = widgets.NewSearchEntry(placeholder, hint, d.searched)
	d.search.OnSubmitted = func(string) { d.openFirst() }
	d.search.OnEscape = d.escaped
	d.search.OnArrow = func(step int) {
		if step > 0 && d.browse && d.rows.Len() > 0 {
			d.focusRows()
		}
	}
	actions := []fyne.CanvasObject{widgets.Sized(searchWidth, 0, d.search)}
	if !d.browse {
		actions = append(actions, widgets.NewButton(w.T("customers.findDo"), d.openFirst))
	}
	if d.e.Can(store.CreateCustomers) {
		actions = append(actions, widgets.PrimaryButton(w.T("customers.new"), d.Create))
	}
	if more := d.menu(); more != nil {
		actions = append(actions, more)
	}
	d.header = widgets.NewPageHeader(w.T("customers.title"), "", actions...)
	d.body, d.still = widgets.Stack(), widgets.Column(0)
	d.box = widgets.Border(d.header, nil, nil, nil, d.body)
	d.buildTables()
	d.buildList()
}

// Content implements [screen.Screen].
func (d *directory) Content() fyne.CanvasObject { return d.box }

// Shown implements [screen.Screen].
func (d *directory) Shown() {
	d.load()
	if d.book == nil {
		d.show(widgets.Empty(widgets.IconLock, d.e.Words.T("customers.noRight"), "", nil))
		return
	}
	d.refill()
	d.showClosed()
	widgets.Focus(d.search)
	if !d.route.ID.IsZero() {
		d.openID(d.route.ID)
	}
}

// load opens what the profile may open.
func (d *directory) load() {
	var err error
	if d.book, err = d.e.Session.Customers(); err != nil {
		if !errors.Is(err, store.ErrNoRight) { // which the screen says in its place
			d.e.Fail(err)
		}
		return
	}
	if b, err := d.e.Session.Shop(); err == nil {
		if d.shop, err = b.Get(); err != nil {
			d.e.Fail(err)
		}
		if d.fields, err = b.Fields(); err != nil {
			d.e.Fail(err)
		}
	}
	d.filters.load()
	d.loadTrade()
	d.askStill()
}

// Search implements [screen.Searcher].
func (d *directory) Search() fyne.Focusable { return d.search }

// Route is where the screen is now: its place, and the customer that is open.
func (d *directory) Route() screen.Route {
	r := screen.Route{Place: screen.Customers}
	if d.detail != nil {
		r.ID = d.detail.c.ID
	}
	return r
}

// Create implements [screen.Creator].
func (d *directory) Create() {
	if d.book == nil || d.form != nil || !d.e.Can(store.CreateCustomers) {
		return
	}
	c := store.Customer{}
	c.Address.Country = d.shop.Legal.Address.Country
	c = lookedFor(c, d.search.Text) // which stays in the search box
	d.openForm(c, c)
}

// Bill implements [screen.Biller]: an invoice for the customer that is open, or
// for the only one found. Without either, who it is for is looked for there.
func (d *directory) Bill() {
	switch {
	case d.form != nil || !d.e.Can(store.WriteDrafts):
	case d.detail != nil:
		d.billTo(d.detail.c.ID)
	case d.rows.Len() == 1 && strings.TrimSpace(d.search.Text) != "":
		d.billTo(d.rows.At(0).ID)
	default:
		d.e.Go(screen.Route{Place: screen.Draft})
	}
}

func (d *directory) billTo(id store.CustomerID) {
	d.identify(id, true, func(store.Customer) { d.e.Go(screen.Route{Place: screen.Draft, For: id}) })
}

// Save implements [screen.Saver]: the form that is open, else what was typed
// into the notes of the customer that is open.
func (d *directory) Save() {
	switch {
	case d.form != nil:
		d.form.confirm()
	case d.detail != nil && d.detail.notes != nil:
		d.detail.notes.saveTyped()
	}
}

// Reveal implements [screen.Revealer].
func (d *directory) Reveal() {
	if d.detail != nil && d.form == nil {
		d.detail.contact.revealAll()
	}
}

// searched follows every letter that is typed into the search box.
func (d *directory) searched(string) {
	if !d.browse || d.book == nil {
		return
	}
	d.refill()
}

// escaped empties the search box, and then leads back to the table.
func (d *directory) escaped() {
	if d.search.Text != "" {
		d.search.SetText("")
		return
	}
	if d.detail != nil {
		d.close()
	}
}

// openFirst opens the first customer found, or for those who may not browse the
// one that is exactly meant.
func (d *directory) openFirst() {
	if d.book == nil {
		return
	}
	if !d.browse {
		d.findOne()
		return
	}
	if d.rows.Len() > 0 {
		d.openRow(0)
	}
}

func (d *directory) findOne() {
	query := strings.TrimSpace(d.search.Text)
	if query == "" {
		return
	}
	found, err := d.book.Find(query, store.ByName, false)
	switch {
	case err != nil:
		d.e.Fail(err)
	case found.Len() == 1:
		d.openFound(found.At(0).ID, query)
	default:
		d.leaveDetail()
		d.show(d.findEmpty(d.e.Words.T("customers.findNothing")))
	}
}

func (d *directory) findEmpty(sentence string) fyne.CanvasObject {
	return widgets.Empty(widgets.IconSearch, sentence, "", nil)
}

// refill searches and sorts again and shows the rows, in the table or the list.
func (d *directory) refill() {
	if !d.browse || d.book == nil {
		return
	}
	found, err := d.book.Search(store.CustomerQuery{Text: d.search.Text, By: orders[d.sortKey], Falling: d.falling, CustomerFilter: d.filters.on})
	if err != nil {
		d.e.Fail(err)
		return
	}
	d.rows = found
	d.sayCount()
	d.fill()
}

// fill shows the rows in the list beside the open customer, or else in the
// tables.
func (d *directory) fill() {
	if d.detail == nil {
		d.fillTable()
	} else {
		d.list.ShowEntries(d.rows.Len(), d.entry)
		if d.rows.Len() == 0 {
			d.list.WithEmpty(d.empty())
		}
	}
	d.markOpen()
}

func (d *directory) sayCount() {
	all, err := d.book.Count()
	if err != nil {
		d.e.Fail(err)
		return
	}
	w := d.e.Words
	if d.rows.Len() == all {
		d.header.SetCount(w.Number(all))
		return
	}
	d.header.SetCount(w.T("customers.found", words.Data{"Found": w.Number(d.rows.Len()), "All": w.Number(all)}))
}

// empty says why there are no rows.
func (d *directory) empty() fyne.CanvasObject {
	w := d.e.Words
	if !d.filters.none() {
		sentence := w.T("customers.filter.none")
		if strings.TrimSpace(d.search.Text) != "" {
			sentence = w.T("customers.filter.noneOf", words.Data{"Query": d.search.Text})
		}
		return widgets.Empty(widgets.IconSearch, sentence, w.T("customers.filter.clear"), d.filters.reset)
	}
	if strings.TrimSpace(d.search.Text) != "" {
		return widgets.Empty(widgets.IconSearch, w.T("customers.noMatch", words.Data{"Query": d.search.Text}),
			w.T("customers.clearSearch"), func() {
				d.search.SetText("")
				widgets.Focus(d.search)
			})
	}
	if !d.e.Can(store.CreateCustomers) {
		return widgets.Empty(widgets.IconPeople, w.T("customers.none"), "", nil)
	}
	return widgets.Empty(widgets.IconPeople, w.T("customers.noneYet"), w.T("customers.new"), d.Create)
}

// markOpen shows which row is the open customer.
func (d *directory) markOpen() {
	if d.detail == nil {
		return
	}
	d.list.Mark(d.rows.Index(d.detail.c.ID))
}

func (d *directory) focusRows() {
	if d.detail != nil {
		d.list.Focus()
		return
	}
	d.table.Focus()
	if d.table.Selected() < 0 {
		d.table.Mark(0)
	}
}

// show puts something under the header.
func (d *directory) show(o fyne.CanvasObject) {
	d.body.Objects = []fyne.CanvasObject{o}
	d.body.Refresh()
}

// showClosed shows the directory without an open customer.
func (d *directory) showClosed() {
	if !d.browse {
		d.show(d.findEmpty(d.e.Words.T("customers.findEmpty")))
		return
	}
	d.show(widgets.Padded(10, widgets.PageMargin, widgets.PageMargin, widgets.PageMargin,
		widgets.Border(widgets.Column(0, d.still, widgets.Padded(0, 0, 10, 0, d.filters.row)), nil, nil, nil, widgets.PanelFlush(d.tables))))
}

// openRow opens the customer of a row.
func (d *directory) openRow(row int) { d.openFound(d.rows.At(row).ID, d.search.Text) }

// openFound opens a customer whom a query found, and counts by what.
func (d *directory) openFound(id store.CustomerID, query string) {
	d.openID(id)
	_ = d.book.FoundBy(id, query) // that it could not be counted is no reason to stop
}

func (d *directory) openID(id store.CustomerID) {
	c, err := d.book.Get(id)
	if err != nil {
		d.e.Fail(err)
		return
	}
	d.open(c)
}

// open shows a customer beside the list.
func (d *directory) open(c store.Customer) {
	was := d.detail != nil
	d.leaveDetail()
	if d.known != c.ID {
		d.known = store.CustomerID{}
	}
	d.detail = newDetail(d, c)
	if !d.browse {
		d.show(d.detail.page)
		widgets.Focus(d.search)
		return
	}
	d.right.Objects = []fyne.CanvasObject{d.detail.page}
	if was {
		d.right.Refresh()
		d.markOpen()
	} else {
		d.show(d.split)
		d.fill()
	}
	if !was {
		d.list.Focus()
	}
}

// close returns to the table.
func (d *directory) close() {
	var id store.ID
	if d.detail != nil {
		id = d.detail.c.ID
	}
	d.leaveDetail()
	d.showClosed()
	if !d.browse {
		d.search.SetText("")
		widgets.Focus(d.search)
		return
	}
	d.refill()
	if at := d.rows.Index(id); at >= 0 {
		d.table.Mark(at)
		d.table.Focus()
		return
	}
	widgets.Focus(d.search)
}

// leaveDetail drops the customer that is open, hiding what was shown in full.
// Notes that were typed stay with the screen.
func (d *directory) leaveDetail() {
	d.hideShown()
	d.detail = nil
}

func (d *directory) hideShown() {
	if d.detail != nil {
		d.detail.contact.hideAll()
	}
}

// reopen shows the open customer anew, after it was changed.
func (d *directory) reopen(c store.Customer) {
	d.filters.load()
	d.loadTrade()
	d.refill()
	d.open(c)
}
