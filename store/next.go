package store

// Looking ahead: which number a pattern would give next.

import (
	"errors"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// Next says which number an invoice of that date would get now. invoice.Problems
// say why it would get none.
func (is *Invoices) Next(d invoice.Date) (string, error) {
	sh, err := is.s.shop()
	if err != nil {
		return "", err
	}
	_, all, at, _, err := is.standing(sh.NumberPattern, d)
	if err == nil {
		err = errors.Join(is.s.stands(all, invoice.DateOf(is.s.o.Now())), at.takes(d))
	}
	if err != nil {
		return "", err
	}
	return is.NextAs(sh.NumberPattern, sh.NumberStart, d)
}

// standing reads where all invoices stand, and the series of a date in a pattern,
// with what its numbers have behind them.
func (is *Invoices) standing(patternText string, d invoice.Date) (p pattern, all, at series, suffix string, err error) {
	s := is.s
	if err := s.need(ReadInvoices); err != nil {
		return nil, all, at, "", err
	}
	if p, err = parsePattern(patternText); err != nil {
		return nil, all, at, "", invoice.Problems{{Field: "NumberPattern", Rule: "pattern"}}
	}
	g, _, err := s.goneOn(s.v.Get)
	if err != nil {
		return nil, all, at, "", explain(err)
	}
	suffix = g.suffix(patternText, p, d)
	if all, _, err = s.series(s.v.Get, firstOfAll); err == nil {
		at, _, err = s.series(s.v.Get, behind(p.series(d), suffix))
	}
	return p, all, at, suffix, explain(err)
}

// NextAs says which number an invoice of that date would get if the shop numbered
// its invoices by another pattern and start. invoice.Problems say why it would
// get none.
func (is *Invoices) NextAs(patternText string, start int, d invoice.Date) (string, error) {
	s := is.s
	p, all, at, suffix, err := is.standing(patternText, d)
	if err != nil {
		return "", err
	}
	number := behind(p.number(d, at.after(all, Shop{NumberStart: start}, d).Last), suffix)
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
