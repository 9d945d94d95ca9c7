// Package pdf writes pages into a PDF file. The same pages and the same Meta
// give the same bytes, on every machine: a file can be drawn again years later
// and still have the hash that was recorded when it was issued.
//
// Fonts are embedded as subsets and text can be searched and copied. The page
// decides where everything goes; nothing here measures or breaks lines.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/jung-kurt/gofpdf"

	"counterbook/assets"
	"counterbook/invoice/paper"
)

// Meta is what a file says about itself. Created must be fixed by the caller,
// such as the day of issue: the clock is never asked. Language is a BCP 47 tag
// and lets a screen reader choose its voice.
type Meta struct {
	Title    string
	Author   string
	Language string
	Created  time.Time
}

// ErrWrite is a file that could not be built from its pages.
var ErrWrite = errors.New("pdf: the pages could not be written")

// Write writes the pages as one file. It fails with ErrWrite when they cannot
// be drawn, and with the error of w; nothing is written to w before the whole
// file stands.
func Write(w io.Writer, pages []paper.Page, m Meta) (err error) {
	// gofpdf panics on texts and pictures it cannot write.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: gofpdf panicked", ErrWrite)
		}
	}()
	if len(pages) == 0 {
		return fmt.Errorf("%w: there are none", ErrWrite)
	}
	f := newFile(m)
	for _, style := range used(pages) {
		f.pdf.AddUTF8FontFromBytes(family, fontKey[style], fontData[style]())
	}
	for _, p := range pages {
		f.page(p)
	}
	var out bytes.Buffer
	if err := f.pdf.Output(&out); err != nil {
		return fmt.Errorf("%w: %w", ErrWrite, err)
	}
	data, err := withLanguage(out.Bytes(), m.Language)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

const family = "noto"

// The faces as gofpdf names them, and where their files come from.
var (
	fontKey = map[paper.FontStyle]string{
		paper.Regular: "", paper.Bold: "B", paper.Italic: "I", paper.BoldItalic: "BI",
	}
	fontData = map[paper.FontStyle]func() []byte{
		paper.Regular: assets.NotoSansRegular, paper.Bold: assets.NotoSansBold,
		paper.Italic: assets.NotoSansItalic, paper.BoldItalic: assets.NotoSansBoldItalic,
	}
)

// used lists the faces of the pages in a fixed order. A face costs
// milliseconds to parse, so the others are left out.
func used(pages []paper.Page) []paper.FontStyle {
	var seen [paper.BoldItalic + 1]bool
	for _, p := range pages {
		for _, o := range p.Ops {
			if o.Kind == paper.OpText && int(o.Style) < len(seen) {
				seen[o.Style] = true
			}
		}
	}
	var out []paper.FontStyle
	for style, ok := range seen {
		if ok {
			out = append(out, paper.FontStyle(style))
		}
	}
	return out
}

// file is a document being written.
type file struct {
	pdf    *gofpdf.Fpdf
	images int
}

func newFile(m Meta) *file {
	p := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: paper.A4Width, Ht: paper.A4Height}})
	p.SetCatalogSort(true)
	created := m.Created.UTC()
	if m.Created.IsZero() { // gofpdf takes the zero time for now
		created = time.Unix(0, 0).UTC()
	}
	p.SetCreationDate(created)
	p.SetModificationDate(created)
	p.SetMargins(0, 0, 0)
	p.SetAutoPageBreak(false, 0)
	p.SetLineCapStyle("square")
	p.SetTitle(m.Title, true)
	p.SetAuthor(m.Author, true)
	p.SetProducer("Counterbook", true)
	return &file{pdf: p}
}

func (f *file) page(p paper.Page) {
	f.pdf.AddPageFormat("P", gofpdf.SizeType{Wd: p.Width, Ht: p.Height})
	for _, o := range p.Ops {
		r, g, b := o.Color.RGB()
		switch o.Kind {
		case paper.OpText:
			f.pdf.SetTextColor(int(r), int(g), int(b))
			f.pdf.SetFont(family, fontKey[o.Style], o.Points())
			f.pdf.Text(o.X.MM(), o.Y.MM(), o.Text)
		case paper.OpLine:
			f.pdf.SetDrawColor(int(r), int(g), int(b))
			f.pdf.SetLineWidth(o.Stroke.MM())
			f.pdf.Line(o.X.MM(), o.Y.MM(), (o.X + o.W).MM(), (o.Y + o.H).MM())
		case paper.OpRect:
			f.pdf.SetFillColor(int(r), int(g), int(b))
			f.pdf.Rect(o.X.MM(), o.Y.MM(), o.W.MM(), o.H.MM(), "F")
		case paper.OpImage:
			f.image(o)
		case paper.OpQR:
			f.pdf.SetFillColor(int(r), int(g), int(b))
			f.code(o)
		default:
			f.pdf.SetErrorf("unknown operation %d", o.Kind)
		}
	}
}

func (f *file) image(o paper.Op) {
	f.images++
	name := "image" + strconv.Itoa(f.images)
	options := gofpdf.ImageOptions{ImageType: "PNG"}
	if bytes.HasPrefix(o.Data, []byte{0xFF, 0xD8}) {
		options.ImageType = "JPG"
	}
	f.pdf.RegisterImageOptionsReader(name, options, bytes.NewReader(o.Data))
	f.pdf.ImageOptions(name, o.X.MM(), o.Y.MM(), o.W.MM(), o.H.MM(), false, options, 0, "")
}

// code fills all modules as one path, so that no seams show between them.
func (f *file) code(o paper.Op) {
	for _, b := range o.Boxes() {
		f.pdf.MoveTo(b.X, b.Y)
		f.pdf.LineTo(b.X+b.W, b.Y)
		f.pdf.LineTo(b.X+b.W, b.Y+b.H)
		f.pdf.LineTo(b.X, b.Y+b.H)
		f.pdf.ClosePath()
	}
	f.pdf.DrawPath("F")
}

// withLanguage adds the language to the catalogue, which gofpdf cannot. The
// catalogue is the last object before the cross-reference table, so only the
// place of that table moves.
func withLanguage(data []byte, language string) ([]byte, error) {
	for _, r := range language {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return nil, fmt.Errorf("%w: the language is no BCP 47 tag", ErrWrite)
		}
	}
	if language == "" {
		return data, nil
	}
	const catalog, start = "/Type /Catalog\n", "startxref\n"
	at, end := bytes.LastIndex(data, []byte(catalog)), bytes.LastIndex(data, []byte(start))
	if at < 0 || end < at || bytes.Count(data[at:], []byte(" obj\n")) > 0 {
		return nil, fmt.Errorf("%w: gofpdf's file has another shape", ErrWrite)
	}
	at += len(catalog)
	end += len(start)
	rest := bytes.IndexByte(data[end:], '\n')
	table, err := strconv.Atoi(string(bytes.TrimSpace(data[end : end+max(rest, 0)])))
	if err != nil || table < at {
		return nil, fmt.Errorf("%w: gofpdf's file has another shape", ErrWrite)
	}
	added := "/Lang (" + language + ")\n"
	var out bytes.Buffer
	out.Write(data[:at])
	out.WriteString(added)
	out.Write(data[at:end])
	out.WriteString(strconv.Itoa(table + len(added)))
	out.Write(data[end+rest:])
	return out.Bytes(), nil
}
