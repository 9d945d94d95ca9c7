package exchange

// Cards: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), read a line at a time.
// Pictures, sounds and keys are passed over while they are read.

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime/quotedprintable"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// maxLine is the longest property that is kept, in bytes: a cell of four-byte
// letters, each written as quoted-printable.
const maxLine = MaxCell * 4 * 3

// kept are the properties that are read. What else a card has is passed over.
var kept = map[string]bool{"BEGIN": true, "END": true, "FN": true, "N": true, "ORG": true, "TEL": true, "EMAIL": true, "ADR": true,
	"BDAY": true, "NOTE": true, "CATEGORIES": true, "LANG": true, "X-VATID": true}

type cardReader struct {
	r        *bufio.Reader
	fallback encoding.Encoding // of what does not say it
	end      byte              // of a line; a CR may stand before an LF
	row      int
	last     error
}

func newCardReader(r io.Reader, name string) *cardReader {
	c := &cardReader{fallback: encodings[UTF8], end: '\n'}
	switch name {
	case UTF16LE, UTF16BE:
		r = decoded(r, name)
	default:
		if e, ok := encodings[name]; ok {
			c.fallback = e
		}
	}
	c.r = bufio.NewReaderSize(r, 16<<10)
	head, _ := c.r.Peek(16 << 10)
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 { // of an old Mac
		c.end = '\r'
	}
	return c
}

// Next implements [Source].
func (c *cardReader) Next() (Row, error) {
	if c.last != nil {
		return Row{}, c.last
	}
	d, err := c.read()
	var bad *Error
	switch {
	case errors.As(err, &bad) && bad.Row == 0:
		bad.Row = c.row
	case err == nil && c.row > MaxRows:
		err = &Error{Row: c.row, Rule: BadRows}
	case err == io.EOF && c.row == 0:
		err = &Error{Rule: BadEmpty}
	}
	if c.last = err; err != nil {
		return Row{}, err
	}
	return Row{Number: c.row, Cells: d.cells(), Values: d.values()}, nil
}

// property is one line of a card.
type property struct {
	name   string
	params []string // in upper case: "TYPE=HOME", in 2.1 "HOME"
	value  string
}

func (p property) has(what string) bool {
	return slices.ContainsFunc(p.params, func(s string) bool {
		_, v, ok := strings.Cut(s, "=")
		if !ok {
			v = s
		}
		return slices.Contains(strings.Split(strings.Trim(v, `"`), ","), what)
	})
}

func (p property) param(name string) string {
	for _, s := range p.params {
		if k, v, ok := strings.Cut(s, "="); ok && k == name {
			return strings.Trim(v, `"`)
		}
	}
	return ""
}

// read reads one card, with what is before it.
func (c *cardReader) read() (*card, error) {
	d := &card{of: map[Field]string{}}
	depth, agent := 0, false
	for {
		p, err := c.property()
		if err == io.EOF && depth > 0 {
			return nil, &Error{Row: c.row, Rule: BadCard}
		}
		if err != nil {
			return nil, err
		}
		switch {
		case p.name == "BEGIN":
			switch {
			case depth == 0:
				c.row++
			case !agent: // a card in a card belongs to somebody's agent, or the one before is cut off
				return nil, &Error{Row: c.row, Rule: BadCard}
			}
			depth++
		case p.name == "END" && depth > 0:
			if depth--; depth == 0 {
				return d, nil
			}
		case depth == 1:
			if !d.add(p) {
				return nil, &Error{Row: c.row, Rule: BadCell}
			}
		}
		agent = p.name == "AGENT"
	}
}

// property reads a property with the lines on which it goes on.
func (c *cardReader) property() (property, error) {
	line, err := c.line(true)
	if err != nil {
		return property{}, err
	}
	head, rest := cutHead(line)
	p := parseHead(head)
	want := kept[p.name] && len(rest) <= maxLine
	quoted := p.has("QUOTED-PRINTABLE")
	value := append([]byte{}, rest...)
	// The lines on which it goes on: folded, or in 2.1 after a soft break.
	for {
		next, _ := c.r.Peek(1)
		folded := len(next) == 1 && (next[0] == ' ' || next[0] == '\t')
		soft := quoted && bytes.HasSuffix(value, []byte("="))
		if !folded && !soft {
			break
		}
		more, err := c.line(want)
		if err == io.EOF {
			break
		}
		if err != nil {
			return p, err
		}
		switch {
		case soft:
			value = append(value[:len(value)-1], bytes.TrimPrefix(more, []byte("\t"))...)
		case want:
			value = append(value, more[1:]...)
		}
		if want && len(value) > maxLine {
			return p, &Error{Row: c.row, Rule: BadCell}
		}
		if !want {
			value = value[max(0, len(value)-1):] // its end says whether it goes on
		}
	}
	if !want {
		return p, nil
	}
	p.value, err = c.text(p, value, quoted)
	return p, err
}

