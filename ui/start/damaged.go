package start

// A book that is damaged: what happened, and what to do, in order. The newest
// backup comes first; without one, what is left is salvaged (salvage.go).

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

type damaged struct {
	e       *Env
	first   *widgets.Button
	content fyne.CanvasObject
}

// NewDamaged returns the page for a book that could not be opened because it is
// damaged.
func NewDamaged(e *Env, path string, err error) screen.Screen {
	d := &damaged{e: e}
	t := e.Words.T
	said := t("start.damaged.what")
	var what *store.DamagedError
	if errors.As(err, &what) {
		said = e.Words.Damage(what)
	}
	d.first = widgets.PrimaryButton(t("start.damaged.restore"), func() { e.Restore(path) })
	salvage := widgets.NewButton(t("start.damaged.salvage"), func() { e.Salvage(path) })
	d.content = ground(card(620,
		widgets.Title(t("start.damaged.title", words.Data{"Name": bookName(path)})),
		widgets.Paragraph(said+" "+t("start.damaged.kept")),
		toDo(t("start.damaged.first"), t("start.damaged.first.text"), d.first),
		toDo(t("start.damaged.second"), t("start.damaged.second.text"), salvage),
		widgets.Row(8, widgets.NewButton(t("common.back"), e.Welcome), widgets.Spacer()),
	), widgets.Spacer())
	return d
}

// toDo is one thing to do: what, why, and the button for it.
func toDo(title, text string, b *widgets.Button) fyne.CanvasObject {
	return widgets.Column(6, widgets.Strong(title), widgets.Paragraph(text), widgets.Row(0, b, widgets.Spacer()))
}

// bookName is how a book's file is called.
func bookName(path string) string { return strings.TrimSuffix(filepath.Base(path), Ending) }

// Content implements screen.Screen.
func (d *damaged) Content() fyne.CanvasObject { return d.content }

// Shown implements screen.Screen.
func (d *damaged) Shown() { widgets.Focus(d.first) }
