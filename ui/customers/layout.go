// Layouts that follow the room there is: from beside each other to below each
// other, and from one object to another.

package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// beside puts objects as wide says where there are least pixels or more, and as
// narrow says where there are fewer.
func beside(least float32, wide, narrow fyne.Layout, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&besideLayout{least: least, wide: wide, narrow: narrow}, objects...)
}

type besideLayout struct {
	least        float32
	wide, narrow fyne.Layout
	width        float32 // it was laid out for; 0 before
}

func (l *besideLayout) now() fyne.Layout {
	if l.width > 0 && l.width < l.least {
		return l.narrow
	}
	return l.wide
}

// MinSize implements [fyne.Layout]: as narrow as narrow may be, as high as what
// is shown.
func (l *besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.narrow.MinSize(objects).Width, l.now().MinSize(objects).Height)
}

// Layout implements [fyne.Layout].
func (l *besideLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.now().Layout(objects, s)
}

// either shows wide where there are least pixels or more, and slim where there
// are fewer; chosen is told when that changes.
func either(least float32, wide, slim fyne.CanvasObject, chosen func(slim bool)) *fyne.Container {
	slim.Hide()
	return container.New(&eitherLayout{least: least, chosen: chosen}, wide, slim)
}

type eitherLayout struct {
	least  float32
	slim   bool
	chosen func(slim bool)
}

// MinSize implements [fyne.Layout].
func (l *eitherLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(objects[1].MinSize())
}

// Layout implements [fyne.Layout].
func (l *eitherLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	slim := s.Width < l.least
	for _, o := range objects {
		o.Resize(s)
	}
	if slim == l.slim {
		return
	}
	l.slim = slim
	show, hide := objects[0], objects[1]
	if slim {
		show, hide = hide, show
	}
	hide.Hide()
	show.Show()
	l.chosen(slim)
}
