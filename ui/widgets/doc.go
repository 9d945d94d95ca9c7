// Package widgets is how Counterbook looks and feels: a theme, and widgets that
// know nothing of a shop.
//
// A screen is put together from containers ([Column], [Row], [Grid], [Panel],
// [Border], [NewScroll]) and widgets ([Text], [Button], [Entry], [List] …).
// Colours are asked for by name ([ColorMuted]), never given as values, so that
// light and dark are one program.
//
// # Keyboard
//
// Everything that can be clicked can be reached with Tab and used with Enter
// and Space, and shows where the focus is. Escape leaves a dialog. Shortcuts
// that an entry does not use itself are passed on to the window
// ([PassShortcuts]).
//
// # Heights that follow widths
//
// Wrapped text is as high as its width makes it. The containers here ask for
// the height at the width they are about to give, so a screen is laid out right
// in one go; other containers need a second pass.
package widgets
