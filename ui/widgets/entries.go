// Entries with a purpose: passphrases and searching.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// PasswordEntry takes a secret, hidden until its Show is used.
type PasswordEntry struct {
	Entry
	show *actionWord
}

// NewPasswordEntry returns an entry for a secret. The words are what its small
// button says while the text is hidden and while it is shown.
func NewPasswordEntry(show, hide string) *PasswordEntry {
	e := &PasswordEntry{}
	e.Password = true
	e.show = newActionWord(show, func() {
		e.Password = !e.Password
		if e.Password {
			e.show.setText(show)
		} else {
			e.show.setText(hide)
		}
		e.Refresh()
	})
	e.ActionItem = e.show
	e.line(e)
	return e
}

// Empty takes the secret away and hides what comes next.
func (e *PasswordEntry) Empty() {
	if !e.Password {
		e.show.tapped()
	}
	e.SetText("")
}

// CreateRenderer implements [fyne.Widget].
func (e *PasswordEntry) CreateRenderer() fyne.WidgetRenderer { return e.Entry.CreateRenderer() }

// actionWord is the small word at the end of an entry that does something. It
// can have the focus, but Enter in the entry does not stop at it.
type actionWord struct {
	widget.BaseWidget
	text             string
	tapped           func()
	focused, hovered bool
}

func newActionWord(text string, tapped func()) *actionWord {
	a := &actionWord{text: text, tapped: tapped}
	a.ExtendBaseWidget(a)
	return a
}

func (a *actionWord) setText(s string) { a.text = s; a.Refresh() }

// Tapped implements [fyne.Tappable].
func (a *actionWord) Tapped(*fyne.PointEvent) { noteInput(); a.tapped() }

// FocusGained implements [fyne.Focusable].
func (a *actionWord) FocusGained() { a.focused = true; seen(a); a.Refresh() }

// FocusLost implements [fyne.Focusable].
func (a *actionWord) FocusLost() { a.focused = false; a.Refresh() }

// TypedRune implements [fyne.Focusable].
func (a *actionWord) TypedRune(r rune) { Stray(r) }

// TypedKey implements [fyne.Focusable].
func (a *actionWord) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		a.tapped()
	case fyne.KeyEscape:
		escape(a)
	}
}

// Cursor implements [desktop.Cursorable].
func (a *actionWord) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel implements [fyne.Accessible].
func (a *actionWord) AccessibilityLabel() string { return a.text }

// AccessibilityRole implements [fyne.Accessible].
func (a *actionWord) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements [fyne.Widget].
func (a *actionWord) CreateRenderer() fyne.WidgetRenderer {
	r := &actionRenderer{a: a, label: canvas.NewText("", colorOf(a, ColorMuted)), line: canvas.NewRectangle(colorOf(a, ColorAccentText))}
	r.paint()
	return r
}

type actionRenderer struct {
	a     *actionWord
	label *canvas.Text
	line  *canvas.Rectangle
}

func (r *actionRenderer) paint() {
	r.label.Text = r.a.text
	r.label.TextSize = r.a.Theme().Size(SizeBody)
	r.label.Color = colorOf(r.a, ColorMuted)
	if r.a.focused {
		r.label.Color = colorOf(r.a, ColorAccentText)
	}
	r.line.FillColor = colorOf(r.a, ColorAccentText)
	r.line.Hidden = !r.a.focused
}

func (r *actionRenderer) MinSize() fyne.Size { return r.label.MinSize().AddWidthHeight(2*gapMedium, 0) }

func (r *actionRenderer) Layout(s fyne.Size) {
	m := r.label.MinSize()
	x, y := (s.Width-m.Width)/2, (s.Height-m.Height)/2
	r.label.Move(fyne.NewPos(x, y))
	r.label.Resize(m)
	r.line.Move(fyne.NewPos(x, y+m.Height))
	r.line.Resize(fyne.NewSize(m.Width, 2))
}

func (r *actionRenderer) Refresh() {
	r.paint()
	r.Layout(r.a.Size())
	r.label.Refresh()
	r.line.Refresh()
}

func (r *actionRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.label, r.line}
}
func (r *actionRenderer) Destroy() {}

// SearchEntry is what a list is searched with. Escape empties it.
type SearchEntry struct {
	Entry
	hint *Text
}

// NewSearchEntry returns a search entry; hint names the shortcut that leads to
// it ("Ctrl K"), changed is told every text.
func NewSearchEntry(placeholder, hint string, changed func(string)) *SearchEntry {
	e := &SearchEntry{hint: NewText(hint).Muted()}
	e.PlaceHolder = placeholder
	e.OnChanged = changed
	if hint != "" {
		e.ActionItem = Padded(0, gapMedium, 0, gapSmall, e.hint)
	}
	e.OnEscape = func() {
		if e.Text == "" {
			escape(e.object())
			return
		}
		e.SetText("")
	}
	e.line(e)
	return e
}

// CreateRenderer implements [fyne.Widget].
func (e *SearchEntry) CreateRenderer() fyne.WidgetRenderer { return e.Entry.CreateRenderer() }

// MinSize implements [fyne.CanvasObject].
func (e *SearchEntry) MinSize() fyne.Size {
	s := e.Entry.MinSize()
	s.Width = max(s.Width, 220)
	return s
}
