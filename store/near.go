package store

// Near matches: customers who may be the one somebody is about to add.

import (
	"bytes"
	"cmp"
	"errors"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Likeness says in what a customer is like another; the bits add up.
type Likeness uint8

const (
	SamePhone   Likeness = 1 << iota // after normalising: 0664…, +43 664…, 0043 664…
	SameEmail                        // but for case
	SameVAT                          // of any of their companies
	SimilarName                      // without accents, case and order, and but for a slip of the finger
	SamePlace                        // the same street, or where few bear the name the same town
	SameCompany                      // any of their companies, but for case and accents
)

// Has reports whether l holds all of o.
func (l Likeness) Has(o Likeness) bool { return l&o == o }

// Near is a customer who is like another.
type Near struct {
	Row  CustomerRow
	Like Likeness
}

// ErrNear matches every NearError.
var ErrNear = errors.New("store: there are customers like this one")

// NearError names customers who are like the one to be added and of whom nobody
// said that they are somebody else.
type NearError struct{ Near []Near }

func (e *NearError) Error() string { return ErrNear.Error() }

// Is makes every NearError an ErrNear.
func (e *NearError) Is(target error) bool { return target == ErrNear }

// maxNear is how many near matches are named; the likest come first.
const maxNear = 20

// Near lists customers who are like c, but not c itself, nor those of whom c says
// that they are somebody else, or who say it of c.
func (cs *Customers) Near(c Customer) ([]Near, error) {
	ix, err := cs.index()
	if err != nil {
		return nil, err
	}
	fields, err := cs.s.collected()
	if err != nil {
		return nil, err
	}
	c, err = cs.tidy(c)
	if err != nil {
		return nil, err
	}
	found := nearIn(ix, c)
	var out []Near
	for _, n := range found {
		if n.Row.ID == c.ID || slices.Contains(c.NotSame, n.Row.ID) {
			continue
		}
		if !c.ID.IsZero() || len(c.NotSame) > 0 {
			other, err := cs.Get(n.Row.ID)
			if err != nil {
				return nil, err
			}
			if c.isNot(other) {
				continue
			}
		}
		n.Row = fields.row(n.Row)
		if out = append(out, n); len(out) == maxNear {
			break
		}
	}
	return out, nil
}

// isNot reports whether one of two customers says of the other that they are
// somebody else.
func (c Customer) isNot(o Customer) bool {
	says := func(a, b Customer) bool {
		return slices.ContainsFunc(a.NotSame, func(id CustomerID) bool { return !id.IsZero() && slices.Contains(b.ids(), id) })
	}
	return says(c, o) || says(o, c)
}

// nearIn looks for everybody who is like c, the likest first.
func nearIn(ix *index, c Customer) []Near {
	like := map[int32]Likeness{}
	for _, phone := range []string{c.Phone, c.Phone2} {
		num := []byte(digits(phone))
		if len(num) < 6 {
			continue
		}
		for _, row := range ix.rowsWhere(func(ch *chunk, i int) bool { return ch.hasPhone(i, num) }) {
			like[row] |= SamePhone
		}
	}
	if c.Email != "" {
		for _, row := range ix.find(newMatcher(c.Email)) {
			if ch, i := ix.at(int(row)); strings.EqualFold(ch.shownField(i, showEmail), c.Email) {
				like[row] |= SameEmail
			}
		}
	}
	for _, vat := range c.vatIDs() {
		word := []byte(" " + fold(vat) + " ")
		for _, row := range ix.find(newMatcher(vat)) {
			ch, i := ix.at(int(row))
			text, _, _ := bytes.Cut(ch.textOf(i), []byte(digitsAt))
			if bytes.Contains(append(append([]byte(" "), text...), ' '), word) {
				like[row] |= SameVAT
			}
		}
	}
	if n := newNameLike(c.Name); n.usable() {
		for _, row := range ix.rowsWhere(func(ch *chunk, i int) bool {
			return n.maybe(ch.textOf(i)) && n.like(fold(ch.shownField(i, showName)))
		}) {
			like[row] |= SimilarName
		}
	}
	out := make([]Near, 0, len(like))
	for row, l := range like {
		ch, i := ix.at(int(row))
		out = append(out, Near{ch.customer(i), l})
	}
	slices.SortFunc(out, compareNear)
	return out
}

// compareNear puts the likest first.
func compareNear(a, b Near) int {
	return cmp.Or(cmp.Compare(b.Like.weight(), a.Like.weight()), strings.Compare(a.Row.Number, b.Row.Number))
}

// weight is how much a likeness says. What is the same says more than a name.
func (l Likeness) weight() int {
	w := 0
	for bit, n := range [...]int{4, 4, 3, 2, 1, 1} { // phone, e-mail, VAT number, name, place, company
		if l.Has(1 << bit) {
			w += n
		}
	}
	return w
}

// vatIDs are the VAT numbers of all companies.
func (c Customer) vatIDs() []string {
	var out []string
	for _, o := range append([]Company{{VATID: c.VATID}}, c.Others...) {
		if o.VATID != "" {
			out = append(out, o.VATID)
		}
	}
	return out
}

// nameLike compares names with one.
type nameLike struct {
	words   []string // folded, sorted
	letters string   // without what parts the words
	orders  []string // the words in every order in which a row's text may begin
	begins  []uint32 // the letters with which each of these begins
	slips   int      // how many letters may differ
	wide    int      // how many letters take more than a byte
}

// maxNameWords is how many words of a name are tried in every order.
const maxNameWords = 3

// newNameWords is a name to be compared with some others, not with every row.
func newNameWords(name string) nameLike {
	whole := fold(name)
	n := nameLike{words: nameWords(whole), letters: letters(whole)}
	switch size := n.size(); {
	case size >= 10:
		n.slips = mostSlips
	case size >= 5:
		n.slips = 1
	}
	return n
}

func newNameLike(name string) nameLike {
	n, whole := newNameWords(name), fold(name)
	words := n.words
	n.orders = []string{whole}
	for _, r := range whole {
		if r >= utf8.RuneSelf {
			n.wide++
		}
	}
	if len(words) <= maxNameWords {
		n.orders = permutations(words)
	}
	for _, o := range n.orders {
		n.begins = append(n.begins, lettersOf([]byte(o + " ")[:min(len(o)+1, foremost+n.slips)]))
	}
	return n
}

// foremost is how many of a name's first letters are compared as a set before
// anything else. A slip brings in one letter at most.
const foremost = 8

// lettersOf is the set of letters in a text; all other signs are one.
func lettersOf(text []byte) (set uint32) {
	for _, b := range text {
		if b -= 'a'; b < 26 {
			set |= 1 << b
		} else {
			set |= 1 << 31
		}
	}
	return set
}

// usable says that a name is long enough to be like another.
func (n nameLike) usable() bool { return n.size() >= 3 }

// size is the number of letters.
func (n nameLike) size() int { return utf8.RuneCountInString(strings.Join(n.words, "")) }

// nameWords are the words of a folded name, sorted; what is no letter or digit
// parts them.
func nameWords(folded string) []string {
	words := strings.FieldsFunc(folded, between)
	slices.Sort(words)
	return words
}

// between says that a sign of a folded name is no letter or digit.
func between(r rune) bool { return r < 0x80 && !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }

func letters(folded string) string { return strings.Join(strings.FieldsFunc(folded, between), "") }

func permutations(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	if len(words) == 1 {
		return slices.Clone(words)
	}
	var out []string
	for i, w := range words {
		rest := slices.Delete(slices.Clone(words), i, i+1)
		for _, p := range permutations(rest) {
			out = append(out, w+" "+p)
		}
	}
	return out
}

// maybe is a quick look at a row's text, which begins with the name: false says
// that the name there cannot be like this one. It compares bytes; where this name's
// letters take more than one, it looks at every row that has such letters as well.
func (n nameLike) maybe(text []byte) bool {
	if n.wide > 0 {
		return n.wide <= n.slips || !ascii(text) // otherwise each of them is a slip
	}
	begin := lettersOf(text[:min(len(text), foremost, max(0, len(n.orders[0])-n.slips))]) // no more than the name
	for i, o := range n.orders {
		if bits.OnesCount32(begin&^n.begins[i]) <= n.slips && prefixWithin(o, text, n.slips) {
			return true
		}
	}
	for _, w := range n.words {
		if len(n.words) > maxNameWords && prefixWithin(w, text, min(n.slips, slipsOf(w))) {
			return true
		}
	}
	return false
}

// like compares a folded name, word by word in any order.
func (n nameLike) like(folded string) bool {
	return n.likeWords(nameLike{words: nameWords(folded), letters: letters(folded)})
}

func (n nameLike) likeWords(o nameLike) bool {
	if len(o.words) != len(n.words) {
		return o.letters == n.letters // Annemarie, Anne-Marie
	}
	return matching(n.words, o.words, n.slips)
}

// matching reports whether the words of two names can be paired with so many
// slips at most.
func matching(a, b []string, slips int) bool {
	if len(a) == 0 {
		return true
	}
	for i, w := range b {
		d := distance(a[0], w, slips)
		if d <= slips && d <= slipsOf(a[0]) && matching(a[1:], slices.Delete(slices.Clone(b), i, i+1), slips-d) {
			return true
		}
	}
	return false
}

// slipsOf is how many letters of a word may differ; none of one with digits.
func slipsOf(word string) int {
	if strings.ContainsAny(word, "0123456789") {
		return 0
	}
	return utf8.RuneCountInString(word) / 4
}

// distance is how many letters must be put in, left out, exchanged or swapped with
// a neighbour to make b of a; more than most counts as most+1.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > most || -d > most {
		return most + 1
	}
	two, one, now := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(one[j]+1, now[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], two[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > most {
			return most + 1
		}
		two, one, now = one, now, two
	}
	return min(one[len(y)], most+1)
}

