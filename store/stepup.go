package store

// Step-up: what must not be done at a screen that somebody left open wants the
// secret of who is signed in once more.

import (
	"errors"
	"time"

	"counterbook/store/internal/vault"
)

// ErrStepUp says that the secret must be given again first: call Session.StepUp
// and repeat. Nothing was changed.
var ErrStepUp = errors.New("store: the secret is wanted again")

// stepUpFor is how long a secret is good for.
const stepUpFor = 5 * time.Minute

// StepUp looks at a secret of the profile that is signed in: its passphrase or kit. It
// is then good for five minutes, as a sign-in with it is. One with a badge or a PIN
// is not, for whoever finds a card has it: a badge is ErrStepUp. A wrong secret makes the next try wait, as at the sign-in, and the log
// says how many there were. It takes as long as signing in.
func (s *Session) StepUp(secret Secret) error {
	switch {
	case s.preview != nil:
		return ErrPreview
	case s.Ended():
		return ErrClosed
	}
	if _, card := secret.(*Badge); card {
		return ErrStepUp
	}
	wrong, err := s.book.prove(ID(s.v.Profile()), secret)
	if err != nil {
		return err
	}
	if wrong > 0 && s.book.Standing() == nil { // nothing is written to a book that went back
		if err := s.logOnly(Event{Kind: AskedAgain, Count: wrong}); err != nil {
			return err
		}
	}
	s.proved()
	return nil
}

// prove checks a secret without signing in, and returns how many tries were wrong
// before. Tries count as those of the sign-in do.
func (b *Book) prove(p ProfileID, secret Secret) (wrong int, err error) {
	v, wrong, err := b.unlock(p, secret)
	if err == nil {
		v.Close()
	}
	return wrong, err
}

// unlock opens a profile with a secret, one try at a time, so that each counts
// before the next. It returns how many tries were wrong before.
func (b *Book) unlock(p ProfileID, secret Secret) (v *vault.Session, wrong int, err error) {
	b.signingIn.Lock()
	defer b.signingIn.Unlock()
	if wait := b.wait(p); wait > 0 {
		return nil, 0, &TooSoonError{Wait: wait}
	}
	v, err = b.file.Unlock(vault.ID(p), secret.secret())
	if errors.Is(err, vault.ErrSecret) {
		b.wrong(p)
		switch secret.(type) {
		case *Kit:
			return nil, 0, ErrWrongKit
		case *Badge:
			return nil, 0, ErrWrongBadge
		}
		return nil, 0, ErrWrongPassphrase
	}
	if err != nil {
		return nil, 0, b.named(err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	wrong = b.tries[p].wrong
	delete(b.tries, p)
	return v, wrong, nil
}

// proved notes that the secret was right just now.
func (s *Session) proved() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.proof = s.o.Now()
}

// needStepUp returns ErrStepUp unless the secret was given in the last five
// minutes. Both clocks count where there are two: the one of the wall, which goes
// on while the computer sleeps and may be set back, and the one that only runs.
func (s *Session) needStepUp() error {
	if s.preview != nil {
		return ErrPreview
	}
	s.gate.Lock()
	defer s.gate.Unlock()
	now := s.o.Now()
	wall := now.Round(0).Sub(s.proof.Round(0))
	if s.proof.IsZero() || wall < 0 || max(wall, now.Sub(s.proof)) >= stepUpFor {
		return ErrStepUp
	}
	return nil
}

// needProof is need of a right for which the secret must be given again, too.
func (s *Session) needProof(r Right) error {
	if err := s.need(r); err != nil {
		return err
	}
	return s.needStepUp()
}
