package store

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store/internal/vault/envelope"
)

// form is one of the shapes in which the store keeps something.
type form struct {
	name   string
	seed   any
	decode func([]byte) (any, error)
}

func formOf[T any](name string, seed T) form {
	return form{name, seed, func(b []byte) (any, error) {
		var v T
		err := envelope.Unmarshal(b, &v)
		return v, err
	}}
}

// forms are all that is decoded out of the file, but for chunks of an index, which
// are no CBOR.
func forms() []form {
	at := time.Date(2026, 11, 22, 10, 42, 0, 0, time.UTC)
	line := invoice.Line{Name: "Frame", Quantity: decimal.NewFromInt(2), Price: decimal.RequireFromString("58.00"),
		Tax: invoice.Tax{Category: invoice.Standard, Rate: decimal.NewFromInt(20)}}
	doc := invoice.Document{Number: "2026-0001", Date: invoice.DateOf(at), Lines: []invoice.Line{line}}
	return []form{
		formOf("customer", Customer{Number: "C-00001", Name: "Giulia Conti", Created: at, Others: []Company{{Name: "Conti"}}}),
		formOf("note", Note{Text: "Prefers pickup", Created: at}),
		formOf("item", Item{Name: "Frame", Price: decimal.RequireFromString("58.00")}),
		formOf("draft", Draft{Customer: ID{1}, Doc: doc}),
		formOf("invoice", Invoice{Doc: doc}),
		formOf("pages", paperRecord{}),
		formOf("series", series{Last: 7, Date: invoice.DateOf(at)}),
		formOf("shop", DefaultShop("AT")),
		formOf("staff", staffRecord{Created: at, LastIn: at}),
		formOf("gone on", goneOn{Suffix: "-B", Before: []string{"-A"}}),
		formOf("seen", seen{Newest: at}),
		formOf("label", label{Role: FrontDesk, Without: []Right{IssueInvoices}}),
		formOf("event", eventRecord{At: at.Unix(), Kind: InvoiceIssued, Subject: ID{1}, Fields: []string{"Number"}, Count: 1}),
		formOf("id", ID{1}),
		formOf("bytes", []byte{1, 2}),
	}
}

// A record authenticates before it is decoded, so that this guards against other
// programs of members. What can be decoded is written back as it was.
func FuzzForms(f *testing.F) {
	for i, form := range forms() {
		b, err := envelope.Marshal(form.seed)
		require.NoError(f, err, form.name)
		_, err = form.decode(b)
		require.NoError(f, err, form.name)
		f.Add(uint8(i), b)
	}
	f.Fuzz(func(t *testing.T, which uint8, b []byte) {
		form := forms()[int(which)%len(forms())]
		v, err := form.decode(b)
		if err != nil {
			return
		}
		first, err := envelope.Marshal(v)
		if err != nil {
			return // refused on writing: record cannot be stored
		}
		again, err := form.decode(first)
		if err != nil {
			return // and so is this: write reads back what it is about to store
		}
		second, err := envelope.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, first, second, form.name)
	})
}

// An event may be anything that a member sealed.
func FuzzEvent(f *testing.F) {
	b, err := envelope.Marshal(eventRecord{At: 1, Kind: InvoiceIssued, Fields: []string{"Number"}})
	require.NoError(f, err)
	f.Add(b)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, ok := decodeEvent(b)
		if year := time.Unix(r.At, 0).UTC().Year(); ok && (year < 1970 || year > 9999) {
			t.Fatal("a time that no form of dates shows", r.At)
		}
	})
}
