package store

// The desk: what one profile left unfinished. Nobody else opens it, owners
// included.

import (
	"bytes"
	"errors"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/envelope"
)

// Desk keeps unsaved work and small habits of a profile under names.
type Desk struct{ s *Session }

// Desk is there for every profile.
func (s *Session) Desk() *Desk { return &Desk{s} }

// Put keeps a value under a name. It leaves no event in the log, and writes
// nothing when the same value is there already. It takes the place of one that is
// damaged.
func (d *Desk) Put(name string, v any) error {
	b, err := envelope.Marshal(v)
	if err != nil {
		return err
	}
	id, old, err := d.read(name)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err
	}
	if err == nil && old != nil && bytes.Equal(old, b) {
		return nil
	}
	return explain(d.s.change(func(tx *vault.Tx) error {
		return write(tx, d.s.v.Desk(), id, kindDesk, b)
	}))
}

// Get reads what Put kept, and reports whether there was anything.
func (d *Desk) Get(name string, v any) (bool, error) {
	_, b, err := d.read(name)
	if err != nil || b == nil {
		return false, err
	}
	return true, explain(envelope.Unmarshal(b, v))
}

// Has reports whether something is kept under a name.
func (d *Desk) Has(name string) (bool, error) {
	_, b, err := d.read(name)
	return b != nil, err
}

// read returns what is kept under a name, nil for nothing.
func (d *Desk) read(name string) (ID, []byte, error) {
	if d.s.preview != nil {
		return ID{}, nil, nil // nobody reads another's desk
	}
	id, err := d.s.v.Name(d.s.v.Desk(), name)
	if err != nil {
		return ID{}, nil, explain(err)
	}
	var b []byte
	_, err = read(d.s, d.s.v.Desk(), ID(id), kindDesk, &b)
	if errors.Is(err, ErrNotFound) {
		return ID(id), nil, nil
	}
	return ID(id), b, err
}

// Clear forgets what Put kept.
func (d *Desk) Clear(name string) error {
	id, err := d.s.v.Name(d.s.v.Desk(), name)
	if err != nil {
		return explain(err)
	}
	err = explain(d.s.change(func(tx *vault.Tx) error {
		return tx.Delete(d.s.v.Desk(), id)
	}))
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}
