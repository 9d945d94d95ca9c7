package vault

// Rewriting: the old book or the new one, whatever happens.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/keys"
	"counterbook/store/internal/vault/place"
)

// steps are those between which a rewrite may be interrupted, in order.
var steps = []string{"copied", "changed", "compacted", "checked", "swap", "rename", "renamed"}

// atStep has a step answered by fn until the test ends.
func atStep(t *testing.T, step string, fn func() error) {
	t.Helper()
	rewriteStep = func(s string) error {
		if s == step {
			return fn()
		}
		return nil
	}
	t.Cleanup(func() { rewriteStep = func(string) error { return nil } })
}

// bothWays runs a test as on systems that rename open files, and as on Windows.
func bothWays(t *testing.T, test func(t *testing.T)) {
	for name, first := range map[string]bool{"open": false, "closed": true} {
		if !first && runtime.GOOS == "windows" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			was := closeFirst
			closeFirst = first
			defer func() { closeFirst = was }()
			test(t)
		})
	}
}

// shopToRewrite is an open book with the owner and Jonas, who reads contacts, in it.
// Erasing takes contact 1 out and writes contact 2.
func shopToRewrite(t *testing.T) (f *File, owner, jonas *Session) {
	f, id := newTestBook(t)
	owner = unlock(t, f, id, "owner")
	var j ID
	require.NoError(t, owner.Update(func(tx *Tx) (err error) {
		j, err = tx.AddMember(Member{Nickname: "Jonas", Writes: []Area{contacts}, Reads: []Area{notes}}, keys.Cheap, false, pass("jonas"))
		return err
	}))
	jonas = unlock(t, f, j, "jonas")
	put(t, owner, contacts, ID{1}, strings.Repeat("to be erased ", 40))
	for i := range 60 {
		put(t, owner, notes, ID{byte(i)}, strings.Repeat(fmt.Sprint("note ", i), 50))
	}
	return f, owner, jonas
}

func erase(tx *Tx) error {
	tx.Event([]byte("erased"))
	return errors.Join(tx.Delete(contacts, ID{1}), tx.Put(contacts, ID{2}, []byte("new")))
}

// isNew tells the book after erase from the one before, and fails for any other.
func isNew(t *testing.T, s *Session) bool {
	t.Helper()
	has := func(id ID) bool {
		_, _, err := s.Get(contacts, id)
		if err != nil {
			require.ErrorIs(t, err, ErrNotFound)
		}
		return err == nil
	}
	require.NotEqual(t, has(ID{1}), has(ID{2}), "neither the old book nor the new one")
	return has(ID{2})
}

func onlyTheBook(t *testing.T, f *File) {
	t.Helper()
	all, err := os.ReadDir(filepath.Dir(f.Path()))
	require.NoError(t, err)
	require.Len(t, all, 1)
}

func TestAFailingStepOfARewriteLeavesTheOldBookInUse(t *testing.T) {
	failing := errors.New("the disk says no")
	bothWays(t, func(t *testing.T) {
		for _, step := range steps {
			t.Run(step, func(t *testing.T) {
				f, owner, jonas := shopToRewrite(t)
				fail := true
				atStep(t, step, func() error {
					if fail {
						return failing
					}
					return nil
				})
				err := owner.Rewrite(context.Background(), erase, nil)
				if step == "renamed" {
					require.ErrorIs(t, err, ErrUncertain)
				} else {
					require.ErrorIs(t, err, failing)
				}
				require.Equal(t, step == "renamed", isNew(t, owner))
				onlyTheBook(t, f)
				put(t, owner, notes, ID{200}, "work goes on")
				put(t, jonas, contacts, ID{201}, "for others too")
				require.NoError(t, owner.Verify())
				fail = false
				if step != "renamed" {
					require.NoError(t, owner.Rewrite(context.Background(), erase, nil))
				}
				require.True(t, isNew(t, jonas))
				require.NoError(t, jonas.Verify())
				onlyTheBook(t, f)
			})
		}
	})
}

func TestACancelledRewriteLeavesTheOldBookInUse(t *testing.T) {
	for _, step := range append([]string{"at once"}, steps[:4]...) {
		t.Run(step, func(t *testing.T) {
			f, owner, _ := shopToRewrite(t)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			atStep(t, step, func() error { cancel(); return nil })
			if step == "at once" {
				cancel()
			}
			require.ErrorIs(t, owner.Rewrite(ctx, erase, nil), context.Canceled)
			require.False(t, isNew(t, owner))
			onlyTheBook(t, f)
			put(t, owner, notes, ID{200}, "work goes on")
			require.NoError(t, owner.Verify())
		})
	}
}

