package keys

// Bundles: the keys of one profile, sealed for its own secrets.

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"errors"
	"slices"

	"golang.org/x/crypto/chacha20poly1305"

	"counterbook/store/internal/vault/envelope"
)

// bundleSize is the multiple to which a bundle is padded, in bytes.
const bundleSize = 256

// ErrBundle says that a bundle is damaged or belongs elsewhere.
var ErrBundle = errors.New("keys: bundle is damaged")

// Bundle is what a profile holds once its secret has opened it.
type Bundle struct {
	Book    [16]byte `cbor:"1,keyasint"`
	Profile [16]byte `cbor:"2,keyasint"`
	HPKE    []byte   `cbor:"3,keyasint"` // private key, kem's own encoding
	Sign    []byte   `cbor:"4,keyasint"` // Ed25519 seed
	Root    []byte   `cbor:"5,keyasint"` // the owner's verifying key, pinned here
	Seen    uint64   `cbor:"7,keyasint"` // newest commit when the bundle was sealed

	signer ed25519.PrivateKey // made of Sign when it is first asked for
}

// NewBundle makes fresh keys for a profile.
func NewBundle(book, profile [16]byte, root ed25519.PublicKey) (*Bundle, error) {
	k, err := kem().GenerateKey()
	if err != nil {
		return nil, err
	}
	private, err := k.Bytes()
	if err != nil {
		return nil, err
	}
	return &Bundle{
		Book: book, Profile: profile, HPKE: private, Sign: random(ed25519.SeedSize),
		Root: slices.Clone(root),
	}, nil
}

// Public returns the keys that a certificate names: for grants and for signatures.
func (b *Bundle) Public() (grant, sign []byte, err error) {
	k, err := kem().NewPrivateKey(b.HPKE)
	if err != nil {
		return nil, nil, err
	}
	return k.PublicKey().Bytes(), b.Signer().Public().(ed25519.PublicKey), nil
}

// Signer returns the profile's signing key. It is not for several goroutines at
// once.
func (b *Bundle) Signer() ed25519.PrivateKey {
	if b.signer == nil {
		b.signer = ed25519.NewKeyFromSeed(b.Sign)
	}
	return b.signer
}

// Clone returns a bundle of its own, to be wiped by itself.
func (b *Bundle) Clone() *Bundle {
	return &Bundle{Book: b.Book, Profile: b.Profile, HPKE: slices.Clone(b.HPKE), Sign: slices.Clone(b.Sign),
		Root: slices.Clone(b.Root), Seen: b.Seen}
}

// Wipe overwrites the private keys. Copies that the runtime made are beyond reach.
func (b *Bundle) Wipe() {
	clear(b.HPKE)
	clear(b.Sign)
	clear(b.signer)
}

func kem() hpke.KEM { return hpke.MLKEM768X25519() }

// Profile is the stored form of a bundle: the slots and the sealed bundle. It
// says nothing of the profile but how many ways there are to open it.
type Profile struct {
	Slots  []slot `cbor:"1,keyasint"`
	Nonce  []byte `cbor:"2,keyasint"`
	Sealed []byte `cbor:"3,keyasint"`
	Mark   []byte `cbor:"4,keyasint"` // of the passphrase, for members
}

// SealBundle seals b so that each of the secrets opens it. Every call uses a new
// bundle key, so that a slot of an earlier form opens nothing here. The mark is
// the caller's to make.
func SealBundle(b *Bundle, p Params, secrets ...Secret) (Profile, error) {
	plain, err := envelope.Marshal(b)
	if err != nil {
		return Profile{}, err
	}
	plain = append(plain, 0x80)
	for len(plain)%bundleSize != 0 {
		plain = append(plain, 0)
	}
	key, bind := random(envelope.KeySize), b.bind()
	out := Profile{Nonce: random(chacha20poly1305.NonceSizeX)}
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return Profile{}, err
	}
	out.Sealed = a.Seal(nil, out.Nonce, plain, bind)
	for _, s := range secrets {
		sl, err := newSlot(s, p, key, bind)
		if err != nil {
			return Profile{}, err
		}
		out.Slots = append(out.Slots, sl)
	}
	return out, nil
}

// Open opens the bundle with a secret. Costs outside the accepted range give
// ErrParams before anything is derived; least lowers the floor for tests.
func (p Profile) Open(book, profile [16]byte, s Secret, least Params) (*Bundle, error) {
	want := Bundle{Book: book, Profile: profile}
	err := ErrNoSlot
	for _, sl := range p.Slots {
		if sl.Kind != s.Kind {
			continue
		}
		if sl.Kind == PassphraseSlot {
			if err := sl.Params.Check(least); err != nil {
				return nil, err
			}
		}
		var key []byte
		if key, err = sl.open(s, want.bind()); err == nil {
			return p.unseal(key, want)
		}
	}
	return nil, err
}

func (p Profile) unseal(key []byte, want Bundle) (*Bundle, error) {
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	if len(p.Nonce) != chacha20poly1305.NonceSizeX {
		return nil, ErrBundle
	}
	plain, err := a.Open(nil, p.Nonce, p.Sealed, want.bind())
	if err != nil {
		return nil, ErrBundle
	}
	plain = bytes.TrimRight(plain, "\x00")
	if len(plain) == 0 || plain[len(plain)-1] != 0x80 {
		return nil, ErrBundle
	}
	var b Bundle
	if err := envelope.Unmarshal(plain[:len(plain)-1], &b); err != nil {
		return nil, err
	}
	if b.Book != want.Book || b.Profile != want.Profile || len(b.Sign) != ed25519.SeedSize ||
		len(b.Root) != ed25519.PublicKeySize {
		return nil, ErrBundle
	}
	return &b, nil
}

// Kinds lists what opens the profile.
func (p Profile) Kinds() []SlotKind {
	var out []SlotKind
	for _, s := range p.Slots {
		out = append(out, s.Kind)
	}
	return out
}

// Change replaces the slot of the fresh secret's kind; the secret that is given
// as known opens the profile and may be of either kind. Other slots and the mark
// stay. Freed pages of the file may hold the old slot until the book is
// rewritten.
func (p Profile) Change(b *Bundle, params Params, known, fresh Secret) (Profile, error) {
	bind, key, err := b.bind(), []byte(nil), ErrNoSlot
	for _, s := range p.Slots {
		if s.Kind == known.Kind {
			if key, err = s.open(known, bind); err == nil {
				break
			}
		}
	}
	if err != nil {
		return Profile{}, err
	}
	sl, err := newSlot(fresh, params, key, bind)
	if err != nil {
		return Profile{}, err
	}
	out := p.Without(fresh.Kind)
	out.Slots = append(out.Slots, sl)
	return out, nil
}

// Without is the profile less its slots of a kind.
func (p Profile) Without(kind SlotKind) Profile {
	out := Profile{Nonce: p.Nonce, Sealed: p.Sealed, Mark: p.Mark}
	for _, s := range p.Slots {
		if s.Kind != kind {
			out.Slots = append(out.Slots, s)
		}
	}
	return out
}

func (b *Bundle) bind() []byte {
	out := append([]byte("counterbook/v1/bundle\x00"), b.Book[:]...)
	return append(out, b.Profile[:]...)
}
