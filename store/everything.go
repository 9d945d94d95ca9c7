package store

// Everything: all that the book holds, read from first to last for an owner who
// takes it out.

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"counterbook/invoice"
	"counterbook/store/internal/vault"
)

// Export reads the whole book once. It holds one record in memory at a time,
// besides what is needed to put the records of a subject in order, and no
// transaction while a caller works on a record, so that writing goes on beside it.
// What others change meanwhile may or may not be in it.
type Export struct {
	WithNotes bool // notes leave as well

	s     *Session
	state exportState
	names map[ProfileID]string
}

type exportState int

const (
	exportReady exportState = iota
	exportRuns
	exportOver
)

// Export needs ExportData and a step-up: an unlocked screen that somebody left is
// not enough to take everything along. It is good for one export.
func (s *Session) Export() (*Export, error) {
	if err := s.needProof(ExportData); err != nil {
		return nil, err
	}
	return &Export{s: s}, nil
}

// Begin logs that everything is about to leave the book, before any of it does.
func (x *Export) Begin() error {
	if err := x.s.need(ExportData); err != nil {
		return err
	}
	if x.state != exportReady {
		return ErrClosed
	}
	x.state = exportOver
	names, err := x.s.nicknames()
	if err == nil {
		err = x.s.logOnly(Event{Kind: ExportBegun})
	}
	if err != nil {
		return err
	}
	x.state, x.names = exportRuns, names
	return nil
}

// End is the last call. Where whole is set it logs that everything left.
func (x *Export) End(whole bool) error {
	if x.state != exportRuns {
		return ErrClosed
	}
	x.state = exportOver
	if !whole {
		return nil
	}
	return x.s.logOnly(Event{Kind: DataExported})
}

// may is asked before each record: a right that was taken away is gone at once.
func (x *Export) may() error {
	if x.state != exportRuns {
		return ErrClosed
	}
	return x.s.need(ExportData)
}

// Shop reads the shop's record.
func (x *Export) Shop() (Shop, error) {
	if err := x.may(); err != nil {
		return Shop{}, err
	}
	return x.s.shop()
}

// Guard reads how the note guard is set up.
func (x *Export) Guard() (GuardPolicy, error) {
	if err := x.may(); err != nil {
		return GuardPolicy{}, err
	}
	return x.s.guardPolicy()
}

// Collected is what the shop collects, and what of it was of use.
type Collected struct {
	Fields
	Counted invoice.Date // since when use is counted
	Used    []FieldUse
}

// Fields reads what the shop collects.
func (x *Export) Fields() (Collected, error) {
	if err := x.may(); err != nil {
		return Collected{}, err
	}
	f, err := x.s.collected()
	if err != nil {
		return Collected{}, err
	}
	u, err := x.s.uses()
	return Collected{f, u.Since, u.Last}, err
}

// Staff lists all profiles in the order in which they were made. Who may not
// manage staff exports of them what every member knows.
func (x *Export) Staff() ([]Profile, error) {
	if err := x.may(); err != nil {
		return nil, err
	}
	if st, err := x.s.Staff(); err == nil {
		return st.List()
	}
	return x.s.profiles()
}

// Customers calls fn with every customer, in the order of their numbers, and
// with how many there are. What the shop does not collect is left out.
func (x *Export) Customers(fn func(c Customer, of int) error) error {
	fields, err := x.s.collected()
	if err != nil {
		return err
	}
	return inOrder(x, areaContacts, kindCustomer,
		func(c Customer, _ uint64) string { return c.Number }, strings.Compare,
		func(id ID, c Customer, version uint64, of int) error {
			tags, err := x.s.tagList()
			if err != nil {
				return err
			}
			c.ID, c.Version, c.Tags = id, version, tags.live(c.Tags)
			return fn(fields.Visible(c), of)
		})
}

// History calls fn with every change of customers that is kept, those of a customer
// together and oldest first. What the shop does not collect is left out.
func (x *Export) History(fn func(v Change) error) error {
	fields, err := x.s.collected()
	if err != nil {
		return err
	}
	return byShard(x, areaContacts, kindChange, func(list []stored[Change]) error {
		slices.SortFunc(list, func(a, b stored[Change]) int {
			return cmp.Or(slices.Compare(a.value.Customer[:], b.value.Customer[:]), cmp.Compare(a.value.First, b.value.First))
		})
		for _, r := range list {
			v := r.value.visible(fields)
			if len(v.Fields) == 0 {
				continue
			}
			v.ID, v.Version, v.ByName = r.id, r.version, x.names[v.By]
			v.Was.ID = v.Customer // whose it is, as in any record of a customer
			if err := fn(v); err != nil {
				return err
			}
		}
		return nil
	})
}

// Tags lists the shop's tags in the order of their names.
func (x *Export) Tags() ([]Tag, error) {
	if err := x.may(); err != nil {
		return nil, err
	}
	t, err := x.s.Tags()
	if err != nil {
		return nil, err
	}
	return t.List()
}

// Reports lists what was reported of customers and is not settled, the oldest first.
func (x *Export) Reports() ([]FaultReport, error) {
	if err := x.may(); err != nil {
		return nil, err
	}
	list, err := x.s.reports()
	list = slices.Clone(list)
	for i := range list {
		list[i].ByName = x.names[list[i].By]
	}
	return list, err
}

