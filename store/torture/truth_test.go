//go:build unix

package torture

// The truth: all that a book holds, to compare a damaged one with.

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"counterbook/store"
	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/keys"
)

// truth is every key of a book's file with its value, and what a signed-in owner
// reads of it.
type truth struct {
	stored map[string]string
	read   string
}

// refusal is an error and when it came up.
type refusal struct {
	at  string
	err error
}

func (r *refusal) Error() string { return "at " + r.at + ": " + r.err.Error() }

// look opens a book as its owner, reads everything in it and verifies it.
func look(path string) (truth, error) { return lookThrough(path, true) }

// verify is look without reading: what the owner would read is not in it.
func verify(path string) (truth, error) { return lookThrough(path, false) }

func lookThrough(path string, reading bool) (truth, error) {
	read, err := lookInside(path, reading)
	if err != nil {
		return truth{}, err
	}
	stored, err := storedIn(path)
	if err != nil {
		return truth{}, &refusal{"raw reading", err}
	}
	return truth{stored: stored, read: read}, nil
}

func lookInside(path string, reading bool) (read string, err error) {
	f, err := vault.Open(path, keys.Cheap)
	if err != nil {
		return "", &refusal{"opening", err}
	}
	defer func() { // nothing may be left locked, whatever was damaged
		if end := f.Close(); err == nil && end != nil {
			err = &refusal{"closing", end}
		}
	}()
	if len(f.Members()) == 0 {
		return "", &refusal{"opening", errors.New("no member")}
	}
	owner := f.Members()[0].ID
	s, err := f.Unlock(owner, keys.Secret{Kind: keys.PassphraseSlot, Material: []byte(ownerPass)})
	if err != nil {
		return "", &refusal{"sign-in", err}
	}
	defer s.Close()
	if reading {
		if read, err = readAll(f, s); err != nil {
			return "", err
		}
	}
	if err := s.Verify(); err != nil {
		return "", &refusal{"verifying", err}
	}
	return read, nil
}

// readAll reads all that a session can.
func readAll(f *vault.File, s *vault.Session) (string, error) {
	var out strings.Builder
	fmt.Fprintln(&out, f.Shop(), f.Members())
	states, err := s.States()
	if err != nil {
		return "", &refusal{"reading", err}
	}
	fmt.Fprintln(&out, states)
	for _, a := range append(areas(), s.Desk()) {
		if !s.Reads(a) {
			continue
		}
		if err := s.Scan(a, nil, func(id vault.ID, plain []byte, version uint64) error {
			fmt.Fprintf(&out, "%d %x %d %x\n", a, id, version, plain)
			return nil
		}); err != nil {
			return "", &refusal{"reading", err}
		}
	}
	if err := s.Log(func(e vault.Entry) bool {
		fmt.Fprintf(&out, "%d %x %x\n", e.Number, e.Author, e.Event)
		return true
	}); err != nil {
		return "", &refusal{"reading the log", err}
	}
	return out.String(), nil
}

// areas are all that records of a shop may be in, desks aside.
func areas() (out []vault.Area) {
	for a := vault.Area(1); a < 64; a++ {
		out = append(out, a)
	}
	return out
}

// storedIn reads keys and values without the engine.
func storedIn(path string) (out map[string]string, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	out = map[string]string{}
	return out, db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				out[string(name)+"/"+string(k)] = string(bytes.Clone(v))
				return nil
			})
		})
	})
}

// subject is what a key is about: the bucket, the kind, and the area of a record.
func subject(key string) string {
	at := strings.IndexByte(key, '/') + 1
	if len(key) > at+3 && key[at] == 'r' {
		return key[:at+3]
	}
	return key[:min(at+1, len(key))]
}

func count(stored map[string]string) map[string]int {
	out := map[string]int{}
	for k := range stored {
		out[subject(k)]++
	}
	return out
}

// differs says in a word how what a book holds is not the truth, or nothing.
func (t truth) differs(got truth) string {
	if maps.Equal(t.stored, got.stored) {
		if t.read != got.read {
			return "wrong"
		}
		return ""
	}
	want, has := count(t.stored), count(got.stored)
	log := "book/l"
	switch {
	case has[log] < want[log]:
		return "older"
	case len(got.stored) < len(t.stored):
		return "fewer"
	case len(got.stored) > len(t.stored):
		return "extra"
	}
	return "wrong"
}

// future is what a book holds after the same few writes to it, wherever random
// ids and keys put them.
type future struct {
	changed map[string]bool // keys of the truth that the writes changed or let go
	count   map[string]int
}

// writes are what is done to each book that opens, by the program as it is.
func writes(path string, o *store.Options) error {
	return reopened(path, o, func(t till) error {
		_, err := t.prepare("Next Customer")
		return err
	})
}

func futureOf(t truth, path string) (future, error) {
	if err := writes(path, options()); err != nil {
		return future{}, err
	}
	after, err := verify(path)
	if err != nil {
		return future{}, err
	}
	f := future{changed: map[string]bool{}, count: count(after.stored)}
	for k, v := range t.stored {
		if after.stored[k] != v {
			f.changed[k] = true
		}
	}
	return f, nil
}

// lost says what of the truth is gone or changed after the writes, or nothing.
func (f future) lost(t, after truth) string {
	for _, k := range slices.Sorted(maps.Keys(t.stored)) {
		if !f.changed[k] && after.stored[k] != t.stored[k] {
			return fmt.Sprintf("%q", subject(k))
		}
	}
	if has := count(after.stored); !maps.Equal(has, f.count) {
		return "count"
	}
	return ""
}
