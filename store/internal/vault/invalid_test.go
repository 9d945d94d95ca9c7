package vault

// Invalid books: small files in store/testdata/invalid, each with one thing wrong,
// and an index that says what has to be said of it, and when. Any reader of the
// format can be tried on them. The owner's passphrase is "owner"; costs of
// derivation are far below what the program accepts outside tests.
//
// COUNTERBOOK_MAKE_INVALID=1 go test -run Invalid makes them anew, where the format
// changes. What is random in them comes from a seed, so that the same program makes
// the same bytes.

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/cryptotest"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

const invalidDir = "../../testdata/invalid"

// tried opens a book as far as it goes, and says where it stopped and why.
func tried(path string) (stage string, err error) {
	f, err := Open(path, keys.Cheap)
	if err != nil {
		return "open", err
	}
	defer f.Close()
	var owner ID
	for _, m := range f.Members() {
		if m.Nickname == "Marta" {
			owner = m.ID
		}
	}
	s, err := f.Unlock(owner, pass("owner"))
	if err != nil {
		return "sign in", err
	}
	defer s.Close()
	for _, a := range []Area{contacts, notes} {
		err := s.Scan(a, nil, func(ID, []byte, uint64) error { return nil })
		if err != nil {
			return "area", err
		}
	}
	return "verify", s.Verify()
}

// TestEveryInvalidBookIsRefusedWithItsOwnError runs them all. A file that is not in
// the index fails, and so does a line without a file.
func TestEveryInvalidBookIsRefusedWithItsOwnError(t *testing.T) {
	if os.Getenv("COUNTERBOOK_MAKE_INVALID") != "" {
		made := makeInvalid(t)
		require.NoError(t, os.RemoveAll(invalidDir))
		require.NoError(t, os.MkdirAll(invalidDir, 0o755))
		for name, b := range made.books {
			require.NoError(t, os.WriteFile(filepath.Join(invalidDir, name+packedEnding), zipped(t, b), 0o644))
		}
		require.NoError(t, os.WriteFile(filepath.Join(invalidDir, "index.txt"), []byte(made.index), 0o644))
	}
	index, err := os.ReadFile(filepath.Join(invalidDir, "index.txt"))
	require.NoError(t, err)
	want := map[string]string{}
	for line := range strings.Lines(string(index)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, says, ok := strings.Cut(line, ": ")
		require.True(t, ok, line)
		require.NotContains(t, want, name)
		want[name] = says
	}
	files, err := filepath.Glob(filepath.Join(invalidDir, "*.counterbook.gz"))
	require.NoError(t, err)
	require.Len(t, files, len(want))
	for _, packed := range files {
		name := strings.TrimSuffix(filepath.Base(packed), ".counterbook.gz")
		t.Run(name, func(t *testing.T) {
			whole := unzipped(t, packed)
			path := filepath.Join(t.TempDir(), "x.counterbook")
			require.NoError(t, os.WriteFile(path, whole, 0o600))
			stage, said := tried(path)
			require.Error(t, said)
			require.Equal(t, want[name], stage+": "+strings.TrimPrefix(said.Error(), "vault: "))
			if stage == "open" {
				after, err := os.ReadFile(path)
				require.NoError(t, err)
				require.True(t, bytes.Equal(whole, after), "the file stays what it was")
				if !errors.Is(said, ErrNewer) { // that is no damage
					_, err = Check(path)
					require.Equal(t, said.Error(), err.Error())
				}
			}
		})
	}
}

// TestInvalidBooksAreMadeTheSameEachTime compares those in the tree with new ones.
// Where it fails the format changed, or what makes them: they are made anew then.
func TestInvalidBooksAreMadeTheSameEachTime(t *testing.T) {
	made := makeInvalid(t)
	index, err := os.ReadFile(filepath.Join(invalidDir, "index.txt"))
	require.NoError(t, err)
	require.Equal(t, made.index, string(index))
	for name, b := range made.books {
		require.True(t, bytes.Equal(b, unzipped(t, filepath.Join(invalidDir, name+packedEnding))), name)
	}
}

const packedEnding = ".counterbook.gz"

func zipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	require.NoError(t, err)
	_, err = z.Write(b)
	require.NoError(t, errors.Join(err, z.Close()))
	return out.Bytes()
}

func unzipped(t *testing.T, path string) []byte {
	t.Helper()
	in, err := os.Open(path)
	require.NoError(t, err)
	defer in.Close()
	z, err := gzip.NewReader(in)
	require.NoError(t, err)
	b, err := io.ReadAll(z)
	require.NoError(t, err)
	return b
}

// invalid is books by their names, and the index.
type invalid struct {
	books map[string][]byte
	index string
}

