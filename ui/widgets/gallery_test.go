package widgets_test

import (
	"testing"
	"time"

	"counterbook/ui/uitest"
	"counterbook/ui/widgets"

	"fyne.io/fyne/v2"
)

func nothing() {}

// shell is a window as the program shows one: rail, header, list and detail.
func shell() (fyne.CanvasObject, *widgets.Rail) {
	rail := widgets.NewRail("Counterbook", "Atelier Rossi")
	rail.SetPlaces([]widgets.RailPlace{
		{Key: "customers", Label: "Customers", Hint: "Ctrl 1", Icon: widgets.IconPeople},
		{Key: "invoices", Label: "Invoices", Hint: "Ctrl 2", Icon: widgets.IconReceipt},
		{Key: "items", Label: "Items", Hint: "Ctrl 3", Icon: widgets.IconBox},
		{Key: "loyalty", Label: "Loyalty", Hint: "Ctrl 4", Icon: widgets.IconGift},
		{Key: "privacy", Label: "Privacy", Hint: "Ctrl 5", Icon: widgets.IconShield},
		{Key: "staff", Label: "Staff", Hint: "Ctrl 6", Icon: widgets.IconBadge},
		{Key: "activity", Label: "Activity", Hint: "Ctrl 7", Icon: widgets.IconClock},
		{Key: "settings", Label: "Settings", Hint: "Ctrl 8", Icon: widgets.IconGear},
	})
	rail.SetPlace("customers")
	rail.SetUser(widgets.RailUser{Name: "Marta R.", Role: "Owner", Own: []widgets.MenuItem{{Text: "My PIN…", Do: nothing}}, Hint: "My profile",
		Leave: []widgets.RailAction{{Label: "Switch user", Do: nothing}, {Label: "Lock", Do: nothing}}})

	search := widgets.NewSearchEntry("Search customers…", "Ctrl K", nil)
	header := widgets.NewPageHeader("Customers", "1,284", widgets.Sized(330, 0, search), widgets.PrimaryButton("New customer", nothing))

	entries := []widgets.DirectoryEntry{
		{Avatar: "Amelie Braun", Title: "Amelie Braun", Subtitle: "Braun Optik GmbH", Right: "€ 1,240", RightSub: "2 d ago"},
		{Avatar: "Giulia Conti", Title: "Giulia Conti", Subtitle: "+43 ••• ••• 4471", Right: "€ 386", RightSub: "today"},
		{Avatar: "Dimitris Kanellos", Title: "Dimitris Kanellos", Subtitle: "Κανέλλος & Υιοί", Right: "€ 92", RightSub: "5 d ago"},
		{Avatar: "Łucja Sobczak", Title: "Łucja Sobczak", Subtitle: "No invoice yet", Badge: "Incomplete", Tone: widgets.Look},
		{Avatar: "Henrik Olsen", Title: "Henrik Olsen", Subtitle: "henrik@…", Right: "€ 2,015", RightSub: "3 w ago"},
		{Avatar: "Maria Esposito", Title: "Maria Esposito", Subtitle: "+43 ••• ••• 0912", Badge: "Duplicate?", Tone: widgets.Info},
		{Avatar: "Thanh Nguyen", Title: "Thanh Nguyen of the very long name that is cut", Subtitle: "Nguyen Catering", Right: "€ 640", RightSub: "1 mo ago"},
	}
	list := widgets.NewDirectory()
	list.ShowEntries(len(entries), func(i int) widgets.DirectoryEntry { return entries[i] })
	list.Select(1)

	fact := func(label, text string, more ...fyne.CanvasObject) fyne.CanvasObject {
		row := widgets.Row(12, widgets.Sized(82, 0, widgets.NewText(label).Muted()), widgets.Grow(widgets.NewText(text).Wrap()))
		for _, o := range more {
			row.Add(o)
		}
		return row
	}
	contact := widgets.Panel(
		widgets.Row(8, widgets.Heading("Contact"), widgets.Spacer(), widgets.NewBadge(widgets.Good, "Verified")),
		fact("Phone", "+43 ••• ••• 4471", widgets.NewButton("Show", nothing).Small()),
		fact("E-mail", "g••••@posteo.it", widgets.NewButton("Show", nothing).Small()),
		fact("Address", "Neubaugasse 12, 1070 Wien", widgets.NewBadge(widgets.Good, "Sep 2026")),
		fact("VAT ID", "not needed"))
	loyalty := widgets.Panel(
		widgets.Row(8, widgets.Heading("Loyalty"), widgets.Spacer(), widgets.NewBadge(widgets.Good, "Eligible")),
		fact("Visits", "9 of 10"), fact("Spent", "€ 386.40"), fact("Reward", "10 % off, to 31 Jan"), fact("Last visit", "today, 10:42"))
	note := widgets.NewArea(2)
	note.SetText("Asked to charge card 4111 1111 1111 1111 next time")
	notes := widgets.Panel(
		widgets.Row(8, widgets.Heading("Notes"), widgets.NewBadge(widgets.Neutral, "2"), widgets.Spacer(), widgets.Caption("read by Owner, Front desk")),
		widgets.Quote(widgets.NewText("Prefers pickup after 17:00; frame order from Studio Neri.").Wrap(), widgets.Caption("Preference · Jonas · 14 Nov · removes itself 14 Nov 2027")),
		note,
		widgets.Banner(widgets.Look, "This looks like a payment card number.", "It cannot be kept in a note.", widgets.QuietButton("Remove", nothing), widgets.QuietButton("Why?", nothing)))
	invoices := widgets.NewTable(
		widgets.TableColumn{Title: "Number", Width: 120, Sort: "number"}, widgets.TableColumn{Title: "Date", Sort: "date"},
		widgets.TableColumn{Title: "State"}, widgets.TableColumn{Title: "Amount", Width: 120, Right: true, Sort: "amount"}).Whole()
	invoices.ShowRows(2, func(i int) []widgets.Cell {
		return [][]widgets.Cell{
			{{Text: "2026-0187"}, {Text: "12 Nov 2026"}, {Badges: []widgets.CellBadge{{Tone: widgets.Good, Text: "Paid"}}}, {Text: "€ 148.00"}},
			{{Text: "2026-0141"}, {Text: "2 Sep 2026"}, {Badges: []widgets.CellBadge{{Tone: widgets.Look, Text: "Overdue"}}}, {Text: "€ 238.40"}},
		}[i]
	})
	invoices.SetSort("amount", true)
	top := widgets.Row(14, widgets.NewAvatar("Giulia Conti", 46),
		widgets.Grow(widgets.Column(1, widgets.Title("Giulia Conti").Cut(), widgets.NewText("C-01093 · customer since March 2024").Muted().Cut())),
		widgets.NewButton("Edit", nothing), widgets.IconButton(widgets.IconMore, "More", nothing),
		widgets.NewButton("New invoice", nothing).As(widgets.Outlined))
	detail := widgets.Page(top, widgets.Grid(2, 14, contact, loyalty), notes, widgets.PanelFlush(invoices))
	left := widgets.On(widgets.ColorPanel, widgets.Sized(348, 0, list))
	edge := widgets.NewSurface(widgets.ColorHairline)
	edge.Least = fyne.NewSize(1, 1)
	page := widgets.Border(header, nil, widgets.Border(nil, nil, nil, edge, left), nil, detail)
	return widgets.Border(nil, nil, rail, nil, page), rail
}

