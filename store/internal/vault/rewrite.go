package vault

// Rewriting: the book written anew beside its place, without what changes left
// behind, and put there by one rename. Revoking access, compacting and erasing
// are all this.

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"runtime"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/keys"
	"counterbook/store/internal/vault/place"
)

// rewriteBatch is how many bytes go into one transaction of the new file.
const rewriteBatch = 4 << 20

// errCopy says that the copy could not be made for a reason that is not known.
var errCopy = errors.New("vault: the copy could not be written")

// Rewrite writes the book anew: the file is copied beside its place, fn, if any,
// changes the copy as Update would change the book, signed and logged, and what is
// live then goes into a second file without free pages. That one is checked whole,
// made durable, and renamed over the book. Whatever happens before the rename,
// also the end of ctx, leaves the book as it was and in use; whatever happens
// after it leaves the new one. Other commits wait meanwhile; reading waits only for
// the rename. Other sessions see a file that was opened again, and go on.
//
// Nothing of what fn deletes or replaces is in the new file. On Unix the old file
// and the copy are then overwritten with zeros, as well as that goes: a flash
// drive writes elsewhere and keeps the old blocks until it needs them, a file system
// that copies on write or takes snapshots keeps them too, and so does a copy of
// the file that somebody made before. On Windows the file that a rename replaced
// is out of reach.
func (s *Session) Rewrite(ctx context.Context, fn func(*Tx) error, progress Progress) error {
	before := s.file.table.Load()
	r := &rewriting{f: s.file, s: s, ctx: ctx, fn: fn}
	r.meter = newMeter(progress, s.file.Size(), fn != nil)
	err := r.run()
	if s.file.table.Load().Version != before.Version {
		s.file.tell()
	}
	return err
}

// Compact writes a closed book anew, without free pages. ErrBusy says that it is
// open; after any error the book is as it was.
func Compact(path string) error {
	f, err := Open(path, keys.Params{})
	if err != nil {
		return err
	}
	if err := f.Remember("", nil); err != nil { // knows a backup that was put back
		return errors.Join(err, f.Close())
	}
	r := &rewriting{f: f, ctx: context.Background(), meter: newMeter(nil, 0, false)}
	return errors.Join(r.run(), f.Close())
}

// rewriting is one rewrite that goes on.
type rewriting struct {
	f     *File
	s     *Session // nil: nobody is signed in, and nothing is changed
	ctx   context.Context
	fn    func(*Tx) error
	meter *meter

	path string   // of the book, where no link leads further
	copy string   // the copy that fn changes
	next string   // the new file
	old  *os.File // the file that the new one replaced, to be overwritten
	tip  tip      // of the new file
	sum  [32]byte // of all keys and values that went into it
}

// run is the whole rewrite.
func (r *rewriting) run() error {
	done := false
	defer func() { r.tidy(done) }() // also when fn panics
	err := r.locked()
	done = err == nil
	return err
}

// tidy leaves nothing behind. What the new file replaced is overwritten first.
func (r *rewriting) tidy(done bool) {
	if r.old != nil {
		if done {
			place.Overwrite(r.old, r.meter.add)
		}
		r.old.Close()
	}
	for _, p := range []string{r.copy, r.next} {
		switch {
		case p == "":
		case done: // next is in its place by then
			place.Discard(p, r.meter.add)
		default:
			os.Remove(p)
		}
	}
	if done {
		r.meter.end()
	}
}

// locked is what commits wait for.
func (r *rewriting) locked() error {
	r.f.write.Lock()
	defer r.f.write.Unlock()
	err := r.f.present()
	if err == nil {
		err = r.f.Standing()
	}
	if err == nil {
		r.path, err = filepath.EvalSymlinks(r.f.path)
	}
	if err != nil {
		return err
	}
	if r.s != nil {
		r.s.mu.Lock()
		err := r.s.refresh()
		r.s.mu.Unlock()
		if err != nil {
			return err
		}
	}
	source := r.f
	if r.fn != nil {
		work, err := r.changed()
		if work != nil {
			defer work.Close()
		}
		if err != nil {
			return err
		}
		source = work
	}
	if err := r.compacted(source); err != nil {
		return err
	}
	fresh, err := r.checked()
	if err != nil {
		return err
	}
	defer fresh.Close()                    // of no effect once the book has taken it over
	defer r.f.copying.stop(ErrRewritten)() // it holds the old file
	err = r.swap(fresh)
	r.f.sawTip()
	return err
}

