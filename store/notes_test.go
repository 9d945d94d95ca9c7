package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/sensitive"
)

// noted is a book with a customer and the notes of the owner, a manager and the
// front desk on her.
type noted struct {
	t                   *testing.T
	c                   *clock
	b                   *store.Book
	owner               *store.Session
	giulia              store.CustomerID
	marta, petra, jonas *store.Notes
	petraIs, jonasIs    *store.Session
	today               invoice.Date
}

func newNoted(t *testing.T) *noted {
	c := newClock()
	b, s := newBook(t, c)
	x := &noted{t: t, c: c, b: b, owner: s, today: invoice.DateOf(c.now())}
	x.petraIs, x.jonasIs = addStaff(t, b, s, "Petra", store.Manager), addStaff(t, b, s, "Jonas", store.FrontDesk)
	x.giulia = must(anyway(customers(t, s), giulia())).ID
	x.marta, x.petra, x.jonas = must(s.Notes()), must(x.petraIs.Notes()), must(x.jonasIs.Notes())
	return x
}

// note is a note on the customer.
func (x *noted) note(k store.NoteKind, text string) store.Note {
	return store.Note{Customer: x.giulia, Kind: k, Text: text}
}

// seen are the texts of the notes somebody sees, in their order.
func (x *noted) seen(n *store.Notes) []string {
	out := []string{}
	for _, v := range must(n.Of(x.giulia)) {
		out = append(out, v.Text)
	}
	return out
}

func TestS22EveryKindKeepsItsSmallFormAndNothingOfAnother(t *testing.T) {
	x := newNoted(t)
	all := x.note(store.OtherNote, "text")
	all.Amount, all.Due, all.Settled = decimal.RequireFromString("120.50"), x.today.AddDays(10), true
	all.Piece, all.Size = "Frame", "40×60"
	for _, k := range store.NoteKinds() {
		all.Kind = k
		must(x.marta.Save(all))
		v := must(x.marta.Of(x.giulia))[0]
		require.Equal(t, k, v.Kind)
		require.Equal(t, k == store.PaymentNote, v.Amount.Equal(all.Amount) && v.Due == all.Due, k)
		require.Equal(t, k != store.PaymentNote, v.Amount.IsZero() && v.Due.IsZero(), k)
		require.Equal(t, k == store.ComplaintNote, v.Settled, k)
		require.Equal(t, k == store.FittingNote, v.Piece == "Frame" && v.Size == "40×60", k)
	}
	for field, spoil := range map[string]func(*store.Note){
		"Amount":  func(v *store.Note) { v.Amount = decimal.Zero },
		"Due":     func(v *store.Note) { v.Due = invoice.Date{} },
		"Kind":    func(v *store.Note) { v.Kind = 200 },
		"Sharing": func(v *store.Note) { v.Sharing = 200 },
		"Expires": func(v *store.Note) { v.Expires = x.today.AddDays(-1) },
		"Text":    func(v *store.Note) { v.Text = strings.Repeat("x", store.MaxNote+1) },
	} {
		v := all
		v.Kind = store.PaymentNote
		spoil(&v)
		_, err := x.marta.Save(v)
		require.Equal(t, []string{field}, fields(err))
	}
}

