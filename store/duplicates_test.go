package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// alike is who is like whom, "A/B" by name, and in what.
func alike(t *testing.T, s *store.Session) map[string]store.Likeness {
	t.Helper()
	out := map[string]store.Likeness{}
	for _, p := range must(customers(t, s).Duplicates(context.Background(), nil)) {
		out[p.A.Name+"/"+p.B.Name] = p.Like
	}
	return out
}

func imported(t *testing.T, s *store.Session, list ...store.Customer) []store.Customer {
	t.Helper()
	require.NoError(t, customers(t, s).Import(context.Background(), list, nil))
	return list
}

func TestT42WhoMayBeOnePersonIsFoundInTheWholeDirectory(t *testing.T) {
	_, s := newBook(t, newClock())
	in := func(street, postcode, city string) invoice.Address {
		return invoice.Address{Street: street, Postcode: postcode, City: city, Country: "AT"}
	}
	imported(t, s,
		store.Customer{Name: "Giulia Conti", Phone: "+43 660 123 4471"},
		store.Customer{Name: "Conti Giúlia", Phone: "0660 1234471"},
		store.Customer{Name: "Marco Neri", Email: "Shop@neri.it"},
		store.Customer{Name: "Neri SRL", Email: "shop@neri.it"},
		store.Customer{Name: "Ada Weiß", VATID: "ATU12345675"},
		store.Customer{Name: "Weiß KG", Others: []store.Company{{Name: "x", VATID: "ATU12345675"}}},
		store.Customer{Name: "Maria Popescu", Address: in("Burggasse 1", "1070", "Wien")},
		store.Customer{Name: "Maria Popesku", Address: in("", "1070", "Wien")},
		store.Customer{Name: "Henrik Olsen", Company: "Olsen AS"},
		store.Customer{Name: "Henrik Olsn", Company: "OLSEN as"},
		store.Customer{Name: "Otto Wagner", Address: in("", "", "Graz")}, // the same name alone says nothing
		store.Customer{Name: "Otto Wagner", Address: in("", "", "Linz")},
		store.Customer{Name: "Eva Horn", Address: in("Burggasse 1", "1070", "Wien")})
	require.Equal(t, map[string]store.Likeness{
		"Giulia Conti/Conti Giúlia":   store.SamePhone | store.SimilarName,
		"Marco Neri/Neri SRL":         store.SameEmail,
		"Ada Weiß/Weiß KG":            store.SameVAT,
		"Maria Popescu/Maria Popesku": store.SimilarName | store.SamePlace,
		"Henrik Olsen/Henrik Olsn":    store.SimilarName | store.SameCompany,
	}, alike(t, s))
	first := must(customers(t, s).Duplicates(context.Background(), nil))[0]
	require.Equal(t, "C-00001", first.A.Number, "the likest come first")
	require.Equal(t, store.MaskPhone("+43 660 123 4471"), first.A.Phone, "no row holds more than a mask")
}

func TestT42WhoIsSaidNotToBeTheSameIsNotShownAgain(t *testing.T) {
	b, s := newBook(t, newClock())
	list := imported(t, s, store.Customer{Name: "Mother", Phone: "+43 660 123 4471"}, store.Customer{Name: "Daughter", Phone: "+43 660 123 4471"},
		store.Customer{Name: "Daughter M.", Email: "d@example.com", Phone: "+43 1 555 0000"}, store.Customer{Name: "D.", Phone: "+43 1 555 0000"})
	require.Len(t, alike(t, s), 2)
	cs := customers(t, s)
	require.NoError(t, cs.NotTheSame(list[0].ID, list[1].ID))
	require.NoError(t, cs.NotTheSame(list[1].ID, list[0].ID))
	require.Equal(t, map[string]store.Likeness{"Daughter M./D.": store.SamePhone}, alike(t, s))
	one, other := must(cs.Get(list[1].ID)), must(cs.Get(list[2].ID))
	must(cs.Merge(other, one, other))
	require.Equal(t, map[string]store.Likeness{"Daughter M./D.": store.SamePhone}, alike(t, s), "nor is who was merged with one of them")
	require.ErrorIs(t, customers(t, addStaff(t, b, s, "Tom", store.Trainee)).NotTheSame(list[0].ID, list[1].ID), store.ErrNoRight)
	_, err := customers(t, addStaff(t, b, s, "Anna", store.FrontDesk)).Duplicates(context.Background(), nil)
	require.ErrorIs(t, err, store.ErrNoRight)
}

// A phone of zeros, a usual name or an address that everybody has makes nobody the
// same, and does not take for ever either.
func TestT42WhatVeryManyShareTellsNothing(t *testing.T) {
	_, s := newBook(t, newClock())
	r := rand.New(rand.NewPCG(1, 2))
	var list []store.Customer
	for i := range 3000 {
		list = append(list, store.Customer{Name: fmt.Sprintf("Anna %c%c%c%c%c", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+i%26),
			Phone: "+43 000 000 000", Email: "none@example.com", Address: invoice.Address{Postcode: "1070", City: "Wien", Country: "AT"}})
	}
	for range 40 {
		list = append(list, store.Customer{Name: "Maria Gruber", Address: list[0].Address})
	}
	list = append(list, store.Customer{Name: "Wolfgang Amadeus", Address: list[0].Address}, store.Customer{Name: "Wolfgang Amadeuz", Address: list[0].Address})
	imported(t, s, list...)
	told := 0.0
	pairs := must(customers(t, s).Duplicates(context.Background(), func(part float64) { told = part }))
	require.Greater(t, told, 0.9)
	found := false
	for _, p := range pairs {
		require.NotEqual(t, "Maria Gruber", p.A.Name)
		require.False(t, p.Like.Has(store.SamePhone) || p.Like.Has(store.SameEmail))
		found = found || p.A.Name == "Wolfgang Amadeus" && p.B.Name == "Wolfgang Amadeuz"
	}
	require.True(t, found)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := customers(t, s).Duplicates(ctx, nil)
	require.ErrorIs(t, err, context.Canceled)
}
