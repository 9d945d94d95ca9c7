package store

// Errors: what went wrong, as values.

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"
	"time"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/place"
)

// Opening and signing in.
var (
	ErrWrongPassphrase = errors.New("store: wrong passphrase")
	ErrWrongKit        = errors.New("store: the recovery kit is not this book's")
	ErrNoProfile       = errors.New("store: no such profile, or it is disabled")
	ErrNotBook         = errors.New("store: the file is not a book")
	// ErrBusy matches every BusyError.
	ErrBusy = errors.New("store: the book is open in another program")
	// ErrNetwork says that the book is on a network drive, or would be made there.
	ErrNetwork = errors.New("store: the book is on a network drive")
	ErrNewer   = errors.New("store: the book needs a newer version of the program")
	// ErrOldFormat says that the book was made by an early version of the program.
	// This one neither reads nor changes it.
	ErrOldFormat       = errors.New("store: the book is of an early format")
	ErrExists          = errors.New("store: a file is already there")
	ErrKitNotConfirmed = errors.New("store: the recovery kit was not confirmed")
	ErrClosed          = errors.New("store: closed")
)

// Working with a book.
var (
	// ErrDamaged matches every DamagedError.
	ErrDamaged = errors.New("store: the book is damaged")
	// ErrNoRight matches every NoRightError.
	ErrNoRight = errors.New("store: no right")
	// ErrUncertain says that a change may or may not be in the book. After an
	// issue, ask Invoices.Issued before anything else.
	ErrUncertain = errors.New("store: the change may or may not have been saved")
	// ErrFull says that the disk has no room left. Nothing was written.
	ErrFull = errors.New("store: the disk is full")
	// ErrDisk says that the disk does not answer, such as a stick that was pulled
	// out. Nothing was written.
	ErrDisk = errors.New("store: the disk does not answer")
	// ErrReadOnly says that the disk or the folder takes no changes. Nothing was
	// written.
	ErrReadOnly = errors.New("store: the disk takes no changes")
	// ErrMoved says that the book's file was replaced or removed while open, or
	// its disk was taken out. Nothing was written. Once the file is back, the next
	// change goes on with it.
	ErrMoved = errors.New("store: the book's file was replaced or removed")
	// ErrChanged says that somebody saved the record since it was read.
	ErrChanged = errors.New("store: the record was changed meanwhile")
	// ErrNotFound says that there is no such record.
	ErrNotFound = errors.New("store: no such record")
	// ErrLastOwner says that a change would leave nobody who can get in as owner.
	ErrLastOwner = errors.New("store: there must be an owner")
	// ErrTooLong says that a record does not fit in the book.
	ErrTooLong = errors.New("store: record too long")
	// ErrUnfit says that a record holds something that cannot be stored, such as
	// text that is none.
	ErrUnfit = errors.New("store: record cannot be stored")
	// ErrNicknameTaken says that two profiles would look the same at sign-in.
	ErrNicknameTaken = errors.New("store: nickname is taken")
	// ErrWeak says that a passphrase is too easy to guess.
	ErrWeak = errors.New("store: passphrase is too weak")
	// ErrSamePassphrase says that a new passphrase is the one until now.
	ErrSamePassphrase = errors.New("store: passphrase is the one until now")
)

// DamagedError says which part of a book is not what was written. Where is a fixed
// English word; the others are zero where they are not known.
type DamagedError struct {
	Where  string
	Area   string    // whose records are not those that were signed, such as "customers"
	Commit uint64    // the change that is not as it should be
	By     ProfileID // who signed it
	ByName string    // nickname now
}

func (e *DamagedError) Error() string { return "store: the book is damaged: " + e.Where }

// Is makes every DamagedError an ErrDamaged.
func (e *DamagedError) Is(target error) bool { return target == ErrDamaged }

// NoRightError says which right is missing; zero when only the key or the
// signature is known to be.
type NoRightError struct{ Right Right }

func (e *NoRightError) Error() string { return "store: no right: " + e.Right.String() }

// Is makes every NoRightError an ErrNoRight.
func (e *NoRightError) Is(target error) bool { return target == ErrNoRight }

var (
	// ErrOlder matches every OlderError.
	ErrOlder = errors.New("store: the book is older than the one last used here")
	// ErrForked says that the book lacks changes that this computer saw, and has
	// others in their place.
	ErrForked = errors.New("store: the book went another way than the one last used here")
	// ErrRestored says that a backup was put in the book's place, and that no owner
	// has gone on from it yet.
	ErrRestored = errors.New("store: the book is a backup that was put back")
	// ErrNotGoneBack says that there is nothing to decide about a book.
	ErrNotGoneBack = errors.New("store: the book did not go back")
)

