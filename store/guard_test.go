package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/sensitive"
)

const (
	aCard  = "4111 1111 1111 1111"
	aPhone = "+43 660 000 4471"
)

// guardedBook is a book with a customer, and its owner's notes.
func guardedBook(t testing.TB) (*store.Book, *store.Session, store.Customer) {
	b, s := newBook(t, newClock())
	return b, s, must(customers(t, s).Save(store.Customer{Name: "Giulia Conti"}))
}

func TestS51TheGuardBlocksCardsAndWarnsOfTheRestUntilTheOwnerSaysOtherwise(t *testing.T) {
	var p store.GuardPolicy
	for _, k := range []sensitive.Kind{sensitive.Card, sensitive.SecurityCode} {
		require.Equal(t, store.GuardBlock, p.Level(k))
	}
	for _, k := range sensitive.Kinds()[2:] {
		require.Equal(t, store.GuardWarn, p.Level(k), k)
	}
	p.SetLevel(sensitive.Phone, store.GuardOff)
	p.SetLevel(sensitive.Card, store.GuardWarn)
	require.Equal(t, store.GuardOff, p.Level(sensitive.Phone))
	p.SetLevel(sensitive.Card, store.GuardBlock)
	require.Len(t, p.Rules, 1, "what is usual is not stored")
}

func TestS51TheGuardIsSetUpByTheOwnerAndHoldsForAll(t *testing.T) {
	b, s, _ := guardedBook(t)
	g := must(s.Guard())
	p := must(g.Policy())
	p.SetLevel(sensitive.Phone, store.GuardOff)
	p.Countries = []string{"NL", "DE", "NL"}
	p.Words = []store.GuardWords{
		{Language: "de", Kind: "health", Find: []string{"gichtanfall*", " ", "rote  flecken"}, Leave: []string{"krebs"}},
		{Language: "en", Kind: "insult"},
	}
	p = must(g.Save(p))
	require.Equal(t, []string{"DE", "NL"}, p.Countries)
	require.Len(t, p.Words, 1)
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	his := must(jonas.Guard())
	require.Equal(t, p, must(his.Policy()))
	kinds := func(text string) string {
		var out []string
		for _, f := range must(his.Find(text)) {
			out = append(out, f.Kind.String()+":"+text[f.Start:f.End])
		}
		return strings.Join(out, " ")
	}
	require.Equal(t, "", kinds("Call "+aPhone))
	require.Equal(t, "national-id:111222333", kinds("111222333"), "a number of a country that was chosen")
	require.Equal(t, "health:Gichtanfällen", kinds("Leidet an Gichtanfällen."))
	require.Equal(t, "health:rote Flecken", kinds("rote Flecken"))
	require.Equal(t, "", kinds("Krebs"))

	_, err := his.Save(p)
	require.ErrorIs(t, err, store.ErrNoRight)
	stale := p
	p.Countries = nil
	must(g.Save(p))
	_, err = g.Save(stale)
	require.ErrorIs(t, err, store.ErrChanged)
	require.Equal(t, store.GuardChanged, must(must(s.Activity()).Events(1))[0].Kind)
	require.Equal(t, []string{"Countries"}, must(must(s.Activity()).Events(1))[0].Fields)
}

