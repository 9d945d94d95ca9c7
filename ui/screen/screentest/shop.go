package screentest

// The small shop of the tests: ten customers, seven invoices and a draft, whose
// names and amounts the tests of the screens know. The one that people look
// around in is sample's.

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/sample"
)

// Make makes the small shop at path, where no file may be. sample.Passphrase
// opens every profile of it.
func Make(path string, o *store.Options) (*store.Book, error) {
	k := store.NewKit()
	ask, groups := k.Ask(), k.Groups()
	if err := k.Confirm(groups[ask[0]], groups[ask[1]]); err != nil {
		return nil, err
	}
	b, err := store.Create(path, k, shop(), store.NewProfile{Nickname: "Marta R.", Passphrase: sample.Passphrase}, o)
	if err != nil {
		return nil, err
	}
	if err := fill(b); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

func fill(b *store.Book) error {
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	if err != nil {
		return err
	}
	defer s.Close()
	for _, step := range []func(*store.Session) error{addStaff, addItems, addCustomers, addInvoices} {
		if err := step(s); err != nil {
			return err
		}
	}
	return nil
}

func shop() store.Shop {
	sh := store.DefaultShop("AT")
	sh.Name = "Atelier Rossi"
	sh.Legal = invoice.Party{Name: "Atelier Rossi", VATID: "ATU12345675", Phone: "+43 1 000 00 00", Email: "hello@atelier-rossi.example",
		Address: invoice.Address{Street: "Lange Gasse 8", Postcode: "1080", City: "Wien", Country: "AT"}}
	sh.Bank = invoice.Bank{IBAN: "AT611904300234573201"}
	sh.Footer = "Frames, glass and prints, made in the eighth district."
	return sh
}

func addStaff(s *store.Session) error {
	return sample.Hire(s,
		store.NewProfile{Nickname: "Jonas", Role: store.FrontDesk, Passphrase: sample.Passphrase},
		store.NewProfile{Nickname: "Lena", Role: store.FrontDesk, Without: []store.Right{store.AddNotes, store.EditOwnNotes}, Passphrase: sample.Passphrase},
		store.NewProfile{Nickname: "Pia", Role: store.Workshop, Passphrase: sample.Passphrase},
		store.NewProfile{Nickname: "Studio Ferri", Role: store.Bookkeeper, Passphrase: sample.Passphrase})
}

func rate(percent string) invoice.Tax {
	return invoice.Tax{Category: invoice.Standard, Rate: decimal.RequireFromString(percent)}
}

var items = []store.Item{
	{Code: "FR-4060", Name: "Frame, walnut 40×60", Unit: "pc", Price: decimal.RequireFromString("58.00"), Tax: rate("20")},
	{Code: "FR-3040", Name: "Frame, oak 30×40", Unit: "pc", Price: decimal.RequireFromString("42.00"), Tax: rate("20")},
	{Code: "GL-M", Name: "Museum glass, cut to size", Unit: "m²", Price: decimal.RequireFromString("94.00"), Tax: rate("20")},
	{Code: "PR-M", Name: "Print, matte", Unit: "pc", Price: decimal.RequireFromString("24.50"), Tax: rate("10")},
	{Code: "PP-3", Name: "Passe-partout, cream", Unit: "pc", Price: decimal.RequireFromString("12.80"), Tax: rate("20")},
	{Code: "WK-H", Name: "Workshop hour", Unit: "h", Price: decimal.RequireFromString("64.00"), Tax: rate("20")},
	{Code: "BK-01", Name: "Book on framing", Unit: "pc", Price: decimal.RequireFromString("18.00"), Tax: rate("10")},
}

func addItems(s *store.Session) error {
	is, err := s.Items()
	if err != nil {
		return err
	}
	for _, i := range items {
		if _, err := is.Save(i); err != nil {
			return err
		}
	}
	return nil
}

func vienna(street, postcode string) invoice.Address {
	return invoice.Address{Street: street, Postcode: postcode, City: "Wien", Country: "AT"}
}

var people = []store.Customer{
	{Name: "Amelie Braun", Company: "Braun Optik GmbH", Phone: "+43 660 000 1240", Email: "amelie@braun-optik.example", Address: vienna("Josefstädter Straße 21", "1080")},
	{Name: "Giulia Conti", Phone: "+43 660 000 4471", Email: "giulia@conti.example", Address: vienna("Neubaugasse 12", "1070")},
	{Name: "Dimitris Kanellos", Company: "Κανέλλος & Υιοί", Phone: "+30 690 000 0092", Email: "info@kanellos.example", Address: invoice.Address{Street: "Ερμού 14", Postcode: "105 63", City: "Αθήνα", Country: "GR"}},
	{Name: "Łucja Sobczak", Phone: "+48 500 000 318"},
	{Name: "Henrik Olsen", Email: "henrik@olsen.example", Address: invoice.Address{Street: "Strandgade 4", Postcode: "1401", City: "København", Country: "DK"}},
	{Name: "Maria Esposito", Phone: "+43 660 000 0912", Address: vienna("Lerchenfelder Straße 88", "1080")},
	{Name: "Thanh Nguyen", Company: "Nguyen Catering", Phone: "+43 660 000 0640", Email: "kitchen@nguyen.example", Address: vienna("Burggasse 3", "1070")},
	{Name: "Олена Коваль", Phone: "+380 50 000 0277", Email: "olena@koval.example"},
	{Name: "Jürgen Weiß", Phone: "+49 151 000 0455", Address: invoice.Address{Street: "Größeweg 7", Postcode: "80331", City: "München", Country: "DE"}},
	{Name: "Sofia Lindqvist", Email: "sofia@lindqvist.example", Address: invoice.Address{Street: "Storgatan 9", Postcode: "111 22", City: "Stockholm", Country: "SE"}},
}

// noteTexts are notes by the place of the customer in people.
var noteTexts = map[int][]string{
	0: {"Orders frames in batches of ten; asks for delivery on Mondays."},
	1: {"Prefers pickup after 17:00; frame order from Studio Neri."},
	4: {"Writes rather than calls."},
	6: {"Menu boards must be wipeable."},
}

func addCustomers(s *store.Session) error {
	cs, err := s.Customers()
	if err != nil {
		return err
	}
	ns, err := s.Notes()
	if err != nil {
		return err
	}
	for i, c := range people {
		saved, err := cs.Save(c)
		if err != nil {
			return err
		}
		for _, text := range noteTexts[i] {
			if _, err := ns.Save(store.Note{Customer: saved.ID, Text: text}); err != nil {
				return err
			}
		}
	}
	return nil
}

// sale is an invoice by the places of the customer and the items; daysAgo is
// its date. The last one stays a draft.
type sale struct {
	customer string
	daysAgo  int
	lines    []line
}

type line struct {
	item     int
	quantity string
}

var sales = []sale{
	{"Amelie Braun", 75, []line{{0, "10"}, {2, "2.4"}}},
	{"Giulia Conti", 60, []line{{1, "2"}, {3, "4"}, {5, "0.5"}}},
	{"Henrik Olsen", 33, []line{{0, "6"}, {2, "3.2"}, {4, "6"}}},
	{"Thanh Nguyen", 31, []line{{1, "8"}, {3, "8"}}},
	{"Dimitris Kanellos", 19, []line{{3, "3"}}},
	{"Giulia Conti", 10, []line{{0, "1"}, {2, "0.6"}}},
	{"Amelie Braun", 2, []line{{4, "12"}, {6, "1"}}},
	{"Giulia Conti", 0, []line{{0, "2"}, {2, "1.2"}, {3, "1"}}},
}

func addInvoices(s *store.Session) error {
	cs, err := s.Customers()
	if err != nil {
		return err
	}
	ds, err := s.Drafts()
	if err != nil {
		return err
	}
	is, err := s.Invoices()
	if err != nil {
		return err
	}
	doc, sh, err := ds.Prepare(invoice.Document{})
	if err != nil {
		return err
	}
	for n, sl := range sales {
		found, err := cs.List(sl.customer)
		if err != nil {
			return err
		}
		c := found[0]
		date := invoice.DateOf(doc.Date.Time().Add(-time.Duration(sl.daysAgo) * 24 * time.Hour))
		d := store.Draft{Customer: c.ID, Doc: invoice.Document{Date: date, Due: date.AddDays(sh.PaymentDays), Buyer: c.Party()}}
		for _, l := range sl.lines {
			line := items[l.item].Line()
			line.Quantity = decimal.RequireFromString(l.quantity)
			d.Doc.Lines = append(d.Doc.Lines, line)
		}
		if d, err = ds.Save(d); err != nil {
			return err
		}
		if n == len(sales)-1 {
			continue
		}
		if _, err := is.Issue(context.Background(), d.ID); err != nil {
			return err
		}
	}
	return nil
}
