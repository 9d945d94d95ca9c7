package store

// A quick look at many texts that begin with names.

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// quickLook says of texts whether the names that they begin with may be like one. It is
// quickest with texts in order, and looks at one at a time.
type quickLook struct {
	letters string // without what parts the words, as one who parts them otherwise has them
	begins  []beginning
}

// maxNameWords is how many words of a name are tried in every order.
const maxNameWords = 3

// quick returns a quick look at names that may be like this one.
func (n nameLike) quick() quickLook {
	look := quickLook{letters: n.letters}
	if len(n.words) <= maxNameWords {
		for _, o := range permutations(n.words) {
			look.begins = append(look.begins, newBeginning(o, n.slips))
		}
		return look
	}
	look.begins = append(look.begins, newBeginning(strings.Join(strings.FieldsFunc(n.folded, between), " "), n.slips))
	for _, w := range n.words {
		look.begins = append(look.begins, newBeginning(w, min(n.slips, slipsOf(w))))
	}
	return look
}

// maybe reports whether the name that a folded text begins with may be like this one;
// false is certain.
func (l quickLook) maybe(text []byte) bool {
	for i := range l.begins {
		if l.begins[i].of(text) {
			return true
		}
	}
	return l.parted(text)
}

// parted reports whether a text begins with the letters, whatever parts them.
func (l quickLook) parted(text []byte) bool {
	at := 0
	for _, c := range text {
		switch {
		case at == len(l.letters):
			return true
		case between(rune(c)):
		case c != l.letters[at]:
			return false
		default:
			at++
		}
	}
	return at == len(l.letters)
}

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

// beginning tells which texts begin like a word or some words: with so many letters
// different, left out, put in or swapped. It keeps what it found of each beginning of
// the last text, and goes on from what the next one has in common with it.
type beginning struct {
	want  []rune
	most  int
	text  []byte // the last one
	read  []readLetter
	until int // how much of the text says whether it begins so
	is    bool
}

// readLetter is a letter of a text with what is known after it. Of what parts words
// several signs are one letter.
type readLetter struct {
	letter rune
	end    int // where it ends in the text
	slips  band
}

// band is how many slips there are between all that was read of a text and as many
// letters of what is wanted, give or take mostSlips: first fewer, then more.
type band [2*mostSlips + 1]int8

func newBeginning(want string, most int) beginning {
	b := beginning{want: []rune(want), most: most, until: 1}
	var none band
	for j := range none {
		none[j] = int8(max(j-mostSlips, 0))
		if j < mostSlips || j-mostSlips > len(b.want) {
			none[j] = int8(most + 1)
		}
	}
	b.read = []readLetter{{letter: ' ', slips: none}}
	return b
}

// of reports whether a folded text begins so.
func (b *beginning) of(text []byte) bool {
	same := 0
	for n := min(len(text), len(b.text), b.until); same < n && text[same] == b.text[same]; {
		same++
	}
	if same == b.until {
		return b.is
	}
	last := len(b.read) - 1
	for b.read[last].end > same {
		last--
	}
	b.text, b.read = text, b.read[:last+1]
	for at := b.read[last].end; at < len(text); {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[at:])
		}
		at += size
		if between(r) {
			if r = ' '; b.read[last].letter == r {
				continue
			}
		}
		b.read = append(b.read, readLetter{letter: r, end: at, slips: b.after(r)})
		last++
		slips, least := &b.read[last].slips, int8(b.most+1)
		for _, n := range slips {
			least = min(least, n)
		}
		all := len(b.want) - last + mostSlips
		b.is = 0 <= all && all < len(slips) && int(slips[all]) <= b.most
		if b.is || int(least) > b.most {
			b.until = at
			return b.is
		}
	}
	b.until, b.is = len(text)+1, false // more of it could say so
	return false
}

// after is what is known after one more letter.
func (b *beginning) after(r rune) band {
	n := len(b.read)
	before := &b.read[n-1].slips
	var now band
	for j := range now {
		i := n + j - mostSlips // how many letters of what is wanted
		v := int8(b.most + 1)
		switch {
		case i < 0 || i > len(b.want):
		case i == 0:
			v = min(int8(n), v)
		default:
			v = before[j]
			if b.want[i-1] != r {
				v++
			}
			if j > 0 {
				v = min(v, now[j-1]+1)
			}
			if j+1 < len(now) {
				v = min(v, before[j+1]+1)
			}
			if i > 1 && n > 1 && b.want[i-1] == b.read[n-1].letter && b.want[i-2] == r { // swapped
				v = min(v, b.read[n-2].slips[j]+1)
			}
		}
		now[j] = min(v, int8(b.most+1))
	}
	return now
}
