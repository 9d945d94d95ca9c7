package invoices

// Dates and language of the document.

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// facts is the part of the editor with the dates and the language.
type facts struct {
	read              reader
	date, due, supply *widgets.DateEntry
	language          *widgets.Select
	languages         []string
	lang              string // as the draft has it
	fields            map[string]*widgets.Field
	order             []fyne.CanvasObject
	narrow            bool
	dated             invoice.Date // the date that due was counted from
	box               *fyne.Container
	changed, relayout func()
}

func newFacts(read reader, today time.Time) *facts {
	w := read.w
	f := &facts{read: read, fields: map[string]*widgets.Field{}, languages: words.DocumentLanguages(), box: widgets.Column(0)}
	date := func(key string) *widgets.DateEntry {
		e := widgets.NewDateEntry(today)
		e.OnChanged = func(string) { f.typedDay(key) }
		tidy := e.OnLeave
		e.OnLeave = func() {
			tidy()
			_, wrong := f.read.day(e.Text)
			f.problem(key, wrong)
		}
		return e
	}
	f.date, f.due, f.supply = date("Date"), date("Due"), date("Supply")
	f.supply.With(w.T("invoices.supply.same"))
	names := make([]string, len(f.languages))
	for i, l := range f.languages {
		names[i] = w.T("invoices.language." + l)
	}
	f.language = widgets.NewSelect(names, func(i int) {
		f.lang = f.languages[i]
		f.changed()
	})
	for _, x := range []struct {
		key, label string
		control    fyne.CanvasObject
	}{{"Date", "invoices.date", f.date}, {"Due", "invoices.due", f.due}, {"Supply", "invoices.supply", f.supply}, {"Language", "invoices.language", f.language}} {
		field := widgets.NewField(x.key, w.T(x.label), x.control)
		f.fields[x.key] = field
		f.order = append(f.order, field)
	}
	f.arrange()
	return f
}

// arrange puts the fields beside each other, or into two rows.
func (f *facts) arrange() {
	columns := []float32{11, 11, 11, 9}
	if f.narrow {
		columns = []float32{1, 1}
	}
	f.box.RemoveAll()
	f.box.Add(widgets.Shares(columns, 10, f.order...))
}

func (f *facts) setNarrow(on bool) {
	if f.narrow != on {
		f.narrow = on
		f.arrange()
		f.relayout()
	}
}

// typedDay is called when a date changes. The due date moves with the date as
// long as it is the shop's usual number of days later.
func (f *facts) typedDay(key string) {
	if f.fields[key] != nil && f.fields[key].Problem() != "" {
		_, wrong := f.read.day(f.day(key).Text)
		f.problem(key, wrong)
	}
	if key == "Date" {
		usual := func(d invoice.Date) invoice.Date { return d.AddDays(f.read.shop.PaymentDays) }
		date, wrong := f.read.day(f.date.Text)
		if wrong == "" && !date.IsZero() && date != f.dated {
			due, _ := f.read.day(f.due.Text)
			was := f.dated
			f.dated = date
			if !was.IsZero() && due == usual(was) {
				f.due.SetDate(usual(date).Time())
			}
		}
	}
	if f.changed != nil {
		f.changed()
	}
}

func (f *facts) day(key string) *widgets.DateEntry {
	return map[string]*widgets.DateEntry{"Date": f.date, "Due": f.due, "Supply": f.supply}[key]
}

func (f *facts) set(t typed) {
	f.dated, _ = f.read.day(t.Date)
	f.date.SetText(t.Date)
	f.due.SetText(t.Due)
	f.supply.SetText(t.Supply)
	f.setLanguage(t.Language)
}

// setLanguage chooses the language of a tag such as "de-AT". Documents in a
// language the program has no words for are made in English.
func (f *facts) setLanguage(tag string) {
	f.lang = tag
	base, _, _ := strings.Cut(tag, "-")
	at := slices.Index(f.languages, base)
	if at < 0 {
		at = slices.Index(f.languages, "en")
	}
	f.language.SetIndex(at)
	if f.changed != nil {
		f.changed()
	}
}

func (f *facts) typed(t *typed) {
	t.Date, t.Due, t.Supply, t.Language = f.date.Text, f.due.Text, f.supply.Text, f.lang
}

// problem says what is wrong with a field and reports whether there is one.
func (f *facts) problem(key, text string) bool {
	field := f.fields[key]
	if field == nil {
		return false
	}
	if field.Problem() != text {
		field.SetProblem(text)
		f.relayout()
	}
	return true
}

func (f *facts) clear() {
	for key := range f.fields {
		f.problem(key, "")
	}
}
