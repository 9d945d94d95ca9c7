package page

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

// made returns a file that bbolt wrote, by fn in one transaction after another.
func made(t testing.TB, times int, fn func(i int, b *bolt.Bucket) error) []byte {
	path := filepath.Join(t.TempDir(), "x")
	db, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: Size, NoSync: true})
	require.NoError(t, err)
	for i := range times {
		require.NoError(t, db.Update(func(tx *bolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists(bucketName)
			require.NoError(t, err)
			return fn(i, b)
		}))
	}
	require.NoError(t, db.Close())
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = checked(b)
	require.NoError(t, err)
	return b
}

// file is a small one with a branch, values that run over, and free pages.
func file(t testing.TB) []byte {
	return made(t, 6, func(i int, b *bolt.Bucket) error {
		err := b.Put(fmt.Appendf(nil, "big %d", i), make([]byte, 5000*i))
		for k := range 12 {
			err = errors.Join(err, b.Put(fmt.Appendf(nil, "%02d", k*6+i), bytes.Repeat([]byte{byte(k)}, 400)))
		}
		if i == 5 {
			err = errors.Join(err, b.Delete([]byte("big 3")))
		}
		return err
	})
}

func checked(b []byte) (Meta, error) { return check(bytes.NewReader(b), int64(len(b))) }

func TestEveryFlippedBitOfTheMetaPagesIsNoticed(t *testing.T) {
	b := file(t)
	for _, start := range []int{0, Size} {
		for i := range headerSize + metaSize {
			for bit := range 8 {
				bad := bytes.Clone(b)
				bad[start+i] ^= 1 << bit
				_, err := checked(bad)
				require.Error(t, err, "byte %d", start+i)
			}
		}
	}
}

func TestEveryTruncationInUseIsNoticed(t *testing.T) {
	b := file(t)
	m, err := checked(b)
	require.NoError(t, err)
	for n := 0; n < len(b); n += 512 {
		_, err := checked(b[:n])
		if n%Size == 0 && uint64(n/Size) >= m.HighWater {
			require.NoError(t, err)
		} else {
			require.Error(t, err, "length %d", n)
		}
	}
}

// content reads a file with bbolt as the program does, and lets bbolt check it.
// Whatever it does but read, it does to a file that passed our own check.
func content(t testing.TB, file []byte) (out []byte, err error) {
	path := filepath.Join(t.TempDir(), "x")
	require.NoError(t, os.WriteFile(path, file, 0o600))
	type answer struct {
		out []byte
		err error
	}
	done := make(chan answer, 1)
	go func() {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		defer func() {
			if r := recover(); r != nil {
				done <- answer{nil, fmt.Errorf("panic: %v", r)}
			}
		}()
		out, err := read(path)
		done <- answer{out, err}
	}()
	select {
	case a := <-done:
		return a.out, a.err
	case <-time.After(20 * time.Second):
		return nil, errors.New("bbolt does not come back")
	}
}

func read(path string) (out []byte, err error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second, NoSync: true})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	err = db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			return err
		}
		return tx.Bucket(bucketName).ForEach(func(k, v []byte) error {
			out = append(append(append(out, k...), '='), v...)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	// The next change destroys nothing either.
	return out, db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketName).Put([]byte("next"), make([]byte, 9000)) })
}

func TestInvariant09AFlippedBitIsNoticedOrHarmsNoKeyAndNoPage(t *testing.T) {
	b := file(t)
	m, err := checked(b)
	require.NoError(t, err)
	want, err := content(t, b)
	require.NoError(t, err)
	passed := 0
	for at := 2 * Size; at < int(m.HighWater)*Size; at++ {
		if at%Size > 420 && at%13 > 0 { // everything at the head of a page, and some of the rest
			continue
		}
		bad := bytes.Clone(b)
		bad[at] ^= 1 << (at % 8)
		if _, err := checked(bad); err != nil {
			continue
		}
		if passed++; passed%60 > 0 {
			continue
		}
		got, err := content(t, bad)
		require.NoError(t, err, "byte %d", at)
		require.Len(t, got, len(want), "byte %d", at)
	}
	require.Greater(t, passed, 100, "bytes of values and of free pages are no business of this package")
}