// makeInvalid makes all of them.
func makeInvalid(t *testing.T) invalid {
	t.Helper()
	cryptotest.SetGlobalRandom(t, 1)
	f, owner := newTestBook(t)
	s := unlock(t, f, owner, "owner")
	before := entries(t, copied(t, f))
	var jonas ID
	require.NoError(t, s.Update(func(tx *Tx) (err error) {
		jonas, err = tx.AddMember(Member{Nickname: "Jonas", Writes: []Area{contacts}}, keys.Cheap, false, pass("jonas"))
		return err
	}))
	early := entries(t, copied(t, f))
	for i := range 12 {
		put(t, s, contacts, ID{byte(i)}, "a contact")
	}
	put(t, s, notes, ID{1}, "a note")
	put(t, s, contacts, ID{1}, "a contact, changed")
	j := unlock(t, f, jonas, "jonas")
	put(t, j, contacts, ID{2}, "by Jonas")
	s.Close()
	j.Close()
	path := f.Path()
	require.NoError(t, f.Close())
	whole := packed(t, path)
	newest := uint64(0)
	for k := range entries(t, path) {
		if k[0] == preLog {
			newest = max(newest, binary.BigEndian.Uint64([]byte(k[1:])))
		}
	}

	var index strings.Builder
	index.WriteString("# What is said of each book, and when: at opening it, at signing in as Marta with the\n" +
		"# passphrase \"owner\", at reading the areas 10 and 11, or at verifying everything.\n")
	books := map[string][]byte{}
	add := func(name, says string, b []byte) {
		name = strings.ReplaceAll(name, " ", "-")
		books[name] = b
		fmt.Fprintf(&index, "%s: %s\n", name, says)
	}
	raw := func(name, says string, change func(b []byte) []byte) { add(name, says, change(bytes.Clone(whole))) }
	inside := func(name, says string, change func(b *bolt.Bucket)) {
		add(name, says, packed(t, forged(t, path, change)))
	}
	le := binary.LittleEndian
	leaf := func(b []byte) []byte { // the first leaf of the bucket
		for at := 2 * pageSize; at < len(b); at += pageSize {
			if p := b[at : at+pageSize]; le.Uint16(p[8:]) == 2 && le.Uint16(p[10:]) > 1 {
				return p
			}
		}
		t.Fatal("no leaf")
		return nil
	}

	raw("empty", "open: not a book", func([]byte) []byte { return nil })
	raw("text", "open: not a book", func([]byte) []byte { return bytes.Repeat([]byte("no book "), 4096) })
	raw("cut in a page", "open: damaged: length", func(b []byte) []byte { return b[:len(b)-100] })
	raw("cut after pages", "open: damaged: length", func(b []byte) []byte { return b[:4*pageSize] })
	raw("first page", "open: damaged: first pages", func(b []byte) []byte { b[16+48] ^= 1; return b })
	raw("second page", "open: damaged: first pages", func(b []byte) []byte { b[pageSize+16+48] ^= 1; return b })
	raw("both first pages", "open: damaged: first pages", func(b []byte) []byte { clear(b[:2*pageSize]); return b })
	raw("page of another number", "open: damaged: pages", func(b []byte) []byte { leaf(b)[0] ^= 1; return b })
	raw("page of another kind", "open: damaged: pages", func(b []byte) []byte { leaf(b)[8] = 1; return b })
	raw("more elements than fit", "open: damaged: pages", func(b []byte) []byte { le.PutUint16(leaf(b)[10:], 1<<16-1); return b })
	raw("page that runs over everything", "open: damaged: pages", func(b []byte) []byte { le.PutUint32(leaf(b)[12:], 1<<31); return b })
	raw("value longer than the file", "open: damaged: pages", func(b []byte) []byte { le.PutUint32(leaf(b)[16+12:], 1<<31); return b })
	raw("keys out of order", "open: damaged: pages", func(b []byte) []byte {
		p := leaf(b)
		at := 32 + int(le.Uint32(p[36:])) // the second key
		p[at] = 0
		return b
	})
	raw("bucket in the bucket", "open: damaged: pages", func(b []byte) []byte { leaf(b)[16] = 1; return b })
	raw("free page that is in use", "open: damaged: pages", func(b []byte) []byte {
		for at := 2 * pageSize; at < len(b); at += pageSize {
			if p := b[at : at+pageSize]; le.Uint16(p[8:]) == 0x10 {
				le.PutUint64(p[16:], le.Uint64(leaf(b)))
				le.PutUint16(p[10:], 1)
			}
		}
		return b
	})
	inside("no table", "open: not a book", func(b *bolt.Bucket) { require.NoError(t, b.Delete(keyTable)) })
	inside("table", "open: damaged: table", func(b *bolt.Bucket) { flip(t, b, keyTable, -1) })
	inside("newer table", "open: book needs a newer program", func(b *bolt.Bucket) {
		var tb keys.Table
		require.NoError(t, envelope.Unmarshal(b.Get(keyTable), &tb))
		tb.Format++
		raw, err := envelope.Marshal(tb)
		require.NoError(t, errors.Join(err, b.Put(keyTable, raw)))
	})
	inside("no profile", "sign in: no such profile", func(b *bolt.Bucket) { require.NoError(t, b.Delete(profileKey(owner))) })
	profile := func(name string, change func(p *keys.Profile)) {
		inside(name, "sign in: damaged: profile", func(b *bolt.Bucket) {
			var p keys.Profile
			require.NoError(t, envelope.Unmarshal(b.Get(profileKey(owner)), &p))
			change(&p)
			raw, err := envelope.Marshal(p)
			require.NoError(t, errors.Join(err, b.Put(profileKey(owner), raw)))
		})
	}
	profile("slot", func(p *keys.Profile) { p.Slots[0].Wrapped[0] ^= 1 })
	profile("bundle", func(p *keys.Profile) { p.Sealed[0] ^= 1 })
	profile("costs without end", func(p *keys.Profile) {
		p.Slots[0].Params = keys.Params{Memory: 1<<32 - 1, Time: 1<<32 - 1, Threads: 255}
	})
	profile("slots without end", func(p *keys.Profile) { p.Slots = slices.Repeat(p.Slots, 40) })
	inside("older table", "sign in: damaged: log", func(b *bolt.Bucket) {
		require.NoError(t, b.Put(keyTable, before["t"]))
	})
	inside("profile of another", "sign in: damaged: area", func(b *bolt.Bucket) {
		require.NoError(t, b.Put(profileKey(jonas), b.Get(profileKey(owner))))
	})
	inside("no heads", "sign in: damaged: heads", func(b *bolt.Bucket) { require.NoError(t, b.Delete(keyHeads)) })
	inside("older heads", "sign in: damaged: heads", func(b *bolt.Bucket) { require.NoError(t, b.Put(keyHeads, early["m"])) })
	inside("log without its end", "sign in: damaged: heads", func(b *bolt.Bucket) { require.NoError(t, b.Delete(logKey(newest))) })
	inside("log without its last but one", "sign in: damaged: log", func(b *bolt.Bucket) { require.NoError(t, b.Delete(logKey(newest-1))) })
	inside("newest entry", "sign in: damaged: log", func(b *bolt.Bucket) { flip(t, b, logKey(newest), -1) })
	inside("record", "area: damaged: record", func(b *bolt.Bucket) { flip(t, b, recordKey(contacts, ID{3}), -1) })
	inside("record deleted", "area: damaged: area", func(b *bolt.Bucket) { require.NoError(t, b.Delete(recordKey(contacts, ID{3}))) })
	inside("record of another id", "area: damaged: record", func(b *bolt.Bucket) {
		require.NoError(t, b.Put(recordKey(contacts, ID{3}), b.Get(recordKey(contacts, ID{4}))))
	})
	inside("record of another area", "area: damaged: record", func(b *bolt.Bucket) {
		require.NoError(t, b.Put(recordKey(notes, ID{3}), b.Get(recordKey(contacts, ID{3}))))
	})
	inside("record of an area that is none", "verify: damaged: record", func(b *bolt.Bucket) {
		require.NoError(t, b.Put(recordKey(999, ID{3}), b.Get(recordKey(contacts, ID{3}))))
	})
	inside("early entry", "verify: damaged: log", func(b *bolt.Bucket) { flip(t, b, logKey(5), 50) })
	return invalid{books, index.String()}
}

