package ui

// A day at the counter, recorded and played again: testdata/day.txt says what was
// done when, by name of what a person sees. Time is made up and passes at once
// while nobody does anything, but everything that waits for it happens: the
// clock, toasts, masks, the pause after the last letter of a search.

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
	"counterbook/ui/widgets"
)

// step is a line of the recording.
type step struct {
	at   time.Duration // since midnight
	verb string
	args []string
	line int
}

// readDay reads a recording: "09:02:13 type Name | Ada Beispiel".
func readDay(t testing.TB, path string) []step {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var out []step
	for i, l := range strings.Split(string(data), "\n") {
		if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
			continue
		}
		clock, rest, _ := strings.Cut(l, " ")
		at, err := time.Parse(time.TimeOnly, clock)
		require.NoError(t, err, "line %d", i+1)
		verb, args, _ := strings.Cut(rest, " ")
		s := step{at: at.Sub(at.Truncate(24 * time.Hour)), verb: verb, line: i + 1}
		if args != "" {
			for a := range strings.SplitSeq(args, " | ") {
				s.args = append(s.args, strings.TrimSpace(a))
			}
		}
		if len(out) > 0 {
			require.GreaterOrEqual(t, s.at, out[len(out)-1].at, "line %d: time does not go back", i+1)
		}
		out = append(out, s)
	}
	return out
}

// beside does slow work on a goroutine of its own, which the test waits for: two
// at once would be one too many for widgets.
type beside struct{}

func (beside) Run(work func(context.Context) error, done func(error)) {
	ended := make(chan error)
	go func() { ended <- work(context.Background()) }()
	done(<-ended)
}

// printer notes what it was given.
type printer struct{ sheets int }

func (p *printer) Open([]byte) error { return nil }
func (p *printer) Print(_ context.Context, _ string, pdf []byte) (bool, error) {
	if !strings.HasPrefix(string(pdf), "%PDF") {
		return false, os.ErrInvalid
	}
	p.sheets++
	return false, nil
}

// counter plays a recording.
type counter struct {
	*uitest.Window
	u       *App
	printer printer
	opened  time.Time                 // midnight of the day that is played
	gone    []dropped                 // what was shown and left
	clean   software.WindowlessCanvas // whose pictures make the toolkit clean up
	drawn   time.Time
}

// dropped is something that should not be in memory any more.
type dropped struct {
	what string
	at   weak.Pointer[byte]
	when time.Time
}

// drop remembers where something is without holding it.
func (c *counter) drop(what string, p unsafe.Pointer) {
	at := weak.Make((*byte)(p))
	for i, d := range c.gone {
		if d.at == at {
			c.gone[i].when = time.Now() // it was there until now
			return
		}
	}
	c.gone = append(c.gone, dropped{what, at, time.Now()})
}

// pointer is where the value in an interface is.
func pointer(v any) unsafe.Pointer { return (*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1] }

// openCounter opens the made-up shop as the program does.
func openCounter(t *testing.T) *counter {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.counterbook")
	o := screentest.Options()
	o.Now = time.Now
	b, err := screentest.Make(path, o)
	require.NoError(t, err)
	require.NoError(t, b.Close())
	a := test.NewTempApp(t)
	c := &counter{clean: software.NewCanvas(), drawn: time.Now()}
	c.clean.Capture() // from here on the toolkit knows the made-up time
	c.u, err = New(a, Options{
		Path: path, KDF: &store.CheapKDF, Run: beside{}, TempDir: filepath.Join(t.TempDir(), "handouts"),
		Now: time.Now, Idle: func() (time.Duration, bool) { return 0, false },
	})
	require.NoError(t, err)
	c.Window = &uitest.Window{T: t, App: a, Window: c.u.window}
	c.u.window.Resize(screentest.Size)
	c.u.idle.start()
	t.Cleanup(func() { c.u.stopped(); c.u.window.Close() })
	return c
}

// timesPass lets what waits for a while come true, while the counter waits as well.
func timesPass(t *testing.T) {
	was := widgets.After
	t.Cleanup(func() { widgets.After = was })
	widgets.After = func(d time.Duration, f func()) func() {
		timer := time.AfterFunc(d, func() { fyne.Do(f) })
		return func() { timer.Stop() }
	}
}

// frame is how often the window is looked at. The toolkit forgets what was not
// drawn for a minute.
const frame = 50 * time.Second

