package start

// Places that take no book, and books that are not opened where they are: what is
// wrong, and what to do.

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"counterbook/store"
	"counterbook/ui/words"
)

// noPlace says why no book can be made at a path, "" when something else is wrong.
func (e *Env) noPlace(path string, err error) string {
	w, disk := e.Words, store.OfDisk(err)
	dir := filepath.Dir(path)
	folder := words.Data{"Folder": dir}
	var at *fs.PathError
	elsewhere := errors.As(err, &at) && (at.Op == "read" || !strings.HasPrefix(at.Path, dir) && !strings.HasPrefix(dir, at.Path))
	switch {
	case errors.Is(err, store.ErrExists), errors.Is(err, store.ErrNetwork), errors.Is(disk, store.ErrFull), errors.Is(disk, store.ErrReadOnly):
		return w.Error(err)
	case errors.Is(disk, store.ErrDisk), elsewhere: // which disk is not known
		return ""
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		if st, err := os.Stat(dir); err == nil && st.IsDir() {
			return ""
		}
		return w.T("start.setup.where.nofolder", folder)
	case errors.Is(err, fs.ErrPermission), at != nil:
		return w.T("start.setup.where.unwritable", folder)
	}
	return ""
}

// unopened says why a book was not opened, and what to do about it.
func (e *Env) unopened(err error) string {
	t, disk := e.Words.T, store.OfDisk(err)
	switch {
	case errors.Is(err, store.ErrNetwork):
		return t("start.unopened.network")
	case errors.Is(disk, store.ErrReadOnly):
		return t("start.unopened.readOnly")
	case errors.Is(err, fs.ErrPermission):
		return t("start.unopened.unwritable")
	case errors.Is(err, fs.ErrNotExist):
		return t("start.unopened.missing")
	}
	return e.Words.Error(err)
}
