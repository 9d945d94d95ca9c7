package store

// Faults: what in a customer's record is to be mended, and reports of staff who
// noticed it. Who mends is one person whom the shop names.

import (
	"errors"
	"math/bits"
	"slices"
	"strings"
	"time"
	"unicode"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// Faults say what is to be mended in a record; the bits add up. The numbers are part
// of the file format.
type Faults uint16

const (
	AllCapitals      Faults = 1 << iota // the name shouts
	PlaceholderName                     // "xxx", "test"
	PlaceholderPhone                    // 0000000000, 123456789
	PlaceholderEmail                    // test@test.com
	Malformed                           // a field would not be taken today
	Incomplete                          // less than there must be
	WrongPhone                          // somebody reported it, as the following
	WrongEmail
	WrongAddress
	WrongName
	Twice // the customer is in the book a second time
	OtherFault
)

// Has reports whether f holds all of o.
func (f Faults) Has(o Faults) bool { return f&o == o }

// Each lists the single faults.
func (f Faults) Each() []Faults {
	var out []Faults
	for ; f != 0; f &= f - 1 {
		out = append(out, 1<<bits.TrailingZeros16(uint16(f)))
	}
	return out
}

var faultNames = map[Faults]string{AllCapitals: "all capitals", PlaceholderName: "placeholder name", PlaceholderPhone: "placeholder phone",
	PlaceholderEmail: "placeholder email", Malformed: "malformed", Incomplete: "incomplete", WrongPhone: "wrong phone", WrongEmail: "wrong email",
	WrongAddress: "wrong address", WrongName: "wrong name", Twice: "twice", OtherFault: "other"}

// String is fixed English names, for exports and as keys of texts.
func (f Faults) String() string {
	var out []string
	for _, one := range f.Each() {
		out = append(out, faultNames[one])
	}
	return strings.Join(out, ", ")
}

// reportable are all faults that somebody can report. What is wrong is chosen and not
// written: a line about a customer would be a note that no rule of notes looks at.
const reportable = WrongPhone | WrongEmail | WrongAddress | WrongName | Twice | OtherFault

// Reportable lists the faults that somebody can report, of what is collected.
func (f Fields) Reportable() []Faults { return (reportable &^ f.unmendable()).Each() }

// unmendable are the faults of hidden fields, which nobody sees and nobody can mend.
func (f Fields) unmendable() Faults {
	out := Faults(0)
	if !f.Shown("Phone") {
		out |= PlaceholderPhone
	}
	if !f.Shown("Phone") && !f.Shown("Phone2") {
		out |= WrongPhone
	}
	if !f.Shown("Email") {
		out |= PlaceholderEmail | WrongEmail
	}
	if !f.Shown("Address") {
		out |= WrongAddress
	}
	return out
}

// faults are those that the record alone tells.
func (c Customer) faults() Faults {
	f := Faults(0)
	if shouts(c.Name) {
		f |= AllCapitals
	}
	if placeholder(c.Name) {
		f |= PlaceholderName
	}
	if placeholderPhone(c.Phone) {
		f |= PlaceholderPhone
	}
	if user, host, ok := strings.Cut(c.Email, "@"); ok && (placeholder(user) || placeholder(strings.Split(host, ".")[0])) {
		f |= PlaceholderEmail
	}
	if len(c.check()) > 0 {
		f |= Malformed
	}
	return f
}

// shouts reports a name in capitals. Short ones are what some companies are called.
func shouts(name string) bool {
	letters := 0
	for _, r := range name {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			letters++
		}
	}
	return letters >= 5
}

// placeholders are words that people type where a field must not be empty.
var placeholders = []string{"test", "tests", "tester", "testkunde", "test test", "asdf", "asdfg", "qwerty", "qwertz", "abc", "none", "nomail", "noemail", "no-email",
	"keine", "kein", "unbekannt", "unknown", "n/a", "na", "nn", "n.n.", "null", "dummy", "customer", "kunde", "foo", "tba", "tbd"}

