// Package settings is the screen of the shop's own record: who it is, how its
// invoices look, and when the program locks.
package settings

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/shopform"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// typed is the form as it stands.
type typed struct {
	Fields map[string]string `cbor:"1,keyasint"`
	Rates  []typedRate       `cbor:"2,keyasint,omitempty"`
	Logo   []byte            `cbor:"3,keyasint,omitempty"`
}

// work is what is typed and not saved, and the record it was typed over.
type work struct {
	Typed   typed  `cbor:"1,keyasint"`
	Version uint64 `cbor:"2,keyasint"`
}

// settings is the screen.
type settings struct {
	e    *screen.Env
	w    *words.Words
	book *store.ShopBook
	err  error // why there is nothing to see

	base     store.Shop // the record what is typed is about
	saved    typed      // the form as it would stand without typing
	controls []*control
	rates    *rates
	logo     *shopform.Logo
	forms    []*widgets.Form
	preview  *shopform.Preview
	numbered bool // there is an invoice already
	header   *widgets.PageHeader
	save     *widgets.Button
	filling  bool // the program fills the form, nobody types
	content  fyne.CanvasObject
}

// New returns the screen of the shop's settings.
func New(e *screen.Env, _ screen.Route) screen.Screen {
	s := &settings{e: e, w: e.Words}
	if !e.Can(store.EditShop) {
		s.err = &store.NoRightError{Right: store.EditShop}
	} else if s.book, s.err = e.Session.Shop(); s.err == nil {
		s.base, s.err = s.book.Get()
	}
	if s.err != nil {
		s.content = widgets.Border(widgets.NewPageHeader(e.Words.T("settings.title"), ""), nil, nil, nil,
			widgets.Empty(widgets.IconLock, e.Words.Error(s.err), "", nil))
		return s
	}
	s.build()
	s.start(s.base)
	return s
}

// issued reports whether there is an invoice already.
func (s *settings) issued() bool {
	b, err := s.e.Session.Invoices()
	if err != nil {
		return true // what cannot be seen is not risked
	}
	n, err := b.Count()
	return err != nil || n > 0
}

func (s *settings) build() {
	t := s.w.T
	s.preview = shopform.NewPreview(s.w, s.e.Now, s.lines())
	s.preview.Number = func(sh store.Shop) string {
		n, _ := s.next(sh.NumberPattern, sh.NumberStart)
		return n
	}
	s.numbered = s.issued()
	fields := map[string]*widgets.Field{}
	for _, p := range parts {
		c := s.control(p)
		s.controls = append(s.controls, c)
		f := widgets.NewField(p.key, t("settings.field."+p.key), c.object)
		if s.w.Has("settings.hint." + p.key) {
			f.Hint(t("settings.hint." + p.key))
		}
		fields[p.key] = f
	}
	if s.numbered {
		fields["Currency"].Control.(*widgets.Select).Disable()
		fields["Currency"].Hint(t("settings.currencyFixed"))
		fields["NumberStart"].Control.(*widgets.Entry).Disable()
		fields["NumberStart"].Hint(t("settings.startFixed"))
	}
	form := func(keys ...string) *widgets.Form {
		var list []*widgets.Field
		for _, k := range keys {
			key, wide := strings.CutSuffix(k, "!")
			if wide {
				fields[key].Wide()
			}
			list = append(list, fields[key])
		}
		f := widgets.NewForm(2, list...)
		s.forms = append(s.forms, f)
		return f
	}
	s.rates = newRates(s.w, s.shop, s.changed)
	panel := func(title, text string, inside fyne.CanvasObject) fyne.CanvasObject {
		p := []fyne.CanvasObject{widgets.Heading(t(title))}
		if text != "" {
			p = append(p, widgets.Paragraph(t(text)))
		}
		return widgets.Panel(append(p, inside)...)
	}
	shop := form("Name", "Legal.Name", "Legal.Address.Street!", "Legal.Address.Street2!", "Legal.Address.Postcode",
		"Legal.Address.City", "Legal.Address.Country!", "Legal.Phone", "Legal.Email", "Legal.VATID", "Legal.TaxNumber")
	s.logo = shopform.NewLogo(shopform.LogoEnv{Words: s.w, Canvas: s.e.Canvas, Files: s.e.Files, Run: s.e.Run})
	s.logo.Changed = s.logoChanged
	logo := widgets.Column(12, s.logo.Content, form("LogoWidth"))
	page := widgets.Page(
		panel("settings.shop", "", shop),
		panel("settings.logo", "settings.logoText", logo),
		panel("settings.bank", "", form("Bank.IBAN!", "Bank.BIC", "Bank.Name", "Bank.Holder!")),
		panel("settings.invoices", "settings.invoicesText", form("NumberPattern!", "NumberStart", "PaymentDays", "Language", "Currency!")),
		panel("settings.texts", "settings.textsText", form("Intro!", "Terms!", "Closing!", "Footer!")),
		panel("settings.rates", "settings.ratesText", s.rates.content),
		panel("settings.care", "settings.careText", form("StaleMonths!", "AskWho!", "DataOwner")),
		panel("settings.locking", "", form("LockMinutes")),
		s.collectPanel(),
		s.guardPanel(),
		s.backupPanel(),
		s.exportPanel(),
	)
	s.save = widgets.PrimaryButton(t("common.save"), s.Save)
	s.header = widgets.NewPageHeader(t("settings.title"), "", s.save)
	s.content = widgets.Border(s.header, nil, nil, nil, widgets.Shares([]float32{58, 42}, 0, page, s.preview.Content))
}

