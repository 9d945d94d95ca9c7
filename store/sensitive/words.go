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
//	[health]                 the kind of the entries below
//	krebs                    a whole word; case and marks do not matter
//	diabet*                  a word that begins so
//	*allergi*                a word that contains it
//	multiple sklerose        several words in a row, each as above
//	? asthma                 only a hint
//	! krebssuppe             never, though another entry matches
//
// A line may stand for a family of entries:
//
//	{im|aus dem} knast       one of several, within a word or of words
//	vorbestraft(e|er|en)     one of several, or none of them
//	sohn (ist) {3..17}       and numbers from one to another
type List struct {
	Language string // ISO 639-1, the name of the file
	Text     string
}

// Words are lists that were read. They are not changed any more and may be used
// by several goroutines.
//
// All entries are one graph. Each word of an entry is a step from a node to the
// next, numbered as the words are; the words of a family that stand at the same
// place of a line lead to the same node. A step may lead to several nodes.
type Words struct {
	exact   map[string]uint32 // whole words by their text
	begins  letters           // words with a star behind them
	holds   letters           // words with stars around them
	texts   []string          // of the words, without stars
	length  []int             // of their letters, 0 for those with stars around them
	first   map[step]uint32   // the first way of a step
	ways    []way
	endings []*ending // of each node: what ends there, or nil
	longest int       // words of the longest entry
	base    *Words    // further lists, nil for none; see With
}

// step is a word at a node.
type step struct{ node, word uint32 }

// way is a node a step leads to, and another, 0 for none.
type way struct{ to, other uint32 }

// ending is an entry without its words.
type ending struct {
	kind     Kind
	hint     bool
	never    bool
	language string
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
	r := reader{known: map[string]parsed{}, words: map[pattern]uint32{}, Words: &Words{
		exact: map[string]uint32{}, begins: newLetters(), holds: newLetters(), texts: []string{""}, length: []int{0},
		first: map[step]uint32{}, ways: []way{{}}, endings: []*ending{nil},
	}, last: map[ending]uint32{}}
	for _, l := range lists {
		if err := r.read(l); err != nil {
			return nil, err
		}
	}
	return r.Words, nil
}

// With returns the words and those of further lists. An exception of either holds for
// both. The error is a *ListError.
func (w *Words) With(lists ...List) (*Words, error) {
	own, err := NewWords(lists...)
	if err != nil {
		return nil, err
	}
	own.base = w
	return own, nil
}

// reader makes Words.
type reader struct {
	*Words
	known map[string]parsed // words as they are written, so that each is read once
	words map[pattern]uint32
	last  map[ending]uint32 // the nodes where entries end
}

// pattern is one word of an entry.
type pattern struct {
	text          string
	begins, holds bool
}

// parsed is what a word as it is written stands for.
type parsed struct {
	words []uint32
	why   string
}

func (r *reader) read(l List) error {
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
		e := ending{kind: section, language: l.Language}
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
		if why := r.line(line, e); why != "" {
			return wrong(why)
		}
	}
	return nil
}

// line adds what a line stands for and returns why it is wrong, if it is.
func (r *reader) line(line string, e ending) (why string) {
	places, why := placesOf(line)
	if why != "" {
		return why
	}
	end, ok := r.last[e]
	if !ok {
		end = r.node(&e)
		r.last[e] = end
	}
	needed := 0 // places up to the last that may not be left out
	for i, p := range places {
		if !p.maybe {
			needed = i + 1
		}
	}
	if needed == 0 {
		return "there is no word"
	}
	from, count := []uint32{0}, 0
	for i, p := range places {
		var to []uint32
		if i+1 >= needed {
			to = append(to, end)
		}
		if i+1 < len(places) {
			to = append(to, r.node(nil))
		}
		most := 0
		for _, text := range p.choices {
			n, why := r.chain(from, to, text)
			if why != "" {
				return why
			}
			most = max(most, n)
		}
		count += most
		if !p.maybe {
			from = nil
		}
		from = append(from, to[len(to)-1])
	}
	r.longest = max(r.longest, count)
	return ""
}

