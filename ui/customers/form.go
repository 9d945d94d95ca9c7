// The form to add or change a customer.

package customers

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

type form struct {
	d   *directory
	was store.Customer // as it was opened; its ID is zero for a new one

	entries   map[string]*widgets.Entry
	guarded   map[string]*guarded // phones and e-mail
	country   *widgets.Select
	countries []string // codes, as in the choice
	language  *widgets.Select
	languages []string
	others    *companies
	tags      *tagPicker
	near      *near // who is like a new customer
	neat      *neat // shows what was typed as it will be stored
	fields    *formParts
	conflict  *fyne.Container
	dialog    *widgets.Dialog
	review    *widgets.Dialog // of what would change; nil before it was asked for
}

// formField is a field of the form and what it is in a customer.
type formField struct {
	key string // as the store calls it in problems
	of  func(*store.Customer) *string
}

var formFields = []formField{
	{"Name", func(c *store.Customer) *string { return &c.Name }},
	{"Company", func(c *store.Customer) *string { return &c.Company }},
	{"Address.Street", func(c *store.Customer) *string { return &c.Address.Street }},
	{"Address.Street2", func(c *store.Customer) *string { return &c.Address.Street2 }},
	{"Address.Postcode", func(c *store.Customer) *string { return &c.Address.Postcode }},
	{"Address.City", func(c *store.Customer) *string { return &c.Address.City }},
	{"Address.Region", func(c *store.Customer) *string { return &c.Address.Region }},
	{"VATID", func(c *store.Customer) *string { return &c.VATID }},
}

// guardedFields are those that are masked.
var guardedFields = []struct {
	formField
	label string
	mask  func(string) string
}{
	{formField{"Phone", func(c *store.Customer) *string { return &c.Phone }}, "customers.phone", store.MaskPhone},
	{formField{"Email", func(c *store.Customer) *string { return &c.Email }}, "customers.email", store.MaskEmail},
	{formField{"Phone2", func(c *store.Customer) *string { return &c.Phone2 }}, "customers.phone2", store.MaskPhone},
}

// openForm shows the form of was, with what typed has in it.
func (d *directory) openForm(was, typed store.Customer) {
	f := &form{d: d, was: was, entries: map[string]*widgets.Entry{}, guarded: map[string]*guarded{}, conflict: widgets.Column(0)}
	f.build()
	f.put(typed)
	f.fields.show(typed)
	f.neat.say(every)
	w := d.e.Words
	title, verb := w.T("customers.addTitle"), w.T("customers.add")
	if !was.ID.IsZero() {
		title, verb = w.T("customers.editTitle", words.Data{"Name": was.Name}), w.T("customers.saveChanges")
	}
	f.dialog = &widgets.Dialog{Title: title, Content: widgets.Column(0, f.conflict, f.near.box, f.fields.box, f.tags.box), Width: 640,
		Confirm: verb, Cancel: w.T("common.cancel"),
		OnConfirm: func() bool { f.confirm(); return false },
		OnCancel:  func() { d.form = nil },
		OnLeave:   func(leave func()) { d.giveUp(f.changed(), leave) }}
	d.form = f
	f.dialog.ShowOn(d.e.Canvas)
	f.fields.FocusFirst()
	if was.ID.IsZero() {
		f.entries["Name"].TypedShortcut(&fyne.ShortcutSelectAll{}) // typing replaces what was searched for
	}
	f.near.look()
}

// giveUp asks before what was typed is given up.
func (d *directory) giveUp(typed bool, leave func()) {
	if !typed {
		leave()
		return
	}
	t := d.e.Words.T
	widgets.AskFirst(d.e.Canvas, t("giveUp.title"), t("giveUp.text"), t("giveUp.verb"), t("giveUp.stay"), leave)
}

func (f *form) build() {
	w := f.d.e.Words
	for _, t := range formFields {
		f.entries[t.key] = widgets.NewEntry()
	}
	f.entries[birthdayKey] = widgets.NewEntry()
	f.entries[birthdayKey].OnLeave = f.tidyBirthday
	for _, t := range guardedFields {
		f.guarded[t.key] = newGuarded(f, t.key, w.T(t.label))
	}
	f.entries["VATID"].OnSubmitted = func(string) { f.confirm() }
	f.neat = newNeat(f)
	f.buildCountry()
	f.buildLanguage()
	f.fields = newFormParts(f)
	f.tags = newTagPicker(f.d, func() { f.dialog.Refresh() })
	f.tags.box.Hidden = f.tags.box.Hidden || !f.d.fields.Shown("Tags")
	f.near = newNear(f)
	for _, key := range []string{"Name", "VATID"} {
		f.follow(f.entries[key])
	}
	for _, g := range f.guarded {
		f.follow(g.entry)
	}
	f.neat.follow()
}

