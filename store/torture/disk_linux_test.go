package torture

// The disk: files as a list of calls leaves them, and all that may be left of
// them when the power goes.

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
)

// disk holds the files below a folder. What was written since the last sync of a
// file may be there after a power cut, or not, or in part; so may a name that was
// made, changed or removed since the last sync of its folder.
type disk struct {
	root  string
	names map[string]*file // as every reader sees them now
	sure  map[string]*file // names that a power cut cannot take
	moves []move           // of names, not synced yet
	fds   map[int64]*handle
	cwd   string
	said  string // what the process wrote to its standard output
}

type file struct {
	now, sure []byte // content as every reader sees it, and at the last sync
	edits     []edit // since then
}

// edit is bytes written at a place, or a new length.
type edit struct {
	at     int64
	data   []byte
	length bool
}

func (e edit) on(b []byte) []byte {
	if e.length {
		return sized(b, e.at)
	}
	if end := e.at + int64(len(e.data)); end > int64(len(b)) {
		b = sized(b, end)
	}
	copy(b[e.at:], e.data)
	return b
}

func sized(b []byte, n int64) []byte {
	if n <= int64(len(b)) {
		return b[:n]
	}
	return append(b, make([]byte, n-int64(len(b)))...)
}

// move gives a file another name, the first one or none.
type move struct {
	from, to string
	f        *file
}

func (m move) on(names map[string]*file) {
	if m.from != "" && names[m.from] == m.f {
		delete(names, m.from)
	}
	if m.to != "" {
		names[m.to] = m.f
	}
}

type handle struct {
	path   string
	f      *file // nil for a folder
	at     int64
	append bool
}

// newDisk is a disk with files on it that lie there for long.
func newDisk(root string, files map[string][]byte) *disk {
	d := &disk{root: root, names: map[string]*file{}, sure: map[string]*file{}, fds: map[int64]*handle{}}
	for name, b := range files {
		f := &file{now: bytes.Clone(b), sure: bytes.Clone(b)}
		d.names[filepath.Join(root, name)] = f
		d.sure[filepath.Join(root, name)] = f
	}
	return d
}

func (d *disk) ours(path string) bool { return strings.HasPrefix(path, d.root+"/") || path == d.root }

func (d *disk) move(m move) {
	m.on(d.names)
	d.moves = append(d.moves, m)
}

func (d *disk) edit(f *file, e edit) {
	f.now = e.on(f.now)
	f.edits = append(f.edits, e)
}

// do plays one call, and reports whether it may have changed what a power cut
// leaves.
func (d *disk) do(c call) (changed bool, err error) {
	switch c.name {
	case "open", "creat":
		return d.open(c.text(0), c.args[1], c.ret), nil
	case "openat":
		return d.open(c.text(1), c.args[2], c.ret), nil
	case "close":
		delete(d.fds, c.number(0))
	case "dup", "dup2", "dup3":
		if h := d.fds[c.number(0)]; h != nil {
			d.fds[c.ret] = h
		}
	case "fcntl":
		if h := d.fds[c.number(0)]; h != nil && strings.HasPrefix(c.args[1], "F_DUPFD") {
			d.fds[c.ret] = h
		}
	case "lseek":
		if h := d.fds[c.number(0)]; h != nil {
			h.at = c.ret
		}
	case "write":
		if c.number(0) == 1 {
			d.said += c.text(1)
			return true, nil
		}
		return d.write(c.number(0), c.text(1)[:c.ret], -1), nil
	case "pwrite64":
		return d.write(c.number(0), c.text(1)[:c.ret], c.number(3)), nil
	case "copy_file_range", "sendfile":
		return d.copy(c)
	case "ftruncate":
		if h := d.fds[c.number(0)]; h != nil && h.f != nil {
			d.edit(h.f, edit{at: c.number(1), length: true})
			return true, nil
		}
	case "fsync", "fdatasync":
		return d.sync(d.fds[c.number(0)]), nil
	case "rename":
		return d.rename(c.text(0), c.text(1)), nil
	case "renameat", "renameat2":
		return d.rename(c.text(1), c.text(3)), nil
	case "link":
		return d.link(c.text(0), c.text(1)), nil
	case "linkat":
		return d.link(c.text(1), c.text(3)), nil
	case "unlink":
		return d.unlink(c.text(0)), nil
	case "unlinkat":
		return d.unlink(c.text(1)), nil
	case "mkdir", "mkdirat", "rmdir":
	default: // written in a way that is not modelled here
		if c.name == "truncate" || d.fds[c.number(0)] != nil {
			return false, fmt.Errorf("the disk does not know %s", c.name)
		}
	}
	return false, nil
}

