package keys

// Events: written by everybody, read by whoever holds the activity area.

import (
	"bytes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hpke"
	"errors"
	"slices"

	"golang.org/x/crypto/chacha20poly1305"

	"counterbook/store/internal/vault/envelope"
)

// eventKEM is smaller than the grants' hybrid: an event is written with every
// commit, and 1.1 kB each would be most of the log.
func eventKEM() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }

// EventKey derives the activity area's key pair from the area key and returns
// the public half.
func EventKey(areaKey []byte) ([]byte, error) {
	k, err := eventPrivate(areaKey)
	if err != nil {
		return nil, err
	}
	return k.PublicKey().Bytes(), nil
}

// EventSealer seals events to the activity area. It encapsulates one key for all
// of them (RFC 9180, 5.3), as that takes longer than all the rest of a commit: each
// event is the encapsulated key 32 | nonce 24 | ciphertext, and is bound to its book
// and commit.
type EventSealer struct {
	to, enc []byte
	book    [16]byte
	aead    cipher.AEAD
}

// NewEventSealer makes what seals events of a book to the public half of the
// activity area's key pair.
func NewEventSealer(public []byte, book [16]byte) (*EventSealer, error) {
	pk, err := eventKEM().NewPublicKey(public)
	if err != nil {
		return nil, err
	}
	enc, s, err := hpke.NewSender(pk, hpke.HKDFSHA256(), hpke.ExportOnly(), eventInfo(book))
	if err != nil {
		return nil, err
	}
	a, err := eventAEAD(s)
	return &EventSealer{to: public, enc: enc, book: book, aead: a}, err
}

// To reports whether the sealer seals to a public key.
func (s *EventSealer) To(public []byte) bool { return bytes.Equal(s.to, public) }

// Seal seals the event of a commit.
func (s *EventSealer) Seal(commit uint64, event []byte) []byte {
	nonce := random(chacha20poly1305.NonceSizeX)
	return s.aead.Seal(slices.Concat(s.enc, nonce), nonce, event, eventPlace(s.book, commit))
}

// EventReader opens events. It is made once for many of them, and keeps the keys
// that it met last. It is not for several goroutines at once.
type EventReader struct {
	key  hpke.PrivateKey
	book [16]byte
	met  map[[encSize]byte]cipher.AEAD
}

const (
	encSize = 32
	maxMet  = 1000 // encapsulated keys that a reader keeps
)

// ErrEvent says that an event does not open.
var ErrEvent = errors.New("keys: event does not open")

// NewEventReader derives what opens a book's events from the area key.
func NewEventReader(areaKey []byte, book [16]byte) (*EventReader, error) {
	k, err := eventPrivate(areaKey)
	return &EventReader{key: k, book: book, met: map[[encSize]byte]cipher.AEAD{}}, err
}

// Open opens what an EventSealer sealed, or returns ErrEvent.
func (r *EventReader) Open(commit uint64, sealed []byte) ([]byte, error) {
	if len(sealed) < encSize+chacha20poly1305.NonceSizeX {
		return nil, ErrEvent
	}
	a, err := r.aead([encSize]byte(sealed))
	if err != nil {
		return nil, ErrEvent
	}
	nonce, text := sealed[encSize:encSize+chacha20poly1305.NonceSizeX], sealed[encSize+chacha20poly1305.NonceSizeX:]
	plain, err := a.Open(nil, nonce, text, eventPlace(r.book, commit))
	if err != nil {
		return nil, ErrEvent
	}
	return plain, nil
}

func (r *EventReader) aead(enc [encSize]byte) (cipher.AEAD, error) {
	if a, ok := r.met[enc]; ok {
		return a, nil
	}
	c, err := hpke.NewRecipient(enc[:], r.key, hpke.HKDFSHA256(), hpke.ExportOnly(), eventInfo(r.book))
	if err != nil {
		return nil, err
	}
	a, err := eventAEAD(c)
	if err != nil {
		return nil, err
	}
	if len(r.met) >= maxMet {
		clear(r.met)
	}
	r.met[enc] = a
	return a, nil
}

// eventAEAD is what both sides derive from the encapsulated key.
func eventAEAD(c interface {
	Export(context string, length int) ([]byte, error)
}) (cipher.AEAD, error) {
	key, err := c.Export("counterbook/v1/event key", chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.NewX(key)
}

func eventPrivate(areaKey []byte) (hpke.PrivateKey, error) {
	return eventKEM().DeriveKeyPair(envelope.Derive(areaKey, "counterbook/v1/events"))
}

func eventInfo(book [16]byte) []byte { return bound("counterbook/v1/events of", book) }

func eventPlace(book [16]byte, commit uint64) []byte {
	return bound("counterbook/v1/event", book, commit)
}

func bound(parts ...any) []byte {
	b, err := envelope.Marshal(parts)
	if err != nil { // fixed shapes always encode
		panic(err)
	}
	return b
}