func TestAnErrorOfTheCallerLeavesTheOldBookInUse(t *testing.T) {
	f, owner, _ := shopToRewrite(t)
	want := errors.New("no")
	err := owner.Rewrite(context.Background(), func(tx *Tx) error {
		require.NoError(t, erase(tx))
		return want
	}, nil)
	require.ErrorIs(t, err, want)
	require.False(t, isNew(t, owner))
	require.Panics(t, func() {
		_ = owner.Rewrite(context.Background(), func(*Tx) error { panic("a bug") }, nil)
	})
	put(t, owner, notes, ID{200}, "work goes on")
	require.NoError(t, owner.Verify())
	onlyTheBook(t, f)
}

func TestAFileThatWasExchangedIsNotReplacedByARewrite(t *testing.T) {
	f, owner, _ := shopToRewrite(t)
	stays := false
	atStep(t, "checked", func() error {
		raw, err := os.ReadFile(f.Path())
		require.NoError(t, err)
		if err := os.Rename(f.Path(), f.Path()+".away"); err != nil {
			stays = true
			return err
		}
		return os.WriteFile(f.Path(), raw, 0o600)
	})
	err := owner.Rewrite(context.Background(), erase, nil)
	if stays {
		t.Skip("this system keeps an open file in its place")
	}
	require.ErrorIs(t, err, ErrMoved)
	require.Empty(t, place.Leftovers(f.Path()))
}

func TestSessionsGoOnAfterARewrite(t *testing.T) {
	bothWays(t, func(t *testing.T) {
		f, owner, jonas := shopToRewrite(t)
		before := f.Size()
		told, last, total := 0, int64(-1), int64(0)
		told0 := f.stamp().times
		require.NoError(t, owner.Rewrite(context.Background(), erase, func(done, of int64) {
			require.GreaterOrEqual(t, done, last, "progress does not go back")
			require.LessOrEqual(t, done, of)
			told, last, total = told+1, done, of
		}))
		require.Equal(t, total, last)
		require.Greater(t, told, 4)
		require.Greater(t, f.stamp().times, told0)
		for _, s := range []*Session{owner, jonas} {
			require.True(t, isNew(t, s))
			require.NoError(t, s.Verify())
		}
		put(t, jonas, contacts, ID{3}, "written afterwards")
		plain, _, err := owner.Get(contacts, ID{3})
		require.NoError(t, err)
		require.Equal(t, "written afterwards", string(plain))
		require.NoError(t, owner.Rewrite(context.Background(), nil, nil), "compacting alone")
		require.LessOrEqual(t, f.Size(), before)
		plain, _, err = jonas.Get(contacts, ID{3})
		require.NoError(t, err)
		require.Equal(t, "written afterwards", string(plain))
		var events []string
		require.NoError(t, owner.Log(func(e Entry) bool { events = append(events, string(e.Event)); return true }))
		require.Equal(t, "put", events[0])
		require.Equal(t, "erased", events[1])
		path, id := f.Path(), owner.Profile()
		require.NoError(t, f.Close())
		f, err = Open(path, keys.Cheap)
		require.NoError(t, err)
		defer f.Close()
		require.NoError(t, unlock(t, f, id, "owner").Verify())
	})
}

func TestReadingAndWritingBesideARewriteMeetNoError(t *testing.T) {
	bothWays(t, func(t *testing.T) {
		f, owner, jonas := shopToRewrite(t)
		var stop atomic.Bool
		var wg sync.WaitGroup
		var reads, writes atomic.Int64
		for range 2 {
			wg.Go(func() {
				for !stop.Load() {
					_, _, err := jonas.Get(notes, ID{5})
					require.NoError(t, err)
					require.NoError(t, jonas.Log(func(e Entry) bool { return e.Number > 60 }))
					n := 0
					require.NoError(t, owner.Scan(notes, nil, func(ID, []byte, uint64) error { n++; return nil }))
					require.Equal(t, 60, n)
					reads.Add(1)
				}
			})
		}
		wg.Go(func() {
			for !stop.Load() {
				put(t, jonas, contacts, ID{9}, "again")
				writes.Add(1)
				time.Sleep(time.Millisecond)
			}
		})
		for i := range 6 { // the keys of the notes turn each time
			require.NoError(t, owner.Rewrite(context.Background(), func(tx *Tx) error {
				tx.Event([]byte("turned"))
				id, err := tx.AddMember(Member{Nickname: fmt.Sprint("guest ", i), Reads: []Area{notes}}, keys.Cheap, true, pass("x"))
				return errors.Join(err, tx.DisableMember(id), tx.Reseal(notes))
			}, nil))
		}
		stop.Store(true)
		wg.Wait()
		require.NoError(t, owner.Verify())
		require.Equal(t, uint32(7), f.table.Load().Epoch)
		t.Logf("%d readings and %d writings beside 6 rewrites", reads.Load(), writes.Load())
		require.Positive(t, writes.Load())
	})
}

