package store

// The index: what lists and search read of an area in place of all its records.
//
// An area with an index has a second area beside it, with the same readers and
// writers, that holds the rows of all records in chunks, each a sealed record of
// about a hundred rows in their order. Opening a list decrypts the chunks, a
// saved record rewrites one of them in its own transaction, and the signed
// heads prove both. Should there be no chunks, or one that is none of this index,
// as a member's changed program could write it, the rows are made from the records
// again, and the next record that is saved stores them anew.
//
// An index in memory never changes: a change makes a new one, which shares all
// chunks but a few. A list that is on the screen therefore stays as it is.

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"runtime"
	"slices"
	"sort"
	"sync"
)

// indexRow is a record as lists see it.
type indexRow struct {
	id    ID
	n     uint64 // the order, before the text
	text  []byte // folded: what words are looked for in
	shown []byte // fields as they are shown, parted by fieldEnd
	fixed []byte // columns of fixed width, the same for all rows of an index
}

// None of these stands in folded or shown texts.
const (
	rowEnd   = "\x00"
	fieldEnd = "\x01"
	digitsAt = "\x02" // before the digits of a phone, in a row's text
)

// chunkRows is the most rows a chunk holds. A saved record rewrites one chunk,
// some five kilobytes, and bbolt with it up to three neighbours, as it parts a
// page only from five values on.
const chunkRows = 32

// chunkRecord is a chunk as it is stored.
type chunkRecord struct {
	IDs   []byte `cbor:"1,keyasint"`           // 16 bytes a row
	N     []byte `cbor:"2,keyasint,omitempty"` // 8 bytes a row; none: all are 0
	Text  []byte `cbor:"3,keyasint"`           // each row's ends with rowEnd
	Shown []byte `cbor:"4,keyasint"`           // likewise
	Fixed []byte `cbor:"5,keyasint,omitempty"` // the same number of bytes a row
	Long  []byte `cbor:"6,keyasint"`           // of each row's text and shown fields the length, as varints
}

// chunk is a chunk in memory.
type chunk struct {
	record ID // where it is stored; zero: nowhere yet
	ids    []ID
	n      []uint64 // nil: all are 0
	text   []byte
	shown  []byte
	ends   [][2]uint32 // of each row's text and shown fields
	fixed  []byte
}

// rowForm is what all rows of an index have in common.
type rowForm struct {
	places bool // rows have an n, which is never 0; otherwise all are 0
	fixed  int  // bytes of the columns of fixed width
}

// index is all rows in their order: by n, then by text, then by id.
type index struct {
	odd    []ID // where chunks are stored in place of which this index was made of the records
	chunks []*chunk
	firsts []int // number of each chunk's first row
	count  int
}

func (c *chunk) start(i, col int) uint32 {
	if i == 0 {
		return 0
	}
	return c.ends[i-1][col] + 1
}

func (c *chunk) textOf(i int) []byte  { return c.text[c.start(i, 0):c.ends[i][0]] }
func (c *chunk) shownOf(i int) []byte { return c.shown[c.start(i, 1):c.ends[i][1]] }

func (c *chunk) nOf(i int) uint64 {
	if c.n == nil {
		return 0
	}
	return c.n[i]
}

func (c *chunk) fixedOf(i int) []byte {
	w := len(c.fixed) / len(c.ids)
	return c.fixed[i*w : (i+1)*w]
}

func (c *chunk) row(i int) indexRow {
	return indexRow{id: c.ids[i], n: c.nOf(i), text: c.textOf(i), shown: c.shownOf(i), fixed: c.fixedOf(i)}
}

func (r indexRow) compare(o indexRow) int {
	return cmp.Or(cmp.Compare(r.n, o.n), bytes.Compare(r.text, o.text), bytes.Compare(r.id[:], o.id[:]))
}

// newChunk makes a chunk of rows, which are in order.
func newChunk(rows []indexRow) *chunk {
	c := &chunk{ids: make([]ID, len(rows)), ends: make([][2]uint32, len(rows))}
	for i, r := range rows {
		c.ids[i] = r.id
		c.text, c.shown = append(c.text, r.text...), append(c.shown, r.shown...)
		c.ends[i] = [2]uint32{uint32(len(c.text)), uint32(len(c.shown))}
		c.text, c.shown = append(c.text, rowEnd...), append(c.shown, rowEnd...)
		c.fixed = append(c.fixed, r.fixed...)
		if r.n != 0 && c.n == nil {
			c.n = make([]uint64, len(rows))
		}
		if c.n != nil {
			c.n[i] = r.n
		}
	}
	return c
}

func (c *chunk) encode() ([]byte, error) {
	r := chunkRecord{IDs: make([]byte, 0, 16*len(c.ids)), Text: c.text, Shown: c.shown, Fixed: c.fixed}
	for _, id := range c.ids {
		r.IDs = append(r.IDs, id[:]...)
	}
	for i := range c.ids {
		r.Long = binary.AppendUvarint(binary.AppendUvarint(r.Long, uint64(c.ends[i][0]-c.start(i, 0))), uint64(c.ends[i][1]-c.start(i, 1)))
	}
	for _, n := range c.n {
		r.N = binary.BigEndian.AppendUint64(r.N, n)
	}
	return encode(kindChunk, r)
}

