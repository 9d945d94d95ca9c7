package customers

// The form and the open customer show what the shop collects, and no more.

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

// collect decides about fields as the owner does, with purposes.
func collect(d *screentest.Desk, uses map[string]store.Collect) {
	d.T.Helper()
	b, err := d.Env.Session.Shop()
	require.NoError(d.T, err)
	f, err := b.Fields()
	require.NoError(d.T, err)
	for i, r := range f.Rules {
		if u, ok := uses[r.Name]; ok {
			f.Rules[i].Use, f.Rules[i].Purpose = u, "For the purpose of "+r.Name
		}
	}
	_, err = b.SaveFields(f)
	require.NoError(d.T, err)
}

func TestS12TheFormOpensWithTheNameAndAContact(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	for _, label := range []string{"Name", "Phone", "E-mail"} {
		require.True(t, d.Has(label), label)
	}
	for _, label := range []string{"Street", "Postcode", "Town", "Country", "Company", "VAT ID", "Second phone", "Birthday", "Documents in", "Add a company"} {
		require.False(t, d.Has(label), label)
	}
	look(d, "form-new")
	d.Tap("Buys for a company")
	require.Equal(t, "Company", d.Focused())
	require.True(t, d.Has("VAT ID"))
	d.Type("Company", "Beispiel OG")
	d.Type("Name", "Ada Beispiel")
	d.Tap("Add an address")
	require.Equal(t, "Street", d.Focused())
	look(d, "form-unfolded")
	d.Tap("Buys for a company") // a slip
	require.False(t, d.Has("Company"))
	d.Tap("Buys for a company")
	require.Equal(t, "Beispiel OG", d.Value("Company"), "what was typed is not lost")
	d.Tap("Buys for a company")
	d.Tap("Add customer")
	require.Empty(t, customer(d, "Ada Beispiel").Company)
}

func TestS12WhatACustomerHasIsUnfolded(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	require.True(t, d.Has("Street"))
	require.False(t, d.Has("Company"))
	s.form.dialog.Close()
	s = openAt(d, "Amelie Braun")
	s.detail.edit()
	require.Equal(t, "Braun Optik GmbH", d.Value("Company"))
}

func TestS11WhatIsHiddenIsNeitherInTheFormNorOnTheOpenCustomer(t *testing.T) {
	d := as(t, owner)
	before := customer(d, "Giulia Conti")
	collect(d, map[string]store.Collect{"Email": store.Hidden, "Address": store.Hidden, "Company": store.Hidden, "VATID": store.Hidden,
		"Others": store.Hidden, "Language": store.Hidden, "Notes": store.Hidden})
	s := openAt(d, "Giulia Conti")
	for _, text := range []string{"E-mail", "Address", "VAT ID", "Notes", "Neubaugasse"} {
		require.False(t, d.HasText(text), text)
	}
	look(d, "open-hidden")
	s.detail.edit()
	for _, label := range []string{"E-mail", "Street", "Add an address", "Buys for a company", "Invoices in another language", "Add a company"} {
		require.False(t, d.Has(label), label)
	}
	look(d, "form-hidden")
	d.Type("Phone", "+43 660 111 2222")
	saveChanges(d)
	after := customer(d, "Giulia Conti")
	require.Equal(t, "+43 660 1112222", after.Phone)
	require.Equal(t, before.Email, after.Email, "what was stored before stays until it is cleared")
	require.Equal(t, before.Address, after.Address)
}

func TestS11EachPurposeIsSaidUnderItsField(t *testing.T) {
	d := as(t, owner)
	collect(d, map[string]store.Collect{"Phone": store.Required, "Phone2": store.Optional, "Birthday": store.Optional, "Address": store.Required, "Company": store.Required})
	s := open(d)
	s.Create()
	for _, name := range []string{"Phone", "Phone2", "Address", "Company", "Birthday"} {
		require.True(t, d.HasText("For the purpose of "+name), name)
	}
	look(d, "form-purposes")
	d.Type("Name", "Ada")
	d.Tap("Add customer")
	require.NotNil(t, s.form)
	require.Equal(t, "Phone", d.Focused())
	for _, said := range []string{"Please fill in the phone number.", "Please fill in the street.", "Please fill in the company."} {
		require.True(t, d.HasText(said), said)
	}
	look(d, "form-required")
}

