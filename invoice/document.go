// Package invoice knows what an invoice is and how its amounts add up. It
// follows the semantic model of the European standard EN 16931; the comments
// name its business terms (BT-1, BG-25 …) and rules (BR-CO-17 …).
//
// A document is made in three steps:
//
//	d, err := invoice.Compute(d)    // fills the line nets and the totals
//	problems := invoice.Check(d)    // says what is missing before issue
//	pages, err := paper.Layout(...) // sets it on pages, in package paper
//
// Compute is the only place that adds. Screen, page, PDF and export read the
// totals it left in the document and never compute their own.
//
// # Amounts
//
// Every amount is a decimal, never a float. Amounts are rounded to the minor
// unit of the currency, half away from zero, so that a credit mirrors its
// invoice to the cent. Unit prices and quantities keep the digits they have.
package invoice

import "github.com/shopspring/decimal"

// Kind is the type of a document: BT-3, a subset of UNTDID 1001.
type Kind string

// The kinds of document the program issues. A credit note has positive
// amounts that are owed to the buyer; a corrected invoice replaces or amends
// an earlier one and may have negative quantities.
const (
	KindInvoice   Kind = "380"
	KindCredit    Kind = "381"
	KindCorrected Kind = "384"
)

// Category is a VAT category code, a subset of UNCL5305.
type Category string

// The VAT categories.
const (
	Standard       Category = "S"  // a rate above zero
	ZeroRated      Category = "Z"  // taxed at a rate of zero
	Exempt         Category = "E"  // exempt; needs a reason
	ReverseCharge  Category = "AE" // the buyer owes the VAT
	IntraCommunity Category = "K"  // goods to a business in another member state
	Export         Category = "G"  // goods leaving the EU
	OutsideScope   Category = "O"  // not subject to VAT at all
)

// Tax says how something is taxed. Rate is in per cent. Reason is the
// exemption reason text (BT-120): required for E, AE, K, G and O, forbidden
// for S and Z.
type Tax struct {
	Category Category        `cbor:"1,keyasint,omitempty" json:"category,omitempty"`
	Rate     decimal.Decimal `cbor:"2,keyasint,omitempty,omitzero" json:"rate,omitzero"`
	Reason   string          `cbor:"3,keyasint,omitempty" json:"reason,omitempty"`
}

// Address is a postal address. Country is an ISO 3166-1 alpha-2 code.
type Address struct {
	Street   string `cbor:"1,keyasint,omitempty" json:"street,omitempty"`
	Street2  string `cbor:"2,keyasint,omitempty" json:"street2,omitempty"`
	Postcode string `cbor:"3,keyasint,omitempty" json:"postcode,omitempty"`
	City     string `cbor:"4,keyasint,omitempty" json:"city,omitempty"`
	Region   string `cbor:"5,keyasint,omitempty" json:"region,omitempty"`
	Country  string `cbor:"6,keyasint,omitempty" json:"country,omitempty"`
}

// Party is a seller or a buyer. Name is the person or company the document is
// made out to, Contact the person at a company it is for the attention of.
// TaxNumber is the national number of a seller (BT-32).
type Party struct {
	Name      string  `cbor:"1,keyasint,omitempty" json:"name,omitempty"`
	Contact   string  `cbor:"2,keyasint,omitempty" json:"contact,omitempty"`
	Address   Address `cbor:"3,keyasint,omitempty" json:"address,omitzero"`
	VATID     string  `cbor:"4,keyasint,omitempty" json:"vatId,omitempty"`
	TaxNumber string  `cbor:"5,keyasint,omitempty" json:"taxNumber,omitempty"`
	Email     string  `cbor:"6,keyasint,omitempty" json:"email,omitempty"`
	Phone     string  `cbor:"7,keyasint,omitempty" json:"phone,omitempty"`
}

// Bank is the account to pay into. Holder is only needed where it is not the
// seller's name; Name is the bank's.
type Bank struct {
	Holder string `cbor:"1,keyasint,omitempty" json:"holder,omitempty"`
	IBAN   string `cbor:"2,keyasint,omitempty" json:"iban,omitempty"`
	BIC    string `cbor:"3,keyasint,omitempty" json:"bic,omitempty"`
	Name   string `cbor:"4,keyasint,omitempty" json:"name,omitempty"`
}

