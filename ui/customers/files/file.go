// Package files brings customers in from files and takes them out: the assistant of
// an import, and the dialogs of an export and of a printed list.
package files

import (
	"bufio"
	"io"
	"os"
	"path/filepath"

	"counterbook/store/exchange"
)

// fileError says which file could not be written.
type fileError struct{ err error }

// Error does not name the folder, which may name a person.
func (e *fileError) Error() string { return "files: the file could not be written" }

// Unwrap returns the cause.
func (e *fileError) Unwrap() error { return e.err }

// writeFile writes a file that is whole or not there: what was at path stays until
// the new one is on the disk.
func writeFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".counterbook-*"+filepath.Ext(path))
	if err != nil {
		return &fileError{err}
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	b := bufio.NewWriter(f)
	if err = write(b); err != nil {
		return err
	}
	for _, step := range []func() error{b.Flush, f.Sync, f.Close, func() error { return os.Rename(f.Name(), path) }} {
		if err = step(); err != nil {
			return &fileError{err}
		}
	}
	return nil
}

// headOf reads the beginning of a file.
func headOf(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, exchange.HeadSize))
}
