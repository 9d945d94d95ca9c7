package store

// Fields: which of them the shop collects of its customers, each with a purpose.

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// Collect says whether a field is collected. The numbers are part of the file
// format.
type Collect uint8

const (
	Required Collect = 1 // a customer cannot be saved without it
	Optional Collect = 2
	Hidden   Collect = 3 // it is nowhere: not in the form, the lists, documents and exports
	// OneContact is of phone and e-mail: one of them must be there, whichever it is.
	OneContact Collect = 4
)

var collectNames = map[Collect]string{Required: "required", Optional: "optional", Hidden: "hidden", OneContact: "one contact"}

// String is a fixed English name, for exports and as a key of texts.
func (c Collect) String() string {
	if n, ok := collectNames[c]; ok {
		return n
	}
	return fmt.Sprintf("collect %d", c)
}

// FieldRule is what was decided about a field.
type FieldRule struct {
	Name    string       `cbor:"1,keyasint"` // one of FieldNames
	Use     Collect      `cbor:"2,keyasint"`
	Purpose string       `cbor:"3,keyasint,omitempty"` // what it is for, one line, for staff
	Since   invoice.Date `cbor:"4,keyasint,omitzero"`  // when it was turned on
	Kept    invoice.Date `cbor:"5,keyasint,omitzero"`  // when it was decided to keep it though it was not used
	Why     string       `cbor:"6,keyasint,omitempty"` // the reason for that
}

// Fields is what the shop collects: a rule for each field.
type Fields struct {
	Kind      string      `cbor:"1,keyasint,omitempty"` // of shop, one of ShopKinds, whose preset it began as
	BirthYear bool        `cbor:"2,keyasint,omitempty"` // a birthday may have a year
	Rules     []FieldRule `cbor:"3,keyasint"`
	Version   uint64      `cbor:"-"`
}

// fieldInfo is a field that a shop may collect or not.
type fieldInfo struct {
	name   string
	at     string    // where a problem with it is said
	choice []Collect // what may be decided
	filled func(*Customer) bool
	get    func(*Customer) any // nil: it is no part of the customer's record
	put    func(to, from *Customer)
}

var (
	always  = []Collect{Required}
	whole   = []Collect{Required, Optional, Hidden}
	contact = []Collect{Required, OneContact, Optional, Hidden}
	onOff   = []Collect{Optional, Hidden}
)

// textField is a field that is one text.
func textField(name string, choice []Collect, of func(*Customer) *string) fieldInfo {
	return fieldInfo{name: name, at: name, choice: choice,
		filled: func(c *Customer) bool { return *of(c) != "" },
		get:    func(c *Customer) any { return *of(c) },
		put:    func(to, from *Customer) { *of(to) = *of(from) }}
}

var fieldTable = []fieldInfo{
	textField("Name", always, func(c *Customer) *string { return &c.Name }),
	textField("Phone", contact, func(c *Customer) *string { return &c.Phone }),
	textField("Email", contact, func(c *Customer) *string { return &c.Email }),
	textField("Phone2", whole, func(c *Customer) *string { return &c.Phone2 }),
	{"Address", "Address.Street", whole,
		func(c *Customer) bool { return c.HasAddress() },
		func(c *Customer) any { return c.Address },
		func(to, from *Customer) { to.Address = from.Address }},
	textField("Company", whole, func(c *Customer) *string { return &c.Company }),
	textField("VATID", whole, func(c *Customer) *string { return &c.VATID }),
	{"Others", "Others", onOff,
		func(c *Customer) bool { return len(c.Others) > 0 },
		func(c *Customer) any { return c.Others },
		func(to, from *Customer) { to.Others = from.Others }},
	{"Birthday", "Birthday", whole,
		func(c *Customer) bool { return c.Birthday != Birthday{} },
		func(c *Customer) any { return c.Birthday },
		func(to, from *Customer) { to.Birthday = from.Birthday }},
	textField("Language", onOff, func(c *Customer) *string { return &c.Language }),
	{"Tags", "Tags", onOff,
		func(c *Customer) bool { return len(c.Tags) > 0 },
		func(c *Customer) any { return c.Tags },
		func(to, from *Customer) { to.Tags = from.Tags }},
	{name: "Notes", at: "Notes", choice: onOff},
}

// FieldNames lists the fields that a rule can be about, in the order in which a
// screen shows them.
func FieldNames() []string {
	var out []string
	for _, f := range fieldTable {
		out = append(out, f.name)
	}
	return out
}

// Choices lists what may be decided about a field.
func Choices(name string) []Collect {
	if f := fieldOf(name); f != nil {
		return slices.Clone(f.choice)
	}
	return nil
}

