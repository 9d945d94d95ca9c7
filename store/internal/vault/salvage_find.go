package vault

// Finding: everything in a damaged file that may be of a book, and which table and
// profile an owner's secret makes genuine.

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
	"counterbook/store/internal/vault/page"
)

var (
	// ErrNothing says that a file holds no table of a book that is in one piece, so
	// that nothing says who may open what.
	ErrNothing = errors.New("vault: no table was found")
	// ErrNoRoot says that the owner's signing key was lost: what was found cannot be
	// signed.
	ErrNoRoot = errors.New("vault: the root key was lost")
)

// Salvage is what was found in a damaged file. Nothing of it is trusted before an
// owner's secret has opened a profile: the key pinned in there says which table is
// genuine, and that one which log entries and records are.
type Salvage struct {
	path    string
	least   keys.Params
	sources []*source // the damaged file, then backups of the same book
	tables  []*keys.Table
	own     []byte        // the profile that the secret opened, as stored …
	proved  keys.SlotKind // … by its slot of this kind
	s       *Session
}

// source is a file that was scanned.
type source struct {
	file *os.File
	size int64
	free func(page uint64) bool // nil: it is not known what was deleted

	tables, heads []spot
	profiles      map[ID][]spot
	log           map[uint64][]spot
	records       map[Area][]spot
}

// spot is where something may lie.
type spot struct {
	from   *source
	id     ID
	at     int64
	size   int32
	free   bool   // on a free page: a later change took it away
	epoch  uint32 // of records, as they say themselves
	commit uint64
}

func (p spot) read() ([]byte, error) {
	b := make([]byte, p.size)
	_, err := io.ReadFull(io.NewSectionReader(p.from.file, p.at, int64(p.size)), b)
	return b, err
}

// What the keys of a book look like, and how long their values can be.
const (
	maxSpots  = 1 << 23
	maxEntry  = 1 << 20
	maxRecord = envelope.MaxPlain + envelope.MaxPlain/8 + 1<<10
)

// OpenSalvage scans a damaged file and backups of the same book. All are only
// read. ErrBusy says that the book is open after all.
func OpenSalvage(ctx context.Context, path string, with []string, least keys.Params, progress func(part float64)) (*Salvage, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := page.First(path); err == nil {
		db, _, err := openDB(path, &bolt.Options{ReadOnly: true})
		if errors.Is(err, ErrBusy) {
			return nil, err
		}
		if err == nil {
			guard(db.Close)
		}
	}
	v := &Salvage{path: path, least: least}
	var total, read int64
	for i, p := range append([]string{path}, with...) {
		src, err := openSource(p)
		if err != nil {
			v.Close()
			return nil, err
		}
		v.sources = append(v.sources, src)
		if i == 0 {
			src.free, _ = page.Free(src.file, src.size)
		}
		total += src.size
	}
	for i, src := range v.sources {
		before := read
		err := src.scan(ctx, i == 0, func(done int64) {
			read = before + done
			if progress != nil && total > 0 {
				progress(float64(read) / float64(total))
			}
		})
		if err != nil {
			v.Close()
			return nil, err
		}
		read = before + src.size
	}
	v.readTables()
	if len(v.tables) == 0 {
		v.Close()
		return nil, ErrNothing
	}
	return v, nil
}

func openSource(path string) (*source, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, ErrNotBook
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &source{file: f, size: st.Size(), profiles: map[ID][]spot{}, log: map[uint64][]spot{}, records: map[Area][]spot{}}, nil
}

// remains reports whether a file whose beginning is no book's holds the table of one
// all the same: then it is damaged, and can be salvaged. What is far longer than
// a book is not looked through.
func remains(path string) bool {
	src, err := openSource(path)
	if err != nil {
		return false
	}
	defer src.file.Close()
	fits := func(key []byte, value int) bool { return bytes.Equal(key, keyTable) && value <= maxTable }
	found := errors.New("found")
	_, err = page.Scan(src.file, min(src.size, 1<<30), fits, func(e page.Element) error {
		raw, err := spot{from: src, at: e.At, size: int32(e.Size)}.read()
		if err != nil {
			return nil
		}
		if _, err := decodeTable(raw); err != nil {
			return nil
		}
		return found
	})
	return errors.Is(err, found)
}

