// Entries of the log as sentences. The log names records only, so their names
// are looked up with the rights of who reads it.

package staff

import (
	"slices"
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
	{"signIns", []store.EventKind{store.SignedIn, store.SignedInWithKit, store.PassphraseChanged, store.KitMade, store.ClockTrusted,
		store.SignedInWithBadge, store.BadgeMade, store.BadgeRevoked, store.Resumed, store.AskedAgain, store.WentBack}},
	{groupShown, []store.EventKind{store.ContactShown}},
	{"customers", []store.EventKind{store.CustomerAdded, store.CustomerChanged, store.CustomersImported, store.ImportUndone, store.CustomersExported, store.CardsExported, store.CustomersPrinted,
		store.CustomerErased, store.RecordReported, store.ReportsSettled, store.CustomersMerged, store.CustomersUnmerged, store.DetailsChecked, store.IdentitySkipped,
		store.CustomerRestored, store.ChangeUndone, store.NoteAdded, store.NoteChanged, store.NoteDeleted, store.NoteHeeded, store.NotesImported,
		store.NoteKept, store.GuardOverridden, store.NoteMoved, store.FieldCleared, store.FieldsUsed}},
	{"invoices", []store.EventKind{store.DraftSaved, store.DraftDiscarded, store.InvoiceIssued, store.InvoicePrinted, store.InvoiceSaved, store.InvoiceOpened, store.InvoicesIssued}},
	{"items", []store.EventKind{store.ItemAdded, store.ItemChanged, store.ItemDeleted}},
	{"staff", []store.EventKind{store.BookCreated, store.StaffAdded, store.StaffChanged, store.StaffDisabled, store.PassphraseReset, store.ShopChanged, store.FieldsChanged, store.TagsChanged, store.BookSalvaged, store.ExportBegun, store.DataExported,
		store.GuardChanged}},
}

// groupShown is the group of contact details that were shown.
const groupShown = "shown"

// groupAt is the place of a group, -1 when there is none of that key.
func groupAt(key string) int {
	return slices.IndexFunc(groups, func(g group) bool { return g.key == key })
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
	store.ImportUndone:      {"importUndone", nothing},
	store.CustomersExported: {"customersExported", nothing},
	store.CardsExported:     {"cardsExported", nothing},
	store.CustomersPrinted:  {"customersPrinted", nothing},
	store.NoteAdded:         {"noteAdded", aCustomer},
	store.NoteChanged:       {"noteChanged", aCustomer},
	store.NoteDeleted:       {"noteDeleted", aCustomer},
	store.NoteHeeded:        {"noteHeeded", aCustomer},
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
	store.KitMade:           {"kitMade", nothing},
	store.ClockTrusted:      {"clockTrusted", nothing},
	store.BadgeMade:         {"badgeMade", nothing},
	store.BadgeRevoked:      {"badgeRevoked", aProfile},
	store.SignedInWithBadge: {"signedInWithBadge", nothing},
	store.Resumed:           {"resumed", nothing},
	store.AskedAgain:        {"askedAgain", nothing},
	store.WentBack:          {"wentBack", nothing},
	store.BookSalvaged:      {"bookSalvaged", nothing},
	store.CustomerErased:    {"customerErased", nothing},
	store.CustomersMerged:   {"customersMerged", aCustomer},
	store.CustomersUnmerged: {"customersUnmerged", aCustomer},
	store.DetailsChecked:    {"detailsChecked", aCustomer},
	store.IdentitySkipped:   {"identitySkipped", aCustomer},
	store.CustomerRestored:  {"customerRestored", aCustomer},
	store.ChangeUndone:      {"changeUndone", aCustomer},
	store.TagsChanged:       {"tagsChanged", nothing},
	store.RecordReported:    {"recordReported", aCustomer},
	store.ReportsSettled:    {"reportsSettled", aCustomer},
	store.NoteKept:          {"noteKept", aCustomer},
	store.GuardOverridden:   {"guardOverridden", aCustomer},
	store.GuardChanged:      {"guardChanged", nothing},
	store.NoteMoved:         {"noteMoved", aCustomer},
	store.FieldsChanged:     {"fieldsChanged", nothing},
	store.FieldCleared:      {"fieldCleared", nothing},
	store.FieldsUsed:        {"fieldsUsed", nothing},
}

// worth reports whether an entry is worth a look: somebody guessed a
// passphrase, the kit was used, the clock or the book went back, everything left the book,
// or what the guard blocks was kept.
func worth(e store.Event) bool {
	return e.Kind == store.SignedInWithKit || e.Kind == store.ClockTrusted || e.Kind == store.BookSalvaged || e.Kind == store.DataExported || e.Kind == store.WentBack ||
		e.Kind == store.GuardOverridden || e.Kind == store.CustomersExported || e.Kind == store.CardsExported ||
		slices.Contains([]store.EventKind{store.SignedIn, store.SignedInWithBadge, store.Resumed, store.AskedAgain}, e.Kind) && e.Count > 0
}

// teller makes sentences of entries. It looks up one record at a time and keeps
// what it is called.
type teller struct {
	e        *screen.Env
	w        *words.Words
	profiles map[store.ID]string
	subjects map[subjectKey]string
}

type subjectKey struct {
	about about
	id    store.ID
}

