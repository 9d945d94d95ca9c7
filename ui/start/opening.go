package start

// The page while a book is opened: every page of it is read before.

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Opening says that a book is being opened. It is a screen.Screen.
type Opening struct{ content fyne.CanvasObject }

// NewOpening returns the page for the book at a path.
func NewOpening(e *Env, path string) *Opening {
	name := strings.TrimSuffix(filepath.Base(path), Ending)
	return &Opening{content: ground(widgets.Narrow(460, widgets.Column(10,
		widgets.NewText(e.Words.T("app.name")).Sized(widgets.SizeFigure).Bold().In(widgets.ColorRailText).Centre(),
		onRail(e.Words.T("start.opening", words.Data{"Name": name})).Centre())), widgets.Column(0))}
}

// Content implements screen.Screen.
func (o *Opening) Content() fyne.CanvasObject { return o.content }

// Shown implements screen.Screen.
func (o *Opening) Shown() {}
