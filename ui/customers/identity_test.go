package customers

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

// twin adds a customer of Giulia's name, in Graz.
func twin(d *screentest.Desk) store.Customer {
	d.T.Helper()
	g := customer(d, "Giulia Conti")
	c, err := customers(d).Save(store.Customer{Name: "Giulia Conti", Phone: "+43 1 555 66 77",
		Address: invoice.Address{Street: "Herrengasse 1", Postcode: "8010", City: "Graz", Country: "AT"}, NotSame: []store.CustomerID{g.ID}})
	require.NoError(d.T, err)
	return c
}

// skipped counts how often somebody went on without asking.
func skipped(d *screentest.Desk) (n int) {
	d.T.Helper()
	log, err := d.Env.Session.Activity()
	require.NoError(d.T, err)
	events, err := log.Events(1000)
	require.NoError(d.T, err)
	for _, e := range events {
		if e.Kind == store.IdentitySkipped {
			n++
		}
	}
	return n
}

func TestS41OfTwoOfOneNameTheRightOneIsChanged(t *testing.T) {
	d := as(t, owner)
	c := twin(d)
	s := d.Open(New, screen.Route{Place: screen.Customers, ID: c.ID}).(*directory)
	d.Tap("Edit")
	require.Nil(t, s.form)
	require.True(t, d.HasText("Is this the customer?"))
	require.True(t, d.HasText("2 customers are called Giulia Conti."))
	require.True(t, d.HasText("Graz"), "what tells them apart")
	require.Equal(t, "Last three digits", d.Focused())
	require.NotContains(t, joined(d.Texts()), "677", "the card does not say what is asked for")
	look(d, "who")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Type the last three digits of the phone, or say that you know them. The activity log counts that."))
	d.TypeOn("678")
	d.Press(fyne.KeyReturn)
	require.Nil(t, s.form)
	require.True(t, d.HasText("These are not the last three digits of the phone in the book. It may be somebody else, or the phone is out of date."))
	require.Equal(t, "678", d.Value("Last three digits"), "what was typed stays")
	look(d, "who-wrong")
	d.Type("Last three digits", "677")
	d.Press(fyne.KeyReturn)
	require.NotNil(t, s.form)
	require.Equal(t, c.ID, s.form.was.ID)
	d.Press(fyne.KeyEscape)
	require.Zero(t, skipped(d))

	d.Tap("Edit")
	require.NotNil(t, s.form, "who was asked for is not asked for again while they are open")
	d.Press(fyne.KeyEscape)
	s.open(customer(d, "Henrik Olsen"))
	s.open(c)
	d.Tap("Edit")
	require.True(t, d.HasText("Is this the customer?"))
}

func TestS41KnowingThemIsAClickAndIsKept(t *testing.T) {
	d := as(t, owner)
	c := twin(d)
	d.Open(New, screen.Route{Place: screen.Customers, ID: c.ID})
	d.Tap("New invoice")
	require.Empty(t, d.Went)
	d.Press(fyne.KeyEscape)
	require.Empty(t, d.Went, "Escape starts nothing")
	d.Tap("New invoice")
	d.Tap("I know them")
	require.Equal(t, []screen.Route{{Place: screen.Draft, For: c.ID}}, d.Went)
	require.Equal(t, 1, skipped(d))
}

func TestS41WithoutAPhoneSomethingElseIsAskedFor(t *testing.T) {
	d := as(t, owner)
	c := twin(d)
	c.Phone = ""
	_, err := customers(d).Save(c)
	require.NoError(t, err)
	s := d.Open(New, screen.Route{Place: screen.Customers, ID: c.ID}).(*directory)
	d.Tap("Edit")
	require.True(t, d.HasText("There is no phone to ask for. Ask for the address or the e-mail. Going on is kept in the activity log."))
	require.Equal(t, "I know them", d.Focused())
	look(d, "who-no-phone")
	d.Press(fyne.KeyReturn)
	require.NotNil(t, s.form)
	require.Equal(t, 1, skipped(d))
}

func TestS41WhoFoundByAnExactPhoneIsNotAsked(t *testing.T) {
	d := as(t, owner)
	c := twin(d)
	shop, err := d.Env.Session.Shop()
	require.NoError(t, err)
	sh, err := shop.Get()
	require.NoError(t, err)
	sh.AskWho = store.AskAlways
	_, err = shop.Save(sh)
	require.NoError(t, err)
	trainee := asNewIn(d, store.Trainee)
	trainee.Open(New, screen.Route{Place: screen.Customers, ID: c.ID})
	trainee.Tap("New invoice")
	require.Equal(t, []screen.Route{{Place: screen.Draft, For: c.ID}}, trainee.Went)
}

