package store

// Finding: the rows of an index whose texts hold all words of a query.

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
)

// matcher finds texts that contain every word of a query.
type matcher struct {
	query  string // folded
	words  [][]byte
	number []byte // the query's digits, if it has no letters
	both   bool   // the number is not the only word, so that both are looked for

	longest int // which of the words
}

func newMatcher(query string) matcher {
	m := matcher{query: fold(query)}
	m.words = bytes.Fields([]byte(m.query))
	for i, w := range m.words {
		if len(w) > len(m.words[m.longest]) {
			m.longest = i
		}
	}
	if !strings.ContainsFunc(m.query, unicode.IsLetter) {
		m.number = []byte(strings.TrimPrefix(digits(m.query), "0"))
		m.both = len(m.number) > 0 && (len(m.words) != 1 || !bytes.Equal(m.words[0], m.number))
	}
	return m
}

func (m matcher) empty() bool { return len(m.words) == 0 }

// covers reports whether all that another matcher matches is matched by this
// one as well, as its query only goes on.
func (m matcher) covers(o matcher) bool {
	return !m.empty() && strings.HasPrefix(o.query, m.query) && (len(o.number) == 0 || len(m.number) > 0 && bytes.HasPrefix(o.number, m.number))
}

// match reports whether a row with this folded text fits.
func (m matcher) match(text []byte) bool {
	return len(m.number) > 0 && bytes.Contains(text, m.number) || m.holds(text, -1)
}

// holds reports whether all words, but for one that was found already, are in a
// text.
func (m matcher) holds(text []byte, but int) bool {
	for i, w := range m.words {
		if i != but && !bytes.Contains(text, w) {
			return false
		}
	}
	return true
}

// last is what a query ends in: its number, or else its last word.
func (m matcher) last() []byte {
	if len(m.number) > 0 {
		return m.number
	}
	return m.words[len(m.words)-1]
}

// after is what is left to be asked of a text that o matches, which covers this
// matcher; further says that what m ends in goes on from what o ends in, and so does not
// stand before it.
func (m matcher) after(o matcher) (left matcher, further bool) {
	if len(o.number) == 0 && len(m.number) == 0 {
		further = len(m.words) == len(o.words)
		m.words = m.words[len(o.words)-1:]
		return m, further
	}
	return m, len(o.number) > 0 && len(m.number) > 0
}

// scan calls found with places in a text where the query's longest word stands,
// or its number; sure says that the row there fits by that alone. found returns
// from where to go on.
func (m matcher) scan(text []byte, found func(at int, sure bool) int) {
	for from := 0; len(m.words) > 0 && from < len(text); {
		i := bytes.Index(text[from:], m.words[m.longest])
		if i < 0 {
			break
		}
		from = found(from+i, len(m.words) == 1)
	}
	for from := 0; m.both && from < len(text); {
		i := bytes.Index(text[from:], m.number)
		if i < 0 {
			break
		}
		from = found(from+i, true)
	}
}

// hit is a row that was found, with where in its text to look on: what the query ends
// in does not stand before.
type hit struct {
	row int32
	at  uint32
}

func rowsOf(hits []hit) []int32 {
	out := make([]int32, len(hits))
	for i, s := range hits {
		out[i] = s.row
	}
	return out
}

// shortWord is a word that stands in many rows, so that room for all is made at once.
const shortWord = 2

// find lists the rows that a matcher matches, in order.
func (ix *index) find(m matcher) []int32 { return rowsOf(ix.hits(m)) }

// hits is find with where to look on.
func (ix *index) hits(m matcher) []hit {
	return together(len(ix.chunks), func(from, to int) []hit {
		var out []hit
		if len(m.words[m.longest]) <= shortWord {
			out = make([]hit, 0, ix.rowsIn(from, to))
		}
		for n := from; n < to; n++ {
			c, i, first := ix.chunks[n], 0, len(out)
			m.scan(c.text, func(at int, sure bool) int {
				if at < int(c.start(i, 0)) { // the second time through
					i = 0
				}
				for int(c.ends[i][0]) < at {
					i++
				}
				switch found := (hit{row: int32(ix.firsts[n] + i)}); {
				case sure && !m.both:
					found.at = uint32(at) - c.start(i, 0)
					out = append(out, found)
				case sure || m.holds(c.textOf(i), m.longest):
					out = append(out, found)
				}
				return int(c.ends[i][0])
			})
			if m.both {
				slices.SortFunc(out[first:], func(a, b hit) int { return int(a.row - b.row) })
				out = out[:first+len(slices.Compact(out[first:]))]
			}
		}
		return out
	})
}

// finder keeps what the last queries found, so that a letter more is looked for
// only in what was found without it, and a letter less is there already.
type finder struct {
	ix    *index
	steps []foundStep
	hits  []hit // of the last step; nil: not known
}

type foundStep struct {
	m    matcher
	rows []int32
}

// maxSteps is about a name, typed.
const maxSteps = 24

// find is index.find.
func (f *finder) find(ix *index, m matcher) []int32 {
	if f.ix != ix {
		*f = finder{ix: ix}
	}
	for n := len(f.steps) - 1; n >= 0; n-- {
		switch step := f.steps[n]; {
		case step.m.query == m.query:
			f.back(n)
			return step.rows
		case step.m.covers(m):
			f.back(n)
			return f.keep(m, f.among(step, m))
		}
	}
	f.steps = nil
	return f.keep(m, ix.hits(m))
}

// back forgets all steps behind the n-th.
func (f *finder) back(n int) {
	if n+1 < len(f.steps) {
		f.steps, f.hits = f.steps[:n+1], nil
	}
}

func (f *finder) keep(m matcher, hits []hit) []int32 {
	if len(f.steps) == maxSteps {
		f.steps = f.steps[1:]
	}
	rows := rowsOf(hits)
	f.steps, f.hits = append(f.steps, foundStep{m, rows}), hits
	return rows
}

// among looks for what the last step's query covers. Mostly the text goes on as the
// query does.
func (f *finder) among(step foundStep, m matcher) []hit {
	left, further := m.after(step.m)
	further = further && f.hits != nil
	end := m.last()
	return together(len(step.rows), func(from, to int) []hit {
		out, n := make([]hit, 0, to-from), 0
		for at := from; at < to; at++ {
			found := hit{row: step.rows[at]}
			if further {
				found.at = f.hits[at].at
			}
			for n+1 < len(f.ix.firsts) && f.ix.firsts[n+1] <= int(found.row) {
				n++
			}
			text := f.ix.chunks[n].textOf(int(found.row) - f.ix.firsts[n])
			i := bytes.Index(text[found.at:], end)
			switch {
			case i >= 0 && (further || len(m.number) > 0 || left.holds(text, len(left.words)-1)):
				found.at += uint32(i)
				out = append(out, found)
			case i < 0 && len(m.number) > 0 && left.holds(text, -1):
				found.at = uint32(len(text))
				out = append(out, found)
			}
		}
		return out
	})
}
