package store

// Activity: the log, for those who may read it.

import (
	"fmt"
	"maps"
	"slices"
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
	ExportBegun       EventKind = 35
	DataExported      EventKind = 36
	NotesImported     EventKind = 40 // Count: how many
	InvoicesIssued    EventKind = 41 // Count: how many at once
	KitMade           EventKind = 25
	ClockTrusted      EventKind = 26 // the clock was said to be right although it had been later
	NoteDeleted       EventKind = 95
	NoteHeeded        EventKind = 96 // somebody acknowledged what a note asks for
	BadgeMade         EventKind = 80
	BadgeRevoked      EventKind = 81  // Subject: whose
	SignedInWithBadge EventKind = 82  // Count: wrong tries before
	Resumed           EventKind = 83  // with a PIN; Count: wrong ones before
	BookSalvaged      EventKind = 60  // Count: records that were lost, as far as that is known
	CustomerErased    EventKind = 50  // Count: how many that a restore had brought back; 0 for the Subject
	AskedAgain        EventKind = 84  // the secret was given again; Count: wrong tries before, at least one
	DetailsChecked    EventKind = 105 // Fields: of which somebody made sure
	IdentitySkipped   EventKind = 106 // somebody went on without asking who the customer is
	CustomerRestored  EventKind = 107 // Fields: which say again what they said before
	ChangeUndone      EventKind = 108 // Fields: likewise, by who had changed them just before
	ImportUndone      EventKind = 114 // Count: customers that went
	CustomersExported EventKind = 115 // as a table; Count: how many
	CardsExported     EventKind = 116 // as address cards; Count: how many
	CustomersPrinted  EventKind = 117 // as a list; Count: how many
	TagsChanged       EventKind = 120
	RecordReported    EventKind = 121 // Subject: the customer
	ReportsSettled    EventKind = 122 // Subject: the customer
	CustomersMerged   EventKind = 110 // Subject: who both are now
	CustomersUnmerged EventKind = 111 // Subject: who both were
	WentBack          EventKind = 70  // an owner went on with a book that had gone back; Count: changes that are missing
	NoteKept          EventKind = 100 // saved although the guard found something; Fields: which kinds, Count: how many findings
	GuardOverridden   EventKind = 101 // the same where the guard blocks
	GuardChanged      EventKind = 102 // Fields: which parts of it
	NoteMoved         EventKind = 103 // out of a note and to the customer; Fields: where to
	FieldsChanged     EventKind = 90  // Fields: which the shop collects in another way
	FieldCleared      EventKind = 91  // Fields: which; Count: of how many customers
	FieldsUsed        EventKind = 92  // Fields: which were used on that day for the first time
)

var eventNames = map[EventKind]string{
	BookCreated: "book created", SignedIn: "signed in", SignedInWithKit: "signed in with kit", PassphraseChanged: "passphrase changed",
	StaffAdded: "staff added", StaffChanged: "staff changed", StaffDisabled: "staff disabled", PassphraseReset: "passphrase reset",
	ShopChanged: "shop changed", CustomerAdded: "customer added", CustomerChanged: "customer changed", ContactShown: "contact shown",
	CustomersImported: "customers imported", NoteAdded: "note added", NoteChanged: "note changed", NoteDeleted: "note deleted", NoteHeeded: "note acknowledged", ItemAdded: "item added",
	ItemChanged: "item changed", ItemDeleted: "item deleted", DraftSaved: "draft saved", DraftDiscarded: "draft discarded",
	InvoiceIssued: "invoice issued", InvoicePrinted: "invoice printed", InvoiceSaved: "invoice saved", InvoiceOpened: "invoice opened",
	KitMade: "kit made", ClockTrusted: "clock trusted",
	ExportBegun: "export begun", DataExported: "data exported", NotesImported: "notes imported", InvoicesIssued: "invoices issued",
	BadgeMade: "badge made", BadgeRevoked: "badge revoked", SignedInWithBadge: "signed in with badge",
	Resumed: "resumed", AskedAgain: "asked again", WentBack: "went back",
	ImportUndone: "import undone", CustomersExported: "customers exported", CardsExported: "cards exported", CustomersPrinted: "customers printed",
	BookSalvaged:   "book salvaged",
	CustomerErased: "customer erased",
	DetailsChecked: "details checked", IdentitySkipped: "identity skipped", CustomerRestored: "customer restored", ChangeUndone: "change undone",
	TagsChanged: "tags changed", RecordReported: "record reported", ReportsSettled: "reports settled",
	CustomersMerged: "customers merged", CustomersUnmerged: "customers unmerged",
	NoteKept: "note kept", GuardOverridden: "guard overridden", GuardChanged: "guard changed", NoteMoved: "note moved",
	FieldsChanged: "fields changed", FieldCleared: "field cleared", FieldsUsed: "fields used",
}

