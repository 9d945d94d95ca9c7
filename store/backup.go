package store

// Backups: copies of the book on another drive, that are called good only once
// they were read back. Making one and looking whether it is good needs no key.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/place"
)

// BackupEnding is the ending of a backup's name.
const BackupEnding = ".counterbook-backup"

// Backup is a backup that is there.
type Backup struct {
	Path    string
	At      time.Time // when it was made
	Commit  uint64    // the newest change in it
	Size    int64
	Records int
	Signed  bool // somebody who was signed in checked the signatures as well

	// What making it came upon.
	SameDrive bool          // it lies on the drive of the book: both would be lost together
	Smaller   *SmallerError // why no earlier one was removed, nil where nothing was in the way
	Removed   int           // how many earlier ones were
}

// BackupOptions say what becomes of earlier backups.
type BackupOptions struct {
	Keep  int  // how many of this book stay, the new one among them; 0 keeps all
	Force bool // remove the others although the book became smaller
}

// SmallerError says that the book holds less than an earlier backup of it, which
// may be the last place where the rest is.
type SmallerError struct {
	Commits, CommitsBefore uint64
	Records, RecordsBefore int
}

func (e *SmallerError) Error() string { return "store: an earlier backup holds more than the book" }

// Backup writes the book into a folder, reads the copy back, and gives it its
// name only when it is good. Nothing half-made is left after an error, and
// earlier backups are as they were. progress, which may be nil, is told which
// part is done.
func (b *Book) Backup(ctx context.Context, dir string, o BackupOptions, progress func(float64)) (Backup, error) {
	return b.backup(ctx, nil, dir, o, progress)
}

// Backup is Book.Backup that also checks the signatures, for which any profile
// has the key.
func (s *Session) Backup(ctx context.Context, dir string, o BackupOptions, progress func(float64)) (Backup, error) {
	return s.book.backup(ctx, s, dir, o, progress)
}

func (b *Book) backup(ctx context.Context, s *Session, dir string, o BackupOptions, progress func(float64)) (Backup, error) {
	before, err := b.room(dir)
	if err != nil {
		return Backup{}, explain(err)
	}
	l, path, err := b.deliver(ctx, s, dir, progress)
	if err = explain(err); errors.Is(err, ErrDamaged) && sound(b.file.Path()) {
		err = ErrBadDrive
	}
	if err != nil {
		return Backup{}, err
	}
	made := backupOf(path, l)
	made.SameDrive = place.SameDrive(dir, b.file.Path())
	if made.Smaller = smaller(made, before); made.Smaller == nil || o.Force {
		made.Removed = thin(made, before, o.Keep)
	}
	b.noteBackup(made)
	b.mirror(s, dir)
	return made, nil
}

// sound reports whether the book itself is whole, so that damage in a copy is the
// doing of where it went.
func sound(path string) bool {
	_, err := vault.Check(path)
	return err == nil
}

// room looks whether a folder takes backups of this book, and lists those it has.
func (b *Book) room(dir string) ([]Backup, error) {
	at, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if home, err := os.Stat(filepath.Dir(b.file.Path())); err == nil && os.SameFile(home, at) {
		return nil, ErrSameFolder
	}
	if here, err := filepath.EvalSymlinks(b.file.Path()); err == nil { // the book may be a link into it
		if home, err := os.Stat(filepath.Dir(here)); err == nil && os.SameFile(home, at) {
			return nil, ErrSameFolder
		}
	}
	for _, left := range place.Abandoned(dir, BackupEnding) {
		if st, err := os.Stat(left); err == nil && time.Since(st.ModTime()) > abandonedAfter {
			_ = os.Remove(left)
		}
	}
	return b.Backups(dir)
}

// abandonedAfter is for how long nothing was written to a backup that was not
// finished until it is removed: nobody is writing it any more.
const abandonedAfter = time.Hour

// deliver writes the copy, proves it, and gives it its name.
func (b *Book) deliver(ctx context.Context, s *Session, dir string, progress func(float64)) (vault.Label, string, error) {
	tell := func(from, to float64) func(done, of int64) {
		if progress == nil {
			return nil
		}
		return func(done, of int64) { progress(from + (to-from)*float64(done)/float64(max(of, 1))) }
	}
	temp, err := place.Beside(filepath.Join(dir, "counterbook"+BackupEnding))
	if err != nil {
		return vault.Label{}, "", err
	}
	defer os.Remove(temp) // gone already when it has its name
	l, err := b.writeOut(ctx, temp, tell(0, 0.5))
	if err != nil {
		return l, "", err
	}
	l.At = time.Unix(b.o.Now().Unix(), 0).UTC() // as it is read again
	if err := proveCopy(ctx, s, temp, &l, tell(0.5, 0.9)); err != nil {
		return l, "", err
	}
	if err := ctx.Err(); err != nil {
		return l, "", err
	}
	if err := vault.AddLabel(temp, l); err != nil {
		return l, "", err
	}
	for n := 1; ; n++ {
		path := filepath.Join(dir, b.backupName(l, n))
		if err = place.Deliver(temp, path, false); err == nil || !errors.Is(err, place.ErrExists) {
			if progress != nil {
				progress(1)
			}
			return l, path, err
		}
	}
}