// mostSlips is how many letters of a whole name may differ at most.
const mostSlips = 2

// prefixWithin reports whether some beginning of text is within so many letters of
// want, mostSlips at most, byte by byte.
func prefixWithin(want string, text []byte, most int) bool {
	// A band of the table of distances, one row for each letter of want.
	var a, b, c [2*mostSlips + 1]int
	two, one, now := &a, &b, &c
	width := 2*most + 1
	for j := range width {
		one[j] = max(0, j-most)
		if j < most {
			one[j] = most + 1
		}
	}
	for i := 1; i <= len(want); i++ {
		least := most + 1
		for j := range width {
			at := i + j - most // how much of text
			v := most + 1
			switch {
			case at < 0 || at > len(text):
			case at == 0:
				v = min(i, most+1)
			default:
				v = one[j]
				if w, t := want[i-1], text[at-1]; w != t && !(between(rune(w)) && between(rune(t))) {
					v++
				}
				if j > 0 {
					v = min(v, now[j-1]+1)
				}
				if j+1 < width {
					v = min(v, one[j+1]+1)
				}
				if i > 1 && at > 1 && want[i-1] == text[at-2] && want[i-2] == text[at-1] { // swapped
					v = min(v, two[j]+1)
				}
			}
			now[j] = min(v, most+1)
			least = min(least, now[j])
		}
		if least > most {
			return false
		}
		two, one, now = one, now, two
	}
	return true
}
