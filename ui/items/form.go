// The form to add, change or delete an item.

package items

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/amount"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// quietInset is the room a quiet button has before its word, taken back so that
// the word stands under the fields.
const quietInset float32 = 12

// typed is what stands in the form; the price as it was typed.
type typed struct {
	Code   string      `cbor:"1,keyasint,omitempty"`
	Name   string      `cbor:"2,keyasint,omitempty"`
	Unit   string      `cbor:"3,keyasint,omitempty"`
	Price  string      `cbor:"4,keyasint,omitempty"`
	Tax    invoice.Tax `cbor:"5,keyasint,omitempty"`
	Reason string      `cbor:"6,keyasint,omitempty"`
}

// newTyped is what a form of an item starts with.
func newTyped(l *list, i store.Item) typed {
	t := typed{Code: i.Code, Name: i.Name, Unit: i.Unit, Tax: i.Tax, Reason: i.Tax.Reason}
	t.Tax.Reason = ""
	if !i.ID.IsZero() {
		t.Price = amount.Write(i.Price, invoice.Digits(l.shop.Currency), l.e.Words.Labels().Decimal)
	}
	return t
}

type form struct {
	l     *list
	was   store.Item // as it was opened; its ID is zero for a new one
	taxes []invoice.Tax

	name, code, unit, price, reason *widgets.Entry
	tax                             *widgets.Select
	fields                          *widgets.Form
	conflict                        *fyne.Container
	dialog                          *widgets.Dialog
}

// openForm shows the form of was, with what was typed in it.
func (l *list) openForm(was store.Item, t typed) {
	w := l.e.Words
	f := &form{l: l, was: was, taxes: l.taxes(was), conflict: widgets.Column(0)}
	f.build()
	f.put(t)
	content := widgets.Column(0, f.conflict, f.fields)
	title, verb := w.T("items.addTitle"), w.T("items.add")
	if !was.ID.IsZero() {
		title, verb = w.T("items.editTitle", words.Data{"Name": was.Name}), w.T("items.saveChanges")
		content.Add(widgets.Padded(10, 0, 0, -quietInset, widgets.Row(0, widgets.QuietButton(w.T("items.delete"), f.askDelete).WithIcon(widgets.IconTrash))))
	}
	f.dialog = &widgets.Dialog{Title: title, Content: content, Width: 560, Confirm: verb, Cancel: w.T("common.cancel"),
		OnConfirm: func() bool { f.confirm(); return false },
		OnCancel:  func() { l.form = nil },
		OnLeave:   f.giveUp}
	l.form = f
	f.dialog.ShowOn(l.e.Canvas)
	f.fields.FocusFirst()
}

// giveUp asks before what was typed is given up.
func (f *form) giveUp(leave func()) {
	if _, typed := f.l.Work(); !typed {
		leave()
		return
	}
	t := f.l.e.Words.T
	widgets.AskFirst(f.l.e.Canvas, t("giveUp.title"), t("giveUp.text"), t("giveUp.verb"), t("giveUp.stay"), leave)
}

func (f *form) build() {
	w := f.l.e.Words
	f.name, f.code, f.unit, f.price, f.reason = widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry()
	names := make([]string, len(f.taxes))
	for i, t := range f.taxes {
		names[i] = taxName(w, t)
	}
	f.tax = widgets.NewSelect(names, f.taxChosen)
	f.price.OnChanged = func(string) { f.echo() }
	f.price.OnLeave = func() {
		if v, ok := f.readPrice(); ok && !v.IsNegative() { // written as it was understood
			if text := f.written(v); text != f.price.Text {
				f.price.SetText(text)
			}
		}
	}
	f.fields = widgets.NewForm(2,
		widgets.NewField("Name", w.T("items.name"), f.name).Wide(),
		widgets.NewField("Code", w.T("items.code"), f.code).Hint(w.T("items.codeHint")),
		widgets.NewField("Unit", w.T("items.unit"), f.unit).Hint(w.T("items.unitHint")),
		widgets.NewField("Price", w.T("items.priceNet"), f.price),
		widgets.NewField("Tax", w.T("items.vat"), f.tax),
		widgets.NewField("Reason", w.T("items.reason"), f.reason).Wide().Hint(w.T("items.reasonHint")))
	f.fields.OnSubmit = f.confirm
}

