package store

// Numbers: the series that invoices are numbered in. A series has no gap and no
// number twice, and its dates never go back.

import (
	"errors"
	"fmt"
	"strconv"
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

// take gives the next number of the series that d belongs to, inside the
// transaction that issues the document.
func (s *Session) take(tx *vault.Tx, sh Shop, d invoice.Date) (string, error) {
	p, err := parsePattern(sh.NumberPattern)
	if err != nil {
		return "", invoice.Problems{{Field: "NumberPattern", Rule: "pattern"}}
	}
	id, err := s.v.Name(areaInvoices, "series "+p.series(d))
	if err != nil {
		return "", err
	}
	var at series
	_, err = readIn(tx, areaInvoices, ID(id), kindSeries, &at)
	switch {
	case errors.Is(err, ErrNotFound):
		at.Last = sh.NumberStart - 1
	case err != nil:
		return "", err
	case d.Before(at.Date):
		return "", invoice.Problems{{Field: "Date", Rule: "R-NUM-3", Args: []string{at.Date.String()}}}
	}
	at.Last++
	at.Date = d
	if at.Last > 1e9 {
		return "", invoice.Problems{{Field: "NumberPattern", Rule: "range", Args: []string{strconv.Itoa(at.Last)}}}
	}
	return p.number(d, at.Last), write(tx, areaInvoices, ID(id), kindSeries, at)
}
