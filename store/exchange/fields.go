package exchange

// Fields: what a column is about, and knowing it by what it is called.

import (
	_ "embed"
	"slices"
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

// addresses are the words that tell several addresses of somebody apart, as they
// stand in the names of columns: "Home Street", "Ort geschäftlich", "Rue (bureau)".
var addresses = []string{"home", "business", "work", "other", "privat", "geschaftlich", "weitere", "domicile", "bureau"}

// addressFields are those of which all come from one address.
var addressFields = []Field{Street, Street2, Postcode, City, Region, Country}

// column is what a column is by its name, and the address it is of, "" for whichever.
type column struct {
	field   Field
	address string
	filled  bool // in the sample
}

func columnOf(name string) (c column) {
	k := key(name)
	c.field = Field(fieldsByName()[k])
	for _, a := range addresses {
		before, after, ok := strings.Cut(k, a)
		if !ok {
			continue
		}
		c.address = a
		if f := Field(fieldsByName()[before+after]); c.field == NoField && slices.Contains(addressFields, f) {
			c.field = f
		}
		break
	}
	return c
}

// Match says what each column of a table is about, by what it is called. No field is
// taken twice: of several columns the first that is filled in a sample of the rows has
// it, and the first where none is. All of an address comes from the same one. A column
// called "name" beside one with first names has last names.
func Match(header []string, sample ...[]string) []Field {
	columns := make([]column, len(header))
	for i, h := range header {
		columns[i] = columnOf(h)
		columns[i].filled = slices.ContainsFunc(sample, func(row []string) bool { return i < len(row) && strings.TrimSpace(row[i]) != "" })
	}
	address := addressIn(columns)
	at := map[Field]int{}
	for i, c := range columns {
		if c.field == NoField || slices.Contains(addressFields, c.field) && c.address != "" && c.address != address {
			continue
		}
		if old, taken := at[c.field]; !taken || c.filled && !columns[old].filled {
			at[c.field] = i
		}
	}
	out := make([]Field, len(header))
	for f, i := range at {
		out[i] = f
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

// addressIn is the first address whose street, postcode or town is filled, and the
// first there is where none is.
func addressIn(columns []column) string {
	first := -1
	for i, c := range columns {
		if c.field != Street && c.field != Postcode && c.field != City {
			continue
		}
		if c.filled {
			return c.address
		}
		if first < 0 {
			first = i
		}
	}
	if first < 0 {
		return ""
	}
	return columns[first].address
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
