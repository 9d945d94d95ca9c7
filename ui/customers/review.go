// Looking before saving: what a change would make different, and what about it
// looks wrong. What was just saved can be taken back for a while.

package customers

import (
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	reviewWidth = 680
	reviewArrow = 18
)

// reviewShares are the columns of the table of what changes: the field, before, an
// arrow, after.
var reviewShares = []float32{1.1, 2, 0.2, 2}

// ask shows what would change and saves it when that is what is wanted.
func (f *form) ask(c store.Customer, r store.Review) {
	w := f.d.e.Words
	known := map[string]bool{} // what was shown in full in the form is shown here
	for key, g := range f.guarded {
		known[key] = !g.hidden
	}
	f.review = &widgets.Dialog{Title: w.T("customers.review.title", words.Data{"Name": f.was.Name}), Width: reviewWidth, Reading: true,
		Content: f.d.reviewed(f.was, r, known), Confirm: w.T("customers.review.save"), Cancel: w.T("customers.review.back"),
		OnConfirm: func() bool {
			f.review.Close()
			f.save(c)
			return false
		}}
	f.review.ShowOn(f.d.e.Canvas)
}

// reviewed shows what is different in a customer, and what is worth a look. Of a
// masked field the value until now is shown where it is known.
func (d *directory) reviewed(was store.Customer, r store.Review, known map[string]bool) fyne.CanvasObject {
	w := d.e.Words
	head := func(key string) fyne.CanvasObject { return widgets.Caption(w.T(key)).Bold() }
	lines := widgets.Column(10, reviewRow(widgets.Caption(""), head("customers.review.was"), widgets.Caption(""), head("customers.review.now")))
	for _, f := range r.Fields {
		before, after := d.value(f, was), d.value(f, r.Now)
		if !known[f] {
			before = masked(f, before)
		}
		lines.Add(reviewRow(widgets.NewText(d.label(f)).Muted().Wrap(), d.shownValue(before).Muted(),
			widgets.NewIcon(widgets.IconRight, widgets.ColorMuted, reviewArrow), d.shownValue(after).Bold()))
		if f == "VATID" && r.Now.VATID != "" {
			lines.Add(reviewRow(widgets.Caption(""), widgets.Caption(""), widgets.Caption(""), widgets.Caption(w.T("customers.check.format valid")).Wrap()))
		}
	}
	out := widgets.Column(12, lines)
	for _, text := range d.warnings(r) {
		out.Add(widgets.Banner(widgets.Look, "", text))
	}
	return out
}

func reviewRow(label, before, arrow, after fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Shares(reviewShares, 10, label, before, arrow, after)
}

// warnings are sentences on what looks wrong, or has consequences.
func (d *directory) warnings(r store.Review) []string {
	w := d.e.Words
	var out []string
	same := func(key string, rows []store.CustomerRow) {
		for _, c := range rows {
			out = append(out, w.T(key, words.Data{"Name": c.Name, "Number": c.Number}))
		}
	}
	same("customers.review.samePhone", r.SamePhone)
	same("customers.review.sameEmail", r.SameEmail)
	same("customers.review.sameVAT", r.SameVAT)
	if r.Domain != "" {
		out = append(out, w.T("customers.review.domain", words.Data{"Domain": r.Domain}))
	}
	if r.Drafts > 0 {
		out = append(out, w.N("customers.review.drafts", r.Drafts))
	}
	return out
}

// label names a field of a customer as the store calls it.
func (d *directory) label(field string) string {
	w := d.e.Words
	if key := "customers.review.field." + field; w.Has(key) {
		return w.T(key)
	}
	return w.Field(field)
}

// value is a field of a customer on one line or more, in full.
func (d *directory) value(field string, c store.Customer) string {
	switch field {
	case "Name":
		return c.Name
	case "Company":
		return c.Company
	case "Phone":
		return c.Phone
	case "Email":
		return c.Email
	case "Phone2":
		return c.Phone2
	case "Birthday":
		return birthdayText(c.Birthday)
	case "InvoiceOnly":
		if c.InvoiceOnly {
			return d.e.Words.T("customers.review.yes")
		}
		return ""
	case "Address":
		return d.address(c.Address)
	case "VATID":
		return c.VATID
	case "Language":
		if c.Language == "" {
			return d.e.Words.T("customers.languageShop", words.Data{"Language": languageName(d.e.Words, d.shop.Language)})
		}
		return languageName(d.e.Words, c.Language)
	case "Tags":
		return d.tagLine(c.Tags)
	case "Others":
		var lines []string
		for _, o := range c.Others {
			lines = append(lines, d.company(o))
		}
		return strings.Join(lines, "\n")
	}
	return d.e.Words.T("customers.review.other")
}

// masked is a value as it is shown to who did not ask for more.
func masked(field, value string) string {
	switch field {
	case "Phone", "Phone2":
		return store.MaskPhone(value)
	case "Email":
		return store.MaskEmail(value)
	}
	return value
}

func (d *directory) shownValue(text string) *widgets.Text {
	if text == "" {
		text = d.e.Words.T("customers.notGiven")
	}
	return widgets.NewText(text).Wrap()
}

// said tells that a change is in the book, and offers to take it back.
func (d *directory) said(c store.Customer) {
	w := d.e.Words
	toast := widgets.Toast{Tone: widgets.Good, Text: w.T("customers.saved", words.Data{"Name": c.Name})}
	if _, err := d.book.Undoable(c.ID); err == nil {
		toast.Action, toast.Do = w.T("customers.undo"), func() { d.undo(c.ID) }
	}
	d.e.Say(toast)
}

// undo takes back what the profile changed last of a customer.
func (d *directory) undo(id store.CustomerID) {
	c, err := d.book.Undo(id)
	if err != nil {
		d.e.Fail(err)
		return
	}
	d.e.Say(widgets.Toast{Tone: widgets.Good, Text: d.e.Words.T("customers.undone", words.Data{"Name": c.Name})})
	if d.form == nil && d.detail != nil && d.detail.c.ID == id {
		d.reopen(c)
	}
}
