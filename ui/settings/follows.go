// What follows from what is typed: the page beside it, the next number, and the
// sentences under the fields.

package settings

import (
	"strconv"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/shopform"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// lines are those of the made-up invoice: the shop's own first items where it
// has some.
func (s *settings) lines() []invoice.Line {
	b, err := s.e.Session.Items()
	if err != nil {
		return nil
	}
	list, _ := b.List("")
	var lines []invoice.Line
	for i, item := range list[:min(3, len(list))] {
		l := item.Line()
		l.Quantity = decimal.NewFromInt(int64(i + 1))
		lines = append(lines, l)
	}
	return lines
}

// next is the number an invoice of today would get, "" for none.
func (s *settings) next(pattern string, start int) (string, error) {
	b, err := s.e.Session.Invoices()
	if err != nil {
		return "", err
	}
	return b.NextAs(pattern, start, s.today())
}

func (s *settings) today() invoice.Date { return invoice.DateOf(s.e.Now().Local()) }

// follows says what follows from what is typed: the next number, the sentence
// that asks for the money, and the rates of the country.
func (s *settings) follows() {
	sh := s.shop()
	f := s.field("NumberPattern")
	f.Hint(s.w.T("settings.hint.NumberPattern"))
	switch n, err := s.next(sh.NumberPattern, sh.NumberStart); {
	case err == nil:
		f.SetProblem("")
		f.Hint(s.w.T("settings.example", words.Data{"Number": n}))
	default:
		if wrong, ok := problems(err); ok {
			f.SetProblem(s.w.Problem(wrong[0]))
		}
	}
	shopform.NamePatterns(f.Control.(*widgets.Presets), s.w, sh.NumberStart, s.numbered, func(pattern string, start int) string {
		if n, err := s.next(pattern, start); err == nil {
			return n
		}
		n, _ := store.NextNumber(pattern, s.today(), start) // one that was given already
		return n
	})
	s.field("PaymentDays").Hint(s.w.T("settings.sentence", words.Data{"Text": shopform.Sentence(sh, s.today())}))
	s.rates.offer()
	s.showLogoWidth()
}

// patternChanged lets plain numbers start where they look like numbers.
func (s *settings) patternChanged() {
	start := s.controlOf("NumberStart")
	if n, err := strconv.Atoi(start.value()); err == nil && !s.controlOf("NumberPattern").object.(*widgets.Presets).Own() {
		if m := shopform.StartOf(s.controlOf("NumberPattern").value(), n, s.numbered); m != n {
			start.set(strconv.Itoa(m))
		}
	}
	s.changed()
}
