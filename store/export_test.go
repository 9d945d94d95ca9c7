package store

import (
	"slices"

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