// control makes what a part is edited with.
func (s *settings) control(p part) *control {
	switch p.key {
	case "Legal.Address.Country":
		return choice(p, countries(s.w), s.w.Country, s.changed)
	case "Language":
		return choice(p, words.DocumentLanguages(), func(l string) string { return s.w.T("settings.language." + l) }, s.changed)
	case "AskWho":
		return choice(p, asks(), func(a string) string { return s.w.T("settings.ask." + a) }, s.changed)
	case "NumberPattern":
		return preset(p, shopform.NewPatterns(s.w), s.patternChanged)
	case "PaymentDays":
		return preset(p, shopform.NewDays(s.w), s.changed)
	case "DataOwner":
		return s.mender(p)
	case "Currency":
		return choice(p, currencies, func(c string) string { return c }, s.changed)
	}
	return entry(p, s.changed)
}

func (s *settings) controlOf(key string) *control {
	for _, c := range s.controls {
		if c.key == key {
			return c
		}
	}
	return nil
}

// start shows a record, with nothing typed.
func (s *settings) start(sh store.Shop) {
	s.base = sh
	s.saved = typed{Fields: map[string]string{}}
	for _, p := range parts {
		s.saved.Fields[p.key] = p.show(sh)
	}
	for _, t := range sh.Rates {
		s.saved.Rates = append(s.saved.Rates, showRate(t, s.w))
	}
	s.saved.Logo = sh.Logo
	if len(sh.Logo) > 0 && sh.LogoWidth == 0 {
		_, _, usual := paper.LogoWidths(sh.Logo)
		s.saved.Fields["LogoWidth"] = strconv.Itoa(usual)
	}
	s.fill(s.saved)
	s.preview.Now(s.shop())
}

// fill shows what was typed.
func (s *settings) fill(k typed) {
	s.filling = true
	for _, c := range s.controls {
		c.set(k.Fields[c.key])
	}
	s.rates.set(k.Rates)
	s.logo.Set(k.Logo)
	s.filling = false
	s.changed()
}

// typed returns the form as it stands.
func (s *settings) typed() typed {
	k := typed{Fields: map[string]string{}, Rates: slices.Clone(s.rates.typed), Logo: s.logo.Data()}
	for _, c := range s.controls {
		k.Fields[c.key] = c.value()
	}
	return k
}

