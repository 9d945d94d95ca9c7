// Package ui is the window: the pages before sign-in, the shell around the
// screens, and the way between them. screens.go is the table of all screens;
// package screen says what a screen is.
package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/store/sensitive"
	"counterbook/ui/process"
	"counterbook/ui/screen"
	"counterbook/ui/start"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Options say where the program runs. Zero fields are the real thing; tests
// give their own.
type Options struct {
	Path   string // the book to open; "" is the one of last time, or the welcome
	Sample int    // make a made-up shop of so many customers and open it; 0 makes none

	Now     func() time.Time
	KDF     *store.KDF // cheap in tests
	Run     screen.Background
	Restart func(args ...string) error
	Idle    func() (time.Duration, bool)
	TempDir string // for files handed to a viewer
	// StateDir is where this computer remembers what it saw of books; "" nowhere.
	StateDir string
}

// Preferences are what must be known before anybody signs in. Nothing of the
// shop is among them.
const (
	prefBook    = "book"    // path
	prefProfile = "profile" // id of who signed in last
	prefMode    = "mode"    // widgets.Mode
	prefWidth   = "width"
	prefHeight  = "height"
)

const (
	minWidth, minHeight = 1024, 640
	usualWidth          = 1280
	usualHeight         = 800
)

// App is the running program.
type App struct {
	app    fyne.App
	window fyne.Window
	o      Options
	words  *words.Words
	run    *jobs
	out    *output
	toasts *widgets.Toaster
	store  *store.Options

	book  *store.Book
	page  screen.Screen // before sign-in; nil afterwards
	shell *shell        // nil while nobody is signed in
	idle  *idle

	opening bool // a book is being opened
}

// New builds the window without showing it.
func New(a fyne.App, o Options) (*App, error) {
	var awake func() time.Duration
	if o.Now == nil {
		o.Now, awake = time.Now, store.Awake
	}
	if o.Idle == nil {
		o.Idle = process.Idle
	}
	if o.TempDir == "" {
		dir, err := process.HandoutsDir()
		if err != nil {
			return nil, err
		}
		o.TempDir = dir
	}
	handouts, err := process.OpenHandouts(o.TempDir)
	if err != nil {
		return nil, err
	}
	u := &App{app: a, o: o, words: words.For("en"), out: &output{handouts: handouts}, toasts: widgets.NewToaster()}
	u.run = newJobs(o.Run)
	u.store = &store.Options{Now: o.Now, Awake: awake, KDF: o.KDF, Typeset: typeset, StateDir: o.StateDir}
	u.setMode(widgets.Mode(a.Preferences().Int(prefMode)))
	u.window = a.NewWindow(u.words.T("app.name"))
	u.window.SetPadded(false)
	u.window.SetMaster()
	p := a.Preferences()
	u.window.Resize(fyne.NewSize(max(minWidth, float32(p.FloatWithFallback(prefWidth, usualWidth))),
		max(minHeight, float32(p.FloatWithFallback(prefHeight, usualHeight)))))
	u.window.SetCloseIntercept(u.Quit)
	a.Lifecycle().SetOnStopped(u.stopped)
	widgets.PassShortcuts(u.shortcut)
	widgets.CutFromEntries(u.cutBadge)
	widgets.SayCleaned(u.words.T("cleaned"))
	u.idle = newIdle(u)
	u.begin()
	return u, nil
}

// Window is the program's one window.
func (u *App) Window() fyne.Window { return u.window }

// typeset sets a document on pages in its own language.
func typeset(d invoice.Document, sh store.Shop) ([]paper.Page, error) {
	return paper.Layout(d, words.Labels(d.Language), sh.Style())
}

// begin shows what the program starts with.
func (u *App) begin() {
	path := u.o.Path
	if path == "" {
		path = u.app.Preferences().String(prefBook)
		if _, err := os.Stat(path); path != "" && errors.Is(err, os.ErrNotExist) {
			path = ""
		}
	}
	switch {
	case u.o.Sample > 0:
		u.welcome()
		u.sample(u.o.Sample)
	case path != "":
		u.open(path)
	default:
		u.welcome()
	}
}

// show puts a page into the window, under the toasts.
func (u *App) show(s screen.Screen) {
	u.leavePage()
	u.page = s
	u.window.SetContent(widgets.Stack(s.Content(), u.toasts))
	s.Shown()
}

