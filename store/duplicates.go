package store

// Duplicates: pairs of customers in the whole directory who may be one person.
//
// All records are read once, and everybody is compared with few: those who share a
// phone, an e-mail or a VAT number, and of those who share a place or a company
// the ones of a similar name. What is shared by very many tells nobody from another,
// such as a phone of zeros, and is passed over.

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"counterbook/store/internal/vault"
)

// Pair is two customers who may be one, and in what they are alike.
type Pair struct {
	A, B CustomerRow // A has the lower number
	Like Likeness
}

const (
	mostSharing = 20  // customers with one phone, e-mail or VAT number
	mostNamed   = 6   // with one name in a town
	mostAtOnce  = 200 // with one place or company, up to which all names are compared
)

// looked is what is compared of a customer.
type looked struct {
	row    CustomerRow
	ids    []CustomerID
	not    []CustomerID
	name   nameLike
	key    string // the words of the name
	set    uint32 // the letters of the name
	email  string
	phones [][]byte
	vats   []string
	town   string
	street string
	firms  []string
}

// Duplicates looks through the whole directory for customers who are alike and of
// whom nobody said that they are not the same; the likest come first. It reads every
// record, so call it off the screen's goroutine; progress gets the part that is done.
func (cs *Customers) Duplicates(ctx context.Context, progress func(part float64)) ([]Pair, error) {
	s := cs.s
	for _, r := range []Right{MergeCustomers, BrowseCustomers} {
		if err := s.need(r); err != nil {
			return nil, err
		}
	}
	all, err := s.lookAtAll(ctx, progress)
	if err != nil {
		return nil, err
	}
	p := pairing{all: all, like: map[[2]int32]Likeness{}}
	for _, step := range []func(){p.phones, p.emails, p.vats, p.firms, p.streets, p.towns} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		step()
	}
	fields, err := s.collected()
	if err != nil {
		return nil, err
	}
	out := p.pairs()
	for i := range out {
		out[i].A, out[i].B = fields.row(out[i].A), fields.row(out[i].B)
	}
	return out, nil
}

// lookAtAll reads all customers, a 256th part at a time: writing goes on beside it.
func (s *Session) lookAtAll(ctx context.Context, progress func(part float64)) ([]looked, error) {
	var all []looked
	for first := range 256 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := s.need(MergeCustomers); err != nil {
			return nil, err
		}
		err := s.v.Scan(areaContacts, []byte{byte(first)}, func(id vault.ID, plain []byte, _ uint64) error {
			var c Customer
			err := decode(plain, kindCustomer, &c)
			if errors.Is(err, errOtherKind) {
				return nil
			}
			if c.ID = ID(id); err == nil {
				all = append(all, lookAt(c))
			}
			return err
		})
		if err != nil {
			return nil, explain(err)
		}
		if progress != nil {
			progress(float64(first+1) / 257)
		}
	}
	return all, nil
}

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

func lookAt(c Customer) looked {
	a := c.Address
	l := looked{ids: c.ids(), not: c.NotSame, name: newNameLike(c.Name), vats: c.vatIDs(), email: strings.ToLower(c.Email),
		row: CustomerRow{ID: c.ID, Number: c.Number, Name: c.Name, Company: c.Company, Phone: MaskPhone(c.Phone), Email: MaskEmail(c.Email), City: a.City}}
	l.key, l.set = strings.Join(l.name.words, " "), lettersOf([]byte(l.name.letters))
	for _, phone := range c.phones() {
		if d := bytes.TrimLeft([]byte(digits(phone)), "0"); len(d) >= leastPhone {
			slices.Reverse(d)
			l.phones = append(l.phones, d)
		}
	}
	l.town = fold(cmp.Or(a.Postcode, a.City))
	if a.Street != "" {
		l.street = fold(a.Street) + fieldEnd + l.town
	}
	for _, name := range append([]string{c.Company}, c.further()...) {
		if f := fold(name); f != "" {
			l.firms = append(l.firms, f)
		}
	}
	return l
}

// phones are the customer's phones, and those from before merges.
func (c Customer) phones() []string {
	out := []string{c.Phone, c.Phone2}
	for _, m := range c.Merged {
		if m.Phone != c.Phone {
			out = append(out, m.Phone)
		}
	}
	return out
}

// further are the names of further companies.
func (c Customer) further() []string {
	var out []string
	for _, o := range c.Others {
		out = append(out, o.Name)
	}
	return out
}

// pairing collects pairs of customers, by their places in all.
type pairing struct {
	all  []looked
	like map[[2]int32]Likeness
}

func (p *pairing) add(i, j int32, l Likeness) {
	if i == j {
		return
	}
	p.like[[2]int32{min(i, j), max(i, j)}] |= l
}

// phones pairs those of whose numbers one is the end of the other. Read from behind
// and in order, numbers that go on follow those that they go on from.
func (p *pairing) phones() {
	type phone struct {
		back []byte
		of   int32
	}
	var list []phone
	for i, l := range p.all {
		for _, back := range l.phones {
			list = append(list, phone{back, int32(i)})
		}
	}
	slices.SortFunc(list, func(a, b phone) int { return cmp.Or(bytes.Compare(a.back, b.back), cmp.Compare(a.of, b.of)) })
	for i, a := range list {
		end := i + 1
		for end < len(list) && end <= i+mostSharing && bytes.HasPrefix(list[end].back, a.back) {
			end++
		}
		if end > i+mostSharing || i >= mostSharing && bytes.Equal(list[i-mostSharing].back, a.back) {
			continue
		}
		for _, b := range list[i+1 : end] {
			if len(b.back)-len(a.back) <= mostPrefix {
				p.add(a.of, b.of, SamePhone)
			}
		}
	}
}

