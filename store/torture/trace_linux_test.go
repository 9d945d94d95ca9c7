package torture

// The trace: what a process asked the system for, as strace wrote it down.

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// traced are the calls that change files, and those that are needed to know
// which files.
const traced = "open,openat,creat,close,dup,dup2,dup3,fcntl,lseek,write,pwrite64,writev,pwritev,copy_file_range,sendfile," +
	"ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir"

// call is one call that succeeded.
type call struct {
	name string
	args []string
	ret  int64
}

// text is an argument that strace printed in hexadecimal.
func (c call) text(i int) string {
	raw := strings.TrimSuffix(c.args[i], "...")
	raw = strings.ReplaceAll(strings.Trim(raw, `"`), `\x`, "")
	out := make([]byte, len(raw)/2)
	for k := range out {
		n, err := strconv.ParseUint(raw[2*k:2*k+2], 16, 8)
		if err != nil {
			panic("strace: " + c.args[i])
		}
		out[k] = byte(n)
	}
	return string(out)
}

func (c call) number(i int) int64 {
	n, err := strconv.ParseInt(c.args[i], 0, 64)
	if err != nil {
		panic("strace: " + c.name + " " + c.args[i])
	}
	return n
}

// strace is the tool, or the test is not run.
func strace(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("strace")
	if err != nil {
		cannot(t, "needs strace, which make test does not install; .ci/run and make torture do")
	}
	probe := exec.Command(path, "-f", "-o", os.DevNull, "true")
	if out, err := probe.CombinedOutput(); err != nil {
		cannot(t, fmt.Sprintf("strace may not look at a process here: %s", strings.TrimSpace(string(out))))
	}
	return path
}

// record runs a role under strace and returns its calls, and what it said.
func record(t *testing.T, role string, env ...string) []call {
	t.Helper()
	tool, to := strace(t), filepath.Join(scratch(t), "trace")
	cmd := child(role, env...)
	cmd.Args = append([]string{tool, "-f", "--seccomp-bpf", "-xx", "-s", "16777216", "-o", to, "-e", "trace=" + traced}, cmd.Args...)
	cmd.Path = tool
	out, err := cmd.Output()
	require.NoError(t, err, "%s", out)
	f, err := os.Open(to)
	require.NoError(t, err)
	defer f.Close()
	calls, err := parse(f)
	require.NoError(t, err)
	require.NotEmpty(t, calls)
	return calls
}

var (
	unfinished = regexp.MustCompile(`^(\d+) +(\w+)\((.*?)(?:, )? <unfinished \.\.\.>$`)
	resumed    = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>(?:, )?(.*)$`)
	complete   = regexp.MustCompile(`^(\d+) +(\w+)\((.*)\) += (-?\d+)(.*)$`)
	ended      = regexp.MustCompile(`^(.*)\) += (-?\d+)(.*)$`)
	other      = regexp.MustCompile(`^\d+ +(\+\+\+|---|<\.\.\. \w+ resumed.*\?|\w+\(.*= \?)`)
)

// parse reads what strace wrote. A call that was interrupted by others is put
// where it ended.
func parse(in io.Reader) (out []call, err error) {
	open := map[string]string{} // arguments of calls that have begun, by thread
	lines := bufio.NewReader(in)
	for {
		raw, err := lines.ReadString('\n')
		if raw == "" && err != nil {
			return out, nil
		}
		l := strings.TrimSuffix(raw, "\n")
		var name, args, ret string
		if m := unfinished.FindStringSubmatch(l); m != nil {
			open[m[1]] = m[3]
			continue
		} else if m := resumed.FindStringSubmatch(l); m != nil {
			e := ended.FindStringSubmatch(m[3])
			if e == nil {
				continue // the process ended in it
			}
			name, args, ret = m[2], open[m[1]], e[2]
			if e[1] != "" {
				args = strings.TrimPrefix(args+", "+e[1], ", ")
			}
		} else if m := complete.FindStringSubmatch(l); m != nil {
			name, args, ret = m[2], m[3], m[4]
		} else if other.MatchString(l) {
			continue
		} else {
			return nil, fmt.Errorf("strace wrote %.200q", l)
		}
		n, err := strconv.ParseInt(ret, 10, 64)
		if err != nil {
			return nil, err
		}
		if n >= 0 {
			out = append(out, call{name: name, args: split(args), ret: n})
		}
	}
}

// split cuts arguments at commas. Texts are in hexadecimal and hold none.
func split(args string) []string {
	parts := strings.Split(args, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
