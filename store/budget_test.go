package store_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/chacha20poly1305"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/budget"
)

func TestBudgetAfterSigningInTheListIsSearchedAtOnce(t *testing.T) {
	n := budget.Size(t)
	b, err := store.Open(budget.Book(t, n), budget.Options())
	require.NoError(t, err)
	defer b.Close()
	who := b.Info().Profiles[0].ID
	sealed := aeadOf(t, snapshotSize(t, b))
	var s *store.Session
	took := budget.Turns(15, func() { sealed() }, func() {
		s, err = b.SignIn(who, store.Passphrase(budget.Passphrase))
		require.NoError(t, err)
		found, err := customers(t, s).Find("conti neubau", store.ByName, false)
		require.NoError(t, err)
		require.NotZero(t, found.Len())
	}, func() { s.Close() })
	decrypt, all := slices.Min(took[0]), slices.Min(took[1])
	budget.Ratio(t, "sign in until the list can be searched", n, all.Seconds(), decrypt.Seconds()+0.010, 3,
		fmt.Sprintf("%v; decrypting the snapshot %v and 10 ms", all, decrypt))
}

// snapshotSize is how many bytes the index of customers has, sealed.
func snapshotSize(t *testing.T, b *store.Book) int {
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(budget.Passphrase))
	require.NoError(t, err)
	defer s.Close()
	size := 0
	for _, v := range s.Chunks(t) {
		size += len(v)
	}
	return size
}

// aeadOf returns what decrypts so many bytes, in pieces of 16 KiB, and nothing
// else.
func aeadOf(t *testing.T, size int) func() {
	const piece = 16 << 10
	key := make([]byte, chacha20poly1305.KeySize)
	rand.Read(key)
	a, err := chacha20poly1305.NewX(key)
	require.NoError(t, err)
	nonce, plain := make([]byte, a.NonceSize()), make([]byte, piece)
	sealed := a.Seal(nil, nonce, plain, nil)
	out := make([]byte, 0, piece)
	return func() {
		for range size / piece {
			_, err = a.Open(out, nonce, sealed, nil)
			require.NoError(t, err)
		}
	}
}

// What a save is compared with writes the same bytes in as many pieces over a
// file of the same size, as a tree of pages has to, and waits for the disk
// twice. The pieces in a row are named beside it.
func TestBudgetSavingARecordIsLittleMoreThanTwoFsyncs(t *testing.T) {
	n := budget.Size(t)
	path := budget.Book(t, n)
	_, s := budget.SignIn(t, path)
	require.NoError(t, s.CheckAreas(context.Background()))
	found, err := customers(t, s).Find("", store.ByName, false)
	require.NoError(t, err)
	raw := newRaw(t, path)
	i := 0
	next := func() {
		i++
		save(t, s, found.At(i*17%found.Len()).ID, i)
	}
	bytes, pieces := s.WrittenBy(func() {
		for range 50 {
			next()
		}
	})
	bytes, pieces = bytes/50, pieces/50
	took := budget.Turns(1000, func() { raw.write(bytes, pieces) }, next, func() { raw.write(bytes, 2) })
	floor, all, row := budget.Quantile(took[0], 0.5), budget.Quantile(took[1], 0.5), budget.Quantile(took[2], 0.5)
	budget.Ratio(t, "saving one record", n, all.Seconds(), floor.Seconds(), 2.5,
		fmt.Sprintf("%v; two fsyncs of the same %d bytes in %d pieces %v, in a row %v", all, bytes, pieces, floor, row))
}