func fieldOf(name string) *fieldInfo {
	if i := slices.IndexFunc(fieldTable, func(f fieldInfo) bool { return f.name == name }); i >= 0 {
		return &fieldTable[i]
	}
	return nil
}

// Rule is what was decided about a field. One that the record says nothing of is
// as in DefaultFields; one that no rule can be about is optional.
func (f Fields) Rule(name string) FieldRule {
	if i := slices.IndexFunc(f.Rules, func(r FieldRule) bool { return r.Name == name }); i >= 0 {
		return f.Rules[i]
	}
	r := FieldRule{Name: name, Use: Optional}
	if u, ok := defaultUse[name]; ok {
		r.Use = u
	}
	return r
}

// Shown reports whether a field is collected. One that is not is shown nowhere, and
// cannot be set.
func (f Fields) Shown(name string) bool { return f.Rule(name).Use != Hidden }

// Visible is a customer without what is hidden: what may be shown, printed and
// taken out of the book.
func (f Fields) Visible(c Customer) Customer {
	for _, i := range fieldTable {
		if i.put != nil && !f.Shown(i.name) {
			i.put(&c, &Customer{})
		}
	}
	c.Checks = slices.DeleteFunc(slices.Clone(c.Checks), func(k FieldCheck) bool { return !f.Shown(k.Field) })
	c.Merged = slices.Clone(c.Merged)
	for i := range c.Merged {
		for _, name := range []string{"Phone", "Phone2"} {
			if !f.Shown(name) {
				*c.Merged[i].phone(name) = ""
			}
		}
	}
	return c
}

// row is a row of a list without what is hidden.
func (f Fields) row(r CustomerRow) CustomerRow {
	for name, text := range map[string]*string{"Phone": &r.Phone, "Email": &r.Email, "Company": &r.Company, "Address": &r.City} {
		if *text != "" && !f.Shown(name) {
			*text = ""
		}
	}
	if len(r.Tags) > 0 && !f.Shown("Tags") {
		r.Tags = nil
	}
	return r
}

// with returns the fields with another rule for one of them.
func (f Fields) with(r FieldRule) Fields {
	f.Rules = slices.Clone(f.Rules)
	if i := slices.IndexFunc(f.Rules, func(o FieldRule) bool { return o.Name == r.Name }); i >= 0 {
		f.Rules[i] = r
	} else {
		f.Rules = append(f.Rules, r)
	}
	return f
}

// complete has a rule for every field, in the order of FieldNames.
func (f Fields) complete() Fields {
	var rules []FieldRule
	for _, name := range FieldNames() {
		rules = append(rules, f.Rule(name))
	}
	f.Rules = rules
	return f
}

// check says what is wrong with the fields. was is how they were.
func (f Fields) check(was Fields) invoice.Problems {
	var p problems
	if f.Kind != "" && !slices.Contains(ShopKinds(), f.Kind) {
		p.add("Kind", "unknown value")
	}
	seen := map[string]bool{}
	for _, r := range f.Rules {
		info := fieldOf(r.Name)
		switch {
		case info == nil || seen[r.Name]:
			p.add("Rules", "unknown value")
			continue
		case !slices.Contains(info.choice, r.Use):
			p.add(r.Name, "choice")
		case r.Purpose == "" && r.Use != Hidden && !was.Shown(r.Name):
			p.add(r.Name+".Purpose", "missing")
		}
		seen[r.Name] = true
		p.length(r.Name+".Purpose", r.Purpose, maxPurpose)
		p.length(r.Name+".Why", r.Why, maxPurpose)
	}
	return invoice.Problems(p)
}

const maxPurpose = 120

// of checks a customer who is saved against what is collected. was is how the
// customer was, zero for a new one.
func (f Fields) of(was, c Customer, today invoice.Date) invoice.Problems {
	var p problems
	one := false
	for _, i := range fieldTable {
		if i.put == nil {
			continue
		}
		rule, filled, same := f.Rule(i.name), i.filled(&c), reflect.DeepEqual(i.get(&was), i.get(&c))
		waived := c.InvoiceOnly && (i.name == "Phone" || i.name == "Email" || i.name == "Phone2")
		switch {
		case rule.Use == Hidden && filled && !same:
			p.add(i.at, "not collected")
		case rule.Use == Required && !filled && i.name != "Name" && !waived: // a name is always checked
			p.add(i.at, "missing")
		}
		one = one || rule.Use == OneContact && !waived
	}
	if one && c.Phone == "" && c.Email == "" && c.Phone2 == "" {
		p.add("Phone", "one contact")
	}
	if b := c.Birthday; b.Year != 0 && today.Before(invoice.Date{Year: b.Year, Month: b.Month, Day: b.Day}) {
		p.add("Birthday", "birthday")
	}
	if c.Birthday.Year != 0 && !f.BirthYear && c.Birthday != was.Birthday {
		p.add("Birthday", "no year")
	}
	return invoice.Problems(p)
}

