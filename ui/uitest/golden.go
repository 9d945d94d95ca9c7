// Golden pictures: how a window looked when somebody was content with it.

package uitest

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
)

var update = flag.Bool("update", false, "write golden pictures anew")

// Golden holds the window against testdata/NAME.png of the package under test,
// byte for byte. A picture that differs is written to testdata/failed. Pictures
// are the same on linux/amd64 only and are not compared elsewhere.
//
// Look at a picture before keeping it; then run the test with -update.
func (w *Window) Golden(name string) {
	w.T.Helper()
	picture := w.Picture()
	path := filepath.Join("testdata", name+".png")
	if *update {
		w.write(path, picture)
		return
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return
	}
	b, err := os.ReadFile(path)
	if err != nil {
		w.T.Fatal(err)
	}
	golden, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		w.T.Fatal(err)
	}
	if !same(golden, picture) {
		failed := filepath.Join("testdata", "failed", name+".png")
		w.write(failed, picture)
		w.T.Errorf("%s looks different: see %s", name, failed)
	}
}

func (w *Window) write(path string, picture image.Image) {
	w.T.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		w.T.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.T.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		w.T.Fatal(err)
	}
}

func same(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			ar, ag, ab, aa := a.At(x, y).RGBA()
			br, bg, bb, ba := b.At(x, y).RGBA()
			if ar != br || ag != bg || ab != bb || aa != ba {
				return false
			}
		}
	}
	return true
}
