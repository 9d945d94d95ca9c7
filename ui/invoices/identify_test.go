package invoices

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/customers"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

func TestS41WhoIsChosenInADraftIsAskedForAsBeforeANewInvoice(t *testing.T) {
	d := screentest.New(t, owner)
	d.Env.Identify = func(id store.CustomerID, then func()) { customers.Identify(d.Env, id, then) }
	cs, err := d.Env.Session.Customers()
	require.NoError(t, err)
	g := customer(d, "Giulia Conti")
	_, err = cs.Save(store.Customer{Name: "Giulia Conti", Email: "g.conti@example.com", NotSame: []store.CustomerID{g.ID}})
	require.NoError(t, err)
	d.At = d.At.AddDate(3, 0, 0)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	choose := func() {
		d.Type("Type a name, company or customer number…", "neubaugasse")
		d.Press(fyne.KeyReturn)
	}
	choose()
	require.True(t, d.HasText("Is this the customer?"))
	require.True(t, d.HasText("Still right"))
	require.True(t, ed.to.customer.IsZero())
	looks(d, "recipient-who")
	d.Press(fyne.KeyEscape)
	require.True(t, ed.to.customer.IsZero(), "Escape chooses nobody")
	require.Equal(t, "neubaugasse", ed.to.search.Text, "and loses nothing")
	choose()
	d.Tap("I know them")
	require.Equal(t, g.ID, ed.to.customer)
	require.Equal(t, g.Address.Street, ed.doc.Buyer.Address.Street)
	require.Equal(t, next, d.Focused())
	require.Empty(t, d.Failed)
}
