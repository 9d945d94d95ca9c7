package process

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The test binary plays the program: started with stepEnv=restart it restarts
// itself, and the fresh copy (stepEnv=report) writes what it found to reportEnv.
const (
	stepEnv   = "PROCESS_TEST_STEP"
	reportEnv = "PROCESS_TEST_REPORT"
	heldEnv   = "PROCESS_TEST_HELD"
)

type report struct {
	PID     int
	Args    []string
	Dir     string
	Held    bool   // a file the old copy had open is open here too
	Content string // of the file the last argument names
}

func TestMain(m *testing.M) {
	switch os.Getenv(stepEnv) {
	case "restart":
		fmt.Fprintln(os.Stderr, playRestart())
		os.Exit(3)
	case "report":
		if err := playReport(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(4)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func playRestart() error {
	held, err := os.Open(os.Getenv(heldEnv))
	if err != nil {
		return err
	}
	defer held.Close()
	if err := os.Setenv(stepEnv, "report"); err != nil {
		return err
	}
	return Restart(os.Args[1:]...)
}

func playReport() error {
	r := report{PID: os.Getpid(), Args: os.Args[1:], Held: holds(os.Getenv(heldEnv))}
	var err error
	if r.Dir, err = os.Getwd(); err != nil {
		return err
	}
	content, err := os.ReadFile(os.Args[len(os.Args)-1])
	if err != nil {
		return err
	}
	r.Content = string(content)
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	path := os.Getenv(reportEnv)
	if err := os.WriteFile(path+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// startAndReport plays the program in its own process and returns what its fresh
// copy reports, and the process id of the first copy.
func startAndReport(t *testing.T, args ...string) (report, int) {
	t.Helper()
	dir := t.TempDir()
	held, to := filepath.Join(dir, "held"), filepath.Join(dir, "report.json")
	require.NoError(t, os.WriteFile(held, nil, 0o600))
	exe, err := os.Executable()
	require.NoError(t, err)
	p, err := os.StartProcess(exe, append([]string{exe}, args...), &os.ProcAttr{
		Dir:   dir,
		Env:   append(os.Environ(), stepEnv+"=restart", reportEnv+"="+to, heldEnv+"="+held),
		Files: []*os.File{nil, nil, os.Stderr},
	})
	require.NoError(t, err)
	state, err := p.Wait()
	require.NoError(t, err)
	require.Zero(t, state.ExitCode(), "the first copy ends with exit code 0")

	var r report
	require.Eventually(t, func() bool {
		data, err := os.ReadFile(to)
		return err == nil && json.Unmarshal(data, &r) == nil
	}, time.Minute, 20*time.Millisecond, "the fresh copy reports")
	want, err := filepath.EvalSymlinks(dir)
	require.NoError(t, err)
	got, err := filepath.EvalSymlinks(r.Dir)
	require.NoError(t, err)
	require.Equal(t, want, got, "the working folder is kept")
	return r, p.Pid
}

func TestRestartStartsAFreshCopyWithItsArguments(t *testing.T) {
	book := filepath.Join(t.TempDir(), "Książka – Ζωή «Ünïcode» book.counterbook")
	require.NoError(t, os.WriteFile(book, []byte("a book"), 0o600))
	args := []string{"--lang", "el", "", `quoted "inside" and a \ at the end\`, "two  blanks", book}

	r, first := startAndReport(t, args...)
	require.Equal(t, args, r.Args)
	require.Equal(t, "a book", r.Content)
	require.False(t, r.Held, "files of the old copy are closed")
	require.Equal(t, keepsPID, r.PID == first)
}

func TestRestartKeepsALongPath(t *testing.T) {
	dir := t.TempDir()
	for len(dir) < 400 {
		dir = filepath.Join(dir, strings.Repeat("å", 40))
	}
	require.NoError(t, os.MkdirAll(dir, 0o700))
	book := filepath.Join(dir, "shop.counterbook")
	require.NoError(t, os.WriteFile(book, []byte("far down"), 0o600))

	r, _ := startAndReport(t, book)
	require.Equal(t, []string{book}, r.Args)
	require.Equal(t, "far down", r.Content)
}

func TestRestartSaysWhyItFailed(t *testing.T) {
	err := Restart("a\x00b")
	require.Error(t, err)
	require.NotContains(t, err.Error(), "a\x00b", "arguments stay out of errors")
}
