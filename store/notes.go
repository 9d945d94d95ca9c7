package store

// Notes: what staff remember about a customer.

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// MaxNote is the longest note, in characters.
const MaxNote = 4000

// Note is one note on a customer.
type Note struct {
	ID         NoteID          `cbor:"-"`
	Customer   CustomerID      `cbor:"1,keyasint"`
	Text       string          `cbor:"2,keyasint"`
	Author     ProfileID       `cbor:"3,keyasint"`
	Created    time.Time       `cbor:"4,keyasint"`
	Edited     time.Time       `cbor:"5,keyasint,omitzero"`
	First      uint64          `cbor:"6,keyasint"` // the commit that made it: the order of notes
	Kind       NoteKind        `cbor:"7,keyasint,omitempty"`
	Expires    invoice.Date    `cbor:"8,keyasint,omitzero"` // the last day on which it is of use; zero for no end
	Pinned     bool            `cbor:"9,keyasint,omitempty"`
	Sharing    Sharing         `cbor:"10,keyasint,omitempty"`
	EditedBy   ProfileID       `cbor:"11,keyasint,omitzero"`
	Amount     decimal.Decimal `cbor:"12,keyasint,omitempty,omitzero"` // of a PaymentNote, in the shop's currency
	Due        invoice.Date    `cbor:"13,keyasint,omitzero"`           // of a PaymentNote
	Settled    bool            `cbor:"14,keyasint,omitempty"`          // of a ComplaintNote
	Heeded     time.Time       `cbor:"15,keyasint,omitzero"`           // when a ServiceNote was acknowledged, as it reads now
	HeededBy   ProfileID       `cbor:"16,keyasint,omitzero"`           // by whom
	Piece      string          `cbor:"17,keyasint,omitempty"`          // of a FittingNote: what
	Size       string          `cbor:"18,keyasint,omitempty"`          // of a FittingNote
	Reviewed   invoice.Date    `cbor:"19,keyasint,omitzero"`           // when somebody said that it is still needed, as it reads now
	Reasons    []GuardReason   `cbor:"20,keyasint,omitempty"`          // why something stays that the guard found
	AuthorName string          `cbor:"-"`                              // nickname now
	EditorName string          `cbor:"-"`                              // nickname of EditedBy now
	HeederName string          `cbor:"-"`                              // nickname of HeededBy now
	Version    uint64          `cbor:"-"`
}

// Expired reports whether the note is no longer of use, so that somebody should
// say what becomes of it.
func (v Note) Expired(today invoice.Date) bool { return !v.Expires.IsZero() && v.Expires.Before(today) }

// Notes are loaded when a customer is opened.
type Notes struct{ s *Session }

// Notes needs ReadNotes.
func (s *Session) Notes() (*Notes, error) {
	if err := s.need(ReadNotes); err != nil {
		return nil, err
	}
	return &Notes{s}, nil
}

// notePrefix is the first half of the ids of a customer's notes. Without the
// key of the notes area nobody can tell whose notes they are.
func (s *Session) notePrefix(c CustomerID) ([]byte, error) {
	id, err := s.v.Name(areaNotes, "customer "+c.String())
	return id[:8], explain(err)
}

// Of returns the notes on a customer that the session may see: the pinned ones,
// then the others, each newest first. Those that expired are among them, and those
// of whom the customer was merged with.
func (n *Notes) Of(c CustomerID) ([]Note, error) {
	s := n.s
	if err := s.need(ReadNotes); err != nil {
		return nil, err
	}
	list, err := s.notesOf(c)
	if err != nil {
		return nil, err
	}
	eyes, err := s.eyes()
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(v Note) bool { return !eyes.see(v) })
	for i := range list {
		eyes.name(&list[i])
	}
	return list, nil
}

