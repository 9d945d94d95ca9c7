// Making one customer of two: both beside each other, what is taken of which, what
// comes along, and how it will be. It can be taken back for thirty days.

package customers

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// sideLabel is the room of a field's name beside both values.
const sideLabel = 104

// mergeField is a field with how it is said.
type mergeField struct {
	name  string // as the store calls it
	label string
	text  func(*directory, store.Customer) string
}

// mergeFields are all fields that a merge joins.
var mergeFields = []mergeField{
	{"Name", "customers.name", func(_ *directory, c store.Customer) string { return c.Name }},
	{"Company", "customers.company", func(_ *directory, c store.Customer) string { return c.Company }},
	{"Phone", "customers.phone", func(_ *directory, c store.Customer) string { return store.MaskPhone(c.Phone) }},
	{"Email", "customers.email", func(_ *directory, c store.Customer) string { return store.MaskEmail(c.Email) }},
	{"Phone2", "customers.phone2", func(_ *directory, c store.Customer) string { return store.MaskPhone(c.Phone2) }},
	{"Address", "customers.address", func(d *directory, c store.Customer) string { return d.address(c.Address) }},
	{"VATID", "customers.vatID", func(_ *directory, c store.Customer) string { return c.VATID }},
	{"Language", "customers.language", func(d *directory, c store.Customer) string { return languageName(d.e.Words, c.Language) }},
	{"Birthday", "customers.birthday", func(_ *directory, c store.Customer) string { return birthdayText(c.Birthday) }},
	{"InvoiceOnly", "customers.review.field.InvoiceOnly", func(d *directory, c store.Customer) string { return d.value("InvoiceOnly", c) }},
	{"Tags", "customers.tags", func(d *directory, c store.Customer) string { return d.tagLine(c.Tags) }},
	{"Others", "customers.review.field.Others", func(_ *directory, c store.Customer) string { return companyNames(c.Others) }},
}

func companyNames(list []store.Company) string {
	names := make([]string, len(list))
	for i, o := range list {
		names[i] = o.Name
	}
	return strings.Join(names, ", ")
}

// merging is the dialog.
type merging struct {
	d          *directory
	keep, gone store.Customer
	brings     store.Traces
	taken      []string // fields that are taken from the one who goes
	picks      map[string][2]*widgets.Check
	result     *fyne.Container
	sides      *fyne.Container
	dialog     *widgets.Dialog
	done       func() // after the merge, nil for nothing
	dropped    func() // when nothing was merged
}

// openMerge asks how two customers become one.
func (d *directory) openMerge(keep, gone store.CustomerID, done, dropped func()) {
	m := &merging{d: d, done: done, dropped: dropped}
	if !m.load(keep, gone) {
		return
	}
	w := d.e.Words
	m.sides, m.result = widgets.Column(0), widgets.Stack()
	m.dialog = &widgets.Dialog{Title: w.T("customers.merge.title"), Text: w.T("customers.merge.text"), Width: 720,
		Content: widgets.Column(14, m.sides, m.result), Confirm: w.T("customers.merge.verb", words.Data{"Name": m.keep.Name}), Cancel: w.T("common.cancel"),
		OnConfirm: func() bool { m.confirm(); return false }, OnCancel: dropped}
	m.show()
	m.dialog.ShowOn(d.e.Canvas)
}

// load reads both, and what comes along with the one who goes.
func (m *merging) load(keep, gone store.CustomerID) bool {
	var err error
	if m.keep, err = m.d.book.Get(keep); err == nil {
		if m.gone, err = m.d.book.Get(gone); err == nil {
			m.brings, err = m.d.book.MergeTraces(gone)
		}
	}
	if err != nil {
		m.d.e.Fail(err)
	}
	return err == nil
}

