// Measuring: what is cut off, what lies over each other, and what cannot be
// read.

package uitest

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"

	"counterbook/ui/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Contrast that text needs against what is behind it (WCAG 2.1, 1.4.3).
const enoughContrast = 4.5

// slack is how far a text may stand out, in pixels: rounding and side bearings.
const slack = 1.5

// CheckLooks fails the test for everything that Clipped, Overlaps and Contrast
// find.
func (w *Window) CheckLooks() {
	w.T.Helper()
	for _, found := range [][]string{w.Clipped(), w.Overlaps(), w.Contrast()} {
		for _, s := range found {
			w.T.Error(s)
		}
	}
}

// drawn returns the area the letters of a text take, from where and how the
// text is aligned.
func drawn(t *canvas.Text, place rect) rect {
	size := fyne.MeasureText(t.Text, t.TextSize, t.TextStyle)
	left := place.left
	switch t.Alignment {
	case fyne.TextAlignCenter:
		left = (place.left + place.right - size.Width) / 2
	case fyne.TextAlignTrailing:
		left = place.right - size.Width
	}
	top := (place.top + place.bottom - size.Height) / 2
	return rect{left, top, left + size.Width, top + size.Height}
}

// Clipped returns the texts that are wider or higher than what they stand in.
// What can be scrolled into view is not clipped.
func (w *Window) Clipped() []string {
	w.Settle()
	var found []string
	walk(w.Top(), func(n node) bool {
		t, ok := n.object.(*canvas.Text)
		if !ok || t.Text == "" {
			return true
		}
		ink := drawn(t, n.place)
		room := n.room
		if over := max(room.left-ink.left, ink.right-room.right); over > slack {
			found = append(found, fmt.Sprintf("%q is cut off: %.0f px wider than its room", t.Text, over))
		}
		if over := max(room.top-ink.top, ink.bottom-room.bottom); over > slack {
			found = append(found, fmt.Sprintf("%q is cut off: %.0f px higher than its room", t.Text, over))
		}
		return true
	})
	return found
}

type thing struct {
	node
	ink  rect
	name string
}

// Overlaps returns the pairs of texts and controls that lie over each other.
func (w *Window) Overlaps() []string {
	w.Settle()
	var things []thing
	walk(w.Top(), func(n node) bool {
		if n.floats() {
			return false
		}
		ink, what := n.place, ""
		if t, ok := n.object.(*canvas.Text); ok {
			if t.Text == "" {
				return true
			}
			ink, what = drawn(t, n.place), fmt.Sprintf("%q", t.Text)
		} else if _, ok := n.object.(fyne.Focusable); ok && n.object != w.Top() {
			what = name(n.object)
		}
		if what != "" {
			ink = ink.cut(n.seen)
			if !ink.empty() {
				things = append(things, thing{n, ink, what})
			}
		}
		return true
	})
	var found []string
	for i, a := range things {
		for _, b := range things[i+1:] {
			if a.in(b.object) || b.in(a.object) {
				continue
			}
			common := a.ink.cut(b.ink)
			if common.width() > 2 && common.height() > 2 {
				found = append(found, fmt.Sprintf("%s and %s overlap by %.0f × %.0f px", a.name, b.name, common.width(), common.height()))
			}
		}
	}
	return found
}

// Shortened returns the texts that end in an ellipsis for want of room. That may
// be meant, as in a list, or not.
func (w *Window) Shortened() []string {
	w.Settle()
	var found []string
	walk(w.Top(), func(n node) bool {
		if t, ok := n.object.(*widgets.Text); ok {
			if lines := t.Lines(); len(lines) == 1 && lines[0] != t.Text() && strings.HasSuffix(lines[0], "…") {
				found = append(found, t.Text())
			}
		}
		return true
	})
	return found
}

// Red returns the texts that are said in the tone of what went wrong.
func (w *Window) Red() []string {
	red := w.App.Settings().Theme().Color(widgets.ColorDangerText, w.App.Settings().ThemeVariant())
	w.Settle()
	var found []string
	walk(w.Top(), func(n node) bool {
		if t, ok := n.object.(*canvas.Text); ok && t.Text != "" && t.Color == red {
			found = append(found, t.Text)
		}
		return true
	})
	return found
}

// Contrast returns the texts whose colour is too near to what is painted behind
// them. Controls that cannot be used now are left out, as WCAG does.
func (w *Window) Contrast() []string {
	picture := w.Picture()
	var found []string
	walk(w.Top(), func(n node) bool {
		t, ok := n.object.(*canvas.Text)
		if !ok || t.Text == "" || n.disabled() {
			return true
		}
		whole := drawn(t, n.place)
		area := whole.cut(n.seen)
		if area.empty() || area.height() < whole.height()*2/3 { // scrolled half away: measured when it is in view
			return true
		}
		back := ground(picture, area, w.Canvas().Scale())
		if ratio := contrast(over(t.Color, back), back); ratio < enoughContrast {
			found = append(found, fmt.Sprintf("%q has a contrast of %.1f:1 against %s", t.Text, ratio, hex(back)))
		}
		return true
	})
	return found
}

// ground returns the colour most of an area's edge is painted in: around the
// letters, where there are none.
func ground(picture image.Image, area rect, scale float32) color.NRGBA {
	counts := map[color.NRGBA]int{}
	bounds := image.Rect(int(area.left*scale)-1, int(area.top*scale), int(area.right*scale)+1, int(area.bottom*scale)).Intersect(picture.Bounds())
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)]++
		}
	}
	var most color.NRGBA
	best := 0
	for c, n := range counts {
		if n > best || n == best && hex(c) < hex(most) {
			most, best = c, n
		}
	}
	return most
}

// over returns what a colour, which may be translucent, looks like on a ground.
func over(c color.Color, back color.NRGBA) color.NRGBA {
	top := color.NRGBAModel.Convert(c).(color.NRGBA)
	mix := func(a, b uint8) uint8 {
		return uint8((int(a)*int(top.A) + int(b)*(255-int(top.A))) / 255)
	}
	return color.NRGBA{R: mix(top.R, back.R), G: mix(top.G, back.G), B: mix(top.B, back.B), A: 255}
}

// contrast returns the ratio of WCAG 2.1 between two opaque colours, 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }
