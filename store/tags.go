package store

// Tags: what a shop sorts its customers by. The list is closed: owners keep it, and
// everybody else chooses from it, so that there are not five words for one thing.

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// TagID names a tag. No number is given twice, so that one which was removed never
// comes to mean something else. 0 names none.
type TagID uint64

// Tag is a word that customers can have.
type Tag struct {
	ID       TagID    `cbor:"1,keyasint"`
	Name     string   `cbor:"2,keyasint"`
	Synonyms []string `cbor:"3,keyasint,omitempty"` // other words for the same
}

// tagList is all tags as they are stored: in one record, as there are few. Customers
// keep the numbers of tags that are gone until they are saved again; Gone says what
// these mean now, 0 for nothing.
type tagList struct {
	Last TagID           `cbor:"1,keyasint"` // the last number given
	Tags []Tag           `cbor:"2,keyasint,omitempty"`
	Gone map[TagID]TagID `cbor:"3,keyasint,omitempty"`

	hidden bool // it cannot be read: what customers have stays as it is
}

const (
	maxTags    = 200 // of a shop
	maxTagName = 40
	maxTagged  = 20 // of a customer
	tagsName   = "tags"
)

// Tags keeps the shop's tags.
type Tags struct{ s *Session }

// Tags needs ReadShop, which every role has.
func (s *Session) Tags() (*Tags, error) {
	if err := s.need(ReadShop); err != nil {
		return nil, err
	}
	return &Tags{s}, nil
}

// List returns all tags in the order of their names.
func (t *Tags) List() ([]Tag, error) {
	if err := t.s.need(ReadShop); err != nil {
		return nil, err
	}
	l, err := t.s.tagList()
	out := slices.Clone(l.Tags)
	slices.SortFunc(out, func(a, b Tag) int { return strings.Compare(fold(a.Name), fold(b.Name)) })
	return out, err
}

