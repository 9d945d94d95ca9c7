//go:build linux

// Looking: what the window says, pictures of it, and what is in a PDF.

package tour

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// Expect waits until the window says all the texts.
func (p *Program) Expect(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		p.until(fmt.Sprintf("the window says %q", text), func() error {
			if says(p.Map(), text) {
				return nil
			}
			return errors.New("it does not")
		})
	}
}

// ExpectAbsent waits until the window says none of the texts.
func (p *Program) ExpectAbsent(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		p.until(fmt.Sprintf("the window no longer says %q", text), func() error {
			if says(p.Map(), text) {
				return errors.New("it does")
			}
			return nil
		})
	}
}

// Settle waits until nothing has changed on the window for a moment.
func (p *Program) Settle() {
	p.t.Helper()
	last, since := p.Map().Seq, time.Now()
	p.until("the window is still", func() error {
		if seq := p.Map().Seq; seq != last {
			last, since = seq, time.Now()
		}
		if time.Since(since) < stillFor {
			return errors.New("it changes")
		}
		return nil
	})
}

// Changed does something and waits until the picture of the window is another.
func (p *Program) Changed(do func()) {
	p.t.Helper()
	before := p.pixels()
	do()
	p.until("the picture changes", func() error {
		if bytes.Equal(before, p.pixels()) {
			return errors.New("it does not")
		}
		return nil
	})
}

// alike is how many pictures are compared until two are the same. The caret of a
// field that has the focus blinks for ever.
const alike = 10

// Picture writes a picture of the settled window to the Out folder and returns
// its path.
func (p *Program) Picture(name string) string {
	p.t.Helper()
	p.Settle()
	last := p.pixels()
	for range alike {
		time.Sleep(2 * glance)
		now := p.pixels()
		if bytes.Equal(now, last) {
			break
		}
		last = now
	}
	path := filepath.Join(p.o.Out, name+".png")
	if err := os.WriteFile(path, last, 0o644); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// pixels is the window as a PNG without times, so that equal pictures are equal.
func (p *Program) pixels() []byte {
	p.t.Helper()
	id, err := p.window()
	if err != nil {
		p.fail("%v", err)
	}
	out, err := p.d.try("import", "-silent", "-window", id, "-strip", "-define", "png:exclude-chunks=date,time", "png:-")
	if err != nil {
		p.fail("%v", err)
	}
	return []byte(out)
}

// PDFText is the text of a PDF, laid out as on its pages.
func PDFText(t testing.TB, path string) string {
	t.Helper()
	return poppler(t, "pdftotext", "-layout", path, "-")
}

var pdfPages = regexp.MustCompile(`(?m)^Pages:\s+(\d+)$`)

// PDFPages is the number of pages of a PDF.
func PDFPages(t testing.TB, path string) int {
	t.Helper()
	m := pdfPages.FindStringSubmatch(poppler(t, "pdfinfo", path))
	if m == nil {
		t.Fatalf("%s has no pages", path)
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// PDFPicture draws the first page of a PDF into a PNG, in dots per inch.
func PDFPicture(t testing.TB, path, png string, dpi int) {
	t.Helper()
	base := png[:len(png)-len(filepath.Ext(png))]
	poppler(t, "pdftoppm", "-png", "-singlefile", "-r", strconv.Itoa(dpi), path, base)
}

func poppler(t testing.TB, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v %s", name, err, said.String())
	}
	return out.String()
}
