package vault

// The members' key turns when somebody loses access.

import (
	"crypto/ed25519"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

func TestInvariant05ABundleOfBeforeARevocationOpensNothingWrittenAfterwards(t *testing.T) {
	for name, revoke := range map[string]func(*Tx, ID) error{
		"disabled": func(tx *Tx, id ID) error { return tx.DisableMember(id) },
		"reset": func(tx *Tx, id ID) error {
			return tx.ResetMember(id, Member{Nickname: "Jonas", Reads: []Area{contacts}}, keys.Cheap, pass("fresh"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, owner, jonas, ownerBundle, old := shopWithJonas(t)
			f, err := Open(path, keys.Cheap)
			require.NoError(t, err)
			defer f.Close()
			_, kept, err := f.table.Load().Open(old)
			require.NoError(t, err)
			keptLog, err := kept.Log()
			require.NoError(t, err)
			before := everyKeyIn(t, f.table.Load(), old)

			s, j := unlock(t, f, owner, "owner"), unlock(t, f, jonas, "jonas")
			var anna ID
			require.NoError(t, s.Update(func(tx *Tx) (err error) {
				anna, err = tx.AddMember(Member{Nickname: "Anna", Writes: []Area{contacts, Activity}}, keys.Cheap, false, pass("anna"))
				return err
			}))
			a := unlock(t, f, anna, "anna")
			last := tipOf(t, s)
			require.NoError(t, s.Update(func(tx *Tx) error {
				tx.Event([]byte("revoked"))
				return revoke(tx, jonas)
			}))
			put(t, s, contacts, ID{7}, "by the owner afterwards")
			put(t, a, contacts, ID{8}, "by Anna, whose session went on")
			require.NoError(t, s.Update(func(tx *Tx) error { return tx.Demand(anna) }))
			require.ErrorIs(t, j.Update(func(tx *Tx) error { tx.Event(nil); return nil }), ErrNoProfile)

			table := f.table.Load()
			_, _, err = table.Open(old)
			require.Error(t, err, "the members' key of now")
			_, err = table.Private(kept)
			require.Error(t, err, "the private table")
			require.NoError(t, f.view(func(tx *bolt.Tx) error {
				_, _, err := keptLog.Open(headsPlace(old.Book), must(get(tx, keyHeads)))
				require.Error(t, err, "the heads")
				for n := last + 1; n <= last+4; n++ {
					stored := must(get(tx, logKey(n)))
					_, err := commit.Open(old.Book, keptLog, stored)
					require.Error(t, err, "entry %d", n)
				}
				p, err := readProfile(tx, anna)
				require.NoError(t, err)
				_, err = p.Marked(old.Book, anna, kept)
				require.Error(t, err, "a mark that was made afterwards")
				return nil
			}))
			require.NoError(t, s.Verify())
			require.NoError(t, f.Close())
			require.Zero(t, openedSince(t, path, old.Book, contacts, before, last))
			p, _, err := table.Open(ownerBundle) // what he would see if he had the table's key
			require.NoError(t, err)
			require.Zero(t, openedSince(t, path, old.Book, contacts, withDerived(grantsThatOpen(p, old)), last))

			// Who is still in opens all of it, the log of before too.
			f, err = Open(path, keys.Cheap)
			require.NoError(t, err)
			defer f.Close()
			for id, secret := range map[ID]string{owner: "owner", anna: "anna"} {
				s := unlock(t, f, id, secret)
				require.NoError(t, s.Verify())
				seen := 0
				require.NoError(t, s.Log(func(e Entry) bool { seen++; return true }))
				require.Equal(t, int(last+4), seen)
				_, _, err = s.Get(contacts, ID{8})
				require.NoError(t, err)
			}
		})
	}
}

func TestTheKeyStaysWhereNobodyLosesAccessAltogether(t *testing.T) {
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	var jonas ID
	require.NoError(t, s.Update(func(tx *Tx) (err error) {
		jonas, err = tx.AddMember(Member{Nickname: "Jonas", Writes: []Area{contacts, notes}}, keys.Cheap, false, pass("jonas"))
		return err
	}))
	j := unlock(t, f, jonas, "jonas")
	require.NoError(t, s.Update(func(tx *Tx) error {
		return tx.ChangeMember(jonas, Member{Nickname: "Jonas", Reads: []Area{contacts}})
	}))
	require.Equal(t, uint32(1), f.table.Load().Epoch)
	require.NoError(t, j.Verify())
	for range 3 {
		require.NoError(t, s.Update(func(tx *Tx) error {
			return tx.ResetMember(jonas, Member{Nickname: "Jonas"}, keys.Cheap, pass("jonas"))
		}))
	}
	require.Equal(t, uint32(4), f.table.Load().Epoch)
	require.NoError(t, unlock(t, f, jonas, "jonas").Verify())
	require.NoError(t, s.Verify())
}

func TestACopyOfTheMembersKeyServesNobodyElse(t *testing.T) {
	path, owner, _, ownerBundle, jonasBundle := shopWithJonas(t)
	f, err := Open(path, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	table := *f.table.Load()
	require.Len(t, table.Copies, 2)
	table.Copies = append([]keys.Copy(nil), table.Copies...)
	for i := range table.Copies { // each gets the other's
		if table.Copies[i].Profile == owner {
			table.Copies[i].Profile = jonasBundle.Profile
		} else {
			table.Copies[i].Profile = owner
		}
	}
	for _, b := range []*keys.Bundle{ownerBundle, jonasBundle} {
		_, _, err := table.Open(b)
		require.ErrorIs(t, err, keys.ErrGrant)
	}
	table = *f.table.Load()
	table.Epoch++
	_, _, err = table.Open(ownerBundle)
	require.ErrorIs(t, err, keys.ErrGrant, "another epoch")
}

// An early book, as the first builds of the program wrote it.
func TestInvariant29ABookOfAnEarlyFormatIsRefusedAndNotChanged(t *testing.T) {
	type early struct {
		Format  uint16        `cbor:"1,keyasint"`
		Book    [16]byte      `cbor:"2,keyasint"`
		Version uint64        `cbor:"3,keyasint"`
		Shop    string        `cbor:"4,keyasint"`
		Members []keys.Member `cbor:"5,keyasint"`
		Root    []byte        `cbor:"6,keyasint"`
		Sealed  []byte        `cbor:"7,keyasint"`
		Sig     []byte        `cbor:"8,keyasint,omitempty"`
	}
	public, root, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	table := early{Format: 1, Book: ID{1}, Version: 1, Shop: "Atelier", Root: public, Sealed: make([]byte, 300),
		Members: []keys.Member{{ID: ID{2}, Nickname: "Marta", Keys: []keys.VerifyKey{{Key: public, From: 1}}}}}
	table.Sig = ed25519.Sign(root, append([]byte("counterbook/v1/table\x00"), must(envelope.Marshal(table))...))
	path := filepath.Join(t.TempDir(), "early.counterbook")
	db, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: pageSize})
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bolt.Tx) error {
		b := must(tx.CreateBucket(bucket))
		require.NoError(t, b.Put(profileKey(ID{2}), make([]byte, 900)))
		require.NoError(t, b.Put(keyHeads, make([]byte, 3000)))
		require.NoError(t, b.Put(logKey(1), make([]byte, 1500)))
		return b.Put(keyTable, must(envelope.Marshal(table)))
	}))
	require.NoError(t, db.Close())
	want := must(os.ReadFile(path))

	_, err = Open(path, keys.Cheap)
	require.ErrorIs(t, err, ErrOldFormat)
	_, err = Check(path)
	require.ErrorIs(t, err, ErrOldFormat)
	require.ErrorIs(t, Compact(path), ErrOldFormat)
	require.Equal(t, want, must(os.ReadFile(path)))
	require.Len(t, must(os.ReadDir(filepath.Dir(path))), 1)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func tipOf(t *testing.T, s *Session) (n uint64) {
	t.Helper()
	require.NoError(t, s.file.view(func(tx *bolt.Tx) (err error) {
		_, n, err = s.signed(tx)
		return err
	}))
	return n
}
