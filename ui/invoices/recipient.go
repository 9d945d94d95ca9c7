package invoices

// Who the invoice is for: a customer found by typing, or a one-off recipient
// written on this document alone, which can be changed here. A customer is changed
// in their record.

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// billTo is the part of the editor that names the recipient.
type billTo struct {
	w         *words.Words
	shop      store.Shop
	customers *store.Customers // nil without the right to find one
	collected store.Fields     // what is collected of customers
	identify  func(id store.CustomerID, then func())
	suggest   *suggest

	agreements func(store.CustomerID) []store.Note // about paying; nil for none
	agreedWith store.CustomerID                    // whose are shown

	customer store.CustomerID // zero: one-off
	party    invoice.Party    // as it stands on the document
	chosen   bool
	editing  bool
	filling  bool // the form is being filled: nothing is a change

	search  *widgets.Entry
	finder  *widgets.Field // the search with its label
	oneOff  *widgets.Button
	name    *widgets.Text
	which   *widgets.Select // in place of the name, of a customer with several companies
	ways    []invoice.Party // what can be chosen there
	address *widgets.Text
	badge   *widgets.Badge
	form    *widgets.Form
	entries map[string]*widgets.Entry
	country *widgets.Select
	codes   []string
	note    *widgets.Text
	agreed  *fyne.Container
	done    *widgets.Button
	anew    *widgets.Button // takes what the record says now

	box      *fyne.Container
	summary  *fyne.Container
	fields   *fyne.Container
	changed  func()
	took     func(store.Customer) // told that a customer was chosen
	stored   func()               // told that a customer's data were to be changed here
	relayout func()
	next     func() // goes on to what comes after the recipient
}

func newBillTo(e *screen.Env, shop store.Shop, fields store.Fields, customers *store.Customers, s *suggest) *billTo {
	w := e.Words
	b := &billTo{w: w, shop: shop, collected: fields, customers: customers, identify: e.Identify, suggest: s, entries: map[string]*widgets.Entry{}}
	b.search = widgets.NewEntry().With(w.T("invoices.to.search"))
	b.search.OnChanged = func(text string) {
		b.unfound("")
		s.open(b.search, b.matching(text))
		b.changed()
	}
	b.search.OnSubmitted = func(text string) {
		if !s.take(b.search) && strings.TrimSpace(text) == "" {
			b.next()
		}
	}
	b.search.OnArrow = func(step int) { s.step(b.search, step) }
	b.search.OnEscape = func() { s.close(b.search) }
	b.search.OnLeave = func() { s.left(b.search) }
	b.search.Hidden = customers == nil
	b.search.SetLabel(w.T("invoices.to"))
	b.oneOff = widgets.NewButton(w.T("invoices.to.oneOff"), func() { b.once(strings.TrimSpace(b.search.Text)) })
	b.finder = widgets.NewField("Buyer.Name", w.T("invoices.to"), widgets.Row(10, widgets.Grow(b.search), b.oneOff))

	b.name, b.address = widgets.Strong("").Cut(), widgets.NewText("").Muted().Wrap()
	b.which = widgets.NewSelect(nil, b.billAs)
	b.which.SetLabel(w.T("invoices.to.which"))
	b.badge = widgets.NewBadge(widgets.Neutral, "")
	b.anew = widgets.NewButton(w.T("invoices.to.renew"), b.renew).Small()
	label := widgets.NewText(w.T("invoices.to")).Sized(widgets.SizeCaption).Bold().Muted()
	b.agreed = widgets.Column(2)
	b.summary = widgets.Column(5, label, widgets.Row(10,
		widgets.Grow(widgets.Column(1, widgets.Row(8, widgets.Grow(widgets.Stack(b.name, b.which)), b.badge), b.address)),
		b.anew, widgets.NewButton(w.T("invoices.to.edit"), b.edit).Small(), widgets.NewButton(w.T("invoices.to.change"), b.forget).Small()), b.agreed)
	b.makeForm()
	b.box = widgets.Column(0, b.finder, b.summary, b.fields)
	return b
}

// buyerFields are the fields of the form with what they change.
var buyerFields = []struct {
	key, label string
	at         func(*invoice.Party) *string
}{
	{"Buyer.Name", "invoices.to.name", func(p *invoice.Party) *string { return &p.Name }},
	{"Buyer.Contact", "invoices.to.contact", func(p *invoice.Party) *string { return &p.Contact }},
	{"Buyer.Address.Street", "invoices.to.street", func(p *invoice.Party) *string { return &p.Address.Street }},
	{"Buyer.Address.Street2", "invoices.to.street2", func(p *invoice.Party) *string { return &p.Address.Street2 }},
	{"Buyer.Address.Postcode", "invoices.to.postcode", func(p *invoice.Party) *string { return &p.Address.Postcode }},
	{"Buyer.Address.City", "invoices.to.city", func(p *invoice.Party) *string { return &p.Address.City }},
	{"Buyer.VATID", "invoices.to.vat", func(p *invoice.Party) *string { return &p.VATID }},
}

