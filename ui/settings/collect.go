// What the shop collects of its customers: a kind of shop to begin with, and for
// each field whether it is collected and what for.

package settings

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/shopform"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Widths in pixels.
const (
	collectWidth float32 = 720
	choiceWidth  float32 = 190
)

// collecting is the dialog.
type collecting struct {
	e     *screen.Env
	w     *words.Words
	book  *store.ShopBook
	base  store.Fields // what is typed is about
	kind  *widgets.Select
	rows  []*collectRow
	year  *widgets.Check
	form  *widgets.Form
	d     *widgets.Dialog
	saved func()
}

// collectRow is a field of customers.
type collectRow struct {
	rule    store.FieldRule
	choices []store.Collect
	use     *widgets.Select
	purpose *widgets.Entry
	row     *fyne.Container
	field   *widgets.Field
}

// Collect opens the dialog. saved is called after something was changed.
func Collect(e *screen.Env, saved func()) {
	x := &collecting{e: e, w: e.Words, saved: saved}
	var err error
	if x.book, err = e.Session.Shop(); err == nil {
		x.base, err = x.book.Fields()
	}
	if err != nil {
		e.Fail(err)
		return
	}
	x.build()
	x.put(x.base)
	t := x.w.T
	x.d = &widgets.Dialog{Title: t("fields.title"), Text: t("fields.text"), Width: collectWidth, Content: x.form,
		Confirm: t("common.save"), Cancel: t("common.cancel"),
		OnConfirm: func() bool { x.save(); return false },
		OnLeave: func(leave func()) {
			if !x.changed() {
				leave()
				return
			}
			widgets.AskFirst(e.Canvas, t("giveUp.title"), t("giveUp.text"), t("giveUp.verb"), t("giveUp.stay"), leave)
		}}
	x.d.ShowOn(e.Canvas)
}

func (x *collecting) build() {
	t := x.w.T
	x.kind = widgets.NewSelect(shopform.KindNames(x.w), func(i int) {
		if i > 0 {
			x.preset(store.ShopKinds()[i-1])
		}
	})
	x.kind.SetLabel(t("fields.kind"))
	fields := []*widgets.Field{widgets.NewField("Kind", t("fields.kind"), widgets.Row(0, widgets.Sized(choiceWidth+80, 0, x.kind), widgets.Spacer())).Hint(t("fields.kindHint"))}
	for _, r := range x.base.Rules {
		row := &collectRow{choices: store.Choices(r.Name), purpose: widgets.NewEntry().With(t("fields.purposeHere"))}
		name := t("fields.name." + r.Name)
		var names []string
		for _, c := range row.choices {
			names = append(names, t("fields.use."+c.String()))
		}
		row.use = widgets.NewSelect(names, func(int) {
			row.field.SetProblem("")
			x.follow(row)
		})
		row.use.SetLabel(t("fields.useOf", words.Data{"Field": name}))
		row.purpose.SetLabel(t("fields.purposeOf", words.Data{"Field": name}))
		row.purpose.OnChanged = func(string) { row.field.SetProblem("") }
		row.row = widgets.Row(10, widgets.Sized(choiceWidth, 0, row.use), widgets.Grow(row.purpose))
		row.field = widgets.NewField(r.Name, name, row.row)
		x.rows = append(x.rows, row)
		fields = append(fields, row.field)
		if r.Name == "Birthday" {
			x.year = widgets.NewCheck(t("fields.year"), nil)
			fields = append(fields, widgets.NewField("BirthYear", "", x.year))
		}
	}
	x.form = widgets.NewForm(1, fields...)
}

// follow lets a purpose be typed only where the field is collected.
func (x *collecting) follow(r *collectRow) {
	collected := r.choice() != store.Hidden
	r.purpose.Hidden = !collected
	r.row.Refresh()
	if r.rule.Name == "Birthday" {
		x.year.Disable()
		if collected {
			x.year.Enable()
		}
	}
}

func (r *collectRow) choice() store.Collect {
	if i := r.use.Index(); i >= 0 {
		return r.choices[i]
	}
	return r.rule.Use
}

