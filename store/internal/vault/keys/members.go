package keys

// The members' key: what all who may sign in share, and nobody else. It opens
// the private part of the table, the log, the heads and the marks, and it turns
// whenever somebody loses access altogether.

import (
	"crypto/hpke"
	"errors"
	"maps"
	"slices"

	"counterbook/store/internal/vault/envelope"
)

// ErrNoCopy says that the table has no copy of the members' key for a profile:
// it is no member, or no member any more.
var ErrNoCopy = errors.New("keys: no copy of the members' key")

// EpochKey is an earlier members' key. It stands in the private part of the
// table, so that who is a member now opens what was sealed before.
type EpochKey struct {
	Epoch uint32 `cbor:"1,keyasint"`
	Key   []byte `cbor:"2,keyasint"`
}

// Copy is the current members' key, sealed to one profile. Book, epoch and
// profile are bound, so that a copy cannot serve elsewhere.
type Copy struct {
	Profile [16]byte `cbor:"1,keyasint"`
	sealed
}

// Members is the members' key of every epoch.
type Members struct {
	epoch uint32
	keys  map[uint32][]byte
}

// NewMembers makes the first members' key of a book.
func NewMembers() *Members {
	return &Members{epoch: 1, keys: map[uint32][]byte{1: random(envelope.KeySize)}}
}

// Turn is the members' keys with a fresh one, which m lacks.
func (m *Members) Turn() *Members {
	out := &Members{epoch: m.epoch + 1, keys: maps.Clone(m.keys)}
	out.keys[out.epoch] = random(envelope.KeySize)
	return out
}

// Epoch is the number of the current key; the first is 1.
func (m *Members) Epoch() uint32 { return m.epoch }

// Log is what log entries and heads are sealed under.
func (m *Members) Log() (*envelope.Ring, error) { return m.ring("counterbook/v1/log") }

func (m *Members) ring(label string) (*envelope.Ring, error) {
	derived := map[uint32][]byte{}
	for e, k := range m.keys {
		derived[e] = envelope.Derive(k, label)
	}
	return envelope.NewRing(m.epoch, derived)
}

// Wipe overwrites the keys. Copies that the runtime made are beyond reach.
func (m *Members) Wipe() {
	for _, k := range m.keys {
		clear(k)
	}
}

// All lists the keys in the order of their epochs; the last is the current one.
func (m *Members) All() []EpochKey {
	var out []EpochKey
	for _, e := range slices.Sorted(maps.Keys(m.keys)) {
		out = append(out, EpochKey{e, slices.Clone(m.keys[e])})
	}
	return out
}

// before adds the earlier keys of a private part: one for each epoch.
func (m *Members) before(p *Private) error {
	for i, k := range p.Earlier {
		if k.Epoch != uint32(i)+1 || len(k.Key) != envelope.KeySize {
			return ErrTable
		}
		m.keys[k.Epoch] = k.Key
	}
	if uint32(len(p.Earlier))+1 != m.epoch {
		return ErrTable
	}
	return nil
}

// share seals the current key to every profile that is not disabled, and to no
// other.
func (t *Table) share(p *Private, m *Members) error {
	t.Epoch, t.Copies = m.epoch, nil
	for _, c := range p.Certs {
		if c.Disabled {
			continue
		}
		s, err := sealKey(c.Key, copyInfo(t.Book, m.epoch, c.ID), m.keys[m.epoch])
		if err != nil {
			return err
		}
		t.Copies = append(t.Copies, Copy{c.ID, s})
	}
	return nil
}

// Open opens what members read with a profile's bundle. Call Verify first.
func (t *Table) Open(b *Bundle) (*Private, *Members, error) {
	i := slices.IndexFunc(t.Copies, func(c Copy) bool { return c.Profile == b.Profile })
	if i < 0 {
		return nil, nil, ErrNoCopy
	}
	key, err := t.Copies[i].open(b, copyInfo(b.Book, t.Epoch, b.Profile))
	if err != nil {
		return nil, nil, err
	}
	m := &Members{epoch: t.Epoch, keys: map[uint32][]byte{t.Epoch: key}}
	p, err := t.Private(m)
	if err == nil {
		err = m.before(p)
	}
	return p, m, err
}

func copyInfo(book [16]byte, epoch uint32, profile [16]byte) []byte {
	b, err := envelope.Marshal([]any{"counterbook/v1/members", book, epoch, profile})
	if err != nil { // fixed shapes always encode
		panic(err)
	}
	return b
}

// sealed is a key sealed to a profile's public key with HPKE (RFC 9180, base
// mode). Check is a commitment to the key: it tells a wrong one from a damaged
// one.
type sealed struct {
	KEM    uint16 `cbor:"4,keyasint"` // HPKE suite, RFC 9180 §7
	KDF    uint16 `cbor:"5,keyasint"`
	AEAD   uint16 `cbor:"6,keyasint"`
	Sealed []byte `cbor:"7,keyasint"`
	Check  []byte `cbor:"8,keyasint"`
}

func sealKey(public, info, key []byte) (sealed, error) {
	s := sealed{KEM: kem().ID(), KDF: hpke.HKDFSHA256().ID(), AEAD: hpke.ChaCha20Poly1305().ID(), Check: commitment(key)}
	pk, err := kem().NewPublicKey(public)
	if err != nil {
		return s, ErrGrant
	}
	s.Sealed, err = hpke.Seal(pk, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, key)
	return s, err
}

func (s sealed) open(b *Bundle, info []byte) ([]byte, error) {
	k, err := hpke.NewKEM(s.KEM)
	if err != nil {
		return nil, ErrNewer
	}
	kdf, err := hpke.NewKDF(s.KDF)
	if err != nil {
		return nil, ErrNewer
	}
	aead, err := hpke.NewAEAD(s.AEAD)
	if err != nil {
		return nil, ErrNewer
	}
	private, err := k.NewPrivateKey(b.HPKE)
	if err != nil {
		return nil, ErrGrant
	}
	key, err := hpke.Open(private, kdf, aead, info, s.Sealed)
	if err != nil || len(key) != envelope.KeySize || string(commitment(key)) != string(s.Check) {
		return nil, ErrGrant
	}
	return key, nil
}
