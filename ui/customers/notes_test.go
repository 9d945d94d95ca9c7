package customers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

const writeHere = "Write a note…"

// writeNote types a note into the box for a new one.
func writeNote(d *screentest.Desk, text string) {
	d.T.Helper()
	if d.Has("Preference") {
		d.Tap("Preference")
	}
	d.Type(writeHere, text)
}

func TestANoteIsAddedWithItsButtonOrWithCtrlS(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	require.True(t, s.detail.notes.add.save.Disabled(), "there is nothing to add")
	writeNote(d, "Asked for a second frame.")
	d.Tap("Add note")
	writeNote(d, "Comes on Friday.")
	s.Save()
	list := notesOf(d, s.detail.c)
	require.Len(t, list, 3)
	require.Equal(t, "Comes on Friday.", list[0].Text)
	require.True(t, d.HasText("Asked for a second frame."))
	require.Empty(t, d.Value(writeHere))
	_, unsaved := s.Work()
	require.False(t, unsaved)
	look(d, "notes")
}

func TestN1TheNotesPanelSaysWhoReadsIt(t *testing.T) {
	d := as(t, owner)
	openAt(d, "Giulia Conti")
	require.True(t, d.HasText("read by Owner, Manager, Front desk, Workshop"))
	require.True(t, d.HasText("Other · Marta R. · 22 Nov 2026 · until 20 Feb 2027"))
}

func TestANoteTooLongIsKeptAndNotSaved(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	require.True(t, d.HasText("0 of 280 characters."))
	d.Tap("Preference")
	long := strings.Repeat("ä", store.MaxNote-3)
	s.detail.notes.add.area.SetText(long)
	require.True(t, d.HasText("3,997 characters. Up to 280 are read at a glance"))
	s.detail.notes.add.area.SetText(long + "12345")
	require.True(t, d.HasText("2 characters too many"))
	require.True(t, s.detail.notes.add.save.Disabled())
	s.Save()
	require.Len(t, notesOf(d, s.detail.c), 1)
	require.Equal(t, long+"12345", d.Value(writeHere))
	s.detail.notes.add.area.SetText(long + "123")
	s.Save()
	require.Len(t, notesOf(d, s.detail.c), 2)
}

func TestOnesOwnNotesCanBeEditedAndOthersOnlyWithTheRight(t *testing.T) {
	d := as(t, frontDesk)
	s := openAt(d, "Giulia Conti")
	notes := s.detail.notes
	require.False(t, notes.mayEdit(notes.list[0]), "the owner wrote it")
	writeNote(d, "Comes on Friday.")
	s.Save()
	require.True(t, notes.mayEdit(notes.list[0]))

	own := notes.list[0]
	notes.startEdit(own)
	notes.fill()
	notes.edits[own.ID].area.SetText("Comes on Saturday.")
	s.Save()
	require.Equal(t, "Comes on Saturday.", notesOf(d, s.detail.c)[0].Text)
	require.True(t, d.HasText("changed 22 Nov 2026"))

	d = as(t, owner)
	s = openAt(d, "Giulia Conti")
	require.True(t, s.detail.notes.mayEdit(s.detail.notes.list[0]))
}

func TestCancellingAnEditKeepsTheNote(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	notes := s.detail.notes
	v := notes.list[0]
	notes.startEdit(v)
	notes.fill()
	_, unsaved := s.Work()
	require.False(t, unsaved, "nothing was changed yet")
	notes.edits[v.ID].area.SetText("other")
	look(d, "note-edit")
	d.Tap("Cancel")
	require.True(t, d.HasText("What you typed here is not saved yet."))
	require.Equal(t, "Keep typing", d.Focused(), "a stray Enter loses nothing")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "other", notes.edits[v.ID].area.Text)
	d.Tap("Cancel")
	d.Tap("Close without saving")
	require.True(t, d.HasText(v.Text))
	_, unsaved = s.Work()
	require.False(t, unsaved)
}