// put shows what is collected.
func (x *collecting) put(f store.Fields) {
	x.kind.SetIndex(1 + slices.Index(store.ShopKinds(), f.Kind))
	x.year.SetTicked(f.BirthYear)
	for _, r := range x.rows {
		r.rule = f.Rule(r.field.Key)
		r.use.SetIndex(slices.Index(r.choices, r.rule.Use))
		r.purpose.SetText(r.rule.Purpose)
		x.follow(r)
	}
}

// preset takes what a kind of shop usually collects, with usual purposes where none
// is typed.
func (x *collecting) preset(kind string) {
	f := shopform.Preset(x.w, kind)
	for _, r := range x.rows {
		rule := f.Rule(r.rule.Name)
		r.use.SetIndex(slices.Index(r.choices, rule.Use))
		r.field.SetProblem("")
		if strings.TrimSpace(r.purpose.Text) == "" {
			r.purpose.SetText(rule.Purpose)
		}
		x.follow(r)
	}
}

// typed is what is collected as it stands in the dialog.
func (x *collecting) typed() store.Fields {
	f := x.base
	f.Kind, f.BirthYear = "", x.year.Ticked()
	if i := x.kind.Index(); i > 0 {
		f.Kind = store.ShopKinds()[i-1]
	}
	f.Rules = nil
	for _, r := range x.rows {
		rule := r.rule
		rule.Use, rule.Purpose = r.choice(), strings.TrimSpace(r.purpose.Text)
		f.Rules = append(f.Rules, rule)
	}
	return f
}

func (x *collecting) changed() bool {
	f := x.typed()
	return f.Kind != x.base.Kind || f.BirthYear != x.base.BirthYear || !slices.Equal(f.Rules, x.base.Rules)
}

func (x *collecting) save() {
	x.form.ClearProblems()
	x.d.SetProblem("")
	_, err := x.book.SaveFields(x.typed())
	var wrong invoice.Problems
	switch {
	case errors.As(err, &wrong):
		for _, p := range wrong {
			key, part, _ := strings.Cut(p.Field, ".")
			text := x.w.Problem(p)
			if part == "Purpose" && p.Rule == "missing" {
				text = x.w.T("fields.purposeMissing")
			}
			if !x.form.SetProblem(key, text) {
				x.d.SetProblem(text)
			}
		}
		x.d.Refresh()
		for _, r := range x.rows {
			if r.field.Problem() != "" {
				widgets.Focus(r.purpose)
				break
			}
		}
	case err != nil:
		x.e.Refused(x.d, err)
	default:
		x.d.Close()
		x.e.Say(widgets.Toast{Tone: widgets.Good, Text: x.w.T("fields.saved")})
		x.saved()
	}
}

// collectPanel says in the settings what is collected, and leads to more.
func (s *settings) collectPanel() fyne.CanvasObject {
	t := s.w.T
	box := widgets.Column(8)
	fill := func() {
		box.RemoveAll()
		f, err := s.book.Fields()
		if err != nil {
			box.Add(widgets.Caption(s.w.Error(err)).Wrap())
			return
		}
		for _, use := range []store.Collect{store.Required, store.OneContact, store.Optional, store.Hidden} {
			var names []string
			for _, r := range f.Rules {
				if r.Use == use {
					names = append(names, t("fields.name."+r.Name))
				}
			}
			if len(names) > 0 {
				box.Add(widgets.RowTop(12, widgets.Sized(130, 0, widgets.NewText(t("fields.use."+use.String())).Muted().Wrap()),
					widgets.Grow(widgets.NewText(strings.Join(names, ", ")).Wrap())))
			}
		}
		box.Refresh()
	}
	fill()
	var page fyne.CanvasObject
	changed := func() {
		fill()
		page.Refresh()
	}
	page = widgets.Panel(widgets.Heading(t("fields.panel")), widgets.Paragraph(t("fields.panelText")), box,
		widgets.Row(8, widgets.NewButton(t("fields.open"), func() { Collect(s.e, changed) }),
			widgets.NewButton(t("fields.meter"), func() { Meter(s.e, changed) }), widgets.Spacer()))
	return page
}
