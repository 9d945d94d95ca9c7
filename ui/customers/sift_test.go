package customers

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

var day = invoice.DateOf(screentest.Today)

// imported writes notes on a customer under the name of who is signed in.
func imported(d *screentest.Desk, name string, list ...store.Note) {
	d.T.Helper()
	book, err := d.Env.Session.Notes()
	require.NoError(d.T, err)
	for i := range list {
		list[i].Customer = customer(d, name).ID
	}
	require.NoError(d.T, book.Import(context.Background(), list, nil))
}

func TestT11FiftyNotesAreGoneThroughWithTheKeyboardAlone(t *testing.T) {
	d := as(t, owner)
	var list []store.Note
	for i := range 50 {
		list = append(list, store.Note{Kind: store.FittingNote, Text: fmt.Sprintf("%d. %s", i, strings.Repeat("Chose oak for the hall. ", 20))})
	}
	imported(d, "Maria Esposito", list...)
	open(d)
	d.Tap("More for customers")
	d.Tap("Go through old notes…")
	require.True(t, d.HasText("1 of 50"))
	require.True(t, d.HasText("characters"))
	look(d, "triage")
	keys := 0
	for i := range 50 {
		d.At = d.At.Add(time.Second)
		switch i % 5 {
		case 0:
			d.TypeOn("s")
			d.TypeOn("Short: ") // the text stays, and is longer by this
			d.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
			keys += 3
		case 1:
			d.TypeOn("d")
			d.At = d.At.Add(time.Second)
			d.TypeOn("d")
			keys += 2
		case 2:
			d.TypeOn("n")
			keys++
		default:
			d.TypeOn("k")
			keys++
		}
	}
	require.True(t, strings.Contains(d.Said[len(d.Said)-1].Text, "kept: 20, shortened: 10, deleted: 10, left for later: 10"), d.Said)
	require.Len(t, notesOf(d, customer(d, "Maria Esposito")), 40)
	require.Less(t, keys, 100, "at a key in three seconds that is five minutes")
	d.Tap("More for customers")
	d.Tap("Go through old notes…")
	require.True(t, d.HasText("1 of 10"), "what was decided on does not come again")
	d.Press(fyne.KeyEscape)
	require.Empty(t, d.Failed)
}

func TestT11MovingLeadsToTheNoteAtItsCustomer(t *testing.T) {
	d := as(t, owner)
	imported(d, "Maria Esposito", store.Note{Kind: store.FittingNote, Text: strings.Repeat("Chose oak for the hall. ", 20)})
	s := open(d)
	d.Tap("More for customers")
	d.Tap("Go through old notes…")
	d.TypeOn("m")
	require.Equal(t, "Maria Esposito", s.detail.c.Name)
	require.Len(t, s.detail.notes.edits, 1)
	require.Equal(t, writeHere, d.Focused())
}

func TestS53WhoWroteANoteIsAskedWhetherItIsStillNeeded(t *testing.T) {
	d := as(t, owner)
	imported(d, "Maria Esposito", store.Note{Kind: store.DeliveryNote, Text: "Ring twice.", Expires: day.AddDays(-2)},
		store.Note{Kind: store.PreferenceNote, Text: "Prefers oak.", Expires: day.AddDays(5)})
	s := open(d)
	require.True(t, d.HasText("2 of your notes end soon or have ended."))
	look(d, "still-needed")
	d.Tap("Look at them")
	require.True(t, d.HasText("Ring twice."))
	look(d, "still-sift")
	d.TypeOn("k")
	d.TypeOn("d")
	for range 20 {
		d.TypeOn("d")
	}
	require.Len(t, notesOf(d, customer(d, "Maria Esposito")), 2, "nor does one that is held down")
	d.At = d.At.Add(time.Second)
	d.TypeOn("d")
	list := notesOf(d, customer(d, "Maria Esposito"))
	require.Len(t, list, 1)
	require.Equal(t, day.AddDays(30), list[0].Expires)
	require.False(t, d.HasText("Still needed?"))
	require.Empty(t, s.still.Objects)

	d = as(t, frontDesk)
	open(d)
	require.NotContains(t, d.Controls(), "More for customers")
}

