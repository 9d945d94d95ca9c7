package start

// The second step: currency, account, VAT and how invoices are numbered.

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/ui/shopform"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// currencies are those of the countries that can be chosen.
var currencies = []string{"EUR", "GBP", "CHF", "CZK", "DKK", "HUF", "ISK", "NOK", "PLN", "RON", "RSD", "SEK", "TRY", "UAH", "USD", "CAD", "AUD"}

type moneyStep struct {
	s         *setUp
	languages []string
	suggested store.Shop // what the country proposed last
	sentence  string     // of a small business, as it was proposed last
	fields    *widgets.Form
	inside    fyne.CanvasObject
	reasonOf0 *widgets.Field

	currency, language       *widgets.Select
	vat, days, pattern       *widgets.Presets
	iban, bic, reason, first *widgets.Entry
}

// small stands for a small business among the choices of VAT.
const small = "small"

func newMoneyStep(s *setUp) *moneyStep {
	p := &moneyStep{s: s, languages: words.DocumentLanguages()}
	w := s.e.Words
	names := make([]string, len(p.languages))
	for i, l := range p.languages {
		names[i] = w.T("start.language." + l)
	}
	p.currency = widgets.NewSelect(currencies, func(int) { p.fields.SetProblem("Currency", ""); p.showDays() }).With(w.T("start.setup.money.choose"))
	p.language = widgets.NewSelect(names, nil)
	p.iban, p.bic, p.reason, p.first = s.entry(), s.entry(), s.entry(), s.entry()
	p.vat = widgets.NewPresets([]string{"", small}, []string{"", ""}, w.T("start.setup.money.rates.own"), w.T("start.setup.money.rates.label"))
	p.days, p.pattern = shopform.NewDays(w), shopform.NewPatterns(w)
	for _, c := range []*widgets.Presets{p.vat, p.days, p.pattern} {
		c.Entry().OnEscape = s.goBack
	}
	p.iban.OnLeave = func() { p.checkIBAN() }
	p.bic.OnLeave = func() { p.checkBIC() }
	p.vat.OnChanged = p.showRates
	p.days.OnChanged = p.showDays
	p.pattern.OnChanged = p.patternChanged
	p.language.OnChanged = func(int) { p.showDays(); p.suggestReason() }
	p.first.OnChanged = func(string) { p.showNumber() }
	p.reasonOf0 = widgets.NewField("Reason", w.T("start.setup.money.reason"), p.reason).Hint(w.T("start.setup.money.reason.hint")).Wide()
	p.fields = widgets.NewForm(2,
		widgets.NewField("Currency", w.T("start.setup.money.currency"), p.currency),
		widgets.NewField("Language", w.T("start.setup.money.language"), p.language),
		widgets.NewField("Bank.IBAN", w.T("start.setup.money.iban"), p.iban).Hint(w.T("start.setup.money.iban.hint")),
		widgets.NewField("Bank.BIC", w.T("start.setup.money.bic"), p.bic).Hint(w.T("start.setup.money.bic.hint")),
		widgets.NewField("Rates", w.T("start.setup.money.rates"), p.vat),
		widgets.NewField("PaymentDays", w.T("start.setup.money.days"), p.days),
		p.reasonOf0,
		widgets.NewField("NumberPattern", w.T("start.setup.money.pattern"), p.pattern),
		widgets.NewField("NumberStart", w.T("start.setup.money.first"), p.first).Hint(w.T("start.setup.money.first.hint")),
	)
	p.fields.OnSubmit = s.goOn
	p.inside = widgets.Panel(p.fields)
	d := store.DefaultShop("")
	d.Currency, d.Rates = "", nil // not before there is a country
	p.days.SetValue(strconv.Itoa(d.PaymentDays))
	p.pattern.SetValue(d.NumberPattern)
	p.first.SetText(strconv.Itoa(d.NumberStart))
	p.language.SetIndex(max(0, slices.Index(p.languages, w.Language())))
	d.Language = p.documents()
	p.suggested = d
	p.nameRates()
	p.showRates()
	p.showNumber()
	p.showDays()
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
	p.suggested = d
	p.vat.SetValues([]string{formatRates(w, d.Rates), small}, []string{"", ""})
	p.nameRates()
	p.showRates()
	p.showDays()
}

// nameRates names the choices of VAT: the rates of the country, and none.
func (p *moneyStep) nameRates() {
	w := p.s.e.Words
	first := w.T("start.setup.money.rates.none")
	if len(p.suggested.Rates) > 0 {
		parts := make([]string, len(p.suggested.Rates))
		for i, t := range p.suggested.Rates {
			parts[i] = w.Percent(t.Rate)
		}
		first = strings.Join(parts, " · ")
	}
	p.vat.SetNames([]string{first, w.T("start.setup.money.rates.small")})
}

