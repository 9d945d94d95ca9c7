// Package vault is the engine under the book: one bbolt file, cut into areas
// that each have their own keys, with a signed log of every change. It knows
// members, areas and records, and nothing of customers or invoices.
//
// # The file
//
// One bucket holds everything:
//
//	t                      the table: members, and sealed in it certificates and grants
//	p ‖ profile 16         a profile's slots, sealed bundle and mark
//	m                      the heads of all areas, sealed for members
//	l ‖ commit 8           one log entry a transaction
//	r ‖ area 2 ‖ id 16     a sealed record
//
// There is only this one bucket, "book", and it is never small enough for bbolt to
// inline it into another page. Pages are of 4096 bytes. Numbers are big-endian.
//
// # Format 2
//
// Package keys says how secrets, profiles and the table are made, package envelope how
// a record is sealed, package commit how the log is. A book of format 1 had a
// members' key that never turned; it is refused and not changed, as is one of a format
// that is not known.
//
//	log entry   number 8 ‖ SHA-256 of the stored entry before 32 ‖ the CBOR of
//	            commit.Entry, as a record of area 0xffff, id number 8 ‖ zeros, commit the
//	            number, under Derive(members' key, "…/log") of the epoch that it names.
//	            The author's Ed25519 key of that commit signs the CBOR of
//	            ["counterbook/v1/commit", book, number, hash before, entry without its
//	            signature]
//	head        area, number of records, root, and the commit that made that state
//	heads       the CBOR of all heads in the order of areas, as a record of area 0xffff,
//	            id 0xff…, commit the newest number, under the current members' key.
//	            Its state is the SHA-256 of "counterbook/v1/heads" ‖ 0 ‖ that CBOR, and
//	            the newest entry signs it
//	root        SHA-256 of "counterbook/v1/list" ‖ 0 ‖ area 2 ‖ count 8 ‖ 256 shard hashes;
//	            a shard is the ids that start with one byte, and its hash is SHA-256 over
//	            id 16 ‖ first 16 bytes of SHA-256 of the stored value, in the order of
//	            ids, or zeros where there is none
//	areas       1 ownership, holding the root key under the name "root"; 2 activity, to
//	            which events are sealed; 3 the table, as one record of id 0; from 0x4000
//	            a profile's seat, its stored form as one record of its id; from 0x8000
//	            desks. The others are the caller's
//
// An entry counts when its author's certificate let it write every area it changed at
// that commit. Owners change the table and all seats, and empty desks; everybody their
// own seat and desk.
//
// # Rewriting
//
// A rewrite (Session.Rewrite) makes a new file of what is live and renames it over the
// book. It is how access is taken away, secrets are replaced, and customers erased:
// records of an area that somebody lost are sealed anew under the current key, with
// the number of the commit that wrote them, and of its older grants those between the
// first, of which names are made, and the current one are dropped. The log is kept as
// it is, byte for byte.
//
// # What is checked when
//
// Opening reads every page of the file's structure before bbolt sees one (package
// page), and checks that the table is in one piece.
// Unlocking opens a profile's bundle with its secret, checks the table against
// the owner's key pinned in the bundle, and the newest log entry against the
// heads. It then steps back through the log, entry by entry, to the last one this
// profile signed itself: each must follow from the one before and be signed by
// a member who might change what it changed. What lies further back is in the
// chain that this profile signed when its program had checked it. Opening an
// area compares every stored record with the area's head. Verify replays the
// whole log.
package vault

import "errors"

// ID names a record or a profile: 16 random bytes.
type ID = [16]byte

// Area is a part of the book with its own keys and writers.
type Area uint16

// Two areas have a meaning for the engine; the others are the caller's.
const (
	Ownership Area = 1 // holds the root key; who writes it may sign the table
	Activity  Area = 2 // events are sealed to it; its readers read the log
)

// Pseudo areas count in the heads like any, but hold no sealed records.
const (
	register  Area = 3      // the table; who writes Ownership changes it
	firstSeat Area = 0x4000 // one for each profile's slots and bundle; its own and owners change it
)

// firstDesk is the first area number of a profile's private desk.
const firstDesk Area = 0x8000

var (
	// ErrSecret says that the secret does not open the profile.
	ErrSecret = errors.New("vault: secret does not open the profile")
	// ErrNoProfile says that there is no such profile, or that it is disabled.
	ErrNoProfile = errors.New("vault: no such profile")
	// ErrNoKey says that the session holds no key of the area.
	ErrNoKey = errors.New("vault: no key of this area")
	// ErrNoWrite says that the session may not write the area.
	ErrNoWrite = errors.New("vault: may not write this area")
	// ErrNotFound says that there is no such record.
	ErrNotFound = errors.New("vault: no such record")
	// ErrNotBook says that a file is something else than a book.
	ErrNotBook = errors.New("vault: not a book")
	// ErrBusy says that another process has the book open.
	ErrBusy = errors.New("vault: book is open elsewhere")
	// ErrNetwork says that the book is on a network drive, or would be.
	ErrNetwork = errors.New("vault: book on a network drive")
	// ErrNewer says that the book was written by a newer program.
	ErrNewer = errors.New("vault: book needs a newer program")
	// ErrOldFormat says that the book was made by an early version of the program,
	// whose books this one neither reads nor changes.
	ErrOldFormat = errors.New("vault: book of an early format")
	// ErrUncertain says that a commit failed and may or may not be in the book.
	ErrUncertain = errors.New("vault: commit is uncertain")
	// ErrMoved says that the file was replaced or removed while open.
	ErrMoved = errors.New("vault: the file was replaced or removed")
	// ErrClosed says that the file or the session is closed.
	ErrClosed = errors.New("vault: closed")
)

// Damaged says that something in the book is not what was written. Where is a
// fixed word of this package, never data. The others are zero where they are not
// known.
type Damaged struct {
	Where  string
	Area   Area   // whose records are not those that were signed
	Commit uint64 // which is not as it should be
	Author ID     // who signed that commit
}

func (d *Damaged) Error() string { return "vault: damaged: " + d.Where }

func damaged(where string) error { return &Damaged{Where: where} }
