package widgets_test

import (
	"fmt"
	"testing"

	"counterbook/ui/uitest"
	"counterbook/ui/widgets"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
)

func TestDialogAsksAndGivesTheFocusBack(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(640, 480))
	deleted := false
	w.Show(widgets.Column(0, widgets.NewButton("Delete", func() {
		widgets.Ask(w.Canvas(), "Delete Giulia Conti?", "This cannot be undone.", "Delete customer", "Cancel", true, func() { deleted = true })
	})))
	w.Focus("Delete")
	w.Press(fyne.KeyReturn)
	require.Equal(t, "Cancel", w.Focused(), "what cannot be undone is not confirmed by a stray Enter")
	w.CheckLooks()
	w.Press(fyne.KeyEscape)
	require.False(t, deleted)
	require.Nil(t, w.Canvas().Overlays().Top())
	require.Equal(t, "Delete", w.Focused())
	w.Press(fyne.KeyReturn)
	w.Tap("Delete customer")
	require.True(t, deleted)
	require.Equal(t, "Delete", w.Focused())
}

func TestDialogKeepsWhatWasTypedWhenItIsWrong(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(640, 480))
	w.Show(widgets.Column(0, widgets.NewButton("Rename", nil)))
	tries := 0
	form := widgets.NewForm(1, widgets.NewField("Nickname", "Nickname", widgets.NewEntry()), widgets.NewField("Role", "Role", widgets.NewEntry()))
	d := &widgets.Dialog{Title: "Change profile", Content: form, Confirm: "Save", Cancel: "Cancel"}
	d.OnConfirm = func() bool {
		tries++
		if tries == 1 {
			form.SetProblem("Nickname", "Another profile is called like this.")
			d.SetProblem("Nothing was saved. The book is open in another program.")
			form.FocusProblem()
			return false
		}
		return true
	}
	d.ShowOn(w.Canvas())
	require.Equal(t, "Nickname", w.Focused())
	w.TypeOn("Jonas")
	w.Press(fyne.KeyReturn)
	require.Equal(t, "Role", w.Focused())
	w.TypeOn("Front desk")
	w.Press(fyne.KeyReturn)
	require.Equal(t, 1, tries)
	require.True(t, d.Open())
	require.Equal(t, "Nickname", w.Focused())
	require.Equal(t, "Jonas", w.Value("Nickname"))
	require.True(t, w.HasText("Another profile is called like this."))
	require.True(t, w.HasText("Nothing was saved. The book is open in another program."))
	w.CheckLooks()
	w.Tap("Save")
	require.False(t, d.Open())
}

func TestEnterInTheLastFieldOfADialogConfirms(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(640, 480))
	done := 0
	d := &widgets.Dialog{Title: "Change passphrase", Confirm: "Change", Cancel: "Cancel", OnConfirm: func() bool { done++; return false },
		Content: widgets.Column(8, widgets.NewField("", "Old", widgets.NewPasswordEntry("Show", "Hide")),
			widgets.NewButton("Suggest one", nil), widgets.NewField("", "New", widgets.NewPasswordEntry("Show", "Hide")))}
	d.ShowOn(w.Canvas())
	require.Equal(t, "Old", w.Focused())
	w.Press(fyne.KeyReturn)
	require.Equal(t, "New", w.Focused())
	require.Zero(t, done)
	w.Press(fyne.KeyReturn)
	require.Equal(t, 1, done)
	require.Equal(t, "New", w.Focused())
}

func TestDialogsLieOverEachOther(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(640, 480))
	w.Show(widgets.Column(0, widgets.NewButton("Start", nil)))
	w.Focus("Start")
	cancelled := 0
	first := &widgets.Dialog{Title: "First", Content: widgets.NewField("", "Name", widgets.NewEntry()), Confirm: "Save", Cancel: "Cancel", OnCancel: func() { cancelled++ }}
	first.ShowOn(w.Canvas())
	widgets.Tell(w.Canvas(), "Second", "Read this.", "Close")
	require.Equal(t, "Close", w.Focused())
	w.Press(fyne.KeyEscape)
	require.True(t, first.Open())
	require.Equal(t, "Name", w.Focused())
	w.Press(fyne.KeyEscape)
	require.Equal(t, 1, cancelled)
	require.Equal(t, "Start", w.Focused())
}

func TestDialogWithoutCancelStays(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(640, 480))
	d := &widgets.Dialog{Title: "Working", Text: "Please wait."}
	d.ShowOn(w.Canvas())
	w.Press(fyne.KeyEscape)
	require.True(t, d.Open())
	d.Close()
	require.False(t, d.Open())
}

func TestLongDialogsScroll(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(640, 400))
	var fields []*widgets.Field
	for range 14 {
		fields = append(fields, widgets.NewField("", "A field", widgets.NewEntry()))
	}
	d := &widgets.Dialog{Title: "Long", Content: widgets.NewForm(1, fields...), Confirm: "Save", Cancel: "Cancel"}
	d.ShowOn(w.Canvas())
	w.CheckLooks()
	w.Tap("Cancel")
	require.False(t, d.Open())
}

func TestMenuWorksByKeysAndGivesTheFocusBack(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(640, 480))
	did := ""
	var b *widgets.Button
	b = widgets.IconButton(widgets.IconMore, "More", func() {
		widgets.ShowMenu(b, widgets.MenuItem{Text: "Merge", Do: func() { did = "merge" }}, widgets.MenuItem{}, widgets.MenuItem{Text: "Delete", Do: func() { did = "delete" }})
	})
	w.Show(widgets.Row(0, b))
	w.Focus("More")
	w.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, "delete", did)
	require.Equal(t, "More", w.Focused())
	w.Press(fyne.KeySpace)
	w.CheckLooks()
	w.Tap("Merge")
	require.Equal(t, "merge", did)
	w.Press(fyne.KeySpace, fyne.KeyEscape)
	require.Nil(t, w.Canvas().Overlays().Top())
	require.Equal(t, "More", w.Focused())
}

func TestLongMenusScrollToWhatIsChosen(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(640, 480))
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprint("Country ", i))
	}
	s := widgets.NewSelect(append(names, "Zealand"), nil)
	s.SetIndex(40)
	w.Show(widgets.Column(0, widgets.Padded(300, 0, 0, 0, s)))
	w.Canvas().Focus(s)
	w.Press(fyne.KeyReturn)
	require.True(t, w.HasText("Country 40"))
	w.CheckLooks()
	w.TypeOn("z")
	w.Press(fyne.KeyReturn)
	require.Equal(t, "Zealand", s.Selected())
}
