package ui

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/start"
	"counterbook/ui/uitest"
)

// later keeps slow work until it is let go; the work is given a context that
// stop ends.
type later struct {
	jobs []func()
	stop context.CancelFunc
}

func (l *later) Run(work func(context.Context) error, done func(error)) {
	ctx, stop := context.WithCancel(context.Background())
	l.stop = stop
	l.jobs = append(l.jobs, func() { done(work(ctx)) })
}

func (l *later) letGo() {
	for _, job := range l.jobs {
		job()
	}
	l.jobs = nil
}

// lookAround starts the program with a made-up shop, whose folder is in temp.
func lookAround(t *testing.T, customers int, run screen.Background) (r *running, temp string) {
	t.Helper()
	temp = t.TempDir()
	t.Setenv("TMPDIR", temp)
	r = &running{clock: screentest.Today}
	a := test.NewTempApp(t)
	var err error
	r.u, err = New(a, Options{
		Sample: customers, KDF: &store.CheapKDF, Run: run, TempDir: filepath.Join(t.TempDir(), "handouts"),
		Now:  func() time.Time { return r.clock },
		Idle: func() (time.Duration, bool) { return 0, true },
	})
	require.NoError(t, err)
	r.Window = &uitest.Window{T: t, App: a, Window: r.u.window}
	r.u.window.Resize(screentest.Size)
	t.Cleanup(func() { r.u.closeBook(); r.u.idle.stop(); r.u.window.Close() })
	return r, temp
}

func left(t *testing.T, temp string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(temp, sampleMark+"*"))
	require.NoError(t, err)
	return len(found)
}

func TestAMadeUpShopOfTheSizeAskedForIsOpenedAndGoneAfterwards(t *testing.T) {
	r, temp := lookAround(t, 14, screentest.Inline{})
	require.Equal(t, 1, left(t, temp))
	require.True(t, r.HasText("Passphrase of Marta R.:"))
	sh := r.signIn(0)
	cs, err := sh.env.Session.Customers()
	require.NoError(t, err)
	n, err := cs.Count()
	require.NoError(t, err)
	require.Equal(t, 14, n)
	require.Empty(t, r.u.app.Preferences().String(prefBook), "it is not the book of next time")
	r.u.Quit()
	require.Zero(t, left(t, temp))
}

func TestMakingAShopThatIsStoppedLeavesNothingAndLeadsBack(t *testing.T) {
	run := &later{}
	r, temp := lookAround(t, 14, run)
	run.stop()
	run.letGo()
	require.Zero(t, left(t, temp))
	require.Nil(t, r.u.book)
	require.True(t, r.Has("Look around"))
}

func TestAShopThatIsMadeAfterSomebodyWentElsewhereIsGivenUp(t *testing.T) {
	run := &later{}
	r, temp := lookAround(t, 3, run)
	r.u.setUp()
	page := r.u.page
	run.letGo()
	require.Equal(t, page, r.u.page, "nothing is taken away from who sets up a shop")
	require.Zero(t, left(t, temp))
}

func TestAShopThatTakesLongTellsHowFarItIs(t *testing.T) {
	run := &later{}
	r, _ := lookAround(t, 3, run)
	m := start.NewMaking(r.u.startEnv(), 3, func() {})
	r.u.tellOf(m, r.u.page)
	require.True(t, r.HasText("Making a shop of 3 customers…"))
	run.letGo()
	require.True(t, r.HasText("Passphrase of Marta R.:"))
	page := r.u.page
	r.u.tellOf(m, nil)
	require.Equal(t, page, r.u.page, "it is too late to tell")
}
