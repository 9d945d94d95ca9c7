package store

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestNamesAreSimilarButForAccentsOrderAndASlip(t *testing.T) {
	for name, others := range map[string][]string{
		"Giulia Conti":        {"giulia conti", "Conti Giulia", "GIULIA CONTI", "Guilia Conti", "Giulia Cónti", "Giulia Contti"},
		"Łukasz Wójcik":       {"Lukasz Wojcik", "Wójcik, Łukasz", "Lukasz Wojzik"},
		"Anne-Marie O'Brien":  {"Anne Marie O Brien", "anne-marie obrien", "AnneMarie OBrien"},
		"Björn Müller":        {"Bjorn Muller", "Müller Björn", "Björn Mueler"},
		"María José de la Fe": {"maria jose de la fe", "de la Fé María José"},
		"Νίκος Παππάς":        {"Νικος Παππας"},
		"Lina":                {"Li-Na"},
		"Joan":                {"Jo-An"},
		"MoAli":               {"Mo'A Li"},
		"Annemarieobrien":     {"Anne-Marie O Brien"},
		"Bo":                  {},
	} {
		n := newNameLike(name)
		for _, o := range others {
			require.True(t, n.usable() && n.like(fold(o)), "%s, %s", name, o)
			require.True(t, n.quick().maybe([]byte(fold(o)+" bäckerei gmbh")), "%s, %s", name, o)
		}
	}
	for name, others := range map[string][]string{
		"Giulia Conti": {"Giulio Contini", "Giulia Rossi", "Gina Conti", "Conti"},
		"Ion Popescu":  {"Ana Popescu", "Ion Popa", "Dan Popescu"},
		"Jan Kos":      {"Jan Kot", "Jan Kas"},
	} {
		for _, o := range others {
			require.False(t, newNameLike(name).like(fold(o)), "%s, %s", name, o)
		}
	}
}

func TestTheQuickLookAtANameOverlooksNobody(t *testing.T) {
	letters := rapid.SampledFrom([]rune("abcdeijklmnoprstuéłß"))
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.Custom(func(t *rapid.T) string {
			return string(rapid.SliceOfN(letters, 2, 9).Draw(t, "letters"))
		})
		words := rapid.SliceOfN(word, 1, 12).Draw(t, "words")
		name := strings.Join(words, " ")
		other := rapid.Permutation(words).Draw(t, "order")
		i := rapid.IntRange(0, len(other)-1).Draw(t, "word")
		r := []rune(other[i])
		at := rapid.IntRange(0, len(r)-1).Draw(t, "at")
		switch rapid.IntRange(0, 4).Draw(t, "slip") {
		case 4:
			if at > 0 {
				r[at-1], r[at] = r[at], r[at-1]
			}
		case 0:
			r[at] = letters.Draw(t, "letter")
		case 1:
			r = slices.Insert(r, at, letters.Draw(t, "letter"))
		case 2:
			r = slices.Delete(r, at, at+1)
		}
		other[i] = string(r)
		n, text := newNameLike(name), fold(strings.Join(other, rapid.SampledFrom([]string{" ", "-", ", ", ""}).Draw(t, "between")))
		if n.like(text) && !n.quick().maybe([]byte(text+" somewhere")) {
			t.Fatalf("%q is like %q, and was overlooked", name, text)
		}
	})
}

func TestPhonesAreFoundAsEachIsCompared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		phone := rapid.StringMatching(`0{0,2}[12]{5,9}`)
		var rows []indexRow
		for n := range rapid.IntRange(0, 3*chunkRows).Draw(t, "rows") {
			text := "ada 1212121"
			for _, p := range rapid.SliceOfN(phone, 0, 3).Draw(t, "phones") {
				text += digitsAt + p
			}
			rows = append(rows, indexRow{id: ID{byte(n)}, text: []byte(text)})
		}
		ix, number := indexOf(rows), []byte(phone.Draw(t, "number"))
		require.ElementsMatch(t, ix.rowsWhere(func(c *chunk, i int) bool { return c.hasPhone(i, number) }), phoned(ix, number))
	})
}

func TestABeginningIsFoundWhateverTextCameBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("abσ ,")), 0, 9, -1)
		want := strings.Join(strings.FieldsFunc(rapid.StringOfN(rapid.SampledFrom([]rune("abσ ")), 3, 8, -1).Draw(t, "want"), between), " ")
		most := rapid.IntRange(0, mostSlips).Draw(t, "most")
		b := newBeginning(want, most)
		if len(b.want) <= most {
			t.Skip("anything begins so")
		}
		for _, text := range rapid.SliceOfN(word, 1, 20).Draw(t, "texts") {
			plain := []rune(strings.Join(strings.FieldsFunc(text, between), " "))
			if r, _ := utf8.DecodeLastRuneInString(text); between(r) && len(plain) > 0 {
				plain = append(plain, ' ')
			}
			is := false
			for n := range len(plain) + 1 {
				is = is || simple([]rune(want), plain[:n]) <= most
			}
			require.Equal(t, is, b.of([]byte(text)), "%q, %q", want, text)
		}
	})
}

func TestTheDistanceOfWordsIsThatOfTheSimpleDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("abé")), 0, 7, -1)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		most := rapid.IntRange(0, 4).Draw(t, "most")
		require.Equal(t, min(simple([]rune(a), []rune(b)), most+1), distance(a, b, most))
	})
}

// simple is the distance as it is defined.
func simple(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return max(len(a), len(b))
	}
	cost := 1
	if a[0] == b[0] {
		cost = 0
	}
	d := min(simple(a[1:], b)+1, simple(a, b[1:])+1, simple(a[1:], b[1:])+cost)
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		d = min(d, simple(a[2:], b[2:])+1)
	}
	return d
}
