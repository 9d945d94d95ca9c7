package invoices

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

// several gives Giulia Conti two further companies.
func several(d *screentest.Desk) store.Customer {
	d.T.Helper()
	c := customer(d, "Giulia Conti")
	c.Others = []store.Company{
		{Name: "Keramik am Spittelberg e.U."},
		{Name: "Galleria Conti S.r.l.", VATID: "IT00000010017", Address: invoice.Address{Street: "Via Dante 4", Postcode: "34122", City: "Trieste", Country: "IT"}},
	}
	cs, err := d.Env.Session.Customers()
	require.NoError(d.T, err)
	c, err = cs.Save(c)
	require.NoError(d.T, err)
	return c
}

func TestACustomerWithSeveralCompaniesIsBilledAsOneOfThem(t *testing.T) {
	d := screentest.New(t, frontDesk)
	c := several(d)
	ed := openDraft(d, screen.Route{Place: screen.Draft, For: c.ID})
	which := d.Select("Bill to which of them")
	require.Equal(t, "Giulia Conti", which.Selected(), "as usual, until another is chosen")
	require.Equal(t, next, d.Focused(), "and no key more than for others")
	looks(d, "recipient-several")
	which.Choose(2)
	require.Equal(t, "Galleria Conti S.r.l.", ed.doc.Buyer.Name)
	require.Equal(t, "Giulia Conti", ed.doc.Buyer.Contact)
	require.Equal(t, "IT00000010017", ed.doc.Buyer.VATID)
	require.Equal(t, "Trieste", ed.doc.Buyer.Address.City)
	require.True(t, d.HasText("34122 Trieste"))
	require.False(t, d.HasText("Not as in the record"))
	which.Choose(1)
	require.Equal(t, c.Address, ed.doc.Buyer.Address, "without an address of its own it has the customer's")
	ed.Save()

	again := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	require.Equal(t, "Keramik am Spittelberg e.U.", d.Select("Bill to which of them").Selected())
	require.Equal(t, c.ID, drafts(d)[0].Customer)
	require.Equal(t, "Keramik am Spittelberg e.U.", again.doc.Buyer.Name)
}

func TestTheCompanyIsChosenWithKeysAlone(t *testing.T) {
	d := screentest.New(t, frontDesk)
	ed := openDraft(d, screen.Route{Place: screen.Draft, For: several(d).ID})
	require.Contains(t, d.TabOrder(), "Bill to which of them Giulia Conti")
	for d.Focused() != "Bill to which of them Giulia Conti" {
		d.Press(fyne.KeyTab)
	}
	d.Press(fyne.KeyDown)
	require.Equal(t, "Keramik am Spittelberg e.U.", ed.doc.Buyer.Name)
}

func TestEachCompanyIsALineOfItsOwnWhereARecipientIsLookedFor(t *testing.T) {
	d := screentest.New(t, frontDesk)
	several(d)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	d.TypeOn("conti")
	require.True(t, d.HasText("Keramik am Spittelberg e.U."))
	require.True(t, d.HasText("Galleria Conti S.r.l."))
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Giulia Conti", ed.doc.Buyer.Name, "the usual one first")

	d.Tap("Choose another")
	d.TypeOn("spittel")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Keramik am Spittelberg e.U.", ed.doc.Buyer.Name, "the one that was typed first")
	require.Equal(t, "Bill to which of them Keramik am Spittelberg e.U.", d.TabOrder()[3])
}

func TestOneOfSeveralCompaniesThatIsNotAsInTheRecordCanBeChosenAnew(t *testing.T) {
	d := screentest.New(t, owner)
	c := several(d)
	ed := openDraft(d, screen.Route{Place: screen.Draft, For: c.ID})
	ed.Save()
	c.Address.Street = "Burggasse 9"
	cs, err := d.Env.Session.Customers()
	require.NoError(t, err)
	_, err = cs.Save(c)
	require.NoError(t, err)
	ed = openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	require.True(t, d.HasText("Not as in the record"))
	d.Select("Bill to which of them").Choose(0)
	require.Equal(t, "Burggasse 9", ed.doc.Buyer.Address.Street)
	require.False(t, d.HasText("Not as in the record"))
}

func TestACustomerWithOneNameIsAskedNothing(t *testing.T) {
	d := screentest.New(t, owner)
	openDraft(d, screen.Route{Place: screen.Draft, For: customer(d, "Giulia Conti").ID})
	for _, name := range d.TabOrder() {
		require.NotContains(t, name, "Bill to which")
	}
}
