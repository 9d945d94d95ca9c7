// Dialogs: a question, a form or a message over the window. Escape cancels,
// Enter in the last field confirms, and the focus goes back to where it was.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Dialog is a panel over a window. The fields are set before Show.
type Dialog struct {
	widget.BaseWidget
	Title   string
	Text    string            // a sentence or more under the title
	Content fyne.CanvasObject // below it; nil for none
	Width   float32           // 460 when 0
	Reading bool              // the content is only read: the focus starts on the button

	Confirm string // the verb: "Delete customer"; "" for no such button
	Danger  bool   // what is confirmed cannot be undone
	Cancel  string // "Cancel", "Close"; "" for none, and then Escape does nothing
	// OnConfirm does what was asked for. The dialog closes when it returns true;
	// when it returns false it stays, with what was typed and what is wrong.
	OnConfirm func() bool
	// OnCancel is called when the dialog was left without confirming.
	OnCancel func()
	// OnLeave is asked when the dialog is to be left so, and calls leave at once,
	// later or never: the place to ask about what was typed.
	OnLeave func(leave func())

	window  fyne.Canvas
	before  fyne.Focusable
	problem *fyne.Container
	confirm *Button
	cancel  *Button
	scrim   *Surface
	panel   *fyne.Container
	scroll  *Scroll
}

// Ask shows a question whose answer is a verb.
func Ask(c fyne.Canvas, title, text, verb, cancel string, danger bool, do func()) *Dialog {
	d := &Dialog{Title: title, Text: text, Confirm: verb, Cancel: cancel, Danger: danger,
		OnConfirm: func() bool { do(); return true }}
	d.ShowOn(c)
	return d
}

// Tell shows a message with one button to close it.
func Tell(c fyne.Canvas, title, text, close string) *Dialog {
	d := &Dialog{Title: title, Text: text, Cancel: close}
	d.ShowOn(c)
	return d
}

// AskFirst asks before something typed is given up, and then does it. A stray
// Enter keeps it.
func AskFirst(c fyne.Canvas, title, text, verb, stay string, do func()) {
	var d *Dialog
	d = &Dialog{Title: title, Text: text, Confirm: verb, Cancel: stay, Danger: true, OnConfirm: func() bool {
		d.Close()
		do()
		return false
	}}
	d.ShowOn(c)
}

// ShowOn opens the dialog over a window. It may lie over another one.
func (d *Dialog) ShowOn(c fyne.Canvas) {
	d.window, d.before = c, c.Focused()
	d.build()
	d.ExtendBaseWidget(d)
	c.Overlays().Add(d)
	d.Resize(c.Size())
	d.focusFirst()
}

func (d *Dialog) build() {
	d.scrim = NewSurface(ColorScrim)
	d.problem = Column(0)
	d.problem.Hide()
	middle := Column(gapMedium)
	if d.Text != "" {
		middle.Add(Paragraph(d.Text))
	}
	if d.Content != nil {
		middle.Add(d.Content)
	}
	middle.Add(d.problem)
	d.scroll = NewScroll(Padded(4, 24, 4, 24, middle))
	d.scroll.tall = true

	buttons := Row(8, Spacer())
	if d.Cancel != "" {
		d.cancel = NewButton(d.Cancel, d.leave)
	}
	if d.Confirm != "" {
		d.confirm = NewButton(d.Confirm, d.submit).As(Primary)
		if d.Danger {
			d.confirm.As(Danger)
		}
	}
	for _, b := range []*Button{d.cancel, d.confirm} {
		if b != nil {
			buttons.Add(b)
		}
	}
	ground := panelSurface()
	ground.Radius = 14
	d.panel = Stack(ground, Border(
		Padded(20, 24, 8, 24, Title(d.Title).Wrap()),
		Padded(12, 24, 20, 24, buttons),
		nil, nil, d.scroll))
}

// Button returns the button that confirms, to enable it when what is asked for
// has been given; nil when there is none.
func (d *Dialog) Button() *Button { return d.confirm }

// SetProblem says in the dialog what went wrong, "" for nothing.
func (d *Dialog) SetProblem(text string) { d.Tell(Bad, text) }

// Tell is SetProblem in another tone.
func (d *Dialog) Tell(tone Tone, text string) {
	d.problem.RemoveAll()
	if text != "" {
		d.problem.Add(Banner(tone, "", text))
	}
	d.problem.Hidden = text == ""
	d.Refresh()
}

// focusFirst goes to the first field; a question without fields, and what is only
// read, to its safe button, so that a stray Enter does no harm.
func (d *Dialog) focusFirst() {
	if d.Content != nil && !d.Reading {
		if f, ok := firstFocus(d.Content); ok {
			d.window.Focus(f)
			return
		}
	}
	switch {
	case d.cancel != nil && (d.Danger || d.confirm == nil):
		d.window.Focus(d.cancel)
	case d.confirm != nil:
		d.window.Focus(d.confirm)
	case d.cancel != nil:
		d.window.Focus(d.cancel)
	}
}

// submit confirms.
func (d *Dialog) submit() {
	if d.confirm == nil || d.confirm.Disabled() {
		return
	}
	if d.OnConfirm == nil || d.OnConfirm() {
		d.Close()
	}
}

// leave implements [leaver].
func (d *Dialog) leave() {
	if d.cancel == nil {
		return
	}
	left := func() {
		d.Close()
		if d.OnCancel != nil {
			d.OnCancel()
		}
	}
	if d.OnLeave != nil {
		d.OnLeave(left)
		return
	}
	left()
}

// Close takes the dialog away without asking anything.
func (d *Dialog) Close() {
	if d.window == nil {
		return
	}
	c, before := d.window, d.before
	d.window = nil
	c.Overlays().Remove(d)
	if before != nil {
		c.Focus(before)
	}
}

// Moved says that what is below is built anew: the focus stays where it is there
// when the dialog closes.
func (d *Dialog) Moved() { d.before = nil }

// Open says whether the dialog is shown.
func (d *Dialog) Open() bool { return d.window != nil }

// Tapped implements [fyne.Tappable], so that clicks beside the dialog do not
// reach what is below.
func (d *Dialog) Tapped(*fyne.PointEvent) { noteInput() }

func (d *Dialog) parts() []fyne.CanvasObject { return []fyne.CanvasObject{d.scrim, d.panel} }

// CreateRenderer implements [fyne.Widget].
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer { return &dialogRenderer{d} }

type dialogRenderer struct{ d *Dialog }

func (r *dialogRenderer) MinSize() fyne.Size { return fyne.NewSize(320, 200) }
func (r *dialogRenderer) Destroy()           {}

func (r *dialogRenderer) Layout(s fyne.Size) {
	d := r.d
	d.scrim.Resize(s)
	w := d.Width
	if w == 0 {
		w = 460
	}
	w = min(w, s.Width-48)
	h := heightFor(d.panel, w) - d.scroll.HeightFor(w) + heightFor(d.scroll.Content, w)
	h = min(h, s.Height-48)
	d.panel.Move(fyne.NewPos((s.Width-w)/2, max(24, (s.Height-h)*0.4)))
	d.panel.Resize(fyne.NewSize(w, h))
}

func (r *dialogRenderer) Refresh() {
	r.Layout(r.d.Size())
	r.d.scrim.Refresh()
	r.d.panel.Refresh()
	canvas.Refresh(r.d)
}

func (r *dialogRenderer) Objects() []fyne.CanvasObject { return r.d.parts() }
