package store

// Activity: the log, for those who may read it.

import (
	"time"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/envelope"
)

// EventKind says what happened. The numbers are part of the file format.
type EventKind uint8

const (
	BookCreated       EventKind = 1
	SignedIn          EventKind = 2 // Count: wrong tries before
	SignedInWithKit   EventKind = 3
	PassphraseChanged EventKind = 4
	StaffAdded        EventKind = 5
	StaffChanged      EventKind = 6
	StaffDisabled     EventKind = 7
	PassphraseReset   EventKind = 8
	ShopChanged       EventKind = 9
	CustomerAdded     EventKind = 10
	CustomerChanged   EventKind = 11 // Fields: which
	ContactShown      EventKind = 12 // Fields: which
	CustomersImported EventKind = 13 // Count: how many
	NoteAdded         EventKind = 14 // Subject: the customer
	NoteChanged       EventKind = 15
	ItemAdded         EventKind = 16
	ItemChanged       EventKind = 17
	ItemDeleted       EventKind = 18
	DraftSaved        EventKind = 19
	DraftDiscarded    EventKind = 20
	InvoiceIssued     EventKind = 21
	InvoicePrinted    EventKind = 22
	InvoiceSaved      EventKind = 23
	InvoiceOpened     EventKind = 24
	NotesImported     EventKind = 40 // Count: how many
	InvoicesIssued    EventKind = 41 // Count: how many at once
	KitMade           EventKind = 25
	ClockTrusted      EventKind = 26 // the clock was said to be right although it had been later
)

// Event is one line of the log. It names records, never what they contain.
type Event struct {
	Kind    EventKind
	Subject ID       // the record, or zero
	Fields  []string // names of fields, never their contents
	Count   int

	// Filled when the log is read.
	Number uint64 // the commit
	At     time.Time
	By     ProfileID
	ByName string // nickname now
}

type eventRecord struct {
	At      int64     `cbor:"1,keyasint"` // Unix seconds
	Kind    EventKind `cbor:"2,keyasint"`
	Subject ID        `cbor:"3,keyasint,omitempty"`
	Fields  []string  `cbor:"4,keyasint,omitempty"`
	Count   int       `cbor:"5,keyasint,omitempty"`
}

func (s *Session) encodeEvent(e Event) ([]byte, error) {
	return envelope.Marshal(eventRecord{At: s.o.Now().Unix(), Kind: e.Kind, Subject: e.Subject, Fields: e.Fields, Count: e.Count})
}

// Activity reads the log.
type Activity struct{ s *Session }

// Activity needs ReadActivity.
func (s *Session) Activity() (*Activity, error) {
	if err := s.need(ReadActivity); err != nil {
		return nil, err
	}
	return &Activity{s}, nil
}

// Events lists up to n events, newest first. What goes to a desk leaves none.
func (a *Activity) Events(n int) ([]Event, error) {
	var out []Event
	err := a.each(func(e Event) bool {
		out = append(out, e)
		return len(out) < n
	})
	return out, err
}

func (a *Activity) each(fn func(Event) bool) error {
	if err := a.s.need(ReadActivity); err != nil {
		return err
	}
	names, err := a.s.nicknames()
	if err != nil {
		return err
	}
	var bad error
	err = a.s.v.Log(func(e vault.Entry) bool {
		if e.Event == nil {
			return true
		}
		var r eventRecord
		if bad = envelope.Unmarshal(e.Event, &r); bad != nil {
			return false
		}
		return fn(Event{Kind: r.Kind, Subject: r.Subject, Fields: r.Fields, Count: r.Count, Number: e.Number,
			At: time.Unix(r.At, 0).UTC(), By: ID(e.Author), ByName: names[ID(e.Author)]})
	})
	if err == nil {
		err = bad
	}
	return explain(err)
}
