package torture

// Power cuts: a writer's calls are played, and the disk is looked at as it may be
// when the power goes at each of them.

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// batch is how many images are made before they are looked at: they take room.
const batch = 500

// afterPowerCuts plays calls and hands over images of the folder at each, some at
// a time. Those that are the same are one.
func afterPowerCuts(t *testing.T, calls []call, d *disk, random int, look func([]image)) {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("%d calls, seed %d", len(calls), seed)
	r := rand.New(rand.NewPCG(seed, 1))
	dir, seen, images := scratch(t), map[[32]byte]bool{}, []image(nil)
	for n, c := range calls {
		changed, err := d.do(c)
		require.NoError(t, err)
		if !changed {
			continue
		}
		for _, files := range d.cuts(r, random) {
			sum := digest(files, d.said)
			if seen[sum] {
				continue
			}
			seen[sum] = true
			if !whole() && r.IntN(3) > 0 {
				continue // some hundreds are enough
			}
			i := image{Dir: filepath.Join(dir, fmt.Sprint(len(seen))), Said: d.said, At: n}
			i.write(t, files)
			if images = append(images, i); len(images) == batch {
				look(images)
				images = nil
			}
		}
	}
	look(images)
}

func (i image) write(t *testing.T, files map[string][]byte) {
	t.Helper()
	require.NoError(t, os.Mkdir(i.Dir, 0o700))
	for name, b := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(i.Dir, name)), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(i.Dir, name), b, 0o600))
	}
}

func digest(files map[string][]byte, said string) [32]byte {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%q %d ", name, len(files[name]))
		h.Write(files[name])
	}
	fmt.Fprint(h, said)
	return [32]byte(h.Sum(nil))
}

// cut is a writer that is played. Where it begins with the small book, that is
// there whatever happens.
type cut struct {
	name, role    string
	born          bool
	rounds, short int // how often the writer serves, whole and in a short run
	random        int // power cuts at each call in which random parts are there, in a whole run
}

func TestInvariant17AfterAPowerCutWhatWasAcknowledgedIsThere(t *testing.T) {
	strace(t)
	for _, c := range []cut{
		{name: "serving, and a change of passphrase", role: "counter", born: true, rounds: 60, short: 2, random: 16},
		{name: "making a book", role: "birth", random: 100},
		{name: "compacting", role: "compact", born: true, random: 100},
		{name: "rewriting", role: "rewrite", born: true, random: 60},
		{name: "restoring", role: "restore", born: true, random: 60},
		{name: "making backups", role: "backup", born: true, rounds: 8, short: 1, random: 40},
	} {
		t.Run(c.name, func(t *testing.T) { c.play(t) })
	}
}

func (c cut) play(t *testing.T) {
	random := 1
	if whole() {
		random = c.random
	}
	calls, d, before := c.record(t)
	n, bad := c.look(t, calls, d, before, random)
	report(t, fmt.Sprintf("power cuts while %s, %d calls", c.name, len(calls)), n, len(bad))
	require.Greater(t, n, 10)
	require.Empty(t, bad)
}

// record lets the writer work, and returns its calls, the disk before the first of
// them, and what the book held.
func (c cut) record(t *testing.T) (calls []call, d *disk, before state) {
	dir, files := scratch(t), map[string][]byte{}
	if c.born {
		now, _ := small(t)
		b, err := os.ReadFile(now)
		require.NoError(t, err)
		files[bookName] = b
		require.NoError(t, os.WriteFile(filepath.Join(dir, bookName), b, 0o600))
		copied := filepath.Join(scratch(t), bookName)
		require.NoError(t, os.WriteFile(copied, b, 0o600))
		before, err = stateOf(copied)
		require.NoError(t, err)
	}
	times := c.short
	if whole() {
		times = c.rounds
	}
	calls = record(t, c.role, bookIn+"="+dir, fmt.Sprintf("%s=%d", rounds, times))
	end := newDisk(dir, files)
	for _, one := range calls {
		_, err := end.do(one)
		require.NoError(t, err)
	}
	sameAsWritten(t, end, dir)
	return calls, newDisk(dir, files), before
}

// look reads all images, and says how many there were and what is wrong with some.
func (c cut) look(t *testing.T, calls []call, d *disk, before state, random int) (n int, bad []string) {
	afterPowerCuts(t, calls, d, random, func(images []image) {
		for i := range images {
			images[i].Born, images[i].Before = c.born, before
		}
		w := &crew[image, string]{role: "mains", gone: func(how string) string { return how }}
		w.run(t, images, func(i image, wrong string) {
			n++
			if wrong != "" {
				bad = append(bad, fmt.Sprintf("call %d: %s", i.At, wrong))
				t.Log(bad[len(bad)-1]) // at once: a whole run takes long
			}
		})
	})
	return n, bad
}

// sameAsWritten asserts that the played disk holds what the writer left on the
// real one, or the images would prove nothing.
func sameAsWritten(t *testing.T, d *disk, dir string) {
	t.Helper()
	played := d.left(yes, yes, nil)
	require.NoError(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		name, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		require.Contains(t, played, name)
		require.True(t, bytes.Equal(b, played[name]), name)
		delete(played, name)
		return nil
	}))
	require.Empty(t, played)
	s, err := hear(d.said)
	require.NoError(t, err)
	require.NotEmpty(t, s.numbers, "the writer said what it did")
}

// A writer that syncs nothing loses something, and the test says so.
func TestAWriterThatSyncsNothingIsFoundOut(t *testing.T) {
	c := cut{role: "counter", born: true, rounds: 1, short: 1}
	calls, d, before := c.record(t)
	calls = slices.DeleteFunc(calls, func(c call) bool { return c.name == "fdatasync" || c.name == "fsync" })
	_, bad := c.look(t, calls, d, before, 0)
	require.NotEmpty(t, bad)
}
