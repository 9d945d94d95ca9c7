package vault

// Transactions: everything that changes a book goes through Update.

import (
	"context"
	"errors"
	"maps"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
	"counterbook/store/internal/vault/place"
)

// Tx is one transaction. It ends when the function given to Update returns.
type Tx struct {
	s       *Session
	tx      *bolt.Tx
	number  uint64
	prev    [32]byte
	heads   commit.Heads
	event   []byte // nil for none
	lists   map[Area]*commit.List
	undo    []func()
	entry   [32]byte      // hash of the log entry, once it is sealed
	fresh   []commit.Head // desks made in this transaction
	table   *keys.Table   // new table, if any …
	private *keys.Private // … and its private part
	// The members' keys, and what the entry is sealed under: fresh ones where
	// somebody loses access in this transaction.
	members *keys.Members
	log     *envelope.Ring
	turned  map[Area]*area // areas that are in a new epoch in this transaction

	ctx   context.Context // of a rewrite; nil for none
	meter *meter
}

// Update runs fn in a transaction and commits it together with one signed log
// entry. An error of fn undoes everything and is returned as it is. When the
// disk fails the commit, the file is opened again and asked: the disk's error
// means that nothing was written, ErrUncertain that the change may or may not
// be in the book.
func (s *Session) Update(fn func(*Tx) error) error {
	before := s.file.table.Load()
	err := s.update(fn)
	if s.file.table.Load() == before {
		return err
	}
	s.file.tell()
	return err
}

func (s *Session) update(fn func(*Tx) error) error {
	f := s.file
	f.write.Lock()
	defer f.write.Unlock()
	if err := f.present(); err != nil {
		return err
	}
	tx, err := f.begin(true)
	if err != nil {
		return err
	}
	t := &Tx{s: s, tx: tx, lists: map[Area]*commit.List{}}
	open := true
	defer func() { // also when fn panics: a transaction left open would block all others
		if open {
			t.rollback()
		}
	}()
	err = t.begin()
	if err == nil {
		err = fn(t)
	}
	if err == nil {
		err = t.seal()
	}
	if err != nil || !t.dirty() {
		return err
	}
	if err := place.Same(f.path, f.inode); err != nil {
		return ErrMoved
	}
	open = false
	if err := f.commit(t); err != nil {
		t.revert()
		return f.afterFailure(err, t.number)
	}
	f.committed(t)
	return nil
}

// commit commits t. Where the table changes nobody reads meanwhile, so that nobody
// meets what is sealed under keys of a table they have not seen.
func (f *File) commit(t *Tx) error {
	if t.table != nil {
		f.mu.Lock()
		defer f.mu.Unlock()
	}
	err := guard(func() error { return CommitTx(t.tx) })
	if err == nil && t.table != nil {
		f.table.Store(t.table)
	}
	return err
}

// CommitTx is bbolt's commit. Tests, those of package store too, let it fail.
var CommitTx = (*bolt.Tx).Commit

func (t *Tx) begin() error {
	s := t.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return err
	}
	heads, n, err := s.heads(t.tx)
	if err != nil {
		return err
	}
	stored, err := get(t.tx, logKey(n))
	if err != nil {
		return damaged("log")
	}
	t.heads, t.number, t.prev = heads, n+1, commit.HashEntry(stored)
	t.members, t.log = s.members, s.log
	return nil
}

// Number is the number of the commit this transaction will be.
func (t *Tx) Number() uint64 { return t.number }

// Event sets what the log says of the transaction. Only readers of the
// activity area see it.
func (t *Tx) Event(b []byte) { t.event = append([]byte{}, b...) }

// rules is the private part of the table as the transaction leaves it.
func (t *Tx) rules() *keys.Private {
	if t.private != nil {
		return t.private
	}
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	return t.s.private
}

