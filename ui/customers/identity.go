// Who it is: a card that is looked at before a customer is changed or gets an
// invoice, where somebody else could be meant.

package customers

import (
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	cardWidth   = 480
	digitsWidth = 90
)

// card asks who a customer is, and whether what an invoice bears is still right.
type card struct {
	d      *directory
	c      store.Customer
	id     store.Identity
	then   func(store.Customer)
	dialog *widgets.Dialog
	digits *widgets.Entry // nil where nothing is asked
}

// identify goes on with a customer once it is known to be them. Who was asked for
// while they are open is not asked for again.
func (d *directory) identify(id store.CustomerID, billing bool, then func(store.Customer)) {
	c, err := d.book.Get(id)
	if err != nil {
		d.e.Fail(err)
		return
	}
	c = d.fields.Visible(c)
	who, err := d.book.Identity(id)
	if err != nil {
		d.e.Fail(err)
		return
	}
	k := &card{d: d, c: c, id: who, then: then}
	ask := who.Ask && d.known != id
	var stale []string
	if billing && d.e.Can(store.EditCustomers) {
		stale = c.Stale(store.BillingFields(), d.shop.StaleMonths, d.e.Now())
	}
	if !ask && len(stale) == 0 {
		then(c)
		return
	}
	k.show(ask, stale)
}

func (k *card) show(ask bool, stale []string) {
	w, content := k.d.e.Words, widgets.Column(14, k.face())
	k.dialog = &widgets.Dialog{Title: w.T("customers.who.title"), Width: cardWidth, Content: content,
		Confirm: w.T("customers.who.goOn"), Cancel: w.T("common.cancel"), OnConfirm: func() bool { k.confirm(); return false }}
	if ask && k.id.Namesakes > 0 {
		content.Add(k.namesakes())
	}
	switch {
	case !ask:
		k.dialog.Title = w.T("customers.who.staleTitle")
	case k.id.Phone:
		k.digits = widgets.NewEntry()
		k.digits.SetLabel(w.T("customers.who.digits"))
		k.digits.OnChanged = func(string) { k.dialog.SetProblem("") }
		k.digits.OnSubmitted = func(string) { k.confirm() }
		content.Add(widgets.Row(12, widgets.Grow(widgets.NewText(w.T("customers.who.ask")).Wrap()), widgets.Sized(digitsWidth, 0, k.digits)))
		content.Add(widgets.Padded(0, 0, 0, -quietInset, widgets.Row(0, widgets.QuietButton(w.T("customers.who.skip"), k.skip), widgets.Spacer())))
	default:
		content.Add(widgets.Paragraph(w.T("customers.who.noPhone")))
		k.dialog.Confirm = w.T("customers.who.skip")
		k.dialog.OnConfirm = func() bool { k.skip(); return false }
	}
	if len(stale) > 0 {
		content.Add(k.stale(stale))
	}
	k.dialog.Reading = !ask || !k.id.Phone
	k.dialog.ShowOn(k.d.e.Canvas)
}

// face is what is on the card whoever looks at it.
func (k *card) face() fyne.CanvasObject {
	w := k.d.e.Words
	var facts []string
	for _, s := range append([]string{k.c.Number, store.HidePhone(k.c.Phone)}, k.trade()...) {
		if s != "" {
			facts = append(facts, s)
		}
	}
	who := widgets.Column(2, widgets.Title(k.c.Name).Wrap(), widgets.NewText(strings.Join(facts, " · ")).Muted().Wrap())
	if k.c.Company != "" {
		who.Add(widgets.NewText(k.c.Company).Wrap())
	}
	if len(k.id.Stale) > 0 {
		who.Add(widgets.Padded(6, 0, 0, 0, widgets.Row(0, widgets.NewBadge(widgets.Look, w.T("customers.who.stale")), widgets.Spacer())))
	}
	return widgets.RowTop(14, widgets.NewAvatar(k.c.Name, 46), widgets.Grow(who))
}

// trade says when the customer was here last, and what they spent.
func (k *card) trade() []string {
	d, w := k.d, k.d.e.Words
	if d.invoices == nil {
		return nil
	}
	t, err := d.invoices.Trade(k.c.ID)
	if err != nil || t.Last.IsZero() {
		return nil
	}
	out := []string{w.T("customers.who.last", words.Data{"Ago": d.ago(t.Last)})}
	if d.e.Can(store.SeeTotals) {
		out = append(out, w.T("customers.who.spent", words.Data{"Amount": d.spent(t)}))
	}
	return out
}

// namesakes says that others have the name, and what tells this one apart.
func (k *card) namesakes() fyne.CanvasObject {
	w := k.d.e.Words
	label, value := w.T("customers.number"), k.c.Number
	switch k.id.Differs {
	case "Company":
		label, value = w.T("customers.company"), k.c.Company
	case "City":
		label, value = w.T("customers.city"), k.c.Address.City
	case "Street":
		label, value = w.T("customers.street"), k.c.Address.Street
	}
	return widgets.Column(8,
		widgets.Banner(widgets.Look, "", w.N("customers.who.namesakes", k.id.Namesakes+1, words.Data{"Name": k.c.Name})),
		widgets.Column(0, widgets.Caption(label), widgets.Title(value).Wrap()))
}

// confirm goes on where the digits are right.
func (k *card) confirm() {
	w := k.d.e.Words
	if k.digits != nil {
		ok, err := k.d.book.Identified(k.c.ID, k.digits.Text)
		switch {
		case err != nil:
			k.d.e.Refused(k.dialog, err)
			return
		case !ok && strings.TrimSpace(k.digits.Text) == "":
			k.dialog.Tell(widgets.Look, w.T("customers.who.none"))
		case !ok:
			k.dialog.Tell(widgets.Look, w.T("customers.who.wrong"))
		}
		if !ok {
			k.digits.SetWrong(true)
			widgets.Focus(k.digits)
			return
		}
	}
	k.goOn()
}

// skip goes on without asking, which is kept.
func (k *card) skip() {
	if err := k.d.book.SkipIdentity(k.c.ID); err != nil {
		k.d.e.Refused(k.dialog, err)
		return
	}
	k.goOn()
}

func (k *card) goOn() {
	k.d.known = k.c.ID
	k.dialog.Close()
	k.then(k.c)
}

// stale asks about what an invoice bears and nobody made sure of for long, each
// with a click.
func (k *card) stale(fields []string) fyne.CanvasObject {
	w := k.d.e.Words
	lines := widgets.Column(10, widgets.Banner(widgets.Look, "", w.T("customers.who.staleText")))
	for _, f := range fields {
		row := widgets.Column(0)
		still := widgets.NewButton(w.T("customers.check.still"), nil).Small()
		still.Name = w.T("customers.check.stillIs", words.Data{"Field": k.d.label(f)})
		ask := widgets.Row(12, widgets.Grow(widgets.Column(2, widgets.NewText(k.d.value(f, k.c)).Wrap(), k.d.checkedText(k.c, f))), still)
		still.OnTapped = func() {
			c, err := k.d.book.Check(k.c.ID, []string{f}, store.Confirmed)
			if err != nil {
				k.d.e.Refused(k.dialog, err)
				return
			}
			c = k.d.fields.Visible(c)
			k.c = c
			row.Objects = []fyne.CanvasObject{widgets.Row(12, widgets.Grow(widgets.NewText(k.d.value(f, c)).Wrap()), widgets.NewBadge(widgets.Good, w.T("customers.check.now")))}
			k.d.checked(c)
			k.dialog.Refresh()
			widgets.Focus(k.dialog.Button())
		}
		row.Add(ask)
		lines.Add(row)
	}
	return lines
}
