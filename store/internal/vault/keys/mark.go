package keys

// Marks: what members may know of a profile's passphrase, sealed for them. To
// others a mark says nothing, not even whether it changed its meaning.

import (
	"counterbook/store/internal/vault/envelope"
)

const (
	markOwn   byte = 1 // the profile chose it itself
	markFirst byte = 2 // somebody gave it to the profile
)

// MarkFirst notes whether the passphrase is one that somebody gave to the
// profile and that it must change.
func (p *Profile) MarkFirst(book, profile [16]byte, shared []byte, first bool) error {
	s, err := markSealer(shared)
	if err != nil {
		return err
	}
	m := markOwn
	if first {
		m = markFirst
	}
	p.Mark, err = s.Seal(envelope.Place{Book: book, ID: profile}, envelope.Header{}, []byte{m})
	return err
}

// First reports what MarkFirst noted.
func (p Profile) First(book, profile [16]byte, shared []byte) (bool, error) {
	s, err := markSealer(shared)
	if err != nil {
		return false, err
	}
	plain, _, err := s.Open(envelope.Place{Book: book, ID: profile}, p.Mark)
	if err != nil || len(plain) != 1 || plain[0] != markOwn && plain[0] != markFirst {
		return false, ErrBundle
	}
	return plain[0] == markFirst, nil
}

func markSealer(shared []byte) (*envelope.Sealer, error) {
	return envelope.NewSealer(envelope.Derive(shared, "counterbook/v1/mark"))
}