// tagList reads the list; it is empty where there is none yet.
func (s *Session) tagList() (tagList, error) {
	if s.need(ReadShop) != nil {
		return tagList{hidden: true}, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tags.get(s, areaShop, func() (tagList, error) {
		id, err := s.v.Name(areaShop, tagsName)
		if err != nil {
			return tagList{}, explain(err)
		}
		var l tagList
		if _, err = read(s, areaShop, ID(id), kindTags, &l); errors.Is(err, ErrNotFound) {
			err = nil
		}
		return l, err
	})
}

// Add adds a tag. invoice.Problems say what is wrong with the name: "taken" that it
// is the name of another tag already, or one of its other words.
func (t *Tags) Add(name string) (Tag, error) {
	var made Tag
	err := t.change(func(l *tagList) error {
		made = Tag{ID: l.Last + 1, Name: strings.TrimSpace(name)}
		l.Last = made.ID
		l.Tags = append(l.Tags, made)
		return nil
	})
	return made, err
}

// Change gives a tag another name and other words; customers who have it have it
// under that name.
func (t *Tags) Change(tag Tag) error {
	return t.change(func(l *tagList) error {
		at := l.place(tag.ID)
		if at < 0 {
			return ErrNotFound
		}
		l.Tags[at] = tag
		return nil
	})
}

// Remove removes a tag. Customers who have it get the tag into, where its words are
// other words then; with into 0 they have one tag less.
func (t *Tags) Remove(id, into TagID) error {
	return t.change(func(l *tagList) error {
		at := l.place(id)
		if at < 0 || into != 0 && (into == id || l.place(into) < 0) {
			return ErrNotFound
		}
		gone := l.Tags[at]
		l.Tags = slices.Delete(l.Tags, at, at+1)
		if to := l.place(into); to >= 0 {
			l.Tags[to].Synonyms = append(append(l.Tags[to].Synonyms, gone.Name), gone.Synonyms...)
		}
		if l.Gone == nil {
			l.Gone = map[TagID]TagID{}
		}
		for was, now := range l.Gone {
			if now == id {
				l.Gone[was] = into
			}
		}
		l.Gone[id] = into
		return nil
	})
}

// change changes the list in one transaction.
func (t *Tags) change(do func(*tagList) error) error {
	s := t.s
	if err := s.need(EditShop); err != nil {
		return err
	}
	id, err := s.v.Name(areaShop, tagsName)
	if err != nil {
		return explain(err)
	}
	return s.update(Event{Kind: TagsChanged}, func(tx *vault.Tx) error {
		var l tagList
		if _, err := readIn(tx, areaShop, ID(id), kindTags, &l); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if err := do(&l); err != nil {
			return err
		}
		l.tidy()
		if p := l.check(); len(p) > 0 {
			return p
		}
		return write(tx, areaShop, ID(id), kindTags, l)
	})
}

func (l *tagList) tidy() {
	for i := range l.Tags {
		t := &l.Tags[i]
		trim(&t.Name)
		seen := map[string]bool{fold(t.Name): true}
		var words []string
		for _, w := range t.Synonyms {
			if trim(&w); w != "" && !seen[fold(w)] {
				seen[fold(w)], words = true, append(words, w)
			}
		}
		t.Synonyms = words
	}
}

// check says what is wrong: each word means one tag.
func (l *tagList) check() invoice.Problems {
	var p problems
	p.between("Tags", len(l.Tags), 0, maxTags)
	taken := map[string]string{}
	for _, t := range l.Tags {
		p.require("Name", t.Name, maxTagName)
		p.between("Synonyms", len(t.Synonyms), 0, maxTags)
		for i, w := range append([]string{t.Name}, t.Synonyms...) {
			field := "Name"
			if i > 0 {
				field = "Synonyms"
				p.length(field, w, maxTagName)
			}
			if by, ok := taken[fold(w)]; ok && w != "" {
				p.add(field, "taken", by)
			}
			taken[fold(w)] = t.Name
		}
	}
	return invoice.Problems(p)
}

// Named finds the tag that a word means, its name or one of its other words.
func (t *Tags) Named(word string) (Tag, bool) {
	l, err := t.s.tagList()
	if err != nil || t.s.need(ReadShop) != nil {
		return Tag{}, false
	}
	return l.named(word)
}

func (l tagList) named(word string) (Tag, bool) {
	want := fold(strings.TrimSpace(word))
	at := slices.IndexFunc(l.Tags, func(t Tag) bool {
		return fold(t.Name) == want || slices.ContainsFunc(t.Synonyms, func(w string) bool { return fold(w) == want })
	})
	if at < 0 || want == "" {
		return Tag{}, false
	}
	return l.Tags[at], true
}

// meant lists the tags that words in a cell of a file mean, parted by commas or
// semicolons. The list is closed: a word that is not in it makes no tag.
func (l tagList) meant(cell string) []TagID {
	var out []TagID
	for _, word := range strings.FieldsFunc(cell, func(r rune) bool { return r == ',' || r == ';' }) {
		if t, ok := l.named(word); ok {
			out = append(out, t.ID)
		}
	}
	return l.live(out)
}

func (l tagList) place(id TagID) int {
	return slices.IndexFunc(l.Tags, func(t Tag) bool { return t.ID == id })
}

// Now is what a tag means now: itself, the tag that it was merged into, or 0.
func (t *Tags) Now(id TagID) TagID {
	l, err := t.s.tagList()
	if now := l.live([]TagID{id}); err == nil && len(now) > 0 {
		return now[0]
	}
	return 0
}

// live is what tags of a customer mean now, in the order of their numbers.
func (l tagList) live(ids []TagID) []TagID {
	if l.hidden {
		return ids
	}
	var out []TagID
	for _, id := range ids {
		if now, ok := l.Gone[id]; ok {
			id = now
		}
		if l.place(id) >= 0 {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// under lists the numbers that mean a tag: its own, and those of tags it took over;
// none where it was removed.
func (l tagList) under(id TagID) []TagID {
	if l.place(id) < 0 {
		return nil
	}
	out := []TagID{id}
	for was, now := range l.Gone {
		if now == id {
			out = append(out, was)
		}
	}
	return out
}

// names are the names of tags in the order of the alphabet.
func (l tagList) names(ids []TagID) []string {
	var out []string
	for _, id := range l.live(ids) {
		if at := l.place(id); at >= 0 {
			out = append(out, l.Tags[at].Name)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(fold(a), fold(b)) })
	return out
}

// shownTags is how tags stand in a row.
func shownTags(ids []TagID) string {
	var out []string
	for _, id := range ids {
		out = append(out, strconv.FormatUint(uint64(id), 10))
	}
	return strings.Join(out, ",")
}

// tags are the tags of a row, as they were stored.
func (c *chunk) tags(i int) []TagID {
	text := c.shownField(i, showTags)
	if text == "" {
		return nil
	}
	var out []TagID
	for id := range strings.SplitSeq(text, ",") {
		if n, err := strconv.ParseUint(id, 10, 64); err == nil {
			out = append(out, TagID(n))
		}
	}
	return out
}
