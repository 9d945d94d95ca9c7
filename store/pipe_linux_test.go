package store_test

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// Whoever opens a pipe to read waits until somebody writes to it.
func TestAPipeInPlaceOfABackupHoldsNobodyUp(t *testing.T) {
	c := newClock()
	b, _ := newBook(t, c)
	made := makeBackup(t, b, t.TempDir())
	dir := t.TempDir()
	pipe := filepath.Join(dir, "x"+store.BackupEnding)
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for name, fn := range map[string]func() error{
			"verify":       func() error { _, err := store.VerifyBackup(context.Background(), pipe, nil); return err },
			"preview":      func() error { _, err := store.PreviewRestore(context.Background(), pipe, pipe, options(c)); return err },
			"restore":      func() error { _, err := store.Restore(context.Background(), pipe, pipe, options(c), nil); return err },
			"open":         func() error { _, err := store.Open(pipe, options(c)); return err },
			"lend":         func() error { _, err := salvage(t, made.Path, store.Passphrase(ownerPass), pipe); return err },
			"be the wreck": func() error { _, err := salvage(t, pipe, store.Passphrase(ownerPass)); return err },
		} {
			if fn() == nil {
				t.Errorf("%s: no error", name)
			}
		}
		if list, err := b.Backups(dir); err != nil || len(list) > 0 {
			t.Errorf("%v %v", list, err)
		}
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("it waits for ever")
	}
}
