package store

// Rights: what a role may do, and what keeps it. This is data; screens, staff
// list and tests all read it.

import (
	"fmt"
	"slices"

	"counterbook/store/internal/vault"
)

// Right is one thing a profile may do. The numbers are part of the file format.
type Right uint8

const (
	BrowseCustomers  Right = 1  // see the directory and search it
	FindCustomers    Right = 2  // find one customer by exact phone or code
	RevealContact    Right = 3  // see phone and e-mail in full; counted
	CreateCustomers  Right = 4  // add customers
	EditCustomers    Right = 5  // change customers
	MergeCustomers   Right = 6  // make one customer of two
	DeleteCustomers  Right = 7  // erase customers
	ReadNotes        Right = 8  // read notes
	AddNotes         Right = 9  // write notes
	EditNotes        Right = 10 // change notes of others
	ReadItems        Right = 11 // see items and prices
	EditItems        Right = 12 // change items and prices
	WriteDrafts      Right = 13 // prepare invoices
	ReadInvoices     Right = 14 // see issued invoices
	IssueInvoices    Right = 15 // give a draft its number
	CreditInvoices   Right = 16 // correct an issued invoice
	SeeTotals        Right = 17 // see sums over customers and months
	PrintInvoices    Right = 18 // print, save and open invoices
	ExportData       Right = 19 // take data out of the book
	ReadLoyalty      Right = 20 // see loyalty
	RedeemLoyalty    Right = 21 // use up rewards
	EditLoyaltyRules Right = 22 // change how rewards are earned
	ReadShop         Right = 23 // see the shop's details
	EditShop         Right = 24 // change the shop's details
	ReadPrivacy      Right = 25 // see the privacy review
	EditPrivacy      Right = 26 // sign reviews, answer requests
	ManageStaff      Right = 27 // add and change profiles
	ReadActivity     Right = 28 // read the log
	EditOwnNotes     Right = 29 // change one's own notes
	DeleteNotes      Right = 30 // delete notes
	ManagersNotes    Right = 31 // read notes that are for managers
	OverrideGuard    Right = 32 // keep in a note what the note guard blocks
	ReadHistory      Right = 33 // see what a customer's record said before
	RestoreCustomers Right = 34 // put back what it said before
	ImportCustomers  Right = 35 // add customers from a file
	ExportCustomers  Right = 36 // save the directory as a table
	ExportCards      Right = 37 // save customers as address cards
	PrintCustomers   Right = 38 // print a list of customers
)

// Keeper says what keeps a right from those who do not have it.
type Keeper uint8

const (
	ByProgram   Keeper = iota // the program does not offer it
	BySignature               // the change would not count: it is not signed by a writer
	ByKey                     // the data does not open
)

type need struct {
	area  vault.Area
	write bool
}

type rightInfo struct {
	right Right
	name  string // for errors and texts; never shown as it is
	needs []need
	keeps Keeper
}

// rightTable says what each right needs of the areas. What only the program
// keeps needs an area that other rights give as well.
var rightTable = []rightInfo{
	{BrowseCustomers, "browse customers", []need{{areaContacts, false}}, ByProgram},
	{FindCustomers, "find customers", []need{{areaContacts, false}}, ByKey},
	{RevealContact, "reveal contact", []need{{areaContacts, false}}, ByProgram},
	{CreateCustomers, "create customers", []need{{areaContacts, true}}, BySignature},
	{EditCustomers, "edit customers", []need{{areaContacts, true}}, BySignature},
	{MergeCustomers, "merge customers", []need{{areaContacts, true}}, ByProgram},
	{DeleteCustomers, "delete customers", []need{{areaContacts, true}}, ByProgram},
	{ReadHistory, "read history", []need{{areaContacts, false}}, ByProgram},
	{RestoreCustomers, "restore customers", []need{{areaContacts, true}}, ByProgram},
	{ImportCustomers, "import customers", []need{{areaContacts, true}}, ByProgram},
	{ExportCustomers, "export customers", []need{{areaContacts, false}}, ByProgram},
	{ExportCards, "export cards", []need{{areaContacts, false}}, ByProgram},
	{PrintCustomers, "print customers", []need{{areaContacts, false}}, ByProgram},
	{ReadNotes, "read notes", []need{{areaNotes, false}}, ByKey},
	{AddNotes, "add notes", []need{{areaNotes, true}}, BySignature},
	{EditNotes, "edit notes", []need{{areaNotes, true}}, ByProgram},
	{EditOwnNotes, "edit own notes", []need{{areaNotes, true}}, ByProgram},
	{DeleteNotes, "delete notes", []need{{areaNotes, true}}, ByProgram},
	{ManagersNotes, "managers' notes", []need{{areaNotes, false}}, ByProgram},
	{OverrideGuard, "override guard", []need{{areaNotes, true}}, ByProgram},
	{ReadItems, "read items", []need{{areaItems, false}}, ByKey},
	{EditItems, "edit items", []need{{areaItems, true}}, BySignature},
	{WriteDrafts, "write drafts", []need{{areaDrafts, true}}, BySignature},
	{ReadInvoices, "read invoices", []need{{areaInvoices, false}}, ByKey},
	{IssueInvoices, "issue invoices", []need{{areaInvoices, true}, {areaDrafts, true}, {areaLoyalty, true}}, BySignature},
	{CreditInvoices, "credit invoices", []need{{areaInvoices, true}}, ByProgram},
	{SeeTotals, "see totals", []need{{areaInvoices, false}}, ByProgram},
	{PrintInvoices, "print invoices", []need{{areaInvoices, false}}, ByProgram},
	{ExportData, "export data", nil, ByProgram},
	{ReadLoyalty, "read loyalty", []need{{areaLoyalty, false}}, ByKey},
	{RedeemLoyalty, "redeem loyalty", []need{{areaLoyalty, true}}, BySignature},
	{EditLoyaltyRules, "edit loyalty rules", []need{{areaLoyalty, true}}, ByProgram},
	{ReadShop, "read shop", []need{{areaShop, false}}, ByKey},
	{EditShop, "edit shop", []need{{areaShop, true}}, BySignature},
	{ReadPrivacy, "read privacy", []need{{areaPrivacy, false}}, ByKey},
	{EditPrivacy, "edit privacy", []need{{areaPrivacy, true}}, BySignature},
	{ManageStaff, "manage staff", []need{{areaStaff, true}, {areaOwnership, true}}, BySignature},
	{ReadActivity, "read activity", []need{{areaActivity, false}}, ByKey},
}

