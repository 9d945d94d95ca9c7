// Package store keeps a shop's customers, notes, invoices and staff in one
// encrypted file, the book.
//
// [Create] makes a book, [Open] opens it locked, and [Book.SignIn] gives a
// [Session]: the book as one member of staff sees it. A session hands out the
// subjects its profile may open (Customers, Notes, Items, Drafts, Invoices,
// Staff, Activity) and answers [NoRightError] for the others. There is no way
// around it: what a profile may not read it has no key for, and what it may
// not write is not signed by somebody who may.
//
// # Rights
//
// [Rights] is the table of everything a role may do. Each right says what
// keeps it: a key, a signature, or only the program. A profile is a role, less
// what the owner takes away. It has none while its passphrase is the one it was
// given, or while it is an owner without a recovery kit.
//
// # What is kept of an action
//
// Every change is one transaction with one entry in the log. The log says who
// did what to which record and when; it never holds what a field contains.
//
// # Errors
//
// Errors are values a screen can explain. None of them holds a secret or a
// customer's data.
//
// # What the book does not protect
//
// Somebody who controls the computer while the owner is signed in sees what
// the owner sees. SECURITY.md says what follows from that.
//
// # Compatibility
//
// A book of this format opens in every later version of the program. An older
// program refuses a book it does not fully understand with [ErrNewer] and
// never writes it.
package store

import (
	"encoding/hex"
	"errors"
	"maps"
	"slices"

	"counterbook/store/internal/vault"
)

// ID names a record or a profile: 16 random bytes, which say nothing.
type ID [16]byte

// What an ID names.
type (
	ProfileID  = ID
	CustomerID = ID
	NoteID     = ID
	ItemID     = ID
	DraftID    = ID
	InvoiceID  = ID
)

// String is the id in hexadecimal.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// IsZero reports whether the id names nothing.
func (id ID) IsZero() bool { return id == ID{} }

// ParseID reads what String wrote.
func ParseID(s string) (ID, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(ID{}) {
		return ID{}, errors.New("store: not an id")
	}
	return ID(b), nil
}

// The areas of a book. Their numbers are part of the file format.
const (
	areaOwnership = vault.Ownership
	areaActivity  = vault.Activity
	areaContacts  = vault.Area(10)
	areaNotes     = vault.Area(11)
	areaItems     = vault.Area(12)
	areaDrafts    = vault.Area(13)
	areaInvoices  = vault.Area(14)
	areaLoyalty   = vault.Area(15)
	areaShop      = vault.Area(16)
	areaPrivacy   = vault.Area(17)
	areaStaff     = vault.Area(18)

	// What lists read of an area; who opens the area opens these.
	areaContactsIndex = vault.Area(20)
	areaInvoicesIndex = vault.Area(21)
)

// indexes says whose index an area is.
var indexes = map[vault.Area]vault.Area{areaContactsIndex: areaContacts, areaInvoicesIndex: areaInvoices}

// areaWords are fixed English names, for errors and as keys of texts.
var areaWords = map[vault.Area]string{areaOwnership: "ownership", areaActivity: "activity", areaContacts: "customers", areaNotes: "notes",
	areaItems: "items", areaDrafts: "drafts", areaInvoices: "invoices", areaLoyalty: "loyalty", areaShop: "shop", areaPrivacy: "privacy",
	areaStaff: "staff", areaContactsIndex: "customers", areaInvoicesIndex: "invoices"}

// AreaWords lists the names of areas that a DamagedError can hold.
func AreaWords() []string { return slices.Compact(slices.Sorted(maps.Values(areaWords))) }

// sharedAreas are all areas that rights are about.
var sharedAreas = []vault.Area{areaOwnership, areaActivity, areaContacts, areaNotes, areaItems,
	areaDrafts, areaInvoices, areaLoyalty, areaShop, areaPrivacy, areaStaff, areaContactsIndex, areaInvoicesIndex}