// It is looked a moment after each letter of a new customer's name.
func TestBudgetWhoIsLikeANewCustomerIsFoundAtOnce(t *testing.T) {
	n := budget.Size(t)
	_, s := budget.SignIn(t, budget.Book(t, n))
	cs := customers(t, s)
	found, err := cs.Find("", store.ByName, false)
	require.NoError(t, err)
	all := make([]store.Customer, 200) // whole: a row of a list is masked
	for i := range all {
		all[i], err = cs.Get(found.At(i * 7919 % found.Len()).ID)
		require.NoError(t, err)
	}
	i := 0
	took := budget.Turns(len(all), func() {
		c := all[i%len(all)]
		i++
		near, err := cs.Near(store.Customer{Name: c.Name + "s", Phone: c.Phone, Email: c.Email, VATID: "ATU12345675"})
		require.NoError(t, err)
		require.NotEmpty(t, near)
	})
	budget.Aim(t, "who is like a new customer, p95", n, budget.Quantile(took[0], 0.95), 50*time.Millisecond)
}

// It runs beside the screen, with progress.
func TestBudgetDuplicatesOfAWholeDirectoryAreFoundInSeconds(t *testing.T) {
	n := budget.Size(t)
	_, s := budget.SignIn(t, budget.Book(t, n))
	cs := customers(t, s)
	require.NoError(t, s.CheckAreas(context.Background()))
	var pairs []store.Pair
	took := budget.Turns(3, func() {
		var err error
		pairs, err = cs.Duplicates(context.Background(), nil)
		require.NoError(t, err)
	})
	t.Logf("%d pairs", len(pairs))
	budget.Aim(t, "duplicates in the whole directory", n, budget.Quantile(took[0], 0.5), time.Duration(n)*50*time.Microsecond)
}

// raw is a file as large as a book, to be written without a book.
type raw struct {
	t     *testing.T
	f     *os.File
	pages int64
	seed  uint64
}

func newRaw(t *testing.T, book string) *raw {
	data, err := os.ReadFile(book)
	require.NoError(t, err)
	f, err := os.Create(filepath.Join(filepath.Dir(book), "raw"))
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	_, err = f.Write(data)
	require.NoError(t, err)
	require.NoError(t, f.Sync())
	return &raw{t: t, f: f, pages: int64(len(data)) >> 12}
}

// write writes so many bytes in pieces: all but the last, a page, somewhere, then
// the last at the beginning.
func (r *raw) write(bytes, pieces int) {
	long := (bytes/(pieces-1) + 4095) &^ 4095
	piece, left := make([]byte, long), bytes
	for ; left > 0; left -= long {
		r.seed = r.seed*6364136223846793005 + 1442695040888963407
		at := int64(r.seed>>33) % (r.pages - int64(long>>12))
		_, err := r.f.WriteAt(piece[:min(long, (left+4095)&^4095)], at<<12)
		require.NoError(r.t, err)
	}
	require.NoError(r.t, r.f.Sync())
	_, err := r.f.WriteAt(piece[:4096], 0)
	require.NoError(r.t, err)
	require.NoError(r.t, r.f.Sync())
}

func save(t *testing.T, s *store.Session, id store.CustomerID, i int) {
	c, err := customers(t, s).Get(id)
	require.NoError(t, err)
	c.Phone = fmt.Sprintf("+43 664 %07d", i)
	_, err = customers(t, s).Save(c)
	require.NoError(t, err)
}

// memoryOf is in the environment of the process whose memory is measured.
const memoryOf = "BUDGET_MEMORY_OF"

func TestBudgetMemoryIsAFewTimesTheTextOfTheSnapshot(t *testing.T) {
	if paths := filepath.SplitList(os.Getenv(memoryOf)); len(paths) == 2 {
		// A small book first: what any book costs once is not what this one does.
		measureMemory(t, paths[0])
		measureMemory(t, paths[1])
		return
	}
	n := budget.Size(t)
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), memoryOf+"="+budget.Book(t, 10)+string(os.PathListSeparator)+budget.Book(t, n))
	out, err := cmd.Output()
	require.NoError(t, err, string(out))
	var used, text int
	for line := range strings.Lines(string(out)) {
		fmt.Sscanf(strings.TrimSpace(line), "memory %d text %d", &used, &text) // the last one counts
	}
	require.NotZero(t, text, string(out))
	budget.Ratio(t, "memory with the book open, toolkit aside", n, float64(used), float64(text), 8,
		fmt.Sprintf("%.1f MB; text of the snapshots %.1f MB", float64(used)/1e6, float64(text)/1e6))
}

