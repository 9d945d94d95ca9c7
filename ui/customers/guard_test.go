package customers

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sensitive"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

const (
	aCard  = "4111 1111 1111 1111"
	aPhone = "+43 660 000 4471"
)

// writing opens a customer with a text in the editor of a new note, of a kind.
func writing(t *testing.T, profile int, name, text string) (*screentest.Desk, *directory, *noteEditor) {
	t.Helper()
	d := as(t, profile)
	s := openAt(d, name)
	f := s.detail.notes.add
	f.take(store.PreferenceNote)
	d.Focus(writeHere)
	d.Paste(text)
	return d, s, f
}

func alt(d *screentest.Desk, n fyne.KeyName) {
	d.Shortcut(&desktop.CustomShortcut{KeyName: n, Modifier: guardModifier()})
}

func TestS51WhatIsPastedIsSaidUnderTheTextAtOnce(t *testing.T) {
	d, s, f := writing(t, owner, "Giulia Conti", "Pays with "+aCard+". Call "+aPhone+".")
	require.True(t, d.HasText("A card number: “"+aCard+"”"))
	require.True(t, d.HasText("Whoever reads the note could pay with it."))
	require.True(t, d.HasText("A phone number: “"+aPhone+"”"))
	look(d, "guard")
	before := len(notesOf(d, s.detail.c))
	s.Save()
	require.Len(t, notesOf(d, s.detail.c), before, "it is not saved")
	require.Equal(t, "Pays with "+aCard+". Call "+aPhone+".", f.area.Text, "and nothing is lost")
	require.Equal(t, writeHere, d.Focused())
	f.area.SetText("Pays in cash.")
	require.False(t, d.HasText("A card number: “"+aCard+"”"))
	require.Len(t, f.guard.box.Objects, 0)
}

func TestS51WhatIsFoundIsInViewInASmallWindow(t *testing.T) {
	d := as(t, owner)
	d.Resize(fyne.NewSize(816, 700))
	s := openAt(d, "Giulia Conti")
	f := s.detail.notes.add
	f.take(store.PreferenceNote)
	d.Focus(writeHere)
	d.Settle()
	d.Paste("Pays with " + aCard + ".")
	d.Settle()
	bottom := func(o fyne.CanvasObject) float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y + o.Size().Height
	}
	require.LessOrEqual(t, bottom(f.guard.acts[0]), float32(700), "what can be done about it is seen without scrolling")
	require.Greater(t, bottom(f.area), float32(80), "and so is the text")
}

func TestS51WhatIsTypedIsLookedAtAfterAPauseAndBeforeItIsSaved(t *testing.T) {
	d, s, f := writing(t, owner, "Giulia Conti", "")
	var waiting func()
	was := widgets.After
	widgets.After = func(_ time.Duration, f func()) func() { waiting = f; return func() { waiting = nil } }
	defer func() { widgets.After = was }()
	d.TypeOn("Door code 4711")
	require.Empty(t, f.guard.found, "nobody is interrupted at every letter")
	waiting()
	require.Len(t, f.guard.found, 1)
	d.TypeOn("5, pin: 90210")
	s.Save()
	require.Len(t, f.guard.found, 2, "saving waits for no pause")
	require.Len(t, notesOf(d, s.detail.c), 1)
}

func TestS52AMaskedNumberIsGoneFromTheNoteUndoAndDesk(t *testing.T) {
	d, s, f := writing(t, owner, "Giulia Conti", "Pays with "+aCard+" on Mondays.")
	kept := 0
	d.Env.Keep = func() { kept++ }
	clip := d.App.Clipboard().Content()
	d.Tap("Mask")
	const want = "Pays with card ending 1111 on Mondays."
	require.Equal(t, want, f.area.Text)
	require.Equal(t, 1, kept, "the desk has it without the number from then on")
	f.area.Undo()
	require.Equal(t, want, f.area.Text)
	f.area.Redo()
	require.Equal(t, want, f.area.Text)
	w, _ := s.Work()
	require.Equal(t, want, w.(work).Notes[0].Text)
	require.Equal(t, clip, d.App.Clipboard().Content())
	require.Equal(t, writeHere, d.Focused())
	s.Save()
	require.Equal(t, want, notesOf(d, s.detail.c)[0].Text)
}