func TestS53AnExpiredNoteIsNotAmongTheOthersUntilItIsAskedFor(t *testing.T) {
	d := as(t, owner)
	imported(d, "Maria Esposito", store.Note{Kind: store.DeliveryNote, Text: "Ring twice.", Expires: day.AddDays(-1)})
	openAt(d, "Maria Esposito")
	require.False(t, d.HasText("Ring twice."))
	d.Tap("1 note that may not be needed any more")
	require.True(t, d.HasText("Ring twice."))
	look(d, "expired")
	d.Tap("Keep until 22 Dec 2026")
	require.True(t, d.HasText("until 22 Dec 2026"))
	require.False(t, d.HasText("may not be needed"))
}

func TestS22TheKindIsAskedForAndOtherOnceMore(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Maria Esposito")
	d.Type(writeHere, "Prefers oak.")
	d.Tap("Add note")
	require.True(t, d.HasText("Choose what the note is about."))
	require.Equal(t, "Prefers oak.", d.Value(writeHere))
	d.Tap("Other…")
	require.False(t, s.detail.notes.add.typed().Chosen)
	look(d, "note-other")
	d.Tap("It is none of them")
	d.Tap("Add note")
	require.Equal(t, store.OtherNote, notesOf(d, s.detail.c)[0].Kind)
}

func TestS22APaymentAgreementWantsAnAmountAndADay(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Maria Esposito")
	d.Tap("Payment agreement")
	require.Equal(t, writeHere, d.Focused())
	d.Tap("Pays the rest…")
	d.TypeOn("when collecting.")
	d.Type("Amount in EUR", "many")
	d.Tap("Add note")
	require.True(t, d.HasText("not a number that can be read"))
	d.Type("Amount in EUR", "120,50")
	d.Type("Due on", "")
	d.Tap("Add note")
	require.True(t, d.HasText("Please fill in the due date"))
	look(d, "note-payment")
	d.Type("Due on", "24.12.2026")
	d.Tap("Add note")
	v := notesOf(d, s.detail.c)[0]
	require.Equal(t, "Pays the rest when collecting.", v.Text)
	require.Equal(t, "120.5", v.Amount.String())
	require.True(t, d.HasText("€ 120.50, due 24 Dec 2026"))
	require.Empty(t, d.Failed)
}

func TestANoteIsPinnedSettledAcknowledgedAndDeletedWhereItStands(t *testing.T) {
	d := as(t, owner)
	imported(d, "Maria Esposito", store.Note{Kind: store.ServiceNote, Text: "Call before cutting."}, store.Note{Kind: store.ComplaintNote, Text: "Loose corner."})
	s := openAt(d, "Maria Esposito")
	look(d, "note-kinds")
	d.Tap("Acknowledge")
	require.True(t, d.HasText("acknowledged 22 Nov 2026 by Marta R."))
	find := func(text string) store.Note {
		for _, v := range notesOf(d, s.detail.c) {
			if v.Text == text {
				return v
			}
		}
		return store.Note{}
	}
	for _, item := range s.detail.notes.items(find("Loose corner.")) {
		if item.Text == "Mark as settled" {
			item.Do()
		}
	}
	require.True(t, find("Loose corner.").Settled)
	s.detail.notes.askDelete(find("Loose corner."))
	d.Tap("Delete note")
	require.False(t, d.HasText("Loose corner."))
	require.Empty(t, d.Failed)
}

func TestN2NotesCanBeHiddenWhileTheDetailsStayVisible(t *testing.T) {
	d := asNew(t, store.FrontDesk, store.ReadNotes)
	openAt(d, "Giulia Conti")
	require.True(t, d.HasText("Neubaugasse 12"))
	require.False(t, d.HasText("Prefers pickup"))
	require.NotContains(t, d.Texts(), "Notes")
	require.Empty(t, d.Failed)
}

func TestT11WhatIsBeingShortenedOutlivesALock(t *testing.T) {
	d := as(t, owner)
	imported(d, "Maria Esposito", store.Note{Kind: store.FittingNote, Text: strings.Repeat("Chose oak for the hall. ", 20)})
	s := open(d)
	d.Tap("More for customers")
	d.Tap("Go through old notes…")
	d.TypeOn("s")
	d.TypeOn("Other: ")
	d.Tap("Cancel")
	d.Tap("Close without saving")
	require.Empty(t, s.unsaved(), "given up")
	d.At = d.At.Add(time.Second)
	d.TypeOn("s")
	_, unsaved := s.Work()
	require.False(t, unsaved)
	d.TypeOn("Short: ")
	again := open(d)
	keep(d, s, again)
	require.Contains(t, again.unsaved()[0].Text, "Short: ")
}
