// Text: what is only read. One widget for all of it, in named colours and sizes,
// cut with an ellipsis or wrapped to its width.

package widgets

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

type textFit int

const (
	fitWhole textFit = iota // as wide as the text
	fitCut                  // one line, cut with an ellipsis
	fitWrap                 // as many lines as the width needs
)

const (
	ellipsis     = "…"
	minCutWidth  = 24
	minWrapWidth = 60
)

// Text shows text without padding. Its methods that say how it looks return it,
// so that a line says all: NewText("Phone").Muted().Cut().
type Text struct {
	widget.BaseWidget
	text   string
	colour fyne.ThemeColorName
	size   fyne.ThemeSizeName
	style  fyne.TextStyle
	align  fyne.TextAlign
	fit    textFit
	lines  []string // as shown at width
	width  float32  // the width lines were made for

	whole measured // on one line
	wraps broken   // into lines
}

// setting is what decides how much room a text takes.
type setting struct {
	text  string
	size  float32
	style fyne.TextStyle
}

// measured is the room of a text on one line. A page asks for it many times whenever
// it is laid out, and measuring is what takes the time.
type measured struct {
	setting
	width, height float32
}

// broken is a text in lines.
type broken struct {
	setting
	width float32
	lines []string
}

// NewText returns body text.
func NewText(s string) *Text {
	t := &Text{text: s, colour: ColorText, size: SizeBody}
	t.ExtendBaseWidget(t)
	return t
}

// Strong returns bold body text.
func Strong(s string) *Text { return NewText(s).Bold() }

// Heading returns the heading of a panel.
func Heading(s string) *Text { return NewText(s).Bold() }

// Title returns the title of a page or a dialog.
func Title(s string) *Text { return NewText(s).Sized(SizeTitle).Bold() }

// Caption returns small muted text.
func Caption(s string) *Text { return NewText(s).Sized(SizeCaption).Muted() }

// Paragraph returns muted text that wraps.
func Paragraph(s string) *Text { return NewText(s).Muted().Wrap() }

// Muted shows the text in the muted colour.
func (t *Text) Muted() *Text { return t.In(ColorMuted) }

// In shows the text in a named colour.
func (t *Text) In(colour fyne.ThemeColorName) *Text { t.colour = colour; return t }

// Sized sets the text in a named size.
func (t *Text) Sized(size fyne.ThemeSizeName) *Text { t.size = size; return t }

// Bold sets the text bold.
func (t *Text) Bold() *Text { t.style.Bold = true; return t }

// Italic sets the text italic.
func (t *Text) Italic() *Text { t.style.Italic = true; return t }

// Right puts the text at the right.
func (t *Text) Right() *Text { t.align = fyne.TextAlignTrailing; return t }

// Centre puts the text in the middle.
func (t *Text) Centre() *Text { t.align = fyne.TextAlignCenter; return t }

// Cut keeps the text to one line and ends it with an ellipsis where there is
// no room for all of it.
func (t *Text) Cut() *Text { t.fit = fitCut; return t }

// Wrap breaks the text into lines.
func (t *Text) Wrap() *Text { t.fit = fitWrap; return t }

// Text returns the whole text, shown or cut.
func (t *Text) Text() string { return t.text }

// SetText shows another text.
func (t *Text) SetText(s string) {
	if t.text == s {
		return
	}
	t.text = s
	t.Refresh()
}

// Set shows another text in another colour, in one go.
func (t *Text) Set(s string, colour fyne.ThemeColorName) {
	if t.text == s && t.colour == colour {
		return
	}
	t.text, t.colour = s, colour
	t.Refresh()
}

// Lines returns the lines as they are shown.
func (t *Text) Lines() []string { return t.lines }

// AccessibilityLabel implements [fyne.Accessible].
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole implements [fyne.Accessible].
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (t *Text) measure(s string) fyne.Size {
	return fyne.MeasureText(s, t.Theme().Size(t.size), t.style)
}

func (t *Text) setting() setting { return setting{t.text, t.Theme().Size(t.size), t.style} }

// line is the room of the text on one line.
func (t *Text) line() fyne.Size {
	if is := t.setting(); t.whole.setting != is || t.whole.height == 0 {
		t.whole = measured{is, t.measure(t.text).Width, t.measure("Ág").Height}
	}
	return fyne.NewSize(t.whole.width, t.whole.height)
}

