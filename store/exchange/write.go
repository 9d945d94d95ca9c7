package exchange

// Writing: tables that spreadsheets open without taking a text for a formula, and
// cards of vCard 4.0.

import (
	"strings"
	"unicode/utf8"
)

// ByteOrderMark tells spreadsheets that a file is UTF-8.
const ByteOrderMark = "\ufeff"

// triggers are the characters at which a spreadsheet takes what follows for a
// formula, or looks behind what it drops (OWASP, CSV Injection).
const triggers = "=+-@\t\r\n＝＋－＠"

// partings are the characters at which a spreadsheet of another country, or one that
// is told so, begins a cell within ours.
const partings = ";|\t\r\n"

// needsGuard reports whether a spreadsheet might take what begins here for a formula, or
// whether it begins as what was guarded does. Within a cell that is behind quotes,
// which are read with what parts the cells; a line break there begins anew.
func needsGuard(s string, within bool) bool {
	if strings.HasPrefix(s, "'") {
		return true
	}
	if within {
		s = strings.TrimLeft(s, `"`)
	}
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune(triggers, r) && !(within && (r == '\r' || r == '\n'))
}

// Guarded puts an apostrophe before text that a spreadsheet might take for a formula,
// at the beginning and behind what may part cells, and before text that begins with
// one there, so that [Unguarded] has the text again.
func Guarded(s string) string {
	if !needsGuard(s, false) && !strings.ContainsAny(s, partings) {
		return s
	}
	var b strings.Builder
	for i, begins := 0, true; i < len(s); i++ {
		if begins && needsGuard(s[i:], i > 0) {
			b.WriteByte('\'')
		}
		b.WriteByte(s[i])
		begins = strings.IndexByte(partings, s[i]) >= 0
	}
	return b.String()
}

// Unguarded takes away the apostrophes that Guarded put there.
func Unguarded(s string) string {
	if !strings.Contains(s, "'") {
		return s
	}
	var b strings.Builder
	for i, begins := 0, true; i < len(s); i++ {
		if begins && s[i] == '\'' && needsGuard(s[i+1:], i > 0) {
			i++
		}
		b.WriteByte(s[i])
		begins = strings.IndexByte(partings, s[i]) >= 0
	}
	return b.String()
}

// AppendRow appends a row of a table (RFC 4180). Line breaks within a cell stay as
// they are, which encoding/csv would change together with those between rows.
func AppendRow(b []byte, cells []string) []byte {
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

// AppendCard appends a card (RFC 6350). A birthday is 1980-05-17 or --05-17, and
// tags are parted by ", ". What is empty is left out; fields that
// cards have no property for, too, except for the VAT number, which is X-VATID.
func AppendCard(b []byte, of map[Field]string) []byte {
	b = append(b, "BEGIN:VCARD\r\nVERSION:4.0\r\n"...)
	line := func(name, value string) {
		if value != "" {
			b = appendFolded(b, name+":"+value)
		}
	}
	name := either(of[Name], words(of[First], of[Last]))
	line("FN", escaped(either(name, of[Company])))
	line("ORG", escaped(of[Company]))
	line("TEL;TYPE=voice", escaped(of[Phone]))
	line("TEL;TYPE=voice", escaped(of[Phone2]))
	line("EMAIL", escaped(of[Email]))
	adr := []string{"", of[Street2], of[Street], of[City], of[Region], of[Postcode], of[Country]}
	if strings.Join(adr, "") != "" {
		for i, p := range adr {
			adr[i] = escaped(p)
		}
		line("ADR", strings.Join(adr, ";"))
	}
	line("LANG", escaped(of[Language]))
	day, yearless := strings.CutPrefix(of[Birthday], "--")
	if day = strings.ReplaceAll(day, "-", ""); yearless {
		day = "--" + day
	}
	line("BDAY", escaped(day))
	line("CATEGORIES", strings.ReplaceAll(escaped(of[Tags]), `\, `, ","))
	line("X-VATID", escaped(of[VAT]))
	return append(b, "END:VCARD\r\n"...)
}

func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ",", `\,`, ";", `\;`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(s)
}

// appendFolded breaks a line that is longer than 75 bytes, between characters.
func appendFolded(b []byte, line string) []byte {
	room := 75
	for len(line) > room {
		n := room
		for n > 0 && !utf8.RuneStart(line[n]) {
			n--
		}
		b = append(append(b, line[:n]...), "\r\n "...)
		line, room = line[n:], 74
	}
	return append(append(b, line...), '\r', '\n')
}
