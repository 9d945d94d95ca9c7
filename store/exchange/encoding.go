package exchange

// Encodings: which one a file is in, and reading it.

import (
	"bytes"
	"io"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// The encodings of files, by the names people meet them under.
const (
	UTF8       = "UTF-8"
	UTF16LE    = "UTF-16 LE"
	UTF16BE    = "UTF-16 BE"
	Windows252 = "Windows-1252"
	Windows250 = "Windows-1250"
	Windows251 = "Windows-1251"
	Windows253 = "Windows-1253"
	Windows257 = "Windows-1257"
	Latin2     = "ISO 8859-2"
	Latin9     = "ISO 8859-15"
	MacRoman   = "Mac Roman"
	DOS850     = "CP850"
	DOS852     = "CP852"
)

// Encodings are all that can be read, the likeliest first.
func Encodings() []string {
	return []string{UTF8, Windows252, Windows250, MacRoman, Latin9, Latin2, Windows251, Windows253, Windows257, DOS850, DOS852, UTF16LE, UTF16BE}
}

var encodings = map[string]encoding.Encoding{
	UTF8:    utf.UTF8BOM,
	UTF16LE: utf.UTF16(utf.LittleEndian, utf.UseBOM), UTF16BE: utf.UTF16(utf.BigEndian, utf.UseBOM),
	Windows252: charmap.Windows1252, Windows250: charmap.Windows1250, Windows251: charmap.Windows1251, Windows253: charmap.Windows1253,
	Windows257: charmap.Windows1257, Latin2: charmap.ISO8859_2, Latin9: charmap.ISO8859_15,
	MacRoman: charmap.Macintosh, DOS850: charmap.CodePage850, DOS852: charmap.CodePage852,
}

// decoded reads text of an encoding as UTF-8; what is no text becomes U+FFFD.
func decoded(r io.Reader, name string) io.Reader {
	e, ok := encodings[name]
	if !ok {
		e = encodings[UTF8]
	}
	return e.NewDecoder().Reader(r)
}

// HeadSize is how much of the beginning of a file Guess looks at, in bytes.
const HeadSize = 64 << 10

// Guess says how a file is most likely to be understood, from its beginning.
func Guess(head []byte) Shape {
	s := Shape{Encoding: guessEncoding(head), Separator: ','}
	text, _ := io.ReadAll(decoded(bytes.NewReader(head), s.Encoding))
	if begins(text, "BEGIN:VCARD") {
		s.Kind = Cards
		return s
	}
	s.Separator = guessSeparator(string(text))
	return s
}

// begins says whether a text begins so, but for space and case.
func begins(text []byte, with string) bool {
	text = bytes.TrimLeft(text, "\ufeff \t\r\n")
	return len(text) >= len(with) && bytes.EqualFold(text[:len(with)], []byte(with))
}

func guessEncoding(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return UTF16LE
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return UTF16BE
	}
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch few := len(head) / 8; {
	case zeros[1] > few && zeros[0] < zeros[1]/4:
		return UTF16LE
	case zeros[0] > few && zeros[1] < zeros[0]/4:
		return UTF16BE
	}
	if validUTF8(head) {
		return UTF8
	}
	// Latin9 differs from Windows-1252 in eight signs. Of equals the first is taken.
	likely := []string{Windows252, Windows250, Latin2, MacRoman}
	if bytes.IndexByte(head, '\r') >= 0 && bytes.IndexByte(head, '\n') < 0 {
		likely = []string{MacRoman, Windows252, Windows250, Latin2} // these are a Mac's ends of lines
	}
	best, most := "", math.MinInt
	for _, name := range likely {
		if n := score(encodings[name].(*charmap.Charmap), head); n > most {
			best, most = name, n
		}
	}
	return best
}

// validUTF8 lets a last letter be cut off.
func validUTF8(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			return len(b) < utf8.UTFMax && !utf8.FullRune(b)
		}
		b = b[n:]
	}
	return true
}

// score says how much like words the bytes look that differ between encodings.
func score(c *charmap.Charmap, b []byte) int {
	text := make([]rune, len(b)+2) // with a space at both ends
	text[0], text[len(b)+1] = ' ', ' '
	for i, x := range b {
		text[i+1] = c.DecodeByte(x)
	}
	n := 0
	for i, x := range b {
		before, r, after := text[i], text[i+1], text[i+2]
		switch alone := !unicode.IsLetter(before) && !unicode.IsLetter(after); {
		case x < 0x80:
		case r == utf8.RuneError || unicode.IsControl(r):
			n -= 4
		case r == '’' && unicode.IsLower(before) && unicode.IsLower(after): // as in "l’ami"
			n += 2
		case strings.ContainsRune("‘’“”„–—…€•", r), unicode.IsLetter(r) && alone: // it tells nothing
		case unicode.IsUpper(r) && !unicode.IsLower(before):
			n++
		case !unicode.IsLower(r), unicode.IsUpper(after), crowded(before, r, after):
			n -= 2
		case unicode.IsLetter(before):
			n += 2
		default:
			n++
		}
	}
	return n
}

// crowded reports whether a letter is a consonant between two others, as in "Mźller".
func crowded(before, r, after rune) bool {
	return unicode.IsLetter(before) && unicode.IsLetter(after) && !vowel(before) && !vowel(r) && !vowel(after)
}

func vowel(r rune) bool {
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(unicode.ToLower(r))))
	return strings.ContainsRune("aeiouyæøœ", base)
}

// guessSeparator takes what parts the first rows into the most cells, each into as
// many as the others.
func guessSeparator(text string) rune {
	if r, ok := saidSeparator(firstLine(text)); ok {
		return r
	}
	best, most := ',', 0
	for _, sep := range Separators() {
		src := newTableReader(bytes.NewReader([]byte(text)), sep)
		same, cells := 0, 0
		for range 20 {
			row, err := src.Next()
			if err != nil {
				break
			}
			if cells == 0 {
				cells = len(row.Cells)
			}
			if len(row.Cells) == cells {
				same++
			}
		}
		if n := (cells - 1) * same; n > most {
			best, most = sep, n
		}
	}
	return best
}

func firstLine(text string) string {
	if i := bytes.IndexAny([]byte(text), "\r\n"); i >= 0 {
		return text[:i]
	}
	return text
}

// saidSeparator reads the line "sep=;" with which spreadsheets say it.
func saidSeparator(line string) (rune, bool) {
	if len(line) != 5 || !bytes.EqualFold([]byte(line[:4]), []byte("sep=")) {
		return 0, false
	}
	return rune(line[4]), true
}