// Backups.
var (
	// ErrBackup says that a file is a backup: it is restored, not opened.
	ErrBackup = errors.New("store: the file is a backup")
	// ErrNotBackup says that a file is no backup of a book.
	ErrNotBackup = errors.New("store: the file is no backup")
	// ErrBackingUp says that a backup of the book is being made.
	ErrBackingUp = errors.New("store: a backup is being made already")
	// ErrBadDrive says that a backup was read back otherwise than it was written.
	ErrBadDrive = errors.New("store: the drive does not keep what is written")
	// ErrSameFolder says that a backup cannot go where the book is.
	ErrSameFolder = errors.New("store: the book is in that folder itself")
)

// OlderError says that a book ends before the newest change that this computer
// saw of it.
type OlderError struct {
	Missing  uint64    // how many changes
	Since    time.Time // when the newest of them was made
	Restored bool      // a backup was put in its place
}

func (e *OlderError) Error() string {
	return fmt.Sprintf("store: %d changes of the book are missing", e.Missing)
}

// Is makes every OlderError an ErrOlder, and one of a restored book an
// ErrRestored.
func (e *OlderError) Is(target error) bool {
	return target == ErrOlder || e.Restored && target == ErrRestored
}

// TooSoonError says that a profile had too many wrong tries. Until Wait is
// over, no secret is looked at.
type TooSoonError struct{ Wait time.Duration }

func (e *TooSoonError) Error() string {
	return fmt.Sprintf("store: wait %s before the next try", e.Wait)
}

// explain turns an error of the engine into one of this package.
func explain(err error) error {
	var d *vault.Damaged
	var older *vault.Older
	switch {
	case err == nil:
		return nil
	case errors.As(err, &older):
		return &OlderError{Missing: older.Missing, Since: older.Since, Restored: older.Restored}
	case errors.Is(err, vault.ErrCopying):
		return ErrBackingUp
	case errors.Is(err, vault.ErrForked):
		return ErrForked
	case errors.Is(err, vault.ErrRestored):
		return ErrRestored
	case errors.As(err, &d):
		return &DamagedError{Where: d.Where, Area: areaWords[d.Area], Commit: d.Commit, By: ID(d.Author)}
	case errors.Is(err, vault.ErrNotBook):
		return ErrNotBook
	case errors.Is(err, vault.ErrBusy):
		return ErrBusy
	case errors.Is(err, vault.ErrNetwork):
		return ErrNetwork
	case errors.Is(err, vault.ErrNothing):
		return ErrNothingFound
	case errors.Is(err, vault.ErrNoRoot):
		return ErrNoRoot
	case errors.Is(err, vault.ErrNewer), errors.Is(err, envelope.ErrNewer):
		return ErrNewer
	case errors.Is(err, vault.ErrOldFormat):
		return ErrOldFormat
	case errors.Is(err, vault.ErrNoProfile):
		return ErrNoProfile
	case errors.Is(err, vault.ErrUncertain):
		return ErrUncertain
	case errors.Is(err, vault.ErrMoved):
		return ErrMoved
	case errors.Is(err, vault.ErrNoKey), errors.Is(err, vault.ErrNoWrite):
		return &NoRightError{}
	case errors.Is(err, vault.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, vault.ErrClosed):
		return ErrClosed
	case errors.Is(err, envelope.ErrForm):
		return &DamagedError{Where: "record"}
	case errors.Is(err, envelope.ErrTooLong):
		return ErrTooLong
	case errors.Is(err, place.ErrExists), errors.Is(err, fs.ErrExist):
		return ErrExists
	}
	return OfDisk(err)
}

// named is explain where the book can say who somebody is.
func (b *Book) named(err error) error {
	err = explain(err)
	var d *DamagedError
	if errors.As(err, &d) && !d.By.IsZero() {
		d.ByName = b.file.Nickname(vault.ID(d.By))
	}
	return err
}

// OfDisk names what a disk refuses to do as ErrFull, ErrDisk or ErrReadOnly,
// whatever the system calls it, and returns any other error as it is.
func OfDisk(err error) error {
	if err == nil {
		return nil
	}
	var n syscall.Errno
	known := errors.As(err, &n)
	for named, numbers := range diskErrors {
		if known && slices.Contains(numbers, n) || !known && slices.ContainsFunc(numbers, inWords(err)) {
			return named
		}
	}
	return err
}

// inWords reports whether an error ends in what the system says of a number: where
// the file has to grow, the database passes on the words alone.
func inWords(err error) func(syscall.Errno) bool {
	return func(n syscall.Errno) bool {
		for line := range strings.Lines(err.Error()) {
			if strings.HasSuffix(strings.TrimSpace(line), ": "+n.Error()) {
				return true
			}
		}
		return false
	}
}
