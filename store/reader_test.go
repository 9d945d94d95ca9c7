package store_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

// The second reader is written from docs/format.md and uses nothing of this
// program: what it reads shows that the page says enough.
func TestASecondReaderNeedsOnlyTheDescriptionOfTheFormat(t *testing.T) {
	r := readWithoutUs(t, golden(t), goldenOwner, goldenPassphrase)
	require.Equal(t, goldenShop, r.shop)
	var names, notes, numbers []string
	for _, rec := range r.records(10, 3) {
		names = append(names, rec[2].(string))
	}
	for _, rec := range r.records(11, 4) {
		notes = append(notes, rec[2].(string))
	}
	for _, rec := range r.records(14, 7) {
		numbers = append(numbers, of(rec[2])[2].(string))
	}
	slices.Sort(names)
	slices.Sort(notes)
	require.Equal(t, goldenCustomers, names)
	require.Equal(t, goldenNotes, notes)
	slices.Sort(numbers)
	require.Equal(t, goldenNumbers, numbers)
	require.Equal(t, goldenKinds, r.kinds)
}

// cborMap is a decoded CBOR map with integer keys.
type cborMap map[uint64]any

func decodeFields(t *testing.T, b []byte) cborMap {
	mode, err := cbor.DecOptions{DefaultMapType: nil, IntDec: cbor.IntDecConvertNone}.DecMode()
	require.NoError(t, err)
	out := cborMap{}
	require.NoError(t, mode.Unmarshal(b, &out))
	return out
}

func encodeAny(t *testing.T, v any) []byte {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	require.NoError(t, err)
	b, err := mode.Marshal(v)
	require.NoError(t, err)
	return b
}

// of makes a cborMap of a map inside another.
func of(v any) cborMap {
	out := cborMap{}
	for k, v := range v.(map[any]any) {
		out[k.(uint64)] = v
	}
	return out
}

func list(v any) []any {
	if v == nil {
		return nil
	}
	return v.([]any)
}

func bytesOf(v any) []byte {
	switch v := v.(type) {
	case []byte:
		return v
	case nil:
		return nil
	}
	panic(fmt.Sprintf("%T", v))
}

func num(v any) uint64 {
	if v == nil {
		return 0
	}
	return v.(uint64)
}

type reader struct {
	t         *testing.T
	values    map[string][]byte
	book      []byte
	shop      string
	areas     map[uint16]map[uint32][]byte // keys by area and epoch
	members   map[uint32][]byte
	verifiers map[string][]any
	kinds     []uint64 // of the log's events, oldest first
}

func readWithoutUs(t *testing.T, path, nickname, passphrase string) *reader {
	r := &reader{t: t, values: map[string][]byte{}, areas: map[uint16]map[uint32][]byte{}, members: map[uint32][]byte{}, verifiers: map[string][]any{}}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	require.NoError(t, err)
	require.NoError(t, db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("book")).ForEach(func(k, v []byte) error {
			r.values[string(k)] = slices.Clone(v)
			return nil
		})
	}))
	require.NoError(t, db.Close())

	table := decodeFields(t, r.values["t"])
	require.EqualValues(t, 2, table[1])
	r.book, r.shop = bytesOf(table[2]), table[4].(string)
	var profile []byte
	for _, m := range list(table[5]) {
		m := of(m)
		r.verifiers[string(bytesOf(m[1]))] = list(m[3])
		if m[2].(string) == nickname {
			profile = bytesOf(m[1])
		}
	}
	bundle := r.bundle(profile, passphrase)

	unsigned := maps.Clone(table)
	delete(unsigned, 8)
	root := ed25519.PublicKey(bytesOf(bundle[5]))
	require.True(t, ed25519.Verify(root, append([]byte("counterbook/v1/table\x00"), encodeAny(t, unsigned)...), bytesOf(table[8])))

	epoch := uint32(num(table[9]))
	for _, c := range list(table[10]) {
		if c := of(c); bytes.Equal(bytesOf(c[1]), profile) {
			r.members[epoch] = r.opened(bundle, c, encodeAny(t, []any{"counterbook/v1/members", [16]byte(r.book), epoch, [16]byte(profile)}))
		}
	}
	plain := r.open("counterbook/v1/table", r.members, 0, make([]byte, 16), bytesOf(table[7]))
	private := decodeFields(t, plain)
	for _, k := range list(private[6]) {
		r.members[uint32(num(of(k)[1]))] = bytesOf(of(k)[2])
	}
	for _, g := range list(private[3]) {
		g := of(g)
		if !bytes.Equal(bytesOf(g[3]), profile) {
			continue
		}
		area, epoch := uint16(num(g[1])), uint32(num(g[2]))
		if r.areas[area] == nil {
			r.areas[area] = map[uint32][]byte{}
		}
		r.areas[area][epoch] = r.opened(bundle, g, encodeAny(t, []any{"counterbook/v1/grant", [16]byte(r.book), area, epoch, [16]byte(profile)}))
	}
	r.log()
	return r
}