func TestS52WhatIsBlockedNeverLiesOnTheDesk(t *testing.T) {
	d, s, f := writing(t, owner, "Giulia Conti", "Pays with "+aCard+", cvv 123, call "+aPhone)
	w, unsaved := s.Work()
	require.True(t, unsaved)
	require.Equal(t, "Pays with card ending 1111, call "+aPhone, w.(work).Notes[0].Text)
	require.Contains(t, f.area.Text, aCard, "what is on the screen stays while somebody works on it")
	require.NoError(t, d.Env.Session.Desk().Put("work", w))
	var back work
	_, err := d.Env.Session.Desk().Get("work", &back)
	require.NoError(t, err)
	require.NotContains(t, back.Notes[0].Text, "4111")
}

func TestS52WhatIsTakenOutClosesTheSentence(t *testing.T) {
	d, _, f := writing(t, owner, "Giulia Conti", "Door code 4711, ring twice.")
	require.False(t, d.Has("Mask"), "nothing of a code may stay")
	d.Tap("Take out")
	require.Equal(t, "Door code, ring twice.", f.area.Text)
	require.Empty(t, f.guard.box.Objects)
}

func TestS52AFindingIsKeptWithAReasonThatIsCheckedToo(t *testing.T) {
	d, s, f := writing(t, frontDesk, "Giulia Conti", "The neighbour takes parcels: "+aPhone)
	d.Tap("Keep…")
	require.Equal(t, "Why does it have to stay?", d.Focused())
	look(d, "guard-reason")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Please fill in the reason."))
	d.Type("Why does it have to stay?", "Her sister has "+aPhone)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("The reason holds a phone number. Say it without."))
	require.Equal(t, "Her sister has "+aPhone, d.Value("Why does it have to stay?"))
	d.Type("Why does it have to stay?", "It is the neighbour's.")
	d.Tap("Keep it")
	require.True(t, d.HasText("A phone number stays: It is the neighbour's."))
	look(d, "guard-kept")
	w, _ := s.Work()
	require.Len(t, w.(work).Notes[0].Reasons, 1, "a reason that was typed is not lost")
	s.Save()
	v := notesOf(d, s.detail.c)[0]
	require.Equal(t, "The neighbour takes parcels: "+aPhone, v.Text)
	require.Equal(t, []store.GuardReason{{Kind: "phone", Count: 1, Reason: "It is the neighbour's."}}, v.Reasons)
	require.Empty(t, s.detail.notes.add.guard.found)
	require.NotEqual(t, f, s.detail.notes.add)
}

func TestS52OnlyWhoMayOverrideTheGuardIsOfferedToKeepACard(t *testing.T) {
	d, _, _ := writing(t, frontDesk, "Giulia Conti", "Pays with "+aCard)
	require.False(t, d.Has("Keep…"))
	d, _, _ = writing(t, owner, "Giulia Conti", "Pays with "+aCard)
	require.True(t, d.Has("Keep…"))
}

func TestS21APhoneMovesToTheRecordWithOneKey(t *testing.T) {
	d, s, _ := writing(t, owner, "Henrik Olsen", "Call giulia@posteo.example first, "+aPhone)
	c := s.detail.c
	c.Email, c.Phone = "", ""
	c, err := customers(d).Save(c)
	require.NoError(t, err)
	alt(d, fyne.Key1)
	require.Equal(t, "giulia@posteo.example", customer(d, "Henrik Olsen").Email)
	f := s.detail.notes.add
	require.Equal(t, "Call first, "+aPhone, f.area.Text)
	require.Equal(t, writeHere, d.Focused())
	alt(d, fyne.Key1)
	require.Equal(t, "+43 660 0004471", customer(d, "Henrik Olsen").Phone)
	require.Equal(t, "Call first", s.detail.notes.add.area.Text)
	look(d, "guard-moved")
}

