// The parts of the form: who it is comes first, and what few customers need comes
// when somebody asks for it, when it is there, or when the shop requires it.

package customers

import (
	"slices"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
)

// formParts are the fields of the form in parts, of which some are folded away.
type formParts struct {
	f *form

	who, company, address, language *widgets.Form

	isCompany   *widgets.Check
	invoiceOnly *widgets.Check
	addAddress  *widgets.Button
	addLanguage *widgets.Button
	adds        *fyne.Container // the buttons
	box         *fyne.Container
}

// field makes a field of the form, with its purpose as help. own is said where the
// shop wrote none.
func (f *form) field(key, label string, control fyne.CanvasObject, own string) *widgets.Field {
	of := key
	if len(key) > 8 && key[:8] == "Address." {
		of = "Address"
	}
	x := widgets.NewField(key, label, control)
	if p := f.d.fields.Rule(of).Purpose; p != "" && (of == key || key == "Address.Street") {
		own = p
	}
	if own != "" {
		x.Hint(own)
	}
	return x
}

// needsContact reports whether the shop wants a way to reach every customer.
func needsContact(f store.Fields) bool {
	return slices.ContainsFunc([]string{"Phone", "Email", "Phone2"}, func(name string) bool {
		use := f.Rule(name).Use
		return use == store.Required || use == store.OneContact
	})
}

func newFormParts(f *form) *formParts {
	w, fields := f.d.e.Words, f.d.fields
	p := &formParts{f: f}
	entry := func(key, label, own string) *widgets.Field { return f.field(key, w.T(label), f.entries[key], own) }
	who := []*widgets.Field{entry("Name", "customers.name", "")}
	for _, t := range guardedFields {
		if fields.Shown(t.key) {
			who = append(who, f.field(t.key, w.T(t.label), f.guarded[t.key].row, ""))
		}
	}
	if fields.Shown("Birthday") {
		hint := "customers.birthdayHint"
		if fields.BirthYear {
			hint = "customers.birthdayYearHint"
		}
		who = append(who, entry(birthdayKey, "customers.birthday", w.T(hint)))
	}
	p.who = widgets.NewForm(2, who...)
	last := f.entries["Name"] // after it nothing more is needed
	for _, t := range guardedFields {
		if fields.Shown(t.key) {
			last = f.guarded[t.key].entry
		}
	}
	if fields.Shown("Birthday") {
		last = f.entries[birthdayKey]
	}
	last.OnSubmitted = func(string) { f.confirm() }

	var company []*widgets.Field
	if fields.Shown("Company") {
		company = append(company, entry("Company", "customers.company", ""))
	}
	if fields.Shown("VATID") {
		company = append(company, entry("VATID", "customers.vatID", w.T("customers.vatHint")))
	}
	p.company = widgets.NewForm(2, company...)
	p.isCompany = widgets.NewCheck(w.T("customers.isCompany"), func(on bool) {
		p.arrange()
		if on {
			p.company.FocusFirst()
		}
	})
	p.isCompany.Hidden = len(company) == 0 && !fields.Shown("Others")
	p.invoiceOnly = widgets.NewCheck(w.T("customers.invoiceOnly"), func(bool) { f.contactProblems() })
	p.invoiceOnly.Hidden = !needsContact(fields)

	address := []*widgets.Field{entry("Address.Street", "customers.street", ""), entry("Address.Postcode", "customers.postcode", ""),
		entry("Address.City", "customers.city", ""), f.field("Address.Country", w.T("customers.country"), f.country, "")}
	if f.was.Address.Street2 != "" { // from a file; nobody is asked for it
		address = append(address, entry("Address.Street2", "customers.street2", ""))
	}
	if f.was.Address.Region != "" {
		address = append(address, entry("Address.Region", "customers.region", ""))
	}
	p.address = widgets.NewForm(2, address...)
	p.address.Hide()
	p.addAddress = widgets.NewButton(w.T("customers.addAddress"), func() {
		p.open(p.address, p.addAddress)
		p.address.FocusFirst()
	}).Small()
	p.addAddress.Hidden = !fields.Shown("Address")
	p.language = widgets.NewForm(2, f.field("Language", w.T("customers.language"), f.language, w.T("customers.languageHint")))
	p.language.Hide()
	p.addLanguage = widgets.NewButton(w.T("customers.addLanguage"), func() {
		p.open(p.language, p.addLanguage)
		p.language.FocusFirst()
	}).Small()
	p.addLanguage.Hidden = !fields.Shown("Language")
	p.adds = widgets.Row(8, p.addAddress, p.addLanguage, widgets.Spacer())
	f.others = newCompanies(f)
	p.box = widgets.Column(14, p.who, p.invoiceOnly, p.isCompany, p.company, f.others.box, p.address, p.language, p.adds)
	return p
}