// rates are those chosen, a rate of 0 for a small business.
func (p *moneyStep) rates() ([]decimal.Decimal, bool) {
	if p.vat.Value() == small {
		return []decimal.Decimal{{}}, true
	}
	return parseRates(p.s.e.Words, p.vat.Value())
}

// suggestReason fills in the sentence of a small business, where nobody typed
// another one.
func (p *moneyStep) suggestReason() {
	was := p.sentence
	p.sentence = ""
	if p.vat.Value() == small {
		p.sentence = shopform.SmallBusiness(p.s.shop.countryCode(), p.documents()).Reason
	}
	if strings.TrimSpace(p.reason.Text) == was {
		put(p.reason, p.sentence)
	}
}

// showRates says how the rates were understood, and asks for the reason of an
// exemption where there is a rate of 0.
func (p *moneyStep) showRates() {
	w := p.s.e.Words
	rates, ok := p.rates()
	hint := w.T("start.setup.money.rates.check")
	if p.vat.Own() {
		hint = w.T("start.setup.money.rates.hint")
	}
	zero := false
	if ok {
		parts := make([]string, len(rates))
		for i, r := range rates {
			parts[i] = w.Percent(r)
			zero = zero || r.IsZero()
		}
		if p.vat.Own() {
			hint = w.T("start.setup.money.rates.read", words.Data{"Rates": strings.Join(parts, " · ")})
		}
	}
	if p.vat.Value() == small {
		hint = w.T("start.setup.money.rates.small.hint")
	}
	p.fields.Field("Rates").Hint(hint)
	p.suggestReason()
	p.reasonOf0.Hidden = !zero
	p.inside.Refresh()
}

// showDays says how an invoice will ask for its money.
func (p *moneyStep) showDays() {
	w := p.s.e.Words
	n, ok := p.daysToPay()
	currency := p.currency.Selected()
	if !ok || currency == "" {
		p.fields.Field("PaymentDays").Hint(w.T("start.setup.money.days.hint"))
		return
	}
	sh := store.Shop{PaymentDays: n, Language: p.documents(), Currency: currency}
	p.fields.Field("PaymentDays").Hint(w.T("start.setup.money.days.sentence", words.Data{"Text": shopform.Sentence(sh, p.today())}))
}

func (p *moneyStep) daysToPay() (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(p.days.Value()))
	return n, err == nil && n >= 0 && n <= 365
}

func (p *moneyStep) today() invoice.Date { return invoice.DateOf(p.s.e.Now().Local()) }

// patternChanged lets plain numbers start where they look like numbers.
func (p *moneyStep) patternChanged() {
	if n, ok := p.firstNumber(); ok && !p.pattern.Own() {
		if m := shopform.StartOf(p.pattern.Value(), n, false); m != n {
			put(p.first, strconv.Itoa(m))
		}
	}
	p.showNumber()
}

func (p *moneyStep) firstNumber() (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(p.first.Text))
	return n, err == nil && n >= 1 && n <= 1e9
}

// showNumber says what the first invoice will be called.
func (p *moneyStep) showNumber() {
	w := p.s.e.Words
	next := func(pattern string, start int) string {
		number, _ := store.NextNumber(strings.TrimSpace(pattern), p.today(), start)
		return number
	}
	hint := w.T("start.setup.money.pattern.hint")
	n, ok := p.firstNumber()
	if !ok {
		n = 1
	} else if number := next(p.pattern.Value(), n); number != "" {
		hint = w.T("start.setup.money.example", words.Data{"Number": number})
	}
	p.fields.Field("NumberPattern").Hint(hint)
	shopform.NamePatterns(p.pattern, w, n, false, next)
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
	if _, ok := p.rates(); !ok {
		p.fields.SetProblem("Rates", p.s.e.Words.T("start.setup.money.rates.wrong"))
	}
	if err := paper.CheckText("Reason", p.reason.Text); err != nil {
		p.fields.SetProblem("Reason", p.s.e.Words.Error(err))
	}
	if p.vat.Value() == small && strings.TrimSpace(p.reason.Text) == "" {
		p.fields.SetProblem("Reason", p.s.e.Words.T("start.setup.money.reason.missing"))
	}
	if _, ok := p.daysToPay(); !ok {
		wrong("PaymentDays", "range", "0", "365")
	}
	if _, ok := store.NextNumber(strings.TrimSpace(p.pattern.Value()), p.today(), 1); !ok {
		wrong("NumberPattern", "pattern")
	}
	if _, ok := p.firstNumber(); !ok {
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
	rates, _ := p.rates()
	reason := p.reason.Text
	if p.reasonOf0.Hidden {
		reason = ""
	}
	sh.Rates = taxes(rates, reason)
	sh.PaymentDays, _ = p.daysToPay()
	sh.NumberPattern = strings.TrimSpace(p.pattern.Value())
	sh.NumberStart, _ = p.firstNumber()
}
