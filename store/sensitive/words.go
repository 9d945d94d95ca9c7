package sensitive

// The lists of words: how they are written and read.

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed words/*.txt
var builtInFiles embed.FS

// List is one list of words as it is written, one entry a line:
//
//	# a comment
//	[health]           the kind of the entries below
//	krebs              a whole word; case and marks do not matter
//	diabet*            a word that begins so
//	*allergi*          a word that contains it
//	multiple sklerose  several words in a row, each as above
//	? asthma           only a hint
//	! krebssuppe       never, though another entry matches
type List struct {
	Language string // ISO 639-1, the name of the file
	Text     string
}

// Words are lists that were read. They are not changed any more and may be used
// by several goroutines.
type Words struct {
	exact   map[string][]entry // by the first word
	begins  *tree
	holds   *tree
	speaks  map[string][]string // common words, and the languages they are of
	longest int                 // words of the longest entry
}

// entry is one line of a list.
type entry struct {
	kind     Kind
	language string
	hint     bool
	never    bool
	words    []pattern
}

// pattern is one word of an entry.
type pattern struct {
	text          string
	begins, holds bool
}

func (p pattern) matches(word []byte) bool {
	switch {
	case p.holds:
		return strings.Contains(string(word), p.text)
	case p.begins:
		return len(word) >= len(p.text) && string(word[:len(p.text)]) == p.text
	}
	return string(word) == p.text
}

// ListError is the error of a list that is not written as a list is.
type ListError struct {
	List string
	Line int
	Why  string
}

func (e *ListError) Error() string {
	return fmt.Sprintf("sensitive: %s.txt, line %d: %s", e.List, e.Line, e.Why)
}

// BuiltInLists returns the lists that come with the program, by language.
func BuiltInLists() []List {
	files, _ := fs.Glob(builtInFiles, "words/*.txt")
	var lists []List
	for _, f := range files {
		text, _ := builtInFiles.ReadFile(f)
		lists = append(lists, List{strings.TrimSuffix(path.Base(f), ".txt"), string(text)})
	}
	return lists
}

// BuiltIn returns the words that come with the program.
var BuiltIn = sync.OnceValue(func() *Words {
	w, err := NewWords(BuiltInLists()...)
	if err != nil {
		panic(err) // a test reads them
	}
	return w
})

// NewWords reads lists. The error is an *ListError.
func NewWords(lists ...List) (*Words, error) {
	w := &Words{exact: map[string][]entry{}, begins: &tree{}, holds: &tree{}, speaks: commonWords()}
	for _, l := range lists {
		if err := w.read(l); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *Words) read(l List) error {
	section := kinds
	number := 0
	for line := range strings.SplitSeq(strings.TrimPrefix(l.Text, "\ufeff"), "\n") {
		number++
		wrong := func(why string) error { return &ListError{l.Language, number, why} }
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
			continue
		case line[0] == '[':
			k, ok := ParseKind(strings.TrimSuffix(line[1:], "]"))
			if !ok || k < Health || !strings.HasSuffix(line, "]") {
				return wrong("there is no such section")
			}
			section = k
			continue
		}
		e := entry{kind: section, language: l.Language}
		switch line[0] {
		case '?':
			e.hint = true
			line = line[1:]
		case '!':
			e.never = true
			line = line[1:]
		}
		if section == kinds {
			return wrong("a word stands before the first section")
		}
		for _, word := range strings.Fields(line) {
			p, why := patternsOf(word)
			if why != "" {
				return wrong(why)
			}
			e.words = append(e.words, p...)
		}
		if len(e.words) == 0 {
			return wrong("there is no word")
		}
		w.add(e)
	}
	return nil
}

// patternsOf reads one word of a line: several, where a dash or an apostrophe is
// in it.
func patternsOf(word string) (patterns []pattern, why string) {
	holds := strings.HasPrefix(word, "*")
	begins := strings.HasSuffix(word, "*")
	if holds && !begins {
		return nil, "a star before a word needs one behind it"
	}
	word = strings.Trim(word, "*")
	if strings.Contains(word, "*") {
		return nil, "a star stands within a word"
	}
	v := newView(word)
	if len(v.tokens) == 0 {
		return nil, "there are no letters"
	}
	for i := range v.tokens {
		patterns = append(patterns, pattern{text: string(v.word(i))})
	}
	last := &patterns[len(patterns)-1]
	last.begins = begins && !holds
	last.holds = holds
	if (begins || holds) && len(last.text) < 3 {
		return nil, "a word with a star needs three letters"
	}
	return patterns, ""
}

func (w *Words) add(e entry) {
	switch first := e.words[0]; {
	case first.holds:
		w.holds.add(first.text, e)
	case first.begins:
		w.begins.add(first.text, e)
	default:
		w.exact[first.text] = append(w.exact[first.text], e)
	}
	w.longest = max(w.longest, len(e.words))
}

// tree finds entries by the bytes a word begins with.
type tree struct {
	next    map[byte]*tree
	entries []entry
}

func (t *tree) add(text string, e entry) {
	for i := range len(text) {
		if t.next == nil {
			t.next = map[byte]*tree{}
		}
		n := t.next[text[i]]
		if n == nil {
			n = &tree{}
			t.next[text[i]] = n
		}
		t = n
	}
	t.entries = append(t.entries, e)
}

// along calls each with the entries whose text a word begins with.
func (t *tree) along(word []byte, each func([]entry)) {
	for i := 0; ; i++ {
		if len(t.entries) > 0 {
			each(t.entries)
		}
		if i == len(word) {
			return
		}
		if t = t.next[word[i]]; t == nil {
			return
		}
	}
}
