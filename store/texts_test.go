package store_test

// What people type, paste and scan into texts: it comes back exactly, or it is
// refused with its place and nothing is stored.

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
)

// strange are texts that nobody expects and that are somebody's name all the same.
var strange = map[string]string{
	"emoji":              "Blumen 🌷 & Söhne 👩‍👩‍👧",
	"right to left":      "ורד כהן",
	"both directions":    "Café بيت القهوة 12",
	"marks of direction": "\u200fורד\u200e",
	"joiners":            "می\u200cخواهم",
	"combining":          "Zu\u0308rich",
	"other scripts":      "Δημήτρης Łucja Олена 山田",
	"looks like code":    `'; DROP TABLE x; -- <b>&amp;</b> {{.Name}} %s \n`,
	"replacement":        "\ufffd",
}

// hidden are texts that hold what nobody sees, with the rule that refuses them.
var hidden = map[string][2]string{
	"a\u202etxt.exe": {"unseen", "U+202E"}, // turns the direction of writing
	"a\u2066b":       {"unseen", "U+2066"},
	"a\u200bb":       {"unseen", "U+200B"}, // a space of no width
	"a\ufeffb":       {"unseen", "U+FEFF"},
	"a\x00b":         {"unseen", "U+0000"},
	"a\x07b":         {"unseen", "U+0007"},
	"a\x1b[31mb":     {"unseen", "U+001B"},
	"a\x7fb":         {"unseen", "U+007F"},
	"a\u0085b":       {"unseen", "U+0085"},
	"a\u2028b":       {"unseen", "U+2028"},
	"a\rb":           {"unseen", "U+000D"},
	"a\xffb":         {"text", ""},
	"a\xed\xa0\x80b": {"text", ""}, // half of a surrogate pair
}

// places are where texts are typed, each with how it is stored and read back.
func places(t *testing.T, s *store.Session) map[string]func(text string) (string, error) {
	cs := customers(t, s)
	is, err := s.Items()
	require.NoError(t, err)
	ns, err := s.Notes()
	require.NoError(t, err)
	ds, _ := desk(t, s)
	b, err := s.Shop()
	require.NoError(t, err)
	known, err := anyway(cs, giulia())
	require.NoError(t, err)
	customer := func(set func(*store.Customer) *string) func(string) (string, error) {
		return func(text string) (string, error) {
			c := giulia()
			*set(&c) = text
			c, err := anyway(cs, c)
			if err != nil {
				return "", err
			}
			c, err = cs.Get(c.ID)
			return *set(&c), err
		}
	}
	drafted := func(set func(*invoice.Document) *string) func(string) (string, error) {
		return func(text string) (string, error) {
			d := draft()
			*set(&d.Doc) = text
			d, err := ds.Save(d)
			if err != nil {
				return "", err
			}
			d, err = ds.Get(d.ID)
			return *set(&d.Doc), err
		}
	}
	shop := func(set func(*store.Shop) *string) func(string) (string, error) {
		return func(text string) (string, error) {
			sh, err := b.Get()
			require.NoError(t, err)
			*set(&sh) = text
			if _, err := b.Save(sh); err != nil {
				return "", err
			}
			sh, err = b.Get()
			return *set(&sh), err
		}
	}
	return map[string]func(string) (string, error){
		"Name":           customer(func(c *store.Customer) *string { return &c.Name }),
		"Company":        customer(func(c *store.Customer) *string { return &c.Company }),
		"Address.Street": customer(func(c *store.Customer) *string { return &c.Address.Street }),
		"Address.City":   customer(func(c *store.Customer) *string { return &c.Address.City }),
		"item Name": func(text string) (string, error) {
			i, err := is.Save(store.Item{Name: text, Price: decimal.NewFromInt(1), Tax: frame().Tax})
			if err != nil {
				return "", err
			}
			i, err = is.Get(i.ID)
			return i.Name, err
		},
		"Text": func(text string) (string, error) {
			v, err := ns.Save(store.Note{Customer: known.ID, Text: text})
			if err != nil {
				return "", err
			}
			all, err := ns.Of(known.ID)
			for _, o := range all {
				if o.ID == v.ID {
					return o.Text, err
				}
			}
			return "", err
		},
		"Buyer.Name":       drafted(func(d *invoice.Document) *string { return &d.Buyer.Name }),
		"Buyer.Contact":    drafted(func(d *invoice.Document) *string { return &d.Buyer.Contact }),
		"Lines[0].Name":    drafted(func(d *invoice.Document) *string { return &d.Lines[0].Name }),
		"Lines[0].Detail":  drafted(func(d *invoice.Document) *string { return &d.Lines[0].Detail }),
		"Terms":            drafted(func(d *invoice.Document) *string { return &d.Terms }),
		"Note":             drafted(func(d *invoice.Document) *string { return &d.Note }),
		"shop Name":        shop(func(sh *store.Shop) *string { return &sh.Name }),
		"Legal.Name":       shop(func(sh *store.Shop) *string { return &sh.Legal.Name }),
		"Footer":           shop(func(sh *store.Shop) *string { return &sh.Footer }),
		"shop Bank.Holder": shop(func(sh *store.Shop) *string { return &sh.Bank.Holder }),
	}
}

