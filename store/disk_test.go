package store_test

// The disk fails while something is saved: it is full, it was pulled out, or it
// does not answer.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/internal/proctest"
)

// waiting is a book in which one invoice was issued and a draft of two lines
// waits for the next number.
type waiting struct {
	t     *testing.T
	b     *store.Book
	s     *store.Session
	ds    *store.Drafts
	is    *store.Invoices
	draft store.Draft
}

func newWaiting(t *testing.T) *waiting {
	b, s := newBook(t, newClock())
	_, _, err := issue(t, s, draft())
	require.NoError(t, err)
	w := &waiting{t: t, b: b, s: s}
	w.ds, w.is = desk(t, s)
	d := draft()
	d.Doc.Lines = append(d.Doc.Lines, frame())
	d.Doc.Note = "for the shop window"
	d, err = w.ds.Save(d)
	require.NoError(t, err)
	w.draft, err = w.ds.Get(d.ID)
	require.NoError(t, err)
	return w
}

func (w *waiting) issue() (invoice.Document, error) {
	return w.is.Issue(context.Background(), w.draft.ID)
}

// keptEverything asserts that the draft is there with every line, that no number
// was taken, and that the book is whole.
func (w *waiting) keptEverything() {
	w.t.Helper()
	d, err := w.ds.Get(w.draft.ID)
	require.NoError(w.t, err)
	require.Equal(w.t, w.draft.Doc, d.Doc)
	require.Equal(w.t, w.draft.Version, d.Version)
	_, issued, err := w.is.Issued(w.draft.ID)
	require.NoError(w.t, err)
	require.False(w.t, issued)
	rows, err := w.is.List("")
	require.NoError(w.t, err)
	require.Len(w.t, rows, 1)
	next, err := w.is.Next(invoice.DateOf(newClock().at))
	require.NoError(w.t, err)
	require.Equal(w.t, "2026-0002", next)
	require.NoError(w.t, w.s.Vault().Verify())
}

// goesOn asserts that the same draft is issued with the next number.
func (w *waiting) goesOn() {
	w.t.Helper()
	doc, err := w.issue()
	require.NoError(w.t, err)
	require.Equal(w.t, "2026-0002", doc.Number)
	require.Len(w.t, doc.Lines, 2)
	require.NoError(w.t, w.s.Vault().Verify())
}

func TestADiskThatFailsWhileIssuingTakesNoNumberAndKeepsTheDraft(t *testing.T) {
	for name, c := range map[string]struct{ cause, want error }{
		"full":            {&fs.PathError{Op: "write", Path: "shop", Err: syscall.ENOSPC}, store.ErrFull},
		"does not answer": {&fs.PathError{Op: "sync", Path: "shop", Err: syscall.EIO}, store.ErrDisk},
		"protected":       {&fs.PathError{Op: "write", Path: "shop", Err: syscall.EROFS}, store.ErrReadOnly},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWaiting(t)
			mended := store.FailCommits(t, c.cause, false)
			for range 3 {
				_, err := w.issue()
				require.ErrorIs(t, err, c.want)
				w.keptEverything()
			}
			mended()
			w.goesOn()
		})
	}
}

// bbolt says in words alone what the disk refuses where the file has to grow.
func TestADiskIsNamedAlsoWhereOnlyWordsSayWhatItRefuses(t *testing.T) {
	for want, cause := range map[error]error{store.ErrFull: syscall.ENOSPC, store.ErrDisk: syscall.EIO, store.ErrReadOnly: syscall.EROFS} {
		err := fmt.Errorf("file sync error: %s", &fs.PathError{Op: "sync", Path: "/shop", Err: cause})
		require.Equal(t, want, store.OfDisk(fmt.Errorf("nothing was committed: %w", err)))
	}
	other := errors.New("something about: no space left on device, and more")
	require.Equal(t, other, store.OfDisk(other))
	require.NoError(t, store.OfDisk(nil))
}

func TestAnIssueWhoseAnswerWasLostIsNotIssuedTwice(t *testing.T) {
	w := newWaiting(t)
	mended := store.FailCommits(t, syscall.EIO, true)
	_, err := w.issue()
	require.ErrorIs(t, err, store.ErrUncertain)
	doc, issued, err := w.is.Issued(w.draft.ID)
	require.NoError(t, err)
	require.True(t, issued)
	require.Equal(t, "2026-0002", doc.Number)
	mended()
	_, err = w.issue()
	require.ErrorIs(t, err, store.ErrNotFound, "the draft is the invoice now")
	_, next, err := issue(t, w.s, draft())
	require.NoError(t, err)
	require.Equal(t, "2026-0003", next.Number)
}

func TestADraftWhoseSaveIsUncertainCanBeAskedFor(t *testing.T) {
	_, s := newBook(t, newClock())
	ds, _ := desk(t, s)
	mended := store.FailCommits(t, syscall.EIO, true)
	d, err := ds.Save(draft())
	require.ErrorIs(t, err, store.ErrUncertain)
	mended()
	got, err := ds.Get(d.ID)
	require.NoError(t, err)
	require.Equal(t, d.Version, got.Version)
	_, err = ds.Save(d)
	require.NoError(t, err)
	require.Len(t, must(ds.List()), 1, "saving it again makes no second one")

	store.FailCommits(t, syscall.ENOSPC, false)
	d, err = ds.Save(draft())
	require.ErrorIs(t, err, store.ErrFull)
	require.True(t, d.ID.IsZero(), "what is certainly not there has no ID")
}

