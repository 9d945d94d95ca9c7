package invoices

// What is typed into the editor, as it was typed: texts, also where they are no
// numbers yet. It is filled from a draft, kept on the desk when the book is
// locked, and made into a document to be shown, saved and issued.

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/amount"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// adjust says which discount or charge the whole document has.
type adjust int

const (
	adjustNone adjust = iota
	discountPercent
	discountAmount
	chargePercent
	chargeAmount
)

// typed is everything the editor holds.
type typed struct {
	ID       store.DraftID    `cbor:"1,keyasint,omitempty"`
	Version  uint64           `cbor:"2,keyasint,omitempty"`
	Customer store.CustomerID `cbor:"3,keyasint,omitempty"`
	Buyer    invoice.Party    `cbor:"4,keyasint,omitempty"`
	Chosen   bool             `cbor:"5,keyasint,omitempty"` // there is a recipient, stored or one-off
	Search   string           `cbor:"6,keyasint,omitempty"` // typed where a recipient is looked for

	Date     string `cbor:"7,keyasint,omitempty"`
	Due      string `cbor:"8,keyasint,omitempty"`
	Supply   string `cbor:"9,keyasint,omitempty"`
	Language string `cbor:"10,keyasint,omitempty"`

	Lines []typedLine `cbor:"11,keyasint,omitempty"`
	Entry string      `cbor:"12,keyasint,omitempty"` // typed below the lines

	Adjust adjust `cbor:"13,keyasint,omitempty"`
	Value  string `cbor:"14,keyasint,omitempty"`
	Reason string `cbor:"15,keyasint,omitempty"`
	Terms  string `cbor:"16,keyasint,omitempty"`
	Note   string `cbor:"17,keyasint,omitempty"`

	// Base is what the draft holds besides: what no field of the editor shows is
	// kept as it was.
	Base invoice.Document `cbor:"18,keyasint,omitempty"`
}

// typedLine is a line. Line is what no entry shows, Tax included.
type typedLine struct {
	Line     invoice.Line `cbor:"1,keyasint,omitempty"`
	Name     string       `cbor:"2,keyasint,omitempty"`
	Quantity string       `cbor:"3,keyasint,omitempty"`
	Unit     string       `cbor:"4,keyasint,omitempty"`
	Price    string       `cbor:"5,keyasint,omitempty"`
	Discount string       `cbor:"6,keyasint,omitempty"` // per cent
}

// found is something that is missing or wrong, in words, and where. Words that do
// not say of what they speak have a name before them away from their field.
type found struct{ field, text, name string }

// reader reads and writes what is typed in one language.
type reader struct {
	w    *words.Words
	shop store.Shop
}

// number writes a number the way it can be typed again: without signs between
// thousands, with so many decimals at least, and never with exactly three, which
// could be read in two ways.
func (r reader) number(v decimal.Decimal, least int32) string {
	s := v.String()
	if _, fraction, _ := strings.Cut(s, "."); int32(len(fraction)) < least {
		s = v.StringFixed(least)
	}
	if _, fraction, _ := strings.Cut(s, "."); len(fraction) == 3 {
		s += "0"
	}
	return strings.Replace(s, ".", r.w.Labels().Decimal, 1)
}

// read reads a number; what is wrong with it is said in words.
func (r reader) read(s string) (v decimal.Decimal, wrong string) {
	v, err := amount.Parse(s)
	var two *amount.AmbiguousError
	switch {
	case err == nil, errors.Is(err, amount.ErrEmpty):
		return v, ""
	case errors.As(err, &two):
		return decimal.Zero, r.w.T("invoices.number.two", words.Data{"A": r.number(two.A, 0), "B": r.number(two.B, 0)})
	}
	return decimal.Zero, r.w.T("number.wrong")
}

// day reads a date.
func (r reader) day(s string) (d invoice.Date, wrong string) {
	if strings.TrimSpace(s) == "" {
		return d, ""
	}
	t, err := widgets.ParseDate(s)
	if err != nil {
		return d, r.w.T("date.wrong")
	}
	return invoice.DateOf(t), ""
}

// dayText writes a date as a date entry shows it.
func dayText(d invoice.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 Jan 2006")
}

// fresh is a new draft with nothing typed.
func (r reader) fresh(now time.Time) typed {
	today := invoice.DateOf(now)
	return typed{Date: dayText(today), Due: dayText(today.AddDays(r.shop.PaymentDays)), Language: r.shop.Language}
}

// from is what the editor shows of a draft.
func (r reader) from(d store.Draft) typed {
	doc := d.Doc.Clone()
	t := typed{ID: d.ID, Version: d.Version, Customer: d.Customer, Buyer: doc.Buyer,
		Chosen: !d.Customer.IsZero() || doc.Buyer != (invoice.Party{}),
		Date:   dayText(doc.Date), Due: dayText(doc.Due), Supply: dayText(doc.Supply), Language: doc.Language,
		Terms: doc.Terms, Note: doc.Note}
	if t.Language == "" {
		t.Language = r.shop.Language
	}
	for _, l := range doc.Lines {
		t.Lines = append(t.Lines, r.line(l))
	}
	if len(doc.Adjustments) > 0 && doc.Adjustments[0].Tax.Category == "" {
		a := doc.Adjustments[0]
		t.Adjust, t.Value, t.Reason = r.adjustment(a)
		if t.Reason == words.Labels(t.Language).Discount {
			t.Reason = ""
		}
		doc.Adjustments = doc.Adjustments[1:]
	}
	doc.Lines, doc.Buyer, doc.Totals = nil, invoice.Party{}, invoice.Totals{}
	t.Base = doc
	return t
}

