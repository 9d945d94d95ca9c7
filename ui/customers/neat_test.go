package customers

// What is typed into the form is tidied when a field is left, and what looks mistyped
// is remarked on.

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

const lookAgain = "Look at what is marked in amber. To keep it as it was typed, save again."

// adding opens the form for a new customer, with a clock that goes on when told to.
func adding(t *testing.T) (*screentest.Desk, *directory, *clock) {
	d := as(t, owner)
	s, c := open(d), &clock{}
	s.after = c.after
	s.Create()
	return d, s, c
}

func TestT43WhatWasTypedIsShownAsItWillBeStoredWhenItsFieldIsLeft(t *testing.T) {
	d, s, _ := adding(t)
	d.Tap("Add an address")
	d.Tap("Buys for a company")
	for _, f := range []struct{ field, typed, shown string }{
		{"Name", "maria de la cruz", "Maria de la Cruz"},
		{"Phone", "0664/123 45 67", "+43 664 1234567"},
		{"E-mail", "Maria.P@Home.EXAMPLE", "Maria.P@home.example"},
		{"VAT ID", "atu 12345675", "ATU12345675"},
		{"Street", "hauptstraße 5", "hauptstraße 5"},
		{"Postcode", "A-1010", "1010"},
		{"Town", "WIEN", "Wien"},
	} {
		d.Type(f.field, f.typed)
		require.Equal(t, f.typed, d.Value(f.field), "never while typing")
		d.Press(fyne.KeyTab)
		require.Equal(t, f.shown, d.Value(f.field))
	}
	look(d, "form-neat")
	d.Tap("Add customer")
	require.Nil(t, s.form)
	c := customer(d, "Maria de la Cruz")
	require.Equal(t, "+43 664 1234567", c.Phone)
	require.Equal(t, "Wien", c.Address.City)
}

func TestT43WhoPutsBackWhatWasTypedMeantIt(t *testing.T) {
	d, s, _ := adding(t)
	d.Type("Name", "bell hooks")
	d.Press(fyne.KeyTab)
	require.Equal(t, "Bell Hooks", d.Value("Name"))
	d.Type("Name", "bell hooks")
	d.Press(fyne.KeyTab)
	require.Equal(t, "bell hooks", d.Value("Name"))
	d.Focus("Name")
	s.Save() // Ctrl+S
	require.Equal(t, "bell hooks", customer(d, "bell hooks").Name)

	s.detail.edit()
	d.Focus("Name")
	d.Press(fyne.KeyTab)
	require.Equal(t, "bell hooks", d.Value("Name"), "what is in the book is left alone")
	require.False(t, s.form.changed())
}

func TestT43WhatIsSavedFromWithinAFieldIsTidiedAsWell(t *testing.T) {
	d, s, _ := adding(t)
	d.Type("Name", "maria popescu")
	s.Save() // Ctrl+S
	require.Equal(t, "Maria Popescu", s.detail.c.Name)
}

func TestT43AMaskedFieldThatWasNotChangedStaysAsItIs(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	for _, label := range []string{"Phone", "E-mail", "Name"} {
		d.Focus(label)
	}
	require.Empty(t, d.Value("Phone"))
	require.Empty(t, d.Value("E-mail"))
	d.TapObject(s.form.guarded["Phone"].show)
	require.Equal(t, "+43 660 0004471", d.Value("Phone"))
	d.Focus("Name")
	require.Equal(t, "+43 660 0004471", d.Value("Phone"))
	require.False(t, s.form.changed())
}

func TestT43AnAddressOnOneLineFillsTheEmptyFields(t *testing.T) {
	d, s, _ := adding(t)
	d.Tap("Add an address")
	d.Focus("Street")
	d.Paste("Hauptstraße 5, 1010 wien")
	d.Press(fyne.KeyTab)
	require.Equal(t, []string{"Hauptstraße 5", "1010", "Wien"}, []string{d.Value("Street"), d.Value("Postcode"), d.Value("Town")})
	look(d, "form-parted")

	s.form.country.SetIndex(0)
	require.Equal(t, "Hauptstraße 5", d.Value("Street"), "what was parted stays parted")
	d.Type("Postcode", "")
	d.Type("Town", "")
	d.Type("Street", "Hauptstraße 5, 1010 wien")
	d.Press(fyne.KeyTab)
	require.Equal(t, "Hauptstraße 5, 1010 wien", d.Value("Street"), "who puts it back meant it")
	d.Type("Town", "Graz")
	d.Type("Street", "Ring 1, 1010 Wien")
	d.Press(fyne.KeyTab)
	require.Equal(t, "Ring 1, 1010 Wien", d.Value("Street"), "nothing that was typed is overwritten")
	require.Equal(t, "Graz", d.Value("Town"))
}

