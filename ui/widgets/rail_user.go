// Who is at the counter, at the foot of the rail.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// RailUser is who is signed in.
type RailUser struct {
	Name, Role string
	// Own is what they can do about their own profile, in a menu that their name
	// opens; nothing where there is nothing. Hint says so to those who cannot see.
	Own  []MenuItem
	Hint string
	// Leave are the ways to leave, in sight.
	Leave []RailAction
}

// RailAction is a button below who is signed in.
type RailAction struct {
	Label string
	Do    func()
}

// SetUser shows who is signed in, with the ways to leave.
func (r *Rail) SetUser(u RailUser) {
	r.user.RemoveAll()
	if u.Name != "" {
		ground := NewSurface(ColorRailSelected)
		ground.Radius = panelRadius
		buttons := Row(6)
		for _, a := range u.Leave {
			buttons.Add(Grow(NewButton(a.Label, a.Do).Small().As(OnRail)))
		}
		who := railWho(u)
		if len(u.Own) > 0 {
			who = newRailPerson(u)
		}
		r.user.Add(Stack(ground, Padded(4, 10, 10, 10, Column(5, Padded(0, -6, 0, -6, who), buttons))))
	}
	r.Refresh()
}

// railWho is the picture, name and role of a person.
func railWho(u RailUser) fyne.CanvasObject {
	names := Column(1, NewText(u.Name).In(ColorRailText).Cut(), NewText(u.Role).Sized(SizeCaption).In(ColorRailMuted).Cut())
	row := Row(10, NewAvatar(u.Name, 32), Grow(names))
	if len(u.Own) > 0 {
		row.Add(NewIcon(IconUp, ColorRailMuted, 16))
	}
	return Padded(6, 6, 6, 6, row)
}

// railPerson opens the menu of who is signed in.
type railPerson struct {
	widget.BaseWidget
	user             RailUser
	back             *canvas.Rectangle
	focused, hovered bool
}

func newRailPerson(u RailUser) *railPerson {
	p := &railPerson{user: u, back: canvas.NewRectangle(color.Transparent)}
	p.back.CornerRadius = inputRadius
	p.ExtendBaseWidget(p)
	return p
}

// Tapped implements [fyne.Tappable].
func (p *railPerson) Tapped(*fyne.PointEvent) { noteInput(); ShowMenu(p, p.user.Own...) }

// TypedRune implements [fyne.Focusable].
func (p *railPerson) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable].
func (p *railPerson) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyUp, fyne.KeyDown:
		ShowMenu(p, p.user.Own...)
	}
}

// FocusGained implements [fyne.Focusable].
func (p *railPerson) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost implements [fyne.Focusable].
func (p *railPerson) FocusLost() { p.focused = false; p.Refresh() }

// MouseIn implements [desktop.Hoverable].
func (p *railPerson) MouseIn(*desktop.MouseEvent) { noteInput(); p.hovered = true; p.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (p *railPerson) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (p *railPerson) MouseOut() { p.hovered = false; p.Refresh() }

// Cursor implements [desktop.Cursorable].
func (p *railPerson) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel implements [fyne.Accessible].
func (p *railPerson) AccessibilityLabel() string { return p.user.Hint }

// AccessibilityRole implements [fyne.Accessible].
func (p *railPerson) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Refresh implements [fyne.CanvasObject].
func (p *railPerson) Refresh() {
	p.back.FillColor, p.back.StrokeWidth = color.Transparent, 0
	if p.hovered {
		p.back.FillColor = colorOf(p, ColorRailCard)
	}
	if p.focused {
		p.back.StrokeColor, p.back.StrokeWidth = colorOf(p, ColorRailLine), 2
	}
	p.BaseWidget.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (p *railPerson) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Stack(p.back, railWho(p.user)))
}
