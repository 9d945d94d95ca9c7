package uitest

import (
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"counterbook/ui/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"
)

var size = fyne.NewSize(600, 400)

// placed puts objects at fixed places, as a layout gone wrong would.
func placed(objects ...fyne.CanvasObject) *fyne.Container {
	for _, o := range objects {
		if o.Size().IsZero() {
			o.Resize(o.MinSize())
		}
	}
	return container.NewWithoutLayout(objects...)
}

func TestClippedNamesATextWiderThanItsRoom(t *testing.T) {
	w := New(t, size)
	text := widgets.NewText("Contact details verified this year")
	box := container.NewWithoutLayout(text)
	text.Resize(fyne.NewSize(80, 20))
	box.Resize(fyne.NewSize(80, 20))
	w.Show(placed(box))
	require.Len(t, w.Clipped(), 1)
	require.Contains(t, w.Clipped()[0], "Contact details verified this year")

	w.Show(widgets.Column(0, widgets.NewText("Contact details verified this year").Cut()))
	require.Empty(t, w.Clipped())
	require.Empty(t, w.Shortened())
	w.Show(widgets.Row(0, widgets.Sized(80, 0, widgets.NewText("Contact details verified this year").Cut())))
	require.Empty(t, w.Clipped())
	require.Equal(t, []string{"Contact details verified this year"}, w.Shortened())
}

func TestClippedNamesATextCutAtTheBottom(t *testing.T) {
	w := New(t, size)
	text := widgets.NewText("Total")
	box := container.NewWithoutLayout(text)
	text.Resize(text.MinSize())
	text.Move(fyne.NewPos(0, 8))
	box.Resize(fyne.NewSize(200, 16))
	w.Show(placed(box))
	require.Len(t, w.Clipped(), 1)
	require.Contains(t, w.Clipped()[0], "higher")
}

func TestClippedLetsScrolledTextsBe(t *testing.T) {
	w := New(t, size)
	column := widgets.Column(0)
	for range 60 {
		column.Add(widgets.NewText("A line"))
	}
	w.Show(widgets.NewScroll(column))
	require.Empty(t, w.Clipped())
	require.Empty(t, w.Overlaps())
}

func TestOverlapsNamesTextsOverEachOther(t *testing.T) {
	w := New(t, size)
	a, b := widgets.NewText("Giulia Conti"), widgets.NewText("€ 386.40")
	b.Move(fyne.NewPos(40, 6))
	w.Show(placed(a, b))
	require.Len(t, w.Overlaps(), 1)
	b.Move(fyne.NewPos(140, 6))
	require.Empty(t, w.Overlaps())
}

func TestOverlapsNamesControlsOverEachOther(t *testing.T) {
	w := New(t, size)
	a, b := widgets.NewButton("Save draft", nil), widgets.NewButton("Discard", nil)
	b.Move(fyne.NewPos(30, 0))
	w.Show(placed(a, b))
	require.NotEmpty(t, w.Overlaps())
	w.Show(widgets.Row(8, a, b))
	require.Empty(t, w.Overlaps())
}

func TestContrastNamesPaleText(t *testing.T) {
	w := New(t, size)
	pale := canvas.NewText("pale", color.NRGBA{R: 0xC8, G: 0xC8, B: 0xC8, A: 0xFF})
	w.Show(placed(pale))
	require.Len(t, w.Contrast(), 1)
	require.Contains(t, w.Contrast()[0], "pale")
	pale.Color = color.Black
	require.Empty(t, w.Contrast())
}

func TestContrastSeesWhatIsBehind(t *testing.T) {
	w := New(t, size)
	w.Show(widgets.On(widgets.ColorRail, widgets.Row(0, widgets.NewText("dark on dark"))))
	require.Len(t, w.Contrast(), 1)
	w.Show(widgets.On(widgets.ColorRail, widgets.Row(0, widgets.NewText("light on dark").In(widgets.ColorRailText))))
	require.Empty(t, w.Contrast())
}

func TestControlsAreFoundTypedAndTapped(t *testing.T) {
	w := New(t, size)
	saved := ""
	name := widgets.NewEntry()
	search := widgets.NewSearchEntry("Search customers…", "Ctrl K", nil)
	password := widgets.NewPasswordEntry("Show", "Hide")
	save := widgets.PrimaryButton("Save", func() { saved = name.Text })
	w.Show(widgets.Column(10, search, widgets.NewField("Name", "Full name", name), widgets.NewField("P", "Passphrase", password), save))

	w.Type("Full name", "Łucja")
	w.Type("Search customers…", "conti")
	w.Type("Passphrase", "secret words")
	w.Tap("Save")
	require.Equal(t, "Łucja", saved)
	require.Equal(t, "conti", w.Value("Search customers…"))
	require.Equal(t, "secret words", password.Text)
	require.Equal(t, []string{"Search customers…", "Full name", "Passphrase", "Show", "Save"}, w.TabOrder())
	require.True(t, w.HasText("Full name"))
	require.False(t, w.HasText("secret"))
	require.False(t, w.Has("Delete"))
}

func TestShortcutsPassThroughAnEntry(t *testing.T) {
	w := New(t, size)
	w.Show(widgets.Column(0, widgets.NewEntry().With("Name")))
	var got string
	widgets.PassShortcuts(func(s fyne.Shortcut) bool { got = s.ShortcutName(); return true })
	t.Cleanup(func() { widgets.PassShortcuts(nil) })
	w.Focus("Name")
	lock := &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierControl}
	w.Shortcut(lock)
	require.Equal(t, lock.ShortcutName(), got)
}

func TestRowsAreReadAndTapped(t *testing.T) {
	w := New(t, size)
	list := widgets.NewTable(widgets.TableColumn{Title: "Name"}, widgets.TableColumn{Title: "Total", Width: 90, Right: true})
	list.ShowRows(2, func(i int) []widgets.Cell {
		return [][]widgets.Cell{{{Text: "Giulia"}, {Text: "1.00"}}, {{Text: "Henrik"}, {Text: "2.00"}}}[i]
	})
	w.Show(list)
	require.Equal(t, [][]string{{"Giulia", "1.00"}, {"Henrik", "2.00"}}, w.Rows())
	w.TapRow(1)
	require.Equal(t, 1, list.Selected())
}

func TestCaptureWritesAPicture(t *testing.T) {
	w := NewIn(t, size, widgets.Dark)
	w.Show(widgets.Page(widgets.Title("Dark")))
	path := filepath.Join(t.TempDir(), "deep", "picture.png")
	w.Capture(path)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Positive(t, info.Size())
}

func TestPicturesAreHeldPixelByPixel(t *testing.T) {
	w := New(t, size)
	w.Show(widgets.Page(widgets.Title("Customers")))
	before := w.Picture()
	require.True(t, same(before, w.Picture()))
	w.Show(widgets.Page(widgets.Title("Customer")))
	require.False(t, same(before, w.Picture()))
	w.Resize(fyne.NewSize(500, 400))
	require.False(t, same(before, w.Picture()))
}
