// Package screenmap tells a test that drives the real window what stands where on
// it. A window drawn by OpenGL shows other programs nothing but pixels.
//
// A program built with the tag "tour" and started with COUNTERBOOK_MAP=FILE
// writes a [Map] of its window to that file whenever it changes. Without the tag
// [Start] does nothing and none of the code that reads the screen is in the
// program: no program that is handed to anybody can write its screen to disk.
// The contents of passphrase fields are never written, shown or not.
package screenmap

import (
	"encoding/json"
	"os"
)

// Env names the file to write.
const Env = "COUNTERBOOK_MAP"

// Kind is what a person would call a control.
type Kind string

// The kinds of control.
const (
	Button Kind = "button" // anything that can be clicked and is none of the others
	Field  Kind = "field"  // text can be typed into it
	Secret Kind = "secret" // a field whose contents are never told
	Check  Kind = "check"
	Choice Kind = "choice" // a drop-down list
	Text   Kind = "text"   // a run of text on one line
	Label  Kind = "label"  // a whole text, which may run over several lines
	Other  Kind = "other"  // can have the focus, and is none of the above
)

// Control is one thing on the window. X, Y, W and H are pixels of the window's
// inside, of the part that can be seen.
type Control struct {
	Kind     Kind   `json:"kind"`
	Label    string `json:"label,omitempty"` // what stands on it or names it
	Text     string `json:"text,omitempty"`  // what was typed or chosen
	Hint     string `json:"hint,omitempty"`  // what an empty field shows
	X        int    `json:"x"`
	Y        int    `json:"y"`
	W        int    `json:"w"`
	H        int    `json:"h"`
	Layer    int    `json:"layer,omitempty"` // 0 the window, above it dialogs and menus
	In       int    `json:"in"`              // index of the control it is part of, or -1
	Focused  bool   `json:"focused,omitempty"`
	Disabled bool   `json:"disabled,omitempty"`
	Checked  bool   `json:"checked,omitempty"`
}

// Map is what stands on the window.
type Map struct {
	Run      string    `json:"run"` // another one for each start of the program
	PID      int       `json:"pid"`
	Seq      int       `json:"seq"` // counts the changes of this run
	Title    string    `json:"title"`
	Width    int       `json:"width"` // pixels
	Height   int       `json:"height"`
	PointerX int       `json:"pointerX"` // where the program believes the mouse to be
	PointerY int       `json:"pointerY"`
	Layers   int       `json:"layers"` // dialogs and menus on top of the window
	Controls []Control `json:"controls"`
}

// Read reads a map. The file is always whole: it is renamed into place.
func Read(path string) (Map, error) {
	var m Map
	data, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(data, &m)
}
