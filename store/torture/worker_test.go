//go:build unix

package torture

// The worker: a process that opens damaged books, so that a test lives when it
// dies or hangs.

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/internal/proctest"
	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/keys"
)

// most is how much memory the worker may ever have had, in KiB.
const most = 1 << 20

func TestMain(m *testing.M) {
	code := proctest.Main(m)
	scrap.remove()
	os.Exit(code)
}

// child is a process of this test binary that plays a role.
func child(role string, env ...string) *exec.Cmd {
	cmd := proctest.Child(role, env...)
	cmd.Stderr = io.Discard
	return cmd
}

const workIn = "COUNTERBOOK_TORTURE_DIR"

func init() { proctest.Role("worker", work) }

// fate is what became of one case, without what the computer remembers of the
// book and with it.
type fate struct {
	Without, With string
	Bad           bool // without
	BadWith       bool
	Peak          int // KiB of memory the process ever had
}

// work reads cases and says what became of each.
func work() error {
	w, err := newWorker()
	if err != nil {
		return err
	}
	return answer(os.Stdin, os.Stdout, func(h hurt) (fate, error) {
		f, err := w.try(h)
		f.Peak = peak()
		return f, err
	})
}

func newWorker() (*worker, error) {
	dir := os.Getenv(workIn)
	book, err := os.ReadFile(filepath.Join(dir, "now"))
	if err != nil {
		return nil, err
	}
	earlier, err := os.ReadFile(filepath.Join(dir, "earlier"))
	if err != nil {
		return nil, err
	}
	own, err := os.MkdirTemp(dir, "worker-")
	if err != nil {
		return nil, err
	}
	w := &worker{path: filepath.Join(own, "shop.counterbook"), book: book, earlier: earlier}
	return w, w.learn()
}

type worker struct {
	path          string
	book, earlier []byte
	truth         truth
	future        future
	memory        string // folder in which this computer remembers the book
	seen          []byte // what it remembers
}

// learn reads the book as it is, and what a few writes make of it.
func (w *worker) learn() (err error) {
	if err := (hurt{Kind: "none"}).apply(w.path, w.book, w.earlier); err != nil {
		return err
	}
	if w.truth, err = look(w.path); err != nil {
		return err
	}
	if err := w.remember(); err != nil {
		return err
	}
	w.future, err = futureOf(w.truth, w.path)
	return err
}

// try hurts a copy of the book and opens it, without and with what the computer
// remembers of the book; where it opens, it is written to and read again.
func (w *worker) try(h hurt) (fate, error) {
	if err := os.Remove(w.path); err != nil { // another file to the system, that nobody holds
		return fate{}, err
	}
	if err := h.apply(w.path, w.book, w.earlier); err != nil {
		return fate{}, err
	}
	got, err := look(w.path)
	if err != nil {
		said := refused(err)
		_, again := look(w.path)
		bad := again == nil || errors.Is(again, vault.ErrBusy)
		if bad {
			said += ", AND THEN " + word(again)
		}
		if tells(err) {
			said, bad = said+", TELLING WHAT IS IN IT", true
		}
		return fate{said, said, bad, bad, 0}, nil
	}
	if how := w.truth.differs(got); how != "" {
		f := fate{Without: "SILENTLY " + strings.ToUpper(how), Bad: true, With: "SILENTLY " + strings.ToUpper(how), BadWith: true}
		said, err := w.remembered()
		if said != "" {
			f.With, f.BadWith = said, false
		}
		return f, err
	}
	if said, err := w.remembered(); said != "" || err != nil {
		said = "THE SAME, AND " + said
		return fate{said, said, true, true, 0}, err
	}
	said, bad := w.writeOn()
	return fate{said, said, bad, bad, 0}, nil
}