// windows16 are all runs of sixteen bytes of a stored value.
func windows16(value []byte, into map[[16]byte]bool) {
	for i := 0; i+16 <= len(value); i++ {
		into[[16]byte(value[i:])] = true
	}
}

// sharesWith counts the runs of sixteen bytes of a file that are among others.
func sharesWith(t *testing.T, path string, others map[[16]byte]bool) (n int) {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	for i := 0; i+16 <= len(raw); i++ {
		if w := [16]byte(raw[i:]); others[w] && w != [16]byte{} {
			n++
		}
	}
	return n
}

func stored(t *testing.T, f *File, key []byte) (raw []byte) {
	t.Helper()
	require.NoError(t, f.view(func(tx *bolt.Tx) (err error) { raw, err = get(tx, key); return err }))
	return raw
}

func TestNothingThatARewriteTakesOutIsInTheFileOrBesideIt(t *testing.T) {
	f, owner, _ := shopToRewrite(t)
	gone := map[[16]byte]bool{}
	windows16(stored(t, f, recordKey(contacts, ID{1})), gone)
	var old []*os.File // the book and its copy
	keep := func(path string) {
		file, err := os.Open(path)
		require.NoError(t, err)
		t.Cleanup(func() { file.Close() })
		old = append(old, file)
	}
	if runtime.GOOS != "windows" {
		keep(f.Path())
		atStep(t, "copied", func() error { keep(place.Leftovers(f.Path())[0]); return nil })
	}
	require.Positive(t, sharesWith(t, f.Path(), gone))
	put(t, owner, contacts, ID{1}, "changed, so that the first text is in a free page")
	require.Positive(t, sharesWith(t, f.Path(), gone))
	windows16(stored(t, f, recordKey(contacts, ID{1})), gone)
	require.NoError(t, owner.Rewrite(context.Background(), erase, nil))
	require.Zero(t, sharesWith(t, f.Path(), gone))
	onlyTheBook(t, f)
	for _, file := range old {
		raw, err := io.ReadAll(file)
		require.NoError(t, err)
		require.NotEmpty(t, raw)
		require.True(t, len(bytes.Trim(raw, "\x00")) == 0, "what was left behind is overwritten")
	}
}

func TestAFileWithAnotherNameIsNotOverwritten(t *testing.T) {
	f, owner, _ := shopToRewrite(t)
	kept := filepath.Join(t.TempDir(), "kept")
	if err := os.Link(f.Path(), kept); err != nil {
		t.Skip("no hard links here")
	}
	require.NoError(t, owner.Rewrite(context.Background(), erase, nil))
	require.True(t, isNew(t, owner))
	old, err := Open(kept, keys.Cheap)
	require.NoError(t, err)
	defer old.Close()
	require.False(t, isNew(t, unlock(t, old, owner.Profile(), "owner")))
}

