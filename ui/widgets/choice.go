// Choices: one of several, yes or no, and the small icon inside an entry.

package widgets

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Select is a choice of one of several. Space and Enter open it; Up, Down and
// letters change it.
type Select struct {
	widget.DisableableWidget
	Options   []string
	OnChanged func(index int)

	index                   int
	label, placeholder      string
	focused, hovered, wrong bool
	sought                  string // letters typed one after the other
	soughtAt                time.Time
}

// NewSelect returns a choice with nothing chosen.
func NewSelect(options []string, changed func(index int)) *Select {
	s := &Select{Options: options, OnChanged: changed, index: -1}
	s.ExtendBaseWidget(s)
	return s
}

// With sets the text shown while nothing is chosen.
func (s *Select) With(placeholder string) *Select { s.placeholder = placeholder; return s }

// Index returns the number of what is chosen, -1 for nothing.
func (s *Select) Index() int { return s.index }

// Selected returns what is chosen, "" for nothing.
func (s *Select) Selected() string {
	if s.index < 0 || s.index >= len(s.Options) {
		return ""
	}
	return s.Options[s.index]
}

// SetIndex chooses without calling OnChanged.
func (s *Select) SetIndex(i int) {
	s.index = i
	s.Refresh()
}

// SetOptions offers others; nothing is chosen then.
func (s *Select) SetOptions(options []string) {
	s.Options, s.index = options, -1
	s.Refresh()
}

// SetWrong marks the choice as wrong.
func (s *Select) SetWrong(wrong bool) { s.wrong = wrong; s.Refresh() }

// SetLabel says what the choice is called.
func (s *Select) SetLabel(l string) { s.label = l }

// AccessibilityLabel implements [fyne.Accessible].
func (s *Select) AccessibilityLabel() string { return strings.TrimSpace(s.label + " " + s.Selected()) }

// AccessibilityRole implements [fyne.Accessible].
func (s *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Choose chooses as a person does: OnChanged is called when it is another one.
func (s *Select) Choose(i int) {
	if s.Disabled() || i < 0 || i >= len(s.Options) || i == s.index {
		return
	}
	s.index = i
	s.Refresh()
	if s.OnChanged != nil {
		s.OnChanged(i)
	}
}

func (s *Select) open() {
	if s.Disabled() {
		return
	}
	items := make([]MenuItem, len(s.Options))
	for i, o := range s.Options {
		items[i] = MenuItem{Text: o, Do: func() { s.Choose(i) }, Checked: i == s.index}
	}
	showMenu(s, s.Size().Width, s.index, items)
}

// Tapped implements [fyne.Tappable].
func (s *Select) Tapped(*fyne.PointEvent) { noteInput(); Focus(s); s.open() }

// pause is how long one may rest within a word typed on a choice.
const pause = time.Second

// TypedRune implements [fyne.Focusable]: letters typed one after the other go to
// the option that starts with them, a letter alone to the next one that does.
func (s *Select) TypedRune(r rune) {
	noteInput()
	letter, now := strings.ToLower(string(r)), time.Now()
	if now.Sub(s.soughtAt) > pause {
		s.sought = ""
	}
	s.sought, s.soughtAt = s.sought+letter, now
	if strings.Trim(s.sought, letter) != "" && s.seek(s.sought, 0) {
		return
	}
	if s.seek(letter, 1) {
		s.sought = letter
	}
}

// seek chooses the first option that starts with a text, so many steps from
// what is chosen.
func (s *Select) seek(text string, from int) bool {
	for step := range len(s.Options) {
		i := (max(s.index, 0) + from + step) % len(s.Options)
		if s.index < 0 {
			i = step
		}
		if strings.HasPrefix(strings.ToLower(s.Options[i]), text) {
			s.Choose(i)
			return true
		}
	}
	return false
}

// TypedKey implements [fyne.Focusable].
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		s.open()
	case fyne.KeyDown:
		s.Choose(min(s.index+1, len(s.Options)-1))
	case fyne.KeyUp:
		s.Choose(s.index - 1)
	case fyne.KeyHome:
		s.Choose(0)
	case fyne.KeyEnd:
		s.Choose(len(s.Options) - 1)
	case fyne.KeyEscape:
		escape(s)
	}
}