// decodeChunk reads a stored chunk of rows of a form.
func decodeChunk(record ID, plain []byte, form rowForm) (*chunk, error) {
	var r chunkRecord
	if err := decode(plain, kindChunk, &r); err != nil {
		return nil, err
	}
	rows := len(r.IDs) / 16
	places := 0
	if form.places {
		places = 8 * rows
	}
	if rows == 0 || len(r.IDs)%16 != 0 || len(r.N) != places || len(r.Fixed) != form.fixed*rows {
		return nil, &DamagedError{Where: "index"}
	}
	c := &chunk{record: record, ids: make([]ID, rows), text: r.Text, shown: r.Shown, ends: make([][2]uint32, rows), fixed: r.Fixed}
	var at [2]uint64
	for i := range rows {
		c.ids[i] = ID(r.IDs[16*i:])
		for col, in := range [][]byte{c.text, c.shown} {
			long, n := binary.Uvarint(r.Long)
			at[col] += long
			if n <= 0 || long > uint64(len(in)) || at[col] >= uint64(len(in)) || in[at[col]] != rowEnd[0] {
				return nil, &DamagedError{Where: "index"}
			}
			r.Long = r.Long[n:]
			c.ends[i][col] = uint32(at[col])
			at[col]++
		}
	}
	if len(r.Long) != 0 || at != [2]uint64{uint64(len(c.text)), uint64(len(c.shown))} {
		return nil, &DamagedError{Where: "index"}
	}
	for i := 0; i < len(r.N); i += 8 {
		c.n = append(c.n, binary.BigEndian.Uint64(r.N[i:]))
	}
	return c, nil
}

// arrange puts chunks in order.
func arrange(chunks []*chunk) {
	type begun struct {
		c     *chunk
		first indexRow
	}
	list := make([]begun, len(chunks))
	for i, c := range chunks {
		list[i] = begun{c, c.row(0)}
	}
	slices.SortFunc(list, func(a, b begun) int { return a.first.compare(b.first) })
	for i, b := range list {
		chunks[i] = b.c
	}
}

// newIndex makes an index of chunks in order.
func newIndex(chunks []*chunk) *index {
	ix := &index{chunks: chunks, firsts: make([]int, len(chunks))}
	for i, c := range chunks {
		ix.firsts[i] = ix.count
		ix.count += len(c.ids)
	}
	return ix
}

// indexOf makes an index of rows that are stored nowhere yet.
func indexOf(rows []indexRow) *index {
	slices.SortFunc(rows, indexRow.compare)
	var chunks []*chunk
	for part := range slices.Chunk(rows, chunkRows) {
		chunks = append(chunks, newChunk(part))
	}
	return newIndex(chunks)
}

// chunkOf is the number of the chunk a row is in.
func (ix *index) chunkOf(row int) int {
	return sort.Search(len(ix.firsts), func(i int) bool { return ix.firsts[i] > row }) - 1
}

// rowsIn is how many rows there are in the chunks from one to before another.
func (ix *index) rowsIn(from, to int) int {
	first := func(n int) int {
		if n == len(ix.chunks) {
			return ix.count
		}
		return ix.firsts[n]
	}
	return first(to) - first(from)
}

// at is the row with a number: its chunk, and its place there.
func (ix *index) at(row int) (*chunk, int) {
	i := ix.chunkOf(row)
	return ix.chunks[i], row - ix.firsts[i]
}

// chunkFor is the number of the last chunk that begins before a row or with it,
// -1 for none.
func (ix *index) chunkFor(r indexRow) int {
	return sort.Search(len(ix.chunks), func(i int) bool { return ix.chunks[i].row(0).compare(r) > 0 }) - 1
}

// place is the number of a record's row, -1 for none. It is looked for where it
// would stand, and everywhere when it does not: it may have been made by
// another version of the program, which folded in another way.
func (ix *index) place(r indexRow) int {
	if n := ix.chunkFor(r); n >= 0 {
		if i := slices.Index(ix.chunks[n].ids, r.id); i >= 0 {
			return ix.firsts[n] + i
		}
	}
	return ix.rowOf(r.id)
}

// rowOf is the number of a record's row, -1 for none.
func (ix *index) rowOf(id ID) int {
	for n, c := range ix.chunks {
		if i := slices.Index(c.ids, id); i >= 0 {
			return ix.firsts[n] + i
		}
	}
	return -1
}

// each calls fn with every row in order.
func (ix *index) each(fn func(row int, c *chunk, i int)) {
	for n, c := range ix.chunks {
		for i := range c.ids {
			fn(ix.firsts[n]+i, c, i)
		}
	}
}

// together asks for what there is in parts of n things, on several processors at once,
// and puts the answers behind each other. They are never nil.
func together[T any](n int, part func(from, to int) []T) []T {
	parts := make([][]T, max(1, min(runtime.GOMAXPROCS(0), n)))
	var wait sync.WaitGroup
	for p := range parts {
		wait.Go(func() { parts[p] = part(n*p/len(parts), n*(p+1)/len(parts)) })
	}
	wait.Wait()
	if out := slices.Concat(parts...); out != nil {
		return out
	}
	return []T{}
}

// rowsWhere lists the rows of which is says so, in order. It may be asked on several
// goroutines at once.
func (ix *index) rowsWhere(is func(c *chunk, i int) bool) []int32 {
	return together(len(ix.chunks), func(from, to int) (out []int32) {
		for n := from; n < to; n++ {
			c := ix.chunks[n]
			for i := range c.ids {
				if is(c, i) {
					out = append(out, int32(ix.firsts[n]+i))
				}
			}
		}
		return out
	})
}

// among keeps those rows, nil for all, that keep lets be, which may be asked on several
// goroutines at once. Rows are in order.
func (ix *index) among(rows []int32, keep func(c *chunk, i int) bool) []int32 {
	if rows == nil {
		return ix.rowsWhere(keep)
	}
	return together(len(rows), func(from, to int) (out []int32) {
		n := 0
		for _, r := range rows[from:to] {
			for n+1 < len(ix.firsts) && ix.firsts[n+1] <= int(r) {
				n++
			}
			if c := ix.chunks[n]; keep(c, int(r)-ix.firsts[n]) {
				out = append(out, r)
			}
		}
		return out
	})
}