// Adjustment is an allowance, or with Charge set a charge, on a line (BG-27,
// BG-28) or on the whole document (BG-20, BG-21).
//
// With Percent set, Compute fills Amount: of the line's quantity times price
// on a line; on the document, of the lines of Tax's VAT group. With Percent
// zero, Amount is a fixed amount.
//
// On a line Tax is not looked at. On the document a zero Category spreads the
// adjustment over all VAT groups in proportion to their lines. Either way
// Compute fills Shares of a document adjustment: what each VAT group bears.
type Adjustment struct {
	Charge  bool            `cbor:"1,keyasint,omitempty" json:"charge,omitempty"`
	Reason  string          `cbor:"2,keyasint,omitempty" json:"reason,omitempty"`
	Percent decimal.Decimal `cbor:"3,keyasint,omitempty,omitzero" json:"percent,omitzero"`
	Amount  decimal.Decimal `cbor:"4,keyasint,omitempty,omitzero" json:"amount,omitzero"`
	Tax     Tax             `cbor:"5,keyasint,omitempty" json:"tax,omitzero"`
	Shares  []Share         `cbor:"6,keyasint,omitempty" json:"shares,omitempty"`
}

// Share is the part of a document adjustment that falls on one VAT group.
type Share struct {
	Tax    Tax             `cbor:"1,keyasint,omitempty" json:"tax,omitzero"`
	Amount decimal.Decimal `cbor:"2,keyasint,omitempty,omitzero" json:"amount,omitzero"`
}

// Line is an invoice line (BG-25). Price is the net price of PriceBase units
// (BT-146, BT-149); a zero PriceBase is one unit. A return is a negative
// quantity, never a negative price (BR-27); Return says that somebody meant it,
// and that it is no slip. Net (BT-131) is filled by Compute.
type Line struct {
	Code        string          `cbor:"1,keyasint,omitempty" json:"code,omitempty"`
	Name        string          `cbor:"2,keyasint,omitempty" json:"name,omitempty"`
	Detail      string          `cbor:"3,keyasint,omitempty" json:"detail,omitempty"`
	Unit        string          `cbor:"4,keyasint,omitempty" json:"unit,omitempty"`
	Quantity    decimal.Decimal `cbor:"5,keyasint,omitempty,omitzero" json:"quantity,omitzero"`
	Price       decimal.Decimal `cbor:"6,keyasint,omitempty,omitzero" json:"price,omitzero"`
	PriceBase   decimal.Decimal `cbor:"7,keyasint,omitempty,omitzero" json:"priceBase,omitzero"`
	Tax         Tax             `cbor:"8,keyasint,omitempty" json:"tax,omitzero"`
	Adjustments []Adjustment    `cbor:"9,keyasint,omitempty" json:"adjustments,omitempty"`
	Net         decimal.Decimal `cbor:"10,keyasint,omitempty,omitzero" json:"net,omitzero"`
	Return      bool            `cbor:"11,keyasint,omitempty" json:"return,omitempty"`
}

// Subtotal is one row of the VAT breakdown (BG-23): Base is BT-116, Amount
// BT-117.
type Subtotal struct {
	Tax    Tax             `cbor:"1,keyasint,omitempty" json:"tax,omitzero"`
	Base   decimal.Decimal `cbor:"2,keyasint,omitempty,omitzero" json:"base,omitzero"`
	Amount decimal.Decimal `cbor:"3,keyasint,omitempty,omitzero" json:"amount,omitzero"`
}

