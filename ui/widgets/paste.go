// Pasting: what comes from elsewhere loses what nobody sees, and says so.

package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// cleanedText is what a field says after a pasted text was cleaned.
var cleanedText string

// SayCleaned sets the sentence that stands under a field after line breaks or
// characters that nobody sees were taken out of what was pasted there.
func SayCleaned(text string) { cleanedText = text }

// Cleaned returns that sentence, for entries that stand in no field.
func Cleaned() string { return cleanedText }

// clean takes out of a text what nobody sees: control characters, what turns the
// direction of writing, spaces of no width. Line breaks and tabs become spaces
// where there is one line; those at its end go without a word, as spreadsheets
// bring them along. changed says whether more than that was lost.
func clean(s string, lines bool) (text string, changed bool) {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(s)
	if !lines {
		s = strings.TrimRight(s, "\n\t")
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case (r == '\n' || r == '\t') && !lines:
			return ' '
		case r == '\n', r == '\t':
			return r
		case r == '\u200c', r == '\u200d', r == '\u200e', r == '\u200f', r == '\u061c', r >= 0xe0020 && r <= 0xe007f:
			return r // scripts and emoji are written with them
		case unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return text, text != s
}

// clipboard is one that holds a text.
type clipboard string

// Content implements [fyne.Clipboard].
func (c clipboard) Content() string { return string(c) }

// SetContent implements [fyne.Clipboard].
func (c clipboard) SetContent(string) {}

// paste pastes what is in the clipboard, cleaned.
func (e *Entry) paste(p *fyne.ShortcutPaste) {
	text, changed := clean(p.Clipboard.Content(), e.MultiLine)
	e.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard(text)})
	e.tellCleaned(changed)
}

// tellCleaned tells that the last thing pasted was cleaned, or that something was
// typed since.
func (e *Entry) tellCleaned(yes bool) {
	if e.cleaned == yes {
		return
	}
	e.cleaned = yes
	if e.OnCleaned != nil {
		e.OnCleaned(yes)
	}
}