// controls shows what is used in forms, each in its states.
func controls() fyne.CanvasObject {
	day := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)
	date := widgets.NewDateEntry(day)
	date.SetDate(day)
	wrong := widgets.NewEntry()
	wrong.SetText("ATU1234")
	password := widgets.NewPasswordEntry("Show", "Hide")
	password.SetText("correct horse")
	country := widgets.NewSelect([]string{"Austria", "Germany", "Italy"}, nil)
	country.SetIndex(0)
	form := widgets.NewForm(2,
		widgets.NewField("Name", "Name", widgets.NewEntry().With("Person or company")),
		widgets.NewField("Country", "Country", country),
		widgets.NewField("VATID", "VAT ID", wrong),
		widgets.NewField("Date", "Date", date).Hint("Day first, as on paper."),
		widgets.NewField("Passphrase", "Passphrase", password).Wide())
	form.SetProblem("VATID", "An Austrian VAT ID is ATU and eight digits. Nothing was saved.")
	ticked := widgets.NewCheck("Send reminders by letter", nil)
	ticked.SetTicked(true)
	disabled := widgets.NewButton("Not now", nothing)
	disabled.Disable()
	buttons := widgets.Row(10, widgets.PrimaryButton("Issue & print", nothing), widgets.NewButton("Save draft", nothing).WithIcon(widgets.IconSave),
		widgets.NewButton("Outlined", nothing).As(widgets.Outlined), widgets.QuietButton("Quiet", nothing),
		widgets.DangerButton("Delete customer", nothing), disabled, widgets.IconButton(widgets.IconPrinter, "Print", nothing), widgets.NewButton("Small", nothing).Small())
	badges := widgets.Row(8, widgets.NewBadge(widgets.Neutral, "Draft"), widgets.NewBadge(widgets.Good, "Paid"), widgets.NewBadge(widgets.Look, "Due in 8 days"),
		widgets.NewBadge(widgets.Info, "Duplicate?"), widgets.NewBadge(widgets.Bad, "Failed"), widgets.NewAvatar("Marta R.", 32), widgets.NewAvatar("Jonas", 32))
	progress := widgets.NewProgress("Checking the backup", "Stop", nothing)
	progress.Set(0.62, "2,115 of 3,412 records · 2 s left")
	icons := widgets.Row(9)
	for _, n := range []widgets.IconName{"people", "person", "receipt", "box", "gift", "shield", "badge", "clock", "gear", "lock", "search", "plus", "pencil", "trash",
		"check", "done", "close", "up", "down", "left", "right", "eye", "eye-off", "printer", "download", "upload", "save", "external", "alert", "error", "info", "key", "note", "calendar",
		"more", "switch", "file", "shop", "undo", "block"} {
		icons.Add(widgets.NewIcon(n, widgets.ColorText, 20))
	}
	empty := widgets.Panel(widgets.Empty(widgets.IconPeople, "No customer yet. The first one can be added now or with the first invoice.", "New customer", nothing))
	toaster := widgets.NewToaster()
	toaster.After = func(time.Duration, func()) func() { return nothing }
	toaster.Say(widgets.Toast{Tone: widgets.Good, Text: "Customer saved", Action: "Undo"})
	page := widgets.Page(buttons, badges, widgets.Shares([]float32{3, 2}, 14, widgets.Panel(widgets.Heading("A form"), form),
		widgets.Column(14, widgets.Panel(progress, ticked, widgets.NewCheck("Ask again in a year, when the address was not verified since then", nil)), empty)),
		widgets.Banner(widgets.Info, "", "A sentence worth knowing, without anything to do."), icons)
	return widgets.Stack(page, toaster)
}

