package sensitive

// Ages: a number of years, or of a class at school, beside a word for a child.

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
	"baiat baiatul fata fiu fiul fiica copil copilul nepot nepoata elev eleva " + kin + twins)

// twins are children of one age.
const twins = " twins triplets zwillinge zwillingen drillinge jumeaux jumelles gemelos gemelas mellizos mellizas gemelli gemelle tweeling tweelingen blizniaki blizniat blizniaczki gemeos gemeas gemenii gemenele gemeni"

// kin are words for somebody's child, and small words for children, which are on
// no label of a dress.
const kin = "sons daughters lass lassie kiddo toddler grandchild grandkid stepson stepdaughter sohnemann tochterchen toechter enkelkind enkelchen stiefsohn stieftochter knirps kleine kleiner lutte bub buebli meitli gor " +
	"fiston fillette gosse mome petit petite gamins frerot soeurette petits hijos hijas crio cria chaval chavala nene nena peque hijastro sobrinos nietos " +
	"figlioletto figlioletta figli figlie bimbo bimba nipotino nipotina piccolo piccola ragazzino ragazzina bambini zoontje dochtertje kindje jongetje zoons dochters kleintje neefje nichtje broertje zusje jochie puber " +
	"synek synka syna corki coreczka corce synowie dzieciak wnuczek wnusia bratanek siostrzenica siostrzeniec bratanica mlody mloda nastolatek nastolatka " +
	"filhinho filhinha filhos sobrinho sobrinha netinho netinha miuda garoto garota puto enteado baietel baietelul fetita fetitei pusti pustiul nepotel nepotica nepotul fiului fiicei copilului baiatului prichindel"

var kinWords = set(kin + " daughter son grandson granddaughter niece nephew sohn tochter enkel enkelin neffe nichte fils fille neveu niece hijo hija nieto nieta sobrino sobrina figlio figlia nipote " +
	"zoon dochter kleinzoon kleindochter syn corka wnuk wnuczka filho filha neto neta fiu fiul fiica nepoata lad teen teenager ado gamin gamine pupil schuler schulerin")

// isAge are words between a child and its age.
var isAge = set("is was turns turned just only now already aged age ist wird wurde erst schon gerade jetzt est a eu aura seulement juste deja tiene cumple cumplio solo ya ha compie appena gia e heeft is wordt werd pas net nu al " +
	"ma skonczyl skonczyla dopiero juz konczy tem faz fez so ja apenas are implineste abia doar deja s z")

// Words of classes at school, which stand before or behind their number.
var classWords = set("grade klasse kl klas classe leerjaar groep klasa klasy klasie klase ano anos clasa media elementare superiore liceo curso primaria secundaria eso primary year yr std schuljahr schulklasse stufe jaar middelbare basisschool gimnazjum podstawowki podstawowka ciclo generala liceu")

// school finds the class of a child: "son in 5th grade", "filho anda no 2º ano".
func (s *scanner) school(i int) {
	t := s.tokens[i]
	n := value(string(s.word(i)))
	if n < 1 || n > 13 || s.date(i) > 0 {
		return
	}
	from, to := i, -1
	for j := i + 1; j < len(s.tokens) && j <= i+3 && s.lines(j) == 0; j++ {
		if classWords[string(s.word(j))] && !years[string(s.word(j))] || string(s.word(j)) == "ano" && s.tokens[i+1].glued {
			to = j
			break
		}
		if s.tokens[j].end-s.tokens[j].start > 3 || s.tokens[j].digits {
			break
		}
	}
	if to < 0 {
		for j := i - 1; j >= 0 && j >= i-2 && s.lines(j+1) == 0 && len(s.gap(j+1)) <= 2; j-- {
			if w := string(s.word(j)); classWords[w] && !years[w] || t.glued && (w == "ce" || w == "cm") {
				from, to = j, i
				break
			}
		}
	}
	if to < 0 {
		return
	}
	for k := max(0, from-7); k < min(len(s.tokens), to+6); k++ {
		if (k < from || k > to) && (children[string(s.word(k))]) && s.together(min(k, to), max(k, from)) {
			s.add(Minor, Likely, "age.class", min(k, from), max(k, to))
			return
		}
	}
}

// called reports whether an age stands behind a child and a word or two: "tochter
// lena, 9", "the son is only 11", "emilia (7)". It returns the child.
func (s *scanner) called(i, to int, unit bool) (child int, ok bool) {
	verb := false
	for j := i - 1; j >= 0 && j >= i-4 && s.lines(j+1) == 0; j-- {
		w := string(s.word(j))
		if gap := string(s.gap(j + 1)); strings.ContainsAny(gap, ".;!?/") {
			return 0, false
		}
		if kinWords[w] || children[w] && verb {
			if verb {
				return j, unit || s.closed(to)
			}
			gap := string(s.gap(i))
			return j, j >= i-2 && j < i-1 && (gap == ", " || gap == " (" || gap == "," || gap == "(") && (unit || s.closed(to))
		}
		if isAge[w] {
			verb = true
		} else if s.tokens[j].digits || s.marks[j] != 0 {
			return 0, false
		}
	}
	return 0, false
}