func TestS21AFieldThatHoldsSomethingElseShowsBothAndAsks(t *testing.T) {
	d, s, f := writing(t, owner, "Giulia Conti", "New number: +43 660 999 1234")
	had := s.detail.c.Phone
	require.NotEmpty(t, had)
	d.Tap("Move to Phone")
	require.True(t, d.HasText("There is a phone number already"))
	look(d, "guard-taken")
	d.Press(fyne.KeyEscape)
	require.Equal(t, had, customer(d, "Giulia Conti").Phone)
	require.Equal(t, "New number: +43 660 999 1234", f.area.Text)
	d.Tap("Move to Phone")
	d.Tap("Replace it")
	require.Equal(t, "+43 660 9991234", customer(d, "Giulia Conti").Phone)
	require.Equal(t, "New number", s.detail.notes.add.area.Text)
}

func TestS21AStoredNoteLosesWhatIsMovedThoughMoreIsTyped(t *testing.T) {
	d := as(t, owner)
	c := customer(d, "Giulia Conti")
	book, err := d.Env.Session.Notes()
	require.NoError(t, err)
	v, err := book.Save(store.Note{Customer: c.ID, Text: "Write to giulia@posteo.example. Oak.", Reasons: []store.GuardReason{{Kind: "email", Count: 1, Reason: "Hers"}}})
	require.NoError(t, err)
	s := openAt(d, "Giulia Conti")
	n := s.detail.notes
	n.startEdit(v)
	n.fill()
	f := n.edits[v.ID]
	require.True(t, d.HasText("An e-mail address stays: Hers"))
	d.Tap("Think again")
	f.area.SetText(v.Text + " Walnut.")
	f.guard.move(f.guard.found[0], true)
	require.Equal(t, "Write to. Oak.", notesOf(d, c)[0].Text)
	f = s.detail.notes.edits[v.ID]
	require.Equal(t, "Write to. Oak. Walnut.", f.area.Text)
	s.Save()
	require.Equal(t, "Write to. Oak. Walnut.", notesOf(d, c)[0].Text)
}

func TestS51HealthIsMetWithWhatToDoInstead(t *testing.T) {
	d, _, f := writing(t, owner, "Giulia Conti", "Diabetes, no sweets with the coffee")
	require.Equal(t, sensitive.Health, f.guard.found[0].Kind)
	look(d, "guard-health")
	d.Tap("Say what to do instead")
	require.Equal(t, "no sweets with the coffee", f.area.Text)
	require.Equal(t, store.ServiceNote, f.typed().Kind)
}

func TestS21WhatTheShopDoesNotCollectIsNotOfferedToBeMoved(t *testing.T) {
	const phone = "+43 660 999 1234"
	const text = "Born 17.05.1980. Call " + phone + "."
	d, s, f := writing(t, owner, "Giulia Conti", text)
	require.False(t, d.Has("Move to Birthday"))
	require.True(t, d.Has("Move to Phone"))
	collect(d, map[string]store.Collect{"Birthday": store.Optional, "Phone2": store.Optional})
	f.area.SetText("")
	d.Focus(writeHere)
	d.Paste(text)
	require.True(t, d.Has("Move to Second phone"), "there is a first one already")
	look(d, "guard-moves")
	d.Tap("Move to Birthday")
	require.Equal(t, store.Birthday{Month: time.May, Day: 17}, customer(d, "Giulia Conti").Birthday)
	require.Equal(t, "Call "+phone+".", s.detail.notes.add.area.Text)
	d.Tap("Move to Second phone")
	require.Equal(t, "+43 660 9991234", customer(d, "Giulia Conti").Phone2)

	collect(d, map[string]store.Collect{"Birthday": store.Hidden, "Phone": store.Hidden, "Phone2": store.Hidden})
	d.Focus(writeHere)
	d.Paste(text)
	for _, field := range []string{"Phone", "Second phone", "Birthday"} {
		require.False(t, d.Has("Move to "+field), field)
	}
}
