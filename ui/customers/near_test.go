package customers

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestS61NobodyIsAddedBeforeWhoIsLikeThemWasLookedAt(t *testing.T) {
	d := as(t, frontDesk)
	s := open(d)
	d.Type("Search customers…", "conti giulia")
	s.Create()
	require.Equal(t, "conti giulia", d.Value("Name"), "what was searched for is not typed twice")
	require.True(t, d.HasText("In the book already?"))
	require.True(t, d.HasText("similar name"))
	look(d, "near")
	d.Type("E-mail", "g.conti@example.com")
	d.Tap("Add customer")
	require.NotNil(t, s.form, "not before it was said who that is")
	require.Equal(t, "g.conti@example.com", d.Value("E-mail"))
	require.True(t, d.HasText("There are customers like this one. Open the right one, or say that it is somebody else, and then add."))
	look(d, "near-refused")

	d.Tap("Giulia Conti is somebody else")
	require.False(t, d.HasText("In the book already?"))
	d.Tap("Add customer")
	require.Nil(t, s.form)
	require.Equal(t, "conti giulia", s.detail.c.Name)

	d.Type("Search customers…", "conti")
	s.Create()
	d.Type("Name", "Giulia Conti")
	s.form.near.look()
	require.True(t, d.Has("Open Giulia Conti"))
	require.True(t, d.Has("Open conti giulia"))
	d.Tap("Open Giulia Conti")
	require.Nil(t, s.form, "a name alone is no loss")
	require.Equal(t, "Giulia Conti", s.detail.c.Name)
}

func TestWhatWasTypedIsNotLostForALookAtSomebodyElse(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.Type("Name", "Giulia Conti")
	d.Tap("Add an address")
	d.Type("Street", "Lange Gasse 8")
	s.form.near.look()
	d.Tap("Open Giulia Conti")
	require.True(t, d.HasText("Close without saving?"))
	d.Press(fyne.KeyEscape)
	require.Equal(t, "Lange Gasse 8", d.Value("Street"))
	d.Tap("Open Giulia Conti")
	d.Tap("Close without saving")
	require.Equal(t, "Giulia Conti", s.detail.c.Name)

	// Nor an address or number that nobody has yet.
	s.Create()
	d.Type("Name", "Giulia Conti")
	d.Type("E-mail", "g.conti@example.com")
	s.form.near.look()
	d.Tap("Open Giulia Conti")
	require.True(t, d.HasText("Close without saving?"))
	d.Press(fyne.KeyEscape)
	require.Equal(t, "g.conti@example.com", d.Value("E-mail"))
}

func TestS61WhoWasSaidToBeSomebodyElseIsSoAfterALock(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.Type("Name", "Giulia Conti")
	s.form.near.look()
	d.Tap("Giulia Conti is somebody else")
	again := open(d)
	keep(d, s, again)
	require.Equal(t, "Giulia Conti", d.Value("Name"))
	again.form.near.look()
	require.False(t, d.HasText("In the book already?"))
}

func TestS61WhoMayNotBrowseMeetsNobodyByAName(t *testing.T) {
	d := asNew(t, store.FrontDesk, store.BrowseCustomers)
	s := open(d)
	s.Create()
	d.Type("Name", "Giulia Conti")
	s.form.near.look()
	require.False(t, d.HasText("In the book already?"))
	d.Type("E-mail", customer(as(t, owner), "Giulia Conti").Email)
	s.form.near.look()
	require.True(t, d.Has("Open Giulia Conti"), "somebody gave the whole address")
}

func TestT11WhoMayNotBrowseGoesThroughNoNotes(t *testing.T) {
	d := asNew(t, store.Manager, store.BrowseCustomers)
	require.Empty(t, open(d).noteItems())
}

func TestWhatWasSearchedForGoesWhereItBelongs(t *testing.T) {
	for query, field := range map[string]string{"Ada Beispiel": "Name", "0660 555 12 34": "Phone", "ada@example.com": "E-mail"} {
		d := as(t, owner)
		s := open(d)
		d.Type("Search customers…", query)
		s.Create()
		require.Equal(t, query, d.Value(field))
		d.Press(fyne.KeyEscape)
		require.Nil(t, s.form, "it stands in the search box, too")
		require.Equal(t, query, d.Value("Search customers…"))
	}
}

func TestWhoIsLikeIsLookedForWhileTyping(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	var then func()
	s.after = func(_ time.Duration, f func()) func() { then = f; return func() { then = nil } }
	s.Create()
	d.TypeOn("Giulia Cont")
	require.False(t, d.HasText("In the book already?"))
	then()
	require.True(t, d.HasText("In the book already?"))
	d.TypeOn("ainer")
	then()
	require.False(t, d.HasText("In the book already?"))
}

// held keeps what ends beside the screen until it is let go.
type held struct{ done []func() }

func (h *held) Run(work func(context.Context) error, done func(error)) {
	err := work(context.Background())
	h.done = append(h.done, func() { done(err) })
}

func TestWhatWasFoundForAnotherNameIsNotShown(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	h := &held{}
	s.e.Run = h
	s.Create()
	d.TypeOn("Giulia Conti")
	s.form.near.look()
	d.TypeOn("ni Rossi")
	for _, done := range h.done {
		done()
	}
	require.False(t, d.HasText("In the book already?"))
}
