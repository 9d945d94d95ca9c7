package ui

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
	"counterbook/ui/widgets"
)

// running is the whole program in a window without a display, on the made-up
// shop.
type running struct {
	*uitest.Window
	u         *App
	clock     time.Time
	still     time.Duration // idle time the system reports
	restarted []string      // arguments of the last restart
	temp      string
}

func launch(t *testing.T) *running {
	t.Helper()
	r := &running{clock: screentest.Today, temp: filepath.Join(t.TempDir(), "handouts")}
	path := filepath.Join(t.TempDir(), "shop.counterbook")
	b, err := screentest.Make(path, screentest.Options())
	require.NoError(t, err)
	require.NoError(t, b.Close())
	a := test.NewTempApp(t)
	r.u, err = New(a, Options{
		Path: path, KDF: &store.CheapKDF, Run: screentest.Inline{}, TempDir: r.temp,
		Now:  func() time.Time { return r.clock },
		Idle: func() (time.Duration, bool) { return r.still, true },
		// The new process opens the book; here the same one does.
		Restart: func(args ...string) error { r.restarted = args; return os.ErrInvalid },
	})
	require.NoError(t, err)
	r.Window = &uitest.Window{T: t, App: a, Window: r.u.window}
	r.u.window.Resize(screentest.Size)
	t.Cleanup(func() { r.u.closeBook(); r.u.idle.stop(); r.u.window.Close() })
	return r
}

// signIn signs in the profile of that number without the sign-in page.
func (r *running) signIn(n int) *shell {
	r.T.Helper()
	s, err := r.u.book.SignIn(r.u.book.Info().Profiles[n].ID, store.Passphrase(sample.Passphrase))
	require.NoError(r.T, err)
	r.u.signedIn(s, false)
	r.Settle()
	return r.u.shell
}

func ctrl(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: command}
}

// sees is the places of each role, as they were decided.
var sees = map[store.Role][]screen.Place{
	store.Owner:      {screen.Customers, screen.Invoices, screen.Items, screen.Staff, screen.Activity, screen.Settings},
	store.Manager:    {screen.Customers, screen.Invoices, screen.Items},
	store.FrontDesk:  {screen.Customers, screen.Invoices, screen.Items},
	store.Invoicing:  {screen.Customers, screen.Invoices, screen.Items},
	store.Workshop:   {screen.Customers, screen.Items},
	store.Bookkeeper: {screen.Invoices, screen.Items},
	store.Trainee:    {screen.Customers, screen.Invoices, screen.Items},
}

func TestARoleFindsOnlyItsScreensByRailMenuShortcutOrRoute(t *testing.T) {
	r := launch(t)
	sh := r.signIn(0)
	st, err := sh.env.Session.Staff()
	require.NoError(t, err)
	first := len(r.u.book.Info().Profiles)
	for _, role := range store.Roles()[1:] {
		_, err := st.Add(store.NewProfile{Nickname: "As " + role.String(), Role: role, Passphrase: sample.Passphrase, Chosen: true})
		require.NoError(t, err)
	}
	for i, role := range store.Roles() {
		n := 0
		if i > 0 {
			n = first + i - 1
		}
		r.u.SwitchUser()
		sh := r.signIn(n)
		var rail []screen.Place
		for _, p := range onRail(sh.env.Session) {
			rail = append(rail, p.place)
		}
		require.Equal(t, sees[role], rail, role)
		var menu []string
		for _, a := range r.u.actions()["menu.go"] {
			menu = append(menu, a.label)
		}
		for _, p := range places {
			may := p.allowed(sh.env.Session)
			if p.place == p.under {
				require.Equal(t, may, slices.Contains(sees[role], p.place), "%s: %s", role, p.place)
				label := r.u.words.T("place." + string(p.place))
				require.Equal(t, may, slices.Contains(menu, "place."+string(p.place)), "%s: %s in the menu", role, p.place)
				require.Equal(t, may, slices.Contains(r.Texts(), label) || r.HasText(label), "%s: %s on the rail", role, p.place)
			}
			sh.enter(screen.Route{Place: p.place})
			require.Equal(t, may, sh.route.Place == p.place, "%s at %s", role, p.place)
		}
		for key := 1; key <= 9; key++ {
			r.u.shortcut(ctrl(fyne.KeyName(rune('0' + key))))
			p, _ := find(sh.route.Place)
			require.True(t, p.allowed(sh.env.Session), "%s by shortcut %d", role, key)
		}
	}
}

func TestInvariant30LockingDropsEverythingAndReplacesTheProcess(t *testing.T) {
	r := launch(t)
	sh := r.signIn(0)
	sh.open(screen.Route{Place: screen.Invoices})
	path := r.u.book.Info().Path
	_, err := r.u.out.handouts.Put(".pdf", []byte("an invoice"))
	require.NoError(t, err)
	r.u.shortcut(ctrl(fyne.KeyL))
	require.Equal(t, []string{path}, r.restarted)
	require.Nil(t, r.u.shell)
	require.False(t, sh.env.Session.Can(store.ReadShop), "the session is of no use any more")
	left, err := os.ReadDir(r.temp)
	require.NoError(t, err)
	require.Empty(t, left)
	require.False(t, r.HasText("Giulia"))
	sh = r.signIn(0)
	require.Equal(t, screen.Invoices, sh.route.Place, "one comes back to where one was")
}

