package sensitive

// Context: what the words near a number say it is.

import "strings"

// mark says what a word means for the numbers beside it.
type mark uint32

const (
	product mark = 1 << iota // IMEI, barcode, parcel: no card, no person
	order                    // order, article, invoice: no phone
	phoneWord
	birthWord
	cvvWord
	passportWord
	idCardWord
	secretWord // password, PIN: says it alone
	codeWord   // code, key: says it with a placeWord
	placeWord  // door, gate, alarm, Wi-Fi
	taxWord
	ibanWord
	lockWord     // alarm, key box: a code that follows it opens it
	intercomWord // the same, but digits alone may be the number of a flat
	deviceWord   // phone, laptop: a code beside it unlocks it
	patternWord  // pattern to unlock by, where a device stands near
	backWord     // the back of a card
	addressWord
)

// context finds what each word says.
func (s *scanner) context() {
	s.marks = make([]mark, len(s.tokens))
	for i := range s.tokens {
		if !s.tokens[i].digits {
			word := string(s.word(i))
			if s.marks[i] = marked[word]; s.marks[i] == 0 && len(word) > 5 {
				s.marks[i] = compound(word)
			}
		}
	}
}

// lines counts the line breaks before a token.
func (s *scanner) lines(i int) int {
	return strings.Count(string(s.gap(i)), "\n")
}

// near looks at the tokens before one and behind another, at most so many, not
// further than the next line, and stops at the first that satisfies.
func (s *scanner) near(from, to, before, after int, is func(i int) bool) bool {
	for i, breaks := from-1, s.breaks(from); i >= 0 && i >= from-before && breaks < 2; i-- {
		if is(i) {
			return true
		}
		breaks += s.breaks(i)
	}
	for i, breaks := to+1, 0; i < len(s.tokens) && i <= to+after; i++ {
		if breaks += s.lines(i); breaks > 0 {
			break
		}
		if is(i) {
			return true
		}
	}
	return false
}

// breaks is lines for a token that may be the first.
func (s *scanner) breaks(i int) int {
	if i == 0 {
		return 0
	}
	return s.lines(i)
}

// says reports whether a word of a kind stands near.
func (s *scanner) says(m mark, from, to, before, after int) bool {
	return s.near(from, to, before, after, func(i int) bool { return s.marks[i]&m != 0 })
}

// sameLine is says for words before a number on its own line only.
func (s *scanner) sameLine(m mark, from, before int) bool {
	for i := from - 1; i >= 0 && i >= from-before && s.lines(i+1) == 0; i-- {
		if s.marks[i]&m != 0 {
			return true
		}
	}
	return false
}

// named reports whether a word near names a kind of number.
func (s *scanner) named(rule string, from, to int) bool {
	return s.near(from, to, 5, 4, func(i int) bool {
		for _, r := range names[string(s.word(i))] {
			if r == rule {
				return true
			}
		}
		return false
	})
}

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
