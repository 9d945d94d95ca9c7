//go:build unix

package torture

// Two programs with one book.

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/internal/proctest"
)

func init() {
	proctest.Role("hold", func() error {
		b, err := store.Open(filepath.Join(os.Getenv(bookIn), bookName), options())
		if err != nil {
			return err
		}
		fmt.Println("open")
		os.Stdin.Read(make([]byte, 1))
		return b.Close()
	})
}

func TestInvariant20ABookThatIsOpenElsewhereIsBusyAndACrashLeavesNoLock(t *testing.T) {
	dir, _ := bookToKill(t)
	path := filepath.Join(dir, bookName)
	for range 3 {
		cmd := child("hold", bookIn+"="+dir)
		in, err := cmd.StdinPipe()
		require.NoError(t, err)
		defer in.Close()
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		said, err := bufio.NewReader(out).ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, "open\n", said)

		begun := time.Now()
		_, err = store.Open(path, options())
		require.ErrorIs(t, err, store.ErrBusy)
		require.Less(t, time.Since(begun), time.Second)

		require.NoError(t, cmd.Process.Kill())
		cmd.Wait()
		require.NoError(t, writes(path, options()), "who crashed holds nothing")
	}
}