// measureMemory opens a book as the program does and prints what that took.
func measureMemory(t *testing.T, path string) {
	before := live()
	b, err := store.Open(path, budget.Options())
	require.NoError(t, err)
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(budget.Passphrase))
	require.NoError(t, err)
	_, err = customers(t, s).Find("conti", store.ByName, false)
	require.NoError(t, err)
	found, err := customers(t, s).Find("", store.ByName, false)
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	issued, err := is.Find(store.InvoiceQuery{})
	require.NoError(t, err)
	require.NoError(t, is.Gather())
	require.NoError(t, s.CheckAreas(context.Background()))
	ns, err := s.Notes()
	require.NoError(t, err)
	_, err = ns.Of(found.At(0).ID)
	require.NoError(t, err)
	text := s.SnapshotText(t)
	fmt.Printf("memory %d text %d\n", live()-before, text)
	require.NotZero(t, issued.Len())
	runtime.KeepAlive(found)
	s.Close()
	require.NoError(t, b.Close())
}

// live is what the process keeps on its heap, in bytes, after everything was
// collected.
func live() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

func BenchmarkIssue(b *testing.B) {
	_, s := newBook(b, newClock())
	ds, err := s.Drafts()
	require.NoError(b, err)
	is, err := s.Invoices()
	require.NoError(b, err)
	for b.Loop() {
		d, err := ds.Save(store.Draft{Doc: invoice.Document{Buyer: giulia().Party(), Lines: []invoice.Line{frame()}}})
		require.NoError(b, err)
		_, err = is.Issue(context.Background(), d.ID)
		require.NoError(b, err)
	}
}

// A copy here is what a careful person does by hand: the same bytes, made durable.
// To check one, its keys are opened as at a sign-in, which takes some milliseconds
// whatever the size.
func TestBudgetABackupIsLittleMoreThanACopyOfTheFile(t *testing.T) {
	n := budget.Size(t)
	path := budget.Book(t, n)
	b, s := budget.SignIn(t, path)
	dir := t.TempDir()
	st, err := os.Stat(path)
	require.NoError(t, err)
	took := budget.Turns(9, func() { copyFile(t, path, filepath.Join(dir, "copy")) }, func() {
		made, err := s.Backup(context.Background(), dir, store.BackupOptions{Keep: 1}, nil)
		require.NoError(t, err)
		require.True(t, made.Signed)
	}, func() {
		_, err := b.Backup(context.Background(), dir, store.BackupOptions{Keep: 1}, nil)
		require.NoError(t, err)
	}, func() { require.NoError(t, b.WrittenOut(dir)) })
	floor, all, bare, out := budget.Quantile(took[0], 0.5), budget.Quantile(took[1], 0.5), budget.Quantile(took[2], 0.5), budget.Quantile(took[3], 0.5)
	budget.Ratio(t, "backup, written and made durable", n, out.Seconds(), floor.Seconds(), 1.5,
		fmt.Sprintf("%v; a copy of the %d MB made durable %v", out, st.Size()>>20, floor))
	budget.Ratio(t, "backup, read back from the disk and checked as well", n, all.Seconds(), (floor + 10*time.Millisecond).Seconds(), 4,
		fmt.Sprintf("%v; the copy and 10 ms %v; with nobody signed in %v", all, floor+10*time.Millisecond, bare))
}

func copyFile(t *testing.T, from, to string) {
	src, err := os.Open(from)
	require.NoError(t, err)
	defer src.Close()
	dst, err := os.Create(to)
	require.NoError(t, err)
	_, err = io.Copy(struct{ io.Writer }{dst}, struct{ io.Reader }{src}) // bytes, not blocks shared by the file system
	require.NoError(t, err)
	require.NoError(t, dst.Sync())
	require.NoError(t, dst.Close())
}