// bbolt finds every key in such a file, and destroys it when it next writes there.
func TestABranchThatNamesItsPagesOtherwiseIsNoticed(t *testing.T) {
	b := file(t)
	m, err := checked(b)
	require.NoError(t, err)
	id, err := newWalk(bytes.NewReader(b), m).root()
	require.NoError(t, err)
	branch := b[id*Size : (id+1)*Size]
	h := parse(branch)
	require.Equal(t, uint16(flagBranch), h.flags)
	for i := range int(h.count) {
		_, end := branchKey(branch, i, 0)
		branch[end-1]-- // still above all keys of the page before
		_, err := checked(b)
		require.ErrorAs(t, err, new(*Broken))
		branch[end-1]++
	}
}

// In any order of writing, deleting, giving up, reading meanwhile, opening again
// and compacting, what bbolt leaves behind passes.
func TestWhatBboltWritesPasses(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp("", "page-")
		require.NoError(rt, err)
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "x")
		open := func() *bolt.DB {
			// Where the map has to grow, a write waits for who reads.
			db, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: Size, NoSync: true, InitialMmapSize: 256 << 20})
			require.NoError(rt, err)
			return db
		}
		db := open()
		require.NoError(rt, db.Update(func(tx *bolt.Tx) error {
			b, err := tx.CreateBucket(bucketName)
			return errors.Join(err, b.Put([]byte("t"), make([]byte, 3000)))
		}))
		for range rapid.IntRange(1, 15).Draw(rt, "steps") {
			switch rapid.IntRange(0, 9).Draw(rt, "step") {
			case 0:
				require.NoError(rt, db.Close())
				db = open()
			case 1:
				other := path + "2"
				dst, err := bolt.Open(other, 0o600, &bolt.Options{PageSize: Size, NoSync: true})
				require.NoError(rt, err)
				require.NoError(rt, bolt.Compact(dst, db, 4<<20))
				require.NoError(rt, errors.Join(dst.Close(), db.Close(), os.Rename(other, path)))
				db = open()
			default:
				var reading *bolt.Tx
				if rapid.Bool().Draw(rt, "read meanwhile") {
					reading, err = db.Begin(false)
					require.NoError(rt, err)
				}
				tx, err := db.Begin(true)
				require.NoError(rt, err)
				b := tx.Bucket(bucketName)
				deletes, longest := rapid.IntRange(0, 10).Draw(rt, "deletes of ten"), rapid.SampledFrom([]int{10, 500, 20000}).Draw(rt, "longest")
				any := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
				for range rapid.IntRange(0, 150).Draw(rt, "changes") {
					if key := fmt.Appendf(nil, "r%014d", any.IntN(300)); any.IntN(10) < deletes {
						require.NoError(rt, b.Delete(key))
					} else {
						require.NoError(rt, b.Put(key, make([]byte, any.IntN(longest))))
					}
				}
				if rapid.IntRange(0, 4).Draw(rt, "give up") == 0 {
					require.NoError(rt, tx.Rollback())
				} else {
					require.NoError(rt, tx.Commit())
				}
				if reading != nil {
					require.NoError(rt, reading.Rollback())
				}
			}
			_, err := Check(path)
			require.NoError(rt, err)
		}
		require.NoError(rt, db.Close())
		_, err = Check(path)
		require.NoError(rt, err)
	})
}

// sparse is a file of which only some pages are anything but zero.
type sparse map[uint64][]byte

func (s sparse) ReadAt(b []byte, at int64) (int, error) {
	clear(b)
	for i := 0; i < len(b); {
		id, off := uint64(at+int64(i))/Size, (at+int64(i))%Size
		n := min(len(b)-i, int(Size-off))
		if p, ok := s[id]; ok {
			copy(b[i:i+n], p[off:])
		}
		i += n
	}
	return len(b), nil
}

