package export

// Records: how a value of the store becomes JSON and rows of tables. Both are
// made from its fields, so that a field that is added to a record is in an export
// without anybody thinking of it; what is left out is listed here.

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/exchange"
)

// leftOut are fields that mean nothing outside the book, or that stand elsewhere
// in the export.
var leftOut = map[reflect.Type][]string{
	reflect.TypeFor[store.Shop]():        {"Version"},
	reflect.TypeFor[store.Fields]():      {"Version"},
	reflect.TypeFor[store.GuardPolicy](): {"Version"},
	reflect.TypeFor[store.Customer]():    {"Version"},
	reflect.TypeFor[store.Change]():      {"Version", "First"}, // their order
	reflect.TypeFor[store.Note]():        {"Version", "First"}, // the order of notes
	reflect.TypeFor[store.GuardReason](): {"New"},              // of a change that is not saved yet
	reflect.TypeFor[store.Item]():        {"Version"},
	reflect.TypeFor[store.Draft]():       {"Version"},
}

// names are those of fields whose name outside is not their own with a small
// first letter, and which say none in a json tag.
var names = map[string]string{"ID": "id", "VATID": "vatId", "Doc": "document", "Others": "companies"}

// field is a field of a record type.
type field struct {
	name  string // outside
	index []int
	typ   reflect.Type
}

// fieldsOf lists what of a struct is exported. An embedded struct's fields stand
// among those of what it is embedded in.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			for _, in := range fieldsOf(f.Type) {
				in.index = append([]int{i}, in.index...)
				out = append(out, in)
			}
			continue
		}
		if !f.IsExported() || slices.Contains(leftOut[t], f.Name) {
			continue
		}
		out = append(out, field{name: outside(f), index: []int{i}, typ: f.Type})
	}
	return out
}

func outside(f reflect.StructField) string {
	if n, _, _ := strings.Cut(f.Tag.Get("json"), ","); n != "" {
		return n
	}
	if n, ok := names[f.Name]; ok {
		return n
	}
	return strings.ToLower(f.Name[:1]) + f.Name[1:]
}

// single returns a value that is written as one: text for what is none, and
// whether it is text that somebody typed. ok is false for structs and lists.
func single(v reflect.Value) (s string, typed, ok bool) {
	switch x := v.Interface().(type) {
	case store.ID:
		if x.IsZero() {
			return "", false, true
		}
		return x.String(), false, true
	case time.Time:
		if x.IsZero() {
			return "", false, true
		}
		return x.UTC().Format(time.RFC3339), false, true
	case invoice.Date:
		return x.String(), false, true
	case decimal.Decimal:
		return x.String(), false, true
	case [32]byte:
		return hex.EncodeToString(x[:]), false, true
	case []byte:
		return base64.StdEncoding.EncodeToString(x), false, true
	case fmt.Stringer: // roles, rights, kinds of events
		return x.String(), false, true
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), true, true
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), false, true
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), false, true
	case reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10), false, true
	}
	return "", false, false
}

// isNumber says whether a value is a number in JSON. Amounts are not: a reader
// that makes floats of them would change them.
func isNumber(t reflect.Type) bool {
	if t.Implements(reflect.TypeFor[fmt.Stringer]()) {
		return false
	}
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int64, reflect.Uint64:
		return true
	}
	return false
}

// nullable says whether nothing is null and not the empty text.
func nullable(t reflect.Type) bool {
	return t == reflect.TypeFor[store.ID]() || t == reflect.TypeFor[time.Time]() || t == reflect.TypeFor[invoice.Date]()
}

// appendJSON appends a value as JSON. Every field is there, also an empty one.
func appendJSON(b []byte, v reflect.Value) []byte {
	t := v.Type()
	if s, _, ok := single(v); ok {
		switch {
		case isNumber(t):
			return append(b, s...)
		case s == "" && nullable(t):
			return append(b, "null"...)
		}
		return appendText(b, s)
	}
	switch v.Kind() {
	case reflect.Struct:
		b = append(b, '{')
		for i, f := range fieldsOf(t) {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendText(b, f.name), ':')
			b = appendJSON(b, v.FieldByIndex(f.index))
		}
		return append(b, '}')
	case reflect.Slice:
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, v.Index(i))
		}
		return append(b, ']')
	}
	panic("export: a field of the kind " + t.String() + " cannot be written")
}

