package keys

// Events: written by everybody, read by whoever holds the activity area.

import (
	"crypto/ecdh"
	"crypto/hpke"

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

// SealEvent seals an event to the activity area, bound to book and commit.
func SealEvent(public []byte, book [16]byte, commit uint64, event []byte) ([]byte, error) {
	pk, err := eventKEM().NewPublicKey(public)
	if err != nil {
		return nil, err
	}
	return hpke.Seal(pk, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), eventInfo(book, commit), event)
}

// EventReader opens events. It is made once for many of them.
type EventReader struct{ key hpke.PrivateKey }

// NewEventReader derives what opens events from the area key.
func NewEventReader(areaKey []byte) (*EventReader, error) {
	k, err := eventPrivate(areaKey)
	return &EventReader{k}, err
}

// Open opens what SealEvent made.
func (r *EventReader) Open(book [16]byte, commit uint64, sealed []byte) ([]byte, error) {
	return hpke.Open(r.key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), eventInfo(book, commit), sealed)
}

func eventPrivate(areaKey []byte) (hpke.PrivateKey, error) {
	return eventKEM().DeriveKeyPair(envelope.Derive(areaKey, "counterbook/v1/events"))
}

func eventInfo(book [16]byte, commit uint64) []byte {
	b, err := envelope.Marshal([]any{"counterbook/v1/event", book, commit})
	if err != nil { // fixed shapes always encode
		panic(err)
	}
	return b
}
