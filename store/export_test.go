package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

var areaNames = map[string]vault.Area{"contacts": areaContacts, "notes": areaNotes, "items": areaItems, "drafts": areaDrafts,
	"invoices": areaInvoices, "loyalty": areaLoyalty, "shop": areaShop, "privacy": areaPrivacy, "staff": areaStaff, "activity": areaActivity}

// Areas are the areas with records, by their names.
func Areas() map[string]vault.Area {
	out := maps.Clone(areaNames)
	delete(out, "activity")
	return out
}

// AreaAccess says W, R or - for a role and the name of an area.
func AreaAccess(r Role, area string) string {
	reads, writes := access(r.Rights())
	a := areaNames[area]
	switch {
	case a == areaActivity && slices.Contains(reads, a):
		return "R" // everybody's events are sealed to it; nobody writes records
	case slices.Contains(writes, a):
		return "W"
	case slices.Contains(reads, a):
		return "R"
	}
	return "-"
}

// Vault lets tests look below.
func (s *Session) Vault() *vault.Session { return s.v }

// PutUnchecked adds a customer as an earlier version would have taken them.
func PutUnchecked(t testing.TB, s *Session, c Customer) {
	var keep func()
	require.NoError(t, s.update(Event{Kind: CustomersImported, Count: 1}, func(tx *vault.Tx) (err error) {
		keep, err = s.importAll(tx, []Customer{c})
		return err
	}))
	keep()
}

// SeriesID is the id of a series' record.
func (s *Session) SeriesID(t testing.TB, name string) ID {
	_, id, err := s.series(s.v.Get, name)
	require.NoError(t, err)
	return id
}

// PaperID is the id of an invoice's pages.
func (s *Session) PaperID(id InvoiceID) ID { return paperID(id) }

// FailCommits lets every commit fail with err, after it was written or in its
// place, until the test ends or mended is called. What else happens then, also
// does.
func FailCommits(t testing.TB, err error, written bool, also ...func()) (mended func()) {
	mended = func() { vault.CommitTx = (*bolt.Tx).Commit }
	vault.CommitTx = func(tx *bolt.Tx) error {
		end := tx.Rollback
		if written {
			end = tx.Commit
		}
		all := errors.Join(end(), err)
		for _, f := range also {
			f()
		}
		return all
	}
	t.Cleanup(mended)
	return mended
}

// PutDraft stores a draft under an id of the caller's choice, as a changed
// program could.
func (s *Session) PutDraft(t testing.TB, id ID, d Draft) {
	require.NoError(t, s.v.Update(func(tx *vault.Tx) error { return write(tx, areaDrafts, id, kindDraft, d) }))
}

// CommitHeld adds a customer in a transaction that waits, having said so, until
// it is released.
func (s *Session) CommitHeld(c Customer, held chan<- bool, release <-chan bool) error {
	return s.v.Update(func(tx *vault.Tx) error {
		held <- true
		<-release
		c.ID = newID()
		if err := write(tx, areaContacts, c.ID, kindCustomer, c); err != nil {
			return err
		}
		_, err := s.edit(tx, &s.customers, nil, []indexRow{customerRow(c)})
		return err
	})
}

// DropIndex removes the index of an area.
func (s *Session) DropIndex(t testing.TB, area string) {
	x := s.indexOf(area)
	require.NoError(t, s.v.Update(func(tx *vault.Tx) error {
		var ids []vault.ID
		err := tx.Scan(x.area, nil, func(id vault.ID, _ []byte, _ uint64) error {
			ids = append(ids, id)
			return nil
		})
		for _, id := range ids {
			if err == nil {
				err = tx.Delete(x.area, id)
			}
		}
		return err
	}))
}

func (s *Session) indexOf(area string) *indexed {
	return map[string]*indexed{"contacts": &s.customers, "invoices": &s.invoices}[area]
}

// Stored is what stands in a book's file under keys with a prefix.
func Stored(t testing.TB, b *Book, prefix ...byte) map[string][]byte {
	file, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "copy")
	require.NoError(t, os.WriteFile(path, file, 0o600))
	db, err := bolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	defer db.Close()
	out := map[string][]byte{}
	require.NoError(t, db.View(func(tx *bolt.Tx) error {
		c := tx.Bucket([]byte("book")).Cursor()
		for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
			out[string(k)] = slices.Clone(v)
		}
		return nil
	}))
	return out
}