func (f *form) put(t typed) {
	f.name.SetText(t.Name)
	f.code.SetText(t.Code)
	f.unit.SetText(t.Unit)
	f.price.SetText(t.Price)
	f.reason.SetText(t.Reason)
	f.tax.SetIndex(indexOf(f.taxes, t.Tax))
	f.showReason()
	f.echo()
}

func (f *form) typed() typed {
	t := typed{Code: f.code.Text, Name: f.name.Text, Unit: f.unit.Text, Price: f.price.Text, Tax: f.chosen()}
	t.Tax.Reason = ""
	if f.needsReason() {
		t.Reason = f.reason.Text
	}
	return t
}

// chosen is the tax that is chosen, the zero Tax for none.
func (f *form) chosen() invoice.Tax {
	if i := f.tax.Index(); i >= 0 {
		return f.taxes[i]
	}
	return invoice.Tax{}
}

func (f *form) needsReason() bool { return reasonRules[f.chosen().Category] != "" }

// taxChosen proposes the reason the shop gives for what was chosen.
func (f *form) taxChosen(int) {
	f.fields.SetProblem("Tax", "")
	if f.reason.Text == "" {
		f.reason.SetText(f.chosen().Reason)
	}
	f.showReason()
	f.dialog.Refresh()
}

func (f *form) showReason() { f.fields.Field("Reason").Hidden = !f.needsReason() }

// echo says under the price how it was understood.
func (f *form) echo() {
	w, hint := f.l.e.Words, f.l.e.Words.T("items.priceHint")
	if v, err := amount.Parse(f.price.Text); err == nil && !v.IsNegative() {
		shown := f.l.price(store.Item{Price: v})
		hint = w.T("items.priceEcho", words.Data{"Price": shown, "Currency": f.l.shop.Currency})
	}
	f.fields.Field("Price").Hint(hint)
}

// written is a price as it stands in the form.
func (f *form) written(v decimal.Decimal) string {
	return amount.Write(v, invoice.Digits(f.l.shop.Currency), f.l.e.Words.Labels().Decimal)
}

// readPrice reads the price; what is wrong with it is said under it, and what is
// meant is asked where it can be read in two ways.
func (f *form) readPrice() (decimal.Decimal, bool) {
	w := f.l.e.Words
	v, err := amount.Parse(f.price.Text)
	var two *amount.AmbiguousError
	switch {
	case err == nil:
		return v, true
	case errors.Is(err, amount.ErrEmpty): // said when it is to be saved
		return v, false
	case errors.As(err, &two):
		answer := func(v decimal.Decimal) widgets.Answer {
			return widgets.Answer{Text: f.written(v), Do: func() {
				f.price.SetText(f.written(v))
				f.dialog.Refresh()
				widgets.Focus(f.tax)
			}}
		}
		f.fields.Field("Price").Ask(w.T("number.two", words.Data{"Typed": f.price.Text}), answer(two.A), answer(two.B))
	default:
		f.fields.SetProblem("Price", w.T("items.priceWrong"))
	}
	f.dialog.Refresh()
	return v, false
}

