package sensitive

// Matching: which entries of the lists stand in a text.

import (
	"slices"
	"sort"
	"strings"
)

// hit is an entry that stands in the text, from one token to another.
type hit struct {
	*ending
	from, to int
	word     string // of an entry of one word, without its stars
	length   int    // of its letters, 0 for one that is contained
}

// matcher is one run over one text.
type matcher struct {
	*Words
	s       *scanner
	known   []uint32 // the words of the lists that the tokens are, one after the other
	behind  []int    // of each token: where in known its words end
	hits    []hit
	nevers  []hit
	longest int // words of the longest entry
}

// find adds what of the lists stands in the text.
func (w *Words) find(s *scanner) {
	m := matcher{s: s, behind: make([]int, len(s.tokens))}
	for ; w != nil; w = w.base {
		m.Words, m.longest = w, max(m.longest, w.longest)
		m.match()
	}
	if len(m.hits) == 0 {
		return
	}
	slices.SortStableFunc(m.nevers, func(a, b hit) int { return a.from - b.from })
	spoken := spokenIn(s)
	for _, h := range m.hits {
		if m.excepted(h) || m.speaksAgainst(h, spoken) || h.kind == Health && s.starSign(h.from) {
			continue
		}
		c := Likely
		if h.hint {
			c = Hint
		}
		s.add(h.kind, c, "word."+h.kind.String()+"."+h.language, h.from, h.to)
	}
}

// match notes what of one set of lists stands in the text.
func (m *matcher) match() {
	w, s := m.Words, m.s
	m.known = m.known[:0]
	for i := range s.tokens {
		word := s.word(i)
		if n := w.exact[string(word)]; n != 0 {
			m.known = append(m.known, n)
		}
		if !s.tokens[i].digits {
			m.known = w.begins.along(word, m.known)
			for k := range word {
				if w.holds.first[word[k]] != 0 {
					m.known = w.holds.along(word[k:], m.known)
				}
			}
		}
		m.behind[i] = len(m.known)
	}
	for i := range s.tokens {
		m.walk(0, i, i)
	}
}

// words returns which words of the lists a token is.
func (m *matcher) words(i int) []uint32 {
	if i == 0 {
		return m.known[:m.behind[0]]
	}
	return m.known[m.behind[i-1]:m.behind[i]]
}

// walk goes from a node with the word at a token, and on with those behind it.
func (m *matcher) walk(node uint32, from, at int) {
	for _, word := range m.words(at) {
		for w := m.first[step{node, word}]; w != 0; w = m.ways[w].other {
			next := m.ways[w].to
			if e := m.endings[next]; e != nil {
				m.end(e, from, at, word)
				continue // nothing leads on from an end
			}
			for to := at + 1; to < len(m.s.tokens) && to <= at+3 && m.s.follows(to); to++ {
				m.walk(next, from, to)
				if !smallWords[string(m.s.word(to))] {
					break
				}
			}
		}
	}
}

// end notes an entry that stands in the text.
func (m *matcher) end(e *ending, from, to int, word uint32) {
	h := hit{ending: e, from: from, to: to}
	if from == to {
		h.word, h.length = m.texts[word], m.length[word]
	}
	if h.never {
		m.nevers = append(m.nevers, h)
	} else {
		m.hits = append(m.hits, h)
	}
}

// smallWords are words that may stand between those of an entry and change nothing.
var smallWords = set("sehr so schon wieder jetzt noch immer auch nur echt wirklich total voll ziemlich leider mal grad gerade eh doch halt eher etwas recht ganz einfach wohl bestimmt angeblich seit standig dauernd oft " +
	"der die das den dem des ein eine einen einem einer nen ne n seine ihre seinen ihren seinem ihrem seiner ihrer sein ihr a an the his her their my our een het zijn haar un une una um uma uns " +
	"very really just now always still again only also quite pretty totally bit rather so too been actually apparently probably currently recently often bloody proper " +
	"tres trop vraiment encore toujours deja aussi assez bien plutot tout toute maintenant souvent juste completement " +
	"muy tan siempre ya tambien aun todavia bastante ahora solo mucho demasiado realmente otra vez " +
	"molto troppo sempre gia ancora anche proprio ora adesso davvero spesso appena piuttosto " +
	"heel erg zo altijd nog weer ook al echt nu nogal vaak net wel eigenlijk best " +
	"bardzo tak zawsze juz znowu tez teraz dosyc dosc jeszcze naprawde czesto chyba " +
	"muito sempre ja tambem ainda agora bastante mesmo tao demais " +
	"foarte mereu tot iar deja acum destul prea cam inca des chiar")

