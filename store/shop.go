package store

// The shop: what stands on every invoice, and how the program behaves here.

import (
	"slices"
	"strconv"
	"strings"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/invoice/paper"
	"counterbook/store/internal/vault"
)

// Shop is the shop's own record.
type Shop struct {
	Name          string        `cbor:"1,keyasint"` // shown before anybody signs in, in clear
	Legal         invoice.Party `cbor:"2,keyasint"` // the seller as invoices name it
	Bank          invoice.Bank  `cbor:"3,keyasint,omitempty"`
	Currency      string        `cbor:"4,keyasint"`           // ISO 4217
	Language      string        `cbor:"5,keyasint"`           // of documents, BCP 47
	Rates         []invoice.Tax `cbor:"6,keyasint,omitempty"` // VAT rates to choose from, the usual one first
	NumberPattern string        `cbor:"7,keyasint"`           // of invoices: {YYYY}, {YY}, {MM} and {####}
	NumberStart   int           `cbor:"8,keyasint"`           // of the first invoice of all
	PaymentDays   int           `cbor:"9,keyasint"`
	Terms         string        `cbor:"10,keyasint,omitempty"`
	Footer        string        `cbor:"11,keyasint,omitempty"`
	LockMinutes   int           `cbor:"12,keyasint"`           // idle time after which the book locks; 0 is never
	Logo          []byte        `cbor:"13,keyasint,omitempty"` // made by paper.EncodeLogo
	LogoWidth     int           `cbor:"14,keyasint,omitempty"` // on the page, in millimetres; 0 is the usual width
	Intro         string        `cbor:"15,keyasint,omitempty"` // before the table of an invoice
	Closing       string        `cbor:"16,keyasint,omitempty"` // at the end of an invoice
	StaleMonths   int           `cbor:"17,keyasint"`           // after which a customer's details are stale; 0 is never
	AskWho        AskWho        `cbor:"18,keyasint,omitempty"` // the customer at the counter is
	DataOwner     ProfileID     `cbor:"19,keyasint,omitzero"`  // who mends customers' records; zero: the owners
	Version       uint64        `cbor:"-"`
}

const (
	maxName        = 200
	maxShort       = 100
	maxText        = 2000
	maxCode        = 40
	maxUnit        = 20
	maxLockMinutes = 240
	maxPaymentDays = 365
	maxRates       = 20
)

// Style is how the shop's documents look.
func (sh Shop) Style() paper.Style {
	return paper.Style{Logo: sh.Logo, LogoWidth: sh.LogoWidth, Intro: sh.Intro, Closing: sh.Closing, Footer: sh.Footer}
}

func (sh Shop) tidy() Shop {
	trim(&sh.Name, &sh.Currency, &sh.Language, &sh.NumberPattern, &sh.Terms, &sh.Intro, &sh.Closing, &sh.Footer)
	sh.Legal = tidyParty(sh.Legal)
	trim(&sh.Bank.Holder, &sh.Bank.Name, &sh.Bank.IBAN, &sh.Bank.BIC)
	sh.Bank.IBAN, sh.Bank.BIC = normal(ident.IBAN, sh.Bank.IBAN), normal(ident.BIC, sh.Bank.BIC)
	if sh.Legal.Name == "" {
		sh.Legal.Name = sh.Name
	}
	return sh
}

// check says what is missing or wrong in a shop's record.
func (sh Shop) check() invoice.Problems {
	var p problems
	p.require("Name", sh.Name, 60)
	p.require("Legal.Name", sh.Legal.Name, maxName)
	p.length("Legal.TaxNumber", sh.Legal.TaxNumber, maxShort)
	p.length("Bank.Holder", sh.Bank.Holder, maxName)
	p.length("Bank.Name", sh.Bank.Name, maxName)
	p.address("Legal.Address", sh.Legal.Address)
	p.number("Legal.VATID", "vat", ident.VAT, sh.Legal.VATID)
	p.email("Legal.Email", sh.Legal.Email)
	p.number("Bank.IBAN", "iban", ident.IBAN, sh.Bank.IBAN)
	p.number("Bank.BIC", "bic", ident.BIC, sh.Bank.BIC)
	if len(sh.Currency) != 3 || strings.ToUpper(sh.Currency) != sh.Currency {
		p.add("Currency", "currency")
	}
	if sh.Language == "" {
		p.add("Language", "missing")
	}
	if len(sh.Rates) == 0 || len(sh.Rates) > maxRates {
		p.add("Rates", "missing")
	}
	for i, r := range sh.Rates {
		p.length("Rates["+strconv.Itoa(i)+"].Reason", r.Reason, maxText)
		p.tax("Rates["+strconv.Itoa(i)+"]", r)
	}
	if _, err := parsePattern(sh.NumberPattern); err != nil {
		p.add("NumberPattern", "pattern")
	}
	p.between("NumberStart", sh.NumberStart, 1, 1e9)
	p.between("PaymentDays", sh.PaymentDays, 0, maxPaymentDays)
	p.between("LockMinutes", sh.LockMinutes, 0, maxLockMinutes)
	sh.checkCare(&p)
	p.lines("Terms", sh.Terms, maxText)
	p.lines("Intro", sh.Intro, maxText)
	p.lines("Closing", sh.Closing, maxText)
	p.lines("Footer", sh.Footer, maxText)
	if len(sh.Logo) > 0 && paper.CheckLogo(sh.Logo) != nil {
		p.add("Logo", "picture")
	}
	p.between("LogoWidth", sh.LogoWidth, 0, paper.LogoWidest)
	return invoice.Problems(p)
}

