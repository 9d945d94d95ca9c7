//go:build unix

package torture

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// promises are how many there are.
const promises = 30

// testsOf finds all tests of the repository whose names begin with a code, by code,
// as "folder.name".
func testsOf(t *testing.T, code string) map[string][]string {
	tests, name := map[string][]string{}, regexp.MustCompile(`(?m)^func (Test(`+code+`)[A-Z]\w+)\(`)
	require.NoError(t, filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range name.FindAllStringSubmatch(string(b), -1) {
			where, _ := filepath.Rel("../..", filepath.Dir(path))
			tests[m[2]] = append(tests[m[2]], filepath.ToSlash(where)+"."+m[1])
		}
		return err
	}))
	return tests
}

func TestEveryRowOfThePageOnCareHasTestsAndEveryCodeOfATestARow(t *testing.T) {
	page, err := os.ReadFile("../../docs/care.md")
	require.NoError(t, err)
	there, _, _ := strings.Cut(string(page), "## What is elsewhere")
	tests := testsOf(t, `[STDN]\d{1,2}`)
	var rows []string
	for _, m := range regexp.MustCompile(`(?m)^\| ([STDN][\d.]+) \|`).FindAllStringSubmatch(there, -1) {
		code := strings.ReplaceAll(m[1], ".", "")
		rows = append(rows, code)
		require.NotEmpty(t, tests[code], m[1])
	}
	require.Greater(t, len(rows), 25)
	for code, of := range tests {
		require.Contains(t, rows, code, of)
	}
}

func TestEveryPromiseHasATestWithItsNumberAndTheSecurityPageNamesIt(t *testing.T) {
	tests := testsOf(t, `Invariant\d\d`)
	page, err := os.ReadFile("../../SECURITY.md")
	require.NoError(t, err)
	for n := range promises {
		number := fmt.Sprintf("Invariant%02d", n+1)
		require.NotEmpty(t, tests[number], number)
		row := regexp.MustCompile(fmt.Sprintf(`(?m)^\| %d \| .*$`, n+1)).FindString(string(page))
		for _, name := range tests[number] {
			where, name, _ := strings.Cut(name, ".")
			require.Contains(t, row, "`"+name+"` in `"+where+"`")
		}
		slices.Sort(tests[number])
		t.Log(number, strings.Join(tests[number], " "))
	}
	require.Len(t, tests, promises)
}
