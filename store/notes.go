package store

// Notes: what staff remember about a customer.

import (
	"cmp"
	"context"
	"slices"
	"time"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// MaxNote is the longest note, in characters.
const MaxNote = 4000

// Note is one note on a customer.
type Note struct {
	ID         NoteID     `cbor:"-"`
	Customer   CustomerID `cbor:"1,keyasint"`
	Text       string     `cbor:"2,keyasint"`
	Author     ProfileID  `cbor:"3,keyasint"`
	Created    time.Time  `cbor:"4,keyasint"`
	Edited     time.Time  `cbor:"5,keyasint,omitzero"`
	First      uint64     `cbor:"6,keyasint"` // the commit that made it: the order of notes
	AuthorName string     `cbor:"-"`          // nickname now
	Version    uint64     `cbor:"-"`
}

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

// Of returns a customer's notes, newest first.
func (n *Notes) Of(c CustomerID) ([]Note, error) {
	s := n.s
	if err := s.need(ReadNotes); err != nil {
		return nil, err
	}
	prefix, err := s.notePrefix(c)
	if err != nil {
		return nil, err
	}
	names, err := s.nicknames()
	if err != nil {
		return nil, err
	}
	var out []Note
	err = s.v.Scan(areaNotes, prefix, func(id vault.ID, plain []byte, version uint64) error {
		var v Note
		if err := decode(plain, kindNote, &v); err != nil {
			return err
		}
		if v.Customer == c {
			v.ID, v.Version, v.AuthorName = ID(id), version, names[v.Author]
			out = append(out, v)
		}
		return nil
	})
	// In the order of commits, which no clock can disturb; notes that were
	// imported together have one commit, and are in the order of their times.
	slices.SortFunc(out, func(a, b Note) int {
		return cmp.Or(cmp.Compare(b.First, a.First), b.Created.Compare(a.Created))
	})
	return out, explain(err)
}

// Add writes a note under the session's name.
func (n *Notes) Add(c CustomerID, text string) (Note, error) {
	s := n.s
	if err := s.need(AddNotes); err != nil {
		return Note{}, err
	}
	text, err := tidyNote(text)
	if err != nil {
		return Note{}, err
	}
	prefix, err := s.notePrefix(c)
	if err != nil {
		return Note{}, err
	}
	v := Note{ID: newID(), Customer: c, Text: text, Author: s.me(), Created: s.now()}
	copy(v.ID[:], prefix)
	v.AuthorName = s.Profile().Nickname
	err = s.update(Event{Kind: NoteAdded, Subject: c}, func(tx *vault.Tx) error {
		v.Version, v.First = tx.Number(), tx.Number()
		return write(tx, areaNotes, v.ID, kindNote, v)
	})
	return v, err
}

// Import adds many notes under the session's name and reports how many are in
// the book after each batch. A note that has a time of its own keeps it. All
// are checked before any is written; a problem's field starts with the index,
// "[12].Text". What was written before ctx ended stays, and stands in list as
// it was stored, with its ID.
func (n *Notes) Import(ctx context.Context, list []Note, progress func(done int)) error {
	s := n.s
	if err := s.need(AddNotes); err != nil {
		return err
	}
	var bad invoice.Problems
	tidy := make([]Note, len(list))
	for i, v := range list {
		v.ID, v.Author, v.AuthorName = newID(), s.me(), ""
		var err error
		if v.Text, err = tidyNote(v.Text); err != nil {
			bad = append(bad, inRecord(i, err)...)
		}
		prefix, err := s.notePrefix(v.Customer)
		if err != nil {
			return err
		}
		copy(v.ID[:], prefix)
		if v.Created.IsZero() {
			v.Created = s.now()
		}
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

// Edit changes the text of a note: one's own with EditOwnNotes, any with EditNotes.
func (n *Notes) Edit(v Note, text string) (Note, error) {
	s := n.s
	right := EditNotes
	if v.Author == s.me() {
		right = EditOwnNotes
	}
	if err := s.need(right); err != nil {
		return v, err
	}
	text, err := tidyNote(text)
	if err != nil {
		return v, err
	}
	err = s.update(Event{Kind: NoteChanged, Subject: v.Customer}, func(tx *vault.Tx) error {
		var old Note
		version, err := readIn(tx, areaNotes, v.ID, kindNote, &old)
		if err != nil {
			return err
		}
		if version != v.Version {
			return ErrChanged
		}
		if old.Author != v.Author || old.Customer != v.Customer {
			return ErrNotFound
		}
		old.ID, old.AuthorName = v.ID, v.AuthorName
		v = old
		v.Text, v.Edited, v.Version = text, s.now(), tx.Number()
		return write(tx, areaNotes, v.ID, kindNote, v)
	})
	return v, err
}

func tidyNote(text string) (string, error) {
	trim(&text)
	var p problems
	if text == "" {
		p.add("Text", "missing")
	}
	p.lines("Text", text, MaxNote)
	if len(p) > 0 {
		return text, invoice.Problems(p)
	}
	return text, nil
}
