// The note guard's settings: a dialog for the owner. What it does about each kind,
// whose numbers it looks for, the words, and a box to try it.

package settings

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/store/sensitive"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// guardGroups are the kinds as they are shown together: "guard.group." + key.
var guardGroups = []struct {
	key   string
	kinds []sensitive.Kind
}{
	{"money", []sensitive.Kind{sensitive.Card, sensitive.SecurityCode, sensitive.IBAN, sensitive.TaxID}},
	{"person", []sensitive.Kind{sensitive.NationalID, sensitive.Passport, sensitive.IDCard, sensitive.BirthDate}},
	{"contact", []sensitive.Kind{sensitive.Phone, sensitive.Email, sensitive.Address, sensitive.Secret}},
	{"special", []sensitive.Kind{sensitive.Health, sensitive.Religion, sensitive.Ethnicity, sensitive.Politics, sensitive.Union,
		sensitive.SexLife, sensitive.Criminal, sensitive.Minor, sensitive.Insult}},
}

// wordKinds are the kinds that have lists of words.
func wordKinds() []sensitive.Kind { return sensitive.Kinds()[sensitive.Health:] }

// list names a list of words.
type list struct{ language, kind string }

// typedWords is a list as it is typed, a word a line.
type typedWords struct{ find, leave string }

// guarding is the dialog.
type guarding struct {
	e         *screen.Env
	w         *words.Words
	book      *store.Guard
	policy    store.GuardPolicy // as it is typed, but for the words
	saved     store.GuardPolicy
	levels    map[sensitive.Kind]*widgets.Select
	countries *fyne.Container
	add       *widgets.Select // a country

	words          map[list]typedWords
	language, kind *widgets.Select
	find, leave    *widgets.Entry
	findField      *widgets.Field
	leaveField     *widgets.Field

	try   *widgets.Entry
	found *fyne.Container
	d     *widgets.Dialog
}

// guardPanel offers the guard in the settings.
func (s *settings) guardPanel() fyne.CanvasObject {
	t := s.w.T
	return widgets.Panel(widgets.Heading(t("guard.panel")), widgets.Paragraph(t("guard.panelText")),
		widgets.Row(0, widgets.NewButton(t("guard.open"), func() { SetUpGuard(s.e) }), widgets.Spacer()))
}

// SetUpGuard opens a dialog in which the owner sets up the note guard.
func SetUpGuard(e *screen.Env) {
	book, err := e.Session.Guard()
	var p store.GuardPolicy
	if err == nil {
		p, err = book.Policy()
	}
	if err != nil {
		e.Fail(err)
		return
	}
	x := &guarding{e: e, w: e.Words, book: book, policy: p, saved: p, levels: map[sensitive.Kind]*widgets.Select{}, words: map[list]typedWords{}}
	for _, l := range p.Words {
		x.words[list{l.Language, l.Kind}] = typedWords{strings.Join(l.Find, "\n"), strings.Join(l.Leave, "\n")}
	}
	t := x.w.T
	content := widgets.Column(18, x.kinds(), x.ofCountries(), x.ofWords(), x.trying())
	x.d = &widgets.Dialog{Title: t("guard.title"), Text: t("guard.text"), Width: 720, Content: content,
		Confirm: t("common.save"), Cancel: t("common.cancel"), OnConfirm: x.save, OnLeave: x.leaving}
	x.d.ShowOn(e.Canvas)
}

// kinds is what it does about each kind.
func (x *guarding) kinds() fyne.CanvasObject {
	out := widgets.Column(14)
	var names []string
	for _, l := range store.GuardLevels() {
		names = append(names, x.w.T("guard.level."+l.String()))
	}
	for _, g := range guardGroups {
		var fields []*widgets.Field
		for _, k := range g.kinds {
			s := widgets.NewSelect(names, func(i int) {
				x.policy.SetLevel(k, store.GuardLevels()[i])
				x.tried()
			})
			s.SetIndex(int(x.policy.Level(k)))
			s.SetLabel(x.w.T("guard.name." + k.String()))
			x.levels[k] = s
			fields = append(fields, widgets.NewField(k.String(), x.w.T("guard.name."+k.String()), s))
		}
		out.Add(widgets.Column(8, widgets.Heading(x.w.T("guard.group."+g.key)), widgets.NewForm(2, fields...)))
	}
	return out
}

