// Package exchange reads customers' details out of files that other programs wrote,
// and writes such files: tables of any separator and encoding, and address cards
// (vCard 2.1, 3.0 and 4.0). It knows no book and decides nothing.
//
// A file is hostile until it is read: it is read as a stream with limits, so that
// neither a row of a million columns nor a quote that is never closed nor a picture
// of a hundred megabytes takes more memory than one row may have. What is wrong is
// an [Error] with its row, and never holds what stands there.
//
// Our own reader of cards is here because the libraries there are keep a whole
// property in memory, pictures too, and do not know the soft line breaks of 2.1.
package exchange

import (
	"fmt"
	"io"
)

// The limits of a file.
const (
	MaxColumns = 1_000
	MaxCell    = 10_000 // characters
	MaxRows    = 500_000
	MaxBytes   = 200 << 20
)

// Kind says how a file is built.
type Kind uint8

// The kinds of files.
const (
	Table Kind = iota // rows and columns
	Cards             // vCard
)

// Shape is how a file is understood. Guess proposes one; a person may know better.
type Shape struct {
	Kind      Kind
	Encoding  string // one of Encodings
	Separator rune   // of a table, one of Separators
}

// Separators are what may part the cells of a table.
func Separators() []rune { return []rune{',', ';', '\t', '|'} }

// Rule says what is wrong with a file.
type Rule string

// What can be wrong.
const (
	BadEncoding Rule = "encoding" // bytes that are no text in this encoding
	BadBinary   Rule = "binary"   // no text at all
	BadQuote    Rule = "quote"    // a quoted cell that does not end, or goes on after its end
	BadColumns  Rule = "columns"  // more than MaxColumns
	BadCell     Rule = "long"     // more than MaxCell characters
	BadRows     Rule = "rows"     // more than MaxRows
	BadSize     Rule = "size"     // more than MaxBytes
	BadCard     Rule = "card"     // a card that is cut off
	BadEmpty    Rule = "empty"    // nothing in it
)

// Error says where a file cannot be read on. Row counts rows or cards from 1, and
// Column from 1; 0 is none in particular.
type Error struct {
	Row, Column int
	Rule        Rule
}

func (e *Error) Error() string {
	return fmt.Sprintf("exchange: row %d, column %d: %s", e.Row, e.Column, e.Rule)
}

// Row is a row of a table or a card. Number counts from 1 as a spreadsheet does,
// empty rows too. Values says how many phones, e-mail addresses and addresses (Phone,
// Email, Street) a card has, those for which there is no cell too; it is nil in a table.
type Row struct {
	Number int
	Cells  []string
	Values map[Field]int
}

// Source gives rows one after the other and io.EOF at the end. Any other error is
// the last word.
type Source interface{ Next() (Row, error) }

// NewSource reads a file of a shape from its beginning. The cells of a card are
// those of CardFields.
func NewSource(r io.Reader, s Shape) Source {
	limited := &limited{r: r, left: MaxBytes}
	if s.Kind == Cards {
		return newCardReader(limited, s.Encoding)
	}
	return newTableReader(decoded(limited, s.Encoding), s.Separator)
}

// limited ends with an Error where a file is too long.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		// One more byte tells a file that ends here from one that goes on.
		if n, err := l.r.Read(make([]byte, 1)); n == 0 {
			return 0, err
		}
		return 0, &Error{Rule: BadSize}
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}
