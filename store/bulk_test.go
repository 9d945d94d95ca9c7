package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

func TestNotesThatAreImportedKeepTheirTimeAndTheirCustomer(t *testing.T) {
	_, s := newBook(t, newClock())
	c, err := anyway(customers(t, s), giulia())
	require.NoError(t, err)
	ns, err := s.Notes()
	require.NoError(t, err)
	old := time.Date(2020, 2, 3, 9, 0, 0, 0, time.UTC)
	list := []store.Note{{Customer: c.ID, Text: "first", Created: old}, {Customer: c.ID, Text: " second "}}
	require.NoError(t, ns.Import(context.Background(), list, nil))
	got, err := ns.Of(c.ID)
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, "second", got[0].Text)
	require.Equal(t, old, got[1].Created)
	require.Equal(t, list[1].ID, got[0].ID)

	err = ns.Import(context.Background(), []store.Note{{Customer: c.ID, Text: "fine"}, {Customer: c.ID}}, nil)
	require.Equal(t, invoice.Problems{{Field: "[1].Text", Rule: "missing"}}, err)
	got, err = ns.Of(c.ID)
	require.NoError(t, err)
	require.Len(t, got, 2, "nothing was half-imported")
}

func TestManyInvoicesAreIssuedWithoutAGapAndABatchWholeOrNotAtAll(t *testing.T) {
	_, s := newBook(t, newClock())
	is, err := s.Invoices()
	require.NoError(t, err)
	var list []store.Draft
	for range 250 {
		list = append(list, store.Draft{Doc: invoice.Document{Buyer: giulia().Party(), Lines: []invoice.Line{frame()}}})
	}
	var done []int
	issued, err := is.IssueAll(context.Background(), list, func(n int) { done = append(done, n) })
	require.NoError(t, err)
	require.Equal(t, []int{100, 200, 250}, done)
	for i, inv := range issued {
		require.Equal(t, fmt.Sprintf("2026-%04d", i+1), inv.Doc.Number)
	}
	rows, err := is.List("")
	require.NoError(t, err)
	for i, r := range rows {
		require.Equal(t, fmt.Sprintf("2026-%04d", 250-i), r.Number, "newest first, also of those issued together")
	}
	_, err = is.PDF(issued[249].ID)
	require.NoError(t, err)

	bad := append(list[:150:150], store.Draft{})
	issued, err = is.IssueAll(context.Background(), bad, nil)
	var p invoice.Problems
	require.ErrorAs(t, err, &p)
	require.Contains(t, p[0].Field, "[150].")
	require.Len(t, issued, 100, "the batch with the bad one was not issued at all")
	next, err := is.Next(invoice.Date{Year: 2026, Month: 11, Day: 22})
	require.NoError(t, err)
	require.Equal(t, "2026-0351", next)
}

func TestACustomerMayBeInvoicedThroughAnyOfItsCompanies(t *testing.T) {
	_, s := newBook(t, newClock())
	c := giulia()
	c.Company = "Conti KG"
	c.Others = []store.Company{{Name: " Studio Neri ", VATID: "at u12345675"}, {Name: "Conti Roma", Address: invoice.Address{City: "Roma", Country: "it"}}}
	c, err := customers(t, s).Save(c)
	require.NoError(t, err)
	require.Equal(t, store.Company{Name: "Studio Neri", VATID: "ATU12345675"}, c.Others[0])
	got, err := customers(t, s).Get(c.ID)
	require.NoError(t, err)
	parties := got.Parties()
	require.Len(t, parties, 3)
	require.Equal(t, "Conti KG", parties[0].Name)
	require.Equal(t, "1070", parties[1].Address.Postcode, "without an address of its own it has the customer's")
	require.Equal(t, "Roma", parties[2].Address.City)
	found, err := customers(t, s).List("neri")
	require.NoError(t, err)
	require.Len(t, found, 1)

	c.Others = append(c.Others, store.Company{VATID: "ATU12345674"})
	_, err = customers(t, s).Save(c)
	require.Equal(t, invoice.Problems{{Field: "Others[2].Name", Rule: "missing"}, {Field: "Others[2].VATID", Rule: "vat", Args: []string{"checksum"}}}, err)
}
