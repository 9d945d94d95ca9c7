// The theme: our palette, sizes and fonts behind Fyne's names.

package widgets

import (
	"image/color"
	"sync"

	"counterbook/assets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode says which palette is shown.
type Mode int

// The modes. Auto follows the system; what the system does not say is light.
const (
	Auto Mode = iota
	Light
	Dark
)

// Names of our own sizes.
const (
	SizeBody                       = theme.SizeNameText           // 14
	SizeCaption                    = theme.SizeNameCaptionText    // 12
	SizeHeading                    = theme.SizeNameSubHeadingText // 16
	SizeTitle                      = theme.SizeNameHeadingText    // 20
	SizeFigure  fyne.ThemeSizeName = "figure"                     // 28, one number on a panel
)

// Measures in device-independent pixels, shared by widgets.
const (
	gapSmall     float32 = 6
	gapMedium    float32 = 12
	gapLarge     float32 = 14
	panelPadding float32 = 18
	// PageMargin is the room between a page's edge and its panels.
	PageMargin   float32 = 24
	panelRadius  float32 = 10
	inputRadius  float32 = 8
	minSelectRow float32 = 36
)

type counterTheme struct {
	mode Mode
	*faces
}

type faces struct{ regular, bold, italic, boldItal fyne.Resource }

// screenFaces are the same for every theme: what the toolkit makes of a font it
// keeps for long, and two megabytes of font for each change of mode add up.
var screenFaces = sync.OnceValue(func() *faces {
	return &faces{
		regular:  fyne.NewStaticResource("NotoSans-Regular.ttf", assets.NotoSansRegular()),
		bold:     fyne.NewStaticResource("NotoSans-Bold.ttf", assets.NotoSansBold()),
		italic:   fyne.NewStaticResource("NotoSans-Italic.ttf", assets.NotoSansItalic()),
		boldItal: fyne.NewStaticResource("NotoSans-BoldItalic.ttf", assets.NotoSansBoldItalic()),
	}
})

// NewTheme returns the theme of the program in the given mode.
func NewTheme(mode Mode) fyne.Theme { return &counterTheme{mode, screenFaces()} }

// ChangeMode shows an application in another mode. Where it has this theme
// already it stays the same: the toolkit parses all fonts anew for another theme,
// and what its shaper has once set text in stays in memory for ever (three
// megabytes a change with Fyne 2.8.1 and go-text 0.3.4).
func ChangeMode(a fyne.App, mode Mode) {
	t, ours := a.Settings().Theme().(*counterTheme)
	if !ours {
		a.Settings().SetTheme(NewTheme(mode))
		return
	}
	t.mode = mode
	for _, w := range a.Driver().AllWindows() {
		if o := w.Content(); o != nil {
			o.Refresh()
		}
		for _, o := range w.Canvas().Overlays().List() {
			o.Refresh()
		}
	}
}

// fyneColors says which of our colours stands behind each of Fyne's names.
var fyneColors = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameBackground:          ColorPage,
	theme.ColorNameButton:              ColorNeutralSoft,
	theme.ColorNameDisabledButton:      ColorNeutralSoft,
	theme.ColorNameDisabled:            ColorMuted,
	theme.ColorNameError:               ColorDangerText,
	theme.ColorNameFocus:               ColorRing,
	theme.ColorNameForeground:          ColorText,
	theme.ColorNameForegroundOnError:   ColorOnDanger,
	theme.ColorNameForegroundOnPrimary: ColorOnAccent,
	theme.ColorNameForegroundOnSuccess: ColorOnAccent,
	theme.ColorNameForegroundOnWarning: ColorOnToast,
	theme.ColorNameHeaderBackground:    ColorPanel,
	theme.ColorNameHover:               ColorRowHover,
	theme.ColorNameHyperlink:           ColorAccentText,
	theme.ColorNameInputBackground:     ColorPanel,
	theme.ColorNameInputBorder:         ColorInputLine,
	theme.ColorNameMenuBackground:      ColorPanel,
	theme.ColorNameOverlayBackground:   ColorPanel,
	theme.ColorNamePlaceHolder:         ColorMuted,
	theme.ColorNamePressed:             ColorRowSelected,
	theme.ColorNamePrimary:             ColorAccent,
	theme.ColorNameScrollBar:           ColorFaint,
	theme.ColorNameSelection:           ColorRing,
	theme.ColorNameSeparator:           ColorHairline,
	theme.ColorNameShadow:              ColorShadow,
	theme.ColorNameSuccess:             ColorGood,
	theme.ColorNameWarning:             ColorLook,
}

// Color implements [fyne.Theme].
func (t *counterTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if ours, ok := fyneColors[name]; ok {
		name = ours
	}
	dark := variant == theme.VariantDark
	switch t.mode {
	case Light:
		dark = false
	case Dark:
		dark = true
	}
	if s, ok := palette[name]; ok {
		if dark {
			return rgba(s.dark)
		}
		return rgba(s.light)
	}
	fallback := theme.VariantLight
	if dark {
		fallback = theme.VariantDark
	}
	return theme.DefaultTheme().Color(name, fallback)
}

// Font implements [fyne.Theme]. Fixed-width text is set in the same family,
// whose digits are all of one width.
func (t *counterTheme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold && style.Italic:
		return t.boldItal
	case style.Bold:
		return t.bold
	case style.Italic:
		return t.italic
	}
	return t.regular
}

// Icon implements [fyne.Theme].
func (t *counterTheme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               14,
	theme.SizeNameCaptionText:        12,
	theme.SizeNameSubHeadingText:     16,
	theme.SizeNameHeadingText:        20,
	SizeFigure:                       28,
	theme.SizeNamePadding:            6,
	theme.SizeNameInnerPadding:       10,
	theme.SizeNameInlineIcon:         20,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameInputRadius:        inputRadius,
	theme.SizeNameSelectionRadius:    inputRadius,
	theme.SizeNameButtonRadius:       inputRadius,
	theme.SizeNameMenuRadius:         inputRadius,
	theme.SizeNamePopupRadius:        panelRadius,
	theme.SizeNameCardRadius:         panelRadius,
	theme.SizeNameDialogRadius:       14,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    4,
	theme.SizeNameSeparatorThickness: 1,
	theme.SizeNameModalBlurRadius:    0,
}

// Size implements [fyne.Theme].
func (t *counterTheme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}

// colorOf returns a named colour as the object's theme has it now.
func colorOf(o interface{ Theme() fyne.Theme }, name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return o.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}
