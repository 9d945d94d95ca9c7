// Private files for a viewer: written when somebody looks at a PDF, gone at lock,
// exit and next start.

package process

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// ErrNotPrivate says that the folder for handouts belongs to somebody else or
// is not a folder. Nothing was written.
var ErrNotPrivate = errors.New("the folder for temporary files is not private")

// Handouts is a folder only this user can read, for files a viewer needs for a
// while. The names are random and say nothing of the contents.
//
// Another program of the same user can read the files while they are there: that
// is what they are for.
type Handouts struct {
	mu  sync.Mutex
	dir string
}

// HandoutsDir is the folder the program uses: in the user's cache, which is not
// backed up.
func HandoutsDir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(cache, "counterbook", "handouts"), nil
}

// OpenHandouts makes dir private and empties it: what an earlier run could not
// remove, or had no time to, goes now.
func OpenHandouts(dir string) (*Handouts, error) {
	h := &Handouts{dir: dir}
	if err := h.prepare(); err != nil {
		return nil, err
	}
	return h, h.Clear()
}

func (h *Handouts) prepare() error {
	if err := os.MkdirAll(h.dir, 0o700); err != nil {
		return fmt.Errorf("make the folder for temporary files: %w", err)
	}
	info, err := os.Lstat(h.dir)
	if err != nil {
		return fmt.Errorf("look at the folder for temporary files: %w", err)
	}
	if !info.IsDir() || !ours(info) {
		return ErrNotPrivate
	}
	return os.Chmod(h.dir, 0o700)
}

// Put writes data to a new private file and returns its path. ext is ".pdf" or
// another ending a viewer recognises.
func (h *Handouts) Put(ext string, data []byte) (path string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.prepare(); err != nil {
		return "", err
	}
	var name [16]byte
	if _, err := rand.Read(name[:]); err != nil {
		return "", err
	}
	path = filepath.Join(h.dir, hex.EncodeToString(name[:])+ext)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("write a temporary file: %w", err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("write a temporary file: %w", err), os.Remove(path))
	}
	return path, nil
}

// Clear removes every handout. A file that a viewer holds open on Windows stays
// until the next Clear; the error then says so, and the others are gone.
func (h *Handouts) Clear() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	entries, err := os.ReadDir(h.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("empty the folder for temporary files: %w", err)
	}
	var all error
	for _, e := range entries {
		if err := os.Remove(filepath.Join(h.dir, e.Name())); err != nil {
			all = errors.Join(all, fmt.Errorf("remove a temporary file: %w", err))
		}
	}
	return all
}