// wait lets time pass, and everything that happens meanwhile.
func (c *counter) wait(d time.Duration) {
	for end := time.Now().Add(d); ; {
		left := time.Until(end)
		if left > 0 {
			time.Sleep(max(min(left, time.Until(c.drawn.Add(frame))), 1))
		}
		synctest.Wait()
		if time.Since(c.drawn) >= frame {
			c.frame()
		}
		if left <= 0 {
			return
		}
	}
}

// frame does what the loop of a real window does after each picture: the toolkit
// forgets what is no longer drawn. Looking at all texts stands for drawing.
func (c *counter) frame() {
	c.clean.Capture()
	c.Texts()
	c.drawn = time.Now()
}

var keysByName = map[string]fyne.KeyName{"Down": fyne.KeyDown, "Up": fyne.KeyUp, "Return": fyne.KeyReturn, "Escape": fyne.KeyEscape,
	"Tab": fyne.KeyTab, "Left": fyne.KeyLeft, "Right": fyne.KeyRight, "Delete": fyne.KeyDelete, "Home": fyne.KeyHome, "End": fyne.KeyEnd}

// letters types as a person does, who takes a fifth of a second for each.
func (c *counter) letters(text string) {
	for _, r := range text {
		f := c.Canvas().Focused()
		require.NotNil(c.T, f, "nothing has the focus for typing %q", text)
		f.TypedRune(r)
		c.wait(180 * time.Millisecond)
	}
	c.Settle()
}

// do plays a step.
func (c *counter) do(s step) {
	arg := func(i int) string {
		require.Greater(c.T, len(s.args), i, "line %d says too little", s.line)
		return s.args[i]
	}
	was := c.u.shell
	if was != nil {
		c.drop("screen "+string(was.route.Place)+" of line "+strconv.Itoa(s.line), pointer(was.screen))
	}
	switch s.verb {
	case "signin":
		c.Tap(arg(0))
		c.letters(sample.Passphrase)
		c.Press(fyne.KeyReturn)
		require.NotNil(c.T, c.u.shell, "line %d: %s is in; %q", s.line, arg(0), c.Texts())
		c.u.shell.env.Out = &c.printer
	case "tap":
		c.Tap(arg(0))
	case "row":
		n, err := strconv.Atoi(arg(0))
		require.NoError(c.T, err)
		c.TapRow(n)
	case "type": // over what stands there
		c.Focus(arg(0))
		if e := uitest.Entry(c.Control(arg(0))); e != nil && e.Text != "" {
			e.SetText("")
		}
		c.letters(arg(1))
	case "letters":
		c.letters(arg(0))
	case "keys":
		for _, k := range strings.Fields(arg(0)) {
			if ctrl, ok := strings.CutPrefix(k, "Ctrl+"); ok {
				mod := command
				if rest, ok := strings.CutPrefix(ctrl, "Shift+"); ok {
					ctrl, mod = rest, command|fyne.KeyModifierShift
				}
				c.u.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyName(ctrl), Modifier: mod})
				c.Settle()
			} else {
				require.Contains(c.T, keysByName, k, "line %d", s.line)
				c.Press(keysByName[k])
			}
			c.wait(250 * time.Millisecond)
		}
	case "choose":
		sel := c.Select(arg(0))
		i := -1
		for n, o := range sel.Options {
			if o == arg(1) {
				i = n
			}
		}
		require.GreaterOrEqual(c.T, i, 0, "line %d: %q has no %q: %q", s.line, arg(0), arg(1), sel.Options)
		sel.Choose(i)
	case "see":
		c.wait(time.Second)
		require.True(c.T, c.HasText(arg(0)), "line %d: no %q in %q", s.line, arg(0), c.Texts())
	case "mode":
		for i, name := range []string{"auto", "light", "dark"} {
			if name == arg(0) {
				c.u.setMode(widgets.Mode(i))
				c.u.setMenu()
			}
		}
	case "resize":
		var w, h float32
		_, err := fmt.Sscanf(arg(0), "%fx%f", &w, &h)
		require.NoError(c.T, err)
		c.Resize(fyne.NewSize(w, h))
	default:
		c.T.Fatalf("line %d: nobody can %s", s.line, s.verb)
	}
	c.wait(0)
	if was != nil && c.u.shell != was {
		c.drop("session of line "+strconv.Itoa(s.line), unsafe.Pointer(was.env.Session))
		c.drop("shell of line "+strconv.Itoa(s.line), unsafe.Pointer(was))
	}
}

// play plays a recording from the midnight that was set.
func (c *counter) play(day []step, each func(step)) {
	for _, s := range day {
		c.wait(time.Until(c.opened.Add(s.at)))
		c.do(s)
		if each != nil {
			each(s)
		}
	}
}

