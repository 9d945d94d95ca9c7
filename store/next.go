package store

// Looking ahead: which number a pattern would give next.

import (
	"errors"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// NextAs says which number an invoice of that date would get if the shop numbered
// its invoices by another pattern and start. invoice.Problems say why it would
// get none.
func (is *Invoices) NextAs(patternText string, start int, d invoice.Date) (string, error) {
	s := is.s
	if err := s.need(ReadInvoices); err != nil {
		return "", err
	}
	p, err := parsePattern(patternText)
	if err != nil {
		return "", invoice.Problems{{Field: "NumberPattern", Rule: "pattern"}}
	}
	all, _, err := s.series(s.v.Get, firstOfAll)
	if err != nil {
		return "", explain(err)
	}
	at, _, err := s.series(s.v.Get, p.series(d))
	if err != nil {
		return "", explain(err)
	}
	number := p.number(d, at.after(all, Shop{NumberStart: start}, d).Last)
	noted, err := s.v.Name(areaInvoices, "number "+number)
	if err != nil {
		return "", explain(err)
	}
	noted[0] |= paperBit
	switch _, _, err := s.v.Get(areaInvoices, noted); {
	case err == nil:
		return "", invoice.Problems{{Field: "NumberPattern", Rule: "number taken", Args: []string{number}}}
	case !errors.Is(err, vault.ErrNotFound):
		return "", explain(err)
	}
	return number, nil
}
