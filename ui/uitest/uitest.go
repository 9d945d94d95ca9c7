// Package uitest is a window without a screen, for tests of what people see and
// do: it finds controls by what they are called, types, taps and presses keys,
// reads texts, takes pictures and measures whether anything is cut off, overlaps
// or cannot be read.
//
//	w := uitest.New(t, fyne.NewSize(1280, 800))
//	w.Show(screen)
//	w.Type("Search customers…", "conti")
//	w.Press(fyne.KeyDown, fyne.KeyReturn)
//	require.Contains(t, w.Texts(), "Giulia Conti")
//	w.CheckLooks()
//
// One window is open at a time, and tests that use it do not run in parallel:
// Fyne's test application is global.
package uitest

import (
	"image"
	"strings"
	"testing"
	"time"

	"counterbook/ui/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Nothing happens by itself after a while: without a real window that would be
// beside the test, at the same time. A test that waits puts its own clock there.
func init() { widgets.After = func(time.Duration, func()) func() { return func() {} } }

// Window is a headless window with the program's theme.
type Window struct {
	T      testing.TB
	App    fyne.App
	Window fyne.Window
}

// New returns an empty window of the given size in the light theme.
func New(t testing.TB, size fyne.Size) *Window { return NewIn(t, size, widgets.Light) }

// NewIn returns an empty window in the given mode.
func NewIn(t testing.TB, size fyne.Size, mode widgets.Mode) *Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widgets.NewTheme(mode))
	win := test.NewTempWindow(t, widgets.Spacer())
	win.SetPadded(false)
	win.Resize(size)
	return &Window{T: t, App: app, Window: win}
}

// SetMode shows the window in another mode.
func (w *Window) SetMode(mode widgets.Mode) {
	w.App.Settings().SetTheme(widgets.NewTheme(mode))
	w.Settle()
}

// Show puts a screen into the window, which keeps its size.
func (w *Window) Show(o fyne.CanvasObject) {
	size := w.Canvas().Size()
	w.Window.SetContent(o)
	w.Window.Resize(size)
	w.Settle()
}

// Resize makes the window larger or smaller.
func (w *Window) Resize(size fyne.Size) {
	w.Window.Resize(size)
	w.Settle()
}

// Canvas returns the window's canvas.
func (w *Window) Canvas() fyne.Canvas { return w.Window.Canvas() }

// Settle lays everything out again, as the drawing loop of a real window does
// when smallest sizes have changed.
func (w *Window) Settle() {
	for range 2 {
		w.Canvas().Content().Refresh()
		for _, o := range w.Canvas().Overlays().List() {
			o.Refresh()
		}
	}
}

// Top returns what a person can reach: the topmost dialog or menu, else the
// window's content.
func (w *Window) Top() fyne.CanvasObject {
	if o := w.Canvas().Overlays().Top(); o != nil {
		return o
	}
	return w.Canvas().Content()
}

// Picture returns the window as it looks now.
func (w *Window) Picture() image.Image {
	w.Settle()
	return w.Canvas().Capture()
}

// Capture writes the window as it looks now into a PNG file.
func (w *Window) Capture(path string) {
	w.T.Helper()
	w.write(path, w.Picture())
}

// Texts returns every text that a person can read in what is on top, from first
// to last, without empty ones.
func (w *Window) Texts() []string {
	w.Settle()
	return texts(w.Top())
}

// HasText says whether a text that can be read contains s.
func (w *Window) HasText(s string) bool {
	for _, t := range w.Texts() {
		if strings.Contains(t, s) {
			return true
		}
	}
	return false
}

// row is a row of a list.
type row interface{ Row() int }

// Rows returns the texts of the rows in view of all lists on top.
func (w *Window) Rows() [][]string {
	w.Settle()
	var rows [][]string
	walk(w.Top(), func(n node) bool {
		if _, ok := n.object.(row); ok {
			rows = append(rows, texts(n.object))
			return false
		}
		return true
	})
	return rows
}