func TestANoteChangedByOthersIsShownBeforeItIsReplaced(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	notes := s.detail.notes
	v := notes.list[0]
	notes.startEdit(v)
	notes.fill()
	notes.edits[v.ID].area.SetText("Mine.")
	theirs := v
	theirs.Text = "Theirs."
	_, err := notes.book.Save(theirs)
	require.NoError(t, err)
	s.Save()
	require.True(t, d.HasText("It now says: “Theirs.”"))
	require.Equal(t, "Theirs.", notesOf(d, s.detail.c)[0].Text)
	require.Equal(t, "Mine.", notes.edits[v.ID].area.Text)
	s.Save()
	require.Equal(t, "Mine.", notesOf(d, s.detail.c)[0].Text)
}

func TestATypedNoteStaysWhileOtherCustomersAreLookedAt(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	writeNote(d, "Half a thought")
	s.open(customer(d, "Henrik Olsen"))
	require.Empty(t, d.Value(writeHere))
	s.open(customer(d, "Giulia Conti"))
	require.Equal(t, "Half a thought", d.Value(writeHere))
}

func TestLeavingWithATypedNoteAsks(t *testing.T) {
	type answer struct {
		button    string
		left      bool
		noteCount int
	}
	for _, a := range []answer{{"Save note", true, 2}, {"Leave without saving", true, 1}, {"Stay here", false, 1}} {
		t.Run(a.button, func(t *testing.T) {
			d := as(t, owner)
			s := openAt(d, "Giulia Conti")
			writeNote(d, "Half a thought")
			left := false
			s.Leave(func() { left = true })
			require.False(t, left)
			require.True(t, d.HasText("Save the note on Giulia Conti?"))
			require.Equal(t, "Save note", d.Focused(), "Enter does not give the note up")
			if a.button == "Stay here" {
				look(d, "leave")
			}
			d.Tap(a.button)
			require.Equal(t, a.left, left)
			require.Len(t, notesOf(d, customer(d, "Giulia Conti")), a.noteCount)
			if !a.left {
				require.Equal(t, "Half a thought", d.Value(writeHere))
			}
		})
	}
}

func TestLeavingWithNothingTypedAsksNothing(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	d.Type(writeHere, "  ")
	left := false
	s.Leave(func() { left = true })
	require.True(t, left)
}

func TestATypedNoteComesBackAfterLockAndSignIn(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	v := s.detail.notes.list[0]
	writeNote(d, "Half a thought")
	s.detail.notes.startEdit(v)
	s.detail.notes.edits[v.ID].area.SetText("Changed.")
	s.open(customer(d, "Henrik Olsen"))
	writeNote(d, "Another")
	again := open(d)
	keep(d, s, again)
	require.Equal(t, "Henrik Olsen", again.detail.c.Name)
	require.Equal(t, "Another", d.Value(writeHere))
	require.Equal(t, writeHere, d.Focused())
	again.open(customer(d, "Giulia Conti"))
	require.Equal(t, "Half a thought", again.detail.notes.add.area.Text)
	require.Equal(t, "Changed.", again.detail.notes.edits[v.ID].area.Text)
	again.Save()
	require.Equal(t, []string{"Half a thought", "Changed."}, texts(notesOf(d, again.detail.c)))
}

func texts(list []store.Note) []string {
	var out []string
	for _, v := range list {
		out = append(out, v.Text)
	}
	return out
}

func TestTheNewestNotesAreShownAndAllOnRequest(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Maria Esposito")
	require.True(t, d.HasText("No note yet."))
	for range mostNotes + 2 {
		_, err := s.detail.notes.book.Save(store.Note{Customer: s.detail.c.ID, Text: "Again."})
		require.NoError(t, err)
	}
	s.open(s.detail.c)
	count := func() int { return strings.Count(joined(d.Texts()), "Again.") }
	require.Equal(t, mostNotes, count())
	d.Tap("Show all 12 notes")
	require.Equal(t, mostNotes+2, count())
}

func TestEscapeLeadsFromANoteToTheList(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	writeNote(d, "Half")
	d.Press(fyne.KeyEscape, fyne.KeyDown)
	require.Equal(t, "Henrik Olsen", s.detail.c.Name)
}