// Chunks is what is stored of the directory's index, by its key in the file.
func (s *Session) Chunks(t testing.TB) map[string][]byte {
	out := Stored(t, s.book, 'r', 0, byte(areaContactsIndex))
	require.NotEmpty(t, out)
	return out
}

// AreaKey is what an area's keys in the file start with.
func AreaKey(area string) string { return string([]byte{'r', 0, byte(areaNames[area])}) }

// SealedTable is what is sealed in a book's table: the private part, and the copies
// of the key that opens it.
func SealedTable(t testing.TB, b *Book) (out [][]byte) {
	var table keys.Table
	require.NoError(t, envelope.Unmarshal(Stored(t, b, 't')["t"], &table))
	for _, c := range table.Copies {
		out = append(out, c.Sealed)
	}
	return append(out, table.Sealed)
}

// Slots are the stored forms of what opens a profile.
func Slots(t testing.TB, b *Book, id ProfileID) (out [][]byte) {
	var p keys.Profile
	key := append([]byte{'p'}, id[:]...)
	require.NoError(t, envelope.Unmarshal(Stored(t, b, key...)[string(key)], &p))
	for _, s := range p.Slots {
		raw, err := envelope.Marshal(s)
		require.NoError(t, err)
		out = append(out, raw)
	}
	return out
}

// InvoiceKey is an invoice's key in the file.
func InvoiceKey(id InvoiceID) string {
	return string(append([]byte{'r', 0, byte(areaInvoices)}, id[:]...))
}

// PutRaw writes values into a closed book as somebody with a tool could. What has
// none is deleted.
func PutRaw(t testing.TB, path string, values map[string][]byte) {
	db, err := bolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bolt.Tx) error {
		for k, v := range values {
			change := func() error { return tx.Bucket([]byte("book")).Put([]byte(k), v) }
			if v == nil {
				change = func() error { return tx.Bucket([]byte("book")).Delete([]byte(k)) }
			}
			if err := change(); err != nil {
				return err
			}
		}
		return nil
	}))
	require.NoError(t, db.Close())
}

// SnapshotText is how many bytes of text the indexes in memory hold.
func (s *Session) SnapshotText(t testing.TB) int {
	n := 0
	for _, x := range []*indexed{&s.customers, &s.invoices} {
		ix, err := s.index(x)
		require.NoError(t, err)
		for _, c := range ix.chunks {
			n += len(c.text)
		}
	}
	return n
}

// WrittenBy is how many bytes a change writes, and in how many pieces.
func (s *Session) WrittenBy(change func()) (bytes, pieces int) { return s.book.file.Written(change) }

// LogSomething adds an entry to the log that changes nothing.
func (s *Session) LogSomething() error { return s.logOnly(Event{Kind: InvoiceOpened}) }

// LogOdd commits something on the session's own desk with an event as a changed
// program could make it, and returns the commit's number.
func (s *Session) LogOdd(t testing.TB, event []byte) (number uint64) {
	require.NoError(t, s.v.Update(func(tx *vault.Tx) error {
		number = tx.Number()
		tx.Event(event)
		return tx.Put(s.v.Desk(), vault.ID{1}, []byte("x"))
	}))
	return number
}

// PutPicture keeps something as the picture of a digest, as a changed program
// could.
func (s *Session) PutPicture(t testing.TB, digest [32]byte, data []byte) {
	id, err := s.pictureID(digest[:])
	require.NoError(t, err)
	require.NoError(t, s.v.Update(func(tx *vault.Tx) error { return write(tx, areaInvoices, id, kindPicture, data) }))
}

// OddChunk is a chunk of an index, with a row of that text, as a changed program
// could make it: with or without a place, and with columns of any width.
type OddChunk struct {
	Text   string
	Place  bool
	Fixed  int
	NoForm bool // it is none at all
}

// PutChunk stores a chunk beside those of an area's index.
func (s *Session) PutChunk(t testing.TB, area string, o OddChunk) {
	r := indexRow{id: ID{7}, text: []byte(o.Text), shown: []byte(o.Text), fixed: make([]byte, o.Fixed)}
	if o.Place {
		r.n = 1
	}
	plain, err := newChunk([]indexRow{r}).encode()
	require.NoError(t, err)
	if o.NoForm {
		plain = plain[:len(plain)-1]
	}
	require.NoError(t, s.v.Update(func(tx *vault.Tx) error { return tx.Put(s.indexOf(area).area, vault.ID(newID()), plain) }))
}

