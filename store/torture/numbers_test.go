//go:build unix

package torture

// Numbers, whatever happens between one invoice and the next, beside a model.

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"counterbook/store"
	"counterbook/store/internal/booktest"
	"counterbook/store/internal/vault"
)

// counterModel is what the book must say of its drafts and numbers.
type counterModel struct {
	dir, path string
	made      int // files
	now       time.Time
	b         *store.Book
	tills     [2]till // two sessions of the owner
	waiting   []store.DraftID
	issued    map[store.DraftID]string
	next      map[int]int // number of a year's next invoice
}

func (m *counterModel) options() *store.Options {
	o := options()
	o.Now = func() time.Time { return m.now }
	return o
}

func (m *counterModel) open(t *rapid.T) {
	var err error
	m.b, err = store.Open(m.path, m.options())
	require.NoError(t, err)
	for i := range m.tills {
		m.tills[i], err = signIn(m.b, ownerPass)
		require.NoError(t, err)
	}
}

func (m *counterModel) any(t *rapid.T) till {
	return m.tills[rapid.IntRange(0, 1).Draw(t, "session")]
}

func (m *counterModel) Draft(t *rapid.T) {
	d, err := m.any(t).ds.Save(booktest.DraftFor(booktest.Customer("Giulia Conti")))
	require.NoError(t, err)
	m.waiting = append(m.waiting, d.ID)
}

func (m *counterModel) number() string {
	return fmt.Sprintf("%d-%04d", m.now.Year(), m.next[m.now.Year()]+1)
}

// took notes that a draft has its number.
func (m *counterModel) took(t *rapid.T, id store.DraftID, number string) {
	require.Equal(t, m.number(), number)
	m.next[m.now.Year()]++
	m.waiting = slices.DeleteFunc(m.waiting, func(o store.DraftID) bool { return o == id })
	m.issued[id] = number
}

func (m *counterModel) pick(t *rapid.T) store.DraftID {
	if len(m.waiting) == 0 {
		t.Skip("no draft")
	}
	return rapid.SampledFrom(m.waiting).Draw(t, "draft")
}

func (m *counterModel) Issue(t *rapid.T) {
	id := m.pick(t)
	doc, err := m.any(t).is.Issue(context.Background(), id)
	require.NoError(t, err)
	m.took(t, id, doc.Number)
}

// IssueAgain tries what has its number already.
func (m *counterModel) IssueAgain(t *rapid.T) {
	if len(m.issued) == 0 {
		t.Skip("nothing issued")
	}
	all := slices.SortedFunc(maps.Keys(m.issued), func(a, b store.DraftID) int { return slices.Compare(a[:], b[:]) })
	_, err := m.any(t).is.Issue(context.Background(), rapid.SampledFrom(all).Draw(t, "issued"))
	require.ErrorIs(t, err, store.ErrNotFound)
}

// IssueOnABadDisk lets the commit fail, before or after it was written. Who was
// told so asks, and issues again what was not issued.
func (m *counterModel) IssueOnABadDisk(t *rapid.T) {
	id, at := m.pick(t), m.any(t)
	written := rapid.Bool().Draw(t, "written")
	vault.CommitTx = func(tx *bolt.Tx) error {
		end := tx.Rollback
		if written {
			end = tx.Commit
		}
		return errors.Join(end(), syscall.EIO)
	}
	_, err := at.is.Issue(context.Background(), id)
	vault.CommitTx = (*bolt.Tx).Commit
	want := store.ErrDisk
	if written {
		want = store.ErrUncertain
	}
	require.ErrorIs(t, err, want)
	doc, issued, err := m.any(t).is.Issued(id)
	require.NoError(t, err)
	require.Equal(t, written, issued)
	if issued {
		m.took(t, id, doc.Number)
	}
}

// Cancelled stops an issue before it began.
func (m *counterModel) Cancelled(t *rapid.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := m.any(t).is.Issue(ctx, m.pick(t))
	require.ErrorIs(t, err, context.Canceled)
}

// Crash ends the program without closing anything: what lies on the disk is
// opened again.
func (m *counterModel) Crash(t *rapid.T) {
	b, err := os.ReadFile(m.path)
	require.NoError(t, err)
	m.close()
	m.made++
	m.path = filepath.Join(m.dir, fmt.Sprintf("%d.counterbook", m.made))
	require.NoError(t, os.WriteFile(m.path, b, 0o600))
	m.open(t)
}

func (m *counterModel) DaysPass(t *rapid.T) {
	m.now = m.now.AddDate(0, 0, rapid.IntRange(1, 100).Draw(t, "days"))
}

func (m *counterModel) close() {
	for _, t := range m.tills {
		t.Close()
	}
	m.b.Close()
}

// Check compares the list with the model after each step.
func (m *counterModel) Check(t *rapid.T) {
	for _, at := range m.tills {
		rows, err := at.is.List("")
		require.NoError(t, err)
		numbers := map[store.DraftID]string{}
		for _, r := range rows {
			numbers[r.ID] = r.Number
		}
		require.Equal(t, m.issued, numbers)
		require.Len(t, rows, len(m.issued), "nothing twice")
	}
}

func TestInvariant22NumbersRunFromOneWithoutGapOrRepeat(t *testing.T) {
	checks := "8"
	if whole() {
		checks = "400"
	}
	was := flag.Lookup("rapid.checks").Value.String()
	require.NoError(t, flag.Set("rapid.checks", checks))
	t.Cleanup(func() { flag.Set("rapid.checks", was) })
	dir := scratch(t)
	empty := filepath.Join(dir, "empty")
	b, err := create(empty, options())
	require.NoError(t, err)
	require.NoError(t, b.Close())
	raw, err := os.ReadFile(empty)
	require.NoError(t, err)
	ran, steps := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		own, err := os.MkdirTemp(dir, "run-")
		require.NoError(t, err)
		m := &counterModel{dir: own, path: filepath.Join(own, bookName), now: today,
			issued: map[store.DraftID]string{}, next: map[int]int{}}
		require.NoError(t, os.WriteFile(m.path, raw, 0o600))
		m.open(t)
		defer os.RemoveAll(own)
		defer func() { m.close() }()
		ran++
		actions := rapid.StateMachineActions(m)
		check := actions[""]
		actions[""] = func(t *rapid.T) { steps++; check(t) }
		t.Repeat(actions)
		m.close()
		require.NoError(t, verified(m.path, ownerPass))
	})
	report(t, fmt.Sprintf("histories of issuing, with %d steps", steps), ran, 0)
}
