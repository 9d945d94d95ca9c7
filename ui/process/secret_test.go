package process

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASecretIsReadFromAPipeToo(t *testing.T) {
	for typed, want := range map[string]string{"four words\r\n": "four words", "no end": "no end", "": "", "\n": "", strings.Repeat("x", 1<<20): strings.Repeat("x", longestSecret)} {
		r, w, err := os.Pipe()
		require.NoError(t, err)
		go func() { w.WriteString(typed); w.Close() }()
		var out bytes.Buffer
		got, err := ReadSecret(r, &out, "Passphrase: ")
		require.Equal(t, want, got)
		require.Equal(t, want == "", err != nil)
		require.Empty(t, out.String(), "nobody is asked")
		r.Close()
	}
}
