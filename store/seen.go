package store

// Seen: when a profile was here last, for the Staff screen and to notice a clock
// that was set back.

import (
	"errors"
	"time"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// slack is how far a clock may be behind the newest time that was seen before it
// is worth a word: journeys and summer time are less.
const slack = 24 * time.Hour

// seenName is the record on a profile's desk that each sign-in writes.
const seenName = "seen"

// seen is the newest time a profile signed in at. It lies on the profile's desk,
// so that the commit that wrote it says to owners when the profile was here last.
type seen struct {
	Newest time.Time `cbor:"1,keyasint"`
}

// signedIn logs the sign-in and the wrong tries before it.
func (s *Session) signedIn(kind EventKind, wrong int) error {
	return s.see(Event{Kind: kind, Subject: ID(s.v.Profile()), Count: wrong}, func(was time.Time) time.Time { return latest(was, s.now()) })
}

// see writes the newest time; next makes it of the one before. What also does goes
// into the same transaction.
func (s *Session) see(e Event, next func(was time.Time) time.Time, also ...func(*vault.Tx) error) error {
	id, err := s.v.Name(s.v.Desk(), seenName)
	if err != nil {
		return explain(err)
	}
	var r seen
	err = s.update(e, func(tx *vault.Tx) error {
		if _, err := readIn(tx, s.v.Desk(), ID(id), kindSeen, &r); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		r.Newest = next(r.Newest)
		for _, f := range also {
			if err := f(tx); err != nil {
				return err
			}
		}
		return write(tx, s.v.Desk(), ID(id), kindSeen, r)
	})
	if err == nil {
		s.gate.Lock()
		s.times = r
		s.gate.Unlock()
	}
	return err
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// ClockBack reports whether the computer's clock is more than a day behind the
// newest time at which this profile signed in, and that time. For who may say
// that invoices go on from today it also reports whether one is dated after today,
// and that day, once CheckAreas or a refused invoice came across it. Invoices are
// dated by the clock, so that somebody should look at it.
func (s *Session) ClockBack() (last time.Time, back bool) {
	s.gate.Lock()
	defer s.gate.Unlock()
	if now := s.o.Now(); invoice.DateOf(now).Before(s.ahead) {
		d := s.ahead
		return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, now.Location()), true
	}
	return s.times.Newest, s.now().Add(slack).Before(s.times.Newest)
}

// TrustClock says that the clock is right now and was wrong before. When an owner
// says so who issues invoices, they go on from today, though one was dated by the
// wrong clock.
func (s *Session) TrustClock() error {
	back := s.setsBack()
	err := s.see(Event{Kind: ClockTrusted}, func(time.Time) time.Time { return s.now() }, func(tx *vault.Tx) error {
		if !back {
			return nil
		}
		return s.setBack(tx, invoice.DateOf(s.o.Now()))
	})
	if err == nil {
		s.gate.Lock()
		s.ahead = invoice.Date{}
		s.gate.Unlock()
	}
	return err
}

// lastIn is when a profile was here last, zero for never: the time of the newest
// event that was written together with something on its desk, which is its last
// sign-in, or later. A desk that was emptied says nothing.
func (s *Session) lastIn(id ProfileID) (time.Time, error) {
	commits, err := s.v.DeskCommits(vault.ID(id))
	if err != nil {
		return time.Time{}, explain(err)
	}
	for _, n := range commits {
		e, err := s.v.Entry(n)
		if err != nil {
			return time.Time{}, explain(err)
		}
		if e.Event == nil {
			continue // unsaved work, of which only the order is known
		}
		r, ok := decodeEvent(e.Event)
		if !ok {
			continue // it says no time
		}
		return time.Unix(r.At, 0).UTC(), nil
	}
	return time.Time{}, nil
}
