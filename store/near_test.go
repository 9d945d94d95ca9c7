package store_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// near is who is like a customer, by name, and in what.
func near(t *testing.T, s *store.Session, c store.Customer) map[string]store.Likeness {
	found, err := customers(t, s).Near(c)
	require.NoError(t, err)
	out := map[string]store.Likeness{}
	for _, n := range found {
		out[n.Row.Name] = n.Like
	}
	return out
}

func TestS61WhoIsLikeANewCustomerIsLookedAtFirst(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	add := func(c store.Customer) store.Customer {
		got, err := cs.Save(c)
		require.NoError(t, err)
		return got
	}
	g := add(giulia())
	add(store.Customer{Name: "Ada Weiß", Company: "Weiß KG", VATID: "ATU12345675", Email: "Ada@Weiss.at"})
	add(store.Customer{Name: "Bo"})
	add(store.Customer{Name: "Carla Ruiz", Others: []store.Company{{Name: "Ruiz SL", VATID: "ESB58378431"}}})

	require.Equal(t, map[string]store.Likeness{"Giulia Conti": store.SamePhone}, near(t, s, store.Customer{Name: "Marco Neri", Phone: "0660 123 4471"}))
	require.Equal(t, map[string]store.Likeness{"Giulia Conti": store.SamePhone | store.SimilarName}, near(t, s, store.Customer{Name: "conti giúlia", Phone: "0043-660-1234471"}))
	require.Equal(t, map[string]store.Likeness{"Ada Weiß": store.SameEmail}, near(t, s, store.Customer{Name: "N", Email: "ada@weiss.AT"}))
	require.Equal(t, map[string]store.Likeness{"Ada Weiß": store.SameVAT}, near(t, s, store.Customer{Name: "N", VATID: "atu 1234 5675"}))
	require.Equal(t, map[string]store.Likeness{"Carla Ruiz": store.SameVAT}, near(t, s, store.Customer{Name: "N", VATID: "ESB58378431"}))
	require.Equal(t, map[string]store.Likeness{"Carla Ruiz": store.SameVAT}, near(t, s, store.Customer{Name: "N", Others: []store.Company{{Name: "R", VATID: "ESB58378431"}}}))
	require.Empty(t, near(t, s, store.Customer{Name: "Bob Conte", Phone: "+43 660 123 4472", Email: "info@weiss.at"}))
	require.Empty(t, near(t, s, g), "nobody is like themselves")
	require.Equal(t, map[string]store.Likeness{"Bo": store.SimilarName}, near(t, s, store.Customer{Name: "bo"}), "of short names the same")
	require.Empty(t, near(t, s, store.Customer{Name: "Bob"}))
	require.Empty(t, near(t, s, store.Customer{Name: "B"}))

	// The gate: nobody is added before those who are like them were looked at.
	twin := store.Customer{Name: "Giulia Conti", Email: "g.conti@example.com"}
	_, err := cs.Save(twin)
	var like *store.NearError
	require.ErrorAs(t, err, &like)
	require.ErrorIs(t, err, store.ErrNear)
	require.Len(t, like.Near, 1)
	require.Equal(t, g.ID, like.Near[0].Row.ID)
	n, err := cs.Count()
	require.NoError(t, err)
	require.Equal(t, 4, n)
	twin.NotSame = []store.CustomerID{like.Near[0].Row.ID}
	twin = add(twin)

	// What was dismissed is remembered, from both sides.
	require.Empty(t, near(t, s, twin))
	require.Empty(t, near(t, s, g))
	twin, err = cs.Get(twin.ID)
	require.NoError(t, err)
	require.Equal(t, []store.CustomerID{g.ID}, twin.NotSame)
	require.Len(t, near(t, s, store.Customer{Name: "Giulia Conti"}), 1, "of two of one name both are found: %v", twin)
}

func TestTheLikestComesFirst(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	for _, c := range []store.Customer{{Name: "Eva Horn"}, {Name: "Rita Sommer", Phone: "+43 660 555 1234"}, {Name: "Horn Eva", Phone: "+43 1 555 66 77", Email: "eva@horn.at", NotSame: nil}} {
		_, err := cs.Save(c)
		var like *store.NearError
		if errors.As(err, &like) {
			c.NotSame = []store.CustomerID{like.Near[0].Row.ID}
			_, err = cs.Save(c)
		}
		require.NoError(t, err)
	}
	found, err := cs.Near(store.Customer{Name: "Eva Horn", Phone: "+43 660 555 1234", Email: "EVA@horn.at"})
	require.NoError(t, err)
	var names []string
	for _, n := range found {
		names = append(names, n.Row.Name)
	}
	require.Equal(t, []string{"Horn Eva", "Rita Sommer", "Eva Horn"}, names)
}

func TestS61WhoMayNotBrowseMeetsOnlyThoseWhoseNumberTheyWereGiven(t *testing.T) {
	b, s := newBook(t, newClock())
	g, err := customers(t, s).Save(giulia())
	require.NoError(t, err)
	desk := addStaff(t, b, s, "Desk", store.FrontDesk, store.BrowseCustomers)
	require.Empty(t, near(t, desk, store.Customer{Name: g.Name}))
	require.Equal(t, map[string]store.Likeness{g.Name: store.SamePhone}, near(t, desk, store.Customer{Name: g.Name, Phone: g.Phone}))
	trainee := addStaff(t, b, s, "Trainee", store.Trainee)
	_, err = customers(t, trainee).Near(store.Customer{Name: g.Name, Phone: g.Phone})
	require.ErrorIs(t, err, store.ErrNoRight)
}
