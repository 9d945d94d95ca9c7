package sample

// Staff: who works in the made-up shop, and how each one gets in.

import (
	"counterbook/store"
)

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

var team = []store.NewProfile{
	marta: {Nickname: "Marta R.", Role: store.Owner, Passphrase: Passphrase},
	jonas: {Nickname: "Jonas", Role: store.FrontDesk, Passphrase: "four oak corners"},
	lena:  {Nickname: "Lena", Role: store.FrontDesk, Without: []store.Right{store.AddNotes}, Passphrase: "museum glass sings"},
	pia:   {Nickname: "Pia", Role: store.Workshop, Passphrase: "the glue dries slowly"},
	ferri: {Nickname: "Studio Ferri", Role: store.Bookkeeper, Passphrase: "sums that add up twice"},
}

// PassphraseOf is the passphrase of somebody in the made-up shop, "" for a
// nickname that nobody had when it was made.
func PassphraseOf(nickname string) string {
	for _, m := range team {
		if m.Nickname == nickname {
			return m.Passphrase
		}
	}
	return ""
}

// Hire adds profiles that the passphrases given open.
func Hire(s *store.Session, people ...store.NewProfile) error {
	st, err := s.Staff()
	if err != nil {
		return err
	}
	for _, p := range people {
		if _, err := st.Add(p); err != nil {
			return err
		}
	}
	return nil
}
