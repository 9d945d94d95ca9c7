package vault

// Copies: the book as it was at one moment, written out while it is in use, and
// read back. A copy is closed by one page more, which says what the pages before
// it are: a file without that page is no copy, and none that is damaged passes.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/page"
	"counterbook/store/internal/vault/place"
)

// ErrCopying says that the book is being copied already.
var ErrCopying = errors.New("vault: the book is being copied")

// ErrRewritten says that the book was written anew while it was copied: the copy
// can begin again.
var ErrRewritten = errors.New("vault: the book was written anew meanwhile")

// Label is the page after those of a copy.
type Label struct {
	Sight           // the newest change in it; At is when the copy was made
	Size     int64  // of the pages before
	Records  uint64 // how many it holds, of all areas
	Digest   [32]byte
	Verified bool // a member checked the signatures as well
}

// A label is one page: magic 16 | book 16 | commit 8 | hash 32 | Unix seconds 8 |
// size 8 | records 8 | digest 32 | verified 1 | zeros | SHA-256 of all before it 32.
const labelMagic = "counterbook copy"

func (l Label) encode() []byte {
	b := make([]byte, 0, pageSize)
	b = append(append(b, labelMagic...), l.Book[:]...)
	b = binary.BigEndian.AppendUint64(b, l.Commit)
	b = append(b, l.Entry[:]...)
	for _, n := range []uint64{uint64(l.At.Unix()), uint64(l.Size), l.Records} {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	b = append(b, l.Digest[:]...)
	if l.Verified {
		b = append(b, 1)
	}
	b = append(b, make([]byte, pageSize-sha256.Size-len(b))...)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

func decodeLabel(b []byte) (l Label, ok bool) {
	if len(b) != pageSize || !bytes.HasPrefix(b, []byte(labelMagic)) ||
		sha256.Sum256(b[:pageSize-sha256.Size]) != [32]byte(b[pageSize-sha256.Size:]) {
		return l, false
	}
	n := func(at int) uint64 { return binary.BigEndian.Uint64(b[at:]) }
	l.Book, l.Commit, l.Entry = ID(b[16:32]), n(32), [32]byte(b[40:72])
	l.At, l.Size, l.Records = time.Unix(int64(n(72)), 0).UTC(), int64(n(80)), n(88)
	l.Digest, l.Verified = [32]byte(b[96:128]), b[128] == 1
	return l, true
}

// ReadLabel reads the page that follows the pages of a copy, also where the file
// goes on after it. ErrNotBook says that the file is no copy, or no longer whole.
func ReadLabel(path string) (Label, error) {
	b, at, err := page.Behind(path)
	for _, e := range []error{page.ErrNotBook, page.ErrCut, page.ErrMeta} {
		if errors.Is(err, e) {
			return Label{}, ErrNotBook
		}
	}
	if err != nil {
		return Label{}, err
	}
	l, ok := decodeLabel(b)
	if !ok || l.Size != at {
		return Label{}, ErrNotBook
	}
	return l, nil
}

// AddLabel closes a copy.
func AddLabel(path string, l Label) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(l.encode(), l.Size)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if again, err := ReadLabel(path); err != nil || again != l {
		return errors.Join(damaged("copy"), err)
	}
	return nil
}

// copying is the copy that runs, so that closing the file does not wait for it.
type copying struct {
	gate   sync.Mutex // held while none may begin
	mu     sync.Mutex
	cancel context.CancelCauseFunc
	done   chan struct{}
}

func (c *copying) begin(ctx context.Context) (context.Context, func(), error) {
	if c.runs() { // perhaps in the caller, for whose end stop waits
		return nil, nil, ErrCopying
	}
	c.gate.Lock()
	defer c.gate.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		return nil, nil, ErrCopying
	}
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	c.cancel, c.done = cancel, done
	return ctx, func() {
		cancel(nil)
		c.mu.Lock()
		c.cancel = nil
		c.mu.Unlock()
		close(done)
	}, nil
}

func (c *copying) runs() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cancel != nil
}

// stop ends the copy that runs, which says why, and lets none begin before again is
// called.
func (c *copying) stop(why error) (again func()) {
	c.gate.Lock()
	c.mu.Lock()
	cancel, done := c.cancel, c.done
	c.mu.Unlock()
	if cancel != nil {
		cancel(why)
		<-done
	}
	return c.gate.Unlock
}

// WriteTo writes the book as it is now, which may change meanwhile: its pages stay
// until they are written. What it returns of them lacks the time and the records.
// The error of w comes back as it is. One copy runs at a time: ErrCopying.
// ErrRewritten and ErrClosed end one early.
func (f *File) WriteTo(ctx context.Context, w io.Writer, progress func(done, of int64)) (Label, error) {
	ctx, done, err := f.copying.begin(ctx)
	if err != nil {
		return Label{}, err
	}
	defer done()
	f.mu.RLock()
	if f.dead != nil {
		defer f.mu.RUnlock()
		return Label{}, f.dead
	}
	tx, err := f.begin(false)
	f.mu.RUnlock() // commits go on; the transaction holds what it needs
	if err != nil {
		return Label{}, err
	}
	defer f.end(tx)
	l := Label{Size: tx.Size()}
	if l.Sight, err = sightOf(tx, f.Book()); err != nil {
		return Label{}, err
	}
	out := newOutlet(ctx, w, l.Size, progress)
	out.pages = true
	var n int64
	err = guard(func() (err error) { n, err = tx.WriteTo(out); return err })
	l.Digest = out.finish()
	switch {
	case out.err != nil:
		if why := context.Cause(ctx); why == ErrRewritten || why == ErrClosed {
			return Label{}, why
		}
		return Label{}, out.err
	case err != nil:
		return Label{}, err
	case n != l.Size:
		return Label{}, damaged("length")
	}
	return l, nil
}

