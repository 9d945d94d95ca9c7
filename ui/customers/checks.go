// Checks: beside each contact detail when somebody last made sure of it, and a
// click to do it now. Reading back shows numbers in groups to be said aloud.

package customers

import (
	"slices"

	"fyne.io/fyne/v2"

	"counterbook/invoice/ident"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// smallInset is the room a small quiet button has before its word.
const smallInset float32 = 10

// checked puts under a contact detail when somebody last made sure of it: nothing
// where it is empty, or is new and was only typed.
func (k *contact) checked(field string, line fyne.CanvasObject) fyne.CanvasObject {
	d, c, w := k.t.d, k.t.c, k.t.d.e.Words
	stale := len(c.Stale([]string{field}, d.shop.StaleMonths, d.e.Now())) > 0
	if d.value(field, c) == "" || !stale && c.Checked(field).How == store.Typed {
		return line
	}
	row := widgets.Row(12, widgets.Sized(labelWidth, 0, widgets.Caption("")), widgets.Grow(d.checkedText(c, field)))
	if stale && d.e.Can(store.EditCustomers) {
		still := widgets.NewButton(w.T("customers.check.still"), func() { k.confirm(field) }).Small()
		still.Name = w.T("customers.check.stillIs", words.Data{"Field": d.label(field)})
		row.Add(still)
	}
	return widgets.Column(4, line, row)
}

// confirm keeps that the customer said that a detail is still right.
func (k *contact) confirm(field string) {
	c, err := k.t.d.book.Check(k.t.c.ID, []string{field}, store.Confirmed)
	if err != nil {
		k.t.d.e.Fail(err)
		return
	}
	k.t.d.reopen(c)
	k.t.d.detail.focus()
}

// checked shows a customer anew of whom somebody made sure of something.
func (d *directory) checked(c store.Customer) {
	if d.detail != nil && d.detail.c.ID == c.ID {
		d.reopen(c)
	}
}

// checkedText says when somebody last made sure of a field, in amber where that is
// long ago.
func (d *directory) checkedText(c store.Customer, field string) *widgets.Text {
	w, made := d.e.Words, c.Checked(field)
	data := words.Data{"Date": w.Date(made.At), "Name": d.nickname(made.By)}
	stale := len(c.Stale([]string{field}, d.shop.StaleMonths, d.e.Now())) > 0
	switch {
	case stale && made.Made():
		return widgets.Caption(w.T("customers.check.staleBy", data)).In(widgets.ColorLook).Wrap()
	case stale:
		return widgets.Caption(w.T("customers.check.stale", data)).In(widgets.ColorLook).Wrap()
	case made.How == store.Typed:
		return widgets.Caption(w.T("customers.check.typed", data)).Wrap()
	}
	return widgets.Caption(w.T("customers.check."+made.How.String(), data)).Wrap()
}

// nickname is who a profile is.
func (d *directory) nickname(id store.ProfileID) string {
	for _, p := range d.e.Session.Book().Info().Profiles {
		if p.ID == id {
			return p.Nickname
		}
	}
	return d.e.Words.T("activity.somebody")
}

// readBackButton opens the view for reading details back to a customer, for those
// who may see them and change them.
func (t *detail) readBackButton() *widgets.Button {
	e := t.d.e
	if !e.Can(store.EditCustomers) || !e.Can(store.RevealContact) || len(t.readable()) == 0 {
		return nil
	}
	return widgets.QuietButton(e.Words.T("customers.readBack"), t.readBack).Small()
}

// readable are the fields that can be read back.
func (t *detail) readable() []string {
	return slices.DeleteFunc(store.CheckedFields(), func(f string) bool { return t.d.value(f, t.c) == "" })
}

// readBack shows the details large, to be said aloud. What was read back and is
// right is ticked, and kept when the view is left by its button.
func (t *detail) readBack() {
	d, e, w := t.d, t.d.e, t.d.e.Words
	lines := widgets.Column(12)
	ticks := map[string]*widgets.Check{}
	for _, f := range t.readable() {
		value := d.value(f, t.c)
		if f == "Phone" || f == "Email" {
			full, err := d.book.Reveal(t.c.ID, f)
			if err != nil {
				e.Fail(err)
				return
			}
			value = full
		}
		ticks[f] = widgets.NewCheck(w.T("customers.readBack.right", words.Data{"Field": d.label(f)}), nil)
		lines.Add(widgets.Column(4, widgets.Caption(d.label(f)), widgets.Title(spoken(f, value)).Wrap(), d.checkedText(t.c, f), ticks[f]))
	}
	var dialog *widgets.Dialog
	dialog = &widgets.Dialog{Title: w.T("customers.readBack.title"), Text: w.T("customers.readBack.text"), Content: lines, Width: 520,
		Confirm: w.T("customers.readBack.keep"), Cancel: w.T("common.cancel"), OnConfirm: func() bool {
			var read []string
			for _, f := range t.readable() {
				if ticks[f].Ticked() {
					read = append(read, f)
				}
			}
			if len(read) == 0 {
				dialog.Tell(widgets.Look, w.T("customers.readBack.none"))
				return false
			}
			c, err := d.book.Check(t.c.ID, read, store.ReadBack)
			if err != nil {
				e.Refused(dialog, err)
				return false
			}
			dialog.Moved()
			dialog.Close()
			d.reopen(c)
			d.detail.focus()
			return false
		}}
	dialog.ShowOn(e.Canvas)
}

// spoken is a value as it is said aloud: numbers in groups.
func spoken(field, value string) string {
	switch field {
	case "Phone":
		return store.SpokenPhone(value)
	case "VATID":
		return ident.FormatVAT(value)
	}
	return value
}