func TestWhatWasTypedIsThereAgainForWhoTypedItAlsoFromADialog(t *testing.T) {
	r := launch(t)
	r.signIn(1)
	r.u.shortcut(ctrl(fyne.KeyN))
	r.Settle()
	r.Type("Name", "Half a name")
	r.u.shortcut(ctrl(fyne.KeyL))
	require.False(t, r.HasText("Half a name"))
	require.Nil(t, r.u.window.Canvas().Overlays().Top())

	r.signIn(0)
	require.False(t, r.HasText("Half a name"), "nobody else gets it")
	r.u.SwitchUser()
	r.signIn(1)
	require.NotNil(t, r.u.window.Canvas().Overlays().Top(), "the dialog is open again")
	require.Equal(t, "Half a name", r.Value("Name"))
}

func TestAnIdleBookLocksAlsoWithADialogOpen(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	require.Equal(t, 5*time.Minute, sh.lockAfter)
	r.u.shortcut(ctrl(fyne.KeyN))
	r.Settle()
	r.Type("Name", "Half a name")
	r.clock, r.still = r.clock.Add(4*time.Minute), 4*time.Minute
	r.u.idle.tick()
	require.NotNil(t, r.u.shell)
	r.clock, r.still = r.clock.Add(90*time.Second), 30*time.Second
	r.u.idle.tick()
	require.NotNil(t, r.u.shell, "somebody moved the mouse outside our widgets")
	r.still = 6 * time.Minute
	r.u.idle.tick()
	require.Nil(t, r.u.shell)
	require.Nil(t, r.u.window.Canvas().Overlays().Top())
	r.signIn(1)
	require.Equal(t, "Half a name", r.Value("Name"))
}

func TestUnsavedWorkGoesToTheDeskWithoutLocking(t *testing.T) {
	r := launch(t)
	sh := r.signIn(1)
	r.u.shortcut(ctrl(fyne.KeyN))
	r.Settle()
	r.Type("Name", "Half a name")
	r.clock = r.clock.Add(time.Minute)
	r.u.idle.tick()
	kept, err := sh.env.Session.Desk().Has(deskWork)
	require.NoError(t, err)
	require.True(t, kept)
}

func TestShortcutsDoNothingUnderADialogButLockAndSave(t *testing.T) {
	r := launch(t)
	sh := r.signIn(0)
	r.u.shortcut(ctrl(fyne.KeyN))
	require.NotNil(t, r.u.window.Canvas().Overlays().Top())
	r.u.shortcut(ctrl(fyne.Key2))
	require.Equal(t, screen.Customers, sh.route.Place)
	require.False(t, r.u.shortcut(ctrl(fyne.KeyZ)), "what is nobody's is not taken")
}

// TestEveryScreenHasNothingClippedOverlappingOrFaint measures all screens in
// both modes, as the owner sees them, and leaves a picture of each.
func TestEveryScreenHasNothingClippedOverlappingOrFaint(t *testing.T) {
	r := launch(t)
	look := func(name string) {
		t.Helper()
		for _, m := range []struct {
			mode widgets.Mode
			name string
		}{{widgets.Light, "light"}, {widgets.Dark, "dark"}} {
			r.SetMode(m.mode)
			if dir := os.Getenv("PICTURES"); dir != "" {
				r.Capture(filepath.Join(dir, name+"-"+m.name+".png"))
			}
			r.CheckLooks()
		}
	}
	look("sign-in")
	sh := r.signIn(0)
	cs, err := sh.env.Session.Customers()
	require.NoError(t, err)
	found, err := cs.List("giulia")
	require.NoError(t, err)
	is, err := sh.env.Session.Invoices()
	require.NoError(t, err)
	issued, err := is.List("")
	require.NoError(t, err)
	ds, err := sh.env.Session.Drafts()
	require.NoError(t, err)
	drafts, err := ds.List()
	require.NoError(t, err)
	for _, p := range places {
		route := screen.Route{Place: p.place}
		switch p.place {
		case screen.Invoice:
			route.ID = issued[0].ID
		case screen.Draft:
			route.ID = drafts[0].ID
		}
		sh.open(route)
		look(string(p.place))
	}
	sh.open(screen.Route{Place: screen.Customers, ID: found[0].ID})
	look("customer")
	sh.open(screen.Route{Place: screen.Customers})
	r.u.shortcut(ctrl(fyne.KeyN))
	look("customer-form")
	r.u.SwitchUser()
	r.u.setUp()
	look("set-up")
	r.u.welcome()
	look("welcome")
}

