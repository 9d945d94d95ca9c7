package customers

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

// several gives Giulia Conti two further companies.
func several(t *testing.T, d *screentest.Desk) store.Customer {
	t.Helper()
	c := customer(d, "Giulia Conti")
	c.Others = []store.Company{
		{Name: "Conti Keramik e.U."},
		{Name: "Galleria Conti S.r.l.", VATID: "IT00000010017", Address: invoice.Address{Street: "Via Dante 4", Postcode: "34122", City: "Trieste", Country: "IT"}},
	}
	c, err := customers(d).Save(c)
	require.NoError(t, err)
	return c
}

func TestACompanyIsAddedWithKeysAlone(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	d.Tap("Buys for a company")
	for d.Focused() != "Add a company" {
		d.Press(fyne.KeyTab)
	}
	look(d, "form-add-company")
	d.Press(fyne.KeySpace)
	require.Equal(t, "Company name", d.Focused())
	d.TypeOn("Conti Keramik e.U.")
	d.Press(fyne.KeyReturn, fyne.KeyReturn) // no VAT number
	d.TypeOn("Burggasse 9")
	require.Equal(t, "Austria", s.form.others.blocks[0].country.Selected(), "proposed as soon as there is an address")
	d.Press(fyne.KeyReturn)
	d.TypeOn("1070")
	d.Press(fyne.KeyReturn)
	d.TypeOn("Wien")
	s.Save() // Ctrl+S
	look(d, "review-company")
	d.Press(fyne.KeyReturn)
	require.Nil(t, s.form)
	require.Equal(t, []store.Company{{Name: "Conti Keramik e.U.", Address: invoice.Address{Street: "Burggasse 9", Postcode: "1070", City: "Wien", Country: "AT"}}},
		customer(d, "Giulia Conti").Others)
	require.True(t, d.HasText("Conti Keramik e.U. · Burggasse 9, 1070 Wien"), "the open customer shows it")
	require.Empty(t, d.Failed)
}

func TestCompaniesAreShownChangedAndRemoved(t *testing.T) {
	d := as(t, owner)
	several(t, d)
	s := openAt(d, "Giulia Conti")
	require.True(t, d.HasText("Also for"))
	require.True(t, d.HasText("Galleria Conti S.r.l. · Via Dante 4, 34122 Trieste, Italy · IT00000010017"))
	look(d, "companies")
	s.detail.edit()
	look(d, "form-companies")
	require.Equal(t, "Conti Keramik e.U.", s.form.others.blocks[0].entries["Name"].Text)
	s.form.others.blocks[1].entries["Name"].SetText("Galleria Conti")
	d.Tap("Remove company 1")
	require.Equal(t, "Remove company 1", d.Focused(), "the other one has moved up")
	saveChanges(d)
	others := customer(d, "Giulia Conti").Others
	require.Len(t, others, 1)
	require.Equal(t, "Galleria Conti", others[0].Name)
	require.Equal(t, "Trieste", others[0].Address.City)

	s.detail.edit()
	d.Tap("Remove company 1")
	require.Equal(t, "Add a company", d.Focused())
	saveChanges(d)
	require.Empty(t, customer(d, "Giulia Conti").Others)
	require.False(t, d.HasText("Also for"))
}

func TestWhatIsWrongWithACompanyIsSaidAtItsFieldAndStaysTyped(t *testing.T) {
	d := as(t, owner)
	several(t, d)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	b := s.form.others.blocks
	b[0].entries["Name"].SetText("  ")
	b[1].entries["VATID"].SetText("IT00000010018")
	saveChanges(d)
	require.NotNil(t, s.form)
	require.Equal(t, "Please fill in the name.", b[0].fields.Field("Name").Problem())
	require.Equal(t, "Company name", d.Focused(), "the first problem has the focus")
	require.NotEmpty(t, b[1].fields.Field("VATID").Problem())
	look(d, "form-company-problem")
	require.Equal(t, "IT00000010018", b[1].entries["VATID"].Text)
	b[1].entries["VATID"].SetText("IT00000010017")
	require.Empty(t, b[1].fields.Field("VATID").Problem())
	b[0].entries["Name"].SetText("Conti Keramik")
	saveChanges(d)
	require.Nil(t, s.form)
	require.Equal(t, "Conti Keramik", customer(d, "Giulia Conti").Others[0].Name)
}

func TestACountryAloneIsNoAddressOfACompany(t *testing.T) {
	d := as(t, owner)
	several(t, d)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	b := s.form.others.blocks[1]
	for _, key := range []string{"Address.Street", "Address.Postcode", "Address.City"} {
		b.entries[key].SetText("")
	}
	saveChanges(d)
	c := customer(d, "Giulia Conti")
	require.Equal(t, invoice.Address{}, c.Others[1].Address)
	require.Equal(t, c.Address, c.Parties()[2].Address)
}

func TestCompaniesAreKeptOverALockAndOverWhatOthersSaved(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	_, unsaved := s.Work()
	require.False(t, unsaved)
	d.Tap("Buys for a company")
	d.Tap("Add a company")
	d.TypeOn("Conti Keramik")
	_, unsaved = s.Work()
	require.True(t, unsaved)
	s.form.dialog.Close()
	other := customer(d, "Giulia Conti")
	other.Phone = "+43 660 0009999"
	_, err := customers(d).Save(other)
	require.NoError(t, err)
	again := open(d)
	keep(d, s, again)
	require.Equal(t, "Conti Keramik", again.form.others.blocks[0].entries["Name"].Text)
	saveChanges(d)
	again.form.conflictButton(t, 1).OnTapped() // keep what I typed
	saveChanges(d)
	c := customer(d, "Giulia Conti")
	require.Equal(t, "+43 660 0009999", c.Phone)
	require.Equal(t, []store.Company{{Name: "Conti Keramik"}}, c.Others)
}
