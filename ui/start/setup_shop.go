package start

// The first step: whose shop it is and where.

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/ui/shopform"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

type shopStep struct {
	s       *setUp
	codes   []string // of the countries, by name
	country *widgets.Select
	fields  *widgets.Form
	kind    *widgets.Select // of shop
	logo    *shopform.Logo
	inside  fyne.CanvasObject

	name, street, postcode, city, vat, tax *widgets.Entry
}

func newShopStep(s *setUp) *shopStep {
	p := &shopStep{s: s, codes: words.Countries()}
	w := s.e.Words
	slices.SortFunc(p.codes, func(a, b string) int { return strings.Compare(w.Country(a), w.Country(b)) })
	names := make([]string, len(p.codes))
	for i, c := range p.codes {
		names[i] = w.Country(c)
	}
	p.name, p.street, p.postcode, p.city, p.vat, p.tax = s.entry(), s.entry(), s.entry(), s.entry(), s.entry(), s.entry()
	p.country = widgets.NewSelect(names, func(int) {
		p.fields.SetProblem("Legal.Address.Country", "")
		s.money.suggest(store.DefaultShop(p.countryCode()))
	}).With(w.T("start.setup.shop.choose"))
	p.vat.OnLeave = func() { p.checkVAT() }
	p.fields = widgets.NewForm(2,
		widgets.NewField("Name", w.T("start.setup.shop.name"), p.name).Hint(w.T("start.setup.shop.name.hint")).Wide(),
		widgets.NewField("Legal.Address.Street", w.T("start.setup.shop.street"), p.street).Wide(),
		widgets.NewField("Legal.Address.Postcode", w.T("start.setup.shop.postcode"), p.postcode),
		widgets.NewField("Legal.Address.City", w.T("start.setup.shop.city"), p.city),
		widgets.NewField("Legal.Address.Country", w.T("start.setup.shop.country"), p.country).Hint(w.T("start.setup.shop.country.hint")).Wide(),
		widgets.NewField("Legal.VATID", w.T("start.setup.shop.vat"), p.vat),
		widgets.NewField("Legal.TaxNumber", w.T("start.setup.shop.tax"), p.tax),
	)
	p.fields.OnSubmit = s.goOn
	p.logo = shopform.NewLogo(shopform.LogoEnv{Words: w, Canvas: s.e.Canvas, Files: s.e.Files, Run: s.e.Run})
	p.kind = widgets.NewSelect(shopform.KindNames(w), nil)
	p.kind.SetIndex(0)
	kind := widgets.NewForm(1, widgets.NewField("Kind", w.T("fields.kind"), p.kind).Hint(w.T("start.setup.shop.kind.hint")))
	p.inside = widgets.Column(14, widgets.Column(10, widgets.Panel(p.fields), widgets.Caption(w.T("start.setup.shop.numbers")).Wrap()),
		widgets.Panel(kind),
		widgets.Panel(widgets.Heading(w.T("start.setup.shop.logo")), p.logo.Content))
	return p
}

func (p *shopStep) id() string              { return "shop" }
func (p *shopStep) body() fyne.CanvasObject { return p.inside }
func (p *shopStep) form() *widgets.Form     { return p.fields }
func (p *shopStep) enter()                  { widgets.Focus(p.name) }
func (p *shopStep) forget()                 {}

// touched reports whether something was typed.
func (p *shopStep) touched() bool {
	return strings.TrimSpace(p.name.Text+p.street.Text+p.postcode.Text+p.city.Text+p.vat.Text+p.tax.Text) != "" || p.country.Index() >= 0
}

// countryCode is "" until a country was chosen.
func (p *shopStep) countryCode() string {
	if i := p.country.Index(); i >= 0 {
		return p.codes[i]
	}
	return ""
}

func (p *shopStep) done() bool {
	w := p.s.e.Words
	p.fields.ClearProblems()
	for key, e := range map[string]*widgets.Entry{"Name": p.name, "Legal.Address.Street": p.street, "Legal.Address.City": p.city} {
		if strings.TrimSpace(e.Text) == "" {
			p.fields.SetProblem(key, w.Problem(invoice.Problem{Field: key, Rule: "missing"}))
		}
	}
	for key, e := range map[string]*widgets.Entry{"Name": p.name, "Legal.Address.Street": p.street,
		"Legal.Address.Postcode": p.postcode, "Legal.Address.City": p.city, "Legal.TaxNumber": p.tax} {
		if err := paper.CheckText(key, e.Text); err != nil { // it could not be printed on invoices
			p.fields.SetProblem(key, w.Error(err))
		}
	}
	if p.countryCode() == "" {
		p.fields.SetProblem("Legal.Address.Country", w.Problem(invoice.Problem{Field: "Legal.Address.Country", Rule: "missing"}))
	}
	p.checkVAT()
	return !p.fields.FocusProblem()
}

// checkVAT says what is wrong with the VAT number, and writes a good one as its
// country does. The country before the number may be left out.
func (p *shopStep) checkVAT() {
	v := strings.TrimSpace(p.vat.Text)
	if v == "" {
		return
	}
	normal, err := ident.VAT(v)
	if err != nil {
		if n, ok := ident.VAT(vatPrefix(p.countryCode()) + v); ok == nil {
			normal, err = n, nil
		}
	}
	if err != nil {
		p.fields.SetProblem("Legal.VATID", p.s.e.Words.Problem(numberProblem("Legal.VATID", "vat", err)))
		return
	}
	if f := ident.FormatVAT(normal); f != p.vat.Text {
		put(p.vat, f)
	}
}

// vatPrefix is what VAT numbers of a country start with.
func vatPrefix(country string) string {
	switch country {
	case "GR":
		return "EL"
	case "CH":
		return "CHE"
	}
	return country
}

// numberProblem is the problem of a number with check digits.
func numberProblem(field, rule string, err error) invoice.Problem {
	reason := "format"
	switch {
	case errors.Is(err, ident.ErrCountry):
		reason = "country"
	case errors.Is(err, ident.ErrLength):
		reason = "length"
	case errors.Is(err, ident.ErrChecksum):
		reason = "checksum"
	}
	return invoice.Problem{Field: field, Rule: rule, Args: []string{reason}}
}

// collects is what the kind of shop that was chosen usually collects; nothing where
// none was.
func (p *shopStep) collects() []store.Fields {
	if i := p.kind.Index(); i > 0 {
		return []store.Fields{shopform.Preset(p.s.e.Words, store.ShopKinds()[i-1])}
	}
	return nil
}

func (p *shopStep) fill(sh *store.Shop) {
	sh.Name, sh.Logo = strings.TrimSpace(p.name.Text), p.logo.Data()
	sh.Legal = invoice.Party{Name: sh.Name, VATID: p.vat.Text, TaxNumber: p.tax.Text,
		Address: invoice.Address{Street: p.street.Text, Postcode: p.postcode.Text, City: p.city.Text, Country: p.countryCode()}}
}
