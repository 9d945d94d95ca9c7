// The meter of fields: how many customers have each, when it was last of use, and
// what to do about one that is of no use.

package settings

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// metering is the dialog.
type metering struct {
	e     *screen.Env
	w     *words.Words
	book  *store.Customers
	shop  *store.ShopBook
	list  *fyne.Container
	d     *widgets.Dialog
	saved func()
}

// Meter opens the dialog. saved is called after something was changed.
func Meter(e *screen.Env, saved func()) {
	m := &metering{e: e, w: e.Words, list: widgets.Column(0), saved: saved}
	var err error
	if m.book, err = e.Session.Customers(); err == nil {
		m.shop, err = e.Session.Shop()
	}
	if err != nil {
		e.Fail(err)
		return
	}
	t := e.Words.T
	m.list.Add(widgets.Paragraph(t("fields.measuring")))
	m.d = &widgets.Dialog{Title: t("fields.meterTitle"), Text: t("fields.meterText"), Width: collectWidth, Content: m.list, Reading: true, Cancel: t("common.close")}
	m.d.ShowOn(e.Canvas)
	m.measure()
}

// measure reads all customers beside the screen.
func (m *metering) measure() {
	var found []store.FieldMeter
	m.e.Run.Run(func(ctx context.Context) (err error) {
		found, err = m.book.Meter(ctx)
		return err
	}, func(err error) {
		switch {
		case !m.d.Open():
		case err != nil:
			m.e.Refused(m.d, err)
		default:
			m.show(found)
		}
	})
}

func (m *metering) show(found []store.FieldMeter) {
	m.list.RemoveAll()
	for _, f := range found {
		if f.Filled > 0 || f.Rule.Use != store.Hidden {
			m.list.Add(m.row(f))
		}
	}
	m.d.Refresh()
}

// row is a field: what is known of it, and what can be done.
func (m *metering) row(f store.FieldMeter) fyne.CanvasObject {
	w, t := m.w, m.w.T
	name := t("fields.name." + f.Rule.Name)
	head := widgets.Row(8, widgets.Strong(name))
	switch {
	case f.Rule.Use == store.Hidden:
		head.Add(widgets.NewBadge(widgets.Look, t("fields.stillThere")))
	case f.Unused:
		head.Add(widgets.NewBadge(widgets.Look, t("fields.unused")))
	}
	share := 0
	if f.Of > 0 {
		share = (100*f.Filled + f.Of/2) / f.Of
	}
	use := t("fields.neverUsed", words.Data{"Day": w.Day(f.From)})
	switch {
	case f.From.IsZero():
		use = t("fields.notCounted")
	case !f.Last.IsZero():
		use = t("fields.lastUsed", words.Data{"Day": w.Day(f.Last)})
	}
	lines := widgets.Column(3, head, widgets.NewText(w.N("fields.filled", f.Filled, words.Data{"Percent": share})+" "+use).Muted().Wrap())
	if f.Rule.Purpose != "" {
		lines.Add(widgets.Caption(t("fields.for", words.Data{"Purpose": f.Rule.Purpose})).Wrap())
	}
	if f.Rule.Why != "" {
		lines.Add(widgets.Caption(t("fields.kept", words.Data{"Day": w.Day(f.Rule.Kept), "Why": f.Rule.Why})).Wrap())
	}
	row := widgets.Row(8, widgets.Grow(lines))
	clearable := f.Rule.Use == store.Optional || f.Rule.Use == store.Hidden
	if f.Filled > 0 && (f.Unused || f.Rule.Use == store.Hidden) {
		if f.Unused && f.Rule.Use != store.Hidden {
			row.Add(widgets.NewButton(t("fields.keep"), func() { m.keep(f) }).Small().As(widgets.Outlined))
		}
		if clearable {
			row.Add(widgets.NewButton(t("fields.clear"), func() { m.askClear(f) }).Small())
		}
	}
	return widgets.Column(0, widgets.Padded(10, 0, 10, 0, row), widgets.Line())
}

const keyWhy = "Why"

// keep asks why a field stays.
func (m *metering) keep(f store.FieldMeter) {
	w, t := m.w, m.w.T
	why := widgets.NewEntry()
	form := widgets.NewForm(1, widgets.NewField(keyWhy, t("fields.why"), why).Hint(t("fields.whyHint")))
	var d *widgets.Dialog
	d = &widgets.Dialog{Title: t("fields.keepTitle", words.Data{"Field": w.Field(f.Rule.Name)}), Text: t("fields.keepText"), Content: form,
		Confirm: t("fields.keepVerb"), Cancel: t("common.cancel"), OnConfirm: func() bool {
			_, err := m.shop.KeepUnused(f.Rule.Name, why.Text)
			var wrong invoice.Problems
			switch {
			case errors.As(err, &wrong):
				form.SetProblem(keyWhy, w.Problem(wrong[0]))
				d.Refresh()
				form.FocusProblem()
				return false
			case err != nil:
				m.e.Refused(d, err)
				return false
			}
			m.again()
			return true
		}}
	d.ShowOn(m.e.Canvas)
}

// again shows what is so now.
func (m *metering) again() {
	m.saved()
	m.measure()
}

// askClear says of how many a field is cleared and what that means, and does it.
func (m *metering) askClear(f store.FieldMeter) {
	w, t := m.w, m.w.T
	var d *widgets.Dialog
	d = &widgets.Dialog{Title: t("fields.clearTitle", words.Data{"Field": w.Field(f.Rule.Name)}),
		Text: w.N("fields.clearText", f.Filled, words.Data{"Field": w.Field(f.Rule.Name)}), Width: 520, Danger: true,
		Content: widgets.Column(10, widgets.Paragraph(t("fields.clearAnew")), widgets.Banner(widgets.Look, t("fields.clearBackup"), t("fields.clearBackupText"))),
		Confirm: w.N("fields.clearVerb", f.Filled), Cancel: t("common.cancel"),
		OnConfirm: func() bool { m.clear(d, f); return false }}
	d.ShowOn(m.e.Canvas)
}

func (m *metering) clear(d *widgets.Dialog, f store.FieldMeter) {
	e, w := m.e, m.w
	field := words.Data{"Field": w.Field(f.Rule.Name)}
	n := 0
	d.SetProblem("")
	d.Button().SetEnabled(false)
	e.Rewrite(w.T("fields.clearing", field), func(how store.Wait) (err error) {
		n, err = m.book.Clear(how.Ctx, f.Rule.Name, how.Progress)
		return err
	}, func(err error) {
		d.Button().SetEnabled(true)
		switch {
		case e.StepUpFor(err, func() { m.clear(d, f) }):
		case err != nil && d.Open():
			e.Refused(d, err)
		case err != nil:
			e.Fail(err)
		default:
			d.Close()
			field["Cap"] = strings.ToUpper(w.Field(f.Rule.Name)[:1]) + w.Field(f.Rule.Name)[1:]
			e.Say(widgets.Toast{Tone: widgets.Good, Text: w.N("fields.cleared", n, field)})
			m.again()
		}
	})
}
