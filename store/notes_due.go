package store

// Notes that somebody should decide on: those whose life ends, for who wrote them,
// and those that most likely say more than they should, for who tidies up. Nothing
// is ever deleted because of its age alone.

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
	"counterbook/store/sensitive"
)

const (
	// askBefore is how many days before its end a note's author is asked.
	askBefore = 14
	// reviewedFor is how many months a note that was kept in a triage is left alone.
	reviewedFor = 12
	// worthALook is the least score of a note in a triage: more than being a year
	// old, or of no kind.
	worthALook = 2
	// shortNote is the length up to which a note is read at a glance.
	shortNote = 280
)

// Keep says that a note is still needed: it gets another life of its kind, and a
// triage leaves it alone for a year. It needs what changing the note needs. A GuardError
// says what in it has no reason to stay.
func (n *Notes) Keep(v Note) (Note, error) {
	today := n.s.today()
	if err := n.mayTouch(v, EditNotes); err != nil {
		return v, err
	}
	rules, err := n.s.guardRules()
	if err != nil {
		return v, err
	}
	return n.touch(v, NoteChanged, func(old *Note) error {
		if found := rules.unexplained(*old); len(found) > 0 {
			return &GuardError{Findings: found}
		}
		if old.Kind.Life() != (Life{}) || old.Expired(today.AddDays(askBefore)) {
			old.Expires = old.Kept(today)
		}
		old.Reviewed = today
		return nil
	})
}

// Kept is the last day of a note that is kept from a day on: another life of its
// kind, or a year where the kind has none.
func (v Note) Kept(from invoice.Date) invoice.Date {
	if d := v.Kind.Life().After(from); !d.IsZero() {
		return d
	}
	return Life{Months: 12}.After(from)
}

