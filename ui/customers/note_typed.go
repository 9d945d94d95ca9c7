// A note as it stands in its editor: texts as they were typed, readable or not,
// and what the store makes of them.

package customers

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/amount"
	"counterbook/ui/widgets"
)

// noteWork is a note that is being written: a new one on a customer, where Note
// is zero, or a change of one, of its Version. It is kept on the desk.
type noteWork struct {
	Customer store.CustomerID `cbor:"1,keyasint"`
	Note     store.NoteID     `cbor:"2,keyasint,omitempty"`
	Version  uint64           `cbor:"3,keyasint,omitempty"`
	Text     string           `cbor:"4,keyasint"`
	Chosen   bool             `cbor:"5,keyasint,omitempty"` // a kind was chosen
	Kind     store.NoteKind   `cbor:"6,keyasint,omitempty"`
	Ends     string           `cbor:"7,keyasint,omitempty"` // dates and amounts as they were typed
	Amount   string           `cbor:"8,keyasint,omitempty"`
	Due      string           `cbor:"9,keyasint,omitempty"`
	Piece    string           `cbor:"10,keyasint,omitempty"`
	Size     string           `cbor:"11,keyasint,omitempty"`
	Settled  bool             `cbor:"12,keyasint,omitempty"`
	Pinned   bool             `cbor:"13,keyasint,omitempty"`
	Sharing  store.Sharing    `cbor:"14,keyasint,omitempty"`
	// Reasons say why something stays that the guard found.
	Reasons []store.GuardReason `cbor:"15,keyasint,omitempty"`
}

// noteKey names the note that is being written.
type noteKey struct{ customer, note store.ID }

func (p noteWork) key() noteKey { return noteKey{p.Customer, p.Note} }

type pendingNotes map[noteKey]noteWork

// blank reports whether nothing was typed.
func (p noteWork) blank() bool { return strings.TrimSpace(p.Text) == "" }

// same reports whether two notes say the same.
func (p noteWork) same(other noteWork) bool {
	p.Version, p.Text = other.Version, strings.TrimSpace(p.Text)
	return p.equal(other)
}

// equal reports whether two notes stand in their editors in the same way.
func (p noteWork) equal(other noteWork) bool {
	same := slices.Equal(p.Reasons, other.Reasons)
	p.Reasons, other.Reasons = nil, nil
	return same && reflect.DeepEqual(p, other)
}

// workOf is a note of the book as its editor shows it.
func workOf(v store.Note) noteWork {
	p := noteWork{Customer: v.Customer, Note: v.ID, Version: v.Version, Text: v.Text, Chosen: true, Kind: v.Kind, Ends: dayText(v.Expires),
		Due: dayText(v.Due), Piece: v.Piece, Size: v.Size, Settled: v.Settled, Pinned: v.Pinned, Sharing: v.Sharing, Reasons: v.Reasons}
	if !v.Amount.IsZero() {
		digits := max(2, -v.Amount.Exponent())
		if digits == 3 {
			digits++ // with three it could be read in two ways
		}
		p.Amount = v.Amount.StringFixed(digits)
	}
	return p
}

// over is a note of the book with what was typed put over it. Problems name what
// cannot be read.
func (p noteWork) over(v store.Note) (store.Note, error) {
	v.ID, v.Customer, v.Version = p.Note, p.Customer, p.Version
	v.Text, v.Kind, v.Piece, v.Size = p.Text, p.Kind, p.Piece, p.Size
	v.Settled, v.Pinned, v.Sharing, v.Reasons = p.Settled, p.Pinned, p.Sharing, p.Reasons
	var bad invoice.Problems
	if !p.Chosen {
		bad = append(bad, invoice.Problem{Field: "Kind", Rule: "note kind"})
	}
	day := func(field, typed string, d *invoice.Date) {
		*d = invoice.Date{}
		if strings.TrimSpace(typed) == "" {
			return
		}
		t, err := widgets.ParseDate(typed)
		if err != nil {
			bad = append(bad, invoice.Problem{Field: field, Rule: "date"})
			return
		}
		*d = invoice.DateOf(t)
	}
	day("Expires", p.Ends, &v.Expires)
	v.Amount, v.Due = decimal.Decimal{}, invoice.Date{}
	if p.Kind == store.PaymentNote {
		day("Due", p.Due, &v.Due)
		var err error
		if v.Amount, err = amount.Parse(p.Amount); err != nil && !errors.Is(err, amount.ErrEmpty) {
			bad = append(bad, invoice.Problem{Field: "Amount", Rule: "digits"})
		}
	}
	if len(bad) > 0 {
		return v, bad
	}
	return v, nil
}

// dayText writes a date as a date entry shows it.
func dayText(d invoice.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 Jan 2006")
}

// saveNote puts a note that was typed into the book.
func saveNote(book *store.Notes, p noteWork) error {
	var v store.Note
	if !p.Note.IsZero() {
		list, err := book.Of(p.Customer)
		if err != nil {
			return err
		}
		for _, old := range list {
			if old.ID == p.Note {
				v = old
			}
		}
		if v.ID.IsZero() {
			return store.ErrNotFound
		}
	}
	v, err := p.over(v)
	if err == nil {
		_, err = book.Save(v)
	}
	return err
}
