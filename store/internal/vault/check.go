package vault

// Check: what can be said of a book without any secret.

import (
	"os"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
)

// Report says what a check found.
type Report struct {
	Size     int64
	Commits  uint64
	Profiles int
	Records  int
}

// Check reads a whole book without a secret and without changing it: pages,
// table, the chain of the log, and the form of every record. It cannot see
// whether the contents open; a signed-in member can, through Verify.
func Check(path string) (Report, error) {
	var r Report
	st, err := os.Stat(path)
	if err != nil {
		return r, err
	}
	r.Size = st.Size()
	tx, done, err := readOnly(path)
	if err != nil {
		return r, err
	}
	defer done()
	raw, err := get(tx, keyTable)
	if err != nil {
		return r, ErrNotBook
	}
	t, err := decodeTable(raw)
	if err != nil {
		return r, err
	}
	return r, r.walk(tx, t.First()-1)
}

// walk reads log, profiles and records. newest counts from before the first entry.
func (r *Report) walk(tx *bolt.Tx, newest uint64) error {
	var prev [32]byte
	err := each(tx, []byte{preLog}, func(k, v []byte) error {
		r.Commits++
		newest++
		n, before, err := commit.Link(v)
		if err != nil || n != newest || before != prev || string(k) != string(logKey(n)) {
			return damaged("log")
		}
		prev = commit.HashEntry(v)
		return nil
	})
	if err != nil {
		return err
	}
	if r.Commits == 0 {
		return damaged("log")
	}
	err = each(tx, []byte{preProfile}, func(_, _ []byte) error {
		r.Profiles++
		return nil
	})
	if err != nil {
		return err
	}
	return each(tx, []byte{preRecord}, func(k, v []byte) error {
		r.Records++
		h, err := envelope.Parse(v)
		if err != nil || len(k) != 3+16 || h.Commit == 0 || h.Commit > newest {
			return damaged("record")
		}
		return nil
	})
}