// remember has this computer see the book as it is.
func (w *worker) remember() error {
	f, err := vault.Open(w.path, keys.Cheap)
	if err != nil {
		return err
	}
	defer f.Close()
	w.memory = filepath.Join(filepath.Dir(w.path), "state")
	if err := f.Remember(w.memory, options().Now); err != nil {
		return err
	}
	f.Settle()
	w.seen, err = os.ReadFile(vault.SidecarPath(w.memory, f.Book()))
	return err
}

// remembering are options of a computer that has seen the book as it was.
func (w *worker) remembering() (*store.Options, error) {
	entries, err := os.ReadDir(w.memory)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".seen" {
			continue
		}
		if err := os.WriteFile(filepath.Join(w.memory, e.Name()), w.seen, 0o600); err != nil {
			return nil, err
		}
	}
	o := options()
	o.StateDir = w.memory
	return o, nil
}

// remembered opens the book on a computer that has seen it, and says how that
// was refused, or nothing.
func (w *worker) remembered() (string, error) {
	o, err := w.remembering()
	if err != nil {
		return "", err
	}
	b, err := store.Open(w.path, o)
	if err != nil {
		return refused(err), nil
	}
	defer b.Close()
	if err := b.Standing(); err != nil {
		return "remembered otherwise: " + word(err), nil
	}
	return "", nil
}

// writeOn writes to a book that was read as it should be.
func (w *worker) writeOn() (said string, bad bool) {
	o, err := w.remembering()
	if err != nil {
		return err.Error(), true
	}
	failed := writes(w.path, o)
	after, err := verify(w.path)
	switch {
	case failed != nil && err != nil:
		// Nothing was acknowledged that is lost, but what was there before does not open.
		return "DESTROYED BY A WRITE THAT FAILED: " + word(failed) + ", " + word(err), true
	case failed != nil:
		if how := w.truth.differs(after); how == "older" || how == "fewer" {
			return "A WRITE FAILED AND LEFT IT " + strings.ToUpper(how), true
		}
		return "refused when writing: " + word(failed), false
	case err != nil:
		return "DESTROYED BY THE NEXT WRITE: " + word(err), true
	}
	if lost := w.future.lost(w.truth, after); lost != "" {
		return "THE NEXT WRITE LOST " + lost, true
	}
	return "the same in every bit", false
}

// tells reports whether an error says something that the book keeps to itself.
func tells(err error) bool {
	for _, secret := range []string{ownerPass, staffPass, "Giulia", "Conti", "Ada", "Berg", "Neubaugasse", "4471", "pickup", "Frame"} {
		if strings.Contains(err.Error(), secret) {
			return true
		}
	}
	return false
}

func refused(err error) string {
	var r *refusal
	if errors.As(err, &r) {
		return "refused at " + r.at + ": " + word(r.err)
	}
	return "refused: " + word(err)
}

// word is a short name of an error, the same for all of a kind.
func word(err error) string {
	var d *vault.Damaged
	var e *store.DamagedError
	switch {
	case err == nil:
		return "nothing"
	case errors.As(err, &d):
		return "damaged " + d.Where
	case errors.As(err, &e):
		return "damaged " + e.Where
	}
	return strings.TrimPrefix(strings.TrimPrefix(err.Error(), "vault: "), "store: ")
}

// peak is the most memory this process has had, in KiB, or 0 where the system
// does not say.
func peak() int {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kib int
	if _, rest, ok := strings.Cut(string(b), "VmHWM:"); ok {
		fmt.Sscan(rest, &kib)
	}
	return kib
}

// tryAll calls each with what became of every case, tried by a role.
func tryAll(t *testing.T, role string, cases []hurt, each func(hurt, fate)) {
	t.Helper()
	dir := scratch(t)
	now, earlier := small(t)
	for name, from := range map[string]string{"now": now, "earlier": earlier} {
		b, err := os.ReadFile(from)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), b, 0o600))
	}
	c := &crew[hurt, fate]{role: role, env: []string{workIn + "=" + dir},
		gone: func(how string) fate { return fate{how, how, true, true, 0} }}
	c.run(t, cases, each)
}
