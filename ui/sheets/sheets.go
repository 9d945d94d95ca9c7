// Package sheets sets the pages that are printed apart from invoices: the
// owner's recovery sheet, the slip a new member of staff is given, and a badge. All
// hold secrets; who calls keeps the pages no longer than printing takes.
package sheets

import (
	"strconv"
	"time"
	"unicode/utf8"

	"counterbook/invoice/paper"
	"counterbook/ui/words"
)

// Measures in millimetres, sizes in points.
const (
	left    = 25.0
	right   = 185.0
	measure = right - left
	body    = 10.5
	small   = 8.5
)

// Amber lies behind what must not be missed; it stays pale when printed in grey.
const amber paper.Color = 0xFBF1DA

// sheet is a page that is filled from top to bottom.
type sheet struct {
	*paper.Sheet
	w *words.Words
	y float64 // baseline of what comes next
}

func newSheet(w *words.Words) *sheet { return &sheet{Sheet: paper.NewSheet(), w: w} }

func (s *sheet) pages() ([]paper.Page, error) {
	p, err := s.Page()
	if err != nil {
		return nil, err
	}
	return []paper.Page{p}, nil
}

// head sets whose sheet this is, what it is, and what stands at the right.
func (s *sheet) head(y float64, shop, title, beside string) {
	s.Ink(paper.Grey).Text(right, y, body, paper.Regular, paper.Right, beside)
	room := measure - paper.Width(beside, body, paper.Regular) - 8
	s.Ink(paper.Ink)
	for _, line := range paper.Wrap(shop, room, 12, paper.Bold) {
		s.Text(left, y, 12, paper.Bold, paper.Left, line)
		y += paper.Leading(12)
	}
	y += 8
	s.Ink(paper.Green).Text(left, y, 22, paper.Bold, paper.Left, title)
	s.Ink(paper.Ink)
	s.y = y + 9
}

func (s *sheet) paragraph(text string) {
	s.y = s.Paragraph(left, s.y, measure, body, paper.Regular, text)
}

func (s *sheet) heading(text string) {
	s.Text(left, s.y, 11, paper.Bold, paper.Left, text)
	s.y += 6
}

// step is a paragraph with a number before it.
func (s *sheet) step(n int, text string) {
	s.Text(left+5, s.y, body, paper.Bold, paper.Right, strconv.Itoa(n))
	s.y = s.Paragraph(left+9, s.y, measure-9, body, paper.Regular, text) + 1
}

// warning is a text on amber with a bar at its side.
func (s *sheet) warning(bold, text string) {
	const inset = 6
	lines := paper.Wrap(text, measure-2*inset, body, paper.Regular)
	h := paper.Leading(body)*float64(len(lines)+1) + 7
	top := s.y - 4
	s.Ink(amber).Rect(left, top, measure, h)
	s.Ink(0xC98A1B).Rect(left, top, 1.2, h)
	s.Ink(paper.Ink).Text(left+inset, top+7, body, paper.Bold, paper.Left, bold)
	s.Paragraph(left+inset, top+7+paper.Leading(body), measure-2*inset, body, paper.Regular, text)
	s.y = top + h + 10
}

// lines are places to write on, each with a caption below.
func (s *sheet) lines(captions ...string) {
	for _, c := range captions {
		s.y += 6
		s.Ink(paper.Grey)
		s.Line(left, s.y, right, s.y, 0.2)
		s.Text(left, s.y+4, small, paper.Regular, paper.Left, c)
		s.Ink(paper.Ink)
		s.y += 8
	}
}

// Kit is the owner's recovery sheet: the groups of the kit, what they open, how
// they are used, and lines to write on.
func Kit(shop string, groups []string, made time.Time, w *words.Words) ([]paper.Page, error) {
	s := newSheet(w)
	s.head(28, shop, w.T("start.sheet.kit.title"), w.Date(made))
	s.paragraph(w.T("start.sheet.kit.purpose", words.Data{"Shop": shop}))
	s.y += 4
	s.groups(groups)
	s.y = s.Ink(paper.Grey).Paragraph(left, s.y, measure, small, paper.Regular, w.T("start.sheet.kit.letters"))
	s.Ink(paper.Ink)
	s.y += 7
	s.heading(w.T("start.sheet.kit.use"))
	for n, key := range []string{"start.sheet.kit.step1", "start.sheet.kit.step2", "start.sheet.kit.step3"} {
		s.step(n+1, w.T(key))
	}
	s.y += 6
	s.heading(w.T("start.sheet.kit.keep"))
	s.paragraph(w.T("start.sheet.kit.keeping"))
	s.y += 7
	s.warning(w.T("start.sheet.kit.warning"), w.T("start.sheet.kit.lost"))
	s.lines(w.T("start.sheet.kit.line.book"), w.T("start.sheet.kit.line.copy"), w.T("start.sheet.kit.line.who"))
	return s.pages()
}

