// The notes panel: what staff wrote about a customer, and room to write more.
// What is typed and not saved stays with the screen while other customers are
// looked at.

package customers

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	// mostNotes is how many notes are shown until all are asked for.
	mostNotes = 10
	// countFrom is the length from which the characters left are counted.
	countFrom = store.MaxNote - 500
)

// noteKey names a text that is being written: on a customer a new note, where
// note is zero, or a change of one.
type noteKey struct{ customer, note store.ID }

// pendingNote is such a text. version is that of the note it changes.
type pendingNote struct {
	text    string
	version uint64
}

type pendingNotes map[noteKey]pendingNote

type notes struct {
	t       *detail
	book    *store.Notes
	list    []store.Note
	all     bool // show more than the newest
	add     *noteField
	edits   map[store.NoteID]*noteField
	content *fyne.Container
	panel   *fyne.Container
}

// noteField is a box to write a note in.
type noteField struct {
	n    *notes
	key  noteKey
	was  string // the note before the change
	area *widgets.Entry
	said *widgets.Text // how long it may be, or what is wrong
	save *widgets.Button
	box  *fyne.Container

	pasted bool // what was pasted last was cleaned
}

func newNotes(t *detail) *notes {
	n := &notes{t: t, edits: map[store.NoteID]*noteField{}, content: widgets.Column(12)}
	n.panel = widgets.Panel(n.content)
	var err error
	if n.book, err = t.d.e.Session.Notes(); err == nil {
		n.list, err = n.book.Of(t.c.ID)
	}
	if err != nil {
		t.d.e.Fail(err)
	}
	if t.d.e.Can(store.AddNotes) {
		n.add = n.newField(noteKey{customer: t.c.ID}, "")
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

// fill puts the panel together anew.
func (n *notes) fill() {
	w := n.words()
	head := widgets.Row(8, widgets.Heading(w.T("customers.notes")))
	if len(n.list) > 0 {
		head.Add(widgets.NewBadge(widgets.Neutral, w.Number(len(n.list))))
	}
	head.Add(widgets.Spacer())
	head.Add(widgets.Caption(w.T("customers.readBy", words.Data{"Roles": readers(w)})))
	parts := []fyne.CanvasObject{head}
	if len(n.list) == 0 {
		parts = append(parts, widgets.Paragraph(w.T("customers.noNote")))
	}
	for i, v := range n.list {
		if i >= mostNotes && !n.all && n.edits[v.ID] == nil {
			continue
		}
		parts = append(parts, n.shown(v))
	}
	if len(n.list) > mostNotes && !n.all {
		parts = append(parts, widgets.Row(0, widgets.QuietButton(w.N("customers.allNotes", len(n.list)), func() {
			n.all = true
			n.fill()
		})))
	}
	if n.add != nil {
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

// shown is a note as it is read, or the box in which it is being changed.
func (n *notes) shown(v store.Note) fyne.CanvasObject {
	w := n.words()
	if f := n.edits[v.ID]; f != nil {
		return f.box
	}
	by := w.T("customers.noteBy", words.Data{"Author": v.AuthorName, "When": w.Moment(v.Created)})
	if !v.Edited.IsZero() {
		by = w.T("customers.noteChangedBy", words.Data{"Author": v.AuthorName, "When": w.Moment(v.Created), "Changed": w.Date(v.Edited)})
	}
	text := widgets.Quote(widgets.NewText(v.Text).Wrap(), widgets.Caption(by).Wrap())
	if !n.mayEdit(v) {
		return text
	}
	return widgets.RowTop(8, widgets.Grow(text), widgets.QuietButton(w.T("common.edit"), func() {
		n.startEdit(v)
		n.fill()
		widgets.Focus(n.edits[v.ID].area)
	}).Small())
}

func (n *notes) mayEdit(v store.Note) bool {
	if v.Author == n.t.d.e.Session.Profile().ID {
		return n.t.d.e.Can(store.EditOwnNotes)
	}
	return n.t.d.e.Can(store.EditNotes)
}

func (n *notes) startEdit(v store.Note) {
	key := noteKey{n.t.c.ID, v.ID}
	if _, ok := n.t.d.pending[key]; !ok {
		n.t.d.pending[key] = pendingNote{v.Text, v.Version}
	}
	n.edits[v.ID] = n.newField(key, v.Text, widgets.NewButton(n.words().T("common.cancel"), func() {
		n.t.d.giveUp(n.edits[v.ID].changed(), func() { n.endEdit(v) })
	}))
}

func (n *notes) endEdit(v store.Note) {
	delete(n.t.d.pending, noteKey{n.t.c.ID, v.ID})
	delete(n.edits, v.ID)
	n.fill()
	n.t.focus()
}

func (n *notes) newField(key noteKey, was string, more ...*widgets.Button) *noteField {
	w := n.words()
	f := &noteField{n: n, key: key, was: was, area: widgets.NewArea(2).With(w.T("customers.noteHere"))}
	word := w.T("customers.noteAdd")
	if !key.note.IsZero() {
		word = w.T("common.save")
	}
	f.save = widgets.NewButton(word, f.submit)
	f.said = widgets.Caption("").Wrap()
	below := widgets.RowTop(8, widgets.Grow(f.said))
	for _, b := range append(more, f.save) {
		below.Add(b.Small())
	}
	f.box = widgets.Column(6, f.area, below)
	f.area.SetLabel(w.T("customers.noteHere"))
	f.area.SetText(n.t.d.pending[key].text)
	f.area.OnChanged = f.typed
	f.area.OnCleaned = func(yes bool) { f.pasted = yes; f.say() }
	f.area.OnSubmitted = func(string) { f.submit() }
	f.area.OnEscape = func() {
		if n.t.d.browse {
			n.t.d.list.Focus()
		} else {
			widgets.Focus(n.t.d.search)
		}
	}
	f.say()
	return f
}

// typed follows every letter, so that nothing is lost when the book is locked.
func (f *noteField) typed(text string) {
	p := f.n.t.d.pending
	if f.key.note.IsZero() && strings.TrimSpace(text) == "" {
		delete(p, f.key)
	} else {
		p[f.key] = pendingNote{text, p[f.key].version}
	}
	f.say()
}

// say shows how long a note may be, and what is wrong with this one.
func (f *noteField) say() {
	w, long := f.n.words(), utf8.RuneCountInString(strings.TrimSpace(f.area.Text))
	hint := w.T("customers.noteHint", words.Data{"Most": w.Number(store.MaxNote)})
	if long > countFrom {
		hint = w.N("customers.noteLeft", max(0, store.MaxNote-long))
	}
	if long > store.MaxNote {
		f.wrong(w.N("customers.noteLong", long-store.MaxNote, words.Data{"Most": w.Number(store.MaxNote)}))
	} else {
		f.said.Set(hint, widgets.ColorMuted)
		if f.pasted {
			f.said.Set(widgets.Cleaned(), widgets.ColorLook)
		}
		f.area.SetWrong(false)
	}
	f.save.SetEnabled(long > 0 && long <= store.MaxNote)
	f.n.refresh()
}

func (f *noteField) wrong(sentence string) {
	f.said.Set(sentence, widgets.ColorDangerText)
	f.area.SetWrong(true)
}

// changed reports whether there is something to save.
func (f *noteField) changed() bool {
	text := strings.TrimSpace(f.area.Text)
	return text != "" && text != f.was
}

// submit saves the note. What was typed stays when it could not be.
func (f *noteField) submit() {
	if !f.changed() || f.save.Disabled() {
		return
	}
	p := f.n.t.d.pending[f.key]
	err := saveNote(f.n.book, noteWork{f.key.customer, f.key.note, p.version, f.area.Text})
	if err != nil {
		f.fail(err)
		return
	}
	n := f.n
	delete(n.t.d.pending, f.key)
	if f.key.note.IsZero() {
		n.add = n.newField(f.key, "")
	} else {
		delete(n.edits, f.key.note)
	}
	n.reload()
	n.fill()
	if n.add != nil {
		widgets.Focus(n.add.area)
	}
}

// fail says why a note was not saved. When somebody changed it meanwhile, their
// text is shown, and saving once more replaces it.
func (f *noteField) fail(err error) {
	var problems invoice.Problems
	w := f.n.words()
	switch {
	case errors.As(err, &problems) && len(problems) > 0:
		f.wrong(w.Problem(problems[0]))
	case errors.Is(err, store.ErrChanged):
		f.n.reload()
		for _, v := range f.n.list {
			if v.ID == f.key.note {
				f.was = v.Text
				f.n.t.d.pending[f.key] = pendingNote{f.area.Text, v.Version}
				f.wrong(w.T("customers.noteConflict", words.Data{"Text": v.Text}))
			}
		}
	case screen.Tone(err) == widgets.Bad:
		f.wrong(w.Error(err))
	default: // there is nothing wrong with the note
		f.n.t.d.e.Fail(err)
	}
	f.n.refresh()
	widgets.Focus(f.area)
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