func TestS43AnInvoiceWithStaleDataAsksWithAClickAField(t *testing.T) {
	d := as(t, owner)
	g := customer(d, "Giulia Conti")
	g.VATID = "ATU12345675"
	_, err := customers(d).Save(g)
	require.NoError(t, err)
	d.At = d.At.AddDate(2, 0, 0)
	s := openAt(d, "Giulia Conti")
	require.True(t, d.HasText("not checked since 22 Nov 2026"))
	look(d, "stale")
	d.Tap("New invoice")
	require.True(t, d.HasText("Is this the customer?"), "stale data make unsure")
	d.TypeOn("471")
	look(d, "who-stale")
	d.Tap("Address is still right")
	require.True(t, d.HasText("Checked just now"))
	look(d, "who-checked")
	require.Equal(t, d.At, customer(d, "Giulia Conti").Checked("Address").At)
	require.Equal(t, store.Confirmed, customer(d, "Giulia Conti").Checked("Address").How)
	d.Tap("VAT ID is still right")
	require.Equal(t, "Go on", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Equal(t, []screen.Route{{Place: screen.Draft, For: g.ID}}, d.Went)
	d.Tap("New invoice")
	require.Len(t, d.Went, 2, "neither is asked again")
	require.Equal(t, g.ID, s.detail.c.ID)
}

func TestS43AStaleDetailIsConfirmedWithAClick(t *testing.T) {
	d := as(t, frontDesk)
	d.At = d.At.AddDate(2, 0, 0)
	openAt(d, "Giulia Conti")
	require.True(t, d.Has("Phone is still right"))
	d.Tap("Phone is still right")
	require.False(t, d.Has("Phone is still right"))
	require.True(t, d.HasText("checked 22 Nov 2028 by Jonas"))
	require.Empty(t, d.Failed)
	look(d, "checked")
	d = as(t, workshop)
	d.At = d.At.AddDate(2, 0, 0)
	openAt(d, "Giulia Conti")
	require.True(t, d.HasText("not checked since 22 Nov 2026"))
	require.False(t, d.Has("Phone is still right"), "who may not change customers makes sure of nothing")
}

func TestS62DetailsAreReadBackInGroups(t *testing.T) {
	d := as(t, frontDesk)
	s := openAt(d, "Giulia Conti")
	d.Tap("Read back…")
	require.True(t, d.HasText("+43  660  000  44  71"))
	look(d, "read-back")
	d.Tap("Keep as read back")
	require.True(t, d.HasText("Tick what the customer said is right."))
	d.Tap("Phone is right")
	d.Tap("Address is right")
	d.Tap("Keep as read back")
	require.True(t, d.HasText("read back 22 Nov 2026 by Jonas"))
	c := customer(d, "Giulia Conti")
	require.Equal(t, store.ReadBack, c.Checked("Phone").How)
	require.Equal(t, store.ReadBack, c.Checked("Address").How)
	require.Equal(t, store.Typed, c.Checked("Email").How)
	require.Equal(t, c.Version, s.detail.c.Version)
	require.False(t, d.HasText("+43  660  000  44  71"))
}

func TestS11TheCardLeavesOutWhatIsHidden(t *testing.T) {
	d := as(t, owner)
	c := twin(d)
	c.Company, c.VATID = "Conti OG", "ATU12345675"
	_, err := customers(d).Save(c)
	require.NoError(t, err)
	collect(d, map[string]store.Collect{"Phone": store.Hidden, "Company": store.Hidden, "VATID": store.Hidden, "Address": store.Hidden})
	d.At = d.At.AddDate(2, 0, 0)
	d.Open(New, screen.Route{Place: screen.Customers, ID: c.ID})
	d.Tap("New invoice")
	require.True(t, d.HasText("Is this the customer?"))
	for _, text := range []string{"Conti OG", "Graz", "+43 ••• •••", "ATU12345675", "Last three digits", "not checked"} {
		require.NotContains(t, joined(append(d.Texts(), d.Controls()...)), text)
	}
	d.Tap("I know them")
	require.Equal(t, []screen.Route{{Place: screen.Draft, For: c.ID}}, d.Went)
}
