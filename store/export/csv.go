package export

// CSV: tables as RFC 4180 has them, so that spreadsheets open them and take no
// text for a formula.

import (
	"strings"
	"unicode/utf8"
)

// byteOrderMark tells spreadsheets that a file is UTF-8.
const byteOrderMark = "\ufeff"

// triggers are the characters at which a spreadsheet takes what follows for a
// formula, or looks behind what it drops (OWASP, CSV Injection).
const triggers = "=+-@\t\r\n＝＋－＠"

// guarded puts an apostrophe before text that a spreadsheet might take for a
// formula, and before text that begins with one, so that whoever takes one
// apostrophe away from the beginning has the text again.
func guarded(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); s != "" && (first == '\'' || strings.ContainsRune(triggers, first)) {
		return "'" + s
	}
	return s
}

// appendRow appends a row. Line breaks within a cell stay as they are, which
// encoding/csv would change together with those between rows.
func appendRow(b []byte, cells []string) []byte {
	for i, c := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		if !strings.ContainsAny(c, ",\"\r\n") {
			b = append(b, c...)
			continue
		}
		b = append(b, '"')
		b = append(b, strings.ReplaceAll(c, `"`, `""`)...)
		b = append(b, '"')
	}
	return append(b, '\r', '\n')
}