// head begins a page of a sparse file.
func (s sparse) head(id uint64, flags, count uint16, overflow uint32) []byte {
	for i := id; i <= id+uint64(min(overflow, 200)); i++ {
		s[i] = make([]byte, Size)
	}
	le, b := binary.LittleEndian, s[id]
	le.PutUint64(b, id)
	le.PutUint16(b[8:], flags)
	le.PutUint16(b[10:], count)
	le.PutUint32(b[12:], overflow)
	return b
}

// base gives a sparse file its first pages, an empty list of free pages on page 2,
// the root on 3, and in it the bucket's root page.
func base(high, bucket uint64) sparse {
	s, le := sparse{}, binary.LittleEndian
	for id := range uint64(2) {
		m := s.head(id, flagMeta, 0, 0)[headerSize:]
		le.PutUint32(m, magic)
		le.PutUint32(m[4:], version)
		le.PutUint32(m[8:], Size)
		le.PutUint64(m[16:], 3)
		le.PutUint64(m[32:], 2)
		le.PutUint64(m[40:], high)
		le.PutUint64(m[48:], 6+id)
		sum := fnv.New64a()
		sum.Write(m[:56])
		le.PutUint64(m[56:], sum.Sum64())
	}
	s.head(2, flagFreelist, 0, 0)
	root := s.head(3, flagLeaf, 1, 0)[headerSize:]
	le.PutUint32(root, bucketFlag)
	le.PutUint32(root[4:], leafElement)
	le.PutUint32(root[8:], 4)
	le.PutUint32(root[12:], bucketValue)
	copy(root[16:], bucketName)
	le.PutUint64(root[20:], bucket)
	return s
}

// leafOf writes a leaf of one key on a page.
func (s sparse) leafOf(id uint64, key string) {
	b := s.head(id, flagLeaf, 1, 0)[headerSize:]
	binary.LittleEndian.PutUint32(b[4:], leafElement)
	binary.LittleEndian.PutUint32(b[8:], uint32(len(key)))
	copy(b[16:], key)
}

// branchOf writes a branch with a child.
func (s sparse) branchOf(id, child uint64, key string) {
	b := s.head(id, flagBranch, 1, 0)[headerSize:]
	binary.LittleEndian.PutUint32(b, branchElement)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(key)))
	binary.LittleEndian.PutUint64(b[8:], child)
	copy(b[16:], key)
}

