package invoices

// The editor of a draft: the form at the left, the page as it will be printed at
// the right.

import (
	"errors"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// editor is the screen of a draft.
type editor struct {
	e        *screen.Env
	w        *words.Words
	read     reader
	drafts   *store.Drafts
	invoices *store.Invoices // nil without the right to issue

	begun typed // as it was loaded or last saved: what differs is unsaved
	held  typed // what no control shows: ID, Version, Base
	doc   invoice.Document

	to      *billTo
	facts   *facts
	lines   *lines
	extras  *extras
	totals  *totals
	missing *missing
	preview *preview
	suggest *suggest

	header  *widgets.PageHeader
	primary *widgets.Button
	scroll  *widgets.Scroll
	content *fyne.Container
	after   after

	quiet    bool // the form is being filled: nothing is a change
	asked    bool // issuing was tried: what is missing is shown as it changes
	issuing  bool
	printing bool  // issuing was asked for to print
	done     bool  // issued or discarded: nothing is left to save
	lost     error // why there is no draft to show
	route    screen.Route
}

// NewDraft is the editor: Route.ID opens a draft, Route.For begins one for a
// customer.
func NewDraft(e *screen.Env, r screen.Route) screen.Screen { return newDraft(e, r, widgets.After) }

func newDraft(e *screen.Env, r screen.Route, after after) *editor {
	ed := &editor{e: e, w: e.Words, after: after, route: r, content: widgets.Stack()}
	t, err := ed.load(r)
	if err != nil {
		ed.lost = err
		ed.content.Add(widgets.Border(widgets.NewPageHeader(ed.w.T("invoices.draft.title"), ""), nil, nil, nil, widgets.Centre(
			widgets.Empty(widgets.IconReceipt, ed.w.T("invoices.draft.gone"), ed.w.T("invoices.back"), func() { e.Go(screen.Route{Place: screen.Invoices}) }))))
		return ed
	}
	ed.begin(t)
	return ed
}

// begin shows the form, filled.
func (ed *editor) begin(t typed) {
	ed.build()
	ed.apply(t)
	ed.begun = ed.typed()
	ed.changed()
	ed.preview.now()
}

// load opens the book's subjects and the draft.
func (ed *editor) load(r screen.Route) (typed, error) {
	var err error
	if ed.drafts, err = ed.e.Session.Drafts(); err != nil {
		return typed{}, err
	}
	_, shop, err := ed.drafts.Prepare(invoice.Document{})
	if err != nil {
		return typed{}, err
	}
	ed.read = reader{ed.w, shop}
	if ed.e.Can(store.IssueInvoices) && ed.e.Can(store.ReadInvoices) {
		if ed.invoices, err = ed.e.Session.Invoices(); err != nil {
			return typed{}, err
		}
	}
	if !r.ID.IsZero() {
		d, err := ed.drafts.Get(r.ID)
		if err != nil {
			return typed{ID: r.ID}, err
		}
		return ed.read.from(d), nil
	}
	t := ed.read.fresh(ed.e.Now())
	if customers := ed.customers(); customers != nil && !r.For.IsZero() {
		c, err := customers.Get(r.For)
		if err != nil {
			return t, err
		}
		t.Customer, t.Buyer, t.Chosen = c.ID, recipient(ed.fields().Visible(c)), true
		if c.Language != "" {
			t.Language = c.Language
		}
	}
	return t, nil
}

// fields is what the shop collects of its customers.
func (ed *editor) fields() store.Fields {
	b, err := ed.e.Session.Shop()
	if err != nil {
		return store.DefaultFields()
	}
	f, err := b.Fields()
	if err != nil {
		return store.DefaultFields()
	}
	return f
}

// customers is the directory, nil without the right to look anybody up.
func (ed *editor) customers() *store.Customers {
	cs, err := ed.e.Session.Customers()
	if err != nil {
		return nil
	}
	return cs
}

func (ed *editor) build() {
	w, shop := ed.w, ed.read.shop
	items, err := ed.e.Session.Items()
	if err != nil {
		items = nil // lines are typed then
	}
	ed.suggest = newSuggest()
	ed.to = newBillTo(ed.e, shop, ed.fields(), ed.customers(), ed.suggest)
	ed.to.agreements = ed.agreements
	ed.facts = newFacts(ed.read, ed.e.Now())
	ed.lines = newLines(ed.read, items, ed.suggest)
	ed.extras = newExtras(ed.read)
	ed.totals = newTotals()
	ed.missing = newMissing(w, ed.focusOn)
	ed.preview = newPreview(w, ed.after, ed.cannotPrint)
	ed.to.changed, ed.facts.changed, ed.lines.changed, ed.extras.changed = ed.changed, ed.changed, ed.changed, ed.changed
	ed.to.relayout, ed.lines.relayout, ed.extras.relayout, ed.facts.relayout = ed.relayout, ed.relayout, ed.relayout, ed.relayout
	ed.lines.widened = func() {
		if !ed.quiet {
			ed.content.Refresh()
		}
	}
	ed.to.next = func() { widgets.Focus(ed.lines.entry) }
	ed.to.stored = ed.keepsRecord
	ed.to.took = func(c store.Customer) {
		if c.Language != "" {
			ed.facts.setLanguage(c.Language)
		}
	}
	ed.lines.finished = func() { widgets.Focus(ed.primary) }

	result := widgets.Panel(ed.totals.box)
	if who := ed.mayIssue(); who != "" {
		result = widgets.Panel(ed.totals.box, widgets.Caption(who).Wrap())
	}
	column := widgets.Column(14, ed.missing.box,
		widgets.Panel(ed.to.box, ed.facts.box), ed.lines.panel,
		widgets.Shares([]float32{1, 1}, 14, widgets.Panel(ed.extras.adjust), result),
		widgets.Panel(ed.extras.texts))
	ed.scroll = widgets.NewScroll(widgets.Stack(
		widgets.Padded(widgets.PageMargin-4, widgets.PageMargin, widgets.PageMargin, widgets.PageMargin, column), ed.suggest.layer))
	ed.suggest.scroll = ed.scroll
	ed.header = widgets.NewPageHeader(w.T("invoices.draft.title"), "", ed.buttons()...)
	ed.header.SetBadges(widgets.NewBadge(widgets.Neutral, w.T("invoices.draft.badge")))
	ed.content.RemoveAll()
	ed.content.Add(widgets.Border(ed.header, nil, nil, nil, container.New(&halves{ed}, ed.scroll, ed.preview.content)))
}

// buttons are what can be done with the draft. Who may not issue has saving as
// the first thing to do.
func (ed *editor) buttons() []fyne.CanvasObject {
	w := ed.w
	discard := widgets.NewButton(w.T("invoices.draft.discard"), ed.discard)
	save := widgets.NewButton(w.T("invoices.draft.save"), ed.Save)
	if ed.invoices == nil {
		ed.primary = save.As(widgets.Primary)
		return []fyne.CanvasObject{discard, save}
	}
	ed.primary = widgets.PrimaryButton(w.T("invoices.draft.issue"), ed.issue).WithHint(w.T("invoices.issue.key"))
	return []fyne.CanvasObject{discard, save, ed.primary}
}

// halves gives the form what it needs and the page the rest.
type halves struct{ ed *editor }

const (
	formShare    = 0.6
	leastForm    = float32(540)
	mostForm     = float32(860)
	oneRowForm   = float32(660) // a line fits into one row from here on
	leastPreview = float32(220)
)

func (h *halves) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(leastForm+leastPreview, 320)
}

