package invoices

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

// agree writes down what was agreed with a customer.
func agree(d *screentest.Desk, name string) {
	d.T.Helper()
	notes, err := d.Env.Session.Notes()
	require.NoError(d.T, err)
	_, err = notes.Save(store.Note{Customer: customer(d, name).ID, Kind: store.PaymentNote, Text: "Pays the rest when collecting.",
		Amount: decimal.RequireFromString("120.50"), Due: invoice.Date{Year: 2026, Month: 12, Day: 24}})
	require.NoError(d.T, err)
}

func TestS22WhatWasAgreedAboutPayingIsShownWhereAnInvoiceIsWritten(t *testing.T) {
	d := screentest.New(t, owner)
	agree(d, "Giulia Conti")
	agreed := "Agreed: € 120.50, due 24 Dec 2026. Pays the rest when collecting."
	ed := openDraft(d, screen.Route{Place: screen.Draft, For: customer(d, "Giulia Conti").ID})
	require.True(t, d.HasText(agreed))
	d.CheckLooks()
	if shots != "" {
		d.Capture(shots + "/agreed.png")
	}
	for _, p := range ed.preview.pages {
		require.NotContains(t, fmt.Sprintf("%+v", p), "Pays the rest", "a note is on no page")
	}
	ed.to.forget()
	openDraft(d, screen.Route{Place: screen.Draft, For: customer(d, "Henrik Olsen").ID})
	require.False(t, d.HasText("Agreed:"))
}

func TestWhoReadsNoNotesIsShownNoAgreement(t *testing.T) {
	d := screentest.New(t, owner)
	agree(d, "Giulia Conti")
	id := customer(d, "Giulia Conti").ID
	staff, err := d.Env.Session.Staff()
	require.NoError(t, err)
	p, err := staff.Add(store.NewProfile{Nickname: "Ines", Role: store.Invoicing, Passphrase: "look around freely", Chosen: true})
	require.NoError(t, err)
	s, err := d.Book.SignIn(p.ID, store.Passphrase("look around freely"))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	d.Env.Session = s
	openDraft(d, screen.Route{Place: screen.Draft, For: id})
	require.True(t, d.HasText("Giulia Conti"))
	require.False(t, d.HasText("Agreed:"))
	require.Empty(t, d.Failed)
}
