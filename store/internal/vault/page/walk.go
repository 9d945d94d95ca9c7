package page

// The walk: every page that a book is made of, once.

import (
	"bytes"
	"encoding/binary"
	"io"
)

const (
	leafElement   = 16 // flags 4, pos 4, length of key 4, of value 4
	branchElement = 16 // pos 4, length of key 4, page 8
	bucketFlag    = 0x01
	bucketValue   = 16 // root page 8, sequence 8

	// maxKey is more than the longest key of a book, in bytes. With keys so short
	// bbolt never lets a branch page or the elements of a leaf run over.
	maxKey = 64
	// maxDepth is more than any tree of maxPages pages has levels: a branch that
	// bbolt splits has two children at least.
	maxDepth = 32
	// readAhead is how many bytes are read at a time while pages follow each other.
	readAhead = 64 << 10
)

var bucketName = []byte("book")

// walk goes through the tree. It holds a page for each level, a bit for each
// page of the file, and nothing else of the file.
type walk struct {
	r      io.ReaderAt
	m      Meta
	seen   []uint64         // a bit for each page
	levels [maxDepth][]byte // the page that is looked at on each level of the tree
	keys   [2][maxKey]byte  // keys of a leaf that lie beyond its first page
	ahead  []byte           // what was read ahead …
	from   uint64           // … from this page on
	next   uint64           // page after the last one that was read
}

func newWalk(r io.ReaderAt, m Meta) *walk {
	return &walk{r: r, m: m, seen: make([]uint64, (m.HighWater+63)/64)}
}

// all reads everything below the high-water mark: what is neither of the tree nor
// free is damage as well, since bbolt writes a page only for one or the other.
func (w *walk) all() error {
	w.mark(0)
	w.mark(1)
	free, err := w.page(w.m.Freelist, 0, flagFreelist)
	if err != nil {
		return err
	}
	ids := w.freeIDs(free)
	root, err := w.root()
	if err != nil {
		return err
	}
	if err := w.visit(root, 1, nil, nil); err != nil {
		return err
	}
	if err := ids(); err != nil {
		return err
	}
	for id := range w.m.HighWater {
		if w.seen[id/64]&(1<<(id%64)) == 0 {
			return &Broken{id}
		}
	}
	return nil
}

// mark notes that a page was reached, and reports whether it was for the first time.
func (w *walk) mark(id uint64) bool {
	bit := uint64(1) << (id % 64)
	if w.seen[id/64]&bit != 0 {
		return false
	}
	w.seen[id/64] |= bit
	return true
}

// page reads a page into the room of a level, and marks it and those that run
// over from it.
func (w *walk) page(id uint64, level int, flags uint16) (header, error) {
	if id < 2 || id >= w.m.HighWater {
		return header{}, &Broken{id}
	}
	if w.levels[level] == nil {
		w.levels[level] = make([]byte, Size)
	}
	if err := w.read(w.levels[level], id); err != nil {
		return header{}, err
	}
	h := parse(w.levels[level])
	if h.id != id || h.flags&^flags != 0 || h.flags&(h.flags-1) != 0 || h.flags == 0 || uint64(h.overflow) >= w.m.HighWater-id {
		return header{}, &Broken{id}
	}
	for i := range uint64(h.overflow) + 1 {
		if !w.mark(id + i) {
			return header{}, &Broken{id + i}
		}
	}
	w.next = id + uint64(h.overflow) + 1
	return h, nil
}

// read fills b with a page. While pages follow each other, many are read at once.
func (w *walk) read(b []byte, id uint64) error {
	if at := (id - w.from) * Size; id >= w.from && at < uint64(len(w.ahead)) {
		copy(b, w.ahead[at:at+Size])
		return nil
	}
	if id != w.next {
		return readAt(w.r, b, id*Size)
	}
	n := min(readAhead, (w.m.HighWater-id)*Size)
	if w.ahead == nil {
		w.ahead = make([]byte, readAhead)
	}
	w.ahead, w.from = w.ahead[:n], id
	if err := readAt(w.r, w.ahead, id*Size); err != nil {
		w.ahead = w.ahead[:0]
		return readAt(w.r, b, id*Size)
	}
	copy(b, w.ahead)
	return nil
}

// root reads the page that names the buckets. A book has one.
func (w *walk) root() (uint64, error) {
	id := w.m.Root
	h, err := w.page(id, 0, flagLeaf|flagBranch)
	if err != nil {
		return 0, err
	}
	b := w.levels[0]
	if h.flags != flagLeaf || h.count != 1 || h.overflow != 0 {
		return 0, ErrNotBook
	}
	e, ok := leaf(b, 0, headerSize+leafElement, Size)
	switch {
	case !ok || e.flags != bucketFlag:
		return 0, &Broken{id}
	case !bytes.Equal(b[e.at:e.at+e.key], bucketName):
		if e.key == uint64(len(bucketName)) {
			return 0, &Broken{id} // a letter of it changed, more likely than not
		}
		return 0, ErrNotBook
	case e.value != bucketValue:
		return 0, &Broken{id}
	}
	return binary.LittleEndian.Uint64(b[e.at+e.key:]), nil
}