// HasChunkOf reports whether a chunk of that text is stored in an area's index.
func (s *Session) HasChunkOf(t testing.TB, area, text string) (has bool) {
	require.NoError(t, s.v.Scan(s.indexOf(area).area, nil, func(_ vault.ID, plain []byte, _ uint64) error {
		has = has || bytes.Contains(plain, []byte(text))
		return nil
	}))
	return has
}

// Newest is the number of the newest change that the book saw.
func (b *Book) Newest() uint64 { return b.file.Seen().Commit }

// WrittenOut is the part of a backup that writes.
func (b *Book) WrittenOut(dir string) error {
	temp := filepath.Join(dir, "written-out")
	if err := os.WriteFile(temp, nil, 0o600); err != nil {
		return err
	}
	defer os.Remove(temp)
	_, err := b.writeOut(context.Background(), temp, nil)
	return err
}

// PINMaterial is what the session's PIN is made of and what it seals with.
func (s *Session) PINMaterial() map[string][]byte {
	out := map[string][]byte{}
	pin := reflect.ValueOf(s.pin).Elem()
	for _, name := range []string{"salt", "random", "key"} {
		out[name] = bytes.Clone(pin.FieldByName(name).Bytes())
	}
	return out
}

// HeldMaterial is what is sealed of a paused profile.
func (b *Book) HeldMaterial(id ProfileID) map[string][]byte {
	out := map[string][]byte{}
	held := reflect.ValueOf(b.away[id].v).Elem().FieldByName("held").Elem()
	for _, name := range []string{"check", "sealed"} {
		out[name] = bytes.Clone(held.FieldByName(name).Bytes())
	}
	return out
}

// MakeBadge is a badge that belongs to nobody.
func MakeBadge() *Badge { return newBadge() }

// ErasedMarks are the marks of all customers that were erased.
func (s *Session) ErasedMarks() ([][16]byte, error) { return s.erasedMarks() }

// EraseMark is the mark of a customer.
func (s *Session) EraseMark(id CustomerID) ([16]byte, error) { return s.eraseMark(id) }

// EraseMarked erases the customers of marks.
func (s *Session) EraseMarked(ctx context.Context, marks [][16]byte, progress func(done, total int64)) (int, error) {
	return s.eraseMarked(ctx, marks, progress)
}

// Opened opens a stored record by its key in the file, and names its area: "" for
// the session's own desk and the like. What the session does not open is empty.
func (s *Session) Opened(t testing.TB, key string) (area string, plain []byte) {
	a := vault.Area(binary.BigEndian.Uint16([]byte(key[1:3])))
	if base, ok := indexes[a]; ok {
		a = base
	}
	for name, at := range areaNames {
		if at == a {
			area = name
		}
	}
	plain, _, err := s.v.Get(vault.Area(binary.BigEndian.Uint16([]byte(key[1:3]))), vault.ID([]byte(key[3:])))
	if !errors.Is(err, vault.ErrNoKey) {
		require.NoError(t, err)
	}
	return area, plain
}

// LedgerWhole reports whether a file is a list of those who were erased.
func LedgerWhole(path string) bool {
	b, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	_, ok := decodeLedger(b)
	return ok
}

// MaxHistory is how many changes are kept of a customer.
const MaxHistory = maxHistory

// HasInContacts counts the records of customers, and of what is kept of them, that
// contain a text.
func (s *Session) HasInContacts(t testing.TB, text string) (n int) {
	require.NoError(t, s.v.Scan(areaContacts, nil, func(_ vault.ID, plain []byte, _ uint64) error {
		if bytes.Contains(plain, []byte(text)) {
			n++
		}
		return nil
	}))
	return n
}

// Part is what a customer has of a field.
func Part(c Customer, name string) any { return fieldOf(name).get(&c) }

// Put is a customer with what another has of a field.
func Put(c, other Customer, name string) Customer {
	fieldOf(name).put(&c, &other)
	return c
}

// Without is a customer without a field.
func Without(c Customer, name string) Customer { return Put(c, Customer{}, name) }