// placeholder reports a word that stands for none: one of these, or the same sign over
// and over.
func placeholder(word string) bool {
	word = fold(word)
	return slices.Contains(placeholders, word) || len(word) >= 2 && same(word) && !unicode.IsDigit(rune(word[0])) || word != "" && strings.Trim(word, "-?.") == ""
}

// same reports a text of one sign.
func same(s string) bool { return strings.Trim(s, s[:1]) == "" }

// placeholderPhone reports a number that nobody has: one digit over and over, or the
// digits in their order, also behind a country's prefix.
func placeholderPhone(phone string) bool {
	d := onlyDigits(phone)
	for cut := 0; cut <= mostPrefix && len(d)-cut >= 5; cut++ {
		if rest := d[cut:]; same(rest) || strings.Contains("01234567890123456789", rest) || strings.Contains("98765432109876543210", rest) {
			return true
		}
	}
	return false
}

// FaultReport says that somebody noticed a fault.
type FaultReport struct {
	Customer CustomerID `cbor:"1,keyasint"`
	Faults   Faults     `cbor:"2,keyasint"`
	By       ProfileID  `cbor:"3,keyasint"`
	At       time.Time  `cbor:"4,keyasint"`
	ByName   string     `cbor:"-"` // nickname now
}

// maxReports is how many reports wait at once.
const maxReports = 1000

const reportsName = "reports"

// Reports lists what was reported of a customer, and of those who were merged into
// them, and is not settled, for who may browse.
func (cs *Customers) Reports(id CustomerID) ([]FaultReport, error) {
	if err := cs.s.need(BrowseCustomers); err != nil {
		return nil, err
	}
	all, err := cs.s.reports()
	if err != nil {
		return nil, err
	}
	ids, err := cs.s.idsOf(cs.s.v.Get, id)
	if err != nil {
		return nil, err
	}
	names, err := cs.s.nicknames()
	var out []FaultReport
	for _, r := range all {
		if slices.Contains(ids, r.Customer) {
			r.ByName = names[r.By]
			out = append(out, r)
		}
	}
	return out, err
}

// Faults are what is to be mended in a customer's record, with what was reported. Of
// hidden fields nothing is.
func (cs *Customers) Faults(c Customer) (Faults, error) {
	if err := cs.s.need(BrowseCustomers); err != nil {
		return 0, err
	}
	reported, err := cs.s.reported()
	if err != nil {
		return 0, err
	}
	fields, err := cs.s.collected()
	f := fields.Visible(c).faults()
	for _, id := range c.ids() {
		f |= reported[id]
	}
	f &^= fields.unmendable()
	if fields.demand().incomplete(c.has()) {
		f |= Incomplete
	}
	return f, err
}

// Report says of a customer's record what is wrong with it: some of Fields.Reportable.
// Whoever may change the record may report, for a report is stored beside it.
func (cs *Customers) Report(id CustomerID, f Faults) error {
	s := cs.s
	if err := s.need(EditCustomers); err != nil {
		return err
	}
	if f == 0 || f&^reportable != 0 {
		return invoice.Problems{{Field: "Faults", Rule: "missing"}}
	}
	c, err := cs.Get(id)
	if err != nil {
		return err
	}
	id = c.ID // who was merged is who they are now
	return s.changeReports(Event{Kind: RecordReported, Subject: id}, func(list []FaultReport) ([]FaultReport, error) {
		for i, r := range list {
			if r.Customer == id && r.By == s.me() {
				list[i].Faults, list[i].At = r.Faults|f, s.now()
				return list, nil
			}
		}
		if len(list) >= maxReports {
			return nil, ErrManyReports
		}
		return append(list, FaultReport{Customer: id, Faults: f, By: s.me(), At: s.now()}), nil
	})
}

