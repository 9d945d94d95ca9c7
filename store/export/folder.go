package export

// The folder: written under another name beside its place, and moved there when
// it is whole.

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"counterbook/store/internal/vault/place"
)

// ErrNotEmpty says that there is something already where an export should go.
var ErrNotEmpty = errors.New("export: there is something in the folder already")

// disk is where files are made; tests make it full.
type disk interface {
	Create(path string) (file, error)
}

type file interface {
	io.WriteCloser
	Sync() error
}

type realDisk struct{}

// Create makes a file that only the user reads.
func (realDisk) Create(path string) (file, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// folder is an export that is being written.
type folder struct {
	disk  disk
	path  string // where it will be
	temp  string // where it is
	bytes int64
	open  []*out
}

// newFolder makes room for an export at path, where nothing may be but an empty
// folder. What an export left there that did not come to its end is removed.
func newFolder(d disk, path string) (*folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := vacant(path); err != nil {
		return nil, err
	}
	for _, left := range place.Leftovers(path) {
		if err := os.RemoveAll(left); err != nil {
			return nil, err
		}
	}
	temp, err := place.FolderBeside(path)
	if err != nil {
		return nil, err
	}
	f := &folder{disk: d, path: path, temp: temp}
	for _, sub := range []string{tables, papers} {
		if err := os.Mkdir(filepath.Join(temp, sub), 0o700); err != nil {
			return nil, errors.Join(err, f.drop())
		}
	}
	return f, nil
}

// vacant refuses a place where something is.
func vacant(path string) error {
	at, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !at.IsDir():
		return ErrNotEmpty // a file
	}
	list, err := os.ReadDir(path)
	if err == nil && len(list) > 0 {
		return ErrNotEmpty
	}
	return err
}

// out is a file of the folder.
type out struct {
	f    *folder
	file file
	buf  *bufio.Writer
}

// create opens a file for writing.
func (f *folder) create(name string) (*out, error) {
	h, err := f.disk.Create(filepath.Join(f.temp, filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	o := &out{f: f, file: h, buf: bufio.NewWriterSize(h, 1<<16)}
	f.open = append(f.open, o)
	return o, nil
}

// Write implements io.Writer.
func (o *out) Write(b []byte) (int, error) {
	n, err := o.buf.Write(b)
	o.f.bytes += int64(n)
	return n, err
}

// close makes the file durable: a disk may say only then that it is full.
func (o *out) close() error {
	err := o.buf.Flush()
	if err == nil {
		err = o.file.Sync()
	}
	for i, other := range o.f.open {
		if other == o {
			o.f.open = append(o.f.open[:i], o.f.open[i+1:]...)
			break
		}
	}
	return errors.Join(err, o.file.Close())
}

// write writes a whole file.
func (f *folder) write(name string, data []byte) error {
	o, err := f.create(name)
	if err != nil {
		return err
	}
	_, err = o.Write(data)
	return errors.Join(err, o.close())
}

// finish moves the folder to its place.
func (f *folder) finish() error { return place.CommitFolder(f.temp, f.path) }

// drop removes what was written.
func (f *folder) drop() error {
	for _, o := range f.open {
		o.file.Close()
	}
	f.open = nil
	return os.RemoveAll(f.temp)
}

// fileNames gives every invoice number a file name that no system refuses and no
// other invoice has, also where large and small letters are one.
type fileNames map[string]bool

// reserved are names that Windows keeps for devices, whatever their ending.
var reserved = []string{"con", "prn", "aux", "nul", "com", "lpt"}

func (n fileNames) of(number string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("-_.", r):
			return r
		}
		return '_'
	}, number)
	name = strings.Trim(name, ".")
	for _, r := range reserved {
		stem, _, _ := strings.Cut(strings.ToLower(name), ".")
		if strings.TrimRight(stem, "0123456789") == r {
			name = "_" + name
			break
		}
	}
	if name == "" {
		name = "_"
	}
	free := name
	for i := 2; n[strings.ToLower(free)]; i++ {
		free = name + "~" + strconv.Itoa(i)
	}
	n[strings.ToLower(free)] = true
	return free + ".pdf"
}