// pull takes the book away as a stick that is pulled out, and returns what puts
// it back. Windows does not let an open file go, which is as good.
func pull(t *testing.T, path string) (back func()) {
	t.Helper()
	away := filepath.Join(t.TempDir(), "stick")
	if err := os.Rename(path, away); err != nil {
		require.FileExists(t, path)
		t.Skip("this system keeps an open file in its place")
	}
	return func() { require.NoError(t, os.Rename(away, path)) }
}

func TestAStickThatIsPulledOutAndPutBackLosesNothing(t *testing.T) {
	w := newWaiting(t)
	back := pull(t, w.b.Info().Path)
	_, err := w.issue()
	require.ErrorIs(t, err, store.ErrMoved)
	require.NoFileExists(t, w.b.Info().Path, "nothing is written beside it")
	back()
	w.keptEverything()
	w.goesOn()
}

func TestAStickThatIsPulledOutInTheMiddleOfACommitIsAskedWhenItIsBack(t *testing.T) {
	for name, written := range map[string]bool{"before it was written": false, "after it was written": true} {
		t.Run(name, func(t *testing.T) {
			w := newWaiting(t)
			path := w.b.Info().Path
			var back func()
			mended := store.FailCommits(t, syscall.EIO, written, func() { back = pull(t, path) })
			_, err := w.issue()
			require.ErrorIs(t, err, store.ErrUncertain)
			mended()
			_, _, err = w.is.Issued(w.draft.ID)
			require.ErrorIs(t, err, store.ErrMoved, "nobody guesses while it is away")
			back()
			_, issued, err := w.is.Issued(w.draft.ID)
			require.NoError(t, err)
			require.Equal(t, written, issued)
			if !written {
				w.keptEverything()
				w.goesOn()
			}
		})
	}
}

func TestABookThatComesBackOlderIsNotWrittenTo(t *testing.T) {
	w := newWaiting(t)
	path := w.b.Info().Path
	old, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = customers(t, w.s).Save(giulia())
	require.NoError(t, err)
	pull(t, path)
	require.NoError(t, os.WriteFile(path, old, 0o600))
	_, err = w.issue()
	require.ErrorIs(t, err, store.ErrMoved, "a change is missing in it")
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, old, now)
}

func TestACopyThatHoldsEveryChangeIsGoneOnWith(t *testing.T) {
	w := newWaiting(t)
	path := w.b.Info().Path
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	pull(t, path)
	require.NoError(t, os.WriteFile(path, whole, 0o600)) // another file to the system, as on a stick put in again
	w.goesOn()
}

func TestACustomerAndANoteThatAreNotSavedAreNotThere(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	c, err := anyway(cs, giulia())
	require.NoError(t, err)
	ns, err := s.Notes()
	require.NoError(t, err)
	mended := store.FailCommits(t, syscall.ENOSPC, false)
	_, err = cs.Save(store.Customer{Name: "Ada"})
	require.ErrorIs(t, err, store.ErrFull)
	_, err = ns.Save(store.Note{Customer: c.ID, Text: "Prefers pickup"})
	require.ErrorIs(t, err, store.ErrFull)
	n, err := cs.Count()
	require.NoError(t, err)
	require.Equal(t, 1, n)
	list, err := ns.Of(c.ID)
	require.NoError(t, err)
	require.Empty(t, list)
	mended()
	saved, err := cs.Save(store.Customer{Name: "Ada"})
	require.NoError(t, err)
	require.Equal(t, "C-00002", saved.Number, "no number of a customer is lost either")
}

func TestInvariant24AClockSetBackTakesNoNumberAndNamesBothDates(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	_, _, err := issue(t, s, draft())
	require.NoError(t, err)
	c.at = c.at.AddDate(-1, 0, 0)
	id, _, err := issue(t, s, draft())
	require.Equal(t, invoice.Problems{{Field: "Date", Rule: "R-CLOCK", Args: []string{"2025-11-22", "2026-11-22"}}}, err)
	ds, is := desk(t, s)
	_, err = ds.Get(id)
	require.NoError(t, err)
	c.at = c.at.AddDate(1, 0, 0)
	doc, err := is.Issue(context.Background(), id)
	require.NoError(t, err)
	require.Equal(t, "2026-0002", doc.Number)
	require.Equal(t, "2026-11-22", doc.Date.String())
}

func TestABookThatIsOpenElsewhereIsRefusedAndTheFirstOneGoesOn(t *testing.T) {
	w := newWaiting(t)
	said, err := proctest.Child("writer", bookToKill+"="+w.b.Info().Path).Output() // as the program started twice
	require.Error(t, err)
	require.Equal(t, "error "+store.ErrBusy.Error(), strings.TrimSpace(string(said)))
	w.keptEverything()
	w.goesOn()
}

// A program that synchronises puts an older copy in place while the disk fails.
func TestAnOlderCopyThatIsThereAfterAFailedCommitGivesNoNumberTwice(t *testing.T) {
	w := newWaiting(t)
	path := w.b.Info().Path
	old, err := os.ReadFile(path)
	require.NoError(t, err)
	_, first, err := issue(t, w.s, draft())
	require.NoError(t, err)
	mended := store.FailCommits(t, syscall.EIO, false, func() {
		require.NoError(t, os.WriteFile(path+".sync", old, 0o600))
		if os.Rename(path+".sync", path) != nil {
			t.Skip("this system keeps an open file in its place")
		}
	})
	_, err = w.issue()
	require.ErrorIs(t, err, store.ErrUncertain, "nobody knows what was written to the file that is gone")
	mended()
	_, err = w.issue()
	require.ErrorIs(t, err, store.ErrMoved, "%s is missing in it", first.Number)
}
