// Entries of the log as sentences. The log names records only, so their names
// are looked up with the rights of who reads it.

package staff

import (
	"strings"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/words"
)

// group is a choice of the filter: "activity.group." + key.
type group struct {
	key   string
	kinds []store.EventKind
}

var groups = []group{
	{"signIns", []store.EventKind{store.SignedIn, store.SignedInWithKit, store.PassphraseChanged}},
	{"customers", []store.EventKind{store.CustomerAdded, store.CustomerChanged, store.ContactShown, store.CustomersImported, store.NoteAdded, store.NoteChanged, store.NotesImported}},
	{"invoices", []store.EventKind{store.DraftSaved, store.DraftDiscarded, store.InvoiceIssued, store.InvoicePrinted, store.InvoiceSaved, store.InvoiceOpened, store.InvoicesIssued}},
	{"items", []store.EventKind{store.ItemAdded, store.ItemChanged, store.ItemDeleted}},
	{"staff", []store.EventKind{store.BookCreated, store.StaffAdded, store.StaffChanged, store.StaffDisabled, store.PassphraseReset, store.ShopChanged, store.ExportBegun, store.DataExported}},
}

// about says what the subject of a kind of event is.
type about int

const (
	nothing about = iota
	aProfile
	aCustomer
	anItem
	aDraft
	anInvoice
)

// kinds has the sentence of every kind, "activity.event." + key, and what its
// subject is.
var kinds = map[store.EventKind]struct {
	key     string
	subject about
}{
	store.BookCreated:       {"bookCreated", nothing},
	store.SignedIn:          {"signedIn", nothing},
	store.SignedInWithKit:   {"signedInWithKit", nothing},
	store.PassphraseChanged: {"passphraseChanged", nothing},
	store.StaffAdded:        {"staffAdded", aProfile},
	store.StaffChanged:      {"staffChanged", aProfile},
	store.StaffDisabled:     {"staffDisabled", aProfile},
	store.PassphraseReset:   {"passphraseReset", aProfile},
	store.ShopChanged:       {"shopChanged", nothing},
	store.CustomerAdded:     {"customerAdded", aCustomer},
	store.CustomerChanged:   {"customerChanged", aCustomer},
	store.ContactShown:      {"contactShown", aCustomer},
	store.CustomersImported: {"customersImported", nothing},
	store.NoteAdded:         {"noteAdded", aCustomer},
	store.NoteChanged:       {"noteChanged", aCustomer},
	store.ItemAdded:         {"itemAdded", anItem},
	store.ItemChanged:       {"itemChanged", anItem},
	store.ItemDeleted:       {"itemDeleted", anItem},
	store.DraftSaved:        {"draftSaved", aDraft},
	store.DraftDiscarded:    {"draftDiscarded", aDraft},
	store.InvoiceIssued:     {"invoiceIssued", anInvoice},
	store.InvoicePrinted:    {"invoicePrinted", anInvoice},
	store.InvoiceSaved:      {"invoiceSaved", anInvoice},
	store.InvoiceOpened:     {"invoiceOpened", anInvoice},
	store.NotesImported:     {"notesImported", nothing},
	store.InvoicesIssued:    {"invoicesIssued", nothing},
	store.ExportBegun:       {"exportBegun", nothing},
	store.DataExported:      {"dataExported", nothing},
}

// worth reports whether an entry is worth a look: somebody guessed a
// passphrase, the kit was used, or everything left the book.
func worth(e store.Event) bool {
	return e.Kind == store.SignedInWithKit || e.Kind == store.DataExported ||
		(e.Kind == store.SignedIn || e.Kind == store.ExportBegun) && e.Count > 0
}

// teller makes sentences of entries. It keeps what it looked up.
type teller struct {
	e        *screen.Env
	w        *words.Words
	profiles map[store.ID]string
	items    map[store.ID]string
	invoices map[store.ID]string
	drafts   map[store.ID]store.Draft
}

func newTeller(e *screen.Env) *teller { return &teller{e: e, w: e.Words} }

// look fills the tables of what there is. What the session may not read stays
// without names.
func (t *teller) look() {
	if t.profiles != nil {
		return
	}
	t.profiles, t.items, t.invoices, t.drafts = map[store.ID]string{}, map[store.ID]string{}, map[store.ID]string{}, map[store.ID]store.Draft{}
	if b, err := t.e.Session.Staff(); err == nil {
		list, _ := b.List()
		for _, p := range list {
			t.profiles[p.ID] = p.Nickname
		}
	}
	if b, err := t.e.Session.Items(); err == nil {
		list, _ := b.List("")
		for _, i := range list {
			t.items[i.ID] = i.Name
		}
	}
	if b, err := t.e.Session.Invoices(); err == nil {
		list, _ := b.List("")
		for _, i := range list {
			t.invoices[i.ID] = i.Number
		}
	}
	if b, err := t.e.Session.Drafts(); err == nil {
		list, _ := b.List()
		for _, d := range list {
			t.drafts[d.ID] = d
		}
	}
}

