package widgets_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"counterbook/ui/uitest"
	"counterbook/ui/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

var small = fyne.NewSize(640, 480)

func TestButtonsWorkWithKeysAndMouse(t *testing.T) {
	w := uitest.New(t, small)
	pressed := 0
	b := widgets.NewButton("Save", func() { pressed++ })
	w.Show(widgets.Column(8, b, widgets.IconButton(widgets.IconTrash, "Delete", func() { pressed += 10 })))
	w.Focus("Save")
	w.Press(fyne.KeyReturn, fyne.KeySpace, fyne.KeyEnter)
	require.Equal(t, 3, pressed)
	w.Tap("Delete")
	require.Equal(t, 13, pressed)
	b.Disable()
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.Tapped(nil)
	require.Equal(t, 13, pressed, "not while it is disabled")
}

func TestInputIsNoticed(t *testing.T) {
	w := uitest.New(t, small)
	noticed := 0
	stop := widgets.ObserveInput(func() { noticed++ })
	w.Show(widgets.Column(8, widgets.NewEntry().With("Name"), widgets.NewButton("Save", nil)))
	w.Type("Name", "ab")
	require.Equal(t, 2, noticed)
	w.Tap("Save")
	require.Greater(t, noticed, 2)
	stop()
	before := noticed
	w.Type("Name", "c")
	require.Equal(t, before, noticed)
}

func TestTabLeavesAnAreaAndEnterMovesOn(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(640, 600))
	area := widgets.NewArea(3)
	w.Show(widgets.Column(8, widgets.NewField("", "Name", widgets.NewEntry()), widgets.NewField("", "City", widgets.NewEntry()), widgets.NewField("", "Note", area)))
	w.Focus("Name")
	w.Press(fyne.KeyReturn)
	require.Equal(t, "City", w.Focused())
	w.Press(fyne.KeyReturn)
	require.Equal(t, "Note", w.Focused())
	w.TypeOn("one")
	w.Press(fyne.KeyReturn)
	w.TypeOn("two")
	require.Equal(t, "one\ntwo", area.Text)
	require.False(t, area.AcceptsTab())
}

func TestPasswordsAreHiddenUntilShown(t *testing.T) {
	w := uitest.New(t, small)
	p := widgets.NewPasswordEntry("Show", "Hide")
	w.Show(widgets.Column(0, widgets.NewField("", "Passphrase", p)))
	w.Type("Passphrase", "four words here now")
	require.False(t, w.HasText("four words"))
	w.Tap("Show")
	require.True(t, w.HasText("four words"))
	p.Empty()
	require.True(t, p.Password)
	require.Empty(t, p.Text)
}

func TestSearchIsEmptiedByEscape(t *testing.T) {
	w := uitest.New(t, small)
	var asked []string
	w.Show(widgets.Column(0, widgets.NewSearchEntry("Search", "Ctrl K", func(s string) { asked = append(asked, s) })))
	w.Type("Search", "co")
	w.Press(fyne.KeyEscape)
	require.Equal(t, []string{"c", "co", ""}, asked)
}

func TestChoiceChangesByKeysAndMenu(t *testing.T) {
	w := uitest.New(t, small)
	var chosen []int
	s := widgets.NewSelect([]string{"Austria", "Germany", "Italy"}, func(i int) { chosen = append(chosen, i) })
	w.Show(widgets.Column(0, widgets.NewField("", "Country", s)))
	w.Canvas().Focus(s)
	w.TypeOn("g")
	require.Equal(t, "Germany", s.Selected())
	w.Press(fyne.KeyDown, fyne.KeyDown)
	require.Equal(t, "Italy", s.Selected())
	w.Press(fyne.KeyHome)
	w.Press(fyne.KeyReturn)
	require.NotNil(t, w.Canvas().Overlays().Top())
	w.Press(fyne.KeyDown, fyne.KeyReturn)
	require.Nil(t, w.Canvas().Overlays().Top())
	require.Equal(t, "Germany", s.Selected())
	require.Equal(t, []int{1, 2, 0, 1}, chosen)
	require.Equal(t, fyne.Focusable(s), w.Canvas().Focused())
}

