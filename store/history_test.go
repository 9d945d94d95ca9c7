package store_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
)

func TestS42OlderValuesAreInTheHistoryAndCanBePutBack(t *testing.T) {
	c := newClock()
	b, owner := newBook(t, c)
	ana := addStaff(t, b, owner, "Ana", store.FrontDesk)
	g := must(customers(t, owner).Save(giulia()))
	require.Empty(t, must(customers(t, owner).History(g.ID)), "adding changes nothing")
	c.at = c.at.Add(time.Hour)
	g.Phone, g.Address.City = "+43 660 9990000", "Graz"
	g = must(customers(t, ana).Save(g))
	first := c.at
	c.at = c.at.Add(time.Hour)
	g.Phone, g.Others = "+43 660 9990001", []store.Company{{Name: "Conti OG"}}
	g = must(customers(t, owner).Save(g))

	h := must(customers(t, owner).History(g.ID))
	require.Len(t, h, 2)
	require.Equal(t, []string{"Phone", "Others"}, h[0].Fields)
	require.Equal(t, "Marta", h[0].ByName)
	require.Equal(t, store.Customer{Phone: "+43 660 9990000"}, h[0].Was, "only what was changed is kept")
	require.Equal(t, []string{"Phone", "Address"}, h[1].Fields)
	require.Equal(t, store.Customer{Phone: "+43 660 1234471", Address: giulia().Address}, h[1].Was)
	require.Equal(t, "Ana", h[1].ByName)
	require.Equal(t, first, h[1].At)

	would := must(customers(t, owner).Before(g.ID, h[1].ID))
	require.Equal(t, "+43 660 1234471", would.Phone)
	require.Equal(t, g.Others, would.Others, "what another change was about stays")
	_, err := customers(t, owner).Restore(g.ID, h[1].ID, g.Version-1)
	require.ErrorIs(t, err, store.ErrChanged)
	g = must(customers(t, owner).Restore(g.ID, h[1].ID, g.Version))
	require.Equal(t, giulia().Address, g.Address)
	require.Equal(t, g, must(customers(t, owner).Get(g.ID)))
	h = must(customers(t, owner).History(g.ID))
	require.Len(t, h, 3, "it is a change like another")
	require.Equal(t, "+43 660 9990001", h[0].Was.Phone)
	require.Equal(t, store.CustomerRestored, must(must(owner.Activity()).Events(1))[0].Kind)
	found := must(customers(t, owner).Find("neubaugasse 1070 wien", store.ByName, false))
	require.Equal(t, 1, found.Len(), "search follows")
	_, err = customers(t, owner).Restore(g.ID, store.ID{1}, g.Version)
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestD8TheHistoryRespectsTheRole(t *testing.T) {
	b, owner := newBook(t, newClock())
	g := must(customers(t, owner).Save(giulia()))
	g.Phone = "+43 660 9990000"
	g = must(customers(t, owner).Save(g))
	change := must(customers(t, owner).History(g.ID))[0].ID
	for role, may := range map[store.Role][2]bool{store.Manager: {true, false}, store.FrontDesk: {}, store.Workshop: {}, store.Trainee: {}} {
		cs := customers(t, addStaff(t, b, owner, role.String(), role))
		_, err := cs.History(g.ID)
		_, before := cs.Before(g.ID, change)
		require.Equal(t, may[0], err == nil && before == nil, role)
		_, err = cs.Restore(g.ID, change, g.Version)
		require.Equal(t, may[1], err == nil, role)
	}
	require.Equal(t, g, must(customers(t, owner).Get(g.ID)))
}

func TestS42OnesOwnLastChangeCanBeUndoneForTenMinutes(t *testing.T) {
	c := newClock()
	b, owner := newBook(t, c)
	ana := addStaff(t, b, owner, "Ana", store.FrontDesk)
	g := must(customers(t, owner).Save(giulia()))
	undo := func(s *store.Session) error { _, err := customers(t, s).Undo(g.ID); return err }
	require.ErrorIs(t, undo(owner), store.ErrNoUndo, "there is nothing before it was added")
	g.Phone = "+43 660 9990000"
	must(customers(t, ana).Save(g))
	require.ErrorIs(t, undo(owner), store.ErrNoUndo, "it was somebody else")
	require.Equal(t, []string{"Phone"}, must(customers(t, ana).Undoable(g.ID)).Fields)
	c.at = c.at.Add(10*time.Minute + time.Second)
	require.ErrorIs(t, undo(ana), store.ErrNoUndo)
	c.at = c.at.Add(-time.Second)
	require.NoError(t, undo(ana), "without the right to the history")
	require.Equal(t, giulia().Phone, must(customers(t, ana).Get(g.ID)).Phone)
	require.Equal(t, store.ChangeUndone, must(must(owner.Activity()).Events(1))[0].Kind)
	require.NoError(t, undo(ana), "what was undone can be undone")
	require.Equal(t, g.Phone, must(customers(t, ana).Get(g.ID)).Phone)
	_, err := customers(t, ana).Undo(store.ID{1})
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestTheHistoryKeepsTheNewestChanges(t *testing.T) {
	_, s := newBook(t, newClock())
	g := must(customers(t, s).Save(giulia()))
	const n = store.MaxHistory + 2
	for i := range n {
		g.Address.Street = "Lange Gasse " + strconv.Itoa(i)
		g = must(customers(t, s).Save(g))
	}
	h := must(customers(t, s).History(g.ID))
	require.Len(t, h, store.MaxHistory)
	require.Equal(t, "Lange Gasse "+strconv.Itoa(n-2), h[0].Was.Address.Street)
	require.Equal(t, "Lange Gasse 1", h[len(h)-1].Was.Address.Street)
}

func TestS42EveryChangeOfARecordCanBePutBack(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	cs := customers(t, s)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		g := must(cs.Save(store.Customer{Name: fmt.Sprintf("N%d", n)}))
		text := rapid.StringMatching(`[a-z]{0,5}`)
		states := []store.Customer{g}
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			g.Name = fmt.Sprintf("N%d", n) + text.Draw(t, "name")
			g.Company, g.Language = text.Draw(t, "company"), text.Draw(t, "language")
			g.Address = invoice.Address{City: text.Draw(t, "city"), Country: "AT"}
			g.Phone = rapid.SampledFrom([]string{"", "+43 660 1", "+43 660 2"}).Draw(t, "phone")
			if rapid.Bool().Draw(t, "company") {
				g.Others = append(g.Others, store.Company{Name: "C"})
			}
			saved := must(cs.Save(g))
			if saved.Version != g.Version {
				states = append(states, saved)
			}
			g = saved
		}
		for i, v := range must(cs.History(g.ID)) { // from the newest back
			g = must(cs.Restore(g.ID, v.ID, g.Version))
			was := states[len(states)-2-i]
			was.Updated, was.Checks, was.Version = g.Updated, g.Checks, g.Version
			require.Equal(t, was, g)
		}
	})
}

func TestInvariant27TheHistoryOfAnErasedCustomerIsErased(t *testing.T) {
	v := newVisited(t)
	cs := must(v.s.Customers())
	for i := range 3 {
		c := must(cs.Get(v.giulia))
		c.Phone = fmt.Sprintf("+43 660 999 000%d", i)
		must(cs.Save(c))
		o := must(cs.Get(v.otto))
		o.Phone = fmt.Sprintf("+43 664 999 000%d", i)
		o.NotSame = append(o.NotSame, store.ID{byte(i)})
		must(cs.Save(o))
	}
	require.Len(t, must(cs.History(v.giulia)), 3)
	runs := runs16(v.of(t)...)
	require.NoError(t, cs.Erase(context.Background(), v.giulia, nil))
	require.Empty(t, must(cs.History(v.giulia)))
	require.Zero(t, len(v.of(t)))
	require.Zero(t, shared(t, v.b, runs))
	require.Len(t, must(cs.History(v.otto)), 3)
}

func TestABackupCountsCustomersAndNotWhatTheyWere(t *testing.T) {
	b, s := newBook(t, newClock())
	g := must(customers(t, s).Save(giulia()))
	for i := range 5 {
		g.Company = fmt.Sprint("Conti ", i)
		g = must(customers(t, s).Save(g))
	}
	made := must(s.Backup(context.Background(), t.TempDir(), store.BackupOptions{}, nil))
	require.Equal(t, 1, must(b.CheckBackup(context.Background(), made.Path, nil)).Customers)
}

func TestS11WhatIsHiddenIsNotInTheHistoryAndStaysWhenTheRestIsPutBack(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	g := giulia()
	g.Company = "Conti OG"
	g = must(cs.Save(g))
	old := g.Phone
	g.Phone, g.Company = "+43 660 9990000", "Conti GmbH"
	g = must(cs.Save(g))
	hide := func(use store.Collect) { collect(t, s, map[string]store.Collect{"Company": use}) }
	hide(store.Hidden)
	h := must(cs.History(g.ID))
	require.Len(t, h, 1)
	require.Equal(t, []string{"Phone"}, h[0].Fields)
	require.Equal(t, store.Customer{Phone: old}, h[0].Was)
	require.Empty(t, must(cs.Before(g.ID, h[0].ID)).Company)
	require.Equal(t, []string{"Phone"}, must(cs.Undoable(g.ID)).Fields)
	x := must(s.Export())
	require.NoError(t, x.Begin())
	require.NoError(t, x.History(func(v store.Change) error {
		require.Equal(t, []string{"Phone"}, v.Fields)
		return nil
	}))

	g = must(cs.Undo(g.ID))
	require.Equal(t, old, g.Phone)
	require.Equal(t, "Conti GmbH", g.Company, "what is not shown stays")
	h = must(cs.History(g.ID))
	g = must(cs.Restore(g.ID, h[0].ID, g.Version))
	require.Equal(t, "+43 660 9990000", g.Phone)
	g = must(cs.Restore(g.ID, h[1].ID, g.Version))
	require.Equal(t, old, g.Phone)
	require.Equal(t, "Conti GmbH", must(cs.Get(g.ID)).Company)

	hide(store.Optional)
	g.Company = "Conti KG"
	g = must(cs.Save(g))
	hide(store.Hidden)
	require.Len(t, must(cs.History(g.ID)), 4, "a change of nothing else is in no history")
	_, err := cs.Undo(g.ID)
	require.ErrorIs(t, err, store.ErrNoUndo)
}
