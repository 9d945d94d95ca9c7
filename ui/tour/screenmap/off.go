//go:build !tour

// What every program but the one under test contains: nothing.

package screenmap

import "fyne.io/fyne/v2"

// Start does nothing in a program built without the tag "tour".
func Start(fyne.Window) {}