func TestDatesAreReadAsPeopleWriteThem(t *testing.T) {
	want := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, s := range []string{"2026-11-22", "22.11.2026", "22/11/2026", "22 Nov 2026", "22. november 2026", "Nov 22, 2026", "22.11.26"} {
		d, err := widgets.ParseDate(s)
		require.NoError(t, err, s)
		require.Equal(t, want, d, s)
	}
	for _, s := range []string{"", "tomorrow", "22 Foo 2026", "1.2.202", "1-2", "31.12.", "1.1.0026", "100.1.2026", "1.2.3.2026"} {
		_, err := widgets.ParseDate(s)
		require.ErrorIs(t, err, widgets.ErrNotADate, s)
	}
	for _, s := range []string{"31.2.2026", "31.2.", "30 Feb 26", "29.2.2027", "31.4.26", "22.13.2026", "0.1.2026", "32 Dec 2026", "2026-02-30"} {
		_, err := widgets.ParseDate(s)
		require.ErrorIs(t, err, widgets.ErrNoSuchDay, s)
	}
}

func TestDateEntryShowsWhatItUnderstood(t *testing.T) {
	w := uitest.New(t, small)
	d := widgets.NewDateEntry(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	w.Show(widgets.Column(8, widgets.NewField("", "Due", d), widgets.NewButton("Save", nil)))
	w.Type("Due", "6.12.2026")
	w.Focus("Save")
	require.Equal(t, "6 Dec 2026", d.Text)
	w.Type("Due", "soon")
	w.Focus("Save")
	require.Equal(t, "soon", d.Text, "what was typed stays")
	_, err := d.Date()
	require.ErrorIs(t, err, widgets.ErrNotADate)
	w.Focus("Due")
	w.Press(fyne.KeyDown)
	require.True(t, w.HasText("November 2026"), "the calendar opens")
	w.Press(fyne.KeyEscape)
	require.Equal(t, "soon", d.Text)
	require.Equal(t, "Due", w.Focused())
	w.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyPageDown)
	w.CheckLooks()
	w.Press(fyne.KeyReturn)
	require.Equal(t, "30 Dec 2026", d.Text)
	require.Equal(t, "Due", w.Focused())
	w.Press(fyne.KeyDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyReturn)
	require.Equal(t, "28 Feb 2027", d.Text, "a shorter month ends earlier")
}

func TestFormSaysProblemsUnderTheField(t *testing.T) {
	w := uitest.New(t, small)
	form := widgets.NewForm(2, widgets.NewField("Name", "Name", widgets.NewEntry()), widgets.NewField("VATID", "VAT ID", widgets.NewEntry()).Hint("ATU and eight digits"))
	submitted := 0
	form.OnSubmit = func() { submitted++ }
	w.Show(widgets.Page(form))
	require.True(t, w.HasText("ATU and eight digits"))
	w.Type("VAT ID", "ATU1")
	require.True(t, form.SetProblem("VATID", "This number is too short."))
	require.False(t, form.SetProblem("Nothing", "…"))
	require.True(t, form.FocusProblem())
	require.Equal(t, "VAT ID", w.Focused())
	require.True(t, w.HasText("This number is too short."))
	require.Equal(t, "ATU1", w.Value("VAT ID"))
	w.CheckLooks()
	w.TypeOn("2")
	require.False(t, w.HasText("This number is too short."), "goes as soon as it is mended")
	w.Press(fyne.KeyReturn)
	require.Equal(t, 1, submitted)
	form.FocusFirst()
	require.Equal(t, "Name", w.Focused())
}

func table(n int) *widgets.List {
	l := widgets.NewTable(widgets.TableColumn{Title: "Name", Sort: "name"}, widgets.TableColumn{Title: "Total", Width: 90, Right: true, Sort: "total"})
	l.ShowRows(n, func(i int) []widgets.Cell {
		return []widgets.Cell{{Text: fmt.Sprint("Customer ", i)}, {Text: "1.00"}}
	})
	return l
}

func TestListMovesByKeys(t *testing.T) {
	w := uitest.New(t, small)
	l := table(100000)
	var selected, opened []int
	l.OnSelect = func(i int) { selected = append(selected, i) }
	l.OnOpen = func(i int) { opened = append(opened, i) }
	w.Show(l)
	l.Focus()
	w.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyEnd, fyne.KeyHome, fyne.KeyUp, fyne.KeyReturn)
	require.Equal(t, []int{0, 1, 0, 99999, 0}, selected)
	require.Equal(t, []int{0}, opened)
	w.Press(fyne.KeyPageDown)
	require.Greater(t, l.Selected(), 5)
	w.Press(fyne.KeyPageUp)
	require.Equal(t, 0, l.Selected())
	w.Press(fyne.KeyEnd)
	rows := w.Rows()
	require.Equal(t, "Customer 99999", rows[len(rows)-1][0])
	require.Less(t, len(rows), 20, "only rows in view exist")
	w.CheckLooks()
}

