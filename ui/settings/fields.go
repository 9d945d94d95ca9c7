// The fields of the form: which part of the shop's record each one shows, and
// how what is typed becomes that part again.

package settings

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

// part is a piece of the record by its key, which is the field of the store's
// problems and the end of the text "settings.field." + key.
type part struct {
	key     string
	text    func(*store.Shop) *string // one of text, number and who
	number  func(*store.Shop) *int
	who     func(*store.Shop) *store.ProfileID
	least   int // of a number
	most    int
	empty   bool                         // of a number: nothing typed is 0
	code    func(store.Shop) string      // of a choice that is neither text nor number
	choose  func(*store.Shop, string)    // and puts a code into the record
	format  func(string) string          // how it is written; nil as it is
	normal  func(string) (string, error) // how it is kept where it is right
	rows    int                          // of a text of several lines
	printed bool                         // stands on invoices
}

var parts = []part{
	{key: "Name", text: func(s *store.Shop) *string { return &s.Name }},
	{key: "Legal.Name", text: func(s *store.Shop) *string { return &s.Legal.Name }, printed: true},
	{key: "Legal.Address.Street", text: func(s *store.Shop) *string { return &s.Legal.Address.Street }, printed: true},
	{key: "Legal.Address.Street2", text: func(s *store.Shop) *string { return &s.Legal.Address.Street2 }, printed: true},
	{key: "Legal.Address.Postcode", text: func(s *store.Shop) *string { return &s.Legal.Address.Postcode }, printed: true},
	{key: "Legal.Address.City", text: func(s *store.Shop) *string { return &s.Legal.Address.City }, printed: true},
	{key: "Legal.Address.Country", text: func(s *store.Shop) *string { return &s.Legal.Address.Country }},
	{key: "Legal.Phone", text: func(s *store.Shop) *string { return &s.Legal.Phone }, printed: true},
	{key: "Legal.Email", text: func(s *store.Shop) *string { return &s.Legal.Email }, printed: true},
	{key: "Legal.VATID", text: func(s *store.Shop) *string { return &s.Legal.VATID }, format: ident.FormatVAT, normal: ident.VAT, printed: true},
	{key: "Legal.TaxNumber", text: func(s *store.Shop) *string { return &s.Legal.TaxNumber }, printed: true},
	{key: "NumberPattern", text: func(s *store.Shop) *string { return &s.NumberPattern }, printed: true},
	{key: "NumberStart", number: func(s *store.Shop) *int { return &s.NumberStart }, least: 1, most: 1e9},
	{key: "PaymentDays", number: func(s *store.Shop) *int { return &s.PaymentDays }, most: 365},
	{key: "Language", text: func(s *store.Shop) *string { return &s.Language }},
	{key: "Currency", text: func(s *store.Shop) *string { return &s.Currency }},
	{key: "LogoWidth", number: func(s *store.Shop) *int { return &s.LogoWidth }, most: paper.LogoWidest, empty: true},
	{key: "Intro", text: func(s *store.Shop) *string { return &s.Intro }, rows: 2, printed: true},
	{key: "Terms", text: func(s *store.Shop) *string { return &s.Terms }, rows: 2, printed: true},
	{key: "Closing", text: func(s *store.Shop) *string { return &s.Closing }, rows: 2, printed: true},
	{key: "Footer", text: func(s *store.Shop) *string { return &s.Footer }, rows: 2, printed: true},
	{key: "Bank.IBAN", text: func(s *store.Shop) *string { return &s.Bank.IBAN }, format: ident.FormatIBAN, normal: ident.IBAN, printed: true},
	{key: "Bank.BIC", text: func(s *store.Shop) *string { return &s.Bank.BIC }, printed: true},
	{key: "Bank.Holder", text: func(s *store.Shop) *string { return &s.Bank.Holder }, printed: true},
	{key: "Bank.Name", text: func(s *store.Shop) *string { return &s.Bank.Name }, printed: true},
	{key: "StaleMonths", number: func(s *store.Shop) *int { return &s.StaleMonths }, most: 120},
	{key: "AskWho", code: func(s store.Shop) string { return s.AskWho.String() }, choose: chooseAsk},
	{key: "DataOwner", who: func(s *store.Shop) *store.ProfileID { return &s.DataOwner }},
	{key: "LockMinutes", number: func(s *store.Shop) *int { return &s.LockMinutes }, most: 240},
}

