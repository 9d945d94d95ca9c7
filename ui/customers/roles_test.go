package customers

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen"
)

// shown counts how often contact details were shown, as the log has it.
func shown(t *testing.T, s *store.Session) int {
	t.Helper()
	log, err := s.Activity()
	require.NoError(t, err)
	events, err := log.Events(1000)
	require.NoError(t, err)
	return len(slices.DeleteFunc(events, func(e store.Event) bool { return e.Kind != store.ContactShown }))
}

func TestShowingAContactDetailIsCountedAndEndsByItself(t *testing.T) {
	d, c := as(t, owner), &clock{}
	s := openAt(d, "Giulia Conti")
	s.after = c.after
	before := shown(t, d.Env.Session)
	d.TapObject(s.detail.contact.secrets[0].button)
	require.True(t, d.HasText("+43 660 0004471"))
	require.False(t, d.HasText("giulia@"))
	require.Equal(t, before+1, shown(t, d.Env.Session))
	require.Equal(t, shownFor, c.waits[0])
	c.goOn()
	d.Settle()
	require.False(t, d.HasText("660 0004471"))
	require.True(t, d.HasText("+43 ••• ••• 4471"))

	d.TapObject(s.detail.contact.secrets[1].button)
	require.True(t, d.HasText("giulia@conti.example"))
	d.TapObject(s.detail.contact.secrets[1].button)
	require.False(t, d.HasText("giulia@conti.example"), "Hide hides")
	require.Equal(t, before+2, shown(t, d.Env.Session), "hiding is not counted")
}

func TestWhatWasShownIsHiddenWhenTheCustomerIsLeft(t *testing.T) {
	d, c := as(t, owner), &clock{}
	s := openAt(d, "Giulia Conti")
	s.after = c.after
	d.TapObject(s.detail.contact.secrets[0].button)
	left := s.detail.contact
	s.open(customer(d, "Henrik Olsen"))
	s.open(customer(d, "Giulia Conti"))
	require.False(t, d.HasText("660 0004471"))
	require.Nil(t, left.secrets[0].stop)
	require.Nil(t, c.due[0], "nothing waits for a customer who is not open")
}

func TestTheFormShowsContactDetailsOnlyWhenAskedAndCounts(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	before := shown(t, d.Env.Session)
	s.detail.edit()
	require.Empty(t, s.form.guarded["Phone"].entry.Text)
	require.Equal(t, before, shown(t, d.Env.Session))
	d.TapObject(s.form.guarded["Phone"].show)
	require.Equal(t, "+43 660 0004471", s.form.guarded["Phone"].entry.Text)
	require.Equal(t, before+1, shown(t, d.Env.Session))
	look(d, "form-edit")
}

func TestAMaskedDetailIsKeptWhenTheRestIsChanged(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	require.False(t, s.form.changed())
	d.Type("Town", "Graz")
	saveChanges(d)
	c := customer(d, "Giulia Conti")
	require.Equal(t, "Graz", c.Address.City)
	require.Equal(t, "+43 660 0004471", c.Phone)
	require.Equal(t, "giulia@conti.example", c.Email)
}

func TestTypingReplacesAMaskedDetail(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	d.Type("E-mail", "gc@conti.example")
	saveChanges(d)
	require.Equal(t, "gc@conti.example", customer(d, "Giulia Conti").Email)
}

func TestWhoMayNotShowContactDetailsChangesTheRest(t *testing.T) {
	d := asNew(t, store.FrontDesk, store.RevealContact)
	s := openAt(d, "Giulia Conti")
	require.NotContains(t, d.Controls(), "Show")
	s.detail.edit()
	require.NotContains(t, d.Controls(), "Show")
	d.Type("Town", "Graz")
	saveChanges(d)
	require.Equal(t, "+43 660 0004471", customer(d, "Giulia Conti").Phone)
}

func TestTheFrontDeskSeesTheLastInvoiceButNoSums(t *testing.T) {
	d := as(t, frontDesk)
	open(d)
	require.Contains(t, d.Texts(), "Last visit")
	require.NotContains(t, d.Texts(), "Spent")
	openAt(d, "Giulia Conti")
	require.NotContains(t, d.Texts(), "Spent")
	require.NotContains(t, joined(d.Texts()), "384.28")
	look(d, "front-desk")
}

