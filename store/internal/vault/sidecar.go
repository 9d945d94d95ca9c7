package vault

// The sidecar: what this computer saw of a book last, kept outside the book, so
// that a file that was put back to an earlier state, or that went on elsewhere,
// is noticed. It holds nothing that does not stand in clear in the book.

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/place"
)

var (
	// ErrForked says that the file does not hold the newest change that this
	// computer saw of the book, but others in its place.
	ErrForked = errors.New("vault: the book went on without changes that this computer saw")
	// ErrRestored says that a backup was put in the book's place.
	ErrRestored = errors.New("vault: the book is a backup that was put back")
)

// Older says that the file ends before the newest change that this computer saw
// of the book.
type Older struct {
	Missing  uint64    // how many changes
	Since    time.Time // when the newest of them was made
	Restored bool      // a backup was put in its place here
}

func (e *Older) Error() string {
	return fmt.Sprintf("vault: %d changes of the book are missing", e.Missing)
}

// Sight is the newest change of a book that a computer saw.
type Sight struct {
	Book   ID
	Commit uint64
	Entry  [32]byte // hash of its stored log entry
	At     time.Time
}

// A sidecar is one sector, so that writing it in place is done or not:
// magic 8 | book 16 | commit 8 | hash 32 | Unix seconds 8 | zeros | SHA-256 of all
// before it 32.
const (
	sidecarMagic = "cbseen\x00\x01"
	sidecarSize  = 512
)