// outlet passes on in large pieces what bbolt writes, and hashes it beside that.
type outlet struct {
	ctx      context.Context
	w        io.Writer
	progress func(done, of int64)
	done, of int64
	err      error
	pages    bool // what is written is a copy that bbolt makes

	piece  []byte
	pieces chan []byte // to be hashed
	free   chan []byte
	sum    chan [32]byte
}

const pieceSize = 1 << 20

func newOutlet(ctx context.Context, w io.Writer, of int64, progress func(done, of int64)) *outlet {
	o := &outlet{ctx: ctx, w: w, of: of, progress: progress, pieces: make(chan []byte, 2), free: make(chan []byte, 4),
		sum: make(chan [32]byte, 1), piece: make([]byte, 0, pieceSize)}
	for range 3 {
		o.free <- make([]byte, 0, pieceSize)
	}
	go func() {
		h := sha256.New()
		for p := range o.pieces {
			h.Write(p)
			o.free <- p[:0]
		}
		o.sum <- [32]byte(h.Sum(nil))
	}()
	return o
}

// Write implements io.Writer.
func (o *outlet) Write(b []byte) (n int, err error) {
	for len(b) > 0 {
		k := min(len(b), pieceSize-len(o.piece))
		o.piece = append(o.piece, b[:k]...)
		b, n = b[k:], n+k
		if len(o.piece) == pieceSize {
			if err := o.flush(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (o *outlet) flush() error {
	if o.err == nil {
		o.err = o.ctx.Err()
	}
	if o.pages && o.done == 0 && len(o.piece) >= 2*pageSize {
		page.Straighten(o.piece)
	}
	if o.err == nil {
		_, o.err = o.w.Write(o.piece)
	}
	if o.err != nil {
		return o.err
	}
	o.done += int64(len(o.piece))
	o.pieces <- o.piece
	o.piece = <-o.free
	if o.progress != nil {
		o.progress(o.done, o.of)
	}
	return nil
}

// finish writes what is left, and returns the digest of everything.
func (o *outlet) finish() [32]byte {
	if o.err == nil && len(o.piece) > 0 {
		_ = o.flush() // its error is kept
	}
	close(o.pieces)
	return <-o.sum
}

// Digest reads the pages of a copy, size bytes of the file at path, and hashes
// them.
func Digest(ctx context.Context, path string, size int64, progress func(done, of int64)) ([32]byte, error) {
	f, err := place.Open(path)
	if err != nil {
		return [32]byte{}, err
	}
	defer f.Close()
	o := newOutlet(ctx, io.Discard, size, progress)
	_, err = io.Copy(o, io.LimitReader(f, size))
	sum := o.finish()
	if o.err != nil {
		err = o.err
	}
	if err == nil && o.done != size {
		err = damaged("length")
	}
	return sum, err
}

// VerifyCopy checks a copy with the keys every member has: the newest entry's
// signature, through it the log, the heads, and every record of every area
// against them, whether the session opens the area or not.
func (s *Session) VerifyCopy(path string) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return ErrClosed
	}
	bundle := s.bundle.Clone()
	s.mu.Unlock()
	c := &File{path: path, least: s.file.least}
	db, handle, err := openDB(path, &bolt.Options{ReadOnly: true})
	if err != nil {
		bundle.Wipe()
		return err
	}
	c.db = db
	defer func() {
		if c.broken.Load() {
			handle.Close()
		}
		c.Close()
	}()
	if err := c.readTable(); err != nil {
		bundle.Wipe()
		return err
	}
	t, err := c.session(bundle)
	if err != nil {
		bundle.Wipe()
		return err
	}
	defer t.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	return c.view(func(tx *bolt.Tx) error {
		heads, _, err := t.heads(tx)
		if err != nil {
			return err
		}
		for _, h := range heads {
			if _, err := t.checkList(tx, Area(h.Area), heads); err != nil {
				return err
			}
		}
		return nil
	})
}

// Counted is what can be counted in a file without a key.
type Counted struct {
	Shop    string
	Records map[Area]int
}

// Count counts the records of each area, but for those that skip says of.
func Count(path string, skip func(Area, ID) bool) (Counted, error) {
	tx, done, err := readOnly(path)
	if err != nil {
		return Counted{}, err
	}
	defer done()
	c := Counted{Records: map[Area]int{}}
	raw, err := get(tx, keyTable)
	if err != nil {
		return c, ErrNotBook
	}
	t, err := decodeTable(raw)
	if err != nil {
		return c, err
	}
	c.Shop = t.Shop
	return c, each(tx, []byte{preRecord}, func(k, _ []byte) error {
		if len(k) != 3+16 {
			return damaged("record")
		}
		if a := Area(binary.BigEndian.Uint16(k[1:])); !skip(a, ID(k[3:])) {
			c.Records[a]++
		}
		return nil
	})
}

// Look returns the newest change in a file, without its time, and the hash of
// another one, zero when that is not there.
func Look(path string, number uint64) (newest Sight, other [32]byte, err error) {
	tx, done, err := readOnly(path)
	if err != nil {
		return Sight{}, other, err
	}
	defer done()
	raw, err := get(tx, keyTable)
	if err != nil {
		return Sight{}, other, ErrNotBook
	}
	t, err := decodeTable(raw)
	if err != nil {
		return Sight{}, other, err
	}
	if newest, err = sightOf(tx, t.Book); err != nil {
		return Sight{}, other, err
	}
	stored, err := get(tx, logKey(number))
	if errors.Is(err, ErrNotFound) {
		return newest, other, nil
	}
	return newest, commit.HashEntry(stored), err
}
