package store

// Errors: what went wrong, as values.

import (
	"errors"
	"fmt"
	"io/fs"
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
	ErrBusy            = errors.New("store: the book is open in another program")
	ErrNewer           = errors.New("store: the book needs a newer version of the program")
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
	// ErrMoved says that the book's file was replaced or removed while open.
	// Nothing was written.
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

// DamagedError says which part of a book is not what was written.
type DamagedError struct{ Where string }

func (e *DamagedError) Error() string { return "store: the book is damaged: " + e.Where }

// Is makes every DamagedError an ErrDamaged.
func (e *DamagedError) Is(target error) bool { return target == ErrDamaged }

// NoRightError says which right is missing; zero when only the key or the
// signature is known to be.
type NoRightError struct{ Right Right }

func (e *NoRightError) Error() string { return "store: no right: " + e.Right.String() }

// Is makes every NoRightError an ErrNoRight.
func (e *NoRightError) Is(target error) bool { return target == ErrNoRight }

// TooSoonError says that a profile had too many wrong tries. Until Wait is
// over, no secret is looked at.
type TooSoonError struct{ Wait time.Duration }

func (e *TooSoonError) Error() string {
	return fmt.Sprintf("store: wait %s before the next try", e.Wait)
}

// explain turns an error of the engine into one of this package.
func explain(err error) error {
	var d *vault.Damaged
	switch {
	case err == nil:
		return nil
	case errors.As(err, &d):
		return &DamagedError{Where: d.Where}
	case errors.Is(err, vault.ErrNotBook):
		return ErrNotBook
	case errors.Is(err, vault.ErrBusy):
		return ErrBusy
	case errors.Is(err, vault.ErrNewer), errors.Is(err, envelope.ErrNewer):
		return ErrNewer
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
	return err
}
