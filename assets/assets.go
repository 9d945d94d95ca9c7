// Package assets carries the files the program needs at run time: the fonts
// documents and screens are set in. It imports nothing of ours.
package assets

import (
	"bytes"
	_ "embed"
)

// The four faces of Noto Sans, SIL Open Font License 1.1; see LICENSES.md.
var (
	//go:embed fonts/NotoSans-Regular.ttf
	notoSansRegular []byte
	//go:embed fonts/NotoSans-Bold.ttf
	notoSansBold []byte
	//go:embed fonts/NotoSans-Italic.ttf
	notoSansItalic []byte
	//go:embed fonts/NotoSans-BoldItalic.ttf
	notoSansBoldItalic []byte
)

// NotoSansRegular returns a TrueType file of the upright face. It is a copy
// the caller may write to: gofpdf pads the tables of the font it is given, and
// two documents made at once would otherwise write to the same bytes.
func NotoSansRegular() []byte { return bytes.Clone(notoSansRegular) }

// NotoSansBold returns a copy of the bold face.
func NotoSansBold() []byte { return bytes.Clone(notoSansBold) }

// NotoSansItalic returns a copy of the italic face.
func NotoSansItalic() []byte { return bytes.Clone(notoSansItalic) }

// NotoSansBoldItalic returns a copy of the bold italic face.
func NotoSansBoldItalic() []byte { return bytes.Clone(notoSansBoldItalic) }
