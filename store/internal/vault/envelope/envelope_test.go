package envelope

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func sealer(t require.TestingT, b byte) *Sealer {
	s, err := NewSealer(bytes.Repeat([]byte{b}, KeySize))
	require.NoError(t, err)
	return s
}

var here = Place{Book: [16]byte{1}, Area: 2, ID: [16]byte{3}}

func TestWhatIsSealedOpensAtItsPlace(t *testing.T) {
	s := sealer(t, 7)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "plain")
		h := Header{Epoch: rapid.Uint32().Draw(t, "epoch"), Commit: rapid.Uint64().Draw(t, "commit")}
		v, err := s.Seal(here, h, plain)
		require.NoError(t, err)
		got, gotHeader, err := s.Open(here, v)
		require.NoError(t, err)
		require.True(t, bytes.Equal(plain, got))
		require.Equal(t, h, gotHeader)
	})
}

func TestARecordOpensNowhereElse(t *testing.T) {
	s := sealer(t, 7)
	v, err := s.Seal(here, Header{Epoch: 1, Commit: 9}, []byte("text"))
	require.NoError(t, err)
	for name, p := range map[string]Place{
		"book": {Book: [16]byte{2}, Area: 2, ID: [16]byte{3}},
		"area": {Book: [16]byte{1}, Area: 3, ID: [16]byte{3}},
		"id":   {Book: [16]byte{1}, Area: 2, ID: [16]byte{4}},
	} {
		_, _, err := s.Open(p, v)
		require.ErrorIs(t, err, ErrOpen, name)
	}
	_, _, err = sealer(t, 8).Open(here, v)
	require.ErrorIs(t, err, ErrOpen)
}

func TestEveryFlippedBitIsNoticed(t *testing.T) {
	s := sealer(t, 7)
	v, err := s.Seal(here, Header{Epoch: 1, Commit: 9}, []byte("text"))
	require.NoError(t, err)
	for i := range v {
		for bit := range 8 {
			bad := bytes.Clone(v)
			bad[i] ^= 1 << bit
			_, _, err := s.Open(here, bad)
			require.Error(t, err, "byte %d", i)
		}
	}
	for n := range v {
		_, _, err := s.Open(here, v[:n])
		require.Error(t, err, "length %d", n)
	}
}

func TestLengthsTellLittle(t *testing.T) {
	sizes := map[int]bool{}
	for n := 0; n <= 4000; n++ {
		l := paddedLen(n)
		require.Greater(t, l, n)
		if n >= minPadded {
			require.LessOrEqual(t, float64(l), 1.12*float64(n+1))
		}
		sizes[l] = true
	}
	require.Less(t, len(sizes), 80)
}

func TestInvariant29AFieldThisProgramDoesNotKnowIsRefused(t *testing.T) {
	type newer struct {
		A int `cbor:"1,keyasint"`
		B int `cbor:"2,keyasint"`
	}
	type older struct {
		A int `cbor:"1,keyasint"`
	}
	b, err := Marshal(newer{1, 2})
	require.NoError(t, err)
	var o older
	require.ErrorIs(t, Unmarshal(b, &o), ErrNewer)
	require.ErrorIs(t, Unmarshal([]byte{0xff}, &o), ErrForm)
	require.ErrorIs(t, Unmarshal([]byte{0xa2, 1, 1, 1, 2}, &o), ErrForm, "a key twice")
}

func FuzzOpen(f *testing.F) {
	s, err := NewSealer(make([]byte, KeySize))
	require.NoError(f, err)
	v, err := s.Seal(here, Header{Epoch: 1, Commit: 1}, []byte("seed"))
	require.NoError(f, err)
	f.Add(v)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		plain, _, err := s.Open(here, b)
		if err == nil && string(plain) != "seed" { // each process seals the seed anew
			t.Fatalf("%d bytes opened that were never sealed", len(plain))
		}
	})
}
