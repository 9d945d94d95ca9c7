package invoices

// The ways to invoice a customer: as the person or the usual company, and for
// each further company.

import (
	"slices"
	"strings"

	"counterbook/invoice"
	"counterbook/store"
)

// recipient is a customer as a document's buyer, as usual.
func recipient(c store.Customer) invoice.Party { return recipients(c)[0] }

// recipients are the ways to invoice a customer: the usual one, then for each
// further company. Phone and e-mail stay in the directory: an invoice needs
// neither, and who prepares it may not see them.
func recipients(c store.Customer) []invoice.Party {
	ways := c.Parties()
	for i := range ways {
		ways[i].Email, ways[i].Phone = "", ""
	}
	return ways
}

// namedFirst puts the ways whose name or contact has every word of a text before
// the others.
func namedFirst(ways []invoice.Party, text string) []invoice.Party {
	wanted := strings.Fields(fold(text))
	others := func(p invoice.Party) int {
		if holds(fold(p.Name), wanted) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(ways, func(p, q invoice.Party) int { return others(p) - others(q) })
	return ways
}

// billAs makes the invoice one for another of the customer's companies.
func (b *billTo) billAs(i int) {
	b.party = b.ways[i]
	b.show()
	b.changed()
}

// showWays offers the customer's companies where there are several. Of one that
// was changed for this invoice the name stays in the box.
func (b *billTo) showWays() {
	b.ways = nil
	if b.customers != nil && !b.customer.IsZero() {
		if c, err := b.customers.Get(b.customer); err == nil {
			b.ways = recipients(b.collected.Visible(c))
		}
	}
	names := make([]string, len(b.ways))
	for i, p := range b.ways {
		names[i] = p.Name
	}
	b.which.SetOptions(names)
	b.which.With(b.party.Name)
	b.which.SetIndex(slices.Index(b.ways, b.asUsual()))
	b.which.Hidden = len(b.ways) < 2
	b.name.Hidden = !b.which.Hidden
}

// asUsual is the recipient as the record would have it: a draft may have been
// made with phone and e-mail.
func (b *billTo) asUsual() invoice.Party {
	p := b.party
	p.Email, p.Phone = "", ""
	return p
}

// differs says whether the document names the customer otherwise than the
// record.
func (b *billTo) differs() bool { return len(b.ways) > 0 && !slices.Contains(b.ways, b.asUsual()) }