// long is a window with much to type: a dialog higher than it has room for.
func long() *widgets.Dialog {
	var fields []*widgets.Field
	for _, label := range []string{"Name", "Company", "Street", "Town", "Postcode", "Country", "Phone", "E-mail"} {
		fields = append(fields, widgets.NewField(label, label, widgets.NewEntry()))
	}
	return &widgets.Dialog{Title: "New customer", Text: "Only what is needed. Everything can be added later.", Content: widgets.NewForm(2, fields...),
		Width: 620, Confirm: "Save customer", Cancel: "Cancel"}
}

func TestGalleryLooksAsDrawn(t *testing.T) {
	for mode, name := range map[widgets.Mode]string{widgets.Light: "light", widgets.Dark: "dark"} {
		t.Run(name, func(t *testing.T) {
			w := uitest.NewIn(t, fyne.NewSize(1280, 800), mode)
			content, _ := shell()
			w.Show(content)
			w.CheckLooks()
			w.Golden("shell-" + name)

			w.Show(controls())
			w.Focus("Quiet")
			w.CheckLooks()
			w.Golden("controls-" + name)

			d := long()
			d.ShowOn(w.Canvas())
			w.TypeOn("Giulia Conti")
			d.SetProblem("Nothing was saved: the book is open in another program. Close it there and try again.")
			w.CheckLooks()
			w.Golden("form-" + name)

			widgets.Ask(w.Canvas(), "Delete Giulia Conti?", "Her record, 2 notes and her loyalty visits go. Invoices stay, as the law wants. This cannot be undone.",
				"Delete customer", "Cancel", true, nothing)
			w.CheckLooks()
			w.Golden("question-" + name)
		})
	}
}