func (h *halves) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	oneRow := oneRowForm
	if h.ed.lines.discounts {
		oneRow += lineWidths[cellDiscount] + cellGap
	}
	form := min(max(s.Width*formShare, oneRow), mostForm)
	if s.Width-form < 1.5*leastPreview {
		form = max(leastForm, s.Width-1.5*leastPreview)
	}
	narrow := form < oneRow
	h.ed.lines.setNarrow(narrow)
	h.ed.facts.setNarrow(narrow)
	objects[0].Resize(fyne.NewSize(form, s.Height))
	objects[1].Move(fyne.NewPos(form, 0))
	objects[1].Resize(fyne.NewSize(max(0, s.Width-form), s.Height))
}

// Content implements [screen.Screen].
func (ed *editor) Content() fyne.CanvasObject { return ed.content }

// Shown implements [screen.Screen].
func (ed *editor) Shown() {
	switch {
	case ed.lost != nil:
		ed.e.Fail(ed.lost)
	case ed.to.chosen:
		widgets.Focus(ed.lines.entry)
	default:
		ed.to.focus()
	}
}

// Route implements [screen.Mover]: a new draft has a place of its own once it was
// saved; what was issued or discarded is no place to come back to.
func (ed *editor) Route() screen.Route {
	switch {
	case ed.done:
		return screen.Route{Place: screen.Invoices}
	case !ed.held.ID.IsZero():
		return screen.Route{Place: screen.Draft, ID: ed.held.ID}
	}
	return ed.route
}

