package store

// Going on: what an owner decides about a book that went back to an earlier
// state, or another way, before anything is written to it again.

import (
	"errors"
	"time"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// WayOn says how numbers may go on in a book that went back.
type WayOn struct {
	Suffix  string // behind every number, if so chosen
	First   string // the next number then
	Last    string // the last one the book has of the present pattern, "" for none
	Example string // what a number of the present pattern looks like
}

// GoOn is an owner's choice.
type GoOn struct {
	// LastPrinted is the last number that was printed: of the shop's present
	// pattern the highest of the latest year or month. Numbers then go on after it.
	// Empty puts a suffix behind every number from now on.
	LastPrinted string
}

// Standing says that the book went back or another way since this computer saw it
// last: OlderError, ErrForked or ErrRestored, nil otherwise. Until an owner says
// how to go on (Session.GoOn), only owners sign in, and nothing is written.
func (b *Book) Standing() error { return explain(b.file.Standing()) }

// WayOn needs an owner and a book with a Standing.
func (s *Session) WayOn() (WayOn, error) {
	w, err := s.wayOn()
	if err != nil {
		return WayOn{}, explain(err)
	}
	g := goneOn{Suffix: s.fresh(w.was)}
	out := WayOn{Suffix: g.Suffix, Example: w.show(w.p.at(w.today, 1))}
	if w.last != (spot{}) {
		out.Last = w.show(w.last)
	}
	out.First, err = s.nextIn(w, g)
	return out, explain(err)
}

// NextAfter says which number today's invoice would get after a last printed
// number, which it checks as GoOn does.
func (s *Session) NextAfter(last string) (string, error) {
	w, err := s.wayOn()
	if err != nil {
		return "", explain(err)
	}
	g, err := w.after(last)
	if err != nil {
		return "", err
	}
	g.Suffix = s.fresh(w.was)
	next, err := s.nextIn(w, g)
	return next, explain(err)
}

// GoOn takes the book as it is for the one that counts: changes that it lacks
// are given up, and no number that was printed is given again. It needs an owner
// who gave the secret just now. EraseAgain is to follow.
// invoice.Problems say what is wrong with the last printed number.
func (s *Session) GoOn(choice GoOn) error {
	if s.preview != nil {
		return ErrPreview
	}
	if err := s.needStepUp(); err != nil {
		return err
	}
	w, err := s.wayOn()
	if err != nil {
		return explain(err)
	}
	g := goneOn{}
	if choice.LastPrinted != "" {
		if g, err = w.after(choice.LastPrinted); err != nil {
			return err
		}
	}
	g.Suffix = s.fresh(w.was)
	if w.was.Suffix != "" {
		g.Before = append(w.was.Before, w.was.Suffix)
	}
	e := Event{Kind: WentBack}
	var older *OlderError
	if errors.As(s.book.Standing(), &older) {
		e.Count = int(older.Missing)
	}
	b, err := s.encodeEvent(e)
	if err != nil {
		return err
	}
	g.EraseDue = true
	err = explain(s.v.GoOn(func(tx *vault.Tx) error {
		tx.Event(b)
		return s.goOn(tx, w, g)
	}))
	if err != nil {
		return err
	}
	s.gate.Lock()
	enter := s.enter
	s.suffix, s.enter = "", nil
	s.gate.Unlock()
	if enter != nil {
		return enter()
	}
	return nil
}

// goOn writes how numbers go on.
func (s *Session) goOn(tx *vault.Tx, w way, g goneOn) error {
	_, id, err := s.goneOn(tx.Get)
	if err != nil {
		return err
	}
	if err := write(tx, areaInvoices, id, kindGoneOn, g); err != nil {
		return err
	}
	all, allID, err := s.series(tx.Get, firstOfAll)
	if err != nil {
		return err
	}
	// What is lost was dated until today; later invoices are not dated before it.
	if all.Date.Before(w.today) {
		all.Date = w.today
	}
	if err := write(tx, areaInvoices, allID, kindSeries, all); err != nil || g.Kept.Pattern == "" {
		return err
	}
	at, atID, err := s.series(tx.Get, w.seriesOf(g.Kept.Last))
	if err != nil {
		return err
	}
	at.Last = g.Kept.Last.N
	if d := w.until(g.Kept.Last); at.Date.Before(d) {
		at.Date = d
	}
	return write(tx, areaInvoices, atID, kindSeries, at)
}

// way is what is known of a book's numbers before it goes on.
type way struct {
	sh    Shop
	p     pattern
	form  string // suffix that numbers of the present pattern have
	was   goneOn
	last  spot // of the highest number the book has in this form
	today invoice.Date
}

func (s *Session) wayOn() (w way, err error) {
	l, err := decodeLabel(s.v.Label())
	switch {
	case err != nil:
		return w, err
	case l.Role != Owner:
		return w, &NoRightError{}
	case s.book.Standing() == nil:
		return w, ErrNotGoneBack
	}
	w.today = invoice.DateOf(s.o.Now())
	if w.sh, err = s.storedShop(); err != nil {
		return w, err
	}
	if w.p, err = parsePattern(w.sh.NumberPattern); err != nil {
		return w, &DamagedError{Where: "shop"}
	}
	if w.was, _, err = s.goneOn(s.v.Get); err != nil {
		return w, err
	}
	w.form = w.was.Suffix
	if w.was.Kept.Pattern == w.sh.NumberPattern {
		w.form, w.last = w.was.Kept.Suffix, w.was.Kept.Last
	}
	err = all(s, areaInvoices, kindInvoice, func(_ ID, inv Invoice, _ uint64) {
		if at, ok := w.find(inv.Doc.Number); ok && at.compare(w.last) > 0 {
			w.last = at
		}
	})
	return w, err
}

// show is the number at a place, in the present form.
func (w way) show(at spot) string { return behind(w.p.number(at.day(), at.N), w.form) }

func (w way) seriesOf(at spot) string { return behind(w.p.series(at.day()), w.form) }

// find is the place of a number of the present form.
func (w way) find(number string) (spot, bool) {
	bare, ok := cutSuffix(number, w.form)
	if !ok {
		return spot{}, false
	}
	return w.p.find(bare, w.today)
}

// after is how numbers go on after a last printed one.
func (w way) after(last string) (goneOn, error) {
	trim(&last)
	at, ok := w.find(last)
	switch {
	case last == "":
		return goneOn{}, invoice.Problems{{Field: "LastPrinted", Rule: "missing"}}
	case !ok:
		return goneOn{}, invoice.Problems{{Field: "LastPrinted", Rule: "number form", Args: []string{w.show(w.p.at(w.today, 1))}}}
	case at.compare(w.last) < 0:
		return goneOn{}, invoice.Problems{{Field: "LastPrinted", Rule: "number lower", Args: []string{w.show(w.last)}}}
	}
	return goneOn{Kept: keptSeries{Pattern: w.sh.NumberPattern, Suffix: w.form, Last: at}}, nil
}

// until is the last day on which a number at a place can have been given: it
// keeps the dates of the series in order.
func (w way) until(at spot) invoice.Date {
	end := w.today
	switch {
	case at.Month > 0:
		end = invoice.DateOf(invoice.Date{Year: at.Year, Month: time.Month(at.Month) + 1}.Time()) // its day 0 is the last one of the month
	case at.Year > 0:
		end = invoice.Date{Year: at.Year, Month: 12, Day: 31}
	}
	if w.today.Before(end) {
		end = w.today
	}
	if at.Year > 0 && end.Before(at.day()) { // printed by a clock that ran ahead
		end = at.day()
	}
	return end
}

// fresh is the suffix of this session's going on: what was shown is what comes.
func (s *Session) fresh(was goneOn) string {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.suffix == "" {
		s.suffix = newSuffix(was)
	}
	return s.suffix
}

// nextIn is the number that an invoice of today would get.
func (s *Session) nextIn(w way, g goneOn) (string, error) {
	suffix := g.suffix(w.sh.NumberPattern, w.p, w.today)
	name := behind(w.p.series(w.today), suffix)
	all, _, err := s.series(s.v.Get, firstOfAll)
	if err != nil {
		return "", err
	}
	at, _, err := s.series(s.v.Get, name)
	if err != nil {
		return "", err
	}
	if g.Kept.Pattern != "" && w.seriesOf(g.Kept.Last) == name {
		at.Last = g.Kept.Last.N
	}
	return behind(w.p.number(w.today, at.after(all, w.sh, w.today).Last), suffix), nil
}
