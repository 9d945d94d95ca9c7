package invoices

// The rows of the list: drafts and invoices in one order.

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// row is a draft or an invoice in the list.
type row struct {
	draft    bool
	id       store.ID
	number   string
	date     invoice.Date
	due      invoice.Date
	buyer    string
	total    decimal.Decimal
	known    bool // the total is: a draft's numbers may not add up yet
	currency string
	overdue  bool
	at       time.Time // when it was changed last, or issued
}

// in says whether a filter lets the row through.
func (r row) in(f filter) bool {
	switch f {
	case filterDrafts:
		return r.draft
	case filterIssued:
		return !r.draft
	case filterOverdue:
		return r.overdue
	}
	return true
}

// read finds drafts and invoices, drafts first, the newest first of each.
func (l *list) read(query string) ([]row, error) {
	var out []row
	if l.drafts != nil {
		drafts, err := l.drafts.List()
		if err != nil {
			return nil, err
		}
		wanted := strings.Fields(fold(query))
		for _, d := range drafts {
			if !holds(fold(d.Doc.Buyer.Name+" "+d.Doc.Buyer.Contact), wanted) {
				continue
			}
			r := row{draft: true, id: d.ID, date: d.Doc.Date, due: d.Doc.Due, buyer: d.Doc.Buyer.Name, at: d.Updated}
			if doc, _, err := l.drafts.Prepare(d.Doc); err == nil {
				r.total, r.currency, r.known, r.due = doc.Totals.Gross, doc.Currency, true, doc.Due
			}
			out = append(out, r)
		}
	}
	if l.invoices != nil {
		rows, err := l.invoices.List(query)
		if err != nil {
			return nil, err
		}
		for _, i := range rows {
			out = append(out, row{id: i.ID, number: i.Number, date: i.Date, due: i.Due, buyer: i.Buyer, total: i.Total, known: true,
				currency: i.Currency, overdue: i.Overdue(l.today), at: i.Issued})
		}
	}
	return out, nil
}

func holds(text string, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(text, w) })
}

// fold makes a text comparable: small letters without their accents.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		switch r {
		case 'ł':
			return 'l'
		case 'ø':
			return 'o'
		case 'đ':
			return 'd'
		}
		return r
	}, norm.NFD.String(strings.ToLower(s)))
}

// cells are what the table shows of a row.
func (l *list) cells(r row) []widgets.Cell {
	w := l.w
	number, state := widgets.Cell{Text: r.number}, widgets.Cell{}
	switch {
	case r.draft:
		number.Badges = []widgets.CellBadge{{Tone: widgets.Neutral, Text: w.T("invoices.state.draft")}}
		state = widgets.Cell{Text: w.T("invoices.state.saved", words.Data{"Ago": w.Ago(r.at, l.e.Now())}), Colour: widgets.ColorMuted}
	case r.overdue:
		state.Badges = []widgets.CellBadge{{Tone: widgets.Look, Text: w.T("invoices.state.overdue")}}
	default:
		state.Badges = []widgets.CellBadge{{Tone: widgets.Good, Text: w.T("invoices.state.issued")}}
	}
	buyer := widgets.Cell{Text: r.buyer}
	if r.buyer == "" {
		buyer = widgets.Cell{Text: w.T("invoices.noRecipient"), Colour: widgets.ColorMuted}
	}
	total := widgets.Cell{Text: "–", Colour: widgets.ColorMuted}
	if r.known {
		total = widgets.Cell{Text: w.Money(r.total, r.currency)}
		if r.draft {
			total.Colour = widgets.ColorMuted
		}
	}
	return []widgets.Cell{number, {Text: w.Day(r.date)}, buyer, {Text: w.Day(r.due)}, state, total}
}

// What the list can be sorted by.
const (
	sortNumber = "number"
	sortDate   = "date"
	sortBuyer  = "buyer"
	sortDue    = "due"
	sortState  = "state"
	sortTotal  = "total"
)

// sortRows sorts by a column; rows alike in it stay newest first. Without a
// column they stay as they were read.
func sortRows(rows []row, key string, falling bool) {
	compare := map[string]func(a, b row) int{
		sortNumber: func(a, b row) int { return strings.Compare(a.number, b.number) },
		sortDate:   func(a, b row) int { return compareDays(a.date, b.date) },
		sortBuyer:  func(a, b row) int { return strings.Compare(fold(a.buyer), fold(b.buyer)) },
		sortDue:    func(a, b row) int { return compareDays(a.due, b.due) },
		sortState:  func(a, b row) int { return a.rank() - b.rank() },
		sortTotal:  func(a, b row) int { return a.total.Cmp(b.total) },
	}[key]
	if compare == nil {
		return
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		if falling {
			return compare(b, a)
		}
		return compare(a, b)
	})
}

func compareDays(a, b invoice.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// rank is the order of states: what needs a hand first.
func (r row) rank() int {
	switch {
	case r.overdue:
		return 0
	case r.draft:
		return 1
	}
	return 2
}
