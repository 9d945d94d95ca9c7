package start

// The welcome to a computer without a book.

import (
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Ending is how the names of books end.
const Ending = ".counterbook"

// sampleTakes is for how long the made-up shop cannot be asked for again: longer
// than until it is made, or a page tells of it.
const sampleTakes = 10 * time.Second

type welcome struct {
	e       *Env
	first   *widgets.Button // has the focus when the page is shown
	another *widgets.Button
	look    *railButton
	content fyne.CanvasObject
}

// NewWelcome returns the first page: set up a shop, look around in a made-up
// one, or open a book.
func NewWelcome(e *Env) screen.Screen { return newWelcome(e, nil) }

// NewUnopened returns the first page when a book that was chosen could not be
// opened. It says why, for as long as nobody does something else.
func NewUnopened(e *Env, path string, err error) screen.Screen {
	w := newWelcome(e, widgets.Padded(0, 0, 26, 0, widgets.Banner(screen.Tone(err),
		e.Words.T("start.unopened", words.Data{"Name": filepath.Base(path)}), e.unopened(err),
		widgets.NewButton(e.Words.T("common.try again"), func() { e.Open(path) }))))
	w.first = w.another
	return w
}

// newWelcome has what is said above the choices, nil for nothing.
func newWelcome(e *Env, said fyne.CanvasObject) *welcome {
	w := &welcome{e: e}
	t := e.Words.T
	w.first = widgets.PrimaryButton(t("start.welcome.setup"), e.SetUp)
	w.look = newRailButton(widgets.NewButton(t("start.welcome.look"), w.sample).As(widgets.OnRail))
	w.another = widgets.NewButton(t("start.welcome.open"), w.open).As(widgets.OnRail)
	if said == nil {
		said = widgets.Column(0)
	}
	middle := widgets.Narrow(460, widgets.Column(0,
		widgets.NewText(t("app.name")).Sized(widgets.SizeFigure).Bold().In(widgets.ColorRailText).Centre(),
		widgets.Padded(6, 0, 34, 0, onRail(t("start.welcome.tagline")).Centre()),
		said,
		choice(w.first, t("start.welcome.setup.text")),
		choice(w.look.all, t("start.welcome.look.text")),
		choice(w.another, t("start.welcome.open.text")),
	))
	foot := widgets.Column(2,
		widgets.Centre(widgets.Row(2, newLink(t("restore.link"), func() { e.Restore("") }), smallOnRail("·"),
			newLink(t("start.welcome.salvage"), func() { e.Files.AskOpen([]string{Ending, store.BackupEnding}, e.Salvage) }))),
		onRail(t("start.welcome.foot")).Sized(widgets.SizeCaption).Centre())
	w.content = ground(middle, foot)
	return w
}

// choice is a button with what it leads to.
func choice(b fyne.CanvasObject, text string) fyne.CanvasObject {
	return widgets.Padded(0, 0, 22, 0, widgets.Column(6,
		b,
		onRail(text).Sized(widgets.SizeCaption).Centre()))
}

// onRail is muted text on the ground, wrapped.
func onRail(s string) *widgets.Text {
	return widgets.NewText(s).In(widgets.ColorRailMuted).Wrap()
}

// Content implements screen.Screen.
func (w *welcome) Content() fyne.CanvasObject { return w.content }

// Shown implements screen.Screen.
func (w *welcome) Shown() { widgets.Focus(w.first) }

func (w *welcome) sample() {
	w.look.set(w.e.Words.T("start.welcome.making"), false)
	w.e.after(sampleTakes, func() { w.look.set(w.e.Words.T("start.welcome.look"), true) })
	w.e.Sample()
}

func (w *welcome) open() { w.e.Files.AskOpen([]string{Ending}, w.e.Open) }
