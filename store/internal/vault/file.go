package vault

// The file: opening it safely.

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
	"counterbook/store/internal/vault/page"
	"counterbook/store/internal/vault/place"
)

const (
	pageSize    = 4096
	lockTimeout = 300 * time.Millisecond
)

var (
	bucket     = []byte("book")
	keyTable   = []byte("t")
	keyHeads   = []byte("m")
	preProfile = byte('p')
	preLog     = byte('l')
	preRecord  = byte('r')
)

// File is an open book, locked: what it shows is what stands in clear.
type File struct {
	path  string
	least keys.Params // floor for key derivation, lowered by tests

	write sync.Mutex // one writer

	table  atomic.Pointer[keys.Table] // replaced as a whole
	times  atomic.Uint64              // how often the file was opened again
	broken atomic.Bool                // bbolt panicked where it holds its locks for good
	watch  atomic.Pointer[func()]     // is told of a new table

	mu    sync.RWMutex // guards what follows
	db    *bolt.DB
	inode fs.FileInfo
	heads map[Area]uint64 // newest commit of the areas this process has changed
	tip   tip             // the newest commit this process has made
	dead  error           // why nothing works any more …
	away  bool            // … unless the file comes back

	side     sidecar // what this computer keeps of the book
	copying  copying
	standing error // in the way of writing: see Standing
}

// Network reports whether a file or folder lies on another computer. Books there
// are not written to: neither the lock that keeps a second program out nor the
// pages that bbolt maps are the same for all who see the file. Tests put their own
// here.
var Network = place.Network

// Open opens the book at path. It never creates a file and writes nothing.
// least lowers the floor of key derivation costs and is zero outside tests.
func Open(path string, least keys.Params) (*File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if Network(path) {
		return nil, ErrNetwork
	}
	f := &File{path: path, least: least}
	if err := f.open(); err != nil {
		return nil, err
	}
	if at, err := filepath.EvalSymlinks(path); err == nil {
		for _, left := range place.Leftovers(at) {
			place.Discard(left, nil)
		}
	}
	return f, nil
}

// isBook looks whether a file is a whole book of a format this program writes,
// without writing to it: opening to write fills an empty file, and on Windows
// lengthens any.
func isBook(path string) error {
	_, done, err := readOnly(path)
	if err == nil {
		done()
	}
	return err
}

// readOnly opens a book for one reading transaction, which done ends. bbolt sees
// no more than the first pages before package page has read all of them, so that
// no child process is needed to outlive what bbolt does on damaged ones. The file
// is locked meanwhile: nobody changes it under the check.
func readOnly(path string) (tx *bolt.Tx, done func(), err error) {
	_, err = page.First(path)
	if errors.Is(err, page.ErrMeta) { // another process may just be writing them
		_, err = page.First(path)
	}
	if errors.Is(err, page.ErrNotBook) && remains(path) {
		err = page.ErrMeta
	}
	if err != nil {
		return nil, nil, fromPage(err)
	}
	db, handle, err := openDB(path, &bolt.Options{ReadOnly: true})
	if err != nil {
		return nil, nil, err
	}
	if _, err := page.In(handle); err != nil {
		guard(db.Close)
		return nil, nil, fromPage(err)
	}
	if err := guard(func() (err error) { tx, err = db.Begin(false); return err }); err != nil {
		handle.Close()
		return nil, nil, asDamage(err)
	}
	done = func() {
		guard(func() error { return errors.Join(tx.Rollback(), db.Close()) })
	}
	raw, err := get(tx, keyTable)
	if err != nil {
		err = ErrNotBook
	} else {
		_, err = decodeTable(raw)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return tx, done, nil
}

func fromPage(err error) error {
	var broken *page.Broken
	switch {
	case errors.As(err, &broken):
		return damaged("pages")
	case errors.Is(err, page.ErrNotBook):
		return ErrNotBook
	case errors.Is(err, page.ErrCut):
		return damaged("length")
	case errors.Is(err, page.ErrMeta):
		return damaged("first pages")
	}
	return err
}

// open opens the file at the path, once it is known to be a whole book.
func (f *File) open() error {
	if err := isBook(f.path); err != nil {
		return err
	}
	db, handle, err := openDB(f.path, &bolt.Options{})
	if err != nil {
		return err
	}
	inode, err := handle.Stat() // of what was opened, not of what is at the path by now
	if err == nil {
		f.db, f.inode = db, inode
		f.broken.Store(false)
		err = f.readTable()
	}
	switch {
	case err == nil:
		return nil
	case f.broken.Load():
		handle.Close() // bbolt's own closing would wait for ever
	default:
		guard(db.Close)
	}
	f.db = nil
	return err
}

// openDB opens an existing file with bbolt, and never creates one.
func openDB(path string, o *bolt.Options) (db *bolt.DB, opened *os.File, err error) {
	o.Timeout = lockTimeout
	o.OpenFile = func(name string, flag int, mode os.FileMode) (_ *os.File, err error) {
		opened, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
		return opened, err
	}
	err = guard(func() (err error) {
		db, err = bolt.Open(path, 0o600, o)
		return err
	})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, nil, ErrBusy
	case err != nil:
		if opened != nil {
			opened.Close() // after a panic bbolt has not; it would stay locked
		}
		return nil, nil, asDamage(err)
	}
	return db, opened, nil
}

