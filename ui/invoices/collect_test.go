package invoices

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

func TestS11WhatIsHiddenIsOnNoInvoice(t *testing.T) {
	d := screentest.New(t, owner)
	b, err := d.Env.Session.Shop()
	require.NoError(t, err)
	f, err := b.Fields()
	require.NoError(t, err)
	for i, r := range f.Rules {
		if r.Name == "Address" || r.Name == "Company" || r.Name == "VATID" {
			f.Rules[i].Use = store.Hidden
		}
	}
	_, err = b.SaveFields(f)
	require.NoError(t, err)
	c := customer(d, "Braun")
	require.NotEmpty(t, c.Company)
	ed := openDraft(d, screen.Route{Place: screen.Draft, For: c.ID})
	require.Equal(t, invoice.Party{Name: c.Name}, ed.to.party)
	for _, s := range ed.to.matching("amelie") {
		require.NotContains(t, s.title+s.sub, c.Company)
		require.Empty(t, s.sub)
	}
}
