package files

// The second step: what would become of each row, what a person decides about it,
// and a report of it.

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/exchange"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// kinds of rows that can be shown alone.
var showing = []struct {
	text string
	is   func(*store.ImportedRow) bool
}{
	{"import.show.all", func(*store.ImportedRow) bool { return true }},
	{"import.show.new", func(r *store.ImportedRow) bool { return r.Outcome() == store.IsNew }},
	{"import.show.like", func(r *store.ImportedRow) bool { return r.Outcome() == store.IsLike }},
	{"import.show.wrong", func(r *store.ImportedRow) bool { return r.Outcome() == store.IsWrong }},
	{"import.show.found", found},
	{"import.show.left", left},
}

// found says that a person may decide about the note.
func found(r *store.ImportedRow) bool { return r.Outcome() != store.IsWrong && len(r.Found) > 0 }

// left says that something of the row is not taken.
func left(r *store.ImportedRow) bool { return r.Outcome() != store.IsWrong && len(r.Left) > 0 }

var likenesses = []struct {
	is   store.Likeness
	text string
}{
	{store.SamePhone, "customers.near.phone"}, {store.SameEmail, "customers.near.email"},
	{store.SameVAT, "customers.near.vat"}, {store.SimilarName, "customers.near.name"},
}

// planned is the dialog.
type planned struct {
	*assistant
	plan   *store.ImportPlan
	d      *widgets.Dialog
	asking *fyne.Container
	busy   *fyne.Container
	list   *widgets.List
	all    *widgets.Button
	said   *widgets.Text // all of what there is to say of the row that is chosen
	kind   int           // of rows that are shown
	shown  []int         // rows of the plan
}

func newPlan(a *assistant, plan *store.ImportPlan) {
	p := &planned{assistant: a, plan: plan, busy: widgets.Column(0)}
	t, c := p.w.T, plan.Count()
	counts := widgets.Row(8)
	for _, b := range []struct {
		n    int
		tone widgets.Tone
		text string
	}{{c.New, widgets.Good, "import.plan.new"}, {c.Like, widgets.Info, "import.plan.like"}, {c.Wrong, widgets.Bad, "import.plan.wrong"}, {c.Found, widgets.Look, "import.plan.found"},
		{c.Left, widgets.Look, "import.plan.left"}} {
		if b.n > 0 {
			counts.Add(widgets.NewBadge(b.tone, p.w.N(b.text, b.n)))
		}
	}
	counts.Add(widgets.Spacer())
	names := make([]string, len(showing))
	for i, s := range showing {
		names[i] = t(s.text)
	}
	show := widgets.NewSelect(names, func(i int) { p.kind = i; p.fill() })
	show.SetIndex(0)
	show.SetLabel(t("import.show"))
	p.all = widgets.NewButton(t("import.all"), p.decideAll)
	p.all.Hidden = c.Like+c.Found == 0
	report := widgets.NewButton(t("import.report"), p.report)
	p.list = widgets.NewTable(widgets.TableColumn{Title: t("import.head.row"), Width: 58, Right: true}, widgets.TableColumn{Title: t("import.head.name"), Share: 2},
		widgets.TableColumn{Title: t("import.head.does"), Width: 150}, widgets.TableColumn{Title: t("import.head.why"), Share: 4})
	p.list.OnOpen = p.decide
	p.list.OnSelect = p.say
	p.said = widgets.Caption("").Wrap()
	p.asking = widgets.Column(12, counts,
		widgets.Row(8, widgets.Sized(190, 0, show), widgets.Spacer(), p.all, report),
		widgets.Sized(0, 286, widgets.PanelFlush(p.list)), p.said)
	p.busy.Hide()
	p.d = &widgets.Dialog{Title: t("import.plan.title"), Text: t("import.plan.text"), Width: wide, Content: widgets.Column(0, p.asking, p.busy), Reading: true,
		Confirm: t("import.verbNone"), Cancel: t("common.back"), OnConfirm: func() bool { p.run(); return false }, OnCancel: p.back}
	p.d.ShowOn(p.e.Canvas)
	p.fill()
}

// back leads to the step before, where everything is as it was.
func (p *planned) back() {
	p.leave()
	p.assistant.d.ShowOn(p.e.Canvas)
}

// say says of a row in full what there is no room for in the table.
func (p *planned) say(row int) {
	r := &p.plan.Rows[p.shown[row]]
	text := strings.Join(append([]string{p.does(r)}, p.why(r, true)...), " · ")
	p.said.SetText(p.w.T("import.plan.row", words.Data{"Row": p.w.Number(r.Number), "Text": text}))
	p.d.Refresh()
}

// fill shows the rows of the kind that is chosen.
func (p *planned) fill() {
	p.shown = p.shown[:0]
	for i := range p.plan.Rows {
		if showing[p.kind].is(&p.plan.Rows[i]) {
			p.shown = append(p.shown, i)
		}
	}
	p.list.ShowRows(len(p.shown), func(row int) []widgets.Cell { return p.cells(&p.plan.Rows[p.shown[row]]) })
	p.said.SetText(p.w.T("import.plan.hint"))
	p.list.WithEmpty(widgets.Empty(widgets.IconCheck, p.w.T("import.none"), "", nil))
	p.verb()
}

// verb says on the button how many are stored.
func (p *planned) verb() {
	n := p.plan.Count().Stored
	if n == 0 {
		p.d.Button().SetText(p.w.T("import.verbNone"))
	} else {
		p.d.Button().SetText(p.w.N("import.verb", n))
	}
	p.d.Button().SetEnabled(n > 0)
	p.d.Refresh()
}

