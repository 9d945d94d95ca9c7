package start

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// desk is a window before sign-in, with doubles that note what they were asked.
type desk struct {
	*uitest.Window
	t    *testing.T
	env  *Env
	now  time.Time
	runs *runner

	timers   []func()
	went     []string // Welcome, SetUp, Sample
	opened   []string
	made     []*store.Book
	sessions []*store.Session
	byKit    bool
	said     []widgets.Toast
	failed   []error
	asked    []string // names proposed to AskSave
	path     string   // what AskSave and AskOpen answer; "" answers nothing
	printed  []string
	printErr error
}

// runner runs slow work at once, or keeps it until it is let go.
type runner struct {
	hold bool
	held []func()
}

func (r *runner) Run(work func(ctx context.Context) error, done func(error)) {
	job := func() { done(work(context.Background())) }
	if r.hold {
		r.held = append(r.held, job)
		return
	}
	job()
}

func (r *runner) letGo() {
	held := r.held
	r.held, r.hold = nil, false
	for _, job := range held {
		job()
	}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{Window: uitest.New(t, screentest.Size), t: t, now: screentest.Today, runs: &runner{}}
	o := screentest.Options()
	o.Now = func() time.Time { return d.now }
	d.env = &Env{
		Words: words.For("en"), Canvas: d.Canvas(), Now: o.Now, Options: o, BookDir: filepath.Join(t.TempDir(), "books"),
		Say:  func(m widgets.Toast) { d.said = append(d.said, m) },
		Fail: func(err error) { d.failed = append(d.failed, err) },
		Run:  d.runs, Files: d, Out: d,
		After: func(_ time.Duration, f func()) func() {
			d.timers = append(d.timers, f)
			return func() { d.timers = nil }
		},
		Welcome: func() { d.went = append(d.went, "welcome") },
		SetUp:   func() { d.went = append(d.went, "setup") },
		Sample:  func() { d.went = append(d.went, "sample") },
		Open:    func(path string) { d.opened = append(d.opened, path) },
		Restore: func(path string) { d.went = append(d.went, "restore "+path) },
		Made:    func(b *store.Book) { d.made = append(d.made, b); t.Cleanup(func() { b.Close() }) },
		SignedIn: func(s *store.Session, kit bool) {
			d.sessions = append(d.sessions, s)
			d.byKit = kit
			t.Cleanup(s.Close)
		},
	}
	return d
}

func (d *desk) AskSave(name string, then func(string)) {
	d.asked = append(d.asked, name)
	if d.path != "" {
		then(d.path)
	}
}

func (d *desk) AskOpen(endings []string, then func(string)) {
	d.asked = append(d.asked, endings...)
	if d.path != "" {
		then(d.path)
	}
}

func (d *desk) AskFolder(then func(string)) { d.AskOpen(nil, then) }

func (d *desk) Open([]byte) error { return nil }

func (d *desk) Print(_ context.Context, title string, pdf []byte) (bool, error) {
	d.printed = append(d.printed, title+" "+string(pdf[:5]))
	return false, d.printErr
}

// pass lets time go by, in steps of a second, as a clock would.
func (d *desk) pass(by time.Duration) {
	for range int(by / time.Second) {
		d.now = d.now.Add(time.Second)
		due := d.timers
		d.timers = nil
		for _, f := range due {
			f()
		}
	}
	d.Settle()
}

func (d *desk) show(s screen.Screen) {
	d.t.Helper()
	d.Show(s.Content())
	s.Shown()
	d.Settle()
}

// looks checks the window in both sizes and modes and takes pictures of it,
// where the test was asked to.
func (d *desk) looks(name string) {
	d.t.Helper()
	dir := os.Getenv("COUNTERBOOK_SHOTS")
	for _, mode := range []widgets.Mode{widgets.Dark, widgets.Light} {
		d.SetMode(mode)
		for _, size := range []fyne.Size{fyne.NewSize(1024, 640), screentest.Size} {
			d.Resize(size)
			d.CheckLooks()
			if dir != "" {
				file := name
				if mode == widgets.Dark {
					file += "-dark"
				}
				if size.Width < 1280 {
					file += "-small"
				}
				d.Capture(filepath.Join(dir, file+".png"))
			}
		}
	}
	for _, s := range d.Texts() {
		require.False(d.t, strings.HasPrefix(s, "start.") || strings.HasPrefix(s, "common."), "no text for %q", s)
	}
}

// book makes the made-up shop and opens it locked.
func (d *desk) book() *store.Book {
	d.t.Helper()
	b, err := screentest.Make(filepath.Join(d.t.TempDir(), "atelier-rossi.counterbook"), d.env.Options)
	require.NoError(d.t, err)
	d.t.Cleanup(func() { b.Close() })
	return b
}

// ownBook makes an empty book and returns its kit.
func (d *desk) ownBook(nickname, passphrase string) (*store.Book, *store.Kit) {
	d.t.Helper()
	k := store.NewKit()
	require.NoError(d.t, k.Confirm(k.Groups()[k.Ask()[0]], k.Groups()[k.Ask()[1]]))
	sh := store.DefaultShop("AT")
	sh.Name = "Atelier Rossi"
	b, err := store.Create(filepath.Join(d.t.TempDir(), "own.counterbook"), k, sh, store.NewProfile{Nickname: nickname, Passphrase: passphrase}, d.env.Options)
	require.NoError(d.t, err)
	d.t.Cleanup(func() { b.Close() })
	return b, k
}

func TestWelcomeOffersThreeWaysByKeyboard(t *testing.T) {
	d := newDesk(t)
	d.show(NewWelcome(d.env))
	d.looks("welcome")
	require.Equal(t, "Set up my shop", d.Focused())
	require.True(t, d.HasText("The next page names everybody's passphrase."))
	d.Press(fyne.KeyReturn)
	require.Equal(t, []string{"setup"}, d.went)

	d.Press(fyne.KeyTab, fyne.KeySpace)
	require.Equal(t, []string{"setup", "sample"}, d.went)
	require.True(t, d.HasText("Making the shop…"))
	require.False(t, d.Has("Look around"), "a second one is not made meanwhile")
	d.looks("welcome-making")
	d.pass(2 * time.Second)
	require.True(t, d.Has("Look around"), "it can be asked for again when making failed")

	d.path = "/books/old.counterbook"
	d.Tap("Open an existing book…")
	require.Equal(t, []string{".counterbook"}, d.asked)
	require.Equal(t, []string{"/books/old.counterbook"}, d.opened)
}

func TestMakingAShopShowsHowFarItIsAndCanBeStopped(t *testing.T) {
	d := newDesk(t)
	stopped := 0
	m := NewMaking(d.env, 50000, func() { stopped++ })
	d.show(m)
	require.True(t, d.HasText("Making a shop of 50,000 customers…"))
	m.Set(0.426)
	require.True(t, d.HasText("42 % done"))
	d.looks("making")
	require.Equal(t, "Cancel", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Equal(t, 1, stopped)
}
