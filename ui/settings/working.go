package settings

// A dialog that asks, works beside the screen, and asks again where that failed.

import (
	"fyne.io/fyne/v2"

	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// working is what such a dialog shows.
type working struct {
	w      *words.Words
	texts  string // what the keys of its texts begin with
	first  string // the key of what it does first
	d      *widgets.Dialog
	asking *fyne.Container // what is shown before it runs …
	doing  *fyne.Container // … and while it does
	shown  *widgets.Progress
}

// run shows the progress in place of the form, or the form again.
func (x *working) run(on bool) {
	x.asking.Hidden, x.doing.Hidden = on, !on
	x.doing.RemoveAll()
	b := x.d.Button()
	b.SetEnabled(!on)
	b.SetText(x.w.T(x.texts + ".verb"))
	if on {
		b.SetText(x.w.T(x.texts + ".busy"))
		x.shown = widgets.NewProgress(x.w.T(x.texts+".progress"), "", nil)
		x.shown.Set(0, x.w.T(x.first))
		x.doing.Add(x.shown)
	}
	x.d.Refresh()
}
