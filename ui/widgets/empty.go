// What stands where there is nothing, what runs, and what is to be looked at.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Empty says why a place is empty, and offers what fills it. do may be "".
func Empty(icon IconName, sentence, do string, tapped func()) *fyne.Container {
	column := Column(gapMedium, Centre(NewIcon(icon, ColorMuted, 40)), NewText(sentence).Muted().Wrap().Centre())
	if do != "" {
		column.Add(Centre(NewButton(do, tapped)))
	}
	return Narrow(360, column)
}

// Banner is a line with a tone across a page or a panel: a bold start, the rest
// of the sentence, and words to act on. bold may be "".
func Banner(tone Tone, bold, rest string, actions ...*Button) *fyne.Container {
	pair := tones[tone]
	back := NewSurface(pair.back)
	back.Radius = inputRadius
	texts := container.New(&sentenceLayout{})
	if bold != "" {
		texts.Add(NewText(bold).Bold().Wrap().In(pair.text))
	}
	if rest != "" {
		texts.Add(NewText(rest).Wrap().In(pair.text))
	}
	row := Row(gapMedium, Grow(texts))
	for _, a := range actions {
		a.Kind, a.tint = Quiet, pair.text
		row.Add(a.Small())
	}
	return Stack(back, Padded(9, gapMedium, 9, gapMedium, row))
}

// sentenceLayout puts texts one after the other on a line where they fit, and
// below each other where they do not.
type sentenceLayout struct{ width float32 }

func (l *sentenceLayout) fits(objects []fyne.CanvasObject, width float32) bool {
	used := -gapSmall
	for _, o := range objects {
		t := o.(*Text)
		used += t.measure(t.text).Width + gapSmall
	}
	return used+1 <= width
}

func (l *sentenceLayout) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	for _, o := range objects {
		if l.fits(objects, width) {
			h = max(h, heightFor(o, width))
		} else {
			h += heightFor(o, width)
		}
	}
	return h
}

func (l *sentenceLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(minWrapWidth*2, l.heightFor(objects, max(minWrapWidth*2, l.width)))
}

func (l *sentenceLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	line := l.fits(objects, s.Width)
	at := fyne.Position{}
	for _, o := range objects {
		t := o.(*Text)
		w := s.Width
		if line {
			w = t.measure(t.text).Width + 0.5
		}
		h := heightFor(o, w)
		o.Move(at)
		o.Resize(fyne.NewSize(w, h))
		if line {
			at.X += w + gapSmall
		} else {
			at.Y += h
		}
	}
}

// Bar shows how far something has come.
type Bar struct {
	widget.BaseWidget
	value float64
}

// NewBar returns a bar at 0.
func NewBar() *Bar {
	b := &Bar{}
	b.ExtendBaseWidget(b)
	return b
}

// SetValue shows a share between 0 and 1.
func (b *Bar) SetValue(v float64) {
	b.value = min(max(v, 0), 1)
	b.Refresh()
}

// Value returns the share shown.
func (b *Bar) Value() float64 { return b.value }

// MinSize implements [fyne.CanvasObject].
func (b *Bar) MinSize() fyne.Size { return fyne.NewSize(120, 6) }

// CreateRenderer implements [fyne.Widget].
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b: b, back: canvas.NewRectangle(color.Transparent), done: canvas.NewRectangle(color.Transparent)}
	r.back.CornerRadius, r.done.CornerRadius = 3, 3
	r.Refresh()
	return r
}

type barRenderer struct {
	b          *Bar
	back, done *canvas.Rectangle
}

func (r *barRenderer) MinSize() fyne.Size { return r.b.MinSize() }

func (r *barRenderer) Layout(s fyne.Size) {
	y := (s.Height - 6) / 2
	r.back.Move(fyne.NewPos(0, y))
	r.back.Resize(fyne.NewSize(s.Width, 6))
	r.done.Move(fyne.NewPos(0, y))
	r.done.Resize(fyne.NewSize(s.Width*float32(r.b.value), 6))
}

func (r *barRenderer) Refresh() {
	r.back.FillColor = colorOf(r.b, ColorNeutralSoft)
	r.done.FillColor = colorOf(r.b, ColorAccent)
	r.Layout(r.b.Size())
	r.back.Refresh()
	r.done.Refresh()
}

func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.done} }
func (r *barRenderer) Destroy()                     {}

// Progress shows slow work: what it is, how far it is, and a way to stop it.
type Progress struct {
	widget.BaseWidget
	title, state *Text
	bar          *Bar
	cancel       *Button
	box          *fyne.Container
}

// NewProgress returns a progress; without cancel there is no button.
func NewProgress(title, cancelWord string, cancel func()) *Progress {
	p := &Progress{title: Strong(title).Wrap(), state: Caption("").Wrap(), bar: NewBar()}
	p.cancel = NewButton(cancelWord, cancel)
	p.box = Column(gapMedium, p.title, p.bar, Row(gapMedium, Grow(p.state), p.cancel))
	if cancel == nil {
		p.cancel.Hide()
	}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows a share between 0 and 1 and a sentence on it.
func (p *Progress) Set(share float64, state string) {
	p.bar.SetValue(share)
	p.state.SetText(state)
}

// Focus gives the focus to what stops it.
func (p *Progress) Focus() { Focus(p.cancel) }

// HeightFor implements [Heighter].
func (p *Progress) HeightFor(width float32) float32 { return heightFor(p.box, width) }

// CreateRenderer implements [fyne.Widget].
func (p *Progress) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.box) }

func (p *Progress) parts() []fyne.CanvasObject { return []fyne.CanvasObject{p.box} }