// follow looks who is like the customer when something is typed.
func (f *form) follow(e *widgets.Entry) {
	before := e.OnChanged
	e.OnChanged = func(s string) {
		if before != nil {
			before(s)
		}
		f.near.typed()
	}
}

// checkVAT says what is wrong with the VAT number.
func (f *form) checkVAT() {
	if v := f.entries["VATID"].Text; strings.TrimSpace(v) != "" {
		_, err := ident.VAT(v)
		f.fields.SetProblem("VATID", f.d.e.Words.CheckDigits("VATID", "vat", err))
		f.dialog.Refresh()
	}
}

func (f *form) buildCountry() {
	w := f.d.e.Words
	codes, used := words.Countries(), []string{f.was.Address.Country}
	for _, o := range f.was.Others {
		used = append(used, o.Address.Country)
	}
	for _, c := range used {
		if c != "" && !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	slices.SortFunc(codes, func(a, b string) int { return strings.Compare(w.Country(a), w.Country(b)) })
	f.countries = append([]string{""}, codes...)
	f.country = widgets.NewSelect(f.countryNames(), func(int) {
		f.fields.SetProblem("Address.Country", "")
		f.neat.moved()
	})
}

// countryNames are the names of the countries that can be chosen.
func (f *form) countryNames() []string {
	w := f.d.e.Words
	names := []string{w.T("customers.notGiven")}
	for _, c := range f.countries[1:] {
		names = append(names, w.Country(c))
	}
	return names
}

func (f *form) buildLanguage() {
	w := f.d.e.Words
	f.languages = append([]string{""}, words.DocumentLanguages()...)
	if l := f.was.Language; l != "" && !slices.Contains(f.languages, l) {
		f.languages = append(f.languages, l)
	}
	var names []string
	for _, l := range f.languages {
		if l == "" {
			names = append(names, w.T("customers.languageShop", words.Data{"Language": languageName(w, f.d.shop.Language)}))
			continue
		}
		names = append(names, languageName(w, l))
	}
	f.language = widgets.NewSelect(names, func(int) { f.fields.SetProblem("Language", "") })
}

// put fills the form.
func (f *form) put(c store.Customer) {
	f.neat.reset()
	for _, t := range formFields {
		f.entries[t.key].SetText(*t.of(&c))
	}
	was := f.was
	for _, t := range guardedFields {
		f.guarded[t.key].put(*t.of(&c), *t.of(&was), t.mask(*t.of(&was)))
	}
	f.country.SetIndex(slices.Index(f.countries, c.Address.Country))
	f.language.SetIndex(max(0, slices.Index(f.languages, c.Language)))
	f.tags.put(c.Tags)
	f.near.not = c.NotSame
	f.entries[birthdayKey].SetText(birthdayText(c.Birthday))
	f.fields.invoiceOnly.SetTicked(c.InvoiceOnly)
	f.others.put(c.Others)
}

// typed is the customer as it stands in the form. Who is no company any more has
// nothing of one.
func (f *form) typed() store.Customer {
	c := f.written()
	if !f.fields.isCompany.Ticked() {
		c.Company, c.VATID, c.Others = "", "", nil
	}
	return f.d.fields.Keep(f.was, c)
}

// written is everything that stands in the form, seen or not; what the form has no
// field for is as it was.
func (f *form) written() store.Customer {
	c := f.was
	for _, t := range formFields {
		*t.of(&c) = f.entries[t.key].Text
	}
	for _, t := range guardedFields {
		*t.of(&c) = f.guarded[t.key].value()
	}
	if i := f.country.Index(); i >= 0 {
		c.Address.Country = f.countries[i]
	}
	if i := f.language.Index(); i >= 0 {
		c.Language = f.languages[i]
	}
	c.Others, c.NotSame, c.Tags = f.others.value(), f.near.not, f.tags.value()
	c.InvoiceOnly = f.fields.invoiceOnly.Ticked()
	if b, ok := f.birthday(); ok {
		c.Birthday = b
	}
	return c
}

// changed reports whether anything was typed or chosen.
func (f *form) changed() bool {
	typed := f.typed()
	_, read := f.birthday()
	return len(f.different(f.was, typed)) > 0 || !slices.Equal(f.was.Others, typed.Others) || !slices.Equal(f.was.Tags, typed.Tags) ||
		typed.Birthday != f.was.Birthday || typed.InvoiceOnly != f.was.InvoiceOnly || !read
}

// all lists every field and what it is in a customer.
func all() []formField {
	list := append(slices.Clone(formFields), formField{"Address.Country", func(c *store.Customer) *string { return &c.Address.Country }},
		formField{"Language", func(c *store.Customer) *string { return &c.Language }})
	for _, t := range guardedFields {
		list = append(list, t.formField)
	}
	return list
}

// different lists the fields in which two customers differ.
func (f *form) different(a, b store.Customer) []formField {
	return slices.DeleteFunc(all(), func(t formField) bool { return *t.of(&a) == *t.of(&b) })
}

// confirm saves the form and closes it; what is wrong is said in it. What changes of
// a customer who is in the book is looked at first; what looks mistyped of a new one,
// once, where nobody could see it yet.
func (f *form) confirm() {
	if !f.readBirthday() {
		return
	}
	f.neat.leave()
	c := f.typed()
	if f.was.ID.IsZero() {
		if !f.neat.hold() {
			f.save(c)
		}
		return
	}
	r, err := f.d.book.Review(c)
	switch {
	case f.review != nil && f.review.Open(): // what changes is being looked at
		f.review.OnConfirm()
	case err != nil:
		f.fail(err)
	case len(r.Fields) == 0:
		f.save(c)
	default:
		f.ask(c, r)
	}
}

func (f *form) save(c store.Customer) {
	c, err := f.d.book.Save(c)
	if err != nil {
		f.fail(err)
		return
	}
	d, w := f.d, f.d.e.Words
	f.dialog.Close()
	d.form = nil
	if f.was.ID.IsZero() {
		d.search.SetText("")
		d.e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T("customers.added", words.Data{"Name": c.Name, "Number": c.Number})})
		d.reopen(c)
		return
	}
	d.said(c)
	d.reopen(c)
	d.detail.focus()
}

