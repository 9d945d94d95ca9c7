package customers

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

func TestS42WhatChangesIsShownBeforeItIsSaved(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	d.Type("Phone", "+43 660 000 9999")
	d.Type("Town", "Graz")
	d.Tap("Save changes")
	require.True(t, d.HasText("Save these changes to Giulia Conti?"))
	require.Equal(t, "Save", d.Focused())
	require.True(t, d.HasText("+43 ••• ••• 4471"), "what was masked stays masked")
	require.True(t, d.HasText("+43 660 0009999"), "what was typed is shown as it will be stored")
	require.True(t, d.HasText("Neubaugasse 12, 1070 Wien"))
	require.True(t, d.HasText("Neubaugasse 12, 1070 Graz"))
	require.NotContains(t, d.Texts(), "VAT ID", "only what changes")
	look(d, "review")
	require.Equal(t, "Wien", customer(d, "Giulia Conti").Address.City, "nothing is saved yet")
	d.Press(fyne.KeyEscape)
	require.Equal(t, "Graz", d.Value("Town"), "back in the form nothing typed is lost")
	d.Tap("Save changes")
	d.Press(fyne.KeyReturn)
	require.Nil(t, s.form)
	require.Equal(t, "Graz", customer(d, "Giulia Conti").Address.City)
	require.Equal(t, "Giulia Conti was saved.", d.Said[0].Text)

	s.detail.edit()
	d.Tap("Save changes")
	require.Nil(t, s.form, "nothing changed, nothing asked")
}

func TestS42WhatWasShownInTheFormIsShownInTheReview(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	d.TapObject(s.form.guarded["Phone"].show)
	d.Type("Phone", "+43 660 000 9999")
	s.Save()
	require.True(t, d.HasText("+43 660 0004471"))
	s.Save() // Ctrl+S a second time
	require.Nil(t, s.form)
	require.Equal(t, "+43 660 0009999", customer(d, "Giulia Conti").Phone)
}

func TestS42AReviewWarnsOfWhatLooksWrong(t *testing.T) {
	d := as(t, owner)
	other := customer(d, "Henrik Olsen")
	other.Phone = "+43 660 000 7777"
	_, err := customers(d).Save(other)
	require.NoError(t, err)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	d.Type("Phone", "0660 000 7777")
	d.Type("E-mail", "giulia@gmial.com")
	d.Type("Town", "Graz")
	d.Tap("Buys for a company")
	d.Type("VAT ID", "ATU12345678")
	d.Tap("Save changes")
	require.False(t, d.HasText("Save these changes to Giulia Conti?"))
	require.NotEmpty(t, s.form.fields.Field("VATID").Problem(), "a wrong VAT number is not even shown for saving")
	d.Type("VAT ID", "ATU12345675")
	d.Tap("Save changes")
	require.True(t, d.HasText("Henrik Olsen ("+other.Number+") has this phone, too. Is it typed right?"))
	require.True(t, d.HasText("The e-mail address looks mistyped. Should it end in gmail.com?"))
	require.True(t, d.HasText("1 invoice for this customer is not issued yet, and still says what was there before. Take what is in the record there."))
	require.True(t, d.HasText("Format valid. Whether it is in force was not checked."))
	look(d, "review-warnings")
}

func TestS42ASavedChangeIsTakenBackByAClickForTenMinutes(t *testing.T) {
	d := as(t, frontDesk)
	s := openAt(d, "Giulia Conti")
	require.False(t, inMenu(d, "Undo my last change"), "there is nothing to undo")
	change := func(town string) widgets.Toast {
		s.detail.edit()
		d.Type("Town", town)
		saveChanges(d)
		return d.Said[len(d.Said)-1]
	}
	toast := change("Graz")
	require.Equal(t, "Undo", toast.Action)
	toast.Do()
	require.Equal(t, "Wien", customer(d, "Giulia Conti").Address.City)
	require.True(t, d.HasText("Neubaugasse 12, 1070 Wien"))
	change("Linz")
	d.Focus("More")
	d.Press(fyne.KeySpace)
	d.TypeOn("u")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Wien", customer(d, "Giulia Conti").Address.City)
	toast = change("Krems")
	d.At = d.At.Add(11 * time.Minute)
	toast.Do()
	require.ErrorIs(t, d.Failed[0], store.ErrNoUndo)
	require.Equal(t, "Krems", customer(d, "Giulia Conti").Address.City)
}

