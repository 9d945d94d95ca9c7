package customers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/exchange"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/words"
)

// put writes a file that AskOpen answers with.
func put(d *screentest.Desk, name, text string) {
	d.T.Helper()
	d.Path = filepath.Join(d.T.TempDir(), name)
	require.NoError(d.T, os.WriteFile(d.Path, []byte(text), 0o600))
}

// fromMenu opens the menu of the directory and takes an item about files.
func fromMenu(d *screentest.Desk, item int) {
	d.T.Helper()
	d.Tap("More for customers")
	for range item + 3 { // after possible duplicates and going through notes
		d.Press(fyne.KeyDown)
	}
	d.Press(fyne.KeyReturn)
}

const guests = `Vorname;Nachname;Telefon;E-Mail;Ort;Lieblingsfarbe;Notiz
Berta;Brandner;+43 664 555 0101;berta@example.com;Graz;blau;holt am Freitag
Giulia;Conti;;;;;
Horst;Hauser;12;;;;
Ida;Immer;;;Linz;rot;Karte 4111 1111 1111 1111
`

func TestS63AFileIsImportedWithKeysAloneAndUndone(t *testing.T) {
	d := as(t, owner)
	open(d)
	before, err := customers(d).Count()
	require.NoError(t, err)
	put(d, "gäste.csv", guests)
	d.Focus("More for customers")
	d.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	require.True(t, d.HasText("Import customers"))
	require.True(t, d.HasText("Semicolon ;"))
	require.True(t, d.HasText("Lieblingsfarbe"))
	require.Equal(t, "Not taken", d.Select("Lieblingsfarbe is taken as").Selected())
	require.Equal(t, "First name", d.Select("Vorname is taken as").Selected())
	look(d, "import-columns")
	d.Press(fyne.KeyReturn) // the focus is on the button
	require.True(t, d.HasText("2 new"))
	require.True(t, d.HasText("1 like somebody"))
	require.True(t, d.HasText("1 cannot be stored"))
	require.True(t, d.HasText("Import 2 customers"))
	look(d, "import-plan")
	n, err := customers(d).Count()
	require.NoError(t, err)
	require.Equal(t, before, n, "a dry run stores nothing")

	d.Path = filepath.Join(t.TempDir(), "report.csv")
	d.Tap("Save report…")
	report, err := os.ReadFile(d.Path)
	require.NoError(t, err)
	for _, secret := range []string{"Horst", "Hauser", "Giulia", "Conti", "4111", "Berta", "example.com"} {
		require.NotContains(t, string(report), secret)
	}
	require.Contains(t, string(report), "4,Is not stored,\"A phone number has digits")

	d.TapRow(1)
	d.Press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	require.True(t, d.HasText("Is added all the same"))
	require.True(t, d.HasText("Import 3 customers"))
	d.Tap("Import 3 customers")
	require.True(t, d.HasText("3 customers were imported"))
	look(d, "import-done")
	n, err = customers(d).Count()
	require.NoError(t, err)
	require.Equal(t, before+3, n)
	notes := notesOf(d, customer(d, "Ida Immer"))
	require.Len(t, notes, 1)
	require.Equal(t, "Karte •••", notes[0].Text)

	ida := customer(d, "Ida Immer")
	ida.Address.City = "Wels"
	_, err = customers(d).Save(ida)
	require.NoError(t, err)
	d.Tap("Undo the import")
	look(d, "import-undo")
	d.Tap("Undo the import")
	require.True(t, d.HasText("2 customers were removed."))
	require.True(t, d.HasText("changed"))
	look(d, "import-undone")
	d.Tap("Close")
	n, err = customers(d).Count()
	require.NoError(t, err)
	require.Equal(t, before+1, n)
	require.Empty(t, d.Failed)
}

func TestS63AColumnThatIsKnownIsTakenWhereverItStands(t *testing.T) {
	d := as(t, owner)
	open(d)
	head, row := "First Name,Last Name,Business Street,Business City,Home Street,Home City", "Berta,Brandner,,,Gasse 1,Graz"
	for i := range 80 {
		head, row = head+fmt.Sprintf(",Field %d,", i), row+",,"
	}
	put(d, "outlook.csv", head+",Hobby,Notes\n"+row+",chess,comes on Friday\n")
	fromMenu(d, 0)
	require.Equal(t, "Note", d.Select("Notes is taken as").Selected())
	require.Equal(t, "Street", d.Select("Home Street is taken as").Selected())
	require.Equal(t, "Not taken", d.Select("Business City is taken as").Selected())
	require.Equal(t, "Not taken", d.Select("Hobby is taken as").Selected(), "what is filled is shown before what is empty")
	require.True(t, d.HasText("108 more columns are not shown"))
	d.Tap("Look through the rows")
	d.Tap("Import one customer")
	berta := customer(d, "Berta Brandner")
	require.Equal(t, "Gasse 1", berta.Address.Street)
	require.Equal(t, "Graz", berta.Address.City)
	require.Equal(t, "comes on Friday", notesOf(d, berta)[0].Text)
}

