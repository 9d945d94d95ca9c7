package process

// Secrets typed at a terminal.

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// longestSecret bounds what is read as a line, in bytes.
const longestSecret = 4 << 10

// ReadSecret asks for a line without showing it. What is no terminal, such as a
// pipe, is read as it comes.
func ReadSecret(in *os.File, out io.Writer, prompt string) (string, error) {
	show, err := hide(in)
	if err == nil {
		defer show()
		fmt.Fprint(out, prompt)
		defer fmt.Fprintln(out)
	}
	line, err := bufio.NewReader(io.LimitReader(in, longestSecret)).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", errors.Join(io.ErrUnexpectedEOF, err)
	}
	return line, nil
}
