package invoices

// An invoice leaves the book: on paper, as a file, into a viewer. Each way is
// logged the moment it happened.

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"counterbook/store"
	"counterbook/ui/process"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// hand hands out one invoice.
type hand struct {
	e        *screen.Env
	w        *words.Words
	invoices *store.Invoices
	id       store.InvoiceID
	number   string
	running  bool
	busy     func(bool) // told when something runs; may be nil
}

// run does slow work beside the screen, one thing at a time.
func (h *hand) run(work func(ctx context.Context, pdf []byte) error, done func()) {
	if h.running {
		return
	}
	h.set(true)
	h.e.Run.Run(func(ctx context.Context) error {
		pdf, err := h.invoices.PDF(h.id)
		if err != nil {
			return err
		}
		return work(ctx, pdf)
	}, func(err error) {
		h.set(false)
		if err != nil {
			h.fail(err)
			return
		}
		done()
	})
}

func (h *hand) set(on bool) {
	h.running = on
	if h.busy != nil {
		h.busy(on)
	}
}

func (h *hand) say(tone widgets.Tone, key string, data ...words.Data) {
	all := append([]words.Data{{"Number": h.number}}, data...)
	h.e.Say(widgets.Toast{Tone: tone, Text: h.w.T(key, all...)})
}

// print sends the invoice to the printer. Where the viewer prints, it opens the
// viewer, and the log says so.
func (h *hand) print() {
	opened := false
	h.run(func(ctx context.Context, pdf []byte) (err error) {
		if opened, err = h.e.Out.Print(ctx, h.number, pdf); err != nil {
			return err
		}
		if opened {
			return h.invoices.Handed(h.id, store.InvoiceOpened)
		}
		return h.invoices.Handed(h.id, store.InvoicePrinted)
	}, func() {
		if opened {
			h.say(widgets.Info, "invoices.print.viewer")
		} else {
			h.say(widgets.Good, "invoices.printed")
		}
	})
}

// open shows the invoice in the system's viewer.
func (h *hand) open() {
	h.run(func(_ context.Context, pdf []byte) error {
		if err := h.e.Out.Open(pdf); err != nil {
			return err
		}
		return h.invoices.Handed(h.id, store.InvoiceOpened)
	}, func() { h.say(widgets.Good, "invoices.opened") })
}

// save writes the invoice where somebody chooses.
func (h *hand) save() {
	h.e.Files.AskSave(fileName(h.number), func(path string) {
		h.run(func(_ context.Context, pdf []byte) error {
			if err := writeFile(path, pdf); err != nil {
				return err
			}
			return h.invoices.Handed(h.id, store.InvoiceSaved)
		}, func() {
			h.say(widgets.Good, "invoices.saved", words.Data{"File": filepath.Base(path), "Folder": filepath.Base(filepath.Dir(path))})
		})
	})
}

// fileName proposes a name for the PDF: the number, without what file systems
// refuse.
func fileName(number string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, number)
	return clean + ".pdf"
}

// fail says what hindered it.
func (h *hand) fail(err error) {
	for _, known := range []struct {
		is  error
		key string
	}{
		{process.ErrNoPrinter, "invoices.print.none"},
		{process.ErrNoPrinting, "invoices.print.none"},
		{process.ErrUnknownPrinter, "invoices.print.none"},
		{process.ErrNoViewer, "invoices.viewer.none"},
		{process.ErrViewerFailed, "invoices.viewer.failed"},
		{process.ErrNotPrivate, "invoices.viewer.private"},
	} {
		if errors.Is(err, known.is) {
			h.say(widgets.Bad, known.key)
			return
		}
	}
	var refused *process.PrintError
	var file *fileError
	switch {
	case errors.As(err, &refused):
		h.say(widgets.Bad, "invoices.print.refused", words.Data{"Said": refused.Said})
	case errors.As(err, &file):
		h.say(widgets.Bad, "invoices.save.failed", words.Data{"File": filepath.Base(file.path), "Why": h.w.Error(file.err)})
	default:
		h.e.Fail(err)
	}
}