// dirty reports whether something is typed that is not saved.
func (s *settings) dirty() bool {
	k := s.typed()
	return !maps.Equal(k.Fields, s.saved.Fields) || !slices.Equal(k.Rates, s.saved.Rates) || !bytes.Equal(k.Logo, s.saved.Logo)
}

// changed brings what depends on the form in line with it.
func (s *settings) changed() {
	if s.filling {
		return
	}
	dirty := s.dirty()
	s.save.SetEnabled(dirty)
	s.header.SetBadges()
	if dirty {
		s.header.SetBadges(widgets.NewBadge(widgets.Look, s.w.T("settings.unsaved")))
	}
	s.follows()
	s.preview.Soon(s.shop)
}

// shop returns the record as the form stands, for looking at: what cannot be
// read is as it was.
func (s *settings) shop() store.Shop {
	sh := s.base
	for _, c := range s.controls {
		c.read(c.value(), &sh, s.w)
	}
	sh.Logo = s.logo.Data()
	sh.Rates = nil
	for _, r := range s.rates.typed {
		if t, problem := r.read(s.w); problem == "" {
			sh.Rates = append(sh.Rates, t)
		}
	}
	return sh
}

func (s *settings) field(key string) *widgets.Field {
	for _, f := range s.forms {
		if field := f.Field(key); field != nil {
			return field
		}
	}
	return nil
}

// read returns the record as the form stands, and says under the fields what
// is wrong. It reports false when something is.
func (s *settings) read() (store.Shop, bool) {
	sh := s.base
	for _, f := range s.forms {
		f.ClearProblems()
	}
	for _, c := range s.controls {
		s.field(c.key).SetProblem(c.read(c.value(), &sh, s.w))
	}
	if _, err := s.next(sh.NumberPattern, sh.NumberStart); sh.NumberPattern != s.base.NumberPattern {
		if wrong, ok := problems(err); ok {
			s.field("NumberPattern").SetProblem(s.w.Problem(wrong[0]))
		}
	}
	sh.Logo = s.logo.Data()
	if f := s.field("LogoWidth"); f.Problem() == "" {
		f.SetProblem(s.wrongLogoWidth(sh.LogoWidth))
	}
	sh.Rates = s.rates.read()
	return sh, !s.focusProblem()
}

// focusProblem goes to the first problem from top to bottom.
func (s *settings) focusProblem() bool {
	for i, f := range s.forms {
		if i == len(s.forms)-1 && s.rates.focusProblem() { // locking comes last
			return true
		}
		if f.FocusProblem() {
			return true
		}
	}
	return false
}

// Content implements screen.Screen.
func (s *settings) Content() fyne.CanvasObject { return s.content }

// Shown implements screen.Screen.
func (s *settings) Shown() {
	if s.err == nil {
		s.forms[0].FocusFirst()
	}
}

// under says the store's problems under their fields.
func (s *settings) under(problems invoice.Problems) {
	for _, p := range problems {
		if f := s.field(p.Field); f != nil {
			f.SetProblem(s.w.Problem(p))
			continue
		}
		if p.Field == "Rates" && len(s.rates.fields) == 0 {
			s.e.Say(widgets.Toast{Tone: widgets.Bad, Text: s.w.T("settings.rate.none")})
			widgets.Focus(s.rates.add)
			return
		}
		if i, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(p.Field, "Rates["), "]")); err == nil && i < len(s.rates.fields) {
			s.rates.fields[i].SetProblem(s.w.Problem(p))
			continue
		}
		s.e.Fail(invoice.Problems{p})
	}
	s.focusProblem()
}

// problems returns what the store found wrong with a record.
func problems(err error) (invoice.Problems, bool) {
	var p invoice.Problems
	return p, errors.As(err, &p)
}
