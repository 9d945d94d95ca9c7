package store

// Kinds of notes: what a note is about, how long it is kept, who sees it, and the
// few fields that a kind has besides its text. All of it is data.

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
)

// NoteKind says what a note is about. The numbers are part of the file format; a
// note from before there were kinds is an OtherNote.
type NoteKind uint8

const (
	OtherNote      NoteKind = 0
	PreferenceNote NoteKind = 1 // what they like
	ServiceNote    NoteKind = 2 // what staff must do or heed; somebody acknowledges it
	FittingNote    NoteKind = 3 // what was fitted or measured, and its size
	DeliveryNote   NoteKind = 4 // where and when to deliver
	PaymentNote    NoteKind = 5 // what was agreed: an amount and the day it is due
	ComplaintNote  NoteKind = 6 // open, or settled
)

// Life is how long a note is kept unless somebody says otherwise. Zero is without
// an end.
type Life struct{ Months, Days int }

// After is the last day of a life that begins on a day; zero for no end.
func (l Life) After(d invoice.Date) invoice.Date {
	if l == (Life{}) {
		return invoice.Date{}
	}
	return invoice.DateOf(d.Time().AddDate(0, l.Months, l.Days))
}

type noteKindInfo struct {
	kind NoteKind
	name string // for exports and as a key of texts
	life Life
}

// noteKinds are in the order in which a screen offers them.
var noteKinds = []noteKindInfo{
	{PreferenceNote, "preference", Life{Months: 24}},
	{ServiceNote, "service", Life{}},
	{FittingNote, "fitting", Life{}},
	{DeliveryNote, "delivery", Life{Days: 30}},
	{PaymentNote, "payment", Life{}},
	{ComplaintNote, "complaint", Life{Months: 12}},
	{OtherNote, "other", Life{Days: 90}},
}

// NoteKinds lists all kinds in the order in which a screen offers them.
func NoteKinds() []NoteKind {
	out := make([]NoteKind, len(noteKinds))
	for i, k := range noteKinds {
		out[i] = k.kind
	}
	return out
}

func (k NoteKind) info() noteKindInfo {
	for _, i := range noteKinds {
		if i.kind == k {
			return i
		}
	}
	return noteKindInfo{kind: k, name: "unknown"}
}

// String is a fixed English name, for exports and as a key of texts.
func (k NoteKind) String() string { return k.info().name }

// Life is how long a note of this kind is kept by default.
func (k NoteKind) Life() Life { return k.info().life }

// Sharing says who sees a note besides its author. The numbers are part of the
// file format. It is kept by the program: all who read notes hold the same key.
type Sharing uint8

const (
	ForAll      Sharing = 0 // all who may read notes
	ForManagers Sharing = 1 // who has the right ManagersNotes
	ForAuthor   Sharing = 2 // nobody else, while the author is one of the staff
)

var sharingNames = []string{"all", "managers", "author"}

// Sharings lists all ways to share a note, the widest first.
func Sharings() []Sharing { return []Sharing{ForAll, ForManagers, ForAuthor} }

// String is a fixed English name, for exports and as a key of texts.
func (x Sharing) String() string {
	if int(x) < len(sharingNames) {
		return sharingNames[x]
	}
	return "unknown"
}

// maxAmount is more than any agreement is about.
var maxAmount = decimal.New(1, 12)

// tidy leaves only what belongs to the note's kind.
func (v Note) tidy() Note {
	trim(&v.Text, &v.Piece, &v.Size)
	if v.Kind != PaymentNote {
		v.Amount, v.Due = decimal.Decimal{}, invoice.Date{}
	}
	if v.Kind != ComplaintNote {
		v.Settled = false
	}
	if v.Kind != FittingNote {
		v.Piece, v.Size = "", ""
	}
	return v
}

// check says what is missing or wrong in a note.
func (v Note) check() invoice.Problems {
	var p problems
	if v.Text == "" {
		p.add("Text", "missing")
	}
	p.lines("Text", v.Text, MaxNote)
	if !slices.Contains(NoteKinds(), v.Kind) {
		p.add("Kind", "unknown value")
	}
	if !slices.Contains(Sharings(), v.Sharing) {
		p.add("Sharing", "unknown value")
	}
	if v.Kind == PaymentNote {
		p.amount("Amount", v.Amount)
		if v.Due.IsZero() {
			p.add("Due", "missing")
		}
	}
	p.length("Piece", v.Piece, maxShort)
	p.length("Size", v.Size, maxShort)
	for field, d := range map[string]invoice.Date{"Due": v.Due, "Expires": v.Expires} {
		if _, err := d.MarshalText(); err != nil {
			p.add(field, "date")
		}
	}
	slices.SortStableFunc(p, func(a, b invoice.Problem) int { return strings.Compare(a.Field, b.Field) })
	return invoice.Problems(p)
}

// amount wants more than nothing.
func (p *problems) amount(field string, v decimal.Decimal) {
	switch {
	case v.IsZero():
		p.add(field, "missing")
	case v.IsNegative() || v.GreaterThan(maxAmount) || v.Exponent() < -4:
		p.add(field, "amount")
	}
}
