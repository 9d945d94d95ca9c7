package store

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store/internal/vault"
)

var areaNames = map[string]vault.Area{"contacts": areaContacts, "notes": areaNotes, "items": areaItems, "drafts": areaDrafts,
	"invoices": areaInvoices, "loyalty": areaLoyalty, "shop": areaShop, "privacy": areaPrivacy, "staff": areaStaff, "activity": areaActivity}

// AreaAccess says W, R or - for a role and the name of an area.
func AreaAccess(r Role, area string) string {
	reads, writes := access(r.Rights())
	a := areaNames[area]
	switch {
	case a == areaActivity && slices.Contains(reads, a):
		return "R" // everybody's events are sealed to it; nobody writes records
	case slices.Contains(writes, a):
		return "W"
	case slices.Contains(reads, a):
		return "R"
	}
	return "-"
}

// Vault lets tests look below.
func (s *Session) Vault() *vault.Session { return s.v }

// SeriesID is the id of a series' record.
func (s *Session) SeriesID(t testing.TB, name string) ID {
	_, id, err := s.series(s.v.Get, name)
	require.NoError(t, err)
	return id
}

// PaperID is the id of an invoice's pages.
func (s *Session) PaperID(id InvoiceID) ID { return paperID(id) }

// PutDraft stores a draft under an id of the caller's choice, as a changed
// program could.
func (s *Session) PutDraft(t testing.TB, id ID, d Draft) {
	require.NoError(t, s.v.Update(func(tx *vault.Tx) error { return write(tx, areaDrafts, id, kindDraft, d) }))
}

// CommitHeld adds a customer in a transaction that waits, having said so, until
// it is released.
func (s *Session) CommitHeld(c Customer, held chan<- bool, release <-chan bool) error {
	return s.v.Update(func(tx *vault.Tx) error {
		held <- true
		<-release
		return write(tx, areaContacts, newID(), kindCustomer, c)
	})
}
