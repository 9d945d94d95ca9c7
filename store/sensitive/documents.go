package sensitive

// Passports and identity cards, whose numbers only a word gives away.

import "strings"

// noDocument are words behind one for a document that make another thing of it:
// the Polish receipt is a "dowód zakupu".
var noDocument = set("zakupu wplaty rejestracyjny sprzedazy vorgezeigt gezeigt")

// document finds a number of five to twelve characters with digits in it.
func (s *scanner) document(i int, k Kind, rule string) {
	if i+1 < len(s.tokens) && noDocument[string(s.word(i+1))] {
		return
	}
	for j := i + 1; j < len(s.tokens) && j <= i+6 && s.breaks(j) < 2; j++ {
		if s.date(j) > 0 || s.tokens[j].glued && !s.tokens[j-1].digits && j-1 != i {
			continue
		}
		if to, ok := s.documentNumber(j, j+7); ok {
			s.add(k, Likely, rule, j, to)
			return
		}
	}
	s.documentBefore(i, k, rule)
}

// documentNumber reports whether the number of a document stands at a token, and
// to which one at most it goes.
func (s *scanner) documentNumber(from, last int) (to int, ok bool) {
	// Letters before the digits belong to it where they are few.
	if !s.tokens[from].digits && s.tokens[from].end-s.tokens[from].start > 3 && (from+1 == len(s.tokens) || !s.tokens[from+1].glued) {
		return from, false
	}
	to, between := from, -1
	if s.series(from) {
		to, between = from+2, from+1
	}
	for ; to+1 < len(s.tokens) && to < last && s.partOfDocument(to+1); to++ {
	}
	digits, all := 0, 0
	for t := from; t <= to; t++ {
		if t == between {
			continue
		}
		n := s.tokens[t].end - s.tokens[t].start
		if all += n; s.tokens[t].digits {
			digits += n
		}
	}
	return to, digits >= 5 && (digits > 5 || all > digits) && all <= 12 || s.mixed(from, to, digits, all)
}

// series reports whether letters at a token are the series of a document, with a word
// such as "nr" and the number behind them: "RX nr 123456".
func (s *scanner) series(i int) bool {
	return !s.tokens[i].digits && !s.tokens[i].glued && !fillers[string(s.word(i))] && (s.upper(i, i) || i > 0 && s.marks[i-1]&idCardWord != 0) &&
		s.onLine(i+1, " ,") && fillers[string(s.word(i+1))] && s.onLine(i+2, " .:") && s.tokens[i+2].digits
}

// partOfDocument reports whether a token belongs to the number before it.
func (s *scanner) partOfDocument(i int) bool {
	gap := string(s.gap(i))
	return s.tokens[i].glued || (gap == " " || gap == "-") && s.tokens[i].digits || gap == " " && s.tokens[i-1].digits && s.tokens[i].end-s.tokens[i].start <= 2 && i+1 < len(s.tokens) && s.tokens[i+1].glued && s.upper(i, i)
}

// documentBefore finds a number directly before its word: "X2094417 Reisepass". It
// has capitals, or it is long.
func (s *scanner) documentBefore(i int, k Kind, rule string) {
	last := i - 1
	if last < 0 || s.lines(i) > 0 || len(s.gap(i)) > 2 || strings.ContainsAny(string(s.gap(i)), ".;:!?") {
		return
	}
	from := last
	for from > 0 && s.tokens[from].glued {
		from--
	}
	digits, all := 0, 0
	for t := from; t <= last; t++ {
		n := s.tokens[t].end - s.tokens[t].start
		if all += n; s.tokens[t].digits {
			digits += n
		}
	}
	if from > 0 && s.marks[from-1]&(order|product|phoneWord) != 0 {
		return
	}
	if digits >= 6 && all > digits && all <= 12 && s.upper(from, last) || digits == 9 && all == 9 || s.mixed(from, last, digits, all) {
		s.add(k, Likely, rule, from, last)
	}
}

// shownDocument finds nine capitals and digits in one piece behind a word that is
// not only one for a document, such as "ID".
func (s *scanner) shownDocument(i, within int, k Kind, rule string) {
	for j := i + 1; j < len(s.tokens) && j <= i+within && s.lines(j) == 0; j++ {
		to := j
		for to+1 < len(s.tokens) && s.tokens[to+1].glued {
			to++
		}
		digits, all := 0, 0
		for t := j; t <= to; t++ {
			n := s.tokens[t].end - s.tokens[t].start
			if all += n; s.tokens[t].digits {
				digits += n
			}
		}
		if !s.tokens[j].glued && all == 9 && s.mixed(j, to, digits, all) && !s.sameLine(product|order, i, 3) {
			s.add(k, Likely, rule, j, to)
			return
		}
	}
}

// mixed reports whether capitals and digits in one piece are a document's number,
// as those of new German, Dutch and Lithuanian ones.
func (s *scanner) mixed(from, to, digits, all int) bool {
	if digits < 2 || all == digits || all < 8 || all > 18 || all > 12 && digits < 4 {
		return false
	}
	for i := from + 1; i <= to; i++ {
		if !s.tokens[i].glued {
			return false
		}
	}
	return s.upper(from, to)
}

// upper reports whether a row of tokens has no small letter.
func (s *scanner) upper(from, to int) bool {
	raw := s.source[s.original(s.tokens[from].start):s.originalEnd(s.tokens[to].end)]
	return strings.ToUpper(raw) == raw
}
