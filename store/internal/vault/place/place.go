// Package place puts whole files in their place: a file is made beside its
// destination, made durable, and renamed, so that at every moment the old file
// or the new one is there, and never half of one.
package place

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

var (
	// ErrExists says that there is a file already where a new one should go.
	ErrExists = errors.New("place: a file is already there")
	// ErrMoved says that the open file is no longer the one at its path.
	ErrMoved = errors.New("place: the file was replaced or removed")
	// ErrNotFile says that what is at a path is no regular file.
	ErrNotFile = errors.New("place: not a file")
)

// tempMark is in the name of every file that is not yet in its place.
const tempMark = ".being-written-"

// restoreMark is tempMark for who does not hold the file that is to be replaced.
const restoreMark = ".being-restored-"

// abandonedAfter is for how long nothing was written to a file with restoreMark
// until nobody is writing it any more.
const abandonedAfter = time.Hour

// Beside creates an empty private file in the folder of path, to be filled and
// then moved there with Commit. The caller removes it when that fails.
func Beside(path string) (string, error) { return beside(path, tempMark) }

// BesideClosed is Beside for who does not hold the file at path: Leftovers, which
// whoever opens that one meanwhile may clear away, leaves out what is fresh.
func BesideClosed(path string) (string, error) { return beside(path, restoreMark) }

func beside(path, mark string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+mark+"*")
	if err != nil {
		return "", err
	}
	name := f.Name()
	return name, f.Close()
}

// Commit makes temp durable and gives it the name path. With replace false an
// existing file is left alone and ErrExists returned. Neither file may be open
// in this process: Windows refuses to rename then.
func Commit(temp, path string, replace bool) error {
	if !replace {
		if _, err := os.Lstat(path); err == nil {
			return ErrExists
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := syncFile(temp); err != nil {
		return fmt.Errorf("make durable: %w", err)
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// Open opens a regular file to read it. Opening anything else, such as a pipe, might
// wait for ever, or not end: that is ErrNotFile.
func Open(path string) (*os.File, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, ErrNotFile
	}
	return os.Open(path)
}

// Leftovers lists files that an interrupted Beside or BesideClosed left for path.
func Leftovers(path string) []string {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		left := strings.HasPrefix(e.Name(), "."+filepath.Base(path)+tempMark)
		if strings.HasPrefix(e.Name(), "."+filepath.Base(path)+restoreMark) {
			st, err := e.Info()
			left = err == nil && time.Since(st.ModTime()) > abandonedAfter
		}
		if left {
			out = append(out, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	return out
}

// Same returns ErrMoved unless the file at path is the one that was opened as
// open. What is written to a file that lost its name is lost with it.
func Same(path string, open fs.FileInfo) error {
	now, err := os.Stat(path)
	if err != nil || !os.SameFile(now, open) {
		return ErrMoved
	}
	return nil
}

// Stat is os.Stat of a file that may get another name before it is compared with
// Same: Windows would ask for it under the name it had.
func Stat(path string) (fs.FileInfo, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Stat()
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// FolderBeside creates an empty private folder beside path, as Beside does a
// file, to be filled and moved there with CommitFolder.
func FolderBeside(path string) (string, error) {
	return os.MkdirTemp(filepath.Dir(path), "."+filepath.Base(path)+tempMark+"*")
}

// CommitFolder gives the folder temp the name path, where nothing may be but an
// empty folder. The files in it are durable already; none of them may be open.
// File systems that cannot make a name durable, as of some memory sticks, keep it
// as well as they can.
func CommitFolder(temp, path string) error {
	switch at, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !at.IsDir() || os.Remove(path) != nil:
		return ErrExists
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	_ = syncDir(filepath.Dir(path))
	return nil
}

// Deliver is Commit of what is durable already, and to any drive: file systems
// that cannot make a name durable, as of some memory sticks and network drives,
// keep it as well as they can. After an error the name is as it was.
func Deliver(temp, path string, replace bool) error {
	if !replace {
		if _, err := os.Lstat(path); err == nil {
			return ErrExists
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	_ = syncDir(filepath.Dir(path))
	return nil
}

// Second gives a file another name beside the one it has, and makes that as durable
// as Deliver does: whoever takes the first one away next loses nothing.
func Second(path, other string) error {
	if err := os.Link(path, other); err != nil {
		return err
	}
	_ = syncDir(filepath.Dir(other))
	return nil
}

// Abandoned lists files with an ending in a folder that an interrupted Beside
// left there, whatever they were to be called.
func Abandoned(dir, ending string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") && strings.Contains(e.Name(), ending+tempMark) {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out
}