// Notes calls fn with every note, those of a customer together and oldest first. What
// somebody of the staff keeps to themselves stays there, and without WithNotes all.
func (x *Export) Notes(fn func(n Note) error) error {
	if !x.WithNotes {
		return x.may()
	}
	mine, err := x.s.eyes()
	if err != nil {
		return err
	}
	return byShard(x, areaNotes, kindNote, func(list []stored[Note]) error {
		slices.SortFunc(list, func(a, b stored[Note]) int {
			return cmp.Or(slices.Compare(a.value.Customer[:], b.value.Customer[:]),
				cmp.Compare(a.value.First, b.value.First), a.value.Created.Compare(b.value.Created))
		})
		for _, r := range list {
			n := r.value
			if !mine.see(n) {
				continue
			}
			n.ID, n.Version, n.AuthorName = r.id, r.version, x.names[n.Author]
			if err := fn(n); err != nil {
				return err
			}
		}
		return nil
	})
}

// Items calls fn with every item, in the order of their names.
func (x *Export) Items(fn func(i Item, of int) error) error {
	return inOrder(x, areaItems, kindItem,
		func(i Item, _ uint64) string { return fold(i.Name) }, strings.Compare,
		func(id ID, i Item, version uint64, of int) error {
			i.ID, i.Version = id, version
			return fn(i, of)
		})
}

// Drafts calls fn with every draft, the one changed last at the end.
func (x *Export) Drafts(fn func(d Draft, of int) error) error {
	return inOrder(x, areaDrafts, kindDraft,
		func(_ Draft, version uint64) uint64 { return version }, cmp.Compare,
		func(id ID, d Draft, version uint64, of int) error {
			d.ID, d.Version, d.AuthorName = id, version, x.names[d.Author]
			return fn(d, of)
		})
}

// Invoices calls fn with every issued invoice, in the order in which they were
// issued.
func (x *Export) Invoices(fn func(inv Invoice, of int) error) error {
	return inOrder(x, areaInvoices, kindInvoice,
		func(_ Invoice, version uint64) uint64 { return version }, cmp.Compare,
		func(id ID, inv Invoice, _ uint64, of int) error {
			inv.ID, inv.ByName = id, x.names[inv.By]
			return fn(inv, of)
		})
}

// PDF draws an issued invoice, as Invoices.PDF does.
func (x *Export) PDF(id InvoiceID) ([]byte, error) {
	if err := x.may(); err != nil {
		return nil, err
	}
	is, err := x.s.Invoices()
	if err != nil {
		return nil, err
	}
	return is.PDF(id)
}

// eventsAtOnce is how many entries of the log are read in one transaction.
const eventsAtOnce = 1000

// Activity calls fn with every entry of the log, the newest first. Number says
// how many are left.
func (x *Export) Activity(fn func(e Event) error) error {
	if err := x.may(); err != nil {
		return err
	}
	a, err := x.s.Activity()
	if err != nil {
		return err
	}
	latest := x.s.now()
	for before := uint64(0); ; {
		var list []Event
		last, err := a.before(before, latest, func(e Event) bool {
			list, latest = append(list, e), e.At
			return len(list) < eventsAtOnce
		})
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := x.may(); err != nil {
				return err
			}
			if err := fn(e); err != nil {
				return err
			}
		}
		if last <= 1 {
			return nil
		}
		before = last
	}
}

// stored is a record as it was read.
type stored[T any] struct {
	id      ID
	value   T
	version uint64
}

// byShard calls fn with the records of an area, 256 times a part of them: those
// whose ids start with the same byte.
func byShard[T any](x *Export, a vault.Area, k kind, fn func([]stored[T]) error) error {
	for first := range 256 {
		if err := x.may(); err != nil {
			return err
		}
		if a == areaInvoices && first&paperBit != 0 {
			return nil // pages, which lists do not read
		}
		var list []stored[T]
		err := x.s.v.Scan(a, []byte{byte(first)}, func(id vault.ID, plain []byte, version uint64) error {
			r := stored[T]{id: ID(id), version: version}
			err := decode(plain, k, &r.value)
			switch {
			case errors.Is(err, errOtherKind):
				return nil
			case err == nil:
				list = append(list, r)
			}
			return err
		})
		if err != nil {
			return explain(err)
		}
		if err := fn(list); err != nil {
			return err
		}
	}
	return nil
}

// inOrder reads an area twice: once for the order, once for the records in it,
// with how many there were. One that is gone by then is left out.
func inOrder[T, K any](x *Export, a vault.Area, k kind, key func(T, uint64) K, compare func(K, K) int, fn func(ID, T, uint64, int) error) error {
	type place struct {
		id  ID
		key K
	}
	var order []place
	err := byShard(x, a, k, func(list []stored[T]) error {
		for _, r := range list {
			order = append(order, place{r.id, key(r.value, r.version)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(order, func(a, b place) int {
		return cmp.Or(compare(a.key, b.key), slices.Compare(a.id[:], b.id[:]))
	})
	for _, p := range order {
		if err := x.may(); err != nil {
			return err
		}
		var v T
		version, err := read(x.s, a, p.id, k, &v)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err == nil {
			err = fn(p.id, v, version, len(order))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
