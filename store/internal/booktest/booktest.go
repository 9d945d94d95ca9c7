// Package booktest makes the small shop that the tests of store and of store/torture
// work with.
package booktest

import (
	"fmt"
	"hash/crc32"
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
)

// OwnerPass is the passphrase of the book's owner, Marta.
const OwnerPass = "owner passphrase"

// Today is the day on which tests happen.
var Today = time.Date(2026, 11, 22, 10, 42, 0, 0, time.UTC)

// Options are the cheap key derivation, a clock, and pages of one line.
func Options(now func() time.Time) *store.Options {
	return &store.Options{Now: now, KDF: &store.CheapKDF, Typeset: typeset}
}

// typeset puts number and total on one page, and the logo of a shop that has one.
func typeset(d invoice.Document, sh store.Shop) ([]paper.Page, error) {
	s := paper.NewSheet()
	s.Text(20, 40, 12, paper.Regular, paper.Left, d.Number+" "+d.Totals.Gross.String())
	if len(sh.Logo) > 0 {
		s.Image(20, 10, 40, 20, sh.Logo)
	}
	p, err := s.Page()
	return []paper.Page{p}, err
}

// Shop is in Vienna and can issue invoices.
func Shop() store.Shop {
	s := store.DefaultShop("AT")
	s.Name = "Atelier Rossi"
	s.Legal = invoice.Party{Name: "Atelier Rossi", VATID: "ATU12345675",
		Address: invoice.Address{Street: "Lange Gasse 8", Postcode: "1080", City: "Wien", Country: "AT"}}
	s.Bank = invoice.Bank{IBAN: "AT61 1904 3002 3457 3201"}
	return s
}

// Kit is a recovery sheet of which the groups were typed back.
func Kit() (*store.Kit, error) {
	k := store.NewKit()
	ask, groups := k.Ask(), k.Groups()
	return k, k.Confirm(groups[ask[0]], groups[ask[1]])
}

// Create makes an empty book of Shop, with a kit.
func Create(path string, k *store.Kit, o *store.Options) (*store.Book, error) {
	return store.Create(path, k, Shop(), store.NewProfile{Nickname: "Marta", Passphrase: OwnerPass}, o)
}

// Customer is somebody with everything that is kept of a customer. Phone and
// e-mail are those of nobody of another name.
func Customer(name string) store.Customer {
	phone, email := "+43 660 1234471", "giulia@posteo.it"
	if name != "Giulia Conti" {
		n := crc32.ChecksumIEEE([]byte(name))
		phone, email = fmt.Sprintf("+43 664 %d", 1_000_000+n%9_000_000), fmt.Sprintf("n%d@example.com", n)
	}
	return store.Customer{Name: name, Phone: phone, Email: email,
		Address: invoice.Address{Street: "Neubaugasse 12", Postcode: "1070", City: "Wien", Country: "AT"}}
}

// Frame is a line of an invoice.
func Frame() invoice.Line {
	return invoice.Line{Name: "Frame, walnut 40×60", Quantity: decimal.NewFromInt(2), Price: decimal.RequireFromString("58.00"), Tax: VAT()}
}

// VAT is the usual rate of the shop.
func VAT() invoice.Tax {
	return invoice.Tax{Category: invoice.Standard, Rate: decimal.NewFromInt(20)}
}

// DraftFor is an unsaved draft of an invoice for a customer.
func DraftFor(c store.Customer) store.Draft {
	return store.Draft{Customer: c.ID, Doc: invoice.Document{Buyer: c.Party(), Lines: []invoice.Line{Frame()}}}
}
