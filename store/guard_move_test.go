package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/internal/vault"
	"counterbook/store/sensitive"
)

// first is the first thing the guard finds in a text.
func first(t testing.TB, s *store.Session, text string) sensitive.Finding {
	found := must(must(s.Guard()).Find(text))
	require.NotEmpty(t, found, text)
	return found[0].Finding
}

func TestS21WhatHasAFieldGoesThereAndOutOfTheNoteAtOnce(t *testing.T) {
	for text, want := range map[string]struct {
		rest string
		has  func(store.Customer) string
		is   string
	}{
		"Call +43 660 000 4471 first.":            {"Call first.", func(c store.Customer) string { return c.Phone }, "+43 660 0004471"},
		"E-mail: giulia@posteo.example":           {"", func(c store.Customer) string { return c.Email }, "giulia@posteo.example"},
		"VAT ATU13585627, pays late":              {"pays late", func(c store.Customer) string { return c.VATID }, "ATU13585627"},
		"Lives at Hauptstraße 5, oak frame":       {"Lives at, oak frame", func(c store.Customer) string { return c.Address.Street }, "Hauptstraße 5"},
		"Lives at: Rathausmarkt 5, 10115 Berlin.": {"Lives at.", func(c store.Customer) string { return c.Address.Postcode + " " + c.Address.City }, "10115 Berlin"},
	} {
		_, s, c := guardedBook(t)
		ns := must(s.Notes())
		m, err := ns.Move(store.Note{Customer: c.ID}, text, first(t, s, text), false)
		require.NoError(t, err, text)
		require.Equal(t, want.rest, m.Text)
		require.Equal(t, want.is, want.has(must(customers(t, s).Get(c.ID))))
		require.Equal(t, must(customers(t, s).Get(c.ID)), m.Customer)
		e := must(must(s.Activity()).Events(1))[0]
		require.Equal(t, store.NoteMoved, e.Kind)
		require.Len(t, e.Fields, 1)
		require.Empty(t, must(ns.Of(c.ID)), "what was typed is not saved by it")
	}
}

func TestS21AStoredNoteLosesWhatIsMovedInTheSameChange(t *testing.T) {
	_, s, c := guardedBook(t)
	ns := must(s.Notes())
	v := must(ns.Save(store.Note{Customer: c.ID, Text: "Call " + aPhone + " before cutting.", Reasons: []store.GuardReason{{Kind: "phone", Count: 1, Reason: "The wife's"}}}))
	typed := v.Text + " Half a thought"
	m, err := ns.Move(v, typed, first(t, s, typed), false)
	require.NoError(t, err)
	require.Equal(t, "Call before cutting. Half a thought", m.Text)
	stored := must(ns.Of(c.ID))[0]
	require.Equal(t, "Call before cutting.", stored.Text)
	require.Empty(t, stored.Reasons)
	require.Equal(t, stored.Version, m.Note.Version)
	require.Equal(t, stored.Version, must(customers(t, s).Get(c.ID)).Version, "both in one change")

	// A note that was nothing else goes with it.
	v = must(ns.Save(store.Note{Customer: c.ID, Text: "giulia@posteo.example", Reasons: []store.GuardReason{{Kind: "email", Count: 1, Reason: "For the shop"}}}))
	m, err = ns.Move(v, v.Text, first(t, s, v.Text), false)
	require.NoError(t, err)
	require.Empty(t, m.Text)
	require.True(t, m.Note.ID.IsZero())
	require.Len(t, must(ns.Of(c.ID)), 1)
}

func TestS21AFieldThatHoldsSomethingElseIsAskedAbout(t *testing.T) {
	_, s, c := guardedBook(t)
	c.Phone = "+43 660 111222"
	c = must(customers(t, s).Save(c))
	ns := must(s.Notes())
	text := "Call " + aPhone
	_, err := ns.Move(store.Note{Customer: c.ID}, text, first(t, s, text), false)
	var taken *store.TakenError
	require.ErrorAs(t, err, &taken)
	require.Equal(t, "Phone", taken.Field)
	require.NotContains(t, err.Error(), "222")
	require.Equal(t, "+43 660 111222", must(customers(t, s).Get(c.ID)).Phone)
	must(ns.Move(store.Note{Customer: c.ID}, text, first(t, s, text), true))
	require.Equal(t, "+43 660 0004471", must(customers(t, s).Get(c.ID)).Phone)
	m := must(ns.Move(store.Note{Customer: c.ID}, "Tel: +43660 0004471 now", first(t, s, "Tel: +43660 0004471 now"), false))
	require.Equal(t, "now", m.Text, "the same number asks nothing")
}

func TestS21MovingNeedsTheRightsToBoth(t *testing.T) {
	b, s, c := guardedBook(t)
	v := must(must(s.Notes()).Save(store.Note{Customer: c.ID, Text: "Call " + aPhone, Reasons: []store.GuardReason{{Kind: "phone", Count: 1, Reason: "The wife's"}}}))
	f := first(t, s, v.Text)
	_, err := must(addStaff(t, b, s, "Ines", store.Workshop).Notes()).Move(v, v.Text, f, false)
	require.ErrorIs(t, err, store.ErrNoRight)
	_, err = must(addStaff(t, b, s, "Jonas", store.FrontDesk).Notes()).Move(v, v.Text, f, false)
	require.ErrorIs(t, err, store.ErrNoRight, "it is another's note")
	require.Empty(t, must(customers(t, s).Get(c.ID)).Phone, "nothing of it was done")
	_, err = must(s.Notes()).Move(v, "nothing here to be moved at all", f, false)
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = must(s.Notes()).Move(store.Note{Customer: c.ID}, "Pays with "+aCard, first(t, s, "Pays with "+aCard), false)
	require.ErrorIs(t, err, store.ErrNotFound, "a card has no field")
}

