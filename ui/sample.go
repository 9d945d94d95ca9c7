package ui

// The made-up shop: made beside the window, in a folder of its own.

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/start"
	"counterbook/ui/widgets"
)

// progressAfter is for how long a made-up shop is made before a page tells of it.
const progressAfter = time.Second

// sample makes a made-up shop in a folder that is removed at the end. It is
// given up when somebody went elsewhere meanwhile.
func (u *App) sample(customers int) {
	stop, cancel := context.WithCancel(context.Background())
	env, from := u.startEnv(), u.page
	making := start.NewMaking(env, customers, cancel)
	halt := widgets.After(progressAfter, func() { u.tellOf(making, from) })
	var b *store.Book
	u.run.Run(func(ctx context.Context) (err error) {
		defer context.AfterFunc(ctx, cancel)()
		b, err = makeSample(stop, customers, u.store, func(done float64) { fyne.Do(func() { making.Set(done) }) })
		return err
	}, func(err error) {
		halt()
		cancel()
		switch _, told := u.page.(*start.Making); {
		case u.page != from && !told:
			if err == nil {
				err = errors.Join(b.Close(), os.RemoveAll(filepath.Dir(b.Info().Path)))
			}
			if err != nil && !errors.Is(err, context.Canceled) {
				u.fail(err)
			}
		case err == nil:
			u.made(b)
		default:
			u.welcome()
			if !errors.Is(err, context.Canceled) {
				u.fail(err)
			}
		}
	})
}

// tellOf shows how far a made-up shop is, unless somebody went elsewhere.
func (u *App) tellOf(m *start.Making, from screen.Screen) {
	if u.page == from {
		u.show(m)
	}
}

// makeSample makes a made-up shop in a folder of its own, which is gone again
// when that fails or is stopped.
func makeSample(stop context.Context, customers int, o *store.Options, progress func(float64)) (*store.Book, error) {
	dir, err := os.MkdirTemp("", sampleMark)
	if err != nil {
		return nil, err
	}
	here := *o
	here.StateDir = "" // nobody comes back to it
	b, err := sample.Create(stop, filepath.Join(dir, "atelier-rossi.counterbook"), customers, &here, progress)
	if err == nil && stop.Err() != nil {
		err = errors.Join(stop.Err(), b.Close())
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return b, nil
}

// sampleMark starts the names of folders with a made-up shop.
const sampleMark = "counterbook-sample-"

func (u *App) isSample() bool {
	return u.book != nil && strings.HasPrefix(filepath.Base(filepath.Dir(u.book.Info().Path)), sampleMark)
}
