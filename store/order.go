package store

// Lists: some rows of an index, in some order.

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// list is some rows of an index in some order.
type list struct {
	ix      *index
	rows    []int32 // nil: all
	falling bool
}

// Len is how many there are.
func (l list) Len() int {
	switch {
	case l.ix == nil:
		return 0
	case l.rows == nil:
		return l.ix.count
	}
	return len(l.rows)
}

// row is the number of the i-th row.
func (l list) row(i int) int {
	if l.falling {
		i = l.Len() - 1 - i
	}
	if l.rows == nil {
		return i
	}
	return int(l.rows[i])
}

// Index is the place of a record in the list, -1 for none.
func (l list) Index(id ID) int {
	if l.ix == nil {
		return -1
	}
	row := l.ix.rowOf(id)
	if row < 0 {
		return -1
	}
	i := row
	if l.rows != nil {
		i = slices.Index(l.rows, int32(row))
	}
	if i >= 0 && l.falling {
		i = l.Len() - 1 - i
	}
	return i
}

// order is all rows of an index sorted in another way.
type order struct {
	ix, other *index // what it was made of
	rows      []int32
	fallen    []int32 // the same falling, once it was asked for
	runs      []int32 // where in rows each key begins; those of the zero key come last
	none      int     // where those are
}

// sorted returns an order, made anew only when what it was made of changed.
func (s *Session) sorted(name string, ix, other *index, falling bool, build func() order) order {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.orders[name]
	if o.rows == nil || o.ix != ix || o.other != other {
		o = build()
		o.ix, o.other = ix, other
	}
	if falling && o.fallen == nil {
		o.fallen = o.turned()
	}
	s.orders[name] = o
	if falling {
		return order{ix: o.ix, other: o.other, rows: o.fallen}
	}
	return o
}

// byField sorts rows by one of the fields they show.
func byField(ix *index, field int, as func(string) string) order {
	return sortedBy(ix, func(c *chunk, i int) string { return as(c.shownField(i, field)) }, strings.Compare)
}

// asIs leaves a field as it is.
func asIs(s string) string { return s }

// sortedBy sorts rows by a key, which may be asked for on several goroutines at once.
// Rows of the same key stay as they are in the index, and those of the zero key come
// last, also when falling.
func sortedBy[K any](ix *index, key func(c *chunk, i int) K, compare func(a, b K) int) order {
	type keyed struct {
		key K
		row int32
	}
	list := together(len(ix.chunks), func(from, to int) []keyed {
		out := make([]keyed, 0, ix.rowsIn(from, to))
		for n := from; n < to; n++ {
			for i := range ix.chunks[n].ids {
				out = append(out, keyed{key(ix.chunks[n], i), int32(ix.firsts[n] + i)})
			}
		}
		return out
	})
	var zero K
	some := make([]keyed, 0, len(list))
	var empty []int32
	for _, k := range list {
		if compare(k.key, zero) != 0 {
			some = append(some, k)
		} else {
			empty = append(empty, k.row)
		}
	}
	some = sortTogether(some, func(a, b keyed) int { return cmp.Or(compare(a.key, b.key), cmp.Compare(a.row, b.row)) })
	o := order{rows: make([]int32, 0, len(list)), none: len(some)}
	for i, k := range some {
		if i == 0 || compare(some[i-1].key, k.key) != 0 {
			o.runs = append(o.runs, int32(i))
		}
		o.rows = append(o.rows, k.row)
	}
	o.rows = append(o.rows, empty...)
	return o
}

// sortTogether sorts a list of which no two are the same, one half beside the other.
func sortTogether[T any](list []T, compare func(a, b T) int) []T {
	one, other := list[:len(list)/2], list[len(list)/2:]
	var wait sync.WaitGroup
	wait.Go(func() { slices.SortFunc(one, compare) })
	slices.SortFunc(other, compare)
	wait.Wait()
	out := make([]T, 0, len(list))
	for len(one) > 0 && len(other) > 0 {
		if compare(one[0], other[0]) < 0 {
			out, one = append(out, one[0]), one[1:]
		} else {
			out, other = append(out, other[0]), other[1:]
		}
	}
	return append(append(out, one...), other...)
}

// turned are the rows falling.
func (o order) turned() []int32 {
	out := make([]int32, 0, len(o.rows))
	to := o.none
	for _, from := range slices.Backward(o.runs) {
		out = append(out, o.rows[from:to]...)
		to = int(from)
	}
	return append(out, o.rows[o.none:]...)
}

// found searches an index and puts what it finds in an order. only, if any,
// says which rows to list of them.
func (s *Session) found(x *indexed, ix *index, query string, only func(c *chunk, i int) bool, by order, falling bool) list {
	l := list{ix: ix}
	if m := newMatcher(query); !m.empty() {
		s.mu.Lock()
		l.rows = x.last.find(ix, m)
		s.mu.Unlock()
	}
	if only != nil {
		l.rows = ix.among(l.rows, only)
	}
	if by.rows == nil {
		l.falling = falling
		return l
	}
	l.rows = by.of(ix.count, l.rows)
	return l
}

// of puts some rows, nil for all, in this order.
func (o order) of(count int, rows []int32) []int32 {
	if rows == nil {
		return o.rows
	}
	want := make([]bool, count)
	for _, r := range rows {
		want[r] = true
	}
	out := make([]int32, 0, len(rows))
	for _, r := range o.rows {
		if want[r] {
			out = append(out, r)
		}
	}
	return out
}
