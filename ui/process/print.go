// Printing a PDF: the words both systems share.

package process

import (
	"context"
	"errors"
	"io"
)

var (
	// ErrNoPrinting says that the computer has no printing system to speak to.
	ErrNoPrinting = errors.New("this computer has no printing system")
	// ErrNoPrinter says that no printer is set up, or none is the usual one.
	ErrNoPrinter = errors.New("no printer is set up")
	// ErrUnknownPrinter says that the printer asked for does not exist (any more).
	ErrUnknownPrinter = errors.New("there is no printer of that name")
	// ErrViewerPrints says that on this system the viewer prints: write a
	// [Handouts] file, [Open] it, and the user prints from there.
	ErrViewerPrints = errors.New("printing is done from the viewer on this system")
)

// PrintError is a refusal of the printing system that has no name here.
type PrintError struct {
	Said string // the last line the printing system said, in English
}

func (e *PrintError) Error() string { return "the printing system refused: " + e.Said }

// Job is what the printing system is told about a document.
type Job struct {
	Title   string // shown in the printer's queue; an invoice number, never a name
	Printer string // empty: the user's usual printer
	Media   string // "A4", "Letter"; empty: the printer's own choice
	Copies  int    // below 2: one
}

// Print sends a PDF to a printer. The bytes go through a pipe: this program
// writes no file. The printing system keeps its own copy until it is printed.
func Print(ctx context.Context, job Job, pdf io.Reader) error {
	return printPDF(ctx, job, pdf)
}

// Queues are the printers of this computer.
type Queues struct {
	Names []string
	Usual string // empty: none is chosen
}

// Printers lists the printers. None at all is no error here.
func Printers(ctx context.Context) (Queues, error) {
	return printers(ctx)
}
