package store

// Getting in: what a profile owes before it may do anything, and what it signs
// in with from then on.

import (
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"

	"counterbook/store/internal/vault"
)

// MustChange reports whether the profile was given its passphrase, or came in with
// the kit because it has forgotten it, and has not chosen its own yet. It has no
// right until it did.
func (s *Session) MustChange() bool {
	if s.preview != nil {
		return false
	}
	s.gate.Lock()
	byKit := s.byKit
	s.gate.Unlock()
	return byKit || s.opensBy().First
}

// NeedsKit reports whether the profile is an owner whom no recovery kit opens, or one
// that was used and may have been seen. It has no right until it has a new one.
func (s *Session) NeedsKit() bool {
	l, err := s.label()
	if err != nil || s.preview != nil || l.Role != Owner {
		return false
	}
	d := s.opensBy()
	return !d.Kit || d.Used
}

// KitUsed reports whether the owner came in with the kit, chose a passphrase, and has
// not replaced the kit yet.
func (s *Session) KitUsed() bool { return s.NeedsKit() && s.opensBy().Used }

// opensBy is how the session's own profile gets in. Who is signed in no longer
// owes everything. While the file is away the last answer holds: nothing can be
// done then, and what is done says that the file is away and not that a right is.
func (s *Session) opensBy() vault.Door {
	s.gate.Lock()
	defer s.gate.Unlock()
	d, err := s.door.get(s, s.v.Seat(), func() (vault.Door, error) { return s.v.Door(s.v.Profile()) })
	switch {
	case err == nil:
		return d
	case s.door.ok && !errors.Is(err, vault.ErrClosed) && !errors.Is(err, vault.ErrNoProfile):
		return s.door.value
	}
	return vault.Door{First: true}
}

// ChangePassphrase replaces the profile's own passphrase by another one. Like all
// that changes what opens a profile it writes the book anew, so that the old
// passphrase opens nothing in the file, also not in what was freed. Guessing the
// old one is slowed down as at the sign-in: TooSoonError.
func (s *Session) ChangePassphrase(old, fresh string, how ...Wait) error {
	if samePassphrase(old, fresh) {
		return ErrSamePassphrase
	}
	return s.changeSecret(Passphrase(old), fresh, how)
}

// NewPassphrase replaces the passphrase of an owner who signed in with the kit. The
// kit has been used then: it opens the profile until AddKit replaces it, which the
// owner must do before anything else.
func (s *Session) NewPassphrase(k *Kit, fresh string, how ...Wait) error {
	err := s.changeSecret(k, fresh, how)
	if err == nil {
		s.gate.Lock()
		s.byKit = false
		s.gate.Unlock()
	}
	return err
}

func (s *Session) changeSecret(known Secret, fresh string, how []Wait) error {
	if err := s.o.checkPassphrase(fresh); err != nil {
		return err
	}
	return s.reseat(PassphraseChanged, known, Passphrase(fresh), how)
}

// AddKit lets a kit, which must have been confirmed, open the owner's profile
// from now on, and no other kit. known is the owner's passphrase, or the kit until now.
func (s *Session) AddKit(known Secret, k *Kit, how ...Wait) error {
	switch {
	case k == nil || !k.confirmed:
		return ErrKitNotConfirmed
	case s.MustChange() || s.Profile().Role != Owner:
		return &NoRightError{}
	}
	return s.reseat(KitMade, known, k, how)
}

// reseat replaces what opens the profile. A wrong known secret makes the next try
// wait, as at the sign-in: TooSoonError.
func (s *Session) reseat(kind EventKind, known, fresh Secret, how []Wait) error {
	if err := s.StepUp(known); err != nil {
		return err
	}
	cost := s.o.cost(s.Profile().Role)
	err := s.rewrite(Event{Kind: kind, Subject: ID(s.v.Profile())}, how, func(tx *vault.Tx) error {
		return tx.ChangeSecret(cost, known.secret(), fresh.secret())
	})
	if errors.Is(err, vault.ErrSecret) {
		return ErrWrongPassphrase
	}
	return err
}

// samePassphrase takes no notice of case and spaces: who only changes these has
// not thought of another one.
func samePassphrase(a, b string) bool {
	plain := func(s string) string { return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ") }
	return plain(a) == plain(b)
}
