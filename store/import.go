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
	Found    []sensitive.Finding // in the note: what the shop's guard lets stand only with a reason
	Left     []Left              // what of the row is not taken

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
	Left                   int // rows of which something is not taken
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
		if len(r.Left) > 0 && r.Outcome() != IsWrong {
			c.Left++
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

// importFields are what of a file can be kept, each with the field that a shop
// collects or not.
var importFields = []struct {
	is exchange.Field
	of string
}{
	{exchange.Name, "Name"}, {exchange.First, "Name"}, {exchange.Last, "Name"}, {exchange.Company, "Company"}, {exchange.Phone, "Phone"},
	{exchange.Phone2, "Phone2"}, {exchange.Email, "Email"}, {exchange.Street, "Address"}, {exchange.Street2, "Address"}, {exchange.Postcode, "Address"},
	{exchange.City, "Address"}, {exchange.Region, "Address"}, {exchange.Country, "Address"}, {exchange.VAT, "VATID"}, {exchange.Language, "Language"},
	{exchange.Birthday, "Birthday"}, {exchange.Tags, "Tags"}, {exchange.Note, "Notes"},
}

// ImportFields lists what of a file can be kept by who is signed in: what the shop
// collects.
func (cs *Customers) ImportFields() ([]exchange.Field, error) {
	if err := cs.s.need(ImportCustomers); err != nil {
		return nil, err
	}
	fields, err := cs.s.collected()
	var out []exchange.Field
	for _, f := range importFields {
		if fields.Shown(f.of) && (f.is != exchange.Note || cs.s.Can(AddNotes)) {
			out = append(out, f.is)
		}
	}
	return out, err
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
	may, err := cs.ImportFields()
	if err != nil {
		return nil, err
	}
	columns = slices.Clone(columns)
	for i, f := range columns {
		if !slices.Contains(may, f) {
			columns[i] = exchange.NoField
		}
	}
	r, err := s.importRules()
	if err != nil {
		return nil, err
	}
	if err := p.read(ctx, src, columns, r, progress); err != nil {
		return nil, err
	}
	return p, p.compare(ctx, ix, r.guard, progress)
}

// importRules is what the shop wants of a row.
type importRules struct {
	country string
	fields  Fields
	tags    tagList
	guard   guardRules
	today   invoice.Date
}

func (s *Session) importRules() (r importRules, err error) {
	if r.country, err = s.country(); err != nil {
		return r, err
	}
	if r.fields, err = s.collected(); err != nil {
		return r, err
	}
	if r.tags, err = s.tagList(); err != nil {
		return r, err
	}
	r.guard, err = s.guardRules()
	r.today = s.today()
	return r, err
}

func (p *ImportPlan) read(ctx context.Context, src exchange.Source, columns []exchange.Field, r importRules, progress func(ImportProgress)) error {
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
		p.Rows = append(p.Rows, r.row(row, columns))
	}
}

// compare looks for those each row is like, and into its note.
func (p *ImportPlan) compare(ctx context.Context, ix *index, guard guardRules, progress func(ImportProgress)) error {
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
		for _, f := range guard.find(r.Note) {
			if f.Level >= GuardWarn {
				r.Found = append(r.Found, f.Finding)
			}
		}
	}
	progress(ImportProgress{Done: len(p.Rows), Of: len(p.Rows)})
	return nil
}
