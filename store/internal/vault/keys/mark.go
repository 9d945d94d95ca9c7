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
func (p *Profile) MarkFirst(book, profile [16]byte, members *Members, first bool) error {
	r, err := members.ring(markLabel)
	if err != nil {
		return err
	}
	m := markOwn
	if first {
		m = markFirst
	}
	p.Mark, err = r.Seal(envelope.Place{Book: book, ID: profile}, 0, []byte{m})
	return err
}

// First reports what MarkFirst noted.
func (p Profile) First(book, profile [16]byte, members *Members) (bool, error) {
	r, err := members.ring(markLabel)
	if err != nil {
		return false, err
	}
	plain, _, err := r.Open(envelope.Place{Book: book, ID: profile}, p.Mark)
	if err != nil || len(plain) != 1 || plain[0] != markOwn && plain[0] != markFirst {
		return false, ErrBundle
	}
	return plain[0] == markFirst, nil
}

const markLabel = "counterbook/v1/mark"
