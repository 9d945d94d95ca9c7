//go:build unix

package torture

// Images: a folder as it is after its writer was ended.

import (
	"os"
	"path/filepath"

	"counterbook/store/internal/proctest"
)

func init() { proctest.Role("mains", mains) }

// image is a folder after a power cut, and what a writer had said before.
type image struct {
	Dir    string
	Said   string
	At     int // call
	Born   bool
	Before state
}

// mains reads images and says what is wrong with each.
func mains() error {
	return answer(os.Stdin, os.Stdout, func(i image) (string, error) {
		if err := i.check(); err != nil {
			return err.Error(), nil
		}
		return "", os.RemoveAll(i.Dir)
	})
}

func (i image) check() error {
	s, err := hear(i.Said)
	if err != nil {
		return err
	}
	path := filepath.Join(i.Dir, bookName)
	if _, err := os.Stat(path); os.IsNotExist(err) && !i.Born && !s.created {
		return nil // not there yet, and nobody was told that it is
	}
	return s.left(path, i.Before)
}