func TestWhoMayNotWriteNotesOnlyReadsThem(t *testing.T) {
	d := as(t, frontDeskNoNotes)
	s := openAt(d, "Giulia Conti")
	require.True(t, d.HasText("Prefers pickup after 17:00"))
	require.Nil(t, s.detail.notes.add)
	require.NotContains(t, d.Controls(), "Add note")
	s.Save() // has nothing to save
	require.Empty(t, d.Failed)
}

func TestTheWorkshopReadsNotesAndNoMore(t *testing.T) {
	d := as(t, workshop)
	s := openAt(d, "Giulia Conti")
	require.True(t, d.HasText("Prefers pickup after 17:00"))
	for _, absent := range []string{"New customer", "Edit", "New invoice", "Show", "Add note"} {
		require.NotContains(t, d.Controls(), absent)
	}
	for _, absent := range []string{"Invoices", "Purchases", "Spent", "Last visit"} {
		require.NotContains(t, d.Texts(), absent)
	}
	s.Create()
	require.Nil(t, s.form, "Ctrl+N does nothing either")
	look(d, "workshop")
	s.close()
	look(d, "workshop-table")
}

func TestInvoicingReadsNoNotes(t *testing.T) {
	d := asNew(t, store.Invoicing)
	s := openAt(d, "Giulia Conti")
	require.Nil(t, s.detail.notes)
	require.NotContains(t, joined(d.Texts()), "Prefers pickup")
	require.NotContains(t, d.Texts(), "Notes")
	s.Save()
	require.Empty(t, d.Failed)
}

func TestD2ATraineeIsToldThatSeveralShareAPhone(t *testing.T) {
	d := as(t, owner)
	g := customer(d, "Giulia Conti")
	_, err := customers(d).Save(store.Customer{Name: "Paolo Conti", Phone: g.Phone, NotSame: []store.CustomerID{g.ID}})
	require.NoError(t, err)
	d = asNewIn(d, store.Trainee)
	s := open(d)
	d.Type("Whole phone or number…", g.Phone)
	d.Press(fyne.KeyReturn)
	require.Nil(t, s.detail)
	require.True(t, d.HasText("More than one customer has this phone. Ask for the customer number."))
	require.NotContains(t, joined(d.Texts()), "Conti")
}

func TestD2ATraineeFindsOneCustomerByExactPhoneOrNumber(t *testing.T) {
	d := asNew(t, store.Trainee)
	s := open(d)
	require.True(t, d.HasText("Your profile finds one customer at a time."))
	require.NotContains(t, joined(d.Texts()), "Giulia")
	look(d, "trainee")
	find := "Whole phone or number…"
	require.Equal(t, find, d.Focused())

	for _, part := range []string{"Giulia", "conti", "4471", "C-0000"} {
		d.Type(find, part)
		d.Press(fyne.KeyReturn)
		require.Nil(t, s.detail)
		require.True(t, d.HasText("No customer has exactly this phone or number."))
	}
	d.Type(find, "+43 660 0004471")
	require.Nil(t, s.detail, "nothing is found while one types")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Giulia Conti", s.detail.c.Name)
	require.NotContains(t, joined(d.Texts()), "Amelie")
	require.NotContains(t, d.Texts(), "Notes")
	look(d, "trainee-found")
	d.Tap("Close this customer")
	require.NotContains(t, joined(d.Texts()), "Giulia")
	require.Empty(t, d.Value(find))
	d.Type(find, "c-00007")
	d.Tap("Find")
	require.Equal(t, "Thanh Nguyen", s.detail.c.Name)
	d.Tap("New invoice")
	require.Equal(t, []screen.Route{{Place: screen.Draft, For: s.detail.c.ID}}, d.Went)
}

func TestWhatWasShownIsHiddenWhenTheScreenIsLeft(t *testing.T) {
	d, c := as(t, owner), &clock{}
	s := openAt(d, "Giulia Conti")
	s.after = c.after
	d.TapObject(s.detail.contact.secrets[0].button)
	s.Leave(func() {})
	require.False(t, d.HasText("660 0004471"))
	require.Nil(t, c.due[0])
}
