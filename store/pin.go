package store

// PINs: the quick way back to a session that is still in memory. A PIN is never
// written anywhere and ends with the process.

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/keys"
)

var (
	// ErrPINForm says that a PIN is not four to six digits.
	ErrPINForm = errors.New("store: a PIN is four to six digits")
	// ErrPINWeak says that a PIN is among the first that anybody tries.
	ErrPINWeak = errors.New("store: the PIN is too easy to guess")
	// ErrPINGone says that there is nothing a PIN opens: it was wrong too often, the
	// computer slept, too long has passed, or the profile's rights were ended. The
	// passphrase opens the profile as ever.
	ErrPINGone = errors.New("store: the PIN opens nothing any more")
	// ErrWrongPIN matches every WrongPINError.
	ErrWrongPIN = errors.New("store: wrong PIN")
)

// WrongPINError says how many tries are left.
type WrongPINError struct{ Left int }

func (e *WrongPINError) Error() string { return ErrWrongPIN.Error() }

// Is makes every WrongPINError an ErrWrongPIN.
func (e *WrongPINError) Is(target error) bool { return target == ErrWrongPIN }

const (
	pinTries = 5
	pinFor   = 12 * time.Hour // since the last sign-in with a passphrase, kit or badge
	// dozed is how far the clock of the wall may get away from the time for which
	// the computer was awake: more than that is sleep, or a clock that was set.
	dozed = 30 * time.Second

	// MinPIN and MaxPIN are how many digits a PIN has.
	MinPIN, MaxPIN = 4, 6
)

// CheckPIN refuses what is no PIN and what anybody would try first.
func CheckPIN(pin string) error {
	if len(pin) < MinPIN || len(pin) > MaxPIN || strings.Trim(pin, "0123456789") != "" {
		return ErrPINForm
	}
	step := func(by byte) bool { // one digit after the other, 9 before 0
		for i := range len(pin) - 1 {
			if (pin[i]-'0'+by)%10 != pin[i+1]-'0' {
				return false
			}
		}
		return true
	}
	half := pin[:len(pin)/2]
	year := len(pin) == 4 && (half == "19" || half == "20")
	if step(0) || step(1) || step(9) || year || pin == half+half || len(pin) == 6 && pin == strings.Repeat(pin[:2], 3) || pin == "2580" {
		return ErrPINWeak
	}
	return nil
}

// moment is a time by both clocks.
type moment struct {
	wall  time.Time
	awake time.Duration
}

func (o *Options) moment() moment { return moment{o.Now().Round(0), o.Awake()} }

// paused is a session that its profile may come back to.
type paused struct {
	v     *vault.Paused
	full  moment // of the last sign-in without a PIN
	wrong int
	at    time.Time // of the last wrong PIN
	wait  time.Duration
}

// SetPIN sets the PIN with which the profile can come back to this session after
// Pause. It needs a step-up, which a badge is not, for who sets it could come back
// for hours.
func (s *Session) SetPIN(pin string) error {
	switch {
	case s.preview != nil:
		return ErrPreview
	case s.MustChange() || s.NeedsKit():
		return &NoRightError{}
	}
	if err := s.needStepUp(); err != nil {
		return err
	}
	if err := CheckPIN(pin); err != nil {
		return err
	}
	cost := keys.PINCost
	if s.o.KDF != nil {
		cost = *s.o.KDF
	}
	p, err := keys.NewPIN(pin, cost)
	if err == nil {
		s.keepPIN(p)
	}
	return err
}

// DropPIN takes the PIN back.
func (s *Session) DropPIN() { s.keepPIN(nil) }

// HasPIN reports whether the session can be paused.
func (s *Session) HasPIN() bool {
	s.gate.Lock()
	defer s.gate.Unlock()
	return s.pin != nil
}

func (s *Session) keepPIN(p *keys.PIN) {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.pin.Wipe()
	s.pin = p
}

// Pause ends a session and reports whether its profile can come back to it with
// its PIN. The keys of the book are wiped either way; what stays in memory of them
// is sealed with the PIN.
func (b *Book) Pause(s *Session) bool {
	if s.preview != nil {
		s.Close()
		return false
	}
	s.gate.Lock()
	pin, full := s.pin, s.full
	s.pin = nil
	s.gate.Unlock()
	defer s.Close()
	if pin == nil {
		return false
	}
	defer pin.Wipe()
	v, err := s.v.Pause(pin)
	if err != nil {
		return false
	}
	b.mu.Lock()
	b.away[ID(s.v.Profile())] = &paused{v: v, full: full}
	b.mu.Unlock()
	return b.resumable(ID(s.v.Profile())) != nil
}

// Resumable lists the profiles that can come back with a PIN.
func (b *Book) Resumable() []ProfileID {
	b.mu.Lock()
	var ids []ProfileID
	for id := range b.away {
		ids = append(ids, id)
	}
	b.mu.Unlock()
	ids = slices.DeleteFunc(ids, func(id ProfileID) bool { return b.resumable(id) == nil })
	slices.SortFunc(ids, func(a, b ProfileID) int { return bytes.Compare(a[:], b[:]) })
	return ids
}

// resumable returns what a PIN may still open of a profile, and drops what it may
// not.
func (b *Book) resumable(id ProfileID) *paused {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.away[id]
	if p == nil {
		return nil
	}
	now := b.o.moment()
	wall, awake := now.wall.Sub(p.full.wall), now.awake-p.full.awake
	if p.wrong >= pinTries || wall < 0 || max(wall, awake) >= pinFor || (wall-awake).Abs() > dozed || !p.v.Counts() {
		p.v.Drop()
		delete(b.away, id)
		return nil
	}
	return p
}

// DropPaused ends everything that a PIN could open.
func (b *Book) DropPaused() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.away {
		p.v.Drop()
	}
	clear(b.away)
}

// Resume comes back to a paused session with its PIN. Wrong ones make the next try
// wait: TooSoonError; the fifth ends it: ErrPINGone. What wants a step-up wants
// one, for a PIN is none.
func (b *Book) Resume(id ProfileID, pin string) (*Session, error) {
	b.signingIn.Lock()
	defer b.signingIn.Unlock()
	p := b.resumable(id)
	if p == nil {
		return nil, ErrPINGone
	}
	now := b.o.Now()
	if wait := p.at.Add(p.wait).Sub(now); wait > 0 && !now.Before(p.at) {
		return nil, &TooSoonError{Wait: wait}
	}
	v, again, err := p.v.Resume(pin)
	switch {
	case errors.Is(err, vault.ErrSecret):
		b.mu.Lock()
		p.at, p.wait = now, time.Second<<p.wrong
		p.wrong++
		left := pinTries - p.wrong
		b.mu.Unlock()
		if b.resumable(id) == nil {
			return nil, ErrPINGone
		}
		return nil, &WrongPINError{Left: left}
	case err != nil:
		return nil, b.named(err)
	}
	s := b.newSession(v)
	if s.MustChange() || s.NeedsKit() { // an owner asked for something that only the passphrase answers
		s.Close()
		again.Wipe()
		b.drop(id)
		return nil, ErrPINGone
	}
	if err := s.signedIn(Resumed, p.wrong); err != nil {
		s.Close()
		again.Wipe()
		return nil, err
	}
	s.pin, s.full = again, p.full
	b.drop(id)
	return s, nil
}

// drop ends what a profile could come back to.
func (b *Book) drop(id ProfileID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p := b.away[id]; p != nil {
		p.v.Drop()
		delete(b.away, id)
	}
}