// startEnv is what the pages before sign-in get.
func (u *App) startEnv() *start.Env {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	return &start.Env{
		Words: u.words, Canvas: u.window.Canvas(), Now: u.o.Now, Options: u.store,
		Say: u.toasts.Say, Fail: u.fail, Run: u.run, Files: files{u}, Out: u.out,
		BookDir: home, MadeUp: u.isSample(),
		Welcome: u.welcome, SetUp: u.setUp, Open: u.open, Made: u.made, Salvage: func(path string) { u.salvage(path, u.welcome) }, Sample: func() { u.sample(sample.Usual) }, SignedIn: u.signedIn,
		Restore: u.restore,
	}
}

// restore shows the page that puts a backup in the place of a book, which is closed
// for that; "" where there is none.
func (u *App) restore(path string) {
	u.closeBook()
	u.setMenu()
	u.show(start.NewRestore(u.startEnv(), path))
}

// leavePage lets the page before sign-in forget what was typed into it.
func (u *App) leavePage() {
	if l, ok := u.page.(screen.Leaver); ok {
		l.Leave(func() {})
	}
	u.page = nil
}

func (u *App) welcome() {
	u.closeBook()
	u.setMenu()
	u.show(start.NewWelcome(u.startEnv()))
}

func (u *App) setUp() { u.show(start.NewSetUp(u.startEnv())) }

// salvage shows how what a damaged book still holds goes into a new one; back leads
// to where one came from.
func (u *App) salvage(path string, back func()) {
	u.closeBook()
	u.setMenu()
	u.show(start.NewSalvage(u.startEnv(), path, back))
}

// damagedBook shows what to do about a book that cannot be opened.
func (u *App) damagedBook(path string, err error) {
	u.closeBook()
	u.setMenu()
	e := u.startEnv()
	e.Salvage = func(wreck string) { u.salvage(wreck, func() { u.damagedBook(path, err) }) }
	u.show(start.NewDamaged(e, path, err))
}

// openingAfter is for how long a book is opened before a page tells of it.
const openingAfter = 200 * time.Millisecond

// open opens a book, locked, beside the window: it is read whole before. The first
// page says why when it cannot be opened; the book is let go again when somebody
// went elsewhere meanwhile.
func (u *App) open(path string) {
	if u.opening {
		return
	}
	opening, from := start.NewOpening(u.startEnv(), path), u.page
	stop := func() {}
	if from == nil {
		u.show(opening)
	} else {
		stop = widgets.After(openingAfter, func() {
			if u.page == from {
				u.show(opening)
			}
		})
	}
	u.opening = true
	var b *store.Book
	u.run.Run(func(ctx context.Context) (err error) {
		b, err = store.Open(path, u.store)
		if err == nil && ctx.Err() != nil { // nobody will be told
			err = errors.Join(ctx.Err(), b.Close())
		}
		return err
	}, func(err error) {
		u.opening = false
		stop()
		switch here := u.page == from || u.page == screen.Screen(opening); {
		case err == nil && here:
			u.made(b)
		case err == nil:
			err = b.Close()
		case here && errors.Is(err, store.ErrDamaged):
			u.damagedBook(path, err)
			return
		case here:
			u.closeBook()
			u.setMenu()
			u.show(start.NewUnopened(u.startEnv(), path, err))
			return
		}
		if err != nil {
			u.fail(err)
		}
	})
}

// made takes over an open book and shows its sign-in.
func (u *App) made(b *store.Book) {
	u.closeBook()
	u.book = b
	u.watch(b)
	if !u.isSample() {
		u.app.Preferences().SetString(prefBook, b.Info().Path)
	}
	u.signIn()
}

func (u *App) signIn() {
	last, _ := store.ParseID(u.app.Preferences().String(prefProfile))
	u.setMenu()
	u.show(start.NewSignIn(u.startEnv(), u.book, last))
}

// signedIn takes over a session and shows the screen its owner left.
func (u *App) signedIn(s *store.Session, _ bool) {
	u.app.Preferences().SetString(prefProfile, s.Profile().ID.String())
	u.page = nil
	u.shell = newShell(u, s)
	u.shell.watchFolder()
	u.setMenu()
	u.shell.resume()
	u.run.Run(s.CheckAreas, func(err error) {
		switch {
		case errors.Is(err, store.ErrDamaged):
			u.damaged(s, err)
		case err != nil:
			u.fail(err)
		}
	})
}

