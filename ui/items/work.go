// Unsaved work: the form, kept when the book is locked.

package items

import "counterbook/store"

// work is a form that is not saved: of which item in which version, zero for a
// new one, how that was, and what stands in the form.
type work struct {
	ID      store.ItemID `cbor:"1,keyasint,omitempty"`
	Version uint64       `cbor:"2,keyasint,omitempty"`
	Was     store.Item   `cbor:"3,keyasint"`
	Typed   typed        `cbor:"4,keyasint"`
}

// Work implements [screen.Worker].
func (l *list) Work() (any, bool) {
	if l.form == nil {
		return nil, false
	}
	was, now := newTyped(l, l.form.was), l.form.typed()
	same := was.Code == now.Code && was.Name == now.Name && was.Unit == now.Unit && was.Price == now.Price &&
		was.Reason == now.Reason && was.Tax.Category == now.Tax.Category && was.Tax.Rate.Equal(now.Tax.Rate)
	return work{l.form.was.ID, l.form.was.Version, l.form.was, now}, !same
}

// Resume implements [screen.Worker].
func (l *list) Resume(read func(any) error) error {
	var w work
	if err := read(&w); err != nil {
		return err
	}
	w.Was.ID, w.Was.Version = w.ID, w.Version
	l.openForm(w.Was, w.Typed)
	return nil
}
