package start

// The second step: currency, account, VAT and how invoices are numbered.

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// currencies are those of the countries that can be chosen.
var currencies = []string{"EUR", "GBP", "CHF", "CZK", "DKK", "HUF", "ISK", "NOK", "PLN", "RON", "RSD", "SEK", "TRY", "UAH", "USD", "CAD", "AUD"}

type moneyStep struct {
	s         *setUp
	languages []string
	suggested store.Shop // what the country proposed last
	fields    *widgets.Form
	inside    fyne.CanvasObject
	reasonOf0 *widgets.Field

	currency, language                             *widgets.Select
	iban, bic, rates, reason, days, pattern, first *widgets.Entry
}

func newMoneyStep(s *setUp) *moneyStep {
	p := &moneyStep{s: s, languages: words.DocumentLanguages()}
	w := s.e.Words
	names := make([]string, len(p.languages))
	for i, l := range p.languages {
		names[i] = w.T("start.language." + l)
	}
	p.currency = widgets.NewSelect(currencies, func(int) { p.fields.SetProblem("Currency", "") }).With(w.T("start.setup.money.choose"))
	p.language = widgets.NewSelect(names, nil)
	p.iban, p.bic, p.rates, p.reason, p.days, p.pattern, p.first = s.entry(), s.entry(), s.entry(), s.entry(), s.entry(), s.entry(), s.entry()
	p.iban.OnLeave = func() { p.checkIBAN() }
	p.bic.OnLeave = func() { p.checkBIC() }
	p.rates.OnChanged = func(string) { p.showRates() }
	p.pattern.OnChanged = func(string) { p.showNumber() }
	p.first.OnChanged = func(string) { p.showNumber() }
	p.reasonOf0 = widgets.NewField("Reason", w.T("start.setup.money.reason"), p.reason).Hint(w.T("start.setup.money.reason.hint")).Wide()
	p.fields = widgets.NewForm(2,
		widgets.NewField("Currency", w.T("start.setup.money.currency"), p.currency),
		widgets.NewField("Language", w.T("start.setup.money.language"), p.language),
		widgets.NewField("Bank.IBAN", w.T("start.setup.money.iban"), p.iban).Hint(w.T("start.setup.money.iban.hint")),
		widgets.NewField("Bank.BIC", w.T("start.setup.money.bic"), p.bic).Hint(w.T("start.setup.money.bic.hint")),
		widgets.NewField("Rates", w.T("start.setup.money.rates"), p.rates),
		widgets.NewField("PaymentDays", w.T("start.setup.money.days"), p.days).Hint(w.T("start.setup.money.days.hint")),
		p.reasonOf0,
		widgets.NewField("NumberPattern", w.T("start.setup.money.pattern"), p.pattern),
		widgets.NewField("NumberStart", w.T("start.setup.money.first"), p.first).Hint(w.T("start.setup.money.first.hint")),
	)
	p.fields.OnSubmit = s.goOn
	p.inside = widgets.Panel(p.fields)
	d := store.DefaultShop("")
	d.Currency, d.Rates = "", nil // not before there is a country
	p.days.SetText(strconv.Itoa(d.PaymentDays))
	p.pattern.SetText(d.NumberPattern)
	p.first.SetText(strconv.Itoa(d.NumberStart))
	p.language.SetIndex(max(0, slices.Index(p.languages, w.Language())))
	d.Language = p.documents()
	p.suggested = d
	p.showRates()
	return p
}

func (p *moneyStep) id() string              { return "money" }
func (p *moneyStep) body() fyne.CanvasObject { return p.inside }
func (p *moneyStep) form() *widgets.Form     { return p.fields }
func (p *moneyStep) forget()                 {}

// enter goes to what the country did not fill in.
func (p *moneyStep) enter() {
	if p.currency.Index() < 0 {
		p.fields.FocusFirst()
		return
	}
	widgets.Focus(p.iban)
}

// documents is the language of documents.
func (p *moneyStep) documents() string { return p.languages[max(0, p.language.Index())] }

// suggest fills in what a country proposes, where nobody chose otherwise.
func (p *moneyStep) suggest(d store.Shop) {
	w, was := p.s.e.Words, p.suggested
	if p.currency.Selected() == was.Currency {
		p.currency.SetIndex(slices.Index(currencies, d.Currency))
		p.fields.SetProblem("Currency", "")
	}
	if i := slices.Index(p.languages, d.Language); i >= 0 && p.documents() == was.Language {
		p.language.SetIndex(i)
	}
	if typed := strings.TrimSpace(p.rates.Text); typed == "" || typed == formatRates(w, was.Rates) {
		put(p.rates, formatRates(w, d.Rates))
	}
	p.suggested = d
}

