package vault

// Sessions: the book as one profile sees it.

import (
	"bytes"
	"errors"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

// Session is an unlocked book. Its methods may be used from several
// goroutines; writes wait for one another.
type Session struct {
	file   *File
	bundle *keys.Bundle

	mu      sync.Mutex  // guards what follows
	table   *keys.Table // that was read
	private *keys.Private
	members *keys.Members
	log     *envelope.Ring // log entries and heads
	areas   map[Area]*area
	checked uint64            // newest log entry whose signature was verified
	times   uint64            // File.times when the book was checked
	events  *keys.EventSealer // nil until there was an event
	closed  bool
}

// area is what a session holds of an area.
type area struct {
	epoch   uint32 // in which new records are sealed
	keys    map[uint32][]byte
	sealers map[uint32]*envelope.Sealer
	list    *commit.List // nil until the area was opened and checked

	checking sync.Mutex // held while list is made
	at       uint64     // the commit that list belongs to
	times    uint64     // File.times when it was checked
}

// Unlock opens a profile with its secret.
func (f *File) Unlock(profile ID, secret keys.Secret) (*Session, error) {
	var stored keys.Profile
	if err := f.view(func(tx *bolt.Tx) (err error) {
		stored, err = readProfile(tx, profile)
		return err
	}); err != nil {
		return nil, err
	}
	b, err := stored.Open(f.table.Load().Book, profile, secret, f.least)
	if err != nil {
		return nil, fromKeys(err)
	}
	return f.session(b)
}

func readProfile(tx *bolt.Tx, id ID) (keys.Profile, error) {
	var p keys.Profile
	raw, err := get(tx, profileKey(id))
	if errors.Is(err, ErrNotFound) {
		return p, ErrNoProfile
	}
	if err != nil {
		return p, err
	}
	return decodeProfile(raw)
}

func decodeProfile(raw []byte) (p keys.Profile, err error) {
	if len(raw) > maxProfile || envelope.Unmarshal(raw, &p) != nil {
		return p, damaged("profile")
	}
	// Each slot costs a derivation: a hostile file has no more than one of a kind.
	kinds := p.Kinds()
	slices.Sort(kinds)
	if len(slices.Compact(kinds)) != len(p.Slots) {
		return p, damaged("profile")
	}
	return p, nil
}

// What a file may make this program decode before anything in it is known to be
// genuine, in bytes: many times what a large shop's book holds.
const (
	maxTable   = 16 << 20
	maxProfile = 64 << 10
)

func fromKeys(err error) error {
	switch {
	case errors.Is(err, keys.ErrSecret):
		return ErrSecret
	case errors.Is(err, keys.ErrNoSlot), errors.Is(err, keys.ErrNoCopy):
		return ErrNoProfile
	case errors.Is(err, keys.ErrNewer), errors.Is(err, envelope.ErrNewer):
		return ErrNewer
	case errors.Is(err, keys.ErrTable):
		return damaged("table")
	case errors.Is(err, keys.ErrGrant):
		return damaged("grant")
	case errors.Is(err, keys.ErrParams), errors.Is(err, keys.ErrSlot), errors.Is(err, keys.ErrBundle):
		return damaged("profile")
	}
	return err
}

// session checks the book against an opened bundle.
func (f *File) session(b *keys.Bundle) (*Session, error) {
	s := &Session{file: f, bundle: b, areas: map[Area]*area{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	err := f.steady(func(at stamp) error {
		if err := s.refresh(); err != nil {
			return err
		}
		s.times = at.times
		return f.viewAt(at, s.whole)
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// whole checks the book against the bundle: the log back to this profile's last
// entry, the heads, the table and everybody's profile.
func (s *Session) whole(tx *bolt.Tx) error {
	if err := s.stepBack(tx); err != nil {
		return err
	}
	heads, n, err := s.signed(tx)
	if err != nil {
		return err
	}
	if n < s.bundle.Seen {
		return damaged("log")
	}
	if _, err = s.checkList(tx, register, heads); err != nil {
		return err
	}
	for _, c := range s.private.Certs {
		if _, err := s.checkList(tx, Area(c.Seat), heads); err != nil {
			return err
		}
	}
	return nil
}

// refresh reads the table again if it changed: the members' keys, certificates
// and grants come from there alone, and only after the pinned key has verified
// it. So a session goes on when the members' key turns because somebody else lost
// access.
func (s *Session) refresh() error {
	if s.closed {
		return ErrClosed
	}
	t := s.file.table.Load()
	if s.private != nil && s.table == t {
		return nil
	}
	if t.Book != s.bundle.Book {
		return damaged("table")
	}
	if err := t.Verify(s.bundle.Root); err != nil {
		return fromKeys(err)
	}
	grant, sign, err := s.bundle.Public()
	if err != nil {
		return damaged("profile")
	}
	if m, ok := t.Member(s.bundle.Profile); !ok || !m.SignsWith(sign) {
		return ErrNoProfile
	}
	p, members, err := t.Open(s.bundle)
	if err != nil {
		return fromKeys(err)
	}
	log, err := members.Log()
	if err != nil {
		return err
	}
	if c, ok := p.Cert(s.bundle.Profile); !ok || c.Disabled || !bytes.Equal(c.Key, grant) {
		return ErrNoProfile
	}
	areas := map[Area]*area{}
	for _, g := range p.Grants {
		if g.Profile != s.bundle.Profile {
			continue
		}
		if err := s.take(areas, g, p); err != nil {
			return err
		}
	}
	s.private, s.table, s.areas, s.members, s.log = p, t, areas, members, log
	return nil
}

func (s *Session) take(areas map[Area]*area, g keys.Grant, p *keys.Private) error {
	num := Area(g.Area)
	state, ok := p.Area(g.Area)
	if !ok || g.Epoch > state.Epoch {
		return damaged("grant")
	}
	a := areas[num]
	if a == nil {
		a = &area{epoch: state.Epoch, keys: map[uint32][]byte{}, sealers: map[uint32]*envelope.Sealer{}}
		areas[num] = a
	}
	if a.keys[g.Epoch] != nil {
		return damaged("grant")
	}
	// Opening a grant is slow; what was opened before stays.
	if old := s.areas[num]; old != nil && old.keys[g.Epoch] != nil {
		a.keys[g.Epoch], a.sealers[g.Epoch] = old.keys[g.Epoch], old.sealers[g.Epoch]
		a.list, a.at, a.times = old.list, old.at, old.times
		return nil
	}
	key, err := g.Open(s.bundle)
	if err != nil {
		return fromKeys(err)
	}
	sealer, err := recordSealer(key)
	if err != nil {
		return err
	}
	a.keys[g.Epoch], a.sealers[g.Epoch] = key, sealer
	return nil
}

func recordSealer(key []byte) (*envelope.Sealer, error) {
	return envelope.NewSealer(envelope.Derive(key, "counterbook/v1/area/record"))
}

// Close forgets the keys. Copies that the runtime made are beyond reach; only
// the end of the process removes them.
func (s *Session) Close() {
	s.file.write.Lock() // a transaction that runs keeps its keys
	defer s.file.write.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	for _, a := range s.areas {
		for _, k := range a.keys {
			clear(k)
		}
	}
	s.bundle.Wipe()
	if s.members != nil {
		s.members.Wipe()
	}
	s.areas, s.private = nil, nil
}

// Profile is who is signed in.
func (s *Session) Profile() ID { return s.bundle.Profile }

// Label is the caller's own part of the session's certificate.
func (s *Session) Label() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refresh() != nil {
		return nil
	}
	c, _ := s.private.Cert(s.bundle.Profile)
	return slices.Clone(c.Label)
}

// Reads reports whether the session holds the current key of an area.
func (s *Session) Reads(a Area) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refresh() == nil && s.areas[a] != nil && s.areas[a].keys[s.areas[a].epoch] != nil
}

// Writes reports whether the session's commits to an area count.
func (s *Session) Writes(a Area) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refresh() == nil && s.mayWrite(a)
}

func (s *Session) mayWrite(a Area) bool {
	c, ok := s.private.Cert(s.bundle.Profile)
	return ok && !c.Disabled && slices.ContainsFunc(c.Writes, func(sp keys.Span) bool {
		return sp.Area == uint16(a) && sp.Until == 0
	})
}

// Desk is the area that only this profile opens.
func (s *Session) Desk() Area {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refresh() != nil {
		return register // which nobody reads or writes as an area
	}
	c, _ := s.private.Cert(s.bundle.Profile)
	return Area(c.Desk)
}
