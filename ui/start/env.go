// Package start is what one sees before anybody is signed in: the welcome to a
// computer without a book, the set-up of a shop, and the sign-in.
package start

import (
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Env is what the pages before sign-in are given. There is no session yet.
type Env struct {
	Words   *words.Words
	Canvas  fyne.Canvas
	Now     func() time.Time
	Options *store.Options // for making and opening books
	Say     func(widgets.Toast)
	Fail    func(error)
	Run     screen.Background
	Files   screen.Files
	Out     screen.Output

	// BookDir is the folder proposed for a new book.
	BookDir string

	// MadeUp says that the book is the made-up shop: the sign-in then names the
	// passphrases.
	MadeUp bool

	// After calls f once after a while, on the user interface's goroutine, and
	// returns what stops it; nil is a timer. Tests put their own clock here.
	After func(d time.Duration, f func()) (stop func())

	Welcome  func()                     // shows the first page
	SetUp    func()                     // shows the set-up
	Open     func(path string)          // opens a book and shows its sign-in, or tells why not
	Made     func(*store.Book)          // takes over a book that was made and shows its sign-in
	Salvage  func(path string)          // shows how what a damaged book still holds goes into a new one
	Sample   func()                     // makes the made-up shop and opens it
	Restore  func(path string)          // shows the page that puts a backup in the place of a book; "" for none there
	SignedIn func(*store.Session, bool) // takes over a session; true: signed in with the kit
}

func (e *Env) after(d time.Duration, f func()) (stop func()) {
	if e.After != nil {
		return e.After(d, f)
	}
	return widgets.After(d, f)
}
