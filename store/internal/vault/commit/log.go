package commit

// The log: one signed entry a transaction, chained by hash.

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"

	"counterbook/store/internal/vault/envelope"
)

var (
	// ErrEntry says that a log entry is damaged or in the wrong place.
	ErrEntry = errors.New("commit: log entry is damaged")
	// ErrSignature says that an entry was not signed by the member it names.
	ErrSignature = errors.New("commit: log entry is not signed by its author")
)

// Head is the state of one area after a commit.
type Head struct {
	Area   uint16   `cbor:"1,keyasint"`
	Count  uint64   `cbor:"2,keyasint"`
	Root   [32]byte `cbor:"3,keyasint"`
	Commit uint64   `cbor:"4,keyasint"` // the commit that made this state
}

// Heads is the state of all areas, sorted by area.
type Heads []Head

// Find returns an area's head.
func (hs Heads) Find(area uint16) (Head, bool) {
	for _, h := range hs {
		if h.Area == area {
			return h, true
		}
	}
	return Head{}, false
}

// With returns the heads with changed ones replaced or added.
func (hs Heads) With(changed []Head) Heads {
	out := slices.Clone(hs)
	for _, c := range changed {
		if i := slices.IndexFunc(out, func(h Head) bool { return h.Area == c.Area }); i >= 0 {
			out[i] = c
		} else {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Head) int { return int(a.Area) - int(b.Area) })
	return out
}

// Replaced returns those of the heads that changed ones would replace.
func (hs Heads) Replaced(changed []Head) []Head {
	var out []Head
	for _, c := range changed {
		if h, ok := hs.Find(c.Area); ok {
			out = append(out, h)
		}
	}
	return out
}

// Before returns the heads as they were before an entry.
func (hs Heads) Before(e *Entry) Heads {
	kept := slices.DeleteFunc(slices.Clone(hs), func(h Head) bool {
		_, changed := Heads(e.Changed).Find(h.Area)
		return changed
	})
	return kept.With(e.Was)
}

// State is the hash of all heads, which every entry signs.
func (hs Heads) State() ([32]byte, error) {
	b, err := envelope.Marshal(hs)
	return sha256.Sum256(append([]byte("counterbook/v1/heads\x00"), b...)), err
}

// Entry is one transaction: who, which areas, and the event for the activity
// area. Was holds the heads that Changed replaced, so that a reader can step
// back from the newest state and see that nothing else changed.
type Entry struct {
	Author  [16]byte `cbor:"1,keyasint"`
	Changed []Head   `cbor:"2,keyasint,omitempty"`
	State   [32]byte `cbor:"3,keyasint"`
	Event   []byte   `cbor:"4,keyasint,omitempty"` // sealed to the activity area
	Sig     []byte   `cbor:"5,keyasint,omitempty"`
	Was     []Head   `cbor:"6,keyasint,omitempty"`

	Number uint64   `cbor:"-"`
	Prev   [32]byte `cbor:"-"` // hash of the stored entry before
	Epoch  uint32   `cbor:"-"` // of the members' key that it was opened with
}

// A stored entry is: number 8 | hash of the entry before 32 | the rest sealed
// under the members' key of the time, whose epoch it names. The chain can be
// checked without any key; who wrote when, and where, is for members.
const clearSize = 8 + 32

// Seal signs the entry and returns its stored form.
func (e *Entry) Seal(book [16]byte, r *envelope.Ring, key ed25519.PrivateKey) ([]byte, error) {
	m, err := e.message(book)
	if err != nil {
		return nil, err
	}
	e.Sig, e.Epoch = ed25519.Sign(key, m), r.Epoch()
	plain, err := envelope.Marshal(e)
	if err != nil {
		return nil, err
	}
	sealed, err := r.Seal(e.place(book), e.Number, plain)
	if err != nil {
		return nil, err
	}
	out := binary.BigEndian.AppendUint64(make([]byte, 0, clearSize+len(sealed)), e.Number)
	out = append(out, e.Prev[:]...)
	return append(out, sealed...), nil
}

// Link reads the part of a stored entry that stands in clear.
func Link(stored []byte) (number uint64, prev [32]byte, err error) {
	if len(stored) < clearSize {
		return 0, prev, ErrEntry
	}
	return binary.BigEndian.Uint64(stored), [32]byte(stored[8:clearSize]), nil
}

// Open decrypts a stored entry. It does not check who signed it: Verify does.
func Open(book [16]byte, r *envelope.Ring, stored []byte) (*Entry, error) {
	number, prev, err := Link(stored)
	if err != nil {
		return nil, err
	}
	e := Entry{Number: number, Prev: prev}
	plain, h, err := r.Open(e.place(book), stored[clearSize:])
	if err != nil || h.Commit != number {
		return nil, ErrEntry
	}
	if err := envelope.Unmarshal(plain, &e); err != nil {
		return nil, err
	}
	e.Epoch = h.Epoch
	return &e, nil
}

// Verify checks the author's signature.
func (e *Entry) Verify(book [16]byte, key ed25519.PublicKey) error {
	m, err := e.message(book)
	if err != nil {
		return err
	}
	if len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, m, e.Sig) {
		return ErrSignature
	}
	return nil
}

// HashEntry is what the next entry names as the one before it.
func HashEntry(stored []byte) [32]byte { return sha256.Sum256(stored) }

func (e *Entry) message(book [16]byte) ([]byte, error) {
	bare := *e
	bare.Sig = nil
	return envelope.Marshal([]any{"counterbook/v1/commit", book, e.Number, e.Prev, bare})
}

// place gives the log a place of its own, apart from every area's records.
func (e *Entry) place(book [16]byte) envelope.Place {
	p := envelope.Place{Book: book, Area: LogArea}
	binary.BigEndian.PutUint64(p.ID[:8], e.Number)
	return p
}

// LogArea is the area number under which log entries are sealed; no records
// live there.
const LogArea = 0xffff
