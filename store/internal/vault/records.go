package vault

// Records: reading what an area holds.

import (
	"crypto/hmac"
	"crypto/sha256"
	"sync/atomic"

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
	err = s.file.steady(func(at stamp) error {
		ar, err := s.opened(a, at)
		if err != nil {
			return err
		}
		return s.file.viewAt(at, func(tx *bolt.Tx) error {
			plain, version, err = s.read(tx, a, ar, id)
			return err
		})
	})
	return plain, version, err
}

// Scan calls fn with every record of an area whose id starts with prefix, in
// the order of ids. fn does not call the session, and plain is good until it
// returns. What fn was called with counts only once Scan has returned nil: an
// area that is read for the first time is compared with its head on the way.
func (s *Session) Scan(a Area, prefix []byte, fn func(id ID, plain []byte, version uint64) error) error {
	return s.file.steady(func(at stamp) error {
		if len(prefix) == 0 {
			if _, first, err := s.compare(a, at, fn); err != nil || first {
				return err
			}
		}
		ar, err := s.opened(a, at)
		if err != nil {
			return err
		}
		return s.file.viewAt(at, func(tx *bolt.Tx) error { return s.scan(tx, a, ar, prefix, fn) })
	})
}

func (s *Session) scan(tx *bolt.Tx, a Area, ar *area, prefix []byte, fn func(ID, []byte, uint64) error) error {
	var room []byte
	return each(tx, append(areaKey(a), prefix...), func(k, v []byte) (err error) {
		if len(k) != 3+16 {
			return damaged("record")
		}
		room, err = s.pass(a, ar, ID(k[3:]), v, room, fn)
		return err
	})
}

// pass unseals a record into room, which grows with it, and hands it to fn.
func (s *Session) pass(a Area, ar *area, id ID, raw, room []byte, fn func(ID, []byte, uint64) error) ([]byte, error) {
	plain, h, err := s.unseal(a, ar, id, raw, room[:0])
	if err != nil {
		return room, err
	}
	return plain, fn(id, plain, h.Commit)
}

func (s *Session) read(tx *bolt.Tx, a Area, ar *area, id ID) ([]byte, uint64, error) {
	raw, err := get(tx, recordKey(a, id))
	if err != nil {
		return nil, 0, err
	}
	plain, h, err := s.unseal(a, ar, id, raw, nil)
	return plain, h.Commit, err
}

func (s *Session) unseal(a Area, ar *area, id ID, raw, room []byte) ([]byte, envelope.Header, error) {
	h, err := envelope.Parse(raw)
	if err != nil {
		return nil, h, &Damaged{Where: "record", Area: a}
	}
	sealer := ar.sealers[h.Epoch]
	if sealer == nil {
		return nil, h, ErrNoKey
	}
	plain, h, err := sealer.OpenTo(room, envelope.Place{Book: s.bundle.Book, Area: uint16(a), ID: id}, raw)
	if err != nil {
		return nil, h, &Damaged{Where: "record", Area: a}
	}
	return plain, h, nil
}

// opened returns an area after its records were compared with its head.
func (s *Session) opened(a Area, at stamp) (*area, error) {
	ar, _, err := s.compare(a, at, nil)
	return ar, err
}

// compare returns an area after its records were compared with its head. When
// that is done for the first time it calls fn, if any, with every record on the
// way. It walks without the session's lock, as that takes long with many
// records.
func (s *Session) compare(a Area, at stamp, fn func(ID, []byte, uint64) error) (ar *area, first bool, err error) {
	s.mu.Lock()
	locked := true
	unlock := func() {
		if locked {
			locked = false
			s.mu.Unlock()
		}
	}
	defer unlock()
	if ar, err = s.area(a); err != nil || ar.list != nil && s.file.unchanged(a, ar) {
		return ar, false, err
	}
	unlock()
	ar.checking.Lock() // others wait here and find it done
	defer ar.checking.Unlock()
	s.mu.Lock()
	locked = true
	if s.closed {
		return nil, false, ErrClosed
	}
	if ar.list != nil && s.file.unchanged(a, ar) {
		return ar, false, nil
	}
	var head *commit.Head
	var list *commit.List
	times := s.file.reopened()
	err = s.file.viewAt(at, func(tx *bolt.Tx) error {
		heads, _, err := s.heads(tx)
		if err == nil {
			head, err = s.head(tx, a, heads)
		}
		unlock()
		if err == nil {
			list, err = s.walk(tx, a, ar, fn)
		}
		return err
	})
	unlock()
	switch {
	case err != nil:
		return nil, true, err
	case list.Count() != head.Count || list.Root(head.Area) != head.Root:
		return nil, true, &Damaged{Where: "area", Area: a}
	}
	s.mu.Lock()
	locked = true
	if ar.list == nil || ar.times != times || ar.at < head.Commit { // a transaction may have come before
		ar.list, ar.at, ar.times = list, head.Commit, times
	}
	return ar, true, nil
}

