package keys

import (
	"bytes"
	"crypto/ed25519"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store/internal/vault/envelope"
)

func bundle(t *testing.T) *Bundle {
	root, _, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	b, err := NewBundle([16]byte{1}, [16]byte{2}, root)
	require.NoError(t, err)
	return b
}

func pass(s string) Secret { return Secret{Kind: PassphraseSlot, Material: []byte(s)} }
func kit(b byte) Secret    { return Secret{Kind: KitSlot, Material: []byte{b, 1, 2, 3, 4}} }

func TestEachSecretOpensTheBundleAndNoOther(t *testing.T) {
	b := bundle(t)
	p, err := SealBundle(b, Cheap, pass("right"), kit(1))
	require.NoError(t, err)
	for _, s := range []Secret{pass("right"), kit(1)} {
		got, err := p.Open(b.Book, b.Profile, s, Cheap)
		require.NoError(t, err)
		require.Equal(t, b, got)
	}
	for _, s := range []Secret{pass("wrong"), pass(""), kit(2)} {
		_, err := p.Open(b.Book, b.Profile, s, Cheap)
		require.ErrorIs(t, err, ErrSecret)
	}
	_, err = p.Open([16]byte{9}, b.Profile, pass("right"), Cheap)
	require.ErrorIs(t, err, ErrSlot, "another book")
	_, err = p.Open(b.Book, [16]byte{9}, pass("right"), Cheap)
	require.ErrorIs(t, err, ErrSlot, "another profile")
}

func TestInvariant06WrongSecretDamagedSlotAndMissingSlotAreToldApart(t *testing.T) {
	b := bundle(t)
	p, err := SealBundle(b, Cheap, pass("right"))
	require.NoError(t, err)
	_, err = p.Open(b.Book, b.Profile, kit(1), Cheap)
	require.ErrorIs(t, err, ErrNoSlot)
	broken := p
	broken.Slots = append([]slot(nil), p.Slots...)
	broken.Slots[0].Wrapped = append([]byte{1}, p.Slots[0].Wrapped...)
	_, err = broken.Open(b.Book, b.Profile, pass("right"), Cheap)
	require.ErrorIs(t, err, ErrSlot)
	for _, flip := range []func(*slot){
		func(s *slot) { s.Salt[3] ^= 4 },
		func(s *slot) { s.Check[0] ^= 1 },
		func(s *slot) { s.Params.Time ^= 2 },
		func(s *slot) { s.Sum[7] ^= 128 },
		func(s *slot) { s.Nonce[0] ^= 1 },
	} {
		broken.Slots[0] = p.Slots[0]
		for _, b := range []*[]byte{&broken.Slots[0].Salt, &broken.Slots[0].Check, &broken.Slots[0].Sum, &broken.Slots[0].Nonce} {
			*b = bytes.Clone(*b)
		}
		flip(&broken.Slots[0])
		_, err = broken.Open(b.Book, b.Profile, pass("right"), Cheap)
		require.ErrorIs(t, err, ErrSlot, "not a wrong secret")
	}
	_, err = p.Open(b.Book, [16]byte{9}, pass("right"), Cheap)
	require.ErrorIs(t, err, ErrSlot, "another profile's")
	_, err = p.Open(b.Book, b.Profile, pass("wrong"), Cheap)
	require.ErrorIs(t, err, ErrSecret)
	broken = p
	broken.Sealed = append([]byte{1}, p.Sealed...)
	_, err = broken.Open(b.Book, b.Profile, pass("right"), Cheap)
	require.ErrorIs(t, err, ErrBundle)
}

func TestInvariant08CostsOutOfRangeAreRefusedBeforeTheyAreSpent(t *testing.T) {
	b := bundle(t)
	p, err := SealBundle(b, Cheap, pass("right"))
	require.NoError(t, err)
	for _, bad := range []Params{
		{Memory: 1 << 30, Time: 3, Threads: 4}, {Memory: 64 << 10, Time: 1 << 30, Threads: 4},
		{Memory: 64 << 10, Time: 3, Threads: 200}, {Memory: 64 << 10}, {}, Cheap,
	} {
		q := p
		q.Slots = append([]slot(nil), p.Slots...)
		q.Slots[0].Params = bad
		_, err := q.Open(b.Book, b.Profile, pass("right"), Params{})
		require.ErrorIs(t, err, ErrParams)
	}
	require.NoError(t, Staff.Check(Params{}))
	require.NoError(t, Owner.Check(Params{}))
}