func TestABookBehindALinkIsRewrittenWhereItIs(t *testing.T) {
	f, owner, _ := shopToRewrite(t)
	id, real := owner.Profile(), f.Path()
	require.NoError(t, f.Close())
	link := filepath.Join(t.TempDir(), "link.counterbook")
	if os.Symlink(real, link) != nil {
		t.Skip("no links here")
	}
	if _, err := os.Stat(link); err != nil {
		t.Skip("links lead nowhere here")
	}
	f, err := Open(link, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	s := unlock(t, f, id, "owner")
	require.NoError(t, s.Rewrite(context.Background(), erase, nil))
	require.True(t, isNew(t, s))
	put(t, s, notes, ID{200}, "work goes on")
	at, err := os.Readlink(link)
	require.NoError(t, err)
	require.Equal(t, real, at)
	onlyTheBook(t, &File{path: real})
}

func TestWhoLosesAnAreaOpensNothingOfItInTheRewrittenFile(t *testing.T) {
	f, owner, jonas := shopToRewrite(t)
	old := bundleOf(t, f, jonas.Profile(), "jonas")
	before := everyKeyIn(t, f.table.Load(), old)
	granted := grantsOf(t, f, owner, notes)
	seals := map[[16]byte]bool{}
	for i := range 60 {
		windows16(stored(t, f, recordKey(notes, ID{byte(i)})), seals)
	}
	_, version, err := owner.Get(notes, ID{7})
	require.NoError(t, err)
	less := Member{Nickname: "Jonas", Writes: []Area{contacts}}
	require.NoError(t, owner.Rewrite(context.Background(), func(tx *Tx) error {
		tx.Event([]byte("less"))
		return errors.Join(tx.ChangeMember(jonas.Profile(), less), tx.Reseal(notes))
	}, nil))
	require.Equal(t, granted-1+1, grantsOf(t, f, owner, notes), "one fewer of the first key, and the current one for who stays")
	_, again, err := owner.Get(notes, ID{7})
	require.NoError(t, err)
	require.Equal(t, version, again, "a record keeps the commit that wrote it")
	_, _, err = jonas.Get(notes, ID{7})
	require.ErrorIs(t, err, ErrNoKey)
	put(t, jonas, contacts, ID{3}, "his other work goes on")

	// Twice more: keys between the first and the current one go.
	for range 2 {
		more := Member{Nickname: "Jonas", Writes: []Area{contacts}, Reads: []Area{notes}}
		require.NoError(t, owner.Update(func(tx *Tx) error { return tx.ChangeMember(jonas.Profile(), more) }))
		_, _, err = jonas.Get(notes, ID{7})
		require.NoError(t, err)
		require.NoError(t, owner.Rewrite(context.Background(), func(tx *Tx) error {
			return errors.Join(tx.ChangeMember(jonas.Profile(), less), tx.Reseal(notes))
		}, nil))
		require.Equal(t, granted, grantsOf(t, f, owner, notes))
	}
	name, err := owner.Name(notes, "a name")
	require.NoError(t, err)
	require.NoError(t, owner.Verify())
	require.NoError(t, jonas.Verify())
	require.Zero(t, sharesWith(t, f.Path(), seals))
	path := f.Path()
	require.NoError(t, f.Close())
	require.Zero(t, openedWith(t, path, old.Book, notes, before))
	require.Positive(t, openedWith(t, path, old.Book, contacts, before))
	f, err = Open(path, keys.Cheap)
	require.NoError(t, err)
	defer f.Close()
	s := unlock(t, f, owner.Profile(), "owner")
	require.NoError(t, s.Verify())
	same, err := s.Name(notes, "a name")
	require.NoError(t, err)
	require.Equal(t, name, same)
}

func grantsOf(t *testing.T, f *File, s *Session, a Area) (n int) {
	t.Helper()
	p, _, err := f.table.Load().Open(s.bundle)
	require.NoError(t, err)
	for _, g := range p.Grants {
		if g.Area == uint16(a) {
			n++
		}
	}
	return n
}

// rewriter is set to a book's path and the step to stop at in the process that gets
// killed.
const rewriter = "COUNTERBOOK_TEST_REWRITER"

func TestMain(m *testing.M) {
	if path, step, ok := strings.Cut(os.Getenv(rewriter), "|"); ok {
		rewriteUntilKilled(path, step)
	}
	os.Exit(m.Run())
}

func rewriteUntilKilled(path, step string) {
	rewriteStep = func(at string) error {
		if at == step {
			p, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = p.Kill()
			}
			if err != nil {
				fmt.Println(err)
			}
			select {} // it comes any moment
		}
		return nil
	}
	f := must(Open(path, keys.Cheap))
	s := must(f.Unlock(f.Members()[0].ID, pass("owner")))
	fmt.Println("begins")
	if err := s.Rewrite(context.Background(), erase, nil); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("rewritten")
	os.Exit(0)
}

func TestAKillDuringARewriteLeavesTheOldBookOrTheNew(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 6
	}
	f, owner, _ := shopToRewrite(t)
	id := owner.Profile()
	require.NoError(t, f.Close())
	whole, err := os.ReadFile(f.Path())
	require.NoError(t, err)
	olds, news := 0, 0
	run := func(step string, after time.Duration) {
		dir := t.TempDir()
		path := filepath.Join(dir, "shop.counterbook")
		require.NoError(t, os.WriteFile(path, whole, 0o600))
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), rewriter+"="+path+"|"+step)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		if _, err := fmt.Fscan(out, new(string)); err == nil && after > 0 {
			time.Sleep(after)
			cmd.Process.Kill()
		}
		said, _ := io.ReadAll(out)
		err = cmd.Wait()
		if step != "" {
			require.Error(t, err, "it was to be killed at %q; it said %s", step, said)
		}
		_, err = Check(path)
		require.NoError(t, err)
		f, err := Open(path, keys.Cheap)
		require.NoError(t, err)
		defer f.Close()
		s := unlock(t, f, id, "owner")
		require.NoError(t, s.Verify())
		if isNew(t, s) {
			news++
			require.True(t, step == "" || step == "renamed")
		} else {
			olds++
			require.NotContains(t, string(said), "rewritten", "what was acknowledged is there")
		}
		onlyTheBook(t, f)
		put(t, s, notes, ID{200}, "work goes on")
	}
	for _, step := range steps {
		run(step, 0)
	}
	for range rounds {
		run("", time.Duration(rand.N(40_000)+1)*time.Microsecond)
	}
	t.Logf("%d times the old book, %d times the new one", olds, news)
	require.Positive(t, olds)
	require.Positive(t, news)
}
