package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/exchange"
	"counterbook/store/sensitive"
)

// calls is every call into a session that something could come out of or go
// into, with the right it needs. Each returns the error of the store.
var calls = []struct {
	name  string
	right store.Right
	do    func(*store.Session) error
}{
	{"list customers", store.FindCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.List(""); return err })},
	{"reveal a contact", store.RevealContact, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Reveal(store.ID{}, "Phone"); return err })},
	{"add a customer", store.CreateCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := anyway(c, giulia()); return err })},
	{"import customers", store.CreateCustomers, on((*store.Session).Customers, func(c *store.Customers) error {
		return c.Import(context.Background(), []store.Customer{giulia()}, nil)
	})},
	{"plan an import", store.ImportCustomers, on((*store.Session).Customers, func(c *store.Customers) error {
		_, err := c.PlanImport(context.Background(), exchange.NewSource(strings.NewReader("Name\n"), exchange.Shape{}), nil, func(store.ImportProgress) {})
		return err
	})},
	{"list imports", store.ImportCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Imports(); return err })},
	{"undo an import", store.ImportCustomers, on((*store.Session).Customers, func(c *store.Customers) error {
		_, err := c.UndoImport(context.Background(), store.ID{1}, nil)
		return err
	})},
	{"export customers", store.ExportCustomers, takeOut(store.AsTable)},
	{"export cards", store.ExportCards, takeOut(store.AsCards)},
	{"print customers", store.PrintCustomers, takeOut(store.AsList)},
	{"change a customer", store.EditCustomers, on((*store.Session).Customers, func(c *store.Customers) error {
		g := giulia()
		g.ID = store.ID{1}
		_, err := c.Save(g)
		return err
	})},
	{"check a customer's details", store.EditCustomers, on((*store.Session).Customers, func(c *store.Customers) error {
		_, err := c.Check(store.ID{1}, []string{"Phone"}, store.ReadBack)
		return err
	})},
	{"review a change", store.EditCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Review(giulia()); return err })},
	{"undo a change", store.EditCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Undo(store.ID{1}); return err })},
	{"look what can be undone", store.EditCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Undoable(store.ID{1}); return err })},
	{"read a customer's history", store.ReadHistory, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.History(store.ID{1}); return err })},
	{"look what a restore would do", store.ReadHistory, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Before(store.ID{1}, store.ID{}); return err })},
	{"restore a customer", store.RestoreCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Restore(store.ID{1}, store.ID{}, 1); return err })},
	{"look who a customer is", store.FindCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Identity(store.ID{1}); return err })},
	{"identify a customer", store.FindCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Identified(store.ID{1}, "471"); return err })},
	{"skip identifying a customer", store.FindCustomers, on((*store.Session).Customers, func(c *store.Customers) error { return c.SkipIdentity(store.ID{1}) })},
	{"filter customers", store.BrowseCustomers, on((*store.Session).Customers, func(c *store.Customers) error {
		_, err := c.Search(store.CustomerQuery{CustomerFilter: store.CustomerFilter{Incomplete: true}})
		return err
	})},
	{"count customers", store.BrowseCustomers, on((*store.Session).Customers, func(c *store.Customers) error {
		_, err := c.Counts(store.CustomerFilter{Incomplete: true})
		return err
	})},
	{"see what is to be mended", store.BrowseCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Faults(giulia()); return err })},
	{"read reports", store.BrowseCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Reports(store.ID{1}); return err })},
	{"report a record", store.EditCustomers, on((*store.Session).Customers, func(c *store.Customers) error { return c.Report(store.ID{1}, store.Twice) })},
	{"settle reports", store.EditCustomers, on((*store.Session).Customers, func(c *store.Customers) error { return c.Settle(store.ID{1}) })},
	{"list tags", store.ReadShop, on((*store.Session).Tags, func(x *store.Tags) error { _, err := x.List(); return err })},
	{"add a tag", store.EditShop, on((*store.Session).Tags, func(x *store.Tags) error { _, err := x.Add("x"); return err })},
	{"change a tag", store.EditShop, on((*store.Session).Tags, func(x *store.Tags) error { return x.Change(store.Tag{ID: 99}) })},
	{"remove a tag", store.EditShop, on((*store.Session).Tags, func(x *store.Tags) error { return x.Remove(99, 0) })},
	{"name who can mend", store.EditShop, on((*store.Session).Shop, func(b *store.ShopBook) error { _, err := b.Menders(); return err })},
	{"merge customers", store.MergeCustomers, on((*store.Session).Customers, func(c *store.Customers) error {
		_, err := c.Merge(store.Customer{ID: store.ID{1}}, store.Customer{ID: store.ID{2}}, giulia())
		return err
	})},
	{"take a merge back", store.MergeCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Unmerge(store.ID{1}); return err })},
	{"list merges", store.MergeCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Merges(store.ID{1}); return err })},
	{"count what a merge brings", store.MergeCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.MergeTraces(store.ID{1}); return err })},
	{"look for duplicates", store.MergeCustomers, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Duplicates(context.Background(), nil); return err })},
	{"say that two are not the same", store.EditCustomers, on((*store.Session).Customers, func(c *store.Customers) error { return c.NotTheSame(store.ID{1}, store.ID{2}) })},
	{"read notes", store.ReadNotes, on((*store.Session).Notes, func(n *store.Notes) error { _, err := n.Of(store.ID{}); return err })},
	{"add a note", store.AddNotes, on((*store.Session).Notes, func(n *store.Notes) error { _, err := n.Save(store.Note{Customer: store.ID{1}, Text: "x"}); return err })},
	{"import notes", store.AddNotes, on((*store.Session).Notes, func(n *store.Notes) error {
		return n.Import(context.Background(), []store.Note{{Customer: store.ID{1}, Text: "x"}}, nil)
	})},
	{"issue many", store.IssueInvoices, on((*store.Session).Invoices, func(i *store.Invoices) error {
		_, err := i.IssueAll(context.Background(), []store.Draft{{}}, nil)
		return err
	})},
	{"change another's note", store.EditNotes, on((*store.Session).Notes, func(n *store.Notes) error {
		_, err := n.Save(store.Note{ID: store.ID{1}, Author: store.ID{2}, Text: "x"})
		return err
	})},
	{"change one's own note", store.EditOwnNotes, func(s *store.Session) error {
		n, err := s.Notes()
		if err != nil {
			return err
		}
		_, err = n.Save(store.Note{ID: store.ID{1}, Author: s.Profile().ID, Text: "x"})
		return err
	}},
	{"delete another's note", store.DeleteNotes, on((*store.Session).Notes, func(n *store.Notes) error {
		return n.Delete(store.Note{ID: store.ID{1}, Author: store.ID{2}})
	})},
	{"delete one's own note", store.EditOwnNotes, func(s *store.Session) error {
		n, err := s.Notes()
		if err != nil {
			return err
		}
		return n.Delete(store.Note{ID: store.ID{1}, Author: s.Profile().ID})
	}},
	{"keep another's note", store.EditNotes, on((*store.Session).Notes, func(n *store.Notes) error {
		_, err := n.Keep(store.Note{ID: store.ID{1}, Author: store.ID{2}})
		return err
	})},
	{"go through all notes", store.DeleteNotes, on((*store.Session).Notes, func(n *store.Notes) error {
		_, err := n.Triage(context.Background(), 10, nil)
		return err
	})},
	{"be asked about one's notes", store.ReadNotes, on((*store.Session).Notes, func(n *store.Notes) error { _, err := n.StillNeeded(context.Background()); return err })},
	{"read payment agreements", store.ReadNotes, on((*store.Session).Notes, func(n *store.Notes) error { _, err := n.Agreements(store.ID{}); return err })},
	{"acknowledge a note", store.AddNotes, on((*store.Session).Notes, func(n *store.Notes) error { _, err := n.Heed(store.Note{ID: store.ID{1}}); return err })},
	{"list items", store.ReadItems, on((*store.Session).Items, func(i *store.Items) error { _, err := i.List(""); return err })},
	{"add an item", store.EditItems, on((*store.Session).Items, func(i *store.Items) error {
		_, err := i.Save(store.Item{Name: "x", Tax: frame().Tax})
		return err
	})},
	{"delete an item", store.EditItems, on((*store.Session).Items, func(i *store.Items) error { return i.Delete(store.ID{1}) })},
	{"list drafts", store.WriteDrafts, on((*store.Session).Drafts, func(d *store.Drafts) error { _, err := d.List(); return err })},
	{"save a draft", store.WriteDrafts, on((*store.Session).Drafts, func(d *store.Drafts) error { _, err := d.Save(store.Draft{}); return err })},
	{"discard a draft", store.WriteDrafts, on((*store.Session).Drafts, func(d *store.Drafts) error { return d.Discard(store.ID{1}) })},
	{"list invoices", store.ReadInvoices, on((*store.Session).Invoices, func(i *store.Invoices) error { _, err := i.List(""); return err })},
	{"open an invoice", store.ReadInvoices, on((*store.Session).Invoices, func(i *store.Invoices) error { _, err := i.Get(store.ID{1}); return err })},
	{"see an invoice's pages", store.ReadInvoices, on((*store.Session).Invoices, func(i *store.Invoices) error { _, err := i.Pages(store.ID{1}); return err })},
	{"draw an invoice", store.PrintInvoices, on((*store.Session).Invoices, func(i *store.Invoices) error { _, err := i.PDF(store.ID{1}); return err })},
	{"hand an invoice out", store.PrintInvoices, on((*store.Session).Invoices, func(i *store.Invoices) error { return i.Handed(store.ID{1}, store.InvoicePrinted) })},
	{"issue", store.IssueInvoices, on((*store.Session).Invoices, func(i *store.Invoices) error { _, err := i.Issue(context.Background(), store.ID{1}); return err })},
	{"read the shop", store.ReadShop, on((*store.Session).Shop, func(b *store.ShopBook) error { _, err := b.Get(); return err })},
	{"change the shop", store.EditShop, on((*store.Session).Shop, func(b *store.ShopBook) error {
		sh, err := b.Get()
		if err != nil {
			return err
		}
		_, err = b.Save(sh)
		return err
	})},
	{"look for what does not belong in a note", store.ReadShop, on((*store.Session).Guard, func(g *store.Guard) error { _, err := g.Find("x"); return err })},
	{"ask where what was found belongs", store.ReadShop, on((*store.Session).Guard, func(g *store.Guard) error {
		_, err := g.Home(store.Customer{}, "0660 000 4471", sensitive.Finding{Kind: sensitive.Phone, End: 13})
		return err
	})},
	{"see how the note guard is set up", store.ReadShop, on((*store.Session).Guard, func(g *store.Guard) error { _, err := g.Policy(); return err })},
	{"try the note guard", store.ReadShop, on((*store.Session).Guard, func(g *store.Guard) error { _, err := g.Try(store.GuardPolicy{}, "x"); return err })},
	{"try a reason", store.ReadShop, on((*store.Session).Guard, func(g *store.Guard) error { _, err := g.Reason("x"); return err })},
	{"set up the note guard", store.EditShop, on((*store.Session).Guard, func(g *store.Guard) error { _, err := g.Save(store.GuardPolicy{}); return err })},
	{"see what is collected", store.ReadShop, on((*store.Session).Shop, func(b *store.ShopBook) error { _, err := b.Fields(); return err })},
	{"change what is collected", store.EditShop, on((*store.Session).Shop, func(b *store.ShopBook) error { _, err := b.SaveFields(store.DefaultFields()); return err })},
	{"keep an unused field", store.EditShop, on((*store.Session).Shop, func(b *store.ShopBook) error { _, err := b.KeepUnused("Email", "x"); return err })},
	{"measure fields", store.EditShop, on((*store.Session).Customers, func(c *store.Customers) error { _, err := c.Meter(context.Background()); return err })},
	{"clear a field", store.EditShop, on((*store.Session).Customers, func(c *store.Customers) error {
		_, err := c.Clear(context.Background(), "Language", nil)
		return err
	})},
	{"list staff", store.ManageStaff, on((*store.Session).Staff, func(s *store.Staff) error { _, err := s.List(); return err })},
	{"add staff", store.ManageStaff, on((*store.Session).Staff, func(s *store.Staff) error {
		_, err := s.Add(store.NewProfile{Nickname: "Eve", Role: store.Trainee, Passphrase: "x"})
		return err
	})},
	{"change staff", store.ManageStaff, on((*store.Session).Staff, func(s *store.Staff) error { return s.Change(store.ID{1}, "x", store.Manager, nil) })},
	{"disable staff", store.ManageStaff, on((*store.Session).Staff, func(s *store.Staff) error { return s.Disable(store.ID{1}) })},
	{"reset a passphrase", store.ManageStaff, on((*store.Session).Staff, func(s *store.Staff) error { return s.ResetPassphrase(store.ID{1}, "x") })},
	{"export everything", store.ExportData, func(s *store.Session) error {
		x, err := s.Export()
		if err != nil {
			return err
		}
		return x.Begin()
	}},
	{"search the log", store.ReadActivity, on((*store.Session).Activity, func(a *store.Activity) error {
		_, err := a.Reader().Find(context.Background(), store.LogQuery{}, 0, 1, nil)
		return err
	})},
	{"name who is in the log", store.ReadActivity, on((*store.Session).Activity, func(a *store.Activity) error { _, err := a.People(); return err })},
	{"read the log", store.ReadActivity, on((*store.Session).Activity, func(a *store.Activity) error { _, err := a.Events(1); return err })},
}

