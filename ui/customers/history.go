// What a customer's record said before, for who may see it, and putting it back.

package customers

import (
	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const historyWidth = 720

// showHistory lists what was changed of the customer, the newest first.
func (t *detail) showHistory() {
	e, w := t.d.e, t.d.e.Words
	now, err := t.d.book.Get(t.c.ID)
	var list []store.Change
	if err == nil {
		list, err = t.d.book.History(t.c.ID)
	}
	if err != nil {
		e.Fail(err)
		return
	}
	d := &widgets.Dialog{Title: w.T("customers.history.title", words.Data{"Name": t.c.Name}), Text: w.T("customers.history.text"),
		Width: historyWidth, Reading: true, Cancel: w.T("common.close")}
	if len(list) == 0 {
		d.Text = w.T("customers.history.none")
	}
	lines := widgets.Column(16)
	now = t.d.fields.Visible(now)
	for _, v := range list {
		lines.Add(t.changed(d, v, now))
		now = v.Undone(now)
	}
	d.Content = lines
	d.ShowOn(e.Canvas)
}

// changed shows one change: what the fields said before, and what after it.
func (t *detail) changed(d *widgets.Dialog, v store.Change, after store.Customer) fyne.CanvasObject {
	w := t.d.e.Words
	head := widgets.Row(12, widgets.Grow(widgets.Strong(w.T("customers.history.by", words.Data{"When": w.Moment(v.At), "Name": t.author(v)}))))
	if t.d.e.Can(store.RestoreCustomers) {
		back := widgets.NewButton(w.T("customers.history.restore"), func() { t.askRestore(d, v) }).Small()
		back.Name = w.T("customers.history.restoreOf", words.Data{"When": w.Moment(v.At)})
		head.Add(back)
	}
	out := widgets.Column(6, head)
	for _, f := range v.Fields {
		was, now := masked(f, t.d.value(f, v.Was)), masked(f, t.d.value(f, after))
		out.Add(reviewRow(widgets.NewText(t.d.label(f)).Muted().Wrap(), t.d.shownValue(was),
			widgets.NewIcon(widgets.IconRight, widgets.ColorMuted, reviewArrow), t.d.shownValue(now).Muted()))
	}
	return out
}

func (t *detail) author(v store.Change) string {
	if v.ByName == "" {
		return t.d.e.Words.T("activity.somebody")
	}
	return v.ByName
}

// askRestore shows what putting back would change, and does it when that is what
// is wanted.
func (t *detail) askRestore(list *widgets.Dialog, v store.Change) {
	d, e, w := t.d, t.d.e, t.d.e.Words
	c, err := d.book.Before(t.c.ID, v.ID)
	if err != nil {
		e.Refused(list, err)
		return
	}
	r, err := d.book.Review(c)
	if err != nil {
		e.Refused(list, err)
		return
	}
	if len(r.Fields) == 0 {
		list.Tell(widgets.Info, w.T("customers.history.same"))
		return
	}
	var ask *widgets.Dialog
	ask = &widgets.Dialog{Title: w.T("customers.history.restoreTitle"), Width: reviewWidth, Reading: true, Content: d.reviewedMasked(r),
		Confirm: w.T("customers.history.restore"), Cancel: w.T("common.cancel"), OnConfirm: func() bool {
			saved, err := d.book.Restore(t.c.ID, v.ID, c.Version)
			if err != nil {
				e.Refused(ask, err)
				return false
			}
			ask.Moved()
			ask.Close()
			list.Moved()
			list.Close()
			d.said(saved)
			d.reopen(saved)
			d.detail.focus()
			return false
		}}
	ask.ShowOn(e.Canvas)
}

// reviewedMasked is reviewed where nobody typed the new values, so that they are
// masked as well.
func (d *directory) reviewedMasked(r store.Review) fyne.CanvasObject {
	was := d.detail.c
	for _, c := range []*store.Customer{&was, &r.Now} {
		c.Phone, c.Phone2, c.Email = store.MaskPhone(c.Phone), store.MaskPhone(c.Phone2), store.MaskEmail(c.Email)
	}
	return d.reviewed(was, r, map[string]bool{"Phone": true, "Phone2": true, "Email": true})
}
