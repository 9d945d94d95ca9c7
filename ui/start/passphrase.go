package start

// Choosing a passphrase: one that is offered, typed once to learn it, or one of
// one's own, measured and typed twice.

import (
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// chooser is the part of a form in which a passphrase is chosen.
type chooser struct {
	w       *words.Words
	words   int             // of a passphrase that is offered
	context func() []string // what a passphrase must not be made of
	changed func()          // the choice between offered and own was changed; may be nil

	own     bool
	offered string

	offer   *widgets.Text
	typed   *widgets.PasswordEntry // the offered one, typed to learn it
	fresh   *widgets.PasswordEntry
	again   *widgets.PasswordEntry
	bar     *widgets.Bar
	verdict *widgets.Text

	offerForm            *widgets.Form
	freshForm, againForm *widgets.Form
	offerBox, ownBox     *fyne.Container
	box                  *fyne.Container
}

const (
	keyTyped = "typed"
	keyFresh = "fresh"
	keyAgain = "again"
)

func newChooser(w *words.Words, n int, context func() []string) *chooser {
	c := &chooser{w: w, words: n, context: context}
	entry := func() *widgets.PasswordEntry { return widgets.NewPasswordEntry(w.T("common.show"), w.T("common.hide")) }
	c.typed, c.fresh, c.again = entry(), entry(), entry()
	c.offer = widgets.NewText("").Sized(widgets.SizeTitle).Bold().Wrap()
	c.bar, c.verdict = widgets.NewBar(), widgets.Caption("").Wrap()
	c.fresh.OnChanged = func(string) { c.measure() }

	c.offerForm = widgets.NewForm(1, widgets.NewField(keyTyped, w.T("start.pass.typed"), c.typed).Hint(w.T("start.pass.typed.hint")))
	back := widgets.NewSurface(widgets.ColorNeutralSoft)
	back.Radius = 8
	c.offerBox = widgets.Column(12,
		widgets.Paragraph(w.T("start.pass.drawn")),
		widgets.Stack(back, widgets.Padded(14, 16, 14, 16, c.offer)),
		links(
			widgets.QuietButton(w.T("start.pass.another"), c.another),
			widgets.QuietButton(w.T("start.pass.own"), func() { c.setOwn(true) })),
		c.offerForm)

	c.freshForm = widgets.NewForm(1, widgets.NewField(keyFresh, w.T("start.pass.fresh"), c.fresh).Hint(w.T("start.pass.fresh.hint")))
	c.freshForm.OnSubmit = func() { widgets.Focus(c.again) }
	c.againForm = widgets.NewForm(1, widgets.NewField(keyAgain, w.T("start.pass.again"), c.again))
	c.ownBox = widgets.Column(12,
		c.freshForm,
		widgets.Column(5, c.bar, c.verdict),
		c.againForm,
		links(widgets.QuietButton(w.T("start.pass.offer"), func() { c.setOwn(false) })))

	c.box = widgets.Column(0, c.offerBox, c.ownBox)
	c.another()
	c.measure()
	c.show()
	return c
}

// links puts quiet buttons beside each other so that their words, not their
// edges, stand in line with what is above.
func links(buttons ...*widgets.Button) fyne.CanvasObject {
	row := widgets.Row(4)
	for _, b := range buttons {
		row.Add(b.Small())
	}
	return widgets.Padded(0, 0, 0, -10, row)
}

// onKeys says what Enter in the last entry and Escape do.
func (c *chooser) onKeys(submit, escape func()) {
	c.offerForm.OnSubmit, c.againForm.OnSubmit = submit, submit
	for _, e := range []*widgets.PasswordEntry{c.typed, c.fresh, c.again} {
		e.OnEscape = escape
	}
}

func (c *chooser) show() {
	c.offerBox.Hidden, c.ownBox.Hidden = c.own, !c.own
	c.box.Refresh()
	if c.changed != nil {
		c.changed()
	}
}

func (c *chooser) setOwn(own bool) {
	c.own = own
	c.show()
	c.focus()
}

// another offers another passphrase. Without a source of chance there is none
// to offer, and one's own remains.
func (c *chooser) another() {
	p, err := store.GeneratePassphrase(c.words)
	if err != nil {
		c.setOwn(true)
		return
	}
	c.offered = p
	c.offer.SetText(p)
	wipe(c.typed)
	c.typed.OnChanged("")
	c.box.Refresh()
}

func (c *chooser) focus() {
	if c.own {
		widgets.Focus(c.fresh)
	} else {
		widgets.Focus(c.typed)
	}
}

// measure says how hard one's own passphrase is to guess.
func (c *chooser) measure() {
	p := c.fresh.Text
	m := store.MeasurePassphrase(p, c.avoided()...)
	colour := widgets.ColorMuted
	key := "start.pass.score" + string(rune('0'+max(0, min(m.Score, 4))))
	share := float64(m.Score+1) / 5
	switch {
	case p == "":
		key, share = "start.pass.measured", 0
	case m.Enough:
		colour = widgets.ColorGood
	case m.Score >= 3: // hard to guess for its length, but too short
		key, share = "start.pass.short", 0.5
	}
	c.bar.SetValue(share)
	c.verdict.Set(c.w.T(key), colour)
}

// avoided is the context, whole and in words, as the measure compares it.
func (c *chooser) avoided() []string {
	var out []string
	for _, s := range c.context() {
		s = strings.ToLower(strings.TrimSpace(s))
		if s != "" {
			out = append(append(out, s), strings.Fields(s)...)
		}
	}
	return out
}

// passphrase returns what was chosen. When it cannot be used yet, it says why
// under its field, goes there, and returns false.
func (c *chooser) passphrase() (string, bool) {
	if !c.own {
		if c.typed.Text == c.offered {
			return c.offered, true
		}
		c.wrong(c.offerForm, keyTyped, c.difference())
		return "", false
	}
	p := c.fresh.Text
	switch {
	case p == "":
		c.wrong(c.freshForm, keyFresh, c.w.T("start.pass.empty"))
	case !store.MeasurePassphrase(p, c.avoided()...).Enough:
		c.wrong(c.freshForm, keyFresh, c.w.T("error.weak"))
	case c.again.Text != p:
		c.wrong(c.againForm, keyAgain, c.w.T("start.pass.differs"))
	default:
		return p, true
	}
	return "", false
}

func (c *chooser) wrong(f *widgets.Form, key, text string) {
	f.SetProblem(key, text)
	f.FocusProblem()
}

// difference says what is wrong with how the offered passphrase was typed.
func (c *chooser) difference() string {
	typed, want := strings.Fields(c.typed.Text), strings.Fields(c.offered)
	if len(typed) == 0 {
		return c.w.T("start.pass.typeit")
	}
	for i, w := range want {
		if i >= len(typed) {
			return c.w.T("start.pass.missing", words.Data{"Typed": len(typed), "All": len(want)})
		}
		if typed[i] != w {
			return c.w.T("start.pass.word", words.Data{"N": i + 1})
		}
	}
	if len(typed) > len(want) {
		return c.w.T("start.pass.more", words.Data{"All": len(want)})
	}
	return c.w.T("start.pass.spaces")
}

// refuse says why the book did not take the passphrase.
func (c *chooser) refuse(err error) {
	if !c.own {
		c.setOwn(true)
	}
	c.wrong(c.freshForm, keyFresh, c.w.Error(err))
}

// empty forgets everything that was offered or typed.
func (c *chooser) empty() {
	c.offered = ""
	c.offer.SetText("")
	for _, e := range []*widgets.PasswordEntry{c.typed, c.fresh, c.again} {
		wipe(e)
	}
}

// selectAll marks what stands in an entry, so that typing replaces it.
var selectAll = &fyne.ShortcutSelectAll{}

// typing is an entry of any purpose.
type typing interface {
	TypedKey(*fyne.KeyEvent)
	SetText(string)
	Empty()
}

// unmark ends a selection. Fyne keeps it when a text is set, and then swallows
// the next letter.
func unmark(e typing) { e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) }

// wipe takes away what was typed.
func wipe(e typing) {
	unmark(e)
	e.Empty()
}

// put replaces what was typed.
func put(e typing, s string) {
	unmark(e)
	e.SetText(s)
}
