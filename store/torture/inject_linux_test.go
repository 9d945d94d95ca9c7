package torture

// Disks that fail: the k-th call of a kind returns an error, once or from then on.

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// failing is one run: which call fails, how, the how-manieth, and whether all that
// follow do too.
type failing struct {
	role, call, err string
	k               int
	all             bool
}

func (f failing) String() string {
	s := fmt.Sprintf("%s: %s number %d says %s", f.role, f.call, f.k, f.err)
	if f.all {
		s += ", as all that follow"
	}
	return s
}

// disks are which errors a system call gives on a disk that is full, broken, or
// has become read-only, and on a file that may not grow.
var disks = map[string][]string{
	"pwrite64":  {"ENOSPC", "EIO", "EROFS", "EFBIG"},
	"fdatasync": {"EIO", "ENOSPC", "EROFS"},
	"fsync":     {"EIO", "ENOSPC", "EROFS"},
	"ftruncate": {"ENOSPC", "EIO", "EROFS", "EFBIG"},
	"renameat":  {"ENOSPC", "EIO", "EROFS"},
	"linkat":    {"ENOSPC", "EIO", "EROFS"},
	"unlinkat":  {"EIO", "EROFS"},
}

func TestInvariant18WhateverCallFailsTheErrorIsSaidAndNothingIsLost(t *testing.T) {
	tool := strace(t)
	var cases []failing
	for _, role := range []string{"insist", "birth", "compact", "backup", "rewrite", "restore"} {
		for call, errs := range disks {
			n := countCalls(t, tool, role, call)
			for _, e := range errs {
				for k := 1; k <= n; k++ {
					cases = append(cases, failing{role, call, e, k, false}, failing{role, call, e, k, true})
				}
			}
		}
	}
	total := len(cases)
	if !whole() {
		rand.Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
		cases = cases[:40]
	}
	said, bad := map[string]int{}, []string(nil)
	var mu sync.Mutex
	var both sync.WaitGroup
	next := make(chan failing)
	for range 2 {
		both.Go(func() {
			for f := range next {
				words, err := f.run(t, tool)
				mu.Lock()
				for _, w := range words {
					said[w]++
				}
				if err != nil {
					bad = append(bad, f.String()+": "+err.Error())
				}
				mu.Unlock()
			}
		})
	}
	for _, f := range cases {
		next <- f
	}
	close(next)
	both.Wait()
	for w, n := range said {
		t.Logf("%6d  %s", n, w)
	}
	report(t, fmt.Sprintf("calls that fail, of %d", total), len(cases), len(bad))
	require.Empty(t, bad)
}

// injected is what strace writes beside a call that it let fail.
var injected = regexp.MustCompile(`(?m) \(INJECTED\)$`)

func (f failing) prepare(t *testing.T) (dir string, before state) {
	if f.role != "birth" {
		return bookToKill(t)
	}
	return scratch(t), state{}
}

func countCalls(t *testing.T, tool, role, call string) int {
	dir, _ := failing{role: role}.prepare(t)
	to := filepath.Join(scratch(t), "calls")
	out, err := traceOnly(tool, to, role, dir, "-e", "trace="+call)
	require.NoError(t, err, "%s", out)
	b, err := os.ReadFile(to)
	require.NoError(t, err)
	return bytes.Count(b, []byte(call+"("))
}

func traceOnly(tool, to, role, dir string, more ...string) ([]byte, error) {
	cmd := child(role, bookIn+"="+dir, rounds+"=1")
	cmd.Args = append(append([]string{tool, "-f", "--seccomp-bpf", "-o", to}, more...), cmd.Args...)
	cmd.Path = tool
	return cmd.Output()
}

// run lets a writer meet the failure, and looks at what it said and left.
func (f failing) run(t *testing.T, tool string) (words []string, err error) {
	dir, before := f.prepare(t)
	defer os.RemoveAll(dir) // there are thousands
	to := dir + ".calls"
	defer os.Remove(to)
	when := fmt.Sprint(f.k)
	if f.all {
		when += "+"
	}
	out, ended := traceOnly(tool, to, f.role, dir, "-e", "trace="+f.call,
		"-e", fmt.Sprintf("inject=%s:error=%s:when=%s", f.call, f.err, when))
	var exit *exec.ExitError
	if ended != nil && (!errors.As(ended, &exit) || exit.ExitCode() != 1) {
		return nil, fmt.Errorf("it ended with %w", ended)
	}
	calls, err := os.ReadFile(to)
	if err != nil {
		return nil, err
	}
	if !injected.Match(calls) {
		return []string{"(not reached)"}, nil
	}
	s, err := hear(string(out))
	if err != nil {
		return nil, err
	}
	if s.err != "" && f.role != "insist" {
		s.failed = append(s.failed, s.err)
		if kind(errors.New(s.err)) != s.err {
			return s.failed, fmt.Errorf("said %q", s.err)
		}
	}
	for _, w := range s.failed {
		words = append(words, f.err+" on "+f.call+" while "+f.role+": "+w)
	}
	if strings.Contains(string(out), "UNKNOWN") || ended != nil && s.err == "" {
		return words, fmt.Errorf("said %q", out)
	}
	return words, f.after(dir, s, before)
}

// after looks at what is left once the disk works again.
func (f failing) after(dir string, s said, before state) error {
	path := filepath.Join(dir, bookName)
	_, err := os.Stat(path)
	if f.role == "birth" && os.IsNotExist(err) {
		if s.created || s.err == store.ErrUncertain.Error() {
			return fmt.Errorf("it is not there, and was said: %q", s.err)
		}
		b, err := create(path, options())
		if err != nil {
			return fmt.Errorf("it cannot be made afterwards: %w", err)
		}
		return b.Close()
	}
	return s.left(path, before)
}