// show builds both sides anew.
func (m *merging) show() {
	w := m.d.e.Words
	m.picks = map[string][2]*widgets.Check{}
	swap := widgets.NewButton(w.T("customers.merge.swap", words.Data{"Number": m.gone.Number}), m.swap).Small()
	rows := widgets.Column(10, m.line("", m.side(m.keep, "customers.merge.keeps"), m.side(m.gone, "customers.merge.goes")), widgets.Line())
	for _, f := range mergeFields {
		a, b := f.text(m.d, m.keep), f.text(m.d, m.gone)
		switch differ := m.differ(f.name); {
		case !m.d.fields.Shown(f.name) || a == "" && b == "":
		case !differ:
			rows.Add(m.line(w.T(f.label), plainSide(a), plainSide(b)))
		default:
			rows.Add(m.choice(f.name, w.T(f.label), a, b))
		}
	}
	m.sides.Objects = []fyne.CanvasObject{rows, widgets.Padded(12, 0, 0, 0, widgets.Row(0, swap, widgets.Spacer()))}
	m.showResult()
}

// differ reports whether both have something in a field, and not the same.
func (m *merging) differ(name string) bool {
	return slices.ContainsFunc(store.MergeFields(m.keep, m.gone), func(f store.MergeField) bool { return f.Name == name && f.Differ })
}

func (m *merging) line(label string, a, b fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Row(12, widgets.Sized(sideLabel, 0, widgets.NewText(label).Muted()), widgets.Grow(widgets.Grid(2, 16, a, b)))
}

func plainSide(text string) fyne.CanvasObject {
	if text == "" {
		return widgets.NewText("–").Muted()
	}
	return widgets.NewText(text).Wrap()
}

// side is the head of one of the two.
func (m *merging) side(c store.Customer, says string) fyne.CanvasObject {
	w := m.d.e.Words
	return widgets.Row(10, widgets.NewAvatar(c.Name, 32), widgets.Grow(widgets.Column(1,
		widgets.NewText(c.Number).Bold(), widgets.Caption(w.T(says, words.Data{"Date": w.Date(c.Created)})).Wrap())))
}

// choice is a field of which one of two is taken; ticking the one takes the tick
// from the other.
func (m *merging) choice(name, label, a, b string) fyne.CanvasObject {
	var pair [2]*widgets.Check
	take := func(gone bool) {
		m.taken = slices.DeleteFunc(m.taken, func(n string) bool { return n == name })
		if gone {
			m.taken = append(m.taken, name)
		}
		pair[0].SetTicked(!gone)
		pair[1].SetTicked(gone)
		m.showResult()
		m.dialog.Refresh()
	}
	pair[0] = widgets.NewCheck(a, func(on bool) { take(!on) })
	pair[1] = widgets.NewCheck(b, take)
	gone := slices.Contains(m.taken, name)
	pair[0].SetTicked(!gone)
	pair[1].SetTicked(gone)
	m.picks[name] = pair
	return m.line(label, pair[0], pair[1])
}

// swap has the other one go on.
func (m *merging) swap() {
	var taken []string
	for _, f := range store.MergeFields(m.keep, m.gone) {
		if f.Differ && !slices.Contains(m.taken, f.Name) {
			taken = append(taken, f.Name) // the same values as before
		}
	}
	keep, gone := m.gone.ID, m.keep.ID
	if !m.load(keep, gone) {
		return
	}
	m.taken = taken
	m.show()
	m.dialog.Refresh()
}