func newTeller(e *screen.Env, people []store.ProfileInfo) *teller {
	t := &teller{e: e, w: e.Words, profiles: map[store.ID]string{}, subjects: map[subjectKey]string{}}
	for _, p := range people {
		t.profiles[p.ID] = p.Nickname
	}
	return t
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
	k, ok := kinds[e.Kind]
	data := words.Data{"Who": t.name(e)}
	if !ok {
		return t.w.T("activity.event.unknown", data)
	}
	if k.subject != nothing {
		data["What"] = t.subject(k.subject, e.Subject)
	}
	key := "activity.event." + k.key
	var names []string
	switch e.Kind {
	case store.SignedIn, store.SignedInWithBadge, store.Resumed:
		if e.Count > 0 {
			return t.w.N(key+"Late", e.Count, data)
		}
	case store.CustomerErased:
		if e.Count > 0 {
			return t.w.N("activity.event.customersErasedAgain", e.Count, data)
		}
	case store.WentBack:
		if e.Count > 0 {
			return t.w.N("activity.event.wentBackBy", e.Count, data)
		}
	case store.AskedAgain, store.BookSalvaged, store.CustomersImported, store.ImportUndone, store.CustomersExported, store.CardsExported, store.CustomersPrinted, store.NotesImported, store.InvoicesIssued:
		return t.w.N(key, e.Count, data)
	case store.NoteKept, store.GuardOverridden, store.GuardChanged:
		for _, f := range e.Fields {
			names = append(names, t.w.GuardLogged(f))
		}
		data["Fields"] = t.list(names)
	case store.NoteMoved, store.DetailsChecked, store.CustomerRestored, store.ChangeUndone:
		data["Fields"] = t.fields(e.Fields)
	case store.FieldCleared:
		data["Fields"] = t.w.T("activity.theField")
		if len(e.Fields) > 0 {
			data["Fields"] = t.fields(e.Fields)
		}
		return t.w.N(key, e.Count, data)
	case store.CustomerChanged, store.ContactShown, store.FieldsChanged, store.FieldsUsed:
		if len(e.Fields) > 0 {
			data["Fields"] = t.fields(e.Fields)
			key += "Fields"
		}
	}
	return t.w.T(key, data)
}

// screen says where in the program it was done, "" where that is not known.
func (t *teller) screen(e store.Event) string {
	key := "activity.screen." + e.Screen.String()
	if e.Screen == store.NoScreen || !t.w.Has(key) {
		return ""
	}
	return t.w.T(key)
}

// fields names fields in the middle of a sentence: "the phone and the e-mail".
// An entry that names none may be of a changed program.
func (t *teller) fields(keys []string) string {
	if len(keys) == 0 {
		return t.w.T("activity.field.some")
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k
		if t.w.Has("activity.field." + k) {
			names[i] = t.w.T("activity.field." + k)
		}
	}
	return t.list(names)
}

// list puts names together: "the phone, the e-mail and the address".
func (t *teller) list(names []string) string {
	last := len(names) - 1
	if last < 0 {
		return ""
	}
	if last == 0 {
		return names[0]
	}
	return t.w.T("activity.and", words.Data{"First": strings.Join(names[:last], ", "), "Last": names[last]})
}

// subject names what an entry is about, and says so when it is not there any
// more, or not to be seen by who reads the log.
func (t *teller) subject(a about, id store.ID) string {
	key := subjectKey{a, id}
	name, ok := t.subjects[key]
	if !ok {
		name = t.look(a, id)
		t.subjects[key] = name
	}
	return name
}

func (t *teller) look(a about, id store.ID) string {
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
		if i, err := t.item(id); err == nil {
			return t.w.T("activity.item", words.Data{"Name": i.Name})
		}
		return t.w.T("activity.gone.item")
	case anInvoice:
		if i, err := t.invoice(id); err == nil {
			return t.w.T("activity.invoice", words.Data{"Number": i.Doc.Number})
		}
		return t.w.T("activity.gone.invoice")
	}
	// A draft keeps its id when it becomes an invoice.
	if i, err := t.invoice(id); err == nil {
		return t.w.T("activity.draftOf", words.Data{"Number": i.Doc.Number})
	}
	d, err := t.draft(id)
	switch {
	case err != nil:
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

func (t *teller) item(id store.ID) (store.Item, error) {
	b, err := t.e.Session.Items()
	if err != nil {
		return store.Item{}, err
	}
	return b.Get(id)
}

func (t *teller) invoice(id store.ID) (store.Invoice, error) {
	b, err := t.e.Session.Invoices()
	if err != nil {
		return store.Invoice{}, err
	}
	return b.Get(id)
}

func (t *teller) draft(id store.ID) (store.Draft, error) {
	b, err := t.e.Session.Drafts()
	if err != nil {
		return store.Draft{}, err
	}
	return b.Get(id)
}

// route is where an entry leads, when what it is about is still there.
func (t *teller) route(e store.Event) (screen.Route, bool) {
	switch kinds[e.Kind].subject {
	case aProfile:
		return screen.Route{Place: screen.Staff}, t.e.Can(store.ManageStaff)
	case aCustomer:
		_, err := t.customer(e.Subject)
		return screen.Route{Place: screen.Customers, ID: e.Subject}, err == nil
	case anItem:
		_, err := t.item(e.Subject)
		return screen.Route{Place: screen.Items}, err == nil
	case aDraft, anInvoice:
		if _, err := t.invoice(e.Subject); err == nil {
			return screen.Route{Place: screen.Invoice, ID: e.Subject}, true
		}
		_, err := t.draft(e.Subject)
		return screen.Route{Place: screen.Draft, ID: e.Subject}, err == nil
	}
	if e.Kind == store.ShopChanged || e.Kind == store.FieldsChanged {
		return screen.Route{Place: screen.Settings}, t.e.Can(store.EditShop)
	}
	return screen.Route{}, false
}