// scan notes where things may lie. Of a backup only table, profiles and the root
// key are wanted.
func (src *source) scan(ctx context.Context, all bool, progress func(done int64)) error {
	fits := func(key []byte, value int) bool {
		switch {
		case bytes.Equal(key, keyTable):
			return value <= maxTable
		case bytes.Equal(key, keyHeads):
			return all && value <= maxTable
		case key[0] == preProfile && len(key) == 1+16:
			return value <= maxProfile
		case key[0] == preLog && len(key) == 1+8:
			return all && value <= maxEntry
		case key[0] == preRecord && len(key) == 3+16:
			return (all || Area(binary.BigEndian.Uint16(key[1:])) == Ownership) && value <= maxRecord
		}
		return false
	}
	spots := 0
	_, err := page.Scan(watched{src.file, ctx, progress}, src.size, fits, func(e page.Element) error {
		if spots++; spots > maxSpots {
			return damaged("pages")
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		p := spot{from: src, at: e.At, size: int32(e.Size), free: src.free != nil && src.free(e.Page)}
		switch e.Key[0] {
		case keyTable[0]:
			src.tables = append(src.tables, p)
		case keyHeads[0]:
			src.heads = append(src.heads, p)
		case preProfile:
			id := ID(e.Key[1:])
			src.profiles[id] = append(src.profiles[id], p)
		case preLog:
			n := binary.BigEndian.Uint64(e.Key[1:])
			src.log[n] = append(src.log[n], p)
		case preRecord:
			return src.record(p, e.Key)
		}
		return nil
	})
	return errors.Join(err, ctx.Err())
}

func (src *source) record(p spot, key []byte) error {
	head := make([]byte, min(int(p.size), 256))
	if _, err := src.file.ReadAt(head, p.at); err != nil {
		return nil
	}
	h, err := envelope.Parse(head)
	if err != nil {
		return nil
	}
	a := Area(binary.BigEndian.Uint16(key[1:]))
	p.id, p.epoch, p.commit = ID(key[3:]), h.Epoch, h.Commit
	src.records[a] = append(src.records[a], p)
	return nil
}

// watched is a file whose reading is told of, and ends with a context.
type watched struct {
	*os.File
	ctx      context.Context
	progress func(done int64)
}

// ReadAt implements io.ReaderAt.
func (w watched) ReadAt(b []byte, at int64) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	w.progress(at)
	return w.File.ReadAt(b, at)
}

// readTables keeps the tables that are in one piece, newest first. Which of them
// is the book's is not known yet.
func (v *Salvage) readTables() {
	seen := map[[32]byte]bool{}
	for _, src := range v.sources {
		for _, p := range src.tables {
			raw, err := p.read()
			sum := sha256.Sum256(raw)
			if err != nil || seen[sum] {
				continue
			}
			seen[sum] = true
			if t, err := decodeTable(raw); err == nil {
				v.tables = append(v.tables, t)
			}
		}
	}
	slices.SortStableFunc(v.tables, func(a, b *keys.Table) int { return cmp.Compare(b.Version, a.Version) })
}

// Path is where the damaged file is.
func (v *Salvage) Path() string { return v.path }

// Nickname is how a member is called in the table that counts.
func (v *Salvage) Nickname(id ID) string {
	if v.s != nil {
		return v.s.file.Nickname(id)
	}
	return ""
}

// Shop is the display name in the newest table.
func (v *Salvage) Shop() string { return v.tables[0].Shop }

// Members lists the profiles of the newest table, as anybody may see them.
func (v *Salvage) Members() []Listed { return listed(v.tables[0]) }

// Close gives the files back and forgets the keys.
func (v *Salvage) Close() {
	for _, src := range v.sources {
		src.file.Close()
	}
	if v.s != nil {
		v.s.Close()
	}
}

// stored lists what is stored of a profile, each once: what is in use first.
func (v *Salvage) stored(id ID) (out []candidate) {
	seen := map[[32]byte]bool{}
	for i, src := range v.sources {
		spots := slices.Clone(src.profiles[id])
		slices.SortStableFunc(spots, func(a, b spot) int { return boolean(a.free) - boolean(b.free) })
		for _, p := range spots {
			raw, err := p.read()
			sum := sha256.Sum256(raw)
			if err != nil || seen[sum] {
				continue
			}
			if _, err := decodeProfile(raw); err != nil {
				continue
			}
			seen[sum] = true
			out = append(out, candidate{raw, i == 0 && src.free != nil && !p.free})
		}
	}
	return out
}

// candidate is a profile as it was stored at some time.
type candidate struct {
	raw   []byte
	inUse bool // it is known to be the one of the newest state
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Unlock opens an owner's profile with its secret; the zero ID is whoever's it is.
// Each profile that is tried costs a derivation. ErrSecret, ErrNoProfile and
// ErrNoWrite say that nobody's opened, that its owner is no member any more, and
// that it is no owner's.
func (v *Salvage) Unlock(owner ID, secret keys.Secret) error {
	if v.s != nil { // of an earlier try
		v.s.Close()
		v.s = nil
	}
	failed := error(ErrNoProfile)
	tried := map[[32]byte]bool{}
	for _, t := range v.tables {
		for _, m := range t.Members {
			if owner != (ID{}) && m.ID != owner {
				continue
			}
			for _, c := range v.stored(m.ID) {
				try := sha256.Sum256(append(append(slices.Clone(t.Book[:]), m.ID[:]...), c.raw...))
				if tried[try] {
					continue
				}
				tried[try] = true
				p, _ := decodeProfile(c.raw)
				b, err := p.Open(t.Book, m.ID, secret, v.least)
				if err != nil {
					if errors.Is(err, keys.ErrSecret) {
						failed = ErrSecret
					}
					continue
				}
				v.own, v.proved = c.raw, secret.Kind
				return v.trust(b)
			}
		}
	}
	return failed
}

// trust takes the newest table that the key pinned in a bundle has signed.
func (v *Salvage) trust(b *keys.Bundle) error {
	i := slices.IndexFunc(v.tables, func(t *keys.Table) bool { return t.Book == b.Book && t.Verify(b.Root) == nil })
	if i < 0 {
		return damaged("table")
	}
	f := &File{least: v.least}
	f.table.Store(v.tables[i])
	s := &Session{file: f, bundle: b, areas: map[Area]*area{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return err
	}
	if !s.mayWrite(Ownership) || s.areas[Ownership] == nil {
		return ErrNoWrite
	}
	v.s = s
	return nil
}
