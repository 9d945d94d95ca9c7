package store

// Invoices: documents that were issued. They never change; there is no call
// that writes one twice.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/invoice/paper/pdf"
	"counterbook/store/internal/vault"
)

// Invoice is an issued document.
type Invoice struct {
	ID       InvoiceID        `cbor:"-"` // that of the draft it was
	Customer CustomerID       `cbor:"1,keyasint,omitempty"`
	Doc      invoice.Document `cbor:"2,keyasint"`
	Issued   time.Time        `cbor:"3,keyasint"`
	By       ProfileID        `cbor:"4,keyasint"`
	ByName   string           `cbor:"-"`          // nickname now
	Digest   [32]byte         `cbor:"5,keyasint"` // SHA-256 of the PDF
}

// paperRecord is the pages of an invoice as they were issued, with the digest of
// each picture in its place. Drawn again they give the same PDF, byte for byte.
type paperRecord struct {
	Pages []paper.Page `cbor:"1,keyasint"`
}

// meta is what the PDF says of itself. It goes into the digest, so what it is
// made of stays as it is.
func (inv Invoice) meta() pdf.Meta {
	return pdf.Meta{Title: inv.Doc.Number, Author: inv.Doc.Seller.Name, Language: inv.Doc.Language, Created: inv.Issued}
}

// paperBit in the first byte of an id makes the id of an invoice's pages of the
// invoice's own. A list of invoices then reads no pages.
const paperBit = 0x80

// Invoices reads what was issued, and issues.
type Invoices struct{ s *Session }

// Invoices needs ReadInvoices.
func (s *Session) Invoices() (*Invoices, error) {
	if err := s.need(ReadInvoices); err != nil {
		return nil, err
	}
	return &Invoices{s}, nil
}

var errNoTypeset = errors.New("store: no way to typeset")

// Get returns one invoice.
func (is *Invoices) Get(id InvoiceID) (Invoice, error) {
	if err := is.s.need(ReadInvoices); err != nil {
		return Invoice{}, err
	}
	var inv Invoice
	if _, err := read(is.s, areaInvoices, id, kindInvoice, &inv); err != nil {
		return Invoice{}, err
	}
	names, err := is.s.nicknames()
	inv.ID, inv.ByName = id, names[inv.By]
	return inv, err
}

// Pages returns the pages of an invoice as they were issued.
func (is *Invoices) Pages(id InvoiceID) ([]paper.Page, error) {
	if err := is.s.need(ReadInvoices); err != nil {
		return nil, err
	}
	var p paperRecord
	if _, err := read(is.s, areaInvoices, paperID(id), kindPaper, &p); err != nil {
		return nil, err
	}
	return is.s.withPictures(p.Pages)
}

func paperID(id InvoiceID) ID {
	id[0] |= paperBit
	return id
}

// PDF draws the invoice again from its stored pages. It is the same file as
// when it was issued, or an error. Call Handed when it leaves the book.
func (is *Invoices) PDF(id InvoiceID) ([]byte, error) {
	if err := is.s.need(PrintInvoices); err != nil {
		return nil, err
	}
	inv, err := is.Get(id)
	if err != nil {
		return nil, err
	}
	pages, err := is.Pages(id)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := pdf.Write(&b, pages, inv.meta()); err != nil {
		return nil, err
	}
	if sha256.Sum256(b.Bytes()) != inv.Digest {
		return nil, &DamagedError{Where: "invoice page"}
	}
	return b.Bytes(), nil
}

// Handover is a way in which an invoice leaves the book.
type Handover = EventKind

// Handed logs that an invoice left the book: InvoicePrinted, InvoiceSaved or
// InvoiceOpened.
func (is *Invoices) Handed(id InvoiceID, how Handover) error {
	if err := is.s.need(PrintInvoices); err != nil {
		return err
	}
	if how != InvoicePrinted && how != InvoiceSaved && how != InvoiceOpened {
		return ErrNotFound
	}
	return is.s.logOnly(Event{Kind: how, Subject: id})
}