// Keep leaves what is not collected as it was, where a screen that does not show it
// sends nothing, or nothing but the country of an address.
func (f Fields) Keep(was, c Customer) Customer {
	for _, i := range fieldTable {
		if i.put != nil && !f.Shown(i.name) && !i.filled(&c) {
			i.put(&c, &was)
		}
	}
	return c
}

const fieldsName = "fields"

// Fields reads what the shop collects. A book in which nothing was decided yet has
// DefaultFields, with version 0.
func (b *ShopBook) Fields() (Fields, error) {
	if err := b.s.need(ReadShop); err != nil {
		return Fields{}, err
	}
	f, err := b.s.collected()
	f.Rules = slices.Clone(f.Rules) // the caller may change them
	return f, err
}

// collected is Fields for the rules of the store, kept until the shop's area
// changes. Nobody changes it. For who cannot read it, what shops usually collect holds.
func (s *Session) collected() (Fields, error) {
	if !s.opens(areaShop, false) {
		return DefaultFields(), nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fields.get(s, areaShop, func() (Fields, error) {
		id, err := s.v.Name(areaShop, fieldsName)
		if err != nil {
			return Fields{}, explain(err)
		}
		var f Fields
		version, err := read(s, areaShop, ID(id), kindFields, &f)
		if errors.Is(err, ErrNotFound) {
			return DefaultFields(), nil
		}
		f.Version = version
		return f.complete(), err
	})
}

// SaveFields changes what the shop collects. What customers have of a field that is
// hidden from now on stays until it is cleared. invoice.Problems say what is wrong: a
// field that is turned on wants a purpose, in "Birthday.Purpose".
func (b *ShopBook) SaveFields(f Fields) (Fields, error) {
	s := b.s
	if err := s.need(EditShop); err != nil {
		return f, err
	}
	was, err := s.collected()
	if err != nil {
		return f, err
	}
	f = f.complete()
	for i := range f.Rules {
		r := &f.Rules[i]
		trim(&r.Purpose, &r.Why)
		r.Since = was.Rule(r.Name).Since
		if r.Use != Hidden && !was.Shown(r.Name) {
			r.Since = s.today()
		}
		if r.Use == Hidden {
			r.Kept, r.Why = invoice.Date{}, ""
		}
	}
	if p := f.check(was); len(p) > 0 {
		return f, p
	}
	id, err := s.v.Name(areaShop, fieldsName)
	if err != nil {
		return f, explain(err)
	}
	e := Event{Kind: FieldsChanged}
	for _, r := range f.Rules {
		if r != was.Rule(r.Name) {
			e.Fields = append(e.Fields, r.Name)
		}
	}
	if len(e.Fields) == 0 && f.Kind == was.Kind && f.BirthYear == was.BirthYear && was.Version != 0 {
		return was, nil
	}
	err = s.update(e, func(tx *vault.Tx) error {
		if err := unchangedSince(tx, areaShop, ID(id), f.Version); err != nil && !(f.Version == 0 && errors.Is(err, ErrNotFound)) {
			return err
		}
		f.Version = tx.Number()
		return write(tx, areaShop, ID(id), kindFields, f)
	})
	return f, err
}

// firstFields writes what a new shop collects.
func (s *Session) firstFields(f Fields) error {
	id, err := s.v.Name(areaShop, fieldsName)
	if err != nil {
		return explain(err)
	}
	return s.update(Event{Kind: FieldsChanged}, func(tx *vault.Tx) error { return write(tx, areaShop, ID(id), kindFields, f) })
}

// KeepUnused says that a field stays though it was not used for long, and why. Nobody is
// asked about it again before it was unused for as long once more.
func (b *ShopBook) KeepUnused(name, why string) (Fields, error) {
	if err := b.s.need(EditShop); err != nil {
		return Fields{}, err
	}
	f, err := b.s.collected()
	if err != nil {
		return f, err
	}
	r := f.Rule(name)
	if r.Why = strings.TrimSpace(why); r.Why == "" {
		return f, invoice.Problems{{Field: name + ".Why", Rule: "missing"}}
	}
	r.Kept = b.s.today()
	return b.SaveFields(f.with(r))
}
