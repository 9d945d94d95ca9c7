//go:build linux

// A program on the display: how it starts, starts itself again, and ends.

package tour

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbook/ui/tour/screenmap"
)

// Options say what to start, and how.
type Options struct {
	Path   string   // the program, built with the tag "tour"
	Args   []string //
	Env    []string // in addition to a clean environment
	Home   string   // the user's folder; empty: a new one
	Runner []string // what runs the program, such as "wine"; empty: itself
	Out    string   // where pictures go; empty: a folder that is gone with the test
}

// Windows says whether the program is one for Windows, run by Wine.
func (o Options) Windows() bool { return len(o.Runner) > 0 }

// Program is a program that was started, and its window.
type Program struct {
	t       testing.TB
	d       *Display
	o       Options
	cmd     *exec.Cmd
	ended   <-chan error
	where   string // the file of the screen map
	log     string
	renewed bool // it has started itself again
	presses int  // keys pressed so far
}

// Start starts a program and waits for its window.
func Start(t testing.TB, d *Display, o Options) *Program {
	t.Helper()
	if o.Home == "" {
		o.Home = t.TempDir()
	}
	if o.Out == "" {
		o.Out = t.TempDir()
	}
	own := t.TempDir()
	p := &Program{t: t, d: d, o: o, where: filepath.Join(own, "map.json"), log: filepath.Join(own, "program.log")}
	for _, dir := range []string{filepath.Join(o.Home, ".cache"), filepath.Join(o.Home, ".config"), p.kept("bin"), p.kept("viewed"), p.kept("printed")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	// Pictures are for everybody to look at.
	if err := os.MkdirAll(o.Out, 0o755); err != nil {
		t.Fatal(err)
	}
	p.playSystem()

	path, err := filepath.Abs(o.Path)
	if err != nil {
		t.Fatal(err)
	}
	line := slices.Concat(o.Runner, []string{path}, o.Args)
	p.cmd = exec.Command(line[0], line[1:]...)
	p.cmd.Dir = o.Home
	p.cmd.Env = p.env()
	p.ended = background(t, p.cmd, p.log)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the program said:\n%s", tail(p.log))
		}
	})
	p.awaitWindow("")
	return p
}

// kept is a folder of what the viewer and the printer were given.
func (p *Program) kept(what string) string { return filepath.Join(p.o.Home, ".tour", what) }

// env is a clean environment: nothing of the user who runs the tour is read or
// written. FYNE_SCALE makes one unit one pixel.
func (p *Program) env() []string {
	home := p.o.Home
	env := []string{
		"DISPLAY=" + p.d.name, "HOME=" + home, "LANG=en_US.UTF-8",
		"PATH=" + p.kept("bin") + string(os.PathListSeparator) + os.Getenv("PATH"),
		"XDG_CACHE_HOME=" + filepath.Join(home, ".cache"), "XDG_CONFIG_HOME=" + filepath.Join(home, ".config"),
		"FYNE_SCALE=1", screenmap.Env + "=" + p.where,
	}
	return append(env, p.o.Env...)
}

