package vault

// Creation: a book is made beside its place, read back, and only then given
// its name.

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
	"counterbook/store/internal/vault/place"
)

// Plan is what a new book starts with.
type Plan struct {
	Shop    string // display name, in clear
	Areas   []Area // the caller's areas; Ownership and Activity come by themselves
	Owner   Member // Reads and Writes are ignored: an owner has all areas
	Cost    keys.Params
	Least   keys.Params // floor for key derivation costs, for tests
	Secrets []keys.Secret
	First   func(s *Session) error // writes the first records
}

// Create makes a book at path, where no file may be, and leaves it open and
// locked.
func Create(path string, plan Plan) (*File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, place.ErrExists
	}
	if Network(filepath.Dir(path)) {
		return nil, ErrNetwork
	}
	temp, err := place.Beside(path)
	if err != nil {
		return nil, err
	}
	defer os.Remove(temp)
	b, err := write(temp, plan)
	if err != nil {
		return nil, err
	}
	if err := fill(temp, b, plan); err != nil {
		return nil, err
	}
	if err := place.Commit(temp, path, false); err != nil {
		return nil, err
	}
	return Open(path, plan.Least)
}

// fill reads the new file back, lets the caller write, and checks it whole.
func fill(temp string, b *keys.Bundle, plan Plan) error {
	f := &File{path: temp, least: plan.Least}
	if err := f.open(); err != nil {
		return err
	}
	defer f.Close()
	s, err := f.session(b)
	if err != nil {
		return err
	}
	defer s.Close()
	if plan.First != nil {
		if err := plan.First(s); err != nil {
			return err
		}
	}
	return s.Verify()
}

// write makes the file: table, the owner's profile, the root key, and the
// first log entry, in one transaction.
func write(temp string, plan Plan) (*keys.Bundle, error) {
	var book, owner ID
	rand.Read(book[:])
	rand.Read(owner[:])
	_, root, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	b, err := keys.NewBundle(book, owner, root.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, err
	}
	grant, sign, err := b.Public()
	if err != nil {
		return nil, err
	}
	n := &newBook{bundle: b, members: keys.NewMembers(), cert: keys.Cert{ID: owner, Key: grant, Seat: uint16(firstSeat), Label: plan.Owner.Label}, root: root}
	n.private.NextDesk, n.private.NextSeat = uint16(firstDesk), uint16(firstSeat)+1
	for _, a := range append([]Area{Ownership, Activity}, plan.Areas...) {
		if err := n.addArea(a); err != nil {
			return nil, err
		}
	}
	n.cert.Desk = n.private.NextDesk
	n.private.NextDesk++
	if err := n.addArea(Area(n.cert.Desk)); err != nil {
		return nil, err
	}
	n.private.Certs = []keys.Cert{n.cert}
	n.table = keys.Table{Book: book, Version: 1, Shop: plan.Shop, Members: []keys.Member{{
		ID: owner, Nickname: plan.Owner.Nickname, Keys: []keys.VerifyKey{{Key: sign, From: 1}}}}}
	if err := n.table.Sign(&n.private, n.members, root); err != nil {
		return nil, err
	}
	if n.profile, err = keys.SealBundle(b, plan.Cost, plan.Secrets...); err != nil {
		return nil, err
	}
	if err := n.profile.MarkAs(book, owner, n.members, keys.Own); err != nil {
		return nil, err
	}
	db, err := bolt.Open(temp, 0o600, &bolt.Options{Timeout: lockTimeout, PageSize: pageSize})
	if err != nil {
		return nil, err
	}
	return b, errors.Join(db.Update(n.store), db.Close())
}

// newBook gathers what the first transaction writes.
type newBook struct {
	bundle  *keys.Bundle
	members *keys.Members
	cert    keys.Cert
	private keys.Private
	table   keys.Table
	profile keys.Profile
	root    ed25519.PrivateKey
	owner   []byte // key of the ownership area
	heads   commit.Heads
}

func (n *newBook) addArea(a Area) error {
	key := make([]byte, envelope.KeySize)
	rand.Read(key)
	state := keys.Area{Area: uint16(a), Epoch: 1}
	switch a {
	case Activity:
		public, err := keys.EventKey(key)
		if err != nil {
			return err
		}
		state.EventKey = public
	case Ownership:
		n.owner = key
	}
	g, err := keys.NewGrant(n.bundle.Book, uint16(a), 1, n.cert.ID, n.cert.Key, key)
	if err != nil {
		return err
	}
	n.private.Areas = append(n.private.Areas, state)
	n.private.Grants = append(n.private.Grants, g)
	n.cert.Writes = append(n.cert.Writes, keys.Span{Area: uint16(a), From: 1})
	list := new(commit.List)
	n.heads = n.heads.With([]commit.Head{{Area: uint16(a), Root: list.Root(uint16(a)), Commit: 1}})
	return nil
}

func (n *newBook) store(tx *bolt.Tx) error {
	bk, err := tx.CreateBucket(bucket)
	if err != nil {
		return err
	}
	table, err := envelope.Marshal(n.table)
	if err != nil {
		return err
	}
	profile, err := envelope.Marshal(n.profile)
	if err != nil {
		return err
	}
	log, err := n.members.Log()
	if err != nil {
		return err
	}
	if err := errors.Join(bk.Put(keyTable, table), bk.Put(profileKey(n.cert.ID), profile)); err != nil {
		return err
	}
	reg, seat := new(commit.List), new(commit.List)
	reg.Put(ID{}, commit.HashOf(table))
	seat.Put(n.cert.ID, commit.HashOf(profile))
	root, err := n.putRoot(bk)
	if err != nil {
		return err
	}
	heads := n.heads.With([]commit.Head{
		{Area: uint16(register), Count: 1, Root: reg.Root(uint16(register)), Commit: 1},
		{Area: n.cert.Seat, Count: 1, Root: seat.Root(n.cert.Seat), Commit: 1},
		{Area: uint16(Ownership), Count: root.Count(), Root: root.Root(uint16(Ownership)), Commit: 1},
	})
	state, err := heads.State()
	if err != nil {
		return err
	}
	return writeEntry(tx, n.bundle, log, &commit.Entry{Author: n.cert.ID, Changed: heads, State: state, Number: 1}, heads)
}

// putRoot stores the root key in the ownership area.
func (n *newBook) putRoot(bk *bolt.Bucket) (*commit.List, error) {
	sealer, err := recordSealer(n.owner)
	if err != nil {
		return nil, err
	}
	id := nameID(n.owner, rootName)
	raw, err := sealer.Seal(envelope.Place{Book: n.bundle.Book, Area: uint16(Ownership), ID: id},
		envelope.Header{Epoch: 1, Commit: 1}, n.root.Seed())
	if err != nil {
		return nil, err
	}
	list := new(commit.List)
	list.Put(id, commit.HashOf(raw))
	return list, bk.Put(recordKey(Ownership, id), raw)
}