func TestNothingOfTheShopIsInPreferencesOrTheTemporaryFolder(t *testing.T) {
	r := launch(t)
	sh := r.signIn(0)
	for _, p := range places {
		sh.open(screen.Route{Place: p.place})
	}
	r.u.SwitchUser()
	p := r.App.Preferences()
	require.Equal(t, r.u.book.Info().Path, p.String(prefBook))
	require.Len(t, p.String(prefProfile), 32)
	left, err := os.ReadDir(r.temp)
	require.NoError(t, err)
	require.Empty(t, left)
	data, err := os.ReadFile(r.u.book.Info().Path)
	require.NoError(t, err)
	for _, s := range []string{"Giulia", "Frame, walnut", "Neubaugasse", "2026-00", "ATU12345675", "Bookkeeper", "Prefers pickup"} {
		require.False(t, bytes.Contains(data, []byte(s)), s)
	}
	require.True(t, bytes.Contains(data, []byte("Studio Ferri")), "nicknames are chosen to stand in clear")
}

func TestFilesAreAskedForInADialogThatLockingTakesAway(t *testing.T) {
	r := launch(t)
	r.signIn(0)
	for _, ask := range []func(){
		func() { files{r.u}.AskSave("2026-0001.pdf", func(string) {}) },
		func() { files{r.u}.AskOpen([]string{".counterbook"}, func(string) {}) },
		func() { files{r.u}.AskFolder(func(string) {}) },
	} {
		ask()
		require.NotNil(t, r.u.window.Canvas().Overlays().Top())
	}
	r.u.Lock()
	require.Nil(t, r.u.window.Canvas().Overlays().Top())
}

func TestOnlyAnOwnersMenuExports(t *testing.T) {
	r := launch(t)
	find := func() (action, bool) {
		book := r.u.actions()["menu.book"]
		i := slices.IndexFunc(book, func(a action) bool { return a.label == "menu.export" })
		if i < 0 {
			return action{}, false
		}
		return book[i], true
	}
	_, ok := find()
	require.False(t, ok, "nobody is signed in")
	for n := range r.u.book.Info().Profiles {
		r.signIn(n)
		a, ok := find()
		require.Equal(t, n == 0, ok, n)
		if ok {
			r.u.act(a)
			require.True(t, r.HasText("These files are not encrypted."))
		}
		r.u.SwitchUser()
		require.Nil(t, r.u.window.Canvas().Overlays().Top(), "leaving takes the dialog away")
	}
	r.signIn(0)
	require.False(t, r.HasText("typed and left"))
	require.Nil(t, r.u.window.Canvas().Overlays().Top(), "nothing typed there is kept")
}

// TestAnotherModeLooksAsIfTheProgramHadBegunInIt compares every screen after a
// change of mode with itself after a new start of the theme.
func TestAnotherModeLooksAsIfTheProgramHadBegunInIt(t *testing.T) {
	r := launch(t)
	compare := func(name string) {
		t.Helper()
		r.u.toasts.Clear() // neither these nor a caret that blinks keep still
		r.Canvas().Unfocus()
		for _, m := range []widgets.Mode{widgets.Dark, widgets.Light} {
			r.u.setMode(m)
			r.u.setMenu()
			changed := r.Picture()
			r.SetMode(m) // a theme of its own
			begun := r.Picture()
			if !reflect.DeepEqual(changed, begun) {
				if dir := os.Getenv("PICTURES"); dir != "" {
					for file, p := range map[string]image.Image{"changed": changed, "begun": begun} {
						var b bytes.Buffer
						require.NoError(t, png.Encode(&b, p))
						require.NoError(t, os.WriteFile(filepath.Join(dir, name+"-"+file+".png"), b.Bytes(), 0o600))
					}
				}
				t.Errorf("%s looks different in mode %d", name, m)
			}
		}
	}
	compare("sign-in")
	sh := r.signIn(0)
	for _, p := range places {
		sh.open(screen.Route{Place: p.place})
		compare(string(p.place))
	}
	sh.open(screen.Route{Place: screen.Customers})
	r.TapRow(0)
	compare("row")
	r.u.shortcut(ctrl(fyne.KeyN))
	compare("dialog")
}

func TestTheLogNamesTheScreenAtWhichSomethingWasDone(t *testing.T) {
	r := launch(t)
	sh := r.signIn(0)
	items, err := sh.env.Session.Items()
	require.NoError(t, err)
	for _, p := range places {
		require.NotEqual(t, store.NoScreen, p.log, p.place)
		require.True(t, r.u.words.Has("activity.screen."+p.log.String()), p.place)
	}
	sh.open(screen.Route{Place: screen.Items})
	list, err := items.List("")
	require.NoError(t, err)
	require.NoError(t, items.Delete(list[0].ID))
	sh.open(screen.Route{Place: screen.Activity})
	r.Settle()
	r.CheckLooks()
	r.picture("activity")
	row := r.Rows()[0]
	require.Equal(t, "Items", row[len(row)-1], row)
}