// showResult says how the one will be, and what comes along.
func (m *merging) showResult() {
	w, c := m.d.e.Words, m.d.fields.Visible(m.choose())
	var parts []string
	for _, f := range mergeFields[1:] {
		if s := f.text(m.d, c); s != "" && f.name != "Others" {
			parts = append(parts, s)
		}
	}
	for _, o := range c.Others {
		parts = append(parts, w.T("customers.merge.also", words.Data{"Company": o.Name}))
	}
	lines := []fyne.CanvasObject{widgets.Caption(w.T("customers.merge.result")).Bold(), widgets.NewText(c.Name + " · " + c.Number).Bold().Wrap()}
	if len(parts) > 0 {
		lines = append(lines, widgets.NewText(strings.Join(parts, " · ")).Wrap())
	}
	tags, others := store.MergeLeavesOut(m.keep, m.gone, m.taken)
	if left := strings.Trim(m.d.tagLine(tags)+", "+companyNames(others), ", "); left != "" {
		lines = append(lines, widgets.Caption(w.T("customers.merge.noRoom", words.Data{"What": left})).In(widgets.ColorLook).Wrap())
	}
	t := m.brings
	follows := widgets.Column(6, widgets.Quote(lines...), widgets.Padded(6, 0, 0, 0, widgets.Caption(w.T("customers.merge.follows")).Bold()))
	for _, f := range []struct {
		n    int
		icon widgets.IconName
		text string
	}{{t.Notes, widgets.IconNote, "customers.merge.notes"}, {t.Drafts, widgets.IconFile, "customers.merge.drafts"}, {t.Invoices, widgets.IconReceipt, "customers.merge.invoices"}} {
		if f.n > 0 {
			follows.Add(bullet(f.icon, widgets.ColorMuted, w.N(f.text, f.n)))
		}
	}
	follows.Add(bullet(widgets.IconSearch, widgets.ColorMuted, w.T("customers.merge.finds", words.Data{"Number": m.gone.Number})))
	follows.Add(bullet(widgets.IconUndo, widgets.ColorMuted, w.N("customers.merge.undo", store.UnmergeDays)))
	m.result.Objects = []fyne.CanvasObject{follows}
	m.result.Refresh()
	if b := m.dialog.Button(); b != nil {
		b.SetText(w.T("customers.merge.verb", words.Data{"Name": c.Name}))
	}
}

func (m *merging) choose() store.Customer { return store.MergeChoice(m.keep, m.gone, m.taken) }

// confirm makes one of the two.
func (m *merging) confirm() {
	d, w := m.d, m.d.e.Words
	c, err := d.book.Merge(m.keep, m.gone, m.choose())
	switch {
	case errors.Is(err, store.ErrChanged):
		m.dialog.Tell(widgets.Look, w.T("customers.merge.changed"))
		if m.load(m.keep.ID, m.gone.ID) && m.keep.ID != m.gone.ID {
			m.show()
			m.dialog.Refresh()
		}
		return
	case err != nil:
		d.e.Refused(m.dialog, err)
		return
	}
	m.dialog.Moved()
	m.dialog.Close()
	d.movePending(m.gone.ID, c.ID)
	d.e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T("customers.merge.done", words.Data{"Name": c.Name, "Number": m.gone.Number}),
		Action: w.T("common.undo"), Do: func() { d.unmerge(m.gone.ID) }})
	if m.done != nil {
		m.done()
		return
	}
	d.reopen(c)
	d.detail.focus()
}

// movePending keeps a new note that was typed for who is gone with the survivor,
// after one that is being typed there. Changes of notes stay with their notes.
func (d *directory) movePending(gone, keep store.CustomerID) {
	p, ok := d.pending[noteKey{customer: gone}]
	if !ok {
		return
	}
	delete(d.pending, noteKey{customer: gone})
	p.Customer = keep
	if had, ok := d.pending[p.key()]; ok && !had.blank() {
		had.Text += "\n" + p.Text
		p = had
	}
	d.pending[p.key()] = p
}

// unmerge takes a merge back.
func (d *directory) unmerge(gone store.CustomerID) {
	w := d.e.Words
	c, err := d.book.Unmerge(gone)
	if err != nil {
		d.e.Fail(err)
		return
	}
	d.e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T("customers.merge.undone", words.Data{"Name": c.Name, "Number": c.Number})})
	if d.detail == nil {
		d.refill()
		return
	}
	id := d.detail.c.ID
	now, err := d.book.Get(id)
	if err != nil {
		d.e.Fail(err)
		return
	}
	d.reopen(now)
	d.detail.focus()
}

