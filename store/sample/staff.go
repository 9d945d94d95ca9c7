package sample

// Staff: who works in the made-up shop, and how each one gets in.

import "counterbook/store"

// Passphrase is the owner's.
const Passphrase = "look around freely"

// The staff by their place in team.
const (
	marta = iota
	jonas
	lena
	pia
	ferri
)

var team = []struct {
	nickname string
	role     store.Role
	opens    string // published: it protects nothing
	without  []store.Right
}{
	marta: {"Marta R.", store.Owner, Passphrase, nil},
	jonas: {"Jonas", store.FrontDesk, "four oak corners", nil},
	lena:  {"Lena", store.FrontDesk, "museum glass sings", []store.Right{store.AddNotes, store.EditOwnNotes}},
	pia:   {"Pia", store.Workshop, "glue dries slowly", nil},
	ferri: {"Studio Ferri", store.Bookkeeper, "sums add up again", nil},
}

// hired is somebody in the team as a new profile.
func hired(who int) store.NewProfile {
	m := team[who]
	return store.NewProfile{Nickname: m.nickname, Role: m.role, Without: m.without, Passphrase: m.opens}
}

// PassphraseOf is the passphrase of somebody in the made-up shop, "" for a
// nickname that nobody had when it was made.
func PassphraseOf(nickname string) string {
	for _, m := range team {
		if m.nickname == nickname {
			return m.opens
		}
	}
	return ""
}

// Hire adds profiles that the passphrases given open. The session is the owner's.
func Hire(s *store.Session, people ...store.NewProfile) error {
	if err := s.StepUp(store.Passphrase(Passphrase)); err != nil {
		return err
	}
	st, err := s.Staff()
	if err != nil {
		return err
	}
	for _, p := range people {
		p.Chosen = true // it is published: nobody has to change it
		if _, err := st.Add(p); err != nil {
			return err
		}
	}
	return nil
}
