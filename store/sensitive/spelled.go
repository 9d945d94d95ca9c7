package sensitive

// Secrets of words: digits that are spelled, "pin two five eight zero", and
// passphrases.

import "strings"

// spelledDigits are the digits of all nine languages, folded.
var spelledDigits = set("zero oh one two three four five six seven eight nine " +
	"null eins zwei zwo drei vier funf fuenf sechs sieben acht neun " +
	"un une deux trois quatre cinq sept huit neuf " +
	"cero uno dos tres cuatro cinco seis siete ocho nueve " +
	"due tre quattro cinque sei sette otto nove " +
	"nul een twee drie vijf zes zeven negen " +
	"jeden dwa trzy cztery piec szesc siedem osiem dziewiec " +
	"um dois sete oito " +
	"unu doi trei patru cinci sase sapte opt noua")

// spelled returns the last of the digits in words that stand in a row from a token
// on, and how many there are.
func (s *scanner) spelled(i int) (to, count int) {
	for to = i; to < len(s.tokens) && spelledDigits[string(s.word(to))] && (to == i || s.lines(to) == 0 && len(s.gap(to)) <= 2); to++ {
		count++
	}
	return to - 1, count
}

// leastSpelled is how many digits in words are a code: fewer are an amount.
const leastSpelled = 3

// tells are words between "password" and the one that is told.
var tells = set("is ist est es e este jest to was lautet luidt brzmi era")

// told finds a password that is said in a sentence: "the password is rover with a
// capital and 77".
func (s *scanner) told(i int) bool {
	from := i + 2
	if from >= len(s.tokens) || !tells[string(s.word(i+1))] || s.tokens[from].digits || noSecret[string(s.word(from))] {
		return false
	}
	for j := i + 1; j < len(s.tokens) && j <= from+6 && s.lines(j) == 0; j++ {
		if string(s.gap(j)) != " " {
			return false
		}
		if j <= from {
			continue
		}
		digits := s.tokens[j].digits && s.tokens[j].end-s.tokens[j].start >= 2 && s.date(j) == 0 && !s.measured(j)
		if digits || spelledDigits[string(s.word(j))] && j == len(s.tokens)-1 {
			s.add(Secret, Likely, "secret.told", from, j)
			return true
		}
	}
	return false
}

// sentenceWords are words of a sentence rather than of a passphrase.
var sentenceWords = set("the of for on in at to with and or is are was has will please ask call ring see he she his her my your our it from by until after before tomorrow today customer comes collect " +
	"der die das dem den des ein eine fur auf im am an zu zum zur mit und oder ist sind war hat wird bitte fragen er sie ihr sein von bis nach vor morgen heute kunde kundin kommt abholen " +
	"le la les du un une pour sur au aux avec et ou est sont sera merci il elle son sa de par demain client cliente vient " +
	"el los las una para en con y o es esta del por manana viene " +
	"lo gli per su di da ed del della domani viene " +
	"het een voor op aan met en of van bij morgen klant komt " +
	"dla na z i lub jest w od do po jutro klient klientka przyjdzie " +
	"os as um uma com e ou do amanha vem " +
	"pentru pe cu si sau este din maine clientul clienta vine")

// passphrase goes on over the words behind a password that belong to it: up to a
// comma, a full stop or the end of the line, unless they are a sentence or are written
// otherwise than its first.
func (s *scanner) passphrase(from, to int) int {
	last := to
	for ; last+1 < len(s.tokens); last++ {
		next, gap := last+1, string(s.gap(last+1))
		if strings.ContainsAny(gap, ",.;!?\n\"“”»()") || gap == " - " {
			break
		}
		if gap != " " && gap != "-" && !s.tokens[next].glued || last-from > 8 {
			return to
		}
		w := string(s.word(next))
		if sentenceWords[w] || noSecret[w] || s.marks[next] != 0 || !s.tokens[next].digits && s.capital(next) != s.capital(from) {
			return to
		}
	}
	return last
}
