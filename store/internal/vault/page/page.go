// Package page looks at a bbolt file without bbolt: bbolt maps a file into
// memory and trusts it, so what is damaged, cut or something else altogether
// has to be turned away before.
package page

import (
	"encoding/binary"
	"errors"
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

const (
	magic       = 0xED0CDAED
	version     = 2
	headerSize  = 16 // id 8, flags 2, count 2, overflow 4
	metaSize    = 64
	minPageSize = 1 << 10
	maxPageSize = 1 << 16
)

// Meta is what a meta page says, in pages and transactions.
type Meta struct {
	PageSize  uint32
	Root      uint64
	Freelist  uint64
	HighWater uint64 // pages in use: the file holds at least so many
	TxID      uint64
}

// Check reads the two meta pages of the file at path and compares them with
// its size. Both must be in order and consecutive: with one of them damaged
// bbolt would silently go back by one transaction.
func Check(path string) (newest Meta, err error) {
	f, err := os.Open(path)
	if err != nil {
		return Meta{}, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return Meta{}, err
	}
	if !st.Mode().IsRegular() {
		return Meta{}, ErrNotBook
	}
	return check(f, st.Size())
}

func check(r io.ReaderAt, size int64) (Meta, error) {
	first, err := readMeta(r, 0)
	if errors.Is(err, ErrNotBook) {
		// The first page may be the damaged one; the second tells.
		for ps := int64(minPageSize); ps <= maxPageSize; ps *= 2 {
			if m, err := readMeta(r, ps); err == nil && int64(m.PageSize) == ps {
				return Meta{}, ErrMeta
			}
		}
	}
	if err != nil {
		return Meta{}, err
	}
	ps := int64(first.PageSize)
	if size < 4*ps || size%ps != 0 {
		return Meta{}, ErrCut
	}
	second, err := readMeta(r, ps)
	if err != nil || second.PageSize != first.PageSize {
		return Meta{}, ErrMeta
	}
	newest, other := first, second
	if second.TxID > first.TxID {
		newest, other = second, first
	}
	if newest.TxID != other.TxID+1 {
		return Meta{}, ErrMeta
	}
	if newest.HighWater < 4 || newest.Root < 2 || newest.Root >= newest.HighWater || newest.Freelist >= newest.HighWater {
		return Meta{}, ErrMeta
	}
	if newest.HighWater > uint64(size/ps) {
		return Meta{}, ErrCut
	}
	return newest, nil
}

func readMeta(r io.ReaderAt, at int64) (Meta, error) {
	var b [headerSize + metaSize]byte
	if _, err := r.ReadAt(b[:], at); err != nil {
		return Meta{}, ErrNotBook
	}
	m := b[headerSize:]
	le := binary.LittleEndian
	if le.Uint32(m) != magic {
		return Meta{}, ErrNotBook
	}
	sum := fnv.New64a()
	sum.Write(m[:metaSize-8])
	if le.Uint32(m[4:]) != version || le.Uint64(m[56:]) != sum.Sum64() {
		return Meta{}, ErrMeta
	}
	out := Meta{
		PageSize: le.Uint32(m[8:]), Root: le.Uint64(m[16:]), Freelist: le.Uint64(m[32:]),
		HighWater: le.Uint64(m[40:]), TxID: le.Uint64(m[48:]),
	}
	if out.PageSize < minPageSize || out.PageSize > maxPageSize || out.PageSize&(out.PageSize-1) != 0 {
		return Meta{}, ErrMeta
	}
	return out, nil
}