// FocusGained implements [fyne.Focusable].
func (s *Select) FocusGained() { s.focused = true; seen(s); s.Refresh() }

// FocusLost implements [fyne.Focusable].
func (s *Select) FocusLost() { s.focused = false; s.Refresh() }

// MouseIn implements [desktop.Hoverable].
func (s *Select) MouseIn(*desktop.MouseEvent) { noteInput(); s.hovered = true; s.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (s *Select) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (s *Select) MouseOut() { s.hovered = false; s.Refresh() }

// CreateRenderer implements [fyne.Widget].
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	r := &selectRenderer{s: s, ring: newRing(inputRadius), box: canvas.NewRectangle(nil),
		label: NewText("").Cut(), icon: NewIcon(IconDown, ColorMuted, 20)}
	r.paint()
	return r
}

type selectRenderer struct {
	s         *Select
	ring, box *canvas.Rectangle
	label     *Text
	icon      *Icon
}

func (r *selectRenderer) paint() {
	s := r.s
	if s.Selected() == "" {
		r.label.Set(s.placeholder, ColorMuted)
	} else if s.Disabled() {
		r.label.Set(s.Selected(), ColorMuted)
	} else {
		r.label.Set(s.Selected(), ColorText)
	}
	r.box.CornerRadius, r.box.StrokeWidth = inputRadius, 1
	r.box.FillColor = colorOf(s, ColorPanel)
	if s.hovered && !s.Disabled() {
		r.box.FillColor = colorOf(s, ColorRowHover)
	}
	r.box.StrokeColor = colorOf(s, ColorInputLine)
	r.ring.StrokeColor = colorOf(s, ColorRing)
	r.ring.Hidden = !s.focused
	switch {
	case s.wrong:
		r.box.StrokeColor = colorOf(s, ColorDangerText)
	case s.focused:
		r.box.StrokeColor = colorOf(s, ColorAccentText)
	}
}

func (r *selectRenderer) MinSize() fyne.Size {
	line := fyne.MeasureText("Ág", r.s.Theme().Size(SizeBody), fyne.TextStyle{})
	widest := float32(0)
	if len(r.s.Options) <= 40 {
		for _, o := range r.s.Options {
			widest = max(widest, fyne.MeasureText(o, r.s.Theme().Size(SizeBody), fyne.TextStyle{}).Width)
		}
	}
	return fyne.NewSize(min(max(widest, 60), 240)+44, line.Height+20)
}

func (r *selectRenderer) Layout(s fyne.Size) {
	placeRing(r.ring, s)
	r.box.Resize(s)
	r.label.Move(fyne.NewPos(10, 0))
	r.label.Resize(fyne.NewSize(max(0, s.Width-42), s.Height))
	r.icon.Move(fyne.NewPos(s.Width-28, (s.Height-20)/2))
	r.icon.Resize(fyne.NewSquareSize(20))
}

func (r *selectRenderer) Refresh() {
	r.paint()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *selectRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.box, r.label, r.icon}
}
func (r *selectRenderer) Destroy() {}

// entryIcon is the icon button at the end of an entry; the entry's keys do the
// same, so Tab passes it by.
type entryIcon struct {
	widget.BaseWidget
	icon   *Icon
	tapped func()
}

func newEntryIcon(name IconName, tapped func()) *entryIcon {
	i := &entryIcon{icon: NewIcon(name, ColorMuted, 20), tapped: tapped}
	i.ExtendBaseWidget(i)
	return i
}

// Tapped implements [fyne.Tappable].
func (i *entryIcon) Tapped(*fyne.PointEvent) { noteInput(); i.tapped() }

// Cursor implements [desktop.Cursorable].
func (i *entryIcon) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements [fyne.Widget].
func (i *entryIcon) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Padded(0, 6, 0, 6, Centre(i.icon)))
}
