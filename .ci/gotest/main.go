// Command gotest runs `go test` with the arguments given, prints a line for each
// package, and then every test that was skipped and why. It fails when a test
// failed, and when one was skipped that .ci/skips does not list.
//
//	go run .ci/gotest/main.go -tags ci ./...
//
// Arguments NAME=VALUE at the beginning are environment for `go test` alone.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
)

// event is one line of `go test -json` (go doc test2json).
type event struct {
	Action, Package, Test, Output string
}

func main() {
	allowed, err := readSkips(".ci/skips")
	if err == nil {
		err = run(os.Args[1:], allowed)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
		os.Exit(1)
	}
}

// readSkips reads the list: a line is a pattern as of path.Match for
// "package.Test", a blank, and the reason. # begins a comment.
func readSkips(name string) ([]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var patterns []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		pattern, reason, _ := strings.Cut(line, " ")
		if strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("%s gives no reason for %s", name, pattern)
		}
		if _, err := path.Match(pattern, ""); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, pattern, err)
		}
		patterns = append(patterns, pattern)
	}
	return patterns, nil
}

func run(args, allowed []string) error {
	fmt.Println("go test", strings.Join(args, " "))
	// The toolkit drops what a minute ago was drawn last, and a slow machine then
	// measures controls that were not laid out again.
	env := append(os.Environ(), "FYNE_CACHE=10m")
	for len(args) > 0 && !strings.HasPrefix(args[0], "-") && strings.Contains(args[0], "=") {
		env, args = append(env, args[0]), args[1:]
	}
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Env = env
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	tests, skipped := report(out)
	failed := cmd.Wait()

	unlisted := 0
	for _, s := range skipped {
		mark := "skipped"
		if !slices.ContainsFunc(allowed, func(p string) bool { ok, _ := path.Match(p, s.name); return ok }) {
			unlisted++
			mark = "SKIPPED, and not listed in .ci/skips"
		}
		fmt.Printf("%s: %s\n    %s\n", mark, s.name, s.reason)
	}
	fmt.Printf("%d tests, %d skipped\n", tests, len(skipped))
	switch {
	case failed != nil:
		return failed
	case unlisted > 0:
		return fmt.Errorf("%d tests were skipped that .ci/skips does not list", unlisted)
	case tests == 0:
		return fmt.Errorf("no test ran")
	}
	return nil
}

type skip struct{ name, reason string }

// report prints packages as they end, with all that a failed one said.
func report(in io.Reader) (tests int, skipped []skip) {
	said := map[string]*strings.Builder{}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Println(lines.Text()) // a message of the build
			continue
		}
		key := e.Package + "." + e.Test
		if said[key] == nil {
			said[key] = &strings.Builder{}
		}
		switch e.Action {
		case "output", "build-output":
			if e.Action == "build-output" || (e.Test == "" && isResult(e.Output)) {
				fmt.Print(e.Output)
				continue
			}
			said[key].WriteString(e.Output)
		case "pass", "fail", "skip":
			if e.Test != "" && !strings.Contains(e.Test, "/") {
				tests++
			}
			if e.Action == "fail" {
				fmt.Print(said[key])
			}
			if e.Action == "skip" && e.Test != "" {
				skipped = append(skipped, skip{key, reason(said[key].String())})
			}
			delete(said, key)
		}
	}
	return tests, skipped
}

// isResult says whether a line is the result of a package.
func isResult(line string) bool {
	return strings.HasPrefix(line, "ok  \t") || strings.HasPrefix(line, "FAIL\t") ||
		strings.HasPrefix(line, "?   \t") || strings.HasPrefix(line, "---\t")
}

// reason is what a skipped test said: the lines that are not its name.
func reason(output string) string {
	var kept []string
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "=== ") && !strings.HasPrefix(line, "--- ") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, " ")
}
