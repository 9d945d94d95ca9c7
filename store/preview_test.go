package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestAPreviewHasTheRightsOfItsProfileAndNoOthers(t *testing.T) {
	b, owner := newBook(t, newClock())
	for _, role := range store.Roles() {
		for name, without := range map[string][]store.Right{"": nil, " less": {store.BrowseCustomers, store.ReadNotes, store.ReadInvoices, store.IssueInvoices}} {
			if role == store.Owner && without != nil {
				continue
			}
			s := addStaff(t, b, owner, role.String()+name, role, without...)
			if role == store.Owner {
				require.NoError(t, s.AddKit(store.Passphrase(role.String()+" passphrase"), confirmedKit(t)))
			}
			p, err := owner.PreviewAs(s.Profile().ID)
			require.NoError(t, err)
			require.True(t, p.Preview())
			require.Equal(t, s.Profile(), p.Profile())
			for _, r := range store.Rights() {
				require.Equal(t, s.Can(r), p.Can(r), "%s%s: %s", role, name, r)
			}
			for _, c := range calls {
				real, seen := c.do(s), c.do(p)
				if real != nil && real.Error() == (&store.NoRightError{Right: c.right}).Error() {
					require.Equal(t, real, seen, "%s%s: %s", role, name, c.name)
				}
			}
			p.Close()
			require.False(t, owner.Ended(), "the owner goes on")
		}
	}
}

func TestNothingIsWrittenInAPreview(t *testing.T) {
	b, owner := newBook(t, newClock())
	one, err := anyway(customers(t, owner), giulia())
	require.NoError(t, err)
	lena := addStaff(t, b, owner, "Lena", store.Owner)
	require.NoError(t, lena.AddKit(store.Passphrase("Lena passphrase"), confirmedKit(t)))
	require.NoError(t, lena.Desk().Put("work", "half a name"))
	p, err := owner.PreviewAs(lena.Profile().ID)
	require.NoError(t, err)
	before, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)
	for name, do := range map[string]func() error{
		"a customer":  func() error { _, err := anyway(customers(t, p), giulia()); return err },
		"a look":      func() error { _, err := customers(t, p).Reveal(one.ID, "Phone"); return err },
		"a note":      func() error { _, err := must(p.Notes()).Save(store.Note{Customer: one.ID, Text: "x"}); return err },
		"an item":     func() error { _, err := must(p.Items()).Save(store.Item{Name: "x", Tax: frame().Tax}); return err },
		"a draft":     func() error { _, err := must(p.Drafts()).Save(store.Draft{}); return err },
		"a desk":      func() error { return p.Desk().Put("work", "mine") },
		"a clear":     func() error { return p.Desk().Clear("work") },
		"an export":   func() error { _, err := p.Export(); return err },
		"a profile":   func() error { return must(p.Staff()).Disable(owner.Profile().ID) },
		"a badge":     func() error { return must(p.Staff()).DropBadge(owner.Profile().ID) },
		"its badge":   func() error { _, err := p.NewBadge(ownerPass); return err },
		"a PIN":       func() error { return p.SetPIN(goodPIN) },
		"a clock":     func() error { return p.TrustClock() },
		"a step-up":   func() error { return p.StepUp(store.Passphrase("Lena passphrase")) },
		"a secret":    func() error { return p.ChangePassphrase(ownerPass, "another passphrase") },
		"a kit":       func() error { return p.AddKit(store.Passphrase(ownerPass), confirmedKit(t)) },
		"an issuance": func() error { return must(p.Invoices()).Handed(store.ID{1}, store.InvoicePrinted) },
	} {
		require.ErrorIs(t, do(), store.ErrPreview, name)
	}
	has, err := p.Desk().Has("work")
	require.NoError(t, err)
	require.False(t, has, "nobody reads another's desk")
	require.False(t, b.Pause(p))
	after, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	require.True(t, owner.Can(store.ManageStaff))
}

// TestEverythingIsWrittenByTheWaysThatAPreviewRefuses reads the package's own code,
// so that a way round them is noticed when it is made.
func TestEverythingIsWrittenByTheWaysThatAPreviewRefuses(t *testing.T) {
	ways := map[string]string{"Update": "change", "Rewrite": "anew", "GoOn": "GoOn"}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok || ways[s.Sel.Name] == "" {
					return true
				}
				if of, ok := s.X.(*ast.SelectorExpr); ok && of.Sel.Name == "v" {
					found++
					require.Equal(t, ways[s.Sel.Name], fn.Name.Name, "%s writes in %s", file, fn.Name.Name)
				}
				return true
			})
		}
	}
	require.Equal(t, len(ways), found)
}

func TestAPreviewFollowsWhatTheProfileLoses(t *testing.T) {
	b, owner := newBook(t, newClock())
	jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
	id := jonas.Profile().ID
	_, err := jonas.PreviewAs(owner.Profile().ID)
	require.ErrorIs(t, err, store.ErrNoRight, "nobody looks up")
	p, err := owner.PreviewAs(id)
	require.NoError(t, err)
	require.True(t, p.Can(store.ReadNotes))
	require.NoError(t, must(owner.Staff()).Change(id, "Jonas", store.FrontDesk, []store.Right{store.ReadNotes, store.AddNotes, store.EditOwnNotes}))
	require.False(t, p.Can(store.ReadNotes))
	_, err = p.Notes()
	require.ErrorIs(t, err, store.ErrNoRight)
	require.NoError(t, must(owner.Staff()).Disable(id))
	require.True(t, p.Ended())
	require.False(t, p.Can(store.ReadShop))
	_, err = owner.PreviewAs(id)
	require.ErrorIs(t, err, store.ErrNoProfile)
	p2, err := owner.PreviewAs(owner.Profile().ID)
	require.NoError(t, err)
	owner.Close()
	require.True(t, p2.Ended(), "it ends with the owner's session")
}

func TestWhoCanSeeACustomerIsSaidWithTheReason(t *testing.T) {
	b, owner := newBook(t, newClock())
	addStaff(t, b, owner, "Jonas", store.FrontDesk)
	addStaff(t, b, owner, "Tim", store.Trainee)
	addStaff(t, b, owner, "Ferri", store.Bookkeeper)
	pia := addStaff(t, b, owner, "Pia", store.Workshop, store.BrowseCustomers)
	gone := addStaff(t, b, owner, "Gone", store.Manager)
	require.NoError(t, must(owner.Staff()).Disable(gone.Profile().ID))
	list := must(must(owner.Staff()).Viewers())
	require.Len(t, list, 5)
	type view struct {
		sees        store.Sight
		full, notes bool
		right       store.Right
		keeper      store.Keeper
	}
	want := map[string]view{
		"Marta": {store.SeesAll, true, true, store.BrowseCustomers, store.ByProgram},
		"Jonas": {store.SeesAll, true, true, store.BrowseCustomers, store.ByProgram},
		"Tim":   {store.SeesOne, false, false, store.FindCustomers, store.ByKey},
		"Ferri": {store.SeesNothing, false, false, store.FindCustomers, store.ByKey},
		"Pia":   {store.SeesOne, false, true, store.FindCustomers, store.ByKey},
	}
	for _, v := range list {
		require.Equal(t, want[v.Profile.Nickname], view{v.Sees, v.Full, v.Notes, v.Right, v.Keeper}, v.Profile.Nickname)
	}
	_, err := customers(t, pia).List("")
	require.NoError(t, err)
	_, err = pia.Staff()
	require.ErrorIs(t, err, store.ErrNoRight)
}
