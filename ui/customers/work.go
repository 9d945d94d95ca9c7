// Unsaved work: what is kept when the book is locked, and what is asked before
// the screen is left.

package customers

import (
	"bytes"
	"cmp"
	"slices"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// quietInset is the room a quiet button has before its word, taken back so that
// the word stands under the text.
const quietInset float32 = 10

// work is everything typed on the screen that is not in the book.
type work struct {
	Open  store.CustomerID `cbor:"1,keyasint,omitempty"`
	Notes []noteWork       `cbor:"2,keyasint,omitempty"`
	Form  *formWork        `cbor:"3,keyasint,omitempty"`
}

// formWork is a form: of which customer in which version, zero for a new one,
// how that was, and how it stands in the form.
type formWork struct {
	ID      store.CustomerID `cbor:"1,keyasint,omitempty"`
	Version uint64           `cbor:"2,keyasint,omitempty"`
	Was     store.Customer   `cbor:"3,keyasint"`
	Typed   store.Customer   `cbor:"4,keyasint"`
	Birth   string           `cbor:"5,keyasint,omitempty"` // a birthday that cannot be read
	Private bool             `cbor:"6,keyasint,omitempty"` // what is typed of a company does not count
}

// Work implements [screen.Worker].
func (d *directory) Work() (any, bool) {
	w := work{Notes: d.unsaved()}
	for i := range w.Notes {
		n := &w.Notes[i]
		for _, typed := range []*string{&n.Text, &n.Piece, &n.Size, &n.Amount, &n.Due, &n.Ends} {
			*typed = d.blanked(*typed)
		}
	}
	if d.detail != nil {
		w.Open = d.detail.c.ID
	}
	if d.form != nil && d.form.changed() {
		w.Form = &formWork{ID: d.form.was.ID, Version: d.form.was.Version, Was: d.form.was, Typed: d.form.written(),
			Private: !d.form.fields.isCompany.Ticked()}
		if _, ok := d.form.birthday(); !ok {
			w.Form.Birth = d.form.entries[birthdayKey].Text
		}
	}
	return w, w.Form != nil || len(w.Notes) > 0
}

// unsaved lists the notes that are not in the book as they were typed.
func (d *directory) unsaved() []noteWork {
	var out []noteWork
	for key, p := range d.pending {
		if p.blank() || d.asSaved(key, p) {
			continue
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b noteWork) int { // the same work is kept as the same bytes
		return cmp.Or(bytes.Compare(a.Customer[:], b.Customer[:]), bytes.Compare(a.Note[:], b.Note[:]))
	})
	return out
}

// asSaved reports whether a note is being changed, but was not yet.
func (d *directory) asSaved(key noteKey, p noteWork) bool {
	if key.note.IsZero() {
		return false
	}
	book, err := d.e.Session.Notes()
	if err != nil {
		return false
	}
	list, err := book.Of(key.customer)
	if err != nil {
		return false
	}
	for _, v := range list {
		if v.ID == key.note {
			return p.same(workOf(v))
		}
	}
	return false
}

// Resume implements [screen.Worker].
func (d *directory) Resume(read func(any) error) error {
	var w work
	if err := read(&w); err != nil {
		return err
	}
	if d.book == nil {
		return nil
	}
	for _, n := range w.Notes {
		d.pending[n.key()] = n
		if w.Open.IsZero() {
			w.Open = n.Customer
		}
	}
	if !w.Open.IsZero() {
		c, err := d.book.Get(w.Open)
		if err != nil {
			return err
		}
		d.open(c)
		if n := d.detail.notes; n != nil && n.add != nil && n.add.changed() {
			widgets.Focus(n.add.area)
		}
	}
	if f := w.Form; f != nil {
		f.Was.ID, f.Was.Version = f.ID, f.Version
		f.Typed.ID, f.Typed.Version = f.ID, f.Version
		d.openForm(f.Was, f.Typed)
		if f.Private {
			d.form.fields.isCompany.SetTicked(false)
			d.form.fields.arrange()
		}
		if f.Birth != "" {
			d.form.entries[birthdayKey].SetText(f.Birth)
		}
	}
	return nil
}

// Leave implements [screen.Leaver]: notes that were typed are saved or given up,
// as the person wants.
func (d *directory) Leave(then func()) {
	left := d.unsaved()
	if len(left) == 0 {
		d.hideShown()
		then()
		return
	}
	w, name := d.e.Words, ""
	if c, err := d.book.Get(left[0].Customer); err == nil {
		name = c.Name
	}
	var ask *widgets.Dialog
	away := func() {
		ask.Close()
		d.hideShown()
		then()
	}
	ask = &widgets.Dialog{
		Title:   w.N("customers.leaveTitle", len(left), words.Data{"Name": name}),
		Text:    w.N("customers.leaveText", len(left)),
		Content: widgets.Padded(0, 0, 0, -quietInset, widgets.Row(0, widgets.QuietButton(w.T("customers.leaveWithout"), away))),
		Confirm: w.N("customers.leaveSave", len(left)),
		Cancel:  w.T("customers.leaveStay"),
		OnConfirm: func() bool {
			if err := d.saveNotes(left); err != nil {
				d.e.Refused(ask, err)
				return false
			}
			away()
			return true
		},
	}
	ask.ShowOn(d.e.Canvas)
	widgets.Focus(ask.Button()) // and not on what gives the notes up
}

// saveNotes saves notes of any customers, the ones saved being done with even
// when a later one fails.
func (d *directory) saveNotes(list []noteWork) error {
	book, err := d.e.Session.Notes()
	if err != nil {
		return err
	}
	for _, n := range list {
		if err := saveNote(book, n); err != nil {
			return err
		}
		delete(d.pending, n.key())
	}
	return nil
}
