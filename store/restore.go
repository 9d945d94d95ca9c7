package store

// Restoring: a backup is put in the place of a book. The book that was there is
// moved aside and never deleted.

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/place"
)

// RestorePreview says what a restore would bring back, and what it would take.
type RestorePreview struct {
	Backup    Backup
	Shop      string
	Customers int // about: counted without a key
	Notes     int

	// The file that is in the place of the book.
	Present  bool      // there is one …
	Readable bool      // … which opens …
	Same     bool      // … and is the same book
	Lost     uint64    // changes that the backup lacks, as far as this computer knows
	LostTill time.Time // when the newest of them was made; zero: nobody knows
	Forked   bool      // the book went another way than the backup, so that Lost says nothing
}

// PreviewRestore looks at a backup and at the book in whose place it would be put.
// It reads neither to the end: Restore does. ErrNetwork says that the book would be
// on a network drive.
func PreviewRestore(ctx context.Context, backup, book string, o *Options) (RestorePreview, error) {
	o = o.orDefault()
	if network(book) {
		return RestorePreview{}, ErrNetwork
	}
	l, err := copyLabel(backup)
	if err != nil {
		return RestorePreview{}, err
	}
	c, err := vault.Count(backup, leftOut)
	if err != nil {
		return RestorePreview{}, explain(err)
	}
	p := RestorePreview{Backup: backupOf(backup, l), Shop: c.Shop, Customers: counted(c), Notes: c.Records[areaNotes]}
	if err := ctx.Err(); err != nil {
		return p, err
	}
	seen, known := vault.ReadSight(o.StateDir, l.Book)
	if _, err := os.Stat(book); err == nil {
		p.Present = true
		now, has, err := vault.Look(book, l.Commit)
		p.Readable, p.Same = err == nil, err == nil && now.Book == l.Book
		if p.Same {
			p.Forked = now.Commit > l.Commit && has != l.Entry
			if !known || now.Commit > seen.Commit {
				seen.Commit, known = now.Commit, true
			}
		}
	}
	if known && seen.Commit > l.Commit {
		p.Lost, p.LostTill = seen.Commit-l.Commit, seen.At
	}
	return p, nil
}

func copyLabel(backup string) (vault.Label, error) {
	l, err := vault.ReadLabel(backup)
	if errors.Is(err, vault.ErrNotBook) {
		return l, &DamagedError{Where: "copy"}
	}
	return l, explain(err)
}

// Restored says what became of the book that was there.
type Restored struct {
	Aside string // where it is now; "" when there was none
}

// Restore puts a backup in the place of the book at a path, which must not be
// open. The backup is read whole first, and once more in its new place; the file
// that was there is kept beside it. Whenever it ends, at the path is the old book
// or the new one. The book opens with a Standing then.
func Restore(ctx context.Context, backup, book string, o *Options, progress func(float64)) (Restored, error) {
	r, err := restore(ctx, backup, book, o.orDefault(), progress)
	return r, explain(err)
}

