package keys

// Slots: each opens one profile's bundle with one secret.

import (
	"bytes"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"

	"counterbook/store/internal/vault/envelope"
)

// SlotKind says what opens a slot.
type SlotKind uint8

const (
	PassphraseSlot SlotKind = 1 // Argon2id over what somebody remembers
	KitSlot        SlotKind = 2 // 160 random bits on paper; no stretching needed
	BadgeSlot      SlotKind = 3 // 128 random bits on a card
)

// Secret is what opens a slot. Material is a passphrase's text, or the bytes of a kit
// or a badge.
type Secret struct {
	Kind     SlotKind
	Material []byte
}

var (
	// ErrSecret says that no slot of the profile opens with the secret.
	ErrSecret = errors.New("keys: secret does not open the profile")
	// ErrNoSlot says that the profile has no slot of the secret's kind.
	ErrNoSlot = errors.New("keys: no slot of this kind")
	// ErrSlot says that the secret is right but the slot is damaged.
	ErrSlot = errors.New("keys: slot is damaged")
)

// slot wraps the bundle key. Check is a commitment to the derived key: it tells
// a wrong secret from a damaged slot, and keeps one ciphertext from opening
// under two keys. Sum does the same for what the key is derived of: nobody is told
// that a secret is wrong because a bit of the salt flipped.
type slot struct {
	Kind    SlotKind `cbor:"1,keyasint"`
	Salt    []byte   `cbor:"2,keyasint"`
	Params  Params   `cbor:"3,keyasint"`
	Check   []byte   `cbor:"4,keyasint"`
	Nonce   []byte   `cbor:"5,keyasint"`
	Wrapped []byte   `cbor:"6,keyasint"`
	Sum     []byte   `cbor:"7,keyasint,omitempty"`
}

func newSlot(s Secret, p Params, bundleKey, bind []byte) (slot, error) {
	sl := slot{Kind: s.Kind, Salt: random(16), Nonce: random(chacha20poly1305.NonceSizeX)}
	if s.Kind == PassphraseSlot {
		sl.Params = p
	}
	kek, err := sl.derive(s)
	if err != nil {
		return slot{}, err
	}
	sl.Check = commitment(kek)
	sl.Sum = sl.sum(bind)
	a, err := chacha20poly1305.NewX(kek)
	if err != nil {
		return slot{}, err
	}
	sl.Wrapped = a.Seal(nil, sl.Nonce, bundleKey, sl.bound(bind))
	return sl, nil
}

// open returns the bundle key, or ErrSecret or ErrSlot.
func (sl slot) open(s Secret, bind []byte) ([]byte, error) {
	if sl.Sum != nil && !bytes.Equal(sl.Sum, sl.sum(bind)) { // the first books of this format have none
		return nil, ErrSlot
	}
	kek, err := sl.derive(s)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare(commitment(kek), sl.Check) != 1 {
		return nil, ErrSecret
	}
	a, err := chacha20poly1305.NewX(kek)
	if err != nil {
		return nil, err
	}
	if len(sl.Nonce) != chacha20poly1305.NonceSizeX {
		return nil, ErrSlot
	}
	key, err := a.Open(nil, sl.Nonce, sl.Wrapped, sl.bound(bind))
	if err != nil || len(key) != envelope.KeySize {
		return nil, ErrSlot
	}
	return key, nil
}

func (sl slot) derive(s Secret) ([]byte, error) {
	switch s.Kind {
	case PassphraseSlot:
		return derivePassphrase(string(s.Material), sl.Salt, sl.Params), nil
	case KitSlot:
		return hkdf.Key(sha256.New, s.Material, sl.Salt, "counterbook/v1/kit", envelope.KeySize)
	case BadgeSlot:
		return hkdf.Key(sha256.New, s.Material, sl.Salt, "counterbook/v1/badge", envelope.KeySize)
	}
	return nil, ErrNoSlot
}

// bound is the associated data: what the slot is for and what it costs.
func (sl slot) bound(bind []byte) []byte {
	b, err := envelope.Marshal([]any{"counterbook/v1/slot", bind, sl.Kind, sl.Salt, sl.Params})
	if err != nil { // fixed shapes always encode
		panic(err)
	}
	return b
}

// sum is a checksum, which anybody can make, of all that says whether a secret is
// the right one.
func (sl slot) sum(bind []byte) []byte {
	h := sha256.Sum256(append(sl.bound(bind), sl.Check...))
	return h[:8]
}

func commitment(key []byte) []byte { return envelope.Derive(key, "counterbook/v1/commit")[:16] }

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
