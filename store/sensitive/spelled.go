package sensitive

// Numbers that are written as words: "pin two five eight zero".

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
