// The menu of the directory: what is done with all customers now and then.

package customers

import "counterbook/ui/widgets"

// menu is what is seldom done with the directory; nil for who may do none of it.
func (d *directory) menu() *widgets.Button {
	items := append(d.duplicateItems(), d.noteItems()...)
	if len(items) == 0 {
		return nil
	}
	var b *widgets.Button
	b = widgets.IconButton(widgets.IconMore, d.e.Words.T("customers.menu"), func() { widgets.ShowMenu(b, items...) })
	return b
}
