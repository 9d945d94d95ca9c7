package keys

// Key derivation: from something a person knows to a key.

import (
	"errors"
	"runtime/debug"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"counterbook/store/internal/vault/envelope"
)

// Params are the costs of Argon2id (RFC 9106): memory in KiB, passes, lanes.
type Params struct {
	Memory  uint32 `cbor:"1,keyasint"`
	Time    uint32 `cbor:"2,keyasint"`
	Threads uint8  `cbor:"3,keyasint"`
}

var (
	// Staff is RFC 9106's second recommended choice.
	Staff = Params{Memory: 64 << 10, Time: 3, Threads: 4}
	// Owner costs four times the memory, as the owner opens everything.
	Owner = Params{Memory: 256 << 10, Time: 3, Threads: 4}
	// Cheap is for tests; Check refuses it unless it is given as the floor.
	Cheap = Params{Memory: 64, Time: 1, Threads: 1}

	floor   = Params{Memory: 19 << 10, Time: 1, Threads: 1}
	ceiling = Params{Memory: 1 << 20, Time: 10, Threads: 8}
)

// ErrParams says that a file asks for a derivation outside the accepted range.
var ErrParams = errors.New("keys: key derivation parameters out of range")

// Check refuses costs outside the accepted range, before anything is
// allocated: a hostile file must not eat the machine. least lowers the floor,
// for tests.
func (p Params) Check(least Params) error {
	if least == (Params{}) {
		least = floor
	}
	switch {
	case p.Memory < least.Memory, p.Time < least.Time, p.Threads < least.Threads,
		p.Memory > ceiling.Memory, p.Time > ceiling.Time, p.Threads > ceiling.Threads,
		p.Memory < 8*uint32(p.Threads):
		return ErrParams
	}
	return nil
}

// derivePassphrase runs Argon2id over the passphrase in NFKC, so that the same
// letters typed on another system give the same key.
func derivePassphrase(pass string, salt []byte, p Params) []byte {
	k := argon2.IDKey(norm.NFKC.Bytes([]byte(pass)), salt, p.Time, p.Memory, p.Threads, envelope.KeySize)
	if p.Memory >= floor.Memory {
		debug.FreeOSMemory() // Argon2's blocks would stay resident otherwise
	}
	return k
}