// Prepare completes a draft's document as issuing would, but for the number:
// seller, bank and texts of the shop, dates and totals. It is what a preview
// shows. A preview needs no more than WriteDrafts.
func (ds *Drafts) Prepare(d invoice.Document) (invoice.Document, Shop, error) {
	sh, err := ds.s.shop()
	if err != nil {
		return d, sh, err
	}
	d, err = complete(d, sh, invoice.DateOf(ds.s.o.Now()))
	return d, sh, err
}

// complete snapshots the shop into a document and adds it up.
func complete(d invoice.Document, sh Shop, today invoice.Date) (invoice.Document, error) {
	d = d.Clone()
	d.Seller, d.Bank = sh.Legal, sh.Bank
	if d.Kind == "" {
		d.Kind = invoice.KindInvoice
	}
	if d.Currency == "" {
		d.Currency = sh.Currency
	}
	if d.Language == "" {
		d.Language = sh.Language
	}
	if d.Date.IsZero() {
		d.Date = today
	}
	if d.Due.IsZero() {
		d.Due = d.Date.AddDays(sh.PaymentDays)
	}
	if d.Terms == "" {
		d.Terms = sh.Terms
	}
	return invoice.Compute(d)
}

// Issue gives a draft its number, for ever: number, snapshot of seller and
// buyer, totals, pages, the PDF's digest and the log entry are written in one
// transaction, and the draft is gone. invoice.Problems say what is missing; the
// draft is then as it was. After ErrUncertain ask Issued.
func (is *Invoices) Issue(ctx context.Context, id DraftID) (invoice.Document, error) {
	s := is.s
	if err := s.need(IssueInvoices); err != nil {
		return invoice.Document{}, err
	}
	if s.o.Typeset == nil {
		return invoice.Document{}, errNoTypeset
	}
	sh, err := s.shop()
	if err != nil {
		return invoice.Document{}, err
	}
	var inv Invoice
	var keep func()
	err = s.update(Event{Kind: InvoiceIssued, Subject: id}, func(tx *vault.Tx) error {
		var d Draft
		if _, err := readIn(tx, areaDrafts, id, kindDraft, &d); err != nil {
			return err
		}
		var place int
		if inv, place, err = s.issue(tx, id, d, sh); err != nil {
			return err
		}
		if keep, err = s.edit(tx, &s.invoices, nil, []indexRow{invoiceRow(inv, place)}); err != nil {
			return err
		}
		if err := tx.Delete(areaDrafts, vault.ID(id)); err != nil {
			return err
		}
		return ctx.Err() // the last moment at which it can be called off
	})
	if err == nil {
		keep()
	}
	return inv.Doc, err
}

// shop reads the shop's record.
func (s *Session) shop() (Shop, error) {
	b, err := s.Shop()
	if err != nil {
		return Shop{}, err
	}
	return b.Get()
}

// issue makes an invoice of a draft, inside a transaction. place counts all
// invoices of the book.
func (s *Session) issue(tx *vault.Tx, id DraftID, d Draft, sh Shop) (inv Invoice, place int, err error) {
	today := invoice.DateOf(s.o.Now())
	doc, err := complete(d.Doc, sh, today)
	if err != nil {
		return inv, 0, err
	}
	if p := invoice.Check(doc); len(p) > 0 {
		return inv, 0, invoice.Problems(p)
	}
	if err := s.clock(tx, today); err != nil {
		return inv, 0, err
	}
	if err := issuable(tx, id, doc, today); err != nil {
		return inv, 0, err
	}
	if doc.Number, place, err = s.take(tx, sh, doc.Date, id); err != nil {
		return inv, 0, err
	}
	inv = Invoice{ID: id, Customer: d.Customer, Doc: doc, Issued: s.now(), By: s.me()}
	if err := s.draw(tx, &inv, sh); err != nil {
		return inv, 0, err
	}
	if !d.Customer.IsZero() && s.opens(areaContacts, true) {
		c, err := customerAt(tx.Get, d.Customer)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return inv, 0, err
		}
		if err := s.used(tx, printedOn(c, doc, sh)...); err != nil {
			return inv, 0, err
		}
	}
	return inv, place, write(tx, areaInvoices, id, kindInvoice, inv)
}

