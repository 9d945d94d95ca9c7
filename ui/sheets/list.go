package sheets

import (
	"time"

	"counterbook/invoice/paper"
	"counterbook/ui/words"
)

// MostColumns is how many columns a list has at most, so that they can be read.
const MostColumns = 6

// Measures of a list in millimetres, sizes in points.
const (
	listSize = 8.5
	listRow  = 6.2
	listGap  = 3.0
	listEnd  = 277.0 // the lowest baseline
)

// List is a table over as many pages as it takes: a head on each, rows of one line,
// and which page of how many it is. What is wider than its column is cut.
func List(shop, title string, heads []string, rows [][]string, printed time.Time, w *words.Words) ([]paper.Page, error) {
	for _, row := range rows {
		for i, cell := range row {
			row[i] = paper.Clean(cell)
		}
	}
	widths := columnWidths(heads, rows)
	var all []*sheet
	rest := rows
	for len(all) == 0 || len(rest) > 0 {
		s := newSheet(w)
		if len(all) == 0 {
			s.head(22, shop, title, w.Date(printed))
			s.Ink(paper.Grey).Text(left, s.y, body, paper.Regular, paper.Left, w.N("takeout.sheet.count", len(rows)))
			s.Ink(paper.Ink)
			s.y += 9
		} else {
			s.y = 22
		}
		s.row(heads, widths, paper.Bold)
		for len(rest) > 0 && s.y <= listEnd {
			s.row(rest[0], widths, paper.Regular)
			rest = rest[1:]
		}
		all = append(all, s)
	}
	var pages []paper.Page
	for i, s := range all {
		s.Ink(paper.Grey).Text(right, 287, small, paper.Regular, paper.Right, w.T("invoices.page.of", words.Data{"Page": i + 1, "Pages": len(all)}))
		p, err := s.Page()
		if err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	return pages, nil
}

// row sets one line of a table, with a hairline below.
func (s *sheet) row(cells []string, widths []float64, style paper.FontStyle) {
	x := left
	for i, c := range cells {
		s.Text(x, s.y, listSize, style, paper.Left, fit(c, widths[i], listSize, style))
		x += widths[i] + listGap
	}
	s.Ink(paper.Pale).Line(left, s.y+2, right, s.y+2, 0.2)
	s.Ink(paper.Ink)
	s.y += listRow
}

// columnWidths shares the page among columns by what they hold. A column that needs
// less than an equal share gets what it needs.
func columnWidths(heads []string, rows [][]string) []float64 {
	need := make([]float64, len(heads))
	for i, h := range heads {
		need[i] = paper.Width(h, listSize, paper.Bold)
		for _, r := range rows {
			need[i] = max(need[i], paper.Width(r[i], listSize, paper.Regular))
		}
	}
	out, room, open := make([]float64, len(heads)), measure-listGap*float64(len(heads)-1), len(heads)
	for changed := true; changed && open > 0; {
		changed = false
		for i, n := range need {
			if share := room / float64(open); out[i] == 0 && n <= share {
				out[i], room, open, changed = n, room-n, open-1, true
				if open == 0 {
					break
				}
			}
		}
	}
	for i := range out {
		if out[i] == 0 {
			out[i] = room / float64(open)
		}
	}
	return out
}
