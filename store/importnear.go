package store

// Who is like a row of a file: what nearIn finds, for many at once. Every customer
// is looked at once for tables of phones, addresses and names, and each row then
// asks these, so that a hundred thousand rows take seconds.

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// crowd is everybody in the book and in a file. They are numbered: first the rows
// of the index, then those of the file.
type crowd struct {
	ix   *index
	file []ImportedRow
	book int // how many of the index

	phones, ends map[string][]int32 // by all digits; by the last without one to three
	emails, vats map[string][]int32
	names        map[uint64][]int32 // by the words in order, and by the letters alone
	seed         maphash.Seed
	words        spellings
}

// newCrowd makes the tables. Rows that are not stored anyway are left out.
func newCrowd(ctx context.Context, ix *index, file []ImportedRow) (*crowd, error) {
	c := &crowd{ix: ix, file: file, book: ix.count, seed: maphash.MakeSeed(),
		phones: map[string][]int32{}, ends: map[string][]int32{}, emails: map[string][]int32{}, vats: map[string][]int32{}, names: map[uint64][]int32{},
		words: spellings{at: map[string]int32{}, near: map[string][]spelling{}}}
	var err error
	ix.each(func(row int, ch *chunk, i int) {
		if row%planStep == 0 && err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return
		}
		text := ch.textOf(i)
		words, phones, _ := strings.Cut(string(text), digitsAt)
		var vats []string
		for word := range strings.FieldsSeq(words) {
			if vatLike(word) {
				vats = append(vats, word)
			}
		}
		c.add(int32(row), ch.shownField(i, showName), strings.Split(phones, digitsAt), ch.shownField(i, showEmail), vats)
	})
	for i := range file {
		if i%planStep == 0 && err == nil {
			err = ctx.Err()
		}
		if r := &file[i]; err == nil && len(r.Problems) == 0 {
			c.add(int32(c.book+i), r.Customer.Name, []string{digits(r.Customer.Phone), digits(r.Customer.Phone2)}, r.Customer.Email, folded(r.Customer.vatIDs()))
		}
	}
	c.words.sort()
	return c, err
}

// vatLike says that a folded word may be a VAT number: a country and digits.
func vatLike(w string) bool {
	return len(w) > 3 && w[0] >= 'a' && w[0] <= 'z' && w[1] >= 'a' && w[1] <= 'z' && strings.ContainsAny(w, "0123456789")
}

func folded(list []string) []string {
	for i, s := range list {
		list[i] = fold(s)
	}
	return list
}

func (c *crowd) add(n int32, name string, phones []string, email string, vats []string) {
	put := func(m map[string][]int32, key string) {
		if l := m[key]; len(l) < maxNear && (len(l) == 0 || l[len(l)-1] != n) { // more are never named
			m[key] = append(l, n)
		}
	}
	for _, phone := range phones {
		if p := strings.TrimLeft(phone, "0"); len(p) >= leastPhone {
			put(c.phones, p)
			for _, end := range endsOf(p) {
				put(c.ends, end)
			}
		}
	}
	if email != "" {
		put(c.emails, caseless(email))
	}
	for _, v := range vats {
		put(c.vats, v)
	}
	whole := fold(name)
	w := nameWords(whole)
	if len(strings.Join(w, "")) == 0 {
		return
	}
	for _, k := range []uint64{c.hash(w), maphash.String(c.seed, letters(whole))} {
		if l := c.names[k]; len(l) < maxNear && (len(l) == 0 || l[len(l)-1] != n) {
			c.names[k] = append(l, n)
		}
	}
	for _, word := range w {
		c.words.add(word)
	}
}

// endsOf are the ends of a phone that is written with a country's prefix.
func endsOf(p string) []string {
	var out []string
	for cut := 1; cut <= mostPrefix && len(p)-cut >= leastPhone; cut++ {
		out = append(out, p[cut:])
	}
	return out
}

// caseless is a text as strings.EqualFold compares it.
func caseless(s string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
			least = min(least, o)
		}
		return least
	}, s)
}

func (c *crowd) hash(words []string) uint64 {
	return maphash.String(c.seed, strings.Join(words, "\x00"))
}

// like lists who a row of the file is like: customers, the likest first, and rows of
// the file before it.
func (c *crowd) like(i int) (near []Near, twins []int) {
	me, of := int32(c.book+i), c.file[i].Customer
	found := map[int32]Likeness{}
	note := func(l Likeness, list []int32) {
		for _, n := range list {
			if n < me {
				found[n] |= l
			}
		}
	}
	for _, phone := range []string{of.Phone, of.Phone2} {
		p := strings.TrimLeft(digits(phone), "0")
		if len(p) < leastPhone {
			continue
		}
		note(SamePhone, c.phones[p])
		note(SamePhone, c.ends[p])
		for _, end := range endsOf(p) {
			note(SamePhone, c.phones[end])
		}
	}
	if of.Email != "" {
		note(SameEmail, c.emails[caseless(of.Email)])
	}
	for _, v := range folded(of.vatIDs()) {
		note(SameVAT, c.vats[v])
	}
	if n := newNameLike(of.Name); n.usable() {
		for _, other := range c.named(n, me) {
			note(SimilarName, []int32{other})
		}
	}
	for n, l := range found {
		if int(n) < c.book {
			ch, at := c.ix.at(int(n))
			near = append(near, Near{ch.customer(at), l})
		} else {
			twins = append(twins, int(n)-c.book)
		}
	}
	slices.SortFunc(near, compareNear)
	slices.Sort(twins)
	return near[:min(len(near), maxNear)], twins[:min(len(twins), maxNear)]
}

