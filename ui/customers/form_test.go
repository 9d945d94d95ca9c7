package customers

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/ui/widgets"
)

func TestD6ANewCustomerIsOpenedAndToldOf(t *testing.T) {
	d := as(t, frontDesk)
	s := open(d)
	d.Type("Search customers…", "conti")
	s.Create()
	require.Equal(t, "Name", d.Focused())
	d.Tap("Add an address")
	require.Equal(t, "Austria", d.Select("Country").Selected(), "the shop's country is proposed")
	d.Type("Name", "Ada Beispiel")
	d.Type("Phone", "+43 660 0000001")
	d.Tap("Add customer")
	require.Equal(t, "Ada Beispiel", s.detail.c.Name)
	require.Equal(t, "AT", s.detail.c.Address.Country)
	require.Equal(t, "Ada Beispiel was added as C-00011.", d.Said[0].Text)
	require.Equal(t, widgets.Good, d.Said[0].Tone)
	require.Empty(t, d.Value("Search customers…"), "the new one is in the list")
	require.Contains(t, rowNames(d), "AB")
	_, unsaved := s.Work()
	require.False(t, unsaved)
}

func TestAFormIsFilledWithKeysAlone(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.TypeOn("Ada Beispiel")
	d.Press(fyne.KeyReturn)
	d.TypeOn("+43 660 111 2222")
	d.Press(fyne.KeyReturn) // e-mail
	for _, unfold := range []string{"Buys for a company", "Add an address"} {
		for d.Focused() != unfold {
			d.Press(fyne.KeyTab)
		}
		d.Press(fyne.KeySpace)
	}
	require.Equal(t, "Street", d.Focused(), "what is unfolded has the focus")
	d.TypeOn("Hauptstraße 1")
	for range 3 { // postcode, town, country
		d.Press(fyne.KeyReturn)
	}
	d.TypeOn("g") // Germany
	s.Save()      // Ctrl+S
	require.Nil(t, s.form)
	require.Equal(t, "DE", s.detail.c.Address.Country)
	require.Equal(t, "Hauptstraße 1", s.detail.c.Address.Street)

	s.Create()
	d.TypeOn("Bo Beispiel")
	d.Press(fyne.KeyReturn)
	d.TypeOn("+43 660 333 4444")
	d.Press(fyne.KeyReturn, fyne.KeyReturn) // e-mail, which is the last of what is needed
	require.Nil(t, s.form)
	require.Equal(t, "Bo Beispiel", s.detail.c.Name)
}

func TestD6BadInputKeepsWhatWasTypedAndSaysWhatIsWrongUnderTheField(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.Tap("Add an address")
	d.Tap("Buys for a company")
	d.Type("Town", "Wien")
	d.Type("E-mail", "ada at home")
	d.Type("VAT ID", "ATU1234")
	d.Tap("Add customer")
	require.NotNil(t, s.form)
	require.Equal(t, "Name", d.Focused(), "the first problem has the focus")
	require.True(t, d.HasText("Please fill in the name."))
	require.True(t, d.HasText("This does not look like an e-mail address."))
	require.NotEmpty(t, s.form.fields.Field("VATID").Problem())
	require.Equal(t, "Wien", d.Value("Town"))
	require.Equal(t, "ada at home", d.Value("E-mail"))
	look(d, "form-problems")
	d.Type("E-mail", "ada@home.example")
	require.False(t, d.HasText("This does not look like an e-mail address."))
	d.Type("Name", "Ada")
	d.Type("VAT ID", "")
	s.Save() // Ctrl+S
	require.Nil(t, s.form)
	require.Equal(t, "ada@home.example", customer(d, "Ada").Email)
}

func TestEscapeLosesNothingThatWasTypedWithoutAsking(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.Press(fyne.KeyEscape)
	require.Nil(t, s.form, "nothing typed, nothing asked")
	s.Create()
	d.TypeOn("Ada")
	d.Press(fyne.KeyEscape)
	require.True(t, d.HasText("Close without saving?"))
	look(d, "form-leave")
	d.Press(fyne.KeyEscape)
	require.Equal(t, "Ada", d.Value("Name"))
	require.Equal(t, "Name", d.Focused())
	d.Tap("Cancel")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Ada", d.Value("Name"), "a stray Enter loses nothing")
	d.Press(fyne.KeyEscape)
	d.Tap("Close without saving")
	require.Nil(t, s.form)
	_, unsaved := s.Work()
	require.False(t, unsaved)
	n, err := customers(d).Count()
	require.NoError(t, err)
	require.Equal(t, 10, n)
}

