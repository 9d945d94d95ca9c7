// The editor of a note: what it is about, the text, the few fields of its kind.
// Nothing but the text is asked for until a kind was chosen.

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

// shortNote is how many characters are read at a glance. Longer notes are saved
// all the same.
const shortNote = 280

// noteEditor is the box in which a note is written.
type noteEditor struct {
	n    *notes
	key  noteKey
	was  noteWork // before the change; for a new note without a text
	kind []*widgets.Button
	area *widgets.Entry
	// under lies under the text: what is to be said about it.
	under *fyne.Container
	said  *widgets.Text // how long it is, or what is wrong
	form  *noteForm     // nil until a kind was chosen
	save  *widgets.Button
	more  []*widgets.Button // beside save
	box   *fyne.Container
	asks  bool // whether it is really none of the kinds

	guard  *guard
	pasted bool // what was pasted last was cleaned
}

// newEditor returns the editor of what is pending, or else of was.
func (n *notes) newEditor(was noteWork, more ...*widgets.Button) *noteEditor {
	w := n.words()
	f := &noteEditor{n: n, key: was.key(), was: was, area: widgets.NewArea(2).With(w.T("customers.noteHere")), under: widgets.Column(4), more: more}
	word := w.T("customers.noteAdd")
	if !f.key.note.IsZero() {
		word = w.T("common.save")
	}
	f.save = widgets.NewButton(word, f.submit)
	f.said = widgets.Caption("").Wrap()
	f.box = widgets.Column(8)
	f.area.SetLabel(w.T("customers.noteHere"))
	f.area.SetText(f.typed().Text)
	f.guard = newGuard(f)
	f.under.Add(f.guard.box)
	f.area.OnShortcut = f.guard.shortcut
	f.area.OnChanged = func(text string) {
		f.change(func(p *noteWork) { p.Text = text })
		f.guard.typed(text)
	}
	f.area.OnCleaned = func(yes bool) { f.pasted = yes; f.say() }
	f.area.OnSubmitted = func(string) { f.submit() }
	f.area.OnEscape = func() {
		if n.t.d.browse {
			n.t.d.list.Focus()
		} else {
			widgets.Focus(n.t.d.search)
		}
	}
	for _, k := range store.NoteKinds() {
		f.kind = append(f.kind, widgets.NewButton("", func() { f.choose(k) }).Small())
	}
	if f.typed().Chosen {
		f.form = newNoteForm(f)
	}
	f.fill()
	return f
}

// typed is the note as it stands in the editor.
func (f *noteEditor) typed() noteWork {
	if p, ok := f.n.t.d.pending[f.key]; ok {
		return p
	}
	return f.was
}

// change follows every letter, so that nothing is lost when the book is locked.
func (f *noteEditor) change(do func(*noteWork)) {
	p := f.typed()
	do(&p)
	if f.key.note.IsZero() && p.equal(f.was) {
		delete(f.n.t.d.pending, f.key)
	} else {
		f.n.t.d.pending[f.key] = p
	}
	f.say()
}

// fill puts the editor together: for what the kind has, or for the text alone.
func (f *noteEditor) fill() {
	w, p := f.n.words(), f.typed()
	kinds := widgets.Flow(6)
	for i, k := range store.NoteKinds() {
		b, name := f.kind[i], w.T("notes.kind."+k.String())
		b.Text, b.Name, b.Kind, b.Icon = name, "", widgets.Plain, ""
		if p.Chosen && p.Kind == k {
			b.Name, b.Kind, b.Icon = w.T("notes.kindChosen", words.Data{"Kind": name}), widgets.Outlined, widgets.IconCheck
		} else if k == store.OtherNote {
			b.Text = w.T("notes.otherAsk")
		}
		kinds.Add(b)
	}
	parts := []fyne.CanvasObject{widgets.Column(5, widgets.Caption(w.T("notes.about")).Bold(), kinds)}
	if f.asks {
		parts = append(parts, widgets.Row(8, widgets.Grow(widgets.Caption(w.T("notes.otherSure")).Wrap()),
			widgets.NewButton(w.T("notes.otherYes"), f.other).Small()))
	}
	if p.Chosen && f.key.note.IsZero() {
		parts = append(parts, f.starts(p.Kind))
	}
	parts = append(parts, f.area, f.under)
	below := widgets.RowTop(8, widgets.Grow(f.said))
	if f.form == nil {
		for _, b := range append(slices.Clone(f.more), f.save) {
			below.Add(b.Small())
		}
		parts = append(parts, below)
	} else {
		does := widgets.Row(8, f.form.pinned, widgets.Spacer())
		for _, b := range append(slices.Clone(f.more), f.save) {
			does.Add(b.Small())
		}
		parts = append(parts, below, f.form.fields, does)
	}
	f.box.Objects = parts
	f.say()
}