func (f *File) readTable() error {
	tx, err := f.begin(false)
	if err != nil {
		return err
	}
	defer f.end(tx)
	raw, err := get(tx, keyTable)
	if err != nil {
		return ErrNotBook
	}
	t, err := decodeTable(raw)
	if err == nil {
		f.table.Store(t)
	}
	return err
}

func decodeTable(raw []byte) (*keys.Table, error) {
	var t keys.Table
	if len(raw) > maxTable {
		return nil, damaged("table")
	}
	if err := envelope.Unmarshal(raw, &t); err != nil {
		if errors.Is(err, envelope.ErrNewer) {
			return nil, ErrNewer
		}
		return nil, damaged("table")
	}
	if t.Format > keys.Format {
		return nil, ErrNewer
	}
	if err := t.Verify(t.Root); err != nil {
		return nil, damaged("table")
	}
	if t.Format < keys.Format {
		return nil, ErrOldFormat
	}
	return &t, nil
}

// Close gives the file back. Sessions on it are of no use afterwards.
func (f *File) Close() error {
	f.copying.stop(ErrClosed)() // who was told of it may be waiting to write
	f.write.Lock()
	defer f.write.Unlock()
	defer f.copying.stop(ErrClosed)() // one that began meanwhile
	f.mu.Lock()
	defer f.mu.Unlock()
	_ = f.side.close()
	if f.db == nil {
		f.dead, f.away = ErrClosed, false
		return nil
	}
	db := f.db
	f.db, f.dead, f.away = nil, ErrClosed, false
	if f.broken.Load() {
		return nil // bbolt's own closing would wait for ever; the end of the process closes it
	}
	return guard(db.Close)
}

// Path is where the book is.
func (f *File) Path() string { return f.path }

// Shop is the shop's display name, which stands in clear.
func (f *File) Shop() string { return f.table.Load().Shop }

// Listed is a profile as anybody may see it.
type Listed struct {
	ID       ID
	Nickname string
}

// Members lists the profiles in the order in which they were made.
func (f *File) Members() []Listed { return listed(f.table.Load()) }

func listed(t *keys.Table) []Listed {
	var out []Listed
	for _, m := range t.Members {
		if len(m.Keys) > 0 && m.Keys[len(m.Keys)-1].Until == 0 {
			out = append(out, Listed{ID: m.ID, Nickname: m.Nickname})
		}
	}
	return out
}

// Nickname is what anybody may know of a profile, a disabled one too; "" for none.
func (f *File) Nickname(id ID) string {
	if m, ok := f.table.Load().Member(id); ok {
		return m.Nickname
	}
	return ""
}

// Fits reports whether a secret opens a profile; a passphrase costs its derivation.
func (f *File) Fits(id ID, secret keys.Secret) bool {
	var p keys.Profile
	err := f.view(func(tx *bolt.Tx) (err error) {
		p, err = readProfile(tx, id)
		return err
	})
	if err != nil {
		return false
	}
	b, err := p.Open(f.table.Load().Book, id, secret, f.least)
	if err != nil {
		return false
	}
	b.Wipe()
	return true
}

// Watch calls fn after each commit that changed the table, on the goroutine
// that made it; nil ends it.
func (f *File) Watch(fn func()) {
	f.watch.Store(&fn)
}

// tell calls who watches. Nothing is locked: it may read, and write.
func (f *File) tell() {
	if fn := f.watch.Load(); fn != nil && *fn != nil {
		(*fn)()
	}
}

// Size is the length of the file in bytes.
func (f *File) Size() int64 {
	st, err := os.Stat(f.path)
	if err != nil {
		return 0
	}
	return st.Size()
}

// Written is how many bytes fn's transactions write, and in how many pieces,
// for measuring.
func (f *File) Written(fn func()) (bytes, pieces int) {
	before := f.db.Stats().TxStats
	fn()
	after := f.db.Stats().TxStats
	return int(after.GetPageAlloc() - before.GetPageAlloc()), int(after.GetWrite() - before.GetWrite())
}

func asDamage(err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum),
		errors.Is(err, bolterrors.ErrVersionMismatch):
		return damaged("first pages")
	}
	return err
}

func profileKey(id ID) []byte { return append([]byte{preProfile}, id[:]...) }

func logKey(n uint64) []byte { return binary.BigEndian.AppendUint64([]byte{preLog}, n) }

func areaKey(a Area) []byte { return binary.BigEndian.AppendUint16([]byte{preRecord}, uint16(a)) }

func recordKey(a Area, id ID) []byte { return append(areaKey(a), id[:]...) }
