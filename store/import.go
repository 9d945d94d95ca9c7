package store

// Import: customers from a file. A plan says of every row what would become of it;
// nothing is stored before a person saw it, and then all of it or nothing.

import (
	"context"
	"io"
	"slices"
	"strings"

	"counterbook/invoice"
	"counterbook/store/exchange"
	"counterbook/store/sensitive"
)

// Outcome is what becomes of a row.
type Outcome uint8

// The outcomes. What is like somebody is stored only when a person says so.
const (
	IsNew   Outcome = iota
	IsLike          // like a customer in the book, or a row before it
	IsWrong         // a field is not as it must be: never stored
)

// ImportedRow is a row of a file as it would be stored.
type ImportedRow struct {
	Number   int // in the file
	Customer Customer
	Note     string
	Problems invoice.Problems
	Near     []Near              // in the book
	Twins    []int               // rows of the plan before it that are like it
	Found    []sensitive.Finding // in the note: what does not belong there

	Take     bool // it is somebody else: what is like somebody is added all the same
	DropNote bool // the note is left out; otherwise it is taken without what was found
}

// Outcome says what becomes of the row, decisions aside.
func (r *ImportedRow) Outcome() Outcome {
	switch {
	case len(r.Problems) > 0:
		return IsWrong
	case len(r.Near)+len(r.Twins) > 0:
		return IsLike
	}
	return IsNew
}

// Stored says whether the row is stored as things stand.
func (r *ImportedRow) Stored() bool {
	return r.Outcome() == IsNew || r.Outcome() == IsLike && r.Take
}

// KeptNote is the note as it is stored: nothing that was found is in it.
func (r *ImportedRow) KeptNote() string {
	if r.DropNote || len(r.Found) == 0 && r.Note == "" {
		return ""
	}
	return withoutFound(r.Note, r.Found)
}

// mask stands in a note for what was found in it.
const mask = "•••"

// withoutFound is a text with a mask in place of what was found.
func withoutFound(text string, found []sensitive.Finding) string {
	var b strings.Builder
	from := 0
	for _, f := range found {
		b.WriteString(text[from:f.Start] + mask)
		from = f.End
	}
	return b.String() + text[from:]
}

// ImportPlan is what would become of a file: a dry run. It is good until the
// directory changes.
type ImportPlan struct {
	Rows []ImportedRow

	cs *Customers
	at [2]uint64 // the state of the directory it was made of
}

// ImportCount is how many rows there are of each kind.
type ImportCount struct {
	Rows, New, Like, Wrong int
	Stored, Notes          int // as decided
	Found                  int // rows with something in the note that does not belong there
}

// Count counts rows, as decided so far.
func (p *ImportPlan) Count() ImportCount {
	c := ImportCount{Rows: len(p.Rows)}
	for i := range p.Rows {
		r := &p.Rows[i]
		switch r.Outcome() {
		case IsNew:
			c.New++
		case IsLike:
			c.Like++
		case IsWrong:
			c.Wrong++
		}
		if len(r.Found) > 0 && r.Outcome() != IsWrong {
			c.Found++
		}
		if r.Stored() {
			c.Stored++
			if r.KeptNote() != "" {
				c.Notes++
			}
		}
	}
	return c
}

// ImportFields lists what of a file can be kept by who is signed in.
func (cs *Customers) ImportFields() []exchange.Field {
	f := []exchange.Field{exchange.Name, exchange.First, exchange.Last, exchange.Company, exchange.Phone, exchange.Email,
		exchange.Street, exchange.Street2, exchange.Postcode, exchange.City, exchange.Region, exchange.Country, exchange.VAT, exchange.Language}
	if cs.s.Can(AddNotes) {
		f = append(f, exchange.Note)
	}
	return f
}

// ImportProgress is how far a plan is: rows that were read, then rows of Of that
// were compared.
type ImportProgress struct{ Done, Of int }

// planStep is how many rows are looked at between two looks at the context.
const planStep = 256