// playSystem puts a viewer and a print command in the program's path. They keep a
// copy of what they are given.
func (p *Program) playSystem() {
	for name, script := range map[string]string{
		// Wine hands on an address.
		"xdg-open": `cp -- "${1#file://}" "$(mktemp "` + p.kept("viewed") + `/XXXXXX.pdf")"`,
		"lp":       `cat >"$(mktemp "` + p.kept("printed") + `/XXXXXX.pdf")"; echo "request id is Counter-1 (0 file(s))"`,
		"lpstat":   `case "$1" in -e) echo Counter;; -d) echo "system default destination: Counter";; esac`,
	} {
		if err := os.WriteFile(filepath.Join(p.kept("bin"), name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			p.t.Fatal(err)
		}
	}
}

// Viewed are copies of the files handed to the viewer.
func (p *Program) Viewed() []string { return p.files("viewed") }

// Printed are the documents sent to the printer.
func (p *Program) Printed() []string { return p.files("printed") }

func (p *Program) files(what string) []string {
	found, err := filepath.Glob(filepath.Join(p.kept(what), "*.pdf"))
	if err != nil {
		p.t.Fatal(err)
	}
	return found
}

// Map is what stands on the window now.
func (p *Program) Map() screenmap.Map {
	p.t.Helper()
	var m screenmap.Map
	p.until("the program tells what is on its window", func() (err error) {
		m, err = screenmap.Read(p.where)
		return err
	})
	return m
}

// window is the id of the program's window: another one after it started itself
// again.
func (p *Program) window() (string, error) {
	m, err := screenmap.Read(p.where)
	if err != nil {
		return "", err
	}
	if m.Title == "" {
		return "", errors.New("the window was closed")
	}
	out, err := p.d.try("xdotool", "search", "--onlyvisible", "--name", "^"+regexp.QuoteMeta(m.Title)+"$")
	ids := strings.Fields(out)
	if err != nil || len(ids) == 0 {
		return "", fmt.Errorf("no window is called %q: %w", m.Title, err)
	}
	return ids[len(ids)-1], nil
}

// awaitWindow waits for the window of a run other than the one given.
func (p *Program) awaitWindow(run string) {
	p.t.Helper()
	p.until("the window is there", func() error {
		m, err := screenmap.Read(p.where)
		if err != nil {
			return err
		}
		if m.Run == run {
			return errors.New("the program has not started again")
		}
		if len(m.Controls) == 0 {
			return errors.New("the window is empty")
		}
		id, err := p.window()
		if err != nil {
			return err
		}
		_, err = p.d.try("xdotool", "windowactivate", "--sync", id)
		return err
	})
}

// Restarted does what makes the program start itself again, and waits for the new
// window.
func (p *Program) Restarted(do func()) {
	p.t.Helper()
	before := p.Map().Run
	do()
	p.renewed = true
	p.awaitWindow(before)
}

// Close closes the window as its user would (Alt+F4) and waits for the program to
// end with exit code 0.
func (p *Program) Close() {
	p.t.Helper()
	p.Keys("alt+F4")
	p.Ended()
}

// Ended waits for the program to end with exit code 0.
func (p *Program) Ended() {
	p.t.Helper()
	if p.renewed && p.o.Windows() {
		// The new process is no child of the one that was started: its exit code is
		// not known. Wine's server says when it and all of Wine have ended.
		ctx, cancel := context.WithTimeout(context.Background(), Patience)
		defer cancel()
		cmd := exec.CommandContext(ctx, "wineserver", "-w")
		cmd.Env = p.env()
		if err := cmd.Run(); err != nil {
			p.fail("the program does not end: %v", err)
		}
		return
	}
	select {
	case err := <-p.ended:
		if err != nil {
			p.fail("the program ended badly: %v", err)
		}
	case <-time.After(Patience):
		p.fail("the program does not end")
	}
}

// until looks until check has no complaint.
func (p *Program) until(what string, check func() error) {
	p.t.Helper()
	var gone error
	err := waitFor(Patience, func() error {
		select {
		case gone = <-p.ended:
			if !p.renewed || !p.o.Windows() {
				p.t.Fatalf("the program ended (%v) while waiting until %s\n%s", gone, what, tail(p.log))
			}
		default:
		}
		return check()
	})
	if err != nil {
		p.fail("waited in vain until %s: %v", what, err)
	}
}

var unfit = regexp.MustCompile(`[^A-Za-z0-9]+`)

// fail ends the test with a picture of the display and all that is on the window.
func (p *Program) fail(format string, args ...any) {
	p.t.Helper()
	last := filepath.Join(p.o.Out, "failed-"+unfit.ReplaceAllString(p.t.Name(), "-")+".png")
	if _, err := p.d.try("import", "-silent", "-window", "root", last); err != nil {
		last = err.Error()
	}
	m, err := screenmap.Read(p.where)
	if err != nil {
		m.Title = err.Error()
	}
	p.t.Fatalf("%s\nlast picture: %s\non the window %q:%s", fmt.Sprintf(format, args...), last, m.Title, describe(m.Controls))
}
