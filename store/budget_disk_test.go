package store_test

import (
	"bytes"
	"context"
	"crypto/rand"
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

// A save seals a record and a part of the index, rewrites the heads and appends a
// signed entry. The engine alone, asked to replace one value of the same length in
// the same tree, signs and seals nothing.
func TestBudgetAFullCommitIsLittleMoreThanABarePut(t *testing.T) {
	n := budget.Size(t)
	path := budget.Book(t, n)
	bare := newBare(t, path)
	_, s := budget.SignIn(t, path)
	require.NoError(t, s.CheckAreas(context.Background()))
	found, err := customers(t, s).Find("", store.ByName, false)
	require.NoError(t, err)
	i := 0
	took := budget.Turns(1000, bare.put, func() {
		i++
		save(t, s, found.At(i*17%found.Len()).ID, i)
	})
	put, all := budget.Quantile(took[0], 0.5), budget.Quantile(took[1], 0.5)
	budget.Ratio(t, "a full commit, against a bare put of the engine", n, all.Seconds(), put.Seconds(), 1.5, fmt.Sprintf("%v; %v", all, put))
}

// bare is a book's tree of pages, in which values are replaced by others of their
// length.
type bare struct {
	t    *testing.T
	db   *bolt.DB
	keys [][]byte
	next int
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
		contacts := []byte{'r', 0, 10}
		c := tx.Bucket([]byte("book")).Cursor()
		for k, _ := c.Seek(contacts); bytes.HasPrefix(k, contacts); k, _ = c.Next() {
			b.keys = append(b.keys, slices.Clone(k))
		}
		return nil
	}))
	require.NotEmpty(t, b.keys)
	return b
}

func (b *bare) put() {
	b.next += 17
	key := b.keys[b.next%len(b.keys)]
	require.NoError(b.t, b.db.Update(func(tx *bolt.Tx) error {
		bk := tx.Bucket([]byte("book"))
		value := make([]byte, len(bk.Get(key)))
		rand.Read(value)
		return bk.Put(key, value)
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
