package store

// Records: how a subject's value becomes a sealed record and back.

import (
	"crypto/rand"
	"errors"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/envelope"
)

// kind says what a record in an area is. The numbers are part of the file format.
type kind byte

const (
	kindShop     kind = 1
	kindCounter  kind = 2
	kindCustomer kind = 3
	kindNote     kind = 4
	kindItem     kind = 5
	kindDraft    kind = 6
	kindInvoice  kind = 7
	kindPaper    kind = 8
	kindSeries   kind = 9
	kindStaff    kind = 10
	kindDesk     kind = 11
	kindNumber   kind = 12
	kindChunk    kind = 13
	kindSeen     kind = 14
	kindPicture  kind = 16
	kindChange   kind = 19
	kindGuard    kind = 18
	kindFields   kind = 17
	kindUses     kind = 24
	kindImport   kind = 22
	kindGoneOn   kind = 30
	kindErased   kind = 20
	kindTags     kind = 23
	kindReports  kind = 25
	kindMerge    kind = 21
	kindMerged   kind = 28
)

// schema is the version of all record contents. A record of a newer schema is
// refused, so that it is never written back by halves.
const schema = 1

// encode makes a plaintext: kind, schema, CBOR.
func encode(k kind, v any) ([]byte, error) {
	b, err := envelope.Marshal(v)
	if err != nil {
		return nil, err
	}
	return append([]byte{byte(k), schema}, b...), nil
}

// errOtherKind says that a record is there but is something else.
var errOtherKind = errors.New("store: record of another kind")

func decode(plain []byte, k kind, v any) error {
	switch {
	case len(plain) < 2:
		return &DamagedError{Where: "record"}
	case plain[1] > schema:
		return ErrNewer
	case kind(plain[0]) != k:
		return errOtherKind
	}
	return explain(envelope.Unmarshal(plain[2:], v))
}

// read loads one record and the commit that wrote it.
func read(s *Session, a vault.Area, id ID, k kind, v any) (uint64, error) {
	plain, version, err := s.v.Get(a, vault.ID(id))
	if err != nil {
		return 0, explain(err)
	}
	return version, notOther(decode(plain, k, v))
}

// readIn is read as a transaction sees it. A record of another kind where this
// one belongs is damage: what follows from "nothing there" could do harm.
func readIn(tx *vault.Tx, a vault.Area, id ID, k kind, v any) (uint64, error) {
	plain, version, err := tx.Get(a, vault.ID(id))
	if err != nil {
		return 0, explain(err)
	}
	err = decode(plain, k, v)
	if errors.Is(err, errOtherKind) {
		err = &DamagedError{Where: "record"}
	}
	return version, err
}

// notOther makes of a record of another kind what the caller sees: nothing there.
func notOther(err error) error {
	if errors.Is(err, errOtherKind) {
		return ErrNotFound
	}
	return err
}

// write stores one record. What could not be read again is refused, as one such
// record would keep a whole list from being read.
func write[T any](tx *vault.Tx, a vault.Area, id ID, k kind, v T) error {
	plain, err := encode(k, v)
	if err != nil {
		return ErrUnfit
	}
	var again T
	if err := decode(plain, k, &again); err != nil {
		return ErrUnfit
	}
	return tx.Put(a, vault.ID(id), plain)
}

// all calls fn with every record of a kind in an area.
func all[T any](s *Session, a vault.Area, k kind, fn func(ID, T, uint64)) error {
	return explain(s.v.Scan(a, nil, func(id vault.ID, plain []byte, version uint64) error {
		var v T
		err := decode(plain, k, &v)
		if err == nil {
			fn(ID(id), v, version)
		}
		if errors.Is(err, errOtherKind) {
			return nil
		}
		return err
	}))
}

// unchangedSince refuses to overwrite what somebody saved meanwhile.
func unchangedSince(tx *vault.Tx, a vault.Area, id ID, version uint64) error {
	_, now, err := tx.Get(a, vault.ID(id))
	if err != nil {
		return explain(err)
	}
	if now != version {
		return ErrChanged
	}
	return nil
}

func newID() ID {
	var id ID
	rand.Read(id[:])
	return id
}
