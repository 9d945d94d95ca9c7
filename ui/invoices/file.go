package invoices

// Writing a file that is whole or not there.

import (
	"os"
	"path/filepath"
)

// fileError says which file could not be written.
type fileError struct {
	path string
	err  error
}

// Error does not name the folder, which may name a person.
func (e *fileError) Error() string { return "invoices: the file could not be written" }

// Unwrap returns the cause.
func (e *fileError) Unwrap() error { return e.err }

// writeFile writes data to a temporary file beside path and renames it: what was
// at path stays until the new file is whole.
func writeFile(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".counterbook-*.pdf")
	if err != nil {
		return &fileError{path, err}
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = &fileError{path, err}
		}
	}()
	if _, err = f.Write(data); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