// Role is a bundle of rights that makes sense at a counter. The numbers are
// part of the file format.
type Role uint8

const (
	Owner      Role = 1
	Manager    Role = 2
	FrontDesk  Role = 3
	Invoicing  Role = 4
	Workshop   Role = 5
	Bookkeeper Role = 6
	Trainee    Role = 7
)

var (
	customerRights = []Right{BrowseCustomers, FindCustomers, RevealContact, CreateCustomers, EditCustomers}
	invoiceRights  = []Right{WriteDrafts, ReadInvoices, IssueInvoices, PrintInvoices, ReadLoyalty, RedeemLoyalty}
)

// roleTable says what each role may do.
var roleTable = map[Role][]Right{
	Owner: Rights(),
	Manager: join(customerRights, invoiceRights, []Right{MergeCustomers, DeleteCustomers, ReadHistory,
		ReadNotes, AddNotes, EditOwnNotes, EditNotes, DeleteNotes, ManagersNotes, ReadItems, EditItems, CreditInvoices, SeeTotals, EditLoyaltyRules, ReadShop, ReadPrivacy}),
	FrontDesk:  join(customerRights, invoiceRights, []Right{ReadNotes, AddNotes, EditOwnNotes, ReadItems, ReadShop}),
	Invoicing:  join(customerRights, invoiceRights, []Right{ReadItems, CreditInvoices, SeeTotals, ReadShop}),
	Workshop:   {BrowseCustomers, FindCustomers, ReadNotes, ReadItems, EditItems, ReadShop},
	Bookkeeper: {ReadItems, ReadInvoices, SeeTotals, PrintInvoices, ReadShop},
	Trainee:    {FindCustomers, ReadItems, WriteDrafts, ReadShop},
}

func join(parts ...[]Right) []Right { return slices.Concat(parts...) }

// Rights lists all rights in the order in which a screen shows them.
func Rights() []Right {
	out := make([]Right, len(rightTable))
	for i, r := range rightTable {
		out[i] = r.right
	}
	return out
}

// Roles lists all roles, the one with most rights first.
func Roles() []Role {
	return []Role{Owner, Manager, FrontDesk, Invoicing, Workshop, Bookkeeper, Trainee}
}

// Rights lists what a role may do.
func (r Role) Rights() []Right { return slices.Clone(roleTable[r]) }

func (r Right) info() rightInfo {
	for _, i := range rightTable {
		if i.right == r {
			return i
		}
	}
	return rightInfo{right: r, name: fmt.Sprintf("right %d", r)}
}

// String is a fixed English name, for errors and as a key of texts.
func (r Right) String() string { return r.info().name }

// Keeper says what keeps the right.
func (r Right) Keeper() Keeper { return r.info().keeps }

// String is a fixed English name, for errors and as a key of texts.
func (r Role) String() string {
	switch r {
	case Owner:
		return "owner"
	case Manager:
		return "manager"
	case FrontDesk:
		return "front desk"
	case Invoicing:
		return "invoicing"
	case Workshop:
		return "workshop"
	case Bookkeeper:
		return "bookkeeper"
	case Trainee:
		return "trainee"
	}
	return fmt.Sprintf("role %d", r)
}

// effective is a role less what was taken away.
func effective(r Role, without []Right) []Right {
	return slices.DeleteFunc(r.Rights(), func(x Right) bool { return slices.Contains(without, x) })
}

// access says which areas a set of rights reads and writes.
func access(rights []Right) (reads, writes []vault.Area) {
	for _, a := range sharedAreas {
		read, write, of := false, false, a
		if base, ok := indexes[a]; ok {
			of = base
		}
		for _, r := range rights {
			for _, n := range r.info().needs {
				read = read || n.area == of
				write = write || n.area == of && n.write
			}
		}
		if write {
			writes = append(writes, a)
		}
		if read {
			reads = append(reads, a)
		}
	}
	return reads, writes
}
