// Package envelope seals one record at a time: what a sealed record looks
// like, what it is bound to, and how its length is hidden.
//
// A sealed record is
//
//	format 1 | algorithm 1 | epoch 4 | commit 8 | nonce 24 | ciphertext | tag 16
//
// with XChaCha20-Poly1305. The associated data binds the book, the area, the
// record's id and the first 14 bytes, so that a record moved to another place,
// another book or another commit no longer opens. The plaintext is padded to a
// Padmé length of at least 128 bytes, so that lengths tell little.
//
// The package is pure: it reads no file and keeps no key.
package envelope

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

const (
	format     = 1
	algorithm  = 1 // XChaCha20-Poly1305
	headerSize = 1 + 1 + 4 + 8
	nonceSize  = chacha20poly1305.NonceSizeX

	// KeySize is the length of every symmetric key in a book, in bytes.
	KeySize = chacha20poly1305.KeySize
	// MaxPlain is the longest plaintext a record may hold, in bytes.
	MaxPlain = 8 << 20
)

var (
	// ErrForm says that a value is not a sealed record at all.
	ErrForm = errors.New("envelope: not a sealed record")
	// ErrNewer says that a value was sealed in a way this program does not know.
	ErrNewer = errors.New("envelope: sealed by a newer program")
	// ErrOpen says that a record does not authenticate under the key and place given.
	ErrOpen = errors.New("envelope: record does not authenticate")
	// ErrTooLong says that a plaintext is longer than MaxPlain.
	ErrTooLong = errors.New("envelope: record too long")
)

// Place says where a record belongs. It is authenticated, never stored.
type Place struct {
	Book [16]byte
	Area uint16
	ID   [16]byte
}

// Header is the part of a sealed record that stands in clear and is authenticated.
type Header struct {
	Epoch  uint32 // which key of the area sealed it
	Commit uint64 // the transaction that wrote it
}

// Sealer seals and opens under one key. It is safe for concurrent use.
type Sealer struct{ aead cipher.AEAD }

// NewSealer makes a Sealer of a key of KeySize bytes.
func NewSealer(key []byte) (*Sealer, error) {
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	return &Sealer{aead: a}, nil
}

// Seal pads and seals plain for its place.
func (s *Sealer) Seal(p Place, h Header, plain []byte) ([]byte, error) {
	if len(plain) > MaxPlain {
		return nil, ErrTooLong
	}
	n := paddedLen(len(plain))
	out := make([]byte, headerSize+nonceSize, headerSize+nonceSize+n+s.aead.Overhead())
	putHeader(out, h)
	nonce := out[headerSize : headerSize+nonceSize]
	rand.Read(nonce)
	padded := make([]byte, n)
	copy(padded, plain)
	padded[len(plain)] = 0x80
	return s.aead.Seal(out, nonce, padded, associated(p, out[:headerSize])), nil
}

// Open authenticates value for its place and returns the plaintext.
func (s *Sealer) Open(p Place, value []byte) ([]byte, Header, error) {
	return s.OpenTo(nil, p, value)
}

// OpenTo is Open into room, which must be empty and is grown where the
// plaintext does not fit its capacity.
func (s *Sealer) OpenTo(room []byte, p Place, value []byte) ([]byte, Header, error) {
	h, err := Parse(value)
	if err != nil {
		return nil, h, err
	}
	nonce := value[headerSize : headerSize+nonceSize]
	padded, err := s.aead.Open(room, nonce, value[headerSize+nonceSize:], associated(p, value[:headerSize]))
	if err != nil {
		return nil, h, ErrOpen
	}
	end := len(padded) - 1
	for end >= 0 && padded[end] == 0 {
		end--
	}
	if end < 0 || padded[end] != 0x80 {
		return nil, h, ErrForm
	}
	return padded[:end], h, nil
}

// Parse reads the clear header of a sealed record without a key.
func Parse(value []byte) (Header, error) {
	if len(value) < headerSize+nonceSize+chacha20poly1305.Overhead+minPadded {
		return Header{}, ErrForm
	}
	if value[0] != format || value[1] != algorithm {
		return Header{}, ErrNewer
	}
	return Header{
		Epoch:  binary.BigEndian.Uint32(value[2:6]),
		Commit: binary.BigEndian.Uint64(value[6:14]),
	}, nil
}

func putHeader(b []byte, h Header) {
	b[0], b[1] = format, algorithm
	binary.BigEndian.PutUint32(b[2:6], h.Epoch)
	binary.BigEndian.PutUint64(b[6:14], h.Commit)
}

// associated builds the associated data. Every part has a fixed length, so no
// two places share an encoding.
func associated(p Place, header []byte) []byte {
	b := make([]byte, 0, 22+16+2+16+headerSize)
	b = append(b, "counterbook/v1/record\x00"...)
	b = append(b, p.Book[:]...)
	b = binary.BigEndian.AppendUint16(b, p.Area)
	b = append(b, p.ID[:]...)
	return append(b, header...)
}

// Derive makes a key of KeySize bytes for one use out of a uniform key
// (HKDF-Expand with SHA-256, RFC 5869). Labels start with "counterbook/v1/".
func Derive(key []byte, label string) []byte {
	out, err := hkdf.Expand(sha256.New, key, label, KeySize)
	if err != nil { // only for lengths that KeySize never reaches
		panic(err)
	}
	return out
}