// ofCountries is whose numbers it looks for beside the shop's own.
func (x *guarding) ofCountries() fyne.CanvasObject {
	codes := countries(x.w)
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = x.w.Country(c)
	}
	x.countries = widgets.Flow(6)
	x.add = widgets.NewSelect(names, func(i int) {
		if c := codes[i]; !slices.Contains(x.policy.Countries, c) {
			x.policy.Countries = append(slices.Clone(x.policy.Countries), c)
		}
		x.add.SetIndex(-1)
		x.fillCountries()
		x.tried()
	}).With(x.w.T("guard.addCountry"))
	x.add.SetLabel(x.w.T("guard.addCountry"))
	x.fillCountries()
	return widgets.Column(8, widgets.Heading(x.w.T("guard.countries")), widgets.Paragraph(x.w.T("guard.countriesText")), x.countries,
		widgets.Row(0, widgets.Sized(260, 0, x.add), widgets.Spacer()))
}

func (x *guarding) fillCountries() {
	x.countries.Objects = nil
	for _, c := range x.policy.Countries {
		b := widgets.NewButton(x.w.Country(c), func() {
			x.policy.Countries = slices.DeleteFunc(slices.Clone(x.policy.Countries), func(other string) bool { return other == c })
			x.fillCountries()
			widgets.Focus(x.add)
			x.tried()
		}).Small().WithIcon(widgets.IconClose)
		b.Name = x.w.T("guard.dropCountry", words.Data{"Country": x.w.Country(c)})
		x.countries.Add(b)
	}
	x.countries.Hidden = len(x.policy.Countries) == 0
	x.refresh()
}

// ofWords is where the owner changes the lists of words.
func (x *guarding) ofWords() fyne.CanvasObject {
	t := x.w.T
	var languages, kinds []string
	for _, l := range sensitive.BuiltInLists() {
		languages = append(languages, t("guard.language."+l.Language))
	}
	for _, k := range wordKinds() {
		kinds = append(kinds, t("guard.name."+k.String()))
	}
	x.language = widgets.NewSelect(languages, func(int) { x.showWords() })
	x.kind = widgets.NewSelect(kinds, func(int) { x.showWords() })
	x.language.SetIndex(x.ownLanguage())
	x.kind.SetIndex(0)
	x.find, x.leave = widgets.NewArea(4), widgets.NewArea(4)
	x.find.OnChanged = func(s string) { x.wordsTyped(func(w *typedWords) { w.find = s }, x.findField) }
	x.leave.OnChanged = func(s string) { x.wordsTyped(func(w *typedWords) { w.leave = s }, x.leaveField) }
	x.findField = widgets.NewField("find", t("guard.find"), x.find).Hint(t("guard.findHint"))
	x.leaveField = widgets.NewField("leave", t("guard.leave"), x.leave).Hint(t("guard.leaveHint"))
	x.showWords()
	return widgets.Column(8, widgets.Heading(t("guard.words")), widgets.Paragraph(t("guard.wordsText")),
		widgets.NewForm(2, widgets.NewField("language", t("guard.language"), x.language), widgets.NewField("kind", t("guard.kind"), x.kind), x.findField, x.leaveField))
}

// ownLanguage is the place of the shop's language among the lists.
func (x *guarding) ownLanguage() int {
	b, err := x.e.Session.Shop()
	if err != nil {
		return 0
	}
	sh, err := b.Get()
	if err != nil {
		return 0
	}
	return max(0, slices.IndexFunc(sensitive.BuiltInLists(), func(l sensitive.List) bool { return strings.HasPrefix(sh.Language, l.Language) }))
}

func (x *guarding) shownList() list {
	return list{sensitive.BuiltInLists()[x.language.Index()].Language, wordKinds()[x.kind.Index()].String()}
}

// showWords shows the list that is chosen.
func (x *guarding) showWords() {
	w := x.words[x.shownList()]
	x.find.SetText(w.find)
	x.leave.SetText(w.leave)
	x.findField.SetProblem("")
	x.leaveField.SetProblem("")
}

func (x *guarding) wordsTyped(do func(*typedWords), f *widgets.Field) {
	l := x.shownList()
	w := x.words[l]
	do(&w)
	if x.words[l] == w {
		return
	}
	x.words[l] = w
	f.SetProblem("")
	x.tried()
}

