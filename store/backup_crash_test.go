package store_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/internal/proctest"
)

// killedWith is set, in the process that gets killed, to what it works with.
const killedWith = "COUNTERBOOK_TEST_KILLED_WITH"

// killSoon runs this test in a process of its own, which says "begin" when it sets
// out, and kills it a while after.
func killSoon(t *testing.T, after time.Duration, with ...string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), killedWith+"="+strings.Join(with, "\n"))
	said, err := proctest.Killed(t, cmd, 1, after)
	require.Error(t, err, "it was not killed")
	require.True(t, strings.HasPrefix(said, "begin\n"), said)
	require.NotContains(t, said, "error")
}

func TestABackupThatIsKilledLeavesAWholeBookAndNoFalseBackup(t *testing.T) {
	if with := os.Getenv(killedWith); with != "" {
		path, dir, _ := strings.Cut(with, "\n")
		b, err := store.Open(path, options(newClock()))
		require.NoError(t, err)
		for n := 0; ; n++ {
			if n == 1 {
				fmt.Println("begin")
			}
			if _, err := b.Backup(context.Background(), dir, store.BackupOptions{Keep: 2}, nil); err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
		}
	}
	rounds := 25
	if testing.Short() {
		rounds = 3
	}
	b, s := used(t, newClock())
	s.Close()
	path, dir := b.Info().Path, t.TempDir()
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, b.Close())
	good := 0
	for round := range rounds {
		killSoon(t, time.Duration(round)*1300*time.Microsecond, path, dir)
		now, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, whole, now)
		found, err := filepath.Glob(filepath.Join(dir, "*"+store.BackupEnding))
		require.NoError(t, err)
		for _, f := range found {
			_, err := store.VerifyBackup(context.Background(), f, nil)
			require.NoError(t, err, f)
			good++
		}
	}
	require.NotZero(t, good)
}
