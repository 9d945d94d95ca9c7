package store

// Staff: profiles and their rights.

import (
	"errors"
	"slices"
	"strings"
	"time"

	"counterbook/store/internal/vault"
)

// Profile is a member of staff.
type Profile struct {
	ID       ProfileID
	Nickname string
	Role     Role
	Without  []Right // rights of the role that are taken away
	Disabled bool
	Created  time.Time // zero unless the session manages staff
	LastIn   time.Time // last sign-in; zero: never, or the session does not manage staff
	First    bool      // it has not chosen its own passphrase yet; only for who manages staff
	Badge    bool      // a badge opens it; only for who manages staff
	NoKit    bool      // an owner without a recovery kit; only for who manages staff
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
	// LastIn is the last sign-in of before the profile was disabled or reset, when
	// its desk, which says it otherwise, was emptied.
	LastIn time.Time `cbor:"2,keyasint,omitzero"`
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
	for i := range list {
		p := &list[i]
		var r staffRecord
		if _, err := read(s, areaStaff, p.ID, kindStaff, &r); err != nil {
			return nil, err
		}
		p.Created = r.Created
		if p.LastIn, err = s.lastIn(p.ID); err != nil {
			return nil, err
		}
		if p.LastIn.IsZero() {
			p.LastIn = r.LastIn
		}
		d, err := s.v.Door(vault.ID(p.ID))
		if err != nil {
			return nil, explain(err)
		}
		p.First, p.Badge, p.NoKit = d.First, d.Badge, p.Role == Owner && (!d.Kit || d.Used)
	}
	return list, nil
}

// Owners lists the owners who are not disabled. Everybody may know them: they are
// whom one asks.
func (s *Session) Owners() ([]ProfileInfo, error) {
	all, err := s.profiles()
	if err != nil {
		return nil, err
	}
	var out []ProfileInfo
	for _, p := range all {
		if p.Role == Owner && !p.Disabled {
			out = append(out, ProfileInfo{ID: p.ID, Nickname: p.Nickname})
		}
	}
	return out, nil
}

