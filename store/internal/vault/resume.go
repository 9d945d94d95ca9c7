package vault

// Pausing: a session whose keys are sealed in memory until its profile comes back
// with a PIN. Nothing of it is written anywhere.

import (
	"bytes"

	"counterbook/store/internal/vault/keys"
)

// Paused is a session that was left to be resumed.
type Paused struct {
	file *File
	id   ID
	sign []byte // the profile's verifying key, by which it is known whether it still counts
	held *keys.Held
}

// Pause seals the session's bundle with a PIN and closes the session.
func (s *Session) Pause(pin *keys.PIN) (*Paused, error) {
	defer s.Close()
	s.file.write.Lock()
	defer s.file.write.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return nil, err
	}
	_, sign, err := s.bundle.Public()
	if err != nil {
		return nil, damaged("profile")
	}
	h, err := pin.Hold(s.bundle)
	if err != nil {
		return nil, err
	}
	return &Paused{file: s.file, id: s.bundle.Profile, sign: bytes.Clone(sign), held: h}, nil
}

// Counts reports whether the profile is still one of the book's, with the keys it
// had: who was disabled or given a new passphrase has nothing to come back to.
func (p *Paused) Counts() bool {
	m, ok := p.file.table.Load().Member(p.id)
	if !ok || len(m.Keys) == 0 {
		return false
	}
	k := m.Keys[len(m.Keys)-1]
	return k.Until == 0 && bytes.Equal(k.Key, p.sign)
}

// Resume opens the session again and checks the book as a sign-in does. It also
// returns the PIN, with which the session can be paused again. ErrSecret says that
// the PIN is another one.
func (p *Paused) Resume(pin string) (*Session, *keys.PIN, error) {
	b, again, err := p.held.Open(pin)
	if err != nil {
		return nil, nil, fromKeys(err)
	}
	s, err := p.file.session(b)
	if err != nil {
		b.Wipe()
		return nil, nil, err
	}
	return s, again, nil
}

// Drop ends what was paused: no PIN opens it any more.
func (p *Paused) Drop() { p.held.Wipe() }
