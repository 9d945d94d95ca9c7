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

func TestEveryPromiseHasATestWithItsNumberAndTheSecurityPageNamesIt(t *testing.T) {
	tests, name := map[string][]string{}, regexp.MustCompile(`(?m)^func (Test(Invariant\d\d)\w+)\(`)
	const root = "../.."
	require.NoError(t, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range name.FindAllStringSubmatch(string(b), -1) {
			where, _ := filepath.Rel(root, filepath.Dir(path))
			tests[m[2]] = append(tests[m[2]], filepath.ToSlash(where)+"."+m[1])
		}
		return err
	}))
	page, err := os.ReadFile(filepath.Join(root, "SECURITY.md"))
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
