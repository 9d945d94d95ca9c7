package invoices

// The rows of the list: drafts and invoices in one order.

import (
	"slices"
	"sort"
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

// rows is what the list shows: drafts, and invoices that are read as they come
// into view.
type rows struct {
	l      *list
	drafts []row
	issued store.InvoicesFound
	order  []int32 // places in issued, or ^ of places in drafts; nil: drafts, then invoices
}

func (r rows) len() int {
	if r.order != nil {
		return len(r.order)
	}
	return len(r.drafts) + r.issued.Len()
}

func (r rows) at(i int) row {
	if r.order != nil {
		if i = int(r.order[i]); i < 0 {
			return r.drafts[^i]
		}
		return r.l.issued(r.issued.At(i))
	}
	if i < len(r.drafts) {
		return r.drafts[i]
	}
	return r.l.issued(r.issued.At(i - len(r.drafts)))
}

// findDrafts finds drafts by their recipient, the newest first.
func (l *list) findDrafts(query string) ([]row, error) {
	if l.drafts == nil {
		return nil, nil
	}
	drafts, err := l.drafts.List()
	if err != nil {
		return nil, err
	}
	var out []row
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
	return out, nil
}

// findIssued finds invoices in the order of the table.
func (l *list) findIssued(query string, overdue bool) (store.InvoicesFound, error) {
	if l.invoices == nil {
		return store.InvoicesFound{}, nil
	}
	return l.invoices.Find(store.InvoiceQuery{Text: query, By: orders[l.sort], Falling: l.fall && l.sort != "", Overdue: overdue, Today: l.today})
}

func (l *list) issued(i store.InvoiceRow) row {
	return row{id: i.ID, number: i.Number, date: i.Date, due: i.Due, buyer: i.Buyer, total: i.Total, known: true,
		currency: i.Currency, overdue: i.Overdue(l.today), at: i.Issued}
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

var orders = map[string]store.InvoiceOrder{"": store.ByIssue, sortNumber: store.ByInvoice, sortDate: store.ByDate, sortBuyer: store.ByBuyer,
	sortDue: store.ByDue, sortState: store.ByOverdue, sortTotal: store.ByTotal}

// compare puts rows in the order of the table; what has nothing to be sorted by
// comes last, also when falling.
func (l *list) compare(a, b row) int {
	none := func(r row) bool {
		switch l.sort {
		case sortNumber:
			return r.number == ""
		case sortDate:
			return r.date.IsZero()
		case sortBuyer:
			return r.buyer == ""
		case sortDue:
			return r.due.IsZero()
		case sortTotal:
			return !r.known || r.total.IsZero()
		}
		return false
	}
	if x, y := none(a), none(b); x || y {
		switch {
		case x == y:
			return 0
		case x:
			return 1
		}
		return -1
	}
	order := 0
	switch l.sort {
	case sortNumber:
		order = strings.Compare(a.number, b.number)
	case sortDate:
		order = compareDays(a.date, b.date)
	case sortBuyer:
		order = strings.Compare(fold(a.buyer), fold(b.buyer))
	case sortDue:
		order = compareDays(a.due, b.due)
	case sortState:
		order = a.rank() - b.rank()
	case sortTotal:
		order = a.total.Cmp(b.total)
	}
	if l.fall {
		return -order
	}
	return order
}

// merged puts drafts among the invoices, which are in the order of the table
// already; of rows alike the draft comes first.
func (l *list) merged(drafts []row, issued store.InvoicesFound) rows {
	out := rows{l: l, drafts: slices.Clone(drafts), issued: issued}
	if l.sort == "" {
		return out
	}
	slices.SortStableFunc(out.drafts, l.compare)
	out.order = make([]int32, 0, out.len())
	next := 0
	for d, r := range out.drafts {
		to := next + sort.Search(issued.Len()-next, func(i int) bool { return l.compare(l.issued(issued.At(next+i)), r) >= 0 })
		for ; next < to; next++ {
			out.order = append(out.order, int32(next))
		}
		out.order = append(out.order, ^int32(d))
	}
	for ; next < issued.Len(); next++ {
		out.order = append(out.order, int32(next))
	}
	return out
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
