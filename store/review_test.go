package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestS42AReviewSaysWhatChangesAndWhatLooksWrong(t *testing.T) {
	b, s := newBook(t, newClock())
	cs := customers(t, s)
	g := must(cs.Save(giulia()))
	ada := must(cs.Save(store.Customer{Name: "Ada Weiß", Phone: "+43 1 555 66 77", Email: "ada@weiss.at"}))
	require.Empty(t, must(cs.Review(g)).Fields, "nothing would change")
	require.False(t, must(cs.Review(g)).Warns())

	c := g
	c.Phone, c.Email = " 01 555 66 77 ", "giulia@gmial.com"
	r := must(cs.Review(c))
	require.Equal(t, []string{"Phone", "Email"}, r.Fields)
	require.Len(t, r.SamePhone, 1)
	require.Equal(t, ada.ID, r.SamePhone[0].ID)
	require.Equal(t, "gmail.com", r.Domain)
	require.Equal(t, "giulia@gmial.com", r.Now.Email)
	require.NotContains(t, r.Now.Phone, "  ", "as it would be stored")
	require.Zero(t, r.Drafts)
	require.True(t, r.Warns())
	c = g
	c.Email = "ADA@weiss.at"
	require.Equal(t, ada.ID, must(cs.Review(c)).SameEmail[0].ID)

	must(must(s.Drafts()).Save(store.Draft{Customer: g.ID}))
	must(must(s.Drafts()).Save(store.Draft{Customer: ada.ID}))
	c = g
	c.Address.City = "Graz"
	require.Equal(t, store.Review{Now: c, Fields: []string{"Address"}, Drafts: 1}, must(cs.Review(c)))
	c = g
	c.Language = "en"
	require.False(t, must(cs.Review(c)).Warns(), "an invoice that is begun keeps its language")

	c.VATID = "ATU12345678"
	_, err := cs.Review(c)
	require.Equal(t, []string{"VATID"}, fields(err))
	_, err = customers(t, addStaff(t, b, s, "Tom", store.Workshop)).Review(g)
	require.ErrorIs(t, err, store.ErrNoRight)
	require.Equal(t, g, must(cs.Get(g.ID)), "looking saves nothing")
}

// TestS42AReviewWarnsOfWhatIsNewAndSomebodyElsesAlready: a phone whichever of the two
// it is, and a VAT number whichever company has it; not what was so before.
func TestS42AReviewWarnsOfWhatIsNewAndSomebodyElsesAlready(t *testing.T) {
	_, s := newBook(t, newClock())
	collect(t, s, map[string]store.Collect{"Phone2": store.Optional})
	cs := customers(t, s)
	g := must(cs.Save(giulia()))
	ada := must(cs.Save(store.Customer{Name: "Ada Weiß", Phone: "+43 1 555 66 77", Phone2: "+43 1 444 33 22",
		Others: []store.Company{{Name: "Weiß OG", VATID: "ATU12345675"}}}))
	for _, change := range []func(*store.Customer){
		func(c *store.Customer) { c.Phone = ada.Phone2 },
		func(c *store.Customer) { c.Phone2 = ada.Phone },
		func(c *store.Customer) { c.Phone2 = "01 444 33 22" },
	} {
		c := g
		change(&c)
		r := must(cs.Review(c))
		require.Len(t, r.SamePhone, 1)
		require.Equal(t, ada.ID, r.SamePhone[0].ID)
		require.True(t, r.Warns())
	}
	for _, change := range []func(*store.Customer){
		func(c *store.Customer) { c.Company, c.VATID = "Conti OG", "ATU12345675" },
		func(c *store.Customer) { c.Others = []store.Company{{Name: "Conti OG", VATID: "ATU 12345675"}} },
	} {
		c := g
		change(&c)
		r := must(cs.Review(c))
		require.Len(t, r.SameVAT, 1)
		require.Equal(t, ada.ID, r.SameVAT[0].ID)
		require.Empty(t, r.SamePhone)
		require.True(t, r.Warns())
	}
	g.Phone2 = ada.Phone
	g = must(cs.Save(g))
	g.Email = "new@conti.at"
	require.False(t, must(cs.Review(g)).Warns())
}