func (d *disk) open(path, flags string, fd int64) (changed bool) {
	delete(d.fds, fd)
	if !d.ours(path) {
		return false
	}
	f := d.names[path]
	if f == nil && strings.Contains(flags, "O_CREAT") {
		f = &file{}
		d.move(move{to: path, f: f})
		changed = true
	}
	if f != nil && strings.Contains(flags, "O_TRUNC") && len(f.now) > 0 {
		d.edit(f, edit{length: true})
		changed = true
	}
	d.fds[fd] = &handle{path: path, f: f, append: strings.Contains(flags, "O_APPEND")}
	return changed
}

// write writes at a place, or for -1 where the last write ended.
func (d *disk) write(fd int64, data string, at int64) bool {
	h := d.fds[fd]
	if h == nil || h.f == nil {
		return false
	}
	if at < 0 {
		if h.append {
			h.at = int64(len(h.f.now))
		}
		at = h.at
		h.at += int64(len(data))
	}
	d.edit(h.f, edit{at: at, data: []byte(data)})
	return true
}

// copy is a copy that the kernel makes from one file to another.
func (d *disk) copy(c call) (bool, error) {
	from, to := c.number(0), c.number(2)
	if c.name == "sendfile" {
		from, to = c.number(1), c.number(0)
	}
	src, dst := d.fds[from], d.fds[to]
	if dst == nil {
		return false, nil
	}
	if src == nil || c.name == "copy_file_range" && (c.args[1] != "NULL" || c.args[3] != "NULL") {
		return false, fmt.Errorf("the disk does not know this %s", c.name)
	}
	data := string(src.f.now[src.at : src.at+c.ret])
	src.at += c.ret
	return d.write(to, data, -1), nil
}

func (d *disk) sync(h *handle) bool {
	switch {
	case h == nil:
		return false
	case h.f != nil:
		h.f.sure, h.f.edits = bytes.Clone(h.f.now), nil
		return true
	}
	d.moves = slices.DeleteFunc(d.moves, func(m move) bool {
		here := m.from != "" && filepath.Dir(m.from) == h.path || m.to != "" && filepath.Dir(m.to) == h.path
		if here {
			m.on(d.sure)
		}
		return here
	})
	return true
}

func (d *disk) rename(from, to string) bool {
	f := d.names[from]
	if f == nil { // a folder: the files in it go along
		changed := false
		for _, name := range slices.Sorted(maps.Keys(d.names)) {
			if rest, in := strings.CutPrefix(name, from+"/"); in {
				d.move(move{from: name, to: to + "/" + rest, f: d.names[name]})
				changed = true
			}
		}
		return changed
	}
	d.move(move{from: from, to: to, f: f})
	return true
}

func (d *disk) link(from, to string) bool {
	f := d.names[from]
	if f == nil {
		return false
	}
	d.move(move{to: to, f: f})
	return true
}

func (d *disk) unlink(path string) bool {
	f := d.names[path]
	if f == nil {
		return false
	}
	d.move(move{from: path, f: f})
	return true
}

// left is what is on the disk after a power cut: each name and each edit that was
// not synced is there or not as the three functions choose. torn says which
// sectors of an edit are there, when it is there in part.
func (d *disk) left(name, whole func() bool, torn func() bool) map[string][]byte {
	names := maps.Clone(d.sure)
	for _, m := range d.moves {
		if name() {
			m.on(names)
		}
	}
	contents := map[*file][]byte{}
	out := map[string][]byte{}
	for _, path := range slices.Sorted(maps.Keys(names)) {
		f := names[path]
		b, ok := contents[f]
		if !ok {
			b = bytes.Clone(f.sure)
			for _, e := range f.edits {
				switch {
				case whole():
					b = e.on(b)
				case e.length || torn == nil:
				default:
					for at := 0; at < len(e.data); at += sector {
						if torn() {
							part := e.data[at:min(at+sector, len(e.data))]
							b = edit{at: e.at + int64(at), data: part}.on(b)
						}
					}
				}
			}
			contents[f] = b
		}
		rel, _ := filepath.Rel(d.root, path)
		out[rel] = b
	}
	return out
}

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

func yes() bool { return true }
func no() bool  { return false }

// cuts are what a power cut at this moment may leave: all, nothing, and some of
// what was not synced, that some random ones.
func (d *disk) cuts(r *rand.Rand, random int) []map[string][]byte {
	out := []map[string][]byte{d.left(yes, yes, nil)}
	loose := len(d.moves)
	for _, f := range d.names {
		loose += len(f.edits)
	}
	if loose == 0 {
		return out
	}
	out = append(out, d.left(no, no, nil), d.left(yes, no, nil), d.left(no, yes, nil))
	for range random {
		often := []float64{0.1, 0.5, 0.9}[r.IntN(3)]
		some := func() bool { return r.Float64() < often }
		torn := func() bool { return r.Float64() < often }
		if r.IntN(2) == 0 {
			torn = nil
		}
		name := some
		if r.IntN(3) > 0 { // most file systems keep the order of names
			keep := r.IntN(len(d.moves) + 1)
			name = func() bool { keep--; return keep >= 0 }
		}
		out = append(out, d.left(name, some, torn))
	}
	return out
}
