package store

// Badges: a key on a card that a counter scanner types.

import (
	"bytes"
	"crypto/rand"
	"errors"
	"slices"
	"strings"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/keys"
)

var (
	// ErrNotBadge says that a text is no badge, but perhaps another barcode.
	ErrNotBadge = errors.New("store: not a badge")
	// ErrBadgeRead says that a badge was read with a mistake.
	ErrBadgeRead = errors.New("store: the badge was misread")
	// ErrWrongBadge says that a badge opens no profile, such as one that was revoked.
	ErrWrongBadge = errors.New("store: the badge opens no profile")
	// ErrOwnerBadge says that owners have no badge: what opens everything must not
	// be a thing that lies about.
	ErrOwnerBadge = errors.New("store: owners have no badge")
)

const (
	badgeBytes  = 16
	badgePrefix = "CB"
	badgeData   = 26 // characters of five bits: 128 and two that are zero
	badgeLength = len(badgePrefix) + badgeData + 1
)

// Badge is a key of 128 random bits, written as "CB", 26 characters of Crockford's
// base 32 and one that checks them. No other kind of barcode in a shop looks so.
type Badge struct{ key [badgeBytes]byte }

// newBadge makes a badge that is still read as itself where a scanner swaps letters.
func newBadge() *Badge {
	for b := new(Badge); ; {
		rand.Read(b.key[:])
		code := b.Code()[len(badgePrefix):]
		other := swapped.Replace(code)
		if _, both := parseBadge(other); !both || other == code {
			return b
		}
	}
}

// Code is the badge as it is printed and scanned.
func (b *Badge) Code() string {
	syms := b.symbols()
	var out strings.Builder
	out.WriteString(badgePrefix)
	for _, s := range append(syms, badgeCheck(syms)) {
		out.WriteByte(crockford[s])
	}
	return out.String()
}

// Forget overwrites the key.
func (b *Badge) Forget() { clear(b.key[:]) }

func (b *Badge) secret() keys.Secret {
	return keys.Secret{Kind: keys.BadgeSlot, Material: bytes.Clone(b.key[:])}
}

// symbols is the key in steps of five bits, the last of them filled up with zeros.
func (b *Badge) symbols() []byte {
	out := make([]byte, 0, badgeData)
	acc, bits := uint32(0), 0
	for _, x := range b.key {
		acc, bits = acc<<8|uint32(x), bits+8
		for bits >= 5 {
			bits -= 5
			out = append(out, byte(acc>>bits)&31)
		}
	}
	return append(out, byte(acc<<(5-bits))&31)
}

// badgeCheck finds every single wrong character and every swap of neighbours, as
// that of the kit does.
func badgeCheck(syms []byte) byte { return groupCheck(0, syms) }

// swapped is what a scanner types that is set to American keys on a computer set
// to German ones.
var swapped = strings.NewReplacer("Y", "Z", "Z", "Y")

// ParseBadge reads a badge as it was scanned or typed: case, spaces and dashes do
// not matter. What stands before it is left out, for a scanner types wherever
// somebody has begun to. Anything else is ErrNotBadge, and ErrBadgeRead where
// nothing but a badge can have been meant.
func ParseBadge(typed string) (*Badge, error) {
	t := tidyKit(typed)
	if len(t) < badgeLength {
		return nil, ErrNotBadge
	}
	whole := len(t) == badgeLength
	t = t[len(t)-badgeLength:]
	rest, ok := strings.CutPrefix(t, badgePrefix)
	if !ok {
		return nil, ErrNotBadge
	}
	for _, r := range []string{rest, swapped.Replace(rest)} {
		if b, ok := parseBadge(r); ok {
			return b, nil
		}
	}
	if whole {
		return nil, ErrBadgeRead
	}
	return nil, ErrNotBadge
}

func parseBadge(t string) (*Badge, bool) {
	var syms []byte
	for i := range len(t) {
		s := strings.IndexByte(crockford, t[i])
		if s < 0 {
			return nil, false
		}
		syms = append(syms, byte(s))
	}
	if badgeCheck(syms[:badgeData]) != syms[badgeData] {
		return nil, false
	}
	b := new(Badge)
	acc, bits, at := uint32(0), 0, 0
	for _, s := range syms[:badgeData] {
		acc, bits = acc<<5|uint32(s), bits+5
		for bits >= 8 && at < badgeBytes {
			bits -= 8
			b.key[at] = byte(acc >> bits)
			at++
		}
	}
	return b, slices.Equal(b.symbols(), syms[:badgeData]) // nothing is hidden in the bits that are left
}

// CutBadge takes a badge out of a text, such as a search that somebody scanned one
// into, and reports whether there was one.
func CutBadge(text string) (rest string, found bool) {
	for i := 0; i+badgeLength <= len(text); i++ {
		if !strings.EqualFold(text[i:i+len(badgePrefix)], badgePrefix) {
			continue
		}
		if b, err := ParseBadge(text[i : i+badgeLength]); err == nil {
			b.Forget()
			return text[:i] + text[i+badgeLength:], true
		}
	}
	return text, false
}

// NewBadge makes the profile's badge, which takes the place of one it had. Whoever
// has it signs in as the profile, and nobody can see it again later. known is the
// profile's passphrase, which it must give for it. Owners have none. The book is
// written anew, so that nothing of an earlier badge is left in it, and no PIN leads
// back to what the profile left.
func (s *Session) NewBadge(known Passphrase, how ...Wait) (*Badge, error) {
	switch {
	case s.preview != nil:
		return nil, ErrPreview
	case s.MustChange() || s.NeedsKit():
		return nil, &NoRightError{}
	case s.Profile().Role == Owner:
		return nil, ErrOwnerBadge
	}
	b := newBadge()
	if err := s.reseat(BadgeMade, known, b, how); err != nil {
		return nil, err
	}
	s.book.drop(s.me())
	return b, nil
}

// HasBadge reports whether a badge opens the profile.
func (s *Session) HasBadge() bool { return s.opensBy().Badge }

// DropBadge revokes the profile's own badge: the card opens nothing any more, and
// what it opened is nowhere in the file. No PIN leads back to what the profile left.
func (s *Session) DropBadge(how ...Wait) error { return s.dropBadge(ID(s.v.Profile()), how) }

// DropBadge revokes somebody's badge, such as one that was lost. It needs no
// step-up: that must be quick, and gives nobody anything.
func (st *Staff) DropBadge(id ProfileID, how ...Wait) error {
	if err := st.s.need(ManageStaff); err != nil {
		return err
	}
	return st.s.dropBadge(id, how)
}

func (s *Session) dropBadge(id ProfileID, how []Wait) error {
	err := s.rewrite(Event{Kind: BadgeRevoked, Subject: id}, how, func(tx *vault.Tx) error { return tx.DropBadge(vault.ID(id)) })
	if err == nil {
		s.book.drop(id) // perhaps of who had the card
	}
	return err
}

// SignInWithBadge finds the profile whose badge it is and signs in.
func (b *Book) SignInWithBadge(badge *Badge) (*Session, error) {
	for _, p := range b.Info().Profiles {
		if b.file.Fits(vault.ID(p.ID), badge.secret()) {
			return b.SignIn(p.ID, badge)
		}
	}
	return nil, ErrWrongBadge
}