func TestListOpensByDoubleClick(t *testing.T) {
	w := uitest.New(t, small)
	l := table(5)
	opened := -1
	l.OnOpen = func(i int) { opened = i }
	w.Show(l)
	w.TapRow(3)
	require.Equal(t, 3, l.Selected())
	require.Equal(t, -1, opened)
	w.TapRow(3)
	require.Equal(t, 3, opened)
}

func TestListSortsByItsTitles(t *testing.T) {
	w := uitest.New(t, small)
	l := table(5)
	var asked []string
	l.OnSort = func(key string, falling bool) { asked = append(asked, fmt.Sprint(key, falling)) }
	w.Show(l)
	w.Tap("Total")
	w.Tap("Total")
	w.Focus("Name")
	w.Press(fyne.KeySpace)
	require.Equal(t, []string{"totalfalse", "totaltrue", "namefalse"}, asked)
}

func TestEmptyListSaysWhy(t *testing.T) {
	w := uitest.New(t, small)
	added := false
	l := table(0).WithEmpty(widgets.Empty(widgets.IconPeople, "No customer yet.", "New customer", func() { added = true }))
	w.Show(l)
	require.True(t, w.HasText("No customer yet."))
	w.Tap("New customer")
	require.True(t, added)
	l.ShowRows(1, func(int) []widgets.Cell { return []widgets.Cell{{Text: "Giulia"}} })
	require.False(t, w.HasText("No customer yet."))
	require.Equal(t, [][]string{{"Giulia"}}, w.Rows())
}

func TestSearchArrowsMoveTheList(t *testing.T) {
	w := uitest.New(t, small)
	l := table(5)
	s := widgets.NewSearchEntry("Search", "", nil)
	s.OnArrow = l.Step
	w.Show(widgets.Border(s, nil, nil, nil, l))
	w.Focus("Search")
	w.Press(fyne.KeyDown, fyne.KeyDown)
	require.Equal(t, 1, l.Selected())
	require.Equal(t, "Search", w.Focused())
}

func TestTabGoesInReadingOrder(t *testing.T) {
	w := uitest.New(t, small)
	b := func(s string) *widgets.Button { return widgets.NewButton(s, nil) }
	w.Show(widgets.Border(b("top"), b("bottom"), b("left"), b("right"), widgets.NewScroll(b("centre"))))
	require.Equal(t, []string{"top", "left", "centre", "right", "bottom"}, w.TabOrder())
}

func TestScrollFollowsTheFocus(t *testing.T) {
	w := uitest.New(t, small)
	var fields []*widgets.Field
	for i := range 20 {
		fields = append(fields, widgets.NewField("", fmt.Sprint("Field ", i), widgets.NewEntry()))
	}
	w.Show(widgets.Page(widgets.Panel(widgets.NewForm(1, fields...))))
	w.Tap("Field 19")
	w.Tap("Field 0")
}

func TestTheWheelOverAnEntryTurnsThePage(t *testing.T) {
	w := uitest.New(t, small)
	fields := []*widgets.Field{widgets.NewField("", "Name", widgets.NewEntry()), widgets.NewField("", "Terms", widgets.NewArea(3))}
	for i := range 20 {
		fields = append(fields, widgets.NewField("", fmt.Sprint("Field ", i), widgets.NewEntry()))
	}
	w.Show(widgets.Page(widgets.Panel(widgets.NewForm(1, fields...))))
	turn := func(name string) (moved float32) {
		entry := w.Control(name)
		at := func() fyne.Position { return fyne.CurrentApp().Driver().AbsolutePositionForObject(entry) }
		before := at()
		test.Scroll(w.Canvas(), before.AddXY(20, 20), 0, -10)
		return before.Y - at().Y
	}
	require.Equal(t, float32(10), turn("Name"))
	require.Equal(t, float32(10), turn("Terms"))
	w.Focus("Terms")
	require.Zero(t, turn("Terms"), "what is being written turns itself")
}

func TestPictureOfAScreenFollowsTheMode(t *testing.T) {
	w := uitest.New(t, small)
	w.Show(widgets.Page(widgets.Panel(widgets.Heading("Contact"), widgets.NewText("Phone").Muted(), widgets.NewButton("Edit", nil), widgets.NewEntry())))
	light := w.Picture().At(5, 5)
	w.CheckLooks()
	w.SetMode(widgets.Dark)
	require.NotEqual(t, light, w.Picture().At(5, 5))
	w.CheckLooks()
}