// issueBatch is how many invoices IssueAll puts into one transaction. Each has
// its pages set and drawn, so that a batch takes about a second.
const issueBatch = 100

// IssueAll issues many documents in the order given, as if each had been saved
// as a draft and issued, and reports how many are issued after each batch. It
// returns them as far as it got. A batch is issued whole or not at all; the
// field of invoice.Problems starts with the index, "[12].Lines".
func (is *Invoices) IssueAll(ctx context.Context, list []Draft, progress func(done int)) ([]Invoice, error) {
	s := is.s
	for _, r := range []Right{WriteDrafts, IssueInvoices} {
		if err := s.need(r); err != nil {
			return nil, err
		}
	}
	if s.o.Typeset == nil {
		return nil, errNoTypeset
	}
	sh, err := s.shop()
	if err != nil {
		return nil, err
	}
	var out []Invoice
	err = s.inBatches(ctx, len(list), issueBatch, progress, func(from, to int) error {
		batch, rows := make([]Invoice, 0, to-from), make([]indexRow, 0, to-from)
		var keep func()
		err := s.update(Event{Kind: InvoicesIssued, Count: to - from}, func(tx *vault.Tx) (err error) {
			for i := from; i < to; i++ {
				d := list[i]
				d.Doc = tidyDraft(d.Doc)
				if p := checkDraft(d.Doc); len(p) > 0 {
					return inRecord(i, p)
				}
				inv, place, err := s.issue(tx, newDraftID(), d, sh)
				if err != nil {
					if p := inRecord(i, err); len(p) > 0 {
						return p
					}
					return err
				}
				batch, rows = append(batch, inv), append(rows, invoiceRow(inv, place))
			}
			keep, err = s.edit(tx, &s.invoices, nil, rows)
			return err
		})
		if err == nil {
			keep()
			out = append(out, batch...)
		}
		return err
	})
	return out, err
}

// issuable refuses what has no business in a series: other documents than
// invoices, a date to come, which would close the series until then, and a
// draft whose id is already that of something issued.
func issuable(tx *vault.Tx, id DraftID, doc invoice.Document, today invoice.Date) error {
	if doc.Kind != invoice.KindInvoice {
		return invoice.Problems{{Field: "Kind", Rule: "BR-04"}}
	}
	if today.Before(doc.Date) {
		return invoice.Problems{{Field: "Date", Rule: "future", Args: []string{today.String()}}}
	}
	if id[0]&paperBit != 0 {
		return &DamagedError{Where: "draft"}
	}
	for _, at := range []ID{id, paperID(id)} {
		switch _, _, err := tx.Get(areaInvoices, vault.ID(at)); {
		case err == nil:
			return &DamagedError{Where: "draft"}
		case !errors.Is(err, vault.ErrNotFound):
			return err
		}
	}
	return nil
}

// draw sets the document on pages, stores them, and notes the PDF's digest.
func (s *Session) draw(tx *vault.Tx, inv *Invoice, sh Shop) error {
	pages, err := s.o.Typeset(inv.Doc, sh)
	if err != nil {
		return err
	}
	sum := sha256.New()
	if err := pdf.Write(sum, pages, inv.meta()); err != nil {
		return err
	}
	inv.Digest = [32]byte(sum.Sum(nil))
	if pages, err = s.keepPictures(tx, pages); err != nil {
		return err
	}
	return write(tx, areaInvoices, paperID(inv.ID), kindPaper, paperRecord{Pages: pages})
}

// Issued reports whether a draft was issued, and as what. It is what to ask
// after ErrUncertain, before anything else.
func (is *Invoices) Issued(id DraftID) (invoice.Document, bool, error) {
	inv, err := is.Get(id)
	if errors.Is(err, ErrNotFound) {
		return invoice.Document{}, false, nil
	}
	return inv.Doc, err == nil, err
}
