// Erasing the customer that is open: what goes, what stays, and then it is done.

package customers

import (
	"maps"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// more is the menu of what is seldom done with a customer; nil for who may do none
// of it.
func (t *detail) more() *widgets.Button {
	w, e := t.d.e.Words, t.d.e
	mayUndo := func() bool { _, err := t.d.book.Undoable(t.c.ID); return err == nil }
	items := func() (out []widgets.MenuItem) {
		if mayUndo() {
			out = append(out, widgets.MenuItem{Text: w.T("customers.undoLast"), Icon: widgets.IconUndo, Do: func() { t.d.undo(t.c.ID) }})
		}
		if e.Can(store.ReadHistory) {
			out = append(out, widgets.MenuItem{Text: w.T("customers.history"), Icon: widgets.IconClock, Do: t.showHistory})
		}
		if t.reports() {
			out = append(out, widgets.MenuItem{Text: w.T("customers.report"), Icon: widgets.IconAlert, Do: t.report})
		}
		if t.d.mayMerge() {
			out = append(out, widgets.MenuItem{Text: w.T("customers.merge"), Icon: widgets.IconPeople, Do: t.askWith})
		}
		if e.Can(store.DeleteCustomers) {
			out = append(out, widgets.MenuItem{Text: w.T("customers.erase"), Icon: widgets.IconTrash, Do: t.askErase})
		}
		return out
	}
	if len(items()) == 0 {
		return nil
	}
	var b *widgets.Button
	b = widgets.IconButton(widgets.IconMore, w.T("common.more"), func() { widgets.ShowMenu(b, items()...) })
	return b
}

// askErase says what goes and what stays, and erases the customer when that is
// what is wanted.
func (t *detail) askErase() {
	e, w := t.d.e, t.d.e.Words
	traces, err := t.d.book.Traces(t.c.ID)
	if err != nil {
		e.Fail(err)
		return
	}
	name := words.Data{"Name": t.c.Name}
	goes := []string{w.T("customers.erase.record")}
	if traces.Notes > 0 {
		goes = append(goes, w.N("customers.erase.notes", traces.Notes))
	}
	if traces.Drafts > 0 {
		goes = append(goes, w.N("customers.erase.drafts", traces.Drafts))
	}
	lines := widgets.Column(6, widgets.Caption(w.T("customers.erase.goes")).Bold())
	for _, g := range goes {
		lines.Add(bullet(widgets.IconTrash, widgets.ColorDangerText, g))
	}
	lines.Add(widgets.Padded(8, 0, 0, 0, widgets.Caption(w.T("customers.erase.stays")).Bold()))
	if traces.Invoices > 0 {
		lines.Add(bullet(widgets.IconReceipt, widgets.ColorMuted, w.N("customers.erase.invoices", traces.Invoices)))
	}
	lines.Add(bullet(widgets.IconFile, widgets.ColorMuted, w.T("customers.erase.copies")))
	var d *widgets.Dialog
	d = &widgets.Dialog{Title: w.T("customers.erase.title", name), Text: w.T("customers.erase.text"), Width: 520, Content: lines,
		Confirm: w.T("customers.erase.verb"), Cancel: w.T("common.cancel"), Danger: true,
		OnConfirm: func() bool { t.erase(d); return false }}
	d.ShowOn(e.Canvas)
}

func bullet(icon widgets.IconName, ink fyne.ThemeColorName, text string) fyne.CanvasObject {
	return widgets.Row(10, widgets.NewIcon(icon, ink, 18), widgets.Grow(widgets.NewText(text).Wrap()))
}

func (t *detail) erase(d *widgets.Dialog) {
	e, w, id := t.d.e, t.d.e.Words, t.c.ID
	name := words.Data{"Name": t.c.Name}
	d.SetProblem("")
	d.Button().SetEnabled(false)
	e.Rewrite(w.T("customers.erase.doing", name), func(how store.Wait) error {
		return t.d.book.Erase(how.Ctx, id, how.Progress)
	}, func(err error) {
		d.Button().SetEnabled(true)
		switch {
		case e.StepUpFor(err, func() { t.erase(d) }):
		case err != nil && d.Open():
			e.Refused(d, err)
		case err != nil:
			e.Fail(err)
		default:
			d.Moved()
			d.Close()
			maps.DeleteFunc(t.d.pending, func(k noteKey, _ noteWork) bool { return k.customer == id })
			if t.d.detail == t {
				t.d.close()
			}
			e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T("customers.erase.done", name)})
		}
	})
}
