package sample

// The years of the book until the last days, a quarter at a time: what was taken
// over from the cards, who came to work here, and what was sold.

import (
	"time"

	"counterbook/store"
)

// firstGoods is how many goods the shop began with; two more come each quarter.
const firstGoods = 18

// firstDay fills the book with what the shop had on cards.
func (m *maker) firstDay() error {
	s, err := m.as(marta)
	if err != nil {
		return err
	}
	m.clock.to(m.clock.at.Add(20 * time.Minute))
	if err := Hire(s, hired(jonas), hired(lena)); err != nil {
		return err
	}
	if err := m.stock(s, goods[:firstGoods]); err != nil {
		return err
	}
	return m.upTo(m.clock.at, marta)
}

func (m *maker) stock(s *store.Session, list []store.Item) error {
	is, err := s.Items()
	if err != nil {
		return err
	}
	for _, i := range list {
		m.clock.to(m.clock.at.Add(2 * time.Minute))
		if _, err := is.Save(i); err != nil {
			return err
		}
	}
	return nil
}

// quarter is one of the quarters: Marta and Jonas take turns at the book.
func (m *maker) quarter(n int, until time.Time) error {
	who := []int{marta, jonas}[n%2]
	if n == 2 || n == 4 { // somebody new
		s, err := m.as(marta)
		if err != nil {
			return err
		}
		if err := Hire(s, hired(map[int]int{2: pia, 4: ferri}[n])); err != nil {
			return err
		}
	}
	if more := goods[firstGoods:]; n > 0 && 2*n <= len(more) {
		s, err := m.as(marta)
		if err != nil {
			return err
		}
		if err := m.stock(s, more[2*n-2:2*n]); err != nil {
			return err
		}
	}
	if err := m.sell(until, who); err != nil {
		return err
	}
	m.clock.to(until)
	if err := m.upTo(until, who); err != nil {
		return err
	}
	m.signOut()
	return nil
}

// upTo puts into the book who came and what was noted until a moment.
func (m *maker) upTo(until time.Time, who int) error {
	if m.inBook == len(m.customers) && m.noted == len(m.notes) {
		return nil
	}
	s, err := m.as(who)
	if err != nil {
		return err
	}
	cs, err := s.Customers()
	if err != nil {
		return err
	}
	from, to := m.inBook, m.inBook
	for to < len(m.customers) && !m.customers[to].Created.After(until) {
		to++
	}
	if from < to {
		err := cs.Import(m.ctx, m.customers[from:to], func(done int) { m.tell(from+done, m.noted) })
		if err != nil {
			return err
		}
		m.inBook = to
	}
	ns, err := s.Notes()
	if err != nil {
		return err
	}
	var list []store.Note
	first := m.noted
	for ; m.noted < len(m.notes) && !m.notes[m.noted].at.After(until); m.noted++ {
		n := m.notes[m.noted]
		if m.customers[n.customer].ID.IsZero() {
			break
		}
		v := n.of(m.customers[n.customer].ID)
		v.Created = n.at.UTC()
		list = append(list, v)
	}
	if len(list) == 0 {
		return nil
	}
	return ns.Import(m.ctx, list, func(done int) { m.tell(m.inBook, first+done) })
}

// tell tells how far the making is. An invoice takes about as long as fifty
// records.
func (m *maker) tell(customers, notes int) {
	all := len(m.customers) + len(m.notes) + 50*len(m.sales)
	m.progress(float64(customers+notes+50*m.issued) / float64(all))
}

// sell issues what was sold until a moment.
func (m *maker) sell(until time.Time, who int) error {
	s, err := m.as(who)
	if err != nil {
		return err
	}
	is, err := s.Invoices()
	if err != nil {
		return err
	}
	var list []store.Draft
	m.clock.ahead = nil
	first := m.issued
	for _, sl := range m.sales[first:] {
		if sl.at.After(until) {
			break
		}
		if sl.customer >= 0 {
			sl.Customer = m.customers[sl.customer].ID
		}
		list = append(list, sl.Draft)
		m.clock.ahead = append(m.clock.ahead, sl.at)
	}
	if len(list) == 0 {
		return nil
	}
	m.clock.next()
	_, err = is.IssueAll(m.ctx, list, func(done int) {
		m.issued = first + done
		m.tell(m.inBook, m.noted)
	})
	return err
}