func TestWrappedTextTakesTheHeightItNeeds(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(300, 400))
	text := widgets.Paragraph("Her profile loses the key to notes. All 3,412 notes are sealed again with a new key, so a copy of the file that she still has opens nothing written after this.")
	below := widgets.NewButton("Below", nil)
	w.Show(widgets.Page(widgets.Panel(text, below)))
	require.Greater(t, len(text.Lines()), 3)
	w.CheckLooks()
	w.Resize(fyne.NewSize(900, 400))
	require.Less(t, len(text.Lines()), 3)
	w.CheckLooks()
	text.SetText("One Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlüsselanhängerbeschriftungsgerätebedienungsanleitungsübersetzung")
	w.Resize(fyne.NewSize(300, 400))
	w.CheckLooks()
}

func TestToastsComeOneAfterTheOther(t *testing.T) {
	w := uitest.New(t, small)
	toaster := widgets.NewToaster()
	var next func()
	toaster.After = func(_ time.Duration, f func()) func() { next = f; return func() {} }
	undone := false
	w.Show(widgets.Stack(widgets.Page(widgets.Title("Customers")), toaster))
	toaster.Say(widgets.Toast{Tone: widgets.Good, Text: "Customer saved", Action: "Undo", Do: func() { undone = true }})
	toaster.Say(widgets.Toast{Tone: widgets.Bad, Text: "The printer did not answer. The invoice is issued and kept; print it again from the list of invoices."})
	require.True(t, w.HasText("Customer saved"))
	w.CheckLooks()
	w.Tap("Undo")
	require.True(t, undone)
	require.True(t, w.HasText("The printer did not answer"+". The invoice is issued and kept; print it again from the list of invoices."))
	w.CheckLooks()
	next()
	_, saying := toaster.Saying()
	require.False(t, saying)
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Zu\u0308rich": "Z", "Giulia Conti": "GC", "łucja": "Ł", "Anna Maria von Trapp": "AT", "": "–", "(*)": "–"} {
		require.Equal(t, want, widgets.Initials(name))
	}
}

func TestRailGoesWhereItSays(t *testing.T) {
	w := uitest.New(t, fyne.NewSize(1280, 800))
	content, rail := shell()
	var went []string
	rail.OnGo = func(key string) { went = append(went, key); rail.SetPlace(key) }
	w.Show(content)
	w.Tap("Staff")
	w.Press(fyne.KeyUp, fyne.KeyReturn)
	require.Equal(t, []string{"staff", "privacy"}, went)
}

func TestATextSetOverASelectionTakesTheNextLetter(t *testing.T) {
	w := uitest.New(t, small)
	e := widgets.NewEntry()
	e.SetLabel("Text")
	w.Show(e)
	w.Focus("Text")
	e.SetText("abc")
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.SetText("")
	w.TypeOn("xy")
	require.Equal(t, "xy", e.Text)
}

func TestWhatIsPastedLosesWhatNobodySeesAndSaysSo(t *testing.T) {
	const said = "It was cleaned."
	widgets.SayCleaned(said)
	w := uitest.New(t, fyne.NewSize(400, 300))
	one, several := widgets.NewEntry(), widgets.NewArea(2)
	one.SetLabel("Name")
	w.Show(widgets.Column(8, widgets.NewField("Name", "Name", widgets.Row(4, widgets.Grow(one))).Hint("as on the door"), widgets.NewField("Note", "Note", several)))
	for pasted, want := range map[string][2]string{
		"one\ntwo\r\nthree": {"one two three", "one\ntwo\nthree"},
		"a\u202etxt.exe":    {"atxt.exe", "atxt.exe"},
		"a\x00\x07\u200bb":  {"ab", "ab"},
		"M\xfcller":         {"Mller", "Mller"},
		"tab\tbed":          {"tab bed", "tab\tbed"},
	} {
		for i, name := range []string{"Name", "Note"} {
			w.Type(name, "")
			w.Paste(pasted)
			require.Equal(t, want[i], w.Value(name), "%q", pasted)
		}
	}
	w.Type("Note", "x")
	w.Type("Name", "x")
	require.False(t, w.HasText(said))
	w.Paste("a\u202eb")
	require.True(t, w.HasText(said))
	require.False(t, w.HasText("as on the door"))
	w.TypeOn("c")
	require.Equal(t, "xabc", w.Value("Name"), "one goes on after it")
	require.False(t, w.HasText(said))
	for _, fine := range []string{"Łucja 👩‍👩‍👧 می\u200cخواهم ורד", "from a spreadsheet\t\r\n"} {
		w.Type("Name", "")
		w.Paste(fine)
		require.Equal(t, strings.TrimSpace(fine), w.Value("Name"))
		require.False(t, w.HasText(said))
	}
}