// ShopBook keeps the shop's record.
type ShopBook struct{ s *Session }

// Shop needs ReadShop, which every role has.
func (s *Session) Shop() (*ShopBook, error) {
	if err := s.need(ReadShop); err != nil {
		return nil, err
	}
	return &ShopBook{s}, nil
}

const shopName = "shop"

// Get reads the record.
func (b *ShopBook) Get() (Shop, error) {
	if err := b.s.need(ReadShop); err != nil {
		return Shop{}, err
	}
	return b.s.storedShop()
}

func (s *Session) storedShop() (Shop, error) {
	id, err := s.v.Name(areaShop, shopName)
	if err != nil {
		return Shop{}, explain(err)
	}
	sh := Shop{StaleMonths: usualStaleMonths} // of a book from before it was asked
	sh.Version, err = read(s, areaShop, ID(id), kindShop, &sh)
	return sh, err
}

// country is where the shop is, ISO 3166-1 alpha-2; "" for who may not know.
func (s *Session) country() (string, error) {
	if !s.opens(areaShop, false) {
		return "", nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.home.get(s, areaShop, func() (string, error) {
		sh, err := s.storedShop()
		return sh.Legal.Address.Country, err
	})
}

// Save changes the record. Issued invoices keep what they were issued with.
// invoice.Problems say what is wrong with it.
func (b *ShopBook) Save(sh Shop) (Shop, error) {
	if err := b.s.need(EditShop); err != nil {
		return sh, err
	}
	sh = sh.tidy()
	if p := sh.check(); len(p) > 0 {
		return sh, p
	}
	if err := b.keepsCurrency(sh); err != nil {
		return sh, err
	}
	if err := b.namesMender(sh); err != nil {
		return sh, err
	}
	id, err := b.s.v.Name(areaShop, shopName)
	if err != nil {
		return sh, explain(err)
	}
	rename := sh.Name != b.s.book.file.Shop()
	err = b.s.update(Event{Kind: ShopChanged}, func(tx *vault.Tx) error {
		if err := unchangedSince(tx, areaShop, ID(id), sh.Version); err != nil {
			return err
		}
		sh.Version = tx.Number()
		if rename {
			if err := tx.SetShop(sh.Name); err != nil {
				return err
			}
		}
		return write(tx, areaShop, ID(id), kindShop, sh)
	})
	return sh, err
}

// namesMender refuses somebody new who could not mend records. Who was named before
// and may no longer stays until another is named: owners mend meanwhile.
func (b *ShopBook) namesMender(sh Shop) error {
	old, err := b.Get()
	if err != nil || sh.DataOwner.IsZero() || sh.DataOwner == old.DataOwner {
		return err
	}
	who, err := b.Menders()
	if err == nil && !slices.ContainsFunc(who, func(p Profile) bool { return p.ID == sh.DataOwner }) {
		return invoice.Problems{{Field: "DataOwner", Rule: "profile"}}
	}
	return err
}

// keepsCurrency refuses another currency once something was issued: sums over
// invoices would add what does not add up.
func (b *ShopBook) keepsCurrency(sh Shop) error {
	old, err := b.Get()
	if err != nil || old.Currency == sh.Currency {
		return err
	}
	is, err := b.s.Invoices()
	if err != nil {
		return err
	}
	issued, err := is.Count()
	if err == nil && issued > 0 {
		return invoice.Problems{{Field: "Currency", Rule: "fixed"}}
	}
	return err
}

// saveShop writes the first record of a new book.
func (s *Session) saveShop(sh Shop, e Event) error {
	id, err := s.v.Name(areaShop, shopName)
	if err != nil {
		return explain(err)
	}
	return s.update(e, func(tx *vault.Tx) error { return write(tx, areaShop, ID(id), kindShop, sh) })
}