// notesOf reads all notes on a customer, whoever may see them.
func (s *Session) notesOf(c CustomerID) ([]Note, error) {
	ids, err := s.idsOf(s.v.Get, c)
	if err != nil {
		return nil, err
	}
	var out []Note
	for _, id := range ids {
		if out, err = s.notesUnder(id, out); err != nil {
			return nil, err
		}
	}
	// In the order of commits, which no clock can disturb; notes that were
	// imported together have one commit, and are in the order of their times.
	slices.SortFunc(out, func(a, b Note) int {
		return cmp.Or(btoi(b.Pinned)-btoi(a.Pinned), cmp.Compare(b.First, a.First), b.Created.Compare(a.Created))
	})
	return out, nil
}

// notesUnder appends the notes that bear an id.
func (s *Session) notesUnder(c CustomerID, out []Note) ([]Note, error) {
	prefix, err := s.notePrefix(c)
	if err != nil {
		return out, err
	}
	err = s.v.Scan(areaNotes, prefix, func(id vault.ID, plain []byte, version uint64) error {
		var v Note
		err := decode(plain, kindNote, &v)
		if errors.Is(err, errOtherKind) {
			return nil
		}
		if err == nil && v.Customer == c {
			v.ID, v.Version = ID(id), version
			out = append(out, v)
		}
		return err
	})
	return out, explain(err)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// eyes is what decides which notes a session sees.
type eyes struct {
	me       ProfileID
	preview  bool                 // somebody else looks through them
	managers bool                 // it sees what is for managers
	orphans  bool                 // it sees what was written by those who are no longer there
	names    map[ProfileID]string // of everybody
	here     map[ProfileID]bool   // who is one of the staff now
}

func (s *Session) eyes() (eyes, error) {
	all, err := s.profiles()
	e := eyes{me: s.me(), preview: s.preview != nil, managers: s.Can(ManagersNotes), orphans: s.Can(ManageStaff), names: map[ProfileID]string{}, here: map[ProfileID]bool{}}
	for _, p := range all {
		e.names[p.ID], e.here[p.ID] = p.Nickname, !p.Disabled
	}
	return e, err
}

// see reports whether a note is shown to the session. What somebody kept to
// themselves comes to the owner once they are gone: otherwise nobody could ever
// decide on it. Who looks at the program as they see it does not see that either.
func (e eyes) see(v Note) bool {
	switch {
	case v.Sharing == ForAuthor && e.preview:
		return false
	case v.Author == e.me || v.Sharing == ForAll:
		return true
	case v.Sharing == ForManagers:
		return e.managers
	}
	return e.orphans && !e.here[v.Author]
}

func (e eyes) name(v *Note) {
	v.AuthorName, v.EditorName, v.HeederName = e.names[v.Author], e.names[v.EditedBy], e.names[v.HeededBy]
}

// Save adds a note under the session's name, or changes one that has an ID: one's
// own with EditOwnNotes, any other with EditNotes. A note of a kind that has a life
// ends: without a date it gets that life from today. ErrChanged says that somebody
// saved it since it was read; a GuardError, what in it has no reason to stay.
func (n *Notes) Save(v Note) (Note, error) {
	v = v.tidy()
	if v.ID.IsZero() {
		return n.add(v)
	}
	return n.change(v)
}

func (n *Notes) add(v Note) (Note, error) {
	s := n.s
	if err := s.need(AddNotes); err != nil {
		return v, err
	}
	was := v
	v, err := s.newNote(v)
	if err == nil {
		err = s.notesCollected()
	}
	if err == nil {
		err = problemsOf(v.check(), s.late(v))
	}
	if err != nil {
		return was, err
	}
	rules, err := s.guardRules()
	if err != nil {
		return was, err
	}
	v, fresh, err := rules.pass(v, nil)
	if err != nil {
		return was, err
	}
	err = s.update(guardEvent(Event{Kind: NoteAdded, Subject: v.Customer}, fresh), func(tx *vault.Tx) error {
		v.Version, v.First = tx.Number(), tx.Number()
		return write(tx, areaNotes, v.ID, kindNote, v)
	})
	if err != nil {
		return was, err
	}
	return v, nil
}

// newNote is v as a note that the session writes now.
func (s *Session) newNote(v Note) (Note, error) {
	var err error
	if v.Customer, err = s.standing(s.v.Get, v.Customer); err != nil {
		return v, err
	}
	prefix, err := s.notePrefix(v.Customer)
	if err != nil {
		return v, err
	}
	v.ID, v.Author, v.AuthorName = newID(), s.me(), s.Profile().Nickname
	copy(v.ID[:], prefix)
	v.Edited, v.EditedBy, v.EditorName = time.Time{}, ID{}, ""
	v.Heeded, v.HeededBy, v.HeederName, v.Reviewed = time.Time{}, ID{}, "", invoice.Date{}
	if v.Created.IsZero() {
		v.Created = s.now()
	}
	return s.ending(v), nil
}

// ending gives a note the life of its kind where it has no end.
func (s *Session) ending(v Note) Note {
	if v.Expires.IsZero() {
		v.Expires = v.Kind.Life().After(s.today())
	}
	return v
}

// notesCollected refuses new notes where the shop keeps none.
func (s *Session) notesCollected() error {
	fields, err := s.collected()
	if err == nil && !fields.Shown("Notes") {
		err = invoice.Problems{{Field: "Notes", Rule: "not collected"}}
	}
	return err
}

// today is the day where the shop is.
func (s *Session) today() invoice.Date { return invoice.DateOf(s.o.Now()) }

// late says that a note would have expired before it is saved.
func (s *Session) late(v Note) invoice.Problems {
	if v.Expired(s.today()) {
		return invoice.Problems{{Field: "Expires", Rule: "past"}}
	}
	return nil
}

// problemsOf is all of them as an error, nil for none.
func problemsOf(lists ...invoice.Problems) error {
	if all := slices.Concat(lists...); len(all) > 0 {
		return all
	}
	return nil
}

func (n *Notes) change(v Note) (Note, error) {
	s, asked := n.s, v
	if err := n.mayTouch(v, EditNotes); err != nil {
		return v, err
	}
	v = s.ending(v)
	if p := v.check(); len(p) > 0 {
		return asked, p
	}
	rules, err := s.guardRules()
	if err != nil {
		return asked, err
	}
	e := Event{Kind: NoteChanged, Subject: v.Customer}
	err = s.update(e, func(tx *vault.Tx) error {
		old, err := n.oldIn(tx, v)
		if err != nil {
			return err
		}
		if v.Expires != old.Expires {
			if late := s.late(v); late != nil {
				return late
			}
		}
		if v.Sharing == ForAuthor && old.Sharing != ForAuthor && v.Author != s.me() {
			return invoice.Problems{{Field: "Sharing", Rule: "author"}}
		}
		var fresh []GuardFinding
		if v, fresh, err = rules.pass(v, &old); err != nil {
			return err
		}
		if err := s.logged(guardEvent(e, fresh), nothingElse)(tx); err != nil {
			return err
		}
		v.Created, v.First = old.Created, old.First
		v.Heeded, v.HeededBy, v.Reviewed = old.Heeded, old.HeededBy, old.Reviewed
		if v.Text != old.Text {
			v.Reviewed = invoice.Date{}
		}
		if v.Kind != ServiceNote || v.Text != old.Text {
			v.Heeded, v.HeededBy = time.Time{}, ID{}
		}
		v.Edited, v.EditedBy, v.Version = s.now(), s.me(), tx.Number()
		return write(tx, areaNotes, v.ID, kindNote, v)
	})
	if err != nil {
		return asked, err
	}
	names, err := s.eyes()
	names.name(&v)
	return v, err
}

// mayTouch wants the right to change or delete a note: EditOwnNotes for one's own,
// another for those of others.
func (n *Notes) mayTouch(v Note, others Right) error {
	if v.Author == n.s.me() {
		return n.s.need(EditOwnNotes)
	}
	return n.s.need(others)
}

// oldIn reads what stands of a note that the session is about to touch. One that is
// somebody else's, on another customer or not for the session's eyes is not found.
func (n *Notes) oldIn(tx *vault.Tx, v Note) (Note, error) {
	var old Note
	version, err := readIn(tx, areaNotes, v.ID, kindNote, &old)
	if err != nil {
		return old, err
	}
	if old.Author != v.Author || old.Customer != v.Customer {
		return old, ErrNotFound
	}
	if eyes, err := n.s.eyes(); err != nil || !eyes.see(old) {
		return old, cmp.Or(err, ErrNotFound)
	}
	if version != v.Version {
		return old, ErrChanged
	}
	return old, nil
}

// Delete removes a note: one's own with EditOwnNotes, any other with DeleteNotes.
func (n *Notes) Delete(v Note) error {
	if err := n.mayTouch(v, DeleteNotes); err != nil {
		return err
	}
	return n.s.update(Event{Kind: NoteDeleted, Subject: v.Customer}, func(tx *vault.Tx) error {
		if _, err := n.oldIn(tx, v); err != nil {
			return err
		}
		return explain(tx.Delete(areaNotes, vault.ID(v.ID)))
	})
}

// Heed acknowledges a ServiceNote under the session's name: the session's member of
// staff read what must be done. A change of its text takes that back.
func (n *Notes) Heed(v Note) (Note, error) {
	s := n.s
	if err := s.need(AddNotes); err != nil {
		return v, err
	}
	return n.touch(v, NoteHeeded, func(old *Note) error {
		if old.Kind != ServiceNote {
			return ErrNotFound
		}
		old.Heeded, old.HeededBy = s.now(), s.me()
		return nil
	})
}

// touch changes what stands of a note and nothing that the caller holds of it.
func (n *Notes) touch(v Note, e EventKind, do func(*Note) error) (Note, error) {
	s := n.s
	var old Note
	err := s.update(Event{Kind: e, Subject: v.Customer}, func(tx *vault.Tx) error {
		var err error
		if old, err = n.oldIn(tx, v); err != nil {
			return err
		}
		old.ID, old.Version = v.ID, tx.Number()
		if err := do(&old); err != nil {
			return err
		}
		return write(tx, areaNotes, v.ID, kindNote, old)
	})
	if err != nil {
		return v, err
	}
	names, err := s.eyes()
	names.name(&old)
	return old, err
}

// Import adds many notes under the session's name and reports how many are in
// the book after each batch. A note that has a time of its own keeps it, and may
// have expired. All are checked before any is written; a problem's field starts with the index,
// "[12].Text". What was written before ctx ended stays, and stands in list as
// it was stored, with its ID.
func (n *Notes) Import(ctx context.Context, list []Note, progress func(done int)) error {
	s := n.s
	if err := s.need(AddNotes); err != nil {
		return err
	}
	if err := s.notesCollected(); err != nil {
		return err
	}
	rules, err := s.guardRules()
	if err != nil {
		return err
	}
	var bad invoice.Problems
	tidy := make([]Note, len(list))
	for i, v := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		v, err := s.newNote(v.tidy())
		if err != nil {
			return err
		}
		if p := v.check(); len(p) > 0 {
			bad = append(bad, inRecord(i, p)...)
		} else if v, _, err = rules.pass(v, nil); err != nil {
			bad = append(bad, inRecord(i, guardProblems(err))...)
		}
		v.AuthorName = ""
		tidy[i] = v
	}
	if len(bad) > 0 {
		return bad
	}
	return s.inBatches(ctx, len(tidy), importBatch, progress, func(from, to int) error {
		err := s.update(Event{Kind: NotesImported, Count: to - from}, func(tx *vault.Tx) error {
			for i := from; i < to; i++ {
				tidy[i].Version, tidy[i].First = tx.Number(), tx.Number()
				if err := write(tx, areaNotes, tidy[i].ID, kindNote, tidy[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			copy(list[from:to], tidy[from:to])
		}
		return err
	})
}
