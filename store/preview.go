package store

// Looking through somebody's eyes: an owner sees what a profile sees, and who sees
// a customer.

import (
	"errors"
	"slices"

	"counterbook/store/internal/vault"
)

// ErrPreview says that a session only shows what somebody else sees. Nothing is
// changed, counted or logged in it.
var ErrPreview = errors.New("store: nothing can be changed in a preview")

// preview is whose eyes a session looks through.
type preview struct{ id ProfileID }

// PreviewAs returns a session that reads with the keys of this one and has the
// rights of another profile, those that its keys would give it. It changes nothing
// and leaves nothing in the log, and its desk is empty. It ends with this session.
func (s *Session) PreviewAs(id ProfileID) (*Session, error) {
	if err := s.need(ManageStaff); err != nil {
		return nil, err
	}
	p := s.book.newSession(s.v)
	p.preview = &preview{id: id}
	if p.Ended() {
		return nil, ErrNoProfile
	}
	return p, nil
}

// Preview reports whether the session only shows what its profile sees.
func (s *Session) Preview() bool { return s.preview != nil }

// me is the profile whose session it is, or seems to be.
func (s *Session) me() ProfileID {
	if s.preview != nil {
		return s.preview.id
	}
	return ID(s.v.Profile())
}

// label is what the owner signed about the session's profile.
func (s *Session) label() (label, error) {
	if s.preview == nil {
		return decodeLabel(s.v.Label())
	}
	states, err := s.v.States()
	if err != nil {
		return label{}, err
	}
	for _, st := range states {
		if ID(st.ID) == s.preview.id && !st.Disabled {
			return decodeLabel(st.Label)
		}
	}
	return label{}, ErrNoProfile
}

// opens reports whether the session's profile can read or write an area.
func (s *Session) opens(a vault.Area, write bool) bool {
	if s.preview == nil {
		return s.v.Reads(a) && (!write || s.v.Writes(a))
	}
	l, err := s.label()
	if err != nil {
		return false
	}
	reads, writes := access(effective(l.Role, l.Without))
	return s.v.Reads(a) && slices.Contains(reads, a) && (!write || slices.Contains(writes, a))
}

// change runs a transaction, and refuses it in a preview. Everything that is
// written to a book goes through here, or through anew and GoOn.
func (s *Session) change(fn func(*vault.Tx) error) error {
	if s.preview != nil {
		return ErrPreview
	}
	return s.v.Update(fn)
}

// Viewer is how a profile sees a customer.
type Viewer struct {
	Profile Profile
	Sees    Sight
	// Full says that phone and e-mail are shown in full when it asks for them, which
	// the log counts.
	Full bool
	// Notes says that it reads the customer's notes.
	Notes bool
	// Right is what lets it see the customer, or, where it sees nothing, what it
	// would need; Keeper is what keeps that from it.
	Right  Right
	Keeper Keeper
}

// Sight is how much of a customer a profile comes to see.
type Sight uint8

const (
	SeesNothing Sight = iota
	SeesOne           // when it knows the phone number, the number or the code
	SeesAll           // in the directory
)

// Viewers lists who can see customers, and why, in the order in which profiles were
// made; those that are disabled see nothing and are left out. No customer is hidden
// from anybody who can see others.
func (st *Staff) Viewers() ([]Viewer, error) {
	if err := st.s.need(ManageStaff); err != nil {
		return nil, err
	}
	all, err := st.s.profiles()
	if err != nil {
		return nil, err
	}
	var out []Viewer
	for _, p := range all {
		if p.Disabled {
			continue
		}
		v := Viewer{Profile: p, Right: FindCustomers, Full: p.Can(RevealContact), Notes: p.Can(ReadNotes)}
		switch {
		case p.Can(BrowseCustomers):
			v.Sees, v.Right = SeesAll, BrowseCustomers
		case p.Can(FindCustomers):
			v.Sees = SeesOne
		}
		v.Keeper = p.Keeper(v.Right)
		out = append(out, v)
	}
	return out, nil
}