func (s Sight) encode() []byte {
	b := make([]byte, 0, sidecarSize)
	b = append(append(b, sidecarMagic...), s.Book[:]...)
	b = binary.BigEndian.AppendUint64(b, s.Commit)
	b = append(b, s.Entry[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(s.At.Unix()))
	b = append(b, make([]byte, sidecarSize-sha256.Size-len(b))...)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// decodeSight reads a sidecar of a book. One that was torn, or is another
// book's, is as none.
func decodeSight(b []byte, book ID) (Sight, bool) {
	if len(b) != sidecarSize || !bytes.HasPrefix(b, []byte(sidecarMagic)) ||
		sha256.Sum256(b[:sidecarSize-sha256.Size]) != [32]byte(b[sidecarSize-sha256.Size:]) {
		return Sight{}, false
	}
	s := Sight{Book: ID(b[8:]), Commit: binary.BigEndian.Uint64(b[24:]), Entry: [32]byte(b[32:64]),
		At: time.Unix(int64(binary.BigEndian.Uint64(b[64:])), 0).UTC()}
	return s, s.Book == book && s.Commit > 0
}

// SidecarPath is where a folder keeps what was seen of a book.
func SidecarPath(dir string, book ID) string {
	return filepath.Join(dir, hex.EncodeToString(book[:])+".seen")
}

// ReadSight reads what a folder keeps of a book, if anything.
func ReadSight(dir string, book ID) (Sight, bool) {
	if dir == "" {
		return Sight{}, false
	}
	f, err := place.Open(SidecarPath(dir, book))
	if err != nil {
		return Sight{}, false
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, sidecarSize+1))
	if err != nil {
		return Sight{}, false
	}
	return decodeSight(b, book)
}

// sidecar is the open file. What it cannot write it leaves: the book is worth
// more than the memory of it.
type sidecar struct {
	dir    string // "" for none
	now    func() time.Time
	newest Sight
	file   *os.File // nil until something is written
	failed error    // why the newest is not kept, nil where it is
}

// keep writes what was seen. A book is worked with where that cannot be: Forgets
// says so.
func (c *sidecar) keep() { c.failed = c.write() }

func (c *sidecar) write() error {
	if c.dir == "" {
		return nil
	}
	if c.file == nil {
		if err := os.MkdirAll(c.dir, 0o700); err != nil {
			return err
		}
		f, err := os.OpenFile(SidecarPath(c.dir, c.newest.Book), os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		c.file = f
		if st, err := f.Stat(); err == nil && st.Size() > sidecarSize {
			f.Truncate(sidecarSize) // whatever that was
		}
	}
	_, err := c.file.WriteAt(c.newest.encode(), 0)
	return err
}

func (c *sidecar) sync() error {
	if c.file == nil {
		return nil
	}
	return c.file.Sync()
}

func (c *sidecar) close() error {
	if c.file == nil {
		return nil
	}
	f := c.file
	c.file = nil
	return errors.Join(f.Sync(), f.Close())
}

// Remember has the file keep in the folder dir what it saw of the book, and
// compares it with what is kept there: Standing says what came of it. An empty
// dir, or one that cannot be read or written, is as none. A backup that was put in
// the book's place is known by itself: its label is there until the book goes on.
func (f *File) Remember(dir string, now func() time.Time) error {
	var here Sight
	var standing error
	err := f.view(func(tx *bolt.Tx) (err error) {
		if here, err = sightOf(tx, f.Book()); err != nil {
			return err
		}
		kept, ok := ReadSight(dir, here.Book)
		here.At = kept.At
		l, noLabel := ReadLabel(f.path)
		restored := noLabel == nil && l.Book == here.Book && l.Commit == here.Commit && l.Entry == here.Entry
		// So does a book that was salvaged: invoices may be lost that were printed.
		if saved := f.table.Load().Saved; len(saved) > 0 && saved[len(saved)-1] == here.Commit {
			restored = true
		}
		if restored {
			standing = ErrRestored
		}
		if ok {
			standing, err = compare(tx, kept, here, restored)
		}
		return err
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	f.side = sidecar{dir: dir, now: now, newest: here}
	f.standing = standing
	return err
}

// sightOf is the newest change in a file, but for its time, which is closed.
func sightOf(tx *bolt.Tx, book ID) (Sight, error) {
	key, stored, err := last(tx, preLog)
	if err != nil || len(key) != 1+8 {
		return Sight{}, damaged("log")
	}
	n, _, err := commit.Link(stored)
	if err != nil || n != binary.BigEndian.Uint64(key[1:]) {
		return Sight{}, damaged("log")
	}
	return Sight{Book: book, Commit: n, Entry: commit.HashEntry(stored)}, nil
}

// compare says how a file stands to what was seen of its book.
func compare(tx *bolt.Tx, kept, here Sight, restored bool) (standing, err error) {
	if kept.Commit > here.Commit {
		return &Older{Missing: kept.Commit - here.Commit, Since: kept.At, Restored: restored}, nil
	}
	stored, err := get(tx, logKey(kept.Commit))
	switch {
	case errors.Is(err, ErrNotFound): // of a log that began anew after it
		return ErrForked, nil
	case err != nil:
		return nil, damaged("log")
	case commit.HashEntry(stored) != kept.Entry:
		return ErrForked, nil
	case restored:
		return ErrRestored, nil
	}
	return nil, nil
}

// Standing says that the book went back, or another way, since this computer saw
// it: an Older, ErrForked or ErrRestored. Until an owner goes on from it nothing
// is written. It is nil for a book that went on from what was seen.
func (f *File) Standing() error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.standing
}

// saw keeps a commit of this process, without waiting for the disk.
func (f *File) saw(t *Tx) {
	if t.past {
		f.standing = nil
	}
	if f.side.now == nil {
		return
	}
	f.side.newest = Sight{Book: f.side.newest.Book, Commit: t.number, Entry: t.entry, At: f.side.now()}
	f.side.keep()
}

// sawTip keeps the newest commit of this process, where it came about otherwise than
// by a transaction on the file.
func (f *File) sawTip() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.side.now == nil || f.standing != nil || f.tip.number <= f.side.newest.Commit {
		return
	}
	f.side.newest = Sight{Book: f.side.newest.Book, Commit: f.tip.number, Entry: f.tip.hash, At: f.side.now()}
	f.side.keep()
}

// Settle keeps what was seen so far and makes it durable.
func (f *File) Settle() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.standing != nil || f.side.now == nil || f.dead != nil {
		return
	}
	if f.side.newest.At.IsZero() {
		f.side.newest.At = f.side.now()
	}
	if f.side.keep(); f.side.failed == nil {
		f.side.failed = f.side.sync()
	}
}

// Forgets is why the newest change is not kept in the folder of Remember, so that an
// older file would not be noticed; nil where it is, or where nothing is to be kept.
func (f *File) Forgets() error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.side.failed
}

// Seen is the newest change that this process saw in the file.
func (f *File) Seen() Sight {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.side.newest
}

// Book is the id of the book, which stays the same in every copy of it.
func (f *File) Book() ID { return f.table.Load().Book }

// GoOn is Update on a book that went back or another way: nothing else is
// written to it until then. The book goes on from its newest change.
func (s *Session) GoOn(fn func(*Tx) error) error {
	err := s.update(fn, true)
	if err == nil {
		s.file.Settle()
	}
	return err
}