// Get reads a record as the transaction sees it.
func (t *Tx) Get(a Area, id ID) ([]byte, uint64, error) {
	ar, err := t.open(a)
	if err != nil {
		return nil, 0, err
	}
	return t.s.read(t.tx, a, ar, id)
}

// Scan is Session.Scan as the transaction sees the area.
func (t *Tx) Scan(a Area, prefix []byte, fn func(id ID, plain []byte, version uint64) error) error {
	ar, err := t.open(a)
	if err != nil {
		return err
	}
	return t.s.scan(t.tx, a, ar, prefix, fn)
}

// Put seals a record under the area's current key.
func (t *Tx) Put(a Area, id ID, plain []byte) error {
	ar, err := t.writable(a)
	if err != nil {
		return err
	}
	return t.putAs(a, ar, id, plain, t.number)
}

// putAs seals a record as one that a commit wrote.
func (t *Tx) putAs(a Area, ar *area, id ID, plain []byte, version uint64) error {
	sealer := ar.sealers[ar.epoch]
	if sealer == nil {
		return ErrNoKey
	}
	h := envelope.Header{Epoch: ar.epoch, Commit: version}
	raw, err := sealer.Seal(envelope.Place{Book: t.s.bundle.Book, Area: uint16(a), ID: id}, h, plain)
	if err != nil {
		return err
	}
	return t.put(a, id, recordKey(a, id), raw)
}

// work counts bytes of work that a rewrite does in the transaction, and ends it
// when nobody wants it any more.
func (t *Tx) work(n int) error {
	if t.meter == nil {
		return nil
	}
	t.meter.add(int64(n))
	return t.ctx.Err()
}

// Delete removes a record. Its bytes stay in free pages until the book is
// rewritten.
func (t *Tx) Delete(a Area, id ID) error {
	if _, err := t.writable(a); err != nil {
		return err
	}
	list := t.lists[a]
	old, ok := list.Get(id)
	if !ok {
		return ErrNotFound
	}
	if err := guard(func() error { return t.tx.Bucket(bucket).Delete(recordKey(a, id)) }); err != nil {
		return err
	}
	list.Delete(id)
	t.undo = append(t.undo, func() { list.Put(id, old) })
	return nil
}

// open returns an area the session reads, checked against its head.
func (t *Tx) open(a Area) (*area, error) {
	s := t.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	ar := s.areas[a]
	if ar == nil {
		return nil, ErrNoKey
	}
	if t.lists[a] == nil && (ar.list == nil || !s.file.unchanged(a, ar)) {
		list, err := s.checkList(t.tx, a, t.heads)
		if err != nil {
			return nil, err
		}
		head, _ := t.heads.Find(uint16(a))
		ar.list, ar.at, ar.times = list, head.Commit, s.file.reopened()
	}
	if now := t.turned[a]; now != nil {
		now.list = ar.list
		return now, nil
	}
	return ar, nil
}

// area is what the transaction holds of an area, nil for nothing.
func (t *Tx) area(a Area) *area {
	if now := t.turned[a]; now != nil {
		return now
	}
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	return t.s.areas[a]
}

// turnArea lets the transaction seal under the key of a new epoch, where the
// session reads the area.
func (t *Tx) turnArea(a Area, epoch uint32, key []byte) error {
	was := t.area(a)
	if was == nil {
		return nil
	}
	sealer, err := recordSealer(key)
	if err != nil {
		return err
	}
	now := &area{epoch: epoch, keys: maps.Clone(was.keys), sealers: maps.Clone(was.sealers)}
	now.keys[epoch], now.sealers[epoch] = key, sealer
	if t.turned == nil {
		t.turned = map[Area]*area{}
	}
	t.turned[a] = now
	return nil
}

func (t *Tx) writable(a Area) (*area, error) {
	ar, err := t.open(a)
	if err != nil {
		return nil, err
	}
	t.s.mu.Lock()
	may := t.s.mayWrite(a)
	t.s.mu.Unlock()
	if !may {
		return nil, ErrNoWrite
	}
	t.lists[a] = ar.list
	return ar, nil
}

