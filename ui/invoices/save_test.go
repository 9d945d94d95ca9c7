package invoices

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

func TestUntouchedNewDraftLeavesNothingBehind(t *testing.T) {
	d, ed := newFor(t, "Conti")
	_, work := ed.Work()
	require.False(t, work)
	left := false
	ed.Leave(func() { left = true })
	require.True(t, left)
	require.Len(t, drafts(d), 1)
	require.Empty(t, d.Said)
	ed.Save()
	require.Equal(t, "There is nothing to save yet.", d.Said[0].Text)
	require.Len(t, drafts(d), 1)
}

func TestLeavingSavesTheDraftAndSaysSo(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("Something not added yet")
	left := false
	ed.Leave(func() { left = true })
	require.True(t, left)
	require.Equal(t, "The draft was saved. It waits under Invoices.", d.Said[0].Text)
	saved := drafts(d)[0]
	require.Equal(t, "Something not added yet", saved.Doc.Lines[0].Name, "what stood below the lines is a line")
	require.Equal(t, screen.Route{Place: screen.Invoices}, ed.Route(), "saved and left")
}

func TestLeavingKeepsANameThatWasNotChosen(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	d.TypeOn("Somebody at the door")
	ed.Leave(func() {})
	require.Equal(t, "Somebody at the door", drafts(d)[0].Doc.Buyer.Name)
	require.True(t, drafts(d)[0].Customer.IsZero())
}

func TestLeavingWithWhatCannotBeReadAsksFirst(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press("Return")
	d.Type("Quantity, line 1", "two")
	left := false
	ed.Leave(func() { left = true })
	require.False(t, left)
	require.True(t, d.HasText("Leave without what cannot be read?"))
	d.Tap("Stay here")
	require.Equal(t, "two", d.Value("Quantity, line 1"))
	require.Equal(t, "Quantity, line 1", d.Focused())
	ed.Leave(func() { left = true })
	d.Tap("Save without it")
	require.True(t, left)
	require.True(t, drafts(d)[0].Doc.Lines[0].Quantity.IsZero())
}

func TestSavingKeepsIdentityAndAuthor(t *testing.T) {
	d := screentest.New(t, frontDesk)
	draft := drafts(d)[0]
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: draft.ID})
	require.False(t, ed.unsaved())
	d.Type("Note on the invoice", "gift wrapping")
	require.True(t, ed.unsaved())
	ed.Save()
	require.Equal(t, "Draft saved", d.Said[0].Text)
	all := drafts(d)
	require.Len(t, all, 1)
	require.Equal(t, draft.ID, all[0].ID)
	require.Equal(t, draft.Author, all[0].Author)
	require.Equal(t, "gift wrapping", all[0].Doc.Note)
	require.False(t, ed.unsaved())
	require.Equal(t, screen.Route{Place: screen.Draft, ID: draft.ID}, ed.Route())
	ed.Save()
	require.Empty(t, d.Failed)
}

func TestNewDraftHasItsOwnPlaceOnceSaved(t *testing.T) {
	d := screentest.New(t, owner)
	r := screen.Route{Place: screen.Draft, For: customer(d, "Conti").ID}
	ed := openDraft(d, r)
	require.Equal(t, r, ed.Route())
	d.TypeOn("FR-4060")
	d.Press("Return")
	ed.Save()
	require.Equal(t, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID}, ed.Route())
}

func TestDiscardAsksWhenThereIsSomethingToLose(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.Tap("Discard")
	require.True(t, d.HasText("The draft for Giulia Conti goes."))
	require.Equal(t, "Cancel", d.Focused(), "a stray Enter does no harm")
	d.Press("Escape")
	require.Len(t, drafts(d), 1)
	d.Tap("Discard")
	d.Tap("Discard draft")
	require.Empty(t, drafts(d))
	require.Equal(t, screen.Route{Place: screen.Invoices}, d.Went[0])
	_, work := ed.Work()
	require.False(t, work)

	openDraft(d, screen.Route{Place: screen.Draft})
	d.Tap("Discard")
	require.Equal(t, screen.Route{Place: screen.Invoices}, d.Went[1], "nothing typed, nothing asked")
}

// kept is work on its way through the desk.
func kept(t *testing.T, ed *editor) func(v any) error {
	t.Helper()
	work, ok := ed.Work()
	require.True(t, ok)
	desk := ed.e.Session.Desk()
	require.NoError(t, desk.Put("work", work))
	return func(v any) error {
		_, err := desk.Get("work", v)
		return err
	}
}

