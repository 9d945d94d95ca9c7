package keys

// The table: who is a member of the book, what each may write, and which area
// keys each was granted. The owner's root key signs it as a whole.

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"slices"

	"counterbook/store/internal/vault/envelope"
)

var (
	// ErrTable says that the table is not what the owner signed.
	ErrTable = errors.New("keys: table is not signed by the owner")
	// ErrGrant says that a grant is damaged, or was made for another place.
	ErrGrant = errors.New("keys: grant does not open")
	// ErrNewer says that the book needs a newer program.
	ErrNewer = errors.New("keys: book needs a newer program")
)

// Format is the version of the whole file format that this program writes.
const Format = 2

// Member is what everybody may read of a profile.
type Member struct {
	ID       [16]byte    `cbor:"1,keyasint"`
	Nickname string      `cbor:"2,keyasint"`
	Keys     []VerifyKey `cbor:"3,keyasint"`
}

// VerifyKey is an Ed25519 key with the commits it may sign: From up to and
// including Until; Until 0 is open.
type VerifyKey struct {
	Key   []byte `cbor:"1,keyasint"`
	From  uint64 `cbor:"2,keyasint"`
	Until uint64 `cbor:"3,keyasint,omitempty"`
}

// Span is a time of a right, counted in commits as in VerifyKey.
type Span struct {
	Area  uint16 `cbor:"1,keyasint"`
	From  uint64 `cbor:"2,keyasint"`
	Until uint64 `cbor:"3,keyasint,omitempty"`
}

// Cert is what members may know of a profile's rights. Label is the store's
// own: role and what was taken away.
type Cert struct {
	ID       [16]byte `cbor:"1,keyasint"`
	Key      []byte   `cbor:"2,keyasint"` // public key for grants
	Writes   []Span   `cbor:"3,keyasint"`
	Desk     uint16   `cbor:"4,keyasint"`
	Seat     uint16   `cbor:"7,keyasint"` // pseudo area of the profile's slots and bundle
	Disabled bool     `cbor:"5,keyasint,omitempty"`
	Label    []byte   `cbor:"6,keyasint,omitempty"`
}

// MayWrite reports whether the certificate allowed writing the area at a commit.
func (c Cert) MayWrite(area uint16, commit uint64) bool {
	return slices.ContainsFunc(c.Writes, func(s Span) bool {
		return s.Area == area && s.From <= commit && (s.Until == 0 || commit <= s.Until)
	})
}

// Grant is an area key of one epoch, sealed to one profile.
type Grant struct {
	Area    uint16   `cbor:"1,keyasint"`
	Epoch   uint32   `cbor:"2,keyasint"`
	Profile [16]byte `cbor:"3,keyasint"`
	sealed
}

// Area is the state of one area: the epoch in which new records are sealed,
// and for the activity area the key to which events are sealed.
type Area struct {
	Area     uint16 `cbor:"1,keyasint"`
	Epoch    uint32 `cbor:"2,keyasint"`
	EventKey []byte `cbor:"3,keyasint,omitempty"`
}

// Private is the part of the table that only members read.
type Private struct {
	Areas    []Area     `cbor:"1,keyasint"`
	Certs    []Cert     `cbor:"2,keyasint"`
	Grants   []Grant    `cbor:"3,keyasint"`
	NextDesk uint16     `cbor:"4,keyasint"`
	NextSeat uint16     `cbor:"5,keyasint"`
	Earlier  []EpochKey `cbor:"6,keyasint,omitempty"` // members' keys of all epochs before the table's
}

// Table is what is stored and signed. In clear stand the format, the shop's
// display name, the nicknames and verifying keys, and who is a member now.
type Table struct {
	Format  uint16   `cbor:"1,keyasint"`
	Book    [16]byte `cbor:"2,keyasint"`
	Version uint64   `cbor:"3,keyasint"` // grows with every change
	Shop    string   `cbor:"4,keyasint"`
	Members []Member `cbor:"5,keyasint"`
	Root    []byte   `cbor:"6,keyasint"` // a hint; what counts is the key in a bundle
	Sealed  []byte   `cbor:"7,keyasint"` // Private under the members' key
	Sig     []byte   `cbor:"8,keyasint,omitempty"`
	Epoch   uint32   `cbor:"9,keyasint,omitempty"`  // of the members' key
	Copies  []Copy   `cbor:"10,keyasint,omitempty"` // the members' key for each who is a member now
	// Begin is the number of the first log entry, where the log was lost and began
	// anew; 0 is 1. Saved lists the entries in which an owner put back what was found
	// of a damaged book: they may hold any area, also one that only another reads.
	Begin uint64   `cbor:"11,keyasint,omitempty"`
	Saved []uint64 `cbor:"12,keyasint,omitempty"`
}

