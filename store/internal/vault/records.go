package vault

// Records: reading what an area holds.

import (
	"crypto/hmac"
	"crypto/sha256"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
)

// Name makes a record id out of a name, for records that there is one of. Who
// has no key of the area cannot tell which record it is.
func (s *Session) Name(a Area, name string) (ID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return ID{}, err
	}
	ar := s.areas[a]
	if ar == nil {
		return ID{}, ErrNoKey
	}
	first := uint32(0)
	for e := range ar.keys {
		if first == 0 || e < first {
			first = e
		}
	}
	return nameID(ar.keys[first], name), nil
}

func nameID(areaKey []byte, name string) ID {
	h := hmac.New(sha256.New, envelope.Derive(areaKey, "counterbook/v1/area/name"))
	h.Write([]byte(name))
	return ID(h.Sum(nil)[:16])
}

// Get returns a record and the commit that wrote it.
func (s *Session) Get(a Area, id ID) (plain []byte, version uint64, err error) {
	ar, err := s.opened(a)
	if err != nil {
		return nil, 0, err
	}
	err = s.file.view(func(tx *bolt.Tx) error {
		plain, version, err = s.read(tx, a, ar, id)
		return err
	})
	return plain, version, err
}

// Scan calls fn with every record of an area whose id starts with prefix, in
// the order of ids. fn does not call the session.
func (s *Session) Scan(a Area, prefix []byte, fn func(id ID, plain []byte, version uint64) error) error {
	ar, err := s.opened(a)
	if err != nil {
		return err
	}
	return s.file.view(func(tx *bolt.Tx) error { return s.scan(tx, a, ar, prefix, fn) })
}

func (s *Session) scan(tx *bolt.Tx, a Area, ar *area, prefix []byte, fn func(ID, []byte, uint64) error) error {
	return each(tx, append(areaKey(a), prefix...), func(k, v []byte) error {
		if len(k) != 3+16 {
			return damaged("record")
		}
		id := ID(k[3:])
		plain, h, err := s.unseal(a, ar, id, v)
		if err != nil {
			return err
		}
		return fn(id, plain, h.Commit)
	})
}

func (s *Session) read(tx *bolt.Tx, a Area, ar *area, id ID) ([]byte, uint64, error) {
	raw, err := get(tx, recordKey(a, id))
	if err != nil {
		return nil, 0, err
	}
	plain, h, err := s.unseal(a, ar, id, raw)
	return plain, h.Commit, err
}

func (s *Session) unseal(a Area, ar *area, id ID, raw []byte) ([]byte, envelope.Header, error) {
	h, err := envelope.Parse(raw)
	if err != nil {
		return nil, h, damaged("record")
	}
	sealer := ar.sealers[h.Epoch]
	if sealer == nil {
		return nil, h, ErrNoKey
	}
	plain, h, err := sealer.Open(envelope.Place{Book: s.bundle.Book, Area: uint16(a), ID: id}, raw)
	if err != nil {
		return nil, h, damaged("record")
	}
	return plain, h, nil
}

// opened returns an area after its records were compared with its head.
func (s *Session) opened(a Area) (*area, error) {
	for {
		ar, head, times, err := s.unopened(a)
		if err != nil || head == nil {
			return ar, err
		}
		ar.checking.Lock()
		if s.done(a, ar) { // by somebody else, while this one waited
			ar.checking.Unlock()
			continue
		}
		list, err := s.walk(a)
		if err == nil && (list.Count() != head.Count || list.Root(head.Area) != head.Root) {
			err = damaged("area")
		}
		s.mu.Lock()
		switch {
		case err == nil:
			ar.list, ar.at, ar.times = list, head.Commit, times
		case s.moved(a, *head): // somebody wrote it while it was walked
			err = nil
		}
		s.mu.Unlock()
		ar.checking.Unlock()
		if err != nil {
			return nil, err
		}
	}
}

// unopened returns an area and, when its records have to be compared, the head
// to compare them with. Comparing takes long with many records, so that it is
// not done under the session's lock.
func (s *Session) unopened(a Area) (ar *area, head *commit.Head, times uint64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return nil, nil, 0, err
	}
	if ar = s.areas[a]; ar == nil {
		return nil, nil, 0, ErrNoKey
	}
	if ar.list != nil && s.file.unchanged(a, ar) {
		return ar, nil, 0, nil
	}
	times = s.file.reopened()
	return ar, head, times, s.file.view(func(tx *bolt.Tx) error {
		heads, _, err := s.heads(tx)
		if err == nil {
			head, err = s.head(tx, a, heads)
		}
		return err
	})
}

// walk fingerprints what is stored of an area.
func (s *Session) walk(a Area) (list *commit.List, err error) {
	err = s.file.view(func(tx *bolt.Tx) error {
		list, err = s.buildList(tx, a)
		return err
	})
	return list, err
}

// done reports whether an area was compared.
func (s *Session) done(a Area, ar *area) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return ar.list != nil && s.file.unchanged(a, ar)
}

// moved reports whether an area has another head by now.
func (s *Session) moved(a Area, was commit.Head) bool {
	moved := false
	err := s.file.view(func(tx *bolt.Tx) error {
		heads, _, err := s.heads(tx)
		if err == nil {
			now, ok := heads.Find(uint16(a))
			moved = ok && now != was
		}
		return err
	})
	return err == nil && moved
}

// Open compares all records of an area with its head, as the first reading
// from it does, and returns how many there are.
func (s *Session) Open(a Area) (records uint64, err error) {
	ar, err := s.opened(a)
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if ar.list == nil {
		return 0, ErrClosed
	}
	return ar.list.Count(), nil
}

// Changed is different after each commit of this process that touched an area.
// Who keeps something read from an area compares it.
func (s *Session) Changed(a Area) [2]uint64 {
	s.file.mu.RLock()
	defer s.file.mu.RUnlock()
	return [2]uint64{s.file.times, s.file.heads[a]}
}