// merges says on a customer's page with whom they were made one, while that can be
// taken back; nil for nobody.
func (t *detail) merges() fyne.CanvasObject {
	e, w := t.d.e, t.d.e.Words
	if len(t.c.Merged) == 0 || !e.Can(store.MergeCustomers) || !e.Can(store.EditCustomers) {
		return nil
	}
	list, err := t.d.book.Merges(t.c.ID)
	if err != nil {
		e.Fail(err)
		return nil
	}
	if len(list) == 0 {
		return nil
	}
	box := widgets.Column(8)
	for _, m := range list {
		data := words.Data{"Number": m.Number, "Name": m.Name, "Date": w.Date(m.At), "Until": w.Date(m.Until)}
		undo := widgets.NewButton(w.T("common.undo"), func() { t.d.unmerge(m.Gone) })
		undo.Name = w.T("customers.merge.undoIs", data)
		box.Add(widgets.Banner(widgets.Neutral, w.T("customers.merge.was", data), w.T("customers.merge.until", data), undo))
	}
	return box
}

// askWith looks for the one whom the open customer is to be merged with. Who is
// like the customer stands there before anything is typed.
func (t *detail) askWith() {
	d, w := t.d, t.d.e.Words
	var ask *widgets.Dialog
	var rows []store.CustomerRow
	list := widgets.NewDirectory()
	show := func(query string) {
		rows = d.mergeable(t.c, query)
		list.ShowEntries(len(rows), func(i int) widgets.DirectoryEntry {
			r := rows[i]
			return widgets.DirectoryEntry{Avatar: r.Name, Title: r.Name, Subtitle: subtitle(r), Right: r.Number}
		})
		says := "customers.merge.nobodyLike"
		if strings.TrimSpace(query) != "" {
			says = "customers.merge.nobody"
		}
		list.WithEmpty(widgets.Padded(24, 24, 24, 24, widgets.NewText(w.T(says)).Muted().Wrap()))
	}
	pick := func(i int) {
		if i < 0 || i >= len(rows) {
			return
		}
		ask.Close()
		d.openMerge(t.c.ID, rows[i].ID, nil, nil)
	}
	search := widgets.NewSearchEntry(w.T("customers.search"), "", show)
	search.OnSubmitted = func(string) { pick(0) }
	search.OnArrow = func(step int) {
		if step > 0 && len(rows) > 0 {
			list.Focus()
			list.Mark(0)
		}
	}
	list.OnOpen = pick
	show("")
	ask = &widgets.Dialog{Title: w.T("customers.merge.withTitle", words.Data{"Name": t.c.Name}), Text: w.T("customers.merge.withText"), Width: 520,
		Content: widgets.Column(10, search, widgets.Sized(0, 310, widgets.PanelFlush(list))), Cancel: w.T("common.cancel")}
	ask.ShowOn(d.e.Canvas)
}

// mostMergeable is how many customers are offered; who is not among them is looked
// for with more letters.
const mostMergeable = 50

// mergeable lists whom a customer may be merged with: those who are like them, or
// those who are found.
func (d *directory) mergeable(c store.Customer, query string) []store.CustomerRow {
	var out []store.CustomerRow
	if strings.TrimSpace(query) == "" {
		near, err := d.book.Near(c)
		if err != nil {
			d.e.Fail(err)
		}
		for _, n := range near {
			out = append(out, n.Row)
		}
		return out
	}
	found, err := d.book.Find(query, store.ByName, false)
	if err != nil {
		d.e.Fail(err)
		return nil
	}
	for i := 0; i < found.Len() && len(out) < mostMergeable; i++ {
		if r := found.At(i); r.ID != c.ID {
			out = append(out, r)
		}
	}
	return out
}
