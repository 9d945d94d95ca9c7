package widgets

import (
	"image/color"
	"math"
	"testing"

	"counterbook/assets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"
)

// readPairs are all pairs of text and ground that widgets and screens use.
var readPairs = []struct{ text, ground fyne.ThemeColorName }{
	{ColorText, ColorPage}, {ColorText, ColorDesk}, {ColorText, ColorPanel}, {ColorText, ColorRowHover},
	{ColorText, ColorRowSelected}, {ColorText, ColorNeutralSoft},
	{ColorMuted, ColorPage}, {ColorMuted, ColorDesk}, {ColorMuted, ColorPanel}, {ColorMuted, ColorRowHover}, {ColorMuted, ColorRowSelected},
	{ColorMuted, ColorNeutralSoft},
	{ColorAccentText, ColorPage}, {ColorAccentText, ColorPanel}, {ColorAccentText, ColorRowHover}, {ColorAccentText, ColorRowSelected},
	{ColorAccentText, ColorNeutralSoft},
	{ColorOnAccent, ColorAccent}, {ColorOnAccent, ColorAccentHover},
	{ColorOnDanger, ColorDanger}, {ColorOnDanger, ColorDangerHover},
	{ColorDangerText, ColorPanel}, {ColorDangerText, ColorPage}, {ColorDangerText, ColorDangerSoft},
	{ColorGood, ColorGoodSoft}, {ColorLook, ColorLookSoft}, {ColorInfo, ColorInfoSoft}, {ColorNeutral, ColorNeutralSoft},
	{ColorGood, ColorPanel}, {ColorLook, ColorPanel}, {ColorInfo, ColorPanel}, {ColorNeutral, ColorPanel},
	{ColorGood, ColorRowSelected}, {ColorLook, ColorRowSelected}, {ColorDangerText, ColorRowSelected},
	{ColorLook, ColorNeutralSoft}, {ColorGood, ColorNeutralSoft}, {ColorInfo, ColorNeutralSoft}, {ColorDangerText, ColorNeutralSoft},
	{ColorRailText, ColorRail}, {ColorRailText, ColorRailSelected}, {ColorRailText, ColorRailCard},
	{ColorRailMuted, ColorRail}, {ColorRailMuted, ColorRailSelected}, {ColorRailMuted, ColorRailCard},
	{ColorOnToast, ColorToast},
}

func TestEveryTextCanBeReadInLightAndDark(t *testing.T) {
	for mode, name := range map[Mode]string{Light: "light", Dark: "dark"} {
		th := NewTheme(mode)
		for _, p := range readPairs {
			ratio := contrastOf(th.Color(p.text, theme.VariantLight), th.Color(p.ground, theme.VariantLight))
			require.GreaterOrEqual(t, ratio, 4.5, "%s on %s, %s", p.text, p.ground, name)
		}
		// The focus is seen without reading: 3:1 is enough (WCAG 2.1, 1.4.11).
		for _, ground := range []fyne.ThemeColorName{ColorPage, ColorPanel, ColorRowSelected} {
			require.GreaterOrEqual(t, contrastOf(th.Color(ColorAccentText, 0), th.Color(ground, 0)), 3.0)
		}
		require.GreaterOrEqual(t, contrastOf(th.Color(ColorRailLine, 0), th.Color(ColorRailSelected, 0)), 3.0, name)
	}
	for _, s := range avatarShades {
		require.GreaterOrEqual(t, contrastOf(rgba(s.ink), rgba(s.back)), 4.5)
	}
}

func TestEveryTonePairIsChecked(t *testing.T) {
	for _, tone := range tones {
		found := false
		for _, p := range readPairs {
			found = found || p.text == tone.text && p.ground == tone.back
		}
		require.True(t, found, "%s on %s", tone.text, tone.back)
	}
}

func TestAVariantThatIsNotKnownIsLight(t *testing.T) {
	auto := NewTheme(Auto)
	light, dark := auto.Color(ColorPage, theme.VariantLight), auto.Color(ColorPage, theme.VariantDark)
	require.NotEqual(t, light, dark)
	require.Equal(t, light, auto.Color(ColorPage, 2))
	require.Equal(t, light, NewTheme(Light).Color(ColorPage, theme.VariantDark))
	require.Equal(t, dark, NewTheme(Dark).Color(ColorPage, theme.VariantLight))
}

func TestThemeKnowsEveryNameOfFyne(t *testing.T) {
	test.NewTempApp(t)
	test.AssertAllColorNamesDefined(t, NewTheme(Light), "light")
	test.AssertAllColorNamesDefined(t, NewTheme(Dark), "dark")
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Bold: true, Italic: true}, {Monospace: true}} {
		require.Contains(t, NewTheme(Light).Font(style).Name(), "NotoSans")
	}
	require.Zero(t, NewTheme(Light).Size(theme.SizeNameModalBlurRadius))
}

func TestFocusRingIsSeen(t *testing.T) {
	for _, mode := range []Mode{Light, Dark} {
		ring := color.NRGBAModel.Convert(NewTheme(mode).Color(theme.ColorNameFocus, 0)).(color.NRGBA)
		require.GreaterOrEqual(t, ring.A, uint8(0x40))
	}
}

func TestEveryIconIsInTheFamilyAndNamed(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	require.NotEmpty(t, assets.IconNames())
	for _, name := range assets.IconNames() {
		b, ok := assets.Icon(name)
		require.True(t, ok)
		require.Contains(t, string(b), `viewBox="0 -960 960 960"`, name)
		require.NotContains(t, string(b), "stroke", name)
		coloured := IconName(name).Resource(ColorDanger).Content()
		require.NotEqual(t, b, coloured, "%s takes no colour", name)
	}
	require.Equal(t, theme.BrokenImageIcon().Name(), IconName("no such icon").Resource(ColorText).Name())
}

func contrastOf(a, b color.Color) float64 {
	la, lb := luminanceOf(a), luminanceOf(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminanceOf(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n.R) + 0.7152*linear(n.G) + 0.0722*linear(n.B)
}
