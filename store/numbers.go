package store

// Numbers: the series that invoices are numbered in. A series has no gap and no
// number twice, and its dates never go back.

import (
	"errors"
	"fmt"
	"strings"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// errPattern says that a number pattern cannot be used.
var errPattern = errors.New("store: number pattern")

// pattern is a number pattern such as "{YYYY}-{####}" or "AR{YY}{MM}/{###}",
// cut into its parts. A pattern with a year or a month starts again at each.
type pattern []patternPart

type patternPart struct {
	text   string // as it is
	field  string // "YYYY", "YY" or "MM"
	digits int    // of the running number
}

func parsePattern(p string) (pattern, error) {
	var out pattern
	numbers := 0
	for p != "" {
		text, rest, ok := strings.Cut(p, "{")
		if strings.Contains(text, "}") {
			return nil, errPattern
		}
		if text != "" {
			out = append(out, patternPart{text: text})
		}
		if !ok {
			break
		}
		field, after, ok := strings.Cut(rest, "}")
		switch {
		case !ok:
			return nil, errPattern
		case field == "YYYY" || field == "YY" || field == "MM":
			out = append(out, patternPart{field: field})
		case field != "" && len(field) <= 9 && strings.Trim(field, "#") == "":
			out = append(out, patternPart{digits: len(field)})
			numbers++
		default:
			return nil, errPattern
		}
		p = after
	}
	month, year := out.has("MM"), out.has("YYYY") || out.has("YY")
	if numbers != 1 || month && !year || len(out.series(invoice.Date{Year: 2000, Month: 1, Day: 1})) > 30 {
		return nil, errPattern
	}
	return out, nil
}

func (p pattern) has(field string) bool {
	for _, part := range p {
		if part.field == field {
			return true
		}
	}
	return false
}

// number is the n-th number of the series a date belongs to.
func (p pattern) number(d invoice.Date, n int) string {
	var b strings.Builder
	for _, part := range p {
		switch {
		case part.digits > 0:
			fmt.Fprintf(&b, "%0*d", part.digits, n)
		case part.field == "YYYY":
			fmt.Fprintf(&b, "%04d", d.Year)
		case part.field == "YY":
			fmt.Fprintf(&b, "%02d", d.Year%100)
		case part.field == "MM":
			fmt.Fprintf(&b, "%02d", int(d.Month))
		default:
			b.WriteString(part.text)
		}
	}
	return b.String()
}

// series names the series: the number with its running part left open.
func (p pattern) series(d invoice.Date) string {
	var b strings.Builder
	for _, part := range p {
		if part.digits > 0 {
			b.WriteString("{#}")
			continue
		}
		b.WriteString(pattern{part}.number(d, 0))
	}
	return b.String()
}

// NextNumber shows which number a pattern gives first, or false if the pattern
// cannot be used.
func NextNumber(p string, d invoice.Date, n int) (string, bool) {
	parsed, err := parsePattern(p)
	if err != nil {
		return "", false
	}
	return parsed.number(d, n), true
}

// series is where a series stands.
type series struct {
	Last int          `cbor:"1,keyasint"`
	Date invoice.Date `cbor:"2,keyasint"` // of the last document
}

// firstOfAll is the series record that counts all invoices of a book, and holds
// the latest date among them.
const firstOfAll = "series"

// clock refuses to issue on a day before one on which something was issued: the
// computer's clock stands wrong, and a new year's series would begin in the old
// year. Whether the clock runs ahead nobody can tell, so that an owner can say
// that it did: TrustClock.
func (s *Session) clock(tx *vault.Tx, today invoice.Date) error {
	all, _, err := s.series(tx.Get, firstOfAll)
	if err != nil {
		return err
	}
	return s.stands(all, today)
}

// stands returns what is wrong with a day that is said to be today, and lets
// ClockBack know.
func (s *Session) stands(all series, today invoice.Date) error {
	if !today.Before(all.Date) {
		return nil
	}
	if s.setsBack() {
		s.gate.Lock()
		s.ahead = all.Date
		s.gate.Unlock()
	}
	return invoice.Problems{{Field: "Date", Rule: "R-CLOCK", Args: []string{today.String(), all.Date.String()}}}
}

// setsBack reports whether invoices go on from today when this profile says that
// the clock is right: only for owners, as it undoes what guards everybody.
func (s *Session) setsBack() bool {
	l, err := s.label()
	return err == nil && l.Role == Owner && s.Can(IssueInvoices)
}

// setBack lets invoices go on from today although one was dated later. Each series
// still keeps its own order, and the number of all invoices stays.
func (s *Session) setBack(tx *vault.Tx, today invoice.Date) error {
	all, id, err := s.series(tx.Get, firstOfAll)
	if err != nil || !today.Before(all.Date) {
		return err
	}
	all.Date = today
	return write(tx, areaInvoices, id, kindSeries, all)
}

// takes returns what is wrong with the date of a series' next document.
func (at series) takes(d invoice.Date) error {
	if d.Before(at.Date) {
		return invoice.Problems{{Field: "Date", Rule: "R-NUM-3", Args: []string{at.Date.String()}}}
	}
	return nil
}

// take gives the next number of the series that d belongs to, inside the
// transaction that issues the invoice. The start number of the shop is that of
// the first invoice of all; later series begin at 1. place counts all invoices of
// the book.
func (s *Session) take(tx *vault.Tx, sh Shop, d invoice.Date, id InvoiceID) (number string, place int, err error) {
	p, err := parsePattern(sh.NumberPattern)
	if err != nil {
		return "", 0, invoice.Problems{{Field: "NumberPattern", Rule: "pattern"}}
	}
	all, allID, err := s.series(tx.Get, firstOfAll)
	if err != nil {
		return "", 0, err
	}
	g, _, err := s.goneOn(tx.Get)
	if err != nil {
		return "", 0, err
	}
	suffix := g.suffix(sh.NumberPattern, p, d)
	at, atID, err := s.series(tx.Get, behind(p.series(d), suffix))
	if err != nil {
		return "", 0, err
	}
	if err := at.takes(d); err != nil {
		return "", 0, err
	}
	at = at.after(all, sh, d)
	if at.Last > 1e9 {
		return "", 0, invoice.Problems{{Field: "NumberPattern", Rule: "range", Args: []string{"1", "1000000000"}}}
	}
	all.Last++
	if all.Date.Before(d) {
		all.Date = d
	}
	number = behind(p.number(d, at.Last), suffix)
	if err := s.never(tx, number, id); err != nil {
		return "", 0, err
	}
	return number, all.Last, errors.Join(write(tx, areaInvoices, atID, kindSeries, at), write(tx, areaInvoices, allID, kindSeries, all))
}

// after is where a series stands once the next number was taken.
func (at series) after(all series, sh Shop, d invoice.Date) series {
	if all.Last == 0 {
		at.Last = max(at.Last, sh.NumberStart-1) // more than none where an owner said what was printed
	}
	return series{Last: at.Last + 1, Date: d}
}

// series reads where a series stands; one that has no number yet is at zero.
func (s *Session) series(get func(vault.Area, vault.ID) ([]byte, uint64, error), name string) (series, ID, error) {
	id, err := s.v.Name(areaInvoices, "series "+name)
	if err != nil {
		return series{}, ID{}, err
	}
	var at series
	plain, _, err := get(areaInvoices, id)
	if errors.Is(err, vault.ErrNotFound) {
		return at, ID(id), nil
	}
	if err == nil {
		err = decode(plain, kindSeries, &at)
	}
	if errors.Is(err, errOtherKind) {
		err = &DamagedError{Where: "series"}
	}
	return at, ID(id), err
}

// never refuses a number that was given before, which a changed pattern may come
// to again, and notes this one.
func (s *Session) never(tx *vault.Tx, number string, id InvoiceID) error {
	noted, err := s.v.Name(areaInvoices, "number "+number)
	if err != nil {
		return err
	}
	noted[0] |= paperBit
	switch _, _, err := tx.Get(areaInvoices, noted); {
	case err == nil:
		return invoice.Problems{{Field: "NumberPattern", Rule: "number taken", Args: []string{number}}}
	case !errors.Is(err, vault.ErrNotFound):
		return err
	}
	return write(tx, areaInvoices, ID(noted), kindNumber, id)
}
