// Package sensitive finds in free text what does not belong in a note: numbers
// of cards, accounts and persons, secrets, ways to reach somebody, and words of
// the kinds of data the law protects most.
//
// [Find] is given a text and the countries of the shop and returns spans of it.
// It reads nothing and keeps nothing: no file, no clock, no state between two
// calls. What it returns never holds any of the text.
//
// # How it looks
//
// The text is folded once: lower case without marks, every kind of digit as 0 to
// 9, each byte with its place in the original (view.go). The folded text is cut
// into tokens. Numbers are made of tokens that stand beside each other, with the
// separators people write between them (numbers.go), and offered to each
// detector. Words go through one tree of all lists of all languages, as staff mix
// them (words.go, match.go). Where findings overlap, the surer stays, and of two
// that are as sure the more specific.
//
// # What it is not
//
// It does not understand a sentence. Its promise is to bother nobody with an
// IMEI, a barcode, a price or a phone model, and not to miss a card; what lies
// between is measured by the cases in testdata.
package sensitive

import (
	"cmp"
	"slices"
	"time"
)

// Kind is what was found.
type Kind uint8

// The kinds, numbers first.
const (
	Card Kind = iota
	SecurityCode
	IBAN
	NationalID
	TaxID
	Passport
	IDCard
	BirthDate
	Phone
	Email
	Address
	Secret // passwords, PINs, codes of doors and alarms
	Health
	Religion
	Ethnicity
	Politics
	Union
	SexLife
	Criminal
	Minor
	Insult
	kinds
)

var kindNames = [kinds]string{
	"card", "security-code", "iban", "national-id", "tax-id", "passport", "id-card", "birth-date", "phone", "email", "address", "secret",
	"health", "religion", "ethnicity", "politics", "union", "sex-life", "criminal", "minor", "insult",
}

// String returns the stable name of a kind.
func (k Kind) String() string {
	if k < kinds {
		return kindNames[k]
	}
	return "unknown"
}

// Kinds lists all kinds in their order.
func Kinds() []Kind {
	all := make([]Kind, kinds)
	for i := range all {
		all[i] = Kind(i)
	}
	return all
}

// ParseKind reads what String returns.
func ParseKind(s string) (Kind, bool) {
	i := slices.Index(kindNames[:], s)
	return Kind(max(i, 0)), i >= 0
}

// Certainty is how sure a finding is.
type Certainty uint8

// From what a careful colleague would ask about to what can be nothing else.
const (
	Hint Certainty = iota
	Likely
	Sure
)

// Finding is one place in a text.
type Finding struct {
	Kind       Kind
	Start, End int // bytes of the text, on rune boundaries
	Certainty  Certainty
	Rule       string   // "card.visa", "id.pl.pesel", "word.health.de"
	Args       []string // such as the country; never the text found
}

// Options are what is known about the shop.
type Options struct {
	Country string    // ISO 3166-1 alpha-2 of the shop
	Others  []string  // further countries the owner chose
	Words   *Words    // nil: the built-in lists
	Now     time.Time // for birth dates; zero: no upper limit is checked
}

// at reports whether the shop is in a country, or chose it.
func (o *Options) at(country string) bool {
	return o.Country == country || slices.Contains(o.Others, country)
}

// alive reports whether somebody born then can be a customer now.
func (o *Options) alive(born time.Time) bool {
	return born.IsZero() || born.Year() >= 1850 && (o.Now.IsZero() || !born.After(o.Now) && born.AddDate(121, 0, 0).After(o.Now))
}

// Find returns what should not be in a text, in order of Start. Of findings that
// overlap the surer, or the more specific, stays.
func Find(text string, o Options) []Finding {
	if text == "" {
		return nil
	}
	words := o.Words
	if words == nil {
		words = BuiltIn()
	}
	s := scanner{view: newView(text), o: &o}
	s.context()
	s.numbers()
	s.contacts()
	s.secrets()
	words.find(&s)
	return s.settle()
}

// scanner is one run over one text.
type scanner struct {
	*view
	o     *Options
	marks []mark // what the word of each token says about numbers near it
	cards []int  // the last token of each card's number
	found []Finding
}

// add notes a finding from the beginning of one token to the end of another.
func (s *scanner) add(k Kind, c Certainty, rule string, from, to int, args ...string) {
	s.addBytes(k, c, rule, s.tokens[from].start, s.tokens[to].end, args...)
}

// addBytes notes a finding between two places of the folded text.
func (s *scanner) addBytes(k Kind, c Certainty, rule string, start, end int, args ...string) {
	s.found = append(s.found, Finding{k, s.original(start), s.originalEnd(end), c, rule, args})
}

// rank orders kinds from the specific to the general.
var rank = [kinds]uint8{
	IBAN: 0, Card: 1, NationalID: 2, TaxID: 3, SecurityCode: 4, Email: 5, BirthDate: 6, Passport: 7, IDCard: 8, Phone: 10, Secret: 9, Address: 11,
	Health: 12, Religion: 12, Ethnicity: 12, Politics: 12, Union: 12, SexLife: 12, Criminal: 12, Minor: 12, Insult: 12,
}

// settle leaves one finding of those that overlap.
func (s *scanner) settle() []Finding {
	slices.SortStableFunc(s.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Certainty, a.Certainty), cmp.Compare(rank[a.Kind], rank[b.Kind]),
			cmp.Compare(b.End-b.Start, a.End-a.Start), cmp.Compare(a.Start, b.Start))
	})
	var kept []Finding // in order of Start
	for _, f := range s.found {
		i, _ := slices.BinarySearchFunc(kept, f, func(k, f Finding) int { return cmp.Compare(k.Start, f.Start) })
		if i > 0 && kept[i-1].End > f.Start || i < len(kept) && kept[i].Start < f.End {
			continue
		}
		kept = slices.Insert(kept, i, f)
	}
	return kept
}