// First is the number of the first log entry.
func (t *Table) First() uint64 { return max(t.Begin, 1) }

// Sign seals the private part under the members' key, gives a copy of that key
// to everybody who is not disabled, and signs the table.
func (t *Table) Sign(p *Private, members *Members, root ed25519.PrivateKey) error {
	if err := t.share(p, members); err != nil {
		return err
	}
	r, err := members.ring(tableLabel)
	if err != nil {
		return err
	}
	all := members.All()
	p.Earlier = all[:len(all)-1]
	plain, err := envelope.Marshal(p)
	if err != nil {
		return err
	}
	t.Format, t.Root = Format, root.Public().(ed25519.PublicKey)
	if t.Sealed, err = r.Seal(t.place(), t.Version, plain); err != nil {
		return err
	}
	m, err := t.message()
	if err != nil {
		return err
	}
	t.Sig = ed25519.Sign(root, m)
	return nil
}

// Verify checks the table against the owner's key. Only a key that comes out
// of a bundle proves anything; the key in the table proves that the table is
// in one piece.
func (t *Table) Verify(root ed25519.PublicKey) error {
	m, err := t.message()
	if err != nil {
		return err
	}
	if len(root) != ed25519.PublicKeySize || !bytes.Equal(t.Root, root) || !ed25519.Verify(root, m, t.Sig) {
		return ErrTable
	}
	return nil
}

// Private opens the part that only members read, with the table's own members'
// key. Call Verify first.
func (t *Table) Private(members *Members) (*Private, error) {
	r, err := members.ring(tableLabel)
	if err != nil {
		return nil, err
	}
	plain, h, err := r.Open(t.place(), t.Sealed)
	if err != nil || h.Commit != t.Version || h.Epoch != t.Epoch {
		return nil, ErrTable
	}
	var p Private
	if err := envelope.Unmarshal(plain, &p); err != nil {
		return nil, err
	}
	return &p, nil
}

// Member finds a profile.
func (t *Table) Member(id [16]byte) (*Member, bool) {
	i := slices.IndexFunc(t.Members, func(m Member) bool { return m.ID == id })
	if i < 0 {
		return nil, false
	}
	return &t.Members[i], true
}

// Verifier returns the key with which a member signed at a commit.
func (m *Member) Verifier(commit uint64) (ed25519.PublicKey, bool) {
	for _, k := range m.Keys {
		if k.From <= commit && (k.Until == 0 || commit <= k.Until) && len(k.Key) == ed25519.PublicKeySize {
			return k.Key, true
		}
	}
	return nil, false
}

// SignsWith reports whether a key is the one with which a member signs now. Who
// was given new keys, or is no member any more, has none.
func (m *Member) SignsWith(key ed25519.PublicKey) bool {
	if len(m.Keys) == 0 {
		return false
	}
	current := m.Keys[len(m.Keys)-1]
	return current.Until == 0 && bytes.Equal(current.Key, key)
}

func (t *Table) message() ([]byte, error) {
	bare := *t
	bare.Sig = nil
	b, err := envelope.Marshal(bare)
	return append([]byte("counterbook/v1/table\x00"), b...), err
}

func (t *Table) place() envelope.Place { return envelope.Place{Book: t.Book} }

const tableLabel = "counterbook/v1/table"

// Cert finds a profile's certificate.
func (p *Private) Cert(id [16]byte) (*Cert, bool) {
	i := slices.IndexFunc(p.Certs, func(c Cert) bool { return c.ID == id })
	if i < 0 {
		return nil, false
	}
	return &p.Certs[i], true
}

// Area finds an area's state.
func (p *Private) Area(area uint16) (*Area, bool) {
	i := slices.IndexFunc(p.Areas, func(a Area) bool { return a.Area == area })
	if i < 0 {
		return nil, false
	}
	return &p.Areas[i], true
}

// NewGrant seals an area key to a profile's public key. Place and epoch are
// bound, so that a grant cannot serve elsewhere.
func NewGrant(book [16]byte, area uint16, epoch uint32, profile [16]byte, public, key []byte) (Grant, error) {
	g := Grant{Area: area, Epoch: epoch, Profile: profile}
	var err error
	g.sealed, err = sealKey(public, g.info(book), key)
	return g, err
}

// Open returns the area key.
func (g Grant) Open(b *Bundle) ([]byte, error) { return g.open(b, g.info(b.Book)) }

func (g Grant) info(book [16]byte) []byte {
	b, err := envelope.Marshal([]any{"counterbook/v1/grant", book, g.Area, g.Epoch, g.Profile})
	if err != nil { // fixed shapes always encode
		panic(err)
	}
	return b
}