func (p *planned) cells(r *store.ImportedRow) []widgets.Cell {
	does, colour := p.does(r), widgets.ColorText
	switch {
	case r.Outcome() == store.IsWrong:
		colour = widgets.ColorDangerText
	case !r.Stored():
		colour = widgets.ColorMuted
	}
	return []widgets.Cell{{Text: strconv.Itoa(r.Number), Colour: widgets.ColorMuted}, {Text: r.Customer.Name},
		{Text: does, Colour: colour}, {Text: strings.Join(p.why(r, true), " · "), Colour: widgets.ColorMuted}}
}

// does says what happens to a row.
func (p *planned) does(r *store.ImportedRow) string {
	switch {
	case r.Outcome() == store.IsWrong:
		return p.w.T("import.does.wrong")
	case r.Outcome() == store.IsNew:
		return p.w.T("import.does.new")
	case r.Take:
		return p.w.T("import.does.take")
	}
	return p.w.T("import.does.skip")
}

// why says why that happens to a row; names, where they may be said, are those of
// customers in the book.
func (p *planned) why(r *store.ImportedRow, names bool) []string {
	var out []string
	for _, b := range r.Problems {
		out = append(out, p.w.Problem(invoice.Problem{Field: b.Field, Rule: b.Rule, Args: b.Args}))
	}
	for _, n := range r.Near {
		var like []string
		for _, l := range likenesses {
			if n.Like.Has(l.is) {
				like = append(like, p.w.T(l.text))
			}
		}
		data := words.Data{"Like": strings.Join(like, ", "), "Name": "", "Number": n.Row.Number}
		if names {
			data["Name"] = n.Row.Name
		}
		out = append(out, strings.Join(strings.Fields(p.w.T("import.why.like", data)), " "))
	}
	for _, t := range r.Twins {
		out = append(out, p.w.T("import.why.twin", words.Data{"Row": p.plan.Rows[t].Number}))
	}
	switch {
	case !found(r):
	case r.DropNote:
		out = append(out, p.w.T("import.why.dropped"))
	default:
		var what []string
		for _, f := range r.Found {
			if k := p.w.T("import.kind." + f.Kind.String()); !slices.Contains(what, k) {
				what = append(what, k)
			}
		}
		out = append(out, p.w.T("import.why.found", words.Data{"What": strings.Join(what, ", ")}))
	}
	if left(r) {
		for _, l := range r.Left {
			out = append(out, p.w.N("import.left."+string(l.Field), l.Count))
		}
	}
	return out
}

// decide offers what can be decided about a row.
func (p *planned) decide(row int) {
	r := &p.plan.Rows[p.shown[row]]
	var items []widgets.MenuItem
	item := func(text string, on bool, set func()) {
		items = append(items, widgets.MenuItem{Text: p.w.T(text), Checked: on, Do: func() {
			set()
			p.fill()
			if row < len(p.shown) {
				p.list.Mark(row)
				p.say(row)
			}
		}})
	}
	if r.Outcome() == store.IsLike {
		item("import.decide.skip", !r.Take, func() { r.Take = false })
		item("import.decide.take", r.Take, func() { r.Take = true })
	}
	if found(r) {
		items = append(items, widgets.MenuItem{})
		item("import.decide.mask", !r.DropNote, func() { r.DropNote = false })
		item("import.decide.drop", r.DropNote, func() { r.DropNote = true })
	}
	if len(items) > 0 {
		widgets.ShowMenu(p.list, items...)
	}
}

// decideAll offers what can be decided about all rows at once.
func (p *planned) decideAll() {
	item := func(text string, set func(*store.ImportedRow)) widgets.MenuItem {
		return widgets.MenuItem{Text: p.w.T(text), Do: func() {
			for i := range p.plan.Rows {
				set(&p.plan.Rows[i])
			}
			p.fill()
		}}
	}
	var items []widgets.MenuItem
	c := p.plan.Count()
	if c.Like > 0 {
		items = append(items, item("import.all.take", func(r *store.ImportedRow) { r.Take = true }),
			item("import.all.skip", func(r *store.ImportedRow) { r.Take = false }))
	}
	if c.Found > 0 {
		items = append(items, widgets.MenuItem{}, item("import.all.mask", func(r *store.ImportedRow) { r.DropNote = false }),
			item("import.all.drop", func(r *store.ImportedRow) { r.DropNote = true }))
	}
	widgets.ShowMenu(p.all, items...)
}

// report saves what becomes of each row, and why: numbers of rows and reasons, never
// what stands in a row.
func (p *planned) report() {
	name := p.w.T("import.report.name", words.Data{"Day": invoice.DateOf(p.e.Now().Local()).String()})
	p.e.Files.AskSave(name, func(path string) {
		err := writeFile(path, func(to io.Writer) error {
			b := exchange.AppendRow([]byte(exchange.ByteOrderMark), []string{p.w.T("import.head.row"), p.w.T("import.head.does"), p.w.T("import.head.why")})
			for i := range p.plan.Rows {
				r := &p.plan.Rows[i]
				b = exchange.AppendRow(b, []string{strconv.Itoa(r.Number), exchange.Guarded(p.does(r)), exchange.Guarded(strings.Join(p.why(r, false), "; "))})
				if _, err := to.Write(b); err != nil {
					return &fileError{err}
				}
				b = b[:0]
			}
			_, err := to.Write(b)
			return err
		})
		if err != nil {
			p.d.Tell(widgets.Bad, p.w.T("import.report.unwritable"))
			return
		}
		p.d.Tell(widgets.Good, p.w.T("import.report.saved"))
	})
}
