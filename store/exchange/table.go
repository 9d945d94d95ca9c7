package exchange

// Tables: RFC 4180 with any separator, read a row at a time.

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// tableReader reads rows. A cell that begins with a quote ends with one; a quote in
// the middle of any other is a letter like others, such as of inches. What Guarded
// put into a cell is taken away, and so is what Excel puts around a text of digits.
type tableReader struct {
	r    *bufio.Reader
	sep  rune
	row  int
	some bool // a row was returned
	last error
}

func newTableReader(r io.Reader, sep rune) *tableReader {
	return &tableReader{r: bufio.NewReaderSize(r, 64<<10), sep: sep}
}

// Next implements [Source]. Rows without anything in them are passed over.
func (t *tableReader) Next() (Row, error) {
	for t.last == nil {
		t.row++
		cells, err := t.read()
		var bad *Error
		switch {
		case errors.As(err, &bad):
			if bad.Row == 0 {
				bad.Row = t.row
			}
			t.last = bad
		case err != nil && err != io.EOF:
			t.last = err
		case t.row > MaxRows && len(cells) > 0:
			t.last = &Error{Row: t.row, Rule: BadRows}
		default:
			t.last = err
			if t.row == 1 && said(cells) || empty(cells) {
				continue
			}
			t.some = true
			return Row{Number: t.row, Cells: cells}, nil
		}
	}
	if t.last == io.EOF && !t.some {
		return Row{}, &Error{Rule: BadEmpty}
	}
	return Row{}, t.last
}

// said is the line that only names the separator.
func said(cells []string) bool {
	if len(cells) > 2 || len(cells) == 0 || !empty(cells[1:]) {
		return false
	}
	_, ok := saidSeparator(cells[0])
	return ok || strings.EqualFold(cells[0], "sep=")
}

func empty(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// plainCell is a cell without what keeps a spreadsheet from taking it for something
// else: what Guarded put there, or ="..." around it.
func plainCell(s string) string {
	if inner, ok := strings.CutPrefix(s, `="`); ok && len(inner) > 0 {
		inner, ok = strings.CutSuffix(inner, `"`)
		if ok && !strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
			return strings.ReplaceAll(inner, `""`, `"`)
		}
	}
	return Unguarded(s)
}

// Where a cell is while it is read.
const (
	atStart = iota
	inPlain
	inQuotes
	afterQuote
)

// read reads one row. With io.EOF it is the last.
func (t *tableReader) read() ([]string, error) {
	var cells []string
	var cell strings.Builder
	state, long, some := atStart, 0, false
	fail := func(r Rule) ([]string, error) { return nil, &Error{Row: t.row, Column: len(cells) + 1, Rule: r} }
	for {
		r, _, err := t.r.ReadRune()
		if err != nil {
			if err == io.EOF && state == inQuotes {
				return fail(BadQuote)
			}
			if some {
				cells = append(cells, plainCell(cell.String()))
			}
			return cells, err
		}
		some = true
		switch {
		case r == utf8.RuneError:
			return fail(BadEncoding)
		case r == 0:
			return fail(BadBinary)
		case state == inQuotes:
			if r == '"' {
				state = afterQuote
				continue
			}
		case r == '"' && state == afterQuote:
			state = inQuotes
		case r == '"' && state == atStart:
			state = inQuotes
			continue
		case r == t.sep:
			if cells = append(cells, plainCell(cell.String())); len(cells) == MaxColumns {
				return fail(BadColumns)
			}
			cell.Reset()
			state, long = atStart, 0
			continue
		case r == '\r' || r == '\n':
			if r == '\r' {
				if b, _ := t.r.Peek(1); len(b) == 1 && b[0] == '\n' {
					t.r.Discard(1)
				}
			}
			return append(cells, plainCell(cell.String())), nil
		case state == afterQuote:
			return fail(BadQuote)
		default:
			state = inPlain
		}
		if long++; long > MaxCell {
			if state == inQuotes {
				return fail(BadQuote)
			}
			return fail(BadCell)
		}
		cell.WriteRune(r)
	}
}