// show writes a part as its field shows it.
func (p part) show(sh store.Shop) string {
	if p.code != nil {
		return p.code(sh)
	}
	if p.who != nil {
		return showProfile(*p.who(&sh))
	}
	if p.number != nil {
		if n := *p.number(&sh); n != 0 || !p.empty {
			return strconv.Itoa(n)
		}
		return ""
	}
	if p.format != nil {
		return p.format(*p.text(&sh))
	}
	return *p.text(&sh)
}

// read puts what is typed into the record, and returns what is wrong with it.
func (p part) read(typed string, sh *store.Shop, w *words.Words) (problem string) {
	typed = strings.TrimSpace(typed)
	if p.choose != nil {
		p.choose(sh, typed)
		return ""
	}
	if p.who != nil {
		*p.who(sh) = readProfile(typed)
		return ""
	}
	if p.number != nil {
		n, err := strconv.Atoi(typed)
		switch {
		case p.empty && typed == "":
			n = 0
		case err != nil:
			return w.T("settings.wholeNumber")
		case n < p.least || n > p.most:
			return w.Problem(invoice.Problem{Field: p.key, Rule: "range", Args: []string{strconv.Itoa(p.least), strconv.Itoa(p.most)}})
		}
		*p.number(sh) = n
		return ""
	}
	*p.text(sh) = typed
	if p.normal != nil { // what is wrong with it, the store says
		if v, err := p.normal(typed); err == nil {
			*p.text(sh) = v
		}
	}
	if p.printed {
		return glyphs(w, typed)
	}
	return ""
}

// asks are the codes of when it is asked who a customer is.
func asks() (codes []string) {
	for _, a := range store.Asks() {
		codes = append(codes, a.String())
	}
	return codes
}

func chooseAsk(s *store.Shop, code string) {
	if i := slices.Index(asks(), code); i >= 0 {
		s.AskWho = store.Asks()[i]
	}
}

// glyphs says which character of a text cannot be printed, "" for none.
func glyphs(w *words.Words, text string) string {
	if err, ok := paper.CheckText("", text).(*paper.GlyphError); ok {
		return w.T("settings.glyph", words.Data{"Rune": string(err.Rune)})
	}
	return ""
}

// control is what a part is edited with.
type control struct {
	part
	object fyne.CanvasObject
	value  func() string
	set    func(string)
}

// entry edits a part as text.
func entry(p part, changed func()) *control {
	e := widgets.NewEntry()
	if p.rows > 0 {
		e = widgets.NewArea(p.rows)
	}
	e.OnChanged = func(string) { changed() }
	return &control{part: p, object: e, value: func() string { return e.Text }, set: e.SetText}
}

// preset edits a part as one of several common values, or as typed.
func preset(p part, choice *widgets.Presets, changed func()) *control {
	choice.OnChanged = changed
	return &control{part: p, object: choice, value: choice.Value, set: choice.SetValue}
}

// choice edits a part as one of several codes with names. A code that is not
// among them is offered as it is.
func choice(p part, codes []string, name func(string) string, changed func()) *control {
	codes = slices.Clone(codes)
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = name(c)
	}
	s := widgets.NewSelect(names, func(int) { changed() })
	return &control{part: p, object: s,
		value: func() string {
			if i := s.Index(); i >= 0 {
				return codes[i]
			}
			return ""
		},
		set: func(code string) {
			if code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
				s.SetOptions(append(slices.Clone(s.Options), name(code)))
			}
			s.SetIndex(slices.Index(codes, code))
		}}
}

// currencies are those a shop can count in.
var currencies = []string{"EUR", "GBP", "CHF", "CZK", "DKK", "HUF", "ISK", "NOK", "PLN", "RON", "RSD", "SEK", "TRY", "UAH", "USD", "CAD", "AUD"}

// countries returns the codes of all countries in the order of their names.
func countries(w *words.Words) []string {
	codes := words.Countries()
	slices.SortFunc(codes, func(a, b string) int { return strings.Compare(w.Country(a), w.Country(b)) })
	return codes
}
