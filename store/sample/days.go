package sample

// The last days, hour by hour, as the staff lived them: everything is done by
// somebody who is signed in, and stands in the log.

import (
	"errors"
	"slices"
	"time"

	"counterbook/store"
)

// Most things of a kind in the last days that somebody does one by one. In a
// large shop the rest is imported.
const (
	mostArrivals = 12
	mostJottings = 60
)

// act is something that somebody does at a time.
type act struct {
	at  time.Time
	who int
	do  func(*store.Session) error
}

// lastDays does what was done in the last days.
func (m *maker) lastDays() error {
	acts := slices.Concat(m.visits(), m.arrivals(), m.jottings(), m.business(), m.drafts())
	step := min(time.Minute, m.clock.end.Sub(m.day(0, 0))/time.Duration(len(acts)+1))
	for i := range acts {
		if acts[i].at.After(m.clock.end) { // the day is young: it was done just now
			acts[i].at = m.clock.end.Add(-time.Duration(len(acts)-i) * step)
		}
	}
	slices.SortStableFunc(acts, func(a, b act) int { return a.at.Compare(b.at) })
	day := time.Time{}
	for _, a := range acts {
		if a.at.YearDay() != day.YearDay() {
			m.signOut()
			day = a.at
		}
		if err := m.ctx.Err(); err != nil {
			return err
		}
		m.clock.to(a.at)
		s, err := m.as(a.who)
		if err == nil {
			err = a.do(s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// day is a minute of the day so many days ago.
func (m *maker) day(ago, minute int) time.Time {
	return open(m.clock.end.AddDate(0, 0, -ago), m.clock.end.Location(), minute)
}

// visits are sign-ins, and looks at what is masked.
func (m *maker) visits() (out []act) {
	nothing := func(*store.Session) error { return nil }
	with := func(name string, do func(*store.Customers, store.CustomerID) error) func(*store.Session) error {
		return func(s *store.Session) error {
			cs, err := s.Customers()
			i := find(m.customers, name)
			if err != nil || i < 0 {
				return err
			}
			return do(cs, m.customers[i].ID)
		}
	}
	shown := func(name, field string) func(*store.Session) error {
		return with(name, func(cs *store.Customers, id store.CustomerID) error {
			_, err := cs.Reveal(id, field)
			return err
		})
	}
	sure := with("Giulia Conti", func(cs *store.Customers, id store.CustomerID) error {
		_, err := cs.Check(id, []string{"Phone", "Email", "Address"}, store.Confirmed)
		return err
	})
	for ago := range lastDays {
		out = append(out, act{m.day(ago, 8*60+52+ago%7), []int{jonas, lena}[ago%2], nothing})
		if ago%3 == 0 {
			out = append(out, act{m.day(ago, 9*60+5), marta, nothing})
		}
	}
	return append(out,
		act{m.day(9, 7*60+40), pia, nothing}, act{m.day(2, 7*60+35), pia, nothing}, act{m.day(6, 19*60+10), ferri, nothing},
		act{m.day(5, 11*60+15), jonas, shown("Maria Esposito", "Phone")}, act{m.day(8, 14*60+2), lena, shown("Jürgen Weiß", "Email")},
		act{m.day(1, 16*60+44), jonas, shown("Giulia Conti", "Phone")}, act{m.day(1, 16*60+46), jonas, sure})
}

// arrivals are the customers who came first in these days.
func (m *maker) arrivals() (out []act) {
	for i := m.inBook; i < min(len(m.customers), m.inBook+mostArrivals); i++ {
		out = append(out, act{m.customers[i].Created, []int{jonas, lena}[i%2], func(s *store.Session) error {
			cs, err := s.Customers()
			if err != nil {
				return err
			}
			c := m.customers[i]
			near, err := cs.Near(c)
			if err != nil {
				return err
			}
			for _, n := range near { // nobody here is made up twice
				c.NotSame = append(c.NotSame, n.Row.ID)
			}
			m.customers[i], err = cs.Save(c)
			m.inBook = i + 1
			return err
		}})
	}
	return out
}

// jottings are the first notes of these days, for as long as they are on
// somebody who is in the book by then.
func (m *maker) jottings() (out []act) {
	for i := m.noted; i < min(len(m.notes), m.noted+mostJottings); i++ {
		n := m.notes[i]
		if n.customer >= m.inBook+mostArrivals {
			break
		}
		out = append(out, act{n.at, []int{marta, jonas}[i%2], func(s *store.Session) error {
			ns, err := s.Notes()
			if err != nil {
				return err
			}
			v, err := ns.Save(n.of(m.customers[n.customer].ID))
			if err == nil && i%9 == 4 && !isRegular(m.customers[n.customer]) {
				v.Text += " Done."
				_, err = ns.Save(v)
			}
			m.noted = i + 1
			return err
		}})
	}
	return out
}

// business is what was sold: a draft that is issued and leaves the book.
func (m *maker) business() (out []act) {
	ways := []store.Handover{store.InvoicePrinted, store.InvoicePrinted, store.InvoiceSaved, store.InvoiceOpened}
	for i, o := range orders {
		if o.days >= lastDays {
			continue
		}
		sl, ok := o.sale(m.customers, m.clock.end, 10*60+5+29*i%400)
		if !ok {
			continue
		}
		out = append(out, act{sl.at, []int{jonas, lena, marta}[i%3], func(s *store.Session) error {
			id, err := m.saveDraft(s, sl)
			if err != nil {
				return err
			}
			is, err := s.Invoices()
			if err != nil {
				return err
			}
			if _, err := is.Issue(m.ctx, id); err != nil {
				return err
			}
			return is.Handed(id, ways[i%len(ways)])
		}})
	}
	return out
}

// drafts are what is not finished yet.
func (m *maker) drafts() (out []act) {
	for i, o := range unfinished {
		minute := 15*60 + 20*i
		if o.days == 0 {
			minute = 24*60 - 1 // the last thing today
		}
		sl, ok := o.sale(m.customers, m.clock.end, minute)
		if !ok {
			continue
		}
		out = append(out, act{sl.at, []int{lena, jonas, marta, jonas, jonas}[i], func(s *store.Session) error {
			_, err := m.saveDraft(s, sl)
			return err
		}})
	}
	return out
}

func (m *maker) saveDraft(s *store.Session, sl sale) (store.DraftID, error) {
	ds, err := s.Drafts()
	if err != nil {
		return store.DraftID{}, err
	}
	if sl.customer >= 0 {
		if sl.Customer = m.customers[sl.customer].ID; sl.Customer.IsZero() {
			return store.DraftID{}, errors.New("sample: sold to somebody who has not come yet")
		}
	}
	d, err := ds.Save(sl.Draft)
	return d.ID, err
}