// open unfolds a part.
func (p *formParts) open(part *widgets.Form, add *widgets.Button) {
	part.Show()
	add.Hide()
	p.arrange()
}

// show unfolds what a customer has and what the shop requires.
func (p *formParts) show(c store.Customer) {
	fields := p.f.d.fields
	required := func(name string) bool { return fields.Rule(name).Use == store.Required }
	company := fields.Shown("Company") && c.Company != "" || fields.Shown("VATID") && c.VATID != ""
	must := required("Company") || required("VATID")
	p.isCompany.SetTicked(p.isCompany.Ticked() || company || must || len(c.Others) > 0 && fields.Shown("Others"))
	p.isCompany.Hidden = p.isCompany.Hidden || must
	p.invoiceOnly.SetTicked(c.InvoiceOnly)
	p.invoiceOnly.Hidden = p.invoiceOnly.Hidden && !c.InvoiceOnly
	if fields.Shown("Address") && (c.HasAddress() || required("Address")) {
		p.open(p.address, p.addAddress)
	}
	if fields.Shown("Language") && c.Language != "" {
		p.open(p.language, p.addLanguage)
	}
	p.arrange()
}

// arrange lays the form out as it is unfolded now.
func (p *formParts) arrange() {
	p.company.Hidden = !p.isCompany.Ticked()
	p.f.others.box.Hidden = !p.f.d.fields.Shown("Others") || !p.isCompany.Ticked()
	p.adds.Hidden = p.addAddress.Hidden && p.addLanguage.Hidden
	p.box.Refresh()
	if p.f.dialog != nil {
		p.f.dialog.Refresh()
	}
}

// forms are all parts in the order in which they stand.
func (p *formParts) forms() []*widgets.Form {
	return []*widgets.Form{p.who, p.company, p.address, p.language}
}

// Field is the field of a key, nil for none.
func (p *formParts) Field(key string) *widgets.Field {
	for _, part := range p.forms() {
		if x := part.Field(key); x != nil {
			return x
		}
	}
	return nil
}

// SetProblem says what is wrong with a field, and unfolds the part it is in.
func (p *formParts) SetProblem(key, text string) bool {
	for _, part := range p.forms() {
		if !part.SetProblem(key, text) {
			continue
		}
		switch {
		case text == "":
		case part == p.company && !p.isCompany.Ticked():
			p.isCompany.SetTicked(true)
			p.arrange()
		case part == p.address && part.Hidden:
			p.open(part, p.addAddress)
		case part == p.language && part.Hidden:
			p.open(part, p.addLanguage)
		}
		return true
	}
	return false
}

// ClearProblems takes all problems away.
func (p *formParts) ClearProblems() {
	for _, part := range p.forms() {
		part.ClearProblems()
	}
}

// FocusProblem goes to the first field with a problem, if there is one.
func (p *formParts) FocusProblem() bool {
	return slices.ContainsFunc(p.forms(), func(part *widgets.Form) bool { return part.FocusProblem() })
}

// FocusFirst goes to the name.
func (p *formParts) FocusFirst() { p.who.FocusFirst() }
