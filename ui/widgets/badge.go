// Badges and avatars: small coloured things beside a name.

package widgets

import (
	"hash/fnv"
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Tone says what a badge, a banner or a toast means.
type Tone int

// The tones.
const (
	Neutral Tone = iota
	Good         // in order
	Look         // look at this
	Info         // worth knowing
	Bad          // failed
)

type tonePair struct{ back, text fyne.ThemeColorName }

var tones = map[Tone]tonePair{
	Neutral: {ColorNeutralSoft, ColorNeutral},
	Good:    {ColorGoodSoft, ColorGood},
	Look:    {ColorLookSoft, ColorLook},
	Info:    {ColorInfoSoft, ColorInfo},
	Bad:     {ColorDangerSoft, ColorDangerText},
}

// Badge is a word on a pill.
type Badge struct {
	widget.BaseWidget
	text string
	tone Tone
}

// NewBadge returns a badge.
func NewBadge(tone Tone, text string) *Badge {
	b := &Badge{text: text, tone: tone}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows another word in another tone.
func (b *Badge) Set(tone Tone, text string) {
	if b.tone != tone || b.text != text {
		b.tone, b.text = tone, text
		b.Refresh()
	}
}

// Text returns the word.
func (b *Badge) Text() string { return b.text }

// AccessibilityLabel implements [fyne.Accessible].
func (b *Badge) AccessibilityLabel() string { return b.text }

// AccessibilityRole implements [fyne.Accessible].
func (b *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MinSize implements [fyne.CanvasObject].
func (b *Badge) MinSize() fyne.Size {
	b.ExtendBaseWidget(b)
	return fyne.MeasureText(b.text, b.Theme().Size(SizeCaption), fyne.TextStyle{Bold: true}).AddWidthHeight(18, 5)
}

// CreateRenderer implements [fyne.Widget].
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{b: b, pill: canvas.NewRectangle(color.Transparent), label: canvas.NewText("", color.Transparent)}
	r.pill.CornerRadius = canvas.RadiusMaximum
	r.paint()
	return r
}

type badgeRenderer struct {
	b     *Badge
	pill  *canvas.Rectangle
	label *canvas.Text
}

func (r *badgeRenderer) paint() {
	pair := tones[r.b.tone]
	r.pill.FillColor = colorOf(r.b, pair.back)
	r.label.Text = r.b.text
	r.label.Color = colorOf(r.b, pair.text)
	r.label.TextSize = r.b.Theme().Size(SizeCaption)
	r.label.TextStyle = fyne.TextStyle{Bold: true}
}

func (r *badgeRenderer) MinSize() fyne.Size { return r.b.MinSize() }

func (r *badgeRenderer) Layout(s fyne.Size) {
	h := min(s.Height, r.b.MinSize().Height)
	r.pill.Move(fyne.NewPos(0, (s.Height-h)/2))
	r.pill.Resize(fyne.NewSize(s.Width, h))
	m := r.label.MinSize()
	r.label.Move(fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2))
	r.label.Resize(m)
}

func (r *badgeRenderer) Refresh() {
	r.paint()
	r.Layout(r.b.Size())
	r.pill.Refresh()
	r.label.Refresh()
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.pill, r.label}
}
func (r *badgeRenderer) Destroy() {}

// Avatar shows initials on a soft colour that is always the same for a name.
type Avatar struct {
	widget.BaseWidget
	name string
	side float32
}

// NewAvatar returns an avatar as wide and high as side.
func NewAvatar(name string, side float32) *Avatar {
	a := &Avatar{name: name, side: side}
	a.ExtendBaseWidget(a)
	return a
}

// SetName shows another name.
func (a *Avatar) SetName(name string) {
	if a.name != name {
		a.name = name
		a.Refresh()
	}
}

// Initials returns the first letters of the first and the last word of a name.
func Initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	if len(words) == 0 {
		return "–"
	}
	first := strings.ToUpper(string([]rune(words[0])[:1]))
	if len(words) == 1 {
		return first
	}
	return first + strings.ToUpper(string([]rune(words[len(words)-1])[:1]))
}

func avatarColours(name string) (back, ink color.NRGBA) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	sum := h.Sum32()
	s := avatarShades[(sum^sum>>11^sum>>22)%uint32(len(avatarShades))]
	return rgba(s.back), rgba(s.ink)
}

// MinSize implements [fyne.CanvasObject].
func (a *Avatar) MinSize() fyne.Size { return fyne.NewSquareSize(a.side) }

// CreateRenderer implements [fyne.Widget].
func (a *Avatar) CreateRenderer() fyne.WidgetRenderer {
	r := &avatarRenderer{a: a, disc: canvas.NewCircle(color.Transparent), label: canvas.NewText("", color.Transparent)}
	r.paint()
	return r
}

type avatarRenderer struct {
	a     *Avatar
	disc  *canvas.Circle
	label *canvas.Text
}

func (r *avatarRenderer) paint() {
	r.disc.FillColor, r.label.Color = avatarColours(r.a.name)
	r.label.Text = Initials(r.a.name)
	r.label.TextSize = max(10, r.a.side*0.38)
	r.label.TextStyle = fyne.TextStyle{Bold: true}
}

func (r *avatarRenderer) MinSize() fyne.Size { return r.a.MinSize() }

func (r *avatarRenderer) Layout(s fyne.Size) {
	r.disc.Resize(fyne.NewSquareSize(r.a.side))
	r.disc.Move(fyne.NewPos((s.Width-r.a.side)/2, (s.Height-r.a.side)/2))
	m := r.label.MinSize()
	r.label.Move(fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2))
	r.label.Resize(m)
}

func (r *avatarRenderer) Refresh() {
	r.paint()
	r.Layout(r.a.Size())
	r.disc.Refresh()
	r.label.Refresh()
}

func (r *avatarRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.disc, r.label}
}
func (r *avatarRenderer) Destroy() {}
