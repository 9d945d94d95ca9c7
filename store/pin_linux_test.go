package store_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// traced is set in the process that is watched: to the folder of its book.
const traced = "COUNTERBOOK_TEST_TRACED_PIN"

// hide makes of a secret what the watched process may say of it.
func hide(b []byte) []byte {
	out := slices.Clone(b)
	for i := range out {
		out[i] ^= 0xa5
	}
	return out
}

// useAPIN sets a PIN, goes and comes back, with wrong tries between, and says in
// the end, hidden, what must not have been written.
func useAPIN(t *testing.T, dir string) {
	c := newClock()
	b, err := store.Create(filepath.Join(dir, "shop.counterbook"), confirmedKit(t), shop(),
		store.NewProfile{Nickname: "Marta", Passphrase: ownerPass}, options(c))
	require.NoError(t, err)
	s := signIn(t, b, 0, ownerPass)
	id := s.Profile().ID
	require.NoError(t, s.SetPIN(goodPIN))
	var all [][]byte
	add := func(m map[string][]byte) {
		for _, v := range m {
			require.NotEmpty(t, v)
			all = append(all, v)
		}
	}
	for range 2 {
		add(s.PINMaterial())
		require.NoError(t, s.Desk().Put("work", "what was typed"))
		require.True(t, b.Pause(s))
		add(b.HeldMaterial(id))
		_, err = b.Resume(id, "102938")
		require.ErrorIs(t, err, store.ErrWrongPIN)
		c.at = c.at.Add(time.Minute)
		s, err = b.Resume(id, goodPIN)
		require.NoError(t, err)
		_, err = anyway(customers(t, s), giulia())
		require.NoError(t, err)
	}
	require.True(t, b.Pause(s))
	require.NoError(t, b.Close())
	for _, v := range all {
		fmt.Printf("hidden %x\n", hide(v))
	}
}

func TestInvariant07NothingOfAPINIsEverWritten(t *testing.T) {
	if dir := os.Getenv(traced); dir != "" {
		useAPIN(t, dir)
		return
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("NOT TESTED that no PIN is ever written: strace is not installed; .ci/packages trace installs it")
	}
	dir := t.TempDir()
	log := filepath.Join(dir, "trace")
	cmd := exec.Command(strace, "-f", "-qq", "-xx", "-s", "100000000", "-o", log,
		"-e", "trace=write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendfile,copy_file_range,splice,mmap,mprotect,%file",
		os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), traced+"="+dir)
	said, err := cmd.CombinedOutput()
	if err != nil && bytes.Contains(said, []byte("PTRACE")) {
		t.Skip("NOT TESTED that no PIN is ever written: this machine lets nobody watch a process")
	}
	require.NoError(t, err, string(said))
	written := whatIsWritten(t, log)
	require.Greater(t, len(written), 20)

	secrets := [][]byte{[]byte(goodPIN)}
	for _, line := range strings.Split(string(said), "\n") {
		if text, ok := strings.CutPrefix(line, "hidden "); ok {
			v, err := hex.DecodeString(text)
			require.NoError(t, err)
			require.NotEqual(t, -1, find(written, []byte(line)), "what is written is looked at")
			secrets = append(secrets, hide(v))
		}
	}
	require.Len(t, secrets, 1+2*5)
	for i, s := range secrets {
		n := min(8, len(s))
		for from := 0; from+n <= len(s); from++ {
			require.Equal(t, -1, find(written, s[from:from+n]), "part %d of secret %d was written", from, i)
		}
		require.Equal(t, -1, find(written, []byte(hex.EncodeToString(s))))
		require.Equal(t, -1, find(written, []byte(base64.StdEncoding.EncodeToString(s))))
	}
}

// whatIsWritten returns every piece of text and bytes that a process handed to the
// system, and fails where it could have written in another way.
func whatIsWritten(t *testing.T, log string) [][]byte {
	f, err := os.Open(log)
	require.NoError(t, err)
	defer f.Close()
	var out [][]byte
	text := regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"`)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		line := lines.Text()
		require.False(t, strings.Contains(line, "PROT_WRITE") && strings.Contains(line, "MAP_SHARED"), line)
		for _, m := range text.FindAllStringSubmatch(line, -1) {
			b, err := hex.DecodeString(strings.ReplaceAll(m[1], `\x`, ""))
			require.NoError(t, err)
			out = append(out, b)
		}
	}
	require.NoError(t, lines.Err())
	return out
}

func find(in [][]byte, what []byte) int {
	return slices.IndexFunc(in, func(b []byte) bool { return bytes.Contains(b, what) })
}