func appendText(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil { // a string always marshals
		panic(err)
	}
	return append(b, quoted...)
}

// table is a kind of record as rows: its single values in columns, "buyer.name"
// for those of a struct in it. Each list of structs in it is a table of its own,
// whose rows begin with the record's id and the places in the lists.
type table struct {
	name     string
	keys     []string // what a row begins with
	columns  []column
	children []child
}

type column struct {
	name  string
	index []int
}

type child struct {
	index []int
	table *table
}

// ones is what one element of a list is called, as the column of its place.
var ones = map[string]string{"lines": "line", "adjustments": "adjustment", "shares": "share", "breakdown": "row",
	"companies": "company", "rates": "place", "checks": "check",
	"rules": "place", "used": "use", "words": "place", "reasons": "place"}

// newTable makes the tables of a record type. one is what a record is called.
func newTable(name, one string, t reflect.Type) *table {
	out := &table{name: name}
	out.fill(one, "", nil, t)
	return out
}

func (t *table) fill(one, prefix string, index []int, typ reflect.Type) {
	for _, f := range fieldsOf(typ) {
		at := append(append([]int(nil), index...), f.index...)
		_, _, isSingle := single(reflect.Zero(f.typ))
		switch {
		case f.typ == reflect.TypeFor[[]byte](): // pictures are in the JSON alone
		case isSingle, f.typ.Kind() == reflect.Slice && f.typ.Elem().Kind() != reflect.Struct:
			t.columns = append(t.columns, column{prefix + f.name, at})
		case f.typ.Kind() == reflect.Struct:
			t.fill(one, prefix+f.name+".", at, f.typ)
		default:
			c := &table{name: t.name + "-" + f.name}
			if len(t.keys) > 0 {
				c.keys = append(c.keys, t.keys...)
			} else if one != "" {
				c.keys = []string{one}
			}
			place := f.name
			if n, ok := ones[f.name]; ok {
				place = n
			}
			c.keys = append(c.keys, place)
			c.fill("", "", nil, f.typ.Elem())
			t.children = append(t.children, child{at, c})
		}
	}
}

// all lists the table and those in it.
func (t *table) all() []*table {
	out := []*table{t}
	for _, c := range t.children {
		out = append(out, c.table.all()...)
	}
	return out
}

// header is the first row.
func (t *table) header() []string {
	out := append([]string(nil), t.keys...)
	for _, c := range t.columns {
		out = append(out, c.name)
	}
	return out
}

// rows calls put with the row of a record and those of the lists in it. id is the
// record's, "" for a record that has none.
func (t *table) rows(v reflect.Value, id string, put func(t *table, row []string) error) error {
	var keys []string
	if id != "" {
		keys = []string{id}
	}
	return t.row(v, nil, keys, put)
}

// row writes a row that begins with keys; those of its lists begin with below.
func (t *table) row(v reflect.Value, keys, below []string, put func(*table, []string) error) error {
	row := append([]string(nil), keys...)
	for _, c := range t.columns {
		row = append(row, cell(v.FieldByIndex(c.index)))
	}
	if err := put(t, row); err != nil {
		return err
	}
	for _, c := range t.children {
		list := v.FieldByIndex(c.index)
		for i := range list.Len() {
			key := append(append([]string(nil), below...), strconv.Itoa(i+1))
			if err := c.table.row(list.Index(i), key, key, put); err != nil {
				return err
			}
		}
	}
	return nil
}

// cell is a value as it stands in a column. Several texts stand in one, with
// semicolons between them.
func cell(v reflect.Value) string {
	if s, typed, ok := single(v); ok {
		if typed {
			return exchange.Guarded(s)
		}
		return s
	}
	parts := make([]string, v.Len())
	for i := range parts {
		parts[i], _, _ = single(v.Index(i))
	}
	return exchange.Guarded(strings.Join(parts, "; "))
}
