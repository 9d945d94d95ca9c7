package store_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/store"
	"counterbook/store/budget"
)

// A save seals a record, what it was before and a part of the index, appends a signed
// entry to the log and rewrites the heads. The engine alone puts five values of about
// the same lengths in the same places, and signs and seals nothing. What it takes for
// one value is named beside it: that the others lie elsewhere in the tree costs pages.
func TestBudgetAFullCommitIsLittleMoreThanABarePut(t *testing.T) {
	n := budget.Size(t)
	path := budget.Book(t, n)
	one, five := newBare(t, path), newBare(t, path)
	_, s := budget.SignIn(t, path)
	require.NoError(t, s.CheckAreas(context.Background()))
	found, err := customers(t, s).Find("", store.ByName, false)
	require.NoError(t, err)
	i := 0
	took := budget.Turns(1000, five.putAll, func() {
		i++
		save(t, s, found.At(i*17%found.Len()).ID, i)
	}, one.putOne)
	puts, all, put := budget.Quantile(took[0], 0.5), budget.Quantile(took[1], 0.5), budget.Quantile(took[2], 0.5)
	budget.Ratio(t, "a full commit, against bare puts of the engine", n, all.Seconds(), puts.Seconds(), 1.5,
		fmt.Sprintf("%v; five values %v, one %v (%.2f ×)", all, puts, put, all.Seconds()/put.Seconds()))
}

// bare is a book's tree of pages, in which values are replaced by others of their
// length.
type bare struct {
	t        *testing.T
	db       *bolt.DB
	contacts [][]byte
	index    [][]byte
	log      []byte // the newest entry's key
	next     int
}

func newBare(t *testing.T, book string) *bare {
	data, err := os.ReadFile(book)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "bare")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	db, err := bolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	b := &bare{t: t, db: db}
	require.NoError(t, db.View(func(tx *bolt.Tx) error {
		c := tx.Bucket([]byte("book")).Cursor()
		under := func(prefix ...byte) (keys [][]byte) {
			for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
				keys = append(keys, slices.Clone(k))
			}
			return keys
		}
		b.contacts, b.index = under('r', 0, 10), under('r', 0, 20)
		entries := under('l')
		b.log = entries[len(entries)-1]
		return nil
	}))
	require.NotEmpty(t, b.contacts)
	require.NotEmpty(t, b.index)
	return b
}

func (b *bare) putOne() {
	contact := b.contacts[b.step()%len(b.contacts)]
	b.put([2][]byte{contact, contact})
}

func (b *bare) putAll() {
	n := b.step()
	entry := slices.Clone(b.log)
	binary.BigEndian.PutUint64(entry[1:], binary.BigEndian.Uint64(entry[1:])+1)
	contact, part, heads := b.contacts[n%len(b.contacts)], b.index[n%len(b.index)], []byte{'m'}
	before := slices.Clone(contact)
	rand.Read(before[len(before)-16:]) // an id of its own
	b.put([2][]byte{contact, contact}, [2][]byte{before, contact}, [2][]byte{part, part}, [2][]byte{heads, heads}, [2][]byte{entry, b.log})
	b.log = entry
}

// step leads somewhere else in the tree each time, as the order of a list does.
func (b *bare) step() int {
	b.next += 7919
	return b.next
}

// put writes under the first of each two keys a value as long as that under the
// second.
func (b *bare) put(keys ...[2][]byte) {
	require.NoError(b.t, b.db.Update(func(tx *bolt.Tx) error {
		bk := tx.Bucket([]byte("book"))
		for _, k := range keys {
			value := make([]byte, len(bk.Get(k[1])))
			rand.Read(value)
			if err := bk.Put(k[0], value); err != nil {
				return err
			}
		}
		return nil
	}))
}

// The first look into each area compares every record with what was signed.
func TestBudgetComparingARecordWithTheManifestTakesAQuarterOfAMicrosecond(t *testing.T) {
	n := budget.Size(t)
	path := budget.Book(t, n)
	r, err := store.Check(path)
	require.NoError(t, err)
	b, s := budget.SignIn(t, path)
	took := budget.Turns(9, func() { require.NoError(t, s.CheckAreas(context.Background())) }, func() {
		s.Close()
		s, err = b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(budget.Passphrase))
		require.NoError(t, err)
	})
	s.Close()
	all := slices.Min(took[0])
	if n < 10_000 {
		budget.Aim(t, "comparing all records with the manifest", n, all, all)
		return
	}
	budget.Ratio(t, "comparing a record with the manifest, 250 ns", n, float64(all.Nanoseconds())/float64(r.Records), 250, 1,
		fmt.Sprintf("%v for %d records", all, r.Records))
}
