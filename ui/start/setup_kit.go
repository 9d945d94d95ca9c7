package start

// The fourth and fifth steps: the recovery sheet is written down or printed,
// and two of its groups are typed back.

import (
	"fyne.io/fyne/v2"

	"counterbook/ui/widgets"
)

type kitStep struct {
	*kitSheet
	s *setUp
}

func newKitStep(s *setUp) *kitStep {
	p := &kitStep{newKitSheet(s.e, func() string { return s.shop.name.Text }), s}
	p.handed = func() { widgets.Focus(s.next) } // on by Return, now that the sheet is there
	return p
}

func (p *kitStep) id() string              { return "kit" }
func (p *kitStep) body() fyne.CanvasObject { return p.inside }
func (p *kitStep) form() *widgets.Form     { return nil }
func (p *kitStep) done() bool              { return true }

func (p *kitStep) enter() {
	if p.make() {
		p.s.check.ask(p.kit.Ask())
	}
	p.focus()
}

type checkStep struct {
	*kitCheck
	s *setUp
}

func newCheckStep(s *setUp) *checkStep {
	return &checkStep{newKitCheck(s.e, s.goOn, s.goBack), s}
}

func (p *checkStep) id() string              { return "check" }
func (p *checkStep) body() fyne.CanvasObject { return p.inside }
func (p *checkStep) form() *widgets.Form     { return p.fields }
func (p *checkStep) enter()                  { p.focus() }
func (p *checkStep) done() bool              { return p.confirm(p.s.kit.kit) }