func TestS51ABadWordIsNamedByItsLine(t *testing.T) {
	_, s, _ := guardedBook(t)
	g := must(s.Guard())
	for word, leave := range map[string]bool{"*half": false, "k*": false, "in*side": false, "[health]": false, "! no": false, "...": true, "? maybe": true,
		strings.Repeat("x", 81): false} {
		w := store.GuardWords{Language: "de", Kind: "health", Find: []string{"gut"}, Leave: []string{"auch gut"}}
		if leave {
			w.Leave = append(w.Leave, "", word)
		} else {
			w.Find = append(w.Find, "", word)
		}
		_, err := g.Save(store.GuardPolicy{Words: []store.GuardWords{w}})
		var wrong *store.WordError
		require.ErrorAs(t, err, &wrong, word)
		require.ErrorIs(t, err, store.ErrGuardWord)
		require.Equal(t, leave, wrong.Leave, word)
		require.Equal(t, 3, wrong.Line, word)
		require.NotEmpty(t, wrong.Why)
		require.NotContains(t, err.Error(), word)
	}
	for _, p := range []store.GuardPolicy{
		{Countries: []string{"Austria"}}, {Rules: []store.GuardRule{{Kind: "weather", Level: store.GuardOff}}}, {Rules: []store.GuardRule{{Kind: "card", Level: 9}}},
		{Words: []store.GuardWords{{Language: "de", Kind: "card", Find: []string{"x"}}}},
	} {
		_, err := g.Save(p)
		require.Error(t, err)
	}
	require.Zero(t, must(g.Policy()).Version, "nothing was saved")
}

func TestS51ANoteWithAFindingIsNotSavedWhoeverCalls(t *testing.T) {
	b, s, c := guardedBook(t)
	for _, by := range []*store.Session{s, addStaff(t, b, s, "Jonas", store.FrontDesk)} {
		ns := must(by.Notes())
		for text, kind := range map[string]sensitive.Kind{
			"Pays with " + aCard: sensitive.Card, "Call " + aPhone: sensitive.Phone, "has cancer": sensitive.Health, "cvv 123": sensitive.SecurityCode,
		} {
			_, err := ns.Save(store.Note{Customer: c.ID, Text: text})
			var g *store.GuardError
			require.ErrorAs(t, err, &g, text)
			require.ErrorIs(t, err, store.ErrGuarded)
			require.Len(t, g.Findings, 1)
			require.Equal(t, kind, g.Findings[0].Kind)
			require.NotContains(t, err.Error(), "1111")
			require.False(t, g.InReason)

			err = ns.Import(context.Background(), []store.Note{{Customer: c.ID, Text: "fine"}, {Customer: c.ID, Text: text}}, nil)
			require.Equal(t, invoice.Problems{{Field: "[1].Text", Rule: "guard", Args: []string{kind.String()}}}, err)
		}
		require.Empty(t, must(ns.Of(c.ID)))
	}
	must(must(s.Notes()).Save(store.Note{Customer: c.ID, Text: "Her operation of the shop opens on Monday; a hint refuses nothing."}))
}

func TestS52AWarningIsKeptWithAReasonAndTheLogSaysSoWithoutTheText(t *testing.T) {
	b, s, c := guardedBook(t)
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	ns := must(jonas.Notes())
	v := store.Note{Customer: c.ID, Text: "Neighbour takes parcels, " + aPhone, Reasons: []store.GuardReason{{Kind: "phone", Count: 1, Reason: "  It is the neighbour's. "}, {Kind: "iban", Count: 1, Reason: "There is none."}}}
	v = must(ns.Save(v))
	require.Equal(t, []store.GuardReason{{Kind: "phone", Count: 1, Reason: "It is the neighbour's."}}, must(ns.Of(c.ID))[0].Reasons)
	e := must(must(s.Activity()).Events(1))[0]
	require.Equal(t, store.NoteKept, e.Kind)
	require.Equal(t, []string{"Phone"}, e.Fields)
	require.Equal(t, 1, e.Count)
	require.Equal(t, c.ID, e.Subject)

	v.Text += " or +43 660 000 4472"
	_, err := ns.Save(v)
	require.ErrorIs(t, err, store.ErrGuarded, "a second number wants a reason of its own")
	v.Reasons = []store.GuardReason{{Kind: "phone", Count: 2, Reason: " "}}
	_, err = ns.Save(v)
	var p invoice.Problems
	require.ErrorAs(t, err, &p)
	require.Equal(t, "missing", p[0].Rule)
	v.Reasons[0].Reason = "Her other one is +43 660 000 4473"
	_, err = ns.Save(v)
	var g *store.GuardError
	require.ErrorAs(t, err, &g)
	require.True(t, g.InReason)
	require.Len(t, must(ns.Of(c.ID)), 1)
	require.NotContains(t, must(ns.Of(c.ID))[0].Text, "4472")

	v.Text, v.Reasons = "Neighbour takes parcels.", v.Reasons[:0]
	v = must(ns.Save(v))
	require.Empty(t, v.Reasons)
	require.Equal(t, store.NoteChanged, must(must(s.Activity()).Events(1))[0].Kind)
}