// Search implements [screen.Searcher]: the place where the next line is looked
// for.
func (ed *editor) Search() fyne.Focusable {
	if ed.lost != nil {
		return nil
	}
	return ed.lines.entry
}

// typed is what is typed now.
func (ed *editor) typed() typed {
	t := ed.held
	t.Customer, t.Buyer, t.Chosen, t.Search = ed.to.customer, ed.to.party, ed.to.chosen, ed.to.search.Text
	ed.facts.typed(&t)
	t.Lines, t.Entry = ed.lines.typed(), ed.lines.entry.Text
	ed.extras.typed(&t)
	return t
}

// apply fills the form.
func (ed *editor) apply(t typed) {
	ed.quiet = true
	ed.held = typed{ID: t.ID, Version: t.Version, Base: t.Base}
	ed.to.set(t.Customer, t.Buyer, t.Chosen, t.Search)
	ed.facts.set(t)
	ed.lines.set(t.Lines, t.Entry)
	ed.extras.set(t)
	ed.quiet = false
	ed.content.Refresh()
}

// unsaved says whether something was typed since the draft was loaded or saved.
func (ed *editor) unsaved() bool {
	return ed.lost == nil && !ed.done && !reflect.DeepEqual(ed.begun, ed.typed())
}

// changed is called with every change: amounts and totals follow at once, the
// page a moment later.
func (ed *editor) changed() {
	if ed.quiet {
		return
	}
	t := ed.typed()
	typedDoc, wrong := ed.read.document(t)
	doc, shop, err := ed.drafts.Prepare(typedDoc)
	var problems invoice.Problems
	switch {
	case err == nil:
		ed.doc = doc
		ed.lines.show(doc.Lines, doc.Currency)
		ed.preview.show(doc, shop)
	case errors.As(err, &problems): // the numbers cannot be added up
		ed.doc = typedDoc
		ed.lines.show(nil, "")
		ed.preview.tell(ed.w.Error(problems))
	default:
		ed.e.Fail(err)
		return
	}
	if ed.totals.show(totalLines(ed.w, ed.doc)) {
		ed.relayout()
	}
	if ed.asked {
		ed.mark(ed.problems(t, wrong, problems))
	}
}

// relayout gives everything its place again after a height changed.
func (ed *editor) relayout() {
	if !ed.quiet && ed.scroll != nil {
		ed.scroll.Refresh()
	}
}

// mayIssue names the roles that may issue, when this profile may not.
func (ed *editor) mayIssue() string {
	if ed.invoices != nil {
		return ""
	}
	return ed.w.T("invoices.draft.waits", words.Data{"Roles": rolesThat(ed.w, store.IssueInvoices)})
}