func (f *form) fail(err error) {
	w := f.d.e.Words
	f.fields.ClearProblems()
	f.others.clearProblems()
	f.dialog.SetProblem("")
	for _, g := range f.guarded {
		g.wrong("")
	}
	var problems invoice.Problems
	var like *store.NearError
	switch {
	case errors.As(err, &problems):
		for _, p := range problems {
			if g := f.guarded[p.Field]; g != nil {
				g.wrong(w.Problem(p))
			} else if !f.fields.SetProblem(p.Field, w.Problem(p)) && !f.others.problem(p.Field, w.Problem(p)) {
				f.dialog.SetProblem(w.Problem(p))
			}
		}
		f.dialog.Refresh()
		if !f.fields.FocusProblem() {
			f.others.focusProblem()
		}
	case errors.As(err, &like):
		f.dialog.Tell(widgets.Look, w.Error(err))
		f.near.refused(like.Near)
	case errors.Is(err, store.ErrChanged):
		f.offerOther()
	default:
		f.d.e.Refused(f.dialog, err)
	}
}

// offerOther is said when somebody else saved the customer meanwhile: what was
// typed stays, and may be given up for theirs, or put over it.
func (f *form) offerOther() {
	other, err := f.d.book.Get(f.was.ID)
	if err != nil {
		f.d.e.Refused(f.dialog, err)
		return
	}
	w := f.d.e.Words
	take := func(c store.Customer) {
		f.was = other
		f.conflict.RemoveAll()
		f.put(c)
		f.fields.show(c)
		f.dialog.Refresh()
		f.fields.FocusFirst()
	}
	theirs := widgets.QuietButton(w.T("customers.takeTheirs"), func() { take(other) })
	mine := widgets.QuietButton(w.T("customers.keepMine"), func() { take(f.over(other)) })
	f.conflict.Objects = []fyne.CanvasObject{widgets.Padded(0, 0, 14, 0, widgets.Column(6,
		widgets.Banner(widgets.Look, w.T("customers.conflict"), w.T("customers.conflictText")), widgets.Row(8, theirs, mine)))}
	f.dialog.Refresh()
	widgets.Focus(theirs)
}

// over is another version of the customer with what was changed here put over
// it.
func (f *form) over(other store.Customer) store.Customer {
	typed := f.typed()
	for _, t := range f.different(f.was, typed) {
		*t.of(&other) = *t.of(&typed)
	}
	if !slices.Equal(f.was.Others, typed.Others) {
		other.Others = typed.Others
	}
	if !slices.Equal(f.was.Tags, typed.Tags) {
		other.Tags = typed.Tags
	}
	if typed.Birthday != f.was.Birthday {
		other.Birthday = typed.Birthday
	}
	if typed.InvoiceOnly != f.was.InvoiceOnly {
		other.InvoiceOnly = typed.InvoiceOnly
	}
	return other
}
