//go:build unix

package torture

// A writer on a disk that fails: what a person does who is told so, and tries
// again.

import (
	"context"
	"errors"
	"fmt"

	"counterbook/store"
	"counterbook/store/internal/booktest"
	"counterbook/store/internal/proctest"
)

func init() {
	proctest.Role("insist", func() error { return onOneThread(insist) })
}

// tries is how often something is tried again before it is given up.
const tries = 3

// insist serves somebody. What failed is asked for and, where it is not there,
// done again.
func insist(path string, times int) (err error) {
	var b *store.Book
	if err := again("open", func() (err error) { b, err = store.Open(path, options()); return err }); err != nil {
		return err
	}
	defer b.Close()
	var t till
	if err := again("sign in", func() (err error) { t, err = signIn(b, ownerPass); return err }); err != nil {
		return err
	}
	defer t.Close()
	for i := range times {
		if err := t.insist(fmt.Sprintf("Customer %d", i)); err != nil {
			return err
		}
	}
	return nil
}

// again tries something until it works, and says why it did not.
func again(what string, fn func() error) (err error) {
	for range tries {
		if err = fn(); err == nil {
			return nil
		}
		fmt.Println("failed", what+":", kind(err))
	}
	return err
}

// kind is what a screen can tell a person about an error of the disk.
func kind(err error) string {
	for _, known := range []error{store.ErrFull, store.ErrDisk, store.ErrReadOnly, store.ErrUncertain, store.ErrMoved, store.ErrDamaged} {
		if errors.Is(err, known) || err.Error() == known.Error() {
			return known.Error()
		}
	}
	return "UNKNOWN " + err.Error()
}

func (t till) insist(name string) error {
	c := booktest.Customer(name)
	if err := again("customer", func() error {
		got, err := t.cs.Save(c)
		if errors.Is(err, store.ErrUncertain) {
			if found, lost := t.cs.Get(got.ID); lost == nil {
				c = found
				return nil
			}
		}
		if err == nil {
			c = got
		}
		return err
	}); err != nil {
		return err
	}
	fmt.Println("customer", c.ID)
	if err := again("note", func() error {
		_, err := t.ns.Save(store.Note{Customer: c.ID, Text: "Prefers pickup after 17:00"})
		if errors.Is(err, store.ErrUncertain) {
			if list, lost := t.ns.Of(c.ID); lost == nil && len(list) == 1 {
				return nil
			}
		}
		return err
	}); err != nil {
		return err
	}
	fmt.Println("note", c.ID)
	return t.insistOnInvoice(c)
}

func (t till) insistOnInvoice(c store.Customer) error {
	d := booktest.DraftFor(c)
	if err := again("draft", func() error {
		got, err := t.ds.Save(d)
		if errors.Is(err, store.ErrUncertain) {
			if found, lost := t.ds.Get(got.ID); lost == nil {
				d = found
				return nil
			}
		}
		if err == nil {
			d = got
		}
		return err
	}); err != nil {
		return err
	}
	fmt.Println("draft", d.ID)
	var number string
	if err := again("invoice", func() error {
		doc, err := t.is.Issue(context.Background(), d.ID)
		if errors.Is(err, store.ErrUncertain) {
			found, issued, lost := t.is.Issued(d.ID)
			if lost == nil && issued {
				doc, err = found, nil
			}
		}
		number = doc.Number
		return err
	}); err != nil {
		return err
	}
	fmt.Println("invoice", d.ID, number)
	return nil
}
