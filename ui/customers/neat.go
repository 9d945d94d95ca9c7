// What was typed into the form is shown as it will be stored once its field is left,
// and what looks mistyped is remarked on. Remarks refuse nothing.

package customers

import (
	"cmp"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"counterbook/invoice/ident"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// remarkAfter is for how long a field was left before a remark comes: it moves what is
// below, and the click that left the field must still meet what it was meant for.
const remarkAfter = 300 * time.Millisecond

// neat knows how fields were typed and what was remarked on.
type neat struct {
	f     *form
	typed map[string]tidied
	seen  map[string]string // the text of a field that was remarked on last
	held  bool              // it was said why the form was not saved at once
	stop  func()
}

// tidied is a text as it was typed and as it was shown then. Who puts back what was
// typed meant it.
type tidied struct{ typed, shown string }

// remark is what is said under a field; take is what its answer puts there.
type remark struct {
	tone       widgets.Tone
	text, take string
}

// neatFields are the fields that are tidied when they are left, remarked the ones
// that may bear a remark, as they stand in the form.
var (
	neatFields = []string{"Name", "Phone", "Email", "Phone2", "VATID", "Address.Street", "Address.Postcode", "Address.City"}
	remarked   = []string{"Phone", "Email", "Phone2", "VATID", "Address.Postcode"}
)

func newNeat(f *form) *neat {
	n := &neat{f: f, stop: func() {}}
	n.reset()
	return n
}

// reset forgets all, as the form is filled anew. What is in the book was tidied, or
// meant as it is.
func (n *neat) reset() {
	n.typed, n.seen = map[string]tidied{}, map[string]string{}
	for _, key := range neatFields {
		n.typed[key] = tidied{n.inBook(key), n.inBook(key)}
	}
}

// follow listens to the fields.
func (n *neat) follow() {
	for _, key := range neatFields {
		e := n.entry(key)
		e.OnLeave = func() { n.left(key) }
		before := e.OnChanged
		e.OnChanged = func(s string) {
			had := n.said(key) != ""
			before(s)
			n.changed(had)
		}
	}
}

func (n *neat) entry(key string) *widgets.Entry {
	if g := n.f.guarded[key]; g != nil {
		return g.entry
	}
	return n.f.entries[key]
}

// inBook is what the book says in a field.
func (n *neat) inBook(key string) string {
	was := n.f.was
	for _, t := range all() {
		if t.key == key {
			return *t.of(&was)
		}
	}
	return ""
}

// country is where the customer is as far as the form says, the shop's otherwise.
func (n *neat) country() string {
	chosen := ""
	if i := n.f.country.Index(); i >= 0 {
		chosen = n.f.countries[i]
	}
	return cmp.Or(chosen, n.f.d.shop.Legal.Address.Country)
}

// said is the remark under a field, "" for none.
func (n *neat) said(key string) string {
	if x := n.f.fields.Field(key); x != nil {
		return x.Remarked()
	}
	return ""
}

// changed closes up where the remark of a field went with the text it was said of.
func (n *neat) changed(remarked bool) {
	if remarked {
		n.f.dialog.Refresh()
	}
	if n.held {
		n.held = false
		n.f.dialog.SetProblem("")
	}
}

// left tidies a field that is left.
func (n *neat) left(key string) {
	n.tidy(key)
	if key == "VATID" {
		n.f.checkVAT()
	}
	n.later()
}

// inside reports whether a field is being typed in.
func (n *neat) inside(key string) bool { return n.f.d.e.Canvas.Focused() == n.entry(key) }

// leave tidies the field that is being typed in.
func (n *neat) leave() {
	for _, key := range neatFields {
		if n.inside(key) {
			n.tidy(key)
		}
	}
}

// later says the remarks when the click that left a field is over.
func (n *neat) later() {
	n.stop()
	for _, key := range remarked {
		if n.remark(key).text != n.said(key) {
			n.stop = n.f.d.after(remarkAfter, func() {
				if n.f.d.form == n.f {
					n.say(func(key string) bool { return !n.inside(key) })
				}
			})
			return
		}
	}
}

// moved tidies anew, as it is done in the country that was chosen, what was typed
// before it.
func (n *neat) moved() {
	for _, key := range []string{"Phone", "Phone2", "Address.Street", "Address.Postcode"} {
		e, t := n.entry(key), n.typed[key]
		parted := key == "Address.Street" && t.typed != t.shown
		if e.Text == t.shown && t.typed != n.inBook(key) && !parted {
			n.show(key, t.typed)
		}
	}
	if n.f.dialog != nil {
		n.later()
	}
}

// tidy shows a field as it will be stored. What is in the book is left alone, so is
// what was tidied before and put back; a phone and an e-mail address are stored in one
// form whoever puts back what.
func (n *neat) tidy(key string) {
	text, t := n.entry(key).Text, n.typed[key]
	if text == "" || text == t.shown || text == t.typed && n.f.guarded[key] == nil || text == n.inBook(key) {
		return
	}
	n.show(key, text)
}

// show shows what was typed into a field as it will be stored.
func (n *neat) show(key, text string) {
	var c store.Customer
	for _, t := range all() {
		if t.key == key {
			*t.of(&c) = text
		}
	}
	c.Phone = cmp.Or(c.Phone, c.Phone2)
	c = store.Clean(c, n.country())
	shown := map[string]string{"Name": c.Name, "Phone": c.Phone, "Phone2": c.Phone, "Email": c.Email, "VATID": text,
		"Address.Street": c.Address.Street, "Address.Postcode": c.Address.Postcode, "Address.City": c.Address.City}
	if number, err := ident.VAT(text); key == "VATID" && err == nil {
		shown[key] = number
	}
	if key == "Address.Street" && c.Address.Street != text { // parted
		postcode, city := n.entry("Address.Postcode"), n.entry("Address.City")
		if strings.TrimSpace(postcode.Text+city.Text) != "" {
			shown[key] = text
		} else {
			n.set("Address.Postcode", c.Address.Postcode, c.Address.Postcode)
			n.set("Address.City", c.Address.City, c.Address.City)
		}
	}
	n.set(key, text, strings.TrimSpace(shown[key]))
}

// set puts a text into a field in place of what was typed.
func (n *neat) set(key, typed, shown string) {
	n.typed[key] = tidied{typed, shown}
	if e := n.entry(key); e.Text != shown {
		e.SetText(shown)
		e.CursorColumn = utf8.RuneCountInString(shown)
		e.Refresh()
	}
}

// remark is what is worth saying of what stands in a field.
func (n *neat) remark(key string) remark {
	w, text, country := n.f.d.e.Words, strings.TrimSpace(n.entry(key).Text), n.country()
	fresh := text != "" && text != n.inBook(key)
	switch key {
	case "VATID":
		if _, err := ident.VAT(text); text != "" && err == nil {
			return remark{text: w.T("customers.check.format valid")}
		}
	case "Email":
		if meant := ident.EmailTypo(text); fresh && meant != "" {
			return remark{widgets.Look, w.T("customers.typo", words.Data{"Email": meant}), meant}
		}
	case "Address.Postcode":
		moved := country != cmp.Or(n.f.was.Address.Country, country)
		if _, err := ident.Postcode(text, country); err != nil && text != "" && (fresh || moved) {
			return remark{tone: widgets.Look, text: w.T("customers.postcodeForm", words.Data{"Country": w.Country(country)})}
		}
	default:
		if _, err := ident.Phone(text, country); fresh && errors.Is(err, ident.ErrLength) {
			return remark{tone: widgets.Look, text: w.T("customers.phoneLength")}
		}
	}
	return remark{}
}

// every is for all fields that may bear a remark.
func every(string) bool { return true }

// say says under each field of those asked for what is worth it, and returns the first
// of which nobody could have seen it before, "" for none.
func (n *neat) say(of func(key string) bool) (unseen string) {
	n.stop()
	for _, key := range remarked {
		r, x := n.remark(key), n.f.fields.Field(key)
		if x == nil || !of(key) {
			continue
		}
		text := n.entry(key).Text
		if r.tone == widgets.Look && n.seen[key] != text && unseen == "" {
			unseen = key
		}
		if r.tone == widgets.Look {
			n.seen[key] = text
		}
		var answers []widgets.Answer
		if r.take != "" {
			answers = []widgets.Answer{{Text: n.f.d.e.Words.T("customers.typo.take"), Do: func() { n.take(key, r.take) }}}
		}
		x.Remark(r.tone, r.text, answers...)
	}
	if n.f.dialog != nil {
		n.f.dialog.Refresh()
	}
	return unseen
}

// take puts into a field what was meant.
func (n *neat) take(key, text string) {
	e := n.entry(key)
	widgets.Focus(e) // the answer is about to go
	n.set(key, text, text)
}

// hold says what looks mistyped where nobody could have seen it yet, as Enter saves
// before the last field is left, and reports whether it did. It never does so twice for
// the same text.
func (n *neat) hold() bool {
	key := n.say(every)
	n.held = key != ""
	if !n.held {
		return false
	}
	n.f.dialog.Tell(widgets.Look, n.f.d.e.Words.T("customers.unsure"))
	widgets.Focus(n.entry(key))
	return true
}
