package sample

// Notes: what staff of a framer's write down. A note is a sentence or two, put
// together by lot; {…} are places that a list fills.

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
)

// hand is what was noted of the regulars, the newest last; days is how old a
// note is.
var hand = map[string][]struct {
	days int
	text string
}{
	"Amelie Braun": {{410, "Orders frames in batches of ten; asks for delivery on Mondays."}, {96, "Shop window of the Währinger Straße branch is new: frames for it go to Brillenhaus Braun OG."}},
	"Giulia Conti": {{301, "Bring-your-own glass is fine for her; she signs that we are not liable for it."}, {88, "Pays for the ceramics company herself, asks for a separate invoice to Conti Keramik."},
		{8, "Prefers pickup after 17:00; frame order from Studio Neri."}},
	"Henrik Olsen":   {{320, "Writes rather than calls."}},
	"Thanh Nguyen":   {{150, "Menu boards must be wipeable."}, {40, "Deliver to the kitchen door before ten, never at noon."}},
	"Jürgen Weiß":    {{260, "Trade fair orders: invoice to the company in München, goods go straight to the hall."}},
	"Maria Esposito": {{61, "Left two drawings of her son without measurements. Call before cutting anything."}},
}

// slots are what the places in the sentences are filled with.
var slots = map[string][]string{
	"piece":   list("wedding photograph, watercolour, two etchings, oil portrait, football shirt, embroidery, map of the old town, concert poster, pressed flowers, diploma, charcoal drawing, linocut, silk scarf, set of stamps, child's drawing, icon, medal of the grandfather, family tree, photograph from the fifties, tapestry, calendar sheet, theatre bill, botanical print, Japanese woodcut"),
	"wood":    list("walnut, oak, maple, white lime wood, black beech, cherry, raw ash, gilded moulding, smoked oak, pear wood"),
	"size":    list("18×24, 20×30, 24×30, 30×40, 40×50, 40×60, 50×70, 60×80, 70×100, 35×35, A4, A3, 28×33.5, 52.5×71"),
	"glass":   list("museum glass, clear glass, acrylic glass, no glass at all, non-reflecting glass"),
	"mount":   list("cream, white, grey, black, dark green, ivory, double white, sand-coloured"),
	"room":    list("hall, kitchen, study, waiting room, stairs, bedroom, office, children's room, living room, music room"),
	"day":     list("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday"),
	"hour":    list("9:30, 10:00, 11:00, 12:30, 14:00, 15:30, 16:00, 17:00, 17:30"),
	"who":     list("husband, wife, daughter, son, neighbour, sister, brother, assistant, colleague, mother, partner"),
	"when":    list("before Christmas, by the end of the month, for a birthday, for the opening, before the move, after the holidays, for the wedding anniversary, by Easter, as soon as it can be done, without any hurry"),
	"month":   list("January, February, March, April, May, June, July, September, October, November"),
	"count":   list("two, three, four, five, six, eight, a dozen"),
	"artist":  list("a friend, her grandfather, an uncle, a former teacher, somebody at the academy, a neighbour, their father"),
	"thanks":  list("a card, a cake, a bottle of wine, a photograph of the finished wall, flowers, apricots from the garden"),
	"problem": list("loose corner, scratch at the lower edge, hook that came off, dust under the glass, stain on the mount, warped back, missing wire"),
}

// sentences stand alone or two by two.
var sentences = []string{
	"Wants the {piece} framed in {wood}, {size}.",
	"Chose {mount} mount and {glass} for the {piece}.",
	"Asked what a frame in {wood}, {size}, would cost; was told, and is thinking about it.",
	"Collects on {day}s after {hour}.",
	"The {who} collects this time.",
	"Please call on {day} at {hour}, not earlier.",
	"Needs it {when}.",
	"Brought the {piece} back: {problem}. Done again free of charge.",
	"The {piece} goes into the {room}, so {glass}.",
	"Has {count} more pieces at home and will bring them in {month}.",
	"The {piece} is by {artist}; handle with gloves.",
	"Does not like {wood}; show {mount} mounts first.",
	"Measured the wall in the {room}: {size} fits, nothing larger.",
	"Same moulding as last time, please: {wood}.",
	"Asked to keep the old back of the {piece}; it has a dedication.",
	"Sent the {who} with the deposit.",
	"Would like a reminder in {month} about the {piece}.",
	"Sent {thanks} to say thank you.",
	"Moved house; the {room} needs {count} frames in {size}.",
	"Interested in the course in {month}.",
	"Ordered {count} frames {size} in {wood} {when}.",
	"Keep the offcuts of the {mount} board for the {who}.",
	"The {who} has an account of their own with us; do not mix the orders.",
	"Let the {piece} rest flat for a week before it is cut.",
	"Asked for an estimate in writing for {count} pieces, {size}.",
	"Delivery to the third floor, there is no lift. Ring twice.",
	"Delivery on {day} only, somebody is at home from {hour}.",
	"Found the {glass} too expensive, took {wood} without it.",
	"The {problem} of last {month} was our fault: ten per cent off next time.",
	"Prefers to be written to.",
	"Speaks little German; the {who} helps.",
	"Paid the rest when collecting on {day}.",
	"Says the hook in the {room} holds; we advised two.",
	"Would take the {piece} on paper-backed board, acid-free, no glue.",
	"Waits for {wood} in {size}; to be told when it arrives.",
	"Wants the invoice {when}, with the name of the {room} on it.",
	"Likes to see the corner sample by daylight: come out to the door.",
	"The {piece} and the {room} photograph are one order.",
	"Came with the {who}, could not agree on {wood}. Corner samples lent until {day}.",
	"Cut the {mount} mount {count} millimetres wider below.",
}

