// The note guard under the text of a note: what it found, why that does not
// belong there, and what one press does about it.

package customers

import (
	"errors"
	"runtime"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"counterbook/store"
	"counterbook/store/sensitive"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	// guardPause is how long the guard waits for the next letter.
	guardPause = 250 * time.Millisecond
	// mostFindings is how many findings are shown at once.
	mostFindings = 4
	// pastedFrom is how many bytes the longest letter has: more come at once only when
	// somebody pastes.
	pastedFrom = 4
	// mostShown is how much of what was found is shown of it, in characters.
	mostShown = 60
)

// guard looks at the text of an editor.
type guard struct {
	f     *noteEditor
	book  *store.Guard // nil for who may not read the shop's record
	text  string       // what found is about
	last  int          // how long the text was at the letter before
	found []store.GuardFinding
	acts  []*widgets.Button // what can be done about the first of them
	why   *reasonField      // nil unless somebody is saying why something stays
	stop  func()            // the waiting
	box   *fyne.Container
}

// reasonField is where it is said why findings of a kind stay.
type reasonField struct {
	kind  sensitive.Kind
	entry *widgets.Entry
	field *widgets.Field
}

func newGuard(f *noteEditor) *guard {
	g := &guard{f: f, box: widgets.Column(6), stop: func() {}}
	g.book, _ = f.n.t.d.e.Session.Guard()
	g.look()
	return g
}

// typed follows every letter: it looks once nobody types for a moment, and at once
// when something was pasted.
func (g *guard) typed(text string) {
	g.stop()
	grown := len(text) - g.last
	g.last = len(text)
	if max(grown, -grown) > pastedFrom || text == "" {
		g.look()
		return
	}
	g.stop = widgets.After(guardPause, g.look)
}

// look shows what is in the text now.
func (g *guard) look() {
	g.stop()
	text := g.f.area.Text
	if g.book == nil || text == g.text {
		return
	}
	found, err := g.book.Find(text)
	if err != nil {
		g.f.n.t.d.e.Fail(err)
		return
	}
	none := len(g.found) == 0 && len(found) == 0
	g.text, g.found = text, found
	if !none {
		g.fill()
		g.reveal()
	}
}

// reveal brings what was found first into view, where it and the text have room.
func (g *guard) reveal() {
	page, area := g.f.n.t.page, g.f.area.Size().Height
	if page == nil || len(g.open()) == 0 {
		return
	}
	if first := g.box.Objects[0]; area+first.Size().Height < page.Size().Height {
		page.Reveal(first)
	}
}

// open lists what was found and has no reason that counts.
func (g *guard) open() []store.GuardFinding {
	count := map[sensitive.Kind]int{}
	for _, f := range g.found {
		count[f.Kind]++
	}
	var out []store.GuardFinding
	for _, f := range g.found {
		if r, ok := g.reason(f.Kind); !ok || r.Count < count[f.Kind] || !r.Covers(f.Finding, g.text, g.old()) {
			out = append(out, f)
		}
	}
	return out
}

// old is the note that is changed as far as reasons go, nil for a new one.
func (g *guard) old() *store.Note {
	if g.f.key.note.IsZero() {
		return nil
	}
	return &store.Note{Text: g.f.was.Text, Reasons: g.f.was.Reasons}
}

func (g *guard) reason(k sensitive.Kind) (store.GuardReason, bool) {
	for _, r := range g.f.typed().Reasons {
		if r.Kind == k.String() {
			return r, true
		}
	}
	return store.GuardReason{}, false
}

// fill shows the findings anew.
func (g *guard) fill() {
	w := g.f.n.words()
	g.box.Objects, g.acts = nil, nil
	open := g.open()
	for i, f := range open {
		if i == mostFindings {
			g.box.Add(widgets.Caption(w.N("guard.more", len(open)-i)).Wrap())
			break
		}
		g.box.Add(g.line(f, i == 0))
	}
	for _, r := range g.f.typed().Reasons {
		g.box.Add(g.kept(r))
	}
	g.f.n.refresh()
}

// line is one finding: what it is, why it does not belong here, what can be done.
func (g *guard) line(f store.GuardFinding, first bool) fyne.CanvasObject {
	w := g.f.n.words()
	ink, back, icon := widgets.ColorLook, widgets.ColorLookSoft, widgets.IconAlert
	if f.Level == store.GuardBlock {
		ink, back, icon = widgets.ColorDangerText, widgets.ColorDangerSoft, widgets.IconBlock
	}
	what := w.T("guard.found", words.Data{"What": words.Capital(w.GuardKind(f.Kind.String())), "Text": shortened(g.text[f.Start:f.End])})
	said := widgets.Column(1, widgets.NewText(what).Bold().Wrap().In(ink), widgets.NewText(w.T("guard.why."+f.Kind.String())).Wrap().In(ink))
	acts := g.actions(f)
	does := widgets.Flow(6)
	for i, b := range acts {
		if first {
			b.WithHint(g.guardKey(i + 1))
		}
		does.Add(b.Small())
	}
	if first {
		g.acts = acts
	}
	parts := []fyne.CanvasObject{widgets.RowTop(8, widgets.NewIcon(icon, ink, 20), widgets.Grow(said))}
	if g.why != nil && g.why.kind == f.Kind {
		parts = append(parts, g.asking())
	} else {
		parts = append(parts, does)
	}
	ground := widgets.NewSurface(back)
	ground.Radius = 8
	return widgets.Stack(ground, widgets.Padded(9, 12, 10, 12, widgets.Column(8, parts...)))
}

