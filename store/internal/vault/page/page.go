// Package page looks at a bbolt file without bbolt: bbolt maps a file into
// memory and trusts it, so what is damaged, cut or something else altogether
// has to be turned away before. On a page that is not as it wrote it bbolt
// panics, waits for ever, or ends the process from a goroutine of its own; where
// it does not, it may lose what it writes next.
//
// Everything here is plain reading at offsets that were compared with the length
// of the file. No map, no trust, and memory that does not grow with what a file
// says of itself: hostile files are as welcome as damaged ones.
package page

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

var (
	// ErrNotBook says that a file is no book at all.
	ErrNotBook = errors.New("page: not a book")
	// ErrCut says that a file is shorter than it says it is.
	ErrCut = errors.New("page: file is cut short")
	// ErrMeta says that the first pages, which say where everything is, are damaged.
	ErrMeta = errors.New("page: first pages are damaged")
)

// Broken says that a page is not as bbolt writes it, or belongs to nothing.
type Broken struct{ Page uint64 }

func (b *Broken) Error() string { return fmt.Sprintf("page: page %d is damaged", b.Page) }

// Size is the length of a page in bytes. Books are made with it on every system.
const Size = 4096

const (
	magic      = 0xED0CDAED
	version    = 2
	headerSize = 16 // id 8, flags 2, count 2, overflow 4
	metaSize   = 64
	minPages   = 4
	// maxPages bounds the memory that a check takes: a book of 64 GiB.
	maxPages = 1 << 24
)

// The kinds of pages, as in bbolt's internal/common/page.go.
const (
	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagMeta     = 0x04
	flagFreelist = 0x10
)

// Meta is what a meta page says, in pages and transactions.
type Meta struct {
	Root      uint64
	Freelist  uint64
	HighWater uint64 // pages in use: the file holds at least so many
	TxID      uint64
}

// Check reads the whole file at path: see In.
func Check(path string) (newest Meta, err error) {
	err = open(path, func(f *os.File) error {
		newest, err = In(f)
		return err
	})
	return newest, err
}

// First reads the first two pages of the file at path and compares them with its
// size. Both must be in order and consecutive: with one of them damaged bbolt
// would silently go back by one transaction.
func First(path string) (newest Meta, err error) {
	err = open(path, func(f *os.File) error {
		st, err := f.Stat()
		if err == nil {
			newest, err = metas(f, st.Size())
		}
		return err
	})
	return newest, err
}

// Behind reads the page that follows those in use of the file at path, and says
// where it begins, whatever the length of the file: Windows maps no more than
// there is, so that bbolt lengthens a file there when it opens it to write.
func Behind(path string) (b []byte, at int64, err error) {
	err = open(path, func(f *os.File) error {
		st, err := f.Stat()
		if err != nil {
			return err
		}
		m, err := metas(f, st.Size())
		if err != nil {
			return err
		}
		b, at = make([]byte, Size), int64(m.HighWater*Size)
		return readAt(f, b, uint64(at))
	})
	return b, at, err
}

// In reads a whole file: the first pages, every page of the tree and the list of
// free pages. It returns ErrNotBook, ErrCut, ErrMeta or Broken, and what the disk
// returned when it does not answer. What it passes, bbolt opens and reads.
func In(f *os.File) (newest Meta, err error) {
	st, err := f.Stat()
	if err != nil {
		return Meta{}, err
	}
	return check(f, st.Size())
}

// open lets fn read a regular file. Anything else, such as a pipe, might wait for
// ever.
func open(path string, fn func(*os.File) error) error {
	if st, err := os.Stat(path); err != nil {
		return err
	} else if !st.Mode().IsRegular() {
		return ErrNotBook
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return fn(f)
}

func check(r io.ReaderAt, size int64) (Meta, error) {
	m, err := metas(r, size)
	if err != nil {
		return Meta{}, err
	}
	return m, newWalk(r, m).all()
}

func metas(r io.ReaderAt, size int64) (Meta, error) {
	first, err := readMeta(r, 0)
	if errors.Is(err, ErrNotBook) {
		// The first page may be the damaged one; the second tells.
		if _, err := readMeta(r, 1); err == nil {
			return Meta{}, ErrMeta
		}
	}
	if err != nil {
		return Meta{}, err
	}
	if size < minPages*Size || size%Size != 0 {
		return Meta{}, ErrCut
	}
	second, err := readMeta(r, 1)
	if err != nil {
		return Meta{}, ErrMeta
	}
	newest, other := first, second
	if second.TxID > first.TxID {
		newest, other = second, first
	}
	if newest.TxID != other.TxID+1 || first.TxID%2 != 0 {
		return Meta{}, ErrMeta
	}
	if newest.HighWater < minPages || newest.HighWater > maxPages ||
		newest.Root < 2 || newest.Root >= newest.HighWater || newest.Freelist < 2 || newest.Freelist >= newest.HighWater {
		return Meta{}, ErrMeta
	}
	if newest.HighWater > uint64(size/Size) {
		return Meta{}, ErrCut
	}
	return newest, nil
}

// readMeta reads one of the first two pages. One of another page size, or whose
// header is not that of a meta page, counts as damaged.
func readMeta(r io.ReaderAt, id uint64) (Meta, error) {
	var b [headerSize + metaSize]byte
	if err := readAt(r, b[:], id*Size); errors.Is(err, ErrCut) {
		return Meta{}, ErrNotBook
	} else if err != nil {
		return Meta{}, err
	}
	m := b[headerSize:]
	le := binary.LittleEndian
	if le.Uint32(m) != magic {
		return Meta{}, ErrNotBook
	}
	sum := fnv.New64a()
	sum.Write(m[:metaSize-8])
	if le.Uint32(m[4:]) != version || le.Uint64(m[56:]) != sum.Sum64() || parse(b[:]) != (header{id: id, flags: flagMeta}) {
		return Meta{}, ErrMeta
	}
	if le.Uint32(m[8:]) != Size {
		return Meta{}, ErrNotBook // bbolt's, but none that this program made
	}
	return Meta{Root: le.Uint64(m[16:]), Freelist: le.Uint64(m[32:]), HighWater: le.Uint64(m[40:]), TxID: le.Uint64(m[48:])}, nil
}

// Straighten puts the first two pages of a copy that bbolt wrote where bbolt's next
// change looks for them: the one with an even number at the front. bbolt itself
// writes the newest there, whatever its number, and would then write its next change
// over it and leave one behind that is two changes old. b begins with both pages.
func Straighten(b []byte) {
	first, second := b[headerSize:headerSize+metaSize], b[Size+headerSize:Size+headerSize+metaSize]
	le := binary.LittleEndian
	if le.Uint64(first[48:])%2 == 1 && le.Uint64(second[48:])%2 == 0 {
		var was [metaSize]byte
		copy(was[:], first)
		copy(first, second)
		copy(second, was[:])
	}
}

// header is what every page begins with.
type header struct {
	id       uint64
	flags    uint16
	count    uint16
	overflow uint32 // pages that follow and belong to it
}

func parse(b []byte) header {
	le := binary.LittleEndian
	return header{le.Uint64(b), le.Uint16(b[8:]), le.Uint16(b[10:]), le.Uint32(b[12:])}
}

// readAt fills b, or returns ErrCut where the file ends before.
func readAt(r io.ReaderAt, b []byte, at uint64) error {
	n, err := r.ReadAt(b, int64(at))
	switch {
	case n == len(b):
		return nil
	case err == nil, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ErrCut
	}
	return fmt.Errorf("page: read: %w", err)
}
