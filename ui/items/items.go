// Package items is the price list: a table with search, and a form to add and
// change items for those who may.
package items

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// What the table can be sorted by.
const (
	sortCode  = "code"
	sortName  = "name"
	sortPrice = "price"
	sortVAT   = "vat"
)

const searchWidth float32 = 330

// list is the screen.
type list struct {
	e    *screen.Env
	book *store.Items // nil when it could not be opened
	shop store.Shop

	rows    []store.Item
	sortKey string
	falling bool

	header *widgets.PageHeader
	search *widgets.SearchEntry
	table  *widgets.List
	box    *fyne.Container
	form   *form // nil while none is open
}

// New returns the price list.
func New(e *screen.Env, _ screen.Route) screen.Screen {
	l := &list{e: e, sortKey: sortName}
	l.load()
	l.build()
	return l
}

// load opens the price list and the shop's record, which knows currency and
// rates.
func (l *list) load() {
	var err error
	if l.book, err = l.e.Session.Items(); err != nil {
		l.e.Fail(err)
	}
	b, err := l.e.Session.Shop()
	if err == nil {
		l.shop, err = b.Get()
	}
	if err != nil {
		l.e.Fail(err)
	}
}

func (l *list) build() {
	w := l.e.Words
	l.search = widgets.NewSearchEntry(w.T("items.search"), w.T("items.searchKey"), func(string) { l.refill() })
	l.search.OnSubmitted = func(string) {
		if len(l.rows) > 0 {
			l.open(l.rows[0])
		}
	}
	l.search.OnArrow = func(step int) {
		if step > 0 && len(l.rows) > 0 {
			l.table.Focus()
			l.table.Mark(max(0, l.table.Selected()))
		}
	}
	actions := []fyne.CanvasObject{widgets.Sized(searchWidth, 0, l.search)}
	if l.e.Can(store.EditItems) {
		actions = append(actions, widgets.PrimaryButton(w.T("items.new"), l.Create))
	}
	l.header = widgets.NewPageHeader(w.T("items.title"), "", actions...)
	l.table = widgets.NewTable(
		widgets.TableColumn{Title: w.T("items.code"), Width: 110, Sort: sortCode},
		widgets.TableColumn{Title: w.T("items.name"), Sort: sortName},
		widgets.TableColumn{Title: w.T("items.unit"), Width: 80},
		widgets.TableColumn{Title: w.T("items.price", words.Data{"Currency": l.shop.Currency}), Width: 140, Right: true, Sort: sortPrice},
		widgets.TableColumn{Title: w.T("items.vat"), Width: 150, Right: true, Sort: sortVAT})
	l.table.SetSort(l.sortKey, l.falling)
	l.table.OnOpen = func(row int) { l.open(l.rows[row]) }
	l.table.OnSort = func(key string, falling bool) {
		l.sortKey, l.falling = key, falling
		l.refill()
	}
	m := widgets.PageMargin
	l.box = widgets.Border(l.header, nil, nil, nil, widgets.Padded(14, m, m, m, widgets.PanelFlush(l.table)))
}

// Content implements [screen.Screen].
func (l *list) Content() fyne.CanvasObject { return l.box }

// Shown implements [screen.Screen].
func (l *list) Shown() {
	l.refill()
	widgets.Focus(l.search)
}

// Search implements [screen.Searcher].
func (l *list) Search() fyne.Focusable { return l.search }

// Create implements [screen.Creator].
func (l *list) Create() {
	if l.book == nil || l.form != nil || !l.e.Can(store.EditItems) {
		return
	}
	fresh := store.Item{Unit: l.e.Words.T("items.piece")}
	if taxes := l.taxes(fresh); len(taxes) > 0 {
		fresh.Tax = taxes[0]
	}
	l.openForm(fresh, newTyped(l, fresh))
}

// Save implements [screen.Saver].
func (l *list) Save() {
	if l.form != nil {
		l.form.confirm()
	}
}

// open shows the form of an item to those who may change it.
func (l *list) open(i store.Item) {
	if l.e.Can(store.EditItems) {
		l.openForm(i, newTyped(l, i))
	}
}

// refill searches and sorts again.
func (l *list) refill() {
	if l.book == nil {
		return
	}
	found, err := l.book.List(l.search.Text)
	if err == nil {
		l.rows = l.sorted(found)
		err = l.sayCount()
	}
	if err != nil {
		l.e.Fail(err)
		return
	}
	l.table.ShowRows(len(l.rows), l.cells)
	if len(l.rows) == 0 {
		l.table.WithEmpty(l.empty())
	}
}

func (l *list) sayCount() error {
	all, err := l.book.List("")
	if err != nil {
		return err
	}
	w := l.e.Words
	count := w.Number(len(all))
	if len(l.rows) != len(all) {
		count = w.T("items.found", words.Data{"Found": w.Number(len(l.rows)), "All": count})
	}
	l.header.SetCount(count)
	return nil
}

// empty says why there are no rows.
func (l *list) empty() fyne.CanvasObject {
	w := l.e.Words
	switch {
	case strings.TrimSpace(l.search.Text) != "":
		return widgets.Empty(widgets.IconSearch, w.T("items.noMatch", words.Data{"Query": l.search.Text}), w.T("items.clearSearch"), func() {
			l.search.SetText("")
			widgets.Focus(l.search)
		})
	case l.e.Can(store.EditItems):
		return widgets.Empty(widgets.IconBox, w.T("items.noneYet"), w.T("items.new"), l.Create)
	}
	return widgets.Empty(widgets.IconBox, w.T("items.none"), "", nil)
}

func (l *list) cells(row int) []widgets.Cell {
	i := l.rows[row]
	return []widgets.Cell{{Text: i.Code, Colour: widgets.ColorMuted}, {Text: i.Name}, {Text: i.Unit}, {Text: l.price(i)}, {Text: taxName(l.e.Words, i.Tax)}}
}

// price is an item's price with the decimals of the currency, and more where it
// has more.
func (l *list) price(i store.Item) string {
	return l.e.Words.Labels().FormatPrice(i.Price, invoice.Digits(l.shop.Currency))
}

// sorted returns items in the order chosen. The store gives them in the order of
// their names, an exact code first, in a slice that is its own.
func (l *list) sorted(found []store.Item) []store.Item {
	if l.sortKey == sortName && !l.falling {
		return found
	}
	out := slices.Clone(found)
	compare := map[string]func(a, b store.Item) int{
		sortCode:  func(a, b store.Item) int { return strings.Compare(strings.ToLower(a.Code), strings.ToLower(b.Code)) },
		sortPrice: func(a, b store.Item) int { return a.Price.Cmp(b.Price) },
		sortVAT:   func(a, b store.Item) int { return a.Tax.Rate.Cmp(b.Tax.Rate) },
	}[l.sortKey]
	if compare != nil {
		slices.SortStableFunc(out, compare)
	}
	if l.falling {
		slices.Reverse(out)
	}
	return out
}

// mark selects an item's row and gives it the focus, if it is shown.
func (l *list) mark(id store.ItemID) {
	at := slices.IndexFunc(l.rows, func(i store.Item) bool { return i.ID == id })
	if at < 0 {
		widgets.Focus(l.search)
		return
	}
	l.table.Mark(at)
	l.table.Focus()
}