// visit reads the part of the tree below a page, whose keys are those from low up
// to but without high; nil is no bound.
func (w *walk) visit(id uint64, level int, low, high []byte) error {
	if level == maxDepth {
		return &Broken{id}
	}
	h, err := w.page(id, level, flagLeaf|flagBranch)
	if err != nil {
		return err
	}
	if h.flags == flagLeaf {
		return w.leaf(h, w.levels[level], low, high)
	}
	b := w.levels[level]
	if h.count == 0 || h.overflow != 0 {
		return &Broken{id}
	}
	end := headerSize + branchElement*uint64(h.count)
	for i := range int(h.count) {
		var key []byte
		if key, end = branchKey(b, i, end); key == nil || !fits(key, low, high, i == 0) {
			return &Broken{id}
		}
		low = key
	}
	for i := range int(h.count) {
		key, _ := branchKey(b, i, 0)
		above := high
		if i+1 < int(h.count) {
			above, _ = branchKey(b, i+1, 0)
		}
		if err := w.visit(binary.LittleEndian.Uint64(b[headerSize+branchElement*i+8:]), level+1, key, above); err != nil {
			return err
		}
	}
	return nil
}

// branchKey returns a key of a branch page and where it ends, or nil. It has to
// begin at an offset, 0 for any: bbolt writes keys one after the other.
func branchKey(b []byte, i int, begin uint64) (key []byte, end uint64) {
	e := uint64(headerSize + branchElement*i)
	if e+branchElement > uint64(len(b)) {
		return nil, 0
	}
	at, n := e+uint64(binary.LittleEndian.Uint32(b[e:])), uint64(binary.LittleEndian.Uint32(b[e+4:]))
	if begin != 0 && at != begin || n == 0 || n > maxKey || at+n > uint64(len(b)) {
		return nil, 0
	}
	return b[at : at+n], at + n
}

// fits reports whether a key is below high, and follows low on its page or, as the
// first one there, is the one by which the page above names this: bbolt would put
// a changed page beside what it cannot find, and not in its place.
func fits(key, low, high []byte, first bool) bool {
	c := bytes.Compare(key, low)
	return (c > 0 && (!first || low == nil) || c == 0 && first) && (high == nil || bytes.Compare(key, high) < 0)
}

// element is a key and value of a leaf: where it begins in the page and those
// that run over from it, and how long its parts are.
type element struct {
	flags          uint32
	at, key, value uint64
}

// leaf reads the place of an element of the leaf page b, which with what runs
// over from it is so many bytes long. It has to begin at an offset: bbolt writes
// keys and values one after the other.
func leaf(b []byte, i int, begin, length uint64) (e element, ok bool) {
	at, le := uint64(headerSize+leafElement*i), binary.LittleEndian
	e = element{le.Uint32(b[at:]), at + uint64(le.Uint32(b[at+4:])), uint64(le.Uint32(b[at+8:])), uint64(le.Uint32(b[at+12:]))}
	return e, e.at == begin && e.key > 0 && e.key <= maxKey && e.at+e.key+e.value <= length
}

// leaf checks the elements of a leaf page of our bucket. Values are not read.
func (w *walk) leaf(h header, b, low, high []byte) error {
	if h.count == 0 || headerSize+leafElement*int(h.count) > Size {
		return &Broken{h.id}
	}
	end, length := headerSize+leafElement*uint64(h.count), (uint64(h.overflow)+1)*Size
	for i := range int(h.count) {
		e, ok := leaf(b, i, end, length)
		if !ok || e.flags != 0 {
			return &Broken{h.id}
		}
		var key []byte
		if e.at+e.key <= Size {
			key = b[e.at : e.at+e.key]
		} else {
			key = w.keys[i%2][:e.key]
			if err := readAt(w.r, key, h.id*Size+e.at); err != nil {
				return err
			}
		}
		if !fits(key, low, high, i == 0) {
			return &Broken{h.id}
		}
		low, end = key, e.at+e.key+e.value
	}
	return nil
}

// freeIDs returns what checks the list of free pages, once the tree was walked:
// in range, in order, and reached by nothing else. The list is read in pieces.
func (w *walk) freeIDs(h header) func() error {
	le, broken := binary.LittleEndian, &Broken{h.id}
	count, at := uint64(h.count), uint64(headerSize)
	if count == 0xFFFF { // longer than a page's count can say
		count, at = le.Uint64(w.levels[0][headerSize:]), headerSize+8
	}
	if room := (uint64(h.overflow)+1)*Size - at; count > room/8 {
		return func() error { return broken }
	}
	return func() error {
		last := uint64(1)
		b := make([]byte, min(readAhead, count*8))
		for from, to := h.id*Size+at, h.id*Size+at+count*8; from < to; {
			piece := b[:min(uint64(len(b)), to-from)]
			if err := readAt(w.r, piece, from); err != nil {
				return err
			}
			for from += uint64(len(piece)); len(piece) > 0; piece = piece[8:] {
				id := le.Uint64(piece)
				if id <= last || id >= w.m.HighWater || !w.mark(id) {
					return broken
				}
				last = id
			}
		}
		return nil
	}
}
