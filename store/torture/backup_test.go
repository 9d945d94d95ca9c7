//go:build unix

package torture

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestInvariant28NoFlippedOrMissingByteOfABackupIsCalledGood(t *testing.T) {
	dir, _ := bookToKill(t)
	to := scratch(t)
	var made store.Backup
	require.NoError(t, reopened(filepath.Join(dir, bookName), options(), func(s till) (err error) {
		made, err = s.Backup(t.Context(), to, store.BackupOptions{}, nil)
		return err
	}))
	good, err := os.ReadFile(made.Path)
	require.NoError(t, err)
	path := filepath.Join(to, "hurt"+store.BackupEnding)
	bad := func(name string, b []byte) bool {
		require.NoError(t, os.WriteFile(path, b, 0o600))
		_, err := store.VerifyBackup(context.Background(), path, nil)
		if err == nil {
			t.Error(name, "is called good")
		}
		return err == nil
	}
	_, err = store.VerifyBackup(t.Context(), made.Path, nil)
	require.NoError(t, err)
	stride := 1
	if !whole() {
		stride = len(good) / 300
	}
	cases, wrong := 0, 0
	for at := rand.IntN(stride); at < len(good); at += stride {
		bit := byte(1) << rand.IntN(8)
		good[at] ^= bit
		cases++
		if bad(fmt.Sprintf("bit %d of byte %d", bit, at), good) {
			wrong++
		}
		good[at] ^= bit
	}
	for n := 0; n < len(good); n += 512 {
		if n%4096 == 0 || whole() {
			cases++
			if bad(fmt.Sprintf("%d bytes of it", n), good[:n]) {
				wrong++
			}
		}
	}
	report(t, "backups with a flipped bit, and cut short", cases, wrong)
}
