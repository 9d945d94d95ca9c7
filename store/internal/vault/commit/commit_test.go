package commit

import (
	"crypto/ed25519"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/store/internal/vault/envelope"
)

func TestTheRootDependsOnlyOnWhatIsInTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		model, l := map[[16]byte]Hash{}, new(List)
		id := rapid.Custom(func(t *rapid.T) [16]byte {
			return [16]byte{rapid.Byte().Draw(t, "shard"), rapid.ByteRange(0, 9).Draw(t, "rest")}
		})
		for range rapid.IntRange(0, 200).Draw(t, "steps") {
			k := id.Draw(t, "id")
			if rapid.Bool().Draw(t, "put") {
				h := Hash{rapid.Byte().Draw(t, "hash")}
				model[k] = h
				l.Put(k, h)
			} else {
				delete(model, k)
				l.Delete(k)
			}
			if rapid.IntRange(0, 9).Draw(t, "look") == 0 {
				l.Root(1) // a root taken between must not be kept too long
			}
		}
		fresh := new(List)
		for k, h := range model {
			fresh.Put(k, h)
			got, ok := l.Get(k)
			require.True(t, ok)
			require.Equal(t, h, got)
		}
		require.Equal(t, uint64(len(model)), l.Count())
		require.Equal(t, fresh.Root(1), l.Root(1))
		require.NotEqual(t, l.Root(1), l.Root(2))
	})
}

func entry(t testing.TB) (*Entry, []byte, *envelope.Ring, ed25519.PublicKey) {
	public, private, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	s, err := envelope.NewRing(1, map[uint32][]byte{1: make([]byte, envelope.KeySize)})
	require.NoError(t, err)
	e := &Entry{Author: [16]byte{1}, Changed: []Head{{Area: 3, Count: 1, Commit: 7}}, Number: 7, Prev: [32]byte{9}, Event: []byte("sealed")}
	stored, err := e.Seal([16]byte{5}, s, private)
	require.NoError(t, err)
	return e, stored, s, public
}

func TestAnEntryIsWhatItsAuthorSigned(t *testing.T) {
	e, stored, s, public := entry(t)
	got, err := Open([16]byte{5}, s, stored)
	require.NoError(t, err)
	require.Equal(t, e, got)
	require.NoError(t, got.Verify([16]byte{5}, public))
	require.ErrorIs(t, got.Verify([16]byte{6}, public), ErrSignature)
	for name, change := range map[string]func(*Entry){
		"author": func(e *Entry) { e.Author[0]++ }, "number": func(e *Entry) { e.Number++ }, "prev": func(e *Entry) { e.Prev[0]++ },
		"state": func(e *Entry) { e.State[0]++ }, "event": func(e *Entry) { e.Event = nil }, "heads": func(e *Entry) { e.Changed[0].Count++ },
	} {
		bad, err := Open([16]byte{5}, s, stored)
		require.NoError(t, err)
		change(bad)
		require.ErrorIs(t, bad.Verify([16]byte{5}, public), ErrSignature, name)
	}
	for i := range stored {
		b := append([]byte(nil), stored...)
		b[i] ^= 1
		got, err := Open([16]byte{5}, s, b)
		if err == nil { // the link to the entry before is in clear, and signed
			require.ErrorIs(t, got.Verify([16]byte{5}, public), ErrSignature)
		}
	}
}

func FuzzOpen(f *testing.F) {
	_, stored, s, public := entry(f)
	f.Add(stored)
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := Open([16]byte{5}, s, b)
		if err == nil && e.Verify([16]byte{5}, public) == nil && string(b) != string(stored) {
			t.Fatal("an entry that nobody wrote")
		}
	})
}
