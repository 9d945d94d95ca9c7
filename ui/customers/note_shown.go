// A note as it is read, and what can be done with it there.

package customers

import (
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// shown is a note as it is read, or the box in which it is being changed.
func (n *notes) shown(v store.Note) fyne.CanvasObject {
	if f := n.edits[v.ID]; f != nil {
		return f.box
	}
	does := n.does(v)
	if len(does) == 0 {
		return n.read(v)
	}
	return widgets.RowTop(8, append([]fyne.CanvasObject{widgets.Grow(n.read(v))}, does...)...)
}

// read is the text of a note and what is known of it.
func (n *notes) read(v store.Note) fyne.CanvasObject { return n.t.d.note(v) }

// note is a note to read.
func (d *directory) note(v store.Note) fyne.CanvasObject {
	w, parts := d.e.Words, []fyne.CanvasObject{}
	if badges := noteBadges(w, v); len(badges) > 0 {
		parts = append(parts, widgets.Padded(0, 0, 3, 0, widgets.Flow(6, badges...)))
	}
	parts = append(parts, widgets.NewText(v.Text).Wrap())
	if fact := noteFact(w, v, d.shop.Currency); fact != "" {
		parts = append(parts, widgets.NewText(fact).Wrap())
	}
	return widgets.Quote(append(parts, widgets.Caption(noteBy(w, v)).Wrap())...)
}

// noteBadges say what one should see of a note before reading it.
func noteBadges(w *words.Words, v store.Note) (out []fyne.CanvasObject) {
	add := func(tone widgets.Tone, text string) { out = append(out, widgets.NewBadge(tone, text)) }
	if v.Pinned {
		add(widgets.Info, w.T("notes.badge.pinned"))
	}
	switch {
	case v.Kind == store.ComplaintNote && v.Settled:
		add(widgets.Good, w.T("notes.badge.settled"))
	case v.Kind == store.ComplaintNote:
		add(widgets.Look, w.T("notes.badge.complaint"))
	case v.Kind == store.ServiceNote && v.Heeded.IsZero():
		add(widgets.Look, w.T("notes.badge.unheeded"))
	}
	if v.Sharing != store.ForAll {
		add(widgets.Neutral, w.T("notes.badge."+v.Sharing.String()))
	}
	return out
}

// noteFact is what the small form of a note holds, "" for nothing.
func noteFact(w *words.Words, v store.Note, currency string) string {
	switch {
	case v.Kind == store.PaymentNote:
		return w.T("notes.fact.payment", words.Data{"Amount": w.Money(v.Amount, currency), "Due": w.Day(v.Due)})
	case v.Kind == store.FittingNote && v.Piece != "" && v.Size != "":
		return w.T("notes.fact.fitting", words.Data{"Piece": v.Piece, "Size": v.Size})
	case v.Kind == store.FittingNote:
		return v.Piece + v.Size
	}
	return ""
}

// noteBy says what a note is about, who wrote it and when, and until when it is
// kept.
func noteBy(w *words.Words, v store.Note) string {
	parts := []string{w.T("notes.kind." + v.Kind.String()), v.AuthorName, w.Date(v.Created)}
	switch {
	case v.Edited.IsZero():
	case v.EditedBy == v.Author || v.EditorName == "":
		parts = append(parts, w.T("notes.changed", words.Data{"Day": w.Date(v.Edited)}))
	default:
		parts = append(parts, w.T("notes.changedBy", words.Data{"Day": w.Date(v.Edited), "By": v.EditorName}))
	}
	if !v.Heeded.IsZero() {
		parts = append(parts, w.T("notes.heeded", words.Data{"By": v.HeederName, "Day": w.Date(v.Heeded)}))
	}
	if !v.Expires.IsZero() {
		parts = append(parts, w.T("notes.until", words.Data{"Day": w.Day(v.Expires)}))
	}
	return strings.Join(parts, " · ")
}

// does are the buttons beside a note.
func (n *notes) does(v store.Note) (out []fyne.CanvasObject) {
	w := n.words()
	if v.Kind == store.ServiceNote && v.Heeded.IsZero() && n.t.d.e.Can(store.AddNotes) {
		out = append(out, widgets.NewButton(w.T("notes.heed"), func() {
			n.act(func() error { _, err := n.book.Heed(v); return err })
		}).Small())
	}
	if n.mayEdit(v) {
		out = append(out, widgets.QuietButton(w.T("common.edit"), func() { n.edit(v) }).Small())
	}
	items := n.items(v)
	if len(items) > 0 {
		var more *widgets.Button
		more = widgets.IconButton(widgets.IconMore, w.T("notes.more"), func() { widgets.ShowMenu(more, items...) }).As(widgets.Quiet).Small()
		out = append(out, more)
	}
	return out
}

// items are what is done with a note now and then.
func (n *notes) items(v store.Note) (out []widgets.MenuItem) {
	w := n.words()
	set := func(text string, do func(*store.Note)) {
		out = append(out, widgets.MenuItem{Text: text, Do: func() {
			n.act(func() error {
				do(&v)
				_, err := n.book.Save(v)
				return err
			})
		}})
	}
	if n.mayEdit(v) {
		if v.Pinned {
			set(w.T("notes.unpin"), func(v *store.Note) { v.Pinned = false })
		} else {
			set(w.T("notes.pin"), func(v *store.Note) { v.Pinned = true })
		}
		if v.Kind == store.ComplaintNote && v.Settled {
			set(w.T("notes.reopen"), func(v *store.Note) { v.Settled = false })
		} else if v.Kind == store.ComplaintNote {
			set(w.T("notes.settle"), func(v *store.Note) { v.Settled = true })
		}
	}
	if n.may(v, store.DeleteNotes) {
		out = append(out, widgets.MenuItem{Text: w.T("notes.delete"), Icon: widgets.IconTrash, Do: func() { n.askDelete(v) }})
	}
	return out
}

func (n *notes) edit(v store.Note) {
	n.startEdit(v)
	n.fill()
	widgets.Focus(n.edits[v.ID].area)
}

// act does something to a note and shows the notes as they are then.
func (n *notes) act(do func() error) {
	if err := do(); err != nil {
		n.t.d.e.Fail(err)
	}
	n.reload()
	n.fill()
	n.t.focus()
}

func (n *notes) askDelete(v store.Note) {
	w := n.words()
	widgets.Ask(n.t.d.e.Canvas, w.T("notes.deleteTitle"), w.T("notes.deleteText"), w.T("notes.deleteVerb"), w.T("common.cancel"), true, func() {
		n.act(func() error { return n.book.Delete(v) })
	})
}

// expired is a note that is no longer of use, and the question what becomes of
// it, for who may answer.
func (n *notes) expired(v store.Note) fyne.CanvasObject {
	w, does := n.words(), widgets.Flow(6)
	if n.mayEdit(v) {
		does.Add(widgets.NewButton(w.T("notes.keep", words.Data{"Day": w.Day(v.Kept(n.t.d.today()))}), func() { n.act(func() error { _, err := n.book.Keep(v); return err }) }).Small())
		does.Add(widgets.QuietButton(w.T("notes.shorten"), func() { n.edit(v) }).Small())
	}
	if n.may(v, store.DeleteNotes) {
		does.Add(widgets.QuietButton(w.T("notes.delete"), func() { n.askDelete(v) }).Small())
	}
	return widgets.Column(6, n.read(v), does)
}
