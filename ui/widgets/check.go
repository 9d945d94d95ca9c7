// Check: yes or no.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Check is a box to tick. Space and Enter tick it.
type Check struct {
	widget.DisableableWidget
	OnChanged func(bool)

	text             string
	ticked           bool
	focused, hovered bool
}

// NewCheck returns a box with a text beside it.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{text: text, OnChanged: changed}
	c.ExtendBaseWidget(c)
	return c
}

// Ticked says whether the box is ticked.
func (c *Check) Ticked() bool { return c.ticked }

// SetTicked ticks the box or not, without calling OnChanged.
func (c *Check) SetTicked(on bool) {
	c.ticked = on
	c.Refresh()
}

// Text returns the text beside the box.
func (c *Check) Text() string { return c.text }

// AccessibilityLabel implements [fyne.Accessible].
func (c *Check) AccessibilityLabel() string { return c.text }

// AccessibilityRole implements [fyne.Accessible].
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (c *Check) toggle() {
	if c.Disabled() {
		return
	}
	c.SetTicked(!c.ticked)
	if c.OnChanged != nil {
		c.OnChanged(c.ticked)
	}
}

// Tapped implements [fyne.Tappable].
func (c *Check) Tapped(*fyne.PointEvent) { noteInput(); Focus(c); c.toggle() }

// TypedRune implements [fyne.Focusable].
func (c *Check) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable].
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.toggle()
	case fyne.KeyEscape:
		escape(c)
	}
}

// FocusGained implements [fyne.Focusable].
func (c *Check) FocusGained() { c.focused = true; seen(c); c.Refresh() }

// FocusLost implements [fyne.Focusable].
func (c *Check) FocusLost() { c.focused = false; c.Refresh() }

// MouseIn implements [desktop.Hoverable].
func (c *Check) MouseIn(*desktop.MouseEvent) { noteInput(); c.hovered = true; c.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (c *Check) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (c *Check) MouseOut() { c.hovered = false; c.Refresh() }

const (
	checkSide  float32 = 18
	checkStart         = checkSide + 9 // where the text starts
)

// HeightFor implements [Heighter].
func (c *Check) HeightFor(width float32) float32 {
	return max(28, NewText(c.text).Wrap().HeightFor(width-checkStart)+6)
}

// CreateRenderer implements [fyne.Widget].
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{c: c, ring: newRing(4), box: canvas.NewRectangle(color.Transparent),
		tick: NewIcon(IconCheck, ColorOnAccent, 16), label: NewText(c.text).Wrap()}
	r.paint()
	return r
}

type checkRenderer struct {
	c         *Check
	ring, box *canvas.Rectangle
	tick      *Icon
	label     *Text
}

func (r *checkRenderer) paint() {
	c := r.c
	fill, stroke, text := ColorPanel, ColorMuted, ColorText
	if c.hovered {
		fill = ColorRowHover
	}
	r.tick.Colour = ColorOnAccent
	if c.ticked {
		fill, stroke = ColorAccent, ColorAccent
	}
	if c.focused {
		stroke = ColorAccentText
	}
	if c.Disabled() {
		fill, stroke, text = ColorNeutralSoft, ColorHairline, ColorMuted
		r.tick.Colour = ColorMuted
	}
	r.box.FillColor, r.box.StrokeColor = colorOf(c, fill), colorOf(c, stroke)
	r.box.StrokeWidth, r.box.CornerRadius = 1.5, 4
	r.ring.StrokeColor = colorOf(c, ColorRing)
	r.ring.Hidden = !c.focused
	r.tick.Hidden = !c.ticked
	r.label.Set(c.text, text)
}

func (r *checkRenderer) MinSize() fyne.Size {
	w := min(280, r.label.measure(r.c.text).Width+1)
	if r.c.Size().Width > checkStart+w {
		w = r.c.Size().Width - checkStart
	}
	return fyne.NewSize(checkStart+w, r.c.HeightFor(checkStart+w))
}

func (r *checkRenderer) Layout(s fyne.Size) {
	y := float32(5)
	r.box.Move(fyne.NewPos(0, y))
	r.box.Resize(fyne.NewSquareSize(checkSide))
	r.ring.Move(fyne.NewPos(-ringWidth, y-ringWidth))
	r.ring.Resize(fyne.NewSquareSize(checkSide + 2*ringWidth))
	r.tick.Move(fyne.NewPos(1, y+1))
	r.tick.Resize(fyne.NewSquareSize(16))
	w := max(0, s.Width-checkStart)
	r.label.Move(fyne.NewPos(checkStart, 4))
	r.label.Resize(fyne.NewSize(w, r.label.HeightFor(w)))
}

func (r *checkRenderer) Refresh() {
	r.paint()
	r.Layout(r.c.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *checkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.box, r.tick, r.label}
}
func (r *checkRenderer) Destroy() {}
