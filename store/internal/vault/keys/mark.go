package keys

// Marks: what members may know of how a profile gets in, sealed for them. To
// others a mark says nothing, not even whether it changed its meaning.

import (
	"counterbook/store/internal/vault/envelope"
)

// Mark is what is noted of a profile. The numbers are part of the file format.
type Mark byte

const (
	Own   Mark = 1 // the profile chose its passphrase itself
	First Mark = 2 // somebody gave the passphrase to the profile, which must change it
	Used  Mark = 3 // the passphrase is its own, chosen with the kit, which must be replaced
)

// MarkAs notes something of a profile in place of what was noted before.
func (p *Profile) MarkAs(book, profile [16]byte, members *Members, m Mark) error {
	r, err := members.ring(markLabel)
	if err != nil {
		return err
	}
	p.Mark, err = r.Seal(envelope.Place{Book: book, ID: profile}, 0, []byte{byte(m)})
	return err
}

// Marked returns what MarkAs noted.
func (p Profile) Marked(book, profile [16]byte, members *Members) (Mark, error) {
	r, err := members.ring(markLabel)
	if err != nil {
		return 0, err
	}
	plain, _, err := r.Open(envelope.Place{Book: book, ID: profile}, p.Mark)
	if err != nil || len(plain) != 1 || plain[0] < byte(Own) || plain[0] > byte(Used) {
		return 0, ErrBundle
	}
	return Mark(plain[0]), nil
}

const markLabel = "counterbook/v1/mark"
