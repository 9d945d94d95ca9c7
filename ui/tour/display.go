//go:build linux

// A virtual screen with a window manager, and the commands that act on it.

package tour

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Patience is how long a step waits for what it needs. It is generous: a step
// that succeeds never waits it out.
const Patience = 30 * time.Second

// glance is the time between two looks while waiting.
const glance = 50 * time.Millisecond

// Display is a virtual screen of its own, gone with the test.
type Display struct {
	t    testing.TB
	name string // ":7"
	home string
}

// NewDisplay starts an X server without hardware (Xvfb, 1400×900) and a window
// manager (openbox), without which no window can be closed politely.
func NewDisplay(t testing.TB) *Display {
	t.Helper()
	for _, tool := range []string{"Xvfb", "openbox", "xdotool", "import", "xclip"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("the tour needs %s: .ci/packages window", tool)
		}
	}
	d := &Display{t: t, home: t.TempDir()}

	// The server chooses a free number and writes it to the pipe.
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	background(t, server, filepath.Join(d.home, "xvfb.log"))
	_ = write.Close()
	_ = read.SetReadDeadline(time.Now().Add(Patience))
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("the virtual display does not start: %v\n%s", err, tail(filepath.Join(d.home, "xvfb.log")))
	}
	d.name = ":" + strings.TrimSpace(number)

	manager := exec.Command("openbox", "--sm-disable")
	manager.Env = d.env()
	background(t, manager, filepath.Join(d.home, "openbox.log"))
	d.until("the window manager runs", func() error {
		_, err := d.try("xdotool", "get_num_desktops")
		return err
	})
	return d
}

// env is the environment of everything on the display. xdotool loses characters
// without a UTF-8 locale, and Fyne complains about a locale called C.
func (d *Display) env() []string {
	return []string{
		"DISPLAY=" + d.name, "HOME=" + d.home, "PATH=" + os.Getenv("PATH"),
		"LANG=en_US.UTF-8", "LC_CTYPE=C.UTF-8",
	}
}

// try runs a command on the display and returns what it says.
func (d *Display) try(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = d.env()
	cmd.WaitDelay = time.Second
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w %s", name, err, strings.TrimSpace(said.String()))
	}
	return out.String(), nil
}

// copy puts a text on the clipboard. xclip stays to hand it out, so nothing may
// wait for the end of what it says.
func (d *Display) copy(text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "xclip", "-silent", "-selection", "clipboard", "-i")
	cmd.Env = d.env()
	cmd.WaitDelay = time.Second
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("xclip: %w", err)
	}
	return nil
}

// until looks until check has no complaint, and fails with its last one.
func (d *Display) until(what string, check func() error) {
	d.t.Helper()
	if err := waitFor(Patience, check); err != nil {
		d.t.Fatalf("waited in vain until %s: %v", what, err)
	}
}

func waitFor(patience time.Duration, check func() error) error {
	end := time.Now().Add(patience)
	for {
		err := check()
		if err == nil || time.Now().After(end) {
			return err
		}
		time.Sleep(glance)
	}
}

// background starts a command in a process group of its own, which is ended with
// the test whatever happens.
func background(t testing.TB, cmd *exec.Cmd, log string) (ended <-chan error) {
	t.Helper()
	out, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = out.Close()
	done := make(chan error, 1)
	over := make(chan struct{})
	go func() { done <- cmd.Wait(); close(over) }()
	t.Cleanup(func() {
		// Ending the group of a process that is gone is harmless.
		for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
			_ = syscall.Kill(-cmd.Process.Pid, sig)
			select {
			case <-over:
				if sig == syscall.SIGTERM {
					continue
				}
			case <-time.After(5 * time.Second):
			}
		}
	})
	return done
}

// tail is the end of a log file.
func tail(path string) string {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return ""
	}
	const limit = 4000
	if len(data) > limit {
		data = data[len(data)-limit:]
	}
	return string(data)
}