// flip changes a bit of a value: at an offset, or counted from its end.
func flip(t *testing.T, b *bolt.Bucket, key []byte, at int) {
	t.Helper()
	v := bytes.Clone(b.Get(key))
	if at < 0 {
		at += len(v)
	}
	v[at] ^= 1
	require.NoError(t, b.Put(key, v))
}

// packed is a book's file without free pages.
func packed(t *testing.T, path string) []byte {
	t.Helper()
	to := filepath.Join(t.TempDir(), "packed")
	src, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	require.NoError(t, err)
	dst, err := bolt.Open(to, 0o600, &bolt.Options{PageSize: pageSize})
	require.NoError(t, err)
	require.NoError(t, errors.Join(bolt.Compact(dst, src, 1<<30), src.Close(), dst.Close()))
	b, err := os.ReadFile(to)
	require.NoError(t, err)
	return b
}

// entries is everything in a book's file.
func entries(t *testing.T, path string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	require.NoError(t, err)
	require.NoError(t, db.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucket).ForEach(func(k, v []byte) error {
			out[string(k)] = bytes.Clone(v)
			return nil
		})
	}))
	require.NoError(t, db.Close())
	return out
}

// copied is a copy of an open book's file.
func copied(t *testing.T, f *File) string {
	t.Helper()
	b, err := os.ReadFile(f.Path())
	require.NoError(t, err)
	to := filepath.Join(t.TempDir(), "copy")
	require.NoError(t, os.WriteFile(to, b, 0o600))
	return to
}
