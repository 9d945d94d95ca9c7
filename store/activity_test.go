package store_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestEveryKindOfEventHasANameForExports(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "activity.go", nil, 0)
	require.NoError(t, err)
	declared := 0
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && v.Type != nil {
			if id, ok := v.Type.(*ast.Ident); ok && id.Name == "EventKind" {
				declared++
			}
		}
		return true
	})
	require.Len(t, store.EventKinds(), declared)
	names := map[string]bool{}
	for _, k := range store.EventKinds() {
		require.False(t, strings.HasPrefix(k.String(), "event "), "%d", k)
		require.False(t, names[k.String()], k)
		names[k.String()] = true
	}
	require.Equal(t, "event 250", store.EventKind(250).String())
}

func TestAQuerySearchesTheWholeLog(t *testing.T) {
	c := newClock()
	b, s := newBook(t, c)
	start := c.at
	cs := customers(t, s)
	one, err := anyway(cs, giulia())
	require.NoError(t, err)
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	his := customers(t, jonas)
	_, err = his.Reveal(one.ID, "Phone")
	require.NoError(t, err)
	for i := range 450 { // more than is read in one go, some without an event
		c.at = start.Add(time.Duration(i) * time.Hour)
		_, err := cs.Reveal(one.ID, "Email")
		require.NoError(t, err)
		if i%3 == 0 {
			require.NoError(t, s.Desk().Put("habit", i))
		}
	}
	a, err := s.Activity()
	require.NoError(t, err)
	r := a.Reader()
	ctx := context.Background()
	find := func(q store.LogQuery, n int) store.Found {
		t.Helper()
		found, err := r.Find(ctx, q, 0, n, nil)
		require.NoError(t, err)
		return found
	}
	who := jonas.Profile().ID
	found := find(store.LogQuery{By: who}, 100)
	require.True(t, found.Whole, "what is at the very beginning of the log is found")
	require.Equal(t, []store.EventKind{store.ContactShown, store.SignedIn}, []store.EventKind{found.Events[0].Kind, found.Events[1].Kind})
	require.Len(t, found.Events, 2)

	all, err := a.Events(10_000)
	require.NoError(t, err)
	var paged []store.Event
	for at := store.LogPlace(0); ; {
		found, err := a.Reader().Find(ctx, store.LogQuery{}, at, 70, nil)
		require.NoError(t, err)
		paged, at = append(paged, found.Events...), found.Next
		if found.Whole {
			break
		}
		require.Len(t, found.Events, 70)
	}
	require.Equal(t, all, paged, "page by page nothing is missing and nothing is twice")

	day := find(store.LogQuery{Kinds: []store.EventKind{store.ContactShown}, From: start.Add(24 * time.Hour), Until: start.Add(48 * time.Hour)}, 100)
	require.Len(t, day.Events, 24)
	require.Equal(t, start.Add(47*time.Hour), day.Events[0].At)
	require.Equal(t, start.Add(24*time.Hour), day.Events[23].At)
	require.Empty(t, find(store.LogQuery{Kinds: []store.EventKind{store.ItemDeleted}}, 1).Events)

	people, err := a.People()
	require.NoError(t, err)
	require.Equal(t, "Jonas", people[0].Nickname)
	require.Len(t, people, 2)
}

func TestASearchGoesOnWhereItWasStopped(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	one, err := anyway(cs, giulia())
	require.NoError(t, err)
	for range 350 {
		_, err := cs.Reveal(one.ID, "Phone")
		require.NoError(t, err)
	}
	a, err := s.Activity()
	require.NoError(t, err)
	r := a.Reader()
	ctx, stop := context.WithCancel(context.Background())
	shares := 0
	found, err := r.Find(ctx, store.LogQuery{}, 0, 1000, func(done, of int) {
		require.Less(t, done, of)
		if shares++; shares == 2 {
			stop()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	require.False(t, found.Whole)
	require.NotEmpty(t, found.Events)
	rest, err := r.Find(context.Background(), store.LogQuery{}, found.Next, 1000, nil)
	require.NoError(t, err)
	require.True(t, rest.Whole)
	all, err := a.Events(1000)
	require.NoError(t, err)
	require.Equal(t, all, append(found.Events, rest.Events...))
	ended, stop2 := context.WithCancel(context.Background())
	stop2()
	again, err := r.Find(ended, store.LogQuery{}, 0, 1000, nil)
	require.NoError(t, err, "what was read once is there at once")
	require.Equal(t, all, again.Events)
}

func TestAWrongClockHidesNothing(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	start := c.at
	cs := customers(t, s)
	one, err := anyway(cs, giulia())
	require.NoError(t, err)
	_, err = cs.Reveal(one.ID, "Phone")
	require.NoError(t, err)
	c.at = start.AddDate(-10, 0, 0) // the battery of the clock is empty
	for range 200 {
		_, err = cs.Reveal(one.ID, "Email")
		require.NoError(t, err)
	}
	c.at = start.Add(time.Hour)
	_, err = cs.Reveal(one.ID, "Phone")
	require.NoError(t, err)
	a, err := s.Activity()
	require.NoError(t, err)
	found, err := a.Reader().Find(context.Background(), store.LogQuery{Kinds: []store.EventKind{store.ContactShown}, From: start}, 0, 100, nil)
	require.NoError(t, err)
	require.Len(t, found.Events, 2)
}

func TestShowingIsCountedPerPersonAndCustomer(t *testing.T) {
	shown := func(who byte, customer byte) store.Event {
		return store.Event{Kind: store.ContactShown, By: store.ID{who}, ByName: string(rune('A' + who)), Subject: store.ID{customer}}
	}
	require.Equal(t, []store.Shown{
		{By: store.ID{2}, ByName: "C", Customers: 2, Times: 3},
		{By: store.ID{1}, ByName: "B", Customers: 1, Times: 1},
	}, store.CountShown([]store.Event{shown(1, 7), shown(2, 7), {Kind: store.SignedIn, By: store.ID{3}}, shown(2, 7), shown(2, 8)}))
	require.Empty(t, store.CountShown(nil))
}

func TestAnOddEventOfAMemberTakesNobodysListFromTheOwner(t *testing.T) {
	for name, odd := range map[string][]byte{
		"no form at all":         {0xff},
		"nothing":                {},
		"of a newer program":     {0xa2, 0x01, 0x01, 0x18, 0x63, 0x01},
		"of no year there is":    {0xa1, 0x01, 0x1b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"of a text for a number": {0xa1, 0x02, 0x61, 0x61},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			b, owner := newBook(t, c)
			tim := addStaff(t, b, owner, "Tim", store.Trainee)
			was := c.at
			c.at = c.at.Add(time.Hour)
			number := tim.LogOdd(t, odd)
			for _, p := range must(must(owner.Staff()).List()) {
				require.Equal(t, was, p.LastIn, "the visit before it counts")
			}
			a := must(owner.Activity())
			events, err := a.Events(100)
			require.NoError(t, err)
			first := events[0]
			require.Equal(t, store.Event{Number: number, At: c.at, By: tim.Profile().ID, ByName: "Tim"}, first)
			require.Equal(t, store.BookCreated, events[len(events)-1].Kind)

			require.NoError(t, owner.LogSomething())
			c.at = c.at.Add(time.Hour)
			found, err := a.Reader().Find(t.Context(), store.LogQuery{}, 0, 100, nil)
			require.NoError(t, err)
			require.Len(t, found.Events, len(events)+1)
			require.Equal(t, first, found.Events[1], "it was at the latest when the entry after it was made")
		})
	}
}
