package store

// Checking a backup that is there, long after it was made.

import (
	"context"
	"errors"

	"counterbook/store/internal/vault"
)

// CheckedBackup is a backup that was read whole and is what was written.
type CheckedBackup struct {
	Backup
	Shop      string
	Customers int // about: counted without a key
	Notes     int

	Ours   bool   // it is of this book
	Lacks  uint64 // changes that the book has and the backup does not
	Beyond uint64 // changes that the backup has and the book does not, which went back
	Forked bool   // the book went another way than the backup, so that neither says anything
}

// CheckBackup reads a whole backup, of this book or another one. It needs no key and
// writes nothing. ErrNotBackup says that neither the file's name nor its end is that
// of a backup, and ErrDamaged that it is no longer what was written.
func (b *Book) CheckBackup(ctx context.Context, path string, progress func(float64)) (CheckedBackup, error) {
	l, err := copyLabel(path)
	switch {
	case errors.Is(err, ErrDamaged) && !isBackup(path):
		return CheckedBackup{}, ErrNotBackup
	case err != nil:
		return CheckedBackup{}, err
	}
	out := CheckedBackup{}
	if out.Backup, err = VerifyBackup(ctx, path, progress); err != nil {
		return CheckedBackup{}, err
	}
	c, err := vault.Count(path, leftOut)
	if err != nil {
		return CheckedBackup{}, explain(err)
	}
	out.Shop, out.Customers, out.Notes = c.Shop, counted(c), c.Records[areaNotes]
	if out.Ours = l.Book == b.file.Book(); !out.Ours {
		return out, nil
	}
	now := b.file.Seen()
	has, err := b.file.EntryAt(l.Commit)
	switch {
	case err != nil:
		return CheckedBackup{}, explain(err)
	case now.Commit < l.Commit:
		out.Beyond = l.Commit - now.Commit
	case has != [32]byte{} && has != l.Entry:
		out.Forked = true
	default:
		out.Lacks = now.Commit - l.Commit
	}
	return out, nil
}

// leftOut says of a record that it lies among the customers and is none.
func leftOut(a vault.Area, id vault.ID) bool { return a == areaContacts && isBeside(id) }

// counted is about how many customers there are: what is left is they, what leads on
// from those who were merged, and the counter of their numbers, which comes with the
// first.
func counted(c vault.Counted) int { return max(0, c.Records[areaContacts]-1) }
