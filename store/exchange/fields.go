package exchange

// Fields: what a column is about, and knowing it by what it is called.

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Field is what a column or a property of a card is about.
type Field string

// The fields there are. A first and a last name make a name where there is none.
const (
	Name     Field = "name"
	First    Field = "first"
	Last     Field = "last"
	Company  Field = "company"
	Phone    Field = "phone"
	Phone2   Field = "phone2"
	Email    Field = "email"
	Email2   Field = "email2"
	Street   Field = "street"
	Street2  Field = "street2"
	Postcode Field = "postcode"
	City     Field = "city"
	Region   Field = "region"
	Country  Field = "country"
	VAT      Field = "vat"
	Language Field = "language"
	Birthday Field = "birthday"
	Number   Field = "number"
	Note     Field = "note"
	Tags     Field = "tags"
	NoField  Field = "" // a column that is left out
)

// CardFields are the cells of a card, in their order.
var CardFields = []Field{Name, Company, Phone, Phone2, Email, Email2, Street, Street2, Postcode, City, Region, Country, VAT, Language, Birthday, Note, Tags}

//go:embed names/columns.tsv
var columnNames string

//go:embed names/countries.tsv
var countryNames string

// lines are the rows of a file of names, without what is said about it.
func lines(file string) [][]string {
	var out [][]string
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

// named makes of such a file what each name stands for. The first has it.
func named(file string, whole bool) map[string]string {
	out := map[string]string{}
	for _, row := range lines(file) {
		names := row[1:]
		if whole {
			names = row
		}
		for _, n := range names {
			if k := key(n); k != "" && out[k] == "" {
				out[k] = row[0]
			}
		}
	}
	return out
}

var (
	fieldsByName = sync.OnceValue(func() map[string]string { return named(columnNames, false) })
	countries    = sync.OnceValue(func() map[string]string { return named(countryNames, true) })
)

// key is a name without case, marks and signs.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ł':
			return 'l'
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return r
		}
		return -1
	}, norm.NFKD.String(strings.ReplaceAll(strings.ToLower(s), "ß", "ss")))
}

// Match says what each column of a table is about, by what it is called. No field
// is taken twice: the first column of it has it. A column called "name" beside one
// with first names has last names.
func Match(header []string) []Field {
	out := make([]Field, len(header))
	at := map[Field]int{}
	for i, h := range header {
		f := Field(fieldsByName()[key(h)])
		if _, taken := at[f]; f == NoField || taken {
			continue
		}
		out[i], at[f] = f, i
	}
	name, whole := at[Name]
	_, first := at[First]
	_, last := at[Last]
	switch {
	case whole && first && !last:
		out[name] = Last
	case !whole && first && !last:
		out[at[First]] = Name // "nome", "nombre"
	case !whole && !first && last:
		out[at[Last]] = Name // "nom", "nume"
	}
	return out
}

// Named reports whether a first row looks like names of columns rather than like a
// customer.
func Named(first []string) bool {
	for _, f := range Match(first) {
		if f != NoField {
			return true
		}
	}
	return false
}

// CountryCode reads the name of a country in nine languages and its own, or its code;
// "" for what is none.
func CountryCode(s string) string { return countries()[key(s)] }