func TestS22AServiceRequirementIsAcknowledgedAsItReads(t *testing.T) {
	x := newNoted(t)
	v := must(x.marta.Save(x.note(store.ServiceNote, "Call before cutting.")))
	v = must(x.jonas.Heed(v))
	require.Equal(t, "Jonas", v.HeederName)
	require.Equal(t, "Marta", v.AuthorName)
	v.Pinned = true
	v = must(x.marta.Save(v))
	require.Equal(t, "Jonas", must(x.marta.Of(x.giulia))[0].HeederName, "pinning changes nothing of what it says")
	must(x.marta.Save(reworded(v, "Call a day before cutting.")))
	require.True(t, must(x.marta.Of(x.giulia))[0].Heeded.IsZero(), "nobody read what it says now")
	_, err := x.jonas.Heed(must(x.marta.Save(x.note(store.PreferenceNote, "Prefers oak."))))
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestS53EveryKindHasTheLifeThatWasDecidedAndANoteMayHaveItsOwn(t *testing.T) {
	x := newNoted(t)
	for kind, ends := range map[store.NoteKind]string{
		store.PreferenceNote: "2028-11-22", store.DeliveryNote: "2026-12-22", store.ComplaintNote: "2027-11-22", store.OtherNote: "2027-02-20",
		store.ServiceNote: "", store.FittingNote: "",
	} {
		v := must(x.marta.Save(x.note(kind, "text")))
		require.Equal(t, ends, v.Expires.String(), kind)
	}
	v := x.note(store.PreferenceNote, "Prefers oak.")
	v.Expires = x.today.AddDays(3)
	v = must(x.marta.Save(v))
	require.Equal(t, "2026-11-25", v.Expires.String())
	v.Expires = invoice.Date{}
	require.Equal(t, "2028-11-22", must(x.marta.Save(v)).Expires.String(), "a kind with a life has an end")
}

func TestS53AnExpiredNoteIsAskedAboutAndNeverGoneByItself(t *testing.T) {
	x := newNoted(t)
	mine := must(x.jonas.Save(x.note(store.DeliveryNote, "Ring twice.")))
	must(x.marta.Save(x.note(store.DeliveryNote, "Third floor.")))
	ctx := context.Background()
	require.Empty(t, must(x.jonas.StillNeeded(ctx)))
	x.c.at = x.c.at.AddDate(0, 0, 17)
	asked := must(x.jonas.StillNeeded(ctx))
	require.Len(t, asked, 1, "two weeks before its end, and one's own only")
	require.Equal(t, asked, must(x.jonas.StillNeeded(ctx)), "the same where nothing was changed")
	require.Equal(t, mine.ID, asked[0].ID)
	x.c.at = x.c.at.AddDate(0, 0, 40)
	require.True(t, must(x.jonas.Of(x.giulia))[1].Expired(invoice.DateOf(x.c.now())))
	require.Len(t, x.seen(x.marta), 2, "nothing goes by itself")

	kept := must(x.jonas.Keep(mine))
	require.Equal(t, "2027-02-17", kept.Expires.String())
	require.Empty(t, must(x.jonas.StillNeeded(ctx)))
	require.NoError(t, x.jonas.Delete(kept))
	require.Equal(t, []string{"Third floor."}, x.seen(x.marta))
	require.ErrorIs(t, x.jonas.Delete(kept), store.ErrNotFound)
}

func TestNotesOfSomebodyWhoIsGoneAreTheOwnersToDecideOn(t *testing.T) {
	x := newNoted(t)
	v := x.note(store.OtherNote, "Between us.")
	v.Sharing = store.ForAuthor
	must(x.jonas.Save(v))
	require.Empty(t, x.seen(x.marta))
	require.NoError(t, must(x.owner.Staff()).Disable(x.jonasIs.Profile().ID))
	require.Equal(t, []string{"Between us."}, x.seen(x.marta))
	require.Empty(t, x.seen(x.petra))
	x.c.at = x.c.at.AddDate(0, 0, 100)
	require.Len(t, must(x.marta.StillNeeded(context.Background())), 1)
	require.NoError(t, x.marta.Delete(must(x.marta.Of(x.giulia))[0]))
}

func TestANoteIsSeenAndTouchedOnlyByThoseItIsFor(t *testing.T) {
	x := newNoted(t)
	for _, sharing := range store.Sharings() {
		v := x.note(store.PreferenceNote, sharing.String())
		v.Sharing = sharing
		must(x.jonas.Save(v))
	}
	require.Equal(t, []string{"author", "managers", "all"}, x.seen(x.jonas))
	require.Equal(t, []string{"managers", "all"}, x.seen(x.petra))
	require.Equal(t, []string{"managers", "all"}, x.seen(x.marta))
	lena := must(addStaff(t, x.b, x.owner, "Lena", store.FrontDesk).Notes())
	require.Equal(t, []string{"all"}, x.seen(lena))

	private := must(x.jonas.Of(x.giulia))[0]
	_, err := x.petra.Save(reworded(private, "seen"))
	require.ErrorIs(t, err, store.ErrNotFound)
	require.ErrorIs(t, x.petra.Delete(private), store.ErrNotFound)
	_, err = x.petra.Heed(private)
	require.ErrorIs(t, err, store.ErrNotFound)
	open := must(x.petra.Of(x.giulia))[1]
	open.Sharing = store.ForAuthor
	_, err = x.petra.Save(open)
	require.Equal(t, []string{"Sharing"}, fields(err), "nobody hides a note that somebody else wrote from all others")

	traces := must(customers(t, x.owner).Traces(x.giulia))
	require.Equal(t, 3, traces.Notes, "what is erased is counted, also what the owner does not see")
	require.NoError(t, x.owner.StepUp(store.Passphrase(ownerPass)))
	require.NoError(t, customers(t, x.owner).Erase(context.Background(), x.giulia, nil))
	require.Empty(t, x.seen(x.jonas), "it goes with the customer")
}

func TestOneDeletesOnesOwnNotesAndOthersOnlyWithTheRight(t *testing.T) {
	x := newNoted(t)
	his, hers := must(x.jonas.Save(x.note(store.PreferenceNote, "his"))), must(x.marta.Save(x.note(store.PreferenceNote, "hers")))
	require.ErrorIs(t, x.jonas.Delete(hers), store.ErrNoRight)
	claimed := hers
	claimed.Author = his.Author
	require.ErrorIs(t, x.jonas.Delete(claimed), store.ErrNotFound)
	newer := must(x.marta.Save(reworded(his, "his, better")))
	require.Equal(t, "Marta", newer.EditorName)
	require.ErrorIs(t, x.jonas.Delete(his), store.ErrChanged)
	require.NoError(t, x.jonas.Delete(newer))
	require.NoError(t, x.petra.Delete(hers))
	require.Empty(t, x.seen(x.marta))
}

func TestPinnedNotesComeFirst(t *testing.T) {
	x := newNoted(t)
	v := must(x.marta.Save(x.note(store.PreferenceNote, "first")))
	must(x.marta.Save(x.note(store.PreferenceNote, "second")))
	require.Equal(t, []string{"second", "first"}, x.seen(x.marta))
	v.Pinned = true
	must(x.marta.Save(v))
	require.Equal(t, []string{"first", "second"}, x.seen(x.jonas))
}

func TestANoteFromBeforeThereWereKindsIsAnOtherAndDoesNotExpire(t *testing.T) {
	v := store.Note{}
	require.Equal(t, store.OtherNote, v.Kind)
	require.Equal(t, store.ForAll, v.Sharing)
	require.False(t, v.Expired(invoice.Date{Year: 9999, Month: 1, Day: 1}))
}

func TestALifeEndsOnADayOfTheCalendarThatIsLater(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		from := invoice.DateOf(time.Unix(rapid.Int64Range(0, 4e9).Draw(rt, "from"), 0).UTC())
		v := store.Note{Kind: rapid.SampledFrom(store.NoteKinds()).Draw(rt, "kind")}
		for _, d := range []invoice.Date{v.Kept(from), v.Kind.Life().After(from)} {
			_, err := d.MarshalText()
			require.NoError(rt, err)
			require.True(rt, d.IsZero() || from.Before(d))
		}
		require.False(rt, v.Kept(from).IsZero())
	})
}

