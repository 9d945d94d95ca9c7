// Faults of a record: what is to be mended, for who mends, and reporting it, for
// everybody else who may change customers.

package customers

import (
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// faultWords says faults, "" for none.
func (d *directory) faultWords(f store.Faults) string {
	var out []string
	for _, one := range f.Each() {
		out = append(out, d.e.Words.T("customers.fault."+one.String()))
	}
	return strings.Join(out, ", ")
}

// mend says what is to be mended in the record that is open; nil for nothing, or for
// who does not mend.
func (t *detail) mend() fyne.CanvasObject {
	d, w := t.d, t.d.e.Words
	if !d.browse || !d.filters.mends {
		return nil
	}
	faults, err := d.book.Faults(t.c)
	var reports []store.FaultReport
	if err == nil {
		reports, err = d.book.Reports(t.c.ID)
	}
	if err != nil {
		d.e.Fail(err)
		return nil
	}
	if faults == 0 {
		return nil
	}
	text := d.faultWords(faults) + "."
	for _, r := range reports {
		text += " " + w.T("customers.fault.by", words.Data{"Who": r.ByName, "When": w.Date(r.At)})
	}
	var actions []*widgets.Button
	if len(reports) > 0 {
		actions = append(actions, widgets.NewButton(w.T("customers.fault.settle"), t.settle))
	}
	return widgets.Banner(widgets.Look, w.T("customers.fault.title"), text, actions...)
}

// settle takes what was reported off the list.
func (t *detail) settle() {
	if err := t.d.book.Settle(t.c.ID); err != nil {
		t.d.e.Fail(err)
		return
	}
	t.d.e.Say(widgets.Toast{Tone: widgets.Good, Text: t.d.e.Words.T("customers.fault.settled", words.Data{"Name": t.c.Name})})
	t.d.filters.load()
	t.d.reopen(t.c)
	t.d.detail.focus()
}

// reports says whether this profile reports what others mend.
func (t *detail) reports() bool {
	return t.d.browse && t.d.e.Can(store.EditCustomers) && !t.d.filters.mends
}

// report asks what is wrong with the record. It is chosen: what is typed about a
// customer belongs into a note.
func (t *detail) report() {
	d, w := t.d, t.d.e.Words
	list := widgets.Column(2)
	checks := map[store.Faults]*widgets.Check{}
	var dialog *widgets.Dialog
	faults := d.fields.Reportable()
	for _, f := range faults {
		checks[f] = widgets.NewCheck(w.T("customers.report."+f.String()), func(bool) { dialog.SetProblem("") })
		list.Add(checks[f])
	}
	dialog = &widgets.Dialog{Title: w.T("customers.report.title", words.Data{"Name": t.c.Name}), Text: w.T("customers.report.text"), Content: list,
		Confirm: w.T("customers.report.verb"), Cancel: w.T("common.cancel"),
		OnConfirm: func() bool {
			found := store.Faults(0)
			for f, c := range checks {
				if c.Ticked() {
					found |= f
				}
			}
			if found == 0 {
				dialog.SetProblem(w.T("customers.report.none"))
				return false
			}
			if err := d.book.Report(t.c.ID, found); err != nil {
				d.e.Refused(dialog, err)
				return false
			}
			d.e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T("customers.report.done", words.Data{"Name": t.c.Name})})
			return true
		}}
	dialog.ShowOn(d.e.Canvas)
	widgets.Focus(checks[faults[0]])
}
