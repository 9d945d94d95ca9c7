package store

// Near matches: customers who may be the one somebody is about to add.

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"
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

// exact are the likenesses by what only who knows somebody can say.
const exact = SamePhone | SameEmail | SameVAT

// Near lists customers who are like c, but not c itself, nor those of whom c says
// that they are somebody else, or who say it of c. It needs CreateCustomers,
// EditCustomers or MergeCustomers; a profile that may not browse meets nobody by a name.
func (cs *Customers) Near(c Customer) ([]Near, error) {
	if !slices.ContainsFunc([]Right{EditCustomers, MergeCustomers}, cs.s.Can) {
		if err := cs.s.need(CreateCustomers); err != nil {
			return nil, err
		}
	}
	all := cs.s.Can(BrowseCustomers)
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
		if !all {
			n.Like &= exact
		}
		if n.Like == 0 || n.Row.ID == c.ID || slices.Contains(c.NotSame, n.Row.ID) {
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
		if len(num) < leastPhone {
			continue
		}
		for _, row := range phoned(ix, num) {
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
		for _, row := range named(ix, n) {
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

// phoned lists the rows that have a phone, of which at least leastPhone digits are
// given. All numbers that are the same end alike.
func phoned(ix *index, number []byte) []int32 {
	end := bytes.TrimLeft(number, "0")
	if len(end) < leastPhone {
		return nil
	}
	end = end[min(len(end)-leastPhone, mostPrefix):]
	return ix.among(ix.find(matcher{words: [][]byte{end}}), func(ch *chunk, i int) bool { return ch.hasPhone(i, number) })
}

// named lists the rows of a similar name. Their texts begin with it and are in order,
// so that a quick look at one goes on from where it parts from the one before.
func named(ix *index, n nameLike) []int32 {
	return together(len(ix.chunks), func(from, to int) (out []int32) {
		look := n.quick()
		for at := from; at < to; at++ {
			c := ix.chunks[at]
			for i := range c.ids {
				if look.maybe(c.textOf(i)) && n.like(fold(c.shownField(i, showName))) {
					out = append(out, int32(ix.firsts[at]+i))
				}
			}
		}
		return out
	})
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
