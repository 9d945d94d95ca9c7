package sensitive

// Ages: a number of years beside a word for a child.

import "strings"

// children are words for somebody who is young, or somebody's child, folded.
var children = set("boy girl child kid son daughter teen teenager teenage grandson granddaughter niece nephew pupil lad " +
	"junge jungen bub madchen kind sohn tochter enkel enkelin neffe nichte schuler schulerin jugendlicher jugendliche " +
	"fille fils garcon enfant gamin gamine ado neveu niece eleve " +
	"chica chico hija hijo nina nino sobrina sobrino nieta nieto alumna alumno muchacha muchacho " +
	"ragazzo ragazza figlio figlia bambino bambina nipote " +
	"jongen meisje zoon dochter kleinzoon kleindochter scholier leerling " +
	"chlopak chlopiec dziewczyna dziewczynka syn synem corka corke corki dziecko wnuk wnuczka uczen " +
	"rapaz rapariga filho filha menino menina neto neta aluno aluna miudo " +
	"baiat baiatul fata fiu fiul fiica copil copilul nepot nepoata elev eleva")

// years are the words behind an age.
var years = set("year years yr yrs yo jahre jahr ans anos anni anno jaar lat latka ani")

// ofAge reports whether a word says of which age somebody is: "15-jährige".
func ofAge(word string) bool {
	for _, begin := range []string{"jahrig", "jarig", "letni", "letnia", "letnie", "letnim"} {
		if strings.HasPrefix(word, begin) && len(word) <= len(begin)+2 {
			return true
		}
	}
	return false
}

// ages finds the age of somebody under eighteen.
func (s *scanner) ages() {
	for i, t := range s.tokens {
		if !t.digits || t.end-t.start > 2 || t.glued || i > 0 && s.tokens[i-1].digits {
			continue
		}
		if n := value(string(s.word(i))); n < 1 || n > 17 {
			continue
		}
		to, unit := i, false
		if i+1 < len(s.tokens) && len(s.gap(i+1)) <= 1 && s.lines(i+1) == 0 {
			next := string(s.word(i + 1))
			unit = years[next] || ofAge(next)
		}
		if unit {
			to = i + 1
			if to+1 < len(s.tokens) && string(s.word(to+1)) == "old" {
				to++
			}
		}
		switch {
		case unit && s.garment(i):
		case unit && s.child(i, to):
			s.add(Minor, Likely, "age", i, to)
		case i > 0 && children[string(s.word(i-1))] && s.alone(i, to, unit): // "daughter, 6"
			s.add(Minor, Likely, "age", i-1, to)
		}
	}
}

// garment reports whether an age is a size: "robe fille 8 ans".
func (s *scanner) garment(i int) bool {
	if i == 0 || string(s.gap(i)) != " " || !children[string(s.word(i-1))] {
		return false
	}
	unit := string(s.word(i + 1))
	return unit == "ans" || unit == "anos" || unit == "anni" || unit == "jaar" || unit == "lat"
}

// child reports whether a word for a child stands near an age.
func (s *scanner) child(from, to int) bool {
	for i := max(0, from-4); i < min(len(s.tokens), to+4); i++ {
		if (i < from || i > to) && children[string(s.word(i))] && s.together(min(i, to), max(i, from)) {
			return true
		}
	}
	return false
}

// together reports whether no sentence ends between two tokens.
func (s *scanner) together(from, to int) bool {
	for i := from + 1; i <= to; i++ {
		if strings.ContainsAny(string(s.gap(i)), ";!?\n") {
			return false
		}
	}
	return true
}

// alone reports whether nothing is counted: "child, 3 pairs of shoes".
func (s *scanner) alone(i, to int, unit bool) bool {
	gap := string(s.gap(i))
	if gap != ", " && gap != " (" {
		return false
	}
	tail := string(s.tail(to))
	return unit || strings.TrimSpace(tail) == "" && to+1 == len(s.tokens) || strings.HasPrefix(tail, ",") && !(to+1 < len(s.tokens) && s.tokens[to+1].digits) || strings.HasPrefix(tail, ")")
}