// name is who did it.
func (t *teller) name(e store.Event) string {
	if e.ByName == "" {
		return t.w.T("activity.somebody")
	}
	return e.ByName
}

// sentence says what happened.
func (t *teller) sentence(e store.Event) string {
	t.look()
	k, ok := kinds[e.Kind]
	data := words.Data{"Who": t.name(e)}
	if !ok {
		return t.w.T("activity.event.unknown", data)
	}
	if k.subject != nothing {
		data["What"] = t.subject(k.subject, e.Subject)
	}
	key := "activity.event." + k.key
	switch e.Kind {
	case store.SignedIn:
		if e.Count > 0 {
			return t.w.N("activity.event.signedInLate", e.Count, data)
		}
	case store.ExportBegun:
		if e.Count > 0 {
			return t.w.N("activity.event.exportBegunLate", e.Count, data)
		}
	case store.CustomersImported, store.NotesImported, store.InvoicesIssued:
		return t.w.N(key, e.Count, data)
	case store.CustomerChanged, store.ContactShown:
		if len(e.Fields) > 0 {
			data["Fields"] = t.fields(e.Fields)
			key += "Fields"
		}
	}
	return t.w.T(key, data)
}

// fields names fields in the middle of a sentence: "the phone and the e-mail".
func (t *teller) fields(keys []string) string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k
		if t.w.Has("activity.field." + k) {
			names[i] = t.w.T("activity.field." + k)
		}
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return t.w.T("activity.and", words.Data{"First": strings.Join(names[:last], ", "), "Last": names[last]})
}

// subject names what an entry is about, and says so when it is not there any
// more.
func (t *teller) subject(a about, id store.ID) string {
	switch a {
	case aProfile:
		if n, ok := t.profiles[id]; ok {
			return n
		}
		return t.w.T("activity.gone.profile")
	case aCustomer:
		if c, err := t.customer(id); err == nil {
			return c.Name
		}
		return t.w.T("activity.gone.customer")
	case anItem:
		if n, ok := t.items[id]; ok {
			return t.w.T("activity.item", words.Data{"Name": n})
		}
		return t.w.T("activity.gone.item")
	case anInvoice:
		if n, ok := t.invoices[id]; ok {
			return t.w.T("activity.invoice", words.Data{"Number": n})
		}
		return t.w.T("activity.gone.invoice")
	}
	// A draft keeps its id when it becomes an invoice.
	if n, ok := t.invoices[id]; ok {
		return t.w.T("activity.draftOf", words.Data{"Number": n})
	}
	d, ok := t.drafts[id]
	switch {
	case !ok:
		return t.w.T("activity.gone.draft")
	case d.Doc.Buyer.Name == "":
		return t.w.T("activity.draft")
	}
	return t.w.T("activity.draftFor", words.Data{"Name": d.Doc.Buyer.Name})
}

func (t *teller) customer(id store.ID) (store.Customer, error) {
	b, err := t.e.Session.Customers()
	if err != nil {
		return store.Customer{}, err
	}
	return b.Get(id)
}

// route is where an entry leads, when what it is about is still there.
func (t *teller) route(e store.Event) (screen.Route, bool) {
	t.look()
	switch a := kinds[e.Kind].subject; a {
	case aProfile:
		return screen.Route{Place: screen.Staff}, t.e.Can(store.ManageStaff)
	case aCustomer:
		_, err := t.customer(e.Subject)
		return screen.Route{Place: screen.Customers, ID: e.Subject}, err == nil
	case anItem:
		_, ok := t.items[e.Subject]
		return screen.Route{Place: screen.Items}, ok
	case aDraft, anInvoice:
		if _, ok := t.invoices[e.Subject]; ok {
			return screen.Route{Place: screen.Invoice, ID: e.Subject}, true
		}
		_, ok := t.drafts[e.Subject]
		return screen.Route{Place: screen.Draft, ID: e.Subject}, ok
	}
	if e.Kind == store.ShopChanged {
		return screen.Route{Place: screen.Settings}, t.e.Can(store.EditShop)
	}
	return screen.Route{}, false
}
