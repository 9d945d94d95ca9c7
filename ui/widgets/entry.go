// Entry: what is typed. Fyne's entry with our frame, our keys, and a state of
// being wrong.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry takes a line of text, or several. Enter moves on where nothing else was
// asked of it; Tab always leaves; Escape does OnEscape or closes the dialog the
// entry is in.
type Entry struct {
	widget.Entry
	OnEscape func()
	// OnLeave is called when the focus goes elsewhere: the time to say what is
	// wrong.
	OnLeave func()
	// OnArrow is called for Up (-1) and Down (1) in an entry of one line, where
	// they mean nothing; a list below a search box may take them.
	OnArrow func(step int)
	// OnShortcut is asked first what a shortcut means here; true takes it.
	OnShortcut func(fyne.Shortcut) bool

	// OnCleaned is told that what was pasted lost something nobody sees, and false
	// once something is typed after it.
	OnCleaned func(bool)

	self    fyne.Focusable // the widget this entry is part of
	label   string         // for those who cannot see
	wrong   bool
	inside  bool
	cleaned bool
}

// NewEntry returns an entry of one line.
func NewEntry() *Entry {
	e := &Entry{}
	e.line(e)
	return e
}

// NewArea returns an entry of several lines, rows of them seen at once.
func NewArea(rows int) *Entry {
	e := &Entry{}
	e.self = e
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

// line makes e an entry of one line that is the base of the widget self.
func (e *Entry) line(self fyne.Widget) {
	e.self = self.(fyne.Focusable)
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(self)
}

// object returns what the window knows the entry as.
func (e *Entry) object() fyne.CanvasObject {
	if o, ok := e.self.(fyne.CanvasObject); ok {
		return o
	}
	return e
}

// With sets the text shown while nothing is typed.
func (e *Entry) With(placeholder string) *Entry {
	e.SetPlaceHolder(placeholder)
	return e
}

// SetWrong marks what was typed as wrong, or as right again.
func (e *Entry) SetWrong(wrong bool) {
	if e.wrong != wrong {
		e.wrong = wrong
		e.Refresh()
	}
}

// Wrong says whether what was typed is marked as wrong.
func (e *Entry) Wrong() bool { return e.wrong }

// Empty takes away what was typed, the way of a passphrase that was used.
func (e *Entry) Empty() { e.SetText("") }

// SetText shows another text. A selection is ended before: Fyne would take the
// next letter typed for its replacement and lose it.
func (e *Entry) SetText(s string) {
	if e.SelectedText() != "" {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	}
	e.Entry.SetText(s)
}

// SetLabel says what the entry is called.
func (e *Entry) SetLabel(s string) { e.label = s }

// AccessibilityLabel implements [fyne.Accessible].
func (e *Entry) AccessibilityLabel() string {
	if e.label == "" {
		return e.PlaceHolder
	}
	return e.label
}

// AccessibilityRole implements [fyne.Accessible].
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AcceptsTab implements [fyne.Tabbable]: Tab leaves, also from several lines.
func (e *Entry) AcceptsTab() bool { return false }

// TypedRune implements [fyne.Focusable].
func (e *Entry) TypedRune(r rune) {
	noteInput()
	e.tellCleaned(false)
	e.Entry.TypedRune(r)
	if cutFrom == nil || e.Password {
		return
	}
	if rest, cut := cutFrom(e.Text); cut {
		e.SetText(rest)
	}
}

// TypedKey implements [fyne.Focusable].
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	switch {
	case k.Name == fyne.KeyEscape:
		if e.OnEscape != nil {
			e.OnEscape()
		} else {
			escape(e.object())
		}
	case e.enters(k) && !e.MultiLine && e.OnSubmitted == nil:
		forward(e.object())
	case k.Name == fyne.KeyUp && !e.MultiLine && e.OnArrow != nil:
		e.OnArrow(-1)
	case k.Name == fyne.KeyDown && !e.MultiLine && e.OnArrow != nil:
		e.OnArrow(1)
	default:
		e.Entry.TypedKey(k)
	}
}

func (e *Entry) enters(k *fyne.KeyEvent) bool {
	return k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter
}

// TypedShortcut implements [fyne.Shortcutable]. What is none of the entry's own
// goes on to the window.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	noteInput()
	if e.OnShortcut != nil && e.OnShortcut(s) {
		return
	}
	if p, ok := s.(*fyne.ShortcutPaste); ok {
		e.paste(p)
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && !editing(c) {
		if c.KeyName == fyne.KeyReturn && e.Submit() {
			return
		}
		passShortcut(s)
		return
	}
	e.Entry.TypedShortcut(s)
}

// Submit does what Ctrl+Enter does in an entry of several lines, and says whether
// it does anything.
func (e *Entry) Submit() bool {
	if !e.MultiLine || e.OnSubmitted == nil {
		return false
	}
	e.OnSubmitted(e.Text)
	return true
}

// editing says whether a shortcut moves or deletes within the text.
func editing(c *desktop.CustomShortcut) bool {
	switch c.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
		return true
	}
	return false
}

// FocusGained implements [fyne.Focusable].
func (e *Entry) FocusGained() {
	e.inside = true
	seen(e.object())
	e.Entry.FocusGained()
}

// FocusLost implements [fyne.Focusable].
func (e *Entry) FocusLost() {
	e.inside = false
	e.Entry.FocusLost()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// MouseDown implements [desktop.Mouseable].
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	noteInput()
	e.Entry.MouseDown(m)
}

// CreateRenderer implements [fyne.Widget].
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), e: e,
		ring: newRing(inputRadius), edge: newRing(inputRadius - ringWidth)}
	r.wheel = newWheel(e.object(), r.scrolled)
	r.paint()
	return r
}

// entryRenderer draws Fyne's entry with a ring around it while it has the focus
// and a red edge while it is wrong.
type entryRenderer struct {
	fyne.WidgetRenderer
	e          *Entry
	ring, edge *canvas.Rectangle
	wheel      *wheel
}

func (r *entryRenderer) paint() {
	r.ring.StrokeColor = colorOf(r.e, ColorRing)
	r.ring.Hidden = !r.e.inside || r.e.Disabled()
	r.edge.StrokeColor = colorOf(r.e, ColorDangerText)
	r.edge.StrokeWidth = 1.5
	r.edge.CornerRadius = inputRadius
	r.edge.Hidden = !r.e.wrong
}

func (r *entryRenderer) Layout(s fyne.Size) {
	placeRing(r.ring, s)
	r.edge.Move(fyne.NewPos(0.5, 0.5))
	r.edge.Resize(s.SubtractWidthHeight(1, 1))
	r.wheel.Resize(s)
	r.WidgetRenderer.Layout(s)
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	all := make([]fyne.CanvasObject, 0, len(inner)+3)
	all = append(all, r.ring)
	all = append(all, inner...)
	return append(all, r.edge, r.wheel)
}

// scrolled takes the mouse wheel where several lines are being written.
func (r *entryRenderer) scrolled(e *fyne.ScrollEvent) bool {
	if !r.e.MultiLine || !r.e.inside {
		return false
	}
	for _, o := range r.WidgetRenderer.Objects() {
		if s, ok := o.(fyne.Scrollable); ok {
			s.Scrolled(e)
		}
	}
	return true
}

func (r *entryRenderer) Refresh() {
	r.paint()
	r.ring.Refresh()
	r.edge.Refresh()
	r.WidgetRenderer.Refresh()
}