func TestInvariant14AHostileFileEndsAsAnErrorAndTakesLittleMemory(t *testing.T) {
	const huge = maxPages
	le := binary.LittleEndian
	for name, c := range map[string]struct {
		high uint64
		file func() sparse
		want error
	}{
		"whole": {5, func() sparse { s := base(5, 4); s.leafOf(4, "t"); return s }, nil},
		"a branch that is its own child": {5, func() sparse {
			s := base(5, 4)
			s.branchOf(4, 4, "t")
			return s
		}, &Broken{4}},
		"a ring of branches": {6, func() sparse {
			s := base(6, 4)
			s.branchOf(4, 5, "t")
			s.branchOf(5, 4, "t")
			return s
		}, &Broken{4}},
		"a branch above itself in the root": {5, func() sparse {
			s := base(5, 3)
			s.leafOf(4, "t")
			return s
		}, &Broken{3}},
		"a tree deeper than any": {huge, func() sparse {
			s := base(huge, 4)
			for i := uint64(4); i < 200; i++ {
				s.branchOf(i, i+1, "t")
			}
			return s
		}, &Broken{4 + maxDepth - 1}},
		"more pages than a book has": {huge + 1, func() sparse { return base(huge+1, 4) }, ErrMeta},
		"pages that belong to nothing": {huge, func() sparse {
			s := base(huge, 4)
			s.leafOf(4, "t")
			return s
		}, &Broken{5}},
		"a leaf that runs over beyond the end": {6, func() sparse {
			s := base(6, 4)
			s.leafOf(4, "t")
			le.PutUint32(s[4][12:], 1<<32-1)
			return s
		}, &Broken{4}},
		"a leaf over all pages": {huge, func() sparse {
			s := base(huge, 4)
			s.leafOf(4, "t")
			le.PutUint32(s[4][12:], huge-5)
			return s
		}, nil},
		"more elements than fit": {5, func() sparse {
			s := base(5, 4)
			s.leafOf(4, "t")
			le.PutUint16(s[4][10:], 1<<16-1)
			return s
		}, &Broken{4}},
		"more children than fit": {6, func() sparse {
			s := base(6, 4)
			s.branchOf(4, 5, "t")
			s.leafOf(5, "t")
			le.PutUint16(s[4][10:], 1<<16-1)
			return s
		}, &Broken{4}},
		"a key beyond the file": {5, func() sparse {
			s := base(5, 4)
			s.leafOf(4, "t")
			le.PutUint32(s[4][headerSize+8:], 1<<32-1)
			return s
		}, &Broken{4}},
		"an empty leaf":    {5, func() sparse { s := base(5, 4); s.head(4, flagLeaf, 0, 0); return s }, &Broken{4}},
		"an empty branch":  {5, func() sparse { s := base(5, 4); s.head(4, flagBranch, 0, 0); return s }, &Broken{4}},
		"an inline bucket": {4, func() sparse { return base(4, 0) }, &Broken{0}},
		"a bucket in the bucket": {5, func() sparse {
			s := base(5, 4)
			s.leafOf(4, "t")
			s[4][headerSize] = bucketFlag
			return s
		}, &Broken{4}},
		"a bucket of another name": {5, func() sparse { s := base(5, 4); s.leafOf(4, "t"); s[3][headerSize+16] = 'l'; return s }, &Broken{3}},
		"a page twice": {5, func() sparse {
			s := base(5, 4)
			s.leafOf(4, "t")
			le.PutUint64(s.head(2, flagFreelist, 1, 0)[headerSize:], 4)
			return s
		}, &Broken{2}},
		"more free pages than fit": {5, func() sparse {
			s := base(5, 4)
			s.leafOf(4, "t")
			le.PutUint64(s.head(2, flagFreelist, 1<<16-1, 0)[headerSize:], 1<<63-1)
			return s
		}, &Broken{2}},
		"no list of free pages": {5, func() sparse { s := base(5, 4); s.leafOf(4, "t"); s.leafOf(2, "t"); return s }, &Broken{2}},
		"keys out of the branch": {6, func() sparse {
			s := base(6, 4)
			s.branchOf(4, 5, "t")
			s.leafOf(5, "a")
			return s
		}, &Broken{5}},
	} {
		t.Run(name, func(t *testing.T) {
			s := c.file()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := check(s, int64(c.high)*Size)
			require.Less(t, time.Since(start), 5*time.Second)
			runtime.ReadMemStats(&after)
			require.Equal(t, c.want, err)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(4<<20), "bytes")
		})
	}
}

func TestAListOfFreePagesLongerThanACountIsRead(t *testing.T) {
	const free = 70000 // more than a page's count can say
	s := base(free+1000, 4)
	s.leafOf(4, "t")
	list := s.head(2, flagFreelist, 1<<16-1, 0)
	delete(s, 2)
	pages := uint64((headerSize+8+free*8)/Size + 1)
	all := make([]byte, pages*Size)
	copy(all, list)
	le := binary.LittleEndian
	at := uint64(5) // the list itself lies here
	le.PutUint64(all, at)
	le.PutUint32(all[12:], uint32(pages-1))
	le.PutUint64(all[headerSize:], free)
	for i := range uint64(free) {
		id := at + pages + i
		if i == 0 {
			id = 2
		}
		le.PutUint64(all[headerSize+8+8*i:], id)
	}
	high := at + pages + free
	fresh := base(high, 4)
	for id := range uint64(2) {
		m := fresh[id][headerSize:]
		le.PutUint64(m[32:], at)
		sum := fnv.New64a()
		sum.Write(m[:56])
		le.PutUint64(m[56:], sum.Sum64())
	}
	fresh.leafOf(4, "t")
	for i := range pages {
		fresh[at+i] = all[i*Size : (i+1)*Size]
	}
	_, err := check(fresh, int64(high)*Size)
	require.Equal(t, &Broken{at + pages}, err, "one page is in neither")
	le.PutUint64(all[headerSize:], free+1)
	le.PutUint64(all[headerSize+8:], 2)
	for i := range uint64(free) {
		le.PutUint64(all[headerSize+16+8*i:], at+pages+i)
	}
	_, err = check(fresh, int64(high)*Size)
	require.NoError(t, err)
	le.PutUint64(all[headerSize+16+8*60000:], at+pages)
	_, err = check(fresh, int64(high)*Size)
	require.Equal(t, &Broken{at}, err, "out of order")
}