// pad composes the notes on one customer. A sentence comes again only after the
// others.
type pad struct {
	l    *lot
	left []string
}

func (p *pad) sentence() string {
	if len(p.left) == 0 {
		p.left = slices.Clone(sentences)
	}
	i := p.l.below(len(p.left))
	s := p.left[i]
	p.left = slices.Delete(p.left, i, i+1)
	return s
}

// compose draws the text of a note, which is about what its first sentence is.
func (p *pad) compose() (string, store.NoteKind) {
	first := p.sentence()
	text := fillIn(p.l, first)
	if p.l.in100(45) {
		text += " " + fillIn(p.l, p.sentence())
	}
	return text, kindOf(first)
}

func fillIn(l *lot, sentence string) string {
	for {
		before, rest, ok := strings.Cut(sentence, "{")
		slot, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			return sentence
		}
		sentence = before + one(l, slots[slot]) + after
	}
}

// kindOf says what a sentence is about by how it begins; a framer's notes are
// about pieces and their sizes otherwise.
func kindOf(text string) store.NoteKind {
	for _, k := range []struct {
		kind   store.NoteKind
		starts []string
	}{
		{store.PreferenceNote, []string{"Prefers", "Likes", "Does not like", "Collects", "Writes", "Interested", "Found the", "Speaks", "Would like"}},
		{store.ServiceNote, []string{"Please call", "Let the", "The {piece} is by", "Menu boards", "Bring-your-own", "Left two", "Keep the offcuts"}},
		{store.DeliveryNote, []string{"Deliver", "Orders frames in batches"}},
		{store.ComplaintNote, []string{"Brought the", "The {problem}"}},
	} {
		if slices.ContainsFunc(k.starts, func(s string) bool { return strings.HasPrefix(text, s) }) {
			return k.kind
		}
	}
	return store.FittingNote
}

// agreed is what was agreed with one of the regulars about paying.
var agreed = store.Note{Kind: store.PaymentNote, Amount: decimal.RequireFromString("240"),
	Text: "Pays the rest of the window frames when they are delivered."}

// form is what a note has besides its text. What would have ended long ago was
// kept, so that only a few are asked about.
func form(kind store.NoteKind, at, now time.Time) store.Note {
	v := store.Note{Kind: kind, Expires: kind.Life().After(invoice.DateOf(at)), Settled: now.Sub(at) > 21*24*time.Hour}
	if v.Expired(invoice.DateOf(now).AddDays(-mostEnded)) {
		v.Expires = invoice.DateOf(now).AddDays(30 + at.YearDay()%200)
	}
	return v
}

// mostEnded is for how many days a note has ended at most.
const mostEnded = 12

// howMany draws how many notes somebody has: none for most, many for a few.
func howMany(l *lot) int {
	switch at := l.below(100); {
	case at < 54:
		return 0
	case at < 72:
		return l.between(1, 2)
	case at < 90:
		return l.between(3, 8)
	case at < 98:
		return l.between(9, 16)
	}
	return l.between(20, 40)
}

// jotted draws the notes of all customers, each after its customer came, with
// the place of the customer in list. No text is used twice while the lists last.
func jotted(list []store.Customer, now time.Time) []note {
	var out []note
	used := map[string]bool{}
	for i, c := range list {
		l := lots(lotNotes + uint64(i))
		n := howMany(l)
		if isRegular(c) {
			for _, h := range hand[c.Name] {
				at := open(now.AddDate(0, 0, -h.days), now.Location(), 15*60+10)
				v := form(kindOf(h.text), at, now)
				v.Pinned = v.Kind == store.ServiceNote
				out = append(out, note{i, h.text, at, v})
			}
			if c.Name == "Amelie Braun" {
				v := agreed
				v.Due = invoice.DateOf(now).AddDays(21)
				out = append(out, note{i, v.Text, open(now.AddDate(0, 0, -12), now.Location(), 11*60), v})
			}
			n = 0
			if c.Name == "Amelie Braun" { // the one with many
				n = 24
			}
		}
		days := int(now.Sub(c.Created).Hours() / 24)
		p := pad{l: l}
		for range n {
			text, kind := p.compose()
			for try := 0; used[text] && try < 20; try++ {
				text, kind = p.compose()
			}
			used[text] = true
			at := open(now.AddDate(0, 0, -l.below(max(days, 1))), now.Location(), l.between(9*60, 18*60-1))
			if at.Before(c.Created) {
				at = c.Created.Add(10 * time.Minute)
			}
			if at.After(now) {
				at = now.Add(-time.Duration(l.between(20, 90)) * time.Minute)
			}
			out = append(out, note{i, text, at, form(kind, at, now)})
		}
	}
	return out
}

// note is a note on the customer at a place, when it was written, and what it has
// besides its text.
type note struct {
	customer int
	text     string
	at       time.Time
	form     store.Note
}

// of is the note as one on a customer of the book.
func (n note) of(c store.CustomerID) store.Note {
	v := n.form
	v.Customer, v.Text = c, n.text
	return v
}