// MinSize implements [fyne.CanvasObject].
func (t *Text) MinSize() fyne.Size {
	line := t.line()
	switch t.fit {
	case fitCut:
		return fyne.NewSize(min(line.Width, minCutWidth), line.Height)
	case fitWrap:
		if t.width == 0 {
			return fyne.NewSize(minWrapWidth, line.Height)
		}
		return fyne.NewSize(minWrapWidth, t.HeightFor(t.width))
	}
	return line
}

// HeightFor returns the height the text needs at a width.
func (t *Text) HeightFor(width float32) float32 {
	line := t.line().Height
	if t.fit != fitWrap {
		return line
	}
	return line * float32(len(t.broken(width)))
}

// Resize implements [fyne.CanvasObject].
func (t *Text) Resize(s fyne.Size) {
	changed := t.width != s.Width
	t.width = s.Width
	t.BaseWidget.Resize(s)
	if changed && t.fit != fitWhole {
		t.Refresh()
	}
}

// broken returns the lines the text is shown in at a width; nobody changes them.
func (t *Text) broken(width float32) []string {
	switch {
	case t.fit == fitWhole:
		return []string{t.text}
	case t.wraps.lines != nil && t.wraps.width == width && t.wraps.setting == t.setting():
		return t.wraps.lines
	}
	var lines []string
	if t.fit == fitCut {
		lines = []string{t.cut(t.text, width)}
	} else {
		for _, paragraph := range strings.Split(t.text, "\n") {
			lines = append(lines, t.wrap(paragraph, width)...)
		}
	}
	t.wraps = broken{t.setting(), width, lines}
	return lines
}

func (t *Text) cut(s string, width float32) string {
	if width <= 0 || t.measure(s).Width <= width+0.5 {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes) // the longest start that fits is searched by halves
	for low < high {
		mid := (low + high + 1) / 2
		if t.measure(strings.TrimRight(string(runes[:mid]), " ")+ellipsis).Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + ellipsis
}

func (t *Text) wrap(paragraph string, width float32) []string {
	words := strings.Fields(paragraph)
	if len(words) == 0 {
		return []string{""}
	}
	space := t.measure(" ").Width
	var lines []string
	line, used := "", float32(0)
	for _, word := range words {
		w := t.measure(word).Width
		if line != "" && used+space+w > width {
			lines = append(lines, line)
			line, used = "", 0
		}
		for w > width && utf8.RuneCountInString(word) > 1 { // a word wider than a line
			head := t.head(word, width)
			lines = append(lines, head)
			word = word[len(head):]
			w = t.measure(word).Width
		}
		if line == "" {
			line, used = word, w
		} else {
			line, used = line+" "+word, used+space+w
		}
	}
	return append(lines, line)
}

// head returns the longest start of a word that fits, one letter at least.
func (t *Text) head(word string, width float32) string {
	end := 0
	for i, r := range word {
		next := i + utf8.RuneLen(r)
		if end > 0 && t.measure(word[:next]).Width > width {
			break
		}
		end = next
	}
	return word[:end]
}

// CreateRenderer implements [fyne.Widget].
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{t: t}
	r.build()
	return r
}

type textRenderer struct {
	t       *Text
	objects []fyne.CanvasObject
}

func (r *textRenderer) build() {
	t := r.t
	t.lines = t.broken(t.Size().Width)
	colour, size := colorOf(t, t.colour), t.Theme().Size(t.size)
	for len(r.objects) < len(t.lines) {
		r.objects = append(r.objects, canvas.NewText("", colour))
	}
	r.objects = r.objects[:len(t.lines)]
	for i, line := range t.lines {
		c := r.objects[i].(*canvas.Text)
		c.Text, c.Color, c.TextSize, c.TextStyle, c.Alignment = line, colour, size, t.style, t.align
	}
}

func (r *textRenderer) Layout(s fyne.Size) {
	height := r.t.line().Height
	y := float32(0)
	if r.t.fit != fitWrap { // one line stands in the middle of what it was given
		y = (s.Height - height) / 2
	}
	for i, o := range r.objects {
		o.Move(fyne.NewPos(0, y+float32(i)*height))
		o.Resize(fyne.NewSize(s.Width, height))
	}
}

func (r *textRenderer) MinSize() fyne.Size           { return r.t.MinSize() }
func (r *textRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *textRenderer) Destroy()                     {}

func (r *textRenderer) Refresh() {
	r.build()
	r.Layout(r.t.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
	canvas.Refresh(r.t)
}
