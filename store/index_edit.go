package store

// Changing an index, and keeping it in memory.

import (
	"bytes"
	"maps"
	"slices"

	"counterbook/store/internal/vault"
)

// indexed is an area with an index, as a session keeps it.
type indexed struct {
	area  vault.Area // of the chunks
	of    vault.Area // of the records
	form  rowForm
	build func(*Session) ([]indexRow, error)
	ix    *index
	at    [2]uint64 // the state of area that ix is of
	last  finder
}

// index returns the index as it is now.
func (s *Session) index(x *indexed) (*index, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.v.Changed(x.area)
	if x.ix != nil && x.at == at {
		return x.ix, nil
	}
	ix, err := s.readIndex(x, s.v.Scan)
	if err != nil {
		return nil, err
	}
	x.ix, x.at = ix, at
	return ix, nil
}

// readIndex reads all chunks, or makes the rows of the records.
func (s *Session) readIndex(x *indexed, scan func(vault.Area, []byte, func(vault.ID, []byte, uint64) error) error) (*index, error) {
	var texts [][]byte
	var stored []ID
	err := scan(x.area, nil, func(id vault.ID, plain []byte, _ uint64) error {
		stored, texts = append(stored, ID(id)), append(texts, bytes.Clone(plain))
		return nil
	})
	if err != nil {
		return nil, explain(err)
	}
	chunks := make([]*chunk, len(texts))
	odd := together(len(texts), func(from, to int) (odd []int32) {
		for i := from; i < to; i++ {
			var err error
			if chunks[i], err = decodeChunk(stored[i], texts[i], x.form); err != nil {
				odd = append(odd, int32(i))
			}
		}
		return odd
	})
	if len(odd) == 0 && len(chunks) > 0 {
		arrange(chunks)
		return newIndex(chunks), nil
	}
	rows, err := x.build(s)
	ix := indexOf(rows)
	ix.odd = stored
	return ix, err
}

// edit changes an index inside the transaction that changes its records: some
// rows are taken out, others put in. keep is to be called after the commit.
func (s *Session) edit(tx *vault.Tx, x *indexed, gone, put []indexRow) (keep func(), err error) {
	s.mu.Lock()
	old, at, before := x.ix, x.at, s.v.Changed(x.area) // nobody else commits from here on
	s.mu.Unlock()
	if old == nil || at != before {
		if old, err = s.readIndex(x, tx.Scan); err != nil {
			return nil, err
		}
	}
	e := indexEdit{ix: old, area: x.area, tx: tx}
	ix, err := e.with(gone, put)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if after := s.v.Changed(x.area); after == [2]uint64{before[0], tx.Number()} {
			x.ix, x.at = ix, after
		}
	}, err
}

// indexEdit is what a transaction makes of an index.
type indexEdit struct {
	ix   *index
	area vault.Area
	tx   *vault.Tx
}

func (e indexEdit) with(gone, put []indexRow) (*index, error) {
	for _, id := range e.ix.odd {
		if err := e.tx.Delete(e.area, vault.ID(id)); err != nil {
			return nil, err
		}
	}
	drop := map[int][]int{} // rows that go, by chunk
	for _, r := range gone {
		if row := e.ix.place(r); row >= 0 {
			c := e.ix.chunkOf(row)
			drop[c] = append(drop[c], row-e.ix.firsts[c])
		}
	}
	add := map[int][]indexRow{}
	for _, r := range put {
		c := max(0, e.ix.chunkFor(r))
		add[c] = append(add[c], r)
	}
	if len(e.ix.chunks) == 0 {
		chunks, err := e.rewrite(&chunk{}, nil, add[0])
		return newIndex(chunks), err
	}
	// Chunks that stay are not looked into: there may be thousands.
	room := len(e.ix.chunks) + 1 + len(put)/chunkRows
	out, done := &index{chunks: make([]*chunk, 0, room), firsts: make([]int, 0, room), count: e.ix.count}, 0
	shift := 0
	keep := func(to int) {
		out.chunks = append(out.chunks, e.ix.chunks[done:to]...)
		n := len(out.firsts)
		out.firsts = append(out.firsts, e.ix.firsts[done:to]...)
		for i := n; shift != 0 && i < len(out.firsts); i++ {
			out.firsts[i] += shift
		}
	}
	for _, i := range e.touched(drop, add) {
		keep(i)
		done = i + 1
		first := e.ix.firsts[i] + shift
		parts, err := e.rewrite(e.ix.chunks[i], drop[i], add[i])
		if err != nil {
			return nil, err
		}
		shift -= len(e.ix.chunks[i].ids)
		for _, c := range parts {
			out.chunks, out.firsts = append(out.chunks, c), append(out.firsts, first)
			first, shift = first+len(c.ids), shift+len(c.ids)
		}
	}
	keep(len(e.ix.chunks))
	out.count += shift
	return out, nil
}

// touched lists the chunks that are rewritten, in order: those that change, and
// those that are stored nowhere yet, which is all or none.
func (e indexEdit) touched(drop map[int][]int, add map[int][]indexRow) []int {
	which := map[int]bool{}
	for i := range drop {
		which[i] = true
	}
	for i := range add {
		which[i] = true
	}
	if e.ix.chunks[0].record.IsZero() {
		for i := range e.ix.chunks {
			which[i] = true
		}
	}
	return slices.Sorted(maps.Keys(which))
}

// rewrite stores a chunk anew, in several where it has become too long.
func (e indexEdit) rewrite(c *chunk, drop []int, add []indexRow) ([]*chunk, error) {
	rows := make([]indexRow, 0, len(c.ids)+len(add))
	for i := range c.ids {
		if !slices.Contains(drop, i) {
			rows = append(rows, c.row(i))
		}
	}
	rows = append(rows, add...)
	slices.SortFunc(rows, indexRow.compare)
	if len(rows) == 0 {
		if c.record.IsZero() {
			return nil, nil
		}
		return nil, e.tx.Delete(e.area, vault.ID(c.record))
	}
	parts := (len(rows) + chunkRows - 1) / chunkRows
	var out []*chunk
	for i := range parts {
		n := newChunk(rows[i*len(rows)/parts : (i+1)*len(rows)/parts])
		if n.record = c.record; i > 0 || c.record.IsZero() {
			n.record = newID()
		}
		plain, err := n.encode()
		if err != nil {
			return nil, err
		}
		if err := e.tx.Put(e.area, vault.ID(n.record), plain); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