// showRates says how the rates were understood, and asks for the reason of an
// exemption where there is a rate of 0.
func (p *moneyStep) showRates() {
	w := p.s.e.Words
	rates, ok := parseRates(w, p.rates.Text)
	hint := w.T("start.setup.money.rates.hint")
	zero := false
	if ok {
		parts := make([]string, len(rates))
		for i, r := range rates {
			parts[i] = w.Percent(r)
			zero = zero || r.IsZero()
		}
		hint = w.T("start.setup.money.rates.read", words.Data{"Rates": strings.Join(parts, " · ")})
	}
	p.fields.Field("Rates").Hint(hint)
	p.reasonOf0.Hidden = !zero
	p.inside.Refresh()
}

// showNumber says what the first invoice will be called.
func (p *moneyStep) showNumber() {
	w := p.s.e.Words
	hint := w.T("start.setup.money.pattern.hint")
	if n, err := strconv.Atoi(strings.TrimSpace(p.first.Text)); err == nil && n > 0 {
		if number, ok := store.NextNumber(strings.TrimSpace(p.pattern.Text), invoice.DateOf(p.s.e.Now()), n); ok {
			hint = w.T("start.setup.money.example", words.Data{"Number": number})
		}
	}
	p.fields.Field("NumberPattern").Hint(hint)
}

func (p *moneyStep) done() bool {
	p.fields.ClearProblems()
	wrong := func(field, rule string, args ...string) {
		p.fields.SetProblem(field, p.s.e.Words.Problem(invoice.Problem{Field: field, Rule: rule, Args: args}))
	}
	if p.currency.Index() < 0 {
		wrong("Currency", "BR-05")
	}
	p.checkIBAN()
	p.checkBIC()
	if _, ok := parseRates(p.s.e.Words, p.rates.Text); !ok {
		p.fields.SetProblem("Rates", p.s.e.Words.T("start.setup.money.rates.wrong"))
	}
	if err := paper.CheckText("Reason", p.reason.Text); err != nil {
		p.fields.SetProblem("Reason", p.s.e.Words.Error(err))
	}
	if n, err := strconv.Atoi(strings.TrimSpace(p.days.Text)); err != nil || n < 0 || n > 365 {
		wrong("PaymentDays", "range", "0", "365")
	}
	if _, ok := store.NextNumber(strings.TrimSpace(p.pattern.Text), invoice.DateOf(p.s.e.Now()), 1); !ok {
		wrong("NumberPattern", "pattern")
	}
	if n, err := strconv.Atoi(strings.TrimSpace(p.first.Text)); err != nil || n < 1 || n > 1e9 {
		wrong("NumberStart", "range", "1", "1000000000")
	}
	return !p.fields.FocusProblem()
}

// checkIBAN says what is wrong with the account, and writes a good one in
// groups.
func (p *moneyStep) checkIBAN() {
	p.checkNumber("Bank.IBAN", "iban", p.iban, ident.IBAN, ident.FormatIBAN)
}

func (p *moneyStep) checkBIC() {
	p.checkNumber("Bank.BIC", "bic", p.bic, ident.BIC, func(s string) string { return s })
}

func (p *moneyStep) checkNumber(field, rule string, e *widgets.Entry, parse func(string) (string, error), format func(string) string) {
	v := strings.TrimSpace(e.Text)
	if v == "" {
		return
	}
	normal, err := parse(v)
	if err != nil {
		p.fields.SetProblem(field, p.s.e.Words.Problem(numberProblem(field, rule, err)))
		return
	}
	if f := format(normal); f != e.Text {
		put(e, f)
	}
}

func (p *moneyStep) fill(sh *store.Shop) {
	sh.Currency, sh.Language = p.currency.Selected(), p.documents()
	sh.Bank = invoice.Bank{IBAN: p.iban.Text, BIC: p.bic.Text}
	rates, _ := parseRates(p.s.e.Words, p.rates.Text)
	sh.Rates = taxes(rates, p.reason.Text)
	sh.PaymentDays, _ = strconv.Atoi(strings.TrimSpace(p.days.Text))
	sh.NumberPattern = strings.TrimSpace(p.pattern.Text)
	sh.NumberStart, _ = strconv.Atoi(strings.TrimSpace(p.first.Text))
}
