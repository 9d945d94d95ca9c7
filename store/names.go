package store

// Names that are like each other: without accents, case and order, and but for a slip
// of the finger.

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// nameLike compares names with one.
type nameLike struct {
	folded  string
	words   []string // of it, sorted
	letters string   // without what parts the words
	slips   int      // how many letters may differ
}

// mostSlips is how many letters of a whole name may differ at most.
const mostSlips = 2

func newNameLike(name string) nameLike {
	whole := fold(name)
	n := nameLike{folded: whole, words: nameWords(whole), letters: letters(whole)}
	switch size := n.size(); {
	case size >= 10:
		n.slips = mostSlips
	case size >= 5:
		n.slips = 1
	}
	return n
}

// usable says that there is a letter to compare. Short names have no slips.
func (n nameLike) usable() bool { return len(n.words) > 0 }

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
