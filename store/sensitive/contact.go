package sensitive

// Contacts: mail addresses, phone numbers, dates of birth, streets and ages.

import "strings"

func (s *scanner) contacts() {
	s.mails()
	s.births()
	s.phones()
	s.streets()
	s.ages()
}

// mails finds what stands around an @.
func (s *scanner) mails() {
	for at, c := range s.text {
		if c != '@' {
			continue
		}
		from, to := at, at+1
		for from > 0 && at-from < 64 && (mailLetter(s.text[from-1]) || s.nameMark(from-1)) {
			from--
		}
		for to < len(s.text) && to-at < 200 && mailLetter(s.text[to]) {
			to++
		}
		domain := strings.TrimRight(string(s.text[at+1:to]), ".-_+")
		dot := strings.LastIndexByte(domain, '.')
		if from == at || dot < 1 || len(domain)-dot < 3 || domain[dot+1] < 'a' {
			continue
		}
		s.addBytes(Email, Sure, "email", from, at+1+len(domain))
	}
}

// nameMark reports whether an apostrophe is within a name, as in "o'brien", rather
// than behind an article, as in "l'anna".
func (s *scanner) nameMark(at int) bool {
	if s.text[at] != '\'' || at == 0 || at > 1 && mailLetter(s.text[at-2]) {
		return false
	}
	switch s.text[at-1] {
	case 'o':
		return true
	case 'd', 'l', 'm', 'n':
		return s.source[s.original(at-1)] < 'a' // a capital
	}
	return false
}

func mailLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 || c == '.' || c == '-' || c == '_' || c == '+'
}
