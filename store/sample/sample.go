// Package sample makes a made-up shop to look around in: a framer's in Vienna,
// with the customers, notes and invoices of two years. Everything in it is
// invented; no name, number or address is that of a real person.
//
// The shop is drawn from a fixed seed: at the same time and of the same size it
// is always the same one. While it is made, the book's clock walks from its
// first day to the present, so that the log tells of those years.
package sample

import (
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
)

// Sizes of a shop, in customers.
const (
	Usual = 200
	Most  = 200_000
)

// ErrSize says that there is no shop of that size.
var ErrSize = errors.New("sample: a shop has 1 to 200000 customers")

const (
	monthsOfBook = 25 // since the book was begun
	lastDays     = 14 // told hour by hour

	mostInvoices = 2000 // each has its pages set and drawn
)

// light is the cost of key derivation: the least a book is opened with. The
// passphrases are published, so that a higher one would keep nobody out.
var light = store.KDF{Memory: 19 << 10, Time: 1, Threads: 1}

// Create makes a shop of that many customers at path, where no file may be, and
// leaves the book locked. The clock of o says when "today" is. Progress, which
// may be nil, is told which part of the work is done, from 0 to 1. When ctx ends
// or something fails no file is left.
func Create(ctx context.Context, path string, customers int, o *store.Options, progress func(done float64)) (*store.Book, error) {
	if customers < 1 || customers > Most {
		return nil, ErrSize
	}
	m, err := begin(ctx, path, customers, o, progress)
	if err != nil {
		return nil, err
	}
	err = m.run()
	m.signOut()
	err = errors.Join(err, m.book.Close())
	if err == nil {
		err = store.Compact(path) // it was written in many pieces
	}
	if err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	return store.Open(path, o)
}

// maker is a shop being made.
type maker struct {
	ctx      context.Context
	book     *store.Book
	clock    *clock
	sessions map[int]*store.Session // of the team

	customers []store.Customer // as drawn; with their ID once they are in the book
	notes     []note
	sales     []sale
	inBook    int // of customers
	noted     int // of notes
	issued    int // of sales

	progress func(float64)
}

// begin makes the book with its owner and draws the shop.
func begin(ctx context.Context, path string, n int, o *store.Options, progress func(float64)) (*maker, error) {
	present := store.Options{Now: time.Now}
	if o != nil {
		present = *o
	}
	if present.Now == nil {
		present.Now = time.Now
	}
	now := present.Now()
	m := &maker{ctx: ctx, sessions: map[int]*store.Session{}, progress: progress,
		clock: &clock{at: open(now.AddDate(0, -monthsOfBook, 0), now.Location(), 8*60+30), end: now}}
	if m.progress == nil {
		m.progress = func(float64) {}
	}
	m.draw(n)
	walking := present
	walking.Now = m.clock.now
	if walking.KDF == nil {
		walking.KDF = &light
	}
	if present.Typeset != nil {
		walking.Typeset = func(d invoice.Document, sh store.Shop) ([]paper.Page, error) {
			m.clock.next()
			return present.Typeset(d, sh)
		}
	}
	k := store.NewKit()
	ask, groups := k.Ask(), k.Groups()
	if err := k.Confirm(groups[ask[0]], groups[ask[1]]); err != nil {
		return nil, err
	}
	var err error
	m.book, err = store.Create(path, k, shop(), hired(marta), &walking)
	return m, err
}

// draw draws everything the shop's years have in them.
func (m *maker) draw(n int) {
	now := m.clock.end
	recent := m.recent()
	m.customers = people(n, now)
	m.notes = jotted(m.customers, now)
	slices.SortStableFunc(m.notes, func(a, b note) int { return a.at.Compare(b.at) })
	m.sales = sold(m.customers, min(max(n*3/4, 3), mostInvoices), m.clock.at.AddDate(0, 0, 3), recent, now)
	for i, o := range orders {
		if s, ok := o.sale(m.customers, now, 10*60+20+23*i%400); ok && o.days >= lastDays {
			m.sales = append(m.sales, s)
		}
	}
	slices.SortStableFunc(m.sales, func(a, b sale) int { return a.at.Compare(b.at) })
}

// recent is when the last days begin.
func (m *maker) recent() time.Time {
	y, mon, d := m.clock.end.AddDate(0, 0, -lastDays+1).Date()
	return time.Date(y, mon, d, 0, 0, 0, 0, m.clock.end.Location())
}

func (m *maker) run() error {
	if err := m.firstDay(); err != nil {
		return err
	}
	for quarter := 0; ; quarter++ {
		until := m.clock.at.AddDate(0, 3, 0)
		last := !until.Before(m.recent())
		if last {
			until = m.recent()
		}
		if err := m.quarter(quarter, until); err != nil {
			return err
		}
		if last {
			break
		}
	}
	if err := m.lastDays(); err != nil {
		return err
	}
	return m.upTo(m.clock.end, marta)
}

// as is the session of somebody in the team, who signs in if they have not.
func (m *maker) as(who int) (*store.Session, error) {
	if s := m.sessions[who]; s != nil {
		return s, nil
	}
	s, err := m.book.SignIn(m.book.Info().Profiles[m.profile(who)].ID, store.Passphrase(team[who].opens))
	if err == nil {
		m.sessions[who] = s
	}
	return s, err
}

// profile is the place of somebody in the book, where people stand in the order
// in which they came.
func (m *maker) profile(who int) int {
	return slices.IndexFunc(m.book.Info().Profiles, func(p store.ProfileInfo) bool { return p.Nickname == team[who].nickname })
}

func (m *maker) signOut() {
	for _, s := range m.sessions {
		s.Close()
	}
	clear(m.sessions)
}

func shop() store.Shop {
	sh := store.DefaultShop("AT")
	sh.Name = "Atelier Rossi"
	sh.Legal = invoice.Party{Name: "Atelier Rossi", VATID: "ATU12345675", Phone: "+43 1 000 00 00", Email: "hello@atelier-rossi.example",
		Address: invoice.Address{Street: "Lange Gasse 8", Postcode: "1080", City: "Wien", Country: "AT"}}
	sh.Bank = invoice.Bank{IBAN: "AT611904300234573201"}
	sh.Footer = "Frames, glass and prints, made in the eighth district."
	return sh
}

// clock is the book's while the shop is made. It never goes back, and not past
// the present.
type clock struct {
	at, end time.Time
	ahead   []time.Time // of the documents that are being issued
}

func (c *clock) now() time.Time { return c.at }

func (c *clock) to(t time.Time) {
	if t.After(c.end) {
		t = c.end
	}
	if t.After(c.at) {
		c.at = t
	}
}

// next goes on to the next of the documents that are issued together.
func (c *clock) next() {
	if len(c.ahead) > 0 {
		c.to(c.ahead[0])
		c.ahead = c.ahead[1:]
	}
}