// PlanImport reads a file to its end and says what would become of each row. It
// stores nothing. columns say what each cell is; what ImportFields does not list is
// left out. An exchange.Error says where the file cannot be read on.
func (cs *Customers) PlanImport(ctx context.Context, src exchange.Source, columns []exchange.Field, progress func(ImportProgress)) (*ImportPlan, error) {
	s := cs.s
	if err := s.need(ImportCustomers); err != nil {
		return nil, err
	}
	p := &ImportPlan{cs: cs, at: s.v.Changed(areaContactsIndex)}
	ix, err := cs.index()
	if err != nil {
		return nil, err
	}
	may := cs.ImportFields()
	columns = slices.Clone(columns)
	for i, f := range columns {
		if !slices.Contains(may, f) {
			columns[i] = exchange.NoField
		}
	}
	country, err := s.country()
	if err != nil {
		return nil, err
	}
	if err := p.read(ctx, src, columns, country, progress); err != nil {
		return nil, err
	}
	guard := sensitive.Options{Country: country, Now: s.o.Now()}
	return p, p.compare(ctx, ix, guard, progress)
}

func (p *ImportPlan) read(ctx context.Context, src exchange.Source, columns []exchange.Field, country string, progress func(ImportProgress)) error {
	for {
		if len(p.Rows)%planStep == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			progress(ImportProgress{Done: len(p.Rows)})
		}
		row, err := src.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		p.Rows = append(p.Rows, importedRow(row, columns, country))
	}
}

// compare looks for those each row is like, and into its note.
func (p *ImportPlan) compare(ctx context.Context, ix *index, guard sensitive.Options, progress func(ImportProgress)) error {
	crowd, err := newCrowd(ctx, ix, p.Rows)
	if err != nil {
		return err
	}
	for i := range p.Rows {
		if i%planStep == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			progress(ImportProgress{Done: i, Of: len(p.Rows)})
		}
		r := &p.Rows[i]
		if len(r.Problems) > 0 {
			continue
		}
		r.Near, r.Twins = crowd.like(i)
		r.Found = sensitive.Find(r.Note, guard)
	}
	progress(ImportProgress{Done: len(p.Rows), Of: len(p.Rows)})
	return nil
}

// importedRow makes a customer of a row, and says what is wrong with it.
func importedRow(row exchange.Row, columns []exchange.Field, country string) ImportedRow {
	of := map[exchange.Field]string{}
	for i, f := range columns {
		if f != exchange.NoField && i < len(row.Cells) {
			of[f] = cleaned(row.Cells[i], f == exchange.Note)
		}
	}
	r := ImportedRow{Number: row.Number, Note: of[exchange.Note]}
	c := Customer{Name: of[exchange.Name], Company: of[exchange.Company], Phone: of[exchange.Phone], Email: of[exchange.Email],
		VATID: of[exchange.VAT], Language: of[exchange.Language]}
	if c.Name == "" {
		c.Name = strings.TrimSpace(of[exchange.First] + " " + of[exchange.Last])
	}
	if c.Name == "" { // a company without a person
		c.Name, c.Company = c.Company, ""
	}
	c.Address = invoice.Address{Street: of[exchange.Street], Street2: of[exchange.Street2], Postcode: of[exchange.Postcode],
		City: of[exchange.City], Region: of[exchange.Region], Country: of[exchange.Country]}
	switch code := exchange.CountryCode(c.Address.Country); {
	case code != "":
		c.Address.Country = code
	case c.Address.Country == "" && c.Address != (invoice.Address{}):
		c.Address.Country = country
	}
	r.Customer = Clean(c, country).tidy(country)
	r.Problems = r.Customer.check()
	if r.Note != "" {
		for _, b := range (Note{Text: r.Note}).check() {
			r.Problems = append(r.Problems, invoice.Problem{Field: "Note", Rule: b.Rule, Args: b.Args})
		}
	}
	return r
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
