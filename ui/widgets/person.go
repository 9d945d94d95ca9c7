// The card of a person on the sign-in page.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// PersonCard shows an avatar and a name on the rail's ground, to be chosen.
type PersonCard struct {
	widget.BaseWidget
	OnChoose func()
	// OnStep is called for Left (-1) and Right (1), and for Up and Down with as many
	// as stand beside each other.
	OnStep func(by int)
	Beside int // how many cards stand beside each other; 0 for all

	name, note               string
	small                    bool
	chosen, focused, hovered bool
}

// NewPersonCard returns the card of a person.
func NewPersonCard(name string, choose func()) *PersonCard {
	p := &PersonCard{name: name, OnChoose: choose}
	p.ExtendBaseWidget(p)
	return p
}

// Small makes the card lower, with the name beside the avatar, for where there are
// many. Call it before the card is shown.
func (p *PersonCard) Small() *PersonCard {
	p.small = true
	return p
}

// SetChosen shows the person as the one who signs in.
func (p *PersonCard) SetChosen(on bool) {
	p.chosen = on
	p.Refresh()
}

// SetNote says something small under the name, "" for nothing.
func (p *PersonCard) SetNote(note string) {
	p.note = note
	p.Refresh()
}

func (p *PersonCard) choose() {
	if p.OnChoose != nil {
		p.OnChoose()
	}
}

// Tapped implements [fyne.Tappable].
func (p *PersonCard) Tapped(*fyne.PointEvent) { noteInput(); p.choose() }

// TypedRune implements [fyne.Focusable].
func (p *PersonCard) TypedRune(r rune) { Stray(r) }

// TypedKey implements [fyne.Focusable].
func (p *PersonCard) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.choose()
	case fyne.KeyLeft:
		p.step(-1)
	case fyne.KeyRight:
		p.step(1)
	case fyne.KeyUp:
		p.step(-p.Beside)
	case fyne.KeyDown:
		p.step(p.Beside)
	}
}

func (p *PersonCard) step(by int) {
	if p.OnStep != nil && by != 0 {
		p.OnStep(by)
	}
}

// FocusGained implements [fyne.Focusable].
func (p *PersonCard) FocusGained() { p.focused = true; seen(p); p.Refresh() }

// FocusLost implements [fyne.Focusable].
func (p *PersonCard) FocusLost() { p.focused = false; p.Refresh() }

// MouseIn implements [desktop.Hoverable].
func (p *PersonCard) MouseIn(*desktop.MouseEvent) { noteInput(); p.hovered = true; p.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (p *PersonCard) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (p *PersonCard) MouseOut() { p.hovered = false; p.Refresh() }

// Cursor implements [desktop.Cursorable].
func (p *PersonCard) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel implements [fyne.Accessible].
func (p *PersonCard) AccessibilityLabel() string { return p.name }

// AccessibilityRole implements [fyne.Accessible].
func (p *PersonCard) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// MinSize implements [fyne.CanvasObject].
func (p *PersonCard) MinSize() fyne.Size {
	if p.small {
		return fyne.NewSize(172, 54)
	}
	return fyne.NewSize(132, 126)
}

// CreateRenderer implements [fyne.Widget].
func (p *PersonCard) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(color.Transparent)
	back.CornerRadius = 14
	r := &personRenderer{p: p, back: back, label: Strong(p.name).In(ColorRailText).Cut(),
		note: NewText("").Sized(SizeCaption).In(ColorRailMuted).Cut()}
	if p.small {
		r.avatar = NewAvatar(p.name, 34)
	} else {
		r.avatar = NewAvatar(p.name, 56)
		r.label.Centre()
		r.note.Centre()
	}
	r.paint()
	return r
}

type personRenderer struct {
	p      *PersonCard
	back   *canvas.Rectangle
	avatar *Avatar
	label  *Text
	note   *Text
}

func (r *personRenderer) paint() {
	p := r.p
	if r.note.Text() != p.note {
		r.note.SetText(p.note)
	}
	r.back.FillColor, r.back.StrokeWidth = colorOf(p, ColorRailCard), 0
	if p.chosen || p.hovered {
		r.back.FillColor = colorOf(p, ColorRailSelected)
	}
	if p.chosen {
		r.back.StrokeColor, r.back.StrokeWidth = colorOf(p, ColorRailLine), 2
	}
	if p.focused {
		r.back.StrokeColor, r.back.StrokeWidth = colorOf(p, ColorRailText), 3
	}
}

func (r *personRenderer) MinSize() fyne.Size { return r.p.MinSize() }
func (r *personRenderer) Destroy()           {}

func (r *personRenderer) Layout(s fyne.Size) {
	r.back.Resize(s)
	if r.p.small {
		r.avatar.Move(fyne.NewPos(10, (s.Height-34)/2))
		r.avatar.Resize(fyne.NewSquareSize(34))
		y := (s.Height - 22) / 2
		if r.p.note != "" {
			y -= 8
		}
		r.label.Move(fyne.NewPos(54, y))
		r.label.Resize(fyne.NewSize(s.Width-64, 22))
		r.note.Move(fyne.NewPos(54, y+20))
		r.note.Resize(fyne.NewSize(s.Width-64, 16))
		return
	}
	r.avatar.Move(fyne.NewPos((s.Width-56)/2, 18))
	r.avatar.Resize(fyne.NewSquareSize(56))
	r.note.Move(fyne.NewPos(10, 104))
	r.note.Resize(fyne.NewSize(s.Width-20, 16))
	r.label.Move(fyne.NewPos(10, 84))
	r.label.Resize(fyne.NewSize(s.Width-20, 22))
}

func (r *personRenderer) Refresh() {
	r.paint()
	r.Layout(r.p.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *personRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.avatar, r.label, r.note}
}
