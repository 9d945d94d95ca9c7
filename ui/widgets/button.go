// Buttons: something to do, as a word or as an icon.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// ButtonKind says how much a button asks for attention.
type ButtonKind int

// The kinds. A screen has one primary button at most; danger is for the
// confirmation of what cannot be undone.
const (
	Plain ButtonKind = iota
	Primary
	Outlined
	Quiet
	Danger
	OnRail
	Chosen // of several that are on or off, one that is on
)

type buttonColours struct{ fill, hover, stroke, text fyne.ThemeColorName }

var buttonKinds = map[ButtonKind]buttonColours{
	Plain:    {ColorPanel, ColorRowHover, ColorInputLine, ColorText},
	Primary:  {ColorAccent, ColorAccentHover, ColorAccent, ColorOnAccent},
	Outlined: {ColorPanel, ColorRowSelected, ColorAccentText, ColorAccentText},
	Quiet:    {"", ColorNeutralSoft, "", ColorAccentText},
	Danger:   {ColorDanger, ColorDangerHover, ColorDanger, ColorOnDanger},
	Chosen:   {ColorRowSelected, ColorRowSelected, ColorAccentText, ColorAccentText},
	OnRail:   {ColorRailSelected, ColorRailCard, ColorRailLine, ColorRailText},
}

// Button does something when clicked, or with Enter or Space.
type Button struct {
	widget.DisableableWidget
	Text     string
	Icon     IconName // "" for none
	Kind     ButtonKind
	OnTapped func()
	Name     string // what it is called where its text, if any, does not say it
	Hint     string // the shortcut that does the same, shown beside the text

	onKey            func(fyne.KeyName) bool // is asked first what a key means; true takes it
	small, left      bool
	tint             fyne.ThemeColorName // of the text, "" for what the kind says
	focused, hovered bool
}

