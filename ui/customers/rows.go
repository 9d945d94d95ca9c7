// Rows of the directory: the wide table, the list of two lines, and how they
// are sorted.

package customers

import (
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
)

// What the table can be sorted by.
const (
	sortName    = "name"
	sortCity    = "city"
	sortNumber  = "number"
	sortCompany = "company"
	sortVisits  = "visits"
	sortSpent   = "spent"
	sortLast    = "last"
)

var orders = map[string]store.CustomerOrder{sortName: store.ByName, sortCity: store.ByCity, sortNumber: store.ByNumber,
	sortCompany: store.ByCompany, sortVisits: store.ByVisits,
	sortSpent: store.BySpent, sortLast: store.ByLast}

// shownRow is a customer with what they bought.
type shownRow struct {
	store.CustomerRow
	store.Trade
}

// column is a column of the table and what it shows of a customer.
type column struct {
	widgets.TableColumn
	field string // of the customer that it shows, as the store calls it
	cell  func(shownRow) widgets.Cell
}

// slimUnder is the width in pixels under which the table has fewer columns, so that
// names stay readable.
const slimUnder = 960

// columnFaults is in place of a field in the column of what to mend.
const columnFaults = "Faults"

// columns are those the profile may see. Town and number are found by searching, and
// stand with the customer.
func (d *directory) columns(slim bool) []column {
	w := d.e.Words
	plain := func(s string) widgets.Cell { return widgets.Cell{Text: s} }
	muted := func(s string) widgets.Cell { return widgets.Cell{Text: s, Colour: widgets.ColorMuted} }
	list := []column{
		{widgets.TableColumn{Title: w.T("customers.name"), Share: 3, Sort: sortName}, "Name", func(c shownRow) widgets.Cell { return plain(c.Name) }},
		{widgets.TableColumn{Title: w.T("customers.phone"), Width: 124}, "Phone", func(c shownRow) widgets.Cell { return muted(c.Phone) }},
	}
	if !slim {
		list = append(list, column{widgets.TableColumn{Title: w.T("customers.email"), Share: 2}, "Email", func(c shownRow) widgets.Cell { return muted(c.Email) }})
	}
	list = append(list, []column{
		{widgets.TableColumn{Title: w.T("customers.company"), Share: 2, Sort: sortCompany}, "Company", func(c shownRow) widgets.Cell { return plain(c.Company) }},
		{widgets.TableColumn{Title: w.T("customers.tags"), Share: 2}, "Tags", func(c shownRow) widgets.Cell { return muted(strings.Join(c.Tags, ", ")) }},
		{widgets.TableColumn{Title: w.T("customers.filter.toMend"), Share: 5}, columnFaults, func(c shownRow) widgets.Cell {
			return widgets.Cell{Text: d.faultWords(c.Faults), Colour: widgets.ColorLook}
		}},
	}...)
	if d.e.Can(store.ReadInvoices) {
		list = append(list, column{widgets.TableColumn{Title: w.T("customers.visit"), Width: 84, Right: true, Sort: sortLast}, "",
			func(c shownRow) widgets.Cell { return muted(d.lastAgo(c.Trade)) }})
	}
	if d.e.Can(store.SeeTotals) && d.e.Can(store.ReadInvoices) {
		list = append(list, column{widgets.TableColumn{Title: w.T("customers.spent"), Width: 92, Right: true, Sort: sortSpent}, "",
			func(c shownRow) widgets.Cell { return plain(d.spent(c.Trade)) }})
	}
	if d.e.Can(store.ReadInvoices) {
		list = append(list, column{widgets.TableColumn{Title: w.T("customers.visits"), Width: 50, Right: true, Sort: sortVisits}, "",
			func(c shownRow) widgets.Cell { return muted(d.visits(c.Trade)) }})
	}
	return list
}

// table is one of the two tables of the directory.
type table struct {
	*widgets.List
	columns []column
}