// shortened is the beginning of a text where it is long, on one line.
func shortened(text string) string {
	r := []rune(text)
	for i := range r {
		if r[i] == '\n' {
			r[i] = ' '
		}
	}
	if len(r) > mostShown {
		return string(r[:mostShown]) + "…"
	}
	return string(r)
}

// actions are what can be done about a finding, the best first.
func (g *guard) actions(f store.GuardFinding) []*widgets.Button {
	w, d := g.f.n.words(), g.f.n.t.d
	var out []*widgets.Button
	home, err := g.book.Home(g.f.n.t.c, g.text, f.Finding)
	if err != nil {
		d.e.Fail(err)
	}
	if home != "" && d.e.Can(store.EditCustomers) {
		out = append(out, widgets.NewButton(w.T("guard.move."+home), func() { g.move(f, false) }))
	}
	if _, ok := sensitive.Ending(g.text, f.Finding); ok {
		out = append(out, widgets.NewButton(w.T("guard.mask"), func() { g.mask(f) }))
	}
	if f.Kind == sensitive.Health || f.Kind == sensitive.Religion {
		if p := g.f.typed(); !p.Chosen || p.Kind != store.ServiceNote {
			out = append(out, widgets.NewButton(w.T("guard.service"), func() { g.service(f) }))
		}
	}
	out = append(out, widgets.NewButton(w.T("guard.remove"), func() { g.put(sensitive.Remove(g.text, f.Finding)) }))
	if f.Level == store.GuardWarn || f.Level == store.GuardBlock && d.e.Can(store.OverrideGuard) {
		out = append(out, widgets.NewButton(w.T("guard.keep"), func() { g.ask(f.Kind) }))
	}
	return out
}

// guardModifier is the key that is held with the number of what is to be done. With
// Alt a Mac writes letters of its own, and Ctrl and a number lead to other places
// elsewhere.
func guardModifier() fyne.KeyModifier {
	if runtime.GOOS == "darwin" {
		return fyne.KeyModifierControl
	}
	return fyne.KeyModifierAlt
}

// guardKey is how that is written.
func (g *guard) guardKey(number int) string {
	key := "guard.key"
	if runtime.GOOS == "darwin" {
		key = "guard.keyMac"
	}
	return g.f.n.words().T(key, words.Data{"Number": number})
}

// shortcut does what is done about the first finding: the modifier and its number.
func (g *guard) shortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != guardModifier() || c.KeyName < fyne.Key1 || c.KeyName > fyne.Key9 {
		return false
	}
	g.look()
	if i := int(c.KeyName[0] - '1'); i < len(g.acts) {
		g.acts[i].Tapped(nil)
		return true
	}
	return false
}

// put is the text after something was done about it. What it was before is gone
// from the entry with what can be undone there, and from the desk.
func (g *guard) put(text string) {
	g.why = nil
	g.f.area.SetText(text)
	g.look()
	g.f.n.t.d.e.KeepWork()
	widgets.Focus(g.f.area)
}

func (g *guard) mask(f store.GuardFinding) {
	if text, ok := g.f.n.words().Masked(g.text, f.Finding); ok {
		g.put(text)
	}
}

// service makes the note say what is done for the customer, in the place of why.
func (g *guard) service(f store.GuardFinding) {
	g.f.take(store.ServiceNote)
	g.put(sensitive.Remove(g.text, f.Finding))
}

// move puts what was found where it belongs. Where something else is there already,
// both are shown.
func (g *guard) move(f store.GuardFinding, replace bool) {
	n, w := g.f.n, g.f.n.words()
	v := store.Note{Customer: g.f.key.customer}
	for _, old := range n.list {
		if old.ID == g.f.key.note {
			v = old
		}
	}
	m, err := n.book.Move(v, g.text, f.Finding, replace)
	var taken *store.TakenError
	switch {
	case errors.As(err, &taken):
		g.askWhich(f, taken.Field)
		return
	case err != nil:
		g.f.fail(err)
		return
	}
	p := g.f.typed()
	p.Text, p.Note, p.Version = m.Text, m.Note.ID, m.Note.Version
	delete(n.t.d.pending, g.f.key)
	if !p.blank() || !p.Note.IsZero() {
		n.t.d.pending[p.key()] = p
	}
	n.t.d.e.KeepWork()
	n.t.d.reopen(m.Customer)
	n.t.d.e.Say(widgets.Toast{Tone: widgets.Good, Text: w.T("guard.moved")})
	if n := n.t.d.detail.notes; n != nil {
		n.write(p.key())
	}
}

