package start

// The page while the book is backed up before the program ends.

import (
	"fyne.io/fyne/v2"

	"counterbook/ui/widgets"
)

// Closing shows how far the backup is. It is a screen.Screen.
type Closing struct {
	e       *Env
	skip    func()
	shown   *widgets.Progress
	inside  *fyne.Container
	content fyne.CanvasObject
}

// NewClosing returns the page; skip ends the program without a backup.
func NewClosing(e *Env, skip func()) *Closing {
	c := &Closing{e: e, skip: skip, inside: widgets.Column(16)}
	c.content = ground(card(480, c.inside), widgets.Column(0))
	c.Begin()
	return c
}

// Begin shows the progress.
func (c *Closing) Begin() {
	c.shown = widgets.NewProgress(c.e.Words.T("backup.quit.title"), c.e.Words.T("backup.quit.skip"), c.skip)
	c.inside.Objects = []fyne.CanvasObject{c.shown}
	c.Set(0)
	c.content.Refresh()
}

// Set shows which part is done, from 0 to 1.
func (c *Closing) Set(share float64) {
	word := "backup.writing"
	if share >= 0.5 {
		word = "backup.checking"
	}
	c.shown.Set(share, c.e.Words.T(word))
}

// Failed says why there is no backup, and asks what now.
func (c *Closing) Failed(text string, again func()) {
	t := c.e.Words.T
	retry := widgets.PrimaryButton(t("backup.quit.again"), again)
	c.inside.Objects = []fyne.CanvasObject{
		widgets.Title(t("backup.quit.failed")), widgets.Paragraph(text),
		widgets.Row(8, widgets.NewButton(t("backup.quit.skip"), c.skip), widgets.Spacer(), retry)}
	c.content.Refresh()
	widgets.Focus(retry)
}

// Content implements screen.Screen.
func (c *Closing) Content() fyne.CanvasObject { return c.content }

// Shown implements screen.Screen.
func (c *Closing) Shown() { c.shown.Focus() }