func TestS52WhatIsBlockedStaysOnlyByTheRightToOverride(t *testing.T) {
	b, s, c := guardedBook(t)
	jonas := addStaff(t, b, s, "Jonas", store.Manager)
	v := store.Note{Customer: c.ID, Text: "Fleet card " + aCard, Reasons: []store.GuardReason{{Kind: "card", Count: 1, Reason: "Test card of the terminal"}}}
	_, err := must(jonas.Notes()).Save(v)
	require.ErrorIs(t, err, store.ErrGuarded)
	v = must(must(s.Notes()).Save(v))
	require.Equal(t, store.GuardOverridden, must(must(s.Activity()).Events(1))[0].Kind)

	// Others can go on with the note, and not put another card in its place.
	v = must(must(jonas.Notes()).Of(c.ID))[0]
	v.Text += " is in the drawer"
	v = must(must(jonas.Notes()).Save(v))
	v.Text = "Fleet card 5555 5555 5555 4444"
	_, err = must(jonas.Notes()).Save(v)
	require.ErrorIs(t, err, store.ErrGuarded)
}

func TestS51TheGuardHoldsForWhoCannotReadTheShop(t *testing.T) {
	b, s, c := guardedBook(t)
	p := must(must(s.Guard()).Policy())
	p.SetLevel(sensitive.Card, store.GuardOff)
	must(must(s.Guard()).Save(p))
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk, store.ReadShop)
	_, err := jonas.Guard()
	require.ErrorIs(t, err, store.ErrNoRight)
	_, err = must(jonas.Notes()).Save(store.Note{Customer: c.ID, Text: "Pays with " + aCard})
	require.True(t, errors.Is(err, store.ErrGuarded), "%v", err)
}

func TestS52AReasonCountsForWhatItWasGivenFor(t *testing.T) {
	_, s, c := guardedBook(t)
	ns := must(s.Notes())
	v := must(ns.Save(store.Note{Customer: c.ID, Text: "Fleet card " + aCard, Reasons: []store.GuardReason{{Kind: "card", Count: 1, Reason: "Test card of the terminal"}}}))
	v.Text = "Fleet card " + aCard + " in the drawer"
	v = must(ns.Save(v))
	v.Text = "Fleet card 5555 5555 5555 4444"
	_, err := ns.Save(v)
	require.ErrorIs(t, err, store.ErrGuarded, "it is another card")
	v.Reasons[0].New = true
	v = must(ns.Save(v))
	require.Equal(t, []store.GuardReason{{Kind: "card", Count: 1, Reason: "Test card of the terminal"}}, v.Reasons)
}

func TestT11NoNoteIsKeptWithWhatNeedsAReason(t *testing.T) {
	b, s, c := guardedBook(t)
	level := func(l store.GuardLevel) {
		p := must(must(s.Guard()).Policy())
		p.SetLevel(sensitive.Card, l)
		must(must(s.Guard()).Save(p))
	}
	level(store.GuardOff)
	ns := must(s.Notes())
	must(ns.Save(store.Note{Customer: c.ID, Kind: store.FittingNote, Text: "As before.", Piece: aCard}))
	level(store.GuardBlock)
	petra := must(addStaff(t, b, s, "Petra", store.Manager).Notes())
	worth := must(petra.Triage(context.Background(), 10, nil))
	require.Len(t, worth, 1, "the small form is looked through as well")
	_, err := petra.Keep(worth[0].Note)
	require.ErrorIs(t, err, store.ErrGuarded)
	require.Len(t, must(petra.Triage(context.Background(), 10, nil)), 1)
}
