// The menu of the directory: what is done with all customers now and then.

package customers

import (
	"slices"

	"counterbook/store"
	"counterbook/ui/widgets"
)

// menu is what is seldom done with the directory; nil for who may do none of it.
func (d *directory) menu() *widgets.Button {
	moves := slices.ContainsFunc([]store.Right{store.ImportCustomers, store.ExportCustomers, store.ExportCards, store.PrintCustomers}, d.e.Can)
	if !d.mayMerge() && len(d.noteItems()) == 0 && !(moves && d.browse) {
		return nil
	}
	var b *widgets.Button
	b = widgets.IconButton(widgets.IconMore, d.e.Words.T("customers.menu"), func() {
		items := append(d.duplicateItems(), d.noteItems()...)
		if files := d.filesItems(); len(files) > 0 {
			if len(items) > 0 {
				items = append(items, widgets.MenuItem{})
			}
			items = append(items, files...)
		}
		widgets.ShowMenu(b, items...)
	})
	return b
}