func TestAChangedSecretReplacesTheOldOneAndLeavesTheKit(t *testing.T) {
	b := bundle(t)
	p, err := SealBundle(b, Cheap, pass("old"), kit(1))
	require.NoError(t, err)
	_, err = p.Change(b, Cheap, pass("wrong"), pass("new"))
	require.ErrorIs(t, err, ErrSecret)
	for _, known := range []Secret{pass("old"), kit(1)} {
		q, err := p.Change(b, Cheap, known, pass("new"))
		require.NoError(t, err)
		_, err = q.Open(b.Book, b.Profile, pass("old"), Cheap)
		require.ErrorIs(t, err, ErrSecret)
		for _, s := range []Secret{pass("new"), kit(1)} {
			_, err = q.Open(b.Book, b.Profile, s, Cheap)
			require.NoError(t, err)
		}
	}
}

func TestBundlesOfAllProfilesAreOfOneLength(t *testing.T) {
	p, err := SealBundle(bundle(t), Cheap, pass("x"))
	require.NoError(t, err)
	require.Zero(t, (len(p.Sealed)-16)%bundleSize)
}

func TestAnEventOpensOnlyForItsReadersAndAtItsCommit(t *testing.T) {
	key := random(envelope.KeySize)
	public, err := EventKey(key)
	require.NoError(t, err)
	sealer, err := NewEventSealer(public, [16]byte{1})
	require.NoError(t, err)
	require.True(t, sealer.To(public))
	reader := func(key []byte, book byte) *EventReader {
		r, err := NewEventReader(key, [16]byte{book})
		require.NoError(t, err)
		return r
	}
	r := reader(key, 1)
	for n := range uint64(3) {
		sealed := sealer.Seal(n, []byte("event"))
		got, err := r.Open(n, sealed)
		require.NoError(t, err)
		require.Equal(t, "event", string(got))
		_, err = r.Open(n+1, sealed)
		require.ErrorIs(t, err, ErrEvent)
		_, err = reader(key, 2).Open(n, sealed)
		require.ErrorIs(t, err, ErrEvent, "another book")
		_, err = reader(random(envelope.KeySize), 1).Open(n, sealed)
		require.ErrorIs(t, err, ErrEvent, "another area key")
		for i := range sealed {
			bad := slices.Clone(sealed)
			bad[i] ^= 1
			_, err = r.Open(n, bad)
			require.ErrorIs(t, err, ErrEvent)
		}
	}
	_, err = r.Open(0, nil)
	require.ErrorIs(t, err, ErrEvent)
	other, err := NewEventSealer(public, [16]byte{1})
	require.NoError(t, err)
	got, err := r.Open(7, other.Seal(7, []byte("from elsewhere")))
	require.NoError(t, err)
	require.Equal(t, "from elsewhere", string(got))
}

func BenchmarkAnEvent(b *testing.B) {
	key := random(envelope.KeySize)
	public, err := EventKey(key)
	require.NoError(b, err)
	s, err := NewEventSealer(public, [16]byte{1})
	require.NoError(b, err)
	r, err := NewEventReader(key, [16]byte{1})
	require.NoError(b, err)
	for b.Loop() {
		_, err := r.Open(7, s.Seal(7, []byte("event")))
		require.NoError(b, err)
	}
}

func FuzzProfile(f *testing.F) {
	root, _, err := ed25519.GenerateKey(nil)
	require.NoError(f, err)
	b, err := NewBundle([16]byte{1}, [16]byte{2}, root)
	require.NoError(f, err)
	p, err := SealBundle(b, Cheap, pass("x"))
	require.NoError(f, err)
	raw, err := envelope.Marshal(p)
	require.NoError(f, err)
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p Profile
		if envelope.Unmarshal(raw, &p) != nil {
			return
		}
		for i := range p.Slots { // do not spend time on costs the check would allow
			if p.Slots[i].Params != Cheap {
				p.Slots[i].Params = Params{}
			}
		}
		got, err := p.Open(b.Book, b.Profile, pass("x"), Cheap)
		if err == nil && got.Profile != b.Profile {
			t.Fatal("a bundle of another profile")
		}
	})
}

func FuzzTable(f *testing.F) {
	_, root, err := ed25519.GenerateKey(nil)
	require.NoError(f, err)
	var tb Table
	require.NoError(f, tb.Sign(&Private{}, NewMembers(), root))
	raw, err := envelope.Marshal(tb)
	require.NoError(f, err)
	f.Add(raw)
	f.Fuzz(func(t *testing.T, b []byte) {
		var got Table
		if envelope.Unmarshal(b, &got) != nil {
			return
		}
		if got.Verify(root.Public().(ed25519.PublicKey)) == nil {
			again, err := envelope.Marshal(got)
			require.NoError(t, err)
			require.Equal(t, raw, again, "signed by the owner but not what was signed")
		}
	})
}
