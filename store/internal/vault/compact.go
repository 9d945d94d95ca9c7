package vault

// Compact: the same book without the room that changes left behind.

import (
	"errors"
	"os"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/page"
	"counterbook/store/internal/vault/place"
)

// compactBatch is how many bytes go into one transaction of the new file.
const compactBatch = 4 << 20

// Compact writes a closed book anew, without free pages, and puts the new file
// in the place of the old one when it was checked. ErrBusy says that the book
// is open; after any error the book is as it was.
func Compact(path string) error {
	if _, err := page.Check(path); err != nil {
		return fromPage(err)
	}
	temp, err := place.Beside(path)
	if err != nil {
		return err
	}
	defer os.Remove(temp) // gone already when it was put in place
	if err := copyLive(path, temp); err != nil {
		return err
	}
	before, err := Check(path)
	if err != nil {
		return err
	}
	after, err := Check(temp)
	if err != nil {
		return err
	}
	before.Size, after.Size = 0, 0
	if before != after {
		return damaged("copy")
	}
	return place.Commit(temp, path, true)
}

// copyLive copies what the book at path holds into an empty file.
func copyLive(path, temp string) error {
	src, _, err := openDB(path, &bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	dst, err := bolt.Open(temp, 0o600, &bolt.Options{Timeout: lockTimeout, PageSize: pageSize})
	if err == nil {
		err = guard(func() error { return bolt.Compact(dst, src, compactBatch) })
		err = errors.Join(err, dst.Close())
	}
	return errors.Join(err, guard(src.Close))
}
