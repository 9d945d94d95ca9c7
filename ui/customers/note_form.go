// The small form of a note: what its kind asks for, until when it is kept and who
// sees it.

package customers

import (
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

type noteForm struct {
	fields *widgets.Form
	pinned *widgets.Check
}

func newNoteForm(f *noteEditor) *noteForm {
	w, e, p := f.n.words(), f.n.t.d.e, f.typed()
	text := func(key, label, value string, put func(*noteWork, string)) *widgets.Field {
		entry := widgets.NewEntry()
		entry.SetText(value)
		entry.OnChanged = func(s string) { f.change(func(p *noteWork) { put(p, s) }) }
		return widgets.NewField(key, label, entry)
	}
	day := func(key, label, value string, put func(*noteWork, string)) *widgets.Field {
		entry := widgets.NewDateEntry(e.Now())
		entry.SetText(value)
		entry.OnChanged = func(s string) { f.change(func(p *noteWork) { put(p, s) }) }
		return widgets.NewField(key, label, entry)
	}
	pick := func(key, label string, names []string, chosen int, put func(*noteWork, int)) *widgets.Field {
		choice := widgets.NewSelect(names, func(i int) { f.change(func(p *noteWork) { put(p, i) }) })
		choice.SetIndex(chosen)
		return widgets.NewField(key, label, choice)
	}
	var fields []*widgets.Field
	switch p.Kind {
	case store.PaymentNote:
		fields = append(fields,
			text("Amount", w.T("notes.amount", words.Data{"Currency": f.n.t.d.shop.Currency}), p.Amount, func(p *noteWork, s string) { p.Amount = s }),
			day("Due", w.T("notes.due"), p.Due, func(p *noteWork, s string) { p.Due = s }))
	case store.FittingNote:
		fields = append(fields,
			text("Piece", w.T("notes.piece"), p.Piece, func(p *noteWork, s string) { p.Piece = s }),
			text("Size", w.T("notes.size"), p.Size, func(p *noteWork, s string) { p.Size = s }))
	}
	ends := day("Expires", w.T("notes.ends."+p.Kind.String()), p.Ends, func(p *noteWork, s string) { p.Ends = s })
	if p.Kind.Life() == (store.Life{}) {
		ends.Hint(w.T("notes.endsNever"))
	}
	sharing := make([]string, len(store.Sharings()))
	for i, x := range store.Sharings() {
		sharing[i] = w.T("notes.sharing." + x.String())
	}
	fields = append(fields, ends,
		pick("Sharing", w.T("notes.sharing"), sharing, int(p.Sharing), func(p *noteWork, i int) { p.Sharing = store.Sharings()[i] }))
	if p.Kind == store.ComplaintNote {
		at := 0
		if p.Settled {
			at = 1
		}
		fields = append(fields, pick("Settled", w.T("notes.state"), []string{w.T("notes.open"), w.T("notes.settled")}, at,
			func(p *noteWork, i int) { p.Settled = i == 1 }))
	}
	x := &noteForm{fields: widgets.NewForm(2, fields...)}
	x.fields.OnSubmit = f.submit
	x.pinned = widgets.NewCheck(w.T("notes.pinned"), func(on bool) { f.change(func(p *noteWork) { p.Pinned = on }) })
	x.pinned.SetTicked(p.Pinned)
	return x
}