func TestS12WhoIsForInvoicesOnlyGivesNoContact(t *testing.T) {
	d := as(t, owner)
	collect(d, map[string]store.Collect{"Phone": store.OneContact, "Email": store.OneContact})
	s := open(d)
	s.Create()
	d.Type("Name", "Ada Beispiel")
	d.Tap("Add customer")
	require.True(t, d.HasText("One way to reach the customer is needed: phone or e-mail."))
	look(d, "form-one-contact")
	d.Tap("Only for invoices: gives neither phone nor e-mail")
	require.False(t, d.HasText("One way to reach the customer is needed: phone or e-mail."))
	d.Tap("Add customer")
	require.Nil(t, s.form)
	require.True(t, customer(d, "Ada Beispiel").InvoiceOnly)
	require.True(t, d.HasText("Only for invoices; gives neither phone nor e-mail."))
}

func TestS12ABirthdayIsKeptWithoutItsYear(t *testing.T) {
	d := as(t, owner)
	collect(d, map[string]store.Collect{"Birthday": store.Optional})
	s := open(d)
	s.Create()
	d.Type("Name", "Ada Beispiel")
	d.Type("Birthday", "tomorrow")
	d.Tap("Add customer")
	require.Equal(t, "Birthday", d.Focused())
	require.Equal(t, "tomorrow", d.Value("Birthday"))
	require.NotEmpty(t, s.form.fields.Field("Birthday").Problem())
	s.form.dialog.Close()
	again := open(d)
	keep(d, s, again)
	require.Equal(t, "tomorrow", d.Value("Birthday"), "it survives locking")
	d.Type("Birthday", "17.5.1980")
	d.Press(fyne.KeyTab)
	require.Equal(t, "17 May", d.Value("Birthday"))
	d.Tap("Add customer")
	require.Equal(t, store.Birthday{Month: time.May, Day: 17}, customer(d, "Ada Beispiel").Birthday)
	require.True(t, d.HasText("17 May"))
}

func TestABirthdayIsReadAsPeopleWriteIt(t *testing.T) {
	day, full := store.Birthday{Month: time.May, Day: 17}, store.Birthday{Month: time.May, Day: 17, Year: 1980}
	for text, want := range map[string]store.Birthday{"17.5.": day, "17.05": day, "17/5": day, "17-05": day, "17 May": day, "May 17": day, "17. may": day,
		"--17-05": day, "17.5.1980": full, "17/05/1980": full, "1980-05-17": full, "17 May 1980": full, "may 17, 1980": full, "5.6.": {Month: time.June, Day: 5}} {
		got, ok := parseBirthday(text)
		require.True(t, ok, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "tomorrow", "17", "may", "17 may june", "1980", "17.5.80", "1.2.3.4", "0.5.", "ma 17"} {
		_, ok := parseBirthday(text)
		require.False(t, ok, text)
	}
	for _, b := range []store.Birthday{day, full} {
		got, ok := parseBirthday(birthdayText(b))
		require.True(t, ok)
		require.Equal(t, b, got)
	}
}

func TestS11TheDirectoryHasNoColumnsOrderAndFilterOfWhatIsHidden(t *testing.T) {
	d := as(t, owner)
	tags, err := d.Env.Session.Tags()
	require.NoError(t, err)
	tag, err := tags.Add("Regular")
	require.NoError(t, err)
	c := customer(d, "Giulia Conti")
	c.Tags = []store.TagID{tag.ID}
	_, err = customers(d).Save(c)
	require.NoError(t, err)
	s := open(d)
	byName := rowNames(d)
	d.Tap("Company")
	require.NotEqual(t, byName, rowNames(d))
	s.filters.on.Tag = tag.ID
	columns := []string{"Phone", "E-mail", "Company", "Tags"}
	for _, title := range columns {
		require.Contains(t, d.Texts(), title)
	}
	collect(d, map[string]store.Collect{"Phone": store.Hidden, "Email": store.Hidden, "Company": store.Hidden, "Tags": store.Hidden})
	s.Shown()
	for _, title := range columns {
		require.NotContains(t, d.Texts(), title)
	}
	require.NotContains(t, joined(d.Controls()), "Tag")
	require.Equal(t, byName, rowNames(d), "neither ordered nor filtered by it")
}
