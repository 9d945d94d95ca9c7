// The further companies in the form of a customer: each is a block of fields
// that can be added, changed and removed.

package customers

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// mostCompanies is how many further companies the form offers to add; the store
// takes no more.
const mostCompanies = 20

type companies struct {
	f      *form
	blocks []*companyBlock
	list   *fyne.Container
	add    *widgets.Button
	box    *fyne.Container
}

// companyBlock is one company, with its number in the title.
type companyBlock struct {
	was     store.Company // as it was put; what no field shows is kept
	entries map[string]*widgets.Entry
	country *widgets.Select
	title   *widgets.Text
	remove  *widgets.Button
	fields  *widgets.Form
	box     *fyne.Container
}

// companyFields are the entries of a block, by the name of the field in problems.
var companyFields = []struct {
	key, label string
	of         func(*store.Company) *string
}{
	{"Name", "customers.company.name", func(c *store.Company) *string { return &c.Name }},
	{"VATID", "customers.vatID", func(c *store.Company) *string { return &c.VATID }},
	{"Address.Street", "customers.street", func(c *store.Company) *string { return &c.Address.Street }},
	{"Address.Postcode", "customers.postcode", func(c *store.Company) *string { return &c.Address.Postcode }},
	{"Address.City", "customers.city", func(c *store.Company) *string { return &c.Address.City }},
}

const companyCountry = "Address.Country"

func newCompanies(f *form) *companies {
	c := &companies{f: f, list: widgets.Column(0)}
	c.add = widgets.NewButton(f.d.e.Words.T("customers.company.add"), func() {
		widgets.Focus(c.append(store.Company{}).entries["Name"])
	}).Small()
	hint := widgets.Caption(f.d.e.Words.T("customers.company.hint")).Wrap()
	c.box = widgets.Padded(2, 0, 2, 0, widgets.Column(0, c.list, widgets.Row(12, c.add, widgets.Grow(hint))))
	return c
}

// put shows companies in place of those that are there.
func (c *companies) put(list []store.Company) {
	c.blocks = nil
	c.list.RemoveAll()
	for _, o := range list {
		c.append(o)
	}
	c.arrange()
}

func (c *companies) append(o store.Company) *companyBlock {
	w := c.f.d.e.Words
	b := &companyBlock{was: o, entries: map[string]*widgets.Entry{}, title: widgets.NewText("").Sized(widgets.SizeCaption).Bold()}
	var fields []*widgets.Field
	for _, t := range companyFields {
		e := widgets.NewEntry()
		e.SetText(*t.of(&o))
		if strings.HasPrefix(t.key, "Address.") {
			e.OnChanged = func(text string) { b.proposeCountry(c.f, text) }
		}
		b.entries[t.key] = e
		fields = append(fields, widgets.NewField(t.key, w.T(t.label), e))
	}
	b.country = widgets.NewSelect(c.f.countryNames(), nil)
	b.country.SetIndex(slices.Index(c.f.countries, o.Address.Country))
	b.fields = widgets.NewForm(2, append(fields, widgets.NewField(companyCountry, w.T("customers.country"), b.country))...)
	b.remove = widgets.QuietButton("", func() { c.take(b) }).Small()
	b.box = widgets.Padded(0, 0, 14, 0, widgets.Column(10, widgets.Line(), widgets.Row(8, widgets.Grow(b.title), b.remove), b.fields))
	c.blocks = append(c.blocks, b)
	c.list.Add(b.box)
	c.arrange()
	return b
}

// proposeCountry chooses the customer's country, or the shop's, as soon as an
// address is typed.
func (b *companyBlock) proposeCountry(f *form, text string) {
	if text == "" || b.country.Index() > 0 {
		return
	}
	i := f.country.Index()
	if i <= 0 {
		i = slices.Index(f.countries, f.d.shop.Legal.Address.Country)
	}
	b.country.SetIndex(i)
}

// take removes a company. The focus goes to the next one's button, or to the one
// that adds.
func (c *companies) take(b *companyBlock) {
	i := slices.Index(c.blocks, b)
	c.blocks = slices.Delete(c.blocks, i, i+1)
	c.list.Remove(b.box)
	c.arrange()
	if i < len(c.blocks) {
		widgets.Focus(c.blocks[i].remove)
		return
	}
	widgets.Focus(c.add)
}

// arrange numbers the companies and lays the form out anew.
func (c *companies) arrange() {
	for i, b := range c.blocks {
		b.title.SetText(c.f.d.e.Words.T("customers.company.title", words.Data{"N": i + 1}))
		b.remove.SetText(c.f.d.e.Words.T("customers.company.remove", words.Data{"N": i + 1}))
	}
	c.add.SetEnabled(len(c.blocks) < mostCompanies)
	c.box.Refresh()
	if c.f.dialog != nil {
		c.f.dialog.Refresh()
	}
}

// company is a block as it stands in the form. Without street, postcode and town
// it has no address of its own.
func (b *companyBlock) company(countries []string) store.Company {
	o := b.was
	for _, t := range companyFields {
		*t.of(&o) = b.entries[t.key].Text
	}
	if i := b.country.Index(); i >= 0 {
		o.Address.Country = countries[i]
	}
	if a := o.Address; strings.TrimSpace(a.Street+a.Street2+a.Postcode+a.City+a.Region) == "" {
		o.Address = invoice.Address{}
	}
	return o
}

// value is the companies as they stand in the form.
func (c *companies) value() []store.Company {
	var out []store.Company
	for _, b := range c.blocks {
		out = append(out, b.company(c.f.countries))
	}
	return out
}

// problem says what is wrong with a field of a company, "Others[1].VATID", and
// reports whether there is such a field.
func (c *companies) problem(field, text string) bool {
	rest, ok := strings.CutPrefix(field, "Others[")
	n, key, closed := strings.Cut(rest, "].")
	i, err := strconv.Atoi(n)
	return ok && closed && err == nil && i < len(c.blocks) && c.blocks[i].fields.SetProblem(key, text)
}

func (c *companies) clearProblems() {
	for _, b := range c.blocks {
		b.fields.ClearProblems()
	}
}

// focusProblem goes to the first field of a company with a problem.
func (c *companies) focusProblem() {
	for _, b := range c.blocks {
		if b.fields.FocusProblem() {
			return
		}
	}
}
