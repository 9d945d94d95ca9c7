package store

// Suffixes: how numbers go on after the book went back to an earlier state. What
// was printed and is lost nobody can look up, so that numbers from then on have
// something behind them that no number had before, or begin after the last one
// that an owner says was printed.

import (
	"cmp"
	"crypto/rand"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// goneOn says how numbers go on in a book that went back.
type goneOn struct {
	Suffix string     `cbor:"1,keyasint"` // behind every number, "" in a book that never went back
	Kept   keptSeries `cbor:"2,keyasint"` // but for these
	Before []string   `cbor:"3,keyasint,omitempty"`

	// EraseDue says that those who were erased are still to be erased again. It is in
	// the book, so that no computer on which it goes on forgets it.
	EraseDue bool `cbor:"4,keyasint,omitempty"`
}

// keptSeries are the series of one pattern that go on as they were, as an owner
// knew the last number that was printed in them. Other patterns do not, nor do
// earlier years: nobody was asked about them.
type keptSeries struct {
	Pattern string `cbor:"1,keyasint,omitempty"`
	Suffix  string `cbor:"2,keyasint,omitempty"` // that they had already
	Last    spot   `cbor:"3,keyasint"`           // the number that was typed
}

// spot is where a number stands among those of a pattern.
type spot struct {
	Year  int `cbor:"1,keyasint,omitempty"` // 0 in a pattern without
	Month int `cbor:"2,keyasint,omitempty"` // 0 in a pattern without
	N     int `cbor:"3,keyasint,omitempty"`
}

func (p spot) compare(q spot) int {
	return cmp.Or(cmp.Compare(p.Year, q.Year), cmp.Compare(p.Month, q.Month), cmp.Compare(p.N, q.N))
}

// day is the first day of a spot's year or month.
func (p spot) day() invoice.Date {
	return invoice.Date{Year: p.Year, Month: time.Month(max(p.Month, 1)), Day: 1}
}

// at is the spot of the n-th number of the series that d belongs to.
func (p pattern) at(d invoice.Date, n int) spot {
	out := spot{N: n}
	if p.has("YYYY") || p.has("YY") {
		out.Year = d.Year
	}
	if p.has("MM") {
		out.Month = int(d.Month)
	}
	return out
}

// find is number the other way round. A year of two digits is the one nearest to
// today.
func (p pattern) find(number string, today invoice.Date) (spot, bool) {
	long := len(number)
	for _, part := range p {
		long -= len(part.text) + len(part.field)
	}
	if long < 1 || long > 10 {
		return spot{}, false
	}
	var out spot
	rest := number
	for _, part := range p {
		width := len(part.text) + len(part.field)
		if part.digits > 0 {
			width = long
		}
		if len(rest) < width {
			return spot{}, false
		}
		was := rest[:width]
		rest = rest[width:]
		v, err := strconv.Atoi(was)
		switch {
		case part.text != "":
			continue // compared below
		case err != nil:
			return spot{}, false
		case part.digits > 0:
			out.N = v
		case part.field == "YYYY":
			out.Year = v
		case part.field == "MM":
			out.Month = v
		case !p.has("YYYY"):
			out.Year = nearest(v, today.Year)
		}
	}
	if out.N < 1 || out.N > 1e9 || p.has("MM") && (out.Month < 1 || out.Month > 12) || p.number(out.day(), out.N) != number {
		return spot{}, false
	}
	return out, true
}

// nearest is the year that ends in two digits and is nearest to another.
func nearest(digits, year int) int {
	y := year - year%100 + digits
	switch {
	case y > year+50:
		return y - 100
	case y < year-49:
		return y + 100
	}
	return y
}

// suffix is what numbers of a pattern have behind them on a day.
func (g goneOn) suffix(text string, p pattern, d invoice.Date) string {
	from := g.Kept.Last
	from.N = 0
	if g.Kept.Pattern == text && p.at(d, 0).compare(from) >= 0 {
		return g.Kept.Suffix
	}
	return g.Suffix
}

// behind puts a suffix behind a number or the name of a series.
func behind(text, suffix string) string {
	if suffix == "" {
		return text
	}
	return text + "-" + suffix
}

const goneOnName = "numbers"

// goneOn reads how numbers go on; zero for a book that never went back.
func (s *Session) goneOn(get func(vault.Area, vault.ID) ([]byte, uint64, error)) (goneOn, ID, error) {
	id, err := s.v.Name(areaInvoices, goneOnName)
	if err != nil {
		return goneOn{}, ID{}, err
	}
	id[0] |= paperBit // it is none of the records that lists are made of
	var g goneOn
	plain, _, err := get(areaInvoices, id)
	if errors.Is(err, vault.ErrNotFound) {
		return g, ID(id), nil
	}
	if err == nil {
		err = decode(plain, kindGoneOn, &g)
	}
	if errors.Is(err, errOtherKind) {
		err = &DamagedError{Where: "series"}
	}
	return g, ID(id), err
}

// suffixLetters have no vowel, so that no word comes out, and nothing that is
// taken for something else in print.
const suffixLetters = "BCDFGHJKMNPQRTVWXYZ2346789"

// suffixLength makes two of a hundred ways on from one backup meet once in a
// thousand shops.
const suffixLength = 5

// newSuffix returns a suffix that the book has never had.
func newSuffix(g goneOn) string {
	for {
		out := make([]byte, 0, suffixLength)
		for len(out) < suffixLength {
			var b [1]byte
			rand.Read(b[:])
			if n := int(b[0]); n < 256-256%len(suffixLetters) { // each letter as likely as any other
				out = append(out, suffixLetters[n%len(suffixLetters)])
			}
		}
		if s := string(out); s != g.Suffix && !slices.Contains(g.Before, s) {
			return s
		}
	}
}

// cutSuffix is behind the other way round.
func cutSuffix(text, suffix string) (string, bool) {
	if suffix == "" {
		return text, true
	}
	return strings.CutSuffix(text, "-"+suffix)
}