// area is an area the session has a key of.
func (s *Session) area(a Area) (*area, error) {
	if err := s.refresh(); err != nil {
		return nil, err
	}
	ar := s.areas[a]
	if ar == nil {
		return nil, ErrNoKey
	}
	return ar, nil
}

// walk fingerprints what is stored of an area and, where there is fn, hands it
// all records. Fingerprinting then goes on beside unsealing.
func (s *Session) walk(tx *bolt.Tx, a Area, ar *area, fn func(ID, []byte, uint64) error) (*commit.List, error) {
	if fn == nil {
		return s.buildList(tx, a)
	}
	list, work, done := new(commit.List), make(chan *batch, 4), make(chan struct{})
	free := make(chan *batch, cap(work)+2)
	go func() {
		defer close(done)
		for b := range work {
			b.each(func(id ID, raw []byte) error {
				list.Put(id, commit.HashOf(raw))
				return nil
			})
			if b.passed.Add(1) == 2 {
				free <- b
			}
		}
	}()
	var room []byte
	b := newBatch()
	flush := func() error {
		if len(b.ends) == 0 {
			return nil
		}
		work <- b
		err := b.each(func(id ID, raw []byte) (err error) {
			room, err = s.pass(a, ar, id, raw, room, fn)
			return err
		})
		if b.passed.Add(1) == 2 {
			free <- b
		}
		select {
		case b = <-free:
			b.empty()
		default:
			b = newBatch()
		}
		return err
	}
	odd := false
	err := eachCopied(tx, areaKey(a), func(k, v []byte) {
		if odd = len(k) != 3+16; !odd {
			b.add(ID(k[3:]), v)
		}
	}, func() error {
		switch {
		case odd:
			return damaged("record")
		case len(b.bytes) < batchSize:
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	close(work)
	<-done
	return list, err
}

// batchSize is about how many bytes are fingerprinted at a time.
const batchSize = 128 << 10

// batch is some stored records, read by several goroutines.
type batch struct {
	bytes  []byte
	ends   []int
	ids    []ID
	passed atomic.Int32 // how many are through with it

	hashes []commit.Hash
	hashed chan struct{} // gets one value when the hashes are there
}

func newBatch() *batch {
	return &batch{bytes: make([]byte, 0, batchSize+batchSize/4), hashed: make(chan struct{}, 1)}
}

func (b *batch) empty() {
	b.bytes, b.ends, b.ids, b.hashes = b.bytes[:0], b.ends[:0], b.ids[:0], b.hashes[:0]
	b.passed.Store(0)
}

// hash fingerprints every record of the batch.
func (b *batch) hash() {
	from := 0
	for _, to := range b.ends {
		b.hashes = append(b.hashes, commit.HashOf(b.bytes[from:to]))
		from = to
	}
}

func (b *batch) add(id ID, raw []byte) {
	b.bytes = append(b.bytes, raw...)
	b.ends, b.ids = append(b.ends, len(b.bytes)), append(b.ids, id)
}

func (b *batch) each(fn func(ID, []byte) error) error {
	from := 0
	for i, to := range b.ends {
		if err := fn(b.ids[i], b.bytes[from:to]); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// Open compares all records of an area with its head, as the first reading
// from it does.
func (s *Session) Open(a Area) error {
	return s.file.steady(func(at stamp) error {
		_, err := s.opened(a, at)
		return err
	})
}

// Changed is different after each commit of this process that touched an area.
// Who keeps something read from an area compares it.
func (s *Session) Changed(a Area) [2]uint64 {
	s.file.mu.RLock()
	defer s.file.mu.RUnlock()
	return [2]uint64{s.file.times.Load(), s.file.heads[a]}
}
