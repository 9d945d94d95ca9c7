package ui

// Output and files: how something leaves the program or comes into it.

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"counterbook/ui/process"
)

// output hands PDFs to viewer and printer.
type output struct{ handouts *process.Handouts }

// Open implements screen.Output.
func (o *output) Open(pdf []byte) error {
	path, err := o.handouts.Put(".pdf", pdf)
	if err != nil {
		return err
	}
	return process.Open(path)
}

// Print implements screen.Output.
func (o *output) Print(ctx context.Context, title string, pdf []byte) (bool, error) {
	err := process.Print(ctx, process.Job{Title: title, Media: "A4"}, bytes.NewReader(pdf))
	if errors.Is(err, process.ErrViewerPrints) {
		return true, o.Open(pdf)
	}
	return false, err
}

// files asks with the toolkit's own dialogs.
type files struct{ u *App }

// AskSave implements screen.Files.
func (f files) AskSave(name string, then func(string)) {
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil {
			f.u.fail(err)
			return
		}
		if w == nil {
			return
		}
		path := w.URI().Path()
		w.Close() // the caller writes beside it and renames
		then(filepath.FromSlash(path))
	}, f.u.window)
	d.SetFileName(name)
	f.show(d)
}

// AskOpen implements screen.Files.
func (f files) AskOpen(endings []string, then func(string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			f.u.fail(err)
			return
		}
		if r == nil {
			return
		}
		path := r.URI().Path()
		r.Close()
		then(filepath.FromSlash(path))
	}, f.u.window)
	d.SetFilter(storage.NewExtensionFileFilter(endings))
	f.show(d)
}

// AskFolder implements screen.Files.
func (f files) AskFolder(then func(string)) {
	f.show(dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			f.u.fail(err)
			return
		}
		if u != nil {
			then(filepath.FromSlash(u.Path()))
		}
	}, f.u.window))
}

func (f files) show(d *dialog.FileDialog) {
	d.SetView(dialog.ListView) // the other one cuts names, and backups differ in their ends
	d.Show()                   // before this there is nothing to resize
	size := f.u.window.Canvas().Size()
	d.Resize(fyne.NewSize(size.Width*0.8, size.Height*0.8))
}