// NewButton returns a plain button.
func NewButton(text string, tapped func()) *Button {
	b := &Button{Text: text, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// PrimaryButton returns the one button a screen is for.
func PrimaryButton(text string, tapped func()) *Button { return NewButton(text, tapped).As(Primary) }

// QuietButton returns a button that looks like a link.
func QuietButton(text string, tapped func()) *Button { return NewButton(text, tapped).As(Quiet) }

// DangerButton returns the button that confirms what cannot be undone.
func DangerButton(text string, tapped func()) *Button { return NewButton(text, tapped).As(Danger) }

// IconButton returns a button that shows an icon only; name says what it does,
// for those who cannot see it and for tests.
func IconButton(icon IconName, name string, tapped func()) *Button {
	b := NewButton("", tapped)
	b.Icon, b.Name = icon, name
	return b
}

// As gives the button a kind.
func (b *Button) As(k ButtonKind) *Button { b.Kind = k; return b }

// WithIcon puts an icon before the text.
func (b *Button) WithIcon(i IconName) *Button { b.Icon = i; return b }

// Small makes the button fit into a line of text.
func (b *Button) Small() *Button { b.small = true; return b }

// WithHint shows beside the text which shortcut does the same.
func (b *Button) WithHint(s string) *Button { b.Hint = s; return b }

// Left starts the text at the left, for a button as wide as a menu.
func (b *Button) Left() *Button { b.left = true; return b }

// SetText shows another word.
func (b *Button) SetText(s string) {
	b.Text = s
	b.Refresh()
}

// SetIcon shows another icon.
func (b *Button) SetIcon(i IconName, name string) {
	b.Icon, b.Name = i, name
	b.Refresh()
}

// SetEnabled lets the button be used, or not.
func (b *Button) SetEnabled(on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// AccessibilityLabel implements [fyne.Accessible].
func (b *Button) AccessibilityLabel() string {
	if b.Name != "" {
		return b.Name
	}
	return b.Text
}

// AccessibilityRole implements [fyne.Accessible].
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (b *Button) do() {
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// Tapped implements [fyne.Tappable].
func (b *Button) Tapped(*fyne.PointEvent) {
	noteInput()
	if !b.Disabled() {
		Focus(b)
	}
	b.do()
}

// TypedKey implements [fyne.Focusable].
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	noteInput()
	if b.onKey != nil && b.onKey(e.Name) {
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.do()
	case fyne.KeyEscape:
		escape(b)
	}
}

// TypedRune implements [fyne.Focusable].
func (b *Button) TypedRune(r rune) { Stray(r) }

// FocusGained implements [fyne.Focusable].
func (b *Button) FocusGained() { b.focused = true; seen(b); b.Refresh() }

// FocusLost implements [fyne.Focusable].
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn implements [desktop.Hoverable].
func (b *Button) MouseIn(*desktop.MouseEvent) { noteInput(); b.hovered = true; b.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (b *Button) MouseOut() { b.hovered = false; b.Refresh() }

// Cursor implements [desktop.Cursorable].
func (b *Button) Cursor() desktop.Cursor {
	if b.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MinSize implements [fyne.CanvasObject].
func (b *Button) MinSize() fyne.Size {
	b.ExtendBaseWidget(b)
	return b.BaseWidget.MinSize()
}

// CreateRenderer implements [fyne.Widget].
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &buttonRenderer{b: b, ring: newRing(inputRadius), box: canvas.NewRectangle(color.Transparent),
		label: canvas.NewText("", color.Transparent), hint: canvas.NewText("", color.Transparent), icon: canvas.NewImageFromResource(nil)}
	r.icon.FillMode = canvas.ImageFillContain
	r.paint()
	return r
}

type buttonRenderer struct {
	b           *Button
	ring, box   *canvas.Rectangle
	label, hint *canvas.Text
	icon        *canvas.Image
}

// measures returns the room at the sides, the height and the side of the icon.
func (r *buttonRenderer) measures() (pad, height, icon float32) {
	line := fyne.MeasureText("Ág", r.label.TextSize, r.label.TextStyle).Height
	switch {
	case r.b.small:
		return 10, line + 8, 16
	case r.b.Text == "":
		return 9, line + 20, 20
	case r.b.Kind == Quiet:
		return 10, line + 20, 18
	}
	return 14, line + 20, 18
}

func (r *buttonRenderer) MinSize() fyne.Size {
	pad, height, icon := r.measures()
	w := 2 * pad
	if r.b.Text != "" {
		w += r.label.MinSize().Width
	}
	if r.b.Icon != "" {
		w += icon
		if r.b.Text != "" {
			w += gapSmall
		}
	}
	if r.b.Hint != "" {
		w += gapSmall + r.hint.MinSize().Width
	}
	return fyne.NewSize(max(w, height), height)
}

func (r *buttonRenderer) Layout(s fyne.Size) {
	pad, _, icon := r.measures()
	r.box.Resize(s)
	placeRing(r.ring, s)
	text := r.label.MinSize()
	w := float32(0)
	if r.b.Text != "" {
		w = text.Width
	}
	if r.b.Icon != "" {
		w += icon
		if r.b.Text != "" {
			w += gapSmall
		}
	}
	hint := r.hint.MinSize()
	if r.b.Hint != "" {
		w += gapSmall + hint.Width
	}
	x := (s.Width - w) / 2
	if r.b.left {
		x = pad
	}
	if r.b.Icon != "" {
		r.icon.Resize(fyne.NewSquareSize(icon))
		r.icon.Move(fyne.NewPos(x, (s.Height-icon)/2))
		x += icon + gapSmall
	}
	r.label.Resize(text)
	r.label.Move(fyne.NewPos(x, (s.Height-text.Height)/2))
	r.hint.Resize(hint)
	r.hint.Move(fyne.NewPos(x+text.Width+gapSmall, (s.Height-hint.Height)/2))
}

func (r *buttonRenderer) paint() {
	b := r.b
	k := buttonKinds[b.Kind]
	fill, stroke, text := k.fill, k.stroke, k.text
	if b.tint != "" {
		text = b.tint
	}
	if b.hovered {
		fill = k.hover
	}
	if b.Disabled() {
		fill, stroke, text = ColorNeutralSoft, ColorHairline, ColorMuted
		if b.Kind == Quiet {
			fill, stroke = "", ""
		}
	}
	r.box.FillColor = colorOf(b, fill)
	r.box.StrokeColor = colorOf(b, stroke)
	r.box.StrokeWidth = 1
	if stroke == "" {
		r.box.StrokeWidth = 0
	}
	r.box.CornerRadius = inputRadius
	if b.focused && !b.Disabled() {
		r.box.StrokeColor, r.box.StrokeWidth = colorOf(b, ColorAccentText), 1
		r.ring.StrokeColor = colorOf(b, ColorRing)
		if b.Kind == OnRail {
			r.box.StrokeColor = colorOf(b, ColorRailText)
			r.ring.StrokeColor = colorOf(b, ColorRailLine)
		}
		r.ring.Show()
	} else {
		r.ring.Hide()
	}
	r.label.Text = b.Text
	r.label.Color = colorOf(b, text)
	r.label.TextSize = b.Theme().Size(SizeBody)
	r.label.TextStyle = fyne.TextStyle{Bold: true}
	if b.small {
		r.label.TextSize = b.Theme().Size(SizeCaption)
	}
	r.label.Hidden = b.Text == ""
	r.hint.Text, r.hint.Color, r.hint.TextSize = b.Hint, r.label.Color, b.Theme().Size(SizeCaption)
	r.hint.Hidden = b.Hint == ""
	if b.Icon != "" {
		r.icon.Resource = b.Icon.Resource(text)
	}
	r.icon.Hidden = b.Icon == ""
}

func (r *buttonRenderer) Refresh() {
	r.paint()
	r.Layout(r.b.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.b)
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.box, r.icon, r.label, r.hint}
}
func (r *buttonRenderer) Destroy() {}
