package store

// The note guard's settings: what the shop lets stand in a note.

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
	"counterbook/store/sensitive"
)

// GuardLevel is what the guard does about what it finds. The numbers are part of
// the file format.
type GuardLevel uint8

const (
	GuardOff   GuardLevel = 0 // it is not looked for
	GuardHint  GuardLevel = 1 // it is said, and saved all the same
	GuardWarn  GuardLevel = 2 // it stays only with a reason
	GuardBlock GuardLevel = 3 // it stays only with a reason of somebody with OverrideGuard
)

var guardLevels = [...]string{"off", "hint", "warn", "block"}

// GuardLevels lists all levels, the mildest first.
func GuardLevels() []GuardLevel { return []GuardLevel{GuardOff, GuardHint, GuardWarn, GuardBlock} }

// String is a fixed English name, for exports and as a key of texts.
func (l GuardLevel) String() string {
	if int(l) < len(guardLevels) {
		return guardLevels[l]
	}
	return fmt.Sprintf("level %d", l)
}

// defaultLevel is what the guard does about a kind until the owner says otherwise.
// The code of a card must not be kept by anybody, and its number by hardly anybody
// (PCI DSS 3.3 and 3.5).
func defaultLevel(k sensitive.Kind) GuardLevel {
	if k == sensitive.Card || k == sensitive.SecurityCode {
		return GuardBlock
	}
	return GuardWarn
}

// GuardPolicy is how a shop set up the guard. The zero value is the guard as it
// comes with the program.
type GuardPolicy struct {
	Rules     []GuardRule  `cbor:"1,keyasint,omitempty"` // kinds of which the level is not the usual one
	Countries []string     `cbor:"2,keyasint,omitempty"` // whose numbers are looked for beside the shop's own, ISO 3166-1 alpha-2
	Words     []GuardWords `cbor:"3,keyasint,omitempty"` // what the owner changed in the lists of words
	Version   uint64       `cbor:"-"`
}

// GuardRule is the level of a kind, which is named as sensitive.Kind.String does.
type GuardRule struct {
	Kind  string     `cbor:"1,keyasint"`
	Level GuardLevel `cbor:"2,keyasint"`
}

// GuardWords are words of a kind in a language that are looked for beside those of
// the program's own list, and words that are let be although they are in it. They
// are written as in a list of package sensitive: "word", "begins*", "*holds*", "two
// words", and among those looked for "? word" for only a hint.
type GuardWords struct {
	Language string   `cbor:"1,keyasint"` // ISO 639-1
	Kind     string   `cbor:"2,keyasint"`
	Find     []string `cbor:"3,keyasint,omitempty"`
	Leave    []string `cbor:"4,keyasint,omitempty"`
}

const (
	maxGuardCountries = 40
	maxGuardLists     = 200
	maxGuardWords     = 500 // of a kind in a language
	maxGuardWord      = 80
)

// Level returns what the guard does about a kind.
func (p GuardPolicy) Level(k sensitive.Kind) GuardLevel {
	for _, r := range p.Rules {
		if r.Kind == k.String() {
			return r.Level
		}
	}
	return defaultLevel(k)
}

// SetLevel changes what the guard does about a kind.
func (p *GuardPolicy) SetLevel(k sensitive.Kind, l GuardLevel) {
	p.Rules = slices.DeleteFunc(slices.Clone(p.Rules), func(r GuardRule) bool { return r.Kind == k.String() })
	if l != defaultLevel(k) {
		p.Rules = append(p.Rules, GuardRule{k.String(), l})
	}
}

// WordError says which word of a list cannot be read. Why is a fixed English phrase,
// for a key of texts; it never holds the word.
type WordError struct {
	Language, Kind string
	Leave          bool // it is among those that are let be
	Line           int  // from 1, empty ones counted
	Why            string
}

// ErrGuardWord matches every WordError.
var ErrGuardWord = errors.New("store: a word of the guard's lists cannot be read")

// Is makes every WordError an ErrGuardWord.
func (e *WordError) Is(target error) bool { return target == ErrGuardWord }

func (e *WordError) Error() string {
	return fmt.Sprintf("store: word %d of %s in %s: %s", e.Line, e.Kind, e.Language, e.Why)
}

// tidy takes out what is empty, and orders what has no order of its own.
func (p GuardPolicy) tidy() GuardPolicy {
	words := p.Words
	p.Words = nil
	for _, w := range words {
		w.Find, w.Leave = tidyWords(w.Find), tidyWords(w.Leave)
		if len(w.Find)+len(w.Leave) > 0 {
			p.Words = append(p.Words, w)
		}
	}
	p.Countries = slices.Clone(p.Countries)
	slices.Sort(p.Countries)
	p.Countries = slices.Compact(p.Countries)
	return p
}