func TestS42TheHistoryIsShownAndOlderValuesPutBack(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	for _, town := range []string{"Graz", "Linz"} {
		d.At = d.At.Add(time.Hour)
		c := customer(d, "Giulia Conti")
		c.Address.City, c.Phone = town, c.Phone+"1"
		_, err := customers(d).Save(c)
		require.NoError(t, err)
	}
	s.reopen(customer(d, "Giulia Conti"))
	d.Focus("More")
	d.Press(fyne.KeySpace)
	d.TypeOn("h")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("History of Giulia Conti"))
	require.True(t, d.HasText("Neubaugasse 12, 1070 Wien"))
	require.NotContains(t, joined(d.Texts()), "0004471", "masked here as well")
	look(d, "history")
	back := d.Controls()
	require.Contains(t, back, "Put back what was before 22 Nov 2026, 11:42")
	d.Tap("Put back what was before 22 Nov 2026, 11:42")
	require.True(t, d.HasText("Put back what was before?"))
	require.NotContains(t, joined(d.Texts()), "0004471")
	look(d, "history-restore")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Wien", customer(d, "Giulia Conti").Address.City)
	require.Equal(t, "Wien", s.detail.c.Address.City)
	require.Nil(t, d.Canvas().Overlays().Top())
}

func TestD8TheHistoryIsForWhoMaySeeIt(t *testing.T) {
	for profile, sees := range map[int]bool{owner: true, frontDesk: false, workshop: false} {
		d := as(t, profile)
		openAt(d, "Giulia Conti")
		require.Equal(t, sees, inMenu(d, "History…"), profile)
	}
	d := asNew(t, store.Manager)
	s := openAt(d, "Giulia Conti")
	c := s.detail.c
	c.Company = "Conti OG"
	_, err := customers(d).Save(c)
	require.NoError(t, err)
	s.detail.showHistory()
	require.True(t, d.HasText("Conti OG"))
	require.False(t, hasPutBack(d), "a manager sees it and changes nothing")
}

func hasPutBack(d *screentest.Desk) bool {
	for _, c := range d.Controls() {
		if len(c) > 8 && c[:8] == "Put back" {
			return true
		}
	}
	return false
}

func TestS11TheHistoryLeavesOutWhatIsHidden(t *testing.T) {
	d := as(t, owner)
	g := customer(d, "Giulia Conti")
	for i, company := range []string{"Conti OG", "Conti GmbH", "Conti KG"} {
		g.Company, g.Address.City = company, []string{"Graz", "Linz", "Krems"}[i]
		var err error
		g, err = customers(d).Save(g)
		require.NoError(t, err)
	}
	collect(d, map[string]store.Collect{"Company": store.Hidden})
	s := openAt(d, "Giulia Conti")
	s.detail.showHistory()
	require.Contains(t, joined(d.Texts()), "Linz")
	require.False(t, d.HasText("Company"))
	require.False(t, d.HasText("Conti GmbH"))
	require.False(t, d.HasText("Conti KG"))
}

func TestS42EveryFieldIsShownOldAndNew(t *testing.T) {
	d := as(t, owner)
	collect(d, map[string]store.Collect{"Phone2": store.Optional, "Birthday": store.Optional})
	g := customer(d, "Giulia Conti")
	g.Phone2, g.Birthday = "+43 1 555 0199", store.Birthday{Day: 17, Month: time.May}
	_, err := customers(d).Save(g)
	require.NoError(t, err)
	s := openAt(d, "Giulia Conti")
	s.detail.edit()
	d.Type("Second phone", "+43 1 444 3322")
	d.Type("Birthday", "3 June")
	d.Tap("Save changes")
	for _, text := range []string{"Second phone", "+43 ••• ••• 0199", "+43 1 4443322", "17 May", "3 June"} {
		require.True(t, d.HasText(text), "%s in %q", text, d.Texts())
	}
	require.False(t, d.HasText("as it is in the record"))
	look(d, "review-all")
}
