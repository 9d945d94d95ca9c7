//go:build unix

package torture

// Salvage of whatever somebody made of a book.

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"counterbook/store"
	"counterbook/store/internal/proctest"
)

func init() { proctest.Role("salvage", salvaging) }

func salvaging() error {
	w, err := newWorker()
	if err != nil {
		return err
	}
	return answer(os.Stdin, os.Stdout, func(h hurt) (fate, error) {
		f, err := w.salvage(h)
		f.Peak = peak()
		return f, err
	})
}

// salvage hurts a copy of the book, and brings back what is left of it.
func (w *worker) salvage(h hurt) (fate, error) {
	to := filepath.Join(filepath.Dir(w.path), "salvaged.counterbook")
	if err := errors.Join(os.RemoveAll(w.path), os.RemoveAll(to)); err != nil {
		return fate{}, err
	}
	if err := h.apply(w.path, w.book, w.earlier); err != nil {
		return fate{}, err
	}
	wreck, err := store.OpenWreck(context.Background(), w.path, nil, options(), nil)
	if err != nil {
		said := "nothing to salvage: " + word(err)
		return fate{said, said, tells(err), tells(err), 0}, nil
	}
	defer wreck.Close()
	r, err := wreck.Salvage(context.Background(), store.ProfileID{}, store.Passphrase(ownerPass), to, nil)
	if err != nil {
		said := "not salvaged: " + word(err)
		return fate{said, said, tells(err), tells(err), 0}, nil
	}
	said := "salvaged in part"
	if r.Whole {
		said = "salvaged whole"
	}
	got, err := look(to)
	switch {
	case err != nil:
		said += ", BUT " + refused(err)
	case r.Whole && w.fewer(got.stored) != "":
		said += ", BUT FEWER " + w.fewer(got.stored)
	default:
		return fate{said, said, false, false, 0}, nil
	}
	return fate{said, said, true, true, 0}, nil
}

// fewer names what there are fewer records of than in the truth, or nothing. The
// log may begin anew, and what lists are made of is made again of the records.
func (w *worker) fewer(stored map[string]string) string {
	has := count(stored)
	for what, n := range count(w.truth.stored) {
		if what != "book/l" && what != "book/r\x00\x14" && what != "book/r\x00\x15" && has[what] < n {
			return fmt.Sprintf("%q", what)
		}
	}
	return ""
}

func TestASalvageOfAnyFileEndsAndWhatItMakesIsABook(t *testing.T) {
	many := 30
	if whole() {
		many = 5_000
	}
	pages := bookSize(t) / pageSize
	var cases []hurt
	for range many {
		cases = append(cases, hurt{Kind: "scribble", A: rand.Int()}, hurt{Kind: "zero", A: rand.IntN(pages)},
			hurt{Kind: "double", A: rand.IntN(pages), B: rand.IntN(pages)})
	}
	hurtAllBy(t, "salvage", "salvage of books that somebody scribbled in or that lack pages", cases)
}