// typed is the policy as it stands in the dialog.
func (x *guarding) typed() store.GuardPolicy {
	p := x.policy
	p.Words = nil
	for _, l := range slices.SortedFunc(maps.Keys(x.words), func(a, b list) int {
		return strings.Compare(a.language+" "+a.kind, b.language+" "+b.kind)
	}) {
		w := x.words[l]
		if strings.TrimSpace(w.find+w.leave) == "" {
			continue
		}
		p.Words = append(p.Words, store.GuardWords{Language: l.language, Kind: l.kind, Find: strings.Split(w.find, "\n"), Leave: strings.Split(w.leave, "\n")})
	}
	return p
}

// trying is a box for a text, and what would be found in it.
func (x *guarding) trying() fyne.CanvasObject {
	t := x.w.T
	x.try = widgets.NewArea(3).With(t("guard.tryHere"))
	x.try.SetLabel(t("guard.try"))
	x.try.OnChanged = func(string) { x.tried() }
	x.found = widgets.Column(4)
	return widgets.Column(8, widgets.Heading(t("guard.try")), widgets.Paragraph(t("guard.tryText")), x.try, x.found)
}

// tried shows what would be found in the text with what is typed above it. A list
// that cannot be read is said when it is saved.
func (x *guarding) tried() {
	if x.found == nil {
		return
	}
	x.found.Objects = nil
	text := x.try.Text
	found, err := x.book.Try(x.typed(), text)
	switch {
	case err != nil:
		x.found.Add(widgets.Caption(x.w.T("guard.tryWords")).Wrap().In(widgets.ColorLook))
	case strings.TrimSpace(text) != "" && len(found) == 0:
		x.found.Add(widgets.Caption(x.w.T("guard.tryNothing")).Wrap())
	}
	for _, f := range found {
		tone := map[store.GuardLevel]widgets.Tone{store.GuardHint: widgets.Neutral, store.GuardWarn: widgets.Look, store.GuardBlock: widgets.Bad}[f.Level]
		what := x.w.T("guard.found", words.Data{"What": words.Capital(x.w.GuardKind(f.Kind.String())), "Text": strings.ReplaceAll(text[f.Start:f.End], "\n", " ")})
		x.found.Add(widgets.Row(8, widgets.NewBadge(tone, x.w.T("guard.short."+f.Level.String())), widgets.Grow(widgets.NewText(what).Wrap())))
	}
	x.refresh()
}

func (x *guarding) refresh() {
	if x.d != nil {
		x.d.Refresh()
	}
}

// save changes the guard, or says what is wrong with a word, beside its list.
func (x *guarding) save() bool {
	p, err := x.book.Save(x.typed())
	var wrong *store.WordError
	switch {
	case errors.As(err, &wrong):
		x.showWrong(wrong)
		return false
	case err != nil:
		x.e.Refused(x.d, err)
		return false
	}
	x.saved = p
	x.e.Say(widgets.Toast{Tone: widgets.Good, Text: x.w.T("guard.saved")})
	return true
}

// showWrong leads to a word that cannot be read.
func (x *guarding) showWrong(e *store.WordError) {
	for i, l := range sensitive.BuiltInLists() {
		if l.Language == e.Language {
			x.language.SetIndex(i)
		}
	}
	for i, k := range wordKinds() {
		if k.String() == e.Kind {
			x.kind.SetIndex(i)
		}
	}
	x.showWords()
	f := x.findField
	if e.Leave {
		f = x.leaveField
	}
	f.SetProblem(x.w.T("guard.wrong", words.Data{"Line": e.Line, "Why": x.w.T("guard.wrong." + e.Why)}))
	f.Focus()
}

// leaving asks before something typed is given up.
func (x *guarding) leaving(leave func()) {
	if x.changed() {
		widgets.AskFirst(x.e.Canvas, x.w.T("settings.leave.title"), x.w.T("settings.leave.text"), x.w.T("settings.leave.drop"), x.w.T("settings.keepTyping"), leave)
		return
	}
	leave()
}

func (x *guarding) changed() bool {
	p, same := x.typed(), true
	same = same && slices.Equal(p.Rules, x.saved.Rules) && slices.Equal(p.Countries, x.saved.Countries)
	return !same || !slices.EqualFunc(p.Words, x.saved.Words, func(a, b store.GuardWords) bool {
		return a.Language == b.Language && a.Kind == b.Kind && strings.TrimSpace(strings.Join(a.Find, "\n")) == strings.Join(b.Find, "\n") &&
			strings.TrimSpace(strings.Join(a.Leave, "\n")) == strings.Join(b.Leave, "\n")
	})
}