// takeOut takes nobody out of the book, in a way.
func takeOut(way store.Takeout) func(*store.Session) error {
	return on((*store.Session).Customers, func(c *store.Customers) error {
		return c.TakeOut(context.Background(), way, nil, store.CustomersFound{}, nil)
	})
}

// on opens a subject and calls it, also where opening is refused and a value of
// the type was made by hand.
func on[T any](open func(*store.Session) (*T, error), do func(*T) error) func(*store.Session) error {
	return func(s *store.Session) error {
		v, err := open(s)
		if err != nil {
			return err
		}
		return do(v)
	}
}

func TestEveryRoleCanDoWhatTheTableSaysAndNothingElse(t *testing.T) {
	b, owner := newBook(t, newClock())
	for _, role := range store.Roles() {
		s := owner
		if role != store.Owner {
			s = addStaff(t, b, owner, role.String(), role)
		}
		may := map[store.Right]bool{}
		for _, r := range role.Rights() {
			may[r] = true
		}
		for _, r := range store.Rights() {
			require.Equal(t, may[r], s.Can(r), "%s: %s", role, r)
		}
		for _, c := range calls {
			err := c.do(s)
			if may[c.right] || c.right == store.FindCustomers && may[store.BrowseCustomers] {
				require.False(t, errors.Is(err, store.ErrNoRight), "%s may not %s: %v", role, c.name, err)
			} else {
				require.ErrorIs(t, err, store.ErrNoRight, "%s may %s", role, c.name)
			}
		}
	}
}

