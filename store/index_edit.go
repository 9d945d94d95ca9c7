package store

// Changing an index, and keeping it in memory.

import (
	"slices"
	"sort"

	"counterbook/store/internal/vault"
)

// indexed is an area with an index, as a session keeps it.
type indexed struct {
	area  vault.Area // of the chunks
	of    vault.Area // of the records
	build func(*Session) ([]indexRow, error)
	ix    *index
	at    [2]uint64 // the state of area that ix is of
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
	var chunks []*chunk
	err := scan(x.area, nil, func(id vault.ID, plain []byte, _ uint64) error {
		c, err := decodeChunk(ID(id), plain)
		chunks = append(chunks, c)
		return err
	})
	if err != nil {
		return nil, explain(err)
	}
	if len(chunks) == 0 {
		rows, err := x.build(s)
		return indexOf(rows), err
	}
	slices.SortFunc(chunks, func(a, b *chunk) int { return a.row(0).compare(b.row(0)) })
	return newIndex(chunks), nil
}

// edit changes an index inside the transaction that changes its records: rows
// are put in, in place of those of the same records, and the rows of gone are
// taken out. fresh promises that no record has a row yet. keep is to be called
// after the commit.
func (s *Session) edit(tx *vault.Tx, x *indexed, put []indexRow, gone []ID, fresh bool) (keep func(), err error) {
	s.mu.Lock()
	old, at, before := x.ix, x.at, s.v.Changed(x.area) // nobody else commits from here on
	s.mu.Unlock()
	if old == nil || at != before {
		if old, err = s.readIndex(x, tx.Scan); err != nil {
			return nil, err
		}
	}
	e := indexEdit{ix: old, area: x.area, tx: tx}
	ix, err := e.with(put, gone, fresh)
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

func (e indexEdit) with(put []indexRow, gone []ID, fresh bool) (*index, error) {
	drop := map[int][]int{} // rows that go, by chunk
	if !fresh {
		for _, r := range put {
			gone = append(gone, r.id)
		}
	}
	for _, id := range gone {
		if row := e.ix.rowOf(id); row >= 0 {
			c := e.ix.chunkOf(row)
			drop[c] = append(drop[c], row-e.ix.firsts[c])
		}
	}
	add := map[int][]indexRow{}
	for _, r := range put {
		c := sort.Search(len(e.ix.chunks), func(i int) bool { return e.ix.chunks[i].row(0).compare(r) > 0 }) - 1
		add[max(0, c)] = append(add[max(0, c)], r)
	}
	chunks := make([]*chunk, 0, len(e.ix.chunks)+1+len(put)/chunkRows)
	for i, c := range e.ix.chunks {
		if drop[i] == nil && add[i] == nil && !c.record.IsZero() {
			chunks = append(chunks, c)
			continue
		}
		parts, err := e.rewrite(c, drop[i], add[i])
		if err != nil {
			return nil, err
		}
		chunks = append(chunks, parts...)
	}
	if len(e.ix.chunks) == 0 {
		var err error
		if chunks, err = e.rewrite(&chunk{}, nil, add[0]); err != nil {
			return nil, err
		}
	}
	return newIndex(chunks), nil
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