// The sign of the zodiac that is called as an illness is, in each language, and
// words that speak of the others.
var (
	crab   = set("cancer krebs cancro rak rac raka")
	zodiac = set("zodiac zodiaque zodiaco zodiak zodiaku zodie sternzeichen tierkreis sterrenbeeld signe signo segno znak aries taurus gemini leo virgo libra scorpio sagittarius capricorn aquarius pisces " +
		"widder zwillinge lowe jungfrau waage skorpion schutze steinbock wassermann fische lion vierge balance belier gemeaux poissons verseau " +
		"geminis tauro acuario piscis gemelli leone vergine bilancia pesci acquario leao gemeos peixes touro fecioara balanta pesti varsator lew panna waga ryby wodnik")
)

// starSign reports whether a word is a sign of the zodiac among others.
func (s *scanner) starSign(i int) bool {
	if !crab[string(s.word(i))] {
		return false
	}
	for j := max(0, i-5); j < min(len(s.tokens), i+6); j++ {
		if zodiac[string(s.word(j))] {
			return true
		}
	}
	return false
}

// follows reports whether a token stands in a row with the one before it.
func (s *scanner) follows(i int) bool {
	return len(s.gap(i)) <= 3 && !strings.ContainsAny(string(s.gap(i)), ".,;:!?()")
}

// excepted reports whether an exception overlaps. One of a single word does not
// speak for a word of another language that is written the same.
func (m *matcher) excepted(h hit) bool {
	first := sort.Search(len(m.nevers), func(i int) bool { return m.nevers[i].from > h.from-3*m.longest })
	for _, n := range m.nevers[first:] {
		if n.from > h.to {
			break
		}
		alike := n.word != "" && n.language != h.language && n.word == h.word
		if n.to >= h.from && !alike {
			return true
		}
	}
	return false
}

// languagesOf are those of the countries whose languages the lists are of.
var languagesOf = map[string]string{
	"GB": "en", "IE": "en", "US": "en", "MT": "en", "DE": "de", "AT": "de", "LI": "de", "CH": "de fr it", "LU": "de fr", "BE": "nl fr de",
	"FR": "fr", "ES": "es", "IT": "it", "NL": "nl", "PL": "pl", "PT": "pt", "RO": "ro",
}

// abroad reports whether a language is none of the shop's countries'.
func (o *Options) abroad(language string) bool {
	if languagesOf[o.Country] == "" || strings.Contains(languagesOf[o.Country], language) {
		return false
	}
	for _, country := range o.Others {
		if strings.Contains(languagesOf[country], language) {
			return false
		}
	}
	return true
}

// speaksAgainst reports whether a word that is not long stands in a text or in a
// country of another language, in which it may mean something else: "rape" in
// French is grated, "negro" in Spanish is a colour.
func (m *matcher) speaksAgainst(h hit, spoken map[string]int) bool {
	if h.length == 0 {
		return false
	}
	if h.length <= mostOfForeign && m.s.o.abroad(h.language) {
		home := 0
		for language := range strings.FieldsSeq(languagesOf[m.s.o.Country]) {
			home = max(home, spoken[language])
		}
		return spoken[h.language] <= home
	}
	if h.length > mostOfShort || spoken[h.language] > 0 {
		return false
	}
	for _, n := range spoken {
		if n >= 2 {
			return true
		}
	}
	return false
}

// How many letters a word has that is not long, by itself and where the shop's
// country speaks another language.
const (
	mostOfShort   = 5
	mostOfForeign = 9
)

// spokenIn counts the common words of each language in a text.
func spokenIn(s *scanner) map[string]int {
	count := map[string]int{}
	for i := range s.tokens {
		for _, l := range commonWords[string(s.word(i))] {
			count[l]++
		}
	}
	return count
}

// commonWords are words that tell the languages apart, folded.
var commonWords = func() map[string][]string {
	m := map[string][]string{}
	for language, words := range map[string]string{
		"en": "the and for with is was has of not please after before his her she they wants will to at on from customer",
		"de": "der die das und ist nicht mit fur von bitte hat den dem ein eine kunde kundin nach vor auf wird mochte am im zum",
		"fr": "le les et est pas avec pour une dans du des sur elle il apres avant client cliente veut au aux ne la",
		"es": "el los y es no con para una en del las por cliente clienta quiere despues antes su al le se la",
		"it": "il lo gli e non con per una nel del della alle di che cliente vuole dopo prima ha al la",
		"nl": "de het een en is niet met voor van heeft klant graag na op bij wil aan naar wordt te",
		"pl": "i w z na nie jest do dla po przed od klient klientka prosze ma sie ze za jej jego",
		"pt": "o os e nao com para uma em do da dos das por cliente quer depois antes seu sua ao no na",
		"ro": "si este nu cu pentru o un la de din pe are clientul clienta vrea dupa inainte sa ii in",
	} {
		for word := range strings.FieldsSeq(words) {
			m[word] = append(m[word], language)
		}
	}
	return m
}()
