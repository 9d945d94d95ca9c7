package invoices

// What a document has besides its lines: a discount or a charge on all of it,
// terms of payment and a note.

import (
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// extras is the part of the editor below the lines.
type extras struct {
	read          reader
	kind          *widgets.Select
	value, reason *widgets.Entry
	valueField    *widgets.Field
	reasonField   *widgets.Field
	terms, note   *widgets.Entry
	adjust, texts *fyne.Container
	more          *fyne.Container // value and reason, shown once there is a discount or a charge
	changed       func()
	relayout      func()
}

func newExtras(read reader) *extras {
	w := read.w
	x := &extras{read: read}
	var kinds []string
	for _, key := range []string{"none", "discountPercent", "discountAmount", "chargePercent", "chargeAmount"} {
		kinds = append(kinds, w.T("invoices.adjust."+key))
	}
	x.kind = widgets.NewSelect(kinds, func(int) {
		x.show()
		x.changed()
		if x.kind.Index() != int(adjustNone) {
			widgets.Focus(x.value)
		}
	})
	x.value, x.reason = widgets.NewEntry(), widgets.NewEntry()
	x.value.OnChanged = func(s string) {
		if x.valueField.Problem() != "" {
			x.check()
		}
		x.changed()
	}
	x.value.OnLeave = func() {
		if x.value.Text == "" {
			return
		}
		if text := x.read.echo(x.value.Text, x.least()); text != x.value.Text {
			x.value.SetText(text)
		}
		x.check()
	}
	x.reason.OnChanged = func(string) {
		x.problem("Adjustments[0].Reason", "")
		x.changed()
	}
	x.valueField = widgets.NewField("Adjustments[0].Amount", w.T("invoices.adjust.value"), x.value)
	x.reasonField = widgets.NewField("Adjustments[0].Reason", w.T("invoices.adjust.reason"), x.reason)
	x.more = widgets.Shares([]float32{2, 3}, 12, x.valueField, x.reasonField)
	x.adjust = widgets.Column(10, widgets.NewField("", w.T("invoices.adjust"), x.kind), x.more)
	area := func(placeholder string) *widgets.Entry {
		e := widgets.NewArea(2).With(placeholder)
		e.OnChanged = func(string) { x.changed() }
		return e
	}
	terms := read.shop.Terms
	if terms == "" {
		terms = w.T("invoices.terms.hint")
	}
	x.terms, x.note = area(firstLine(terms)), area(w.T("invoices.note.hint"))
	x.texts = widgets.Shares([]float32{1, 1}, 14,
		widgets.NewField("Terms", w.T("invoices.terms"), x.terms), widgets.NewField("Note", w.T("invoices.note"), x.note))
	return x
}

func firstLine(s string) string {
	line, _, more := strings.Cut(s, "\n")
	if more {
		return line + " …"
	}
	return line
}

// check says what is wrong with the number, and asks where it can be read in two
// ways.
func (x *extras) check() {
	_, wrong := x.read.read(x.value.Text)
	x.problem("Adjustments[0].Amount", wrong)
}

// least is how many decimals the number shows at least.
func (x *extras) least() int32 {
	if k := adjust(x.kind.Index()); k == discountAmount || k == chargeAmount {
		return x.read.digits()
	}
	return 0
}

func (x *extras) ask() {
	a, b, two := x.read.readings(x.value.Text, x.least())
	if !two {
		return
	}
	answer := func(text string) widgets.Answer {
		return widgets.Answer{Text: text, Do: func() {
			x.value.SetText(text)
			x.check()
			widgets.Focus(x.reason)
		}}
	}
	x.valueField.Ask(x.read.w.T("number.two", words.Data{"Typed": x.value.Text}), answer(a), answer(b))
}

func (x *extras) show() {
	x.more.Hidden = x.kind.Index() <= int(adjustNone)
	x.relayout()
}

func (x *extras) set(t typed) {
	x.kind.SetIndex(int(t.Adjust))
	x.value.SetText(t.Value)
	x.reason.SetText(t.Reason)
	x.terms.SetText(t.Terms)
	x.note.SetText(t.Note)
	x.show()
}

func (x *extras) typed(t *typed) {
	t.Adjust, t.Value, t.Reason = adjust(max(0, x.kind.Index())), x.value.Text, x.reason.Text
	t.Terms, t.Note = x.terms.Text, x.note.Text
}

// problem says what is wrong with the discount or charge and reports whether
// there is a place for it.
func (x *extras) problem(field, text string) bool {
	at := x.valueField
	switch field {
	case "Adjustments[0].Reason":
		at = x.reasonField
	case "Adjustments[0].Amount", "Adjustments[0].Percent", "Adjustments[0]":
	default:
		return false
	}
	if at.Problem() != text {
		at.SetProblem(text)
		if at == x.valueField && text != "" {
			x.ask()
		}
		x.relayout()
	}
	return true
}

func (x *extras) clear() {
	x.problem("Adjustments[0].Amount", "")
	x.problem("Adjustments[0].Reason", "")
}