// chain adds the words of a text between nodes and returns how many there are.
func (r *reader) chain(from, to []uint32, text string) (count int, why string) {
	var words []uint32
	for word := range strings.FieldsSeq(text) {
		p, ok := r.known[word]
		if !ok {
			p = r.parse(word)
			r.known[word] = p
		}
		if p.why != "" {
			return 0, p.why
		}
		words = append(words, p.words...)
	}
	if len(words) == 0 {
		return 0, "there is no word"
	}
	for _, node := range from {
		for _, w := range words[:len(words)-1] {
			next := r.node(nil)
			r.lead(node, w, next)
			node = next
		}
		for _, t := range to {
			r.lead(node, words[len(words)-1], t)
		}
	}
	return len(words), ""
}

// node adds a node.
func (r *reader) node(e *ending) uint32 {
	r.endings = append(r.endings, e)
	return uint32(len(r.endings) - 1)
}

// lead adds a way.
func (r *reader) lead(node, word, to uint32) {
	s := step{node, word}
	for w := r.first[s]; w != 0; w = r.ways[w].other {
		if r.ways[w].to == to {
			return
		}
	}
	r.ways = append(r.ways, way{to, r.first[s]})
	r.first[s] = uint32(len(r.ways) - 1)
}

// parse reads one word of a line: several, where a dash or an apostrophe is in it.
func (r *reader) parse(word string) parsed {
	holds := strings.HasPrefix(word, "*")
	begins := strings.HasSuffix(word, "*")
	if holds && !begins {
		return parsed{why: "a star before a word needs one behind it"}
	}
	word = strings.Trim(word, "*")
	if strings.Contains(word, "*") {
		return parsed{why: "a star stands within a word"}
	}
	v := newView(word)
	if len(v.tokens) == 0 {
		return parsed{why: "there are no letters"}
	}
	var p parsed
	for i := range v.tokens {
		one := pattern{text: string(v.word(i))}
		if i == len(v.tokens)-1 {
			one.begins, one.holds = begins && !holds, holds
		}
		if (one.begins || one.holds) && len(one.text) < 3 {
			return parsed{why: "a word with a star needs three letters"}
		}
		p.words = append(p.words, r.number(one))
	}
	return p
}

// number returns that of a word.
func (r *reader) number(p pattern) uint32 {
	n, ok := r.words[p]
	if ok {
		return n
	}
	n = uint32(len(r.texts))
	r.words[p] = n
	r.texts = append(r.texts, p.text)
	length := len(p.text)
	if p.holds {
		length = 0
	}
	r.length = append(r.length, length)
	switch {
	case p.holds:
		r.holds.add(p.text, n)
	case p.begins:
		r.begins.add(p.text, n)
	default:
		r.exact[p.text] = n
	}
	return n
}

// letters is a tree of words by their letters.
type letters struct {
	first [256]uint32           // nodes behind the first letter
	steps map[letterStep]uint32 // and behind the next
	words map[uint32]uint32     // the word that ends at a node
	nodes uint32
}

type letterStep struct {
	node   uint32
	letter byte
}

func newLetters() letters {
	return letters{steps: map[letterStep]uint32{}, words: map[uint32]uint32{}}
}

func (t *letters) add(text string, word uint32) {
	node := t.first[text[0]]
	if node == 0 {
		t.nodes++
		node = t.nodes
		t.first[text[0]] = node
	}
	for i := 1; i < len(text); i++ {
		next := t.steps[letterStep{node, text[i]}]
		if next == 0 {
			t.nodes++
			next = t.nodes
			t.steps[letterStep{node, text[i]}] = next
		}
		node = next
	}
	t.words[node] = word
}

// along appends the words that another begins with.
func (t *letters) along(text []byte, found []uint32) []uint32 {
	node := t.first[text[0]]
	for i := 1; node != 0; i++ {
		if w := t.words[node]; w != 0 {
			found = append(found, w)
		}
		if i == len(text) {
			break
		}
		node = t.steps[letterStep{node, text[i]}]
	}
	return found
}
