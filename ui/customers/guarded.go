// An entry for a contact detail that is in the book already: it shows a mask
// until asked to show more, which is counted as everywhere. Typing replaces the
// detail; leaving it empty keeps it.

package customers

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
)

type guarded struct {
	f      *form
	key    string // "Phone", "Phone2" or "Email"
	entry  *widgets.Entry
	show   *widgets.Button
	row    *fyne.Container
	kept   string // what the mask stands for
	hidden bool
}

func newGuarded(f *form, key, label string) *guarded {
	g := &guarded{f: f, key: key, entry: widgets.NewEntry()}
	g.entry.SetLabel(label)
	g.entry.OnChanged = func(string) {
		g.wrong("")
		if x := f.fields.Field(key); x != nil {
			x.Remark(widgets.Neutral, "")
		}
	}
	g.show = widgets.NewButton(f.d.e.Words.T("common.show"), g.reveal).Small()
	g.row = widgets.Row(8, widgets.Grow(g.entry), g.show)
	return g
}

// put shows a value: masked, when it is the one in the book.
func (g *guarded) put(value, inBook, mask string) {
	g.kept, g.hidden = inBook, inBook != "" && value == inBook && !g.f.was.ID.IsZero()
	if g.hidden {
		value = ""
		g.entry.SetPlaceHolder(mask)
	} else {
		g.entry.SetPlaceHolder("")
	}
	g.entry.SetText(value)
	g.show.Hidden = !g.hidden || !g.f.d.e.Can(store.RevealContact)
	g.row.Refresh()
}

// value is the detail as it stands in the form.
func (g *guarded) value() string {
	if g.hidden && g.entry.Text == "" {
		return g.kept
	}
	return g.entry.Text
}

func (g *guarded) reveal() {
	full, err := g.f.d.book.Reveal(g.f.was.ID, g.key)
	if err != nil {
		g.f.d.e.Refused(g.f.dialog, err)
		return
	}
	g.hidden = false
	g.entry.SetText(full)
	g.entry.CursorColumn = utf8.RuneCountInString(full)
	g.show.Hide()
	g.row.Refresh()
	widgets.Focus(g.entry)
}

// wrong says what is wrong with the detail, "" for nothing.
func (g *guarded) wrong(problem string) {
	if x := g.f.fields.Field(g.key); x != nil { // what is not collected has none
		x.SetProblem(problem)
	}
	g.entry.SetWrong(problem != "")
}

// contactProblems takes away what was said of contacts, as who is for invoices only
// needs none.
func (f *form) contactProblems() {
	for _, g := range f.guarded {
		g.wrong("")
	}
}
