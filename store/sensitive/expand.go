package sensitive

// The short form of a list: one line for a family of words.

import (
	"strconv"
	"strings"
)

// mostChoices is how many words, or groups of them, may stand for each other.
const mostChoices = 5000

// Why a line cannot be expanded.
const (
	unclosed = "a bracket is not closed, or not opened"
	tooMany  = "too many words stand for each other"
)

// place is one of a line's, between spaces that are in no bracket: what may stand
// there, and whether it may be left out.
type place struct {
	choices []string
	maybe   bool
}

// placesOf reads a line.
func placesOf(line string) (places []place, why string) {
	depth, start := 0, 0
	for i := 0; i <= len(line); i++ {
		if i == len(line) || depth == 0 && (line[i] == ' ' || line[i] == '\t') {
			if start < i {
				all, why := expand(line[start:i])
				if why != "" {
					return nil, why
				}
				var p place
				for _, text := range all {
					if strings.TrimSpace(text) == "" {
						p.maybe = true
					} else {
						p.choices = append(p.choices, text)
					}
				}
				places = append(places, p)
			}
			start = i + 1
			continue
		}
		switch line[i] {
		case '{', '(':
			depth++
		case '}', ')':
			depth--
		}
	}
	return places, ""
}

// expand returns what one place stands for, and why it is wrong otherwise:
//
//	{a|b}   a or b, of a word or of several
//	(a|b)   a or b or nothing
//	{3..7}  3, 4, 5, 6 and 7
//
// They may stand within a word, and within each other.
func expand(line string) (entries []string, why string) {
	if !strings.ContainsAny(line, "{}()|") {
		return []string{line}, ""
	}
	x := expander{rest: line}
	entries = x.sequence("")
	if x.why == "" && x.rest != "" {
		x.why = unclosed
	}
	return entries, x.why
}

// expander reads a line from left to right.
type expander struct {
	rest string
	why  string
}

// sequence reads up to one of the characters that end it, which stays, and returns
// all it stands for.
func (x *expander) sequence(ends string) []string {
	all := []string{""}
	for x.why == "" {
		i := strings.IndexAny(x.rest, "{(|})")
		if i < 0 {
			i = len(x.rest)
		}
		for k := range all {
			all[k] += x.rest[:i]
		}
		if x.rest = x.rest[i:]; x.rest == "" || strings.IndexByte(ends, x.rest[0]) >= 0 {
			break
		}
		var some []string
		switch x.rest[0] {
		case '{':
			some = x.choice('}')
		case '(':
			some = append(x.choice(')'), "")
		default:
			x.why = unclosed
		}
		all = x.product(all, some)
	}
	return all
}

// choice reads what stands in brackets.
func (x *expander) choice(end byte) (some []string) {
	x.rest = x.rest[1:]
	if inner, behind, ok := strings.Cut(x.rest, string(end)); ok && end == '}' {
		if numbers := span(inner); numbers != nil {
			x.rest = behind
			return numbers
		}
	}
	for x.why == "" {
		some = append(some, x.sequence("|"+string(end))...)
		if x.rest == "" {
			x.why = unclosed
			break
		}
		c := x.rest[0]
		if x.rest = x.rest[1:]; c == end {
			break
		}
	}
	return some
}

// span returns the numbers "3..7" stands for, nil for anything else.
func span(s string) (numbers []string) {
	a, b, ok := strings.Cut(s, "..")
	from, err1 := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	if !ok || err1 != nil || err2 != nil || from < 0 || to < from || to-from > 200 {
		return nil
	}
	for n := from; n <= to; n++ {
		numbers = append(numbers, strconv.Itoa(n))
	}
	return numbers
}

// product returns each of some behind each of all.
func (x *expander) product(all, some []string) []string {
	if len(all)*len(some) > mostChoices {
		x.why = tooMany
		return nil
	}
	out := make([]string, 0, len(all)*len(some))
	for _, a := range all {
		for _, b := range some {
			out = append(out, a+b)
		}
	}
	return out
}