// line reads to the end of a line. One that is not wanted is passed over but for
// its first and last bytes, so that a picture takes no room.
func (c *cardReader) line(want bool) ([]byte, error) {
	var line []byte
	some := false
	for {
		part, err := c.r.ReadSlice(c.end)
		some = some || len(part) > 0
		switch {
		case want && len(line)+len(part) <= maxLine+1024:
			line = append(line, part...)
		default:
			// What comes after this much cannot be kept; only its end counts.
			line = append(line[:min(len(line), 1024)], part[max(0, len(part)-8):]...)
			if want && kept[parseHead(first(cutHead(line))).name] {
				return nil, &Error{Row: c.row, Rule: BadCell}
			}
			want = false
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && (err != io.EOF || !some) {
			return nil, err
		}
		return bytes.TrimRight(line, "\r\n"), nil
	}
}

func first(a, _ []byte) []byte { return a }

// cutHead parts a property's name and parameters from its value, at the first
// colon that is not within quotes.
func cutHead(line []byte) (head, value []byte) {
	quotes := false
	for i, b := range line {
		switch {
		case b == '"':
			quotes = !quotes
		case b == ':' && !quotes:
			return line[:i], line[i+1:]
		}
	}
	return nil, nil
}

func parseHead(head []byte) property {
	parts := strings.Split(strings.ToUpper(string(bytes.TrimPrefix(head, []byte("\ufeff")))), ";")
	name := strings.TrimSpace(parts[0])
	return property{name: name[strings.LastIndex(name, ".")+1:], params: parts[1:]} // "item1.TEL" is of a group
}

// text decodes what stands in a property.
func (c *cardReader) text(p property, value []byte, quoted bool) (string, error) {
	if quoted {
		plain, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(value)))
		if err != nil {
			return "", &Error{Row: c.row, Rule: BadEncoding}
		}
		value = plain
	}
	if enc := p.param("ENCODING"); enc == "B" || enc == "BASE64" || slices.Contains(p.params, "BASE64") {
		plain, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(value), nil)))
		if err != nil {
			return "", &Error{Row: c.row, Rule: BadEncoding}
		}
		value = plain
	}
	e := c.fallback
	if name := p.param("CHARSET"); name != "" {
		if known, err := htmlindex.Get(name); err == nil {
			e = known
		}
	}
	plain, err := e.NewDecoder().Bytes(value)
	if err != nil || bytes.ContainsRune(plain, utf8.RuneError) {
		return "", &Error{Row: c.row, Rule: BadEncoding}
	}
	if bytes.IndexByte(plain, 0) >= 0 {
		return "", &Error{Row: c.row, Rule: BadBinary}
	}
	if utf8.RuneCount(plain) > MaxCell {
		return "", &Error{Row: c.row, Rule: BadCell}
	}
	return string(plain), nil
}

// card gathers what a card says.
type card struct {
	of    map[Field]string
	fn, n string
	org   string
	tel   []chosen
	mail  []chosen
	adr   []chosen
}

// chosen is one of several, with how much it is preferred.
type chosen struct {
	value  string
	weight int
}

// add takes what a property says. ok is false where a cell becomes too long.
func (d *card) add(p property) (ok bool) {
	switch p.name {
	case "FN":
		d.fn = either(d.fn, plain(p.value))
	case "N":
		if n := parts(p.value, 5); d.n == "" { // family; given; further; before; after
			d.n = words(n[3], n[1], n[2], n[0], n[4])
		}
	case "ORG":
		d.org = either(d.org, parts(p.value, 1)[0])
	case "TEL":
		d.tel = with(d.tel, number(p.value), weigh(p, "CELL"))
	case "EMAIL":
		d.mail = with(d.mail, plain(p.value), weigh(p, "INTERNET"))
	case "ADR":
		if strings.Trim(p.value, "; ") != "" {
			d.adr = with(d.adr, p.value, weigh(p, "HOME"))
		}
	case "BDAY":
		d.set(Birthday, plain(p.value))
	case "NOTE":
		return d.join(Note, "\n", plain(p.value))
	case "CATEGORIES":
		return d.join(Tags, ",", plain(p.value))
	case "LANG":
		d.set(Language, plain(p.value))
	case "X-VATID":
		d.set(VAT, plain(p.value))
	}
	return true
}