func (r reader) digits() int32 { return invoice.Digits(r.shop.Currency) }

// line is what the editor shows of a line. One allowance in per cent is shown;
// others stay with the line as they are.
func (r reader) line(l invoice.Line) typedLine {
	t := typedLine{Line: l, Name: l.Name, Unit: l.Unit, Price: r.number(l.Price, r.digits())}
	if !l.Quantity.IsZero() {
		t.Quantity = r.number(l.Quantity, 0)
	}
	if a := l.Adjustments; len(a) > 0 && !a[0].Charge && !a[0].Percent.IsZero() {
		t.Discount = r.number(a[0].Percent, 0)
		t.Line.Adjustments = a[1:]
	}
	return t
}

func (r reader) adjustment(a invoice.Adjustment) (adjust, string, string) {
	switch {
	case a.Charge && !a.Percent.IsZero():
		return chargePercent, r.number(a.Percent, 0), a.Reason
	case a.Charge:
		return chargeAmount, r.number(a.Amount, r.digits()), a.Reason
	case !a.Percent.IsZero():
		return discountPercent, r.number(a.Percent, 0), a.Reason
	}
	return discountAmount, r.number(a.Amount, r.digits()), a.Reason
}

// document makes a document of what is typed. What cannot be read is listed and
// left out.
func (r reader) document(t typed) (invoice.Document, []found) {
	d := t.Base.Clone()
	var wrong []found
	note := func(field, text string) {
		if text != "" {
			wrong = append(wrong, found{field, text, r.name(field)})
		}
	}
	var say string
	d.Buyer, d.Language, d.Terms, d.Note = t.Buyer, t.Language, t.Terms, t.Note
	d.Date, say = r.day(t.Date)
	note("Date", say)
	d.Due, say = r.day(t.Due)
	note("Due", say)
	d.Supply, say = r.day(t.Supply)
	note("Supply", say)
	reason := words.Labels(t.Language).Discount
	d.Lines = nil
	for i, tl := range t.Lines {
		field := fmt.Sprintf("Lines[%d]", i)
		l := tl.Line
		l.Name, l.Unit = tl.Name, tl.Unit
		l.Quantity, say = r.read(tl.Quantity)
		note(field+".Quantity", say)
		l.Price, say = r.read(tl.Price)
		note(field+".Price", say)
		percent, say := r.read(tl.Discount)
		note(field+".Adjustments", say)
		if !percent.IsZero() {
			l.Adjustments = append([]invoice.Adjustment{{Percent: percent, Reason: reason}}, tl.Line.Adjustments...)
		}
		d.Lines = append(d.Lines, l)
	}
	if t.Adjust != adjustNone {
		v, say := r.read(t.Value)
		note("Adjustments[0].Amount", say)
		if !v.IsZero() {
			d.Adjustments = append([]invoice.Adjustment{t.adjustment(v, reason)}, d.Adjustments...)
		}
	}
	return d, wrong
}

// name is what a field is called away from it: "Quantity, line 2".
func (r reader) name(field string) string {
	if i, rest, ok := lineField(field); ok {
		label := map[int]string{cellQuantity: "quantity", cellPrice: "price", cellDiscount: "discount"}[cellOf(rest)]
		return r.w.T("invoices.line."+label+".n", words.Data{"N": i + 1})
	}
	return r.w.T(map[string]string{"Date": "invoices.date", "Due": "invoices.due", "Supply": "invoices.supply", "Adjustments[0].Amount": "invoices.adjust"}[field])
}

// adjustment is the document's own discount or charge. A discount needs a reason
// (EN 16931 BR-CO-21); where none is typed, the word for it stands there.
func (t typed) adjustment(v decimal.Decimal, reason string) invoice.Adjustment {
	a := invoice.Adjustment{Charge: t.Adjust == chargePercent || t.Adjust == chargeAmount, Reason: strings.TrimSpace(t.Reason)}
	if a.Reason == "" && !a.Charge {
		a.Reason = reason
	}
	if t.Adjust == discountPercent || t.Adjust == chargePercent {
		a.Percent = v
	} else {
		a.Amount = v
	}
	return a
}

// blanks are the numbers a document may do without, but a sale may not: an empty
// price would be a gift.
func (r reader) blanks(t typed) []found {
	var out []found
	for i, l := range t.Lines {
		if strings.TrimSpace(l.Price) == "" {
			p := invoice.Problem{Field: fmt.Sprintf("Lines[%d].Price", i), Rule: "missing"}
			out = append(out, said(r.w, p))
		}
	}
	if t.Adjust != adjustNone && strings.TrimSpace(t.Value) == "" {
		p := invoice.Problem{Field: "Adjustments[0].Amount", Rule: "missing"}
		out = append(out, said(r.w, p))
	}
	return out
}
