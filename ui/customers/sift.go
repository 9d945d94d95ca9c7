// Going through notes one after the other: those one is asked about, and those
// that most likely say more than they should. A key decides on each.

package customers

import (
	"context"
	"errors"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// mostTriaged is how many notes are gone through in one go.
const mostTriaged = 50

// sift is the dialog.
type sift struct {
	d       *directory
	book    *store.Notes
	list    []store.Triaged
	at      int
	done    map[string]int // what became of how many
	sure    bool           // whether the note is deleted was asked
	area    *widgets.Entry // its text is being shortened; nil otherwise
	buttons map[rune]*widgets.Button
	content *fyne.Container
	dialog  *widgets.Dialog
	stop    func() // taking keys
	last    rune   // the key before
	lastAt  time.Time
}

// askStill looks beside the screen for notes that one is asked about, and offers
// to go through them.
func (d *directory) askStill() {
	if !d.e.Can(store.ReadNotes) || !d.e.Can(store.EditOwnNotes) {
		return
	}
	book, err := d.e.Session.Notes()
	if err != nil {
		return
	}
	var list []store.Note
	d.e.Run.Run(func(ctx context.Context) (err error) {
		list, err = book.StillNeeded(ctx)
		return err
	}, func(err error) {
		if err != nil {
			d.e.Fail(err)
			return
		}
		d.offerStill(book, list)
	})
}

// offerStill says above the table how many notes one is asked about.
func (d *directory) offerStill(book *store.Notes, list []store.Note) {
	w := d.e.Words
	d.still.RemoveAll()
	if len(list) > 0 {
		all := make([]store.Triaged, len(list))
		for i, v := range list {
			all[i].Note = v
		}
		d.still.Add(widgets.Padded(0, 0, 10, 0, widgets.Banner(widgets.Look, w.N("notes.still", len(list)), w.T("notes.stillText"),
			widgets.NewButton(w.T("notes.stillOpen"), func() { d.sift(book, w.T("notes.stillTitle"), all) }))))
	}
	d.body.Refresh()
}

// noteItems are what is now and then done with all notes.
func (d *directory) noteItems() []widgets.MenuItem {
	if !d.browse || !d.e.Can(store.EditNotes) || !d.e.Can(store.DeleteNotes) {
		return nil
	}
	return []widgets.MenuItem{{Text: d.e.Words.T("notes.triage"), Icon: widgets.IconNote, Do: d.triage}}
}

// triage goes through the notes that need it most.
func (d *directory) triage() {
	w := d.e.Words
	book, err := d.e.Session.Notes()
	if err != nil {
		d.e.Fail(err)
		return
	}
	var list []store.Triaged
	d.e.Say(widgets.Toast{Text: w.T("notes.triageLooks")})
	d.e.Run.Run(func(ctx context.Context) (err error) {
		list, err = book.Triage(ctx, mostTriaged, nil)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			d.e.Fail(err)
		case len(list) == 0:
			d.e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T("notes.triageNone")})
		default:
			d.sift(book, w.T("notes.triageTitle"), list)
		}
	})
}

// sift opens the dialog on notes.
func (d *directory) sift(book *store.Notes, title string, list []store.Triaged) {
	s := &sift{d: d, book: book, list: list, done: map[string]int{}, content: widgets.Column(14)}
	s.dialog = &widgets.Dialog{Title: title, Text: d.e.Words.T("notes.siftText"), Width: 640, Content: s.content, Reading: true,
		Cancel: d.e.Words.T("common.close"), OnCancel: s.leave, OnLeave: func(leave func()) { d.giveUp(s.typed(), leave) }}
	s.fill()
	s.stop = widgets.TakeStray(s.key)
	s.dialog.ShowOn(d.e.Canvas)
	s.focus()
}

// leave ends it, and looks anew what is still asked.
func (s *sift) leave() {
	s.stop()
	s.drop()
	if s.d.detail == nil {
		s.d.askStill()
	} else if n := s.d.detail.notes; n != nil {
		n.reload()
		n.fill()
	}
}

func (s *sift) typed() bool { return s.area != nil && s.area.Text != s.list[s.at].Note.Text }

// fill shows the note that is next, or what became of all.
func (s *sift) fill() {
	w := s.d.e.Words
	s.buttons = map[rune]*widgets.Button{}
	if s.at >= len(s.list) {
		s.content.Objects = []fyne.CanvasObject{widgets.NewText(w.T("notes.sifted", words.Data{"Kept": w.Number(s.done["keep"]),
			"Shortened": w.Number(s.done["shorten"]), "Deleted": w.Number(s.done["delete"]), "Left": w.Number(s.done["next"])})).Wrap()}
		s.refresh()
		return
	}
	t := s.list[s.at]
	name := ""
	if c, err := s.d.book.Get(t.Note.Customer); err == nil {
		name = c.Name
	}
	head := widgets.Row(8, widgets.Grow(widgets.Strong(name).Cut()),
		widgets.Caption(w.T("notes.siftAt", words.Data{"At": w.Number(s.at + 1), "Of": w.Number(len(s.list))})))
	parts := []fyne.CanvasObject{head}
	if why := s.why(t); len(why) > 0 {
		parts = append(parts, widgets.Flow(6, why...))
	}
	if s.area != nil {
		parts = append(parts, s.area, widgets.Row(8, widgets.Grow(widgets.Caption(w.T("notes.siftSave")).Wrap()),
			widgets.QuietButton(w.T("common.cancel"), s.unshorten), widgets.NewButton(w.T("common.save"), s.save)))
	} else {
		parts = append(parts, s.d.note(t.Note), s.answers(t.Note))
	}
	s.content.Objects = parts
	s.refresh()
}