func (d *card) set(f Field, v string) { d.of[f] = either(d.of[f], v) }

// join adds one of several that stand in one cell. ok is false where it is too long.
func (d *card) join(f Field, between, v string) (ok bool) {
	if d.of[f] != "" && v != "" {
		v = d.of[f] + between + v
	}
	d.of[f] = either(v, d.of[f])
	return utf8.RuneCountInString(d.of[f]) <= MaxCell
}

// with adds one of several, unless it is empty.
func with(list []chosen, v string, weight int) []chosen {
	if v == "" {
		return list
	}
	return append(list, chosen{v, weight})
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// weigh is how much one of several is preferred: what says so before the usual one.
func weigh(p property, usual string) int {
	w := 0
	if p.has("PREF") || p.param("PREF") == "1" {
		w += 2
	}
	if p.has(usual) {
		w++
	}
	if p.has("FAX") {
		w -= 4
	}
	return w
}

// values counts what a card may have more of than there are cells.
func (d *card) values() map[Field]int {
	return map[Field]int{Phone: len(d.tel), Email: len(d.mail), Street: len(d.adr)}
}

// cells are the card as a row of CardFields.
func (d *card) cells() []string {
	d.of[Name], d.of[Company] = either(d.fn, d.n), d.org
	if d.of[Name] == "" {
		d.of[Name], d.of[Company] = d.org, ""
	}
	for _, list := range [][]chosen{d.tel, d.mail, d.adr} {
		slices.SortStableFunc(list, func(a, b chosen) int { return b.weight - a.weight })
	}
	for i, f := range []Field{Phone, Phone2} {
		if i < len(d.tel) {
			d.of[f] = d.tel[i].value
		}
	}
	for i, f := range []Field{Email, Email2} {
		if i < len(d.mail) {
			d.of[f] = d.mail[i].value
		}
	}
	if len(d.adr) > 0 {
		a := parts(d.adr[0].value, 7) // box; extended; street; locality; region; postcode; country
		street := strings.Split(a[2], "\n")
		d.of[Street] = either(strings.TrimSpace(street[0]), a[0])
		d.of[Street2] = either(a[1], words(street[1:]...))
		d.of[City], d.of[Region], d.of[Postcode], d.of[Country] = a[3], a[4], a[5], a[6]
	}
	out := make([]string, len(CardFields))
	for i, f := range CardFields {
		out[i] = d.of[f]
	}
	return out
}

// number is a phone, which 4.0 may write as an address of the web.
func number(v string) string {
	v = strings.TrimSpace(plain(v))
	if len(v) > 4 && strings.EqualFold(v[:4], "tel:") {
		v, _, _ = strings.Cut(v[4:], ";")
	}
	return v
}

// plain is a text without what keeps signs from parting it.
func plain(v string) string { return split(v, 0)[0] }

// parts splits at semicolons into n parts at least.
func parts(v string, n int) []string {
	out := split(v, ';')
	for len(out) < n {
		out = append(out, "")
	}
	return out
}

// split parts a text at a sign that no backslash stands before, and takes away the
// backslashes; 0 parts nowhere.
func split(v string, at byte) []string {
	var out []string
	var b strings.Builder
	for i := 0; i < len(v); i++ {
		switch {
		case v[i] == '\\' && i+1 < len(v):
			i++
			if v[i] == 'n' || v[i] == 'N' {
				b.WriteByte('\n')
			} else {
				b.WriteByte(v[i])
			}
		case at != 0 && v[i] == at:
			out = append(out, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteByte(v[i])
		}
	}
	return append(out, strings.TrimSpace(b.String()))
}

// words joins what is not empty.
func words(s ...string) string { return strings.Join(strings.Fields(strings.Join(s, " ")), " ") }