// mostNames is how many spellings of one name are looked up, which no name that
// somebody bears comes near.
const mostNames = 5_000

// named lists who has a name like n, before me.
func (c *crowd) named(n nameLike, me int32) []int32 {
	out := map[int32]bool{}
	take := func(key uint64) {
		for _, o := range c.names[key] {
			if o < me && !out[o] && n.like(fold(c.nameOf(o))) {
				out[o] = true
			}
		}
	}
	take(maphash.String(c.seed, n.letters))
	left := mostNames
	spelt := make([]string, len(n.words))
	var try func(at, slips int)
	try = func(at, slips int) {
		if left <= 0 {
			return
		}
		if at == len(n.words) {
			left--
			sorted := slices.Clone(spelt)
			slices.Sort(sorted)
			take(c.hash(sorted))
			return
		}
		for _, s := range c.words.like(n.words[at]) {
			if s.slips <= slips {
				spelt[at] = s.word
				try(at+1, slips-s.slips)
			}
		}
	}
	try(0, n.slips)
	list := make([]int32, 0, len(out))
	for o := range out {
		list = append(list, o)
	}
	return list
}

func (c *crowd) nameOf(n int32) string {
	if int(n) < c.book {
		ch, at := c.ix.at(int(n))
		return ch.shownField(at, showName)
	}
	return c.file[int(n)-c.book].Customer.Name
}

// spellings are all words of names, to be found with a slip of the finger or two:
// each is put down under what is left of its beginning without one or two letters,
// and what two words have in common there is compared.
type spellings struct {
	at    map[string]int32
	words []string
	keys  []uint64 // a hash of what is left, and the number of the word; sorted
	seed  maphash.Seed
	near  map[string][]spelling
}

// spelling is a word that is like another, with how many letters differ.
type spelling struct {
	word  string
	slips int
}

func (s *spellings) add(word string) {
	if _, ok := s.at[word]; !ok {
		s.at[word] = int32(len(s.words))
		s.words = append(s.words, word)
	}
}

// sort makes the table, once all words are known.
func (s *spellings) sort() {
	s.seed = maphash.MakeSeed()
	for i, w := range s.words {
		most := 0
		switch n := utf8.RuneCountInString(w); { // a longer word may have more slips, which makes it shorter
		case n >= 6:
			most = 2
		case n >= 3:
			most = 1
		}
		for _, h := range s.left(w, most) {
			s.keys = append(s.keys, uint64(h)<<32|uint64(i))
		}
	}
	slices.Sort(s.keys)
	s.keys = slices.Compact(s.keys)
}

// spelled is how many of a word's first letters are put down.
const spelled = 7

// mostSpellings is how many words are compared with one. Names are far from it; a
// file of made-up words that begin alike must not take for ever.
const mostSpellings = 2_000

// left hashes what is left of a word's beginning without up to so many letters.
func (s *spellings) left(word string, most int) []uint32 {
	r := []rune(word)
	r = r[:min(len(r), spelled)]
	out := []uint32{uint32(maphash.String(s.seed, string(r)))}
	var drop func(r []rune, from, most int)
	drop = func(r []rune, from, most int) {
		for i := from; most > 0 && i < len(r); i++ {
			rest := slices.Delete(slices.Clone(r), i, i+1)
			out = append(out, uint32(maphash.String(s.seed, string(rest))))
			drop(rest, i, most-1)
		}
	}
	drop(r, 0, most)
	return out
}

// like lists the words that are like one, itself first.
func (s *spellings) like(word string) []spelling {
	if out, ok := s.near[word]; ok {
		return out
	}
	most := min(slipsOf(word), mostSlips)
	var out []spelling
	if _, ok := s.at[word]; ok {
		out = append(out, spelling{word, 0})
	}
	seen := map[uint32]bool{}
	for _, h := range s.left(word, most) {
		from, _ := slices.BinarySearch(s.keys, uint64(h)<<32)
		for ; most > 0 && len(seen) < mostSpellings && from < len(s.keys) && uint32(s.keys[from]>>32) == h; from++ {
			n := uint32(s.keys[from])
			if seen[n] {
				continue
			}
			seen[n] = true
			if other := s.words[n]; other != word {
				if d := distance(word, other, most); d <= most {
					out = append(out, spelling{other, d})
				}
			}
		}
	}
	s.near[word] = out
	return out
}
