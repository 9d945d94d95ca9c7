package sensitive

// Matching: which entries of the lists stand in a text.

import (
	"sort"
	"strings"
)

// hit is an entry that stands in the text, from one token to another.
type hit struct {
	*entry
	from, to int
}

// find adds what of the lists stands in the text.
func (w *Words) find(s *scanner) {
	var hits, nevers []hit
	try := func(i int) func([]entry) {
		return func(entries []entry) {
			for k := range entries {
				e := &entries[k]
				if to, ok := s.follows(e, i); ok {
					if e.never {
						nevers = append(nevers, hit{e, i, to})
					} else {
						hits = append(hits, hit{e, i, to})
					}
				}
			}
		}
	}
	for i := range s.tokens {
		word := s.word(i)
		found := try(i)
		found(w.exact[string(word)])
		if s.tokens[i].digits {
			continue
		}
		w.begins.along(word, found)
		for k := range word {
			w.holds.along(word[k:], found)
		}
	}
	if len(hits) == 0 {
		return
	}
	spoken := w.spoken(s)
	for _, h := range hits {
		if h.excepted(nevers, w.longest) || h.speaksAgainst(spoken) || h.kind == Health && s.starSign(h.from) {
			continue
		}
		c := Likely
		if h.hint {
			c = Hint
		}
		s.add(h.kind, c, "word."+h.kind.String()+"."+h.language, h.from, h.to)
	}
}

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

// follows reports whether the words of an entry stand in a row from a token on,
// and which is the last of them. Its first word is known to.
func (s *scanner) follows(e *entry, i int) (to int, ok bool) {
	for k := 1; k < len(e.words); k++ {
		if i+k >= len(s.tokens) || len(s.gap(i+k)) > 3 || strings.ContainsAny(string(s.gap(i+k)), ".,;:!?()") {
			return 0, false
		}
		if !e.words[k].matches(s.word(i + k)) {
			return 0, false
		}
	}
	return i + len(e.words) - 1, true
}

// excepted reports whether an exception overlaps. One of a single word does not
// speak for a word of another language that is written the same.
func (h hit) excepted(nevers []hit, longest int) bool {
	first := sort.Search(len(nevers), func(i int) bool { return nevers[i].from > h.from-longest })
	for _, n := range nevers[first:] {
		if n.from > h.to {
			break
		}
		alike := len(n.words) == 1 && len(h.words) == 1 && n.language != h.language && n.words[0].text == h.words[0].text
		if n.to >= h.from && !alike {
			return true
		}
	}
	return false
}

// speaksAgainst reports whether a short word stands in a text of another
// language, in which it may mean something else: "rape" in French is grated.
func (h hit) speaksAgainst(spoken map[string]int) bool {
	if len(h.words) > 1 || h.words[0].holds || len(h.words[0].text) > 5 || spoken[h.language] > 0 {
		return false
	}
	for _, n := range spoken {
		if n >= 2 {
			return true
		}
	}
	return false
}

// spoken counts the common words of each language in a text.
func (w *Words) spoken(s *scanner) map[string]int {
	count := map[string]int{}
	for i := range s.tokens {
		for _, l := range w.speaks[string(s.word(i))] {
			count[l]++
		}
	}
	return count
}

// commonWords are words that tell the languages apart, folded.
func commonWords() map[string][]string {
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
}