func derived(t *testing.T, key []byte, label string) []byte {
	out, err := hkdf.Expand(sha256.New, key, label, 32)
	require.NoError(t, err)
	return out
}

// bundle opens a profile with its passphrase.
func (r *reader) bundle(profile []byte, passphrase string) cborMap {
	t := r.t
	p := decodeFields(t, r.values["p"+string(profile)])
	bind := slices.Concat([]byte("counterbook/v1/bundle\x00"), r.book, profile)
	for _, s := range list(p[1]) {
		s := of(s)
		if num(s[1]) != 1 {
			continue
		}
		costs := of(s[3])
		kek := argon2.IDKey(norm.NFKC.Bytes([]byte(passphrase)), bytesOf(s[2]), uint32(num(costs[2])), uint32(num(costs[1])), uint8(num(costs[3])), 32)
		require.True(t, hmac.Equal(derived(t, kek, "counterbook/v1/commit")[:16], bytesOf(s[4])))
		bound := encodeAny(t, []any{"counterbook/v1/slot", bind, num(s[1]), bytesOf(s[2]), costs})
		key := unsealed(t, kek, bytesOf(s[5]), bytesOf(s[6]), bound)
		return decodeFields(t, unpadded(t, unsealed(t, key, bytesOf(p[2]), bytesOf(p[3]), bind)))
	}
	require.Fail(t, "no slot of a passphrase")
	return nil
}

func unsealed(t *testing.T, key, nonce, sealed, associated []byte) []byte {
	a, err := chacha20poly1305.NewX(key)
	require.NoError(t, err)
	plain, err := a.Open(nil, nonce, sealed, associated)
	require.NoError(t, err)
	return plain
}

func unpadded(t *testing.T, b []byte) []byte {
	b = bytes.TrimRight(b, "\x00")
	require.EqualValues(t, 0x80, b[len(b)-1])
	return b[:len(b)-1]
}

// opened opens a key that was sealed to the profile.
func (r *reader) opened(bundle, c cborMap, info []byte) []byte {
	kem, err := hpke.NewKEM(uint16(num(c[4])))
	require.NoError(r.t, err)
	kdf, err := hpke.NewKDF(uint16(num(c[5])))
	require.NoError(r.t, err)
	aead, err := hpke.NewAEAD(uint16(num(c[6])))
	require.NoError(r.t, err)
	private, err := kem.NewPrivateKey(bytesOf(bundle[3]))
	require.NoError(r.t, err)
	key, err := hpke.Open(private, kdf, aead, info, bytesOf(c[7]))
	require.NoError(r.t, err)
	require.Equal(r.t, derived(r.t, key, "counterbook/v1/commit")[:16], bytesOf(c[8]))
	return key
}

// open opens a sealed value with the key of the epoch it names.
func (r *reader) open(label string, keys map[uint32][]byte, area uint16, id, value []byte) []byte {
	require.Equal(r.t, []byte{1, 1}, value[:2])
	key := keys[binary.BigEndian.Uint32(value[2:])]
	require.NotNil(r.t, key)
	associated := slices.Concat([]byte("counterbook/v1/record\x00"), r.book, binary.BigEndian.AppendUint16(nil, area), id, value[:14])
	return unpadded(r.t, unsealed(r.t, derived(r.t, key, label), value[14:38], value[38:], associated))
}