// ErrManyReports says that so many reports wait that nobody seems to read them.
var ErrManyReports = errors.New("store: too many reports are waiting")

// Settle removes what was reported of a customer: it was mended, or there was nothing
// to mend.
func (cs *Customers) Settle(id CustomerID) error {
	if err := cs.s.need(EditCustomers); err != nil {
		return err
	}
	ids, err := cs.s.idsOf(cs.s.v.Get, id)
	if err != nil {
		return err
	}
	return cs.s.changeReports(Event{Kind: ReportsSettled, Subject: ids[0]}, func(list []FaultReport) ([]FaultReport, error) {
		return slices.DeleteFunc(list, func(r FaultReport) bool { return slices.Contains(ids, r.Customer) }), nil
	})
}

// notTwice takes out of the reports that a customer is in the book twice: a merge
// mended it. What else was reported stays, under the id that it was reported of.
func (s *Session) notTwice(tx *vault.Tx, ids []CustomerID) error {
	return s.reportsIn(tx, func(list []FaultReport) ([]FaultReport, error) {
		for i, r := range list {
			if slices.Contains(ids, r.Customer) {
				list[i].Faults &^= Twice
			}
		}
		return slices.DeleteFunc(list, func(r FaultReport) bool { return r.Faults == 0 }), nil
	})
}

func (s *Session) changeReports(e Event, do func([]FaultReport) ([]FaultReport, error)) error {
	return s.update(e, func(tx *vault.Tx) error { return s.reportsIn(tx, do) })
}

// reportsIn changes the reports inside a transaction.
func (s *Session) reportsIn(tx *vault.Tx, do func([]FaultReport) ([]FaultReport, error)) error {
	id, err := s.besideID(reportsName)
	if err != nil {
		return err
	}
	var list []FaultReport
	if _, err := readIn(tx, areaContacts, id, kindReports, &list); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	was := len(list)
	if list, err = do(list); err != nil || was == 0 && len(list) == 0 {
		return err
	}
	return write(tx, areaContacts, id, kindReports, list)
}

// reports reads all reports.
func (s *Session) reports() ([]FaultReport, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reportsRead.get(s, areaContacts, func() ([]FaultReport, error) {
		id, err := s.besideID(reportsName)
		if err != nil {
			return nil, err
		}
		var list []FaultReport
		if _, err = read(s, areaContacts, id, kindReports, &list); errors.Is(err, ErrNotFound) {
			err = nil
		}
		return list, err
	})
}

// reported says what was reported of which customers.
func (s *Session) reported() (map[CustomerID]Faults, error) {
	list, err := s.reports()
	if len(list) == 0 {
		return nil, err
	}
	out := map[CustomerID]Faults{}
	for _, r := range list {
		out[r.Customer] |= r.Faults
	}
	return out, err
}

// MendsData reports whether this profile is the one who mends records: the one the
// shop names, or every owner while it names none who could.
func (s *Session) MendsData() bool {
	if s.need(EditCustomers) != nil {
		return false
	}
	sh, err := s.storedShop()
	if err != nil {
		return false
	}
	profiles, err := s.profiles()
	if err != nil {
		return false
	}
	for _, p := range profiles {
		if p.ID == sh.DataOwner && mends(p) {
			return p.ID == s.me()
		}
	}
	return s.Profile().Role == Owner
}

// mends reports whether somebody can be the one who mends records.
func mends(p Profile) bool {
	return !p.Disabled && slices.Contains(effective(p.Role, p.Without), EditCustomers) && slices.Contains(effective(p.Role, p.Without), BrowseCustomers)
}

// Menders lists who can be named as the one who mends records.
func (b *ShopBook) Menders() ([]Profile, error) {
	if err := b.s.need(EditShop); err != nil {
		return nil, err
	}
	all, err := b.s.profiles()
	return slices.DeleteFunc(all, func(p Profile) bool { return !mends(p) }), err
}