func TestS63WhatIsLeftOutOfARowIsSaidInTheDryRunAndTheReport(t *testing.T) {
	d := as(t, owner)
	open(d)
	put(d, "x.vcf", "BEGIN:VCARD\r\nFN:Berta Brandner\r\nEMAIL:b@example.com\r\nEMAIL:c@example.com\r\nEMAIL:d@example.com\r\nCATEGORIES:Foo\r\nEND:VCARD\r\n")
	fromMenu(d, 0)
	d.Tap("Look through the rows")
	require.True(t, d.HasText("1 not taken in full"))
	const said = "2 more e-mail addresses are left out · One tag is left out that the shop does not have"
	require.True(t, d.HasText(said))
	d.Path = filepath.Join(t.TempDir(), "report.csv")
	d.Tap("Save report…")
	report, err := os.ReadFile(d.Path)
	require.NoError(t, err)
	require.Contains(t, string(report), "1,Is added,"+strings.ReplaceAll(said, " · ", "; "))
	require.NotContains(t, string(report), "Foo")
}

func TestS63AFileThatCannotBeReadSaysItsRowAndNothingIsImported(t *testing.T) {
	d := as(t, owner)
	open(d)
	put(d, "x.csv", guests+"Jana;\"half\n")
	fromMenu(d, 0)
	d.Tap("Look through the rows")
	require.True(t, d.HasText("Row 6, column 2: a quotation mark opens here"))
	look(d, "import-broken")
	d.Tap("Cancel")
	put(d, "x.bin", "PK\x03\x04\x00\x00\x00\x00")
	fromMenu(d, 0)
	require.True(t, d.HasText("this is no text"))
	d.Tap("Look through the rows")
	require.True(t, d.HasText("Say which column is the name"))
	d.Press(fyne.KeyEscape)
	put(d, "x.vcf", "BEGIN:VCARD\r\nFN:Berta Brandner\r\nTEL:+43 664 555 0101\r\nEND:VCARD\r\n")
	fromMenu(d, 0)
	require.True(t, d.HasText("These are address cards."))
	look(d, "import-cards")
	d.Tap("Look through the rows")
	d.Tap("Import one customer")
	require.True(t, d.HasText("One customer was imported"))
	require.Equal(t, "+43 664 5550101", customer(d, "Berta Brandner").Phone)
}

func TestCustomersLeaveAsTableCardsAndListAfterThePassphrase(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	d.Type("Search customers…", "conti")
	for i, c := range []struct{ verb, file, has string }{{"Save unencrypted", "out.csv", "Giulia Conti"}, {"Save unencrypted", "out.vcf", "FN:Giulia Conti"}, {"Print", "", ""}} {
		d.At = d.At.Add(3600e9)
		d.Path = filepath.Join(t.TempDir(), c.file)
		fromMenu(d, 1+i)
		require.True(t, d.HasText("The one that was found"))
		look(d, "takeout-"+strings.TrimPrefix(c.file, "out."))
		d.Tap(c.verb)
		require.True(t, d.HasText("passphrase"), "a step-up is asked")
		d.TypeOn(sample.Passphrase)
		d.Press(fyne.KeyReturn)
		if c.file == "" {
			require.Equal(t, []string{"Customers"}, d.Prints)
			continue
		}
		b, err := os.ReadFile(d.Path)
		require.NoError(t, err)
		require.Contains(t, string(b), c.has)
		require.NotContains(t, string(b), "Amelie")
		require.NotContains(t, string(b), "pickup", "notes are never in it")
	}
	require.Empty(t, d.Failed)
	require.Equal(t, 1, s.rows.Len())
}

func TestOnlyWhoMayIsOfferedWhatBringsInOrTakesOut(t *testing.T) {
	d := as(t, frontDesk)
	open(d)
	require.False(t, d.Has("More for customers"))
	d = as(t, owner)
	s := open(d)
	var texts []string
	for _, i := range s.filesItems() {
		if i.Do != nil {
			texts = append(texts, i.Text)
		}
	}
	require.Equal(t, []string{"Import…", "Export as a table…", "Export as address cards…", "Print a list…"}, texts)
}

func TestATableThatWeWroteIsKnownByItsNamesOfColumns(t *testing.T) {
	w := words.For("en")
	d := as(t, owner)
	collect(d, map[string]store.Collect{"Phone2": store.Optional, "Birthday": store.Optional})
	all, err := customers(d).TakeoutFields()
	require.NoError(t, err)
	require.Contains(t, all, exchange.Birthday)
	for _, f := range all {
		name := w.T("import.field." + string(f))
		require.Equal(t, []exchange.Field{f}, exchange.Match([]string{name}), name)
	}
}