// damaged tells of damage that was found beside the first screen, above every
// screen.
func (u *App) damaged(s *store.Session, err error) {
	if u.shell == nil || u.shell.own().env.Session != s {
		return
	}
	u.shell.own().damage = err
	u.shell.showNotices() // its owner sees it when a preview ends
}

// cutBadge takes a badge out of what is typed anywhere but at the sign-in: it is a
// key, and must not stand on the screen or be kept with unsaved work.
func (u *App) cutBadge(text string) (rest string, cut bool) {
	rest, cut = store.CutBadge(text)
	if cut {
		u.toasts.Say(widgets.Toast{Tone: widgets.Look, Text: u.words.T("shell.badge")})
	}
	return rest, cut
}

// fail tells an error in words. What a person typed is still there.
func (u *App) fail(err error) {
	u.toasts.Say(widgets.Toast{Tone: screen.Tone(err), Text: u.words.Error(err)})
}

// closeBook leaves the session and gives the file back.
func (u *App) closeBook() {
	u.leavePage()
	u.leave(false)
	if u.book == nil {
		return
	}
	dir, temporary := filepath.Dir(u.book.Info().Path), u.isSample()
	if err := u.book.Close(); err != nil {
		u.fail(err)
	}
	u.book = nil
	if temporary {
		if err := os.RemoveAll(dir); err != nil {
			u.fail(err)
		}
	}
}

// leave puts unsaved work on the desk, drops every screen and signs out, with pause
// so that a PIN leads back. It waits for what runs.
func (u *App) leave(pause bool) {
	if u.shell == nil {
		return
	}
	u.run.finish()
	if p := u.shell; p.under != nil {
		u.drop(p)
		u.shell = p.under
	}
	s := u.shell.env.Session
	if !s.Ended() { // otherwise its desk is closed, too
		u.shell.keep()
	}
	u.drop(u.shell)
	u.shell = nil
	if pause {
		u.book.Pause(s)
	} else {
		s.Close()
	}
	if err := u.out.handouts.Clear(); err != nil {
		u.fail(err)
	}
}

// SwitchUser leaves the session and shows the sign-in in the same process. Who has
// set a PIN can come back with it.
func (u *App) SwitchUser() {
	if u.shell == nil {
		return
	}
	u.leave(true)
	u.signIn()
}

// signOut leaves the session for good and shows the sign-in.
func (u *App) signOut() {
	u.leave(false)
	u.signIn()
}

// Lock leaves the session and replaces the process, so that nothing of the book
// stays in memory, nor anything that a PIN opens. Where that fails the sign-in is
// shown in this process.
func (u *App) Lock() {
	if u.shell == nil && !u.paused() {
		return
	}
	u.leave(false)
	u.leavePage()
	u.book.DropPaused()
	path := u.book.Info().Path
	if u.o.Restart == nil {
		u.signIn()
		return
	}
	u.saveSize()
	if err := u.book.Close(); err != nil {
		u.fail(err)
	}
	u.book = nil
	u.fail(u.o.Restart(path))
	u.open(path)
}

// paused reports whether somebody could come back with a PIN.
func (u *App) paused() bool { return u.book != nil && len(u.book.Resumable()) > 0 }

// Quit ends the program; unsaved work is kept. Where somebody chose so and the book
// changed, it is backed up before.
func (u *App) Quit() {
	u.saveSize()
	if u.backsUp() {
		return
	}
	u.end()
}

func (u *App) end() {
	u.closeBook()
	u.run.finish()
	u.app.Quit()
}

// stopped runs when the program ends in a way that asked nobody.
func (u *App) stopped() {
	u.idle.stop()
	u.closeBook()
	u.run.finish()
	u.out.handouts.Clear()
}

func (u *App) saveSize() {
	size := u.window.Canvas().Size()
	u.app.Preferences().SetFloat(prefWidth, float64(size.Width))
	u.app.Preferences().SetFloat(prefHeight, float64(size.Height))
}

func (u *App) setMode(m widgets.Mode) {
	u.app.Preferences().SetInt(prefMode, int(m))
	widgets.ChangeMode(u.app, m)
}

// Run shows the window until the program ends.
func (u *App) Run() {
	go sensitive.BuiltIn() // which takes a moment, and is there when somebody has signed in
	u.idle.start()
	u.window.ShowAndRun()
}