// bbolt writes the newest first page of a copy to the front whatever its number,
// and then its next change over it, where the other one is two changes old.
func TestACopyGoesOnAsItsBookDoes(t *testing.T) {
	for times := range 4 {
		b := made(t, times+2, func(i int, b *bolt.Bucket) error { return b.Put([]byte("t"), make([]byte, 3000+i)) })
		dir := t.TempDir()
		path, to := filepath.Join(dir, "x"), filepath.Join(dir, "copy")
		require.NoError(t, os.WriteFile(path, b, 0o600))
		db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
		require.NoError(t, err)
		var copied bytes.Buffer
		require.NoError(t, db.View(func(tx *bolt.Tx) error { _, err := tx.WriteTo(&copied); return err }))
		require.NoError(t, db.Close())
		Straighten(copied.Bytes())
		again := bytes.Clone(copied.Bytes())
		Straighten(again)
		require.Equal(t, copied.Bytes(), again)
		require.NoError(t, os.WriteFile(to, copied.Bytes(), 0o600))
		_, err = Check(to)
		require.NoError(t, err)
		db, err = bolt.Open(to, 0o600, &bolt.Options{NoSync: true})
		require.NoError(t, err)
		require.NoError(t, db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketName).Put([]byte("u"), nil) }))
		require.NoError(t, db.Close())
		_, err = Check(to)
		require.NoError(t, err, "after %d changes", times)
	}
}

func TestWhatIsNoFileIsNotRead(t *testing.T) {
	_, err := Check(t.TempDir())
	require.Error(t, err)
	_, err = Check(filepath.Join(t.TempDir(), "missing"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

func FuzzCheck(f *testing.F) {
	whole := file(f)
	m, err := checked(whole)
	require.NoError(f, err)
	whole = whole[:m.HighWater*Size]
	f.Add([]byte{}, uint32(0))
	for at := 0; at < len(whole); at += Size {
		f.Add([]byte{0x10, 0xff}, uint32(at))
		f.Add(whole[at:at+headerSize], uint32(at+Size))
	}
	f.Fuzz(func(t *testing.T, patch []byte, at uint32) {
		b := bytes.Clone(whole)
		copy(b[int(at)%len(b):], patch)
		if at&(1<<31) != 0 { // the first pages as a hostile writer would leave them
			for id := range 2 {
				p := b[id*Size+headerSize:]
				sum := fnv.New64a()
				sum.Write(p[:56])
				binary.LittleEndian.PutUint64(p[56:], sum.Sum64())
			}
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := checked(b)
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 8<<20 {
			t.Fatalf("%d bytes were taken", n)
		}
		if err != nil {
			return
		}
		if _, err := content(t, b); err != nil {
			t.Fatalf("it passed, and bbolt says: %v", err)
		}
	})
}

// BenchmarkCheck reads a book of 217 MB, as one with 100,000 customers has.
func BenchmarkCheck(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x")
	db, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: Size, NoSync: true})
	require.NoError(b, err)
	seed := uint64(1)
	for range 40 {
		require.NoError(b, db.Update(func(tx *bolt.Tx) error {
			bk, err := tx.CreateBucketIfNotExists(bucketName)
			for range 10000 {
				key := make([]byte, 19)
				for i := range key {
					seed = seed*6364136223846793005 + 1442695040888963407
					key[i] = byte(seed >> 56)
				}
				err = errors.Join(err, bk.Put(key, make([]byte, 340)))
			}
			return err
		}))
	}
	require.NoError(b, db.Close())
	m, err := Check(path)
	require.NoError(b, err)
	b.SetBytes(int64(m.HighWater) * Size)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Check(path); err != nil {
			b.Fatal(err)
		}
	}
}