func TestT43AnotherCountryIsMinded(t *testing.T) {
	d, s, c := adding(t)
	d.Type("Phone", "0171 1234567")
	d.Tap("Add an address")
	d.Type("Postcode", "1012jl")
	d.Press(fyne.KeyTab)
	c.goOn()
	require.Equal(t, "+43 1 711234567", d.Value("Phone"))
	require.True(t, d.HasText("Postcodes in Austria are written in another way."))
	d.Focus("Country")
	d.TypeOn("Net")
	c.goOn()
	require.Equal(t, "NL", s.form.typed().Address.Country)
	require.Equal(t, "1012 JL", d.Value("Postcode"))
	require.Equal(t, "+31 1711234567", d.Value("Phone"), "a number without a prefix is one of where the customer is")
	require.False(t, d.HasText("are written in another way"))
}

func TestT43AMistypedEmailIsAskedAboutAndTakenWithKeysOrAClick(t *testing.T) {
	d, s, c := adding(t)
	d.Type("Name", "Maria Popescu")
	d.Type("E-mail", "maria@gmial.com")
	c.goOn()
	require.False(t, d.HasText("Did you mean"), "not while typing")
	d.Press(fyne.KeyTab)
	require.False(t, d.HasText("Did you mean"), "what moves the form waits until the click is over")
	c.goOn()
	require.True(t, d.HasText("Did you mean maria@gmail.com?"))
	require.Equal(t, "maria@gmial.com", d.Value("E-mail"), "nothing is changed unasked")
	look(d, "form-typo")
	d.BackTab()
	require.Equal(t, "Yes, use it", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Equal(t, "maria@gmail.com", d.Value("E-mail"))
	require.Equal(t, "E-mail", d.Focused())
	require.False(t, d.HasText("Did you mean"))

	d.Type("E-mail", "maria@gmial.com")
	d.Press(fyne.KeyTab)
	c.goOn()
	d.Tap("Yes, use it")
	require.Equal(t, "maria@gmail.com", d.Value("E-mail"))
	d.Press(fyne.KeyReturn) // the last of what is needed
	require.Nil(t, s.form)
	require.Equal(t, "maria@gmail.com", customer(d, "Maria Popescu").Email)
}

func TestT43WhatOnlyLooksMistypedIsSavedWhereItIsMeant(t *testing.T) {
	d, s, c := adding(t)
	d.Type("Name", "Maria Popescu")
	d.Type("Phone", "+48 500 12")
	d.Type("E-mail", "maria@gmial.com")
	c.goOn()
	require.True(t, d.HasText("A digit may be missing or too many"))
	require.False(t, d.HasText("Did you mean"), "the address is still being typed")
	d.Tap("Add customer")
	require.NotNil(t, s.form, "nobody could have seen it yet")
	require.True(t, d.HasText("Did you mean maria@gmail.com?"))
	require.True(t, d.HasText(lookAgain))
	require.Equal(t, "E-mail", d.Focused())
	look(d, "form-unsure")
	d.TypeOn("x")
	require.False(t, d.HasText("Did you mean"), "a remark goes with the text it was said of")
	require.False(t, d.HasText(lookAgain))
	d.Press(fyne.KeyBackspace)
	s.Save()
	require.Nil(t, s.form, "what was seen once is not asked about again")
	require.Equal(t, "maria@gmial.com", customer(d, "Maria Popescu").Email)
	require.Equal(t, "+48 500 12", customer(d, "Maria Popescu").Phone)
}

func TestT43AChangeIsNeverHeldUpByARemark(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	d.Type("Phone", "+48 500 12")
	saveChanges(d)
	require.Nil(t, s.form)
	require.Equal(t, "+48 500 12", customer(d, "Giulia Conti").Phone)
}

func TestS62AVATNumberIsSaidToBeRightInFormOnly(t *testing.T) {
	const valid = "Format valid. Whether it is in force was not checked."
	d, s, c := adding(t)
	d.Tap("Buys for a company")
	d.Type("VAT ID", "ATU12345675")
	d.Press(fyne.KeyTab)
	c.goOn()
	require.True(t, d.HasText(valid))
	look(d, "form-vat")
	d.Type("VAT ID", "ATU1234567")
	require.False(t, d.HasText(valid))
	d.Press(fyne.KeyTab)
	c.goOn()
	require.False(t, d.HasText(valid))
	require.NotEmpty(t, s.form.fields.Field("VATID").Problem())
	d.Type("VAT ID", "ATU12345675")
	d.Type("Name", "Maria Popescu")
	s.Save()
	s.detail.edit()
	require.True(t, d.HasText(valid))
}

func TestT43NothingIsTidiedThatTheShopDoesNotCollect(t *testing.T) {
	d := as(t, owner)
	collect(d, map[string]store.Collect{"Email": store.Hidden, "Address": store.Hidden, "VATID": store.Hidden})
	s := open(d)
	s.Create()
	d.Type("Name", "MARIA POPESCU")
	d.Tap("Add customer")
	require.Equal(t, "Maria Popescu", s.detail.c.Name)
}