// String is a fixed English name, for exports.
func (k EventKind) String() string {
	if n, ok := eventNames[k]; ok {
		return n
	}
	return fmt.Sprintf("event %d", k)
}

// EventKinds lists every kind that this version of the program knows.
func EventKinds() []EventKind { return slices.Sorted(maps.Keys(eventNames)) }

// Screen is a place of the program at which something is done. The numbers are part
// of the file format.
type Screen uint8

const (
	NoScreen        Screen = 0
	CustomersScreen Screen = 1
	InvoicesScreen  Screen = 2 // the list, and an issued one
	DraftScreen     Screen = 3
	ItemsScreen     Screen = 4
	StaffScreen     Screen = 5
	ActivityScreen  Screen = 6
	SettingsScreen  Screen = 7
)

var screenNames = map[Screen]string{NoScreen: "", CustomersScreen: "customers", InvoicesScreen: "invoices", DraftScreen: "draft",
	ItemsScreen: "items", StaffScreen: "staff", ActivityScreen: "activity", SettingsScreen: "settings"}

// String is a fixed English name, for exports and as a key of texts; "" for none.
func (x Screen) String() string {
	if n, ok := screenNames[x]; ok {
		return n
	}
	return fmt.Sprintf("screen %d", x)
}

// SetScreen says at which place of the program the session is from now on, for the
// log.
func (s *Session) SetScreen(x Screen) { s.screen.Store(uint32(x)) }

// Event is one line of the log. It names records, never what they contain.
type Event struct {
	Kind    EventKind // 0: it cannot be read
	Subject ID        // the record, or zero
	Fields  []string  // names of fields, never their contents
	Count   int
	Screen  Screen // where it was done; none for what is done without one

	// Filled when the log is read.
	Number uint64    // the commit
	At     time.Time // of one that cannot be read the latest it can have been
	By     ProfileID
	ByName string // nickname now
}

type eventRecord struct {
	At      int64     `cbor:"1,keyasint"` // Unix seconds
	Kind    EventKind `cbor:"2,keyasint"`
	Subject ID        `cbor:"3,keyasint,omitempty"`
	Fields  []string  `cbor:"4,keyasint,omitempty"`
	Count   int       `cbor:"5,keyasint,omitempty"`
	Screen  Screen    `cbor:"6,keyasint,omitempty"`
}

// lastSecond is the last one of the year 9999. No clock shows more, and no form of
// dates either.
const lastSecond = 253402300799

// decodeEvent reads an event. Whoever commits may have sealed anything in its
// place, or a newer program more than this one knows: ok is then false, and the
// entry stands in the log as one of no kind.
func decodeEvent(b []byte) (r eventRecord, ok bool) {
	if envelope.Unmarshal(b, &r) != nil || r.At < 0 || r.At > lastSecond {
		return eventRecord{}, false
	}
	return r, true
}

func (s *Session) encodeEvent(e Event) ([]byte, error) {
	return envelope.Marshal(eventRecord{At: s.o.Now().Unix(), Kind: e.Kind, Subject: e.Subject, Fields: e.Fields, Count: e.Count,
		Screen: Screen(s.screen.Load())})
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

// each calls fn with the newest events first until it returns false.
func (a *Activity) each(fn func(Event) bool) error {
	_, err := a.before(0, a.s.now(), fn)
	return err
}

// before is each of what was before a commit, 0 for all, and returns the last
// commit it looked at, 0 for none. latest is the time of that commit, or now.
func (a *Activity) before(commit uint64, latest time.Time, fn func(Event) bool) (at uint64, err error) {
	if err := a.s.need(ReadActivity); err != nil {
		return 0, err
	}
	names, err := a.s.nicknames()
	if err != nil {
		return 0, err
	}
	at, err = a.s.v.LogBefore(commit, func(e vault.Entry) bool {
		if e.Event == nil {
			return true
		}
		r, ok := decodeEvent(e.Event)
		if ok {
			latest = time.Unix(r.At, 0).UTC()
		}
		return fn(Event{Kind: r.Kind, Subject: r.Subject, Fields: r.Fields, Count: r.Count, Screen: r.Screen, Number: e.Number,
			At: latest, By: ID(e.Author), ByName: names[ID(e.Author)]})
	})
	return at, explain(err)
}