func TestT11TheNotesThatNeedItMostComeFirst(t *testing.T) {
	x := newNoted(t)
	ctx := context.Background()
	x.c.at = x.c.at.AddDate(-3, 0, 0)
	must(x.jonas.Save(x.note(store.FittingNote, "Oak, 40×60.")))
	x.c.at = x.c.at.AddDate(3, 0, 0)
	must(x.jonas.Save(x.note(store.PreferenceNote, "Prefers oak.")))
	guard := must(x.owner.Guard())
	p := must(guard.Policy())
	p.SetLevel(sensitive.Card, store.GuardOff)
	p = must(guard.Save(p))
	must(x.jonas.Save(x.note(store.OtherNote, "Charge 4111 1111 1111 1111 next time.")))
	p.SetLevel(sensitive.Card, store.GuardBlock)
	must(guard.Save(p))
	must(x.jonas.Save(x.note(store.PreferenceNote, strings.Repeat("Prefers oak. ", 60))))
	list := must(x.marta.Triage(ctx, 10, nil))
	var why []string
	for _, v := range list {
		why = append(why, v.Note.Text[:6])
	}
	require.Equal(t, []string{"Charge", "Oak, 4", "Prefer"}, why, "a short note of a kind is left alone")
	require.Equal(t, []sensitive.Kind{sensitive.Card}, list[0].Found)
	require.True(t, list[1].Old)
	require.True(t, list[2].Long)
	require.Len(t, must(x.marta.Triage(ctx, 1, nil)), 1)
	must(x.marta.Keep(list[2].Note))
	require.Len(t, must(x.marta.Triage(ctx, 10, nil)), 2, "what was kept does not come again")
	x.c.at = x.c.at.AddDate(1, 1, 0)
	require.NotEmpty(t, must(x.marta.Triage(ctx, 10, nil)))
	stopped, stop := context.WithCancel(ctx)
	stop()
	_, err := x.marta.Triage(stopped, 10, nil)
	require.ErrorIs(t, err, context.Canceled)
}

func TestS22WhatSomebodyKeepsToThemselvesLeavesNeitherByAPreviewNorByTheExport(t *testing.T) {
	x := newNoted(t)
	own := x.note(store.PreferenceNote, "mine alone")
	own.Sharing = store.ForAuthor
	must(x.petra.Save(own))
	must(x.petra.Save(x.note(store.PreferenceNote, "for all")))
	require.Equal(t, []string{"for all", "mine alone"}, x.seen(x.petra))
	p := must(x.owner.PreviewAs(x.petraIs.Profile().ID))
	require.Equal(t, []string{"for all"}, x.seen(must(p.Notes())))

	require.NoError(t, x.owner.StepUp(store.Passphrase(ownerPass)))
	e := must(x.owner.Export())
	require.NoError(t, e.Begin())
	var left []string
	take := func(v store.Note) error { left = append(left, v.Text); return nil }
	require.NoError(t, e.Notes(take))
	require.Empty(t, left, "nor does any without a tick")
	e.WithNotes = true
	require.NoError(t, e.Notes(take))
	require.Equal(t, []string{"for all"}, left)
}