func (d *directory) newTable(slim bool) *table {
	t := &table{columns: d.columns(slim)}
	heads := make([]widgets.TableColumn, len(t.columns))
	for i, c := range t.columns {
		heads[i] = c.TableColumn
	}
	t.List = widgets.NewTable(heads...)
	t.SetSort(d.sortKey, d.falling)
	t.OnOpen = d.openRow
	t.OnSort = func(key string, falling bool) {
		d.sortKey, d.falling = key, falling
		d.refill()
	}
	return t
}

// fill shows rows, without the columns that are hidden now. Their cells are made for
// those in view only.
func (t *table) fill(rows store.CustomersFound, trade func(store.CustomerRow) store.Trade, hides func(column) bool) {
	hidden := make([]bool, len(t.columns))
	for i, c := range t.columns {
		hidden[i] = hides(c)
		t.HideColumn(i, hidden[i])
	}
	t.ShowRows(rows.Len(), func(row int) []widgets.Cell {
		cells, c := make([]widgets.Cell, len(t.columns)), rows.At(row)
		shown := shownRow{c, trade(c)}
		for i, column := range t.columns {
			if !hidden[i] {
				cells[i] = column.cell(shown)
			}
		}
		return cells
	})
}

// fillTable shows the rows in the table that is seen.
func (d *directory) fillTable() {
	d.table.fill(d.rows, d.trade, d.hides)
	if d.rows.Len() == 0 {
		d.table.WithEmpty(d.empty())
	}
}

// hides reports whether a column is left out now: that of a hidden field, and of tags
// and what to mend all but one.
func (d *directory) hides(c column) bool {
	mend := d.filters.on.ToMend
	switch c.field {
	case "Tags":
		return mend || len(d.filters.tags) == 0
	case columnFaults:
		return !mend
	}
	return !d.fields.Shown(c.field)
}

// buildTables makes the table with all columns and the one for small windows;
// the room there is says which is shown.
func (d *directory) buildTables() {
	d.wide, d.slim = d.newTable(false), d.newTable(true)
	d.table = d.wide
	d.tables = either(slimUnder, d.wide, d.slim, func(slim bool) {
		was := d.table
		d.table = d.wide
		if slim {
			d.table = d.slim
		}
		d.table.SetSort(d.sortKey, d.falling)
		if d.detail == nil && d.book != nil {
			d.fillTable()
		}
		d.table.Mark(was.Selected())
	})
}

// buildList makes the list and the room for the customer beside it.
func (d *directory) buildList() {
	d.list = widgets.NewDirectory()
	d.list.OnEscape = d.escaped
	d.right = widgets.Stack()
	edge := widgets.NewSurface(widgets.ColorHairline)
	edge.Least = fyne.NewSize(1, 1)
	left := widgets.On(widgets.ColorPanel, widgets.Sized(listWidth, 0, widgets.Border(d.filters.small, nil, nil, nil, d.list)))
	d.split = widgets.Border(nil, nil, widgets.Border(nil, nil, nil, edge, left), nil, d.right)
	d.list.OnSelect = d.openRow
	d.list.OnOpen = func(int) {
		if d.detail != nil {
			d.detail.focus()
		}
	}
}

// entry is what a row of the list shows.
func (d *directory) entry(row int) widgets.DirectoryEntry {
	c := d.rows.At(row)
	bought, below := d.trade(c), subtitle(c)
	if d.filters.on.ToMend {
		below = d.faultWords(c.Faults)
	}
	return widgets.DirectoryEntry{Avatar: c.Name, Title: c.Name, Subtitle: below, Right: d.listSpent(bought), RightSub: d.lastAgo(bought)}
}

// subtitle is what tells a customer from others of the same name.
func subtitle(c store.CustomerRow) string {
	for _, s := range []string{c.Company, c.Phone, c.Email, c.City} {
		if s != "" {
			return s
		}
	}
	return c.Number
}
