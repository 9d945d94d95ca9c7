package start

// The third step: the owner's nickname and passphrase.

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
)

// longestNickname is how many bytes of a nickname the book takes.
const longestNickname = 60

type ownerStep struct {
	s        *setUp
	nickname *widgets.Entry
	fields   *widgets.Form
	chooser  *chooser
	secret   string // the passphrase, once chosen
	inside   *fyne.Container
}

func newOwnerStep(s *setUp) *ownerStep {
	p := &ownerStep{s: s}
	t := s.e.Words.T
	p.nickname = s.entry()
	p.fields = widgets.NewForm(1, widgets.NewField("Nickname", t("start.setup.owner.nickname"), p.nickname).Hint(t("start.setup.owner.nickname.hint")))
	p.chooser = newChooser(s.e.Words, store.OwnerWords, func() []string {
		return []string{s.shop.name.Text, p.nickname.Text}
	})
	p.fields.OnSubmit = p.chooser.focus
	p.chooser.onKeys(s.goOn, s.goBack)
	p.chooser.changed = func() { p.inside.Refresh() }
	p.inside = widgets.Column(14,
		widgets.Panel(p.fields),
		widgets.Panel(widgets.Heading(t("start.setup.owner.passphrase")), p.chooser.box))
	return p
}

func (p *ownerStep) id() string              { return "owner" }
func (p *ownerStep) body() fyne.CanvasObject { return p.inside }
func (p *ownerStep) form() *widgets.Form     { return p.fields }

func (p *ownerStep) enter() {
	if p.nickname.Text == "" {
		widgets.Focus(p.nickname)
		return
	}
	p.chooser.focus()
}

func (p *ownerStep) done() bool {
	p.fields.ClearProblems()
	rule, name := "", strings.TrimSpace(p.nickname.Text)
	switch {
	case name == "":
		rule = "missing"
	case len(name) > longestNickname || !utf8.ValidString(name):
		rule = "too long"
	}
	if rule != "" {
		p.fields.SetProblem("Nickname", p.s.e.Words.Problem(invoice.Problem{Field: "Nickname", Rule: rule, Args: []string{"60"}}))
		return !p.fields.FocusProblem()
	}
	secret, ok := p.chooser.passphrase()
	p.secret = secret
	return ok
}

func (p *ownerStep) forget() {
	p.secret = ""
	p.chooser.empty()
}

func (p *ownerStep) profile() store.NewProfile {
	return store.NewProfile{Nickname: strings.TrimSpace(p.nickname.Text), Role: store.Owner, Passphrase: p.secret}
}
