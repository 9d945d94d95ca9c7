package sensitive

// Redacting: a text without what was found in it, or with a few characters of
// it that tell it from another and are of no use to anybody else.

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ends is how many characters at the end of a number may stay. Kinds without an
// entry cannot be masked: nothing of them may stay, or nothing of them would be
// left out.
var ends = map[Kind]int{Card: 4, IBAN: 4, Phone: 3, TaxID: 3, NationalID: 2, Passport: 2, IDCard: 2}

// Ending returns the last characters of what was found, which may stay when it is
// masked: capitals and the digits 0 to 9. ok is false where none may.
func Ending(text string, f Finding) (end string, ok bool) {
	n, known := ends[f.Kind]
	if !known {
		return "", false
	}
	v := newView(text[f.Start:f.End])
	var all []rune
	for i := range v.tokens {
		all = append(all, []rune(strings.ToUpper(string(v.word(i))))...)
	}
	if len(all) < 2*n {
		return "", false
	}
	return string(all[len(all)-n:]), true
}

// Replace returns a text in which something else stands for a finding and for the
// word before it that says what it is: "card ending 1111".
func Replace(text string, f Finding, with string) string {
	start := f.Start - lead(text, f)
	before, after := text[:start], text[f.End:]
	if r, _ := utf8.DecodeLastRuneInString(before); before != "" && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		before += " "
	}
	if r, _ := utf8.DecodeRuneInString(after); after != "" && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		after = " " + after
	}
	return before + with + after
}

// Remove returns a text without a finding, without the word before it that says
// what it is, and without the marks that are left over between what stood around
// it.
func Remove(text string, f Finding) string {
	before, after := text[:f.Start-lead(text, f)], text[f.End:]
	before, after = strings.TrimRight(before, " \t\u00a0"), strings.TrimLeft(after, " \t\u00a0")
	for _, pair := range []string{"()", "[]", "\"\"", "“”", "„“", "«»"} {
		opening, n := utf8.DecodeRuneInString(pair)
		b, okBefore := strings.CutSuffix(before, string(opening))
		a, okAfter := strings.CutPrefix(after, pair[n:])
		if okBefore && okAfter {
			before, after = strings.TrimRight(b, " \t\u00a0"), strings.TrimLeft(a, " \t\u00a0")
		}
	}
	const parts, stops = ",;:", ".!?"
	switch {
	case after == "" || after[0] == '\n' || strings.ContainsRune(stops, rune(after[0])):
		before = strings.TrimRight(before, parts+" \t\u00a0")
		before = strings.TrimSuffix(before, " -")
	case strings.HasSuffix(before, "-") && after[0] == '-':
		after = strings.TrimLeft(after[1:], " \t\u00a0")
	}
	if begins(before) || strings.ContainsAny(before[len(before)-1:], parts) {
		after = strings.TrimLeft(after, parts+" \t\u00a0")
	}
	if begins(before) {
		after = strings.TrimLeft(after, parts+stops+" \t\u00a0")
	}
	if before == "" || after == "" || strings.HasSuffix(before, "\n") || strings.ContainsAny(after[:1], parts+stops+"\n)]") || strings.HasSuffix(before, "(") {
		return before + after
	}
	return before + " " + after
}

// begins reports whether a sentence begins behind a text.
func begins(before string) bool {
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?\n")
}

// calls are words for a phone that are verbs too, and so belong to the sentence.
var calls = set("call ring rufen anrufen anruf ruf suna sunati dzwonic zadzwonic dzwon appeler rappeler appelez llamar llama chiamare chiama bellen bel ligar liga")

// Words that name what stands behind them, beside those that the detectors know.
var (
	cardNames = set("card cards visa mastercard amex maestro karte kreditkarte kartennummer kreditkartennummer tarjeta carte carta cartao kaart creditcard karta karty cardul cardului kreditkarten")
	mailNames = set("email mail emailadresse mailadresse correo courriel")
	leadOf    = map[Kind]mark{Phone: phoneWord, BirthDate: birthWord, IBAN: ibanWord, SecurityCode: cvvWord, TaxID: taxWord, Passport: passportWord, IDCard: idCardWord}
	fillers   = set("nr no num number nummer numer numar numero id")
)

// lead is how many bytes before a finding name it: "Tel.: ", "IBAN ".
func lead(text string, f Finding) int {
	s := scanner{view: newView(text), o: &Options{}}
	s.context()
	first := s.tokenAt(sort.Search(len(s.at), func(i int) bool { return int(s.at[i]) >= f.Start }))
	from := first
	for i := first - 1; i >= 0 && i >= first-3 && s.lines(i+1) == 0 && isLead(s.gap(i+1)); i-- {
		switch w := string(s.word(i)); {
		case s.leads(i, f.Kind), f.Kind == Email && w == "e" && from == i+1:
			from = i
		case !fillers[w]:
			i = 0
		}
	}
	start := f.Start
	if from < first {
		start = s.original(s.tokens[from].start)
	}
	if star := strings.TrimRight(text[:start], " "); f.Kind == BirthDate && strings.HasSuffix(star, "*") {
		start = len(star) - 1
	}
	return f.Start - start
}

// isLead reports whether what stands between two words lets one name the other.
func isLead(gap []byte) bool { return len(gap) <= 4 && strings.Trim(string(gap), " .:-=#(*+\t") == "" }

// leads reports whether a word names what stands behind it.
func (s *scanner) leads(i int, k Kind) bool {
	w := string(s.word(i))
	switch k {
	case Phone:
		return s.marks[i]&phoneWord != 0 && !calls[w]
	case Card:
		return cardNames[w]
	case Email:
		return mailNames[w]
	case NationalID:
		return len(names[w]) > 0 && len(w) > 2
	}
	return s.marks[i]&leadOf[k] != 0
}