// changed copies the book and changes the copy.
func (r *rewriting) changed() (_ *File, err error) {
	if r.copy, err = place.Beside(r.path); err != nil {
		return nil, err
	}
	if err := r.copied(); err != nil {
		return nil, err
	}
	if err := r.step("copied", nil); err != nil {
		return nil, err
	}
	work := &File{path: r.copy, least: r.f.least}
	if err := work.open(); err != nil {
		return nil, err
	}
	work.db.NoSync = true // it is of no use after a crash
	ended := false
	defer func() { // nobody else closes it where fn panics
		if !ended {
			work.Close()
		}
	}()
	s, err := work.session(r.s.bundle)
	if err == nil {
		r.meter.phase()
		err = s.update(func(tx *Tx) error {
			tx.meter, tx.ctx = r.meter, r.ctx
			return r.fn(tx)
		}, false)
	}
	ended = true
	if errors.Is(err, ErrUncertain) {
		err = errCopy // of the copy; of the book it is certain
	}
	return work, errors.Join(err, r.step("changed", err))
}

// copied copies the book's file as it is. Nobody commits meanwhile.
func (r *rewriting) copied() error {
	in, err := os.Open(r.path)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(r.copy, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = io.Copy(countedWriter{out, r}, in)
	return errors.Join(err, out.Close())
}

// countedWriter writes until the rewrite is cancelled.
type countedWriter struct {
	out *os.File
	r   *rewriting
}

func (w countedWriter) Write(b []byte) (int, error) {
	if err := w.r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.out.Write(b)
	w.r.meter.add(int64(n))
	return n, err
}

// compacted writes what is live in a book into a new file.
func (r *rewriting) compacted(source *File) (err error) {
	if r.next, err = place.Beside(r.path); err != nil {
		return err
	}
	dst, err := bolt.Open(r.next, 0o600, &bolt.Options{Timeout: lockTimeout, PageSize: pageSize, NoSync: true})
	if err != nil {
		return err
	}
	r.meter.phase()
	err = source.view(func(tx *bolt.Tx) error { return r.fill(dst, tx) })
	return errors.Join(err, dst.Close(), r.step("compacted", err))
}

// fill copies all keys and values, and keeps their sum and the newest commit.
func (r *rewriting) fill(dst *bolt.DB, src *bolt.Tx) error {
	var out *bolt.Tx
	size := 0
	begin := func() (err error) { out, err = dst.Begin(true); return err }
	if err := begin(); err != nil {
		return err
	}
	defer func() {
		if out != nil {
			out.Rollback()
		}
	}()
	if _, err := out.CreateBucket(bucket); err != nil {
		return err
	}
	sum := sha256.New()
	err := each(src, nil, func(k, v []byte) error {
		if size += len(k) + len(v); size > rewriteBatch {
			err := out.Commit()
			out = nil
			if err = errors.Join(err, r.ctx.Err()); err != nil {
				return err
			}
			r.meter.add(int64(size))
			if size = len(k) + len(v); begin() != nil {
				return errCopy
			}
		}
		add(sum, k, v)
		b := out.Bucket(bucket)
		b.FillPercent = 1
		// bbolt keeps the value's slice until the commit.
		return b.Put(k, append([]byte(nil), v...))
	})
	if err != nil {
		return err
	}
	err = out.Commit()
	out = nil
	if err != nil {
		return err
	}
	sum.Sum(r.sum[:0])
	r.tip, err = tipIn(src)
	return err
}

func tipIn(tx *bolt.Tx) (tip, error) {
	_, stored, err := last(tx, preLog)
	if err != nil {
		return tip{}, damaged("log")
	}
	n, _, err := commit.Link(stored)
	if err != nil {
		return tip{}, damaged("log")
	}
	return tip{n, commit.HashEntry(stored)}, nil
}

func add(sum hash.Hash, k, v []byte) {
	var n [8]byte
	binary.BigEndian.PutUint32(n[:4], uint32(len(k)))
	binary.BigEndian.PutUint32(n[4:], uint32(len(v)))
	sum.Write(n[:])
	sum.Write(k)
	sum.Write(v)
}

// checked checks the new file whole and leaves it open: its pages, its log, that it
// holds what was to go into it and nothing else, and, where somebody is signed
// in, that every area is what its members signed.
func (r *rewriting) checked() (*File, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	if _, err := Check(r.next); err != nil {
		return nil, err
	}
	fresh := &File{path: r.next, least: r.f.least}
	if err := fresh.open(); err != nil {
		return nil, err
	}
	r.meter.phase()
	sum := sha256.New()
	err := fresh.view(func(tx *bolt.Tx) error {
		return each(tx, nil, func(k, v []byte) error {
			add(sum, k, v)
			r.meter.add(int64(len(k) + len(v)))
			return r.ctx.Err()
		})
	})
	if err == nil && [32]byte(sum.Sum(nil)) != r.sum {
		err = errCopy
	}
	if err == nil && r.s != nil {
		err = fresh.signedWhole(r.s.bundle)
	}
	if err = errors.Join(err, r.step("checked", err)); err != nil {
		fresh.Close()
		return nil, err
	}
	return fresh, nil
}

// signedWhole compares every area, also those that the bundle does not open, with
// what its members signed.
func (f *File) signedWhole(b *keys.Bundle) error {
	s, err := f.session(b)
	if errors.Is(err, ErrNoProfile) {
		return nil // who changed the book took itself out of it
	}
	if err != nil {
		return err
	}
	return s.reading(func(tx *bolt.Tx) error {
		heads, _, err := s.heads(tx)
		if err != nil {
			return err
		}
		for _, h := range heads {
			if _, err := s.checkList(tx, Area(h.Area), heads); err != nil {
				return err
			}
		}
		return nil
	})
}

// closeFirst says that a file must be closed before it is renamed or replaced.
// Elsewhere neither is let go before the new one is in its place, so that no other
// program comes between.
var closeFirst = runtime.GOOS == "windows"

// swap puts the new file in the place of the book.
func (r *rewriting) swap(fresh *File) error {
	f := r.f
	f.mu.Lock() // who reads comes to an end, and who wants to read waits
	defer f.mu.Unlock()
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if f.broken.Load() {
		return damaged("pages")
	}
	if place.Same(f.path, f.inode) != nil {
		return ErrMoved
	}
	if err := rewriteStep("swap"); err != nil {
		return err
	}
	r.old, _ = os.OpenFile(r.path, os.O_RDWR, 0) // without it nothing is overwritten
	if closeFirst {
		if r.old != nil {
			r.old.Close()
			r.old = nil
		}
		return r.swapClosed(fresh)
	}
	err := rewriteStep("rename")
	if err == nil {
		err = place.Commit(r.next, r.path, true)
	}
	if place.Same(f.path, fresh.inode) != nil { // it did not come to the rename
		if err == nil {
			err = errCopy
		}
		return err
	}
	was := f.db
	f.db, f.inode, f.heads, f.tip = fresh.db, fresh.inode, nil, r.tip
	f.table.Store(fresh.table.Load())
	f.times.Add(1)
	fresh.db = nil
	guard(was.Close)
	if err == nil {
		err = rewriteStep("renamed")
	}
	if err != nil {
		return ErrUncertain // the folder may not keep the name
	}
	return nil
}

// swapClosed is swap where nothing may be open at the rename. When that fails the
// old file is opened again.
func (r *rewriting) swapClosed(fresh *File) error {
	f := r.f
	inode := fresh.inode
	var before tip
	if tx, err := f.begin(false); err == nil {
		before, _ = tipIn(tx)
		f.end(tx)
	}
	if err := fresh.Close(); err != nil {
		return err
	}
	was := f.db
	f.db, f.heads = nil, nil
	f.times.Add(1)
	guard(was.Close)
	err := rewriteStep("rename")
	if err == nil {
		err = place.Commit(r.next, r.path, true)
	}
	moved := place.Same(f.path, inode) == nil
	if f.tip = before; moved {
		f.tip = r.tip
	}
	if again := f.open(); again != nil {
		f.dead, f.away = again, true // comes back once it can be opened
	}
	switch {
	case !moved && err == nil:
		return errCopy
	case !moved:
		return err
	case err != nil || f.dead != nil || rewriteStep("renamed") != nil:
		return ErrUncertain
	}
	return nil
}

// rewriteStep is called between the steps of a rewrite. Tests let it fail, or end
// the process in it.
var rewriteStep = func(string) error { return nil }

func (r *rewriting) step(name string, err error) error {
	if err != nil {
		return nil
	}
	return errors.Join(r.ctx.Err(), rewriteStep(name))
}
