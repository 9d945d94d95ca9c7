package invoices

// Keeping what is typed: saving the draft, leaving it, and the desk that holds
// what was not saved.

import (
	"errors"
	"strings"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Save implements [screen.Saver].
func (ed *editor) Save() {
	if ed.lost != nil || ed.done || ed.issuing {
		return
	}
	if ed.held.ID.IsZero() && !ed.unsaved() {
		ed.e.Say(widgets.Toast{Text: ed.w.T("invoices.draft.nothing")})
		return
	}
	if wrong := ed.unreadable(); len(wrong) > 0 {
		ed.markUnreadable(wrong)
		return
	}
	ed.store(func() { ed.e.Say(widgets.Toast{Tone: widgets.Good, Text: ed.w.T("invoices.draft.saved")}) })
}

// unreadable is what is typed where a number or a date belongs and is none. A
// text below the lines becomes a line first.
func (ed *editor) unreadable() []found {
	ed.lines.keep()
	_, wrong := ed.read.document(ed.typed())
	return wrong
}

// markUnreadable says what cannot be saved as it is, and goes there. It stays as
// it was typed.
func (ed *editor) markUnreadable(wrong []found) {
	for _, f := range wrong {
		ed.place(f)
	}
	ed.focusOn(wrong[0].field)
	ed.e.Say(widgets.Toast{Tone: widgets.Look, Text: ed.w.T("invoices.draft.unreadable")})
}

// store saves the draft and calls then when it is in the book. What cannot be
// read is left out; callers ask before.
func (ed *editor) store(then func()) {
	if err := ed.put(); err != nil {
		ed.notStored(err, then)
		return
	}
	then()
}

// put puts the draft into the book.
func (ed *editor) put() error {
	t := ed.typed()
	doc, _ := ed.read.document(t)
	saved, err := ed.drafts.Save(store.Draft{ID: t.ID, Customer: t.Customer, Doc: doc, Author: ed.author(t.ID), Version: t.Version})
	if err == nil {
		ed.saved(saved)
	}
	return err
}

// notStored says why the draft could not be saved; then is called when it could
// be after all, as another draft.
func (ed *editor) notStored(err error, then func()) {
	var problems invoice.Problems
	switch {
	case errors.Is(err, store.ErrChanged), errors.Is(err, store.ErrNotFound):
		ed.resolve(err, then)
	case errors.As(err, &problems):
		var all []found
		for _, p := range problems {
			all = append(all, said(ed.w, p))
		}
		ed.mark(all)
		ed.focusOn(all[0].field)
	case ofDisk(err):
		ed.tell(err)
	default:
		ed.e.Fail(err)
	}
}

// ofDisk reports whether the disk is at fault, where trying again may help.
func ofDisk(err error) bool {
	for _, known := range []error{store.ErrFull, store.ErrDisk, store.ErrReadOnly, store.ErrMoved} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// tell says what the disk refused, what was kept and what to do. It stays until
// it was read.
func (ed *editor) tell(err error) {
	key := "invoices.notSaved"
	if ed.issuing {
		key = "invoices.notIssued"
	}
	widgets.Tell(ed.e.Canvas, ed.w.T(key), ed.w.T(key+".text", words.Data{"Why": ed.w.Error(err)}), ed.w.T("common.close"))
}

// author keeps who began a draft.
func (ed *editor) author(id store.DraftID) store.ProfileID {
	if !id.IsZero() {
		if d, err := ed.drafts.Get(id); err == nil {
			return d.Author
		}
	}
	return store.ProfileID{}
}

func (ed *editor) saved(d store.Draft) {
	ed.held.ID, ed.held.Version = d.ID, d.Version
	ed.begun = ed.typed()
}

// resolve asks what to do when somebody else changed, discarded or issued the
// draft meanwhile. Nothing is overwritten and nothing typed is lost.
func (ed *editor) resolve(err error, then func()) {
	if errors.Is(err, store.ErrNotFound) && ed.invoices != nil {
		if doc, issued, err := ed.invoices.Issued(ed.held.ID); err == nil && issued {
			ed.went(doc.Number)
			return
		}
	}
	key := "invoices.changed"
	if errors.Is(err, store.ErrNotFound) {
		key = "invoices.vanished"
	}
	d := &widgets.Dialog{Title: ed.w.T(key), Text: ed.w.T(key + ".text"), Confirm: ed.w.T("invoices.changed.separate"), Cancel: ed.w.T("invoices.changed.stay")}
	d.OnConfirm = func() bool {
		ed.held.ID, ed.held.Version = store.DraftID{}, 0
		ed.store(then)
		return true
	}
	d.ShowOn(ed.e.Canvas)
}

// went tells that the draft is an invoice already, and shows it.
func (ed *editor) went(number string) {
	id := ed.held.ID
	ed.done = true
	ed.e.Say(widgets.Toast{Tone: widgets.Look, Text: ed.w.T("invoices.already", words.Data{"Number": number})})
	ed.e.Go(screen.Route{Place: screen.Invoice, ID: id})
}

// Leave implements [screen.Leaver]: what is typed is saved and said so; an
// untouched new draft leaves nothing behind, nor does one of a preview.
func (ed *editor) Leave(then func()) {
	if ed.issuing {
		return // it is over in a moment, and leads to the invoice
	}
	if !ed.unsaved() || ed.e.Session.Preview() {
		then()
		return
	}
	ed.to.keep()
	switch {
	case len(ed.unreadable()) > 0:
		d := &widgets.Dialog{Title: ed.w.T("invoices.leave.unreadable"), Text: ed.w.T("invoices.leave.unreadable.text"),
			Confirm: ed.w.T("invoices.leave.without"), Cancel: ed.w.T("invoices.leave.stay"), Danger: true}
		d.OnConfirm = func() bool { ed.leave(then); return true }
		d.OnCancel = func() { ed.markUnreadable(ed.unreadable()) }
		d.ShowOn(ed.e.Canvas)
	default:
		ed.leave(then)
	}
}

func (ed *editor) leave(then func()) {
	ed.store(func() {
		ed.done = true
		ed.e.Say(widgets.Toast{Tone: widgets.Good, Text: ed.w.T("invoices.draft.kept")})
		then()
	})
}

// discard removes the draft, after a question when there is something in it.
func (ed *editor) discard() {
	if ed.issuing {
		return
	}
	if ed.held.ID.IsZero() && !ed.unsaved() {
		ed.gone()
		return
	}
	text := ed.w.T("invoices.discard.text")
	if name := strings.TrimSpace(ed.to.party.Name); name != "" {
		text = ed.w.T("invoices.discard.for", words.Data{"Name": name})
	}
	widgets.Ask(ed.e.Canvas, ed.w.T("invoices.discard"), text, ed.w.T("invoices.discard.verb"), ed.w.T("common.cancel"), true, func() {
		if !ed.held.ID.IsZero() {
			if err := ed.drafts.Discard(ed.held.ID); err != nil && !errors.Is(err, store.ErrNotFound) {
				ed.e.Fail(err)
				return
			}
		}
		ed.e.Say(widgets.Toast{Text: ed.w.T("invoices.discarded")})
		ed.gone()
	})
}

func (ed *editor) gone() {
	ed.done = true
	ed.e.Go(screen.Route{Place: screen.Invoices})
}

// Work implements [screen.Worker].
func (ed *editor) Work() (any, bool) {
	if !ed.unsaved() {
		return nil, false
	}
	return ed.typed(), true
}

// Resume implements [screen.Worker]: everything typed is there again, also when
// the draft it belonged to is not. What was changed, issued or discarded since is
// found out on saving.
func (ed *editor) Resume(read func(v any) error) error {
	if ed.lost != nil && !errors.Is(ed.lost, store.ErrNotFound) {
		return ed.lost
	}
	var t typed
	if err := read(&t); err != nil {
		return err
	}
	if ed.lost != nil {
		ed.lost = nil
		ed.begin(ed.read.fresh(ed.e.Now()))
	}
	ed.apply(t)
	ed.changed()
	if ed.to.chosen {
		widgets.Focus(ed.lines.entry)
	}
	return nil
}
