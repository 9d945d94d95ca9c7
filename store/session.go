package store

// Sessions: the book as one profile sees it.

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

// Session is a signed-in profile. Reading is for one goroutine at a time,
// the screen's; Issue and Import may run beside it.
type Session struct {
	book    *Book
	v       *vault.Session
	o       *Options
	preview *preview // nil unless it shows what somebody else sees

	mu          sync.Mutex // guards the caches
	customers   indexed
	invoices    indexed
	items       cache[[]Item]
	guard       cache[guardRules]
	tags        cache[tagList]
	fields      cache[Fields]
	home        cache[string] // the shop's country
	reportsRead cache[[]FaultReport]
	due         dueNotes
	deals       dealings         // of the invoices, as they were gathered last
	bought      bought           // likewise, by customer
	orders      map[string]order // of lists, as they were sorted last

	screen atomic.Uint32 // a Screen

	gate  sync.Mutex // guards what follows
	door  cache[vault.Door]
	times seen
	ahead invoice.Date // of the newest invoice, where it was found to be after today
	byKit bool         // the kit opened it, and no passphrase was chosen since
	proof time.Time    // when the secret was last given; zero for never
	full  moment       // of the last sign-in without a PIN
	pin   *keys.PIN    // nil while none is set

	suffix string       // that going on would put behind numbers, once it was shown
	enter  func() error // what signing in does once the book goes on, nil for nothing
}

// cache holds what was read of an area until somebody writes it.
type cache[T any] struct {
	value T
	at    [2]uint64
	ok    bool
}

func (c *cache[T]) get(s *Session, a vault.Area, load func() (T, error)) (T, error) {
	at := s.v.Changed(a)
	if c.ok && c.at == at {
		return c.value, nil
	}
	v, err := load()
	if err != nil {
		var none T
		return none, err
	}
	*c = cache[T]{value: v, at: at, ok: true}
	return v, nil
}

func (b *Book) newSession(v *vault.Session) *Session {
	return &Session{book: b, v: v, o: b.o, orders: map[string]order{},
		customers: indexed{area: areaContactsIndex, of: areaContacts, form: rowForm{fixed: rowWidth}, build: customerRows},
		invoices:  indexed{area: areaInvoicesIndex, of: areaInvoices, form: rowForm{places: true, fixed: fixWidth}, build: invoiceRows}}
}

// label is what the owner signed about a profile's rights.
type label struct {
	Role    Role    `cbor:"1,keyasint"`
	Without []Right `cbor:"2,keyasint,omitempty"`
}

func encodeLabel(r Role, without []Right) ([]byte, error) {
	return envelope.Marshal(label{Role: r, Without: without})
}

func decodeLabel(b []byte) (label, error) {
	var l label
	if err := envelope.Unmarshal(b, &l); err != nil {
		return l, &DamagedError{Where: "table"}
	}
	return l, nil
}

// Can reports whether the profile has a right now: what the owner takes away
// is gone from a running session at once. While the profile must change its
// passphrase or needs a kit it has none.
func (s *Session) Can(r Right) bool {
	if s.MustChange() || s.NeedsKit() {
		return false
	}
	l, err := s.label()
	if err != nil || !slices.Contains(effective(l.Role, l.Without), r) {
		return false
	}
	for _, n := range r.info().needs {
		if !s.opens(n.area, n.write) {
			return false
		}
	}
	return true
}

// need returns a NoRightError unless the profile has the right.
func (s *Session) need(r Right) error {
	if !s.Can(r) {
		return &NoRightError{Right: r}
	}
	return nil
}

// Profile says who is signed in.
func (s *Session) Profile() Profile {
	all, err := s.profiles()
	if err == nil {
		for _, p := range all {
			if p.ID == s.me() {
				return p
			}
		}
	}
	return Profile{ID: s.me()}
}

// Ended reports whether the session is of no use any more: it was closed, or its
// profile was disabled or given a new passphrase.
func (s *Session) Ended() bool {
	if s.v.Label() == nil {
		return true
	}
	_, err := s.label()
	return errors.Is(err, ErrNoProfile)
}

// Book is the book the session is on.
func (s *Session) Book() *Book { return s.book }

// Close signs out and forgets the keys.
func (s *Session) Close() {
	s.DropPIN()
	if s.preview == nil { // otherwise the keys are the owner's, who goes on
		s.v.Close() // waits for a transaction that runs, which uses what follows
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.customers.ix, s.invoices.ix, s.items, s.guard = nil, nil, cache[[]Item]{}, cache[guardRules]{}
	s.customers.last, s.invoices.last = finder{}, finder{}
	s.due = dueNotes{}
	s.tags, s.reportsRead, s.deals, s.bought = cache[tagList]{}, cache[[]FaultReport]{}, dealings{}, bought{}
	clear(s.orders)
}

// CheckAreas compares all records that the session can read with what was
// signed of them, as the first look into each area would do. It may run beside
// the screen right after signing in, so that damage is found then and no first
// look has to wait. ClockBack then knows of an invoice that is dated after today. What
// is unsaved on the session's desk and names a customer who was erased is gone then, and
// so is what would take back merges that are too long ago.
func (s *Session) CheckAreas(ctx context.Context) error {
	for _, a := range sharedAreas {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !s.v.Reads(a) {
			continue
		}
		if err := s.v.Open(a); err != nil {
			return s.book.named(err)
		}
	}
	if err := s.sweepDesk(ctx); err != nil {
		return err
	}
	s.book.firstLedger(s)
	if err := s.sweepMerges(); err != nil {
		return err
	}
	if !s.setsBack() {
		return nil
	}
	all, _, err := s.series(s.v.Get, firstOfAll)
	if err == nil {
		_ = s.stands(all, invoice.DateOf(s.o.Now())) // nothing is issued now
	}
	return explain(err)
}

// update runs a transaction and logs it.
func (s *Session) update(e Event, fn func(*vault.Tx) error) error {
	return explain(s.change(s.logged(e, fn)))
}

// logged is fn with what the log says of it.
func (s *Session) logged(e Event, fn func(*vault.Tx) error) func(*vault.Tx) error {
	return func(tx *vault.Tx) error {
		b, err := s.encodeEvent(e)
		if err != nil {
			return err
		}
		tx.Event(b)
		return fn(tx)
	}
}

// logOnly logs what changes nothing, such as looking at something.
func (s *Session) logOnly(e Event) error {
	return s.update(e, func(*vault.Tx) error { return nil })
}

// first writes the first records of a new book.
func (s *Session) first(shop Shop, fields []Fields) error {
	if err := s.saveShop(shop, Event{Kind: BookCreated}); err != nil {
		return err
	}
	for _, f := range fields {
		if err := s.firstFields(f.complete()); err != nil {
			return err
		}
	}
	return s.update(Event{Kind: StaffAdded, Subject: ID(s.v.Profile())}, func(tx *vault.Tx) error {
		return s.putStaff(tx, ID(s.v.Profile()), staffRecord{Created: s.now()})
	})
}

func (s *Session) now() time.Time { return s.o.Now().UTC().Truncate(time.Second) }
