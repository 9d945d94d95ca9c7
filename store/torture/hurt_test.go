//go:build unix

package torture

// What is done to a file.

import (
	"bytes"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"
)

const pageSize = 4096

// hurt is one thing done to a copy of a book. Kind says which, and what A, B
// and C are.
type hurt struct {
	Kind    string
	A, B, C int
	K, L    []byte // keys of records
}

func (h hurt) String() string {
	if h.K != nil {
		return fmt.Sprintf("%s %q %q", h.Kind, h.K, h.L)
	}
	return fmt.Sprintf("%s %d %d %d", h.Kind, h.A, h.B, h.C)
}

// page is where a page begins.
func pageOf(b []byte, n int) []byte { return b[n*pageSize : (n+1)*pageSize] }

// apply writes the hurt book to path. earlier is the same book some changes
// before.
func (h hurt) apply(path string, book, earlier []byte) error {
	b := bytes.Clone(book)
	switch h.Kind {
	case "none":
	case "flip": // bit B of byte A
		b[h.A] ^= 1 << h.B
	case "length": // A bytes, cut off or filled with zeros
		if h.A <= len(b) {
			b = b[:h.A]
		} else {
			b = append(b, make([]byte, h.A-len(b))...)
		}
	case "zero": // page A
		clear(pageOf(b, h.A))
	case "sector": // 512 bytes from the A-th on are those of the book before
		if end := min((h.A+1)*512, len(b), len(earlier)); h.A*512 < end {
			copy(b[h.A*512:end], earlier[h.A*512:end])
		}
	case "stale": // page A is that of the book before
		if len(earlier) >= (h.A+1)*pageSize {
			copy(pageOf(b, h.A), pageOf(earlier, h.A))
		}
	case "swap": // pages A and B
		one := bytes.Clone(pageOf(b, h.A))
		copy(pageOf(b, h.A), pageOf(b, h.B))
		copy(pageOf(b, h.B), one)
	case "double": // page A is also at B
		copy(pageOf(b, h.B), pageOf(b, h.A))
	case "scribble": // by the seed A
		scribble(b, uint64(h.A))
	case "whole": // the book before
		b = bytes.Clone(earlier)
	default:
		return h.records(path, b, earlier)
	}
	return os.WriteFile(path, b, 0o600)
}

// records changes keys and values, as somebody could who has only the file.
func (h hurt) records(path string, book, earlier []byte) error {
	if err := os.WriteFile(path, book, 0o600); err != nil {
		return err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Update(func(tx *bolt.Tx) error {
		bk := tx.Bucket([]byte("book"))
		value := bytes.Clone(bk.Get(h.K))
		switch h.Kind {
		case "delete": // key K
			return bk.Delete(h.K)
		case "exchange": // the values of K and L
			other := bytes.Clone(bk.Get(h.L))
			if err := bk.Put(h.K, other); err != nil {
				return err
			}
			return bk.Put(h.L, value)
		case "copy": // the value of K is also at L
			return bk.Put(h.L, value)
		case "move": // from K to L
			if err := bk.Delete(h.K); err != nil {
				return err
			}
			return bk.Put(h.L, value)
		case "turn back": // K is what it was in the book before
			was, err := valueIn(path+".earlier", earlier, h.K)
			if err != nil {
				return err
			}
			if was == nil {
				return bk.Delete(h.K)
			}
			return bk.Put(h.K, was)
		case "tail": // the log ends A entries before
			c := bk.Cursor()
			k, _ := c.Seek([]byte("m"))
			for k, _ = c.Prev(); h.A > 0 && k != nil; h.A-- {
				if err := c.Delete(); err != nil {
					return err
				}
				c.Seek([]byte("m"))
				k, _ = c.Prev()
			}
			return nil
		}
		return fmt.Errorf("nothing is called %q", h.Kind)
	})
}

func valueIn(path string, book, key []byte) (value []byte, err error) {
	if err := os.WriteFile(path, book, 0o600); err != nil {
		return nil, err
	}
	defer os.Remove(path)
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return value, db.View(func(tx *bolt.Tx) error {
		value = bytes.Clone(tx.Bucket([]byte("book")).Get(key))
		return nil
	})
}