// Add makes a profile that its passphrase opens. An owner must make a recovery
// kit of their own at the first sign-in. Like all that changes a profile it needs a
// step-up.
func (st *Staff) Add(n NewProfile) (Profile, error) {
	s := st.s
	n.Nickname = strings.TrimSpace(n.Nickname)
	if err := s.needProof(ManageStaff); err != nil {
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
	err = explain(s.change(func(tx *vault.Tx) error {
		if id, err = tx.AddMember(m, s.o.cost(n.Role), !n.Chosen, Passphrase(n.Passphrase).secret()); err != nil {
			return err
		}
		b, err := s.encodeEvent(Event{Kind: StaffAdded, Subject: ID(id)})
		if err != nil {
			return err
		}
		tx.Event(b)
		return s.putStaff(tx, ID(id), staffRecord{Created: created})
	}))
	return Profile{ID: ID(id), Nickname: n.Nickname, Role: n.Role, Without: n.Without, Created: created,
		First: !n.Chosen, NoKit: n.Role == Owner}, err
}

// Change gives a profile another role or takes rights away. A running session
// of the profile loses what it loses at once. Where that is a whole area, a kit or
// a badge, the book is written anew, with the area's records under a new key: nothing
// in the file opens for the profile what it lost.
// What it could read before stays readable to who kept a copy of the file.
//
// Who becomes an owner chooses another passphrase, which then costs an owner's
// derivation, and makes a kit, before anything else. The kit of who is an owner
// no longer opens nothing, nor does the badge of who becomes one.
func (st *Staff) Change(id ProfileID, nickname string, role Role, without []Right, how ...Wait) error {
	nickname = strings.TrimSpace(nickname)
	if err := st.s.needProof(ManageStaff); err != nil {
		return err
	}
	if err := checkProfile(nickname, role, without); err != nil {
		return err
	}
	m, err := member(nickname, role, without)
	if err != nil {
		return err
	}
	change := func(tx *vault.Tx, rewrites bool) error {
		was, err := st.mayChange(id, role)
		if err != nil {
			return err
		}
		if err := st.free(nickname, id); err != nil {
			return err
		}
		lost := lostAreas(was, m)
		badge := false
		if was.Role != Owner && role == Owner {
			d, err := st.s.v.Door(vault.ID(id))
			if err != nil {
				return explain(err)
			}
			badge = d.Badge
		}
		if (len(lost) > 0 || badge) && !rewrites {
			return errRewrites
		}
		if err := tx.ChangeMember(vault.ID(id), m); err != nil {
			return err
		}
		switch {
		case was.Role != Owner && role == Owner:
			if err = tx.DropBadge(vault.ID(id)); err == nil {
				err = tx.Demand(vault.ID(id))
			}
		case was.Role == Owner && role != Owner:
			err = tx.DropKit(vault.ID(id))
		}
		if err != nil {
			return err
		}
		return reseal(tx, lost)
	}
	e := Event{Kind: StaffChanged, Subject: id}
	err = st.s.update(e, func(tx *vault.Tx) error { return change(tx, false) })
	if errors.Is(err, errRewrites) {
		err = st.s.rewrite(e, how, func(tx *vault.Tx) error { return change(tx, true) })
	}
	return err
}

// errRewrites says that a change takes so much away that it needs a rewrite.
var errRewrites = errors.New("store: needs a rewrite")

// lostAreas are those that a profile reads and m does not. An owner who becomes
// something else always loses some.
func lostAreas(was Profile, m vault.Member) []vault.Area {
	if was.Disabled {
		return nil
	}
	reads, _ := access(effective(was.Role, was.Without))
	return slices.DeleteFunc(reads, func(a vault.Area) bool { return slices.Contains(m.Reads, a) })
}

func reseal(tx *vault.Tx, areas []vault.Area) error {
	for _, a := range areas {
		if err := tx.Reseal(a); err != nil {
			return err
		}
	}
	return nil
}

// Disable ends a profile. Its past stays in the log; ResetPassphrase brings it back.
// The book is written anew with what it could read under new keys: its passphrase
// opens nothing in the file any more. What it left unsaved is gone.
func (st *Staff) Disable(id ProfileID, how ...Wait) error {
	if err := st.s.needProof(ManageStaff); err != nil {
		return err
	}
	return st.s.rewrite(Event{Kind: StaffDisabled, Subject: id}, how, func(tx *vault.Tx) error {
		p, err := st.mayChange(id, 0)
		if err != nil {
			return err
		}
		if err := st.keepLastIn(tx, id); err != nil {
			return err
		}
		if err := tx.DisableMember(vault.ID(id)); err != nil {
			return err
		}
		return reseal(tx, lostAreas(p, vault.Member{}))
	})
}

// ResetPassphrase gives a profile new keys and a first passphrase, which it must
// change. Unsaved work on its desk is lost: its key went with the old passphrase. So
// is the kit of an owner, who makes a new one at the next sign-in. The book is
// written anew with what the profile reads under new keys: the old passphrase opens
// nothing in the file any more.
func (st *Staff) ResetPassphrase(id ProfileID, fresh string, how ...Wait) error {
	s := st.s
	if err := s.needProof(ManageStaff); err != nil {
		return err
	}
	if err := s.o.checkPassphrase(fresh); err != nil {
		return err
	}
	return s.rewrite(Event{Kind: PassphraseReset, Subject: id}, how, func(tx *vault.Tx) error {
		p, err := st.mayChange(id, 0)
		if err != nil {
			return err
		}
		if err := st.free(p.Nickname, id); err != nil {
			return err
		}
		m, err := member(p.Nickname, p.Role, p.Without)
		if err != nil {
			return err
		}
		if err := st.keepLastIn(tx, id); err != nil {
			return err
		}
		if err := tx.ResetMember(vault.ID(id), m, s.o.cost(p.Role), Passphrase(fresh).secret()); err != nil {
			return err
		}
		return reseal(tx, lostAreas(p, vault.Member{}))
	})
}

// keepLastIn notes when a profile was here last, before its desk is emptied. Where
// the desk is damaged that is not known, and the profile ends all the same.
func (st *Staff) keepLastIn(tx *vault.Tx, id ProfileID) error {
	at, err := st.s.lastIn(id)
	if err != nil || at.IsZero() {
		return nil
	}
	var r staffRecord
	if _, err := readIn(tx, areaStaff, id, kindStaff, &r); err != nil {
		return err
	}
	r.LastIn = at
	return st.s.putStaff(tx, id, r)
}

// mayChange refuses what would leave no owner who can get in, also with a
// forgotten passphrase: one whose profile a kit opens. It returns the profile as
// it is, and is asked within the transaction, so that two changes at once do not
// both rely on what the other one ends. An owner who becomes something else knew
// the root key; SECURITY.md says what that means.
func (st *Staff) mayChange(id ProfileID, to Role) (Profile, error) {
	if err := st.s.need(ManageStaff); err != nil {
		return Profile{}, err
	}
	p, err := st.find(id)
	if err != nil || p.Role != Owner || to == Owner {
		return p, err
	}
	all, err := st.s.profiles()
	if err != nil {
		return p, err
	}
	for _, o := range all {
		if o.Role != Owner || o.Disabled || o.ID == id {
			continue
		}
		d, err := st.s.v.Door(vault.ID(o.ID))
		if err != nil {
			return p, explain(err)
		}
		if d.Kit && !d.First {
			return p, nil
		}
	}
	return p, ErrLastOwner
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