// The areas of each role, as they were decided: W writes, R reads, - no key.
const areaTable = `
role        contacts notes items drafts invoices loyalty shop privacy staff activity
owner       W        W     W     W      W        W       W    W       W     R
manager     W        W     W     W      W        W       R    R       -     -
front desk  W        W     R     W      W        W       R    -       -     -
invoicing   W        -     R     W      W        W       R    -       -     -
workshop    R        R     W     -      -        -       R    -       -     -
bookkeeper  -        -     R     -      R        -       R    -       -     -
trainee     R        -     R     W      -        -       R    -       -     -
`

func TestTheAreasOfARoleAreThoseThatWereDecided(t *testing.T) {
	rows := strings.Split(strings.TrimSpace(areaTable), "\n")
	areas := strings.Fields(rows[0])[1:]
	for i, role := range store.Roles() {
		row := strings.TrimPrefix(rows[i+1], role.String())
		require.NotEqual(t, rows[i+1], row)
		for j, want := range strings.Fields(row) {
			require.Equal(t, want, store.AreaAccess(role, areas[j]), "%s: %s", role, areas[j])
		}
	}
}

func TestWhatTheOwnerTakesAwayIsGoneFromARunningSession(t *testing.T) {
	b, owner := newBook(t, newClock())
	jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
	ns, err := jonas.Notes()
	require.NoError(t, err)
	_, err = ns.Save(store.Note{Customer: store.ID{1}, Text: "before"})
	require.NoError(t, err)
	st, err := owner.Staff()
	require.NoError(t, err)
	require.NoError(t, st.Change(jonas.Profile().ID, "Jonas", store.FrontDesk, []store.Right{store.ReadNotes, store.AddNotes, store.EditOwnNotes}))
	require.False(t, jonas.Can(store.ReadNotes))
	_, err = ns.Of(store.ID{1})
	require.ErrorIs(t, err, store.ErrNoRight)
	_, err = ns.Save(store.Note{Customer: store.ID{1}, Text: "after"})
	require.ErrorIs(t, err, store.ErrNoRight)
	require.True(t, jonas.Can(store.EditCustomers))
}