// log checks the chain and the signatures from the first entry to the heads.
func (r *reader) log() {
	t := r.t
	prev := make([]byte, 32)
	var state []byte
	for n := uint64(1); ; n++ {
		stored, ok := r.values["l"+string(binary.BigEndian.AppendUint64(nil, n))]
		if !ok {
			break
		}
		require.Equal(t, n, binary.BigEndian.Uint64(stored))
		require.Equal(t, prev, stored[8:40])
		e := decodeFields(t, r.open("counterbook/v1/log", r.members, 0xffff, append(binary.BigEndian.AppendUint64(nil, n), make([]byte, 8)...), stored[40:]))
		bare := maps.Clone(e)
		delete(bare, 5)
		message := encodeAny(t, []any{"counterbook/v1/commit", [16]byte(r.book), n, [32]byte(prev), bare})
		signed := false
		for _, k := range r.verifiers[string(bytesOf(e[1]))] {
			k := of(k)
			if num(k[2]) <= n && (num(k[3]) == 0 || n <= num(k[3])) {
				signed = signed || ed25519.Verify(bytesOf(k[1]), message, bytesOf(e[5]))
			}
		}
		require.True(t, signed, "entry %d", n)
		if event := bytesOf(e[4]); event != nil {
			r.kinds = append(r.kinds, num(r.event(n, event)[2]))
		}
		state, prev = bytesOf(e[3]), hashed(stored)
	}
	heads := r.open("counterbook/v1/log", r.members, 0xffff, bytes.Repeat([]byte{0xff}, 16), r.values["m"])
	require.Equal(t, state, hashed(append([]byte("counterbook/v1/heads\x00"), heads...)))
	var all []cborMap
	require.NoError(t, cbor.Unmarshal(heads, &all))
	for _, h := range all {
		if area := uint16(num(h[1])); area != 3 && area < 0x4000 {
			count, root := r.root(area)
			require.Equal(t, num(h[2]), count, "area %d", area)
			require.Equal(t, bytesOf(h[3]), root, "area %d", area)
		}
	}
}

func hashed(b []byte) []byte {
	s := sha256.Sum256(b)
	return s[:]
}

func (r *reader) event(n uint64, sealed []byte) cborMap {
	for _, key := range r.areas[2] {
		private, err := hpke.NewKEM(0x0020)
		require.NoError(r.t, err)
		pair, err := private.DeriveKeyPair(derived(r.t, key, "counterbook/v1/events"))
		require.NoError(r.t, err)
		c, err := hpke.NewRecipient(sealed[:32], pair, hpke.HKDFSHA256(), hpke.ExportOnly(), encodeAny(r.t, []any{"counterbook/v1/events of", [16]byte(r.book)}))
		require.NoError(r.t, err)
		k, err := c.Export("counterbook/v1/event key", 32)
		require.NoError(r.t, err)
		a, err := chacha20poly1305.NewX(k)
		require.NoError(r.t, err)
		plain, err := a.Open(nil, sealed[32:56], sealed[56:], encodeAny(r.t, []any{"counterbook/v1/event", [16]byte(r.book), n}))
		if err == nil {
			return decodeFields(r.t, plain)
		}
	}
	require.Fail(r.t, "no key opens the event", "%d", n)
	return nil
}

// root is the hash list of what is stored of an area.
func (r *reader) root(area uint16) (count uint64, sum []byte) {
	prefix := "r" + string(binary.BigEndian.AppendUint16(nil, area))
	var shards [256][]byte
	for _, k := range slices.Sorted(maps.Keys(r.values)) {
		if len(k) == 19 && k[:3] == prefix {
			shards[k[3]] = slices.Concat(shards[k[3]], []byte(k[3:]), hashed(r.values[k])[:16])
			count++
		}
	}
	out := slices.Concat([]byte("counterbook/v1/list\x00"), []byte(prefix[1:]), binary.BigEndian.AppendUint64(nil, count))
	for _, s := range shards {
		if s == nil {
			out = append(out, make([]byte, 32)...)
			continue
		}
		out = append(out, hashed(s)...)
	}
	return count, hashed(out)
}

// records decodes the records of a kind in an area.
func (r *reader) records(area uint16, kind byte) (out []cborMap) {
	prefix := "r" + string(binary.BigEndian.AppendUint16(nil, area))
	for k, v := range r.values {
		if len(k) != 19 || k[:3] != prefix {
			continue
		}
		plain := r.open("counterbook/v1/area/record", r.areas[area], area, []byte(k[3:]), v)
		if plain[0] == kind {
			out = append(out, decodeFields(r.t, plain[2:]))
		}
	}
	return out
}