func (b *billTo) makeForm() {
	var all []*widgets.Field
	for _, f := range buyerFields {
		e := widgets.NewEntry()
		e.OnChanged = func(text string) {
			*f.at(&b.party) = text
			if !b.filling {
				b.changed()
			}
		}
		b.entries[f.key] = e
		all = append(all, widgets.NewField(f.key, b.w.T(f.label), e))
	}
	vat := b.entries["Buyer.VATID"]
	vat.OnLeave = func() { b.form.SetProblem("Buyer.VATID", b.vatProblem(vat.Text)) }
	b.codes = words.Countries()
	slices.SortFunc(b.codes, func(x, y string) int { return strings.Compare(b.w.Country(x), b.w.Country(y)) })
	b.country = widgets.NewSelect(b.countryNames(), func(i int) {
		b.party.Address.Country = b.codes[i]
		b.form.SetProblem("Buyer.Address.Country", "")
		b.changed()
	})
	last := len(all) - 1
	all = slices.Insert(all, last, widgets.NewField("Buyer.Address.Country", b.w.T("invoices.to.country"), b.country))
	b.form = widgets.NewForm(2, all...)
	b.form.OnSubmit = b.close
	b.note = widgets.Caption(b.w.T("invoices.to.note.once")).Wrap()
	b.done = widgets.NewButton(b.w.T("common.done"), b.close)
	label := widgets.NewText(b.w.T("invoices.to")).Sized(widgets.SizeCaption).Bold().Muted()
	b.fields = widgets.Column(10, label, b.form, widgets.Row(10, widgets.Grow(b.note),
		widgets.QuietButton(b.w.T("invoices.to.change"), b.forget), b.done))
}

func (b *billTo) countryNames() []string {
	names := make([]string, len(b.codes))
	for i, c := range b.codes {
		names[i] = b.w.Country(c)
	}
	return names
}

// vatProblem says what is wrong with a VAT number.
func (b *billTo) vatProblem(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	_, err := ident.VAT(text)
	return b.w.CheckDigits("Buyer.VATID", "vat", err)
}

// set shows a recipient, or that there is none yet.
func (b *billTo) set(id store.CustomerID, p invoice.Party, chosen bool, search string) {
	b.customer, b.party, b.chosen, b.editing = id, p, chosen, false
	b.search.SetText(search)
	b.suggest.close(b.search)
	b.show()
}

// matching are the customers that match a text, and what else it may be.
func (b *billTo) matching(text string) []suggestion {
	text = strings.TrimSpace(text)
	if text == "" || b.customers == nil {
		return nil
	}
	var out []suggestion
	found, err := b.customers.Find(text, store.ByName, false)
	if err == nil {
		for i := range min(found.Len(), mostSuggestions-1) {
			c, err := b.customers.Get(found.At(i).ID)
			if err != nil {
				continue
			}
			for _, p := range namedFirst(recipients(b.collected.Visible(c)), text) {
				out = append(out, suggestion{title: p.Name, sub: join(", ", p.Contact, p.Address.City), right: c.Number, pick: func() { b.found(c, p, text) }})
			}
		}
	}
	out = out[:min(len(out), mostSuggestions-1)]
	return append(out, suggestion{title: b.w.T("invoices.to.once", words.Data{"Name": text}), pick: func() { b.once(text) }})
}

// found is choose of a customer whom a text found, once it is known to be them. That
// use of a field could not be counted is no reason to stop.
func (b *billTo) found(c store.Customer, p invoice.Party, text string) {
	b.identify(c.ID, func() {
		_ = b.customers.FoundBy(c.ID, store.CustomerQuery{Text: text})
		b.choose(c, p)
	})
}

// choose makes the invoice one for a customer, in one of their ways.
func (b *billTo) choose(c store.Customer, p invoice.Party) {
	b.set(c.ID, p, true, "")
	b.took(c)
	b.changed()
	b.next()
}

// once makes the invoice one for somebody who is not kept.
func (b *billTo) once(name string) {
	b.set(store.CustomerID{}, b.stranger(name), true, "")
	b.edit()
	b.changed()
	if name != "" {
		widgets.Focus(b.entries["Buyer.Address.Street"])
	}
}

