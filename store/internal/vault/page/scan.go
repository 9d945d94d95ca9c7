package page

// The scan: what a damaged file still holds, whatever its tree says.

import (
	"encoding/binary"
	"errors"
	"io"
)

// Element is a key with the place of its value in the file. Nothing says yet that
// it is genuine.
type Element struct {
	Page uint64 // where the element begins
	Key  []byte // good until the scan goes on
	At   int64  // of the value
	Size int
}

// Scan looks at each page of a file for the elements of a leaf, and calls fn with
// those whose key and length of value fit. It believes neither the tree nor the
// head of a page: the first element of a leaf says where the keys begin, and so how
// many there are. What a disk does not give is left out and counted in pages.
func Scan(r io.ReaderAt, size int64, fits func(key []byte, value int) bool, fn func(Element) error) (unread int, err error) {
	ahead := make([]byte, readAhead)
	for at := int64(0); at < size; at += readAhead {
		b := ahead[:min(readAhead, size-at)]
		whole := true
		if err := readAt(r, b, uint64(at)); err != nil {
			whole = false
		}
		for off := 0; off < len(b); off += Size {
			p := b[off:min(off+Size, len(b))]
			if !whole {
				if err := readAt(r, p, uint64(at)+uint64(off)); err != nil {
					unread++
					continue
				}
			}
			if err := scanPage(r, size, p, at+int64(off), fits, fn); err != nil {
				return unread, err
			}
		}
	}
	return unread, nil
}

// scanPage looks at one page, which begins at an offset of the file.
func scanPage(r io.ReaderAt, size int64, p []byte, begin int64, fits func([]byte, int) bool, fn func(Element) error) error {
	if len(p) < headerSize+leafElement {
		return nil
	}
	most := (len(p) - headerSize) / leafElement
	n := 0
	if h := parse(p); h.flags == flagLeaf {
		n = min(int(h.count), most)
	}
	if first := binary.LittleEndian.Uint32(p[headerSize+4:]); first%leafElement == 0 && int64(first/leafElement) <= int64(most) {
		n = max(n, int(first/leafElement))
	}
	var far [maxKey]byte
	for i := range n {
		e, _ := leaf(p, i, 0, 0)
		if e.flags != 0 || e.key == 0 || e.key > maxKey || begin+int64(e.at+e.key+e.value) > size ||
			e.at < uint64(headerSize+leafElement*(i+1)) {
			continue
		}
		key := far[:e.key]
		if e.at+e.key <= uint64(len(p)) {
			key = p[e.at : e.at+e.key]
		} else if readAt(r, key, uint64(begin)+e.at) != nil {
			continue
		}
		if !fits(key, int(e.value)) {
			continue
		}
		if err := fn(Element{Page: uint64(begin) / Size, Key: key, At: begin + int64(e.at+e.key), Size: int(e.value)}); err != nil {
			return err
		}
	}
	return nil
}

// Free says which pages of a file are free, where both first pages and the list of
// free pages are in order. Otherwise nothing is known of what was deleted.
func Free(r io.ReaderAt, size int64) (free func(page uint64) bool, ok bool) {
	m, err := metas(r, size)
	if errors.Is(err, ErrCut) { // the tail is gone, and with it pages
		size = maxPages * Size
		m, err = metas(r, size)
	}
	if err != nil {
		return nil, false
	}
	w := newWalk(r, m)
	h, err := w.page(m.Freelist, 0, flagFreelist)
	if err != nil {
		return nil, false
	}
	clear(w.seen)
	if w.freeIDs(h)() != nil {
		return nil, false
	}
	return func(id uint64) bool { return id >= m.HighWater || w.seen[id/64]&(1<<(id%64)) != 0 }, true
}