func (p *pairing) emails() {
	p.shared(SameEmail, func(l looked) []string { return some(l.email) })
}

func (p *pairing) vats() { p.shared(SameVAT, func(l looked) []string { return l.vats }) }

// shared pairs all who share a key.
func (p *pairing) shared(as Likeness, keys func(looked) []string) {
	for _, group := range p.by(keys) {
		if len(group) > mostSharing {
			continue
		}
		for i, a := range group {
			for _, b := range group[i+1:] {
				p.add(a, b, as)
			}
		}
	}
}

// by gathers who shares a key.
func (p *pairing) by(keys func(looked) []string) map[string][]int32 {
	out := map[string][]int32{}
	for i, l := range p.all {
		for _, k := range keys(l) {
			if g := out[k]; len(g) == 0 || g[len(g)-1] != int32(i) {
				out[k] = append(g, int32(i))
			}
		}
	}
	return out
}

func (p *pairing) firms() {
	p.named(SameCompany, mostSharing, func(l looked) []string { return l.firms })
}

func (p *pairing) streets() {
	p.named(SamePlace, mostSharing, func(l looked) []string { return some(l.street) })
}

func (p *pairing) towns() {
	p.named(SamePlace, mostNamed, func(l looked) []string { return some(l.town) })
}

func some(key string) []string {
	if key == "" {
		return nil
	}
	return []string{key}
}

// named pairs those of a similar name among who shares a key. Where that is many, a
// name that more than most of them bear is passed over.
func (p *pairing) named(as Likeness, most int, keys func(looked) []string) {
	for _, group := range p.by(keys) {
		if len(group) <= mostAtOnce {
			p.similar(as, group)
			continue
		}
		p.slipped(as, group, most)
	}
}

// slipped pairs those of a similar name in a large group: names between which is a
// slip or two are the same once a letter of one of them, or of both, is left out.
func (p *pairing) slipped(as Likeness, group []int32, most int) {
	type one struct {
		hash uint64
		of   int32
	}
	var list []one
	seed := maphash.MakeSeed()
	for _, i := range group {
		l := &p.all[i]
		if !l.name.usable() {
			continue
		}
		list = append(list, one{maphash.String(seed, l.key), i})
		for at, r := range l.key {
			if l.name.slips > 0 {
				list = append(list, one{maphash.String(seed, l.key[:at]+l.key[at+utf8.RuneLen(r):]), i})
			}
		}
	}
	slices.SortFunc(list, func(a, b one) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.of, b.of)) })
	list = slices.Compact(list) // a letter left out of two in a row is the same letter
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].hash == list[from].hash {
			to++
		}
		if n := to - from; n > 1 && n <= most {
			same := make([]int32, 0, n)
			for _, o := range list[from:to] {
				same = append(same, o.of)
			}
			p.similar(as, same)
		}
		from = to
	}
}

// similar pairs those of a similar name in a small group.
func (p *pairing) similar(as Likeness, group []int32) {
	for n, i := range group {
		a := &p.all[i]
		if !a.name.usable() {
			continue
		}
		for _, j := range group[n+1:] {
			b := &p.all[j]
			if bits.OnesCount32(a.set^b.set) <= 2*mostSlips && a.name.likeWords(b.name) {
				p.add(i, j, as|SimilarName)
			}
		}
	}
}

// pairs lists the pairs of whom nobody said that they are not the same.
func (p *pairing) pairs() []Pair {
	out := make([]Pair, 0, len(p.like))
	says := func(a, b *looked) bool {
		return slices.ContainsFunc(a.not, func(id CustomerID) bool { return slices.Contains(b.ids, id) })
	}
	for at, like := range p.like {
		a, b := &p.all[at[0]], &p.all[at[1]]
		if says(a, b) || says(b, a) {
			continue
		}
		if !like.Has(SimilarName) && a.name.usable() && a.name.likeWords(b.name) {
			like |= SimilarName
		}
		if b.row.Number < a.row.Number {
			a, b = b, a
		}
		out = append(out, Pair{A: a.row, B: b.row, Like: like})
	}
	slices.SortFunc(out, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Like.weight(), a.Like.weight()), strings.Compare(a.A.Number, b.A.Number), strings.Compare(a.B.Number, b.B.Number))
	})
	return out
}

// NotTheSame remembers of two customers that they are not the same person.
func (cs *Customers) NotTheSame(a, b CustomerID) error {
	if err := cs.s.need(EditCustomers); err != nil {
		return err
	}
	one, err := cs.Get(a)
	if err != nil {
		return err
	}
	other, err := cs.Get(b)
	if err != nil || one.ID == other.ID || one.isNot(other) {
		return err
	}
	if len(one.NotSame) >= maxNotSame {
		one, other = other, one
	}
	one.NotSame = append(slices.Clone(one.NotSame), other.ID)
	_, err = cs.Save(one)
	return err
}
