package vault

// Reading the file so that a damaged page, or a file that goes away, is an error
// and not the end of the program.

import (
	"bytes"
	"errors"
	"runtime/debug"
	"slices"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/keys"
	"counterbook/store/internal/vault/place"
)

// view runs fn in a read transaction. fn reads through get and each only, and
// does not call view again.
func (f *File) view(fn func(tx *bolt.Tx) error) error {
	f.comeBack()
	err := f.read(fn)
	var d *Damaged
	if errors.As(err, &d) && f.gone() {
		if f.write.TryLock() { // should it be back, the next one finds it
			f.present()
			f.write.Unlock()
		}
		return ErrMoved
	}
	return err
}

// stamp is what a session has to have looked at to make sense of the file.
type stamp struct {
	table *keys.Table
	times uint64
}

func (f *File) stamp() stamp { return stamp{f.table.Load(), f.times.Load()} }

// errTurned says that the table changed, or the file was opened again, after a
// session looked.
var errTurned = errors.New("vault: the table changed meanwhile")

// viewAt is view of the file as it was when its stamp was taken, or errTurned.
// Table and times change under f.mu only, so that they stay while fn runs.
func (f *File) viewAt(at stamp, fn func(tx *bolt.Tx) error) error {
	return f.view(func(tx *bolt.Tx) error {
		if f.stamp() != at {
			return errTurned
		}
		return fn(tx)
	})
}

// steady runs fn, which looks at the table and then reads with viewAt, again when
// it met a change between the two: keys turned, or the file was rewritten.
func (f *File) steady(fn func(at stamp) error) error {
	for {
		if err := fn(f.stamp()); !errors.Is(err, errTurned) {
			return err
		}
	}
}

// reading runs fn in a read transaction, with the session locked and up to date.
func (s *Session) reading(fn func(tx *bolt.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.file.steady(func(at stamp) error {
		if err := s.refresh(); err != nil {
			return err
		}
		return s.file.viewAt(at, fn)
	})
}

// gone reports whether the file that is open is no longer the one at its path.
func (f *File) gone() bool {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.inode != nil && place.Same(f.path, f.inode) != nil
}

func (f *File) read(fn func(tx *bolt.Tx) error) error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if f.dead != nil {
		return f.dead
	}
	tx, err := f.begin(false)
	if err != nil {
		return err
	}
	defer f.end(tx)
	return fn(tx)
}

// begin starts a transaction of bbolt. When that panics, as on a file that was cut
// short while it is open, bbolt is not asked again: it would wait for ever.
func (f *File) begin(write bool) (tx *bolt.Tx, err error) {
	if f.broken.Load() {
		return nil, damaged("pages")
	}
	err = f.notBroken(func() (err error) { tx, err = f.db.Begin(write); return err })
	var d *Damaged
	if err != nil && !errors.As(err, &d) {
		err = ErrClosed
	}
	return tx, err
}

// end ends a transaction without a commit.
func (f *File) end(tx *bolt.Tx) { f.notBroken(tx.Rollback) }

// notBroken is guard where a panic leaves bbolt's locks held.
func (f *File) notBroken(fn func() error) error {
	err := guard(fn)
	var d *Damaged
	if errors.As(err, &d) {
		f.broken.Store(true)
	}
	return err
}

// get returns a copy of a value, or ErrNotFound.
func get(tx *bolt.Tx, key []byte) (out []byte, err error) {
	err = guard(func() error {
		b := tx.Bucket(bucket)
		if b == nil {
			return ErrNotFound
		}
		v := b.Get(key)
		if v == nil {
			return ErrNotFound
		}
		out = slices.Clone(v)
		return nil
	})
	return out, err
}

// each calls fn with every key and value under prefix, in order. Both are copies
// that are good until fn returns.
func each(tx *bolt.Tx, prefix []byte, fn func(key, value []byte) error) error {
	var key, value []byte
	return eachCopied(tx, prefix, func(k, v []byte) {
		key, value = append(key[:0], k...), append(value[:0], v...)
	}, func() error { return fn(key, value) })
}

// eachCopied is each where take copies a key and value to where the caller
// wants them, and does nothing else with them: they are pages of the file.
func eachCopied(tx *bolt.Tx, prefix []byte, take func(key, value []byte), then func() error) error {
	var c *bolt.Cursor
	more := false
	step := func(move func() ([]byte, []byte)) error {
		return guard(func() error {
			k, v := move()
			if more = k != nil && bytes.HasPrefix(k, prefix); more {
				take(k, v)
			}
			return nil
		})
	}
	err := guard(func() error {
		b := tx.Bucket(bucket)
		if b == nil {
			return ErrNotFound
		}
		c = b.Cursor()
		return nil
	})
	if err == nil {
		err = step(func() ([]byte, []byte) { return c.Seek(prefix) })
	}
	for err == nil && more {
		if err := then(); err != nil {
			return err
		}
		err = step(c.Next)
	}
	return err
}

// last returns the last key and value under a one-byte prefix.
func last(tx *bolt.Tx, prefix byte) (key, value []byte, err error) {
	err = guard(func() error {
		b := tx.Bucket(bucket)
		if b == nil {
			return ErrNotFound
		}
		c := b.Cursor()
		if k, _ := c.Seek([]byte{prefix + 1}); k == nil {
			key, value = c.Last()
		} else {
			key, value = c.Prev()
		}
		if len(key) == 0 || key[0] != prefix {
			return ErrNotFound
		}
		key, value = slices.Clone(key), slices.Clone(value)
		return nil
	})
	return key, value, err
}

// guard turns a panic of bbolt, which trusts its pages, into an error. Only
// calls into bbolt run under it, never our own code.
func guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			err = damaged("pages")
		}
	}()
	return fn()
}