func restore(ctx context.Context, backup, book string, o *Options, progress func(float64)) (Restored, error) {
	part := func(from, to float64) func(float64) {
		return func(f float64) {
			if progress != nil {
				progress(from + (to-from)*f)
			}
		}
	}
	l, err := copyLabel(backup)
	if err != nil {
		return Restored{}, err
	}
	if _, err := VerifyBackup(ctx, backup, part(0, 0.3)); err != nil {
		return Restored{}, err
	}
	if book, err = filepath.Abs(book); err != nil {
		return Restored{}, err
	}
	if network(book) {
		return Restored{}, ErrNetwork
	}
	if err := vacate(book, l, o); err != nil {
		return Restored{}, err
	}
	temp, err := place.BesideClosed(book)
	if err != nil {
		return Restored{}, err
	}
	defer os.Remove(temp) // gone already when it has its name
	if err := copyTo(ctx, backup, temp, part(0.3, 0.6)); err != nil {
		return Restored{}, err
	}
	if _, err := VerifyBackup(ctx, temp, part(0.6, 0.9)); err != nil {
		return Restored{}, err
	}
	if marks, found := readLedger(filepath.Dir(backup), l.Book); found { // for going on from it
		if err := addToLedger(o.StateDir, l.Book, marks); err != nil {
			return Restored{}, err // they would come back, and nobody would know
		}
	}
	if err := ctx.Err(); err != nil {
		return Restored{}, err
	}
	aside, err := setAside(ctx, book, o.Now())
	if err != nil {
		return Restored{}, err
	}
	checked, err := place.Stat(temp)
	if err == nil {
		err = place.Deliver(temp, book, true)
	}
	if err != nil {
		return Restored{}, errors.Join(err, undo(aside))
	}
	if place.Same(book, checked) != nil {
		return Restored{Aside: aside}, ErrMoved // by somebody else, whose file stays
	}
	if now, err := vault.ReadLabel(book); err != nil || now != l {
		return Restored{}, errors.Join(&DamagedError{Where: "copy"}, takeBack(aside, book))
	}
	part(0.9, 1)(1)
	return Restored{Aside: aside}, nil
}

// network reports whether a book is on a network drive, or would be.
func network(book string) bool {
	return vault.Network(book) || vault.Network(filepath.Dir(book))
}

// vacate looks that nobody has the book open, and remembers how far it had come.
func vacate(book string, l vault.Label, o *Options) error {
	f, err := vault.Open(book, o.least())
	switch {
	case errors.Is(err, vault.ErrBusy):
		return err
	case err != nil:
		return nil // there is none, or it is damaged: that is what backups are for
	}
	err = f.Remember(o.StateDir, o.Now)
	if err == nil && f.Book() == l.Book {
		f.Settle()
	}
	f.Close()
	return nil
}

// copyTo copies a whole backup and makes it durable.
func copyTo(ctx context.Context, from, to string, progress func(float64)) error {
	src, err := place.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	st, err := src.Stat()
	if err != nil {
		return err
	}
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	for done := int64(0); err == nil && done < st.Size(); {
		if err = ctx.Err(); err == nil {
			var n int64
			n, err = io.CopyN(dst, src, min(1<<20, st.Size()-done))
			done += n
			progress(float64(done) / float64(st.Size()))
		}
	}
	if err == nil {
		err = dst.Sync()
	}
	return errors.Join(err, dst.Close())
}

// setAside gives the book that is there a second name, under which it stays. It
// keeps the first until the backup takes it, so that there is always a book.
func setAside(ctx context.Context, book string, now time.Time) (string, error) {
	if _, err := os.Lstat(book); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	base := filepath.Join(filepath.Dir(book), bookName(book)+" (before restoring "+now.Format("2006-01-02 15.04")+")")
	for n := 1; ; n++ {
		aside := base
		if n > 1 {
			aside += " " + strconv.Itoa(n)
		}
		aside += filepath.Ext(book)
		if _, err := os.Lstat(aside); err == nil {
			continue
		}
		if place.Second(book, aside) == nil {
			return aside, nil
		}
		// A file system that knows no second names: the book is copied.
		temp, err := place.BesideClosed(book) // which an opening of the book finds
		if err != nil {
			return "", err
		}
		defer os.Remove(temp)
		if err := copyTo(ctx, book, temp, func(float64) {}); err != nil {
			return "", err
		}
		return aside, place.Deliver(temp, aside, false)
	}
}

// takeBack puts the book that was there in its place again.
func takeBack(aside, book string) error {
	if aside == "" {
		return os.Remove(book)
	}
	return place.Deliver(aside, book, true)
}

// undo takes the second name away from a book that kept its first.
func undo(aside string) error {
	if aside == "" {
		return nil
	}
	return os.Remove(aside)
}