// keep makes a one-off recipient of a name that was typed and not chosen, so
// that it is not lost.
func (b *billTo) keep() {
	if name := strings.TrimSpace(b.search.Text); !b.chosen && name != "" {
		b.set(store.CustomerID{}, b.stranger(name), true, "")
		b.changed()
	}
}

// stranger is somebody of that name in the shop's country.
func (b *billTo) stranger(name string) invoice.Party {
	return invoice.Party{Name: name, Address: invoice.Address{Country: b.shop.Legal.Address.Country}}
}

// forget lets another recipient be chosen.
func (b *billTo) forget() {
	b.set(store.CustomerID{}, invoice.Party{}, false, "")
	b.changed()
	b.focus()
}

// edit opens the form of a one-off recipient.
func (b *billTo) edit() {
	if !b.customer.IsZero() {
		b.stored()
		return
	}
	b.editing = true
	b.fill()
	b.show()
	b.form.FocusFirst()
}

// fill puts the recipient into the form.
func (b *billTo) fill() {
	b.filling = true
	p := b.party
	for _, f := range buyerFields {
		b.entries[f.key].SetText(*f.at(&p))
	}
	b.filling = false
	if code := b.party.Address.Country; code != "" && !slices.Contains(b.codes, code) {
		b.codes = append(b.codes, code)
		b.country.SetOptions(b.countryNames())
	}
	b.country.SetIndex(slices.Index(b.codes, b.party.Address.Country))
}

// close shows the recipient in short again, unless there is none.
func (b *billTo) close() {
	if strings.TrimSpace(b.party.Name) == "" {
		b.form.SetProblem("Buyer.Name", b.w.Problem(invoice.Problem{Field: "Buyer.Name", Rule: "BR-07"}))
		b.form.FocusProblem()
		b.relayout()
		return
	}
	b.editing = false
	b.show()
	b.next()
}

// show shows what the state asks for.
func (b *billTo) show() {
	b.showWays()
	b.showAgreed()
	b.finder.Hidden = b.chosen
	b.summary.Hidden = !b.chosen || b.editing
	b.fields.Hidden = !b.chosen || !b.editing
	b.name.SetText(b.party.Name)
	b.address.SetText(b.line())
	tone, state := widgets.Neutral, ""
	if b.customer.IsZero() {
		state = b.w.T("invoices.to.isOnce")
	} else if b.differs() {
		tone, state = widgets.Info, b.w.T("invoices.to.differs")
	}
	b.badge.Set(tone, state)
	b.badge.Hidden = state == ""
	b.anew.Hidden = !b.differs() || len(b.ways) > 1 // of several one is chosen
	b.relayout()
}

// line is the recipient's address in one line.
func (b *billTo) line() string {
	a := b.party.Address
	country := ""
	if a.Country != b.shop.Legal.Address.Country {
		country = b.w.Country(a.Country)
	}
	all := join(" · ", b.party.Contact, join(", ", a.Street, a.Street2, join(" ", a.Postcode, a.City), country), ident.FormatVAT(b.party.VATID))
	if all == "" {
		return b.w.T("invoices.to.noAddress")
	}
	return all
}

func join(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), between)
}

// problem says what is wrong with the recipient and reports whether there is a
// place for it; what is wrong in the form opens it.
func (b *billTo) problem(field, text string) bool {
	if !strings.HasPrefix(field, "Buyer.") {
		return false
	}
	if !b.chosen {
		if field == "Buyer.Name" {
			b.unfound(text)
		}
		return true
	}
	if b.form.Field(field) == nil || !b.customer.IsZero() {
		return false
	}
	if text != "" && !b.editing {
		b.editing = true
		b.fill()
		b.show()
	}
	return b.form.SetProblem(field, text)
}

// unfound says that there is no recipient, "" that there may be one.
func (b *billTo) unfound(text string) {
	if b.finder.Problem() != text {
		b.finder.SetProblem(text)
		b.search.SetWrong(text != "")
		b.relayout()
	}
}

// clear takes all problems away.
func (b *billTo) clear() {
	b.unfound("")
	b.form.ClearProblems()
}

// focusOn goes to a field of the recipient.
func (b *billTo) focusOn(field string) {
	switch f := b.form.Field(field); {
	case f == nil || !b.chosen:
		b.focus()
	case b.editing:
		f.Focus()
	case !b.customer.IsZero():
		b.stored()
	default:
		b.focus()
	}
}

// focus goes to where a recipient is chosen.
func (b *billTo) focus() {
	switch {
	case b.chosen:
		b.next()
	case b.customers == nil:
		widgets.Focus(b.oneOff)
	default:
		widgets.Focus(b.search)
	}
}
