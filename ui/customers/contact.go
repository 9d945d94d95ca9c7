// The contact panel. Phone and e-mail are masked until shown; showing is counted
// by the store, and ends by itself.

package customers

import (
	"slices"
	"strings"
	"time"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"

	"fyne.io/fyne/v2"
)

// shownFor is how long a contact detail stays shown.
const shownFor = 15 * time.Second

type contact struct {
	t       *detail
	secrets []*secret
	hint    *widgets.Text
	panel   *fyne.Container
}

// secret is a detail that is masked until shown.
type secret struct {
	of     *contact
	field  string // as the store calls it
	masked string
	text   *widgets.Text
	button *widgets.Button
	stop   func()        // ends the time it is shown; nil while masked
	left   time.Duration // of it, as the button says
	tick   func()        // ends saying so
}

func newContact(t *detail) *contact {
	w, c := t.d.e.Words, t.c
	k := &contact{t: t, hint: widgets.Caption(w.T("customers.shownHint")).Wrap()}
	k.hint.Hide()
	lines := []fyne.CanvasObject{widgets.Heading(w.T("customers.contact"))}
	for _, g := range guardedFields {
		if t.d.fields.Shown(g.key) && (g.key != "Phone2" || c.Phone2 != "") {
			lines = append(lines, k.checked(g.key, k.secretLine(g.key, w.T(g.label), g.mask(*g.of(&c)))))
		}
	}
	if c.InvoiceOnly {
		lines = append(lines, widgets.Caption(w.T("customers.isInvoiceOnly")).Wrap())
	}
	if c.Company != "" {
		lines = append(lines, fact(w.T("customers.company"), c.Company))
	}
	if t.d.fields.Shown("Address") {
		lines = append(lines, k.checked("Address", k.line(w.T("customers.address"), t.d.address(c.Address))))
	}
	if c.VATID != "" || c.Company != "" && t.d.fields.Shown("VATID") {
		lines = append(lines, k.checked("VATID", k.line(w.T("customers.vatID"), c.VATID)))
	}
	if c.Birthday != (store.Birthday{}) {
		lines = append(lines, fact(w.T("customers.birthday"), birthdayText(c.Birthday)))
	}
	for i, o := range c.Others {
		label := w.T("customers.company.also")
		if i > 0 {
			label = ""
		}
		lines = append(lines, fact(label, t.d.company(o)))
	}
	if c.Language != "" && c.Language != t.d.shop.Language {
		lines = append(lines, fact(w.T("customers.language"), languageName(w, c.Language)))
	}
	if tags := t.d.tagLine(c.Tags); tags != "" {
		lines = append(lines, fact(w.T("customers.tags"), tags))
	}
	lines = append(lines, k.hint)
	does := widgets.Row(0)
	if b := t.readBackButton(); b != nil {
		does.Add(b)
	}
	if t.d.e.Can(store.ManageStaff) {
		does.Add(t.viewersButton())
	}
	if len(does.Objects) > 0 {
		does.Add(widgets.Spacer())
		lines = append(lines, widgets.Padded(0, 0, 0, -smallInset, does))
	}
	k.panel = widgets.Panel(lines...)
	return k
}

// line is a fact, or a word in its place that there is none.
func (k *contact) line(label, text string) fyne.CanvasObject {
	if text == "" {
		return factOf(label, widgets.NewText(k.t.d.e.Words.T("customers.notGiven")).Muted())
	}
	return fact(label, text)
}

func (k *contact) secretLine(field, label, masked string) fyne.CanvasObject {
	if masked == "" || !k.t.d.e.Can(store.RevealContact) {
		return k.line(label, masked)
	}
	w := k.t.d.e.Words
	s := &secret{of: k, field: field, masked: masked, text: widgets.NewText(masked).Wrap()}
	s.button = widgets.NewButton(w.T("common.show"), s.toggle).Small()
	k.secrets = append(k.secrets, s)
	return factOf(label, s.text, s.button)
}

func (s *secret) toggle() {
	if s.stop != nil {
		s.hide()
		return
	}
	d := s.of.t.d
	full, err := d.book.Reveal(s.of.t.c.ID, s.field)
	if err != nil {
		d.e.Fail(err)
		return
	}
	s.stop, s.left = d.after(shownFor, s.hide), shownFor
	s.text.SetText(full)
	s.count()
	s.of.refresh()
}

// count says on the button for how long it is still shown. What hides it is a clock of
// its own, which no slow screen can put off.
func (s *secret) count() {
	d := s.of.t.d
	s.button.Name = d.e.Words.T("common.hide")
	s.button.Hint = d.e.Words.T("customers.secondsLeft", words.Data{"Seconds": int(s.left / time.Second)})
	s.button.SetText(d.e.Words.T("common.hide"))
	s.of.panel.Refresh()
	if s.left > time.Second {
		s.left -= time.Second
		s.tick = d.after(time.Second, s.count)
	}
}

func (s *secret) hide() {
	if s.stop == nil {
		return
	}
	s.stop()
	s.tick()
	s.stop = nil
	s.text.SetText(s.masked)
	s.button.Name, s.button.Hint = "", ""
	s.button.SetText(s.of.t.d.e.Words.T("common.show"))
	s.of.refresh()
}

// revealAll shows what is masked, each counted; where all is shown it hides it.
func (k *contact) revealAll() {
	shown := !slices.ContainsFunc(k.secrets, func(s *secret) bool { return s.stop == nil })
	for _, s := range k.secrets {
		if (s.stop != nil) == shown {
			s.toggle()
		}
	}
}

func (k *contact) hideAll() {
	for _, s := range k.secrets {
		s.hide()
	}
}

// refresh says beside what is shown that it is counted.
func (k *contact) refresh() {
	k.hint.Hidden = !slices.ContainsFunc(k.secrets, func(s *secret) bool { return s.stop != nil })
	k.panel.Refresh()
	if k.t.page != nil {
		k.t.page.Refresh()
	}
}

// address is an address on one line; the country only where it is not the
// shop's.
func (d *directory) address(a invoice.Address) string {
	country := ""
	if a.Country != "" && a.Country != d.shop.Legal.Address.Country {
		country = d.e.Words.Country(a.Country)
	}
	var parts []string
	for _, s := range []string{a.Street, a.Street2, strings.TrimSpace(a.Postcode + " " + a.City), a.Region, country} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// company is a further company on one line.
func (d *directory) company(o store.Company) string {
	parts := []string{o.Name}
	for _, s := range []string{d.address(o.Address), o.VATID} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// languageName names a language of documents, or gives its code.
func languageName(w *words.Words, code string) string {
	if key := "customers.language." + code; w.Has(key) {
		return w.T(key)
	}
	return code
}
