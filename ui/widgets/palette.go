// The palettes: every colour the program uses, by name, in light and dark.

package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// The names of our own colours. Fyne's names are mapped to them in theme.go.
const (
	ColorPage         fyne.ThemeColorName = "page"         // paper behind everything
	ColorDesk         fyne.ThemeColorName = "desk"         // darker paper under a sheet shown for print
	ColorPanel        fyne.ThemeColorName = "panel"        // panels, lists, inputs
	ColorHairline     fyne.ThemeColorName = "hairline"     // borders of panels, lines between areas
	ColorRowLine      fyne.ThemeColorName = "rowLine"      // lines between rows of a list
	ColorInputLine    fyne.ThemeColorName = "inputLine"    // borders of inputs and buttons
	ColorText         fyne.ThemeColorName = "text"         // what is read
	ColorMuted        fyne.ThemeColorName = "muted"        // labels, captions, placeholders
	ColorFaint        fyne.ThemeColorName = "faint"        // marks that carry no meaning alone: grips, empty icons
	ColorAccent       fyne.ThemeColorName = "accent"       // fill of the one primary button
	ColorOnAccent     fyne.ThemeColorName = "onAccent"     // text on it
	ColorAccentHover  fyne.ThemeColorName = "accentHover"  // its fill under the mouse
	ColorAccentText   fyne.ThemeColorName = "accentText"   // links, outlined buttons, focus lines
	ColorRowHover     fyne.ThemeColorName = "rowHover"     // row or quiet button under the mouse
	ColorRowSelected  fyne.ThemeColorName = "rowSelected"  // selected row
	ColorRing         fyne.ThemeColorName = "ring"         // soft ring around what has the focus
	ColorGood         fyne.ThemeColorName = "good"         // text of what is in order …
	ColorGoodSoft     fyne.ThemeColorName = "goodSoft"     // … and what is behind it
	ColorLook         fyne.ThemeColorName = "look"         // look at this
	ColorLookSoft     fyne.ThemeColorName = "lookSoft"     //
	ColorInfo         fyne.ThemeColorName = "info"         // worth knowing
	ColorInfoSoft     fyne.ThemeColorName = "infoSoft"     //
	ColorNeutral      fyne.ThemeColorName = "neutral"      // plain badge
	ColorNeutralSoft  fyne.ThemeColorName = "neutralSoft"  //
	ColorDanger       fyne.ThemeColorName = "danger"       // fill of what cannot be undone
	ColorDangerHover  fyne.ThemeColorName = "dangerHover"  //
	ColorOnDanger     fyne.ThemeColorName = "onDanger"     //
	ColorDangerText   fyne.ThemeColorName = "dangerText"   // problems under a field
	ColorDangerSoft   fyne.ThemeColorName = "dangerSoft"   //
	ColorRail         fyne.ThemeColorName = "rail"         // the deep green rail
	ColorRailSelected fyne.ThemeColorName = "railSelected" // its selected place and the user's card
	ColorRailCard     fyne.ThemeColorName = "railCard"     // cards on the sign-in page
	ColorRailText     fyne.ThemeColorName = "railText"     //
	ColorRailMuted    fyne.ThemeColorName = "railMuted"    //
	ColorRailLine     fyne.ThemeColorName = "railLine"     // borders and focus on the rail
	ColorScrim        fyne.ThemeColorName = "scrim"        // over the page while a dialog is open
	ColorShadow       fyne.ThemeColorName = "softShadow"   // at the edges of what scrolls
	ColorToast        fyne.ThemeColorName = "toast"        //
	ColorOnToast      fyne.ThemeColorName = "onToast"      //
)

// shade is one colour in both variants, as 0xRRGGBBAA.
type shade struct{ light, dark uint32 }

