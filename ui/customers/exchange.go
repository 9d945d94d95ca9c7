package customers

// The menu of the directory: possible duplicates, and what brings customers in from
// files and takes them out.

import (
	"counterbook/store"
	"counterbook/ui/customers/files"
	"counterbook/ui/widgets"
)

// filesItems bring customers in from files and take them out.
func (d *directory) filesItems() []widgets.MenuItem {
	t := d.e.Words.T
	var items []widgets.MenuItem
	if d.book == nil || !d.browse {
		return nil
	}
	if d.e.Can(store.ImportCustomers) {
		items = append(items, widgets.MenuItem{Text: t("import.open"), Icon: widgets.IconDownload, Do: func() { files.Import(d.e, d.book, d.changed) }})
		imports, err := d.book.Imports()
		if err != nil {
			d.e.Fail(err)
		}
		if len(imports) > 0 {
			items = append(items, widgets.MenuItem{Text: t("import.again"), Icon: widgets.IconUndo, Do: func() { files.UndoAny(d.e, d.book, imports, d.changed) }})
		}
		items = append(items, widgets.MenuItem{})
	}
	for _, o := range []struct {
		way  store.Takeout
		icon widgets.IconName
		text string
	}{{store.AsTable, widgets.IconUpload, "takeout.table.open"}, {store.AsCards, widgets.IconPerson, "takeout.cards.open"}, {store.AsList, widgets.IconPrinter, "takeout.list.open"}} {
		if d.e.Can(o.way.Right()) {
			items = append(items, widgets.MenuItem{Text: t(o.text), Icon: o.icon, Do: func() { files.TakeOut(d.e, d.book, o.way, d.rows) }})
		}
	}
	return items
}

// changed shows the directory anew after many customers came or went.
func (d *directory) changed() {
	if d.detail != nil {
		if _, err := d.book.Get(d.detail.c.ID); err != nil {
			d.close()
			return
		}
	}
	d.loadTrade()
	d.refill()
}