func tidyWords(list []string) []string {
	var out []string
	for _, w := range list {
		if w = strings.Join(strings.Fields(w), " "); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// check says what is wrong with a policy: invoice.Problems or a WordError.
func (p GuardPolicy) check() error {
	var bad problems
	for _, r := range p.Rules {
		if _, ok := sensitive.ParseKind(r.Kind); !ok || r.Level > GuardBlock {
			bad.add("Guard.Rules", "unknown")
		}
	}
	for _, c := range p.Countries {
		bad.country("Guard.Countries", c)
	}
	bad.between("Guard.Countries", len(p.Countries), 0, maxGuardCountries)
	bad.between("Guard.Words", len(p.Words), 0, maxGuardLists)
	if len(bad) > 0 {
		return invoice.Problems(bad)
	}
	for _, w := range p.Words {
		if err := w.check(); err != nil {
			return err
		}
	}
	return nil
}

func (w GuardWords) check() error {
	for _, leave := range []bool{false, true} {
		list := w.Find
		if leave {
			list = w.Leave
		}
		for i, word := range list {
			if word = strings.TrimSpace(word); word == "" {
				continue
			}
			wrong := func(why string) error { return &WordError{w.Language, w.Kind, leave, i + 1, why} }
			var of *sensitive.ListError
			_, err := sensitive.NewWords(sensitive.List{Language: w.Language, Text: w.section() + w.line(word, leave)})
			switch {
			case i >= maxGuardWords:
				return wrong("there are too many words")
			case len(word) > maxGuardWord:
				return wrong("it is too long")
			case strings.ContainsAny(word[:1], "[#!") || leave && word[0] == '?':
				return wrong("a word begins with a letter")
			case errors.As(err, &of):
				return wrong(of.Why)
			}
		}
	}
	return nil
}

func (w GuardWords) section() string { return "[" + w.Kind + "]\n" }

func (w GuardWords) line(word string, leave bool) string {
	if leave {
		word = "! " + word
	}
	return word + "\n"
}

// words returns the lists of the program with what the owner changed in them.
func (p GuardPolicy) words() (*sensitive.Words, error) {
	if len(p.Words) == 0 {
		return sensitive.BuiltIn(), nil
	}
	var lists []sensitive.List
	for _, w := range p.Words {
		var text strings.Builder
		text.WriteString(w.section())
		for _, word := range w.Find {
			text.WriteString(w.line(word, false))
		}
		for _, word := range w.Leave {
			text.WriteString(w.line(word, true))
		}
		lists = append(lists, sensitive.List{Language: w.Language, Text: text.String()})
	}
	return sensitive.BuiltIn().With(lists...)
}

// differs names the parts in which b is not a.
func (a GuardPolicy) differs(b GuardPolicy) []string {
	var out []string
	if !slices.Equal(a.Rules, b.Rules) {
		out = append(out, "Rules")
	}
	if !slices.Equal(a.Countries, b.Countries) {
		out = append(out, "Countries")
	}
	if !slices.EqualFunc(a.Words, b.Words, func(x, y GuardWords) bool {
		return x.Language == y.Language && x.Kind == y.Kind && slices.Equal(x.Find, y.Find) && slices.Equal(x.Leave, y.Leave)
	}) {
		out = append(out, "Words")
	}
	return out
}

// Guard is the note guard of the shop.
type Guard struct{ s *Session }

// Guard needs ReadShop, which every role has.
func (s *Session) Guard() (*Guard, error) {
	if err := s.need(ReadShop); err != nil {
		return nil, err
	}
	return &Guard{s}, nil
}

const guardName = "note guard"

// Policy returns how the guard is set up.
func (g *Guard) Policy() (GuardPolicy, error) {
	if err := g.s.need(ReadShop); err != nil {
		return GuardPolicy{}, err
	}
	return g.s.guardPolicy()
}

func (s *Session) guardPolicy() (GuardPolicy, error) {
	id, err := s.v.Name(areaShop, guardName)
	if err != nil {
		return GuardPolicy{}, explain(err)
	}
	var p GuardPolicy
	p.Version, err = read(s, areaShop, ID(id), kindGuard, &p)
	if errors.Is(err, ErrNotFound) {
		return GuardPolicy{}, nil
	}
	return p, err
}

// Save changes how the guard is set up. It needs EditShop. invoice.Problems and a
// WordError say what is wrong with it; ErrChanged, that somebody else saved it
// meanwhile.
func (g *Guard) Save(p GuardPolicy) (GuardPolicy, error) {
	s := g.s
	if err := s.need(EditShop); err != nil {
		return p, err
	}
	if err := p.check(); err != nil {
		return p, err
	}
	p = p.tidy()
	old, err := s.guardPolicy()
	if err != nil {
		return p, err
	}
	fields := old.differs(p)
	if len(fields) == 0 && old.Version == p.Version {
		return old, nil
	}
	id, err := s.v.Name(areaShop, guardName)
	if err != nil {
		return p, explain(err)
	}
	err = s.update(Event{Kind: GuardChanged, Fields: fields}, func(tx *vault.Tx) error {
		err := unchangedSince(tx, areaShop, ID(id), p.Version)
		if err != nil && !(errors.Is(err, ErrNotFound) && p.Version == 0) {
			return err
		}
		p.Version = tx.Number()
		return write(tx, areaShop, ID(id), kindGuard, p)
	})
	return p, err
}
