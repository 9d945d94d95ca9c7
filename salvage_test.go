package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
)

func TestSalvageSaysWhatCameBackAndExitsByIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.counterbook")
	b, err := screentest.Make(path, screentest.Options())
	require.NoError(t, err)
	require.NoError(t, b.Close())
	o := &store.Options{KDF: &store.CheapKDF}
	command := func(typed string, args ...string) (int, string, string) {
		r, w, err := os.Pipe()
		require.NoError(t, err)
		defer r.Close()
		go func() { w.WriteString(typed + "\n"); w.Close() }()
		var out, errs bytes.Buffer
		code := salvageWith(args, o, r, &out, &errs)
		return code, out.String(), errs.String()
	}
	to := filepath.Join(t.TempDir(), "new.counterbook")
	for _, args := range [][]string{{}, {path}, {"-o", to}, {path, path, "-o", to}, {path, "-x"}} {
		code, out, errs := command("", args...)
		require.Equal(t, 2, code, args)
		require.Empty(t, out)
		require.NotEmpty(t, errs)
	}
	code, out, _ := command(sample.Passphrase, path, "-o", to)
	require.Zero(t, code, "a whole book comes back whole: %s", out)
	require.Contains(t, out, "Nothing is missing.")
	code, _, errs := command(sample.Passphrase, path, "-o", to)
	require.Equal(t, 1, code)
	require.Contains(t, errs, "There is a file of that name already.")

	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	damaged := filepath.Join(t.TempDir(), "damaged.counterbook")
	clear(whole[:2*4096])
	require.NoError(t, os.WriteFile(damaged, whole, 0o600))
	next := filepath.Join(t.TempDir(), "next.counterbook")
	code, out, errs = command("wrong", damaged, "-o", next)
	require.Equal(t, 1, code)
	require.Empty(t, out)
	require.NotContains(t, errs, "wrong\n")
	require.NoFileExists(t, next)
	code, out, errs = command(sample.Passphrase, "-with", path, damaged, "-o", next)
	require.Equal(t, 3, code, errs)
	require.Contains(t, out, "Everything came back of: Customers")
	require.Contains(t, out, "The last changes before the damage may be missing.")
	_, err = store.Check(next)
	require.NoError(t, err)
}
