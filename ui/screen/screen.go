// Package screen says what a screen is and what it is given. All screens share
// it; it knows none of them.
//
// A screen is built when it is shown and dropped when it is left, so that
// nothing of a customer stays in a hidden corner. It gets an Env and nothing
// global. It reads the book where it stands; only slow work goes through Run.
package screen

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Place names a screen.
type Place string

// The places of the program.
const (
	Customers Place = "customers" // Route.ID: the customer that is open
	Invoices  Place = "invoices"  // drafts and issued invoices
	Invoice   Place = "invoice"   // Route.ID: an issued invoice
	Draft     Place = "draft"     // Route.ID: a draft; For: a new one for this customer
	Items     Place = "items"
	Staff     Place = "staff" // Route.ID: the profile that is chosen
	Activity  Place = "activity"
	Settings  Place = "settings"
)

// Route is where one can go. Routes are values: equal routes are one place.
type Route struct {
	Place Place    `cbor:"1,keyasint"`
	ID    store.ID `cbor:"2,keyasint,omitempty"`
	For   store.ID `cbor:"3,keyasint,omitempty"`
}

// Screen is one place of the program.
type Screen interface {
	// Content is the screen's picture, the same object each time.
	Content() fyne.CanvasObject
	// Shown is called once, when the content is in the window: the time to load
	// and to give the focus to the first control.
	Shown()
}

// Searcher is a screen with a search box; Ctrl+K leads to it.
type Searcher interface{ Search() fyne.Focusable }

// Creator is a screen on which something can be added; Ctrl+N does.
type Creator interface{ Create() }

// Saver is a screen on which something can be saved; Ctrl+S does.
type Saver interface{ Save() }

// Biller is a screen about somebody or something that can be invoiced; Ctrl+I
// does.
type Biller interface{ Bill() }

// Issuer is a screen on which something can be issued; Ctrl+Enter does.
type Issuer interface{ Issue() }

// Printer is a screen that can be printed; Ctrl+P does.
type Printer interface{ Print() }

// Leaver is a screen that has something to finish before it is left. It calls
// then when it may be left, at once or later, or never.
type Leaver interface{ Leave(then func()) }

// Revealer is a screen with contact details that are masked; Ctrl+E shows them, which
// is counted, and hides them again.
type Revealer interface{ Reveal() }

// Mover is a screen in which one can go further without leaving it, such as to
// one of the customers. Route is where one is now, to come back to.
type Mover interface{ Route() Route }

// Worker is a screen on which something may be typed that is not saved. What
// Work returns is kept on the profile's desk when the book is locked and now
// and then before, also while a dialog of the screen is open. Resume gets it
// back after the same person signed in again.
type Worker interface {
	// Work returns what is unsaved, to be stored as CBOR, or false for nothing.
	Work() (any, bool)
	// Resume reads what was kept into v and carries on from there. It is called
	// after Shown, and only when something was kept.
	Resume(read func(v any) error) error
}

// Env is everything a screen is given.
type Env struct {
	Session *store.Session
	Words   *words.Words
	Canvas  fyne.Canvas
	Now     func() time.Time

	Go    func(Route)         // leads to another place
	Say   func(widgets.Toast) // tells good or plain news
	Fail  func(error)         // tells an error in words
	Run   Background          // for what takes longer than a frame
	Files Files
	Out   Output

	// Identify asks who a customer is, and what of them is still right, before they get
	// an invoice, and goes on then.
	Identify func(id store.CustomerID, then func())

	// Keep puts what is unsaved on the profile's desk now, in the place of what is
	// there; nil where nothing is kept.
	Keep func()

	// Reload builds the window anew: rights, the shop's name or the language
	// changed.
	Reload func()

	// Preview shows the window as another profile sees it; nil where that is not
	// offered.
	Preview func(store.ProfileID)

	again *Passphrase // the dialog of StepUp; nil for none
}

// Can reports whether the profile has a right. What a role never has is not
// shown; the store refuses it all the same.
func (e *Env) Can(r store.Right) bool { return e.Session.Can(r) }

// KeepWork puts what is unsaved on the desk now: what was taken out of a text is
// not to stay there until the next time.
func (e *Env) KeepWork() {
	if e.Keep != nil {
		e.Keep()
	}
}

// Background runs slow work beside the screen. work must not touch widgets;
// done is called on the user interface's goroutine, and not at all when the
// book was locked meanwhile. Locking waits for what runs.
type Background interface {
	Run(work func(ctx context.Context) error, done func(error))
}

// Files asks for places on the computer.
type Files interface {
	// AskSave asks where to save and calls then with a path, or not at all.
	AskSave(name string, then func(path string))
	// AskOpen asks for an existing file with one of the endings (".pdf").
	AskOpen(endings []string, then func(path string))
	// AskFolder asks for a folder that is there.
	AskFolder(then func(path string))
}

// Output hands a PDF to the rest of the computer. Both may take seconds: call
// them in Background.
type Output interface {
	// Open shows it in the system's viewer, from a private file that is removed
	// at lock and at exit.
	Open(pdf []byte) error
	// Print sends it to the usual printer. Where the viewer prints, it opens the
	// viewer and returns true for handed.
	Print(ctx context.Context, title string, pdf []byte) (handed bool, err error)
}

// Refused says in a dialog what an error means, in its tone. What was typed stays.
func (e *Env) Refused(d *widgets.Dialog, err error) { d.Tell(Tone(err), e.Words.Error(err)) }

// Tone is how an error is said: red for what went wrong, amber for a slip of the
// finger and for a preview, in which one only looks.
func Tone(err error) widgets.Tone {
	for _, mild := range []error{store.ErrWrongPassphrase, store.ErrWrongPIN, store.ErrPINGone, store.ErrWrongBadge, store.ErrBadgeRead, store.ErrPreview} {
		if errors.Is(err, mild) {
			return widgets.Look
		}
	}
	return widgets.Bad
}
