package store

// Staff: profiles and their rights.

import (
	"slices"
	"strings"
	"time"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/keys"
)

// Profile is a member of staff.
type Profile struct {
	ID       ProfileID
	Nickname string
	Role     Role
	Without  []Right // rights of the role that are taken away
	Disabled bool
	Created  time.Time // zero unless the session manages staff
	LastIn   time.Time // zero: never, or the session does not read activity
}

// Can reports whether the profile's role, less what was taken away, has a right.
func (p Profile) Can(r Right) bool {
	return !p.Disabled && slices.Contains(effective(p.Role, p.Without), r)
}

// Keeper says what keeps a right from this profile, or, where it has the right,
// from those who have not. A right that was taken away is kept by a key or a
// signature only if no other right left the profile that key or signature.
func (p Profile) Keeper(r Right) Keeper {
	if p.Can(r) {
		return r.Keeper()
	}
	reads, writes := access(effective(p.Role, p.Without))
	keeper := ByProgram
	for _, n := range r.info().needs {
		switch {
		case !slices.Contains(reads, n.area):
			return ByKey
		case n.write && !slices.Contains(writes, n.area):
			keeper = BySignature
		}
	}
	return keeper
}

type staffRecord struct {
	Created time.Time `cbor:"1,keyasint"`
}

// Staff manages profiles.
type Staff struct{ s *Session }

// Staff needs ManageStaff.
func (s *Session) Staff() (*Staff, error) {
	if err := s.need(ManageStaff); err != nil {
		return nil, err
	}
	return &Staff{s}, nil
}

// profiles is what every member may know of the others.
func (s *Session) profiles() ([]Profile, error) {
	states, err := s.v.States()
	if err != nil {
		return nil, explain(err)
	}
	var out []Profile
	for _, st := range states {
		l, err := decodeLabel(st.Label)
		if err != nil {
			return nil, err
		}
		out = append(out, Profile{ID: ID(st.ID), Nickname: st.Nickname, Role: l.Role, Without: l.Without, Disabled: st.Disabled})
	}
	return out, nil
}

func (s *Session) nicknames() (map[ProfileID]string, error) {
	all, err := s.profiles()
	out := map[ProfileID]string{}
	for _, p := range all {
		out[p.ID] = p.Nickname
	}
	return out, err
}

