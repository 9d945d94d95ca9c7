//go:build tour

package screenmap

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"
)

func find(t *testing.T, m Map, kind Kind, label string) Control {
	t.Helper()
	for _, c := range m.Controls {
		if c.Kind == kind && (c.Label == label || c.Hint == label) {
			return c
		}
	}
	require.Failf(t, "not on the map", "%s %q in %+v", kind, label, m.Controls)
	return Control{}
}

// ownField is built on Fyne's entry as a program's own fields are.
type ownField struct {
	widget.Entry
	secret bool
}

func (f *ownField) Secret() bool { return f.secret }

func newOwnField(text string, secret bool) *ownField {
	f := &ownField{secret: secret}
	f.ExtendBaseWidget(f)
	f.SetText(text)
	return f
}

func TestMapTellsWhatStandsWhere(t *testing.T) {
	test.NewTempApp(t)
	name := widget.NewEntry()
	name.SetPlaceHolder("Name")
	name.SetText("Ζωή")
	save := widget.NewButton("Save", nil)
	save.Disable()
	remember := widget.NewCheck("Remember", nil)
	remember.SetChecked(true)
	role := widget.NewSelect([]string{"Owner", "Trainee"}, nil)
	role.SetSelected("Trainee")
	hidden := widget.NewLabel("Not to be seen")
	hidden.Hide()
	w := test.NewTempWindow(t, container.NewVBox(
		widget.NewLabel("Two words"), name, save, remember, role, hidden, widget.NewButton("", nil)))
	w.SetTitle("A shop")
	w.Canvas().Focus(name)

	m := Of(w)
	require.Equal(t, "A shop", m.Title)
	require.Equal(t, "Two words", find(t, m, Label, "Two words").Label)
	field := find(t, m, Field, "Name")
	require.Equal(t, "Ζωή", field.Text)
	require.True(t, field.Focused)
	button := find(t, m, Button, "Save")
	require.True(t, button.Disabled)
	require.False(t, button.Focused)
	require.Greater(t, button.Y, field.Y)
	x, y := w.Canvas().PixelCoordinateForPosition(fyne.CurrentApp().Driver().AbsolutePositionForObject(save))
	require.Equal(t, [2]int{x, y}, [2]int{button.X, button.Y})
	require.True(t, find(t, m, Check, "Remember").Checked)
	choice := Control{}
	for _, c := range m.Controls {
		if c.Kind == Choice {
			choice = c
		}
	}
	require.Equal(t, "Trainee", choice.Text)
	word := find(t, m, Text, "Save")
	require.Equal(t, "Save", m.Controls[word.In].Label, "a text knows the button it is on")
	require.NotContains(t, dump(t, m), "Not to be seen")
}

func TestMapNeverTellsASecret(t *testing.T) {
	test.NewTempApp(t)
	pass := widget.NewPasswordEntry()
	pass.SetText("correct horse")
	shown := widget.NewPasswordEntry()
	shown.SetText("battery staple")
	own := newOwnField("8461", true)
	open := newOwnField("for all to read", false)
	w := test.NewTempWindow(t, container.NewVBox(pass, shown, own, open))
	test.Tap(shown.ActionItem.(fyne.Tappable))
	require.False(t, shown.Password, "the eye shows the passphrase")

	told := dump(t, Of(w))
	for _, secret := range []string{"horse", "staple", "8461"} {
		require.NotContains(t, told, secret)
	}
	require.Contains(t, told, "for all to read")
	require.Equal(t, 3, strings.Count(told, `"kind":"secret"`))
}

func TestMapLeavesOutWhatIsScrolledAway(t *testing.T) {
	test.NewTempApp(t)
	rows := container.NewVBox()
	for _, name := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight"} {
		rows.Add(widget.NewButton(name, nil))
	}
	scroll := container.NewVScroll(rows)
	w := test.NewTempWindow(t, container.New(layout.NewGridWrapLayout(fyne.NewSize(200, 100)), scroll))
	require.Contains(t, dump(t, Of(w)), `"one"`)
	require.NotContains(t, dump(t, Of(w)), `"eight"`)
	scroll.ScrollToBottom()
	require.Contains(t, dump(t, Of(w)), `"eight"`)
	require.NotContains(t, dump(t, Of(w)), `"one"`)
}

func TestMapPutsADialogAboveTheWindow(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, widget.NewButton("Below", nil))
	w.Resize(fyne.NewSize(400, 300))
	widget.NewModalPopUp(widget.NewButton("Yes", nil), w.Canvas()).Show()
	m := Of(w)
	require.Equal(t, 1, m.Layers)
	require.Equal(t, 0, find(t, m, Button, "Below").Layer)
	require.Equal(t, 1, find(t, m, Button, "Yes").Layer)
}

func TestMapIsWrittenAtEveryChange(t *testing.T) {
	test.NewTempApp(t)
	path := filepath.Join(t.TempDir(), "map.json")
	t.Setenv(Env, path)
	label := widget.NewLabel("before")
	w := test.NewTempWindow(t, label)
	require.NoError(t, write(path, Of(w)))
	m, err := Read(path)
	require.NoError(t, err)
	require.Equal(t, Of(w), m)

	Start(w)
	require.Eventually(t, func() bool {
		m, err := Read(path)
		return err == nil && m.Run != "" && m.Seq >= 1
	}, 10*time.Second, 10*time.Millisecond)
}

func dump(t *testing.T, m Map) string {
	t.Helper()
	data, err := json.Marshal(m)
	require.NoError(t, err)
	return string(data)
}
