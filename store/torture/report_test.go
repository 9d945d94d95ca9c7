//go:build unix

package torture

// What ran, for the table that `make torture` prints.

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// tortureDir names the folder in which the table is gathered. With it
// everything is run whole.
const tortureDir = "TORTURE_DIR"

func whole() bool { return os.Getenv(tortureDir) != "" }

// report adds a line to the table.
func report(t *testing.T, what string, cases, bad int) {
	t.Helper()
	said := fmt.Sprintf("%9d cases  %4d bad  %s", cases, bad, what)
	t.Log(said)
	line(t, said)
}

// cannot skips a test on a machine that cannot run it, and says so in the table.
func cannot(t *testing.T, why string) {
	t.Helper()
	line(t, fmt.Sprintf("  NOT RUN              %s: %s", t.Name(), why))
	t.Skip(why)
}

// line adds to the table, where one is made.
func line(t *testing.T, text string) {
	t.Helper()
	dir := os.Getenv(tortureDir)
	if dir == "" {
		return
	}
	f, err := os.OpenFile(filepath.Join(dir, "table.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	fmt.Fprintln(f, text)
}