// List returns all profiles in the order in which they were made.
func (st *Staff) List() ([]Profile, error) {
	s := st.s
	if err := s.need(ManageStaff); err != nil {
		return nil, err
	}
	list, err := s.profiles()
	if err != nil {
		return nil, err
	}
	seen := map[ProfileID]time.Time{}
	if a, err := s.Activity(); err == nil {
		err = a.each(func(e Event) bool {
			if _, ok := seen[e.By]; !ok && (e.Kind == SignedIn || e.Kind == SignedInWithKit) {
				seen[e.By] = e.At
			}
			return len(seen) < len(list)
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range list {
		var r staffRecord
		if _, err := read(s, areaStaff, list[i].ID, kindStaff, &r); err != nil {
			return nil, err
		}
		list[i].Created, list[i].LastIn = r.Created, seen[list[i].ID]
	}
	return list, nil
}

// Add makes a profile that its passphrase opens.
func (st *Staff) Add(n NewProfile) (Profile, error) {
	s := st.s
	n.Nickname = strings.TrimSpace(n.Nickname)
	if err := s.need(ManageStaff); err != nil {
		return Profile{}, err
	}
	if err := checkNewProfile(n, s.o); err != nil {
		return Profile{}, err
	}
	if err := st.free(n.Nickname, ID{}); err != nil {
		return Profile{}, err
	}
	m, err := member(n.Nickname, n.Role, n.Without)
	if err != nil {
		return Profile{}, err
	}
	var id vault.ID
	created := s.now()
	err = explain(s.v.Update(func(tx *vault.Tx) error {
		if id, err = tx.AddMember(m, s.o.cost(n.Role), Passphrase(n.Passphrase).secret()); err != nil {
			return err
		}
		b, err := s.encodeEvent(Event{Kind: StaffAdded, Subject: ID(id)})
		if err != nil {
			return err
		}
		tx.Event(b)
		return s.putStaff(tx, ID(id), staffRecord{Created: created})
	}))
	return Profile{ID: ID(id), Nickname: n.Nickname, Role: n.Role, Without: n.Without, Created: created}, err
}

// Change gives a profile another role or takes rights away. A running session
// of the profile loses what it loses at once. What a profile could read before
// stays readable to who kept a copy of the file.
func (st *Staff) Change(id ProfileID, nickname string, role Role, without []Right) error {
	nickname = strings.TrimSpace(nickname)
	if err := st.mayChange(id, role); err != nil {
		return err
	}
	if err := checkProfile(nickname, role, without); err != nil {
		return err
	}
	if err := st.free(nickname, id); err != nil {
		return err
	}
	m, err := member(nickname, role, without)
	if err != nil {
		return err
	}
	return st.s.update(Event{Kind: StaffChanged, Subject: id}, func(tx *vault.Tx) error {
		return tx.ChangeMember(vault.ID(id), m)
	})
}

// Disable ends a profile. Its past stays in the log; ResetPassphrase brings it back.
func (st *Staff) Disable(id ProfileID) error {
	if err := st.mayChange(id, 0); err != nil {
		return err
	}
	return st.s.update(Event{Kind: StaffDisabled, Subject: id}, func(tx *vault.Tx) error {
		return tx.DisableMember(vault.ID(id))
	})
}

// ResetPassphrase gives a profile new keys and a new passphrase. Unsaved work
// on its desk is lost: its key went with the old passphrase.
func (st *Staff) ResetPassphrase(id ProfileID, fresh string) error {
	s := st.s
	if err := s.need(ManageStaff); err != nil {
		return err
	}
	if err := s.o.checkPassphrase(fresh); err != nil {
		return err
	}
	p, err := st.find(id)
	if err != nil {
		return err
	}
	if p.Role == Owner {
		return ErrLastOwner // an owner's way back is the kit
	}
	if err := st.free(p.Nickname, id); err != nil {
		return err
	}
	m, err := member(p.Nickname, p.Role, p.Without)
	if err != nil {
		return err
	}
	return s.update(Event{Kind: PassphraseReset, Subject: id}, func(tx *vault.Tx) error {
		return tx.ResetMember(vault.ID(id), m, s.o.cost(p.Role), Passphrase(fresh).secret())
	})
}

// mayChange refuses what would leave no owner who can get in, also with a
// forgotten passphrase: one whose profile the kit opens. An owner who becomes
// something else knew the root key; SECURITY.md says what that means.
func (st *Staff) mayChange(id ProfileID, to Role) error {
	if err := st.s.need(ManageStaff); err != nil {
		return err
	}
	p, err := st.find(id)
	if err != nil {
		return err
	}
	if p.Role != Owner || to == Owner {
		return nil
	}
	all, err := st.s.profiles()
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.Role == Owner && !o.Disabled && o.ID != id && st.s.book.file.Opens(vault.ID(o.ID), keys.KitSlot) {
			return nil
		}
	}
	return ErrLastOwner
}

func (st *Staff) find(id ProfileID) (Profile, error) {
	all, err := st.s.profiles()
	if err != nil {
		return Profile{}, err
	}
	for _, p := range all {
		if p.ID == id {
			return p, nil
		}
	}
	return Profile{}, ErrNotFound
}

// free refuses a nickname that somebody else has: two tiles would look the same.
func (st *Staff) free(nickname string, except ProfileID) error {
	all, err := st.s.profiles()
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.ID != except && !p.Disabled && fold(p.Nickname) == fold(nickname) {
			return ErrNicknameTaken
		}
	}
	return nil
}

func member(nickname string, r Role, without []Right) (vault.Member, error) {
	b, err := encodeLabel(r, without)
	m := vault.Member{Nickname: nickname, Label: b}
	m.Reads, m.Writes = access(effective(r, without))
	return m, err
}

func (s *Session) putStaff(tx *vault.Tx, id ProfileID, r staffRecord) error {
	return write(tx, areaStaff, id, kindStaff, r)
}
