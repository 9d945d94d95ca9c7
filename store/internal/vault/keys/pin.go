package keys

// PINs: a bundle kept in memory, sealed, until its profile comes back. A PIN has
// few bits and is guessed in seconds by whoever has what it seals, so that nothing
// here is ever encoded or stored.

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"

	"golang.org/x/crypto/chacha20poly1305"

	"counterbook/store/internal/vault/envelope"
)

// PINCost is OWASP's least choice of Argon2id: what it seals never leaves memory.
var PINCost = Params{Memory: 19 << 10, Time: 2, Threads: 1}

// PIN is what seals a bundle while its profile is signed in.
type PIN struct {
	cost   Params
	salt   []byte
	random []byte // 32 bytes that are nowhere but here
	key    []byte
}

// NewPIN derives the key of a PIN.
func NewPIN(pin string, cost Params) (*PIN, error) {
	p := &PIN{cost: cost, salt: random(16), random: random(32)}
	var err error
	p.key, err = p.derive(pin)
	return p, err
}

func (p *PIN) derive(pin string) ([]byte, error) {
	k := derivePassphrase(pin, p.salt, p.cost)
	defer clear(k)
	both := append(k[:len(k):len(k)], p.random...)
	defer clear(both)
	return hkdf.Key(sha256.New, both, p.salt, "counterbook/v1/pin", envelope.KeySize)
}

// Wipe overwrites what the PIN is made of.
func (p *PIN) Wipe() {
	if p != nil {
		clear(p.random)
		clear(p.key)
	}
}

// Held is a sealed bundle, with everything but the PIN.
type Held struct {
	pin    PIN // without its key
	check  []byte
	nonce  []byte
	sealed []byte
	bind   []byte
	own    Bundle // whose it is; no keys
}

// Hold seals a bundle and forgets the key, so that only the PIN opens it.
func (p *PIN) Hold(b *Bundle) (*Held, error) {
	plain, err := envelope.Marshal(b)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	a, err := chacha20poly1305.NewX(p.key)
	if err != nil {
		return nil, err
	}
	h := &Held{pin: PIN{cost: p.cost, salt: p.salt, random: p.random}, check: commitment(p.key),
		nonce: random(chacha20poly1305.NonceSizeX), bind: b.bind(), own: Bundle{Book: b.Book, Profile: b.Profile}}
	h.sealed = a.Seal(nil, h.nonce, plain, h.bind)
	clear(p.key)
	*p = PIN{} // all of it is in what is held
	return h, nil
}

// Open returns the bundle and the PIN, ready to hold it again, or ErrSecret.
func (h *Held) Open(pin string) (*Bundle, *PIN, error) {
	key, err := h.pin.derive(pin)
	if err != nil {
		return nil, nil, err
	}
	if subtle.ConstantTimeCompare(commitment(key), h.check) != 1 {
		clear(key)
		return nil, nil, ErrSecret
	}
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, nil, err
	}
	plain, err := a.Open(nil, h.nonce, h.sealed, h.bind)
	if err != nil {
		return nil, nil, ErrBundle
	}
	defer clear(plain)
	var b Bundle
	if err := envelope.Unmarshal(plain, &b); err != nil || b.Book != h.own.Book || b.Profile != h.own.Profile {
		return nil, nil, ErrBundle
	}
	return &b, &PIN{cost: h.pin.cost, salt: h.pin.salt, random: bytes.Clone(h.pin.random), key: key}, nil
}

// Wipe overwrites what a PIN could still open.
func (h *Held) Wipe() {
	h.pin.Wipe()
	clear(h.sealed)
}