// put stores a value and notes it in the area's list.
func (t *Tx) put(a Area, id ID, key, value []byte) error {
	if err := guard(func() error { return t.tx.Bucket(bucket).Put(key, value) }); err != nil {
		return err
	}
	list := t.lists[a]
	old, ok := list.Get(id)
	list.Put(id, commit.HashOf(value))
	t.undo = append(t.undo, func() {
		if ok {
			list.Put(id, old)
		} else {
			list.Delete(id)
		}
	})
	return nil
}

// pseudo opens the register or a seat for writing. fresh is a seat that is made
// in this transaction.
func (t *Tx) pseudo(a Area, fresh bool) error {
	if t.lists[a] != nil {
		return nil
	}
	if fresh {
		t.lists[a] = new(commit.List)
		return nil
	}
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	list, err := t.s.checkList(t.tx, a, t.heads)
	if err != nil {
		return err
	}
	t.lists[a] = list
	return nil
}

func (t *Tx) dirty() bool { return t.event != nil || len(t.undo) > 0 }

// seal writes the log entry and the heads.
func (t *Tx) seal() error {
	if !t.dirty() {
		return nil
	}
	s := t.s
	changed := t.fresh
	for a, l := range t.lists {
		changed = append(changed, commit.Head{Area: uint16(a), Count: l.Count(), Root: l.Root(uint16(a)), Commit: t.number})
	}
	heads := t.heads.With(changed)
	state, err := heads.State()
	if err != nil {
		return err
	}
	e := commit.Entry{Author: s.bundle.Profile, Changed: commit.Heads(nil).With(changed), Was: t.heads.Replaced(changed),
		State: state, Number: t.number, Prev: t.prev}
	if t.event != nil {
		if e.Event, err = t.sealEvent(); err != nil {
			return err
		}
	}
	if err := writeEntry(t.tx, s.bundle, t.log, &e, heads); err != nil {
		return err
	}
	stored, err := get(t.tx, logKey(t.number))
	t.entry = commit.HashEntry(stored)
	return err
}

// sealEvent seals the event to those who read the activity area from now on.
func (t *Tx) sealEvent() ([]byte, error) {
	act, ok := t.rules().Area(uint16(Activity))
	if !ok {
		return nil, damaged("table")
	}
	s := t.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.events == nil || !s.events.To(act.EventKey) {
		var err error
		if s.events, err = keys.NewEventSealer(act.EventKey, s.bundle.Book); err != nil {
			return nil, damaged("table")
		}
	}
	return s.events.Seal(t.number, t.event), nil
}

func writeEntry(tx *bolt.Tx, b *keys.Bundle, log *envelope.Ring, e *commit.Entry, heads commit.Heads) error {
	stored, err := e.Seal(b.Book, log, b.Signer())
	if err != nil {
		return err
	}
	plain, err := envelope.Marshal(heads)
	if err != nil {
		return err
	}
	raw, err := log.Seal(headsPlace(b.Book), e.Number, plain)
	if err != nil {
		return err
	}
	return guard(func() error {
		bk := tx.Bucket(bucket)
		return errors.Join(bk.Put(logKey(e.Number), stored), bk.Put(keyHeads, raw))
	})
}

func (t *Tx) rollback() {
	t.s.file.end(t.tx)
	t.revert()
}

func (t *Tx) revert() {
	for i := len(t.undo) - 1; i >= 0; i-- {
		t.undo[i]()
	}
}

// committed takes over what the transaction changed.
func (f *File) committed(t *Tx) {
	s := t.s
	s.mu.Lock()
	defer s.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.heads == nil {
		f.heads = map[Area]uint64{}
	}
	f.tip = tip{t.number, t.entry}
	for a := range t.lists {
		f.heads[a] = t.number
		if ar := s.areas[a]; ar != nil {
			ar.at = t.number
		}
	}
	s.checked = t.number
}