func (s *sift) refresh() {
	s.content.Refresh()
	if s.dialog.Open() {
		s.dialog.Refresh()
	}
}

// why says what is to be looked at in a note.
func (s *sift) why(t store.Triaged) (out []fyne.CanvasObject) {
	w := s.d.e.Words
	for _, k := range t.Found {
		out = append(out, widgets.NewBadge(widgets.Look, w.T("notes.found."+k.String())))
	}
	if t.Long {
		out = append(out, widgets.NewBadge(widgets.Neutral, w.N("notes.why.long", utf8.RuneCountInString(t.Note.Text))))
	}
	if t.Old {
		out = append(out, widgets.NewBadge(widgets.Neutral, w.T("notes.why.old")))
	}
	if t.Note.Expired(s.d.today()) {
		out = append(out, widgets.NewBadge(widgets.Neutral, w.T("notes.why.expired")))
	}
	return out
}

// answers are what can become of a note, each with its key.
func (s *sift) answers(v store.Note) fyne.CanvasObject {
	w, row := s.d.e.Words, widgets.Flow(8)
	add := func(key rune, text string, do func()) *widgets.Button {
		b := widgets.NewButton(text, do).WithHint(string(key))
		s.buttons[key] = b
		row.Add(b)
		return b
	}
	add('K', w.T("notes.sift.keep"), func() { s.decide("keep", func() error { _, err := s.book.Keep(v); return err }) })
	add('S', w.T("notes.sift.shorten"), s.shorten)
	add('M', w.T("notes.sift.move"), s.move)
	if s.sure {
		add('D', w.T("notes.sift.sure"), func() { s.decide("delete", func() error { return s.book.Delete(v) }) }).As(widgets.Danger)
	} else {
		add('D', w.T("notes.sift.delete"), func() { s.sure = true; s.fill(); widgets.Focus(s.buttons['D']) })
	}
	add('N', w.T("notes.sift.next"), func() { s.decide("next", func() error { return nil }) })
	return row
}

// heldDown is the longest time between two letters of a key that is held down.
const heldDown = 200 * time.Millisecond

// key does what a letter stands for. A key that is held down is one letter: it must not
// delete note after note.
func (s *sift) key(r rune) {
	now := s.d.e.Now()
	held := r == s.last && now.Sub(s.lastAt) < heldDown
	s.last, s.lastAt = r, now
	if b := s.buttons[unicode.ToUpper(r)]; b != nil && s.dialog.Open() && !held {
		b.OnTapped()
	}
}

func (s *sift) focus() {
	if b := s.buttons['K']; b != nil {
		widgets.Focus(b)
	}
}

// decide does what was decided and goes on.
func (s *sift) decide(what string, do func() error) {
	switch err := do(); {
	case errors.Is(err, store.ErrGuarded):
		s.dialog.SetProblem(s.d.e.Words.T("notes.siftGuarded"))
		s.refresh()
		return
	case err != nil:
		s.d.e.Refused(s.dialog, err)
		return
	}
	s.dialog.SetProblem("")
	s.drop()
	s.done[what]++
	s.at++
	s.sure = false
	s.fill()
	if s.at < len(s.list) {
		s.focus()
		return
	}
	s.dialog.Close()
	s.leave()
	w := s.d.e.Words
	s.d.e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T("notes.sifted", words.Data{"Kept": w.Number(s.done["keep"]),
		"Shortened": w.Number(s.done["shorten"]), "Deleted": w.Number(s.done["delete"]), "Left": w.Number(s.done["next"])})})
}

// shorten lets the text be changed in its place.
func (s *sift) shorten() {
	w := s.d.e.Words
	s.area = widgets.NewArea(4)
	s.area.SetLabel(w.T("notes.sift.text"))
	s.area.SetText(s.list[s.at].Note.Text)
	s.area.OnSubmitted = func(string) { s.save() }
	s.area.OnChanged = func(text string) { // so that it outlives a lock
		p := workOf(s.list[s.at].Note)
		p.Text = text
		s.d.pending[p.key()] = p
	}
	s.sure = false
	s.fill()
	widgets.Focus(s.area)
}

func (s *sift) unshorten() {
	s.d.giveUp(s.typed(), func() {
		s.drop()
		s.fill()
		s.focus()
	})
}

// drop gives up what was typed into the text.
func (s *sift) drop() {
	if s.area != nil {
		delete(s.d.pending, workOf(s.list[s.at].Note).key())
		s.area = nil
	}
}

// save stores the shorter text, which is kept then.
func (s *sift) save() {
	v := s.list[s.at].Note
	v.Text = s.area.Text
	if v.Expired(s.d.today()) {
		v.Expires = v.Kept(s.d.today())
	}
	s.decide("shorten", func() error {
		saved, err := s.book.Save(v)
		if err == nil {
			_, err = s.book.Keep(saved)
		}
		return err
	})
}

// move leads to the note at its customer, where what is in it can be moved to
// where it belongs.
func (s *sift) move() {
	v := s.list[s.at].Note
	s.dialog.Close()
	s.stop()
	s.d.openID(v.Customer)
	if t := s.d.detail; t != nil && t.notes != nil {
		t.notes.edit(v)
	}
}