// Totals are the document totals (BG-22): the sum of the line nets (BT-106),
// allowances (BT-107) and charges (BT-108) on the document, the total without
// VAT (BT-109), the VAT (BT-110), the total with VAT (BT-112), what was paid
// already (BT-113), the rounding amount (BT-114) and what is due (BT-115).
// Breakdown has one row for each category and rate, in a fixed order: the
// categories as in S, Z, E, AE, K, G, O, higher rates first.
type Totals struct {
	Lines      decimal.Decimal `cbor:"1,keyasint,omitempty,omitzero" json:"lines,omitzero"`
	Allowances decimal.Decimal `cbor:"2,keyasint,omitempty,omitzero" json:"allowances,omitzero"`
	Charges    decimal.Decimal `cbor:"3,keyasint,omitempty,omitzero" json:"charges,omitzero"`
	Net        decimal.Decimal `cbor:"4,keyasint,omitempty,omitzero" json:"net,omitzero"`
	VAT        decimal.Decimal `cbor:"5,keyasint,omitempty,omitzero" json:"vat,omitzero"`
	Gross      decimal.Decimal `cbor:"6,keyasint,omitempty,omitzero" json:"gross,omitzero"`
	Prepaid    decimal.Decimal `cbor:"7,keyasint,omitempty,omitzero" json:"prepaid,omitzero"`
	Rounding   decimal.Decimal `cbor:"8,keyasint,omitempty,omitzero" json:"rounding,omitzero"`
	Due        decimal.Decimal `cbor:"9,keyasint,omitempty,omitzero" json:"due,omitzero"`
	Breakdown  []Subtotal      `cbor:"10,keyasint,omitempty" json:"breakdown,omitempty"`
}

// Reference names an earlier document (BG-3): its number and its date.
type Reference struct {
	Number string `cbor:"1,keyasint,omitempty" json:"number,omitempty"`
	Date   Date   `cbor:"2,keyasint,omitempty,omitzero" json:"date,omitzero"`
}

// Document is an invoice, a credit note or a corrected invoice. A draft has
// no Number. Supply is the day of delivery or performance (BT-72); when zero,
// it is the day of issue. Preceding is the document a credit note or a
// correction refers to.
type Document struct {
	Kind           Kind            `cbor:"1,keyasint,omitempty" json:"kind,omitempty"`
	Number         string          `cbor:"2,keyasint,omitempty" json:"number,omitempty"`
	Date           Date            `cbor:"3,keyasint,omitempty,omitzero" json:"date,omitzero"`
	Due            Date            `cbor:"4,keyasint,omitempty,omitzero" json:"due,omitzero"`
	Supply         Date            `cbor:"5,keyasint,omitempty,omitzero" json:"supply,omitzero"`
	Currency       string          `cbor:"6,keyasint,omitempty" json:"currency,omitempty"`
	Language       string          `cbor:"7,keyasint,omitempty" json:"language,omitempty"`
	Seller         Party           `cbor:"8,keyasint,omitempty" json:"seller,omitzero"`
	Bank           Bank            `cbor:"9,keyasint,omitempty" json:"bank,omitzero"`
	Buyer          Party           `cbor:"10,keyasint,omitempty" json:"buyer,omitzero"`
	Lines          []Line          `cbor:"11,keyasint,omitempty" json:"lines,omitempty"`
	Adjustments    []Adjustment    `cbor:"12,keyasint,omitempty" json:"adjustments,omitempty"`
	Prepaid        decimal.Decimal `cbor:"13,keyasint,omitempty,omitzero" json:"prepaid,omitzero"`
	Rounding       decimal.Decimal `cbor:"14,keyasint,omitempty,omitzero" json:"rounding,omitzero"`
	BuyerReference string          `cbor:"15,keyasint,omitempty" json:"buyerReference,omitempty"`
	Terms          string          `cbor:"16,keyasint,omitempty" json:"terms,omitempty"`
	Note           string          `cbor:"17,keyasint,omitempty" json:"note,omitempty"`
	Totals         Totals          `cbor:"18,keyasint,omitempty" json:"totals,omitzero"`
	Preceding      Reference       `cbor:"19,keyasint,omitempty" json:"preceding,omitzero"`
}

// Clone returns a copy that shares no slice with d.
func (d Document) Clone() Document {
	d.Adjustments = cloneAdjustments(d.Adjustments)
	lines := d.Lines
	d.Lines = append([]Line(nil), lines...)
	for i := range d.Lines {
		d.Lines[i].Adjustments = cloneAdjustments(lines[i].Adjustments)
	}
	d.Totals.Breakdown = append([]Subtotal(nil), d.Totals.Breakdown...)
	return d
}

func cloneAdjustments(from []Adjustment) []Adjustment {
	to := append([]Adjustment(nil), from...)
	for i := range to {
		to[i].Shares = append([]Share(nil), from[i].Shares...)
	}
	return to
}