// starts offers how a sentence of the kind begins, and shows a good note and one
// that says more than anybody needs.
func (f *noteEditor) starts(k store.NoteKind) fyne.CanvasObject {
	w := f.n.words()
	row := widgets.Flow(2)
	for _, start := range strings.Split(w.T("notes.start."+k.String()), "|") {
		row.Add(widgets.QuietButton(start+"…", func() { f.begin(start) }).Small())
	}
	example := func(icon widgets.IconName, colour fyne.ThemeColorName, which string) fyne.CanvasObject {
		text := w.T("notes."+which, words.Data{"Text": w.T("notes." + which + "." + k.String())})
		return widgets.Row(6, widgets.NewIcon(icon, colour, 14), widgets.Grow(widgets.Caption(text).Wrap()))
	}
	good, poor := example(widgets.IconCheck, widgets.ColorGood, "good"), example(widgets.IconClose, widgets.ColorLook, "poor")
	return widgets.Column(6, widgets.Padded(0, 0, 0, -quietInset, row), beside(panelsLeast, widgets.Grid(2, 12).Layout, widgets.Column(2).Layout, good, poor))
}

// begin puts the start of a sentence before what was typed, in the place of
// another start.
func (f *noteEditor) begin(start string) {
	text, w := f.area.Text, f.n.words()
	for _, k := range store.NoteKinds() {
		for _, other := range strings.Split(w.T("notes.start."+k.String()), "|") {
			if strings.TrimSpace(text) == other {
				text = ""
			}
		}
	}
	f.area.SetText(start + " " + text)
	f.area.CursorRow, f.area.CursorColumn = 0, utf8.RuneCountInString(start)+1
	widgets.Focus(f.area)
}

// choose says what the note is about. "Other" is asked once more: most notes are
// something.
func (f *noteEditor) choose(k store.NoteKind) {
	if p := f.typed(); k == store.OtherNote && !(p.Chosen && p.Kind == k) {
		f.asks = true
		f.fill()
		f.n.refresh()
		return
	}
	f.take(k)
}

func (f *noteEditor) other() { f.take(store.OtherNote) }

// take gives the note a kind, and the life of that kind unless another was typed.
func (f *noteEditor) take(k store.NoteKind) {
	f.asks = false
	today := f.n.t.d.today()
	f.change(func(p *noteWork) {
		if p.Ends == "" || p.Ends == dayText(p.Kind.Life().After(today)) {
			p.Ends = dayText(k.Life().After(today))
		}
		p.Chosen, p.Kind = true, k
	})
	f.form = newNoteForm(f)
	f.fill()
	f.n.refresh()
	widgets.Focus(f.area)
}

// say shows how long the note is, and what is wrong with it.
func (f *noteEditor) say() {
	w, long := f.n.words(), utf8.RuneCountInString(strings.TrimSpace(f.area.Text))
	f.area.SetWrong(false)
	data := words.Data{"Long": w.Number(long), "Most": w.Number(shortNote)}
	switch {
	case long > store.MaxNote:
		f.wrong(w.N("customers.noteLong", long-store.MaxNote, words.Data{"Most": w.Number(store.MaxNote)}))
	case f.pasted:
		f.said.Set(widgets.Cleaned(), widgets.ColorLook)
	case long > shortNote:
		f.said.Set(w.T("notes.longish", data), widgets.ColorLook)
	default:
		f.said.Set(w.T("notes.count", data), widgets.ColorMuted)
	}
	f.save.SetEnabled(long > 0 && long <= store.MaxNote)
	f.n.refresh()
}

func (f *noteEditor) wrong(sentence string) {
	f.said.Set(sentence, widgets.ColorDangerText)
	f.area.SetWrong(true)
}

// changed reports whether there is something to save.
func (f *noteEditor) changed() bool {
	p := f.typed()
	return !p.blank() && !p.same(f.was)
}

// submit saves the note. What was typed stays when it could not be.
func (f *noteEditor) submit() {
	if !f.changed() || f.save.Disabled() {
		return
	}
	if err := saveNote(f.n.book, f.typed()); err != nil {
		f.fail(err)
		return
	}
	n := f.n
	delete(n.t.d.pending, f.key)
	if f.key.note.IsZero() {
		n.add = n.newEditor(f.was)
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
func (f *noteEditor) fail(err error) {
	var problems invoice.Problems
	w := f.n.words()
	switch {
	case f.guard.refused(err):
		return
	case errors.As(err, &problems) && len(problems) > 0:
		f.failAt(problems)
		return
	case errors.Is(err, store.ErrChanged):
		f.n.reload()
		for _, v := range f.n.list {
			if v.ID == f.key.note {
				f.was = workOf(v)
				f.change(func(p *noteWork) { p.Version = v.Version })
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

// failAt says what is wrong at the fields it is wrong with.
func (f *noteEditor) failAt(problems invoice.Problems) {
	w := f.n.words()
	for _, p := range problems {
		switch {
		case f.form != nil && f.form.fields.SetProblem(p.Field, w.Problem(p)):
		case p.Field == "Kind":
			f.said.Set(w.Problem(p), widgets.ColorLook)
			widgets.Focus(f.kind[0])
		default:
			f.wrong(w.Problem(p))
			widgets.Focus(f.area)
		}
	}
	f.n.refresh()
	if f.form != nil {
		f.form.fields.FocusProblem()
	}
}
