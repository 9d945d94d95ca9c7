// Package proctest runs a test's own binary as another process, which plays a role
// instead of the tests, and kills it.
package proctest

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// roleOf names what a process does instead of the tests.
const roleOf = "COUNTERBOOK_TEST_ROLE"

var roles = map[string]func() error{}

// Role says what a process does that plays a role. Call it before Main.
func Role(name string, do func() error) { roles[name] = do }

// Main is what TestMain does: it runs the tests, or plays a role. It returns the
// code with which the process ends.
func Main(m *testing.M) int {
	role := os.Getenv(roleOf)
	if role == "" {
		return m.Run()
	}
	do := roles[role]
	if do == nil {
		fmt.Println("error: no role is called", role)
		return 1
	}
	if err := do(); err != nil {
		fmt.Println("error", err)
		return 1
	}
	return 0
}

// Child is a process of this test binary that plays a role. env is NAME=VALUE.
func Child(role string, env ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), roleOf+"="+role), env...)
	return cmd
}

// Never is for Killed: the process ends by itself.
const Never = -1

// Killed runs a process and kills it some time after it said so many lines. It
// returns the lines that were said, each whole, and how the process ended.
func Killed(t testing.TB, cmd *exec.Cmd, lines int, after time.Duration) (said string, err error) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	kill := func() { time.AfterFunc(after, func() { cmd.Process.Kill() }) }
	if lines == 0 {
		kill()
	}
	var text strings.Builder
	in := bufio.NewReader(out)
	for n := 1; ; n++ {
		l, err := in.ReadString('\n')
		if err != nil { // what is cut off was not said
			break
		}
		text.WriteString(l)
		if n == lines {
			kill()
		}
	}
	io.Copy(io.Discard, out)
	return text.String(), cmd.Wait()
}