// closed reports whether nothing is counted behind an age.
func (s *scanner) closed(to int) bool {
	if to+1 == len(s.tokens) {
		return strings.IndexAny(string(s.tail(to)), "%€") < 0
	}
	tail := string(s.tail(to))
	return strings.HasPrefix(tail, ")") || strings.HasPrefix(tail, ", ") && !s.tokens[to+1].digits || strings.HasPrefix(tail, ". ") || strings.Contains(tail, "\n") || and[string(s.word(to+1))]
}

var and = set("and und et y e en i si but aber mais pero ma maar ale dar so no not oder or")

// Words that say that somebody becomes as old: those of turns say nothing else, those
// of becomes only with "years" behind the age.
var (
	turns   = set("turns turning cumple cumplira cumplen compie compira compiono geworden")
	becomes = set("turned wird wurde werden aura auront cumplio wordt werd konczy skonczy skonczyl skonczyla skoncza fez fara completa implineste implinit implinesc")
)

// kindergartens are schools at which everybody is a child, and schools are those at
// which an age or a class is a pupil's.
var (
	kindergartens = set("kindergarten kita kiga nursery preschool maternelle creche infantil infancia asilo kleuterschool kleuterklas peuterspeelzaal przedszkole przedszkola przedszkolu gradinita gradinitei infantario")
	schools       = set("school schule volksschule grundschule hauptschule realschule gesamtschule gymnasium gymi oberschule mittelschule ecole college lycee escuela colegio cole instituto scuola basisschool lyceum szkola szkoly szkole podstawowa podstawowej podstawowce sp escola scoala scolii liceu liceul")
)

// oneOf reports whether one of some words stands within so many tokens of those from
// one to another, in the same sentence.
func (s *scanner) oneOf(words map[string]bool, from, to, before, behind int) bool {
	for j := max(0, from-before); j <= min(len(s.tokens)-1, to+behind); j++ {
		if (j < from || j > to) && words[string(s.word(j))] && s.together(min(j, to), max(j, from)) {
			return true
		}
	}
	return false
}

// grows reports whether somebody becomes as old as an age says: "turns 6", "aura 4
// ans", "net 8 geworden", "compleanno di aurora, 6 anni".
func (s *scanner) grows(i, to int, unit bool) bool {
	if unit && (s.oneOf(turns, i, to, 2, 1) || s.oneOf(becomes, i, to, 2, 0)) {
		return !(to+1 < len(s.tokens) && string(s.word(to+1)) == "que")
	}
	if s.oneOf(turns, i, to, 1, 1) && (s.closed(to) || to+1 < len(s.tokens) && turns[string(s.word(to+1))]) {
		return true
	}
	gap := string(s.gap(i))
	return unit && i > 1 && (gap == ", " || gap == " (") && !birthdays[string(s.word(i-1))] && s.oneOf(birthdays, i, to, 4, 0)
}

// pupil reports whether a school or a class stands beside an age.
func (s *scanner) pupil(i, to int) bool {
	if s.oneOf(kindergartens, i, to, 4, 4) {
		return true
	}
	for j := max(0, i-4); j < min(len(s.tokens), to+5); j++ {
		if s.tokens[j].digits && (j < i || j > to) && j > 0 && classWords[string(s.word(j-1))] && !years[string(s.word(j-1))] && s.together(min(j, i), max(j, to)) {
			return true
		}
	}
	return false
}

// form finds the class of a child that is said by its number alone: "son goes to 3b
// at St Mary's school".
func (s *scanner) form(i int) {
	n := value(string(s.word(i)))
	if n < 1 || n > 13 || s.date(i) > 0 {
		return
	}
	to := i + 1
	if to == len(s.tokens) || !s.tokens[to].glued || s.tokens[to].end-s.tokens[to].start != 1 {
		return
	}
	if s.oneOf(children, i, to, 7, 3) && (s.oneOf(schools, i, to, 4, 5) || s.oneOf(kindergartens, i, to, 4, 5)) {
		s.add(Minor, Likely, "age.class", i, to)
	}
}

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
		if !t.digits || t.end-t.start > 2 || i > 0 && s.tokens[i-1].digits {
			continue
		}
		s.school(i)
		s.form(i)
		if t.glued {
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
		case s.grows(i, to, unit), unit && s.pupil(i, to):
			s.add(Minor, Likely, "age", i, to)
		case unit && s.oneOf(children, i, to, 5, 3):
			s.add(Minor, Likely, "age", i, to)
		case i > 0 && children[string(s.word(i-1))] && s.alone(i, to, unit): // "daughter, 6"
			s.add(Minor, Likely, "age", i-1, to)
		default:
			if child, ok := s.called(i, to, unit); ok {
				s.add(Minor, Likely, "age", child, to)
			}
		}
	}
}

// garment reports whether an age is a size: "robe fille 8 ans".
func (s *scanner) garment(i int) bool {
	if i == 0 || string(s.gap(i)) != " " || !children[string(s.word(i-1))] || string(s.word(i-1)) == "ado" {
		return false
	}
	unit := string(s.word(i + 1))
	return unit == "ans" || unit == "anos" || unit == "anni" || unit == "jaar" || unit == "lat" || unit == "ani"
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