// item is the item as it stands in the form, or false when something is wrong.
func (f *form) item() (store.Item, bool) {
	w, i, ok := f.l.e.Words, f.was, true
	problem := func(field, shown, rule string) {
		f.fields.SetProblem(shown, w.Problem(invoice.Problem{Field: field, Rule: rule}))
		ok = false
	}
	i.Code, i.Name, i.Unit, i.Tax = f.code.Text, f.name.Text, f.unit.Text, f.chosen()
	i.Tax.Reason = ""
	if strings.TrimSpace(i.Name) == "" {
		problem("Name", "Name", "missing")
	}
	if rule := reasonRules[i.Tax.Category]; rule != "" {
		if i.Tax.Reason = strings.TrimSpace(f.reason.Text); i.Tax.Reason == "" {
			problem("Reason", "Reason", rule)
		}
	}
	if i.Tax.Category == "" {
		problem("Rate", "Tax", "missing")
	}
	price, read := f.readPrice()
	if !read && strings.TrimSpace(f.price.Text) == "" {
		problem("Price", "Price", "missing")
	}
	i.Price = price
	return i, ok && read
}

// confirm saves the form and closes it; what is wrong is said in it.
func (f *form) confirm() {
	f.fields.ClearProblems()
	f.dialog.SetProblem("")
	i, ok := f.item()
	if !ok {
		f.showProblems()
		return
	}
	saved, err := f.l.book.Save(i)
	if err != nil {
		f.fail(err)
		return
	}
	w, text := f.l.e.Words, "items.saved"
	if f.was.ID.IsZero() {
		f.l.search.SetText("")
		text = "items.added"
	}
	f.close()
	f.l.e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T(text, words.Data{"Name": saved.Name})})
	f.l.mark(saved.ID)
}

func (f *form) close() {
	f.dialog.Close()
	f.l.form = nil
	f.l.refill()
}

func (f *form) showProblems() {
	f.dialog.Refresh()
	f.fields.FocusProblem()
}

func (f *form) fail(err error) {
	w := f.l.e.Words
	var problems invoice.Problems
	switch {
	case errors.As(err, &problems):
		for _, p := range problems {
			if !f.fields.SetProblem(p.Field, w.Problem(p)) {
				f.dialog.SetProblem(w.Problem(p))
			}
		}
		f.showProblems()
	case errors.Is(err, store.ErrChanged):
		f.offerOther()
	default:
		f.l.e.Refused(f.dialog, err)
	}
}

// offerOther is said when somebody else saved the item meanwhile: what was typed
// stays, and may be given up for theirs or saved over it.
func (f *form) offerOther() {
	other, err := f.l.book.Get(f.was.ID)
	if err != nil {
		f.l.e.Refused(f.dialog, err)
		return
	}
	w := f.l.e.Words
	take := func(t typed) {
		f.was = other
		f.conflict.RemoveAll()
		f.put(t)
		f.dialog.Refresh()
		f.fields.FocusFirst()
	}
	theirs := widgets.QuietButton(w.T("items.takeTheirs"), func() { take(newTyped(f.l, other)) })
	mine := widgets.QuietButton(w.T("items.keepMine"), func() { take(f.typed()) })
	says := w.T("items.conflictText", words.Data{"Name": other.Name, "Price": f.l.price(other), "Currency": f.l.shop.Currency})
	f.conflict.Objects = []fyne.CanvasObject{widgets.Padded(0, 0, 14, 0, widgets.Column(6,
		widgets.Banner(widgets.Look, w.T("items.conflict"), says), widgets.Row(8, theirs, mine)))}
	f.dialog.Refresh()
	widgets.Focus(theirs)
}

// askDelete deletes the item once that was confirmed.
func (f *form) askDelete() {
	w := f.l.e.Words
	ask := &widgets.Dialog{Title: w.T("items.deleteTitle", words.Data{"Name": f.was.Name}), Text: w.T("items.deleteText"),
		Confirm: w.T("items.deleteVerb"), Cancel: w.T("items.keep"), Danger: true}
	ask.OnConfirm = func() bool {
		ask.Close()
		f.delete()
		return true
	}
	ask.ShowOn(f.l.e.Canvas)
}

func (f *form) delete() {
	w := f.l.e.Words
	if err := f.l.book.Delete(f.was.ID); err != nil {
		f.l.e.Refused(f.dialog, err)
		return
	}
	f.close()
	f.l.e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T("items.deleted", words.Data{"Name": f.was.Name})})
	widgets.Focus(f.l.search)
}
