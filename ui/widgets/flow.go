// Flow: objects beside each other that go on below where there is no more room.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Flow puts objects beside each other, on as many lines as they need.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap}, objects...)
}

type flowLayout struct{ gap, width float32 }

// place calls put with the place of each object and returns the height of all.
func (l *flowLayout) place(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, at fyne.Position, s fyne.Size)) float32 {
	var at fyne.Position
	line := float32(0)
	for _, o := range visible(objects) {
		m := o.MinSize()
		m.Width = min(m.Width, width)
		if at.X > 0 && at.X+m.Width > width {
			at = fyne.NewPos(0, at.Y+line+l.gap)
			line = 0
		}
		put(o, at, m)
		at.X += m.Width + l.gap
		line = max(line, m.Height)
	}
	return at.Y + line
}

func (l *flowLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return l.place(objects, width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}

// MinSize implements [fyne.Layout]: as wide as the widest object.
func (l *flowLayout) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	for _, o := range visible(objects) {
		s = s.Max(o.MinSize())
	}
	if l.width > 0 {
		s.Height = l.heightFor(objects, max(l.width, s.Width))
	}
	return s
}

// Layout implements [fyne.Layout].
func (l *flowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.place(objects, s.Width, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Move(at)
		o.Resize(s)
	})
}
