// Who mends customers' records: one of those who can, or the owners.

package settings

import "counterbook/store"

// mender chooses the one who mends records.
func (s *settings) mender(p part) *control {
	codes, names := []string{""}, map[string]string{"": s.w.T("settings.owners")}
	who, err := s.book.Menders()
	if err != nil {
		s.e.Fail(err)
	}
	for _, m := range who {
		codes = append(codes, m.ID.String())
	}
	for _, m := range s.e.Session.Book().Info().Profiles { // also who can no longer
		names[m.ID.String()] = m.Nickname
	}
	return choice(p, codes, func(code string) string { return names[code] }, s.changed)
}

// showProfile and readProfile are a part that names a profile, as its choice holds it.
func showProfile(id store.ProfileID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}

func readProfile(code string) store.ProfileID {
	id, err := store.ParseID(code)
	if err != nil {
		return store.ProfileID{}
	}
	return id
}
