package store

// Rows of an import: making a customer of one, and counting what of it is not taken.

import (
	"slices"
	"strings"

	"counterbook/invoice"
	"counterbook/store/exchange"
)

// Left says how many values of a field are not taken of a row: there is no room for
// them, the shop has no such tag, or nobody can tell which day it is. Street stands
// for whole addresses.
type Left struct {
	Field exchange.Field
	Count int
}

// leftFields are the fields of Left, in the order in which they are said.
var leftFields = []exchange.Field{exchange.Phone, exchange.Email, exchange.Street, exchange.Birthday, exchange.Tags}

var addressFields = []exchange.Field{exchange.Street, exchange.Street2, exchange.Postcode, exchange.City, exchange.Region, exchange.Country}

// cellsOf are the cells of a row that are taken.
func cellsOf(row exchange.Row, columns []exchange.Field) map[exchange.Field]string {
	of := map[exchange.Field]string{}
	for i, f := range columns {
		if f != exchange.NoField && i < len(row.Cells) {
			of[f] = cleaned(row.Cells[i], f == exchange.Note)
		}
	}
	return of
}

// several stands between the values of a cell that has several (Google Contacts).
const several = ":::"

// firstOf is the first of the values in a cell, and the others.
func firstOf(cell string) (first string, rest []string) {
	for v := range strings.SplitSeq(cell, several) {
		if v = strings.TrimSpace(v); v != "" {
			rest = append(rest, v)
		}
	}
	if len(rest) == 0 {
		return "", nil
	}
	return rest[0], rest[1:]
}

// single leaves one value in each cell that has room for one, and counts the others.
// A second phone goes where the shop keeps one.
func (r importRules) single(of map[exchange.Field]string) map[exchange.Field]int {
	left := map[exchange.Field]int{}
	phone, phones := firstOf(of[exchange.Phone])
	phone2, more := firstOf(of[exchange.Phone2])
	if phone2 == "" && len(phones) > 0 && r.fields.Shown("Phone2") {
		phone2, phones = phones[0], phones[1:]
	}
	email, emails := firstOf(of[exchange.Email])
	of[exchange.Phone], of[exchange.Phone2], of[exchange.Email] = phone, phone2, email
	left[exchange.Phone], left[exchange.Email] = len(phones)+len(more), len(emails)
	for _, f := range addressFields {
		first, _, _ := strings.Cut(of[f], several) // empty or not, as those beside it are of the same address
		left[exchange.Street] = max(left[exchange.Street], strings.Count(of[f], several))
		of[f] = strings.TrimSpace(first)
	}
	return left
}

// unread adds the values of a card that are in none of the cells that are taken.
func unread(left map[exchange.Field]int, row exchange.Row, of map[exchange.Field]string) {
	for f, cells := range map[exchange.Field][]exchange.Field{exchange.Phone: {exchange.Phone, exchange.Phone2}, exchange.Email: {exchange.Email}} {
		n := row.Values[f]
		for _, c := range cells {
			if of[c] != "" {
				n--
			}
		}
		if _, taken := of[f]; taken {
			left[f] += max(0, n)
		}
	}
	if slices.ContainsFunc(addressFields, func(f exchange.Field) bool { _, taken := of[f]; return taken }) {
		left[exchange.Street] += max(0, row.Values[exchange.Street]-1)
	}
}

// tagsIn lists the tags that a cell means, and counts the words that are no tag of
// the shop. What a program puts beside the labels of people, "* myContacts", is no
// word of anybody.
func (r importRules) tagsIn(cell string) (tags []TagID, unknown int) {
	cell = strings.ReplaceAll(cell, several, ",")
	for _, word := range strings.FieldsFunc(cell, func(r rune) bool { return r == ',' || r == ';' }) {
		word = strings.TrimSpace(word)
		if _, ok := r.tags.named(word); !ok && word != "" && !strings.HasPrefix(word, "* ") {
			unknown++
		}
	}
	return r.tags.meant(cell), unknown
}

// row makes a customer of a row, and says what is wrong with it and what is not
// taken.
func (r importRules) row(row exchange.Row, columns []exchange.Field) ImportedRow {
	of := cellsOf(row, columns)
	left := map[exchange.Field]int{}
	unread(left, row, of)
	for f, n := range r.single(of) {
		left[f] += n
	}
	out := ImportedRow{Number: row.Number, Note: of[exchange.Note]}
	c := Customer{Name: of[exchange.Name], Company: of[exchange.Company], Phone: of[exchange.Phone], Email: of[exchange.Email],
		VATID: of[exchange.VAT], Language: of[exchange.Language], Phone2: of[exchange.Phone2], Address: r.address(of)}
	c.Tags, left[exchange.Tags] = r.tagsIn(of[exchange.Tags])
	if c.Name == "" {
		c.Name = strings.TrimSpace(of[exchange.First] + " " + of[exchange.Last])
	}
	if c.Name == "" { // a company without a person
		c.Name, c.Company = c.Company, ""
	}
	readable := true
	if text := of[exchange.Birthday]; !noBirthday(text) {
		if c.Birthday, readable = readBirthday(text, r.guard.o); !readable || !c.Birthday.valid() {
			c.Birthday, readable = Birthday{}, false
			left[exchange.Birthday] = 1
		}
		if !r.fields.BirthYear {
			c.Birthday.Year = 0
		}
	}
	out.Customer = Clean(c, r.country).tidy(r.country)
	out.Problems = slices.Concat(out.Customer.check(), r.fields.of(Customer{}, out.Customer, r.today))
	for i, b := range out.Problems {
		if b.Field == "Birthday" && b.Rule == "missing" && !readable { // it is there
			out.Problems[i].Rule = "birthday"
		}
	}
	if out.Note != "" {
		for _, b := range (Note{Text: out.Note}).check() {
			out.Problems = append(out.Problems, invoice.Problem{Field: "Note", Rule: b.Rule, Args: b.Args})
		}
	}
	for _, f := range leftFields {
		if left[f] > 0 {
			out.Left = append(out.Left, Left{f, left[f]})
		}
	}
	return out
}

// address is the address of a row, in the country of the shop where it says none.
func (r importRules) address(of map[exchange.Field]string) invoice.Address {
	a := invoice.Address{Street: of[exchange.Street], Street2: of[exchange.Street2], Postcode: of[exchange.Postcode],
		City: of[exchange.City], Region: of[exchange.Region], Country: of[exchange.Country]}
	switch code := exchange.CountryCode(a.Country); {
	case code != "":
		a.Country = code
	case a.Country == "" && a != (invoice.Address{}):
		a.Country = r.country
	}
	return a
}

// cleaned makes one line of a cell that has several, unless they are kept, and
// takes away what cannot be seen.
func cleaned(cell string, lines bool) string {
	cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
	if !lines {
		cell = strings.Join(strings.Fields(cell), " ")
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unseen(r) {
			return -1
		}
		return r
	}, cell))
}