// askWhich shows what is in the field and what would be moved there.
func (g *guard) askWhich(f store.GuardFinding, field string) {
	n, w := g.f.n, g.f.n.words()
	c := n.t.c
	has := map[string]string{"Phone": store.MaskPhone(c.Phone), "Phone2": store.MaskPhone(c.Phone2), "Email": store.MaskEmail(c.Email), "VATID": c.VATID,
		"Address": c.Address.Street, "Birthday": birthdayText(c.Birthday)}[field]
	data := words.Data{"Has": has, "New": shortened(g.text[f.Start:f.End])}
	widgets.Ask(n.t.d.e.Canvas, w.T("guard.taken."+field), w.T("guard.takenText", data), w.T("guard.takenYes"), w.T("common.cancel"), false,
		func() { g.move(f, true) })
}

// ask asks why findings of a kind have to stay.
func (g *guard) ask(k sensitive.Kind) {
	w := g.f.n.words()
	e := widgets.NewEntry().With(w.T("guard.reasonHere"))
	e.SetLabel(w.T("guard.reason"))
	e.OnSubmitted = func(string) { g.keep() }
	e.OnEscape = g.give
	g.why = &reasonField{kind: k, entry: e, field: widgets.NewField("Reason", w.T("guard.reason"), e)}
	e.OnChanged = func(string) { g.why.field.SetProblem("") }
	g.fill()
	widgets.Focus(e)
}

// asking is where the reason is typed.
func (g *guard) asking() fyne.CanvasObject {
	w := g.f.n.words()
	return widgets.Column(8, g.why.field, widgets.Row(6, widgets.NewButton(w.T("guard.keepNow"), g.keep).Small(),
		widgets.NewButton(w.T("common.cancel"), g.give).Small()))
}

// give goes back to what can be done else.
func (g *guard) give() {
	g.why = nil
	g.fill()
	widgets.Focus(g.f.area)
}

// keep lets what was found stay for the reason that was typed.
func (g *guard) keep() {
	k, reason := g.why.kind, g.why.entry.Text
	if problem := g.wrongReason(reason); problem != "" {
		g.why.field.SetProblem(problem)
		g.f.n.refresh()
		widgets.Focus(g.why.entry)
		return
	}
	count := 0
	for _, f := range g.found {
		if f.Kind == k {
			count++
		}
	}
	g.why = nil
	g.f.change(func(p *noteWork) { p.Reasons = withReason(p.Reasons, k, count, reason) })
	g.fill()
	widgets.Focus(g.f.area)
}

// wrongReason says what is wrong with a reason, "" for nothing.
func (g *guard) wrongReason(reason string) string {
	w := g.f.n.words()
	bad, err := g.book.Reason(reason)
	switch {
	case len(bad) > 0:
		return w.T("guard.reasonFound", words.Data{"What": w.GuardKind(bad[0].Kind.String())})
	case err != nil:
		return w.Error(err)
	}
	return ""
}

// withReason is a list of reasons with another one of its kind, or without any
// where count is 0.
func withReason(list []store.GuardReason, k sensitive.Kind, count int, reason string) []store.GuardReason {
	var out []store.GuardReason
	for _, r := range list {
		if r.Kind != k.String() {
			out = append(out, r)
		}
	}
	if count > 0 {
		out = append(out, store.GuardReason{Kind: k.String(), Count: count, Reason: reason, New: true})
	}
	return out
}

// kept says that something stays, and lets one think again.
func (g *guard) kept(r store.GuardReason) fyne.CanvasObject {
	w := g.f.n.words()
	said := w.T("guard.kept", words.Data{"What": words.Capital(w.GuardKind(r.Kind)), "Reason": r.Reason})
	return widgets.Row(8, widgets.NewIcon(widgets.IconCheck, widgets.ColorMuted, 20), widgets.Grow(widgets.Caption(said).Wrap()),
		widgets.QuietButton(w.T("guard.again"), func() {
			k, _ := sensitive.ParseKind(r.Kind)
			g.f.change(func(p *noteWork) { p.Reasons = withReason(p.Reasons, k, 0, "") })
			g.fill()
			widgets.Focus(g.f.area)
		}).Small())
}

// refused shows what the store did not let through, and leads there. It reports
// false where there is nothing to be done about it here.
func (g *guard) refused(err error) bool {
	var e *store.GuardError
	if !errors.As(err, &e) || g.book == nil {
		return false
	}
	g.look()
	g.fill()
	widgets.Focus(g.f.area)
	return true
}

// blanked is a text as it may lie on the desk: what the guard blocks is masked in it,
// or taken out.
func (d *directory) blanked(text string) string {
	book, err := d.e.Session.Guard()
	if err != nil {
		return text
	}
	for {
		found, err := book.Find(text)
		at := slices.IndexFunc(found, func(f store.GuardFinding) bool { return f.Level == store.GuardBlock })
		if err != nil || at < 0 {
			return text
		}
		masked, ok := d.e.Words.Masked(text, found[at].Finding)
		if !ok || len(masked) >= len(text) {
			masked = sensitive.Remove(text, found[at].Finding)
		}
		text = masked
	}
}