// palette holds our colours. Contrast of every pair that is read is tested.
var palette = map[fyne.ThemeColorName]shade{
	ColorPage:         {0xF5F3EEFF, 0x141917FF},
	ColorDesk:         {0xE8E4DCFF, 0x0E1211FF},
	ColorPanel:        {0xFFFFFFFF, 0x1C2320FF},
	ColorHairline:     {0xE4E0D7FF, 0x303A35FF},
	ColorRowLine:      {0xF0EDE6FF, 0x29322EFF},
	ColorInputLine:    {0xD6D1C6FF, 0x3D4843FF},
	ColorText:         {0x1C2523FF, 0xE6EBE8FF},
	ColorMuted:        {0x5D6763FF, 0xA1AEA8FF},
	ColorFaint:        {0xB9B8AFFF, 0x56625CFF},
	ColorAccent:       {0x1E7A5AFF, 0x2F9A73FF},
	ColorOnAccent:     {0xFFFFFFFF, 0x04150EFF},
	ColorAccentHover:  {0x196A4EFF, 0x38A97FFF},
	ColorAccentText:   {0x176348FF, 0x62CBA1FF},
	ColorRowHover:     {0xF6F4EFFF, 0x232B27FF},
	ColorRowSelected:  {0xE3F1EBFF, 0x1B372CFF},
	ColorRing:         {0x1E7A5A4D, 0x62CBA166},
	ColorGood:         {0x14573FFF, 0x7FD6AEFF},
	ColorGoodSoft:     {0xE3F1EBFF, 0x173629FF},
	ColorLook:         {0x7F5400FF, 0xF0C060FF},
	ColorLookSoft:     {0xFBF1DAFF, 0x3A2C0DFF},
	ColorInfo:         {0x2B5C9EFF, 0x93BDF0FF},
	ColorInfoSoft:     {0xE6EEF8FF, 0x1A2C47FF},
	ColorNeutral:      {0x4C5552FF, 0xB9C4BEFF},
	ColorNeutralSoft:  {0xEFEDE7FF, 0x2B332FFF},
	ColorDanger:       {0xB3261EFF, 0xC93A32FF},
	ColorDangerHover:  {0x991B14FF, 0xB8312AFF},
	ColorOnDanger:     {0xFFFFFFFF, 0xFFFFFFFF},
	ColorDangerText:   {0xA8221BFF, 0xFF9C93FF},
	ColorDangerSoft:   {0xFBE6E4FF, 0x451A17FF},
	ColorRail:         {0x16302AFF, 0x0D1A16FF},
	ColorRailSelected: {0x20433AFF, 0x1A352CFF},
	ColorRailCard:     {0x1C3932FF, 0x14261FFF},
	ColorRailText:     {0xF2F7F5FF, 0xE6EBE8FF},
	ColorRailMuted:    {0x9DB8AEFF, 0x8FAAA0FF},
	ColorRailLine:     {0x4FA98BFF, 0x4FA98BFF},
	ColorScrim:        {0x16201C80, 0x00000099},
	ColorShadow:       {0x16201C33, 0x00000066},
	ColorToast:        {0x1C2523FF, 0x313B36FF},
	ColorOnToast:      {0xFFFFFFFF, 0xF2F5F3FF},
}

// avatarShades are the backgrounds and letters of avatars, the same in light
// and dark: they are small pictures, not surfaces.
var avatarShades = [...]struct{ back, ink uint32 }{
	{0xCBD8F0FF, 0x1C3357FF},
	{0xE7D3C2FF, 0x4D2C12FF},
	{0xD7E7D0FF, 0x21441AFF},
	{0xEAD5E4FF, 0x4B1B3EFF},
	{0xD9DBE7FF, 0x26294AFF},
	{0xF0E3BEFF, 0x4A3A06FF},
	{0xCFE5E5FF, 0x11403FFF},
	{0xF1D3CCFF, 0x55211AFF},
}

func rgba(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 24), G: uint8(v >> 16), B: uint8(v >> 8), A: uint8(v)}
}