func TestS52WhatWasTakenOutIsInNoRecordAndNotInTheLog(t *testing.T) {
	_, s, c := guardedBook(t)
	ns := must(s.Notes())
	v := must(ns.Save(store.Note{Customer: c.ID, Text: "Pays with " + aCard + " on Mondays.", Reasons: []store.GuardReason{{Kind: "card", Count: 1, Reason: "Old habit"}}}))
	f := first(t, s, v.Text)
	end, ok := sensitive.Ending(v.Text, f)
	require.True(t, ok)
	v.Text = sensitive.Replace(v.Text, f, "card ending "+end)
	must(ns.Save(v))
	for area, records := range plainRecords(t, s) {
		for _, plain := range records {
			require.NotContains(t, strings.ReplaceAll(plain, " ", ""), "4111111111111111", area)
		}
	}
	require.Equal(t, "Pays with card ending 1111 on Mondays.", must(ns.Of(c.ID))[0].Text)
	require.Empty(t, must(ns.Of(c.ID))[0].Reasons)
}

// plainRecords is every record that a session can open, as it stands in the book.
func plainRecords(t testing.TB, s *store.Session) map[string][]string {
	out := map[string][]string{}
	for name, a := range store.Areas() {
		require.NoError(t, s.Vault().Scan(a, nil, func(_ vault.ID, plain []byte, _ uint64) error {
			out[name] = append(out[name], string(plain))
			return nil
		}))
	}
	require.NotEmpty(t, out["notes"])
	require.NoError(t, s.Vault().Log(func(e vault.Entry) bool {
		out["log"] = append(out["log"], string(e.Event))
		return true
	}))
	require.NotEmpty(t, out["log"])
	return out
}

func TestS21NothingIsMovedIntoAFieldThatTheShopDoesNotCollect(t *testing.T) {
	_, s, c := guardedBook(t)
	g, ns := must(s.Guard()), must(s.Notes())
	text := "Call " + aPhone
	require.Equal(t, "Phone", must(g.Home(c, text, first(t, s, text))))
	collect(t, s, map[string]store.Collect{"Phone": store.Hidden})
	require.Empty(t, must(g.Home(c, text, first(t, s, text))), "it is not offered")
	for _, replace := range []bool{false, true} {
		_, err := ns.Move(store.Note{Customer: c.ID}, text, first(t, s, text), replace)
		require.Equal(t, []string{"Phone: not collected"}, wrong(t, err))
	}
	require.Empty(t, must(customers(t, s).Get(c.ID)).Phone)
}

func TestS21ASecondPhoneGoesBesideTheFirst(t *testing.T) {
	_, s, c := guardedBook(t)
	c.Phone = "+43 660 111222"
	c = must(customers(t, s).Save(c))
	g, ns := must(s.Guard()), must(s.Notes())
	text := "Call " + aPhone
	require.Equal(t, "Phone", must(g.Home(c, text, first(t, s, text))), "a second one is not collected")
	collect(t, s, map[string]store.Collect{"Phone2": store.Optional})
	require.Equal(t, "Phone2", must(g.Home(c, text, first(t, s, text))))
	m := must(ns.Move(store.Note{Customer: c.ID}, text, first(t, s, text), false))
	require.Equal(t, []string{"+43 660 111222", "+43 660 0004471"}, []string{m.Customer.Phone, m.Customer.Phone2})

	other := "Call +43 660 999888"
	_, err := ns.Move(store.Note{Customer: c.ID}, other, first(t, s, other), false)
	var taken *store.TakenError
	require.ErrorAs(t, err, &taken)
	require.Equal(t, "Phone", taken.Field, "there is room for two")
	same := "Call 0660 111222 first"
	m = must(ns.Move(store.Note{Customer: c.ID}, same, first(t, s, same), false))
	require.Equal(t, "+43 660 0004471", m.Customer.Phone2, "the first one is there already")
}

func TestS21ADateOfBirthBecomesABirthdayWhereThatIsCollected(t *testing.T) {
	_, s, c := guardedBook(t)
	g, ns := must(s.Guard()), must(s.Notes())
	text := "Born 17 May 1980, likes oak"
	require.Empty(t, must(g.Home(c, text, first(t, s, text))))
	_, err := ns.Move(store.Note{Customer: c.ID}, text, first(t, s, text), false)
	require.Equal(t, []string{"Birthday: not collected"}, wrong(t, err))
	f := collect(t, s, map[string]store.Collect{"Birthday": store.Optional})
	require.Equal(t, "Birthday", must(g.Home(c, text, first(t, s, text))))
	m := must(ns.Move(store.Note{Customer: c.ID}, text, first(t, s, text), false))
	require.Equal(t, store.Birthday{Month: time.May, Day: 17}, m.Customer.Birthday, "without the year, which is not kept")
	require.Equal(t, "likes oak", m.Text)

	f.BirthYear = true
	must(must(s.Shop()).SaveFields(f))
	text = "Born 05.06.1981"
	_, err = ns.Move(store.Note{Customer: c.ID}, text, first(t, s, text), false)
	require.ErrorIs(t, err, store.ErrTaken)
	m = must(ns.Move(store.Note{Customer: c.ID}, text, first(t, s, text), true))
	require.Equal(t, store.Birthday{Month: time.June, Day: 5, Year: 1981}, m.Customer.Birthday)
}
