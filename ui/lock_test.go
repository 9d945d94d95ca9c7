package ui

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/export"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
)

// busy is the whole program with its real way to run slow work.
type busy struct {
	*running
	queue *uitest.Queue
	mu    sync.Mutex
	said  []string
}

func (b *busy) say(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = append(b.said, what)
}

func launchBusy(t *testing.T) *busy {
	t.Helper()
	b := &busy{running: &running{clock: screentest.Today, temp: filepath.Join(t.TempDir(), "handouts")}}
	path := filepath.Join(t.TempDir(), "shop.counterbook")
	book, err := screentest.Make(path, screentest.Options())
	require.NoError(t, err)
	require.NoError(t, book.Close())
	a := uitest.NewQueue(test.NewTempApp(t))
	b.queue = a
	b.u, err = New(a, Options{
		KDF: &store.CheapKDF, TempDir: b.temp,
		Now:     func() time.Time { return b.clock },
		Idle:    func() (time.Duration, bool) { return 0, true },
		Restart: func(...string) error { b.say("restarted"); return os.ErrInvalid },
	})
	require.NoError(t, err)
	b.Window = &uitest.Window{T: t, App: a, Window: b.u.window}
	t.Cleanup(func() { b.u.closeBook(); b.u.run.finish(); b.u.closeBook(); b.u.idle.stop(); b.u.window.Close() })
	opened, err := store.Open(path, b.u.store)
	require.NoError(t, err)
	b.u.made(opened)
	s, err := opened.SignIn(opened.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	b.u.shell = newShell(b.u, s)
	return b
}

func TestLockingWaitsForWhatRunsAndTellsItToStop(t *testing.T) {
	b := launchBusy(t)
	begun := make(chan bool)
	b.u.run.Run(func(ctx context.Context) error {
		close(begun)
		<-ctx.Done() // locking asks it to stop, and nothing else does
		time.Sleep(50 * time.Millisecond)
		b.say("stopped")
		return ctx.Err()
	}, func(error) { b.say("told") })
	<-begun
	b.u.Lock()
	b.mu.Lock()
	defer b.mu.Unlock()
	require.Equal(t, []string{"stopped", "restarted"}, b.said, "what is stopped tells a screen nothing that is not there any more")
}

func TestLockingWhileAnInvoiceIsIssuedIssuesItOnceOrNotAtAll(t *testing.T) {
	b := launchBusy(t)
	s := b.u.shell.env.Session
	drafts, err := s.Drafts()
	require.NoError(t, err)
	list, err := drafts.List()
	require.NoError(t, err)
	require.Len(t, list, 1)
	invoices, err := s.Invoices()
	require.NoError(t, err)
	before, err := invoices.List("")
	require.NoError(t, err)
	for range 3 { // each try is answered by what is in the book
		id, begun := list[0].ID, make(chan bool)
		b.u.run.Run(func(ctx context.Context) error {
			close(begun)
			_, err := invoices.Issue(ctx, id)
			return err
		}, func(error) {})
		<-begun
		b.u.Lock()
		for b.u.opening { // the book is opened again beside the window
			time.Sleep(time.Millisecond)
			b.queue.Pass()
		}
		require.NotNil(t, b.u.book)
		s, err := b.u.book.SignIn(b.u.book.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
		require.NoError(t, err)
		b.u.shell = newShell(b.u, s)
		invoices, err = s.Invoices()
		require.NoError(t, err)
		_, issued, err := invoices.Issued(id)
		require.NoError(t, err)
		now, err := invoices.List("")
		require.NoError(t, err)
		drafts, err := s.Drafts()
		require.NoError(t, err)
		left, err := drafts.List()
		require.NoError(t, err)
		if issued {
			require.Len(t, now, len(before)+1)
			require.Empty(t, left)
			return
		}
		require.Len(t, now, len(before))
		require.Len(t, left, 1)
	}
}

func TestLockingWhileAnExportRunsLeavesNothingOfIt(t *testing.T) {
	b := launchBusy(t)
	dir := filepath.Join(t.TempDir(), "export")
	s := b.u.shell.env.Session
	begun := make(chan bool)
	var once sync.Once
	b.u.run.Run(func(ctx context.Context) error {
		all, err := s.Export()
		if err != nil {
			return err
		}
		_, err = export.Write(ctx, all, dir, b.clock, func(export.Progress) {
			once.Do(func() { close(begun) })
			time.Sleep(5 * time.Millisecond)
		})
		return err
	}, func(error) { b.say("told") })
	<-begun
	b.u.Lock()
	require.NoDirExists(t, dir)
	b.mu.Lock()
	defer b.mu.Unlock()
	require.Equal(t, []string{"restarted"}, b.said)
}
