package invoices

// What is missing before a draft can be issued: said beside its field and in one
// list above the form.

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// missing is the list above the form.
type missing struct {
	w     *words.Words
	box   *fyne.Container
	list  *fyne.Container
	shown []found
	focus func(field string)
}

func newMissing(w *words.Words, focus func(string)) *missing {
	m := &missing{w: w, list: widgets.Column(5), focus: focus}
	ground := widgets.NewSurface(widgets.ColorLookSoft)
	ground.Radius = 8
	m.box = widgets.Stack(ground, widgets.Padded(12, 14, 12, 14, widgets.Column(6,
		widgets.Strong(w.T("invoices.missing")).In(widgets.ColorLook), m.list)))
	m.box.Hide()
	return m
}

// show lists other problems and reports whether the list changed.
func (m *missing) show(all []found) bool {
	if slices.Equal(m.shown, all) {
		return false
	}
	m.shown = all
	m.list.RemoveAll()
	for _, f := range all {
		text := widgets.NewText(m.sentence(f)).Wrap().In(widgets.ColorLook)
		row := widgets.Row(10, widgets.Grow(text))
		if inForm(f.field) {
			row.Add(widgets.NewButton(m.w.T("invoices.missing.go"), func() { m.focus(f.field) }).Small())
		}
		m.list.Add(row)
	}
	m.box.Hidden = len(all) == 0
	return true
}

// sentence says a problem away from its field: with the number of its line.
func (m *missing) sentence(f found) string {
	if f.name != "" {
		return m.w.T("invoices.missing.at", words.Data{"Name": f.name, "Text": f.text})
	}
	if i, _, ok := lineField(f.field); ok {
		return m.w.T("problem.line", words.Data{"Line": i + 1, "Text": f.text})
	}
	return f.text
}

// lineField takes the field of a line apart: "Lines[2].Tax.Rate" is 2, "Tax.Rate".
func lineField(field string) (i int, rest string, ok bool) {
	n, err := fmt.Sscanf(field, "Lines[%d]", &i)
	if n != 1 || err != nil {
		return 0, "", false
	}
	_, rest, _ = strings.Cut(field, "]")
	return i, strings.TrimPrefix(rest, "."), true
}

// cellOf is the cell a field of a line is typed in.
func cellOf(rest string) int {
	for prefix, cell := range map[string]int{"Quantity": cellQuantity, "Unit": cellUnit, "Price": cellPrice, "Tax": cellTax, "Adjustments": cellDiscount} {
		if strings.HasPrefix(rest, prefix) {
			return cell
		}
	}
	return cellName
}

// said puts a problem into words that can stand beside its field.
func said(w *words.Words, p invoice.Problem) found {
	bare := p
	if _, rest, ok := lineField(p.Field); ok {
		bare.Field = "Lines." + rest
	}
	return found{field: p.Field, text: w.Problem(bare)}
}

// problems is all that keeps what is typed from being issued.
func (ed *editor) problems(t typed, wrong []found, sums invoice.Problems) []found {
	all := append(slices.Clone(wrong), ed.read.blanks(t)...)
	check := []invoice.Problem(sums)
	if len(sums) == 0 {
		check = invoice.Check(ed.doc)
	}
	for _, p := range check {
		f := said(ed.w, p)
		known := func(o found) bool { return o.field == f.field || sameCell(o.field, f.field) }
		if !slices.ContainsFunc(all, known) { // what cannot be read is not missing as well
			all = append(all, f)
		}
	}
	if glyph := ed.unprintable(); glyph != nil {
		all = append(all, found{field: glyph.Field, text: ed.w.Error(glyph)})
	}
	return all
}

func sameCell(a, b string) bool {
	i, x, ok := lineField(a)
	j, y, also := lineField(b)
	return ok && also && i == j && cellOf(x) == cellOf(y)
}

// unprintable is the first character that no page can show, if there is one.
func (ed *editor) unprintable() *paper.GlyphError {
	_, err := paper.Layout(ed.doc, words.Labels(ed.doc.Language), ed.read.shop.Style())
	var glyph *paper.GlyphError
	errors.As(err, &glyph)
	return glyph
}

// cannotPrint is told when the page cannot be set.
func (ed *editor) cannotPrint(err error) {
	var glyph *paper.GlyphError
	if errors.As(err, &glyph) {
		ed.place(found{field: glyph.Field, text: ed.w.Error(glyph)})
	}
}

// mark says all problems beside their fields and in the list.
func (ed *editor) mark(all []found) {
	ed.to.clear()
	ed.facts.clear()
	ed.extras.clear()
	lines := ""
	for _, r := range ed.lines.rows {
		for cell := cellName; cell <= cellDiscount; cell++ {
			r.setProblem(cell, "")
		}
	}
	for _, f := range all {
		if f.field == "Lines" {
			lines = f.text
		}
		ed.place(f)
	}
	ed.lines.setProblem(lines)
	if ed.missing.show(all) {
		ed.relayout()
	}
}

// place says a problem beside its field, if it has one in the form.
func (ed *editor) place(f found) {
	if i, rest, ok := lineField(f.field); ok && i < len(ed.lines.rows) {
		ed.lines.rows[i].setProblem(cellOf(rest), f.text)
		return
	}
	_ = ed.to.problem(f.field, f.text) || ed.facts.problem(f.field, f.text) || ed.extras.problem(f.field, f.text)
}

// focusOn goes to the field of a problem. What belongs to the shop is in the
// settings.
func (ed *editor) focusOn(field string) {
	if i, rest, ok := lineField(field); ok && i < len(ed.lines.rows) {
		ed.lines.focus(i, cellOf(rest))
		return
	}
	switch {
	case strings.HasPrefix(field, "Buyer."):
		ed.to.focusOn(field)
	case ed.facts.fields[field] != nil:
		ed.facts.fields[field].Focus()
	case strings.HasPrefix(field, "Adjustments"):
		if strings.HasSuffix(field, ".Reason") {
			widgets.Focus(ed.extras.reason)
		} else {
			widgets.Focus(ed.extras.value)
		}
	case field == "Terms":
		widgets.Focus(ed.extras.terms)
	case field == "Note":
		widgets.Focus(ed.extras.note)
	case strings.HasPrefix(field, "Lines"):
		widgets.Focus(ed.lines.entry)
	}
}

// inForm says whether a field can be reached in the editor.
func inForm(field string) bool {
	for _, prefix := range []string{"Buyer.", "Date", "Due", "Supply", "Language", "Adjustments", "Terms", "Note", "Lines"} {
		if strings.HasPrefix(field, prefix) {
			return true
		}
	}
	return false
}

// rolesThat names the roles that have a right.
func rolesThat(w *words.Words, r store.Right) string {
	var names []string
	for _, role := range store.Roles() {
		if slices.Contains(role.Rights(), r) {
			names = append(names, w.Role(role))
		}
	}
	return strings.Join(names, ", ")
}