func TestEverythingTypedComesBackAfterLocking(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("GL-M")
	d.Press("Return")
	d.Type("Quantity, line 1", "not yet")
	d.Type("Due", "soon")
	d.Tap("Discount per line")
	d.TypeOn("5")
	d.Select("Discount or charge").Choose(int(chargePercent))
	d.TypeOn("3")
	d.Type("Reason", "express")
	d.Type("Terms of payment", "at once")
	d.Type(next, "fra")
	read := kept(t, ed)
	before := ed.typed()

	again := openDraft(d, ed.Route())
	require.NoError(t, again.Resume(read))
	require.Equal(t, before, again.typed())
	require.True(t, again.unsaved())
	require.Equal(t, "not yet", d.Value("Quantity, line 1"))
	require.Equal(t, "soon", d.Value("Due"))
	require.Equal(t, "fra", d.Value(next))
	require.Equal(t, "5", d.Value("Discount in per cent, line 1"))
	require.True(t, d.HasText("Giulia Conti"))
	require.Empty(t, d.Failed)
}

func TestHalfTypedRecipientComesBackAfterLocking(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	d.TypeOn("con")
	read := kept(t, ed)
	again := openDraft(d, ed.Route())
	require.NoError(t, again.Resume(read))
	require.Equal(t, "con", d.Value("Bill to"))
	d.Type("Bill to", "Passing Stranger")
	d.Press("Return")
	d.TypeOn("Ring 1")
	read = kept(t, again)
	last := openDraft(d, again.Route())
	require.NoError(t, last.Resume(read))
	require.Equal(t, "Ring 1", last.doc.Buyer.Address.Street)
}

func TestDraftChangedMeanwhileIsNotOverwritten(t *testing.T) {
	d := screentest.New(t, owner)
	draft := drafts(d)[0]
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: draft.ID})
	d.Type("Note on the invoice", "mine")
	ds, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	draft.Doc.Note = "theirs"
	_, err = ds.Save(draft)
	require.NoError(t, err)

	ed.Save()
	require.True(t, d.HasText("Somebody changed this draft meanwhile"))
	d.Tap("Keep typing")
	require.Equal(t, "mine", d.Value("Note on the invoice"))
	ed.Save()
	d.Tap("Save as new draft")
	require.Empty(t, d.Failed)
	notes := []string{drafts(d)[0].Doc.Note, drafts(d)[1].Doc.Note}
	require.ElementsMatch(t, []string{"mine", "theirs"}, notes)
}

func TestTypingSurvivesItsDraftBeingRemoved(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.Type("Note on the invoice", "mine")
	read := kept(t, ed)
	ds, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	require.NoError(t, ds.Discard(ed.held.ID))

	again := openDraft(d, ed.Route())
	require.True(t, d.HasText("This draft is not in the book any more."))
	require.NoError(t, again.Resume(read))
	require.Equal(t, "mine", d.Value("Note on the invoice"))
	again.Save()
	require.True(t, d.HasText("This draft was removed meanwhile"))
	d.Tap("Save as new draft")
	require.Equal(t, "mine", drafts(d)[0].Doc.Note)
}

func TestDraftIssuedMeanwhileLeadsToTheInvoice(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.Type("Note on the invoice", "late")
	is, err := d.Env.Session.Invoices()
	require.NoError(t, err)
	_, err = is.Issue(t.Context(), ed.held.ID)
	require.NoError(t, err)
	ed.Save()
	require.Equal(t, "This draft was issued already, as 2026-0008.", d.Said[0].Text)
	require.Equal(t, screen.Route{Place: screen.Invoice, ID: ed.held.ID}, d.Went[0])
	_, work := ed.Work()
	require.False(t, work)
}

func TestTextTooLongIsSaidAtItsField(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	long := make([]byte, 300)
	for i := range long {
		long[i] = 'x'
	}
	ed.to.once(string(long))
	ed.Save()
	require.True(t, d.HasText("is too long"))
	require.Equal(t, "Name or company", d.Focused())
	require.Len(t, drafts(d), 1)
	require.Empty(t, d.Failed)
}

func TestDraftChangedMeanwhileIsSaidWhenIssuing(t *testing.T) {
	d := screentest.New(t, owner)
	draft := drafts(d)[0]
	openDraft(d, screen.Route{Place: screen.Draft, ID: draft.ID})
	d.Type("Note on the invoice", "mine")
	ds, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	draft.Doc.Note = "theirs"
	_, err = ds.Save(draft)
	require.NoError(t, err)
	d.Tap("Issue…")
	d.Tap("Issue")
	require.True(t, d.HasText("Somebody changed this draft meanwhile"))
	d.Tap("Keep typing")
	require.Equal(t, "mine", d.Value("Note on the invoice"))
	require.Len(t, invoicesOf(d), 7)
}
