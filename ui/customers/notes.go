// The notes panel: what staff wrote about a customer, and room to write more.
// What is typed and not saved stays with the screen while other customers are
// looked at.

package customers

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// mostNotes is how many notes are shown until all are asked for.
const mostNotes = 10

type notes struct {
	t       *detail
	book    *store.Notes
	list    []store.Note
	all     bool // show more than the newest
	old     bool // show those that expired
	add     *noteEditor
	edits   map[store.NoteID]*noteEditor
	content *fyne.Container
	panel   *fyne.Container
}

func newNotes(t *detail) *notes {
	n := &notes{t: t, edits: map[store.NoteID]*noteEditor{}, content: widgets.Column(12)}
	n.panel = widgets.Panel(n.content)
	var err error
	if n.book, err = t.d.e.Session.Notes(); err == nil {
		n.list, err = n.book.Of(t.c.ID)
	}
	if err != nil {
		t.d.e.Fail(err)
	}
	if t.d.e.Can(store.AddNotes) {
		n.add = n.newEditor(noteWork{Customer: t.c.ID})
	}
	for _, v := range n.list {
		if _, ok := t.d.pending[noteKey{t.c.ID, v.ID}]; ok && n.mayEdit(v) {
			n.startEdit(v)
		}
	}
	n.fill()
	return n
}

func (n *notes) words() *words.Words { return n.t.d.e.Words }

// fill puts the panel together anew: the notes that are of use, room for a new
// one, and those that expired when they are asked for.
func (n *notes) fill() {
	w := n.words()
	var now, old []store.Note
	for _, v := range n.list {
		if v.Expired(n.t.d.today()) && n.edits[v.ID] == nil {
			old = append(old, v)
		} else {
			now = append(now, v)
		}
	}
	head := widgets.Row(8, widgets.Heading(w.T("customers.notes")))
	if len(now) > 0 {
		head.Add(widgets.NewBadge(widgets.Neutral, w.Number(len(now))))
	}
	head.Add(widgets.Spacer())
	head.Add(widgets.Caption(w.T("customers.readBy", words.Data{"Roles": readers(w)})))
	parts := []fyne.CanvasObject{head}
	if len(n.list) == 0 {
		parts = append(parts, widgets.Paragraph(w.T("customers.noNote")))
	}
	for i, v := range now {
		if i >= mostNotes && !n.all && n.edits[v.ID] == nil {
			continue
		}
		parts = append(parts, n.shown(v))
	}
	var more []fyne.CanvasObject
	if len(now) > mostNotes && !n.all {
		more = append(more, widgets.QuietButton(w.N("customers.allNotes", len(now)), func() { n.all = true; n.fill() }))
	}
	if len(old) > 0 && !n.old {
		more = append(more, widgets.QuietButton(w.N("notes.expired", len(old)), func() { n.old = true; n.fill() }))
	}
	if len(more) > 0 {
		parts = append(parts, widgets.Padded(0, 0, 0, -quietInset, widgets.Row(0, more...)))
	}
	if n.old {
		for _, v := range old {
			parts = append(parts, n.expired(v))
		}
	}
	if n.add != nil && (len(n.edits) == 0 || n.add.changed()) { // one thing at a time
		parts = append(parts, n.add.box)
	}
	n.content.Objects = parts
	n.refresh()
}

func (n *notes) refresh() {
	n.panel.Refresh()
	if n.t.page != nil {
		n.t.page.Refresh()
	}
}

// readers names the roles that can read notes. A role is named though one of
// its members may have lost the right.
func readers(w *words.Words) string {
	var names []string
	for _, r := range store.Roles() {
		if slices.Contains(r.Rights(), store.ReadNotes) {
			names = append(names, w.Role(r))
		}
	}
	return strings.Join(names, ", ")
}

// may reports whether a note may be changed or deleted: one's own with
// EditOwnNotes, that of another with the right for those.
func (n *notes) may(v store.Note, others store.Right) bool {
	if v.Author == n.t.d.e.Session.Profile().ID {
		return n.t.d.e.Can(store.EditOwnNotes)
	}
	return n.t.d.e.Can(others)
}

func (n *notes) mayEdit(v store.Note) bool { return n.may(v, store.EditNotes) }

func (n *notes) startEdit(v store.Note) {
	if key := (noteKey{n.t.c.ID, v.ID}); n.t.d.pending[key].Note.IsZero() {
		n.t.d.pending[key] = workOf(v)
	}
	n.edits[v.ID] = n.newEditor(workOf(v), widgets.NewButton(n.words().T("common.cancel"), func() {
		n.t.d.giveUp(n.edits[v.ID].changed(), func() { n.endEdit(v) })
	}))
}

func (n *notes) endEdit(v store.Note) {
	delete(n.t.d.pending, noteKey{n.t.c.ID, v.ID})
	delete(n.edits, v.ID)
	n.fill()
	n.t.focus()
}

func (n *notes) reload() {
	list, err := n.book.Of(n.t.c.ID)
	if err != nil {
		n.t.d.e.Fail(err)
		return
	}
	n.list = list
}

// saveTyped saves everything that was typed on this customer.
func (n *notes) saveTyped() {
	for _, v := range slices.Clone(n.list) {
		if f := n.edits[v.ID]; f != nil {
			f.submit()
		}
	}
	if n.add != nil {
		n.add.submit()
	}
}

// write gives the focus to the editor of a note that is being written.
func (n *notes) write(key noteKey) {
	switch f := n.edits[key.note]; {
	case f != nil:
		widgets.Focus(f.area)
	case n.add != nil:
		widgets.Focus(n.add.area)
	}
}