func TestThereIsAlwaysAnOwner(t *testing.T) {
	b, owner := newBook(t, newClock())
	st, err := owner.Staff()
	require.NoError(t, err)
	me := owner.Profile().ID
	require.ErrorIs(t, st.Disable(me), store.ErrLastOwner)
	require.ErrorIs(t, st.Change(me, "Marta", store.Manager, nil), store.ErrLastOwner)
	require.ErrorIs(t, st.ResetPassphrase(me, "other passphrase"), store.ErrLastOwner)
	require.NoError(t, st.Change(me, "Marta Rossi", store.Owner, nil))
	require.Equal(t, "Marta Rossi", b.Info().Profiles[0].Nickname)
	lena := addStaff(t, b, owner, "Lena", store.Owner)
	require.ErrorIs(t, st.Change(me, "Marta", store.Manager, nil), store.ErrLastOwner, "no kit opens Lena's profile")
	require.ErrorIs(t, st.Disable(me), store.ErrLastOwner)
	require.NoError(t, lena.AddKit(store.Passphrase("Lena passphrase"), confirmedKit(t)))
	hers, err := lena.Staff()
	require.NoError(t, err)
	require.NoError(t, hers.Change(lena.Profile().ID, "Lena", store.Manager, nil))
	require.False(t, lena.Can(store.ManageStaff))
	require.True(t, owner.Can(store.ManageStaff))
	require.ErrorIs(t, st.Disable(me), store.ErrLastOwner)
}

func TestTwoProfilesNeverLookTheSameAtSignIn(t *testing.T) {
	_, owner := newBook(t, newClock())
	st, err := owner.Staff()
	require.NoError(t, err)
	_, err = st.Add(store.NewProfile{Nickname: " MÁRTA ", Role: store.Trainee, Passphrase: "x"})
	require.ErrorIs(t, err, store.ErrNicknameTaken)
	_, err = st.Add(store.NewProfile{Nickname: " ", Role: store.Trainee, Passphrase: "x"})
	var p invoice.Problems
	require.ErrorAs(t, err, &p)
}
