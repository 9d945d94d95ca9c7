// Toasts: short news at the bottom of the window, one after the other.

package widgets

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Toast is one piece of news.
type Toast struct {
	Tone   Tone
	Text   string
	Action string // a word to act on, "" for none
	Do     func()
}

// How long a toast stays: longer when there is more to read or to do.
const (
	toastShort = 4 * time.Second
	toastLong  = 8 * time.Second
)

// Toaster shows toasts over what it is stacked on. Lay it over the shell:
// Stack(shell, toaster).
type Toaster struct {
	widget.BaseWidget
	// After calls f once after a while, on the user interface's goroutine, and
	// returns what stops it. Tests put their own clock here.
	After func(d time.Duration, f func()) (stop func())

	queue []Toast
	stop  func()
	box   *fyne.Container
}

// NewToaster returns a toaster with nothing to say.
func NewToaster() *Toaster {
	t := &Toaster{After: After, box: Stack()}
	t.ExtendBaseWidget(t)
	return t
}

// Say shows a toast, after those that were there before.
func (t *Toaster) Say(toast Toast) {
	t.queue = append(t.queue, toast)
	if len(t.queue) == 1 {
		t.present()
	}
}

// Saying returns the toast that is shown, if any.
func (t *Toaster) Saying() (Toast, bool) {
	if len(t.queue) == 0 {
		return Toast{}, false
	}
	return t.queue[0], true
}

// Clear takes all toasts away.
func (t *Toaster) Clear() {
	t.queue = nil
	t.present()
}

// Next takes the toast that is shown away and shows the next one.
func (t *Toaster) Next() {
	if len(t.queue) > 0 {
		t.queue = slices.Delete(t.queue, 0, 1) // which lets go of what it would have done
	}
	t.present()
}

func (t *Toaster) present() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	t.box.RemoveAll()
	if toast, ok := t.Saying(); ok {
		t.box.Add(t.view(toast))
		stay := toastShort
		if toast.Tone == Bad || toast.Action != "" || len(toast.Text) > 60 {
			stay = toastLong
		}
		t.stop = t.After(stay, t.Next)
	}
	t.Refresh()
}

var toastIcons = map[Tone]IconName{Neutral: IconInfo, Info: IconInfo, Good: IconDone, Look: IconAlert, Bad: IconError}

func (t *Toaster) view(toast Toast) fyne.CanvasObject {
	ground := NewSurface(ColorToast)
	ground.Radius = panelRadius
	row := Row(gapMedium, NewIcon(toastIcons[toast.Tone], ColorOnToast, 20), Grow(NewText(toast.Text).In(ColorOnToast).Wrap()))
	if toast.Action != "" {
		row.Add(NewButton(toast.Action, t.act).Small()) // the toolkit keeps the button for a while, and nothing of the toast with it
	}
	return Stack(ground, Padded(10, 14, 10, 14, row))
}

// act does what the toast that is shown offers.
func (t *Toaster) act() {
	toast, _ := t.Saying()
	t.Next()
	if toast.Do != nil {
		toast.Do()
	}
}

// CreateRenderer implements [fyne.Widget].
func (t *Toaster) CreateRenderer() fyne.WidgetRenderer { return &toastRenderer{t} }

func (t *Toaster) parts() []fyne.CanvasObject { return []fyne.CanvasObject{t.box} }

type toastRenderer struct{ t *Toaster }

func (r *toastRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, 0) }
func (r *toastRenderer) Objects() []fyne.CanvasObject { return r.t.parts() }
func (r *toastRenderer) Destroy()                     {}

func (r *toastRenderer) Layout(s fyne.Size) {
	w := min(440, s.Width-48)
	h := heightFor(r.t.box, w)
	if toast, ok := r.t.Saying(); ok { // short news is a short toast
		text := fyne.MeasureText(toast.Text, r.t.Theme().Size(SizeBody), fyne.TextStyle{}).Width
		if need := r.t.box.MinSize().Width - minWrapWidth + text + 1; need < w {
			w = need
			h = heightFor(r.t.box, w)
		}
	}
	r.t.box.Move(fyne.NewPos((s.Width-w)/2, s.Height-h-24))
	r.t.box.Resize(fyne.NewSize(w, h))
}

func (r *toastRenderer) Refresh() {
	r.Layout(r.t.Size())
	r.t.box.Refresh()
}