// groups draws the kit in a frame, four groups a row, each with its number.
// Every character has a cell of its own, so that the groups stand in columns
// although letters differ in width.
func (s *sheet) groups(groups []string) {
	const (
		perRow = 4
		inset  = 7.0
		cell   = 6.3
		row    = 18.0
		size   = 20.0
	)
	rows := (len(groups) + perRow - 1) / perRow
	h := float64(rows)*row + 3
	top := s.y - 3
	s.Ink(paper.Pale).Rect(left, top, measure, h)
	s.Ink(paper.Grey).Frame(left, top, measure, h, 0.3)
	column := (measure - inset) / perRow
	for i, g := range groups {
		x := left + inset + float64(i%perRow)*column
		y := top + float64(i/perRow)*row + 14.5
		s.Ink(paper.Grey).Text(x, y-8, small, paper.Regular, paper.Left, strconv.Itoa(i+1))
		s.Ink(paper.Ink)
		for j, r := range []rune(g) {
			s.Text(x+cell*(float64(j)+0.5), y, size, paper.Bold, paper.Center, string(r))
		}
	}
	s.y = top + h + 6
}

// Slip is what a new member of staff is given: who they are in the program and
// the passphrase they sign in with. The upper half of the page is cut off and
// handed over.
func Slip(shop, nickname, passphrase, role string, w *words.Words) ([]paper.Page, error) {
	s := newSheet(w)
	s.head(22, shop, w.T("start.sheet.slip.title", words.Data{"Name": nickname}), role)
	s.paragraph(w.T("start.sheet.slip.purpose", words.Data{"Shop": shop}))
	s.y += 4
	s.passphrase(passphrase)
	for n, key := range []string{"start.sheet.slip.step1", "start.sheet.slip.step2", "start.sheet.slip.step3"} {
		s.step(n+1, w.T(key, words.Data{"Name": nickname}))
	}
	s.y += 3
	s.Ink(paper.Grey)
	s.y = s.Paragraph(left, s.y, measure, small, paper.Regular, w.T("start.sheet.slip.warning"))
	s.cut(max(paper.A4Height/2, s.y+6))
	return s.pages()
}

// passphrase draws a passphrase in a frame, smaller where it is long. It is
// broken at spaces only, so that a line's end is always a space.
func (s *sheet) passphrase(p string) {
	const inset = 7
	size := 20.0
	lines := paper.Wrap(p, measure-2*inset, size, paper.Bold)
	for size > 11 && (len(lines) > 2 || broken(p, lines)) {
		size--
		lines = paper.Wrap(p, measure-2*inset, size, paper.Bold)
	}
	h := float64(len(lines))*paper.Leading(size) + 9
	top := s.y - 3
	s.Ink(paper.Pale).Rect(left, top, measure, h)
	s.Ink(paper.Grey).Frame(left, top, measure, h, 0.3)
	s.Ink(paper.Ink)
	for i, line := range lines {
		s.Text(left+inset, top+4+paper.Leading(size)*(float64(i)+0.75), size, paper.Bold, paper.Left, line)
	}
	s.y = top + h + 8
}

// broken says whether a word was broken where the lines end.
func broken(text string, lines []string) bool {
	n := len(lines) - 1
	for _, l := range lines {
		n += utf8.RuneCountInString(l)
	}
	return n != utf8.RuneCountInString(paper.Clean(text))
}

// cut draws a dashed line across the page.
func (s *sheet) cut(y float64) {
	s.Ink(paper.Grey)
	for x := 8.0; x < paper.A4Width-8; x += 4 {
		s.Line(x, y, x+2, y, 0.2)
	}
	s.Ink(paper.Ink)
}
