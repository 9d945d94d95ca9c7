package main

import (
	"bytes"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

// layers is the order of the house: a package imports only from its own layer
// and from those to the right of it.
var layers = []string{"ui", "store", "invoice", "assets"}

// closed are imports that belong to some packages alone.
var closed = []struct {
	path    string   // an import path or what it starts with
	allowed []string // packages, or folders with a slash, that may have it
}{
	{"fyne.io/fyne/v2/app", []string{"."}},
	{"fyne.io/", []string{".", "ui/"}},
	{"go.etcd.io/bbolt", []string{"store/internal/vault/"}},
	{"counterbook/store/internal/", []string{"store/"}},
	{"golang.org/x/crypto", []string{"store/internal/vault/"}},
	{"crypto/", []string{"store/", "ui/process/", "ui/tour/"}},
	{"github.com/jung-kurt/gofpdf", []string{"invoice/paper/pdf/"}},
	{"github.com/fxamacker/cbor", []string{"store/internal/vault/envelope/"}},
	{"math/rand", nil},
	{"net/http", nil},
}

// imports lists what each package of the tree imports, tests apart.
func imports(t *testing.T) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "out" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(filepath.Dir(path))
		if out[pkg] == nil {
			out[pkg] = map[string]bool{}
		}
		for _, i := range f.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			out[pkg][p] = true
		}
		return nil
	}))
	return out
}

func layer(pkg string) int {
	for i, l := range layers {
		if pkg == l || strings.HasPrefix(pkg, l+"/") {
			return i
		}
	}
	return -1
}

func TestImportsRunOnlyToTheRight(t *testing.T) {
	all := imports(t)
	require.Greater(t, len(all), 15)
	for pkg, list := range all {
		for path := range list {
			if own, ok := strings.CutPrefix(path, "counterbook/"); ok {
				require.GreaterOrEqual(t, layer(own), layer(pkg), "%s imports %s", pkg, path)
			}
			for _, c := range closed {
				if path != c.path && !strings.HasPrefix(path, strings.TrimSuffix(c.path, "/")+"/") {
					continue
				}
				may := false
				for _, a := range c.allowed {
					may = may || pkg == a || strings.HasPrefix(pkg+"/", a)
				}
				require.True(t, may, "%s imports %s", pkg, path)
			}
		}
	}
}

func TestWidgetsKnowNothingOfAShop(t *testing.T) {
	for path := range imports(t)["ui/widgets"] {
		own, ok := strings.CutPrefix(path, "counterbook/")
		require.True(t, !ok || own == "assets", "ui/widgets imports %s", path)
	}
}

func TestTheProgramSaysWhatItIsAndRefusesWhatItDoesNotKnow(t *testing.T) {
	var out, errs bytes.Buffer
	require.Zero(t, run([]string{"-version"}, &out, &errs))
	require.Equal(t, "counterbook dev\n", out.String())
	require.Zero(t, run([]string{"-help"}, &out, &errs))
	require.Contains(t, errs.String(), "check FILE")
	require.Equal(t, 2, run([]string{"-nonsense"}, &out, &errs))
	require.Equal(t, 2, run([]string{"one", "two"}, &out, &errs))
	require.Equal(t, 2, run([]string{"check"}, &out, &errs))
}

func TestTheSizeOfAMadeUpShopIsANumberOfCustomersOrAClearMessage(t *testing.T) {
	for _, args := range [][]string{{"-sample=0"}, {"-sample", "0"}, {"-sample", "200001"}, {"-sample=many"}, {"-sample", "shop.counterbook"}} {
		var errs bytes.Buffer
		require.Equal(t, 2, run(args, io.Discard, &errs), args)
		require.Equal(t, "counterbook: -sample makes a shop of 1 to 200000 customers\n", errs.String(), args)
	}
	for text, want := range map[string]size{"true": 200, "1": 1, "1000": 1000, "200000": 200_000} {
		var s size
		require.NoError(t, s.Set(text))
		require.Equal(t, want, s)
	}
}

func TestCheckSaysWhetherABookIsWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.counterbook")
	b, err := screentest.Make(path, screentest.Options())
	require.NoError(t, err)
	require.NoError(t, b.Close())
	var out bytes.Buffer
	require.Zero(t, run([]string{"check", path}, &out, &out))
	require.Contains(t, out.String(), "5 profiles")

	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, whole[:len(whole)/2/4096*4096], 0o600))
	out.Reset()
	require.Equal(t, 1, run([]string{"check", path}, &out, &out))
	require.Contains(t, out.String(), "damaged")
	_, err = store.Check(path)
	require.ErrorIs(t, err, store.ErrDamaged)
	out.Reset()
	require.Equal(t, 1, run([]string{"check", filepath.Join(t.TempDir(), "none")}, &out, &out))
	require.NotEmpty(t, out.String())
}