// changedMeanwhile opens the form of Giulia Conti, changes it, and lets somebody
// else save first.
func changedMeanwhile(t *testing.T) (*directory, func() string) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	d.Type("Town", "Graz")
	other := customer(d, "Giulia Conti")
	other.Company, other.Phone = "Conti OG", "+43 660 0009999"
	_, err := customers(d).Save(other)
	require.NoError(t, err)
	saveChanges(d)
	require.NotNil(t, s.form)
	require.Equal(t, "Graz", d.Value("Town"), "what was typed is kept")
	require.True(t, d.HasText("Somebody else saved this customer meanwhile."))
	require.Equal(t, "Load their version", d.Focused())
	look(d, "form-conflict")
	return s, func() string {
		saveChanges(d)
		c := customer(d, "Giulia Conti")
		require.Nil(t, s.form)
		return c.Address.City + ", " + c.Company + ", " + c.Phone
	}
}

func TestAChangeByOthersCanBeLoaded(t *testing.T) {
	s, save := changedMeanwhile(t)
	s.form.conflictButton(t, 0).OnTapped()
	require.Equal(t, "Wien, Conti OG, +43 660 0009999", save())
}

func TestWhatWasTypedCanBePutOverAChangeByOthers(t *testing.T) {
	s, save := changedMeanwhile(t)
	s.form.conflictButton(t, 1).OnTapped()
	require.Equal(t, "Graz, Conti OG, +43 660 0009999", save(), "only what was typed replaces theirs")
}

func (f *form) conflictButton(t *testing.T, i int) *widgets.Button {
	t.Helper()
	var found []*widgets.Button
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widgets.Button:
			found = append(found, o)
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		}
	}
	walk(f.conflict)
	require.Len(t, found, 2)
	return found[i]
}

func TestAnUnsavedFormComesBackAfterLockAndSignIn(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	_, unsaved := s.Work()
	require.False(t, unsaved, "a form nobody typed in is no work")
	d.Tap("Buys for a company")
	d.Type("Company", "Conti OG")
	d.Tap("Invoices in another language")
	d.Select("Documents in").Choose(1)
	s.form.dialog.Close()
	again := open(d)
	keep(d, s, again)
	require.Equal(t, "Giulia Conti", again.detail.c.Name)
	require.Equal(t, "Conti OG", d.Value("Company"))
	require.Empty(t, again.form.guarded["Phone"].entry.Text, "what was masked still is")
	saveChanges(d)
	c := customer(d, "Giulia Conti")
	require.Equal(t, "Conti OG", c.Company)
	require.Equal(t, "+43 660 0004471", c.Phone)
	require.Equal(t, again.form, (*form)(nil))
}

func TestAnUnsavedNewCustomerComesBackAfterLockAndSignIn(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.Type("Name", "Ada Beispiel")
	d.Type("E-mail", "ada@home.example")
	s.form.dialog.Close()
	again := open(d)
	keep(d, s, again)
	require.Equal(t, "Ada Beispiel", d.Value("Name"))
	require.Equal(t, "ada@home.example", d.Value("E-mail"))
	d.Tap("Add customer")
	require.Equal(t, "ada@home.example", customer(d, "Ada").Email)
}

func TestAChangeByOthersWhileTheBookWasLockedIsNoticed(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	d.Type("Town", "Graz")
	s.form.dialog.Close()
	other := customer(d, "Giulia Conti")
	other.Company = "Conti OG"
	_, err := customers(d).Save(other)
	require.NoError(t, err)
	again := open(d)
	keep(d, s, again)
	saveChanges(d)
	require.True(t, d.HasText("Somebody else saved this customer meanwhile."))
	require.Equal(t, "Graz", d.Value("Town"))
}

func TestD6ACompanyThatWasUntickedIsStillThereAfterALock(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.Type("Name", "Eva Horn")
	d.Tap("Buys for a company")
	d.Type("Company", "Horn Papier")
	d.Tap("Buys for a company")
	require.Empty(t, s.form.typed().Company, "it does not count")
	again := open(d)
	keep(d, s, again)
	require.Empty(t, again.form.typed().Company)
	d.Tap("Buys for a company")
	require.Equal(t, "Horn Papier", d.Value("Company"))
}

func TestD5WhatAFileBroughtOfAnAddressCanBeRemoved(t *testing.T) {
	d := as(t, owner)
	g := customer(d, "Giulia Conti")
	g.Address.Street2, g.Address.Region = "Hinterhaus", "Niederösterreich"
	_, err := customers(d).Save(g)
	require.NoError(t, err)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	require.Equal(t, "Hinterhaus", d.Value("Second address line"))
	look(d, "form-second-line")
	d.Type("Second address line", "")
	d.Type("Region", "")
	d.Tap("Save changes")
	d.Tap("Save")
	g = customer(d, "Giulia Conti")
	require.Empty(t, g.Address.Street2+g.Address.Region)
	s.detail.edit()
	require.False(t, d.Has("Region"))
}