// field is the field a place's problems name.
func field(place string) string { return place[strings.LastIndex(place, " ")+1:] }

// several are the places that hold several lines.
var several = map[string]bool{"Text": true, "Terms": true, "Note": true, "Footer": true, "Lines[0].Detail": true}

func TestWhatIsTypedComesBackExactly(t *testing.T) {
	_, s := newBook(t, newClock())
	for place, keep := range places(t, s) {
		for name, text := range strange {
			got, err := keep(text)
			require.NoError(t, err, "%s in %s", name, place)
			require.Equal(t, text, got, "%s in %s", name, place)
		}
		got, err := keep("  two  words\t ")
		require.NoError(t, err, place)
		require.Equal(t, "two  words", got, "space around is no part of a text")
	}
}

func TestWhatNobodySeesIsRefusedAtItsField(t *testing.T) {
	_, s := newBook(t, newClock())
	for place, keep := range places(t, s) {
		for text, want := range hidden {
			_, err := keep(text)
			p := invoice.Problem{Field: field(place), Rule: want[0]}
			if want[1] != "" {
				p.Args = []string{want[1]}
			}
			require.Equal(t, invoice.Problems{p}, err, "%q in %s", text, place)
		}
	}
}

func TestLineBreaksStayWhereThereAreSeveralLinesAndAreRefusedElsewhere(t *testing.T) {
	_, s := newBook(t, newClock())
	for place, keep := range places(t, s) {
		got, err := keep("one\n\ttwo")
		if several[place] {
			require.NoError(t, err, place)
			require.Equal(t, "one\n\ttwo", got, place)
			continue
		}
		require.Equal(t, invoice.Problems{{Field: field(place), Rule: "one line"}}, err, place)
	}
}

func TestATextOfTenThousandCharactersIsRefusedAndNothingIsCutOff(t *testing.T) {
	_, s := newBook(t, newClock())
	all := places(t, s)
	before, err := customers(t, s).Count()
	require.NoError(t, err)
	for place, keep := range all {
		_, err := keep(strings.Repeat("ä", 10_000))
		var p invoice.Problems
		require.ErrorAs(t, err, &p, place)
		require.Equal(t, []string{field(place), "too long"}, []string{p[0].Field, p[0].Rule})
	}
	after, err := customers(t, s).Count()
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestAnyTextIsStoredAsItIsOrRefused(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	rapid.Check(t, func(t *rapid.T) {
		c := giulia()
		c.Name = rapid.OneOf(rapid.String(), rapid.StringN(1, 300, 900)).Draw(t, "name")
		saved, err := anyway(cs, c)
		if err != nil {
			if fields(err)[0] != "Name" {
				t.Fatal(err)
			}
			return
		}
		got, err := cs.Get(saved.ID)
		if err != nil || got.Name != strings.TrimSpace(c.Name) {
			t.Fatalf("%q came back as %q, %v", c.Name, got.Name, err)
		}
	})
}

func TestWhatIsNoNameNoAddressAndNoPhoneIsRefused(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	refused := func(c store.Customer) string {
		_, err := cs.Save(c)
		if err == nil {
			return ""
		}
		var p invoice.Problems
		require.ErrorAs(t, err, &p)
		return p[0].Field + " " + p[0].Rule
	}
	for _, name := range []string{"\u200e", "\u200d\u200d", "\u3164", "\u2800", "\u0301\u0301"} {
		require.Equal(t, "Name missing", refused(store.Customer{Name: name, Phone: "+43 660 000 1111"}), "%q", name)
	}
	for i, name := range []string{"李", "🎉", "X", "O'"} {
		require.Empty(t, refused(store.Customer{Name: name, Phone: "+43 660 000 222" + string(rune('0'+i))}), "%q", name)
	}
	for _, email := range []string{"a\u200b@b.de", "a@b..de", "a@b!.de", "a@-b.de", "a@b_c.de", "a\u200d@b.de", "a\u00a0b@c.de", "a\u3164@b.de", "a@\u3164.de", "a@b", "@b.de", "a@b@c.de", "a b@c.de"} {
		require.Equal(t, "Email email", refused(store.Customer{Name: "Eva", Email: email}), "%q", email)
	}
	for i, email := range []string{"o'brien+shop@müller-söhne.co.uk", "a_b@b2.at"} {
		require.Empty(t, refused(store.Customer{Name: []string{"Horst", "Ludmilla"}[i], Email: email}), "%q", email)
	}
	for _, phone := range []string{"++++123", "0664+123456", "0664 123456 Anna", "0664-TAXI"} {
		require.Equal(t, "Phone phone", refused(store.Customer{Name: "Eva", Phone: phone}), "%q", phone)
	}
}
