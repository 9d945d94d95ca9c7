//go:build unix

package uitest

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// alone is set in the process that runs one test.
const alone = "COUNTERBOOK_TEST_ALONE"

// Alone runs the test it is called in once more in a process of its own, and
// returns true there. The test returns at once when it is false: the other
// process has done it. A test whose limits hold for the whole process needs it,
// as the testing package writes files of its own.
func Alone(t *testing.T) bool {
	t.Helper()
	if os.Getenv(alone) != "" {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), alone+"=1")
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", said)
	require.Contains(t, string(said), "--- PASS: "+t.Name())
	return false
}

// NoRoom lets the system refuse every write to a file, as a full disk does, until
// room is called or the test ends. The test runs [Alone]; pictures cannot be taken
// meanwhile.
func NoRoom(t testing.TB) (room func()) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var was syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was))
	none := was
	none.Cur = 0
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &none))
	room = func() { require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was)) }
	t.Cleanup(room)
	return room
}