// writeOut writes the book's pages into a file and makes them durable. Where the
// book is written anew meanwhile it begins again.
func (b *Book) writeOut(ctx context.Context, temp string, progress func(done, of int64)) (vault.Label, error) {
	out, err := os.OpenFile(temp, os.O_WRONLY, 0)
	if err != nil {
		return vault.Label{}, err
	}
	most := 0.0
	ahead := func(done, of int64) { // never back
		if part := float64(done) / float64(max(of, 1)); progress != nil && part > most {
			most = part
			progress(done, of)
		}
	}
	l, err := b.file.WriteTo(ctx, out, ahead)
	for errors.Is(err, vault.ErrRewritten) {
		if _, err = out.Seek(0, io.SeekStart); err == nil {
			err = out.Truncate(0)
		}
		if err == nil {
			l, err = b.file.WriteTo(ctx, out, ahead)
		}
	}
	if err == nil {
		err = out.Sync()
	}
	return l, errors.Join(err, out.Close())
}

// proveCopy reads back what was written, and adds what it finds to the label.
func proveCopy(ctx context.Context, s *Session, path string, l *vault.Label, progress func(done, of int64)) error {
	place.Uncached(path)
	var r vault.Report
	var checked error
	done := make(chan struct{})
	go func() {
		defer close(done)
		r, checked = vault.Check(path)
	}()
	sum, err := vault.Digest(ctx, path, l.Size, progress)
	<-done
	switch {
	case err != nil:
		return err
	case sum != l.Digest:
		return &DamagedError{Where: "copy"}
	case checked != nil:
		return checked
	}
	l.Records = uint64(r.Records)
	if s == nil {
		return nil
	}
	switch err := s.v.VerifyCopy(path); {
	case err == nil:
		l.Verified = true
	case !errors.Is(err, vault.ErrClosed) && !errors.Is(err, vault.ErrNoProfile): // signed out meanwhile
		return err
	}
	return nil
}

// isBackup reports whether a file is called a backup. One that is called otherwise
// opens as what it is, a book that was put back: an owner has to go on from it.
func isBackup(path string) bool { return strings.HasSuffix(path, BackupEnding) }

// VerifyBackup reads a whole backup and returns what it is. ErrDamaged says that
// it is no longer what was written.
func VerifyBackup(ctx context.Context, path string, progress func(float64)) (Backup, error) {
	l, err := vault.ReadLabel(path)
	if errors.Is(err, vault.ErrNotBook) {
		return Backup{}, &DamagedError{Where: "copy"}
	}
	if err != nil {
		return Backup{}, explain(err)
	}
	was := l
	err = proveCopy(ctx, nil, path, &l, func(done, of int64) {
		if progress != nil {
			progress(float64(done) / float64(max(of, 1)))
		}
	})
	if err == nil && l != was {
		err = &DamagedError{Where: "copy"}
	}
	return backupOf(path, was), explain(err)
}

// Backups lists the backups of this book in a folder, newest first.
func (b *Book) Backups(dir string) ([]Backup, error) {
	all, err := backupsIn(dir, func(l vault.Label) bool { return l.Book == b.file.Book() })
	return all, explain(err)
}

func backupsIn(dir string, of func(vault.Label) bool) ([]Backup, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []Backup
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), BackupEnding) {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if l, err := vault.ReadLabel(path); err == nil && of(l) {
			out = append(out, backupOf(path, l))
		}
	}
	sortBackups(out)
	return out, nil
}

// sortBackups puts the newest first.
func sortBackups(list []Backup) {
	slices.SortStableFunc(list, func(a, b Backup) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Commit, a.Commit)) })
}

func backupOf(path string, l vault.Label) Backup {
	return Backup{Path: path, At: l.At, Commit: l.Commit, Size: l.Size, Records: int(l.Records), Signed: l.Verified}
}

// smaller compares a backup with those of before. What was made by going back, or
// by somebody who deleted half of the customers, must not push out the last
// backup that has everything.
func smaller(made Backup, before []Backup) *SmallerError {
	if len(before) == 0 {
		return nil
	}
	largest := slices.MaxFunc(before, func(a, b Backup) int { return cmp.Compare(a.Records, b.Records) })
	if before[0].Commit <= made.Commit && made.Records >= largest.Records/2 {
		return nil
	}
	return &SmallerError{Commits: made.Commit, CommitsBefore: before[0].Commit, Records: made.Records, RecordsBefore: largest.Records}
}

// thin removes the oldest backups beyond a number, and says how many it did.
func thin(made Backup, before []Backup, keep int) (removed int) {
	if keep <= 0 {
		return 0
	}
	for _, old := range before[min(keep-1, len(before)):] {
		if old.Path != made.Path && os.Remove(old.Path) == nil {
			removed++
		}
	}
	return removed
}

// backupName is a name that every system takes: "shop 2026-11-25 18.05 #4711",
// the second of the same minute and change with a 2 in brackets.
func (b *Book) backupName(l vault.Label, n int) string {
	at := l.At.In(b.o.Now().Location())
	name := fmt.Sprintf("%s %s #%d", plainName(bookName(b.file.Path())), at.Format("2006-01-02 15.04"), l.Commit)
	if n > 1 {
		name += fmt.Sprintf(" (%d)", n)
	}
	return name + BackupEnding
}

// bookName is the name of a book's file without its ending.
func bookName(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// longestName is how long the part of a backup's name is that comes from the
// book's, in bytes: systems take 255, in which the rest has to fit.
const longestName = 120

// plainName makes a name that Windows takes as well, whose drives a stick may
// meet: https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
func plainName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, name)
	for len(name) > longestName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	name = strings.Trim(name, " .")
	if name == "" {
		name = "book"
	}
	return name // what follows it makes an other name of CON, NUL and the like
}