// left lists what was dropped some minutes ago and is still in memory.
func (c *counter) left() []string {
	runtime.GC()
	runtime.GC()
	var out []string
	for _, d := range c.gone {
		if d.at.Value() != nil && time.Since(d.when) > 3*time.Minute {
			out = append(out, d.what)
		}
	}
	return out
}

// usage is what a program takes of the computer.
type usage struct {
	heap, objects     uint64
	goroutines, files int
}

// measure is taken while nobody is signed in, some minutes later.
func (c *counter) measure() usage {
	c.T.Helper()
	require.Nil(c.T, c.u.shell, "measured at the sign-in page")
	c.wait(5 * time.Minute)
	require.Empty(c.T, c.left(), "in memory though nobody is signed in")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	u := usage{heap: m.HeapAlloc, objects: m.HeapObjects, goroutines: runtime.NumGoroutine()}
	if list, err := os.ReadDir("/proc/self/fd"); err == nil {
		u.files = len(list)
	}
	c.T.Logf("%s: %.1f MB in %d objects, %d goroutines, %d files open, %d screens and sessions dropped",
		time.Now().Format("Mon 15:04"), float64(u.heap)/1e6, u.objects, u.goroutines, u.files, len(c.gone))
	return u
}

// TestADayAtTheCounterLeavesNothingBehind plays the day in a process of its own,
// in which nothing else was ever shown. DAYS says how many days; the last hour of
// the last one is compared with the first hour of the first.
func TestADayAtTheCounterLeavesNothingBehind(t *testing.T) {
	const played = "COUNTERBOOK_DAY_PLAYED"
	if os.Getenv(played) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout=30m")
		cmd.Env = append(os.Environ(), "FYNE_CACHE=1m", played+"=1")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		for line := range strings.Lines(string(out)) {
			if _, said, ok := strings.Cut(line, "day_test.go:"); ok {
				_, said, _ = strings.Cut(said, ": ")
				t.Log(strings.TrimSpace(said))
			}
		}
		return
	}
	days := 1
	if n, err := strconv.Atoi(os.Getenv("DAYS")); err == nil {
		days = n
	}
	synctest.Test(t, func(t *testing.T) {
		timesPass(t)
		c := openCounter(t)
		day := readDay(t, "testdata/day.txt")
		prints := 0
		var first usage
		for n := range days {
			c.opened = time.Now().Truncate(24*time.Hour).AddDate(0, 0, min(n, 1))
			looked := c.opened
			c.play(day, func(s step) {
				if s.verb == "tap" && s.args[0] == "Print" {
					prints++
				}
				if c.u.shell == nil && first == (usage{}) && s.at > 9*time.Hour+50*time.Minute {
					first = c.measure()
				}
				if time.Since(looked) > 20*time.Minute {
					looked = time.Now()
					require.Empty(t, c.left(), "in memory though it was left, line %d", s.line)
				}
			})
		}
		last := c.measure()
		require.Equal(t, prints, c.printer.sheets)
		require.Greater(t, prints, 30)
		require.LessOrEqual(t, float64(last.heap), 1.1*float64(first.heap), "memory")
		require.LessOrEqual(t, float64(last.objects), 1.1*float64(first.objects), "objects")
		require.LessOrEqual(t, last.goroutines, first.goroutines)
		require.LessOrEqual(t, last.files, first.files)
	})
}

// TestADayIsOneThatHappens holds the recording to what a small shop does.
func TestADayIsOneThatHappens(t *testing.T) {
	day := readDay(t, "testdata/day.txt")
	did := map[string]int{}
	for _, s := range day {
		did[s.verb]++
		if len(s.args) > 0 {
			did[s.verb+" "+s.args[0]]++
		}
	}
	require.GreaterOrEqual(t, day[len(day)-1].at-day[0].at, 7*time.Hour+55*time.Minute)
	require.GreaterOrEqual(t, did["type Search customers…"], 110)
	require.GreaterOrEqual(t, did["tap Issue…"], 35)
	require.GreaterOrEqual(t, did["tap Print"], 35)
	require.GreaterOrEqual(t, did["tap Show"], 20)
	require.GreaterOrEqual(t, did["tap Add customer"], 8)
	require.GreaterOrEqual(t, did["tap Add note"], 5)
	require.GreaterOrEqual(t, did["tap Save changes"], 8)
	require.GreaterOrEqual(t, did["signin"], 10)
	require.GreaterOrEqual(t, did["mode"], 4)
	require.GreaterOrEqual(t, did["resize"], 2)
}
