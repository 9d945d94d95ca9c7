package vault

// What follows a commit that failed, and a file that went away: the book is
// opened again and asked.

import (
	"errors"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/place"
)

// tip names a commit: its number and the hash of its log entry.
type tip struct {
	number uint64
	hash   [32]byte
}

// present returns an error unless the file that is open is the one at its path.
// A file that was away and is there again, such as one on a stick that was pulled
// out, is opened anew when it is still this book with every change in it.
func (f *File) present() error {
	f.comeBack()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dead != nil {
		return f.dead
	}
	here := place.Same(f.path, f.inode) == nil
	if f.broken.Load() && here {
		return damaged("pages")
	}
	if here {
		return nil
	}
	db := f.db
	letGo := func() {
		if !f.broken.Load() {
			guard(db.Close)
		}
	}
	if err := f.resume(letGo); err != nil {
		return ErrMoved
	}
	return nil
}

// comeBack opens a file again that could not be opened after a failed commit.
func (f *File) comeBack() {
	f.mu.RLock()
	away := f.away
	f.mu.RUnlock()
	if !away {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.away && f.resume(func() {}) == nil {
		f.dead, f.away = nil, false
	}
}

// resume opens what is at the path and goes on with it, if it holds everything
// that this process committed. Until that is known nothing is let go or written.
func (f *File) resume(letGo func()) error {
	if f.tip.number == 0 {
		return ErrMoved // nothing to know it by
	}
	tx, done, err := readOnly(f.path)
	if err != nil {
		return err
	}
	whole := f.holdsTip(tx)
	done()
	if !whole {
		return ErrMoved
	}
	letGo()
	f.heads = nil
	f.times.Add(1)
	if err := f.open(); err != nil {
		f.dead, f.away = ErrMoved, true
		return err
	}
	return nil
}

// afterFailure follows a failed commit. Pages in memory are not to be trusted
// after it; the file is read anew to see whether commit number is in it. Where it
// is not, nothing was written, and the cause is returned. After a panic bbolt
// holds its locks for good, so that it is left as it is.
func (f *File) afterFailure(cause error, number uint64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	db := f.db
	f.db, f.heads = nil, nil
	f.times.Add(1)
	var d *Damaged
	if errors.As(cause, &d) {
		f.dead = d
		return ErrUncertain
	}
	if !f.broken.Load() {
		guard(db.Close)
	}
	there, err := false, ErrMoved
	if _, gone := os.Stat(f.path); gone == nil {
		err = f.open()
	}
	if err == nil {
		there, err = f.asked(number)
	}
	switch {
	case err != nil:
		f.dead, f.away = err, true
		return ErrUncertain
	case there:
		return ErrUncertain
	}
	return fmt.Errorf("vault: nothing was committed: %w", cause)
}

// asked reports whether a commit is in the file that was just opened. A file that
// lacks an earlier commit of this process is another one: it is let go.
func (f *File) asked(number uint64) (there bool, err error) {
	tx, err := f.begin(false)
	if err != nil {
		return false, err
	}
	whole := f.tip.number == 0 || f.holdsTip(tx)
	if whole {
		_, err = get(tx, logKey(number))
	}
	f.end(tx)
	if !whole {
		db := f.db
		f.db = nil
		guard(db.Close)
		return false, ErrMoved
	}
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// holdsTip reports whether the newest commit of this process is in a file.
func (f *File) holdsTip(tx *bolt.Tx) bool {
	stored, err := get(tx, logKey(f.tip.number))
	return err == nil && commit.HashEntry(stored) == f.tip.hash
}