// StillNeeded lists the notes that expired or soon will and that the session is
// asked about: its own, and for who manages staff those of authors who are gone;
// those that end first come first. It reads all notes where one was changed since, so
// it belongs beside the screen.
func (n *Notes) StillNeeded(ctx context.Context) ([]Note, error) {
	if !n.s.Can(EditOwnNotes) {
		return nil, n.s.need(ReadNotes)
	}
	s, today := n.s, n.s.today()
	mine, err := s.eyes()
	if err != nil {
		return nil, err
	}
	now := dueNotes{day: today, notes: s.v.Changed(areaNotes), eyes: mine}
	s.mu.Lock()
	was := s.due
	s.mu.Unlock()
	if was.same(now) {
		return slices.Clone(was.list), nil
	}
	until := today.AddDays(askBefore + 1)
	var out []Note
	err = n.each(ctx, nil, func(e eyes, v Note) {
		if v.Expired(until) && (v.Author == e.me || e.orphans && !e.here[v.Author]) {
			out = append(out, v)
		}
	})
	slices.SortStableFunc(out, func(a, b Note) int { return a.Expires.Compare(b.Expires) })
	if err != nil {
		return out, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now.list = slices.Clone(out)
	s.due = now
	return out, nil
}

// dueNotes are the notes that end, and what decides which they are: as long as that
// is the same, so are they.
type dueNotes struct {
	day   invoice.Date
	notes [2]uint64 // the state of all notes
	eyes  eyes
	list  []Note
}

func (d dueNotes) same(o dueNotes) bool {
	return d.day == o.day && d.notes == o.notes && d.eyes.managers == o.eyes.managers && d.eyes.orphans == o.eyes.orphans &&
		maps.Equal(d.eyes.names, o.eyes.names) && maps.Equal(d.eyes.here, o.eyes.here)
}

// Agreements lists the payment agreements with a customer that have not expired,
// the one that is due first before the others.
func (n *Notes) Agreements(c CustomerID) ([]Note, error) {
	list, err := n.Of(c)
	today := n.s.today()
	list = slices.DeleteFunc(list, func(v Note) bool { return v.Kind != PaymentNote || v.Expired(today) })
	slices.SortStableFunc(list, func(a, b Note) int { return a.Due.Compare(b.Due) })
	return list, err
}

// Triaged is a note that is worth a look, and why.
type Triaged struct {
	Note  Note
	Long  bool             // more than is read at a glance
	Old   bool             // nobody touched it for a year
	Found []sensitive.Kind // what may not belong in it, each once
	score int
}

// Triage lists up to most notes that are worth a look, those that need it most
// first: by what was found in them, their length, their age and whether they are of
// no kind. It needs BrowseCustomers, EditNotes and DeleteNotes, reads all notes and
// belongs beside the screen. progress, which may be nil, is told how much was looked through.
func (n *Notes) Triage(ctx context.Context, most int, progress func(share float64)) ([]Triaged, error) {
	for _, r := range []Right{BrowseCustomers, EditNotes, DeleteNotes} {
		if err := n.s.need(r); err != nil {
			return nil, err
		}
	}
	rules, err := n.s.guardRules()
	if err != nil {
		return nil, err
	}
	var out []Triaged
	cut := func() {
		slices.SortStableFunc(out, func(a, b Triaged) int {
			return cmp.Or(cmp.Compare(b.score, a.score), a.Note.touched().Compare(b.Note.touched()), slices.Compare(a.Note.ID[:], b.Note.ID[:]))
		})
		out = out[:min(len(out), most)]
	}
	err = n.each(ctx, progress, func(_ eyes, v Note) {
		if v.Reviewed.IsZero() || (Life{Months: reviewedFor}).After(v.Reviewed).Before(n.s.today()) {
			if t := weigh(v, rules, n.s.today()); t.score >= worthALook {
				out = append(out, t)
			}
		}
		if len(out) > 2*most {
			cut()
		}
	})
	cut()
	return out, err
}

// weigh says how much a note needs a look.
func weigh(v Note, rules guardRules, today invoice.Date) Triaged {
	t := Triaged{Note: v}
	long := utf8.RuneCountInString(v.Text)
	t.Long = long > shortNote
	if t.Long {
		t.score = 1 + min(long/shortNote, 4)
	}
	for _, text := range []string{v.Text, v.Piece, v.Size} {
		for _, f := range rules.find(text) {
			if _, kept := reasonOf(v.Reasons, f.Kind); kept {
				continue
			}
			t.score += 2 * (1 + int(f.Certainty))
			if !slices.Contains(t.Found, f.Kind) {
				t.Found = append(t.Found, f.Kind)
			}
		}
	}
	if years := int(today.Time().Sub(v.touched()).Hours() / 24 / 365); years > 0 {
		t.Old = true
		t.score += min(years, 3)
	}
	if v.Kind == OtherNote {
		t.score++
	}
	if v.Expired(today) {
		t.score += 2
	}
	return t
}

// touched is when somebody last wrote in the note.
func (v Note) touched() time.Time {
	if v.Edited.IsZero() {
		return v.Created
	}
	return v.Edited
}

// each calls fn with all notes that the session may see, a part of them in one
// transaction, so that writing goes on beside it.
func (n *Notes) each(ctx context.Context, progress func(share float64), fn func(eyes, Note)) error {
	s := n.s
	if err := s.need(ReadNotes); err != nil {
		return err
	}
	eyes, err := s.eyes()
	if err != nil {
		return err
	}
	for first := range 256 {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := s.v.Scan(areaNotes, []byte{byte(first)}, func(id vault.ID, plain []byte, version uint64) error {
			var v Note
			err := decode(plain, kindNote, &v)
			switch {
			case errors.Is(err, errOtherKind):
				return nil
			case err == nil && eyes.see(v):
				v.ID, v.Version = ID(id), version
				eyes.name(&v)
				fn(eyes, v)
			}
			return err
		})
		if err != nil {
			return explain(err)
		}
		if progress != nil {
			progress(float64(first+1) / 256)
		}
	}
	return nil
}
