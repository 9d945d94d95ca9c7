// Rights in the order of the shop's subjects: what a column of the table says
// of a profile, and which rights go together when one is taken away.

package staff

import (
	"slices"

	"counterbook/store"
)

// subject is a part of the shop that rights are about.
type subject struct {
	key    string        // of its name: "staff.subject." + key
	rights []store.Right // every right belongs to one subject
	levels []level       // what the table says, the first that fits; none has no column
}

// level is how far a right goes in one word: "staff.level." + word.
type level struct {
	right store.Right
	word  string
}

var subjects = []subject{
	{"customers",
		[]store.Right{store.FindCustomers, store.BrowseCustomers, store.RevealContact, store.CreateCustomers, store.EditCustomers, store.MergeCustomers, store.DeleteCustomers,
			store.ReadHistory, store.RestoreCustomers, store.ImportCustomers, store.ExportCustomers, store.ExportCards, store.PrintCustomers},
		[]level{{store.EditCustomers, "edit"}, {store.CreateCustomers, "edit"}, {store.BrowseCustomers, "view"}, {store.FindCustomers, "find"}}},
	{"notes",
		[]store.Right{store.ReadNotes, store.ManagersNotes, store.AddNotes, store.EditOwnNotes, store.EditNotes, store.DeleteNotes, store.OverrideGuard},
		[]level{{store.EditNotes, "edit"}, {store.AddNotes, "edit"}, {store.ReadNotes, "view"}}},
	{"invoices",
		[]store.Right{store.WriteDrafts, store.ReadInvoices, store.IssueInvoices, store.CreditInvoices, store.PrintInvoices, store.SeeTotals},
		[]level{{store.IssueInvoices, "issue"}, {store.WriteDrafts, "draft"}, {store.ReadInvoices, "view"}}},
	{"items",
		[]store.Right{store.ReadItems, store.EditItems},
		[]level{{store.EditItems, "edit"}, {store.ReadItems, "view"}}},
	{"loyalty",
		[]store.Right{store.ReadLoyalty, store.RedeemLoyalty, store.EditLoyaltyRules},
		[]level{{store.EditLoyaltyRules, "edit"}, {store.ReadLoyalty, "view"}}},
	{"privacy",
		[]store.Right{store.ReadPrivacy, store.EditPrivacy},
		[]level{{store.EditPrivacy, "edit"}, {store.ReadPrivacy, "view"}}},
	{"staff",
		[]store.Right{store.ManageStaff, store.ReadActivity},
		[]level{{store.ManageStaff, "edit"}}},
	{"shop",
		[]store.Right{store.ReadShop, store.EditShop, store.ExportData},
		nil},
}

// word says in one word what a profile may do with a subject, "none" for
// nothing.
func (s subject) word(p store.Profile) string {
	for _, l := range s.levels {
		if p.Can(l.right) {
			return l.word
		}
	}
	return "none"
}

// without lists what is of no use without a right: nobody changes a note that
// they cannot read. As the store lets everybody read where they may write, the
// key is only withdrawn when all of these are taken away together.
var without = map[store.Right][]store.Right{
	store.FindCustomers: {store.BrowseCustomers, store.RevealContact, store.CreateCustomers, store.EditCustomers, store.MergeCustomers, store.DeleteCustomers,
		store.ReadHistory, store.RestoreCustomers, store.ImportCustomers, store.ExportCustomers, store.ExportCards, store.PrintCustomers},
	store.ReadHistory:  {store.RestoreCustomers},
	store.ReadNotes:    {store.ManagersNotes, store.AddNotes, store.EditOwnNotes, store.EditNotes, store.DeleteNotes, store.OverrideGuard},
	store.ReadItems:    {store.EditItems},
	store.WriteDrafts:  {store.IssueInvoices},
	store.ReadInvoices: {store.IssueInvoices, store.CreditInvoices, store.PrintInvoices, store.SeeTotals},
	store.ReadLoyalty:  {store.RedeemLoyalty, store.EditLoyaltyRules},
	store.ReadPrivacy:  {store.EditPrivacy},
}

// fixed reports whether a right stays with every profile: no screen works
// without the shop's language and currency.
func fixed(r store.Right) bool { return r == store.ReadShop }

// take returns what is taken away from a profile when a right is as well.
func take(p store.Profile, r store.Right) []store.Right {
	gone := append([]store.Right{r}, without[r]...)
	return kept(p.Role, append(slices.Clone(p.Without), gone...))
}

// give returns what is still taken away when a right is given back, with those
// it is of no use without.
func give(p store.Profile, r store.Right) []store.Right {
	return slices.DeleteFunc(slices.Clone(p.Without), func(x store.Right) bool {
		return x == r || slices.Contains(without[x], r)
	})
}

// kept returns the rights of a role among those taken away, each once, in the
// order of all rights.
func kept(role store.Role, taken []store.Right) []store.Right {
	var out []store.Right
	for _, r := range role.Rights() {
		if slices.Contains(taken, r) {
			out = append(out, r)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// keeper returns the text of what keeps a right.
func keeper(k store.Keeper) string {
	switch k {
	case store.ByKey:
		return "staff.keeper.key"
	case store.BySignature:
		return "staff.keeper.signature"
	}
	return "staff.keeper.program"
}
